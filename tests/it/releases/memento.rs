//! Versions on a live server: their files, and things as they were on a day, by the rules of RFC 7089.

use super::{day, files};
use crate::linked::{BASE, FORMS, TOKEN, quads, store, triples};
use crate::serve::{Answer, send};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use forced_labour_graph::config::{Right, Token, Tokens, digest};
use forced_labour_graph::release::{self, Known, Order, Outcome};
use forced_labour_graph::serve::{self, limits::App, limits::Around, limits::Settings};
use forced_labour_graph::store::{Pattern, Store};
use oxigraph::io::RdfFormat;
use oxigraph::model::NamedNode;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const SENDEROS: &str = "/data/id/programme/senderos.nt";
const NUEVO: &str = "/data/id/programme/nuevo.nt";
const FUNDED: &str = "<https://w3id.org/forced-labour-graph/ontology#fundedBy>";

/// A server with releases, and what its store holds.
struct Site {
    router: Router,
    store: Arc<dyn Store>,
    releases: TempDir,
}

fn router(store: &Arc<dyn Store>, releases: Option<&Path>) -> Router {
    let token = Token { name: "linked".to_owned(), sha256: digest(TOKEN), rights: vec![Right::Update] };
    let around = Around { releases: releases.map(Path::to_owned), ..Around::default() };
    serve::router(App::with(Arc::clone(store), Settings::default(), Tokens(vec![token]), around))
}

impl Site {
    fn new() -> Self {
        let (store, releases) = (store(), tempfile::tempdir().unwrap());
        Self { router: router(&store, Some(releases.path())), store, releases }
    }
    /// Three versions: of the first of September, October and November. In the second, a funder is gone and a programme is new; in the
    /// third that programme is gone; what was written since is in none.
    async fn with_three() -> Self {
        let site = Self::new();
        site.release("one", "2026-09-01");
        let (senderos, nuevo) = (format!("<{BASE}id/programme/senderos>"), format!("<{BASE}id/programme/nuevo>"));
        let graph = format!("<{BASE}graph/report/tst-2021-p029>");
        site.update(&format!("DELETE WHERE {{ GRAPH {graph} {{ {senderos} flg:fundedBy ?f }} }}")).await;
        site.update(&format!("INSERT DATA {{ GRAPH {graph} {{ {nuevo} a flg:Programme ; skos:prefLabel 'NUEVO'@es }} }}")).await;
        site.release("two", "2026-10-01T12:00:00Z");
        site.update(&format!("DELETE WHERE {{ GRAPH {graph} {{ {nuevo} ?p ?o }} }}")).await;
        site.release("three", "2026-11-01");
        site.update(&format!("INSERT DATA {{ GRAPH {graph} {{ {senderos} flg:fundedBy <{BASE}id/country/fra> }} }}")).await;
        // It sees what there is only after a moment: another sees it at once.
        Self { router: router(&site.store, Some(site.releases.path())), ..site }
    }
    fn release(&self, version: &str, date: &str) {
        let order = Order {
            folder: self.releases.path(),
            version: Some(version),
            date: day(date),
            notes: Some("<b>noted</b>"),
            force: false,
        };
        let made = release::write(self.store.as_ref(), &order).unwrap();
        assert!(matches!(&made, Outcome::Made(release) if release.version() == version), "{made:?}");
    }
    async fn update(&self, text: &str) {
        let request = Request::post("/update").header("content-type", "application/sparql-update");
        let request = request.header("authorization", format!("Bearer {TOKEN}")).body(Body::from(text.to_owned())).unwrap();
        let answer = send(self.router.clone(), request).await;
        assert!(answer.status.is_success(), "{}", answer.body);
    }
    async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        crate::linked::ask(&self.router, path, headers).await
    }
    /// What is answered to who asks for a day.
    async fn on(&self, path: &str, date: &str) -> Answer {
        self.ask(path, &[("accept-datetime", &day(date).http()), ("accept", "*/*")]).await
    }
}

