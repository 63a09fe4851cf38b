//! Countries side by side: what each of them has, one row for each fact, with those that it is true of.

use super::answer::{Answer, Row, Side as RowSide, Status};
use super::evidence::{self, Evidence};
use super::lattice::Books;
use super::meaning::{Cond, Head, Noun, Side};
use super::plan::{Comparison, Compiler, Plan, Shape, named};
use super::relations::Relation;
use super::sparql::{Group, Place, select};
use super::{AskError, Asker, Understood, denial, rows, say};
use crate::facts::labels::short;
use crate::facts::terms;
use crate::store::Request;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The things that a description sets side by side, in the order of the question.
pub(super) fn things(noun: &Noun, compiler: &Compiler<'_>) -> Vec<NamedNode> {
    fn apart(noun: &Noun) -> Option<&Noun> {
        noun.conds.iter().find_map(|cond| match cond {
            Cond::Per(cond) => match &**cond {
                Cond::Link { other, .. } => Some(&**other),
                _ => None,
            },
            Cond::Link { other, .. } => apart(other),
            _ => None,
        })
    }
    let several = if noun.is_several() { Some(noun) } else { apart(noun) };
    let entities = &compiler.books.vocabulary.entities;
    let all = several.map(named).unwrap_or_default();
    all.iter().filter_map(|bearer| entities.get(*bearer)).map(|entity| entity.iri.clone()).collect()
}

/// The property that a relation is shown as.
fn shown(relation: &Relation, books: Books<'_>) -> Option<NamedNode> {
    let last = relation.through.and_then(|through| books.relations.all.get(through.second)).unwrap_or(relation);
    match (&last.event, last.date.is_some()) {
        (Some(event), true) => Some(event.clone()),
        _ => last.path.first().map(|step| step.property.clone()),
    }
}

impl Compiler<'_> {
    /// All that several things have by the relations that they are compared by.
    pub(super) fn side_by_side(mut self, noun: &Noun, side: Side, mut body: Group) -> Plan {
        let things = things(noun, &self);
        self.lists_at_once = true;
        let (value, fact, of) = (self.variable("value"), self.variable("fact"), self.variable("country"));
        let mut groups = Vec::new();
        for id in self.books.relations.compared.clone() {
            let Some(relation) = self.books.relations.all.get(id) else { continue };
            let Some(property) = shown(relation, self.books) else { continue };
            let Head::List { of: names, .. } = &noun.head else { continue };
            let several = Noun::new(relation.left, Head::List { all: false, of: names.clone() }, noun.words);
            let conds = noun.conds.iter().cloned();
            let cond = super::grammar::tied(id, false, Rc::new(several), false, (0, 0), self.books);
            let mut told = Noun::new(relation.right, Head::Open, (0, 0));
            (told.asked, told.conds) = (true, std::iter::once(apart(cond)).chain(conds).collect());
            let mut group = body.inner();
            let root = self.node(&told, &mut group, true);
            if let Some(name) = self.group.take() {
                group.bind(&root, &value);
                group.bind(&Place::Variable(name), &of);
                group.bind(&Place::iri(&property), &fact);
                groups.push(group);
            }
        }
        body.union(&groups);
        self.compared(&body, things, side, of, Some(fact), value)
    }

    /// The query for what is compared.
    pub(super) fn compared(
        self,
        body: &Group,
        things: Vec<NamedNode>,
        side: Side,
        of: String,
        fact: Option<String>,
        focus: String,
    ) -> Plan {
        let number = things.len();
        let key = fact.iter().fold(format!("?{focus}"), |key, fact| format!("{key} ?{fact}"));
        let mut outer = Group::default();
        match side {
            Side::All | Side::Paired => outer.append(body),
            Side::Differing | Side::Shared => {
                let sign = if side == Side::Shared { "=" } else { "<" };
                let having = format!("GROUP BY {key} HAVING(COUNT(DISTINCT ?{of}) {sign} {number})");
                outer.append(body);
                outer.sub_select(&key, body, &having);
            }
        }
        let query = select(&format!("DISTINCT {key} ?{of}"), &outer, &format!("ORDER BY {key} ?{of}"));
        let detail = select("DISTINCT *", &outer, "");
        self.finish(Shape::Compared(Comparison { things, of, fact }), query, detail, focus, None)
    }
}

/// Has the innermost tie to several count for each of them by itself.
fn apart(cond: Cond) -> Cond {
    match cond {
        Cond::Link { relation, left, mut other, not, words } => {
            if other.is_several() {
                return Cond::Per(Box::new(Cond::Link { relation, left, other, not, words }));
            }
            let inner = Rc::make_mut(&mut other);
            inner.conds = std::mem::take(&mut inner.conds).into_iter().map(apart).collect();
            Cond::Link { relation, left, other, not, words }
        }
        other => other,
    }
}

/// So many of the ways to a fact are told for each side.
const TOLD: usize = 4;

