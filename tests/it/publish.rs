//! The site of files: whole, without a dead link, the same for the same graph, and never half replaced.

mod crawl;
mod safe;
mod servers;

use super::cli::Desk;
use super::linked;
use super::serve::embedded;
use forced_labour_graph::config::Config;
use forced_labour_graph::publish::{Order, PublishError, Published, publish};
use forced_labour_graph::store::{Embedded, Pattern, Store, Write};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Triple};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

pub(crate) const BASE: &str = "https://user.example.org/graph";

fn published_at(
    store: &Arc<dyn Store>,
    out: &Path,
    base: &str,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Published, PublishError> {
    let config = Config::default();
    let order = Order { store: Arc::clone(store), config: &config, out, base: base.parse().unwrap(), jobs: 2, force: false };
    publish(&order, &mut |_| {}, stop)
}

/// Publishes a graph into a folder.
pub(crate) fn published(store: &Arc<dyn Store>, out: &Path, base: &str) -> Published {
    published_at(store, out, base, &|| false).unwrap_or_else(|error| panic!("{error}"))
}

/// Writes statements into a graph.
fn write(store: &dyn Store, graph: &str, turtle: &str) {
    let turtle = format!(
        "@base <{0}> . @prefix flg: <ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
         @prefix schema: <http://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . {turtle}",
        linked::BASE
    );
    let triples: Vec<Triple> =
        RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()).map(|quad| quad.unwrap().into()).collect();
    let graph = NamedNode::new(format!("{}graph/{graph}", linked::BASE)).unwrap();
    store.write(Some(&graph), Write::Merge, &mut triples.into_iter()).unwrap();
}

/// The files of a folder by their names, with what they hold and when they were written.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                open.push(entry.path());
                continue;
            }
            let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            found.insert(name, (std::fs::read(entry.path()).unwrap(), entry.metadata().unwrap().modified().unwrap()));
        }
    }
    found
}

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The graph of the tests of linked data, with a term of the ontology as stores have it.
pub(crate) fn graph() -> Arc<dyn Store> {
    let store = linked::store();
    write(store.as_ref(), "ontology", "<ontology#Programme> a <http://www.w3.org/2002/07/owl#Class> .");
    store
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let site = parent.path().join("site");
    (parent, site)
}

#[test]
fn the_site_is_whole_and_has_no_dead_link() {
    let (_parent, site) = folder();
    let store = graph();
    let told = published(&store, &site, BASE);
    assert_eq!(told.files, told.written);
    assert_eq!((told.kept, told.removed, told.unchanged), (0, 0, false));
    let seen = crawl::crawl(&site, BASE);
    assert!(seen.pages > 100 && seen.links > 5_000, "{seen:?}");
    for page in [
        "page/id/programme/senderos",
        "page/id/report/tst-2021-p029",
        "page/id/claim/c1",
        "page/ontology",
        "page/dataset",
        "page/id/report/tst-2021-p029/text=whole",
        "page/list/Programme",
        "coverage",
        "queries/dol-agriculture",
        "search",
    ] {
        for lang in ["", "es/", "fr/"] {
            let html = text(&site, &format!("{lang}{page}/index.html"));
            let wanted = if lang.is_empty() { "en" } else { lang.trim_end_matches('/') };
            assert!(html.contains(&format!("<html lang=\"{wanted}\">")), "{lang}{page}");
        }
    }
    // Every document in every form, and what is cited as well.
    for stem in ["id/programme/senderos", "id/claim/c1", "id/country/mex", "dataset", "ontology"] {
        let whole = linked::triples(&text(&site, &format!("data/{stem}.nt")), RdfFormat::NTriples);
        assert!(!whole.is_empty(), "{stem}");
        for (ending, _, format) in linked::FORMS {
            assert_eq!(linked::triples(&text(&site, &format!("data/{stem}.{ending}")), format), whole, "{stem}.{ending}");
        }
    }
    for ending in ["bib", "csl.json", "ris"] {
        let citation = text(&site, &format!("cite/id/report/tst-2021-p029.{ending}"));
        assert!(citation.contains("2021") && !citation.contains("urldate") && !citation.contains("accessed"), "{citation}");
        assert!(text(&site, &format!("es/cite/id/claim/c1.{ending}")).contains("pregunta 82"), "{ending}");
    }
    for graph in ["graph/source/tst-2021-p029", "graph/evidence/tst-2021-p029", "graph/inferred"] {
        assert!(!text(&site, &format!("data/{graph}.nq")).is_empty());
    }
    assert!(std::fs::read(site.join("es/card/id/programme/senderos.png")).unwrap().starts_with(b"\x89PNG"));
    assert!(text(&site, "feed/mex.atom").contains(&format!("{BASE}/page/id/country/mex/")));
    assert!(text(&site, "robots.txt").contains(&format!("Sitemap: {BASE}/sitemap.xml")));
    let void = linked::triples(&text(&site, ".well-known/void"), RdfFormat::Turtle);
    let dump = format!("<{BASE}/dump/forced-labour-graph.nq.gz>");
    assert!(void.iter().any(|triple| triple.ends_with(&dump)) && site.join("dump/forced-labour-graph.nq.gz").is_file());
    assert!(site.join(".nojekyll").is_file());
}

