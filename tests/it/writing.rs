//! Writing through the server: who may, what holds when it is answered, and what is refused.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use forced_labour_graph::config::{DefaultGraph, Right, Token, Tokens, digest};
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use forced_labour_graph::store::{Embedded, Store, UpdateRequest};
use http_body_util::BodyExt;
use oxigraph::model::{Literal, NamedNode, Quad};
use std::sync::Arc;
use tower::ServiceExt;

const NOTES: &str = "http://example.org/notes";
const UPDATE: &str = "application/sparql-update";

/// A server whose tokens are `writer`, who may change graphs, and `reviewer`, who may not.
fn server() -> Router {
    let token = |name: &str, right| Token { name: name.to_owned(), sha256: digest(name), rights: vec![right] };
    let tokens = Tokens(vec![token("reviewer", Right::Review), token("writer", Right::Update)]);
    serve::router(App::new(Arc::new(Embedded::in_memory().unwrap()), Settings::default(), tokens))
}

async fn send(to: &Router, method: Method, path: &str, token: Option<&str>, kind: &str, body: &str) -> (StatusCode, String) {
    let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, kind);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let response = to.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let status = response.status();
    let asks = response.headers().get(header::WWW_AUTHENTICATE).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(status == StatusCode::UNAUTHORIZED, asks.is_some(), "a refusal for want of a token says which is wanted");
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// What a query finds, as CSV without its head.
async fn found(to: &Router, query: &str) -> Vec<String> {
    let request =
        Request::post("/sparql").header(header::CONTENT_TYPE, "application/sparql-query").header(header::ACCEPT, "text/csv");
    let response = to.clone().oneshot(request.body(Body::from(query.to_owned())).unwrap()).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(body.to_vec()).unwrap().lines().skip(1).map(str::to_owned).collect()
}

fn insert(object: &str) -> String {
    format!("INSERT DATA {{ GRAPH <{NOTES}> {{ <urn:a> <urn:says> '{object}' }} }}")
}

#[tokio::test]
async fn only_the_holder_of_a_token_with_the_right_writes() {
    let server = server();
    let graph = format!("/data?graph={NOTES}");
    let writes = [
        (Method::POST, "/update", UPDATE, insert("one")),
        (Method::PUT, graph.as_str(), "text/turtle", "<urn:a> <urn:says> 'one' .".to_owned()),
        (Method::POST, graph.as_str(), "text/turtle", "<urn:a> <urn:says> 'one' .".to_owned()),
        (Method::DELETE, graph.as_str(), "text/turtle", String::new()),
        (Method::PUT, "/graph/report/x", "text/turtle", String::new()),
    ];
    for (method, path, kind, body) in &writes {
        for (token, expected, told) in [
            (None, StatusCode::UNAUTHORIZED, "Authorization: Bearer"),
            (Some("nobody"), StatusCode::UNAUTHORIZED, "not known"),
            (Some("reviewer"), StatusCode::FORBIDDEN, "`reviewer` is not good for this"),
        ] {
            let (status, said) = send(&server, method.clone(), path, token, kind, body).await;
            assert_eq!(status, expected, "{method} {path}");
            assert!(said.contains(told), "{said}");
        }
        assert!(found(&server, "SELECT * { ?s ?p ?o }").await.is_empty(), "{method} {path} wrote without leave");
    }
    let read = serve::router(App::new(Arc::new(Embedded::in_memory().unwrap()), Settings::default(), Tokens::default()));
    let (status, said) = send(&read, Method::POST, "/update", Some("writer"), UPDATE, &insert("one")).await;
    assert!(status == StatusCode::FORBIDDEN && said.contains("only read") && said.contains("flg token"), "{said}");
}

