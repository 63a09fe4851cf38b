//! Backups: whole, of one moment, refused when they are not what was written, and restored whole or not at all.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use forced_labour_graph::backup::{self, BackupError, Head, Source, Summary};
use forced_labour_graph::config::{DefaultGraph, Right, Token, Tokens, digest};
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use forced_labour_graph::store::{Embedded, Pattern, Request as Query, Store, UpdateRequest};
use http_body_util::BodyExt as _;
use oxigraph::model::{NamedNode, Quad};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tower::ServiceExt as _;

/// What a store may hold that is easily lost: an empty graph, blank nodes that two graphs share, the default graph, odd texts.
const CONTENT: &str = r#"
CREATE GRAPH <urn:empty> ;
INSERT DATA {
    <urn:a> <urn:says> "in the default graph" .
    GRAPH <urn:g> { <urn:a> <urn:says> "two\nlines \"quoted\" \\ ñ 😀"@es , 1 , "2026-11-29T10:00:00Z"^^xsd:dateTime . _:b <urn:p> _:c }
} ;
INSERT { GRAPH <urn:h> { ?b <urn:p> ?c . ?c <urn:p> ?b } } WHERE { GRAPH <urn:g> { ?b <urn:p> ?c } }"#;

fn update(store: &dyn Store, text: &str) {
    store.update(&UpdateRequest { update: text.to_owned(), ..UpdateRequest::default() }).unwrap();
}

fn filled() -> Embedded {
    let store = Embedded::in_memory().unwrap().with_default_graph(DefaultGraph::Own);
    update(&store, CONTENT);
    store
}

fn content(store: &dyn Store) -> (Vec<NamedNode>, Vec<String>) {
    let mut quads: Vec<String> = store.quads(Pattern::default()).unwrap().iter().map(Quad::to_string).collect();
    quads.sort();
    (store.graphs().unwrap(), quads)
}

fn save(store: &dyn Store, path: &Path, made: &str) -> Summary {
    let mut file = std::fs::File::create(path).unwrap();
    let (name, folder) = (path.display().to_string(), path.parent().unwrap());
    backup::write(store, &Head::new(made.to_owned()), &mut file, (&name, folder), &mut |_| {}).unwrap()
}

fn source(path: &Path) -> Source<'_> {
    Source { path, name: path.to_str().unwrap() }
}

fn restored(path: &Path) -> Embedded {
    let store = Embedded::in_memory().unwrap().with_default_graph(DefaultGraph::Own);
    backup::restore(&store, source(path), false, &mut |_| {}).unwrap();
    store
}

fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

fn pack(path: &Path, text: &str) {
    let mut file = flate2::write::GzEncoder::new(std::fs::File::create(path).unwrap(), flate2::Compression::fast());
    file.write_all(text.as_bytes()).unwrap();
    file.finish().unwrap();
}

#[test]
fn all_that_a_store_holds_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first.nq.gz"), folder.path().join("second.nq.gz"));
    let store = filled();
    let summary = save(&store, &first, "2026-11-29T10:00:00Z");
    assert_eq!((summary.end.graphs, summary.end.quads), (4, 7));
    let back = restored(&first);
    assert_eq!(content(&back), content(&store));
    assert!(back.graphs().unwrap().contains(&NamedNode::new_unchecked("urn:empty")));
    let ask = |store: &dyn Store, query: &str| store.table(&Query::new(query)).unwrap().rows[0][0].as_ref().unwrap().to_string();
    let count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
    assert_eq!(ask(&back, count), ask(&store, count), "the default graph holds what it held");
    assert_eq!(back.size().unwrap(), 7);
    // Blank nodes that two graphs shared are shared still.
    assert!(
        ask(&back, "SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?b <urn:p> ?c } GRAPH <urn:h> { ?c <urn:p> ?b } }")
            .contains("\"1\"")
    );
    // What is restored can be written to, and the union of all graphs is kept.
    let union = Embedded::in_memory().unwrap();
    backup::restore(&union, source(&first), false, &mut |_| {}).unwrap();
    update(&union, "DELETE WHERE { GRAPH <urn:h> { ?s ?p ?o } }");
    assert!(ask(&union, count).contains("\"5\""), "{}", ask(&union, count));
    assert_eq!(union.size().unwrap(), 5);
    // The same content has the same revision, whenever it was backed up; another has another.
    let again = save(&back, &second, "2027-01-01T00:00:00Z");
    assert!(again.end.revision == summary.end.revision && again.end.sha256 != summary.end.sha256);
    let body = |path: &Path| {
        unpacked(path)
            .lines()
            .filter(|line| !line.starts_with("# flg") && !line.starts_with("# end"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(body(&first), body(&second));
    assert!(body(&first).is_sorted());
    update(&back, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 2 } }");
    assert_ne!(save(&back, &second, "2027-01-01T00:00:00Z").end.revision, summary.end.revision);
}

#[test]
fn any_reader_of_nquads_reads_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.nq.gz");
    let store = filled();
    save(&store, &path, "2026-11-29T10:00:00Z");
    let parser = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::NQuads);
    let read: Vec<Quad> = parser.for_slice(unpacked(&path).as_bytes()).collect::<Result<_, _>>().unwrap();
    assert_eq!(read.len(), store.len().unwrap());
}