#[test]
fn what_asks_a_server_is_not_there_and_no_page_speaks_of_it() {
    let (_parent, site) = folder();
    published(&graph(), &site, BASE);
    for (name, (bytes, _)) in files(&site).iter().filter(|(name, _)| name.ends_with("index.html")) {
        let html = String::from_utf8(bytes.clone()).unwrap();
        for service in ["/ask", "/sparql", "/compare", "/api/"] {
            assert!(
                !html.contains(&format!("\"{service}")) && !html.contains(&format!("graph{service}")),
                "{name} has {service}"
            );
        }
        assert!(!html.contains("localhost"), "{name}");
    }
    for name in ["ask", "sparql", "compare", "update", "metrics", "health"] {
        assert!(!site.join(name).exists(), "{name}");
    }
    // The query of a published question is shown all the same, and its results are files.
    let question = text(&site, "queries/dol-agriculture/index.html");
    assert!(question.contains("SELECT") && !question.contains("<textarea"), "{question}");
    assert!(text(&site, "queries/programmes.csv").contains("SENDEROS"));
    let void = linked::triples(&text(&site, "data/dataset.nt"), RdfFormat::NTriples);
    assert!(void.iter().all(|triple| !triple.contains("sparqlEndpoint") && !triple.contains("/sparql>")));
}

#[test]
fn names_lead_to_pages_where_no_server_negotiates() {
    let (_parent, site) = folder();
    published(&graph(), &site, BASE);
    for (name, to) in [
        ("id/programme/senderos", "page/id/programme/senderos/"),
        ("dataset", "page/dataset/"),
        // What was taken for another leads there, and so does its page.
        ("id/programme/senderos-mex-2022", "page/id/programme/senderos"),
        ("page/id/programme/senderos-mex-2022", "page/id/programme/senderos/"),
        ("page/id/programme/senderos-old", "page/id/programme/senderos/"),
    ] {
        let html = text(&site, &format!("{name}/index.html"));
        assert!(html.contains(&format!("<meta http-equiv=\"refresh\" content=\"0; url=/graph/{to}")), "{name}: {html}");
    }
    let html = text(&site, "id/programme/senderos/index.html");
    assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{}id/programme/senderos\">", linked::BASE)), "{html}");
    assert!(html.contains("type=\"text/turtle\" href=\"/graph/data/id/programme/senderos.ttl\""), "{html}");
    // What was rejected says so, under both names; a document of what was taken for another is that of the other.
    for name in ["page", "."] {
        let html = text(&site, &format!("{name}/id/programme/phantom/index.html"));
        assert!(html.contains("a heading &#38; no programme") || html.contains("page/id/programme/phantom/"), "{name}: {html}");
    }
    assert_eq!(text(&site, "data/id/programme/senderos-old.ttl"), text(&site, "data/id/programme/senderos.ttl"));
    // Names of terms lead into the ontology's page, which stands there itself.
    assert!(text(&site, "ontology/index.html").contains("id=\"fundedBy\""));
    assert!(text(&site, "404.html").contains("href=\"/graph/search/\""));
}

