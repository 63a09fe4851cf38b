//! Which entity is meant.

use crate::cli::output::visible;
use crate::facts::labels::named;
use crate::facts::{kinds, names_of, terms};
use crate::model::vocab::compact;
use crate::names::{Meant, Names, Of, iri};
use crate::store::{Pattern, Store, StoreError};
use oxigraph::model::NamedNode;

/// So many close names are offered.
const NEAR: usize = 6;

/// What an argument may mean.
pub(in crate::cli) enum Found {
    One(NamedNode),
    /// Several bear the name.
    Several(Vec<NamedNode>),
    /// Nothing is meant, but these have similar names.
    None(Vec<NamedNode>),
}

/// An entity to choose.
#[derive(serde::Serialize)]
pub(in crate::cli) struct Choice {
    /// The short form of its IRI.
    id: String,
    name: String,
    /// What it is.
    kinds: Vec<String>,
}

/// The entity of an IRI, in full or in short, or else whatever bears the name.
pub(in crate::cli) fn find(graph: &dyn Store, wanted: &str) -> Result<Found, StoreError> {
    let wanted = wanted.trim();
    let names = Names::read(graph)?;
    let near = || names.nearest(Of::Any, wanted, NEAR).into_iter().map(|name| name.entity.clone()).collect();
    if let Some(iri) = iri(wanted) {
        return Ok(if exists(graph, &iri)? { Found::One(iri) } else { Found::None(near()) });
    }
    Ok(match names.meant(Of::Any, wanted) {
        Meant::One(iri) => Found::One(iri),
        Meant::Several(all) => Found::Several(all),
        Meant::Nothing => Found::None(near()),
    })
}

fn exists(graph: &dyn Store, iri: &NamedNode) -> Result<bool, StoreError> {
    let (subject, object) = (iri.clone().into(), iri.clone().into());
    let any = |pattern| Ok::<_, StoreError>(!graph.quads(pattern)?.is_empty());
    Ok(any(Pattern { subject: Some(&subject), ..Pattern::default() })?
        || any(Pattern { object: Some(&object), ..Pattern::default() })?)
}

/// Entities as choices, in their order.
pub(in crate::cli) fn choices(graph: &dyn Store, all: &[NamedNode], lang: &str) -> Result<Vec<Choice>, StoreError> {
    let choice = |iri: &NamedNode| {
        let kinds = kinds(graph, iri)?.iter().map(|kind| terms::label(kind.as_ref(), lang)).collect();
        Ok(Choice { id: compact(iri.as_ref()), name: named(iri, &names_of(graph, iri)?, lang).0, kinds })
    };
    all.iter().map(choice).collect()
}

fn lines(choices: &[Choice]) -> String {
    let width = choices.iter().map(|choice| choice.id.chars().count()).max().unwrap_or(0);
    let line = |choice: &Choice| {
        let kinds = if choice.kinds.is_empty() { String::new() } else { format!(" ({})", choice.kinds.join(", ")) };
        visible(&format!("\n  {:width$}  {}{kinds}", choice.id, choice.name.replace('\n', " ")))
    };
    choices.iter().map(line).collect()
}

/// The error for a name that several bear.
pub(in crate::cli) fn ambiguous(wanted: &str, choices: &[Choice]) -> anyhow::Error {
    let first = choices.first().map(|choice| choice.id.as_str()).unwrap_or_default();
    let number = choices.len();
    anyhow::anyhow!(
        "`{wanted}` is the name of {number} things:{}\nhint: say which, for instance `flg show {first}`",
        lines(choices)
    )
}

/// The error for a name that nothing bears.
pub(in crate::cli) fn unknown(wanted: &str, near: &[Choice]) -> anyhow::Error {
    if near.is_empty() {
        let hint = "search for a part of the name at `flg serve`, or look at the reports with `flg query`";
        return anyhow::anyhow!("the graph knows nothing by the name `{wanted}`\nhint: {hint}");
    }
    let first = near.first().map(|choice| choice.id.as_str()).unwrap_or_default();
    anyhow::anyhow!(
        "the graph knows nothing by the name `{wanted}`; the nearest names are:{}\nhint: did you mean `flg show {first}`?",
        lines(near)
    )
}
