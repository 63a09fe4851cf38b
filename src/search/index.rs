//! The index: which words stand in which name or passage.
//!
//! It is in memory, and made anew for each state of the store: it takes no longer to make than what it is made from takes to read,
//! nothing on disk can fall behind or be torn, and it works beside a store that is on a service.

use super::SearchError;
use super::facet::Value;
use super::read::Content;
use super::text::{Accents, Languages, words};
use super::things::{Kind, Passage, Thing};
use crate::facts::terms;
use crate::facts::texts::LANGUAGES;
use oxigraph::model::{NamedNode, Term as Object};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{DocId, Index, IndexWriter, ReloadPolicy, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyDocument, Term};

/// The memory for what is not yet written out: more than the reports of a few hundred countries take.
const BUDGET: usize = 64 << 20;
/// What tells the number of a passage from that of a thing.
const PASSAGE: u64 = 1 << 32;

/// The fields of the index.
pub(super) struct Fields {
    number: Field,
    /// The words as they stand.
    pub(super) words: Field,
    /// Their stems, by the place of the language.
    pub(super) stems: Vec<Field>,
    /// Words and stems of what is around it: names of the subject, of the report, of the country.
    pub(super) about: Field,
}

/// Which words stand where.
pub(super) struct Inverted {
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
}

/// What was found: a thing by its names, or a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Thing(u32),
    Passage(u32),
}

/// A stem as it stands among words of other languages.
pub(super) fn marked(language: &str, stem: &str) -> String {
    format!("{language}:{stem}")
}

impl Inverted {
    /// Makes the index of what is searched; learns which words have accents.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub(super) fn new(content: &Content, languages: &Languages, accents: &mut Accents) -> Result<Self, SearchError> {
        let mut schema = Schema::builder();
        let options = |record| TextOptions::default().set_indexing_options(TextFieldIndexing::default().set_index_option(record));
        let number = schema.add_u64_field("number", FAST);
        let words = schema.add_text_field("words", options(IndexRecordOption::WithFreqsAndPositions));
        let stem =
            |language: &super::text::Language| schema.add_text_field(&language.code, options(IndexRecordOption::WithFreqs));
        let stems = languages.all.iter().map(stem).collect();
        let about = schema.add_text_field("about", options(IndexRecordOption::WithFreqs));
        let fields = Fields { number, words, stems, about };
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let known = vec![HashMap::new(); languages.all.len()];
        let (things, properties) = Default::default();
        let mut filling = Filling { content, languages, accents, fields: &fields, stems: known, things, properties };
        for (number, thing) in content.things.all.iter().enumerate().filter(|(_, thing)| thing.kind == Kind::Named) {
            writer.add_document(filling.thing(number as u64, thing))?;
        }
        for (number, passage) in content.passages.iter().enumerate() {
            writer.add_document(filling.passage(PASSAGE | number as u64, passage))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        for letters in [1, 2] {
            // What knows of slips is made once in a process, and takes longer than a search may.
            FuzzyTermQuery::new(Term::from_field_text(fields.words, ""), letters, true).automaton()?;
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { searcher: reader.searcher(), fields })
    }
}

/// Documents while they are made. What is made of a word, a name or a term is made once: reports repeat them many times.
struct Filling<'a> {
    content: &'a Content,
    languages: &'a Languages,
    accents: &'a mut Accents,
    fields: &'a Fields,
    /// The stems of words, by the place of the language.
    stems: Vec<HashMap<String, String>>,
    /// The words and stems of the names of things, and of properties.
    things: HashMap<u32, Rc<[String]>>,
    properties: HashMap<NamedNode, Rc<[String]>>,
}