#[tokio::test]
async fn the_version_of_the_day_is_answered() {
    let site = Site::with_three().await;
    // Now, and where the past is to be had.
    let now = site.ask(SENDEROS, &[]).await;
    assert!(now.body.contains("id/country/fra>") && now.header("memento-datetime").is_empty(), "{}", now.body);
    assert!(now.header("vary").contains("Accept-Datetime"), "{}", now.header("vary"));
    for link in [
        "<http://localhost/data/id/programme/senderos.nt>; rel=\"original timegate\"",
        "<http://localhost/timemap/link/data/id/programme/senderos.nt>; rel=\"timemap\"; type=\"application/link-format\"",
        "rel=\"canonical\"",
    ] {
        assert!(now.header("link").contains(link), "{}", now.header("link"));
    }
    // Each day has its version; what came before all has the first, what comes after all the last.
    for (date, version, when, funder) in [
        ("2026-01-01", "one", "Tue, 01 Sep 2026 00:00:00 GMT", true),
        ("2026-09-01", "one", "Tue, 01 Sep 2026 00:00:00 GMT", true),
        ("2026-10-01T11:59:59Z", "one", "Tue, 01 Sep 2026 00:00:00 GMT", true),
        ("2026-10-01T12:00:00Z", "two", "Thu, 01 Oct 2026 12:00:00 GMT", false),
        ("2026-10-31T23:59:59Z", "two", "Thu, 01 Oct 2026 12:00:00 GMT", false),
        ("2099-01-01", "three", "Sun, 01 Nov 2026 00:00:00 GMT", false),
    ] {
        let then = site.on(SENDEROS, date).await;
        assert_eq!((then.status, then.header("memento-datetime")), (StatusCode::OK, when.to_owned()), "{date}: {}", then.body);
        let place = format!("/release/{version}{SENDEROS}");
        assert_eq!(then.header("content-location"), place);
        assert!(then.header("vary").contains("Accept-Datetime"), "{}", then.header("vary"));
        let stated = format!("senderos> {FUNDED} <{BASE}id/organization/usa-dol>");
        assert_eq!(then.body.contains(&stated), funder, "{date}: {}", then.body);
        assert!(!then.body.contains("country/fra>"), "{date}: what is said now: {}", then.body);
        // The same at the address of its own, which says where it belongs.
        let itself = site.ask(&place, &[]).await;
        assert_eq!((&itself.body, itself.header("memento-datetime")), (&then.body, when.to_owned()));
        for link in ["rel=\"original timegate\"", &format!("<http://localhost{place}>; rel=\"")] {
            assert!(itself.header("link").contains(link), "{}", itself.header("link"));
        }
        assert!(itself.header("content-location").is_empty() && !itself.header("vary").contains("Datetime"));
    }
    let middle = site.ask(&format!("/release/two{SENDEROS}"), &[]).await.header("link");
    for (version, relation, when) in [
        ("one", "first prev memento", "Tue, 01 Sep 2026 00:00:00 GMT"),
        ("two", "memento", "Thu, 01 Oct 2026 12:00:00 GMT"),
        ("three", "next last memento", "Sun, 01 Nov 2026 00:00:00 GMT"),
    ] {
        let link = format!("<http://localhost/release/{version}{SENDEROS}>; rel=\"{relation}\"; datetime=\"{when}\"");
        assert!(middle.contains(&link), "{link} is not in {middle}");
    }
    let wrong = site.ask(SENDEROS, &[("accept-datetime", "last week")]).await;
    assert!(wrong.status == StatusCode::BAD_REQUEST && wrong.body.contains("29 Nov 2026 16:00:00 GMT"), "{}", wrong.body);
}

