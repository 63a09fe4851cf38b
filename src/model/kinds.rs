//! What terms there are beside what they spell: kinds by number, so that languages and datatypes are kept once.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{BlankNodeRef, LiteralRef, NamedNodeRef, TermRef};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher as _;

/// All that a term is beside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind<S> {
    /// An IRI.
    Iri,
    /// A blank node.
    Blank,
    /// A text without a language.
    Plain,
    /// With this language.
    Tagged(S),
    /// Of the datatype with this IRI.
    Typed(S),
}

/// The places of the kinds that are always there.
pub(super) const IRI: u32 = 0;
pub(super) const BLANK: u32 = 1;
pub(super) const PLAIN: u32 = 2;

/// Kinds, each kept once, by the number of its place.
#[derive(Clone, Debug)]
pub(super) struct Kinds {
    all: Vec<Kind<String>>,
    /// The places of those of languages and of datatypes.
    tagged: FxHashMap<String, u32>,
    typed: FxHashMap<String, u32>,
    /// The hash of what each has, which goes into that of its terms.
    seeds: Vec<u32>,
}

impl Default for Kinds {
    fn default() -> Self {
        Self {
            all: vec![Kind::Iri, Kind::Blank, Kind::Plain],
            tagged: FxHashMap::default(),
            typed: FxHashMap::default(),
            seeds: vec![IRI, BLANK, PLAIN],
        }
    }
}

impl Kinds {
    /// The kind of a place.
    pub(super) fn get(&self, place: u32) -> Option<Kind<&str>> {
        self.all.get(place as usize).map(|kind| kind.map(String::as_str))
    }

    /// The term of the kind of a place that spells something.
    pub(super) fn term<'t>(&'t self, text: &'t str, place: u32) -> TermRef<'t> {
        match &self.all[place as usize] {
            Kind::Iri => NamedNodeRef::new_unchecked(text).into(),
            Kind::Blank => BlankNodeRef::new_unchecked(text).into(),
            Kind::Plain => LiteralRef::new_simple_literal(text).into(),
            Kind::Tagged(language) => LiteralRef::new_language_tagged_literal_unchecked(text, language).into(),
            Kind::Typed(datatype) => LiteralRef::new_typed_literal(text, NamedNodeRef::new_unchecked(datatype)).into(),
        }
    }

    /// The place of a kind, if it is kept.
    pub(super) fn place(&self, kind: &Kind<&str>) -> Option<u32> {
        match kind {
            Kind::Iri => Some(IRI),
            Kind::Blank => Some(BLANK),
            Kind::Plain => Some(PLAIN),
            Kind::Tagged(language) => self.tagged.get(*language).copied(),
            Kind::Typed(datatype) => self.typed.get(*datatype).copied(),
        }
    }

    /// The places of these kinds among others.
    pub(super) fn among<'k>(&'k self, others: &'k Self) -> impl Iterator<Item = Option<u32>> + 'k {
        self.all.iter().map(|kind| others.place(&kind.map(String::as_str)))
    }

    /// The place of a kind, which is kept if it is new.
    pub(super) fn add(&mut self, kind: &Kind<&str>) -> u32 {
        self.place(kind).unwrap_or_else(|| {
            let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
            let seed = match kind {
                Kind::Tagged(language) => {
                    self.tagged.insert((*language).to_owned(), place);
                    hash(language, 0)
                }
                Kind::Typed(datatype) => {
                    self.typed.insert((*datatype).to_owned(), place);
                    hash(datatype, 0)
                }
                Kind::Iri | Kind::Blank | Kind::Plain => place,
            };
            self.all.push(kind.map(|text| (*text).to_owned()));
            self.seeds.push(seed);
            place
        })
    }

    /// The hash of a term of the kind of a place, the same among any terms.
    pub(super) fn hash(&self, text: &str, place: u32) -> u32 {
        hash(text, self.seeds[place as usize])
    }
}

impl<S> Kind<S> {
    /// The same with its text in another form.
    fn map<'s, T>(&'s self, text: impl FnOnce(&'s S) -> T) -> Kind<T> {
        match self {
            Self::Iri => Kind::Iri,
            Self::Blank => Kind::Blank,
            Self::Plain => Kind::Plain,
            Self::Tagged(language) => Kind::Tagged(text(language)),
            Self::Typed(datatype) => Kind::Typed(text(datatype)),
        }
    }
}

/// What a term spells, and all else that it is.
pub(super) fn parts(term: TermRef<'_>) -> (&str, Kind<&str>) {
    match term {
        TermRef::NamedNode(iri) => (iri.as_str(), Kind::Iri),
        TermRef::BlankNode(node) => (node.as_str(), Kind::Blank),
        TermRef::Literal(literal) => {
            let kind = match literal.language() {
                Some(language) => Kind::Tagged(language),
                None if literal.datatype() == xsd::STRING => Kind::Plain,
                None => Kind::Typed(literal.datatype().as_str()),
            };
            (literal.value(), kind)
        }
    }
}

fn hash(text: &str, seed: u32) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write_u32(seed);
    hasher.write(text.as_bytes());
    u32::try_from(hasher.finish() & u64::from(u32::MAX)).unwrap_or_default()
}
