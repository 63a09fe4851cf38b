//! `flg diff`: what is new, gone and changed between two reports, files or releases.

use super::Status;
use super::output::{Output, visible};
use super::places::places;
use super::show::of_environment;
use crate::config::Config;
use crate::convert::Converter;
use crate::diff::{self, Change, Kind, Side, Single, Stated};
use crate::facts::labels::{named, shown};
use crate::facts::texts::{LANGUAGES, filled, known, text};
use crate::facts::{names_of, terms};
use crate::graph::parse::{self, syntax_of};
use crate::graph::serialise::{Syntax, write_quads};
use crate::model::vocab::{compact, graph as graphs};
use crate::store::{self, Access, Pattern, Store};
use clap::builder::PossibleValuesParser;
use oxigraph::model::{NamedNode, Quad, Term};
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  flg diff mex-2021-p029 mex-2023-p029       two reports of the store, by their identifiers
  flg diff old.txt new.txt                   two files, converted but not stored
  flg diff mex-2021-p029 corrected.txt       a report of the store and a file
  flg diff release-1.nq release-2.nq         two graphs: files of N-Quads, TriG, Turtle, JSON-LD and the like
  flg diff a.txt b.txt --lang es             in Spanish
  flg diff a.txt b.txt --format ttl          as RDF: change sets of http://purl.org/vocab/changeset/schema#
  flg diff a.txt b.txt --json | jq '.changes[] | select(.kind == \"emptied\")'

Answers are compared by their questions, facts by subject, property and value. A property that has one value at most has changed
where each side gives another; of others, one value is gone and another new.";

/// Tell what is new, gone and changed between two reports, files or releases
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The first version: a report of the store, the file of a report, or an RDF file
    #[arg(value_name = "A")]
    before: String,
    /// The second version
    #[arg(value_name = "B")]
    after: String,
    /// The language of the words [default: that of the environment, else English]
    #[arg(long, value_name = "LANGUAGE", value_parser = PossibleValuesParser::new(LANGUAGES.iter().map(|(code, _)| *code)))]
    lang: Option<String>,
    /// Give the differences as RDF
    #[arg(long, short, value_name = "FORM", conflicts_with = "json",
        value_parser = PossibleValuesParser::new(Syntax::ALL.iter().map(|syntax| syntax.name())))]
    format: Option<String>,
    /// Give the differences as JSON
    #[arg(long)]
    json: bool,
}

/// Compares.
///
/// # Errors
/// If one of the two is neither in the store nor a file that can be read.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let lang = args.lang.as_deref().and_then(known).unwrap_or_else(|| of_environment(|name| std::env::var(name).ok()));
    let mut sources = Sources { config, store: None, converter: None };
    let mut before = sources.side(&args.before)?;
    let mut after = sources.side(&args.after)?;
    Side::align(&mut before, &mut after);
    let changes = diff::compare(&before, &after, &Single::load());
    let words = Words { before: &before, after: &after, store: sources.store.as_deref(), lang };
    if let Some(syntax) = args.format.as_deref().and_then(Syntax::from_name) {
        write_quads(diff::quads(&changes, |change| words.sentence(change), lang), syntax, out.data())?;
    } else if args.json {
        let all: Vec<_> = changes.iter().map(|change| words.json(change)).collect();
        out.json(&serde_json::json!({ "before": args.before, "after": args.after, "changes": all }))?;
    } else {
        write(&changes, &words, out)?;
    }
    Ok(Status::Success)
}

/// Where versions are read from; store and knowledge are loaded when they are needed.
struct Sources<'a> {
    config: &'a Config,
    store: Option<Box<dyn Store>>,
    converter: Option<Converter>,
}

impl Sources<'_> {
    fn side(&mut self, name: &str) -> anyhow::Result<Side> {
        let path = Path::new(name);
        let is_place = path.exists() || name.contains("://") || name == "-";
        if !is_place && !name.contains(['/', '.']) {
            return Ok(Side::new(self.stored(name)?));
        }
        if let Some(syntax) = syntax_of(path).filter(|_| !name.contains("://")) {
            return Ok(Side::new(parse::file(path, syntax)?));
        }
        let document = match places(&[path.to_owned()]).as_slice() {
            [place] => place.read(self.config)?,
            _ => anyhow::bail!("`{name}` holds several reports\nhint: name one of them"),
        };
        let converter = match self.converter.take() {
            Some(converter) => converter,
            None => Converter::load()?,
        };
        let conversion = self.converter.insert(converter).convert(&document)?;
        Ok(Side::new(conversion.quads()))
    }

    fn stored(&mut self, report: &str) -> anyhow::Result<Vec<Quad>> {
        let store = match self.store.take() {
            Some(store) => store,
            None => store::open(self.config, Access::Read)?,
        };
        let store = self.store.insert(store);
        let mut quads = Vec::new();
        for graph in crate::graph::graphs(report) {
            quads.extend(store.quads(Pattern { graph: Some(&graph), ..Pattern::default() })?);
        }
        if quads.is_empty() {
            let source = graphs::source("");
            let there: Vec<String> = store
                .graphs()?
                .iter()
                .filter_map(|g| g.as_str().strip_prefix(source.as_str()))
                .map(|id| format!("`{id}`"))
                .collect();
            let hint =
                if there.is_empty() { "add reports with `flg add`".to_owned() } else { format!("it has {}", there.join(", ")) };
            anyhow::bail!("`{report}` is neither a file nor a report of the store `{}`\nhint: {hint}", self.config.store);
        }
        Ok(quads)
    }
}

