//! What kind of answer a reading wants, and the query for it: a list, a number, a sum, the largest, yes or no.

use super::link;
use super::meaning::{Cond, Noun, Pick};
use super::plan::{Compiler, Plan, Shape, Witness};
use super::scope;
use super::sorts;
use super::sparql::{Group, Place, name, select};

impl Compiler<'_> {
    /// Decides what is wanted of the things that the pattern describes, and writes the query.
    pub(super) fn shape(mut self, noun: &Noun, root: &Place, body: &mut Group) -> Plan {
        let focus = self.asked.clone().or_else(|| variable(root)).unwrap_or_else(|| "thing".to_owned());
        let is_yes_no = self.asked.is_none() && (noun.whether || noun.is_named_with_more()) && !noun.counted;
        let (mut shape, mut projection, mut tail, mut number) =
            (Shape::List, format!("DISTINCT ?{focus}"), format!("ORDER BY ?{focus}"), None);
        let mut focus_out = focus.clone();
        if noun.is_name() && noun.conds.is_empty() {
            shape = Shape::About;
        } else if is_yes_no {
            shape = Shape::YesNo;
        }
        if let Some((side, group)) = noun.compared.zip(self.group.clone()) {
            let things = super::compare::things(noun, &self);
            return self.compared(body, things, side, group, None, focus);
        }
        if let Some(group) = self.group.clone() {
            if let Some(of) = self.amount(noun, &focus) {
                return self.sums(Shape::Grouped, &group, &of, true, body);
            }
            shape = Shape::Grouped;
            projection = format!("?{group} (COUNT(DISTINCT ?{focus}) AS ?number)");
            tail = format!("GROUP BY ?{group}\nORDER BY DESC(?number) ?{group}");
            focus_out = group;
            number = Some(focus.clone());
        } else if let Some((of, down)) = self.people(noun, body) {
            return self.sums(Shape::Extreme, &focus, &of, down, body);
        } else if let Some((of, pick, literal)) = self.counted.clone() {
            let down = !matches!(pick, Pick::Fewest | Pick::Smallest | Pick::Earliest);
            let order = |key: &str| if down { format!("DESC({key})") } else { format!("ASC({key})") };
            if matches!(pick, Pick::Total | Pick::Average) {
                let number = self.sum_of(&of, pick == Pick::Average, body);
                let query = select(&number.projection, &number.group, "");
                let detail = select("DISTINCT *", body, "");
                return self.finish(number.shape, query, detail, focus, number.value);
            } else if of == focus {
                if let Some(value) = scope::own_value(&mut self, noun, root, pick, body) {
                    shape = Shape::Extreme;
                    projection = format!("DISTINCT ?{focus} ?{value}");
                    tail = format!("ORDER BY {} ?{focus}", order(&format!("?{value}")));
                    number = Some(value);
                }
            } else if self.amounts && self.owner(&of).is_some_and(|owner| owner != focus) {
                return self.sums(Shape::Extreme, &focus, &of, down, body);
            } else if literal {
                shape = Shape::Extreme;
                projection = format!("DISTINCT ?{focus} ?{of}");
                tail = format!("ORDER BY {} ?{focus}", order(&format!("?{of}")));
                number = Some(of);
            } else {
                shape = Shape::Extreme;
                projection = format!("?{focus} (COUNT(DISTINCT ?{of}) AS ?number)");
                tail = format!("GROUP BY ?{focus}\nORDER BY {} ?{focus}", order("?number"));
                number = Some(of);
            }
        } else if noun.counted {
            let number = self.number_of(noun, &focus, body);
            let query = select(&number.projection, &number.group, "");
            let detail = select("DISTINCT *", body, "");
            return self.finish(number.shape, query, detail, number.focus, number.value);
        }
        if let Some(property) =
            noun.via.as_ref().filter(|via| via.choices.len() == 1 && via.weak).and_then(|_| link::event_date(&self, noun))
            && let Some(event) = self.event.clone()
        {
            let value = self.variable("date");
            body.triple(&Place::Variable(event.clone()), &name(property.as_ref()), &Place::Variable(value.clone()), None);
            self.witnesses.push(Witness {
                subject: Place::Variable(event),
                property: Place::iri(&property),
                value: Place::Variable(value.clone()),
            });
            let query = select(&format!("DISTINCT ?{value}"), body, &format!("ORDER BY ?{value}"));
            let detail = select("DISTINCT *", body, &format!("ORDER BY ?{value}"));
            return self.finish(Shape::List, query, detail, value, None);
        }
        let query = select(&projection, body, &tail);
        let detail = select("DISTINCT *", body, "");
        self.finish(shape, query, detail, focus_out, number)
    }

    /// The variable of what a value is told of.
    fn owner(&self, value: &str) -> Option<String> {
        let of_value = self.witnesses.iter().find(|witness| witness.value == Place::Variable(value.to_owned()));
        of_value.and_then(|witness| variable(&witness.subject))
    }

    /// The variable of the amounts that are asked for, if amounts are.
    fn amount(&self, noun: &Noun, focus: &str) -> Option<String> {
        let counted = self.counted.as_ref().filter(|_| self.amounts).map(|(of, ..)| of.clone());
        counted.or_else(|| Some(focus.to_owned()).filter(|_| noun.sorts == sorts::bit("money")))
    }

    /// The variable of the number of people that an event counts, where most of them are asked for, and whether it is to be
    /// large: "who trained the most officials".
    fn people(&mut self, noun: &Noun, body: &mut Group) -> Option<(String, bool)> {
        let counts = |cond: &Cond| match cond {
            Cond::Link { relation, other, .. } if other.is_name() => {
                let property = self.books.relations.all.get(*relation).and_then(|relation| relation.count.clone());
                property.zip(other.pick)
            }
            _ => None,
        };
        let (property, pick) = noun.conds.iter().find_map(counts)?;
        let event = Place::Variable(self.event.clone()?);
        let value = self.variable("value");
        body.triple(&event, &name(property.as_ref()), &Place::Variable(value.clone()), None);
        self.witnesses.push(Witness { subject: event, property: Place::iri(&property), value: Place::Variable(value.clone()) });
        Some((value, pick != Pick::Fewest))
    }

    /// The sums of a value for each of others, the largest or the smallest first.
    fn sums(mut self, shape: Shape, by: &str, of: &str, down: bool, body: &Group) -> Plan {
        let owner = self.owner(of).filter(|owner| owner != by);
        let each = owner.iter().fold(format!("DISTINCT ?{by} ?{of}"), |each, owner| format!("{each} ?{owner}"));
        let mut group = Group::default();
        group.sub_select(&each, body, "");
        let order = if down { "DESC" } else { "ASC" };
        let tail = format!("GROUP BY ?{by}\nORDER BY {order}(?number) ?{by}");
        let query = select(&format!("?{by} (SUM(?{of}) AS ?number)"), &group, &tail);
        let detail = select("DISTINCT *", body, "");
        self.summed = Some(owner.unwrap_or_else(|| by.to_owned()));
        self.finish(shape, query, detail, by.to_owned(), Some(of.to_owned()))
    }

    /// The sum or mean of a value: each thing's once, however many ways there are to it.
    fn sum_of(&self, value: &str, mean: bool, body: &Group) -> Number {
        let owner = self.owner(value).map(|owner| format!("?{owner} "));
        let mut group = Group::default();
        group.sub_select(&format!("DISTINCT {}?{value}", owner.unwrap_or_default()), body, "");
        Number {
            shape: Shape::Sum { mean },
            projection: format!("({}(?{value}) AS ?number)", if mean { "AVG" } else { "SUM" }),
            group,
            focus: value.to_owned(),
            value: Some(value.to_owned()),
        }
    }

    /// How many things a pattern describes: their own number, or that of the people that an event counts; of sums of money, what
    /// they come to.
    pub(super) fn number_of(&mut self, noun: &Noun, focus: &str, body: &mut Group) -> Number {
        if noun.pick == Some(Pick::Total) {
            return self.sum_of(focus, false, body);
        }
        let Some((event, property)) = link::counted_event(self, noun) else {
            return Number {
                shape: Shape::Count,
                projection: format!("(COUNT(DISTINCT ?{focus}) AS ?number)"),
                group: body.clone(),
                focus: focus.to_owned(),
                value: None,
            };
        };
        let value = self.variable("value");
        let event_place = Place::Variable(event.clone());
        body.triple(&event_place, &name(property.as_ref()), &Place::Variable(value.clone()), None);
        self.witnesses.push(Witness {
            subject: event_place,
            property: Place::iri(&property),
            value: Place::Variable(value.clone()),
        });
        let mut group = Group::default();
        group.sub_select(&format!("DISTINCT ?{event} ?{value}"), body, "");
        Number {
            shape: Shape::Sum { mean: false },
            projection: format!("(SUM(?{value}) AS ?number)"),
            group,
            focus: event,
            value: Some(value),
        }
    }

    pub(super) fn finish(self, shape: Shape, query: String, detail: String, focus: String, number: Option<String>) -> Plan {
        Plan {
            shape,
            query,
            detail,
            focus,
            number,
            summed: self.summed,
            witnesses: self.witnesses,
            reports: self.reports,
            names: self.names,
            relations: self.relations,
            sides: Vec::new(),
        }
    }
}

/// How things are counted: what is selected of which pattern, and how its rows are to be understood.
pub(super) struct Number {
    pub(super) shape: Shape,
    /// Gives `?number`.
    pub(super) projection: String,
    pub(super) group: Group,
    /// The variable of what is counted.
    pub(super) focus: String,
    /// The variable of the value that is summed.
    pub(super) value: Option<String>,
}

impl Noun {
    /// Whether it is a named thing of which something is said.
    fn is_named_with_more(&self) -> bool {
        !self.conds.is_empty() && Self { conds: Vec::new(), ..self.clone() }.is_name()
    }
}

fn variable(place: &Place) -> Option<String> {
    match place {
        Place::Variable(name) => Some(name.clone()),
        Place::Term(_) => None,
    }
}
