//! Whether a running server is ready, for those who watch over it.

use super::Status;
use super::output::Output;
use super::remote::{client, own, unreachable};
use reqwest::Url;
use std::net::SocketAddr;
use std::time::Duration;

/// A server that takes longer is not ready.
const PATIENCE: Duration = Duration::from_secs(4);

/// Asks the server that listens on an address of this machine whether it is ready.
///
/// # Errors
/// If nobody answers there.
pub(super) fn probe(bind: SocketAddr, out: &mut Output) -> anyhow::Result<Status> {
    let address = Url::parse(&own(bind))?.join("ready")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (ready, said) = runtime.block_on(async {
        let asked = client(&address)?.get(address.clone()).timeout(PATIENCE).send().await;
        let answer = asked.map_err(|error| unreachable(&address, error))?;
        anyhow::Ok((answer.status().is_success(), answer.text().await.unwrap_or_default()))
    })?;
    out.line(said.trim())?;
    Ok(if ready { Status::Success } else { Status::Failure })
}
