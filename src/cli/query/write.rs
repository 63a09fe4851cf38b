//! An answer in the form that was asked for.

use super::{Format, table};
use crate::cli::output::Output;
use crate::facts::terms;
use crate::graph::serialise::{Syntax, write_triples};
use crate::model::lang::Lang;
use crate::model::vocab::compact;
use crate::queries::run::{self, Answer};
use crate::store::Table;
use anyhow::bail;
use oxigraph::model::Term;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

/// Writes an answer.
pub(super) fn write(answer: &Answer, format: Format, lang: &Lang, out: &mut Output) -> anyhow::Result<()> {
    let results = match format {
        Format::Csv => Some(QueryResultsFormat::Csv),
        Format::Tsv => Some(QueryResultsFormat::Tsv),
        Format::Json => Some(QueryResultsFormat::Json),
        Format::Xml => Some(QueryResultsFormat::Xml),
        Format::Table | Format::Ttl | Format::Nt => None,
    };
    match (answer, format, results) {
        (Answer::Graph(triples), Format::Table | Format::Ttl, _) => {
            write_triples(triples.iter().cloned(), Syntax::Turtle, out.data())?;
        }
        (Answer::Graph(triples), Format::Nt, _) => write_triples(triples.iter().cloned(), Syntax::NTriples, out.data())?,
        (Answer::Graph(_), _, _) => bail!("the answer is a graph, which has no rows\nhint: use `--format ttl` or `--format nt`"),
        (_, Format::Ttl | Format::Nt, _) => {
            bail!("the answer has rows, and is no graph\nhint: use `--format csv`, `tsv`, `json` or `xml`, or ask with CONSTRUCT")
        }
        (Answer::Boolean(value), _, None) => out.line(if *value { "yes" } else { "no" })?,
        (Answer::Boolean(value), _, Some(results)) => {
            QueryResultsSerializer::from_format(results).serialize_boolean_to_writer(out.data(), *value)?;
            end_line(results, out)?;
        }
        (Answer::Rows(table), _, None) => rows_for_people(table, lang, out)?,
        (Answer::Rows(table), _, Some(results)) => {
            let serializer = QueryResultsSerializer::from_format(results);
            let mut writer = serializer.serialize_solutions_to_writer(out.data(), table.variables.clone())?;
            for row in &table.rows {
                let cells = table.variables.iter().zip(row).filter_map(|(v, term)| Some((v.as_ref(), term.as_ref()?.as_ref())));
                writer.serialize(cells)?;
            }
            writer.finish()?;
            end_line(results, out)?;
        }
    }
    Ok(())
}

/// JSON and XML come without the end of their last line.
fn end_line(format: QueryResultsFormat, out: &mut Output) -> std::io::Result<()> {
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) { out.line("") } else { Ok(()) }
}

fn rows_for_people(table: &Table, lang: &Lang, out: &mut Output) -> std::io::Result<()> {
    if table.rows.is_empty() {
        return Ok(());
    }
    let columns = run::shown(table);
    let head: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let cell = |row: &[Option<Term>], column: &run::Column| {
        let at = |at: usize| row.get(at).and_then(Option::as_ref);
        let own = || column.of.and_then(at).map(|term| name(term, lang));
        at(column.at).map(words).or_else(own).unwrap_or_default()
    };
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    for line in table::lines(&head, &rows, table::width(), out.style) {
        out.line(line)?;
    }
    Ok(())
}

/// What a term is called whose label was asked for and is not in the graph: a property of another vocabulary, perhaps.
fn name(term: &Term, lang: &Lang) -> String {
    match term {
        Term::NamedNode(iri) => terms::label(iri.as_ref(), lang.code()),
        _ => words(term),
    }
}

/// A term as people read it.
fn words(term: &Term) -> String {
    match term {
        Term::NamedNode(iri) => compact(iri.as_ref()),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}
