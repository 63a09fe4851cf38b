//! Relations as patterns of a query.

use super::meaning::{Cond, Head, Noun, Pick};
use super::plan::{Compiler, Witness, named};
use super::quantity::Bounds;
use super::relations::{Relation, RelationId, Relations, Step};
use super::sorts::{self, Sorts};
use super::sparql::{Group, Place, name, string};
use crate::model::vocab::{BASE, class, flg, schema};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term};
use std::rc::Rc;

/// From a place to what it is part of.
const PART_OF: &str = "(flg:country|flg:connects|schema:containedInPlace|skos:broader)*";
/// From a concept to what it is part of.
const NARROWER: &str = "skos:broader*";
/// From a body to the country whose it is, or from the country to itself.
const BODY_OF: &str = "flg:country?";

/// Whether a condition rests on a fact that a report states, so that whatever meets it is mentioned there.
pub(super) fn is_stated(cond: &Cond, relations: &Relations) -> bool {
    match cond {
        Cond::Link { relation, not, .. } => {
            let Some(found) = relations.all.get(*relation) else { return false };
            !is_reference(found) && (!*not || found.unless.is_some() || !found.opposite.is_empty())
        }
        Cond::All(all) => all.iter().any(|cond| is_stated(cond, relations)),
        Cond::Any(all) => !all.is_empty() && all.iter().all(|cond| is_stated(cond, relations)),
        Cond::Per(cond) => is_stated(cond, relations),
        Cond::Answered(_) => true,
        Cond::Time(_) | Cond::Scope(_) | Cond::Unsaid(_) | Cond::Except(_) | Cond::Among(_) => false,
    }
}

