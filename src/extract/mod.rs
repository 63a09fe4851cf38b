//! Report → Claims: what is mentioned, and what is said of it, each with the words that say it.
//!
//! An answer is read twice: as its form says (options, levels, lists), and, where it is running text, sentence by sentence
//! with the rules of its language. Both rest on the same mentions.

mod byway;
mod chunk;
mod cues;
mod dated;
mod dates;
mod entries;
mod events;
mod gazetteer;
mod kinds;
mod layout;
mod listed;
mod lists;
mod localities;
mod mask;
mod meaning;
mod partners;
mod pattern;
mod program;
mod prose;
mod reader;
mod relations;
mod rows;
mod rules;
mod same;
mod seats;
mod sentences;
mod short;
mod spots;
mod statements;
mod sums;
mod tokens;
mod vocabulary;
mod whereabouts;

use crate::knowledge::authority::Authority;
use crate::knowledge::classes::Classes;
use crate::knowledge::form::{Form, Kind};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::places::Places;
use crate::model::claim::{Claims, Object};
use crate::model::diagnostic::Diagnostic;
use crate::model::document::Document;
use crate::model::id::resource;
use crate::model::report::{Report, Value};
use crate::model::vocab::{class, flg};
use gazetteer::Gazetteer;
use listed::{Listed, Own};
use oxigraph::model::NamedNode;
pub use pattern::PatternError;
use reader::{Place, Reader};
use rules::Rules;
pub use sentences::sentences;
use std::collections::BTreeMap;
use tokens::Token;
use vocabulary::{Numbers, Vocabulary};

/// What it needs to read reports of all forms in all languages, made once.
pub struct Extractor {
    authority: Authority,
    classes: Classes,
    numbers: Numbers,
    gazetteer: Gazetteer,
    listed: Listed,
    languages: BTreeMap<crate::model::lang::Lang, (Lexicon, Rules)>,
}

/// Why an extractor cannot be made: a data file is wrong.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// A pattern of a lexicon is none.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// There are more cue words than can be searched for.
    #[error("the words of the patterns cannot be indexed")]
    Words(#[from] aho_corasick::BuildError),
}

/// The tools of one language.
pub(crate) struct Tools<'a> {
    lexicon: &'a Lexicon,
    rules: &'a Rules,
    numbers: &'a Numbers,
    gazetteer: &'a Gazetteer,
    /// The places that are listed for the report's country.
    places: Option<&'a Own>,
    /// Those of all countries.
    listed: &'a Listed,
    authority: &'a Authority,
    classes: &'a Classes,
}

impl Tools<'_> {
    /// The words of the language with their numbers.
    fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { numbers: self.numbers, language: &self.rules.language }
    }

    /// The words, numbers and marks of a text.
    fn tokens(&self, text: &str) -> Vec<Token> {
        tokens::tokens(text, self.vocabulary())
    }

    /// The country of something known.
    fn country_of(&self, iri: &NamedNode) -> Option<&NamedNode> {
        self.authority.entity(iri.as_ref()).and_then(|k| k.country.as_ref())
    }

    /// Whether words are one of the prepositions, perhaps with an article.
    fn preposition(&self, between: &str, prepositions: &[String]) -> bool {
        let articles = &self.lexicon.words.determiners;
        prepositions.iter().any(|p| {
            let rest = between.strip_prefix(p.as_str()).filter(|r| r.is_empty() || r.starts_with(' '));
            rest.is_some_and(|r| r.split_whitespace().all(|w| articles.iter().any(|a| a == w)))
        })
    }
}

impl Extractor {
    /// An extractor for the given knowledge.
    ///
    /// # Errors
    /// If a lexicon has a pattern that is none.
    pub fn new(authority: Authority, classes: Classes, lexicons: &[Lexicon], places: &Places) -> Result<Self, ExtractError> {
        // The words of lexicons have the lowest numbers, so that what is known of them lies together.
        let mut numbers = Numbers::default();
        let mut languages: BTreeMap<_, (Lexicon, Rules)> = lexicons
            .iter()
            .map(|l| Ok((l.language.clone(), (l.clone(), Rules::new(l, lexicons, &classes, &mut numbers)?))))
            .collect::<Result<_, ExtractError>>()?;
        let listed = Listed::new(places, &mut numbers);
        for (_, rules) in languages.values_mut() {
            rules.language.begin_places(listed.beginnings());
        }
        let gazetteer = Gazetteer::new(&authority, &mut numbers);
        Ok(Self { authority, classes, numbers, gazetteer, listed, languages })
    }

