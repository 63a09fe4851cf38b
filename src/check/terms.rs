//! Terms by number, so that quads are compared and looked up as four numbers.

use oxigraph::model::{Term, TermRef};
use rustc_hash::FxHasher;
use std::hash::{Hash as _, Hasher as _};

/// The number of a term.
pub(super) type Id = u32;

/// A slot of the table in which no term is.
const FREE: Id = Id::MAX;

/// A term that is kept here, or where it came from.
#[derive(Clone)]
enum Held<'q> {
    Here(Term),
    There(TermRef<'q>),
}

impl Held<'_> {
    fn get(&self) -> TermRef<'_> {
        match self {
            Self::Here(term) => term.as_ref(),
            Self::There(term) => *term,
        }
    }
}

/// Terms, each with the number of its place, counted from `first` on.
#[derive(Clone)]
pub(super) struct Terms<'q> {
    first: Id,
    held: Vec<Held<'q>>,
    /// Open addressing: the number of a term stands in the first free slot from its hash on.
    slots: Vec<Id>,
    /// Whether one of them is a blank node.
    has_blank_nodes: bool,
}

impl<'q> Terms<'q> {
    /// No terms; the first has the number `first`.
    pub(super) fn from(first: Id) -> Self {
        Self::with_room(first, 0)
    }

    /// The same, with room for so many terms.
    pub(super) fn with_room(first: Id, terms: usize) -> Self {
        let slots = vec![FREE; (2 * terms).next_power_of_two().max(64)];
        Self { first, held: Vec::with_capacity(terms), slots, has_blank_nodes: false }
    }

    /// The number that the next new term gets.
    pub(super) fn next(&self) -> Id {
        // A graph of four thousand million terms does not fit a machine's memory as it is.
        self.first + Id::try_from(self.held.len()).unwrap_or(FREE)
    }

    /// The term of a number, if it is one of these.
    pub(super) fn get(&self, id: Id) -> Option<TermRef<'_>> {
        self.held.get(usize::try_from(id.checked_sub(self.first)?).ok()?).map(Held::get)
    }

    /// Whether one of them is a blank node.
    pub(super) fn has_blank_nodes(&self) -> bool {
        self.has_blank_nodes
    }

    /// The number of a term, if it is one of these.
    pub(super) fn find(&self, term: TermRef<'_>) -> Option<Id> {
        self.find_hashed(term, hash(term))
    }

    /// The same, where its hash is known.
    fn find_hashed(&self, term: TermRef<'_>, hash: usize) -> Option<Id> {
        self.slots.get(self.slot(term, hash)).copied().filter(|id| *id != FREE)
    }

    /// The number of a term; it is kept by reference if neither `others` nor these have it.
    pub(super) fn add_beside(&mut self, others: &Terms<'_>, term: TermRef<'q>) -> Id {
        let hash = hash(term);
        others.find_hashed(term, hash).unwrap_or_else(|| self.add_as(term, hash, Held::There))
    }

    /// The number of a term; it is copied if it is new.
    pub(super) fn copy(&mut self, term: TermRef<'_>) -> Id {
        self.add_as(term, hash(term), |term| Held::Here(term.into_owned()))
    }

    fn add_as<'t>(&mut self, term: TermRef<'t>, hash: usize, hold: impl Fn(TermRef<'t>) -> Held<'q>) -> Id {
        let slot = self.slot(term, hash);
        if self.slots[slot] != FREE {
            return self.slots[slot];
        }
        let id = self.next();
        self.has_blank_nodes |= term.is_blank_node();
        self.held.push(hold(term));
        self.slots[slot] = id;
        if self.held.len() * 2 > self.slots.len() {
            self.grow();
        }
        id
    }

    /// The slot of a term, or the free one that it would get.
    fn slot(&self, term: TermRef<'_>, hash: usize) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash & mask;
        while self.slots[at] != FREE && self.get(self.slots[at]) != Some(term) {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        self.slots = vec![FREE; self.slots.len() * 2];
        let mask = self.slots.len() - 1;
        for (id, held) in (self.first..).zip(&self.held) {
            let mut at = hash(held.get()) & mask;
            while self.slots[at] != FREE {
                at = (at + 1) & mask;
            }
            self.slots[at] = id;
        }
    }
}

fn hash(term: TermRef<'_>) -> usize {
    let mut hasher = FxHasher::default();
    term.hash(&mut hasher);
    usize::try_from(hasher.finish() & u64::from(u32::MAX)).unwrap_or_default()
}
