//! The dataset described: its figures, version, feeds, site map, citations and pictures, as those see it who find, cite and follow it.

use super::linked::{BASE, FORMS, TOKEN, ask, decisions, fetch, id, site, triples};
use super::serve::send;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use oxigraph::io::RdfFormat;
use std::collections::BTreeSet;
use std::io::Read as _;
use tower::ServiceExt as _;

const HTML: &str = "text/html";
const DATASET: &str = "<https://w3id.org/forced-labour-graph/dataset>";
const VOID: &str = "<http://rdfs.org/ns/void#";
const DCAT: &str = "<http://www.w3.org/ns/dcat#";

/// The first column of a query's result.
async fn column(site: &Router, query: &str) -> Vec<String> {
    let encoded = forced_labour_graph::serve::form::encode(query);
    let text = ask(site, &format!("/sparql?query={encoded}"), &[("accept", "text/csv")]).await.body;
    text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
}

async fn update(site: &Router, text: &str) {
    let request = Request::post("/update")
        .header("content-type", "application/sparql-update")
        .header("authorization", format!("Bearer {TOKEN}"));
    let answer = send(site.clone(), request.body(Body::from(text.to_owned())).unwrap()).await;
    assert!(answer.status.is_success(), "{}", answer.body);
}

async fn described(site: &Router) -> BTreeSet<String> {
    triples(&fetch(site, "/data/dataset.nt").await, RdfFormat::NTriples)
}

/// The values of a property.
fn values(said: &BTreeSet<String>, subject: &str, property: &str) -> Vec<String> {
    let start = format!("{subject} {property} ");
    said.iter().filter_map(|triple| triple.strip_prefix(&start)).map(str::to_owned).collect()
}

fn integer(number: &str) -> String {
    format!("\"{number}\"^^<http://www.w3.org/2001/XMLSchema#integer>")
}