#[tokio::test]
async fn what_is_written_is_read_at_once_and_whole_or_not_at_all() {
    let server = server();
    let update = async |text: &str| send(&server, Method::POST, "/update", Some("writer"), UPDATE, text).await;
    assert_eq!(update(&insert("one")).await.0, StatusCode::NO_CONTENT);
    assert_eq!(found(&server, "SELECT ?o { ?s ?p ?o }").await, ["one"]);
    // The first operation holds only if the second does.
    let (status, said) = update(&format!("{} ; CLEAR GRAPH <urn:none>", insert("two"))).await;
    assert!(status == StatusCode::BAD_REQUEST && said.contains("no graph <urn:none>"), "{said}");
    assert_eq!(found(&server, "SELECT ?o { ?s ?p ?o }").await, ["one"]);
    for (text, status, told) in [
        ("INSERT DATA { <urn:a> <urn:says> 'to nothing' }", StatusCode::FORBIDDEN, "can only be read"),
        ("LOAD <http://127.0.0.1:9/>", StatusCode::FORBIDDEN, "fetches nothing"),
        ("SELECT * { ?s ?p ?o }", StatusCode::BAD_REQUEST, "not valid SPARQL"),
        (
            "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { SERVICE <urn:x> { GRAPH ?g { ?s ?p ?o } } }",
            StatusCode::FORBIDDEN,
            "SERVICE",
        ),
    ] {
        let (found, said) = update(text).await;
        assert!(found == status && said.contains(told), "{text}: {found} {said}");
    }
    let using = format!("/update?using-graph-uri={NOTES}");
    let with = format!("WITH <{NOTES}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}");
    let (status, said) = send(&server, Method::POST, &using, Some("writer"), UPDATE, &with).await;
    assert!(status == StatusCode::BAD_REQUEST && said.contains("using-graph-uri"), "{said}");
    assert_eq!(found(&server, "SELECT ?o { ?s ?p ?o }").await, ["one"]);
}

#[tokio::test]
async fn graphs_are_made_replaced_added_to_and_taken_away() {
    let server = server();
    let path = format!("/data?graph={NOTES}");
    let graph = async |method: Method, kind: &str, body: &str| send(&server, method, &path, Some("writer"), kind, body).await;
    let says = |what: &str| format!("<> <urn:says> '{what}' .");
    assert_eq!(graph(Method::PUT, "text/turtle", &says("one")).await.0, StatusCode::CREATED);
    assert_eq!(graph(Method::POST, "text/turtle", &says("two")).await.0, StatusCode::NO_CONTENT);
    let all = format!("SELECT ?o {{ <{NOTES}> ?p ?o }} ORDER BY ?o");
    assert_eq!(found(&server, &all).await, ["one", "two"]);
    assert_eq!(graph(Method::PUT, "application/n-triples", "<urn:a> <urn:b> \"new\" .").await.0, StatusCode::NO_CONTENT);
    assert!(found(&server, &all).await.is_empty());
    for (kind, body, status, told) in [
        ("text/turtle", "<urn:a> <urn:b>\n  nonsense .", StatusCode::BAD_REQUEST, "nothing was changed"),
        ("application/trig", "<urn:g> { <urn:a> <urn:b> 1 }", StatusCode::UNSUPPORTED_MEDIA_TYPE, "`text/turtle`"),
        ("text/turtle; charset=latin1", "", StatusCode::UNSUPPORTED_MEDIA_TYPE, "UTF-8"),
        ("", "<urn:a> <urn:b> 1 .", StatusCode::UNSUPPORTED_MEDIA_TYPE, "`application/rdf+xml`"),
    ] {
        let (found, said) = graph(Method::PUT, kind, body).await;
        assert!(found == status && said.contains(told), "{kind}: {found} {said}");
    }
    let long = "a".repeat(100_000);
    let (status, said) = graph(Method::PUT, "text/turtle", &long).await;
    assert!(status == StatusCode::BAD_REQUEST && said.len() < 1_000, "{} characters", said.len());
    assert_eq!(found(&server, "SELECT ?o { ?s ?p ?o }").await, ["new"]);
    assert_eq!(graph(Method::DELETE, "", "").await.0, StatusCode::NO_CONTENT);
    assert_eq!(graph(Method::DELETE, "", "").await.0, StatusCode::NOT_FOUND);
    assert_eq!(graph(Method::GET, "", "").await.0, StatusCode::NOT_FOUND);
    let (status, said) = send(&server, Method::GET, "/data", None, "", "").await;
    assert!(status == StatusCode::BAD_REQUEST && said.contains("/data?default"), "{said}");
    let both = format!("{path}&default");
    assert_eq!(send(&server, Method::PUT, &both, Some("writer"), "text/turtle", "").await.0, StatusCode::BAD_REQUEST);
    let (status, said) = send(&server, Method::PUT, "/data?default", Some("writer"), "text/turtle", &says("x")).await;
    assert!(status == StatusCode::FORBIDDEN && said.contains("union of all graphs"), "{said}");
}