/// Differences in words.
struct Words<'a> {
    before: &'a Side,
    after: &'a Side,
    store: Option<&'a dyn Store>,
    lang: &'a str,
}

impl Words<'_> {
    fn labels(&self, iri: &NamedNode) -> Vec<crate::facts::labels::Label> {
        let labels = [self.after.labels(iri), self.before.labels(iri)].concat();
        match self.store.filter(|_| labels.is_empty()) {
            Some(store) => names_of::<dyn Store>(store, iri).unwrap_or_default(),
            None => labels,
        }
    }

    fn value(&self, stated: &Stated) -> String {
        let labels = if let Term::NamedNode(iri) = &stated.value { self.labels(iri) } else { Vec::new() };
        shown(&stated.value, &labels, self.lang).0.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What is different, in one sentence.
    fn sentence(&self, change: &Change) -> String {
        let of = |stated: &Option<Stated>| stated.as_ref().map(|stated| self.value(stated)).unwrap_or_default();
        let kind = match change.kind {
            Kind::New => "new",
            Kind::Gone => "gone",
            Kind::Changed => "changed",
            Kind::Emptied => "emptied",
            Kind::Filled => "filled",
        };
        let (before, after) = excerpts(&of(&change.before), &of(&change.after));
        let mut values = vec![("before", before), ("after", after)];
        if let Some((number, question)) = &change.question {
            let words =
                question.strip_prefix(number.as_str()).map_or(question.as_str(), |rest| rest.trim_start_matches(['.', ' ']));
            values.extend([("number", number.clone()), ("question", words.to_owned())]);
            return filled(&format!("diff.answer.{kind}"), self.lang, &values);
        }
        let subject = change.subject().map(|iri| named(iri, &self.labels(iri), self.lang).0).unwrap_or_default();
        values.extend([("subject", subject), ("property", terms::label(change.property.as_ref(), self.lang))]);
        filled(&format!("diff.fact.{kind}"), self.lang, &values)
    }

    fn json(&self, change: &Change) -> serde_json::Value {
        let side = |stated: &Option<Stated>| {
            stated.as_ref().map(|stated| {
                serde_json::json!({ "subject": compact(stated.subject.as_ref()), "value": diff::plain(&stated.value),
                    "text": self.value(stated), "quotes": stated.quotes })
            })
        };
        serde_json::json!({
            "kind": change.kind,
            "about": change.subject().map(|iri| compact(iri.as_ref())),
            "property": compact(change.property.as_ref()),
            "question": change.question.as_ref().map(|(number, _)| number),
            "before": side(&change.before),
            "after": side(&change.after),
            "text": self.sentence(change),
        })
    }
}

fn write(changes: &[Change], words: &Words<'_>, out: &mut Output) -> std::io::Result<()> {
    let (style, lang) = (out.style, words.lang);
    if changes.is_empty() {
        return out.line(text("diff.nothing", lang));
    }
    let (answers, facts): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.question.is_some());
    let (renumbered, answers): (Vec<&Change>, Vec<&Change>) = answers.into_iter().partition(|change| change.is_renumbered());
    for (heading, part) in [("diff.facts", facts), ("diff.answers", answers)] {
        if part.is_empty() {
            continue;
        }
        out.line(style.strong(format_args!("{} ({})", text(heading, lang), part.len())))?;
        for change in part {
            let sign = match change.kind {
                Kind::New | Kind::Filled => style.good("+"),
                Kind::Gone | Kind::Emptied => style.error("-"),
                Kind::Changed => style.warning("~"),
            };
            out.line(format_args!("{sign} {}", visible(&words.sentence(change))))?;
            for (sign, stated) in [("-", &change.before), ("+", &change.after)] {
                for quote in stated.iter().flat_map(|stated| &stated.quotes) {
                    let page = quote.page.as_ref().map(|page| format!(", {} {page}", text("evidence.page", lang).to_lowercase()));
                    out.line(format_args!("    {sign} “{}”", visible(&quote.text)))?;
                    out.line(format_args!(
                        "      {}",
                        style.faint(visible(&format!("{}{}", quote.place, page.unwrap_or_default())))
                    ))?;
                }
            }
        }
        out.line("")?;
    }
    if !renumbered.is_empty() {
        let numbers = renumbered.iter().filter_map(|change| change.question.as_ref()).map(|(number, _)| number.clone());
        let values = [("n", renumbered.len().to_string()), ("numbers", numbers.collect::<Vec<_>>().join(", "))];
        out.line(visible(&filled("diff.renumbered", lang, &values)))?;
    }
    Ok(())
}

/// So many words around a difference are shown of a long text, and so many of one that has no counterpart.
const AROUND: usize = 8;
const LONGEST: usize = 40;

/// Two texts, or what differs in them with a few words around it, if they are long.
fn excerpts(before: &str, after: &str) -> (String, String) {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), after.split(' ').collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let cut = |words: &[&str]| {
        if words.len() <= LONGEST {
            return words.join(" ");
        }
        let first = same.saturating_sub(AROUND);
        let last = words.len().min((words.len() - rest + AROUND).min(first + 2 * LONGEST));
        let (begin, end) = (if first > 0 { "… " } else { "" }, if last < words.len() { " …" } else { "" });
        format!("{begin}{}{end}", words[first..last].join(" "))
    };
    (cut(&old), cut(&new))
}
