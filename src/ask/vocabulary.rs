//! The names that the graph holds, and what they name: built once for a state of the store.

use super::relations::{Step, relations};
use super::sorts::{self, Sorts};
use super::spelling;
use super::tokens::{Token, phrase};
use super::words::WordsError;
use crate::facts::labels::Label;
use crate::model::id::content_hash;
use crate::model::vocab::{flg, skos};
use crate::store::{Request, Store, StoreError, Table};
use oxigraph::model::{NamedNode, Term};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const NAMES: &str = include_str!("queries/names.rq");
const KINDS: &str = include_str!("queries/kinds.rq");
const FACTS: &str = include_str!("queries/facts.rq");
const MENTIONED: &str = include_str!("queries/mentioned.rq");
const COUNTRIES: &str = include_str!("queries/countries.rq");
const REGIONS: &str = include_str!("queries/regions.rq");
const KNOWN: &str = include_str!("queries/known.rq");
const PROPOSED: &str = include_str!("queries/proposed.rq");
const REPORTS: &str = include_str!("queries/reports.rq");

/// Why the names cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum VocabularyError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The words cannot be used.
    #[error(transparent)]
    Words(#[from] WordsError),
}

/// So many of the things that stand most often at an end of a property are kept.
const COMMON: usize = 12;

/// Something with a name.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its IRI.
    pub iri: NamedNode,
    /// What it is.
    pub sorts: Sorts,
    /// Its names, the preferred ones first.
    pub labels: Vec<Label>,
    /// Whether a report mentions it.
    pub mentioned: bool,
    /// Whether the reference data has it.
    pub known: bool,
    /// Whether a report proposes it, and nobody has accepted it yet.
    pub proposed: bool,
    /// The country that it belongs to.
    pub country: Option<NamedNode>,
}

/// A report.
#[derive(Clone, Debug)]
pub struct ReportEntry {
    /// Its IRI.
    pub iri: NamedNode,
    /// Its identifier.
    pub id: String,
    /// The country that it is about.
    pub country: Option<NamedNode>,
    /// Its year.
    pub year: Option<i32>,
    /// The form that it follows.
    pub form: Option<NamedNode>,
    /// Who publishes it.
    pub publisher: Option<NamedNode>,
}

/// A name, as words.
#[derive(Clone, Debug)]
pub struct Name {
    /// Its words.
    pub words: Vec<String>,
    /// Whose it is.
    pub entity: usize,
    /// Whether it is an acronym.
    pub acronym: bool,
    /// Whether it is what the thing is called first of all.
    pub preferred: bool,
}

/// A name as it may be written otherwise.
#[derive(Clone, Debug)]
struct Alike {
    /// What is left of its words.
    words: Vec<String>,
    /// How many words it has.
    length: usize,
    entity: usize,
    preferred: bool,
}

/// The names of a graph.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Everything with a name.
    pub entities: Vec<Entity>,
    /// Their places, by IRI.
    pub by_iri: HashMap<String, usize>,
    /// The names, by their first word.
    pub names: HashMap<String, Vec<Name>>,
    /// The words of longer names without small words and spelling, by the first of them.
    alike: HashMap<String, Vec<Alike>>,
    /// The same of names that are cut off: "Ministry of Gender" of the one of gender, children and social protection.
    cut: HashMap<String, Vec<Alike>>,
    /// The reports, by identifier.
    pub reports: Vec<ReportEntry>,
    /// Which ends of which properties reports put something at.
    ends: HashSet<(usize, NamedNode, bool)>,
    /// What stands most often at the ends of properties.
    common: HashMap<(NamedNode, bool), Vec<usize>>,
    /// What state of the store this is.
    pub revision: String,
}

