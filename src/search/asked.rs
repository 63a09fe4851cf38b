//! What was typed, as words to look for: as they are, by their stems, as the beginning of longer ones, and as slips of the pen.

use super::SearchError;
use super::index::{Inverted, marked};
use super::text::{Accents, Languages, Word, words};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use strsim::osa_distance;
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// What is typed beyond this is not looked at.
const LONGEST: usize = 200;
/// So many words are looked for.
const MOST_WORDS: usize = 16;
/// A word begins at most so many others, the most frequent ones.
const MOST_BEGUN: usize = 40;
/// A word is taken for at most so many others.
const MOST_MEANT: usize = 4;

/// What is looked for in one place of a query.
#[derive(Clone, Debug, Default)]
pub(super) struct Sought {
    /// As it was typed, folded.
    typed: String,
    /// The words that do, folded; where it was typed in quotation marks, these words one behind the other.
    exact: Vec<String>,
    /// Their stems, with the place of the language.
    stems: BTreeSet<(usize, String)>,
    quoted: bool,
    /// Whether nothing is spelt as it was typed.
    changed: bool,
}

/// What was typed, understood.
pub(super) struct Asked {
    pub(super) sought: Vec<Sought>,
}

/// What was taken for what.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ReadAs {
    /// As it was typed.
    pub typed: String,
    /// What was looked for instead.
    pub words: Vec<String>,
}

/// What words are looked up in.
pub(super) struct Lookup<'a> {
    pub(super) index: &'a Inverted,
    pub(super) languages: &'a Languages,
    pub(super) accents: &'a Accents,
}

