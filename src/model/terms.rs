//! Terms by number, so that statements are compared and looked up as numbers, and each term is kept once.

use oxigraph::model::{Term, TermRef};
use rustc_hash::FxHasher;
use std::hash::{Hash as _, Hasher as _};

/// The number of a term among those that it is kept with, from 0.
pub type TermId = u32;

/// A slot of the table in which no term is.
const FREE: TermId = TermId::MAX;

/// Terms, each kept once, by the number of its place.
#[derive(Clone, Debug)]
pub struct Terms {
    all: Vec<Term>,
    /// Of each term, so that none is hashed twice.
    hashes: Vec<u32>,
    /// Open addressing: the number of a term stands in the first free slot from its hash on.
    slots: Vec<TermId>,
    has_blank_nodes: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Self::with_room(0)
    }
}

impl Terms {
    /// No terms, with room for so many.
    pub fn with_room(terms: usize) -> Self {
        let slots = vec![FREE; (2 * terms).next_power_of_two().max(64)];
        Self { all: Vec::with_capacity(terms), hashes: Vec::with_capacity(terms), slots, has_blank_nodes: false }
    }

    /// How many there are: the number that the next new term gets.
    pub fn count(&self) -> TermId {
        // A graph of four thousand million terms does not fit a machine's memory as it is.
        TermId::try_from(self.all.len()).unwrap_or(FREE)
    }

    /// The term of a number, if there is one.
    pub fn get(&self, id: TermId) -> Option<TermRef<'_>> {
        self.all.get(usize::try_from(id).ok()?).map(Term::as_ref)
    }

    /// All of them, in the order of their numbers.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = TermRef<'_>> {
        self.all.iter().map(Term::as_ref)
    }

    /// Whether one of them is a blank node.
    pub fn has_blank_nodes(&self) -> bool {
        self.has_blank_nodes
    }

    /// The number of a term, if it is one of these.
    pub fn find(&self, term: TermRef<'_>) -> Option<TermId> {
        self.find_hashed(term, hash(term))
    }

    /// The number of each of these terms among others, if it is one of them.
    pub fn among<'t>(&'t self, others: &'t Self) -> impl Iterator<Item = Option<TermId>> + 't {
        self.iter().zip(&self.hashes).map(|(term, hash)| others.find_hashed(term, *hash))
    }

    /// The number of a term, which is kept if it is new.
    pub fn add(&mut self, term: Term) -> TermId {
        let hash = hash(term.as_ref());
        let slot = self.slot(term.as_ref(), hash);
        if self.slots[slot] == FREE { self.put(term, hash, slot) } else { self.slots[slot] }
    }

    /// The same; the term is copied only if it is new.
    pub fn copy(&mut self, term: TermRef<'_>) -> TermId {
        let hash = hash(term);
        let slot = self.slot(term, hash);
        if self.slots[slot] == FREE { self.put(term.into_owned(), hash, slot) } else { self.slots[slot] }
    }

    fn find_hashed(&self, term: TermRef<'_>, hash: u32) -> Option<TermId> {
        self.slots.get(self.slot(term, hash)).copied().filter(|id| *id != FREE)
    }

    fn put(&mut self, term: Term, hash: u32, slot: usize) -> TermId {
        let id = self.count();
        self.has_blank_nodes |= term.is_blank_node();
        self.all.push(term);
        self.hashes.push(hash);
        self.slots[slot] = id;
        if self.all.len() * 2 > self.slots.len() {
            self.grow();
        }
        id
    }

    /// The slot of a term, or the free one that it would get.
    fn slot(&self, term: TermRef<'_>, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let id = self.slots[at];
            if id == FREE || self.hashes[id as usize] == hash && self.all[id as usize].as_ref() == term {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![FREE; self.slots.len() * 2];
        let mask = self.slots.len() - 1;
        for (id, hash) in (0..).zip(&self.hashes) {
            let mut at = *hash as usize & mask;
            while self.slots[at] != FREE {
                at = (at + 1) & mask;
            }
            self.slots[at] = id;
        }
    }
}

fn hash(term: TermRef<'_>) -> u32 {
    let mut hasher = FxHasher::default();
    term.hash(&mut hasher);
    u32::try_from(hasher.finish() & u64::from(u32::MAX)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    #[test]
    fn each_term_has_one_number() {
        let mut terms = Terms::default();
        let iri = |n: u32| Term::from(NamedNode::new_unchecked(format!("https://e/{n}")));
        let numbers: Vec<TermId> = (0..500).map(|n| terms.add(iri(n))).collect();
        assert_eq!(numbers, (0..500).collect::<Vec<_>>());
        assert_eq!((0..500).map(|n| terms.copy(iri(n).as_ref())).collect::<Vec<_>>(), numbers);
        assert_eq!(terms.count(), 500);
        // A text is none of the IRI that it spells.
        assert_eq!(terms.find(Literal::new_simple_literal("https://e/7").as_ref().into()), None);
        assert_eq!(terms.get(7), Some(iri(7).as_ref()));
        let mut others = Terms::default();
        others.add(iri(499));
        assert_eq!(terms.among(&others).flatten().count(), 1);
        assert!(!terms.has_blank_nodes());
    }
}