#[tokio::test]
async fn the_figures_are_those_of_the_store() {
    let site = site();
    let said = described(&site).await;
    let all = column(&site, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").await;
    assert_eq!(values(&said, DATASET, &format!("{VOID}triples>")), [integer(&all[0])]);
    let things = column(&site, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }").await;
    assert_eq!(values(&said, DATASET, &format!("{VOID}entities>")), [integer(&things[0])]);
    let properties = column(&site, "SELECT DISTINCT ?p { ?s ?p ?o }").await;
    assert_eq!(values(&said, DATASET, &format!("{VOID}properties>")), [integer(&properties.len().to_string())]);
    assert_eq!(values(&said, DATASET, &format!("{VOID}propertyPartition>")).len(), properties.len());
    let claims = format!("<{BASE}dataset#class-flg-claim>");
    assert_eq!(values(&said, &claims, &format!("{VOID}class>")), [format!("<{BASE}ontology#Claim>")]);
    assert_eq!(values(&said, &claims, &format!("{VOID}entities>")), [integer("6")]);
    let funded = format!("<{BASE}dataset#property-flg-fundedby>");
    assert_eq!(values(&said, &funded, &format!("{VOID}triples>")), [integer("1")]);
    assert!(
        values(&said, DATASET, &format!("{VOID}subset>")).iter().all(|subset| !subset.contains("links-")),
        "there are no links"
    );

    update(&site, &format!(
        "INSERT DATA {{ GRAPH <{BASE}graph/notes> {{ <{BASE}id/programme/senderos> flg:fundedBy <{BASE}id/country/fra> ;
           skos:closeMatch <http://www.wikidata.org/entity/Q1> . <{BASE}id/country/mex> skos:closeMatch <http://www.wikidata.org/entity/Q96> }} }}"
    )).await;
    let said = described(&site).await;
    assert_eq!(values(&said, &funded, &format!("{VOID}triples>")), [integer("2")], "what was written since is counted");
    let links = format!("<{BASE}dataset#links-skos-closematch-http-www-wikidata-org>");
    assert_eq!(values(&said, &links, &format!("{VOID}triples>")), [integer("2")]);
    assert_eq!(values(&said, &links, &format!("{VOID}linkPredicate>")), ["<http://www.w3.org/2004/02/skos/core#closeMatch>"]);
    let target = values(&said, &links, &format!("{VOID}objectsTarget>"));
    assert_eq!(values(&said, &target[0], &format!("{VOID}uriSpace>")), ["\"http://www.wikidata.org/\""]);
}

#[tokio::test]
async fn the_catalogue_tells_the_version_and_where_each_part_is_to_be_had() {
    let site = site();
    let said = described(&site).await;
    for (ending, _, format) in FORMS {
        assert_eq!(triples(&fetch(&site, &format!("/data/dataset.{ending}")).await, format), said, "{ending}");
    }
    assert!(said.iter().all(|triple| !triple.contains("_:")), "a blank node");
    let version = values(&said, DATASET, &format!("{DCAT}version>"));
    assert!(version.len() == 1 && version[0].starts_with(&format!("\"{}+", env!("CARGO_PKG_VERSION"))), "{version:?}");
    let modified = values(&said, DATASET, "<http://purl.org/dc/terms/modified>");
    assert_eq!(modified, ["\"2026-11-22T10:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>"], "the latest decision");
    assert_eq!(values(&said, DATASET, "<http://purl.org/dc/terms/spatial>"), [format!("<{BASE}id/country/mex>")]);
    // Every address at which something is said to be is one.
    let mut tried = 0;
    for property in
        [format!("{DCAT}downloadURL>"), format!("{DCAT}accessURL>"), format!("{VOID}dataDump>"), format!("{DCAT}landingPage>")]
    {
        for triple in said.iter().filter(|triple| triple.contains(&property)) {
            let address = triple.rsplit('<').next().unwrap().trim_end_matches('>');
            let path = address.strip_prefix("http://localhost").unwrap_or_else(|| panic!("{triple}"));
            assert_eq!(ask(&site, path, &[("accept", "*/*")]).await.status, StatusCode::OK, "{triple}");
            tried += 1;
        }
    }
    assert!(tried > 10, "{tried}");
    update(
        &site,
        &format!(
            "INSERT DATA {{ GRAPH <{BASE}graph/source/tst-2021-p029> {{ <{BASE}id/report/tst-2021-p029> schema:sha256 'ff' }} }}"
        ),
    )
    .await;
    assert_ne!(
        values(&described(&site).await, DATASET, &format!("{DCAT}version>")),
        version,
        "a changed report is another version"
    );
    for (accept, place) in
        [("*/*", "ttl"), ("application/ld+json", "jsonld"), ("image/png", "ttl"), ("application/rdf+xml", "rdf")]
    {
        let led = ask(&site, "/.well-known/void", &[("accept", accept)]).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::FOUND, format!("/data/dataset.{place}")), "{accept}");
    }
    let page = ask(&site, "/page/dataset?lang=es", &[("accept", HTML)]).await.text();
    assert!(
        page.contains("El conjunto de datos") && !page.contains(version[0].trim_matches('"')),
        "the version of before: {page}"
    );
    assert!(page.contains("informes 1") && page.contains("México"), "{page}");
}

#[tokio::test]
async fn the_site_map_has_each_page_once_and_no_other_address() {
    let site = site();
    let index = fetch(&site, "/sitemap.xml").await;
    let loc = regex::Regex::new("<loc>http://localhost(/[^<]*)</loc>").unwrap();
    let found = |text: &str| loc.captures_iter(text).map(|found| found[1].to_owned()).collect::<Vec<_>>();
    assert_eq!(found(&index), ["/sitemap/1.xml"], "{index}");
    let part = ask(&site, "/sitemap/1.xml", &[("accept", "*/*")]).await;
    assert!(part.header("content-type").starts_with("application/xml"));
    let paths = found(&part.body);
    assert_eq!(paths.len(), part.body.matches("<loc>").count());
    assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), paths.len());
    for path in
        ["/", "/page/id/programme/senderos", "/page/id/report/tst-2021-p029", "/page/id/country/mex", "/page/list/Programme"]
    {
        assert!(paths.iter().any(|known| known == path), "{path}: {paths:?}");
    }
    for path in &paths {
        // The fixture holds no ontology; its page needs none.
        assert_eq!(ask(&site, path, &[("accept", HTML)]).await.status, StatusCode::OK, "{path}");
        assert!(!path.contains(['?', '#']), "{path}");
    }
    for aside in ["senderos-mex-2022", "phantom", "/claim/", "/answer/", "country/fra"] {
        assert!(!paths.iter().any(|path| path.contains(aside)), "{aside}: {paths:?}");
    }
    let robots = fetch(&site, "/robots.txt").await;
    assert!(robots.starts_with("User-agent: *\n") && robots.contains("Disallow: /sparql\n"), "{robots}");
    assert!(robots.ends_with("Sitemap: http://localhost/sitemap.xml\n"), "{robots}");
}