#[test]
fn an_unchanged_page_is_not_written_again() {
    let (_parent, site) = folder();
    let store: Arc<dyn Store> = Arc::new(embedded());
    let first = published(&store, &site, BASE);
    let before = files(&site);
    let second = published(&store, &site, BASE);
    assert_eq!((second.unchanged, second.kept, second.written), (true, first.files, 0));
    std::fs::write(site.join("CNAME"), "user.example.org\n").unwrap();
    write(store.as_ref(), "source/tst-2021-p029", "<id/company/acme> a flg:Company ; skos:prefLabel \"Acme\"@en .");
    let third = published(&store, &site, BASE);
    let after = files(&site);
    assert!(third.written > 10 && third.kept > third.written && third.removed == 0, "{third:?}");
    let acme = text(&site, "page/id/company/acme/index.html");
    assert!(acme.contains("Acme"));
    for (name, (bytes, time)) in &before {
        let (now, then) = &after[name];
        let kept = name != ".flg-site.json";
        assert!(now != bytes || !kept || then == time, "{name} has not changed, and was written again");
    }
    assert_eq!(before["page/id/claim/c1/index.html"], after["page/id/claim/c1/index.html"]);
    assert_ne!(before["index.html"].0, after["index.html"].0, "the home page counts companies");
    assert_eq!(text(&site, "CNAME"), "user.example.org\n", "what others put there stays");
    store.remove(Some(&NamedNode::new(format!("{}graph/evidence/tst-2021-p029", linked::BASE)).unwrap())).unwrap();
    let fourth = published(&store, &site, BASE);
    assert!(fourth.removed > 20 && !site.join("page/id/claim/c1").exists(), "{fourth:?}");
    crawl::crawl(&site, BASE);
    // Whoever damages a file gets it again.
    std::fs::write(site.join("index.html"), "").unwrap();
    assert!(!published(&store, &site, BASE).unchanged);
    assert!(text(&site, "index.html").contains("</html>"));
}

#[test]
fn the_same_graph_gives_the_same_bytes_in_whatever_order_pages_are_made() {
    let (_parent, site) = folder();
    let other = site.with_file_name("other");
    published(&graph(), &site, "http://127.0.0.1:8000");
    let config = Config::default();
    let base = "http://127.0.0.1:8000/".parse().unwrap();
    let order = Order { store: graph(), config: &config, out: &other, base, jobs: 7, force: false };
    publish(&order, &mut |_| {}, &|| false).unwrap();
    let (one, two) = (files(&site), files(&other));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, (bytes, _)) in &one {
        assert!(*bytes == two[name].0, "{name} differs");
    }
    crawl::crawl(&site, "http://127.0.0.1:8000");
}

#[test]
fn dumps_are_the_whole_graph_in_three_forms_with_their_checksums() {
    let (_parent, site) = folder();
    let store: Arc<dyn Store> = Arc::new(embedded());
    published(&store, &site, BASE);
    let unpacked = |name: &str| {
        let file = std::fs::File::open(site.join("dump").join(name)).unwrap();
        std::io::read_to_string(flate2::read::GzDecoder::new(file)).unwrap()
    };
    let canonical = forced_labour_graph::graph::canonical::canonical_nquads(store.quads(Pattern::default()).unwrap());
    assert_eq!(unpacked("forced-labour-graph.nq.gz"), canonical);
    let lines = |text: &str, format| -> std::collections::BTreeSet<String> {
        RdfParser::from_format(format).for_slice(text.as_bytes()).map(|quad| quad.unwrap().to_string()).collect()
    };
    let wanted = lines(&canonical, RdfFormat::NQuads);
    assert_eq!(lines(&unpacked("forced-labour-graph.trig.gz"), RdfFormat::TriG), wanted);
    let json = RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() };
    assert_eq!(lines(&unpacked("forced-labour-graph.jsonld.gz"), json), wanted);
    let sums = text(&site, "dump/SHA256SUMS.txt");
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        let bytes = std::fs::read(site.join("dump").join(name)).unwrap();
        assert_eq!(forced_labour_graph::model::id::sha256(&bytes), sum, "{name}");
    }
    assert_eq!(sums.lines().count(), 3);
    // What somebody wrote about a blank node is canonical too.
    write(store.as_ref(), "notes", "<urn:a> <urn:b> [ <urn:c> 1 ] .");
    published(&store, &site, BASE);
    let canonical = forced_labour_graph::graph::canonical::canonical_nquads(store.quads(Pattern::default()).unwrap());
    assert!(canonical.contains("_:c14n0") && unpacked("forced-labour-graph.nq.gz") == canonical);
}

