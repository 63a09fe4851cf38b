//! What a conversion is not sure of: claims whose rule gives them little confidence.

use super::Conversion;
use crate::model::document::Document;
use crate::model::vocab::{compact, flg, oa, rdf};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use rustc_hash::FxHashMap;

/// A claim that its rule is not sure of.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Uncertain {
    /// What it is about, in the short form: `id:programme/senderos`.
    pub subject: String,
    /// The property, in the short form.
    pub property: String,
    /// The value: a resource in the short form, or a text.
    pub object: String,
    /// How sure the rule is.
    pub confidence: f32,
    /// The rule.
    pub method: String,
    /// The words that it was read from.
    pub quote: String,
    /// The line of the source in which they begin, from 1.
    pub line: Option<usize>,
}

impl Conversion {
    /// The claims below a confidence, in the order of their places in `document`, which was converted.
    pub fn uncertain(&self, below: f32, document: &Document) -> Vec<Uncertain> {
        let mut said: FxHashMap<NamedOrBlankNodeRef<'_>, Vec<(NamedNodeRef<'_>, TermRef<'_>)>> = FxHashMap::default();
        for quad in self.statements.iter() {
            said.entry(quad.subject).or_default().push((quad.predicate, quad.object));
        }
        let of = |node: NamedOrBlankNodeRef<'_>, property: NamedNodeRef<'_>| {
            said.get(&node).into_iter().flatten().filter(move |(p, _)| *p == property).map(|(_, term)| *term).collect::<Vec<_>>()
        };
        let text =
            |node: NamedOrBlankNodeRef<'_>, property| of(node, property).first().map(|term| text(*term)).unwrap_or_default();
        let doubtful = self.statements.iter().filter(|quad| quad.predicate == flg::CONFIDENCE);
        let mut found: Vec<(usize, Uncertain)> = doubtful
            .filter_map(|quad| {
                let claim = quad.subject;
                let confidence = self::text(quad.object).parse().ok().filter(|sure| *sure < below)?;
                let selectors: Vec<NamedOrBlankNodeRef<'_>> = of(claim, oa::HAS_SELECTOR).into_iter().filter_map(node).collect();
                let selected =
                    |property| selectors.iter().map(|s| text(*s, property)).find(|t| !t.is_empty()).unwrap_or_default();
                let start = selected(oa::START).parse::<usize>().ok();
                let byte = start.and_then(|start| document.text.char_indices().nth(start)).map(|(byte, _)| byte);
                let uncertain = Uncertain {
                    subject: text(claim, rdf::SUBJECT),
                    property: text(claim, rdf::PREDICATE),
                    object: text(claim, rdf::OBJECT),
                    confidence,
                    method: text(claim, flg::METHOD),
                    quote: selected(oa::EXACT),
                    line: byte.map(|byte| document.line(byte)),
                };
                Some((start.unwrap_or(usize::MAX), uncertain))
            })
            .collect();
        found.sort_by(|(a, x), (b, y)| (a, &x.subject, &x.property, &x.object).cmp(&(b, &y.subject, &y.property, &y.object)));
        found.into_iter().map(|(_, uncertain)| uncertain).collect()
    }
}

fn text(term: TermRef<'_>) -> String {
    match term {
        TermRef::NamedNode(iri) => compact(iri),
        TermRef::Literal(literal) => literal.value().to_owned(),
        TermRef::BlankNode(node) => node.to_string(),
    }
}

fn node(term: TermRef<'_>) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        TermRef::NamedNode(iri) => Some(iri.into()),
        TermRef::BlankNode(node) => Some(node.into()),
        TermRef::Literal(_) => None,
    }
}