#[tokio::test]
async fn feeds_tell_the_newest_reports_and_decisions() {
    let site = site();
    let feed = ask(&site, "/feed.atom", &[("accept", "*/*")]).await;
    assert_eq!(feed.header("content-type"), "application/atom+xml");
    let ids = regex::Regex::new("<entry>\n<id>([^<]*)</id>").unwrap();
    let entries: Vec<String> = ids.captures_iter(&feed.body).map(|found| found[1].to_owned()).collect();
    let [reject, merge, accept] = decisions().try_into().unwrap();
    let report = format!("{BASE}id/report/tst-2021-p029");
    // The report has been decided on last.
    let expected = [accept.iri().into_string(), report, merge.iri().into_string(), reject.iri().into_string()];
    assert_eq!(entries, expected, "{}", feed.body);
    assert!(feed.body.contains("<updated>2026-11-22T10:00:00Z</updated>\n<author>"), "{}", feed.body);
    assert!(feed.body.contains("SENDEROS – funded by – United States Department of Labor"), "{}", feed.body);
    assert!(
        feed.body.contains("<name>Ana &lt;b&gt;</name>") && feed.body.contains("a heading &amp; no programme"),
        "{}",
        feed.body
    );
    let mexico = fetch(&site, "/feed/mex.atom?lang=es").await;
    assert!(mexico.contains("<title>Grafo del Trabajo Forzoso – México</title>"), "{mexico}");
    assert!(
        mexico.contains("<link rel=\"self\" type=\"application/atom+xml\" href=\"http://localhost/feed/mex.atom\"/>"),
        "{mexico}"
    );
    let none = ask(&site, "/feed/fra.atom", &[("accept", "text/plain")]).await;
    assert!(none.status == StatusCode::NOT_FOUND && none.body.contains("hint: "), "no report is about France: {}", none.body);
}

#[tokio::test]
async fn the_dataset_its_reports_and_its_facts_are_cited() {
    let site = site();
    let bib = ask(&site, "/cite/id/report/tst-2021-p029.bib?lang=es", &[]).await;
    assert_eq!(bib.header("content-type"), "application/x-bibtex");
    assert!(
        bib.body.starts_with("@techreport{report-tst-2021-p029,\n  title = {{Marco de referencia – México 2021}},\n"),
        "{}",
        bib.body
    );
    assert!(
        bib.body.contains("year = {2021},\n  url = {https://w3id.org/forced-labour-graph/id/report/tst-2021-p029}"),
        "{}",
        bib.body
    );
    let fact: serde_json::Value = serde_json::from_str(&fetch(&site, "/cite/id/claim/c1.csl.json").await).unwrap();
    assert_eq!(fact[0]["title"], "SENDEROS – funded by – United States Department of Labor");
    assert_eq!(fact[0]["container-title"], "Reference framework – Mexico 2021");
    assert_eq!(fact[0]["issued"]["date-parts"][0][0], 2021);
    assert!(
        fact[0]["note"].as_str().unwrap().contains("“programa SENDEROS es financiado")
            && fact[0]["note"].as_str().unwrap().contains("(question 82)")
    );
    let ris = fetch(&site, "/cite/dataset.ris").await;
    assert!(ris.starts_with("TY  - DATA\r\n") && ris.contains("UR  - https://w3id.org/forced-labour-graph/dataset\r\n"), "{ris}");
    for (accept, start) in [
        ("application/x-research-info-systems", "TY  - "),
        ("application/vnd.citationstyles.csl+json", "["),
        ("application/x-bibtex;q=0.5, application/x-research-info-systems;q=0.4", "@misc{"),
        ("*/*", "@misc{"),
    ] {
        let answer = ask(&site, "/cite/dataset", &[("accept", accept)]).await;
        assert!(answer.body.starts_with(start), "{accept}: {}", answer.body);
    }
    assert_eq!(ask(&site, "/cite/dataset", &[("accept", "image/png")]).await.status, StatusCode::NOT_ACCEPTABLE);
    let page = ask(&site, "/page/id/claim/c1", &[("accept", HTML)]).await;
    assert!(
        page.body.contains("<a href=\"/cite/id/claim/c1.bib\"") && page.text().contains("Cite BibTeX , CSL-JSON , RIS"),
        "{}",
        page.text()
    );
}