impl Vocabulary {
    /// Reads the names of a store.
    ///
    /// # Errors
    /// If the store cannot be read, or the program's own words.
    pub fn read(store: &dyn Store) -> Result<Self, VocabularyError> {
        relations()?;
        let mut vocabulary = Self { revision: revision(store)?, ..Self::default() };
        let table = |query: &str| store.table(&Request::new(query));
        let mut kinds: BTreeMap<String, Sorts> = BTreeMap::new();
        for row in rows(&table(KINDS)?) {
            if let [Some(Term::NamedNode(entity)), Some(Term::NamedNode(kind))] = row {
                let bit = match sorts::bit(kind.as_str()) {
                    0 if kind.as_str().contains("/id/scheme/") => sorts::bit(sorts::OTHER_CONCEPT),
                    bit => bit,
                };
                *kinds.entry(entity.as_str().to_owned()).or_default() |= bit;
            }
        }
        let mentioned: HashSet<String> = rows(&table(MENTIONED)?)
            .filter_map(|row| match row {
                [Some(Term::NamedNode(entity))] => Some(entity.as_str().to_owned()),
                _ => None,
            })
            .collect();
        let mut named: BTreeMap<String, Vec<(u8, Label)>> = BTreeMap::new();
        for row in rows(&table(NAMES)?) {
            if let [Some(Term::NamedNode(entity)), Some(Term::NamedNode(property)), Some(Term::Literal(text))] = row
                && kinds.get(entity.as_str()).is_some_and(|sorts| *sorts != 0)
            {
                let rank = u8::from(*property != skos::PREF_LABEL) + u8::from(*property == flg::ACRONYM);
                let label = (text.language().unwrap_or_default().to_owned(), text.value().to_owned());
                named.entry(entity.as_str().to_owned()).or_default().push((rank, label));
            }
        }
        for (iri, mut labels) in named {
            labels.sort();
            labels.dedup();
            vocabulary.add(&iri, kinds.get(&iri).copied().unwrap_or(0), labels, mentioned.contains(&iri));
        }
        for row in rows(&table(COUNTRIES)?) {
            if let [Some(Term::NamedNode(entity)), Some(Term::NamedNode(country))] = row
                && let Some(entity) = vocabulary.place(entity.as_str()).and_then(|at| vocabulary.entities.get_mut(at))
            {
                entity.country = Some(country.clone());
            }
        }
        vocabulary.add_without_country();
        for (query, of) in [(KNOWN, true), (PROPOSED, false)] {
            for row in rows(&table(query)?) {
                if let [Some(Term::NamedNode(entity))] = row
                    && let Some(entity) = vocabulary.place(entity.as_str()).and_then(|at| vocabulary.entities.get_mut(at))
                {
                    *(if of { &mut entity.known } else { &mut entity.proposed }) = true;
                }
            }
        }
        for row in rows(&table(REGIONS)?) {
            if let [Some(Term::NamedNode(region))] = row
                && let Some(region) = vocabulary.place(region.as_str()).and_then(|at| vocabulary.entities.get_mut(at))
            {
                region.sorts = sorts::bit(sorts::REGION);
            }
        }
        let mut often: HashMap<(NamedNode, bool), BTreeMap<usize, usize>> = HashMap::new();
        for row in rows(&table(FACTS)?) {
            if let [Some(Term::NamedNode(subject)), Some(Term::NamedNode(property)), object] = row {
                let mut note = |iri: &NamedNode, subject: bool| {
                    if let Some(place) = vocabulary.note(iri, property, subject) {
                        *often.entry((property.clone(), subject)).or_default().entry(place).or_default() += 1;
                    }
                };
                note(subject, true);
                if let Some(Term::NamedNode(object)) = object {
                    note(object, false);
                }
            }
        }
        for (end, numbers) in often {
            let mut ranked: Vec<(usize, usize)> = numbers.into_iter().collect();
            ranked.sort_by_key(|(place, number)| (Reverse(*number), *place));
            vocabulary.common.insert(end, ranked.into_iter().take(COMMON).map(|(place, _)| place).collect());
        }
        vocabulary.reports = reports(&table(REPORTS)?);
        Ok(vocabulary)
    }