#[tokio::test]
async fn what_came_and_went_is_answered_by_the_versions_that_have_it() {
    let site = Site::with_three().await;
    assert_eq!(site.ask(NUEVO, &[]).await.status, StatusCode::NOT_FOUND);
    for date in ["2026-01-01", "2026-09-15", "2026-10-15"] {
        let then = site.on(NUEVO, date).await;
        assert!(then.status == StatusCode::OK && then.body.contains("\"NUEVO\"@es"), "{date}: {}", then.body);
        assert_eq!(then.header("content-location"), format!("/release/two{NUEVO}"), "{date}");
        assert!(then.header("link").contains("rel=\"first last memento\""), "{}", then.header("link"));
    }
    // On that day it was gone already.
    let gone = site.on(NUEVO, "2026-11-15").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(
        gone.body.contains("Version `three` does not speak of") && gone.body.contains(&format!("`/release/two{NUEVO}`")),
        "{}",
        gone.body
    );
    assert!(gone.header("link").contains("rel=\"timemap\"") && gone.header("vary").contains("Accept-Datetime"));
    let never = site.on("/data/id/programme/never.nt", "2026-11-15").await;
    assert!(never.status == StatusCode::NOT_FOUND && never.body.contains("No version speaks of"), "{}", never.body);
    assert_eq!(site.ask(&format!("/release/one{NUEVO}"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.ask(&format!("/release/four{NUEVO}"), &[]).await.status, StatusCode::NOT_FOUND);
    // The list has just those that there are.
    for (path, versions) in
        [(SENDEROS, vec!["one", "two", "three"]), (NUEVO, vec!["two"]), ("/page/id/programme/nuevo", vec!["two"])]
    {
        let map = site.ask(&format!("/timemap/link{path}"), &[]).await;
        assert_eq!((map.status, map.header("content-type")), (StatusCode::OK, "application/link-format".to_owned()));
        let lines: Vec<&str> = map.body.trim_end().split(",\n").collect();
        assert_eq!(lines[0], format!("<http://localhost{path}>; rel=\"original timegate\""));
        assert!(
            lines[1].starts_with(&format!("<http://localhost/timemap/link{path}>; rel=\"self\""))
                && lines[1].contains("; from=\"")
        );
        assert_eq!(lines.len(), versions.len() + 2, "{}", map.body);
        for (line, version) in lines[2..].iter().zip(versions) {
            assert!(line.starts_with(&format!("<http://localhost/release/{version}{path}>; rel=\"")), "{line}");
            assert!(line.contains("memento\"; datetime=\"") && line.contains(" 2026 "), "{line}");
        }
    }
    for path in ["/timemap/link/data/id/programme/never.nt", "/timemap/link/page/list/Programme", "/timemap/link/nonsense"] {
        assert_eq!(site.ask(path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_page_of_the_past_says_so_and_leads_on_in_the_past() {
    let site = Site::with_three().await;
    let now = site.ask("/page/id/programme/senderos?lang=en", &[("accept", HTML)]).await;
    assert!(!now.body.contains("class=\"memento\"") && now.body.contains("href=\"/page/id/organization/world-vision\""));
    let date = day("2026-09-15").http();
    let headers = [("accept", HTML), ("accept-datetime", date.as_str()), ("accept-language", "es")];
    let then = site.ask("/page/id/programme/senderos", &headers).await;
    assert_eq!(then.header("memento-datetime"), "Tue, 01 Sep 2026 00:00:00 GMT");
    assert!(then.text().contains("Así constaba en la versión one del 2026-09-01"), "{}", then.text());
    assert!(then.body.contains("<a href=\"http://localhost/page/id/programme/senderos\">"), "a way to the present");
    assert!(
        then.body.contains("href=\"/release/one/page/id/organization/usa-dol\"") && !then.body.contains("href=\"/page/id/"),
        "{}",
        then.body
    );
    assert!(
        then.body.contains("href=\"/release/one/page/id/programme/senderos?lang=fr\""),
        "the other languages are of that day"
    );
    let itself = site.ask("/release/one/page/id/programme/senderos", &headers).await;
    assert_eq!(itself.body, then.body);
    // It is the same as long as the program is: a write makes no difference.
    let tag = then.header("etag");
    site.update("INSERT DATA { GRAPH <urn:x> { <urn:a> <urn:b> 1 } }").await;
    let again = site.ask("/page/id/programme/senderos", &[&headers[..], &[("if-none-match", tag.as_str())]].concat()).await;
    assert_eq!((again.status, again.header("memento-datetime")), (StatusCode::NOT_MODIFIED, then.header("memento-datetime")));
    // The address of a thing leads there, in the form that is wanted.
    for (accept, place) in [(HTML, "page/id/programme/senderos"), ("text/turtle", "data/id/programme/senderos.ttl")] {
        let led = site.ask("/id/programme/senderos", &[("accept", accept), ("accept-datetime", &date)]).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, format!("/release/one/{place}")));
        assert_eq!(site.ask(&led.header("location"), &[]).await.status, StatusCode::OK);
    }
    // What was found to be another then is answered by that, and what was rejected by the decision.
    let kept = site.on("/data/id/programme/senderos-mex-2022.nt", "2026-09-15").await;
    assert_eq!(
        (kept.status, kept.header("location")),
        (StatusCode::SEE_OTHER, "/release/one/data/id/programme/senderos.nt".to_owned())
    );
    assert_eq!(site.on("/page/id/programme/phantom", "2026-09-15").await.status, StatusCode::GONE);
}

#[tokio::test]
async fn versions_are_listed_described_and_served_as_they_were_written() {
    let site = Site::with_three().await;
    let list = site.ask("/release/?lang=en", &[("accept", HTML)]).await;
    let places: Vec<usize> = ["three", "two", "one"].map(|v| list.body.find(&format!("href=\"/release/{v}/\"")).unwrap()).into();
    assert!(places.is_sorted() && list.body.contains("&#60;b&#62;noted") && !list.body.contains("<b>noted"), "{}", list.body);
    let mut described = BTreeSet::new();
    for (ending, media_type, format) in FORMS {
        let led = site.ask("/release/", &[("accept", media_type)]).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, format!("/release/index.{ending}")));
        let said = site.ask(&format!("/release/index.{ending}"), &[]).await;
        let said = triples(&said.body, format);
        assert!(described.is_empty() || described == said, "{ending}");
        described = said;
    }
    for stated in [
        format!("<{BASE}dataset> <http://www.w3.org/ns/dcat#hasVersion> <{BASE}release/one>"),
        format!("<{BASE}dataset> <http://www.w3.org/ns/dcat#hasCurrentVersion> <{BASE}release/three>"),
        format!("<{BASE}release/two> <http://www.w3.org/ns/dcat#previousVersion> <{BASE}release/one>"),
        format!(
            "<{BASE}release/two> <http://purl.org/dc/terms/issued> \"2026-10-01T12:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>"
        ),
    ] {
        assert!(described.contains(&stated), "{stated} is not in {described:#?}");
    }
    let dataset = triples(&site.ask("/data/dataset.nt", &[]).await.body, RdfFormat::NTriples);
    assert!(dataset.contains(&format!("<{BASE}dataset> <http://www.w3.org/ns/dcat#hasVersion> <{BASE}release/two>")));

    // Every file is sent as it is on disk, for good.
    let page = site.ask("/release/two/?lang=en", &[("accept", HTML)]).await;
    assert_eq!(page.header("memento-datetime"), "Thu, 01 Oct 2026 12:00:00 GMT");
    for (name, bytes) in files(&site.releases.path().join("two")) {
        let path = format!("/release/two/{name}");
        assert!(page.body.contains(&format!("href=\"{path}\"")), "{name} is not in {}", page.body);
        let sent = site.ask(&path, &[]).await;
        assert_eq!((sent.status, sent.body.as_bytes()), (StatusCode::OK, bytes.as_slice()), "{name}");
        assert_eq!(sent.header("cache-control"), "public, max-age=31536000, immutable");
        let again = site.ask(&path, &[("if-none-match", &sent.header("etag"))]).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{name}");
    }
    assert!(page.text().contains("2 statements more, 1 fewer"), "{}", page.text());
    for path in [
        "/release/two/none.nq",
        "/release/none/",
        "/release/none",
        "/release/two/..%2fone%2fmanifest.json",
        "/release/two/.flg-release",
    ] {
        assert_eq!(site.ask(path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // The description of a version at the place that publishes it: each address is one.
    for (accept, place) in [(HTML, "/release/two/"), ("text/turtle", "/release/two/data/dataset.ttl")] {
        let led = site.ask("/release/two", &[("accept", accept)]).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, place.to_owned()));
        for original in ["/dataset", "/page/dataset", "/data/dataset.ttl"] {
            let then = site.ask(original, &[("accept", accept), ("accept-datetime", &day("2026-10-15").http())]).await;
            let place = if original == "/data/dataset.ttl" {
                "/release/two/data/dataset.ttl"
            } else if original == "/page/dataset" {
                "/release/two/"
            } else {
                place
            };
            let led = [then.header("content-location"), then.header("location")];
            assert!(led.contains(&place.to_owned()), "{original}: {led:?}");
        }
    }
    let said = triples(&site.ask("/release/two/data/dataset.nt", &[]).await.body, RdfFormat::NTriples);
    let mut tried = 0;
    for triple in said.iter().filter(|triple| triple.contains("dcat#downloadURL>") || triple.contains("dcat#landingPage>")) {
        let address = triple.rsplit('<').next().unwrap().trim_end_matches('>');
        let path = address.strip_prefix("http://localhost").unwrap_or_else(|| panic!("{triple}"));
        assert_eq!(site.ask(path, &[("accept", "*/*")]).await.status, StatusCode::OK, "{triple}");
        tried += 1;
    }
    assert!(tried > 8, "{tried}");
}

#[tokio::test]
async fn without_releases_nothing_is_promised() {
    let store = store();
    let folder = tempfile::tempdir().unwrap();
    for releases in [None, Some(folder.path().join("none"))] {
        let site = router(&store, releases.as_deref());
        let date = day("2026-09-15").http();
        let now = crate::linked::ask(&site, SENDEROS, &[("accept-datetime", &date)]).await;
        assert_eq!(now.status, StatusCode::OK);
        assert!(now.header("memento-datetime").is_empty() && !now.header("vary").contains("Datetime"));
        assert!(!now.header("link").contains("timegate"), "{}", now.header("link"));
        let list = crate::linked::ask(&site, "/release/?lang=en", &[("accept", HTML)]).await;
        assert!(list.status == StatusCode::OK && list.text().contains("There is none yet"), "{}", list.text());
        let map = crate::linked::ask(&site, &format!("/timemap/link{SENDEROS}"), &[]).await;
        assert_eq!(map.status, StatusCode::NOT_FOUND);
    }
}

/// Few versions are open at a time: asking for them in turn gives the same each time.
#[tokio::test(flavor = "multi_thread")]
async fn versions_that_were_closed_are_opened_again() {
    let site = Site::with_three().await;
    let mut known: Vec<String> = Vec::new();
    for round in 0..3 {
        let asked = ["one", "two", "three"].map(|version| {
            // Another document each time, so that none is remembered.
            let path = format!("/release/{version}/page/id/programme/senderos?round={round}");
            let router = site.router.clone();
            tokio::spawn(async move { crate::linked::ask(&router, &path, &[("accept-language", "en")]).await })
        });
        let mut bodies = Vec::new();
        for asked in asked {
            let answer = asked.await.unwrap();
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            bodies.push(answer.body.replace(&format!("round={round}"), "round"));
        }
        assert!(known.is_empty() || known == bodies, "round {round}");
        known = bodies;
    }
    assert!(known[0] != known[1]);
}

/// A version that is too large for memory is put on disk, and answers the same.
#[tokio::test]
async fn a_version_on_disk_is_the_same_as_one_in_memory() {
    let site = Site::with_three().await;
    for release in release::list(site.releases.path()).unwrap() {
        let text = std::fs::read_to_string(release.data()).unwrap();
        let statements = release.manifest.content.statements;
        for most in [usize::MAX, 0] {
            let opened = release::open(&release.data(), statements, most).unwrap();
            let held: BTreeSet<String> =
                opened.store.quads(Pattern::default()).unwrap().iter().map(ToString::to_string).collect();
            assert_eq!(held, quads(&text, RdfFormat::NQuads), "{} {most}", release.version());
        }
        let known = Known::read(&release.data()).unwrap();
        let has = |path: &str| known.has(&NamedNode::new(format!("{BASE}{path}")).unwrap());
        assert!(has("id/programme/senderos") && has("id/country/mex") && has("graph/review") && !has("id/programme/sendero"));
        assert_eq!(has("id/programme/nuevo"), release.version() == "two");
    }
}
