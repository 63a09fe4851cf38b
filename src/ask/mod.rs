//! Questions in plain English, Spanish and French, compiled to SPARQL and answered with the words of reports.
//!
//! A question is cut into words ([`tokens`]), every phrase of it is looked up ([`lattice`]) among the words of its language
//! (`data/ask/`), the ontology's labels and the names in the graph ([`vocabulary`]), a small grammar puts the phrases together
//! ([`grammar`]), and the likeliest reading becomes a query ([`plan`]). A word that no reading can place means that there is no
//! answer. `docs/asking.md` tells the grammar.

pub mod answer;
mod article;
mod changes;
mod compare;
pub mod dates;
mod denial;
pub mod evidence;
mod follow;
pub mod grammar;
mod kind;
pub mod lattice;
pub mod lexicon;
mod link;
pub mod meaning;
mod narrow;
mod numbers;
mod part;
mod passage;
pub mod plan;
pub mod quantity;
mod reading;
mod refusal;
pub mod relations;
mod rows;
mod say;
mod scope;
mod shape;
pub mod sorts;
pub mod sparql;
pub mod spelling;
pub mod suggest;
pub mod tokens;
mod topic;
pub mod vocabulary;
pub mod words;

pub use answer::{Answer, Count, Read, Row, Status};
pub use vocabulary::{Vocabulary, VocabularyError};

use crate::store::{Limits, Store, StoreError};
use grammar::{Reading, Readings};
use lattice::{Books, Lattice};
use lexicon::Lexicon;
use tokens::Token;
use words::WordsError;

/// Why a question could not be worked on.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The store failed, or a limit was hit.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The words cannot be used.
    #[error(transparent)]
    Words(#[from] WordsError),
}

/// A question, read as far as it goes.
pub struct Understood<'a> {
    /// The question.
    pub question: &'a str,
    /// Its words.
    pub tokens: Vec<Token>,
    /// The words of its language, the relations, and the names.
    pub books: Books<'a>,
    /// Its phrases.
    pub lattice: Lattice,
    /// Its readings.
    pub readings: Readings,
}

impl Understood<'_> {
    /// The reading that is meant.
    pub fn best(&self) -> Option<&Reading> {
        self.readings.whole.first()
    }
}

/// The language of a question: the one whose words it consists of.
///
/// # Errors
/// If the words cannot be used.
pub fn language(tokens: &[Token], otherwise: &'static str) -> Result<&'static str, WordsError> {
    let mut best = (0, otherwise);
    for lang in words::LANGUAGES {
        let lexicon = lexicon::lexicon(lang)?;
        // A word with a capital within a question is part of a name, whatever else it says.
        let is_name = |at: usize, token: &Token| token.upper || (token.capital && at > 0);
        let words = tokens.iter().enumerate().filter(|(at, token)| !is_name(*at, token));
        let known = words.filter(|(_, token)| lexicon.known.contains(&token.text)).count();
        let better = known > best.0 || (known == best.0 && lang == otherwise);
        if better && known > 0 {
            best = (known, lang);
        }
    }
    Ok(best.1)
}

/// Reads a question; nothing is asked of the store.
///
/// # Errors
/// If the words cannot be used.
pub fn understand<'a>(question: &'a str, lexicon: &'a Lexicon, vocabulary: &'a Vocabulary) -> Result<Understood<'a>, WordsError> {
    let mut tokens = tokens::tokens(tokens::head(question));
    tokens.truncate(tokens::LONGEST + 1);
    let books = Books { lexicon, relations: relations::relations()?, vocabulary };
    let lattice = lattice::lattice(&tokens, books);
    let hopeless = tokens::is_too_long(question, &tokens) || refusal::has_unknown(&tokens, &lattice);
    let readings =
        if hopeless { Readings { whole: Vec::new(), longest: None } } else { grammar::read(&lattice, tokens.len(), books) };
    Ok(Understood { question, tokens, books, lattice, readings })
}

/// How much more far-fetched a reading may be that joins the words of a question otherwise, and how many of them are tried.
const JOINED_OTHERWISE: f32 = 0.35;
const TRIED: usize = 4;

/// What is asked, and of whom.
pub struct Asker<'a> {
    /// The store.
    pub store: &'a dyn Store,
    /// Its names.
    pub vocabulary: &'a Vocabulary,
    /// What a query may cost.
    pub limits: Limits,
}

impl Asker<'_> {
    /// Answers a question. `lang` is its language, if that is known; `otherwise` the one to speak where its words do not tell.
    ///
    /// # Errors
    /// If the store fails or a limit is hit. A question that is not understood is no error.
    pub fn ask(&self, question: &str, lang: Option<&str>, otherwise: &'static str) -> Result<Answer, AskError> {
        let tokens = tokens::tokens(tokens::head(question));
        let lang = match lang.and_then(|lang| words::LANGUAGES.into_iter().find(|known| *known == lang)) {
            Some(lang) => lang,
            None => language(&tokens, otherwise)?,
        };
        let lexicon = lexicon::lexicon(lang)?;
        let understood = understand(question, lexicon, self.vocabulary)?;
        let blank = Answer {
            status: Status::WordsNotUnderstood,
            question: question.to_owned(),
            language: lang.to_owned(),
            reading: Vec::new(),
            query: None,
            sentence: String::new(),
            answers: Vec::new(),
            suggestions: Vec::new(),
            revision: self.vocabulary.revision.clone(),
        };
        if !tokens::is_too_long(question, &understood.tokens)
            && let Some(passage) = passage::find(&understood)
        {
            return passage::answer(self, &understood, &passage, blank);
        }
        let Some(best) = understood.best() else { return refusal::refuse(self, &understood, blank) };
        let answer = self.answered(&understood, best, blank.clone())?;
        if answer.status != Status::NothingInGraph {
            return Ok(answer);
        }
        // Where the likeliest reading finds nothing, one in which the same words mean the same and are only joined otherwise is
        // meant: the NGOs of "projects implemented by NGOs in Mexico" need not be at home there.
        let near = understood.readings.whole.iter().skip(1).take_while(|other| other.cost - best.cost < JOINED_OTHERWISE);
        for other in near.filter(|other| other.noun.asks_as(&best.noun)).take(TRIED) {
            match self.answered(&understood, other, blank.clone()) {
                Ok(found) if found.status == Status::Answered && found.reading == answer.reading => return Ok(found),
                Ok(_) => {}
                // What takes too long is given up: there is an answer already.
                Err(_) => break,
            }
        }
        Ok(answer)
    }

    fn answered(&self, understood: &Understood<'_>, reading: &Reading, mut answer: Answer) -> Result<Answer, AskError> {
        let mut noun = reading.noun.clone();
        narrow::settle(understood, &mut noun);
        answer.reading = reading::reading(understood, &noun);
        if let Some(ambiguous) = refusal::ambiguity(understood, reading, &noun) {
            return Ok(refusal::ambiguous(understood, answer, &ambiguous));
        }
        let plan = plan::plan(&noun, understood.books);
        rows::fill(self, understood, &noun, &plan, answer)
    }
}
