//! The rules for file servers, in the servers themselves: names lead to the form that a client likes best, files have their types, pages
//! their policy. Where a server is not installed, its test says so and ends. And the search in a browser, from files alone.

use super::{graph, published};
use crate::browser::chromium;
use crate::clients::node;
use crate::shared::tell;
use reqwest::redirect::Policy;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a client says that it accepts, of what, and where it is led.
const LED: &[(&str, &str, &str)] = &[
    (
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
        "id/programme/senderos",
        "page/id/programme/senderos/",
    ),
    ("text/turtle", "id/programme/senderos", "data/id/programme/senderos.ttl"),
    ("text/turtle", "id/programme/senderos/", "data/id/programme/senderos.ttl"),
    ("text/turtle;q=0.5, text/html", "id/country/mex", "page/id/country/mex/"),
    ("text/html;q=0.5, application/ld+json", "id/country/mex", "data/id/country/mex.jsonld"),
    ("application/rdf+xml;q=0.8, text/turtle;q=0, */*;q=0.1", "id/country/mex", "data/id/country/mex.rdf"),
    ("application/n-quads", "dataset", "data/dataset.nq"),
    ("Application/TriG; charset=utf-8", "ontology", "data/ontology.trig"),
    ("application/vnd.citationstyles.csl+json", "id/report/tst-2021-p029", "cite/id/report/tst-2021-p029.csl.json"),
    ("application/x-bibtex", "id/claim/c1", "cite/id/claim/c1.bib"),
    ("*/*", "ontology", "page/ontology/"),
    ("text/turtle", "id/country/mex.jsonld", "data/id/country/mex.jsonld"),
    ("*/*", "id/country/mex.csl.json", "cite/id/country/mex.csl.json"),
    ("text/turtle", "id/country/mex.html", "page/id/country/mex/"),
];

/// Files and the types that they are sent as.
const TYPES: &[(&str, &str)] = &[
    ("", "text/html"),
    ("es/page/id/programme/senderos/", "text/html"),
    ("data/id/programme/senderos.ttl", "text/turtle; charset=utf-8"),
    ("data/id/programme/senderos.jsonld", "application/ld+json"),
    ("data/id/programme/senderos.rdf", "application/rdf+xml"),
    ("data/id/programme/senderos.nq", "application/n-quads; charset=utf-8"),
    ("cite/id/claim/c1.csl.json", "application/vnd.citationstyles.csl+json"),
    ("es/cite/id/claim/c1.bib", "application/x-bibtex; charset=utf-8"),
    (".well-known/void", "text/turtle; charset=utf-8"),
    ("feed.atom", "application/atom+xml"),
    ("ontology/context.jsonld", "application/ld+json"),
    ("static/flg.css", "text/css"),
];

/// A server of files, which ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A folder that servers which give up their rights can read, and a port that is free.
fn ground() -> (tempfile::TempDir, u16) {
    let folder = tempfile::tempdir().unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    (folder, port)
}

/// Starts a server, and waits until it listens.
fn start(command: &mut Command, port: u16) -> Running {
    let mut running = Running(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(running.0.try_wait().unwrap().is_none(), "{command:?} ended");
        assert!(begun.elapsed() < Duration::from_secs(30), "{command:?} does not listen");
        std::thread::sleep(Duration::from_millis(50));
    }
    running
}

/// Asks a server for all that it should lead and send.
fn asked(base: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        let get =
            async |path: &str, accept: &str| client.get(format!("{base}/{path}")).header("accept", accept).send().await.unwrap();
        for (accept, path, place) in LED {
            let answer = get(path, accept).await;
            let said =
                |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
            let to = said("location");
            assert!(
                answer.status() == 303 && to.ends_with(&format!("/graph/{place}")),
                "{accept} of {path}: {} {to}",
                answer.status()
            );
            let negotiated = !path.contains('.');
            assert!(!negotiated || said("vary").to_lowercase().contains("accept"), "{path}: {:?}", answer.headers());
            let there = client.get(reqwest::Url::parse(&format!("{base}/")).unwrap().join(&to).unwrap()).send().await.unwrap();
            assert_eq!(there.status(), 200, "{to}");
        }
        for (path, media_type) in TYPES {
            let answer = get(path, "*/*").await;
            assert_eq!(answer.status(), 200, "{path}");
            let sent = answer.headers()["content-type"].to_str().unwrap();
            assert!(
                sent == *media_type
                    || sent == format!("{media_type}; charset=utf-8")
                    || sent == format!("{media_type};charset=utf-8"),
                "{path}: {sent}"
            );
            let policy = answer.headers()["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
            assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
        }
        let lost = get("page/id/programme/there-is-none/", "text/html").await;
        assert_eq!(lost.status(), 404);
        assert!(lost.text().await.unwrap().contains("href=\"/graph/search/\""));
        assert!(get(".htaccess", "*/*").await.status().is_client_error());
        // What is written into an address is not written into a header.
        let odd = get("id/x%0d%0aset-cookie:%20a=1", "text/turtle").await;
        assert!(odd.headers().get("set-cookie").is_none());
    });
}

/// Where a program is, on the path or where Debian has those of the administrator.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    let found = folders.map(|folder: PathBuf| folder.join(name)).find(|file| file.is_file());
    if found.is_none() {
        tell(&format!("skipped: there is no {name} to try the rules of a site in; `make test` installs it\n"));
    }
    found
}