/// Fills an answer with what is compared.
pub(super) fn fill(
    asker: &Asker<'_>,
    understood: &Understood<'_>,
    noun: &Noun,
    plan: &Plan,
    comparison: &Comparison,
    mut answer: Answer,
) -> Result<Answer, AskError> {
    let lang = understood.books.lexicon.lang;
    let words = understood.books.lexicon.words;
    let name = |iri: NamedNodeRef<'_>| rows::label(asker.vocabulary, iri, lang).unwrap_or_else(|| short(&iri.into_owned()));
    let table = asker.store.table(&Request::new(&plan.detail).limited(asker.limits))?;
    let mut found: BTreeMap<(String, String), Vec<BTreeMap<String, Term>>> = BTreeMap::new();
    for row in &table.rows {
        let bound = evidence::bound(&table, row);
        let Some(value) = bound.get(&plan.focus).map(evidence::key) else { continue };
        let fact = comparison.fact.as_ref().and_then(|fact| bound.get(fact)).map(evidence::key).unwrap_or_default();
        found.entry((fact, value)).or_default().push(bound);
    }
    let holders = |bindings: &[BTreeMap<String, Term>]| -> BTreeSet<String> {
        bindings.iter().filter_map(|row| row.get(&comparison.of)).map(evidence::key).collect()
    };
    // A country that no report tells of has nothing that could be compared.
    let silent = |thing: &&NamedNode| {
        let of_report = asker.vocabulary.reports.iter().any(|report| report.country.as_ref() == Some(*thing));
        !of_report && !found.values().any(|bindings| holders(bindings).contains(&evidence::key(&(**thing).clone().into())))
    };
    let silent: Vec<String> = comparison.things.iter().filter(silent).map(|thing| name(thing.as_ref())).collect();
    if found.is_empty() || !silent.is_empty() {
        let mut empty = denial::empty(asker, understood, noun, plan, answer)?;
        if !silent.is_empty() {
            empty.sentence = say::filled(words, "no-report", &[("names", say::list(&silent, words))]);
        }
        return Ok(empty);
    }
    let of = |thing: &NamedNode, bindings: &[BTreeMap<String, Term>]| -> Vec<BTreeMap<String, Term>> {
        let thing = evidence::key(&thing.clone().into());
        let own = bindings.iter().filter(|row| row.get(&comparison.of).map(evidence::key).as_ref() == Some(&thing));
        own.take(TOLD).cloned().collect()
    };
    let mut quotes = rows::Quotes::new();
    for bindings in found.values().take(rows::MOST_ROWS) {
        let of_sides = comparison.things.iter().flat_map(|thing| of(thing, bindings)).collect::<Vec<_>>();
        let statements = rows::statements(plan, &of_sides);
        quotes.extend(evidence::of(asker.store, &statements, plan.reports.as_deref())?);
    }
    let mut all: Vec<(Vec<bool>, Row)> = Vec::new();
    for bindings in found.values().take(rows::MOST_ROWS) {
        let Some(first) = bindings.first() else { continue };
        let Some(value) = first.get(&plan.focus) else { continue };
        let own: Vec<BTreeMap<String, Term>> = comparison.things.iter().flat_map(|thing| of(thing, bindings)).collect();
        let mut row = rows::row(asker, value, &own, plan, &quotes, &BTreeMap::new(), lang)?;
        // Each side has its own words, so that a country of which much is said leaves the others theirs.
        let of_side = |thing| evidence::of_row(&rows::statements(plan, &of(thing, bindings)), &quotes).into_iter().take(TOLD);
        let told: Vec<Evidence> = comparison.things.iter().flat_map(of_side).collect();
        if !told.is_empty() {
            row.evidence = told;
        }
        if let Some(Term::NamedNode(fact)) = comparison.fact.as_ref().and_then(|fact| first.get(fact)) {
            row.label = format!("{}: {}", terms::label(fact.as_ref(), lang), row.label);
        }
        let holders = holders(bindings);
        let side = |thing: &NamedNode| RowSide {
            label: name(thing.as_ref()),
            iri: thing.as_str().to_owned(),
            has: holders.contains(&evidence::key(&thing.clone().into())),
        };
        row.sides = comparison.things.iter().map(side).collect();
        let having: Vec<String> = row.sides.iter().filter(|side| side.has).map(|side| side.label.clone()).collect();
        row.value = Some(say::list(&having, words).into());
        all.push((row.sides.iter().map(|side| side.has).collect(), row));
    }
    // What is true of most comes first, and then in the order of the question.
    all.sort_by_cached_key(|(has, row)| {
        let misses = has.iter().filter(|has| !**has).count();
        (misses, has.iter().map(|has| !has).collect::<Vec<_>>(), crate::model::id::fold(&row.label))
    });
    answer.status = Status::Answered;
    answer.sentence = sentence(&all, comparison.fact.is_some(), words);
    answer.answers = all.into_iter().map(|(_, row)| row).collect();
    Ok(answer)
}

/// What is true of which: "Ghana and Guatemala: A, B. Only Ghana: C." Facts of all kinds are only counted.
fn sentence(all: &[(Vec<bool>, Row)], counted: bool, words: &super::words::Words) -> String {
    let mut said = Vec::new();
    for chunk in all.chunk_by(|(a, _), (b, _)| a == b) {
        let Some((has, row)) = chunk.first() else { continue };
        let items = if counted {
            say::filled(words, "facts", &[("number", chunk.len().to_string())])
        } else {
            say::list(&chunk.iter().map(|(_, row)| row.label.clone()).collect::<Vec<_>>(), words)
        };
        let key = if has.iter().filter(|has| **has).count() == 1 { "side-only" } else { "side" };
        let who = row.value.as_ref().map(say::plain).unwrap_or_default();
        said.push(say::filled(words, key, &[("who", who), ("items", items)]));
    }
    said.join(" ")
}
