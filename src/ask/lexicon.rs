//! The words of a language as phrases to be looked up, each with what it can do in a question.

use super::meaning::{Form, Mark, Pick, Side};
use super::relations::{RelationId, Relations, labels, relations};
use super::sorts::{self, Sorts};
use super::tokens::phrase;
use super::words::{LANGUAGES, Words, WordsError, group, phrases, words};
use crate::facts::terms;
use crate::model::vocab::{class, expand};
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// What a phrase can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Asks for persons or bodies.
    Who,
    /// Asks for anything, or for what follows.
    What,
    /// Asks for places.
    Where,
    /// Asks for a time.
    When,
    /// Asks for the beginning of a time.
    Since,
    /// Asks for the end of a time.
    Until,
    /// Asks for a sum of money.
    HowMuch,
    /// Works on others.
    Mark(Mark),
    /// A noun for a class.
    Type(usize),
    /// A noun for an end of relations; whether it is the right end.
    Role(Vec<RelationId>, bool),
    /// Words for relations.
    Rel(Vec<(RelationId, Form)>, bool),
    /// Costs more, or less.
    Costs(Pick),
    /// Words that deny a relation.
    Denied(RelationId, Form),
    /// "Of", "have".
    Of,
    /// Unanswered, or answered.
    Answered(bool),
    /// Where something is said.
    Scope,
}

/// A noun for a class.
#[derive(Clone, Debug, Default)]
pub struct TypeNoun {
    /// What it can be.
    pub sorts: Sorts,
    /// The classes and schemes.
    pub is: Vec<NamedNode>,
    /// What its names begin with, folded; empty for all.
    pub named: Vec<String>,
    /// What they are part of.
    pub below: Option<NamedNode>,
    /// Its first word, for examples.
    pub word: String,
}

/// A phrase of a language.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its words.
    pub words: Vec<String>,
    /// What it is.
    pub item: Item,
}

/// The phrases of a language.
#[derive(Debug)]
pub struct Lexicon {
    /// Its code.
    pub lang: &'static str,
    /// Its words as they stand in the file.
    pub words: &'static Words,
    /// By first word.
    pub phrases: HashMap<String, Vec<Phrase>>,
    /// Nouns for classes.
    pub types: Vec<TypeNoun>,
    /// Phrases that add nothing, by first word.
    pub dropped: HashMap<String, Vec<Vec<String>>>,
    /// Further names of things, by first word.
    pub names: HashMap<String, Vec<(Vec<String>, NamedNode)>>,
    /// Every single word that the language's phrases consist of.
    pub known: HashSet<String>,
    /// Every word that is a phrase by itself.
    pub single: HashSet<String>,
}

impl Lexicon {
    /// Whether words are a noun for a class.
    pub fn is_type(&self, text: &str) -> bool {
        let words = phrase(text);
        let all = words.first().and_then(|first| self.phrases.get(first));
        all.into_iter().flatten().any(|phrase| phrase.words == words && matches!(phrase.item, Item::Type(_)))
    }
    /// The relations that words stand for.
    pub fn relation(&self, text: &str) -> Option<&Item> {
        let words = phrase(text);
        let all = self.phrases.get(words.first()?)?;
        all.iter().find(|phrase| phrase.words == words && matches!(phrase.item, Item::Rel(..))).map(|phrase| &phrase.item)
    }
}

static LEXICONS: LazyLock<Result<BTreeMap<&'static str, Lexicon>, String>> = LazyLock::new(|| {
    let all: Result<BTreeMap<_, _>, WordsError> = LANGUAGES.iter().map(|lang| Ok((*lang, build(lang)?))).collect();
    all.map_err(|error| error.to_string())
});

/// The phrases of a language.
///
/// # Errors
/// If a data file is not what it should be.
pub fn lexicon(lang: &str) -> Result<&'static Lexicon, WordsError> {
    let all = LEXICONS.as_ref().map_err(|message| WordsError::new("ask", message))?;
    all.get(lang).ok_or_else(|| WordsError::new(&format!("ask/{lang}.toml"), "it is not there"))
}

struct Builder {
    phrases: HashMap<String, Vec<Phrase>>,
    weak: HashSet<Vec<String>>,
}