    /// The authority that it knows names from.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The classes of the ontology.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// All that a report says.
    pub fn claims(&self, document: &Document, report: &Report, form: &Form) -> Claims {
        let Some((lexicon, rules)) = self.languages.get(&report.language) else {
            let message = format!("there are no words for the language `{}`, so that nothing was understood", report.language);
            let hint = format!("give flg its words, as `lexicon/{}.toml` in a folder for `--knowledge`", report.language);
            return Claims { diagnostics: vec![Diagnostic::error("no-lexicon", message).hint(hint)], ..Claims::default() };
        };
        let Self { authority, classes, numbers, gazetteer, listed, .. } = self;
        let own = listed.of(&report.country);
        let tools = Tools { lexicon, rules, numbers, gazetteer, places: own, listed, authority, classes };
        let mut reader = Reader::new(&tools, document, report, resource("report", &report.id));
        about(&mut reader);
        reader.ahead = report.answers.iter().map(|answer| reader.acronyms.look_ahead(answer.text.text(), &tools)).collect();
        for (answer, toks) in report.answers.iter().zip(&mut reader.ahead).filter(|(answer, _)| answer.row.is_none()) {
            let toks = toks.get_or_insert_with(|| tools.tokens(answer.text.text()).into());
            reader.places.look_ahead(&rules.localities, toks);
        }
        let dating = form.dated.patterns(&report.language);
        let mut titles = rows::Titles::read(&mut reader, form);
        for (at, answer) in report.answers.iter().enumerate() {
            let placed = |(range, years)| Some((answer.text.source(range)?, years));
            let dates = dating.map(|dating| dated::find(dating, answer.text.text())).unwrap_or_default();
            reader.dated = dates.into_iter().filter_map(placed).collect();
            if let Some(table) = form.tables.iter().find(|t| answer.question_key.as_deref() == Some(&t.key)) {
                rows::read(&mut reader, form, table, at, &mut titles);
                continue;
            }
            let question = answer.question_key.as_ref().and_then(|key| form.questions.iter().find(|q| q.key == *key));
            if answer.text.is_empty() || question.is_some_and(|q| q.kind == Kind::Record) {
                continue;
            }
            let asks = question.is_some_and(|q| !q.meanings.is_empty());
            let toks = reader.ahead[at].take().unwrap_or_else(|| tools.tokens(answer.text.text()).into());
            let place = Place { answer: Some(at), passage: &answer.text, tokens: &toks };
            if asks {
                let asked = question.and_then(|q| entries::Asked::of(q, &answer.value));
                let prose = prose::Prose::answer(&mut reader, place, &answer.links, asked.as_ref());
                if let Some(question) = question {
                    meaning::read(&mut reader, at, answer, form, question, &prose);
                }
                if matches!(answer.value, Value::Prose) {
                    prose::relate(&mut reader, &prose, &answer.links);
                }
            } else if matches!(answer.value, Value::Prose) {
                prose::read(&mut reader, place, &answer.links);
            }
            reader.acronyms.forget(answer.text.text());
        }
        reader.keep_promises();
        partners::abroad(&mut reader);
        same::settle(&mut reader);
        reader.claims
    }
}

/// What the title says: the country, the year and the instruments that the report is about.
fn about(reader: &mut Reader<'_>) {
    let report = reader.report;
    let whole = |p: &crate::model::passage::Passage| 0..p.text().len();
    if let Some(evidence) = reader.evidence(None, &report.heading, whole(&report.heading)) {
        let year = oxigraph::model::Literal::new_typed_literal(report.year.to_string(), crate::model::vocab::xsd::G_YEAR);
        let (itself, country) = (reader.itself, reader.country);
        reader.say(itself, &flg::ABOUT_COUNTRY.into_owned(), Object::Mention(country), evidence.clone(), "heading", 1.0);
        reader.say(itself, &flg::REFERENCE_YEAR.into_owned(), Object::Literal(year), evidence, "heading", 1.0);
    }
    for (instrument, passage) in &report.instruments {
        if let Some(evidence) = reader.evidence(None, passage, whole(passage)) {
            let object = reader.fixed_at(instrument.clone(), class::LEGAL_INSTRUMENT, evidence.clone());
            let itself = reader.itself;
            reader.say(itself, &flg::ABOUT_INSTRUMENT.into_owned(), Object::Mention(object), evidence, "heading", 1.0);
        }
    }
}