impl Filling<'_> {
    fn thing(&mut self, number: u64, thing: &Thing) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.fields.number, number);
        for name in &thing.names {
            self.main(&mut document, &name.text, &name.language);
        }
        let around: Vec<Rc<[String]>> = thing.classes.iter().chain(&thing.countries).map(|value| self.value(*value)).collect();
        self.about(&mut document, &around);
        document
    }

    fn passage(&mut self, number: u64, passage: &Passage) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.fields.number, number);
        self.main(&mut document, &passage.text, &passage.language);
        let content = self.content;
        let mut around = Vec::new();
        if let Some(Kind::Answer { question, .. }) = passage.of.and_then(|of| content.things.get(of)).map(|thing| &thing.kind) {
            around.push(self.named(*question));
        }
        for stated in &passage.stated {
            around.push(self.named(stated.subject));
            if let Object::NamedNode(value) = &stated.value {
                around.extend(content.things.number(value).map(|value| self.named(value)));
            }
            around.push(self.property(&stated.property));
        }
        if let Some(report) = content.reports.get(passage.report as usize) {
            around.push(self.named(report.thing));
            around.extend(report.countries.iter().map(|country| self.value(*country)));
        }
        self.about(&mut document, &around);
        document
    }

    /// The words and stems of the names of a thing.
    fn named(&mut self, number: u32) -> Rc<[String]> {
        if let Some(known) = self.things.get(&number) {
            return Rc::clone(known);
        }
        let names = self.content.things.get(number).map(|thing| thing.names.as_slice()).unwrap_or_default();
        let all: Rc<[String]> = names.iter().flat_map(|name| self.told(&name.text, &name.language)).collect();
        self.things.insert(number, Rc::clone(&all));
        all
    }

    /// The words and stems of what a value of a facet is called.
    fn value(&mut self, value: Value) -> Rc<[String]> {
        let content = self.content;
        let label = |(lang, _): &(&'static str, _)| (content.values.label(value, &content.things, lang), *lang);
        LANGUAGES.iter().map(label).flat_map(|(text, lang)| self.told(&text, lang)).collect()
    }

    /// The words and stems of what a property is called.
    fn property(&mut self, property: &NamedNode) -> Rc<[String]> {
        if let Some(known) = self.properties.get(property) {
            return Rc::clone(known);
        }
        let label = |(lang, _): &(&'static str, _)| (terms::label(property.as_ref(), lang), *lang);
        let all: Rc<[String]> = LANGUAGES.iter().map(label).flat_map(|(text, lang)| self.told(&text, lang)).collect();
        self.properties.insert(property.clone(), Rc::clone(&all));
        all
    }

    /// The words and stems of a text.
    fn told(&mut self, text: &str, language: &str) -> Vec<String> {
        let place = self.languages.place(language);
        let mut all = Vec::new();
        for word in words(text) {
            if let Some(place) = place
                && let Some(known) = self.languages.all.get(place)
            {
                all.push(marked(&known.code, &self.stem(place, &word.lower)));
            }
            all.push(word.folded);
        }
        all
    }

    fn stem(&mut self, place: usize, lower: &str) -> String {
        let (Some(known), Some(language)) = (self.stems.get_mut(place), self.languages.all.get(place)) else {
            return lower.to_owned();
        };
        if let Some(stem) = known.get(lower) {
            return stem.clone();
        }
        let stem = language.stem(lower);
        known.insert(lower.to_owned(), stem.clone());
        stem
    }

    /// Adds a text in a language, as it stands and by its stems.
    fn main(&mut self, document: &mut TantivyDocument, text: &str, language: &str) {
        let all = words(text);
        document.add_pre_tokenized_text(self.fields.words, tokens(all.iter().map(|word| word.folded.clone())));
        let fields = self.fields;
        // A text whose language is not told may be of any.
        let only = self.languages.place(language);
        for (place, field) in fields.stems.iter().enumerate().filter(|(place, _)| only.is_none_or(|only| only == *place)) {
            let stems: Vec<String> = all.iter().map(|word| self.stem(place, &word.lower)).collect();
            document.add_pre_tokenized_text(*field, tokens(stems.into_iter()));
            for word in &all {
                self.accents.learn(place, word);
            }
        }
    }

    /// Adds the words and stems of what is around a text, each once.
    fn about(&self, document: &mut TantivyDocument, around: &[Rc<[String]>]) {
        let all: BTreeSet<&str> = around.iter().flat_map(|words| words.iter()).map(String::as_str).collect();
        document.add_pre_tokenized_text(self.fields.about, tokens(all.into_iter().map(str::to_owned)));
    }
}

fn tokens(words: impl Iterator<Item = String>) -> PreTokenizedString {
    let token = |(position, text): (usize, String)| Token { position, text, ..Token::default() };
    PreTokenizedString { text: String::new(), tokens: words.enumerate().map(token).collect() }
}

/// Collects all that was found, with its score.
pub(super) struct All;

/// The same, of a segment.
pub(super) struct AllOfSegment {
    numbers: std::sync::Arc<dyn ColumnValues<u64>>,
    found: Vec<(Found, Score)>,
}

impl Collector for All {
    type Fruit = Vec<(Found, Score)>;
    type Child = AllOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<AllOfSegment> {
        let numbers = segment.fast_fields().u64("number")?.first_or_default_col(0);
        Ok(AllOfSegment { numbers, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, found: Vec<Vec<(Found, Score)>>) -> tantivy::Result<Self::Fruit> {
        Ok(found.into_iter().flatten().collect())
    }
}

impl SegmentCollector for AllOfSegment {
    type Fruit = Vec<(Found, Score)>;

    fn collect(&mut self, document: DocId, score: Score) {
        let number = self.numbers.get_val(document);
        let of = u32::try_from(number & (PASSAGE - 1)).unwrap_or(u32::MAX);
        let found = if number & PASSAGE == 0 { Found::Thing(of) } else { Found::Passage(of) };
        self.found.push((found, score));
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}