#[tokio::test]
async fn pages_of_other_origins_may_read_and_not_write() {
    let server = server();
    let preflight = |method: &str| {
        let request = Request::options("/data?default").header(header::ORIGIN, "http://example.org");
        request.header("access-control-request-method", method).header("access-control-request-headers", "authorization")
    };
    let response = server.clone().oneshot(preflight("PUT").body(Body::empty()).unwrap()).await.unwrap();
    let header = |name: &str| response.headers().get(name).map_or("", |value| value.to_str().unwrap());
    assert_eq!(header("access-control-allow-origin"), "*");
    assert!(
        !header("access-control-allow-methods").contains("PUT")
            && !header("access-control-allow-headers").contains("authorization")
    );
}

#[tokio::test]
async fn the_service_tells_programs_what_it_is() {
    let server = server();
    send(&server, Method::POST, "/update", Some("writer"), UPDATE, &insert("one")).await;
    let request =
        Request::get("/sparql").header(header::ACCEPT, "application/n-triples").header(header::HOST, "graph.example:8080");
    let response = server.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let told = String::from_utf8(body.to_vec()).unwrap();
    let sd = "http://www.w3.org/ns/sparql-service-description#";
    for line in [
        format!("<http://graph.example:8080/sparql> <{sd}endpoint> <http://graph.example:8080/sparql> ."),
        format!("<http://graph.example:8080/sparql> <{sd}feature> <{sd}UnionDefaultGraph> ."),
        format!("<http://graph.example:8080/update> <{sd}supportedLanguage> <{sd}SPARQL11Update> ."),
        format!("<http://graph.example:8080/sparql#dataset> <{sd}namedGraph> <{NOTES}> ."),
    ] {
        assert!(told.contains(&line), "`{line}` is not in\n{told}");
    }
}

fn quad(object: &str, graph: &str) -> Quad {
    let node = |name: &str| NamedNode::new_unchecked(name);
    Quad::new(node("urn:a"), node("urn:says"), Literal::from(object), node(graph))
}

#[test]
fn the_union_is_kept_by_updates_too() {
    let store = Embedded::in_memory().unwrap();
    let graphs = ["urn:g", "urn:h"].map(NamedNode::new_unchecked);
    store.replace(&graphs, &mut [quad("both", "urn:g"), quad("both", "urn:h"), quad("one", "urn:g")].into_iter()).unwrap();
    let all = |store: &Embedded| {
        let request = forced_labour_graph::store::Request::new("SELECT ?o { ?s ?p ?o } ORDER BY ?o");
        let table = store.table(&request).unwrap();
        table.rows.iter().map(|row| row[0].as_ref().unwrap().to_string()).collect::<Vec<_>>()
    };
    let update = |text: &str| store.update(&UpdateRequest { update: text.to_owned(), ..UpdateRequest::default() }).unwrap();
    update("DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }");
    assert_eq!(all(&store), ["\"both\""]);
    update("MOVE <urn:h> TO <urn:g>");
    assert_eq!(all(&store), ["\"both\""]);
    update("DROP GRAPH <urn:g>");
    assert!(store.is_empty().unwrap());
    // With a default graph of its own, what is in no graph is in no graph.
    let own = Embedded::in_memory().unwrap().with_default_graph(DefaultGraph::Own);
    own.replace(&graphs, &mut [quad("one", "urn:g")].into_iter()).unwrap();
    assert!(all(&own).is_empty());
    let text = "INSERT { ?s ?p 'two' } WHERE { GRAPH ?g { ?s ?p ?o } }".to_owned();
    own.update(&UpdateRequest { update: text, ..UpdateRequest::default() }).unwrap();
    assert_eq!(all(&own), ["\"two\""]);
}