    fn add(&mut self, iri: &str, sorts: Sorts, labels: Vec<(u8, Label)>, mentioned: bool) {
        let place = self.entities.len();
        self.by_iri.insert(iri.to_owned(), place);
        let mut seen = BTreeSet::new();
        for (rank, (_, text)) in &labels {
            for words in spelling::forms(text) {
                if *rank < 2 {
                    add_alike(&mut self.alike, &words, place, *rank == 0);
                }
                if let Some(first) = words.first().cloned()
                    && seen.insert(words.clone())
                {
                    self.names.entry(first).or_default().push(Name {
                        words,
                        entity: place,
                        acronym: *rank == 2,
                        preferred: *rank == 0,
                    });
                }
            }
        }
        for (_, (_, text)) in labels.iter().filter(|(rank, _)| *rank < 2) {
            if let Some(words) = spelling::cut_off(text) {
                add_alike(&mut self.cut, &words, place, false);
            }
        }
        let labels = labels.into_iter().map(|(_, label)| label).collect();
        self.entities.push(Entity {
            iri: NamedNode::new_unchecked(iri),
            sorts,
            labels,
            mentioned,
            known: false,
            proposed: false,
            country: None,
        });
    }

    /// Names are known without their country at the end.
    fn add_without_country(&mut self) {
        let labels = |entity: &Entity| entity.labels.iter().map(|(_, text)| phrase(text)).collect::<Vec<_>>();
        let mut more = Vec::new();
        for name in self.names.values().flatten() {
            let country = self.entities.get(name.entity).and_then(|entity| entity.country.as_ref());
            let country = country.and_then(|country| self.place(country.as_str())).and_then(|at| self.entities.get(at));
            let shorter =
                country.map(labels).unwrap_or_default().into_iter().find_map(|tail| spelling::without(&name.words, &tail));
            more.extend(shorter.map(|words| Name { words, ..name.clone() }));
        }
        for name in more {
            add_alike(&mut self.alike, &name.words, name.entity, name.preferred);
            let Some(first) = name.words.first().cloned() else { continue };
            let all = self.names.entry(first).or_default();
            if !all.iter().any(|other| other.entity == name.entity && other.words == name.words) {
                all.push(name);
            }
        }
    }

    /// The names that begin at a word, written with other small words, in another spelling or number: how many words they take
    /// there, whose they are, and whether they are what the thing is called first of all.
    pub fn alike(&self, tokens: &[Token], at: usize) -> Vec<(usize, usize, bool)> {
        written(&self.alike, tokens, at)
    }

    /// The names of which the first part begins at a word: how many words it takes there, and whose they are.
    pub fn cut_off(&self, tokens: &[Token], at: usize) -> Vec<(usize, usize)> {
        written(&self.cut, tokens, at).into_iter().map(|(length, entity, _)| (length, entity)).collect()
    }

    /// What has a name of which some words are a good part, in their order; what reports mention comes first.
    pub fn partly_called(&self, words: &[String]) -> Vec<usize> {
        let within = |name: &Alike| {
            let mut rest = name.words.iter();
            words.iter().all(|word| rest.any(|other| other == word))
        };
        let good = |name: &&Alike| name.words.len() > words.len() && name.words.len() < 2 * words.len() && within(name);
        let mut found: Vec<(bool, usize, usize)> = Vec::new();
        for name in self.alike.values().flatten().filter(good) {
            let mentioned = self.entities.get(name.entity).is_some_and(|entity| entity.mentioned);
            found.push((!mentioned, name.words.len(), name.entity));
        }
        found.sort_unstable();
        let mut seen = HashSet::new();
        found.into_iter().map(|(.., entity)| entity).filter(|entity| seen.insert(*entity)).collect()
    }

