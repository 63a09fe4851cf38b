//! Terms by number, so that statements are compared and looked up as numbers, and each term is kept once.

use super::kinds::{BLANK, IRI, Kinds, PLAIN, parts};
use oxigraph::model::{LiteralRef, NamedNodeRef, TermRef};
use std::cmp::Ordering;
use std::fmt::{Display, Write as _};

pub use super::kinds::Kind;

/// The number of a term among those that it is kept with, from 0.
pub type TermId = u32;

/// A slot of the table in which no term is.
const FREE: TermId = TermId::MAX;

/// Terms, each kept once, by the number of its place.
///
/// The texts of all of them stand behind each other in one string: a term of its own would be an allocation and four times the
/// memory, and memory is what a conversion waits for.
#[derive(Clone, Debug)]
pub struct Terms {
    text: String,
    all: Vec<Kept>,
    /// What terms there are.
    kinds: Kinds,
    /// Open addressing: the number of a term stands in the first free slot from its hash on, with that hash, so that a slot of another
    /// term is passed over without a look at it.
    slots: Vec<(u32, TermId)>,
    has_blank_nodes: bool,
}

/// A term as it is kept.
#[derive(Clone, Copy, Debug)]
struct Kept {
    /// Where its text ends, which begins where that of the term before ends.
    end: usize,
    /// The hash of its text and its kind, so that none is hashed twice.
    hash: u32,
    /// The place of its kind among [`Terms::kinds`].
    kind: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self::with_room(0, 0)
    }
}