/// Whether reference data states a relation as well as reports do.
fn is_reference(relation: &Relation) -> bool {
    const REFERENCE: [NamedNodeRef<'static>; 2] = [flg::COUNTRY, schema::CONTAINED_IN_PLACE];
    let mut all = relation.path.iter().chain(&relation.first);
    relation.event.is_none() && all.any(|step| REFERENCE.contains(&step.property.as_ref()))
}

/// Whether whatever meets a condition is of these kinds.
pub(super) fn implies(cond: &Cond, wanted: Sorts, relations: &Relations) -> bool {
    match cond {
        Cond::Link { relation, left, not: false, .. } => relations
            .all
            .get(*relation)
            .is_some_and(|relation| (if *left { relation.left } else { relation.right }) & !wanted == 0),
        Cond::All(all) => all.iter().any(|cond| implies(cond, wanted, relations)),
        Cond::Any(all) => all.iter().all(|cond| implies(cond, wanted, relations)),
        Cond::Per(cond) => implies(cond, wanted, relations),
        _ => false,
    }
}

/// The event of the only relation that counts people, where people are counted.
pub(super) fn counted_event(compiler: &Compiler<'_>, noun: &Noun) -> Option<(String, NamedNode)> {
    let groups = sorts::named("id:scheme/groups").unwrap_or(0);
    if noun.sorts & groups == 0 || noun.sorts & !groups != 0 {
        return None;
    }
    let count = noun.conds.iter().find_map(|cond| match cond {
        Cond::Link { relation, .. } => compiler.books.relations.all.get(*relation).and_then(|relation| relation.count.clone()),
        _ => None,
    });
    Some((compiler.event.clone()?, count?))
}

/// The property that dates the event of the last relation.
pub(super) fn event_date(compiler: &Compiler<'_>, noun: &Noun) -> Option<NamedNode> {
    noun.conds.iter().rev().find_map(|cond| match cond {
        Cond::Link { relation, .. } => compiler.books.relations.all.get(*relation).and_then(|relation| relation.date.clone()),
        _ => None,
    })
}

impl Compiler<'_> {
    /// Writes that things stand in a relation to others, and to how many.
    #[allow(clippy::too_many_arguments)] // they are the parts of `Cond::Link`
    pub(super) fn link(
        &mut self,
        noun: &Noun,
        own: &Place,
        id: RelationId,
        left: bool,
        other: &Rc<Noun>,
        not: bool,
        body: &mut Group,
    ) {
        let counts = self.books.relations.all.get(id).is_some_and(|relation| relation.count.is_some());
        let Some(bounds) = other.many.as_ref().filter(|_| !counts) else {
            self.linked(noun, own, id, left, other, not, body);
            return;
        };
        let mut group = body.inner();
        self.linked(noun, own, id, left, other, not, &mut group);
        if let (Some(others), Place::Variable(own)) = (self.numbered.take(), own) {
            let having = bounds.conditions(&format!("COUNT(DISTINCT ?{others})"));
            body.having(own, &group, &having);
        }
        body.append(&group);
    }

    #[allow(clippy::too_many_arguments)] // they are the parts of `Cond::Link`
    fn linked(&mut self, noun: &Noun, own: &Place, id: RelationId, left: bool, other: &Rc<Noun>, not: bool, body: &mut Group) {
        let Some(relation) = self.books.relations.all.get(id) else { return };
        self.relations.push(id);
        // What goes on in a time began before its end and did not end before its beginning.
        if let (true, true, Head::Time(span)) = (relation.lasting, left, &other.head) {
            super::scope::happened(self, noun, own, span, body);
            return;
        }
        // All of several: one after the other. Any of several names: one variable for them.
        if let Head::List { all, of } = &other.head
            && other.conds.is_empty()
            && (*all || !other.is_name())
            && !(*all && (means_any(relation, left) || is_value(noun)))
        {
            let all = *all != not; // none of them: not the one, and not the other
            let conds: Vec<Cond> =
                of.iter().map(|one| Cond::Link { relation: id, left, other: Rc::clone(one), not, words: other.words }).collect();
            self.cond(noun, own, &if all { Cond::All(conds) } else { Cond::Any(conds) }, body);
            return;
        }
        if not && relation.opposite.is_empty() {
            self.denied_link(noun, own, id, left, other, body);
            return;
        }
        let conditions = if not { &relation.opposite } else { &relation.conditions };
        // What lies in a part lies in the whole: a named one, or whichever country it is.
        let country = sorts::of_class(class::COUNTRY.as_str());
        let whole = |end: &Noun| !named(end).is_empty() || end.sorts == country;
        let bodies = relation.bodies && left && !named(other).is_empty() && other.sorts == country;
        let within = bodies || relation.within && if left { whole(other) } else { whole(noun) };
        let far = if within && left {
            Place::Variable(self.variable(&format!("{}Part", super::plan::decapital(&relation.id))))
        } else {
            self.node(other, body, false)
        };
        let part = if within && !left {
            Place::Variable(self.variable(&format!("{}Part", super::plan::decapital(&relation.id))))
        } else {
            far.clone()
        };
        let counting = relation.count.as_ref().zip(other.many.as_ref());
        let (start, end) = match (left, within) {
            (true, _) => (own.clone(), far.clone()),
            (false, true) => (far.clone(), part.clone()),
            (false, false) => (far.clone(), own.clone()),
        };
        match &relation.event {
            None => {
                let things = if left { noun } else { &**other };
                let reported = things.sorts & !relation.reported == 0;
                self.steps(relation, &relation.path, &start, &end, reported, body);
                if let Some((property, bounds)) = counting {
                    self.counting(&start, property, bounds, body);
                }
            }
            Some(event) => {
                let variable = self.variable(&super::plan::decapital(event.as_str().trim_start_matches(class::NS)));
                let between = Place::Variable(variable.clone());
                if !self.denied {
                    self.event = Some(variable);
                }
                self.steps(relation, &relation.first, &start, &between, false, body);
                body.triple(&between, "a", &Place::iri(event), None);
                for (property, value) in conditions {
                    let graph = self.facts_graph(body);
                    body.triple(&between, &name(property.as_ref()), &Place::iri(value), graph.as_deref());
                    self.witness(&between, &Place::iri(property), &Place::iri(value));
                }
                self.steps(relation, &relation.path, &between, &end, false, body);
                if let Some((property, bounds)) = counting {
                    self.counting(&between, property, bounds, body);
                }
                if super::scope::lies_in_time(relation) {
                    let times = noun.conds.iter().chain(&other.conds).filter_map(|cond| match cond {
                        Cond::Time(span) => Some(span),
                        _ => None,
                    });
                    for span in times {
                        super::scope::happened(self, other, &between, span, body);
                    }
                }
            }
        }
        if within {
            let top = if left { self.node(other, body, false) } else { own.clone() };
            let part_of = match relation.right & (country | sorts::bit(sorts::REGION)) {
                _ if bodies => BODY_OF,
                0 => NARROWER,
                _ => PART_OF,
            };
            body.triple(&part, part_of, &top, None);
        }
        self.bounded(relation, &start, &far, other, body);
    }

    /// Writes in what time a date lies, and what an amount comes to at least or at most and in what currency.
    fn bounded(&mut self, relation: &Relation, start: &Place, far: &Place, other: &Noun, body: &mut Group) {
        if let Head::Time(span) = &other.head
            && let Place::Variable(date) = far
        {
            super::scope::bounded(date, span, body);
        }
        if let Head::Quantity(bounds) = &other.head
            && let Place::Variable(number) = far
        {
            body.filter(&bounds.conditions(&format!("?{number}")));
            if let Some(code) = &bounds.currency {
                let code = Literal::new_simple_literal(code);
                body.triple(start, &name(flg::CURRENCY), &Place::Term(code.into()), None);
            }
        } else if relation.id == "amount" && !self.denied && other.pick.is_none() {
            let mut optional = body.inner();
            let currency = self.variable("currency");
            optional.triple(start, &name(flg::CURRENCY), &Place::Variable(currency), None);
            body.optional(&optional);
        }
    }

    /// Writes that an event counts so many people.
    fn counting(&mut self, event: &Place, property: &NamedNode, bounds: &Bounds, body: &mut Group) {
        let number = self.variable("number");
        let graph = self.facts_graph(body);
        body.triple(event, &name(property.as_ref()), &Place::Variable(number.clone()), graph.as_deref());
        body.filter(&bounds.conditions(&format!("?{number}")));
        self.witness(event, &Place::iri(property), &Place::Variable(number));
    }

    /// Writes that things do not stand in a relation to others: those of which another of its kind is known, or of which it
    /// was to be expected, or all, if there is to be none.
    fn denied_link(&mut self, noun: &Noun, own: &Place, id: RelationId, left: bool, other: &Rc<Noun>, body: &mut Group) {
        let Some(relation) = self.books.relations.all.get(id) else { return };
        let named_other = !named(other).is_empty();
        if let Some(unless) = relation.unless {
            self.link(noun, own, unless, left, other, false, body);
        } else if named_other {
            let any = Rc::new(Noun::new(Sorts::MAX, Head::Open, other.words));
            self.link(noun, own, id, left, &any, false, body);
        }
        let witnesses = self.witnesses.len();
        let event = self.event.clone();
        let outer = std::mem::replace(&mut self.denied, true);
        let mut group = body.inner();
        self.link(noun, own, id, left, other, false, &mut group);
        self.denied = outer;
        self.event = event;
        self.witnesses.truncate(witnesses);
        body.not_exists(&group);
    }

    /// Writes one step, or any of several.
    fn steps(&mut self, relation: &Relation, steps: &[Step], start: &Place, end: &Place, reported: bool, body: &mut Group) {
        let ends = |step: &Step| if step.inverse { (end.clone(), start.clone()) } else { (start.clone(), end.clone()) };
        if let [step] = steps {
            let (subject, value) = ends(step);
            let graph = self.facts_graph_for(relation, step, body);
            body.triple(&subject, &name(step.property.as_ref()), &value, graph.as_deref());
            self.witness(&subject, &Place::iri(&step.property), &value);
            return;
        }
        let property = self.variable("property");
        let place = Place::Variable(property.clone());
        if steps.iter().all(|step| !step.inverse) && !reported {
            let all: Vec<Term> = steps.iter().map(|step| step.property.clone().into()).collect();
            body.values(&property, &all);
            let graph = steps.first().and_then(|step| self.facts_graph_for(relation, step, body));
            body.triple(start, &format!("?{property}"), end, graph.as_deref());
            self.witness(start, &place, end);
            return;
        }
        let mut groups = Vec::new();
        for step in steps {
            let mut group = body.inner();
            let (subject, value) = ends(step);
            let graph = self.facts_graph_for(relation, step, &mut group);
            group.triple(&subject, &name(step.property.as_ref()), &value, graph.as_deref());
            group.bind(&Place::iri(&step.property), &property);
            groups.push(group);
        }
        if reported {
            let mut group = body.inner();
            self.told_in(start, end, &mut group);
            groups.push(group);
        }
        body.union(&groups);
        self.witness(start, &place, end);
        if steps.iter().any(|step| step.inverse) {
            self.witness(end, &place, start);
        }
    }

    /// Writes that a place is the country that a report is about that mentions a thing.
    fn told_in(&mut self, thing: &Place, country: &Place, body: &mut Group) {
        let (told, kind, report) = (self.variable("told"), self.variable("kind"), self.variable("report"));
        let sources = format!("{BASE}graph/source/");
        body.triple(thing, "a", &Place::Variable(kind), Some(&told));
        body.filter(&format!("STRSTARTS(STR(?{told}), {})", string(&sources)));
        let id = format!("STRAFTER(STR(?{told}), {})", string(&sources));
        body.compute(&format!("IRI(CONCAT({}, {id}))", string(&format!("{BASE}id/report/"))), &report);
        body.triple(&Place::Variable(report), "flg:aboutCountry", country, None);
    }

    /// The country that something belongs to is reference data; all else is stated by reports.
    fn facts_graph_for(&mut self, relation: &Relation, step: &Step, body: &mut Group) -> Option<String> {
        if step.property == flg::COUNTRY || step.property == schema::CONTAINED_IN_PLACE {
            return None;
        }
        let graph = self.facts_graph(body);
        if graph.is_some() || !relation.stated {
            return graph;
        }
        let graph = self.variable("graph");
        body.filter(&format!("STRSTARTS(STR(?{graph}), {})", string(&format!("{BASE}graph/report/"))));
        Some(graph)
    }

    pub(super) fn witness(&mut self, subject: &Place, property: &Place, value: &Place) {
        let witness = Witness { subject: subject.clone(), property: property.clone(), value: value.clone() };
        if !self.denied && !self.witnesses.contains(&witness) {
            self.witnesses.push(witness);
        }
    }
}

