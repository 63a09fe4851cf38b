//! A server of our own over an empty store, and requests to it.

use forced_labour_graph::config::{DefaultGraph, Right, Token, Tokens, digest};
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use forced_labour_graph::store::Embedded;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Graph, NamedNode, Triple};
use reqwest::{Client, Method, RequestBuilder, Response};
use std::sync::Arc;

const TOKEN: &str = "conformance";

pub(super) struct Endpoint {
    client: Client,
    address: String,
}

impl Endpoint {
    pub(super) async fn start() -> Self {
        let store = Embedded::in_memory().unwrap().with_default_graph(DefaultGraph::Own);
        let token = Token { name: "tests".to_owned(), sha256: digest(TOKEN), rights: vec![Right::Update] };
        let app = App::new(Arc::new(store), Settings { client_rate: 0.0, ..Settings::default() }, Tokens(vec![token]));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, serve::router(app)).await.unwrap() });
        Self { client: Client::builder().no_proxy().build().unwrap(), address }
    }

    /// A request whose path begins with `/`, by the holder of a token.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.address)).bearer_auth(TOKEN)
    }

    /// Sends SPARQL, in its own media type, to `/sparql` or `/update`.
    pub(super) async fn sparql(&self, update: bool, text: String, accept: &str) -> Response {
        let (path, kind) =
            if update { ("/update", "application/sparql-update") } else { ("/sparql", "application/sparql-query") };
        let request = self.request(Method::POST, path).header("content-type", kind).header("accept", accept);
        request.body(text).send().await.unwrap()
    }

    /// Empties the store.
    pub(super) async fn reset(&self) {
        let answer = self.sparql(true, "DROP ALL".to_owned(), "*/*").await;
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// Adds triples to a graph, or to the default graph.
    pub(super) async fn load(&self, graph: Option<&NamedNode>, triples: &Graph) {
        let lines: Vec<String> = triples.iter().map(|triple| format!("{triple} .")).collect();
        let request = self.graph(Method::POST, graph).header("content-type", "application/n-triples");
        let answer = request.body(lines.join("\n")).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// What a graph holds, or the default graph; nothing if it is not there.
    pub(super) async fn content(&self, graph: Option<&NamedNode>) -> Graph {
        let answer = self.graph(Method::GET, graph).header("accept", "application/n-triples").send().await.unwrap();
        if answer.status() == 404 {
            return Graph::new();
        }
        triples("application/n-triples", &answer.bytes().await.unwrap()).unwrap()
    }

    fn graph(&self, method: Method, graph: Option<&NamedNode>) -> RequestBuilder {
        let encoded = graph.map(|graph| forced_labour_graph::serve::form::encode(graph.as_str()));
        let path = encoded.map_or_else(|| "/data?default".to_owned(), |graph| format!("/data?graph={graph}"));
        self.request(method, &path)
    }
}

/// The triples of a document.
pub(super) fn triples(media_type: &str, document: &[u8]) -> Result<Graph, String> {
    let format = RdfFormat::from_media_type(media_type).ok_or_else(|| format!("`{media_type}` is no form of a graph"))?;
    let all: Result<Vec<_>, _> = RdfParser::from_format(format).for_slice(document).collect();
    Ok(all.map_err(|e| e.to_string())?.into_iter().map(Triple::from).collect())
}
