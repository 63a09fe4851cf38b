//! The rules of a lexicon, compiled.

use super::ExtractError;
use super::chunk::Chunker;
use super::cues::{AnyOf, Cues};
use super::dates::Dates;
use super::kinds;
use super::layout::Layout;
use super::localities::Localities;
use super::mask::Codes;
use super::pattern::{Compiler, Pattern, PatternError, error, folded, pattern};
use super::seats::Determiners;
use super::tokens::phrase;
use super::vocabulary::{Language, Numbers};
use crate::knowledge::classes::Classes;
use crate::knowledge::form::Curie;
use crate::knowledge::lexicon::{Event, Lexicon, Relation};
use crate::model::id::resource;
use oxigraph::model::NamedNode;
use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Where a statement's subject or object is to be found.
#[derive(Clone, Debug)]
pub(super) enum Selector {
    /// In slots of the pattern, of some kinds only where kinds are given; each is said of.
    Slots(Vec<String>, Option<FxHashSet<NamedNode>>),
    /// The topic: in the sentence before the match, or carried over from an earlier sentence, or in the sentence after it.
    Topic(FxHashSet<NamedNode>),
    /// The nearest before the match, in the sentence or, if it is carried over, in the one before.
    Before(FxHashSet<NamedNode>),
    /// The first of the sentence.
    First(FxHashSet<NamedNode>),
    /// The nearest before the match, and whoever acts through it.
    Chain(FxHashSet<NamedNode>),
    /// What the name of the pattern's slot `s` names inside itself: the sector in a programme's name.
    Inside(FxHashSet<NamedNode>),
    /// The same where it names several: the countries of a corridor, and not that in "Belize City".
    Between(FxHashSet<NamedNode>),
    /// Slots whose head noun is a dependent one.
    Dependent(String),
    /// What the sentence of a row is about.
    Row(FxHashSet<NamedNode>),
    /// The report.
    Report,
    /// The report's country.
    Country,
}

/// What an object is.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Names.
    Names(Selector),
    /// The words of the slot `text`.
    Text,
    /// The date of a slot.
    Date(String),
    /// The number of a slot.
    Number(String),
    /// The sum of money of a slot, and its currency.
    Sum(String),
    /// A resource, whatever the words are.
    Fixed(NamedNode),
}

/// A relation rule.
pub(super) struct RelationRule {
    pub spec: Relation,
    pub subject: Vec<Selector>,
    pub object: Value,
    pub patterns: Vec<Pattern>,
    pub text: TextCut,
    pub within: Vec<(FxHashSet<NamedNode>, NamedNode)>,
    pub unless: Option<Regex>,
    /// What may not stand behind a match.
    pub unless_behind: Option<Regex>,
    /// What may not stand in a match.
    pub unless_inside: Option<Regex>,
}

/// How a captured text is cut and split.
#[derive(Default)]
pub(super) struct TextCut {
    pub until: Option<Regex>,
    pub split: Option<Regex>,
}

/// A role of an event.
pub(super) struct RoleRule {
    pub property: NamedNode,
    pub value: Value,
    pub pattern: Option<Pattern>,
    pub next_sentence: bool,
    pub text: TextCut,
}

/// An event rule.
pub(super) struct EventRule {
    pub spec: Event,
    pub patterns: Vec<Pattern>,
    pub roles: Vec<RoleRule>,
}

/// All rules of a language.
pub(crate) struct Rules {
    pub(super) chunker: Chunker,
    pub(super) dates: Dates,
    pub(super) layout: Layout,
    pub(super) localities: Localities,
    /// Phrases that refer back, with the class they refer to, or `None` for the report's own country.
    pub(super) phrases: Vec<(Vec<String>, Option<NamedNode>)>,
    /// What nouns stand for that mean something else where one of the next phrases stands before them.
    pub(super) nouns: FxHashMap<String, NamedNode>,
    /// Phrases before a noun that means something else than what was named before, in words.
    pub(super) others: Vec<Vec<String>>,
    /// Phrases behind one that refers back, by which it means something else, in words.
    pub(super) by: Vec<Vec<String>>,
    /// The phrases by their first words.
    phrases_by_word: FxHashMap<String, Vec<usize>>,
    /// The classes of each anaphor phrase's first kind.
    pub(super) slots: FxHashMap<String, FxHashSet<NamedNode>>,
    /// What the words of texts can be.
    pub(super) language: Language,
    /// Phrases by which a sentence says something by the way, in words.
    pub(super) byways: Vec<Vec<String>>,
    /// Phrases that join the last of a list, in words.
    pub(super) ands: Vec<Vec<String>>,
    pub(super) relations: Vec<RelationRule>,
    pub(super) events: Vec<EventRule>,
    /// Of the patterns of the relations and of those of the events, in order.
    pub(super) cues: Cues,
    /// Of each pattern of the relations, in order, its rule and its place among the patterns of that.
    pub(super) relation_patterns: Vec<(usize, usize)>,
    pub(super) denial: Option<Regex>,
    pub(super) affirmation: Option<Regex>,
    pub(super) doubt: Option<Regex>,
    pub(super) retraction: Option<Regex>,
    pub(super) nothing: Option<Regex>,
    pub(super) planned: Option<Regex>,
    pub(super) continuation: Option<Regex>,
    pub(super) codes: Codes,
    /// What may stand before the names of patterns.
    pub(super) determiners: Determiners,
    pub(super) rows: RowRules,
}