#[test]
fn a_folder_that_is_no_site_is_refused() {
    let (parent, site) = folder();
    let store: Arc<dyn Store> = Arc::new(embedded());
    std::fs::create_dir(&site).unwrap();
    std::fs::write(site.join("thesis.txt"), "ten years of work").unwrap();
    let refused = published_at(&store, &site, BASE, &|| false).unwrap_err().to_string();
    assert!(refused.contains("something else than a site") && refused.contains("\nhint: "), "{refused}");
    let refused = published_at(&store, &site.join("thesis.txt"), BASE, &|| false).unwrap_err().to_string();
    assert!(refused.contains("is a file\nhint: "), "{refused}");
    std::fs::rename(site.join("thesis.txt"), site.join(".flg-site.json")).unwrap();
    let refused = published_at(&store, &site, BASE, &|| false).unwrap_err().to_string();
    assert!(refused.contains(".flg-site.json` cannot be read") && refused.contains("\nhint: "), "{refused}");
    assert_eq!(text(&site, ".flg-site.json"), "ten years of work");
    assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn whoever_stops_it_finds_the_old_site() {
    let (parent, site) = folder();
    let store: Arc<dyn Store> = Arc::new(embedded());
    published(&store, &site, BASE);
    let before = files(&site);
    write(store.as_ref(), "source/tst-2021-p029", "<id/company/acme> a flg:Company ; skos:prefLabel \"Acme\"@en .");
    // At its beginning, in its midst, when only the check is left, and at the last step.
    for there in ["", "page", "dump/SHA256SUMS.txt", ".flg-site.json"] {
        let aside = parent.path().join(".site.flg-new").join(there);
        let stopped = published_at(&store, &site, BASE, &|| aside.exists());
        assert!(matches!(stopped, Err(PublishError::Interrupted)), "{there}: {stopped:?}");
        assert!(files(&site) == before, "{there}");
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 1, "{there}: something is left beside it");
    }
}

#[test]
fn markup_in_the_graph_is_text_in_the_site_and_odd_names_stay_inside() {
    let (parent, site) = folder();
    let store: Arc<dyn Store> = Arc::new(embedded());
    write(
        store.as_ref(),
        "source/tst-2021-p029",
        "<id/programme/hostile> a flg:Programme ; flg:country <id/country/mex> ;
           skos:prefLabel \"<script>window.owned = 1</script>\"@en , \"</title><iframe src=//example.org>\"@es ;
           skos:altLabel \"\\\"><img src=x onerror=\\\"window.owned = 2\\\">\"@en ; flg:acronym \"<svg/onload=alert(3)>\" ;
           schema:url \"javascript:alert(5)\"^^xsd:anyURI ,
             \"https://w3id.org/forced-labour-graph/id/not/there\"^^xsd:anyURI .
         <id/programme/index.html> a flg:Programme ; skos:prefLabel \"a file's name\"@en .
         <id/programme/años&más> a flg:Programme ; skos:prefLabel \"letters\"@es ; flg:fundedBy <id/nobody/knows> .",
    );
    let long = "x".repeat(400);
    write(
        store.as_ref(),
        "source/tst-2021-p029",
        &format!("<id/programme/{long}> a flg:Programme ; skos:prefLabel \"long\"@en ."),
    );
    let told = published(&store, &site, BASE);
    assert!(told.unknown.iter().any(|file| file == "page/id/not/there/index.html"), "{:?}", told.unknown);
    let seen = crawl::crawl(&site, BASE);
    assert!(seen.scripts.iter().all(|script| script.starts_with("/graph/static/")), "{:?}", seen.scripts);
    let html = text(&site, "page/id/programme/hostile/index.html");
    assert!(
        html.contains("window.owned = 1") && !html.contains("<script>") && !html.contains("<iframe") && !html.contains("<img"),
        "{html}"
    );
    assert!(!html.contains("href=\"javascript:"));
    assert!(html.contains("id/not/there</a>"), "its words stay, and lead nowhere: {html}");
    assert!(html.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;self&#39;"), "{html}");
    for name in ["page/id/programme/años&más/index.html", "data/id/programme/años&más.ttl"] {
        assert!(site.join(name).is_file(), "{name}");
    }
    let list = text(&site, "page/list/Programme/index.html");
    assert!(list.contains("/page/id/programme/a%C3%B1os%26m%C3%A1s/"), "{list}");
    assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 1);
}

