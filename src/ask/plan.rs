//! From a reading to queries: what is asked for, and which statements bear each row out.

use super::lattice::Books;
use super::link;
use super::meaning::{Cond, Head, Noun, Pick};
use super::numbers;
use super::scope;
use super::sorts;
use super::sparql::{Group, Place, name};
use crate::model::vocab::BASE;
use oxigraph::model::{NamedNode, Term};

/// A statement that bears a row out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Its subject.
    pub subject: Place,
    /// Its property.
    pub property: Place,
    /// Its value.
    pub value: Place,
}

/// What kind of answer is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The things or values themselves.
    List,
    /// Whether there are any.
    YesNo,
    /// How many there are.
    Count,
    /// The sum of the values of `?value`, once for each `?item`.
    Sum {
        /// Whether the mean is wanted instead.
        mean: bool,
    },
    /// How many there are for each of others.
    Grouped,
    /// Those with the most of others, or the largest value; the first ones of the query's order.
    Extreme,
    /// What several things have, side by side.
    Compared(Comparison),
    /// How two numbers stand to each other.
    Numbers,
    /// What is known of a named thing.
    About,
}

/// What is set side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The things.
    pub things: Vec<NamedNode>,
    /// The variable of the thing that a row is of.
    pub of: String,
    /// The variable of the property that a row tells; none where all rows tell the same.
    pub fact: Option<String>,
}

/// A query, and how its rows are to be understood.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What is wanted.
    pub shape: Shape,
    /// The query.
    pub query: String,
    /// The same with all variables, from which rows and their evidence are taken.
    pub detail: String,
    /// The variable of the rows.
    pub focus: String,
    /// The variable of a number that goes with each row.
    pub number: Option<String>,
    /// Where that number is summed up, the variable of the things that it is told of: each counts once.
    pub summed: Option<String>,
    /// The statements that bear a row out.
    pub witnesses: Vec<Witness>,
    /// The reports that are asked about; none for all.
    pub reports: Option<Vec<String>>,
    /// Names that stand in the question, with the name's words.
    pub names: Vec<(usize, (usize, usize))>,
    /// The relations that the question is about, with the thing they are said of.
    pub relations: Vec<usize>,
    /// Where two numbers are compared, how each is counted.
    pub sides: Vec<Self>,
}

/// A query under way.
pub(super) struct Compiler<'a> {
    pub(super) books: Books<'a>,
    pub(super) witnesses: Vec<Witness>,
    pub(super) variables: Vec<String>,
    pub(super) reports: Option<Vec<String>>,
    pub(super) asked: Option<String>,
    pub(super) event: Option<String>,
    pub(super) group: Option<String>,
    pub(super) counted: Option<(String, Pick, bool)>,
    /// Whether what is counted is an amount, so that several of them come to a sum.
    pub(super) amounts: bool,
    /// The variable of the things that an amount of each row is told of, where amounts are summed up.
    pub(super) summed: Option<String>,
    pub(super) names: Vec<(usize, (usize, usize))>,
    pub(super) relations: Vec<usize>,
    pub(super) denied: bool,
    /// The variable of things that there are to be so many of.
    pub(super) numbered: Option<String>,
    /// Whether lists are filters: many patterns with rows of their own would be too many combinations of them.
    pub(super) lists_at_once: bool,
}

/// The queries for a reading.
pub fn plan(noun: &Noun, books: Books<'_>) -> Plan {
    if let Some(against) = &noun.against {
        return numbers::plan(noun, against, books);
    }
    let mut compiler = Compiler::new(noun, books);
    let mut body = Group::default();
    if let Some(side) = noun.compared.filter(|_| noun.is_several()) {
        return compiler.side_by_side(noun, side, body);
    }
    let root = compiler.node(noun, &mut body, true);
    let mut plan = compiler.shape(noun, &root, &mut body);
    plan.names.dedup();
    plan
}