impl Builder {
    fn put(&mut self, patterns: &[String], item: &Item) {
        for words in phrases(patterns) {
            self.phrase(words, item.clone());
        }
    }
    fn phrase(&mut self, words: Vec<String>, item: Item) {
        let Some(first) = words.first().cloned() else { return };
        let list = self.phrases.entry(first).or_default();
        let same = list.iter_mut().find(|old| old.words == words && mergeable(&old.item, &item));
        match (same.map(|old| &mut old.item), item) {
            (Some(Item::Rel(old, _)), Item::Rel(new, _)) => {
                old.extend(new.into_iter().filter(|n| !old.contains(n)).collect::<Vec<_>>());
            }
            (Some(Item::Role(old, _)), Item::Role(new, _)) => {
                old.extend(new.into_iter().filter(|n| !old.contains(n)).collect::<Vec<_>>());
            }
            (Some(_), _) => {}
            (None, item) => list.push(Phrase { words, item }),
        }
    }
    fn relation(&mut self, patterns: &[String], id: RelationId, form: Form) {
        for words in phrases(patterns) {
            let weak = self.weak.contains(&words);
            self.phrase(words, Item::Rel(vec![(id, form)], weak));
        }
    }
}

/// Whether two meanings of the same words are one with more choices.
fn mergeable(a: &Item, b: &Item) -> bool {
    match (a, b) {
        (Item::Rel(..), Item::Rel(..)) => true,
        (Item::Role(_, x), Item::Role(_, y)) => x == y,
        (a, b) => a == b,
    }
}

fn build(lang: &'static str) -> Result<Lexicon, WordsError> {
    let file = format!("ask/{lang}.toml");
    let words = words(lang)?;
    let relations = relations()?;
    let mut builder = Builder { phrases: HashMap::new(), weak: phrases(&words.weak).into_iter().collect() };
    for (name, item) in [
        ("who", Item::Who),
        ("what", Item::What),
        ("where", Item::Where),
        ("when", Item::When),
        ("since", Item::Since),
        ("until", Item::Until),
        ("about", Item::Mark(Mark::About)),
        ("how-many", Item::Mark(Mark::HowMany)),
        ("how-much", Item::HowMuch),
    ] {
        builder.put(group(&words.question, name), &item);
    }
    builder.put(&words.whether, &Item::Mark(Mark::Whether));
    builder.put(&words.list, &Item::Mark(Mark::List));
    builder.put(&words.of, &Item::Of);
    for (name, item) in [
        ("and", Item::Mark(Mark::And)),
        ("but", Item::Mark(Mark::And)),
        ("or", Item::Mark(Mark::Or)),
        ("nor", Item::Mark(Mark::Nor)),
        ("not", Item::Mark(Mark::Not)),
        ("without", Item::Mark(Mark::Without)),
        ("except", Item::Mark(Mark::Except)),
        ("both-and", Item::Mark(Mark::BothAnd)),
        ("charged", Item::Mark(Mark::Charged)),
        ("both", Item::Mark(Mark::Both)),
        ("that", Item::Mark(Mark::That)),
        ("possessive", Item::Mark(Mark::Possessive)),
    ] {
        builder.put(group(&words.join, name), &item);
    }
    for (name, item) in [
        ("most", Item::Mark(Mark::Pick(Pick::Most))),
        ("fewest", Item::Mark(Mark::Pick(Pick::Fewest))),
        ("largest", Item::Mark(Mark::Pick(Pick::Largest))),
        ("smallest", Item::Mark(Mark::Pick(Pick::Smallest))),
        ("latest", Item::Mark(Mark::Pick(Pick::Latest))),
        ("earliest", Item::Mark(Mark::Pick(Pick::Earliest))),
        ("total", Item::Mark(Mark::Pick(Pick::Total))),
        ("average", Item::Mark(Mark::Pick(Pick::Average))),
        ("as-many", Item::Mark(Mark::Pick(Pick::Same))),
        ("than", Item::Mark(Mark::Than)),
        ("larger", Item::Mark(Mark::Comparative(Pick::Most))),
        ("smaller", Item::Mark(Mark::Comparative(Pick::Fewest))),
        ("dearer", Item::Costs(Pick::Most)),
        ("cheaper", Item::Costs(Pick::Fewest)),
        ("per", Item::Mark(Mark::Per)),
    ] {
        builder.put(group(&words.most, name), &item);
    }
    for (name, mark) in [
        ("compare", Mark::Compare(Side::All)),
        ("differ", Mark::Compare(Side::Differing)),
        ("shared", Mark::Compare(Side::Shared)),
        ("with", Mark::With),
        ("how", Mark::How),
    ] {
        builder.put(group(&words.compare, name), &Item::Mark(mark));
    }
    builder.put(group(&words.passage, "unanswered"), &Item::Answered(false));
    builder.put(group(&words.passage, "answered"), &Item::Answered(true));
    builder.put(group(&words.passage, "within"), &Item::Scope);
    let types = types(words, lang, &mut builder, &file)?;
    add_relations(words, relations, lang, &mut builder, &file)?;
    let mut names: HashMap<String, Vec<(Vec<String>, NamedNode)>> = HashMap::new();
    for entry in &words.names {
        let iri = expand(&entry.is).ok_or_else(|| WordsError::new(&file, format!("`{}` has no known prefix", entry.is)))?;
        for words in phrases(&entry.words) {
            if let Some(first) = words.first().cloned() {
                names.entry(first).or_default().push((words, iri.clone()));
            }
        }
    }
    let mut dropped: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for words in phrases(&words.drop) {
        if let Some(first) = words.first().cloned() {
            dropped.entry(first).or_default().push(words);
        }
    }
    let mut known: HashSet<String> = builder.phrases.values().flatten().flat_map(|phrase| phrase.words.iter().cloned()).collect();
    known.extend(dropped.values().flatten().flatten().cloned());
    let alone = builder.phrases.values().flatten().map(|phrase| &phrase.words).chain(dropped.values().flatten());
    let single: HashSet<String> = alone.filter(|words| words.len() == 1).flatten().cloned().collect();
    for name in ["say", "on", "changed"] {
        known.extend(phrases(group(&words.passage, name)).into_iter().flatten());
    }
    known.extend(words.parts.iter().flat_map(|part| phrases(&part.words)).flatten());
    known.extend(words.number.values().chain(words.currency.values()).flat_map(|patterns| phrases(patterns)).flatten());
    Ok(Lexicon { lang, words, phrases: builder.phrases, types, dropped, names, known, single })
}

