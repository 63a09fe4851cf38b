//! The list of the queries that come with flg, and what one of them asks.

use super::{Args, Format, named, table};
use crate::cli::Status;
use crate::cli::output::Output;
use crate::model::lang::Lang;
use crate::queries::{self, Query};
use anyhow::bail;

/// The catalogue, or one query of it.
pub(super) fn list(args: &Args, lang: &Lang, out: &mut Output) -> anyhow::Result<Status> {
    let queries = match args.query.as_slice() {
        [] => queries::catalogue()?,
        names => names.iter().map(|name| named(name)).collect::<anyhow::Result<Vec<_>>>()?,
    };
    match (args.format, args.query.is_empty()) {
        (Format::Json, _) => out.json(&queries.iter().map(|query| json(query, lang)).collect::<Vec<_>>())?,
        (Format::Table, true) => {
            let rows: Vec<Vec<String>> =
                queries.iter().map(|q| vec![q.name.clone(), queries::in_language(&q.title, lang).to_owned()]).collect();
            for line in table::lines(&["query".to_owned(), "answers".to_owned()], &rows, table::width(), out.style) {
                out.line(line)?;
            }
            out.talk("`flg query --list NAME` says more of one; `flg query NAME` asks it.");
        }
        (Format::Table, false) => {
            for query in &queries {
                describe(query, lang, out)?;
            }
        }
        _ => bail!("the list has no such form\nhint: use `--format table` or `--format json`"),
    }
    Ok(Status::Success)
}

fn describe(query: &Query, lang: &Lang, out: &mut Output) -> std::io::Result<()> {
    let style = out.style;
    out.line(format_args!("{}  {}", style.strong(&query.name), queries::in_language(&query.title, lang)))?;
    out.line(queries::in_language(&query.description, lang))?;
    let head = ["parameter", "takes", "default", "meaning"].map(str::to_owned);
    let row = |p: &queries::Parameter| {
        let default = p.default.clone().unwrap_or_default();
        vec![p.name.clone(), p.kind.to_string(), default, queries::in_language(&p.description, lang).to_owned()]
    };
    let rows: Vec<Vec<String>> = query.parameters.iter().map(row).collect();
    if !rows.is_empty() {
        out.line("")?;
    }
    for line in table::lines(&head, &rows, table::width(), style).into_iter().filter(|_| !rows.is_empty()) {
        out.line(line)?;
    }
    Ok(())
}

fn json(query: &Query, lang: &Lang) -> serde_json::Value {
    let parameter = |p: &queries::Parameter| {
        serde_json::json!({
            "name": p.name, "type": p.kind.to_string(), "default": p.default,
            "description": queries::in_language(&p.description, lang),
        })
    };
    serde_json::json!({
        "name": query.name,
        "title": queries::in_language(&query.title, lang),
        "description": queries::in_language(&query.description, lang),
        "parameters": query.parameters.iter().map(parameter).collect::<Vec<_>>(),
    })
}
