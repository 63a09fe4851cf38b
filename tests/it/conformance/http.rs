//! Tests that tell requests and their answers: the protocol, and that of graph stores.

use super::Verdict;
use super::compare;
use super::endpoint::{Endpoint, triples};
use super::manifest::{Case, Kind, MF, Manifest, node};
use oxigraph::model::{NamedOrBlankNode, Term};
use oxigraph::sparql::results::QueryResultsFormat;
use reqwest::{Method, Response};

const HT: &str = "http://www.w3.org/2011/http#";
const CNT: &str = "http://www.w3.org/2011/content#";
const HTS: &str = "http://www.w3.org/2011/http-statusCodes#";

pub(super) async fn run(endpoint: &Endpoint, case: &Case) -> Verdict {
    endpoint.reset().await;
    for (graph, file) in case.graphs() {
        endpoint.load(Some(&graph), &file.graph()).await;
    }
    let manifest = case.manifest();
    let requests = manifest.one(&node(&case.action()), HT, "requests").ok_or("the test has no requests")?;
    let mut location = String::new();
    for (at, request) in manifest.list(&requests).iter().enumerate() {
        let one = One { manifest, request: node(request), kind: case.kind };
        one.run(endpoint, &mut location).await.map_err(|why| format!("request {}: {why}", at + 1))?;
    }
    Ok(())
}

/// A request of a test.
struct One<'m> {
    manifest: &'m Manifest,
    request: NamedOrBlankNode,
    kind: Kind,
}

impl One<'_> {
    async fn run(&self, endpoint: &Endpoint, location: &mut String) -> Verdict {
        let text = |name: &str| self.manifest.text(&self.request, HT, name).unwrap_or_default().replace("$LOCATION$", location);
        let body = self.body(&self.request);
        let path = self.path(&text("absolutePath"), body.as_deref());
        let method = Method::from_bytes(text("methodName").as_bytes()).map_err(|e| e.to_string())?;
        let mut request = endpoint.request(method, &path);
        for (name, value) in self.headers(&self.request) {
            request = request.header(name, value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let answer = request.send().await.map_err(|e| e.to_string())?;
        let expected = node(&self.manifest.one(&self.request, HT, "resp").ok_or("the request has no answer")?);
        if let Some(place) = answer.headers().get("location").and_then(|value| value.to_str().ok()) {
            place.clone_into(location);
        } else if self.manifest.one(&expected, MF, "expectedLocation").is_some() {
            return Err("no location is told".to_owned());
        }
        self.check(&expected, answer).await
    }

    /// The path of ours that stands for one of the test's.
    fn path(&self, path: &str, body: Option<&[u8]>) -> String {
        if self.kind == Kind::GraphStore {
            let rest = path.strip_prefix("/gsp").unwrap_or(path);
            return if rest.starts_with('/') { format!("/graph{rest}") } else { format!("/data{rest}") };
        }
        let rest = path.strip_prefix("/sparql/").unwrap_or(path);
        let typed = self.headers(&self.request).iter().any(|(_, value)| value.starts_with("application/sparql-update"));
        let words = body.is_some_and(|body| body.starts_with(b"update=") || body.starts_with(b"CLEAR"));
        let update = typed || words || rest.contains("?update=");
        format!("{}{rest}", if update { "/update" } else { "/sparql" })
    }

    fn headers(&self, of: &NamedOrBlankNode) -> Vec<(String, String)> {
        let list = self.manifest.one(of, HT, "headers").map(|list| self.manifest.list(&list)).unwrap_or_default();
        let pair = |header: &Term| {
            let text = |name| self.manifest.text(&node(header), HT, name).unwrap_or_default();
            (text("fieldName"), text("fieldValue"))
        };
        list.iter().map(pair).collect()
    }

    fn body(&self, of: &NamedOrBlankNode) -> Option<Vec<u8>> {
        let body = node(&self.manifest.one(of, HT, "body")?);
        let text = self.manifest.text(&body, CNT, "chars")?;
        let encoding = self.manifest.text(&body, CNT, "characterEncoding");
        Some(match encoding.as_deref() {
            Some("UTF-16") => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => text.into_bytes(),
        })
    }

    async fn check(&self, expected: &NamedOrBlankNode, answer: Response) -> Verdict {
        let statuses = self.manifest.all(expected, MF, "expectedStatus");
        let status = answer.status();
        let named = |term: &Term| match term {
            Term::NamedNode(iri) => match iri.as_str().strip_prefix(HTS).unwrap_or_default() {
                "OK" => status == 200,
                "Created" => status == 201,
                "NoContent" => status == 204,
                "NotFound" => status == 404,
                group => group.strip_prefix("StatusCode").and_then(|g| g.strip_suffix("xx")) == Some(&status.as_str()[..1]),
            },
            other => panic!("{other} is no status"),
        };
        let header = answer.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let body = answer.bytes().await.map_err(|e| e.to_string())?;
        if !statuses.iter().any(named) {
            return Err(format!("{status}: {}", String::from_utf8_lossy(&body)));
        }
        let kind = header.split(';').next().unwrap_or_default();
        for (name, value) in self.headers(expected) {
            if name.eq_ignore_ascii_case("content-type") && value != header {
                return Err(format!("the content type is `{header}`, and not `{value}`"));
            }
        }
        if let Some(expected) = self.body(expected) {
            let (expected, found) = (triples(kind, &expected)?, triples(kind, &body)?);
            if !compare::isomorphic(&expected, &found) {
                return Err(format!("the graph is {found}"));
            }
        }
        let format = QueryResultsFormat::from_media_type(kind);
        match self.manifest.text(expected, MF, "expectedFormat").as_deref() {
            Some("RDF") if oxigraph::io::RdfFormat::from_media_type(kind).is_none() => return Err(format!("`{kind}` is no RDF")),
            Some("tabular" | "boolean") if format.is_none() => return Err(format!("`{kind}` is no form of results")),
            _ => {}
        }
        if let Some(value) = self.manifest.text(expected, MF, "expectedBoolean") {
            let found = compare::parsed(format.ok_or("no results")?, &body)?;
            return compare::same(&compare::Results::Boolean(value == "true"), &found, false);
        }
        Ok(())
    }
}