    fn note(&mut self, iri: &NamedNode, property: &NamedNode, subject: bool) -> Option<usize> {
        let place = self.place(iri.as_str())?;
        self.ends.insert((place, property.clone(), subject));
        Some(place)
    }

    /// What stands most often at an end of any of the steps.
    pub fn common(&self, steps: &[Step], start: bool) -> impl Iterator<Item = usize> {
        let all = steps.iter().filter_map(move |step| self.common.get(&(step.property.clone(), start != step.inverse)));
        all.flatten().copied()
    }

    /// Whether reports put a thing at an end of any of the steps.
    pub fn stands_at(&self, entity: usize, steps: &[Step], start: bool) -> bool {
        steps.iter().any(|step| self.ends.contains(&(entity, step.property.clone(), start != step.inverse)))
    }

    /// The place of an IRI.
    pub fn place(&self, iri: &str) -> Option<usize> {
        self.by_iri.get(iri).copied()
    }
}

fn add_alike(to: &mut HashMap<String, Vec<Alike>>, words: &[String], entity: usize, preferred: bool) {
    let plain = spelling::plain_words(words);
    if let Some(first) = plain.first().cloned().filter(|_| plain.len() > 1) {
        let all = to.entry(first).or_default();
        let same = all.iter().any(|other| other.entity == entity && other.words == plain && other.length == words.len());
        if !same {
            all.push(Alike { words: plain, length: words.len(), entity, preferred });
        }
    }
}

/// The names among some that begin at a word, whatever their small words and spelling.
fn written(names: &HashMap<String, Vec<Alike>>, tokens: &[Token], at: usize) -> Vec<(usize, usize, bool)> {
    /// Fewer words of their own say too little where small words differ.
    const ENOUGH: usize = 3;
    let Some(all) = tokens.get(at).and_then(|token| names.get(&spelling::plain(&token.text)?)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for name in all {
        let mut next = at;
        let fits = name.words.iter().enumerate().all(|(place, word)| {
            while place > 0 && tokens.get(next).is_some_and(|token| spelling::plain(&token.text).is_none()) {
                next += 1;
            }
            next += 1;
            tokens.get(next - 1).is_some_and(|token| !token.iri && spelling::plain(&token.text).as_ref() == Some(word))
        });
        if fits && (name.words.len() >= ENOUGH || next - at == name.length) {
            found.push((next - at, name.entity, name.preferred));
        }
    }
    found
}

fn rows(table: &Table) -> impl Iterator<Item = &[Option<Term>]> {
    table.rows.iter().map(Vec::as_slice)
}

fn reports(table: &Table) -> Vec<ReportEntry> {
    let iri = |term: Option<&Option<Term>>| match term {
        Some(Some(Term::NamedNode(node))) => Some(node.clone()),
        _ => None,
    };
    let text = |term: Option<&Option<Term>>| match term {
        Some(Some(Term::Literal(text))) => Some(text.value().to_owned()),
        _ => None,
    };
    let mut found: Vec<ReportEntry> = rows(table)
        .filter_map(|row| {
            Some(ReportEntry {
                iri: iri(row.first())?,
                id: text(row.get(1))?,
                country: iri(row.get(2)),
                year: text(row.get(3)).and_then(|year| year.parse().ok()),
                form: iri(row.get(4)),
                publisher: iri(row.get(5)),
            })
        })
        .collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found.dedup_by(|a, b| a.id == b.id);
    found
}

/// What tells one state of a store from another: the reports in it, how they were made, and what people decided.
///
/// # Errors
/// If the store cannot be read.
pub fn revision(store: &dyn Store) -> Result<String, StoreError> {
    const MADE: &str = include_str!("queries/revision.rq");
    let table = store.table(&Request::new(MADE))?;
    let mut parts: Vec<String> = table.rows.iter().map(|row| format!("{row:?}")).collect();
    parts.sort();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Ok(content_hash(&parts)[..16].to_owned())
}