#[test]
fn what_is_not_as_it_was_written_is_refused_and_nothing_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("good.nq.gz"), folder.path().join("bad.nq.gz"));
    save(&filled(), &good, "2026-11-29T10:00:00Z");
    let (bytes, text) = (std::fs::read(&good).unwrap(), unpacked(&good));
    let store = Embedded::in_memory().unwrap();
    update(&store, "INSERT DATA { GRAPH <urn:own> { <urn:a> <urn:b> 1 } }");
    let before = content(&store);
    let refused = |what: &str| {
        let error = backup::restore(&store, source(&bad), true, &mut |_| {}).expect_err(what);
        assert!(backup::check(source(&bad), &mut |_| {}).is_err(), "{what}");
        assert_eq!(content(&store), before, "{what}");
        let said = error.to_string();
        assert!(said.contains("bad.nq.gz") && said.contains("\nhint: "), "{what}: {said}");
        error
    };
    // Cut anywhere, also between two lines: it is never taken for whole.
    for end in (0..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
        std::fs::write(&bad, &bytes[..end]).unwrap();
        refused(&format!("cut after {end} bytes"));
    }
    for (at, _) in text.match_indices('\n').rev().skip(1) {
        pack(&bad, &text[..=at]);
        assert!(matches!(refused("cut between lines"), BackupError::Cut { .. }));
    }
    for (from, to) in
        [("default graph\"", "default Graph\""), ("# graph <urn:empty>\n", ""), ("\"made\":\"2026", "\"made\":\"2025")]
    {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        pack(&bad, &text.replace(from, to));
        assert!(matches!(refused(from), BackupError::Altered { .. }));
    }
    pack(&bad, &format!("{text}<urn:a> <urn:b> <urn:c> <urn:d> .\n"));
    assert!(matches!(refused("more lines"), BackupError::Altered { .. }));
    std::fs::write(&bad, [bytes.as_slice(), &bytes].concat()).unwrap();
    assert!(matches!(refused("twice"), BackupError::Altered { .. }));
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 0x10;
    std::fs::write(&bad, flipped).unwrap();
    refused("a bit");
    pack(&bad, &text.replacen("# flg backup 1 ", "# flg backup 2 ", 1));
    assert!(matches!(refused("newer"), BackupError::Newer { .. }));
    pack(&bad, "<urn:a> <urn:b> <urn:c> .\n");
    assert!(matches!(refused("no backup"), BackupError::Other { .. }));
    std::fs::write(&bad, "no gzip").unwrap();
    assert!(matches!(refused("no gzip"), BackupError::Other { .. }));
    // Nor is a store overwritten that holds something.
    let error = backup::restore(&store, source(&good), false, &mut |_| {}).unwrap_err();
    assert!(matches!(error, BackupError::NotEmpty { quads: 1 }), "{error}");
    assert_eq!(content(&store), before);
    backup::restore(&store, source(&good), true, &mut |_| {}).unwrap();
    assert_eq!(store.size().unwrap(), 7);
}

