//! `flg search`: what is called so, and what reports say with these words.

use super::Status;
use super::output::Output;
use super::show::of_environment;
use crate::config::Config;
use crate::facts::texts::{LANGUAGES, filled, known, text};
use crate::model::vocab::compact;
use crate::search::told::{Hit, Marked, Said};
use crate::search::{Chosen, Facet, Index, Results, Wanted};
use crate::store::{self, Access};
use clap::builder::PossibleValuesParser;
use oxigraph::model::NamedNode;

const EXAMPLES: &str = "\
Examples:
  flg search SENDEROS                                     by a name or an acronym
  flg search 'trabajadores agricolas'                     other endings of a word are found, and accents do not matter
  flg search sendros                                      a slip of the pen is forgiven where nothing is spelt so
  flg search 'child labour in cocoa' --country gha        narrowed down; facets combine, and may stand more than once
  flg search '\"ley federal del trabajo\"'                  words in quotation marks as they stand, one behind the other
  flg search inspection --json | jq '.facets[] | select(.facet == \"country\")'

The values of facets are those that `--json` lists. Exit codes: 0 something was found; 6 nothing was; 1 failure, 2 wrong usage.";

/// Find what is called so, and what reports say with these words
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The words
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Only this kind of thing: `Programme`, `GovernmentBody`, `sectors`, `Answer`
    #[arg(long, value_name = "CLASS")]
    class: Vec<String>,
    /// Only this country's, or what its reports say: `mex`
    #[arg(long, value_name = "CODE")]
    country: Vec<String>,
    /// Only programmes for this sector: `agriculture`
    #[arg(long, value_name = "SECTOR")]
    sector: Vec<String>,
    /// Only programmes that it funds: `usa-dol`
    #[arg(long, value_name = "FUNDER")]
    funder: Vec<String>,
    /// Only in reports of this year
    #[arg(long, value_name = "YEAR")]
    year: Vec<String>,
    /// Only in reports that it published
    #[arg(long, value_name = "PUBLISHER")]
    source: Vec<String>,
    /// The number of a page of results
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    page: u32,
    /// How many results a page has
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
    /// The language of labels [default: that of the environment, else English]
    #[arg(long, value_name = "LANGUAGE", value_parser = PossibleValuesParser::new(LANGUAGES.iter().map(|(code, _)| *code)))]
    lang: Option<String>,
    /// Give all of it as JSON
    #[arg(long)]
    json: bool,
}

/// Searches the store.
///
/// # Errors
/// If there is no store, or it fails.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let lang = args.lang.as_deref().and_then(known).unwrap_or_else(|| of_environment(|name| std::env::var(name).ok()));
    let store = store::open(config, Access::Read)?;
    if store.is_empty()? {
        anyhow::bail!("the store `{}` is empty\nhint: fill it with `flg build`", config.store);
    }
    let given = [&args.class, &args.country, &args.sector, &args.funder, &args.year, &args.source];
    let chosen: Chosen =
        Facet::ALL.into_iter().zip(given).filter(|(_, values)| !values.is_empty()).map(|(f, v)| (f, v.clone())).collect();
    let index = Index::read(store.as_ref(), store.revision()?.unwrap_or_default())?;
    let [page, per_page] = [args.page, args.limit].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
    let words = args.words.join(" ");
    let results = index.search(&Wanted { text: &words, chosen: &chosen, page, per_page, lang })?;
    if args.json {
        out.json(&results)?;
    } else {
        write(&results, lang, out)?;
    }
    Ok(if results.total > 0 { Status::Success } else { Status::Code(6) })
}

fn write(results: &Results, lang: &str, out: &mut Output) -> std::io::Result<()> {
    for read in &results.read_as {
        out.talk(filled("search.read-as", lang, &[("typed", read.typed.clone()), ("words", read.words.join(", "))]));
    }
    if results.total > 0 && !results.all_words {
        out.talk(text("search.some-words", lang));
    }
    if results.total == 0 {
        out.talk(text("search.none", lang));
        return Ok(());
    }
    for hit in &results.results {
        hit_lines(hit, lang, out)?;
    }
    let number = results.total.to_string();
    let pages = results.pages();
    let page = match pages {
        1 => String::new(),
        _ => format!(" · {}", filled("search.page", lang, &[("page", results.page.to_string()), ("pages", pages.to_string())])),
    };
    out.talk(format_args!("{}{page}", filled("search.found", lang, &[("n", number)])));
    Ok(())
}

fn hit_lines(hit: &Hit, lang: &str, out: &mut Output) -> std::io::Result<()> {
    let style = out.style;
    let id = NamedNode::new(&hit.iri).map_or_else(|_| hit.iri.clone(), |iri| compact(iri.as_ref()));
    let mut about = hit.classes.clone();
    about.extend(hit.report.iter().map(|report| report.label.clone()));
    about.extend(hit.names.iter().map(|name| name.text.clone()));
    out.line(format_args!("{}  {}", style.strong(&hit.title.text), style.faint(format_args!("{} · {id}", about.join(" · ")))))?;
    for said in &hit.passages {
        out.line(format_args!("  “{}”", lit(&said.text, out)))?;
        out.line(style.faint(format_args!("    {}", place(said, (&hit.title.text, hit.report.is_none()), lang))))?;
    }
    if hit.more > 0 {
        out.line(style.faint(format_args!("  {}", filled("search.more", lang, &[("n", hit.more.to_string())]))))?;
    }
    out.line("")
}

/// A text in one line, its marks lit.
fn lit(text: &Marked, out: &Output) -> String {
    let pieces = text.pieces().into_iter().map(|(piece, marked)| {
        let piece = piece.replace('\n', " ");
        if marked { out.style.strong(piece) } else { piece }
    });
    pieces.collect()
}

/// Where words stand, and what they state.
fn place(said: &Said, (title, with_report): (&str, bool), lang: &str) -> String {
    let mut place = Vec::new();
    if with_report {
        place.push(said.report.label.clone());
    }
    if let Some(question) = &said.question {
        place.push(format!("{} {question}", text("evidence.question", lang)));
    }
    if let Some(page) = &said.page {
        place.push(format!("{} {page}", text("evidence.page", lang)));
    }
    let mut parts = vec![place.join(", ")];
    parts.extend(said.states.iter().map(|state| {
        let subject = if state.subject == title { String::new() } else { format!("{} – ", state.subject) };
        format!("{subject}{}: {}", state.property, state.value)
    }));
    parts.join(" · ")
}