/// The data blocks of a page.
fn blocks(page: &str) -> Vec<serde_json::Value> {
    let block = regex::Regex::new("(?s)<script type=\"application/ld\\+json\">(.*?)</script>").unwrap();
    block
        .captures_iter(page)
        .map(|found| serde_json::from_str(&found[1]).unwrap_or_else(|e| panic!("{e}: {}", &found[1])))
        .collect()
}

#[tokio::test]
async fn pages_say_what_they_are_to_search_engines_and_to_those_who_share_them() {
    let site = site();
    let home = ask(&site, "/", &[("accept", HTML)]).await;
    // A block of data is not run, so that the policy which lets no script of the page itself run has nothing to say of it.
    assert!(
        home.header("content-security-policy").starts_with("default-src 'self'"),
        "{}",
        home.header("content-security-policy")
    );
    let [dataset] = &blocks(&home.body)[..] else { panic!("{}", home.body) };
    assert_eq!((&dataset["@type"], &dataset["@id"]), (&"Dataset".into(), &format!("{BASE}dataset").into()));
    assert!(dataset["description"].as_str().unwrap().len() >= 50, "search engines want so much: {}", dataset["description"]);
    assert_eq!(dataset["temporalCoverage"], "2021");
    update(&site, &format!(
        "INSERT DATA {{ GRAPH <{BASE}graph/source/tst-2021-p029> {{ <{BASE}id/report/tst-2021-p029> skos:prefLabel '</script><script>alert(1)'@fr }} }}"
    )).await;
    let report = ask(&site, "/page/id/report/tst-2021-p029?lang=fr", &[("accept", HTML)]).await.body;
    let [part] = &blocks(&report)[..] else { panic!("{report}") };
    assert_eq!(part["name"], "</script><script>alert(1)");
    assert_eq!(part["isPartOf"]["@id"], format!("{BASE}dataset"));
    assert_eq!(report.matches("<script").count(), 1, "a name ended the block");
    for download in part["distribution"].as_array().unwrap() {
        let address = download["contentUrl"].as_str().unwrap().strip_prefix("http://localhost").unwrap();
        assert_eq!(ask(&site, address, &[]).await.status, StatusCode::OK, "{address}");
    }

    let page = ask(&site, "/page/id/programme/senderos?lang=en", &[("accept", HTML), ("host", "data.example.org")]).await.body;
    let meta = |name: &str| {
        let found = regex::Regex::new(&format!("<meta (?:property|name)=\"{name}\" content=\"([^\"]*)\">")).unwrap();
        found.captures(&page).unwrap_or_else(|| panic!("{name}: {page}"))[1].to_owned()
    };
    assert_eq!(meta("og:title"), "SENDEROS");
    assert!(meta("og:description").contains("funded by: United States Department of Labor"), "{}", meta("og:description"));
    assert_eq!(meta("og:url"), "http://data.example.org/page/id/programme/senderos");
    assert_eq!(meta("og:image"), "http://data.example.org/card/id/programme/senderos.png");
    assert!(page.contains("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/feed.atom\""), "{page}");
}

/// The width, height and rows of bytes of a picture.
fn picture(png: &[u8]) -> (u32, u32, Vec<u8>) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let (mut at, mut packed, mut size, mut palette) = (8, Vec::new(), (0, 0), Vec::new());
    while at < png.len() {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        let length = number(at) as usize;
        let mut sum = flate2::Crc::new();
        sum.update(&png[at + 4..at + 8 + length]);
        assert_eq!(sum.sum(), number(at + 8 + length), "a chunk is damaged");
        match &png[at + 4..at + 8] {
            b"IHDR" => {
                size = (number(at + 8), number(at + 12));
                assert_eq!(&png[at + 16..at + 21], [4, 3, 0, 0, 0], "four bits a pixel, from a palette");
            }
            b"PLTE" => palette.extend_from_slice(&png[at + 8..at + 8 + length]),
            b"IDAT" => packed.extend(&png[at + 8..at + 8 + length]),
            _ => {}
        }
        at += 12 + length;
    }
    let mut rows = Vec::new();
    flate2::read::ZlibDecoder::new(packed.as_slice()).read_to_end(&mut rows).unwrap();
    assert_eq!(rows.len(), size.1 as usize * (1 + size.0 as usize / 2));
    assert_eq!(palette.len(), 16 * 3);
    let row = |row: &[u8]| {
        let pixels = row[1..].iter().flat_map(|pair| [pair >> 4, pair & 15]);
        let colours = pixels.flat_map(|pixel| palette[usize::from(pixel) * 3..][..3].to_vec());
        std::iter::once(row[0]).chain(colours).collect::<Vec<u8>>()
    };
    (size.0, size.1, rows.chunks(1 + size.0 as usize / 2).flat_map(row).collect())
}

