//! The list of what waits for a decision.

use crate::cli::output::{Output, visible};
use crate::cli::reports::count;
use crate::config::Config;
use crate::knowledge::authority::Authority;
use crate::review::Reviewed;
use crate::review::queue::{Evidence, Item, Kind, queue};
use crate::store::Store;

/// So many quotes of an item are shown.
const QUOTES: usize = 4;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only what waits for this reason
    #[arg(long, value_name = "KIND", value_enum)]
    kind: Option<Reason>,
    /// Only what this report says
    #[arg(long, value_name = "REPORT")]
    report: Option<String>,
    /// Give the list as JSON
    #[arg(long)]
    json: bool,
}

/// Why something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Reason {
    /// Things that are taken for one, and of which reports say what cannot be true of one
    Conflict,
    /// Two things that may be one
    Duplicate,
    /// A thing that the authority does not have
    New,
    /// A fact that its rule is not sure of
    Uncertain,
}

impl From<Reason> for Kind {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Conflict => Self::Conflict,
            Reason::Duplicate => Self::Duplicate,
            Reason::New => Self::New,
            Reason::Uncertain => Self::Uncertain,
        }
    }
}

pub(super) fn run(args: &Args, store: &dyn Store, reviewed: &Reviewed, config: &Config, out: &mut Output) -> anyhow::Result<()> {
    let mut items = queue(store, reviewed, &Authority::load()?, config.uncertain_below)?;
    if let Some(kind) = args.kind {
        items.retain(|item| item.kind == kind.into());
    }
    if let Some(report) = &args.report {
        items.retain(|item| item.evidence.iter().any(|evidence| evidence.report == *report));
    }
    if args.json {
        out.json(&items)?;
        return Ok(());
    }
    for group in items.chunk_by(|a, b| a.kind == b.kind) {
        let Some(first) = group.first() else { continue };
        out.line(out.style.strong(format_args!("{} ({})", heading(first.kind), group.len())))?;
        for item in group {
            write(item, out)?;
        }
        out.line("")?;
    }
    out.talk(format_args!(
        "{} for a decision, {} made",
        count(items.len(), "matter waits", "matters wait"),
        reviewed.decisions().len()
    ));
    Ok(())
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Conflict => "Taken for one, and told differently",
        Kind::Duplicate => "Possibly the same",
        Kind::New => "New names",
        Kind::Uncertain => "Uncertain facts",
    }
}

fn write(item: &Item, out: &mut Output) -> std::io::Result<()> {
    let style = out.style;
    out.line(format_args!("  {}", visible(&item.text)))?;
    let sure = item.confidence.map(|sure| format!(", confidence {sure:.2}")).unwrap_or_default();
    let other = item.other.as_ref().map(|other| format!(" {other}")).unwrap_or_default();
    out.line(format_args!("    {}", style.faint(format_args!("{}{other}{sure}", item.id))))?;
    for evidence in quotes(item) {
        let question = evidence.question.as_ref().map(|q| format!(", question {q}")).unwrap_or_default();
        let page = evidence.page.as_ref().map(|page| format!(", page {page}")).unwrap_or_default();
        let about = if item.other.is_some() { format!("{}: ", evidence.about) } else { String::new() };
        out.line(format_args!("      “{}”", visible(&evidence.quote)))?;
        out.line(format_args!("      {}", style.faint(format_args!("{about}{}{question}{page}", evidence.report))))?;
    }
    Ok(())
}

/// The quotes that are shown: the first few, and as many of each of two things, so that both are seen.
fn quotes(item: &Item) -> Vec<&Evidence> {
    let of_each = if item.other.is_some() { QUOTES / 2 } else { QUOTES };
    let mut shown: Vec<&Evidence> = Vec::new();
    for evidence in &item.evidence {
        if shown.iter().filter(|other| other.about == evidence.about).count() < of_each {
            shown.push(evidence);
        }
    }
    shown
}
