//! What kind of answer a reading wants, and the query for it: a list, a number, a sum, the largest, yes or no.

use super::link;
use super::meaning::{Noun, Pick};
use super::plan::{Compiler, Plan, Shape, Witness};
use super::scope;
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
            shape = Shape::Grouped;
            projection = format!("?{group} (COUNT(DISTINCT ?{focus}) AS ?number)");
            tail = format!("GROUP BY ?{group}\nORDER BY DESC(?number) ?{group}");
            focus_out = group;
            number = Some(focus.clone());
        } else if let Some((of, pick, literal)) = self.counted.clone() {
            let down = !matches!(pick, Pick::Fewest | Pick::Smallest | Pick::Earliest);
            let order = |key: &str| if down { format!("DESC({key})") } else { format!("ASC({key})") };
            if matches!(pick, Pick::Total | Pick::Average) {
                shape = Shape::Sum { mean: pick == Pick::Average };
                number = Some(of.clone());
                let function = if pick == Pick::Total { "SUM" } else { "AVG" };
                let mut outer = Group::default();
                // Each thing's value once, however many ways there are to it.
                let of_value = self.witnesses.iter().find(|witness| witness.value == Place::Variable(of.clone()));
                let owner = of_value.and_then(|witness| variable(&witness.subject)).map(|owner| format!("?{owner} "));
                outer.sub_select(&format!("DISTINCT {}?{of}", owner.unwrap_or_default()), body, "");
                let query = select(&format!("({function}(?{of}) AS ?number)"), &outer, "");
                let detail = select("DISTINCT *", body, "");
                return self.finish(shape, query, detail, focus, number);
            } else if of == focus {
                if let Some(value) = scope::own_value(&mut self, noun, root, pick, body) {
                    shape = Shape::Extreme;
                    projection = format!("DISTINCT ?{focus} ?{value}");
                    tail = format!("ORDER BY {} ?{focus}", order(&format!("?{value}")));
                    number = Some(value);
                }
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
            shape = Shape::Count;
            projection = format!("(COUNT(DISTINCT ?{focus}) AS ?number)");
            tail = String::new();
            if let Some((event, property)) = link::counted_event(&self, noun) {
                let value = self.variable("value");
                let event_place = Place::Variable(event.clone());
                body.triple(&event_place, &name(property.as_ref()), &Place::Variable(value.clone()), None);
                self.witnesses.push(Witness {
                    subject: event_place,
                    property: Place::iri(&property),
                    value: Place::Variable(value.clone()),
                });
                shape = Shape::Sum { mean: false };
                let mut outer = Group::default();
                outer.sub_select(&format!("DISTINCT ?{event} ?{value}"), body, "");
                let query = select(&format!("(SUM(?{value}) AS ?number)"), &outer, "");
                let detail = select("DISTINCT *", body, "");
                return self.finish(shape, query, detail, event, Some(value));
            }
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

    pub(super) fn finish(self, shape: Shape, query: String, detail: String, focus: String, number: Option<String>) -> Plan {
        Plan {
            shape,
            query,
            detail,
            focus,
            number,
            witnesses: self.witnesses,
            reports: self.reports,
            names: self.names,
            relations: self.relations,
        }
    }
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