fn types(words: &Words, lang: &str, builder: &mut Builder, file: &str) -> Result<Vec<TypeNoun>, WordsError> {
    let mut types = Vec::new();
    for entry in &words.types {
        let mut noun = TypeNoun { named: entry.named.clone(), ..TypeNoun::default() };
        if let Some(below) = &entry.below {
            noun.below = Some(expand(below).ok_or_else(|| WordsError::new(file, format!("`{below}` has no known prefix")))?);
        }
        for name in &entry.is {
            noun.sorts |= sorts::named(name).ok_or_else(|| WordsError::new(file, format!("`{name}` is no class or scheme")))?;
            noun.is.extend(expand(name));
        }
        noun.word = entry.words.first().and_then(|pattern| super::tokens::spelt_out(pattern).last().cloned()).unwrap_or_default();
        builder.put(&entry.words, &Item::Type(types.len()));
        types.push(noun);
    }
    // A class is also called by its labels in the ontology, whether the file names it or not.
    for class in class::ALL {
        let is = class.into_owned();
        let place = types.iter().position(|noun| noun.is.as_slice() == [is.clone()] && noun.named.is_empty());
        let place = place.unwrap_or(types.len());
        let labels = labels(*class, lang);
        if place == types.len() {
            let word = terms::plural(*class, lang);
            types.push(TypeNoun { sorts: sorts::of_class(class.as_str()), is: vec![is], word, ..TypeNoun::default() });
        }
        for label in labels {
            builder.phrase(phrase(&label), Item::Type(place));
        }
    }
    types.retain(|noun| noun.sorts != 0);
    Ok(types)
}

fn add_relations(words: &Words, all: &Relations, lang: &str, builder: &mut Builder, file: &str) -> Result<(), WordsError> {
    for entry in &words.relations {
        let id = all.find(&entry.id).ok_or_else(|| WordsError::new(file, format!("there is no relation `{}`", entry.id)))?;
        builder.relation(&entry.forward, id, Form::Forward);
        builder.relation(&entry.backward, id, Form::Backward);
        builder.relation(&entry.participle, id, Form::Participle);
        builder.put(&entry.forward_not, &Item::Denied(id, Form::Forward));
        builder.put(&entry.backward_not, &Item::Denied(id, Form::Backward));
        builder.put(&entry.right, &Item::Role(vec![id], true));
        builder.put(&entry.left, &Item::Role(vec![id], false));
    }
    // A property is also called by its label in the ontology.
    for (id, relation) in all.all.iter().enumerate() {
        let [step] = relation.path.as_slice() else { continue };
        if relation.event.is_some() || step.inverse || !step.property.as_str().starts_with(class::NS) {
            continue;
        }
        for label in labels(step.property.as_ref(), lang) {
            builder.phrase(phrase(&label), Item::Rel(vec![(id, Form::Forward)], false));
        }
    }
    Ok(())
}