/// Writes move one thing from graph to graph, and count: at any moment there is one thing, and each graph counts the same.
#[test]
fn a_backup_is_of_one_moment_while_others_write() {
    let folder = tempfile::tempdir().unwrap();
    let store = Embedded::open_or_create(&folder.path().join("store")).unwrap();
    update(&store, "INSERT DATA { GRAPH <urn:g0> { <urn:it> <urn:is> 'here' } GRAPH <urn:n> { <urn:n> <urn:n> 0 } }");
    let bulk = |n: u32| (0..300).map(|i| format!("<urn:s{i}> <urn:p{n}> {i}")).collect::<Vec<_>>().join(" . ");
    for n in 0..10 {
        update(&store, &format!("INSERT DATA {{ GRAPH <urn:bulk{n}> {{ {} }} }}", bulk(n)));
    }
    let (done, writes) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                let n = writes.load(Ordering::SeqCst);
                let (from, to) = (n % 5, (n + 1) % 5);
                update(
                    &store,
                    &format!(
                        "MOVE <urn:g{from}> TO <urn:g{to}> ; DELETE DATA {{ GRAPH <urn:n> {{ <urn:n> <urn:n> {n} }} }} ; \
                         INSERT DATA {{ GRAPH <urn:n> {{ <urn:n> <urn:n> {} }} }}",
                        n + 1
                    ),
                );
                writes.store(n + 1, Ordering::SeqCst);
            }
        });
        let mut seen = std::collections::BTreeSet::new();
        for number in 0..20 {
            let path = folder.path().join(format!("{number}.nq.gz"));
            let before = writes.load(Ordering::SeqCst);
            let summary = save(&store, &path, "2026-11-29T10:00:00Z");
            let text = unpacked(&path);
            let things: Vec<&str> = text.lines().filter(|line| line.starts_with("<urn:it>")).collect();
            assert_eq!(things.len(), 1, "{things:?}");
            let counts: Vec<&str> = text.lines().filter(|line| line.starts_with("<urn:n>")).collect();
            let count: u64 = counts[0].split('"').nth(1).unwrap().parse().unwrap();
            assert!(counts.len() == 1 && (before..=writes.load(Ordering::SeqCst) + 1).contains(&count), "{before} {counts:?}");
            assert!(things[0].contains(&format!("<urn:g{}> .", count % 5)), "{things:?} after {count} writes");
            assert_eq!(summary.end.quads, 3_002);
            seen.insert(count);
        }
        done.store(true, Ordering::SeqCst);
        assert!(seen.len() > 5, "nothing was written meanwhile: {seen:?}");
    });
    // A store on disk is replaced as a whole, and whoever opens it then finds the new content.
    let path = folder.path().join("3.nq.gz");
    backup::restore(&store, source(&path), true, &mut |_| {}).unwrap();
    let held = content(&store);
    update(&store, "INSERT DATA { GRAPH <urn:later> { <urn:a> <urn:b> 1 } } ; DROP GRAPH <urn:later>");
    drop(store);
    let engines = || {
        let names =
            std::fs::read_dir(folder.path().join("store")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("oxigraph")).collect::<Vec<_>>()
    };
    assert_eq!(engines(), ["oxigraph-2"], "the old files are gone");
    assert_eq!(content(&Embedded::open_to_read(&folder.path().join("store")).unwrap()), held);
    assert_eq!(content(&Embedded::open(&folder.path().join("store")).unwrap()), held);
    // What a restoration left that was killed is cleared away.
    std::fs::create_dir(folder.path().join("store/oxigraph-9")).unwrap();
    drop(Embedded::open(&folder.path().join("store")).unwrap());
    assert_eq!(engines(), ["oxigraph-2"]);
}

