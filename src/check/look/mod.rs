//! A quick look at whether a rule can find anything. Most rules find nothing in most reports, and making a query ready for the
//! engine takes longer than looking.
//!
//! What a query asks for is kept as goals over numbered terms. What is not understood of it may hold or not: a look may take
//! for possible what is not, and the query is then run whole, but never the other way round.

mod read;
mod search;

use super::view::View;
use crate::model::terms::{TermId as Id, Terms};
use search::Search;
use spargebra::algebra::GraphPattern;

/// What a rule asks for.
#[derive(Clone, Debug)]
pub(super) struct Look {
    goal: Goal,
    /// The variables: whether each may have a value that is not known here.
    hidden: Vec<bool>,
}

impl Look {
    /// What a query asks for, if it is understood well enough; its terms are numbered.
    pub(super) fn at(pattern: &GraphPattern, terms: &mut Terms) -> Option<Self> {
        read::read(pattern, terms).map(|(goal, hidden)| Self { goal, hidden })
    }

    /// Whether the query can have a solution.
    pub(super) fn can_find(&self, view: &View<'_>) -> bool {
        Search::new(view, &self.hidden).can_meet(&self.goal)
    }
}

/// A place in a goal: a term that is known, or a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Known(Id),
    Open(usize),
}

/// What has solutions.
#[derive(Clone, Debug)]
enum Goal {
    /// A statement, in any graph, or in this one.
    Statement([Slot; 3], Option<Slot>),
    /// A named graph.
    Graph(Slot),
    /// That properties lead from one to the other, in any number of steps.
    Leads(Slot, Vec<Id>, Slot),
    /// One of these terms.
    OneOf(Slot, Vec<Id>),
    Holds(Condition),
    /// All of them, one after the other.
    All(Vec<Goal>),
    Any(Vec<Goal>),
    /// What is not understood.
    Unclear,
}

/// What is true, false, or neither.
#[derive(Clone, Debug)]
enum Condition {
    Same(Slot, Slot),
    /// That a text begins with another.
    Begins(Text, Text),
    /// That a text is another, or comes before it.
    AtMost(Text, Text),
    Is(Sort, Slot),
    Exists(Box<Goal>),
    Not(Box<Condition>),
    Every(Vec<Condition>),
    Either(Vec<Condition>),
    /// That there is a solution beside which one of these variables has a value.
    Beside(Vec<usize>, Box<Goal>),
    Unclear,
}

/// What a term spells, or what a query does.
#[derive(Clone, Debug)]
enum Text {
    Of(Slot),
    Said(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Iri,
    Blank,
    Literal,
}
