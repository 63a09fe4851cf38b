//! `flg review`: what is uncertain, and people's decisions on it.

mod decide;
mod list;

use super::Status;
use super::output::{Output, visible};
use crate::config::Config;
use crate::graph::parse;
use crate::graph::serialise::Syntax;
use crate::model::diagnostic::Diagnostic;
use crate::model::vocab::compact;
use crate::review::{Decision, Matter, Reviewed, Verdict, decision};
use crate::store::{self, Access, Store};
use anyhow::Context as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  flg review                                          what waits: conflicts, possible duplicates, new names, uncertain facts
  flg review list --kind duplicate                    one kind of it, with the words of the reports side by side
  flg review accept id:organization/gha-tide-office --why 'see its site'
  flg review reject id:claim/5f0c…                    a fact that the source does not state
  flg review merge id:programme/senderos id:programme/sowing-rights
  flg review split id:programme/paso id:programme/pasos
  flg review split id:programme/paso --report gha-2021-p029
  flg review correct id:claim/5f0c… --value id:organization/usa-dol
  flg review log                                      who decided what, when and why
  flg review export decisions.ttl                     to keep under version control
  flg review import decisions.ttl

A decision holds for ever after, also when a report is converted again, and is undone by another on the same matter. A rejected fact
is no fact of the graph any more; `flg show` still shows it, as rejected. Who decides is said by `--by`, the setting `reviewer`
(FLG_REVIEWER), or git's `user.name`.";

/// List what is uncertain, and decide on it
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    list: list::Args,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List what waits for a decision (the default)
    List(list::Args),
    /// The source says so, or the thing is what it is said to be
    Accept(decide::One),
    /// The source does not say so, or there is no such thing
    Reject(decide::One),
    /// Two things are one; the first is kept
    Merge(decide::Two),
    /// Two things are not one
    Split(decide::Apart),
    /// The source says something else
    Correct(decide::Correction),
    /// List the decisions
    Log {
        /// Give them as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write all decisions to a file, as sorted Turtle
    Export {
        /// The file
        file: PathBuf,
    },
    /// Add the decisions of a file
    Import {
        /// The file: Turtle or another form of RDF
        file: PathBuf,
    },
}

/// Lists or decides.
///
/// # Errors
/// If there is no store, or nothing in it that is meant.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let store = store::open(config, Access::Write)?;
    let graph: &dyn Store = store.as_ref();
    let mut reviewed = Reviewed::read(graph)?;
    match args.action.as_ref() {
        None => list::run(&args.list, graph, &reviewed, config, out)?,
        Some(Action::List(args)) => list::run(args, graph, &reviewed, config, out)?,
        Some(Action::Accept(args)) => decide::accept(args, graph, &mut reviewed, config, out)?,
        Some(Action::Reject(args)) => decide::reject(args, graph, &mut reviewed, config, out)?,
        Some(Action::Merge(args)) => decide::merge(args, graph, &mut reviewed, config, out)?,
        Some(Action::Split(args)) => decide::split(args, graph, &mut reviewed, config, out)?,
        Some(Action::Correct(args)) => decide::correct(args, graph, &mut reviewed, config, out)?,
        Some(Action::Log { json }) => log(*json, &reviewed, out)?,
        Some(Action::Export { file }) => export(file, &reviewed, out)?,
        Some(Action::Import { file }) => import(file, graph, &mut reviewed, out)?,
    }
    Ok(Status::Success)
}

/// What a decision is about, in short forms.
fn matter(decision: &Decision) -> String {
    let term = crate::diff::plain;
    let text = match &decision.matter {
        Matter::Fact(fact) => {
            let was = format!("{} {} {}", compact(fact.subject.as_ref()), compact(fact.property.as_ref()), term(&fact.value));
            let now = decision.correction.as_ref();
            let now = now.map(|(s, p, o)| format!(" → {} {} {}", compact(s.as_ref()), compact(p.as_ref()), term(o)));
            format!("{was} in {}{}", fact.report, now.unwrap_or_default())
        }
        Matter::Thing(thing) => compact(thing.as_ref()),
        Matter::Pair(keep, other) => format!("{} and {}", compact(keep.as_ref()), compact(other.as_ref())),
        Matter::Apart(thing, report) => format!("{} in {report}", compact(thing.as_ref())),
    };
    visible(&text)
}

fn log(json: bool, reviewed: &Reviewed, out: &mut Output) -> anyhow::Result<()> {
    if json {
        let one = |d: &Decision| {
            serde_json::json!({ "id": compact(d.iri().as_ref()), "verdict": d.verdict.name(), "about": matter(d), "by": d.by,
                "when": d.when, "why": d.why })
        };
        let all: Vec<_> = reviewed.decisions().iter().map(one).collect();
        out.json(&all)?;
        return Ok(());
    }
    for decision in reviewed.decisions() {
        let why = decision.why.as_ref().map(|why| format!(": {}", visible(why))).unwrap_or_default();
        let name = decision.verdict.name();
        out.line(format_args!("{}  {name:7}  {}  {}{why}", decision.when, matter(decision), visible(&decision.by)))?;
    }
    Ok(())
}

fn export(file: &Path, reviewed: &Reviewed, out: &mut Output) -> anyhow::Result<()> {
    let bytes = decision::turtle(reviewed.decisions())?;
    super::aside::write_whole(file, &bytes)
        .with_context(|| format!("cannot write `{}`\nhint: check that its folder is there and may be written", file.display()))?;
    out.talk(format_args!(
        "Wrote {} to `{}`",
        super::reports::count(reviewed.decisions().len(), "decision", "decisions"),
        file.display()
    ));
    Ok(())
}

fn import(file: &Path, store: &dyn Store, reviewed: &mut Reviewed, out: &mut Output) -> anyhow::Result<()> {
    let syntax = parse::syntax_of(file).unwrap_or(Syntax::Turtle);
    let quads = parse::file(file, syntax)?;
    let decisions = decision::complete(&quads).map_err(|(iri, lacks)| {
        anyhow::anyhow!(
            "`{}` in `{}` lacks {lacks}\nhint: import a file that `flg review export` wrote",
            compact(iri.as_ref()),
            file.display()
        )
    })?;
    if decisions.is_empty() {
        anyhow::bail!("`{}` holds no decision\nhint: import a file that `flg review export` wrote", file.display());
    }
    tried(reviewed, store, &decisions, out)?;
    let before = reviewed.decisions().len();
    reviewed.decide(store, &decisions)?;
    let new = reviewed.decisions().len() - before;
    out.talk(format_args!("{} from `{}`", super::reports::count(new, "new decision", "new decisions"), file.display()));
    Ok(())
}

/// Makes sure that corrections and merges break no rule; what they would break is told, and nothing of them stored.
fn tried(reviewed: &Reviewed, store: &dyn Store, decisions: &[Decision], out: &mut Output) -> anyhow::Result<()> {
    let broken = reviewed.trial(store, decisions)?;
    if broken.is_empty() {
        return Ok(());
    }
    for (report, violation) in &broken {
        out.diagnostic(report, &Diagnostic::new(violation.severity, "failed-check", violation.to_string()));
    }
    let rules = super::reports::count(broken.len(), "rule", "rules");
    let hint = if decisions.iter().any(|decision| decision.verdict == Verdict::Merge) {
        "merge things of one kind; where a report was misread, reject or correct the claim"
    } else {
        "give a subject, a property and a value that fit together; `flg show flg:fundedBy` says what a property takes"
    };
    anyhow::bail!("this breaks {rules}, so that nothing was decided\nhint: {hint}")
}
