//! What is new, gone and changed between two versions: of a report, of two reports of a kind, or of two whole graphs.
//!
//! Facts are compared by subject, property and value. Where the shapes allow a property one value only and each side gives one,
//! a fact has changed, and so has a text that was put in other words; otherwise one is gone and another new. Answers are compared by
//! their questions, rows of tables by their headings and words, because rows move. When each side is one
//! report, what the two have in the same place (their answers, meetings, needs) is compared, although its IRI names the report.

mod disagree;
mod pairs;
mod rdf;
mod side;
mod words;

pub use disagree::{Given, by_value, disagreement};
pub use rdf::quads;
pub use side::{Answer, Quote, Side};
pub use words::{Line, Words};

use crate::knowledge::files;
use crate::model::vocab::{compact, flg};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};
use side::Fact;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

/// What happened to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Only the second version says it.
    New,
    /// Only the first version says it.
    Gone,
    /// The two say different things, and one can be true.
    Changed,
    /// The question was answered, and is not any more.
    Emptied,
    /// The question was not answered, and is now.
    Filled,
}

impl Kind {
    /// How it is marked in a list.
    pub fn sign(self) -> &'static str {
        match self {
            Self::New | Self::Filled => "+",
            Self::Gone | Self::Emptied => "-",
            Self::Changed => "~",
        }
    }
}

/// A value with the words that state it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// The subject, as this version names it.
    pub subject: NamedNode,
    /// The value.
    pub value: Term,
    /// The words.
    pub quotes: Vec<Quote>,
}

/// A difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// The property that has other values; `flg:text` for an answer.
    pub property: NamedNode,
    /// The question, for an answer: its number and its words.
    pub question: Option<(String, String)>,
    /// What the first version says.
    pub before: Option<Stated>,
    /// What the second version says.
    pub after: Option<Stated>,
}

impl Change {
    /// Whether an answer has changed in nothing but numbers in brackets, which are citations as a rule.
    pub fn is_renumbered(&self) -> bool {
        let (Some(before), Some(after), true) = (&self.before, &self.after, self.question.is_some()) else { return false };
        let bare = |stated: &Stated| pairs::without_numbers(&side::words(&stated.value));
        bare(before) == bare(after)
    }

    /// What it is about, as the newer version that has it names it.
    pub fn subject(&self) -> Option<&NamedNode> {
        self.after.as_ref().or(self.before.as_ref()).map(|stated| &stated.subject)
    }
}

/// The differences: answers first, in the order of their questions, then facts by subject, property and value.
pub fn compare(before: &Side, after: &Side, single: &Single) -> Vec<Change> {
    let mut changes = answers(before, after);
    changes.extend(facts(before, after, single));
    changes
}

fn answers(before: &Side, after: &Side) -> Vec<Change> {
    let (old, new) = (before.answers(), after.answers());
    let text = |answer: &Answer| Stated { subject: answer.iri.clone(), value: answer.text.clone(), quotes: Vec::new() };
    let mut found: Vec<(usize, Change)> = Vec::new();
    for (was, is) in pairs::answers(&old, &new) {
        let empty = |answer: &Answer| side::words(&answer.text).is_empty();
        let kind = match (was, is) {
            (Some(was), Some(is)) if side::words(&was.text) == side::words(&is.text) => continue,
            (Some(was), Some(_)) if empty(was) => Kind::Filled,
            (Some(_), Some(is)) if empty(is) => Kind::Emptied,
            (Some(_), Some(_)) => Kind::Changed,
            (None, _) => Kind::New,
            (_, None) => Kind::Gone,
        };
        let Some(any) = is.or(was) else { continue };
        let change = Change {
            kind,
            property: flg::TEXT.into_owned(),
            question: Some((any.number.clone(), any.question.clone())),
            before: was.map(text),
            after: is.map(text),
        };
        found.push((any.position, change));
    }
    found.sort_by(|(a, x), (b, y)| (a, &x.question).cmp(&(b, &y.question)));
    found.into_iter().map(|(_, change)| change).collect()
}

/// The values of a property of a subject, by what makes them the same on both sides.
type Values<'a> = BTreeMap<String, &'a Fact>;

