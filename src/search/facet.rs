//! What results are narrowed down by: classes, countries, sectors, funders, years, and who published.

use super::things::{Thing, Things};
use crate::facts::labels::best;
use crate::facts::terms;
use crate::model::vocab::class;
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, HashMap};

/// A way to narrow results down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// What a thing is: a class of the ontology, or the scheme of a concept.
    Class,
    /// The country that it belongs to, or that the report is about.
    Country,
    /// The sector that a programme is for.
    Sector,
    /// Who funds it.
    Funder,
    /// The year that the report is about.
    Year,
    /// Who published the report.
    Source,
}

impl Facet {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Class, Self::Country, Self::Sector, Self::Funder, Self::Year, Self::Source];

    /// Its name in addresses and data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Country => "country",
            Self::Sector => "sector",
            Self::Funder => "funder",
            Self::Year => "year",
            Self::Source => "source",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.name() == name)
    }

    /// Its bit among those of all.
    pub(super) fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// Values that results are narrowed down to; any of those of a facet, and each facet that has some.
pub type Chosen = BTreeMap<Facet, Vec<String>>;

/// The number of a value of a facet.
pub(super) type Value = u32;

/// What a value stands for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    Class(NamedNode),
    Thing(u32),
    Text(String),
}

/// All values of all facets.
#[derive(Default)]
pub(super) struct Values {
    all: Vec<(Facet, String, Meaning)>,
    known: HashMap<(Facet, Meaning), Value>,
}

impl Values {
    /// The value for a resource that is a thing.
    pub(super) fn thing(&mut self, facet: Facet, thing: u32, iri: &NamedNode) -> Value {
        self.add(facet, key(iri), Meaning::Thing(thing))
    }
    /// The value for a class.
    pub(super) fn class(&mut self, iri: &NamedNode) -> Value {
        self.add(Facet::Class, key(iri), Meaning::Class(iri.clone()))
    }
    /// The value for a text.
    pub(super) fn text(&mut self, facet: Facet, text: &str) -> Value {
        self.add(facet, text.to_owned(), Meaning::Text(text.to_owned()))
    }

    fn add(&mut self, facet: Facet, key: String, meaning: Meaning) -> Value {
        *self.known.entry((facet, meaning.clone())).or_insert_with(|| {
            self.all.push((facet, key, meaning));
            Value::try_from(self.all.len() - 1).unwrap_or(Value::MAX)
        })
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Its facet, and its name in addresses.
    pub(super) fn get(&self, value: Value) -> Option<(Facet, &str)> {
        self.all.get(value as usize).map(|(facet, key, _)| (*facet, key.as_str()))
    }

    /// What it is called, and in which language, where that is not the reader's.
    pub(super) fn label(&self, value: Value, things: &Things, lang: &str) -> String {
        match self.all.get(value as usize) {
            Some((_, _, Meaning::Class(iri))) => terms::label(iri.as_ref(), lang),
            Some((_, key, Meaning::Thing(thing))) => things
                .get(*thing)
                .and_then(|thing| best(&thing.labels(), lang).map(|label| label.1.clone()))
                .unwrap_or_else(|| key.clone()),
            Some((_, _, Meaning::Text(text))) => text.clone(),
            None => String::new(),
        }
    }

    /// The bits of the facets that are chosen and that none of the values fits.
    pub(super) fn missed(&self, facets: &[Facet], values: &[Value], chosen: &Chosen) -> u8 {
        let fits = |facet: Facet, wanted: &[String]| {
            values.iter().filter_map(|value| self.get(*value)).any(|(of, key)| of == facet && wanted.iter().any(|w| w == key))
        };
        let chosen = facets.iter().filter_map(|facet| Some((*facet, chosen.get(facet)?)));
        chosen.filter(|(facet, wanted)| !wanted.is_empty() && !fits(*facet, wanted)).map(|(facet, _)| facet.bit()).sum()
    }
}

/// The last part of an IRI here, the whole of others.
fn key(iri: &NamedNode) -> String {
    let text = iri.as_str();
    let here = text.starts_with(class::NS) || text.starts_with(crate::model::vocab::BASE);
    if here { text.rsplit(['/', '#']).next().unwrap_or(text).to_owned() } else { text.to_owned() }
}

/// What a thing is called, in words, for the class of which it is.
pub(super) fn class_labels(thing: &Thing, values: &Values, things: &Things, lang: &str) -> Vec<String> {
    thing.classes.iter().map(|value| values.label(*value, things, lang)).collect()
}