/// A query by GET, with a header.
async fn asked(server: &Router, query: &str, name: &str, value: &str) -> axum::response::Response {
    let path = format!("/sparql?query={}", serve::form::encode(query));
    let request = Request::get(path).header(header::ACCEPT, "text/csv").header(name, value);
    server.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

fn told(response: &axum::response::Response, name: &str) -> String {
    let values = response.headers().get_all(name).iter().map(|value| value.to_str().unwrap());
    values.collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn a_result_is_sent_again_until_something_is_written() {
    const QUERY: &str = "SELECT ?o { ?s ?p ?o }";
    let server = server();
    let write =
        async |what: &str| assert_eq!(send(&server, Method::POST, "/update", Some("writer"), UPDATE, &insert(what)).await.0, 204);
    write("one").await;
    let first = asked(&server, QUERY, "x-nothing", "").await;
    let tag = told(&first, "etag");
    assert!(tag.starts_with("W/\"") && told(&first, "cache-status") == "flg; fwd=miss; stored", "{:?}", first.headers());
    // The same query in other words.
    let again = asked(&server, "SELECT ?o # the notes\n  { ?s ?p ?o }", "x-nothing", "").await;
    assert_eq!((told(&again, "etag"), told(&again, "cache-status")), (tag.clone(), "flg; hit".to_owned()));
    let body = again.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(&body[..], b"o\r\none\r\n");
    let unchanged = asked(&server, QUERY, "if-none-match", &format!("\"other\", {tag}")).await;
    assert_eq!((unchanged.status(), told(&unchanged, "etag")), (StatusCode::NOT_MODIFIED, tag.clone()));
    assert!(unchanged.into_body().collect().await.unwrap().to_bytes().is_empty());

    write("two").await;
    let changed = asked(&server, QUERY, "if-none-match", &tag).await;
    assert!(changed.status() == StatusCode::OK && told(&changed, "etag") != tag);
    let body = changed.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(String::from_utf8_lossy(&body).lines().count(), 3);
    // What is never twice the same is not kept.
    let now = asked(&server, "SELECT (NOW() AS ?now) {}", "x-nothing", "").await;
    assert_eq!((told(&now, "etag"), told(&now, "cache-control")), (String::new(), "no-store".to_owned()));
    // Graphs have tags as well.
    let graph =
        |tag: &str| Request::get(format!("/data?graph={NOTES}")).header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
    let tag = told(&server.clone().oneshot(graph("")).await.unwrap(), "etag");
    assert_eq!(server.clone().oneshot(graph(&tag)).await.unwrap().status(), StatusCode::NOT_MODIFIED);
    send(&server, Method::DELETE, &format!("/data?graph={NOTES}"), Some("writer"), "", "").await;
    assert_eq!(server.clone().oneshot(graph(&tag)).await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn results_are_packed_as_the_client_likes() {
    let server = server();
    for what in 0..20 {
        send(&server, Method::POST, "/update", Some("writer"), UPDATE, &insert(&format!("a note of some length, number {what}")))
            .await;
    }
    for encoding in ["gzip", "br", "zstd"] {
        let answer = asked(&server, "SELECT * { ?s ?p ?o }", "accept-encoding", encoding).await;
        assert_eq!(told(&answer, "content-encoding"), encoding);
        assert!(told(&answer, "vary").to_lowercase().contains("accept-encoding"), "{:?}", answer.headers());
        let packed = answer.into_body().collect().await.unwrap().to_bytes();
        let plain = asked(&server, "SELECT * { ?s ?p ?o }", "accept-encoding", "identity").await;
        let plain = plain.into_body().collect().await.unwrap().to_bytes();
        assert!(packed.len() < plain.len() / 2, "{encoding}: {} of {}", packed.len(), plain.len());
    }
}