#[test]
fn nginx_leads_names_to_what_clients_like_best() {
    let Some(nginx) = program("nginx") else { return };
    let (folder, port) = ground();
    let (at, base) = (folder.path().display(), format!("http://127.0.0.1:{port}/graph"));
    published(&graph(), &folder.path().join("root/graph"), &base);
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("{name}_temp_path {at}/{name};"));
    let config = folder.path().join("nginx.conf");
    let text = format!(
        "user root root; daemon off; master_process off; pid {at}/pid; error_log {at}/errors; events {{}}\n\
         http {{ include /etc/nginx/mime.types; access_log off; {}\n\
         server {{ listen 127.0.0.1:{port}; root {at}/root; include {at}/root/graph/nginx.conf; }} }}\n",
        temporary.concat()
    );
    std::fs::write(&config, text).unwrap();
    let command = || {
        let mut command = Command::new(&nginx);
        command.arg("-e").arg(folder.path().join("errors")).arg("-c").arg(&config);
        command
    };
    let tested = command().arg("-t").output().unwrap();
    assert!(tested.status.success(), "{}", String::from_utf8_lossy(&tested.stderr));
    let _running = start(&mut command(), port);
    asked(&base);
}

#[test]
fn apache_leads_names_to_what_clients_like_best() {
    let Some(apache) = program("apache2") else { return };
    let modules = Path::new("/usr/lib/apache2/modules");
    let (folder, port) = ground();
    let (at, base) = (folder.path().display(), format!("http://127.0.0.1:{port}/graph"));
    published(&graph(), &folder.path().join("root/graph"), &base);
    let load = ["mpm_event", "authz_core", "dir", "mime", "rewrite", "headers"]
        .map(|name| format!("LoadModule {name}_module {}/mod_{name}.so\n", modules.display()));
    std::fs::write(folder.path().join("types"), "text/html html\ntext/css css\n").unwrap();
    let config = folder.path().join("apache.conf");
    let text = format!(
        "{}ServerRoot {at}\nDefaultRuntimeDir {at}\nServerName localhost\nPidFile {at}/pid\nErrorLog {at}/errors\nMutex posixsem\nListen 127.0.0.1:{port}\n\
         User www-data\nGroup www-data\nTypesConfig {at}/types\nDocumentRoot {at}/root\n\
         <Directory {at}/root>\nAllowOverride All\nRequire all granted\n</Directory>\n<Files \".ht*\">\nRequire all denied\n</Files>\n",
        load.concat()
    );
    std::fs::write(&config, text).unwrap();
    let tested = Command::new(&apache).arg("-t").arg("-f").arg(&config).output().unwrap();
    assert!(tested.status.success(), "{}", String::from_utf8_lossy(&tested.stderr));
    let _running = start(Command::new(&apache).args(["-X", "-f"]).arg(&config), port);
    asked(&base);
}

#[test]
fn netlify_weighs_what_clients_like_as_the_server_does() {
    if Command::new("node").arg("--version").output().is_err() {
        tell("skipped: there is no node to run the rules for Netlify\n");
        return;
    }
    let (folder, _) = ground();
    published(&graph(), &folder.path().join("site"), "https://example.org/graph");
    std::fs::copy(folder.path().join("site/netlify/edge-functions/see.js"), folder.path().join("see.mjs")).unwrap();
    // By weights alone, which patterns cannot compare.
    let more = [("text/turtle;q=0.8, application/ld+json;q=0.9", "id/country/mex", "data/id/country/mex.jsonld")];
    let cases: Vec<_> = LED.iter().chain(&more).collect();
    let script = format!(
        "import see, {{ config }} from './see.mjs';
         for (const [accept, path, place] of {cases}) {{
           const answer = await see(new Request(`https://example.org/graph/${{path}}`, {{ headers: {{ accept }} }}), {{}});
           if (answer.status !== 303 || answer.headers.get('location') !== `/graph/${{place}}`) throw new Error(`${{accept}} of ${{path}}: ${{answer.headers.get('location')}}`);
         }}
         const sent = await see(new Request('https://example.org/graph/data/x.ttl'), {{ next: async () => new Response('') }});
         if (sent.headers.get('content-type') !== 'text/turtle; charset=utf-8') throw new Error(sent.headers.get('content-type'));
         if (!config.path.includes('/graph/id/*')) throw new Error(config.path);
         console.log('good');",
        cases = serde_json::to_string(&cases).unwrap()
    );
    std::fs::write(folder.path().join("try.mjs"), script).unwrap();
    let run = Command::new("node").arg(folder.path().join("try.mjs")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&run.stdout), "good\n", "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn readers_search_in_files_that_any_server_sends() {
    let (Some(mut node), Some(chromium)) = (node("site.mjs"), chromium()) else { return };
    let (folder, port) = ground();
    let base = format!("http://127.0.0.1:{port}/graph");
    published(&graph(), &folder.path().join("root/graph"), &base);
    let mut python = Command::new("python3");
    python.args(["-m", "http.server", "--bind", "127.0.0.1", "--directory"]).arg(folder.path().join("root"));
    let _running = start(python.arg(port.to_string()), port);
    let output = node.arg(&base).arg(chromium).output().unwrap();
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}