/// How the rows of tables are worded, compiled.
pub(super) struct RowRules {
    /// For folded text.
    pub results: AnyOf,
    pub kept: Option<Regex>,
    pub asides: Option<Regex>,
    pub hedges: Option<Regex>,
    pub same: Option<Regex>,
    pub other: Option<Regex>,
    pub through: Option<Regex>,
    pub of_row: Option<Regex>,
    pub definitions: Option<Regex>,
    /// For text as it is written, or in small letters.
    pub not_purposes: Option<Regex>,
    pub purposes: Vec<Regex>,
    pub laws: Vec<Regex>,
    pub law_breaks: Vec<Regex>,
    pub all_ratified: Option<Regex>,
    /// Phrases that name several issues, in words, with what they name: by their first words, each in the order of the lexicon.
    pub issues: FxHashMap<String, Vec<Issues>>,
    /// For masked text.
    pub funded: Vec<Pattern>,
    pub run: Vec<Pattern>,
}

impl RowRules {
    fn new(c: &Compiler<'_>) -> Result<Self, ExtractError> {
        let words = &c.lexicon.rows;
        let any = |rule: &str, parts: &[String], start: &str| {
            (!parts.is_empty()).then(|| folded(c.lexicon, rule, &format!("{start}(?:{})", parts.join("|")))).transpose()
        };
        let written =
            |rule: &str, parts: &[String]| (!parts.is_empty()).then(|| pattern(c.lexicon, rule, &parts.join("|"))).transpose();
        Ok(Self {
            results: AnyOf::new(words.results.iter().map(|p| c.compile("rows.results", p)).collect::<Result<_, _>>()?)?,
            kept: any("rows.kept", &words.kept, "^")?,
            asides: any("rows.asides", &words.asides, "^")?,
            hedges: any("rows.hedges", &words.hedges, "")?,
            same: any("rows.same", &words.same, "^")?,
            other: any("rows.other", &words.other, "^")?,
            through: any("rows.through", &words.through, "^")?,
            not_purposes: written("rows.not_purposes", &words.not_purposes)?,
            of_row: any("rows.of_row", &words.of_row, "^")?,
            definitions: any("rows.definitions", &words.definitions, "^")?,
            purposes: words
                .purposes
                .iter()
                .map(|p| pattern(c.lexicon, "rows.purposes", &c.whole("rows.purposes", p)?))
                .collect::<Result<_, _>>()?,
            laws: words.law_names.iter().map(|p| pattern(c.lexicon, "rows.law_names", p)).collect::<Result<_, _>>()?,
            law_breaks: words.law_breaks.iter().map(|p| pattern(c.lexicon, "rows.law_breaks", p)).collect::<Result<_, _>>()?,
            all_ratified: written("rows.all_ratified", &words.all_ratified)?,
            issues: issues(&words.issues),
            run: words.run.iter().map(|p| c.compile("rows.run", p)).collect::<Result<_, _>>()?,
            funded: words.funded.iter().map(|p| c.compile("rows.funded", p)).collect::<Result<_, _>>()?,
        })
    }
}

/// A phrase that names several issues, or none.
pub(super) struct Issues {
    pub words: Vec<String>,
    pub named: Vec<NamedNode>,
}

/// Phrases in words, by the first of them.
fn issues(phrases: &BTreeMap<String, Vec<Curie>>) -> FxHashMap<String, Vec<Issues>> {
    let mut all: FxHashMap<String, Vec<Issues>> = FxHashMap::default();
    for (text, named) in phrases {
        let words = phrase(text);
        if let Some(first) = words.first() {
            let named = named.iter().map(|name| name.0.clone()).collect();
            all.entry(first.clone()).or_default().push(Issues { words, named });
        }
    }
    all
}