/// A description told of each of both by itself, if it names them: "projects in both Ghana and Mexico".
pub(super) fn of_both(noun: &Noun) -> Option<Vec<Noun>> {
    if let Head::List { of, .. } = &noun.head
        && noun.both
    {
        return Some(of.iter().map(|one| Noun { both: false, ..(**one).clone() }).collect());
    }
    noun.conds.iter().enumerate().find_map(|(at, cond)| {
        let Cond::Link { relation, left, other, not, words } = cond else { return None };
        let one = |other: Noun| {
            let mut one = noun.clone();
            if let Some(cond) = one.conds.get_mut(at) {
                *cond = Cond::Link { relation: *relation, left: *left, other: Rc::new(other), not: *not, words: *words };
            }
            one
        };
        Some(of_both(other)?.into_iter().map(one).collect())
    })
}

/// Whether values are asked for: of several things, they are those of each.
fn is_value(noun: &Noun) -> bool {
    noun.sorts & !sorts::literals() == 0
}

/// Whether several things are meant one by one: "projects in Mexico and Guatemala".
fn means_any(relation: &Relation, left: bool) -> bool {
    let places = sorts::of_class(class::COUNTRY.as_str()) | sorts::of_class(class::PLACE.as_str());
    // Those who were trained by the one and by the other are all of them together.
    let trainers = !left && relation.count.is_some();
    trainers || (left && relation.within && relation.right & places != 0)
}

/// The property by which things are the largest or the latest of their kind, and whether it is a date.
pub(super) fn own_property(noun: &Noun, pick: Pick) -> Option<&'static str> {
    let is = |name: &str| noun.sorts & !sorts::named(name).unwrap_or(0) == 0;
    match pick {
        Pick::Latest | Pick::Earliest if is("flg:Report") => Some("flg:referenceYear"),
        Pick::Latest | Pick::Earliest => Some("flg:startDate"),
        Pick::Largest | Pick::Smallest | Pick::Most | Pick::Fewest if is("flg:Programme") => Some("flg:amount"),
        Pick::Largest | Pick::Smallest | Pick::Most | Pick::Fewest if is("flg:TrainingActivity") => Some("flg:headcount"),
        _ => None,
    }
}
