//! From the algebra of a query to goals. A variable may be hidden: something gives it a value that is not known here.

use super::{Condition, Goal, Slot, Sort, Text};
use crate::model::terms::{TermId as Id, Terms};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, TermRef, Variable};
use spargebra::algebra::{Expression, Function, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};
use std::collections::{BTreeMap, BTreeSet};

/// The goal of a query, and for each of its variables whether it is hidden. `None` where nothing can be said.
pub(super) fn read(pattern: &GraphPattern, terms: &mut Terms) -> Option<(Goal, Vec<bool>)> {
    let mut reader = Reader { terms, names: BTreeMap::new(), hidden: Vec::new() };
    let goal = reader.pattern(pattern, None)?;
    Some((goal, reader.hidden))
}

struct Reader<'r> {
    terms: &'r mut Terms,
    /// The variables that can be spoken of where one reads.
    names: BTreeMap<String, usize>,
    hidden: Vec<bool>,
}

impl Reader<'_> {
    fn pattern(&mut self, pattern: &GraphPattern, graph: Option<Slot>) -> Option<Goal> {
        use GraphPattern as P;
        Some(match pattern {
            P::Bgp { patterns } if patterns.is_empty() => graph.map_or(Goal::All(Vec::new()), Goal::Graph),
            P::Bgp { patterns } => {
                let mut known: BTreeSet<usize> = self.names.values().copied().collect();
                let slots = |triple: &TriplePattern| {
                    [self.term(&triple.subject), self.name(&triple.predicate), self.term(&triple.object)]
                };
                let mut left: Vec<[Slot; 3]> = patterns.iter().map(slots).collect();
                let mut goals = Vec::new();
                // What is known best comes first; the order in which statements are looked for changes nothing else.
                while let Some(best) = (0..left.len()).rev().max_by_key(|at| knowledge(&left[*at], &known)) {
                    let statement = left.remove(best);
                    known.extend(statement.iter().filter_map(|slot| if let Slot::Open(at) = slot { Some(*at) } else { None }));
                    goals.push(Goal::Statement(statement, graph));
                }
                Goal::All(goals)
            }
            P::Path { subject, path, object } => {
                let (from, to) = (self.term(subject), self.term(object));
                self.hide(pattern);
                let steps = match path {
                    PropertyPathExpression::ZeroOrMore(step) if graph.is_none() => self.steps(step),
                    _ => None,
                };
                steps.map_or(Goal::Unclear, |steps| Goal::Leads(from, steps, to))
            }
            P::Join { left, right } => Goal::All(vec![self.pattern(left, graph)?, self.pattern(right, graph)?]),
            // What is on the right would see what is on the left.
            P::Lateral { left, right } if matches!(**right, P::Bgp { .. }) => {
                Goal::All(vec![self.pattern(left, graph)?, self.pattern(right, graph)?])
            }
            P::Union { left, right } => Goal::Any(vec![self.pattern(left, graph)?, self.pattern(right, graph)?]),
            P::Graph { name, inner } => {
                let name = self.name(name);
                self.pattern(inner, Some(name))?
            }
            P::Filter { expr, inner } => {
                let goal = self.pattern(inner, graph)?;
                let condition = self.condition(expr, &visible(inner), graph);
                Goal::All(vec![goal, Goal::Holds(condition)])
            }
            P::Minus { left, right } => {
                let goal = self.pattern(left, graph)?;
                let condition = self.beside(&visible(left), right, graph);
                Goal::All(vec![goal, Goal::Holds(Condition::Not(Box::new(condition)))])
            }
            P::LeftJoin { left, right, .. } => {
                let goal = self.pattern(left, graph)?;
                self.hide(right);
                Goal::All(vec![goal, Goal::Unclear])
            }
            P::Extend { inner, variable, expression } => {
                let goal = self.pattern(inner, graph)?;
                let variable = self.slot(variable.as_str());
                let bound = match expression {
                    Expression::NamedNode(iri) => Goal::OneOf(variable, vec![self.terms.copy(iri.as_ref().into())]),
                    _ => self.hidden(variable),
                };
                Goal::All(vec![goal, bound])
            }
            P::Values { variables, bindings } => match variables.as_slice() {
                [variable] if bindings.iter().all(|row| matches!(row.as_slice(), [Some(_)])) => {
                    let terms = bindings.iter().flatten().flatten().map(|term| match term {
                        GroundTerm::NamedNode(iri) => self.terms.copy(iri.as_ref().into()),
                        GroundTerm::Literal(literal) => self.terms.copy(literal.as_ref().into()),
                    });
                    let terms = terms.collect();
                    Goal::OneOf(self.slot(variable.as_str()), terms)
                }
                _ => {
                    self.hide(pattern);
                    Goal::Unclear
                }
            },
            P::Distinct { inner } | P::Reduced { inner } | P::OrderBy { inner, .. } => self.pattern(inner, graph)?,
            P::Slice { inner, .. } => Goal::All(vec![self.pattern(inner, graph)?, Goal::Unclear]),
            P::Project { inner, variables } => self.within(&variables.iter().cloned().collect(), |r| r.pattern(inner, graph))?,
            P::Group { inner, variables, aggregates } if !variables.is_empty() => {
                let goal = self.within(&variables.iter().cloned().collect(), |reader| reader.pattern(inner, graph))?;
                let counted = aggregates.iter().map(|(variable, _)| variable.as_str());
                let counted: Vec<Goal> = counted
                    .map(|variable| {
                        let slot = self.slot(variable);
                        self.hidden(slot)
                    })
                    .collect();
                Goal::All(std::iter::once(goal).chain(counted).collect())
            }
            P::Lateral { .. } | P::Group { .. } | P::Service { .. } => return None,
        })
    }

    /// Reads what sees only some of the variables from outside, and gives only those to it.
    fn within<T>(&mut self, shared: &BTreeSet<Variable>, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let outside = self.names.clone();
        let is_shared = |name: &str| shared.contains(&Variable::new_unchecked(name));
        for (name, slot) in &mut self.names {
            // Whether the engine lets a value through where the standard does not is not relied upon.
            if !is_shared(name) {
                self.hidden.push(true);
                *slot = self.hidden.len() - 1;
            }
        }
        let done = read(self);
        let inside = std::mem::replace(&mut self.names, outside);
        self.names.extend(inside.into_iter().filter(|(name, _)| is_shared(name)));
        done
    }

    fn condition(&mut self, expression: &Expression, visible: &BTreeSet<Variable>, graph: Option<Slot>) -> Condition {
        use Expression as E;
        let all = |reader: &mut Self, parts: &[&E]| -> Vec<Condition> {
            parts.iter().map(|part| reader.condition(part, visible, graph)).collect()
        };
        let not = |condition: Condition| Condition::Not(Box::new(condition));
        match expression {
            E::Literal(literal) if literal.datatype() == xsd::BOOLEAN => match literal.value() {
                "true" => Condition::Every(Vec::new()),
                "false" => Condition::Either(Vec::new()),
                _ => Condition::Unclear,
            },
            E::And(a, b) => Condition::Every(all(self, &[a, b])),
            E::Or(a, b) => Condition::Either(all(self, &[a, b])),
            E::Not(inner) => not(self.condition(inner, visible, graph)),
            E::If(condition, yes, no) if matches!(&**yes, E::Literal(yes) if yes.value() == "false") => {
                Condition::Every(vec![not(self.condition(condition, visible, graph)), self.condition(no, visible, graph)])
            }
            E::If(condition, yes, no) => {
                let if_so = Condition::Every(all(self, &[condition, yes]));
                let negated = not(self.condition(condition, visible, graph));
                let if_not = Condition::Every(vec![negated, self.condition(no, visible, graph)]);
                Condition::Either(vec![if_so, if_not])
            }
            E::Exists(pattern) => {
                let goal = self.within(visible, |reader| reader.pattern(pattern, graph));
                goal.map_or(Condition::Unclear, |goal| Condition::Exists(Box::new(goal)))
            }
            E::Equal(a, b) | E::SameTerm(a, b) => self.same(a, b, visible),
            E::In(one, others) => Condition::Either(others.iter().map(|other| self.same(one, other, visible)).collect()),
            E::LessOrEqual(a, b) | E::GreaterOrEqual(b, a) => self.texts(a, b, visible, Condition::AtMost),
            E::Less(a, b) | E::Greater(b, a) => not(self.texts(b, a, visible, Condition::AtMost)),
            E::FunctionCall(Function::StrStarts, of) => match of.as_slice() {
                [text, with] => self.texts(text, with, visible, Condition::Begins),
                _ => Condition::Unclear,
            },
            E::FunctionCall(function, of) => {
                let sort = match function {
                    Function::IsIri => Some(Sort::Iri),
                    Function::IsBlank => Some(Sort::Blank),
                    Function::IsLiteral => Some(Sort::Literal),
                    _ => None,
                };
                let slot = if let [one] = of.as_slice() { self.place(one, visible) } else { None };
                sort.zip(slot).map_or(Condition::Unclear, |(sort, slot)| Condition::Is(sort, slot))
            }
            _ => Condition::Unclear,
        }
    }

    fn same(&mut self, a: &Expression, b: &Expression, visible: &BTreeSet<Variable>) -> Condition {
        let places = self.place(a, visible).zip(self.place(b, visible));
        places.map_or(Condition::Unclear, |(a, b)| Condition::Same(a, b))
    }

    fn texts(
        &mut self,
        a: &Expression,
        b: &Expression,
        visible: &BTreeSet<Variable>,
        compared: fn(Text, Text) -> Condition,
    ) -> Condition {
        let texts = self.text(a, visible).zip(self.text(b, visible));
        texts.map_or(Condition::Unclear, |(a, b)| compared(a, b))
    }

    /// What an expression spells, if it can be nothing but a plain text.
    fn text(&mut self, expression: &Expression, visible: &BTreeSet<Variable>) -> Option<Text> {
        match expression {
            Expression::Literal(text) if is_plain(text) => Some(Text::Said(text.value().to_owned())),
            Expression::FunctionCall(Function::Str, of) => match of.as_slice() {
                [one] => self.place(one, visible).map(Text::Of),
                _ => None,
            },
            _ => None,
        }
    }

    /// The term that an expression is, as far as it can be seen from where the expression stands.
    fn place(&mut self, expression: &Expression, visible: &BTreeSet<Variable>) -> Option<Slot> {
        match expression {
            Expression::NamedNode(iri) => Some(self.known(iri.as_ref().into())),
            Expression::Literal(literal) => Some(self.known(literal.as_ref().into())),
            Expression::Variable(variable) => visible.contains(variable).then(|| self.slot(variable.as_str())),
            _ => None,
        }
    }

    /// What a MINUS takes away.
    fn beside(&mut self, left: &BTreeSet<Variable>, right: &GraphPattern, graph: Option<Slot>) -> Condition {
        let shared: Vec<Variable> = visible(right).intersection(left).cloned().collect();
        if !is_whole(right) {
            return Condition::Unclear;
        }
        let goal = self.within(left, |reader| reader.pattern(right, graph));
        let slots = shared.iter().filter_map(|variable| self.names.get(variable.as_str()).copied()).collect();
        goal.map_or(Condition::Unclear, |goal| Condition::Beside(slots, Box::new(goal)))
    }

    /// The properties of a step.
    fn steps(&mut self, path: &PropertyPathExpression) -> Option<Vec<Id>> {
        match path {
            PropertyPathExpression::NamedNode(property) => Some(vec![self.terms.copy(property.as_ref().into())]),
            PropertyPathExpression::Alternative(one, other) => {
                let (mut steps, others) = (self.steps(one)?, self.steps(other)?);
                steps.extend(others);
                Some(steps)
            }
            _ => None,
        }
    }

    fn known(&mut self, term: TermRef<'_>) -> Slot {
        Slot::Known(self.terms.copy(term))
    }

    fn slot(&mut self, name: &str) -> Slot {
        Slot::Open(*self.names.entry(name.to_owned()).or_insert_with(|| {
            self.hidden.push(false);
            self.hidden.len() - 1
        }))
    }

    /// That a variable has a value which is not known here, or none.
    fn hidden(&mut self, slot: Slot) -> Goal {
        if let Slot::Open(variable) = slot {
            self.hidden[variable] = true;
        }
        Goal::Unclear
    }

    fn hide(&mut self, pattern: &GraphPattern) {
        for variable in visible(pattern) {
            let slot = self.slot(variable.as_str());
            self.hidden(slot);
        }
    }

    fn term(&mut self, term: &TermPattern) -> Slot {
        match term {
            TermPattern::NamedNode(iri) => self.known(iri.as_ref().into()),
            TermPattern::Literal(literal) => self.known(literal.as_ref().into()),
            TermPattern::Variable(variable) => self.slot(variable.as_str()),
            // No variable has such a name.
            TermPattern::BlankNode(node) => self.slot(&node.to_string()),
        }
    }

    fn name(&mut self, name: &NamedNodePattern) -> Slot {
        match name {
            NamedNodePattern::NamedNode(iri) => self.known(iri.as_ref().into()),
            NamedNodePattern::Variable(variable) => self.slot(variable.as_str()),
        }
    }
}

