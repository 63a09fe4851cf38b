//! `flg config`: the settings that hold, and where each is from.

use super::Status;
use super::flags::Flags;
use super::output::Output;
use crate::config::{Config, KEYS, Origin, Right, TOKENS};
use serde_json::{Value, json};

/// Print every setting, with what holds and where it is from
#[derive(Debug, clap::Args)]
#[command(after_help = after_help(), after_long_help = after_help())]
pub(super) struct Args {
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    pub(super) settings: Flags,
}

/// What each setting is, from the table of settings.
fn after_help() -> String {
    let width = KEYS.iter().map(|key| key.name.len()).max().unwrap_or_default();
    let rows: Vec<String> = KEYS
        .iter()
        .map(|key| {
            let (name, help, expected, default) = (key.name, key.help, key.expected, key.default());
            format!("  {name:width$}  {help}\n  {:width$}  takes {expected}; default: {default}\n", "")
        })
        .collect();
    format!(
        "\
A flag outdoes the environment, which outdoes the file, which outdoes the default. What is printed is a file of settings itself.
In the environment, `query-timeout` is `FLG_QUERY_TIMEOUT`. Tokens stand in the file alone; their digests are not printed.

All settings:
{}
Examples:
  flg config                              what holds here
  flg config --query-timeout 5            what would hold with a flag of `flg serve`
  flg --config /etc/flg.toml config       with another file
  flg config > flg.toml                   begin a file with what holds
  flg config --json | jq '.settings[] | select(.origin != \"default\")'",
        rows.concat()
    )
}

/// Prints the settings.
///
/// # Errors
/// If standard output cannot be written.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    if args.json {
        out.json(&json(config))?;
    } else {
        text(config, out)?;
    }
    Ok(Status::Success)
}

/// Where a setting is from: the kind, and the place of that kind.
fn origin<'c>(config: &'c Config, name: &str) -> (&'static str, Option<std::borrow::Cow<'c, str>>) {
    match config.origins.get(name) {
        None => ("default", None),
        Some(Origin::File(file)) => ("file", Some(file.to_string_lossy())),
        Some(Origin::Variable(name)) => ("environment", Some(name.into())),
        Some(Origin::Flag(name)) => ("flag", Some(name.into())),
    }
}

fn text(config: &Config, out: &mut Output) -> std::io::Result<()> {
    let from = |name: &str| match origin(config, name) {
        (kind, Some(place)) => format!("# {kind}: {place}"),
        (kind, None) => format!("# {kind}"),
    };
    let rows: Vec<(String, &str)> = KEYS
        .iter()
        .map(|key| {
            let line = |value| format!("{} = {value}", key.name);
            let without = || {
                // What opens a service is never shown.
                let state = if config.origins.contains_key(key.name) { "is set, and not shown" } else { "is not set" };
                format!("# {} {state}", key.name)
            };
            (key.of(config).map_or_else(without, line), key.name)
        })
        .collect();
    let width = rows.iter().map(|(line, _)| line.chars().count()).max().unwrap_or_default();
    for (line, name) in rows {
        let from = out.style.faint(from(name));
        out.line(format_args!("{line:width$}  {from}"))?;
    }
    if !config.tokens.0.is_empty() {
        out.line("")?;
        let from = out.style.faint(from(TOKENS));
        out.line(from)?;
    }
    for token in &config.tokens.0 {
        let rights: Vec<&str> = token.rights.iter().map(|right| right.name()).collect();
        out.line(format_args!("# token of {}: {}", token.name, rights.join(", ")))?;
    }
    Ok(())
}

fn json(config: &Config) -> Value {
    let settings = KEYS.iter().map(|key| {
        let (kind, place) = origin(config, key.name);
        json!({ "name": key.name, "value": key.of(config), "origin": kind, "place": place, "variable": key.variable() })
    });
    let tokens = config.tokens.0.iter().map(|token| {
        let rights: Vec<&str> = token.rights.iter().copied().map(Right::name).collect();
        json!({ "name": token.name, "rights": rights })
    });
    json!({ "settings": settings.collect::<Vec<_>>(), "tokens": tokens.collect::<Vec<_>>() })
}
