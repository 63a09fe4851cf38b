//! The pages in a browser, at the width of a desk and of a telephone, light and dark: `tests/clients/browser.mjs` drives it. Where the
//! set-up could not install Chromium or Playwright, the test says so and ends.

use super::clients::node;
use super::pages::store_with;
use super::shared::tell;
use forced_labour_graph::config::Tokens;
use forced_labour_graph::model::moment::Moment;
use forced_labour_graph::release::{self, Order};
use forced_labour_graph::serve::{self, limits::App, limits::Around, limits::Settings};
use oxigraph::io::{RdfFormat, RdfParser};
use std::path::PathBuf;

const FILES: &[&str] = &["data/reports/mexico-2021-p029.es.txt", "tests/it/fixtures/ghana-2021-p029.en.txt"];

/// A programme whose names are markup and whose address is a script.
const HOSTILE: &str = r#"
@prefix flg: <https://w3id.org/forced-labour-graph/ontology#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
GRAPH <https://w3id.org/forced-labour-graph/graph/source/hostile> {
  <https://w3id.org/forced-labour-graph/id/programme/hostile> a flg:Programme ;
    flg:country <https://w3id.org/forced-labour-graph/id/country/mex> ;
    skos:prefLabel "<script>window.owned = 1</script>"@en ;
    skos:altLabel "\"><img src=x onerror=\"window.owned = 2\">"@en , "'); alert(1); ('"@en , "</title><iframe src=//example.org>"@es ;
    flg:acronym "<svg/onload=alert(3)>" ;
    flg:objective "&lt;b&gt; ${alert(4)} {{ 7*7 }}"@en ;
    schema:url "javascript:alert(5)"^^xsd:anyURI , "data:text/html,<script>alert(6)</script>"^^xsd:anyURI .
}
"#;

/// The browser, by its names on Debian and elsewhere.
pub(crate) fn chromium() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file());
    if found.is_none() {
        tell("skipped: there is no Chromium; `make test` installs it\n");
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_find_their_way_on_every_kind_of_page() {
    let (Some(mut node), Some(chromium)) = (node("browser.mjs"), chromium()) else { return };
    let hostile = RdfParser::from_format(RdfFormat::TriG).for_slice(HOSTILE).collect::<Result<_, _>>().unwrap();
    let store = tokio::task::spawn_blocking(|| store_with(FILES, hostile)).await.unwrap();
    let releases = tempfile::tempdir().unwrap();
    let date = Moment::parse("2026-10-01").unwrap();
    let order = Order { folder: releases.path(), version: Some("tried"), date, notes: Some("<i>tried</i>"), force: false };
    release::write(store.as_ref(), &order).unwrap();
    let around = Around { releases: Some(releases.path().to_owned()), ..Around::default() };
    let app = App::with(store, Settings::default(), Tokens::default(), around);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let service = serve::router(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    node.arg(&address).arg(chromium);
    let output = tokio::task::spawn_blocking(move || node.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}