impl<'a> Compiler<'a> {
    /// A query of which nothing is written yet.
    pub(super) fn new(noun: &Noun, books: Books<'a>) -> Self {
        Self {
            books,
            witnesses: Vec::new(),
            variables: Vec::new(),
            reports: scope::reports(noun, books),
            asked: None,
            event: None,
            group: None,
            counted: None,
            amounts: false,
            summed: None,
            names: Vec::new(),
            relations: Vec::new(),
            denied: false,
            numbered: None,
            lists_at_once: false,
        }
    }
}

impl Compiler<'_> {
    /// A new variable, called after what it stands for.
    pub(super) fn variable(&mut self, hint: &str) -> String {
        let plain: String = hint.chars().filter(char::is_ascii_alphanumeric).collect();
        let base = if plain.is_empty() { "thing".to_owned() } else { plain };
        let mut name = base.clone();
        let mut number = 1;
        while self.variables.contains(&name) {
            number += 1;
            name = format!("{base}{number}");
        }
        self.variables.push(name.clone());
        name
    }

    /// What variables for such things are called.
    fn hint(&self, noun: &Noun) -> String {
        let literal = sorts::LITERALS.iter().find(|name| noun.sorts == sorts::bit(name));
        if let Some(literal) = literal {
            return (*literal).to_owned();
        }
        if let Head::Role { relations, .. } = &noun.head
            && let Some(relation) = relations.first().and_then(|id| self.books.relations.all.get(*id))
        {
            return relation.id.replace('-', " ").split(' ').map(capital).collect::<String>();
        }
        let iris = sorts::iris(noun.sorts);
        match iris.as_slice() {
            [one] => one.rsplit(['#', '/']).next().map(decapital).unwrap_or_default(),
            _ if noun.sorts & sorts::organizations() != 0 && noun.sorts != sorts::Sorts::MAX => "organization".to_owned(),
            _ => "thing".to_owned(),
        }
    }

    /// Writes what is said of things; the place that they have in the query. `free` is whether they need a variable whatever
    /// they are.
    pub(super) fn node(&mut self, noun: &Noun, body: &mut Group, free: bool) -> Place {
        let names = named(noun);
        self.names.extend(names.iter().map(|bearer| (*bearer, noun.words)));
        let terms = self.terms(noun);
        let place = match terms.as_slice() {
            [one] if !free && noun.conds.is_empty() && !noun.asked => return Place::Term(one.clone()),
            _ => Place::Variable(self.variable(&decapital(&self.hint(noun)))),
        };
        let Place::Variable(variable) = &place else { return place };
        if noun.asked && self.asked.is_none() {
            self.asked = Some(variable.clone());
        }
        // The largest project is one of them; the most projects are counted for whoever has them.
        let by_itself = |pick: &Pick| matches!(pick, Pick::Largest | Pick::Smallest | Pick::Latest | Pick::Earliest);
        let inner = noun.pick.filter(|pick| !free && !noun.asked && by_itself(pick));
        if let Some(pick) = inner.filter(|pick| link::own_property(noun, *pick).is_some()) {
            let mut group = body.inner();
            self.described(noun, &terms, variable, &mut group);
            scope::first_of(self, noun, &place, pick, &group, body);
            return place;
        }
        if let Some(pick) = noun.pick {
            let literal = noun.sorts & sorts::literals() != 0;
            self.counted = Some((variable.clone(), pick, literal));
            self.amounts = literal && noun.sorts & !(sorts::bit("money") | sorts::bit("number")) == 0;
        }
        self.described(noun, &terms, variable, body);
        if noun.many.is_some() {
            self.numbered = Some(variable.clone());
        }
        place
    }

    /// Writes what things are called, what they are, and what is said of them.
    fn described(&mut self, noun: &Noun, terms: &[Term], variable: &str, body: &mut Group) {
        if self.lists_at_once && terms.len() > 1 {
            let all: Vec<String> = terms.iter().map(super::sparql::term).collect();
            body.filter(&format!("?{variable} IN ({})", all.join(", ")));
        } else if !terms.is_empty() {
            body.values(variable, terms);
        }
        self.kind(noun, variable, body);
        let place = Place::Variable(variable.to_owned());
        for cond in &noun.conds {
            self.cond(noun, &place, cond, body);
        }
    }

    /// What a description names.
    pub(super) fn terms(&self, noun: &Noun) -> Vec<Term> {
        let entities = &self.books.vocabulary.entities;
        named(noun).iter().filter_map(|b| entities.get(*b)).map(|entity| entity.iri.clone().into()).collect()
    }

    /// Writes something that is said of things.
    pub(super) fn cond(&mut self, noun: &Noun, place: &Place, cond: &Cond, body: &mut Group) {
        match cond {
            Cond::Link { other, .. } if link::of_both(other).is_some() => {
                let all = link::of_both(other).unwrap_or_default();
                let one = |other: Noun| match cond.clone() {
                    Cond::Link { relation, left, not, words, .. } => {
                        Cond::Link { relation, left, other: std::rc::Rc::new(other), not, words }
                    }
                    cond => cond,
                };
                self.cond(noun, place, &Cond::All(all.into_iter().map(one).collect()), body);
            }
            Cond::Link { relation, left, other, not, .. } => self.link(noun, place, *relation, *left, other, *not, body),
            Cond::All(all) => all.iter().for_each(|cond| self.cond(noun, place, cond, body)),
            Cond::Any(all) => {
                let groups: Vec<Group> = all
                    .iter()
                    .map(|cond| {
                        let mut group = body.inner();
                        self.cond(noun, place, cond, &mut group);
                        group
                    })
                    .collect();
                body.union(&groups);
            }
            Cond::Except(other) => {
                let all: Vec<String> = named(other)
                    .iter()
                    .filter_map(|b| self.books.vocabulary.entities.get(*b))
                    .map(|entity| name(entity.iri.as_ref()))
                    .collect();
                self.names.extend(named(other).into_iter().map(|bearer| (bearer, other.words)));
                if let Place::Variable(variable) = place {
                    body.filter(&format!("?{variable} NOT IN ({})", all.join(", ")));
                }
            }
            Cond::Among(other) => {
                let all: Vec<Term> = self.terms(other);
                self.names.extend(named(other).into_iter().map(|bearer| (bearer, other.words)));
                if let Place::Variable(variable) = place {
                    body.values(variable, &all);
                }
            }
            Cond::Time(span) => scope::during(self, noun, place, span, body),
            Cond::Scope(_) => {}
            Cond::Unsaid(reports) => scope::unsaid(self, reports, place, body),
            Cond::Per(cond) => {
                let before = self.variables.len();
                self.cond(noun, place, cond, body);
                if let Cond::Link { other, .. } = &**cond {
                    let hint = decapital(&self.hint(other));
                    let group = self.variables.iter().skip(before).find(|variable| variable.starts_with(&hint));
                    self.group = group.or_else(|| self.variables.last()).cloned();
                }
            }
            Cond::Answered(answered) => scope::answered(self, place, *answered, body),
        }
    }

    /// The graph variable for facts, where only some reports are asked about.
    pub(super) fn facts_graph(&mut self, body: &mut Group) -> Option<String> {
        let ids = self.reports.clone()?;
        let graphs: Vec<Term> =
            ids.iter().map(|id| NamedNode::new_unchecked(format!("{BASE}graph/report/{id}")).into()).collect();
        let graph = self.variable("graph");
        body.among(&graph, &graphs);
        Some(graph)
    }
}

/// The bearers of the names that a description consists of.
pub(super) fn named(noun: &Noun) -> Vec<usize> {
    match &noun.head {
        Head::Name(bearers) => bearers.clone(),
        Head::List { of, .. } => of.iter().flat_map(|noun| named(noun)).collect(),
        _ => Vec::new(),
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

pub(super) fn decapital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
