//! A running server, for commands that do through it what they cannot do beside it.

use super::output::Output;
use crate::backup::MEDIA_TYPE;
use crate::config::{Config, is_here};
use anyhow::{Context as _, bail};
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The variable with the token; it is no setting, because settings are printed.
const TOKEN: &str = "FLG_TOKEN";
/// How long reaching the server may take.
const REACHING: Duration = Duration::from_secs(10);

// Which server, and who asks it. (What stood here as documentation would be the help of the command.)
#[derive(Debug, clap::Args)]
pub(super) struct Server {
    /// Do it through the server at this address [default: where `bind` says, if a server has the store open]
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// A file with a token that is good for `admin` [environment: `FLG_TOKEN`, the token itself]
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

/// A server, with the right to administer it.
pub(super) struct Remote {
    address: Url,
    token: String,
}

impl Server {
    /// The server that was named, if one was.
    ///
    /// # Errors
    /// If its address is none, or there is no token for it.
    pub(super) fn named(&self) -> anyhow::Result<Option<Remote>> {
        let Some(server) = &self.server else { return Ok(None) };
        let address = Url::parse(server).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let address =
            address.with_context(|| format!("`{server}` is no web address\nhint: as in `--server http://127.0.0.1:7878/`"))?;
        let token = self.token()?.with_context(|| {
            format!("a server wants a token\nhint: set `{TOKEN}` or `--token-file`; `flg token NAME --right admin` makes one")
        })?;
        Ok(Some(Remote { address, token }))
    }

    /// The server that has the store open, which is taken to be where the settings have it.
    ///
    /// # Errors
    /// If there is no token for it.
    pub(super) fn of_store(&self, config: &Config) -> anyhow::Result<Remote> {
        let token = self.token()?.with_context(|| {
            format!(
                "the store `{}` is in use by another process\nhint: if that is `flg serve`, it does this itself: set `{TOKEN}` or \
                 `--token-file` to a token with the right `admin`, and `--server` if it is elsewhere than at `{}`; else end that process",
                config.store,
                config.bind
            )
        })?;
        Ok(Remote { address: Url::parse(&own(config.bind))?, token })
    }

    fn token(&self) -> anyhow::Result<Option<String>> {
        let Some(file) = &self.token_file else { return Ok(std::env::var(TOKEN).ok().filter(|token| !token.is_empty())) };
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read the token in `{}`", file.display()))?;
        Ok(Some(text.trim().to_owned()))
    }
}

/// The address at which this machine reaches a server of its own.
pub(super) fn own(bind: SocketAddr) -> String {
    let ip = match bind.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}/", SocketAddr::new(ip, bind.port()))
}

/// A client of a server that may be on this machine, where no proxy stands in between.
pub(super) fn client(address: &Url) -> reqwest::Result<Client> {
    let builder = Client::builder().connect_timeout(REACHING);
    if address.host_str().is_some_and(is_here) { builder.no_proxy().build() } else { builder.build() }
}

impl Remote {
    /// Where it is.
    pub(super) fn address(&self) -> &Url {
        &self.address
    }

    /// Has the server make a backup, which is written to `to` as it comes.
    ///
    /// # Errors
    /// If the server cannot be reached, refuses, or breaks off.
    pub(super) fn backup(&self, to: &mut dyn Write, out: &mut Output) -> anyhow::Result<()> {
        out.begin_counting(0, "bytes");
        let done = run(async {
            let mut answer = self.send(client(&self.address)?.post(self.address.join("admin/backup")?)).await?;
            let mut bytes = 0;
            while let Some(chunk) = answer.chunk().await.context("the server broke off")? {
                to.write_all(&chunk)?;
                bytes += chunk.len() as u64;
                out.reach(bytes);
            }
            Ok(())
        });
        out.end();
        done
    }

    /// Has the server restore a backup, and gives its answer.
    ///
    /// # Errors
    /// If the server cannot be reached, or refuses.
    pub(super) fn restore(&self, file: &Path, replace: bool) -> anyhow::Result<serde_json::Value> {
        run(async {
            let opened = std::fs::File::open(file).with_context(|| format!("cannot read `{}`", file.display()))?;
            let mut address = self.address.join("admin/restore")?;
            address.set_query(replace.then_some("replace"));
            let request = client(&self.address)?.post(address).header("content-type", MEDIA_TYPE);
            let answer = self.send(request.body(tokio::fs::File::from_std(opened))).await?;
            Ok(serde_json::from_str(&answer.text().await.context("the server broke off")?)?)
        })
    }

    async fn send(&self, request: RequestBuilder) -> anyhow::Result<Response> {
        let request = request.bearer_auth(&self.token).header("accept", "text/plain, */*;q=0.1");
        let answer = request.send().await.map_err(|error| unreachable(&self.address, error))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        let said = answer.text().await.unwrap_or_default();
        refused(&self.address, status, &said)
    }
}

/// Why a server was not reached.
pub(super) fn unreachable(address: &Url, error: reqwest::Error) -> anyhow::Error {
    anyhow::Error::new(error.without_url())
        .context(format!("no server answers at `{address}`\nhint: start it with `flg serve`, or name it with `--server URL`"))
}

/// What the server says, which is text with a line that begins with `hint:`.
fn refused(address: &Url, status: StatusCode, said: &str) -> anyhow::Result<Response> {
    let said = said.trim();
    if said.is_empty() || said.starts_with('<') {
        bail!("`{address}` answers {status}\nhint: see whether that is a `flg serve` with tokens");
    }
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with("request: ")).collect();
    bail!("`{address}` refuses: {}", lines.join("\n").replace("add `?replace` to the address", "add `--replace`"))
}

fn run<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
