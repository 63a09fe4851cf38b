//! What the program's own queries found last, of a graph that nobody writes to. Where a site of files is made, the pages of a thing in
//! each language, its documents, its citations and its pictures ask the same, one soon after the other.

use super::reader::Outcome;
use crate::store::{Row, Variable};
use oxigraph::model::Term;
use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// So many results are expected; more are taken, up to so many bytes.
const EXPECTED: usize = 10_000;
const BYTES: u64 = 64 << 20;
/// A result of more rows is read anew each time.
const MOST: usize = 1_000;

/// What a query found.
#[derive(Default)]
struct Found {
    columns: Arc<[Variable]>,
    rows: Vec<Vec<Option<Term>>>,
}

/// So many answers to published questions are remembered: the page of one, and its results in each form, are made together.
const ANSWERS: usize = 4;

/// A published question by its name, and what it was given.
type Question = (String, Vec<(String, String)>);

/// The results.
pub(super) struct Memory {
    found: Cache<Known, Arc<Found>, Weight>,
    answers: Cache<Question, Arc<Outcome>>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { found: Cache::with_weighter(EXPECTED, BYTES, Weight), answers: Cache::new(ANSWERS) }
    }
}

/// A query, by where it stands in the program, and what its variables are bound to.
struct Known {
    query: (usize, usize),
    bound: Vec<(String, Term)>,
}

impl Hash for Known {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(self.query, self.bound.iter().map(|(name, term)| (name.as_str(), term)), state);
    }
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.query == other.query && self.bound == other.bound
    }
}

impl Eq for Known {}

/// The same, as it is asked for.
struct Asked<'a> {
    query: (usize, usize),
    bound: &'a [(&'a str, Term)],
}

impl Hash for Asked<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(self.query, self.bound.iter().map(|(name, term)| (*name, term)), state);
    }
}

impl Equivalent<Known> for Asked<'_> {
    fn equivalent(&self, known: &Known) -> bool {
        let same = |((name, term), (known, as_known)): (&(&str, Term), &(String, Term))| name == known && term == as_known;
        self.query == known.query && self.bound.len() == known.bound.len() && self.bound.iter().zip(&known.bound).all(same)
    }
}

fn hash<'a, H: Hasher>(query: (usize, usize), bound: impl Iterator<Item = (&'a str, &'a Term)>, state: &mut H) {
    query.hash(state);
    for (name, term) in bound {
        name.hash(state);
        term.hash(state);
    }
}

/// About how many bytes a result takes.
#[derive(Clone)]
struct Weight;

impl Weighter<Known, Arc<Found>> for Weight {
    fn weight(&self, known: &Known, found: &Arc<Found>) -> u64 {
        /// What an entry, a row and a term take besides their texts.
        const EACH: usize = 64;
        let bound: usize = known.bound.iter().map(|(name, term)| EACH + name.len() + length(term)).sum();
        let row = |row: &Vec<Option<Term>>| EACH + row.iter().map(|term| EACH + term.as_ref().map_or(0, length)).sum::<usize>();
        (EACH + bound + found.rows.iter().map(row).sum::<usize>()) as u64
    }
}

fn length(term: &Term) -> usize {
    match term {
        Term::NamedNode(node) => node.as_str().len(),
        Term::BlankNode(node) => node.as_str().len(),
        Term::Literal(literal) => literal.value().len(),
    }
}

/// What is done with each row.
type See<'a> = dyn FnMut(Row) + Send + 'a;