#[tokio::test]
async fn a_page_has_a_picture_of_its_title() {
    let site = site();
    let card = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = site.clone().oneshot(request).await.unwrap();
        assert_eq!(
            (response.status(), &response.headers()["content-type"]),
            (StatusCode::OK, &"image/png".parse().unwrap()),
            "{path}"
        );
        response.into_body().collect().await.unwrap().to_bytes()
    };
    let senderos = card("/card/id/programme/senderos.png").await;
    let (width, height, rows) = picture(&senderos);
    assert_eq!((width, height, rows.len()), (1200, 630, 630 * (1 + 3 * 1200)));
    // The title stands where it should: there is dark ink on its lines, and none below them.
    let dark = |from: usize, to: usize| {
        let row = |y: usize| &rows[y * 3601 + 1..(y + 1) * 3601];
        (from..to).map(|y| row(y).chunks(3).skip(80).filter(|pixel| pixel.iter().all(|c| *c < 0x60)).count()).sum::<usize>()
    };
    assert!(dark(240, 330) > 2_000 && dark(400, 630) == 0, "{} {}", dark(240, 330), dark(400, 630));
    assert_eq!(card("/card/id/programme/senderos.png").await, senderos);
    assert_ne!(card("/card/id/claim/c1.png").await, senderos);
    card("/card/dataset.png?lang=fr").await;
    update(
        &site,
        &format!(
            "INSERT DATA {{ GRAPH <{BASE}graph/notes> {{ <{}> a flg:Programme ; skos:prefLabel '{} 中文 ☃' }} }}",
            id("programme/long").as_str(),
            "Supercalifragilistic".repeat(40)
        ),
    )
    .await;
    card("/card/id/programme/long.png").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_it_can_be_had_in_one_file_one_at_a_time() {
    let site = site();
    update(&site, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } GRAPH <urn:h> { <urn:a> <urn:b> 1 } }").await;
    let dump = ask(&site, "/dump/forced-labour-graph.nq", &[]).await;
    assert_eq!(dump.header("content-type"), "application/n-quads");
    let count = column(&site, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").await;
    assert_eq!(dump.body.lines().count().to_string(), count[0], "each statement in each graph");
    assert!(dump.body.contains("<urn:a> <urn:b> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:h> .\n"), "{}", dump.body);
    let same = ask(&site, "/dump/forced-labour-graph.nq", &[("if-none-match", &dump.header("etag"))]).await;
    assert_eq!(same.status, StatusCode::NOT_MODIFIED);

    // More than waits for a client that does not read.
    let texts: Vec<String> = (0..60).map(|n| format!("<urn:n{n}> <urn:b> \"{}\"", "x".repeat(20_000))).collect();
    update(&site, &format!("INSERT DATA {{ GRAPH <urn:g> {{ {} }} }}", texts[..30].join(" . "))).await;
    update(&site, &format!("INSERT DATA {{ GRAPH <urn:g> {{ {} }} }}", texts[30..].join(" . "))).await;
    let request = || Request::get("/dump/forced-labour-graph.nq").body(Body::empty()).unwrap();
    let first = site.clone().oneshot(request()).await.unwrap();
    assert_eq!(first.status(), StatusCode::OK);
    let second = ask(&site, "/dump/forced-labour-graph.nq", &[("accept", "application/json")]).await;
    assert_eq!((second.status, second.header("retry-after").is_empty()), (StatusCode::SERVICE_UNAVAILABLE, false));
    assert!(second.body.contains("Another dump is being sent"), "{}", second.body);
    drop(first);
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let third = ask(&site, "/dump/forced-labour-graph.nq", &[]).await;
        if third.status == StatusCode::OK {
            assert!(third.body.len() > 1_000_000);
            return;
        }
    }
    panic!("a dump that nobody reads keeps others from theirs");
}