impl Terms {
    /// No terms, with room for so many whose texts have so many bytes.
    pub fn with_room(terms: usize, bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            all: Vec::with_capacity(terms),
            kinds: Kinds::default(),
            slots: vec![(0, FREE); slots(terms)],
            has_blank_nodes: false,
        }
    }

    /// These terms with their numbers, with room for so many more whose texts have so many bytes.
    #[must_use]
    pub fn with_more_room(&self, terms: usize, bytes: usize) -> Self {
        let mut all = Self {
            kinds: self.kinds.clone(),
            has_blank_nodes: self.has_blank_nodes,
            ..Self::with_room(self.all.len() + terms, self.text.len() + bytes)
        };
        all.text.push_str(&self.text);
        all.all.extend_from_slice(&self.all);
        all.fill_slots();
        all
    }

    /// How many there are: the number that the next new term gets.
    pub fn count(&self) -> TermId {
        // A graph of four thousand million terms does not fit a machine's memory as it is.
        TermId::try_from(self.all.len()).unwrap_or(FREE)
    }

    /// The term of a number, if there is one.
    pub fn get(&self, id: TermId) -> Option<TermRef<'_>> {
        Some(self.kinds.term(self.text(id)?, self.all.get(id as usize)?.kind))
    }

    /// What the term of a number is, without reading it.
    pub fn kind_of(&self, id: TermId) -> Option<Kind<&str>> {
        self.kinds.get(self.all.get(id as usize)?.kind)
    }

    /// The IRI of a number, if it is one's.
    pub fn iri(&self, id: TermId) -> Option<&str> {
        self.all.get(id as usize).filter(|kept| kept.kind == IRI).and_then(|_| self.text(id))
    }

    /// What a term spells: an IRI without its brackets, a literal without language and datatype.
    pub fn text(&self, id: TermId) -> Option<&str> {
        let at = id as usize;
        let start = at.checked_sub(1).and_then(|before| self.all.get(before)).map_or(0, |before| before.end);
        self.text.get(start..self.all.get(at)?.end)
    }

    /// All of them, in the order of their numbers.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = TermRef<'_>> {
        self.texts().map(|(text, kept)| self.kinds.term(text, kept.kind))
    }

    /// What each of them spells.
    fn texts(&self) -> impl ExactSizeIterator<Item = (&str, &Kept)> {
        let mut start = 0;
        self.all.iter().map(move |kept| (&self.text[std::mem::replace(&mut start, kept.end)..kept.end], kept))
    }

    /// The order of two terms: literals first, by what they spell, then IRIs, then blank nodes. What is no term comes before them.
    pub fn order(&self, a: TermId, b: TermId) -> Ordering {
        if a == b {
            return Ordering::Equal;
        }
        // The datatype of a literal, with its language.
        let typed = |id: TermId| match self.get(id) {
            Some(TermRef::Literal(literal)) => Some((literal.datatype().as_str(), literal.language())),
            _ => None,
        };
        let place = |id: TermId| {
            let group = match self.all.get(id as usize)?.kind {
                IRI => 1,
                BLANK => 2,
                _ => 0,
            };
            Some((group, self.text(id)))
        };
        place(a).cmp(&place(b)).then_with(|| typed(a).cmp(&typed(b)))
    }

    /// Whether one of them is a blank node.
    pub fn has_blank_nodes(&self) -> bool {
        self.has_blank_nodes
    }

    /// The number of a term, if it is one of these.
    pub fn find(&self, term: TermRef<'_>) -> Option<TermId> {
        let (text, kind) = parts(term);
        let kind = self.kinds.place(&kind)?;
        self.taken(self.slot(text, kind, self.kinds.hash(text, kind)))
    }

    /// The number of each of these terms among others, if it is one of them.
    pub fn among<'t>(&'t self, others: &'t Self) -> impl Iterator<Item = Option<TermId>> + 't {
        let kinds: Vec<Option<u32>> = self.kinds.among(&others.kinds).collect();
        self.texts().map(move |(text, kept)| others.taken(others.slot(text, kinds[kept.kind as usize]?, kept.hash)))
    }

    /// The number of a term, which is kept if it is new.
    pub fn copy(&mut self, term: TermRef<'_>) -> TermId {
        let (text, kind) = parts(term);
        let kind = self.kinds.add(&kind);
        let hash = self.kinds.hash(text, kind);
        let slot = self.slot(text, kind, hash);
        self.taken(slot).unwrap_or_else(|| {
            self.text.push_str(text);
            self.put(kind, hash, slot)
        })
    }

    /// The number of an IRI that is written in place, behind what is in the string already.
    pub fn write_iri(&mut self, write: impl FnOnce(&mut String)) -> TermId {
        self.write(IRI, write)
    }

    /// The number of a text without a language that is written in place, behind what is in the string already.
    pub fn write_text(&mut self, write: impl FnOnce(&mut String)) -> TermId {
        self.write(PLAIN, write)
    }

    /// The number of a value of a datatype.
    pub fn write_value(&mut self, value: &impl Display, datatype: NamedNodeRef<'_>) -> TermId {
        let kind = self.kinds.add(&parts(LiteralRef::new_typed_literal("", datatype).into()).1);
        self.write(kind, |text| {
            let _ = write!(text, "{value}"); // to a string, which takes it
        })
    }

    fn write(&mut self, kind: u32, write: impl FnOnce(&mut String)) -> TermId {
        let from = self.text.len();
        write(&mut self.text);
        let text = &self.text[from..];
        let hash = self.kinds.hash(text, kind);
        let slot = self.slot(text, kind, hash);
        match self.taken(slot) {
            Some(known) => {
                self.text.truncate(from);
                known
            }
            None => self.put(kind, hash, slot),
        }
    }

    /// Keeps the term whose text was written last.
    fn put(&mut self, kind: u32, hash: u32, slot: usize) -> TermId {
        let id = self.count();
        self.has_blank_nodes |= kind == BLANK;
        self.all.push(Kept { end: self.text.len(), hash, kind });
        self.slots[slot] = (hash, id);
        if slots(self.all.len()) > self.slots.len() {
            self.grow();
        }
        id
    }

    /// The term of a slot.
    fn taken(&self, slot: usize) -> Option<TermId> {
        self.slots.get(slot).map(|(_, id)| *id).filter(|id| *id != FREE)
    }

    /// The slot of a term, or the free one that it would get.
    fn slot(&self, text: &str, kind: u32, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let (own, id) = self.slots[at];
            let same = |kept: &Kept| kept.kind == kind && self.text(id) == Some(text);
            if id == FREE || own == hash && self.all.get(id as usize).is_some_and(same) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![(0, FREE); self.slots.len() * 2];
        self.fill_slots();
    }

    /// Gives each term a slot; all of them are free.
    fn fill_slots(&mut self) {
        let mask = self.slots.len() - 1;
        for (id, kept) in (0..).zip(&self.all) {
            let mut at = kept.hash as usize & mask;
            while self.slots[at].1 != FREE {
                at = (at + 1) & mask;
            }
            self.slots[at] = (kept.hash, id);
        }
    }
}