/// The variables that a pattern gives values to.
fn visible(pattern: &GraphPattern) -> BTreeSet<Variable> {
    let mut visible = BTreeSet::new();
    pattern.on_in_scope_variable(|variable| {
        visible.insert(variable.clone());
    });
    visible
}

/// Whether a pattern gives a value to each of its variables.
fn is_whole(pattern: &GraphPattern) -> bool {
    use GraphPattern as P;
    match pattern {
        P::Bgp { .. } | P::Path { .. } => true,
        P::Values { bindings, .. } => bindings.iter().flatten().all(Option::is_some),
        P::Join { left, right } => is_whole(left) && is_whole(right),
        P::Graph { inner, .. } | P::Filter { inner, .. } => is_whole(inner),
        _ => false,
    }
}

/// How few statements are likely to have what is known of one: its subject tells most, then its object.
fn knowledge(statement: &[Slot; 3], known: &BTreeSet<usize>) -> usize {
    let is_known = |slot: &Slot| matches!(slot, Slot::Known(_)) || matches!(slot, Slot::Open(at) if known.contains(at));
    let [subject, property, object] = statement;
    4 * usize::from(is_known(subject)) + 2 * usize::from(is_known(object)) + usize::from(is_known(property))
}

fn is_plain(literal: &Literal) -> bool {
    literal.language().is_none() && literal.datatype() == xsd::STRING
}
