//! Linked data, as whoever follows an address meets it: which form, where it leads, what it says, and what becomes of an address that
//! means nothing any more.

use super::serve::{Answer, embedded, send};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use forced_labour_graph::config::{Right, Token, Tokens, digest};
use forced_labour_graph::review::decision::{self, Decision, Matter, Verdict};
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use forced_labour_graph::store::{Store, Write};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, Quad, Triple};
use std::collections::BTreeSet;
use std::sync::Arc;

pub(crate) const BASE: &str = "https://w3id.org/forced-labour-graph/";
pub(crate) const TOKEN: &str = "linked";
const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// Every form of data: its ending, its media type, and how it is read.
pub(crate) const FORMS: [(&str, &str, RdfFormat); 6] = [
    ("ttl", "text/turtle", RdfFormat::Turtle),
    ("nt", "application/n-triples", RdfFormat::NTriples),
    ("jsonld", "application/ld+json", RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
    ("rdf", "application/rdf+xml", RdfFormat::RdfXml),
    ("trig", "application/trig", RdfFormat::TriG),
    ("nq", "application/n-quads", RdfFormat::NQuads),
];

pub(crate) fn id(path: &str) -> NamedNode {
    NamedNode::new(format!("{BASE}id/{path}")).unwrap()
}

fn decided(verdict: Verdict, matter: Matter, when: &str, why: &str) -> Decision {
    let (when, by, why) = (when.to_owned(), "Ana <b>".to_owned(), Some(why.to_owned()));
    Decision { verdict, matter, correction: None, when, by, why, seen: BTreeSet::from(["tst-2021-p029".to_owned()]) }
}

/// The decisions in the store: a thing is rejected, two are one, a fact is accepted.
pub(crate) fn decisions() -> Vec<Decision> {
    let fact = decision::Fact {
        report: "tst-2021-p029".to_owned(),
        subject: id("programme/senderos"),
        property: NamedNode::new(format!("{BASE}ontology#fundedBy")).unwrap(),
        value: id("organization/usa-dol").into(),
    };
    vec![
        decided(Verdict::Reject, Matter::Thing(id("programme/phantom")), "2026-11-20T10:00:00Z", "a heading & no programme"),
        decided(
            Verdict::Merge,
            Matter::Pair(id("programme/senderos"), id("programme/senderos-mex-2022")),
            "2026-11-21T10:00:00.5Z",
            "one programme",
        ),
        decided(Verdict::Accept, Matter::Fact(fact), "2026-11-22T10:00:00Z", ""),
    ]
}

/// The fixture of the server's tests, with decisions, what they leave, and a statement about a blank node that somebody wrote.
pub(crate) fn store() -> Arc<dyn Store> {
    let store = embedded();
    let triples = decision::quads(&decisions()).into_iter().map(Triple::from);
    let graph = |name: &str| NamedNode::new(format!("{BASE}graph/{name}")).unwrap();
    store.write(Some(&graph("review")), Write::Merge, &mut triples.collect::<Vec<_>>().into_iter()).unwrap();
    let left = "@base <https://w3id.org/forced-labour-graph/> . @prefix flg: <ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <id/programme/phantom> dcterms:type flg:Programme ; flg:status <id/status/rejected> .
        <id/programme/senderos-old> dcterms:type flg:Programme ; skos:exactMatch <id/programme/senderos-mex-2022> .
        <id/report/tst-2021-p029> flg:referenceYear \"2021\"^^<http://www.w3.org/2001/XMLSchema#gYear> .";
    let triples = RdfParser::from_format(RdfFormat::Turtle).for_slice(left).map(|quad| Triple::from(quad.unwrap()));
    store.write(Some(&graph("source/tst-2021-p029")), Write::Merge, &mut triples.collect::<Vec<_>>().into_iter()).unwrap();
    let written = "<https://w3id.org/forced-labour-graph/id/organization/world-vision> <urn:note> _:n . _:n <urn:says> \"x\" .";
    let triples = RdfParser::from_format(RdfFormat::Turtle).for_slice(written).map(|quad| Triple::from(quad.unwrap()));
    store.write(Some(&graph("notes")), Write::Merge, &mut triples.collect::<Vec<_>>().into_iter()).unwrap();
    Arc::new(store)
}

pub(crate) fn site() -> Router {
    let token = Token { name: "linked".to_owned(), sha256: digest(TOKEN), rights: vec![Right::Update] };
    serve::router(App::new(store(), Settings::default(), Tokens(vec![token])))
}

/// An answer to a request with these headers.
pub(crate) async fn ask(router: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    send(router.clone(), request.body(Body::empty()).unwrap()).await
}

/// The document at a path, which has to be there.
pub(crate) async fn fetch(router: &Router, path: &str) -> String {
    let answer = ask(router, path, &[("accept", "*/*")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// JSON-LD with the context that it names inside of it, so that nobody has to be asked for it.
pub(crate) fn with_context(text: &str) -> String {
    let mut json: serde_json::Value = serde_json::from_str(text).unwrap();
    let context = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/context.jsonld")).unwrap();
    let context: serde_json::Value = serde_json::from_slice(&context).unwrap();
    assert!(json["@context"].as_str().unwrap().ends_with("/ontology/context.jsonld"), "{}", json["@context"]);
    json["@context"] = context["@context"].clone();
    json.to_string()
}

pub(crate) fn quads(text: &str, format: RdfFormat) -> BTreeSet<String> {
    let text = if matches!(format, RdfFormat::JsonLd { .. }) { with_context(text) } else { text.to_owned() };
    let read = RdfParser::from_format(format).for_slice(text.as_bytes());
    read.map(|quad| quad.unwrap_or_else(|error| panic!("{error}: {text}")).to_string()).collect()
}

/// The statements of a document without their graphs.
pub(crate) fn triples(text: &str, format: RdfFormat) -> BTreeSet<String> {
    let text = if matches!(format, RdfFormat::JsonLd { .. }) { with_context(text) } else { text.to_owned() };
    let read = RdfParser::from_format(format).for_slice(text.as_bytes());
    read.map(|quad| {
        Quad { graph_name: GraphName::DefaultGraph, ..quad.unwrap_or_else(|error| panic!("{error}: {text}")) }.to_string()
    })
    .collect()
}

/// One address of every kind.
const KINDS: [&str; 13] = [
    "id/programme/senderos",
    "id/organization/usa-dol",
    "id/country/mex",
    "id/issue/forced-labour",
    "id/scheme/issue",
    "id/claim/c1",
    "id/claim/c1/quote",
    "id/report/tst-2021-p029",
    "id/answer/tst-2021-p029/82",
    "id/question/tst/82",
    "id/agent/ana-b",
    "ontology",
    "dataset",
];

#[tokio::test]
async fn every_address_leads_to_each_form_of_its_document() {
    let site = site();
    for path in KINDS {
        for (ending, media_type, format) in FORMS {
            let led = ask(&site, &format!("/{path}"), &[("accept", media_type)]).await;
            let place = format!("/data/{path}.{ending}");
            assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, place.clone()), "{path} as {media_type}");
            assert_eq!(led.header("vary").matches("Accept").count(), 1, "{}", led.header("vary"));
            let answer = ask(&site, &place, &[]).await;
            // The fixture holds no ontology.
            let expected = if path == "ontology" { StatusCode::NOT_FOUND } else { StatusCode::OK };
            assert_eq!(answer.status, expected, "{place}: {}", answer.body);
            if expected == StatusCode::OK {
                assert!(answer.header("content-type").starts_with(media_type), "{place}: {}", answer.header("content-type"));
                let said = quads(&answer.body, format);
                assert!(!said.is_empty() && said.iter().all(|quad| !quad.contains("_:")), "{place}: {said:?}");
            }
            for relation in ["canonical", "describedby", "alternate"] {
                assert!(led.header("link").contains(&format!("rel=\"{relation}\"")), "{path}: {}", led.header("link"));
            }
            assert!(led.header("link").starts_with(&format!("<{BASE}{path}>; rel=\"canonical\"")), "{}", led.header("link"));
        }
        let page = ask(&site, &format!("/{path}?lang=es"), &[("accept", HTML)]).await;
        assert_eq!((page.status, page.header("location")), (StatusCode::SEE_OTHER, format!("/page/{path}?lang=es")));
        let page = ask(&site, &format!("/page/{path}"), &[("accept", HTML)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
        assert!(page.header("link").contains(&format!("</data/{path}.ttl>; rel=\"describedby\"")), "{}", page.header("link"));
    }
}

#[tokio::test]
async fn weights_decide_between_the_forms() {
    let site = site();
    for (accept, place) in [
        ("text/html;q=0.4, application/trig;q=0.5, text/turtle;q=0.45", "/data/id/country/mex.trig"),
        ("application/*;q=0.3, text/html;q=0", "/data/id/country/mex.nt"),
        ("*/*;q=0.1, application/rdf+xml;q=0.2", "/data/id/country/mex.rdf"),
        ("application/ld+json, application/rdf+xml", "/data/id/country/mex.jsonld"),
        ("application/x-bibtex", "/cite/id/country/mex.bib"),
        ("application/vnd.citationstyles.csl+json;q=0.9, text/html;q=0.8", "/cite/id/country/mex.csl.json"),
    ] {
        let led = ask(&site, "/id/country/mex", &[("accept", accept)]).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, place.to_owned()), "{accept}");
    }
    let none = ask(&site, "/id/country/mex", &[("accept", "image/png")]).await;
    assert_eq!(none.status, StatusCode::NOT_ACCEPTABLE);
    assert!(none.body.contains("text/turtle") && none.body.contains("hint:"), "{}", none.body);
    for (path, place) in [
        ("/id/country/mex.ttl", "/data/id/country/mex.ttl"),
        ("/id/claim/c1.jsonld", "/data/id/claim/c1.jsonld"),
        ("/id/report/tst-2021-p029.ris", "/cite/id/report/tst-2021-p029.ris"),
        ("/id/report/tst-2021-p029.html", "/page/id/report/tst-2021-p029"),
        ("/ontology.rdf", "/data/ontology.rdf"),
        ("/dataset.ttl", "/data/dataset.ttl"),
    ] {
        let led = ask(&site, path, &[("accept", "image/png")]).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, place.to_owned()), "{path}");
    }
    assert_eq!(ask(&site, "/id/country/atlantis.ttl", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_known_is_not_sent_again_until_something_is_written() {
    let site = site();
    for path in ["/data/id/country/mex.ttl", "/page/id/country/mex", "/data/dataset.ttl", "/feed.atom", "/cite/dataset.bib"] {
        let first = ask(&site, path, &[("accept", "*/*")]).await;
        let tag = first.header("etag");
        assert!(first.status == StatusCode::OK && tag.len() > 10, "{path}: {tag}");
        let again = ask(&site, path, &[("if-none-match", &tag)]).await;
        assert_eq!(
            (again.status, again.body.as_str(), again.header("etag")),
            (StatusCode::NOT_MODIFIED, "", tag.clone()),
            "{path}"
        );
        let elsewhere = ask(&site, path, &[("if-none-match", &tag), ("host", "data.example.org")]).await;
        let same_everywhere = path.starts_with("/cite/");
        assert_eq!(elsewhere.status == StatusCode::NOT_MODIFIED, same_everywhere, "{path} depends on its host");
        let update = Request::post("/update")
            .header("content-type", "application/sparql-update")
            .header("authorization", format!("Bearer {TOKEN}"))
            .body(Body::from(format!("INSERT DATA {{ GRAPH <urn:g> {{ <urn:{}> <urn:b> 1 }} }}", path.len())));
        assert!(send(site.clone(), update.unwrap()).await.status.is_success());
        let changed = ask(&site, path, &[("if-none-match", &tag)]).await;
        assert_eq!(changed.status, StatusCode::OK, "{path}");
        assert_ne!(changed.header("etag"), tag, "{path}");
    }
}

#[tokio::test]
async fn what_is_one_with_another_leads_there_and_what_was_rejected_is_gone() {
    let site = site();
    for (path, place) in [
        ("/id/programme/senderos-mex-2022", "/id/programme/senderos"),
        ("/page/id/programme/senderos-mex-2022", "/page/id/programme/senderos"),
        ("/data/id/programme/senderos-mex-2022.trig", "/data/id/programme/senderos.trig"),
        ("/cite/id/programme/senderos-mex-2022.ris", "/cite/id/programme/senderos.ris"),
        // What was taken for one that was taken for another.
        ("/id/programme/senderos-old", "/id/programme/senderos"),
    ] {
        let led = ask(&site, path, &[("accept", "text/turtle, text/html")]).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, place.to_owned()), "{path}");
    }
    let rejection = decisions()[0].iri().into_string().replace(BASE, "/");
    for path in ["/id/programme/phantom", "/data/id/programme/phantom.ttl", "/cite/id/programme/phantom.bib"] {
        let gone = ask(&site, path, &[("accept", "text/turtle, application/json;q=0.1")]).await;
        assert_eq!(gone.status, StatusCode::GONE, "{path}: {}", gone.body);
        let problem: serde_json::Value = serde_json::from_str(&gone.body).unwrap();
        assert_eq!(problem["code"], "gone");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("rejected by Ana <b> on 2026-11-20: a heading & no programme"), "{detail}");
        assert!(problem["hint"].as_str().unwrap().contains(&rejection), "{}", problem["hint"]);
        assert_eq!(gone.header("etag"), "");
    }
    let page = ask(&site, "/page/id/programme/phantom", &[("accept", HTML)]).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.text().contains("What was at this address was rejected") && !page.body.contains("Ana <b>"), "{}", page.body);
    assert_eq!(ask(&site, &rejection, &[("accept", HTML)]).await.status, StatusCode::SEE_OTHER, "the decision is there");
    // The report that the decision has seen is no matter of it.
    assert_eq!(ask(&site, "/page/id/report/tst-2021-p029", &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_not_there_is_told_with_what_is_near() {
    let site = site();
    let near = ask(&site, "/id/programme/sendero", &[("accept", "text/turtle")]).await;
    assert_eq!(near.status, StatusCode::NOT_FOUND);
    assert!(near.body.contains("hint: ") && near.body.contains("`/id/programme/senderos`"), "{}", near.body);
    let near = ask(&site, "/data/id/programme/sendero.ttl", &[("accept", "text/turtle")]).await;
    assert!(near.body.contains("`/id/programme/senderos`"), "{}", near.body);
    let claim = ask(&site, "/id/claim/5f0c", &[("accept", "text/turtle")]).await;
    assert!(claim.status == StatusCode::NOT_FOUND && claim.body.contains("hint: "), "{}", claim.body);
    for path in
        ["/id/%FF", "/data/id/country/mex", "/cite/id/nothing.bib", "/card/id/nothing.png", "/feed/atl.atom", "/sitemap/9.xml"]
    {
        let answer = ask(&site, path, &[("accept", "application/json")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.body);
        assert!(answer.body.contains("\"hint\":"), "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn all_forms_say_the_same() {
    let site = site();
    for path in KINDS.iter().filter(|path| **path != "ontology") {
        let mut said = Vec::new();
        for (ending, _, format) in FORMS {
            said.push((ending, triples(&fetch(&site, &format!("/data/{path}.{ending}")).await, format)));
        }
        for (ending, other) in &said {
            assert_eq!(other, &said[0].1, "{path}: {ending} differs from {}", said[0].0);
        }
    }
    let graphs = quads(&fetch(&site, "/data/id/programme/senderos.trig").await, RdfFormat::TriG);
    assert_eq!(graphs, quads(&fetch(&site, "/data/id/programme/senderos.nq").await, RdfFormat::NQuads));
    assert!(graphs.iter().any(|quad| quad.ends_with(&format!("<{BASE}graph/report/tst-2021-p029>"))), "{graphs:?}");
}

#[tokio::test]
async fn a_description_is_concise_and_has_the_names_of_what_it_points_to() {
    let site = site();
    let said = triples(&fetch(&site, "/data/id/programme/senderos.nt").await, RdfFormat::NTriples);
    let has = |text: &str| said.iter().any(|triple| triple.contains(text));
    assert!(has("ontology#fundedBy> <https://w3id.org/forced-labour-graph/id/organization/usa-dol>"), "{said:?}");
    assert!(has(
        "id/organization/usa-dol> <http://www.w3.org/2004/02/skos/core#prefLabel> \"United States Department of Labor\"@en"
    ));
    assert!(has("id/claim/c1/quote> <http://www.w3.org/ns/oa#exact>"), "claims come with their words");
    assert!(
        !has("usa-dol> <https://w3id.org/forced-labour-graph/ontology#addressesIssue>"),
        "what is said of others stays there"
    );
    assert!(has("id/programme/senderos-mex-2022> <http://www.w3.org/2004/02/skos/core#exactMatch>"), "what leads here is told");
    let noted = triples(&fetch(&site, "/data/id/organization/world-vision.nt").await, RdfFormat::NTriples);
    assert!(noted.iter().any(|triple| triple.contains("<urn:note> <https://w3id.org/forced-labour-graph/.well-known/genid/")));
    let graph = triples(&fetch(&site, "/data/graph/notes.nt").await, RdfFormat::NTriples);
    assert_eq!(graph.len(), 2, "{graph:?}");
    let subject =
        |property: &str| graph.iter().find(|triple| triple.contains(property)).unwrap().split(' ').next().unwrap().to_owned();
    assert!(subject("urn:says").contains("/genid/") && subject("urn:note").ends_with("world-vision>"), "{graph:?}");
}

#[tokio::test]
async fn what_stands_in_thousands_of_statements_has_all_of_them_or_none() {
    let store = store();
    let country = id("country/mex");
    let of = |n: usize| {
        Triple::new(id(&format!("place/p{n}")), NamedNode::new(format!("{BASE}ontology#country")).unwrap(), country.clone())
    };
    let graph = NamedNode::new(format!("{BASE}graph/many")).unwrap();
    let document = async |store: &Arc<dyn Store>| {
        let site = serve::router(App::new(Arc::clone(store), Settings::default(), Tokens::default()));
        triples(&fetch(&site, "/data/id/country/mex.nt").await, RdfFormat::NTriples)
    };
    let places = |said: &BTreeSet<String>| said.iter().filter(|triple| triple.contains("/id/place/p")).count();
    store.write(Some(&graph), Write::Replace, &mut (0..900).map(of)).unwrap();
    assert_eq!(places(&document(&store).await), 900);
    store.write(Some(&graph), Write::Replace, &mut (0..1_200).map(of)).unwrap();
    let said = document(&store).await;
    assert_eq!(places(&said), 0);
    let leads =
        |said: &BTreeSet<String>| said.iter().any(|t| t.contains("rdf-schema#seeAlso> <http://localhost/page/id/country/mex>"));
    assert!(leads(&said), "{said:?}");
    // The same of claims.
    let about = NamedNode::new("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject").unwrap();
    let claim = |n: usize| Triple::new(id(&format!("claim/n{n}")), about.clone(), country.clone());
    let claims = |said: &BTreeSet<String>| said.iter().filter(|triple| triple.contains("/id/claim/n")).count();
    store.write(Some(&graph), Write::Replace, &mut (0..900).map(claim)).unwrap();
    let said = document(&store).await;
    assert_eq!((claims(&said), leads(&said)), (900, false));
    store.write(Some(&graph), Write::Replace, &mut (0..1_200).map(claim)).unwrap();
    let said = document(&store).await;
    assert_eq!((claims(&said), leads(&said)), (0, true));
    assert!(said.iter().any(|t| t.contains("\"M\u{e9}xico\"@es")), "what is said of it stays: {said:?}");
}

#[tokio::test]
async fn turtle_is_laid_out_for_people() {
    let text = fetch(&site(), "/data/id/programme/senderos.ttl").await;
    let again = fetch(&site(), "/data/id/programme/senderos.ttl").await;
    assert_eq!(text, again, "another store with the same statements gives other bytes");
    assert!(text.starts_with("@base <https://w3id.org/forced-labour-graph/> .\n"), "{text}");
    assert!(text.contains("\n\n<id/programme/senderos> a flg:Programme ;\n\tskos:prefLabel \"SENDEROS\"@es ;\n"), "{text}");
    assert!(!text.contains("@prefix org:"), "a prefix that nothing uses: {text}");
    let subjects: Vec<&str> =
        text.lines().filter(|line| line.starts_with("<id/")).map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(subjects.iter().collect::<BTreeSet<_>>().len(), subjects.len(), "a subject stands in two places: {subjects:?}");
    assert_eq!(text.matches("\n\n<").count(), subjects.len(), "an empty line parts subjects: {text}");
    assert_eq!(subjects[..3], ["<id/programme/senderos>", "<id/claim/c1>", "<id/claim/c1/position>"], "{subjects:?}");
}

#[tokio::test]
async fn json_is_what_a_programmer_likes_to_read() {
    let site = site();
    let json: serde_json::Value = serde_json::from_str(&fetch(&site, "/data/id/programme/senderos.jsonld").await).unwrap();
    assert_eq!(json["@context"], "http://localhost/ontology/context.jsonld");
    assert_eq!(json["iri"], format!("{BASE}id/programme/senderos"));
    assert_eq!(json["type"], "Programme");
    assert_eq!(json["prefLabel"]["es"], "SENDEROS");
    let body: serde_json::Value = serde_json::from_str(&fetch(&site, "/data/id/organization/usa-dol.jsonld").await).unwrap();
    assert_eq!(body["acronym"], serde_json::json!({ "@none": ["DOL", "USDOL"] }));
    assert!(body["altLabel"]["es"].as_str().unwrap().starts_with("Departamento"), "{}", body["altLabel"]);
    assert_eq!(json["fundedBy"]["prefLabel"]["en"], "United States Department of Labor");
    let claims = json["claims"].as_array().unwrap();
    let claim = claims.iter().find(|claim| claim["predicate"] == "fundedBy").unwrap();
    let position = claim["hasSelector"].as_array().unwrap().iter().find(|s| s["type"] == "TextPositionSelector").unwrap();
    assert_eq!((&position["start"], &position["end"]), (&110.into(), &202.into()));
    assert_eq!(json["@reverse"]["exactMatch"][0]["iri"], format!("{BASE}id/programme/senderos-mex-2022"));
    let context = ask(&site, "/ontology/context.jsonld", &[("accept", "application/ld+json")]).await;
    assert_eq!((context.status, context.header("content-type")), (StatusCode::OK, "application/ld+json".to_owned()));
    assert_eq!(context.header("access-control-allow-origin"), "*");
    let own = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/context.jsonld")).unwrap();
    assert_eq!(context.body, own);
}

#[tokio::test]
async fn the_canonical_base_is_served_by_any_host() {
    let site = site();
    let there = [("host", "data.example.org"), ("x-forwarded-proto", "https"), ("accept", "*/*")];
    let json: serde_json::Value = serde_json::from_str(&ask(&site, "/data/id/country/mex.jsonld", &there).await.body).unwrap();
    assert_eq!(json["@context"], "https://data.example.org/ontology/context.jsonld");
    assert_eq!(json["iri"], format!("{BASE}id/country/mex"), "what is said of a thing is said of its canonical IRI");
    let led = ask(&site, "/id/country/mex", &there).await;
    assert!(led.header("location").starts_with("/page/"), "{}", led.header("location"));
    let odd = ask(&site, "/data/id/country/mex.jsonld", &[("host", "evil.example\"><script>")]).await;
    assert!(odd.body.contains("\"http://localhost/ontology/context.jsonld\""), "{}", odd.body);
    let graph = "/data?graph=https%3A%2F%2Fdata.example.org%2Fgraph%2Fauthority";
    assert!(ask(&site, graph, &there).await.body.contains("Francia"));
}