impl Lookup<'_> {
    /// Understands what was typed.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub(super) fn understand(&self, typed: &str) -> Result<Asked, SearchError> {
        let typed: String = typed.chars().take(LONGEST).collect();
        let mut sought = Vec::new();
        let mut loose: Vec<Word> = Vec::new();
        for (at, part) in typed.split(['"', '“', '”', '«', '»']).enumerate() {
            let all = words(part);
            let closed = at % 2 == 1;
            match all.as_slice() {
                [] => {}
                all if closed => sought.push(Sought {
                    typed: all.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" "),
                    exact: all.iter().map(|word| word.folded.clone()).collect(),
                    quoted: true,
                    ..Sought::default()
                }),
                all => loose.extend(all.iter().cloned()),
            }
        }
        let open = !typed.ends_with(|c: char| c.is_whitespace() || c == '"');
        let telling = |word: &&Word| !self.languages.is_small(&word.folded);
        let only_small = sought.is_empty() && !loose.iter().any(|word| telling(&word));
        let kept: Vec<&Word> = loose.iter().filter(|word| only_small || telling(word)).collect();
        let mut seen = BTreeSet::new();
        for (at, word) in kept.iter().enumerate().filter(|(_, word)| seen.insert(word.folded.clone())).take(MOST_WORDS) {
            let last = open && at + 1 == kept.len();
            sought.push(self.word(word, last, kept.len() + sought.len() > 1)?);
        }
        sought.truncate(MOST_WORDS);
        Ok(Asked { sought })
    }

    /// What a word stands for; `last` if more letters may follow, `others` if it does not stand alone.
    fn word(&self, word: &Word, last: bool, others: bool) -> Result<Sought, SearchError> {
        let mut sought = Sought { typed: word.folded.clone(), ..Sought::default() };
        self.spell(word, &mut sought);
        if self.stands(&sought, others)? {
            return Ok(sought);
        }
        let begun = if last { self.begun(&word.folded)? } else { Vec::new() };
        let meant = if begun.is_empty() { self.slips(&word.folded, last)? } else { begun };
        if meant.is_empty() {
            return Ok(sought);
        }
        let mut other = Sought { typed: sought.typed, changed: true, ..Sought::default() };
        for folded in meant {
            let range = 0..folded.len();
            self.spell(&Word { lower: folded.clone(), folded, range }, &mut other);
        }
        Ok(other)
    }

    /// Adds a word and its stems to what is sought.
    fn spell(&self, word: &Word, sought: &mut Sought) {
        sought.exact.push(word.folded.clone());
        for (place, language) in self.languages.all.iter().enumerate() {
            sought.stems.extend(self.accents.spelt(place, word).map(|lower| (place, language.stem(lower))));
        }
    }

    /// Whether something has one of the words or stems.
    fn stands(&self, sought: &Sought, around: bool) -> Result<bool, SearchError> {
        let fields = &self.index.fields;
        let has = |field: Field, word: &str| -> Result<bool, SearchError> {
            Ok(self.index.searcher.doc_freq(&Term::from_field_text(field, word))? > 0)
        };
        for word in &sought.exact {
            if has(fields.words, word)? || around && has(fields.about, word)? {
                return Ok(true);
            }
        }
        for (place, stem) in &sought.stems {
            if let Some(field) = fields.stems.get(*place)
                && has(*field, stem)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The words that a text begins, the most frequent first.
    fn begun(&self, start: &str) -> Result<Vec<String>, SearchError> {
        /// Fewer letters begin anything.
        const FEWEST: usize = 2;
        if start.chars().count() < FEWEST {
            return Ok(Vec::new());
        }
        let mut found: BTreeMap<String, u32> = BTreeMap::new();
        for segment in self.index.searcher.segment_readers() {
            let terms = segment.inverted_index(self.index.fields.words)?;
            let mut stream = terms.terms().range().ge(start.as_bytes()).into_stream()?;
            while stream.advance() && stream.key().starts_with(start.as_bytes()) {
                let word = String::from_utf8_lossy(stream.key()).into_owned();
                *found.entry(word).or_default() += stream.value().doc_freq;
            }
        }
        let mut found: Vec<(Reverse<u32>, String)> = found.into_iter().map(|(word, n)| (Reverse(n), word)).collect();
        found.sort();
        found.truncate(MOST_BEGUN);
        Ok(found.into_iter().map(|(_, word)| word).collect())
    }

    /// The words that a word may be a slip of the pen for: one letter in four, two in eight are forgiven, and more where more
    /// letters may follow.
    fn slips(&self, word: &str, last: bool) -> Result<Vec<String>, SearchError> {
        let letters = word.chars().count();
        let most: u8 = match letters {
            0..4 => return Ok(Vec::new()),
            4..8 => 1,
            _ => 2,
        };
        let term = Term::from_field_text(self.index.fields.words, word);
        let mut ways = vec![FuzzyTermQuery::new(term.clone(), most, true)];
        if letters >= 6 && most == 1 {
            ways.push(FuzzyTermQuery::new(term.clone(), 2, true));
        }
        if last && letters >= 5 {
            ways.push(FuzzyTermQuery::new_prefix(term, 1, true));
        }
        for way in ways {
            let mut found: BTreeMap<String, u32> = BTreeMap::new();
            for segment in self.index.searcher.segment_readers() {
                let terms = segment.inverted_index(self.index.fields.words)?;
                let mut stream = terms.terms().search(way.automaton()?).into_stream()?;
                while stream.advance() {
                    *found.entry(String::from_utf8_lossy(stream.key()).into_owned()).or_default() += stream.value().doc_freq;
                }
            }
            let far = |other: &str| {
                let same_start = word.chars().next() == other.chars().next();
                osa_distance(word, other) * 2 + usize::from(!same_start)
            };
            let mut found: Vec<(usize, Reverse<u32>, String)> =
                found.into_iter().map(|(other, n)| (far(&other), Reverse(n), other)).collect();
            found.sort();
            if let Some((nearest, ..)) = found.first().cloned() {
                let near = found.into_iter().take_while(|(far, ..)| *far == nearest).take(MOST_MEANT);
                return Ok(near.map(|(.., word)| word).collect());
            }
        }
        Ok(Vec::new())
    }
}

impl Asked {
    /// What was taken for what, where nothing is spelt as it was typed.
    pub(super) fn read_as(&self) -> Vec<ReadAs> {
        let changed = self.sought.iter().filter(|sought| sought.changed);
        changed
            .map(|sought| ReadAs { typed: sought.typed.clone(), words: sought.exact.iter().take(MOST_MEANT).cloned().collect() })
            .collect()
    }

    /// What was typed, with the nearest words for those that nothing is spelt as.
    pub(super) fn mended(&self) -> Option<String> {
        let changed = self.sought.iter().any(|sought| sought.changed);
        changed.then(|| self.sought.iter().filter_map(|sought| sought.exact.first().cloned()).collect::<Vec<_>>().join(" "))
    }

    /// The query for what has at least so many of what is sought.
    pub(super) fn query(&self, index: &Inverted, languages: &Languages, least: usize) -> Box<dyn Query> {
        let fields = &index.fields;
        let main = |sought: &Sought| sought.main(fields.words, &fields.stems);
        if let [one] = self.sought.as_slice() {
            return any(main(one));
        }
        let here = any(self.sought.iter().flat_map(main).collect());
        let each = self.sought.iter().map(|sought| {
            let mut ways = main(sought);
            ways.extend(sought.around(fields.about, languages));
            any(ways)
        });
        let mut parts: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, without_score(here))];
        if least >= self.sought.len() {
            parts.extend(each.map(|each| (Occur::Must, each)));
        } else {
            let each = BooleanQuery::union_with_minimum_required_clauses(each.collect(), least.max(1));
            parts.push((Occur::Must, Box::new(each)));
        }
        // What has the words one behind the other is nearer.
        let row: Vec<Term> = self
            .sought
            .iter()
            .filter(|s| !s.quoted)
            .filter_map(|s| s.exact.first())
            .map(|w| Term::from_field_text(fields.words, w))
            .collect();
        if row.len() > 1 {
            parts.push((Occur::Should, Box::new(BoostQuery::new(Box::new(PhraseQuery::new(row)), 1.5))));
        }
        Box::new(BooleanQuery::new(parts))
    }

    /// The words and stems that are marked where they stand.
    pub(super) fn marks(&self) -> Marks {
        let mut marks = Marks::default();
        for sought in &self.sought {
            marks.exact.extend(sought.exact.iter().cloned());
            marks.stems.extend(sought.stems.iter().cloned());
        }
        marks
    }
}

