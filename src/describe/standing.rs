//! Whether the graph speaks of a thing, or of another in its place, or not any more.

use super::Reader;
use crate::facts::{iri, label};
use crate::model::vocab::BASE;
use oxigraph::model::NamedNode;

const EXISTS: &str = include_str!("queries/exists.rq");
const TAKEN_FOR: &str = include_str!("queries/taken-for.rq");
const REJECTED: &str = include_str!("queries/rejected.rq");

/// How the graph stands to an IRI.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// It speaks of it.
    Here,
    /// It was found to be the same as this, and is spoken of there.
    Kept(NamedNode),
    /// A person decided that there is no such thing.
    Rejected(Rejection),
    /// Nothing is said of it or with it.
    Unknown,
}

/// A decision that there is no such thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejection {
    /// The decision.
    pub decision: NamedNode,
    /// When it was made, as `xsd:dateTime`.
    pub when: String,
    /// Who made it.
    pub by: String,
    /// Why, if that was said.
    pub why: Option<String>,
}

/// How the graph stands to `this`.
///
/// # Errors
/// As [`Reader::each`].
pub fn standing<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Standing, R::Error> {
    if let Some(kept) = kept(graph, this)? {
        return Ok(Standing::Kept(kept));
    }
    if let Some(rejection) = rejection(graph, this)? {
        return Ok(Standing::Rejected(rejection));
    }
    let documents = ["ontology", "dataset"].map(|name| format!("{BASE}{name}"));
    let known =
        documents.iter().any(|iri| this.as_str() == iri) || !graph.rows(EXISTS, &[("this", this.clone().into())])?.is_empty();
    Ok(if known { Standing::Here } else { Standing::Unknown })
}

/// What a thing was found to be the same as, if it is spoken of there instead; where that was taken for another itself, the last.
fn kept<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Option<NamedNode>, R::Error> {
    /// Longer chains are circles.
    const LONGEST: usize = 8;
    let mut last = None;
    for _ in 0..LONGEST {
        let from = last.as_ref().unwrap_or(this);
        let rows = graph.rows(TAKEN_FOR, &[("this", from.clone().into())])?;
        match rows.first().and_then(|row| iri(row, "kept")).filter(|kept| *kept != this) {
            Some(kept) => last = Some(kept.clone()),
            None => break,
        }
    }
    Ok(last)
}

fn rejection<R: Reader + ?Sized>(graph: &R, this: &NamedNode) -> Result<Option<Rejection>, R::Error> {
    // A decision names the reports that it has seen as well, and none of those is what it is about.
    if this.as_str().strip_prefix(BASE).is_none_or(|path| path.starts_with("id/report/")) {
        return Ok(None);
    }
    let rows = graph.rows(REJECTED, &[("this", this.clone().into())])?;
    let text = |row: &super::Row, name: &str| label(row, name).map(|(_, text)| text);
    Ok(rows.first().and_then(|row| {
        let (decision, when, by) = (iri(row, "decision")?.clone(), text(row, "when")?, text(row, "by")?);
        Some(Rejection { decision, when, by, why: text(row, "why") })
    }))
}
