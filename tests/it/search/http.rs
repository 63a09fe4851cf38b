//! Search over HTTP: the page, the data, what browsers are told, and that it keeps step with the store.

use super::super::operate::Hanging;
use super::super::serve::get_from;
use super::store;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use forced_labour_graph::config::{Right, Token, Tokens, digest};
use forced_labour_graph::search::Index;
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use forced_labour_graph::store::Store;
use http_body_util::BodyExt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tower::ServiceExt;

const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const JSON: &str = "application/json";

static SITE: LazyLock<Router> =
    LazyLock::new(|| serve::router(App::new(Arc::new(store()), Settings::default(), Tokens::default())));

async fn page(path: &str) -> String {
    let answer = get_from(SITE.clone(), path, HTML).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.body
}

async fn json_from(router: &Router, path: &str) -> serde_json::Value {
    let answer = get_from(router.clone(), path, JSON).await;
    assert_eq!((answer.status, answer.header("content-type").as_str()), (StatusCode::OK, JSON), "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

#[tokio::test]
async fn a_result_has_its_marks_its_language_and_its_evidence_a_click_away() {
    let body = page("/search?q=trabajadores&lang=en").await;
    assert!(body.contains("<mark>trabajadores</mark>"), "{body}");
    assert!(body.contains("<blockquote lang=\"es\""), "{body}");
    let links = regex::Regex::new("<p class=\"source\"><a href=\"([^\"#]*)(#c[0-9]+)?\"").unwrap();
    let links: Vec<(String, String)> = links
        .captures_iter(&body)
        .map(|found| (found[1].to_owned(), found.get(2).map_or_else(String::new, |m| m.as_str()[1..].to_owned())))
        .collect();
    assert!(links.len() > 3, "{body}");
    let mut anchors = 0;
    for (path, anchor) in links.iter().take(8) {
        let shown = page(path).await;
        if !anchor.is_empty() {
            assert!(shown.contains(&format!("id=\"{anchor}\"")), "{path} has no `{anchor}`");
            anchors += 1;
        }
    }
    assert!(anchors > 0, "{links:?}");
    // The page reads in each language.
    assert!(page("/search?q=senderos&lang=es").await.contains("Resultados: "));
    assert!(page("/search?q=senderos&lang=fr").await.contains("Résultats : "));
}

#[tokio::test]
async fn facets_are_links_that_narrow_down_and_free_again() {
    let body = page("/search?q=trabajo").await;
    let link = regex::Regex::new(
        "<a href=\"(/search\\?q=trabajo&#38;country=mex)\" rel=\"nofollow\">Mexico</a> <span class=\"count\">([0-9]+)</span>",
    )
    .unwrap();
    let found = link.captures(&body).unwrap_or_else(|| panic!("{body}"));
    let narrowed = page(&found[1].replace("&#38;", "&")).await;
    assert!(narrowed.contains(&format!("Results: {}<", &found[2])), "{narrowed}");
    assert!(narrowed.contains("class=\"taken\"") && narrowed.contains("href=\"/search?q=trabajo\""), "{narrowed}");
    assert!(
        narrowed.contains("country=mex&#38;class=") || narrowed.contains("class=Programme&#38;country=mex"),
        "facets combine: {narrowed}"
    );
}

#[tokio::test]
async fn programs_get_the_same_as_json_with_the_state_of_the_data() {
    let by_accept = json_from(&SITE, "/search?q=senderos").await;
    let by_format: serde_json::Value = serde_json::from_str(&page("/search?q=senderos&format=json").await).unwrap();
    assert_eq!(by_accept["results"], by_format["results"]);
    let keys: Vec<&String> = by_accept.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["query", "language", "revision", "total", "page", "per_page", "all_words", "read_as", "facets", "results"]);
    assert!(!by_accept["revision"].as_str().unwrap().is_empty());
    let first = &by_accept["results"][0];
    assert_eq!(first["iri"], "https://w3id.org/forced-labour-graph/id/programme/senderos");
    assert_eq!((first["by"].as_str(), first["href"].as_str()), (Some("name"), Some("/page/id/programme/senderos")));
    let said = &first["passages"][0];
    let (text, mark) = (said["text"].as_str().unwrap(), &said["marks"][0]);
    let at = |n: usize| usize::try_from(mark[n].as_u64().unwrap()).unwrap();
    let word: String = text.chars().skip(at(0)).take(at(1) - at(0)).collect();
    assert_eq!(word.to_lowercase(), "senderos", "{said}");
    assert!(
        said["states"][0]["claim"].as_str().unwrap().contains("/id/claim/")
            && said["href"].as_str().unwrap().starts_with("/page/")
    );
    let paged = json_from(&SITE, "/search?q=trabajo&per_page=5&page=2&country=mex").await;
    assert_eq!((paged["results"].as_array().unwrap().len(), paged["page"].as_u64()), (5, Some(2)));
    let next = json_from(&SITE, paged["next"].as_str().unwrap()).await;
    assert_eq!(
        (next["page"].as_u64(), next["per_page"].as_u64(), next["total"].clone()),
        (Some(3), Some(5), paged["total"].clone())
    );
    // What has not changed is not sent again.
    let answer = get_from(SITE.clone(), "/search?q=senderos", JSON).await;
    let again =
        Request::get("/search?q=senderos").header(header::ACCEPT, JSON).header(header::IF_NONE_MATCH, answer.header("etag"));
    let again = SITE.clone().oneshot(again.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    for refused in ["/search?q=a&format=turtle", "/search?q=a"] {
        let answer = get_from(SITE.clone(), refused, "text/turtle").await;
        assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{refused}: {}", answer.body);
    }
    assert_eq!(json_from(&SITE, "/search").await["total"], 0);
}

#[tokio::test]
async fn browsers_are_told_how_to_search_here() {
    assert!(
        page("/").await.contains("<link rel=\"search\" href=\"/opensearch.xml\" type=\"application/opensearchdescription+xml\"")
    );
    let answer = get_from(SITE.clone(), "/opensearch.xml", "*/*").await;
    assert_eq!(answer.header("content-type"), "application/opensearchdescription+xml");
    let mut reader = quick_xml::Reader::from_str(&answer.body);
    let (mut urls, mut short) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Empty(tag) if tag.name().as_ref() == b"Url" => {
                let attribute = |name: &str| tag.try_get_attribute(name).unwrap().unwrap().unescape_value().unwrap().into_owned();
                urls.push((attribute("type"), attribute("template")));
            }
            quick_xml::events::Event::Text(text) if short => {
                let name = text.unescape().unwrap().into_owned();
                assert!(!name.is_empty() && name.chars().count() <= 16, "{name}");
                short = false;
            }
            quick_xml::events::Event::Start(tag) => short = tag.name().as_ref() == b"ShortName",
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(urls.len(), 4, "{urls:?}");
    // Each leads to what it says.
    for (kind, template) in urls {
        assert!(template.starts_with("http://localhost/"), "{template}");
        let path = template
            .replace("http://localhost", "")
            .replace("{searchTerms}", "send")
            .replace("{startPage?}", "1")
            .replace("{count?}", "5");
        let answer = get_from(SITE.clone(), &path, "*/*").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.header("content-type").starts_with(&kind), "{path}: {}", answer.header("content-type"));
    }
    let answer = get_from(SITE.clone(), "/search/suggest?q=sende", "*/*").await;
    let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(told[0], "sende");
    assert_eq!((told[1][0].as_str(), told[2][0].as_str()), (Some("SENDEROS"), Some("programme")), "{told}");
    assert_eq!(told[3][0], "http://localhost/page/id/programme/senderos");
    assert_eq!(told[1].as_array().unwrap().len(), told[3].as_array().unwrap().len());
}

#[tokio::test]
async fn what_is_written_is_found_by_the_next_search_and_what_is_gone_is_not() {
    let token = Token { name: "writer".to_owned(), sha256: digest("writer"), rights: vec![Right::Update] };
    let store: Arc<dyn Store> = Arc::new(store());
    let server = serve::router(App::new(store, Settings::default(), Tokens(vec![token])));
    let write = async |path: &str, kind: &str, body: String| {
        let request = Request::post(path).header(header::CONTENT_TYPE, kind).header(header::AUTHORIZATION, "Bearer writer");
        let response = server.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        assert!(response.status().is_success(), "{:?}", response.into_body().collect().await.unwrap().to_bytes());
    };
    let search = async |text: &str| json_from(&server, &format!("/search?q={}", encode(text))).await;
    let before = search("Marejada").await;
    assert_eq!(before["total"], 0);
    let graph = "https://w3id.org/forced-labour-graph/graph/source/notes";
    let named = |name: &str| {
        format!("<https://w3id.org/forced-labour-graph/id/programme/x> a flg:Programme ; skos:prefLabel \"{name}\"@es .")
    };
    write("/update", "application/sparql-update", format!("INSERT DATA {{ GRAPH <{graph}> {{ {} }} }}", named("Marejada Verde")))
        .await;
    let found = search("marejadas").await;
    assert_eq!(found["results"][0]["href"], "/page/id/programme/x", "{found}");
    assert_ne!(found["revision"], before["revision"]);
    assert_eq!(search("marejadas").await["revision"], found["revision"], "what is as it was is not read again");
    write("/update", "application/sparql-update", format!("DROP GRAPH <{graph}>")).await;
    assert_eq!(search("Marejada").await["total"], 0);
    let prefixes =
        "@prefix flg: <https://w3id.org/forced-labour-graph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .";
    write(&format!("/data?graph={}", encode(graph)), "text/turtle", format!("{prefixes} {}", named("Faro Lejano"))).await;
    assert_eq!(search("faro lejano").await["results"][0]["by"], "name");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_while_the_index_is_made_waits_for_that_one() {
    let token = Token { name: "writer".to_owned(), sha256: digest("writer"), rights: vec![Right::Update] };
    let store = Arc::new(Hanging(store(), Duration::ZERO, AtomicUsize::new(0)));
    let scans = || store.2.swap(0, Ordering::SeqCst);
    Index::read(store.as_ref(), String::new()).unwrap();
    let once = scans();
    assert!(once > 0);
    let server = serve::router(App::new(store.clone(), Settings::default(), Tokens(vec![token])));
    let search = async |number: usize| {
        let all = (0..number).map(|_| {
            let server = server.clone();
            tokio::spawn(async move { json_from(&server, "/search?q=senderos").await["revision"].clone() })
        });
        for one in all.collect::<Vec<_>>() {
            assert!(one.await.unwrap().is_string());
        }
    };
    search(12).await;
    assert_eq!(scans(), once, "the store is read once for all of them");
    search(4).await;
    assert_eq!(scans(), 0, "and not again while it is as it was");
    let request = Request::post("/update").header(header::CONTENT_TYPE, "application/sparql-update");
    let insert = Body::from("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 'c' } }");
    let request = request.header(header::AUTHORIZATION, "Bearer writer").body(insert).unwrap();
    assert!(server.clone().oneshot(request).await.unwrap().status().is_success());
    scans();
    search(12).await;
    assert_eq!(scans(), once);
}

#[tokio::test]
async fn nothing_that_is_typed_breaks_a_page() {
    let long = "trabajo ".repeat(5_000);
    let one = "a".repeat(60_000);
    let marks = "\"".repeat(500);
    for text in [
        "",
        "   ",
        "+ - \" ( : *",
        "\"",
        "\"\"",
        "“trabajo",
        "*",
        "*:*",
        "trabajo AND (NOT forzoso",
        "name:trabajo^3~2 [a TO z]",
        "/.*/",
        "\\",
        "%",
        "a",
        "de la y",
        "\"de la\"",
        "l'",
        "' OR 1=1; DROP TABLE x --",
        "\"} UNION { ?s ?p ?o } #",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "{{ 7*7 }} {% include %}",
        "العمل الجبري",
        "עבודת כפייה",
        "強制労働",
        "ẛ̣ ﬁ İ ß Ǆ",
        "👩‍🌾🌽 🇲🇽",
        "\u{0}\u{1}\u{feff}\u{202e}trabajo",
        "e\u{301}\u{301}\u{301}",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
        long.as_str(),
        one.as_str(),
        marks.as_str(),
    ] {
        let cut: String = text.chars().take(12).collect();
        for (path, accept) in [("/search?q=", HTML), ("/search?format=json&q=", "*/*"), ("/search/suggest?q=", "*/*")] {
            // More than this is no address that a server takes; the rest of the text is the same.
            let text: String = text.chars().take(2_000).collect();
            let answer = get_from(SITE.clone(), &format!("{path}{}", encode(&text)), accept).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}{cut}: {}", answer.body);
            assert!(
                accept != HTML || !(answer.body.contains("<script>") || answer.body.contains("<img")),
                "{cut}: {}",
                answer.body
            );
        }
    }
    for path in [
        "/search?q=trabajo&page=0",
        "/search?q=trabajo&page=-1",
        "/search?q=trabajo&page=99999999999999999999999",
        "/search?q=trabajo&page=18446744073709551615&per_page=18446744073709551615",
        "/search?q=trabajo&class=%3Cscript%3Ealert(1)%3C/script%3E",
        "/search?q=trabajo&country=&country=&year=x&sector=%F0%9F%8C%BD&source=*",
        "/search?class=Programme",
        "/search?q=trabajo&nonsense=1&lang=xx",
    ] {
        let body = page(path).await;
        assert!(!body.contains("<script>alert"), "{path}: {body}");
    }
    assert_eq!(get_from(SITE.clone(), "/search?q=%ff", HTML).await.status, StatusCode::BAD_REQUEST);
}
