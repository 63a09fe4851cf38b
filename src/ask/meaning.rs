//! What words mean together: things, and what is said of them.

use super::dates::Span;
use super::quantity::Bounds;
use super::relations::RelationId;
use super::sorts::Sorts;
use std::rc::Rc;

/// The words of the question that something was read from: first and one past the last.
pub type Words = (usize, usize);

/// A description of things.
#[allow(clippy::struct_excessive_bools)] // each is a mark that a word leaves, and none excludes another
#[derive(Clone, Debug, PartialEq)]
pub struct Noun {
    /// What the things can be.
    pub sorts: Sorts,
    /// How they are named.
    pub head: Head,
    /// What is said of them.
    pub conds: Vec<Cond>,
    /// Whether they are asked for.
    pub asked: bool,
    /// Whether only their number is asked for.
    pub counted: bool,
    /// Whether there are to be none of them.
    pub none: bool,
    /// Whether a word like "neither" says that there are to be none, whatever else is denied.
    pub nor: bool,
    /// Whether what is said is to be true of each of them by itself.
    pub both: bool,
    /// Whether what is asked for is to be told for each of them.
    pub each: bool,
    /// Whether the question begins like one that takes yes or no.
    pub whether: bool,
    /// How many of them there are to be: "more than two partners".
    pub many: Option<Bounds>,
    /// Which of them: those with the most of something.
    pub pick: Option<Pick>,
    /// Whether what several have of them is set side by side.
    pub compared: Option<Side>,
    /// What their number is compared with: "more projects in Ghana than in Guatemala".
    pub against: Option<Rc<Against>>,
    /// The preposition before a question word: "through whom".
    pub via: Option<Rc<Rel>>,
    /// The words that name them.
    pub words: Words,
}

/// The other things whose number one is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// How the numbers are to stand to each other: more of the first, fewer, or as many.
    pub pick: Pick,
    /// Whether it is asked how many more there are.
    pub difference: bool,
    /// The other things, which are counted like the first.
    pub other: Noun,
    /// In what the first and the other ones differ.
    pub sides: [Noun; 2],
}

/// How things are named.
#[derive(Clone, Debug, PartialEq)]
pub enum Head {
    /// A question word, or nothing.
    Open,
    /// A noun for a class: its place among the nouns of the language.
    Type(usize),
    /// A name, and what bears it.
    Name(Vec<usize>),
    /// A noun for one end of a relation: "funders".
    Role {
        /// The relations that it can be the end of.
        relations: Vec<RelationId>,
        /// Whether it is the right end.
        right: bool,
        /// Whether the other end has been found.
        filled: bool,
    },
    /// Several: all of them, or any.
    List {
        /// Whether all are meant.
        all: bool,
        /// They.
        of: Vec<Rc<Noun>>,
    },
    /// A time.
    Time(Span),
    /// A number, or an amount of money, by what it is compared with.
    Quantity(Bounds),
}

/// Which of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// With the largest number of others, or the largest value.
    Most,
    /// With the smallest.
    Fewest,
    /// The largest by its own value.
    Largest,
    /// The smallest by its own value.
    Smallest,
    /// The latest.
    Latest,
    /// The earliest.
    Earliest,
    /// The sum of values.
    Total,
    /// Their mean.
    Average,
    /// As many as there are of others.
    Same,
}

/// What is told of things that are set side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// All.
    All,
    /// What not all of them have.
    Differing,
    /// What all of them have.
    Shared,
    /// They are only named one with the other, and a word that compares them is to come.
    Paired,
}

/// Words that work on others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// And.
    And,
    /// Or.
    Or,
    /// Not.
    Not,
    /// Without.
    Without,
    /// Except.
    Except,
    /// Both.
    Both,
    /// The "and" that goes with a "both": "tanto A como B".
    BothAnd,
    /// "In charge of", before what someone is in charge of doing.
    Charged,
    /// That, which.
    That,
    /// Which, what: before a noun.
    Which,
    /// How many.
    HowMany,
    /// How much.
    HowMuch,
    /// Whether.
    Whether,
    /// A request.
    List,
    /// Asks what something is.
    About,
    /// Sets things side by side.
    Compare(Side),
    /// "With", "to": what something is compared with.
    With,
    /// "Larger", "smaller", of sums of money.
    Comparative(Pick),
    /// "Than", "as": what a number is compared with.
    Than,
    /// "How", of things that differ.
    How,
    /// Neither, nor.
    Nor,
    /// Counted apart.
    Per,
    /// The most and the like.
    Pick(Pick),
    /// `'s`.
    Possessive,
}

