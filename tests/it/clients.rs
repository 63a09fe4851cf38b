//! The server as the clients of researchers ask it: `SPARQLWrapper`, rdflib, Comunica, curl. The set-up installs them; where one is not
//! there, its test says so and ends.

use crate::shared::tell;
use forced_labour_graph::config::{Right, Token, Tokens, digest};
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TOKEN: &str = "clients";

/// A server over the fixture, and its address.
async fn server() -> String {
    let token = Token { name: "clients".to_owned(), sha256: digest(TOKEN), rights: vec![Right::Update] };
    let app = App::new(crate::serve::store(), Settings::default(), Tokens(vec![token]));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, serve::router(app)).await.unwrap() });
    address
}

/// The folder that the set-up installs clients into: `clients` in the target folder.
pub(crate) fn installed(name: &str) -> Option<PathBuf> {
    let target = std::env::current_exe().ok()?.ancestors().nth(3)?.join("clients").join(name);
    if target.exists() {
        return Some(target);
    }
    tell(&format!("skipped: `{}` is not there; `make test` installs it\n", target.display()));
    None
}

pub(crate) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(name)
}

/// Node with a script of this folder, if the set-up could install the modules that it wants.
pub(crate) fn node(name: &str) -> Option<Command> {
    let modules = installed("node_modules")?;
    // A module is looked for beside the script that wants it.
    let copy = modules.parent().unwrap().join(name);
    std::fs::copy(script(name), &copy).unwrap();
    let mut node = Command::new("node");
    node.arg(copy);
    Some(node)
}

pub(crate) async fn run(mut command: Command) -> Output {
    command.env_remove("http_proxy").env_remove("HTTP_PROXY");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

pub(crate) fn good(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clients_of_python_ask_and_write() {
    let Some(modules) = installed("python") else { return };
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", modules).arg(script("clients.py")).arg(server().await).arg(TOKEN);
    good(&run(python).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn comunica_asks_alone_and_together_with_others() {
    let Some(mut node) = node("comunica.mjs") else { return };
    node.arg(server().await);
    good(&run(node).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_asks_and_writes() {
    if Command::new("curl").arg("--version").output().is_err() {
        tell("skipped: there is no curl; `make test` installs it\n");
        return;
    }
    let address = server().await;
    let curl = async |arguments: &[&str]| {
        let mut command = Command::new("curl");
        command.args(["--silent", "--noproxy", "*", "--fail-with-body"]).args(arguments);
        run(command).await
    };
    let query = "query=SELECT (COUNT(*) AS ?n) { ?p flg:fundedBy ?f }";
    let endpoint = format!("{address}/sparql");
    assert_eq!(good(&curl(&["-H", "Accept: text/csv", "--data-urlencode", query, &endpoint]).await), "n\r\n1\r\n");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.ttl");
    std::fs::write(&file, "<urn:a> <urn:b> 'a note' .").unwrap();
    let graph = format!("{address}/data?graph=urn:notes");
    let file = file.to_str().unwrap();
    let refused = curl(&["-T", file, "-H", "Content-Type: text/turtle", &graph]).await;
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stdout).contains("Bearer"));
    let bearer = format!("Authorization: Bearer {TOKEN}");
    good(&curl(&["-T", file, "-H", "Content-Type: text/turtle", "-H", &bearer, &graph]).await);
    assert_eq!(good(&curl(&["-H", "Accept: application/n-triples", &graph]).await), "<urn:a> <urn:b> \"a note\" .\n");
    let head = good(&curl(&["-I", &graph]).await);
    assert!(head.starts_with("HTTP/1.1 200") && head.to_lowercase().contains("content-type: text/turtle"), "{head}");
    good(&curl(&["-X", "DELETE", "-H", &bearer, &graph]).await);
    assert!(!curl(&[&graph]).await.status.success());
}

/// A server over the bundled report, with all that it knows, and its address.
async fn published() -> String {
    let app = App::new(std::sync::Arc::clone(&crate::pages::GRAPH), Settings::default(), Tokens::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, serve::router(app)).await.unwrap() });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_read_by_the_libraries_of_others() {
    let Some(modules) = installed("python") else { return };
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", modules).arg(script("linked.py")).arg(published().await);
    good(&run(python).await);
}

/// Raptor reads every form that it knows, and finds as many statements in each.
#[tokio::test(flavor = "multi_thread")]
async fn rapper_reads_what_curl_is_led_to() {
    for (program, package) in [("rapper", "raptor2-utils"), ("curl", "curl")] {
        if Command::new(program).arg("--version").output().is_err() {
            tell(&format!("skipped: there is no {program}; `make test` installs it ({package})\n"));
            return;
        }
    }
    let address = published().await;
    let folder = tempfile::tempdir().unwrap();
    for path in ["id/programme/senderos", "id/report/mex-2021-p029", "id/country/mex", "ontology", "dataset"] {
        let mut counts = Vec::new();
        for (media_type, syntax) in
            [("text/turtle", "turtle"), ("application/n-triples", "ntriples"), ("application/rdf+xml", "rdfxml")]
        {
            let file = folder.path().join(syntax);
            let mut curl = Command::new("curl");
            curl.args(["--silent", "--noproxy", "*", "--fail", "--location", "-H", &format!("Accept: {media_type}"), "-o"]);
            curl.arg(&file).args(["-w", "%{num_redirects} %{content_type}", &format!("{address}/{path}")]);
            let told = good(&run(curl).await);
            assert!(told.starts_with(&format!("1 {media_type}")), "{path}: {told}");
            let mut rapper = Command::new("rapper");
            rapper.args(["-q", "-i", syntax, "-o", "ntriples"]).arg(&file).arg("http://example.org/");
            let read = run(rapper).await;
            let errors = String::from_utf8_lossy(&read.stderr).into_owned();
            assert!(errors.is_empty(), "{path} as {syntax}: {errors}");
            let mut lines: Vec<String> = good(&read).lines().map(str::to_owned).collect();
            lines.sort();
            counts.push((syntax, lines));
        }
        assert!(counts[0].1.len() > 3, "{path}");
        for (syntax, lines) in &counts {
            assert_eq!(lines.len(), counts[0].1.len(), "{path}: {syntax} has not as many as {}", counts[0].0);
        }
    }
}