#[test]
fn whoever_reads_while_a_store_is_replaced_reads_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = Embedded::open_or_create(&folder.path().join("store")).unwrap();
    update(&store, CONTENT.replacen("<urn:a> <urn:says> \"in the default graph\" .", "", 1).as_str());
    let path = folder.path().join("b.nq.gz");
    save(&store, &path, "2026-11-29T10:00:00Z");
    let many = (0..500).map(|i| format!("<urn:s{i}> <urn:old> {i}")).collect::<Vec<_>>().join(" . ");
    update(&store, &format!("INSERT DATA {{ GRAPH <urn:old> {{ {many} }} }}"));
    let mut rows = 0;
    let old = Query::new("SELECT ?s { GRAPH <urn:old> { ?s ?p ?o } }");
    store
        .query(&old, &mut |results| {
            let forced_labour_graph::store::Results::Solutions(solutions) = results else { unreachable!() };
            for row in solutions {
                row?;
                rows += 1;
                if rows == 1 {
                    backup::restore(&store, source(&path), true, &mut |_| {}).unwrap();
                }
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(rows, 500, "the query reads what there was when it began");
    assert_eq!(store.size().unwrap(), 6);
    assert!(store.table(&old).unwrap().rows.is_empty());
}

fn server() -> (Arc<App>, Router) {
    let token = |name: &str, right| Token { name: name.to_owned(), sha256: digest(name), rights: vec![right] };
    let tokens = Tokens(vec![token("writer", Right::Update), token("admin", Right::Admin)]);
    let app = App::new(Arc::new(filled()), Settings::default(), tokens);
    (Arc::clone(&app), serve::router(app))
}

async fn post(to: &Router, path: &str, token: Option<&str>, body: Vec<u8>) -> (StatusCode, axum::http::HeaderMap, Vec<u8>) {
    let mut request = Request::post(path).header(header::ACCEPT, "text/plain");
    if path == "/admin/backup" {
        request = request.header(header::ACCEPT_ENCODING, "gzip, br");
    }
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let response = to.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
}

fn kept(folder: &Path, bytes: &[u8]) -> PathBuf {
    let path = folder.join("got.nq.gz");
    std::fs::write(&path, bytes).unwrap();
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_makes_and_restores_backups_for_its_administrator() {
    let folder = tempfile::tempdir().unwrap();
    let (_, server) = server();
    for path in ["/admin/backup", "/admin/restore?replace"] {
        assert_eq!(post(&server, path, None, Vec::new()).await.0, 401, "{path}");
        assert_eq!(post(&server, path, Some("writer"), Vec::new()).await.0, 403, "{path}");
    }
    let (status, headers, made) = post(&server, "/admin/backup", Some("admin"), Vec::new()).await;
    assert!(status == 200 && headers[header::CONTENT_TYPE] == backup::MEDIA_TYPE, "{headers:?}");
    assert!(headers.get(header::CONTENT_ENCODING).is_none(), "it is not packed twice");
    let name = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(
        regex::Regex::new(r#"^attachment; filename="flg-\d{4}-\d\d-\d\dT\d{6}Z\.nq\.gz"$"#).unwrap().is_match(name),
        "{name}"
    );
    let path = kept(folder.path(), &made);
    let (back, there) = (content(&restored(&path)), content(&filled()));
    // Two servers have other labels for blank nodes.
    let named = |quads: &[String]| quads.iter().filter(|quad| !quad.contains("_:")).cloned().collect::<Vec<_>>();
    assert_eq!((&back.0, back.1.len(), named(&back.1)), (&there.0, there.1.len(), named(&there.1)));

    let count = async || {
        let query = "/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%20GRAPH%20%3Fg%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%7D";
        let request = Request::get(query).header(header::ACCEPT, "text/csv").body(Body::empty()).unwrap();
        let response = server.clone().oneshot(request).await.unwrap();
        String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
    };
    let before = count().await;
    // Not in the place of something, unless that is said; not a damaged one at all.
    let (status, _, said) = post(&server, "/admin/restore", Some("admin"), made.clone()).await;
    let said = String::from_utf8(said).unwrap();
    assert!(status == 409 && said.contains("holds 7 quads") && said.contains("`?replace`"), "{said}");
    let (status, _, said) = post(&server, "/admin/restore?replace", Some("admin"), made[..made.len() / 2].to_vec()).await;
    let said = String::from_utf8(said).unwrap();
    assert!(status == 400 && said.contains("cut off") && said.contains("hint: "), "{said}");
    assert_eq!(count().await, before);

    let request = Request::post("/update").header(header::CONTENT_TYPE, "application/sparql-update");
    let request = request.header(header::AUTHORIZATION, "Bearer writer");
    let more = request.body(Body::from("INSERT DATA { GRAPH <urn:more> { <urn:a> <urn:b> 1 } }")).unwrap();
    assert_eq!(server.clone().oneshot(more).await.unwrap().status(), 204);
    assert_ne!(count().await, before);
    let (status, _, said) = post(&server, "/admin/restore?replace", Some("admin"), made).await;
    let said: serde_json::Value = serde_json::from_slice(&said).unwrap();
    assert_eq!((status, &said["before"]["quads"], &said["restored"]["quads"]), (StatusCode::OK, &8.into(), &7.into()));
    // What was kept of the old data is not sent again.
    assert_eq!(count().await, before);
}
