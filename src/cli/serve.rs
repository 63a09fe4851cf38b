//! `flg serve`: the graph in a browser, for programs, and for SPARQL.

use super::Status;
use super::output::Output;
use crate::config::Config;
use crate::serve::limits::{App, Settings};
use crate::serve::router;
use crate::store::{Embedded, Store};
use anyhow::Context;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Browse the graph, and let programs query it, at a local address
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  flg serve                            at http://127.0.0.1:7878/ until Ctrl-C
  flg serve --bind 0.0.0.0:8080        for others too: everyone may read, only holders of tokens write (`flg token`)
  curl 'http://127.0.0.1:7878/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D'")]
pub(super) struct Args {
    /// The address to listen on [environment: `FLG_BIND`; default: 127.0.0.1:7878]
    #[arg(long, value_name = "ADDRESS")]
    bind: Option<SocketAddr>,
}

/// Requests under way when the server is stopped may take this long to end.
const FAREWELL: Duration = Duration::from_secs(3);

/// Serves the store until it is told to stop.
///
/// # Errors
/// If there is no store, or the address cannot be listened on.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    out.log();
    let writable = !config.tokens.0.is_empty();
    let store = if writable { Embedded::open(&config.store)? } else { Embedded::open_to_read(&config.store)? };
    let store = store.with_default_graph(config.default_graph);
    if store.is_empty()? {
        out.warn(format_args!("the store `{}` is empty\nhint: fill it with `flg build`", config.store.display()));
    }
    let settings = Settings { query_timeout: config.query_timeout, max_rows: config.query_rows, ..Settings::default() };
    let app = App::new(Arc::new(store), settings, config.tokens.clone());
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server")?;
    let served = runtime.block_on(async {
        let address = args.bind.unwrap_or(config.bind);
        let listener = TcpListener::bind(address).await.map_err(|error| cannot_listen(address, error))?;
        let address = listener.local_addr()?;
        out.talk(format_args!("Serving `{}` at http://{address}/ (Ctrl-C stops it)", config.store.display()));
        axum::serve(listener, router(app)).with_graceful_shutdown(told_to_stop()).await?;
        anyhow::Ok(())
    });
    // A query that does not hear that it is cancelled must not keep the process.
    runtime.shutdown_timeout(FAREWELL);
    served?;
    out.talk("Stopped.");
    Ok(Status::Success)
}

fn cannot_listen(address: SocketAddr, error: std::io::Error) -> anyhow::Error {
    let hint = match error.kind() {
        ErrorKind::AddrInUse => {
            "another program listens there, perhaps another `flg serve`: stop it, or choose another port with `--bind`"
        }
        ErrorKind::PermissionDenied => "ports below 1024 are for administrators: choose another with `--bind`",
        ErrorKind::AddrNotAvailable => "this machine has no such address: `127.0.0.1` is for itself, `0.0.0.0` for everyone",
        _ => "choose another address with `--bind`",
    };
    anyhow::Error::new(error).context(format!("cannot listen on `{address}`\nhint: {hint}"))
}

/// Ends when the process is told to stop: Ctrl-C, or SIGTERM where there is one.
async fn told_to_stop() {
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