fn facts(before: &Side, after: &Side, single: &Single) -> Vec<Change> {
    let (old, new) = (before.facts(), after.facts());
    let mut changes = Vec::new();
    let none = Values::new();
    let keys: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let (was, is) = (old.get(key).unwrap_or(&none), new.get(key).unwrap_or(&none));
        let gone: Vec<&Fact> = was.iter().filter(|(value, _)| !is.contains_key(*value)).map(|(_, fact)| *fact).collect();
        let added: Vec<&Fact> = is.iter().filter(|(value, _)| !was.contains_key(*value)).map(|(_, fact)| *fact).collect();
        match (gone.as_slice(), added.as_slice()) {
            ([one], [other]) if was.len() == 1 && is.len() == 1 && single.is(&one.property) => {
                changes.push(change(Kind::Changed, Some(one), Some(other)));
            }
            _ => {
                // A text that was put in other words has changed.
                let values = |facts: &[&'_ Fact]| facts.iter().map(|fact| fact.value.clone()).collect::<Vec<_>>();
                let (were, are) = (values(&gone), values(&added));
                let reworded = pairs::texts(&were.iter().collect::<Vec<_>>(), &are.iter().collect::<Vec<_>>());
                changes
                    .extend(reworded.iter().map(|(a, b)| change(Kind::Changed, gone.get(*a).copied(), added.get(*b).copied())));
                let (olds, news): (BTreeSet<usize>, BTreeSet<usize>) = reworded.into_iter().unzip();
                let rest = |facts: Vec<&'_ Fact>, taken: BTreeSet<usize>, kind: Kind| -> Vec<Change> {
                    let left = facts.into_iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, fact)| fact);
                    left.map(
                        |fact| if kind == Kind::Gone { change(kind, Some(fact), None) } else { change(kind, None, Some(fact)) },
                    )
                    .collect()
                };
                changes.extend(rest(gone, olds, Kind::Gone));
                changes.extend(rest(added, news, Kind::New));
            }
        }
    }
    changes
}

fn change(kind: Kind, before: Option<&Fact>, after: Option<&Fact>) -> Change {
    let stated = |fact: &Fact| Stated { subject: fact.subject.clone(), value: fact.value.clone(), quotes: fact.quotes.clone() };
    let property = after.or(before).map_or_else(|| flg::TEXT.into_owned(), |fact| fact.property.clone());
    Change { kind, property, question: None, before: before.map(stated), after: after.map(stated) }
}

/// The namespace of SHACL.
const SH: &str = "http://www.w3.org/ns/shacl#";

/// The properties that have one value at most: those for which a shape says so (`sh:maxCount 1`).
#[derive(Clone, Debug, Default)]
pub struct Single(HashSet<NamedNode>);

impl Single {
    /// Those of `ontology/shapes.ttl`. Files of the program are well formed; a test reads them all.
    pub fn load() -> Self {
        let mut quads: Vec<Quad> = Vec::new();
        for (_, bytes) in files::ontology("shapes.ttl") {
            quads.extend(RdfParser::from_format(RdfFormat::Turtle).for_slice(&bytes).filter_map(Result::ok));
        }
        let is = |quad: &Quad, local: &str| quad.predicate.as_str().strip_prefix(SH) == Some(local);
        let one = |quad: &&Quad| is(quad, "maxCount") && matches!(&quad.object, Term::Literal(n) if n.value() == "1");
        let shapes: HashSet<_> = quads.iter().filter(one).map(|quad| &quad.subject).collect();
        let paths = quads.iter().filter(|quad| is(quad, "path") && shapes.contains(&quad.subject));
        Self(paths.filter_map(|quad| if let Term::NamedNode(path) = &quad.object { Some(path.clone()) } else { None }).collect())
    }
    /// The same, made once.
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Single> = LazyLock::new(Single::load);
        &SHARED
    }
    /// Whether a property has one value at most.
    pub fn is(&self, property: &NamedNode) -> bool {
        self.0.contains(property)
    }
}

/// A term without the language and type that it is written with: the short form of an IRI, or the text.
pub fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(iri) => compact(iri.as_ref()),
        Term::Literal(text) => text.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

/// Whether a property gives a name; names come with the facts that use them, and are no facts to compare.
fn is_name(property: NamedNodeRef<'_>) -> bool {
    use crate::model::vocab::skos;
    [skos::PREF_LABEL, skos::ALT_LABEL, flg::ACRONYM].contains(&property)
}