#[test]
fn the_search_index_has_names_acronyms_kinds_and_words_of_quotes() {
    let (_parent, site) = folder();
    published(&graph(), &site, BASE);
    let json = |name: &str| -> serde_json::Value { serde_json::from_str(&text(&site, &format!("search/{name}"))).unwrap() };
    let about = json("index.json");
    let having = |word: &str| json(&format!("words/{}.json", &word[..2]))[word].clone();
    let chunk = about["chunk"].as_u64().unwrap();
    let entry = |kind: &str, number: u64| {
        let part = json(&format!("{kind}/{}.json", number / chunk));
        assert!(
            part.as_array().unwrap().len() as u64 <= chunk && part.to_string().len() < 50_000,
            "a search would load too much"
        );
        part[usize::try_from(number % chunk).unwrap()].clone()
    };
    let senderos = entry("things", having("senderos")[0][0].as_u64().unwrap());
    assert_eq!((senderos[0].as_str(), senderos[2]["es"].as_str()), (Some("/page/id/programme/senderos/"), Some("SENDEROS")));
    assert_eq!(about["kinds"][usize::try_from(senderos[1].as_u64().unwrap()).unwrap()]["es"], "programa");
    assert_eq!(entry("things", having("usdol")[0][0].as_u64().unwrap())[0], "/page/id/organization/usa-dol/");
    // Accents are folded; a quote leads to its place in the report.
    assert!(!having("mexico")[0].as_array().unwrap().is_empty());
    let quote = entry("passages", having("azucarero")[2].as_array().unwrap().last().unwrap().as_u64().unwrap());
    assert!(quote[0].as_str().unwrap().starts_with("/page/id/"), "{quote}");
    assert!(about["small"].as_array().unwrap().iter().any(|word| word == "de"));
    let page = text(&site, "es/search/index.html");
    assert!(page.contains("data-index=\"/graph/search/index.json\"") && page.contains("<noscript>"), "{page}");
}

#[test]
fn the_command_says_what_it_wrote_and_refuses_what_makes_no_sense() {
    let desk = Desk::new();
    let path = desk.path(".flg/store");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let store = Embedded::open_or_create(&path).unwrap();
    for graph in ["source/tst", "authority"] {
        write(&store, graph, "<id/programme/senderos> a flg:Programme ; skos:prefLabel \"SENDEROS\"@es .");
    }
    drop(store);
    let publish = ["publish", "--out", "site", "--base-url", "https://example.org/"];
    let run = desk.flg(&publish).good();
    assert!(run.out.starts_with("Published `site`: ") && run.out.contains(" 0 kept, 0 removed; "), "{}", run.out);
    assert!(run.out.ends_with(" pages a minute\n"), "{}", run.out);
    assert!(desk.read("site/page/id/programme/senderos/index.html").contains("SENDEROS"));
    let again = desk.flg(&publish).good();
    assert!(again.out.starts_with("Nothing has changed since `site` was written: "), "{}", again.out);
    let forced = desk.flg(&[&publish[..], &["--force", "--json", "--jobs", "1"]].concat()).good().json();
    assert_eq!((forced["written"].as_u64(), forced["unchanged"].as_bool()), (Some(0), Some(false)), "{forced}");
    let wrong = desk.flg(&["publish", "--out", "site", "--base-url", "example.org"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("https://user.github.io/graph"), "{}", wrong.err);
    desk.write("notes", "mine");
    desk.flg(&["publish", "--out", "notes", "--base-url", "https://example.org"]).refused(&["`notes` is a file"]);
    desk.flg(&["publish", "--out", ".", "--base-url", "https://example.org"]).refused(&["something else than a site"]);
}
