//! `flg serve`: the graph in a browser, for programs, and for SPARQL.

use super::Status;
use super::flags::Flags;
use super::output::Output;
use super::probe::probe;
use super::worker;
use crate::config::{Config, Isolation, Location, MetricsAt};
use crate::serve::limits::{App, Around, Settings};
use crate::serve::{operations, router};
use crate::store::{self, Access, Embedded, Evaluate, Store};
use anyhow::Context;
use axum::Router;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Browse the graph, and let programs query it, at a local address
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Ctrl-C and SIGTERM stop it: nothing new is taken on, and what runs comes to its end within `shutdown-timeout`; then it is cancelled.
A second signal stops it at once. `/health`, `/ready` and `/metrics` are for those who watch over it: docs/operating.md. Each limit is a
setting below; docs/serving.md says what happens where it strikes.

Examples:
  flg serve                            at http://127.0.0.1:7878/ until Ctrl-C
  flg serve --bind 0.0.0.0:8080        for others too: everyone may read, only holders of tokens write (`flg token`)
  flg serve --metrics-bind 127.0.0.1:9464 --log-format json
  flg serve --probe                    ask the server that runs whether it is ready: exit code 0 or 1
  curl 'http://127.0.0.1:7878/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D'")]
pub(super) struct Args {
    /// Ask the server that listens there whether it is ready, and end
    #[arg(long)]
    probe: bool,
    #[command(flatten)]
    pub(super) settings: Flags,
}

/// The exit codes of a server that was not let come to its end, by the signal.
const INTERRUPTED: i32 = 130;
#[cfg(unix)]
const TERMINATED: i32 = 143;
/// What was cancelled when the server is stopped may take this long to end.
const FAREWELL: Duration = Duration::from_secs(3);

/// Serves the store until it is told to stop.
///
/// # Errors
/// If there is no store, or the address cannot be listened on.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    if args.probe {
        return probe(config.bind, out);
    }
    out.log(config.log_format);
    let writable = !config.tokens.0.is_empty();
    let access = if writable { Access::Write } else { Access::Read };
    let (store, apart) = opened(config, access, out)?;
    if store.is_empty()? {
        out.warn(format_args!("the store `{}` is empty\nhint: fill it with `flg build`", config.store));
    }
    let releases = config.releases.clone();
    let around = Around { apart, proxies: config.limits.trusted_proxies.clone(), releases, files: None };
    let app = App::with(store, Settings::of(config), config.tokens.clone(), around);
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server")?;
    let served = runtime.block_on(serve(app, config, out));
    // A query that does not hear that it is cancelled must not keep the process.
    runtime.shutdown_timeout(FAREWELL);
    served?;
    out.talk("Stopped.");
    Ok(Status::Success)
}

async fn serve(app: Arc<App>, config: &Config, out: &mut Output) -> anyhow::Result<()> {
    let listener = listen(config.bind).await?;
    let address = listener.local_addr()?;
    if let MetricsAt::Address(bind) = config.metrics_bind {
        let listener = listen(bind).await?;
        out.talk(format_args!("Metrics at http://{}/metrics", listener.local_addr()?));
        // It answers until the process ends, so that `/ready` is heard while the server stops.
        tokio::spawn(served(listener, operations::router(Arc::clone(&app)), std::future::pending()));
    }
    let counting = Arc::clone(&app);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = counting.count() {
            tracing::error!(%error, "what the store holds cannot be counted");
        }
    });
    app.keep_index();
    heed_signals(&app);
    out.talk(format_args!("Serving `{}` at http://{address}/ (Ctrl-C stops it)", config.store));
    let mut serving = Box::pin(served(listener, router(Arc::clone(&app)), app.draining()));
    tokio::select! {
        ended = &mut serving => return ended,
        () = app.draining() => {}
    }
    let limit = config.shutdown_timeout;
    out.talk(format_args!("Stopping: what runs may take {} s to end; a second signal stops it at once.", limit.as_secs_f64()));
    if let Ok(ended) = tokio::time::timeout(limit, &mut serving).await {
        return ended;
    }
    out.warn("what still ran was cancelled\nhint: `shutdown-timeout` gives it more time");
    app.end();
    tokio::time::timeout(FAREWELL, serving).await.unwrap_or(Ok(()))
}

async fn served(listener: TcpListener, router: Router, until: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, router).with_graceful_shutdown(until).await?)
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| cannot_listen(address, error))
}

/// What a server answers from: the store, and what evaluates the queries of clients if that is not to be the server itself.
type Opened = (Arc<dyn Store>, Option<Arc<dyn Evaluate>>);

/// Opens the store. The service of a store that is elsewhere evaluates by itself, and limits what that costs.
fn opened(config: &Config, access: Access, out: &mut Output) -> anyhow::Result<Opened> {
    let Location::Folder(path) = &config.store else {
        return Ok((Arc::from(store::open_with(config, access, config.default_graph)?), None));
    };
    let store = if access == Access::Read { Embedded::open_to_read(path)? } else { Embedded::open(path)? };
    let store = Arc::new(store.with_default_graph(config.default_graph).with_services(config.services.clone()));
    let apart = apart(&store, config, out)?;
    Ok((store, apart))
}

/// What evaluates the queries of clients, if that is not to be the server itself.
fn apart(store: &Arc<Embedded>, config: &Config, out: &mut Output) -> anyhow::Result<Option<Arc<dyn Evaluate>>> {
    if config.limits.isolation == Isolation::None {
        return Ok(None);
    }
    #[cfg(unix)]
    {
        let _ = out;
        let apart = crate::store::Apart::new(Arc::clone(store), worker::program(config)?);
        Ok(Some(Arc::new(apart.context("cannot start a process for queries\nhint: `isolation = \"none\"` does without")?)))
    }
    #[cfg(not(unix))]
    {
        let _ = (store, worker::program);
        out.warn(
            "queries are evaluated in the server itself: this system has no other way\nhint: `isolation = \"none\"` says so",
        );
        Ok(None)
    }
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

/// Has the server stop when the process is told to: Ctrl-C, or SIGTERM where there is one.
fn heed_signals(app: &Arc<App>) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        for (kind, code) in [(SignalKind::interrupt(), INTERRUPTED), (SignalKind::terminate(), TERMINATED)] {
            let app = Arc::clone(app);
            // Where it cannot be listened for, the signal ends the process as ever.
            if let Ok(mut signals) = signal(kind) {
                tokio::spawn(async move {
                    while signals.recv().await.is_some() {
                        told_to_stop(&app, code);
                    }
                });
            }
        }
    }
    #[cfg(not(unix))]
    {
        let app = Arc::clone(app);
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                told_to_stop(&app, INTERRUPTED);
            }
        });
    }
}

/// The first time, the server takes nothing new on; the second time, the process ends.
fn told_to_stop(app: &App, code: i32) {
    if app.stops() {
        std::process::exit(code);
    }
    app.drain();
}