impl Rules {
    /// The numbers of the phrases that begin with a word.
    pub(super) fn phrases_from(&self, word: &str) -> &[usize] {
        self.phrases_by_word.get(word).map_or(&[], Vec::as_slice)
    }

    /// Compiles a lexicon. `all` are the lexicons of all languages; its words get their numbers.
    ///
    /// # Errors
    /// The first pattern that is none, or more words in them than can be searched for.
    pub(crate) fn new(
        lexicon: &Lexicon,
        all: &[Lexicon],
        classes: &Classes,
        numbers: &mut Numbers,
    ) -> Result<Self, ExtractError> {
        let kinds = kinds::all();
        let codes = Codes::new(kinds.iter().cloned());
        let c = Compiler { lexicon, codes: &codes, classes, kinds: &kinds };
        let mut slots = FxHashMap::default();
        for alias in lexicon.slots.keys() {
            slots.insert(alias.clone(), c.kinds("slots", alias)?.into_iter().collect::<FxHashSet<_>>());
        }
        let words = &lexicon.words;
        let mut phrases: Vec<_> = words.own_country.iter().map(|text| (phrase(text), None)).collect();
        let mut nouns = FxHashMap::default();
        for anaphor in &lexicon.anaphors {
            let kind = c.kinds("anaphor", &anaphor.class)?.into_iter().next();
            phrases.extend(anaphor.words.iter().map(|text| (phrase(text), kind.clone())));
            nouns.extend(anaphor.nouns.iter().filter_map(|noun| Some((noun.clone(), kind.clone()?))));
        }
        let any = |rule: &str, parts: &[String]| {
            let joined = (!parts.is_empty()).then(|| parts.join("|"));
            joined.map(|p| pattern(lexicon, rule, &format!("(?:^|[^\\p{{L}}])(?:{p})(?:[^\\p{{L}}]|$)"))).transpose()
        };
        let starts = |parts: &[String]| {
            let joined = (!parts.is_empty()).then(|| parts.join("|"));
            joined.map(|p| folded(lexicon, "continuations", &format!("^(?:⟨.\\d+⟩)?[^\\p{{L}}]*(?:{p})\\b"))).transpose()
        };
        let presents = |parts: &[String]| {
            let joined = (!parts.is_empty()).then(|| parts.join("|"));
            joined.map(|p| folded(lexicon, "presents", &format!("^(?:{p})"))).transpose()
        };
        let relations = lexicon.relations.iter().map(|r| relation(&c, r)).collect::<Result<Vec<_>, _>>()?;
        let events = lexicon.events.iter().map(|e| event(&c, e)).collect::<Result<Vec<_>, _>>()?;
        let of_relations = relations.iter().flat_map(|rule| &rule.patterns);
        let patterns = of_relations.chain(events.iter().flat_map(|rule| &rule.patterns));
        Ok(Self {
            language: Language::new(lexicon, all, numbers),
            chunker: Chunker::new(lexicon, all),
            dates: Dates::new(lexicon)?,
            layout: Layout::new(&words.labels, presents(&words.presents)?),
            localities: Localities::new(lexicon),
            others: lexicon.others.before.iter().map(|p| phrase(p)).collect(),
            by: lexicon.others.by.iter().map(|p| phrase(p)).collect(),
            nouns,
            phrases_by_word: by_first_word(&phrases),
            phrases,
            slots,
            byways: words.byways.iter().map(|p| phrase(p)).collect(),
            ands: words.and.iter().map(|a| phrase(a)).collect(),
            cues: Cues::new(patterns.map(Pattern::as_str))?,
            relation_patterns: (0..)
                .zip(&relations)
                .flat_map(|(at, rule)| (0..rule.patterns.len()).map(move |p| (at, p)))
                .collect(),
            relations,
            events,
            denial: any("denials", &words.denials)?,
            affirmation: any("affirmations", &words.affirmations)?,
            doubt: any("doubts", &words.doubts)?,
            retraction: any("retractions", &words.retractions)?,
            nothing: any("nothing", &words.nothing)?,
            planned: any("planned", &words.planned)?,
            continuation: starts(&words.continuations)?,
            determiners: Determiners::new(words),
            rows: RowRules::new(&c)?,
            codes,
        })
    }
}

/// The numbers of phrases by their first words; an apostrophe may be written in two ways.
fn by_first_word(phrases: &[(Vec<String>, Option<NamedNode>)]) -> FxHashMap<String, Vec<usize>> {
    let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (number, (phrase, _)) in phrases.iter().enumerate() {
        let Some(first) = phrase.first() else { continue };
        by_word.entry(first.clone()).or_default().push(number);
        if first == "'" {
            by_word.entry("’".to_owned()).or_default().push(number);
        }
    }
    by_word
}