/// The words and stems that are marked where they stand.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) exact: BTreeSet<String>,
    pub(super) stems: BTreeSet<(usize, String)>,
}

impl Marks {
    /// Whether a word of a text in a language, or in any, is one of them.
    pub(super) fn has(&self, word: &Word, language: Option<usize>, languages: &Languages) -> bool {
        if self.exact.contains(&word.folded) {
            return true;
        }
        // Making stems is dear, and a stem begins as its word does.
        let start = |text: &str| text.bytes().take(2).collect::<Vec<u8>>();
        let begun = start(&word.folded);
        languages.all.iter().enumerate().filter(|(place, _)| language.is_none_or(|language| language == *place)).any(
            |(place, language)| {
                self.stems.iter().any(|(of, stem)| *of == place && start(stem) == begun)
                    && self.stems.contains(&(place, language.stem(&word.lower)))
            },
        )
    }
}

impl Sought {
    /// The ways in which a text can have it.
    fn main(&self, words: Field, stems: &[Field]) -> Vec<Box<dyn Query>> {
        let sure = if self.changed { 0.6 } else { 1.0 };
        if self.quoted {
            let terms: Vec<Term> = self.exact.iter().map(|word| Term::from_field_text(words, word)).collect();
            return match terms.as_slice() {
                [one] => vec![weighed(one.clone(), 3.0)],
                _ => vec![Box::new(BoostQuery::new(Box::new(PhraseQuery::new(terms)), 3.0))],
            };
        }
        let exact = self.exact.iter().map(|word| weighed(Term::from_field_text(words, word), 2.0 * sure));
        let stems = self.stems.iter().filter_map(|(place, stem)| {
            let field = stems.get(*place)?;
            Some(weighed(Term::from_field_text(*field, stem), sure))
        });
        exact.chain(stems).collect()
    }

    /// The ways in which what is around a text can have it.
    fn around(&self, about: Field, languages: &Languages) -> Vec<Box<dyn Query>> {
        const LITTLE: f32 = 0.3;
        if self.quoted {
            return Vec::new();
        }
        let stems = self.stems.iter().filter_map(|(place, stem)| Some(marked(&languages.all.get(*place)?.code, stem)));
        let all = self.exact.iter().cloned().chain(stems);
        all.map(|word| weighed(Term::from_field_text(about, &word), LITTLE)).collect()
    }
}

fn weighed(term: Term, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), weight))
}

fn any(ways: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(ways))
}

fn without_score(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(tantivy::query::ConstScoreQuery::new(query, 0.0))
}
