//! `flg token`: who may write through the server.

use super::Status;
use super::output::Output;
use crate::config::{Right, digest, hexadecimal};
use anyhow::Context as _;
use clap::ValueEnum;

/// Make a token with which someone may write through the server
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The server knows the digest of a token only, from the file of settings; the token itself is shown once.

Examples:
  flg token ana >> flg.toml                     the entry goes to the file, the token to the terminal
  flg token ana --right update --right review   what she may do; `admin` is everything
  curl -H 'Authorization: Bearer TOKEN' -H 'Content-Type: application/sparql-update' \\
       --data 'INSERT DATA { GRAPH <urn:notes> { <urn:a> <urn:b> 1 } }' http://127.0.0.1:7878/update")]
pub(super) struct Args {
    /// Who will hold it, as the log is to say
    name: String,
    /// What its holder may do
    #[arg(long = "right", value_name = "RIGHT", default_value = "update")]
    rights: Vec<RightArg>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RightArg {
    /// Make decisions about what was read
    Review,
    /// Change graphs, by SPARQL Update and the Graph Store Protocol
    Update,
    /// Everything
    Admin,
}

impl From<RightArg> for Right {
    fn from(right: RightArg) -> Self {
        match right {
            RightArg::Review => Self::Review,
            RightArg::Update => Self::Update,
            RightArg::Admin => Self::Admin,
        }
    }
}

/// Prints the entry of a new token; the token itself is talk.
///
/// # Errors
/// If the name is empty, or the system has no random numbers.
pub(super) fn run(args: &Args, out: &mut Output) -> anyhow::Result<Status> {
    let name = args.name.trim();
    anyhow::ensure!(!name.is_empty(), "the name is empty\nhint: say who will hold the token, as in `flg token ana`");
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(anyhow::Error::from).context("the system gives no random numbers")?;
    let token = format!("flg_{}", hexadecimal(&random));
    let rights: Vec<toml::Value> = args.rights.iter().map(|right| Right::from(*right).name().into()).collect();
    let entry = [("name", name.into()), ("sha256", digest(&token).into()), ("rights", toml::Value::Array(rights))];
    out.line("[[token]]")?;
    for (key, value) in entry {
        out.line(format_args!("{key} = {value}"))?;
    }
    out.shown(format_args!("The token of {name}, shown this once:\n{token}"));
    Ok(Status::Success)
}