/// How many slots so many terms have: three for two at least, since a taken one is passed over without a look at its term.
fn slots(terms: usize) -> usize {
    (terms + terms / 2).next_power_of_two().max(64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::vocab::xsd;
    use oxigraph::model::{BlankNode, Literal, NamedNode, Term};

    #[test]
    fn each_term_has_one_number() {
        let mut terms = Terms::default();
        let iri = |n: u32| Term::from(NamedNode::new_unchecked(format!("https://e/{n}")));
        let numbers: Vec<TermId> = (0..500).map(|n| terms.copy(iri(n).as_ref())).collect();
        assert_eq!(numbers, (0..500).collect::<Vec<_>>());
        assert_eq!((0..500).map(|n| terms.copy(iri(n).as_ref())).collect::<Vec<_>>(), numbers);
        assert_eq!(terms.write_iri(|text| text.push_str("https://e/7")), 7);
        assert_eq!(terms.count(), 500);
        // A text is none of the IRI that it spells.
        assert_eq!(terms.find(Literal::new_simple_literal("https://e/7").as_ref().into()), None);
        assert_eq!(terms.get(7), Some(iri(7).as_ref()));
        let mut others = Terms::default();
        others.copy(iri(499).as_ref());
        assert_eq!(terms.among(&others).flatten().count(), 1);
        assert!(!terms.has_blank_nodes());
    }

    #[test]
    fn terms_that_spell_the_same_are_told_apart() {
        let (day, tagged) = (NamedNode::new_unchecked("https://e/day"), Literal::new_language_tagged_literal_unchecked);
        let all: Vec<Term> = vec![
            NamedNode::new_unchecked("a").into(),
            BlankNode::new_unchecked("a").into(),
            Literal::new_simple_literal("a").into(),
            tagged("a", "es").into(),
            tagged("a", "fr").into(),
            Literal::new_typed_literal("a", day.clone()).into(),
            Literal::new_typed_literal("a", xsd::TOKEN).into(),
        ];
        let mut terms = Terms::default();
        for (number, term) in (0..).zip(&all) {
            assert_eq!(terms.find(term.as_ref()), None, "{term}");
            assert_eq!(terms.copy(term.as_ref()), number);
            assert_eq!(terms.get(number), Some(term.as_ref()));
        }
        assert!(terms.iter().eq(all.iter().map(Term::as_ref)) && terms.has_blank_nodes());
        assert_eq!(terms.write_value(&"a", day.as_ref()), 5);
        assert_eq!(terms.write_text(|text| text.push('a')), 2);
        assert_eq!((terms.iri(0), terms.iri(2), terms.iri(7)), (Some("a"), None, None));
        let mut order: Vec<TermId> = (0..8).collect();
        order.sort_by(|a, b| terms.order(*a, *b));
        // By the IRIs of their datatypes; `rdf:langString` lies among them, and 7 is none of the terms.
        assert_eq!(order, [7, 3, 4, 2, 6, 5, 0, 1]);
        // Another order of the same kinds, and not all of them.
        let mut others = Terms::default();
        others.copy(all[6].as_ref());
        others.copy(all[3].as_ref());
        let among: Vec<_> = terms.among(&others).collect();
        assert_eq!(among, [None, None, None, Some(1), None, None, Some(0)]);
        // Terms that go on from others have their numbers, whether there is room for them or not.
        for room in [0, 100] {
            let mut more = terms.with_more_room(room, room);
            assert!(more.iter().eq(terms.iter()) && more.has_blank_nodes());
            assert_eq!(more.copy(all[4].as_ref()), 4);
            assert_eq!(more.write_iri(|text| text.push('b')), 7);
            assert_eq!(terms.find(NamedNodeRef::new_unchecked("b").into()), None);
        }
    }
}
