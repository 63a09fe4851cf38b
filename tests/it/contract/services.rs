//! Services to try the store on: a server of our own, which is always there, the Oxigraph server and Virtuoso, each a process of
//! its own with a store that is gone afterwards. `make test` installs the last two; where one is not there, its test says so.

use crate::shared::tell;
use forced_labour_graph::config::{DefaultGraph, Right, Secret, Service, Token, Tokens, digest};
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use forced_labour_graph::store::{Embedded, Remote, Store};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A service that runs, until this is dropped.
pub(crate) struct Running {
    /// The address for queries.
    pub(crate) address: String,
    pub(crate) settings: Service,
    process: Option<Child>,
    /// The server of our own, if it is one.
    server: Option<tokio::runtime::Runtime>,
    _folder: TempDir,
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
        if let Some(server) = self.server.take() {
            server.shutdown_background();
        }
    }
}

impl Running {
    pub(crate) fn open(&self, default: DefaultGraph) -> Remote {
        Remote::open(&self.address, &self.settings).unwrap_or_else(|e| panic!("{e}")).with_default_graph(default)
    }

    /// The settings as variables of the environment.
    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("FLG_STORE", self.address.clone())];
        all.extend(self.settings.token.as_ref().map(|token| ("FLG_STORE_TOKEN", token.reveal().to_owned())));
        all.extend(self.settings.update.clone().map(|update| ("FLG_STORE_UPDATE", update)));
        all.extend(self.settings.data.clone().map(|data| ("FLG_STORE_DATA", data)));
        all
    }
}

const TOKEN: &str = "contract";

/// A server of our own over an empty store in memory.
pub(crate) fn own() -> Running {
    let server = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let token = Token { name: "contract".to_owned(), sha256: digest(TOKEN), rights: vec![Right::Update] };
    // As a service to others, it must give whole graphs.
    let settings =
        Settings { query_timeout: Duration::from_mins(2), max_rows: 10_000_000, max_bytes: 1 << 30, ..Settings::default() };
    let app = App::new(Arc::new(Embedded::in_memory().unwrap()), settings, Tokens(vec![token]));
    let listener = server.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = format!("http://{}/sparql", listener.local_addr().unwrap());
    server.spawn(async move { axum::serve(listener, serve::router(app)).await.unwrap() });
    let settings = Service { token: Some(Secret::new(TOKEN)), ..Service::default() };
    Running { address, settings, process: None, server: Some(server), _folder: tempfile::tempdir().unwrap() }
}

/// The Oxigraph server, its store in memory.
pub(crate) fn oxigraph() -> Option<Running> {
    let program = std::env::current_exe().unwrap().ancestors().nth(3).unwrap().join("clients/oxigraph/bin/oxigraph");
    let program = [program, PathBuf::from("oxigraph")].into_iter().find(|program| works(program, "--version"));
    let Some(program) = program else {
        tell("skipped: there is no Oxigraph server (`oxigraph`) to try the store on; `make test` installs it\n");
        return None;
    };
    let port = free_port();
    let mut command = Command::new(program);
    command.args(["serve", "--bind", &format!("127.0.0.1:{port}")]);
    let address = format!("http://127.0.0.1:{port}/query");
    Some(start(command, &[port], address, Service::default(), tempfile::tempdir().unwrap()))
}

/// Virtuoso, which lets everyone write.
pub(crate) fn virtuoso() -> Option<Running> {
    if !works(Path::new("virtuoso-t"), "-?") || !works(Path::new("isql-vt"), "-?") {
        tell("skipped: there is no Virtuoso (`virtuoso-t`, `isql-vt`) to try the store on; `make test` installs it\n");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let (port, web) = (free_port(), free_port());
    let at = |name: &str| folder.path().join(name).display().to_string();
    let settings = format!(
        "[Database]\nDatabaseFile = {}\nErrorLogFile = {}\nLockFile = {}\nTransactionFile = {}\nxa_persistent_file = {}\n\
         [TempDatabase]\nDatabaseFile = {}\nTransactionFile = {}\n\
         [Parameters]\nServerPort = 127.0.0.1:{port}\nDisableUnixSocket = 1\nNumberOfBuffers = 20000\nMaxDirtyBuffers = 15000\n\
         [HTTPServer]\nServerPort = 127.0.0.1:{web}\nServerRoot = {}\nServerThreads = 10\n\
         [SPARQL]\nResultSetMaxRows = 10000000\n",
        at("v.db"),
        at("v.log"),
        at("v.lck"),
        at("v.trx"),
        at("v.pxa"),
        at("t.db"),
        at("t.trx"),
        at(""),
    );
    std::fs::write(folder.path().join("virtuoso.ini"), settings).unwrap();
    let mut command = Command::new("virtuoso-t");
    command.args(["+foreground", "+configfile", &at("virtuoso.ini")]).current_dir(folder.path());
    let address = format!("http://127.0.0.1:{web}/sparql");
    let settings = Service { update: Some(address.clone()), data: Some(format!("{address}-graph-crud")), ..Service::default() };
    let running = start(command, &[port, web], address, settings, folder);
    let grant = "exec=GRANT SPARQL_UPDATE TO \"SPARQL\"; GRANT EXECUTE ON DB.DBA.SPARQL_INSERT_DICT_CONTENT TO \"SPARQL\";";
    let granted = Command::new("isql-vt").args([&format!("127.0.0.1:{port}"), "dba", "dba", grant]).output().unwrap();
    assert!(granted.status.success(), "{}", String::from_utf8_lossy(&granted.stdout));
    Some(running)
}

fn works(program: &Path, argument: &str) -> bool {
    Command::new(program).arg(argument).stdin(Stdio::null()).output().is_ok()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Starts a process, and waits until all of its ports are open.
fn start(mut command: Command, ports: &[u16], address: String, settings: Service, folder: TempDir) -> Running {
    let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut running = Running { address, settings, process: Some(process), server: None, _folder: folder };
    let begun = Instant::now();
    while !ports.iter().all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok()) {
        let ended = running.process.as_mut().and_then(|process| process.try_wait().unwrap());
        assert!(ended.is_none(), "{} has ended: {ended:?}", running.address);
        assert!(begun.elapsed() < Duration::from_mins(2), "{} does not answer", running.address);
        std::thread::sleep(Duration::from_millis(50));
    }
    running
}

/// Empties a store.
pub(crate) fn clear(store: &dyn Store) {
    let graphs = store.graphs().unwrap();
    store.replace(&graphs, &mut std::iter::empty()).unwrap();
    assert!(store.is_empty().unwrap());
}