impl Memory {
    /// Shows the rows of a query to `see`: those that are remembered, or those that `read` finds.
    ///
    /// # Errors
    /// Those of `read`.
    pub(super) fn each<E>(
        &self,
        query: &'static str,
        bound: &[(&str, Term)],
        see: &mut See<'_>,
        read: impl FnOnce(&mut See<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let place = (query.as_ptr().addr(), query.len());
        if let Some(found) = self.found.get(&Asked { query: place, bound }) {
            found.rows.iter().for_each(|row| see((Arc::clone(&found.columns), row.clone()).into()));
            return Ok(());
        }
        let (mut found, mut count) = (Found::default(), 0);
        read(&mut |row| {
            count += 1;
            if count == 1 {
                found.columns = row.variables().into();
            }
            if count <= MOST {
                found.rows.push(row.values().to_vec());
            }
            see(row);
        })?;
        if count <= MOST {
            let bound = bound.iter().map(|(name, term)| ((*name).to_owned(), term.clone())).collect();
            self.found.insert(Known { query: place, bound }, Arc::new(found));
        }
        Ok(())
    }

    /// The answer to a published question: the one that is remembered, or what `ask` gives.
    ///
    /// # Errors
    /// Those of `ask`.
    pub(super) fn answer<E>(
        &self,
        question: &str,
        given: &[(String, String)],
        ask: impl FnOnce() -> Result<Outcome, E>,
    ) -> Result<Outcome, E> {
        let mut given = given.to_vec();
        given.sort_unstable();
        let key = (question.to_owned(), given);
        if let Some(known) = self.answers.get(&key) {
            return Ok(Outcome::clone(&known));
        }
        let answer = ask()?;
        self.answers.insert(key, Arc::new(answer.clone()));
        Ok(answer)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;

    const QUERY: &str = "SELECT ?a WHERE { ?this ?p ?a }";

    /// What is shown for a query when its rows are these, and whether they were read.
    fn shown(memory: &Memory, bound: &[(&str, Term)], rows: &[&str]) -> (Vec<String>, bool) {
        let (mut seen, mut asked) = (Vec::new(), false);
        let read = |see: &mut See<'_>| -> Result<(), ()> {
            asked = true;
            for row in rows {
                see((vec![Variable::new_unchecked("a")], vec![Some(Literal::from(*row).into())]).into());
            }
            Ok(())
        };
        memory.each(QUERY, bound, &mut |row| seen.push(row.get("a").unwrap().to_string()), read).unwrap();
        (seen, asked)
    }

    #[test]
    fn what_was_read_is_shown_again_and_only_to_the_same_question() {
        let memory = Memory::default();
        let this = |name: &str| [("this", Term::from(Literal::from(name)))];
        assert_eq!(shown(&memory, &this("x"), &["1", "2"]), (vec!["\"1\"".to_owned(), "\"2\"".to_owned()], true));
        assert_eq!(shown(&memory, &this("x"), &[]), (vec!["\"1\"".to_owned(), "\"2\"".to_owned()], false));
        assert_eq!(shown(&memory, &this("y"), &[]), (Vec::new(), true));
        assert_eq!(shown(&memory, &this("y"), &["3"]), (Vec::new(), false), "that nothing was found is known as well");
        assert!(shown(&memory, &[("that", Literal::from("x").into())], &[]).1, "another variable is another question");
        assert!(shown(&memory, &[], &[]).1);
        let many = vec!["row"; MOST + 1];
        assert!(shown(&memory, &this("z"), &many).1 && shown(&memory, &this("z"), &many).1, "too much is not remembered");
    }

    #[test]
    fn a_question_is_asked_once_whatever_the_order_of_what_it_is_given() {
        let memory = Memory::default();
        let given = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), "x".to_owned())).collect::<Vec<_>>();
        let asked = |question: &str, names: &[&str], outcome| {
            memory.answer(question, &given(names), || Ok::<_, ()>(Outcome::Boolean(outcome))).unwrap() == Outcome::Boolean(true)
        };
        assert!(asked("laws", &["lang", "year"], true));
        assert!(asked("laws", &["year", "lang"], false), "it is the same question");
        assert!(!asked("laws", &["year"], false) && !asked("plans", &["lang", "year"], false));
    }

    #[test]
    fn what_could_not_be_read_is_not_remembered() {
        let memory = Memory::default();
        let failed = memory.each(QUERY, &[], &mut |_| {}, |see| {
            see((vec![Variable::new_unchecked("a")], vec![Some(Literal::from("half").into())]).into());
            Err("broken off")
        });
        assert_eq!(failed, Err("broken off"));
        assert_eq!(shown(&memory, &[], &["whole"]), (vec!["\"whole\"".to_owned()], true));
    }
}
