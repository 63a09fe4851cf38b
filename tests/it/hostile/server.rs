//! `flg serve` as it is run, over the store of the report that comes with it, and what it and its processes take of the machine.

use crate::cli::Desk;
use forced_labour_graph::config::digest;
use reqwest::{Client, RequestBuilder, StatusCode};
use std::io::{BufRead as _, BufReader};
use std::net::IpAddr;
use std::process::{Child, Stdio};
use std::time::Duration;

pub(crate) const TOKEN: &str = "hostile";

/// A running server.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    /// Its folder, which goes with it.
    pub(crate) desk: Desk,
}

impl Server {
    /// Starts it with settings; with a token, it also writes.
    pub(crate) fn start(settings: &str, writes: bool) -> Self {
        Self::over(Desk::with_store(), settings, writes)
    }

    /// The same, over the store of a folder.
    pub(crate) fn over(desk: Desk, settings: &str, writes: bool) -> Self {
        let token = format!("[[token]]\nname = \"tests\"\nrights = [\"update\"]\nsha256 = \"{}\"\n", digest(TOKEN));
        desk.write("flg.toml", format!("{settings}\n{}", if writes { &token } else { "" }));
        let mut command = desk.command(&["serve", "--bind", "127.0.0.1:0"]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let mut told = Vec::new();
        let address = lines.by_ref().find_map(|line| {
            let address = line.split_once("http://").and_then(|(_, rest)| rest.split('/').next()).map(str::to_owned);
            told.push(line);
            address
        });
        let address = format!("http://{}", address.unwrap_or_else(|| panic!("the server does not start: {told:?}")));
        // Somebody has to read what it says, or it waits.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, desk }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// A client at an address of its own on this machine.
    pub(crate) fn client(at: [u8; 4]) -> Client {
        let client = Client::builder().no_proxy().local_address(IpAddr::from(at)).timeout(Duration::from_mins(1));
        client.build().unwrap()
    }

    /// A query, posted as such.
    pub(crate) fn query(&self, client: &Client, text: impl Into<String>) -> RequestBuilder {
        let request = client.post(format!("{}/sparql", self.address)).header("content-type", "application/sparql-query");
        request.header("accept", "application/sparql-results+json, text/turtle;q=0.5").body(text.into())
    }

    /// Waits until what is made ahead of requests is made: the search index, which is made anew after each write.
    pub(crate) async fn settled(&self, client: &Client) {
        let search = || client.get(format!("{}/search?q=labour", self.address)).header("accept", "application/json").send();
        while search().await.unwrap().status() == StatusCode::SERVICE_UNAVAILABLE {}
    }

    /// The server's process and those that it has started.
    pub(crate) fn processes(&self) -> Vec<u32> {
        let own = self.id();
        let children = std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        std::iter::once(own).chain(children.filter(|id| parent(*id) == Some(own))).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer's body as JSON.
pub(crate) async fn json(answer: reqwest::Response) -> serde_json::Value {
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

/// The fields of a process that stand behind its name.
fn stat(id: u32) -> Option<Vec<String>> {
    let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    Some(text.rsplit_once(')')?.1.split_whitespace().map(str::to_owned).collect())
}

fn parent(id: u32) -> Option<u32> {
    stat(id)?.get(1)?.parse().ok()
}

/// How long a process has worked, in hundredths of a second.
pub(crate) fn worked(id: u32) -> u64 {
    let Some(fields) = stat(id) else { return 0 };
    [11, 12].iter().filter_map(|at| fields.get(*at)?.parse::<u64>().ok()).sum()
}

/// The memory that a process has for itself, in bytes.
pub(crate) fn memory(id: u32) -> u64 {
    let Ok(text) = std::fs::read_to_string(format!("/proc/{id}/status")) else { return 0 };
    let line = text.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) << 10
}