/// Something said of things.
#[derive(Clone, Debug, PartialEq)]
pub enum Cond {
    /// They stand in a relation to others.
    Link {
        /// The relation.
        relation: RelationId,
        /// Whether the things are its left end.
        left: bool,
        /// The others.
        other: Rc<Noun>,
        /// Whether it is denied.
        not: bool,
        /// The words for the relation.
        words: Words,
    },
    /// All of these.
    All(Vec<Cond>),
    /// Any of these.
    Any(Vec<Cond>),
    /// They are none of these.
    Except(Rc<Noun>),
    /// They are some of these.
    Among(Rc<Noun>),
    /// They are of a time.
    Time(Span),
    /// A report says so.
    Scope(Rc<Noun>),
    /// Such reports do not mention them.
    Unsaid(Rc<Noun>),
    /// They are counted apart for each of these.
    Per(Box<Cond>),
    /// They are questions that a report answers, or does not.
    Answered(bool),
}

/// How the ends of a relation stand to its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The left end is the subject.
    Forward,
    /// The right end is the subject.
    Backward,
    /// A participle, which goes with either.
    Participle,
    /// Whichever fits: "of".
    Either,
}

/// Words for a relation, and what they can mean.
#[allow(clippy::struct_excessive_bools)] // each is a mark that a word leaves, and none excludes another
#[derive(Clone, Debug, PartialEq)]
pub struct Rel {
    /// The relations, with what is lost by choosing each.
    pub choices: Vec<(RelationId, Form, f32)>,
    /// Whether it is denied.
    pub not: bool,
    /// Whether it says too little to stand without what follows: a preposition.
    pub weak: bool,
    /// Whether it only says that the two belong together: "of", "have".
    pub of: bool,
    /// Whether it says where something is said: "according to".
    pub scope: bool,
    /// Whether it stands for the relation that was told last: "and Ghana has not".
    pub again: bool,
    /// Where its preposition stands, if it is another place: "with whom does it work".
    pub parted: Option<usize>,
    /// Another relation to the same things, and whether both hold.
    pub also: Option<(bool, Rc<Rel>)>,
    /// The words.
    pub words: Words,
}

impl Rel {
    /// Words for relations.
    pub fn new(choices: Vec<(RelationId, Form, f32)>, words: Words) -> Self {
        Self { choices, not: false, weak: false, of: false, scope: false, again: false, parted: None, also: None, words }
    }
}

/// A relation with one end known.
#[derive(Clone, Debug, PartialEq)]
pub struct Pred {
    /// The relation.
    pub rel: Rc<Rel>,
    /// The end that is known.
    pub arg: Rc<Noun>,
    /// Whether the relation's words come first.
    pub after: bool,
}

impl Noun {
    /// Things that a word names.
    pub fn new(sorts: Sorts, head: Head, words: Words) -> Self {
        Self {
            sorts,
            head,
            conds: Vec::new(),
            asked: false,
            counted: false,
            none: false,
            nor: false,
            both: false,
            each: false,
            whether: false,
            many: None,
            pick: None,
            compared: None,
            against: None,
            via: None,
            words,
        }
    }
    /// Whether it is a name, or several, and nothing else.
    pub fn is_name(&self) -> bool {
        self.conds.is_empty()
            && match &self.head {
                Head::Name(_) => true,
                Head::List { of, .. } => of.iter().all(|noun| noun.is_name()),
                _ => false,
            }
    }
    /// Whether it is a noun for an end of a relation whose other end is to come.
    pub fn is_open_role(&self) -> bool {
        matches!(self.head, Head::Role { filled: false, .. })
    }
    /// Whether it asks for the same kind of thing in the same way, whatever is said of that.
    pub fn asks_as(&self, other: &Self) -> bool {
        let way = |noun: &Self| (noun.sorts, noun.whether, noun.counted, noun.pick, noun.compared, noun.against.is_some());
        way(self) == way(other)
    }
    /// Whether it is a number that something is compared with.
    pub fn is_quantity(&self) -> bool {
        matches!(self.head, Head::Quantity(_))
    }
    /// The same where what it bounds is denied: not more than two are at most two. None if it bounds nothing on one side alone.
    pub fn inverted(&self) -> Option<Self> {
        let mut inverted = self.clone();
        if let Head::Quantity(bounds) = &self.head {
            inverted.head = Head::Quantity(bounds.inverted()?);
        } else {
            inverted.many = Some(self.many.as_ref()?.inverted()?);
        }
        Some(inverted)
    }
    /// Whether it is several names, whatever is said of them.
    pub fn is_several(&self) -> bool {
        matches!(&self.head, Head::List { of, .. } if of.len() > 1 && of.iter().all(|one| one.is_name()))
    }
    /// Whether nothing is known of it but what it can be.
    pub fn is_bare(&self) -> bool {
        self.conds.is_empty() && self.head == Head::Open
    }
}