fn selector(c: &Compiler<'_>, rule: &str, text: &str) -> Result<Selector, PatternError> {
    let kinds = |alias: &str| c.kinds(rule, alias).map(|k| k.into_iter().collect());
    Ok(match text.split_once(':') {
        None if text == "report" => Selector::Report,
        None if text == "country" => Selector::Country,
        None if text.starts_with('@') => {
            let (slots, alias) = text.split_once('/').map_or((text, None), |(slots, alias)| (slots, Some(alias)));
            let slots = slots.split(',').map(|s| s.trim().trim_start_matches('@').to_owned()).collect();
            Selector::Slots(slots, alias.map(kinds).transpose()?)
        }
        Some(("topic", alias)) => Selector::Topic(kinds(alias)?),
        Some(("row", alias)) => Selector::Row(kinds(alias)?),
        Some(("before", alias)) => Selector::Before(kinds(alias)?),
        Some(("chain", alias)) => Selector::Chain(kinds(alias)?),
        Some(("inside", alias)) => Selector::Inside(kinds(alias)?),
        Some(("between", alias)) => Selector::Between(kinds(alias)?),
        Some(("dependent", slot)) => Selector::Dependent(slot.trim_start_matches('@').to_owned()),
        Some(("first", alias)) => Selector::First(kinds(alias)?),
        _ => return Err(error(c.lexicon, rule, format!("`{text}` is no selector"))),
    })
}

/// A resource by its name: `id:stage/planned`.
fn curie(c: &Compiler<'_>, rule: &str, text: &str) -> Result<NamedNode, PatternError> {
    let name = text.strip_prefix("id:").and_then(|name| name.split_once('/'));
    name.map(|(kind, slug)| resource(kind, slug)).ok_or_else(|| error(c.lexicon, rule, format!("`{text}` is no resource")))
}

fn value(c: &Compiler<'_>, rule: &str, text: &str) -> Result<Value, PatternError> {
    Ok(match text.split_once(":@") {
        Some(("date", slot)) => Value::Date(slot.to_owned()),
        Some(("number", slot)) => Value::Number(slot.to_owned()),
        Some(("sum", slot)) => Value::Sum(slot.to_owned()),
        None if text == "text" => Value::Text,
        None if text.starts_with("id:") => Value::Fixed(curie(c, rule, text)?),
        _ => Value::Names(selector(c, rule, text)?),
    })
}

fn cut(c: &Compiler<'_>, rule: &str, until: Option<&String>, split: Option<&String>) -> Result<TextCut, PatternError> {
    let compile = |p: Option<&String>| p.map(|p| c.regex(rule, p)).transpose();
    Ok(TextCut { until: compile(until)?, split: compile(split)? })
}

fn relation(c: &Compiler<'_>, spec: &Relation) -> Result<RelationRule, PatternError> {
    let id = &spec.id;
    let within = spec.within.iter().map(|w| Ok((c.kinds(id, &w.class)?.into_iter().collect(), w.property.0.clone())));
    Ok(RelationRule {
        subject: spec.subject.iter().map(|s| selector(c, id, s)).collect::<Result<_, _>>()?,
        object: value(c, id, &spec.object)?,
        patterns: spec.patterns.iter().map(|p| c.compile(id, p)).collect::<Result<_, _>>()?,
        text: cut(c, id, spec.until.as_ref(), spec.split.as_ref())?,
        within: within.collect::<Result<_, _>>()?,
        unless: spec.unless.as_ref().map(|p| c.regex(id, p)).transpose()?,
        unless_behind: spec.unless_behind.as_ref().map(|p| c.regex(id, p)).transpose()?,
        unless_inside: spec.unless_inside.as_ref().map(|p| c.regex(id, p)).transpose()?,
        spec: spec.clone(),
    })
}

fn event(c: &Compiler<'_>, spec: &Event) -> Result<EventRule, PatternError> {
    let id = &spec.id;
    let role = |r: &crate::knowledge::lexicon::Role| {
        Ok(RoleRule {
            property: r.property.0.clone(),
            value: value(c, id, &r.object)?,
            pattern: r.pattern.as_ref().map(|p| c.compile(id, p)).transpose()?,
            next_sentence: r.next_sentence,
            text: cut(c, id, r.until.as_ref(), r.split.as_ref())?,
        })
    };
    Ok(EventRule {
        patterns: spec.patterns.iter().map(|p| c.compile(id, p)).collect::<Result<_, _>>()?,
        roles: spec.roles.iter().map(role).collect::<Result<_, _>>()?,
        spec: spec.clone(),
    })
}
