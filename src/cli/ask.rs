//! `flg ask`: a question in plain words, answered with the words of reports.

use super::Status;
use super::output::Output;
use super::show::of_environment;
use crate::ask::{self, Answer, Asker, Vocabulary, words};
use crate::config::Config;
use crate::store::{self, Access, Limits};
use clap::builder::PossibleValuesParser;

const EXAMPLES: &str = "\
Examples:
  flg ask 'Which projects target agriculture?'
  flg ask '¿Qué sindicatos comentaron la memoria de México?'
  flg ask \"Quels pays n'ont pas ratifié le Protocole de 2014 ?\"
  flg ask 'Who funds SENDEROS?' --explain          with what each word was taken for, and the query
  flg ask 'Who leads id:organization/mex-citi?'    where a name is that of several
  flg ask 'How many unions were consulted?' --json | jq '.answers[0].value'

Exit codes: 0 answered; 3 a name is that of several; 4 words that were not understood; 5 a name that is not known; 6 the graph
holds nothing that answers it; 7 the report itself says that there is none; 1 failure, 2 wrong usage.";

/// Ask a question in plain English, Spanish or French, and see the words of the reports that answer it
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The question
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
    /// Show what each word was taken for, and the query
    #[arg(long)]
    explain: bool,
    /// Give all of it as JSON
    #[arg(long)]
    json: bool,
    /// The language of the question [default: the one that its words are of]
    #[arg(long, value_name = "LANGUAGE", value_parser = PossibleValuesParser::new(words::LANGUAGES))]
    lang: Option<String>,
}

/// Answers a question.
///
/// # Errors
/// If there is no store, or it fails.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let store = store::open(config, Access::Read)?;
    if store.is_empty()? {
        anyhow::bail!("the store `{}` is empty\nhint: fill it with `flg build`", config.store);
    }
    let vocabulary = Vocabulary::read(store.as_ref())?;
    let limits = Limits { time: Some(config.query_timeout), ..Limits::default() };
    let asker = Asker { store: store.as_ref(), vocabulary: &vocabulary, limits };
    let otherwise = of_environment(|name| std::env::var(name).ok());
    let answer = asker.ask(&args.question.join(" "), args.lang.as_deref(), otherwise)?;
    if args.json {
        out.json(&answer)?;
    } else {
        write(&answer, args.explain, out)?;
    }
    Ok(match answer.status {
        ask::Status::Answered => Status::Success,
        ask::Status::Ambiguous => Status::Code(3),
        ask::Status::WordsNotUnderstood => Status::Code(4),
        ask::Status::NameNotKnown => Status::Code(5),
        ask::Status::NothingInGraph => Status::Code(6),
        ask::Status::ReportSaysNone => Status::Code(7),
    })
}

/// So many quotes are shown for a row.
const QUOTES: usize = 3;

fn write(answer: &Answer, explain: bool, out: &mut Output) -> std::io::Result<()> {
    let style = out.style;
    out.line(style.strong(&answer.sentence))?;
    if explain {
        out.line("")?;
        for read in &answer.reading {
            let iri = read.iri.as_deref().map(|iri| format!(" <{iri}>")).unwrap_or_default();
            out.line(format_args!("{} → {}{}", read.text, read.meaning, style.faint(iri)))?;
        }
        if let Some(query) = &answer.query {
            out.line("")?;
            out.line(query)?;
        }
    }
    for row in &answer.answers {
        out.line("")?;
        let value = row.value.as_ref().filter(|_| row.iri.is_some()).map(|value| match value {
            serde_json::Value::String(text) => format!(": {text}"),
            other => format!(": {other}"),
        });
        let iri = row.iri.as_deref().map(|iri| format!("  {iri}")).unwrap_or_default();
        out.line(format_args!("{}{}{}", row.label, value.unwrap_or_default(), style.faint(iri)))?;
        for evidence in row.evidence.iter().take(QUOTES) {
            let question = evidence.question.as_ref().map(|question| format!(", {question}")).unwrap_or_default();
            let page = evidence.page.map(|page| format!(", p. {page}")).unwrap_or_default();
            out.line(style.faint(format_args!("  “{}” ({}{question}{page})", evidence.quote, evidence.report)))?;
        }
        if row.evidence.len() > QUOTES {
            out.line(style.faint(format_args!("  + {}", row.evidence.len() - QUOTES)))?;
        }
    }
    if !answer.suggestions.is_empty() {
        out.line("")?;
        for suggestion in &answer.suggestions {
            out.line(format_args!("- {suggestion}"))?;
        }
    }
    Ok(())
}
