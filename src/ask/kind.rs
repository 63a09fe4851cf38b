//! What kind of things a pattern describes: their classes, and that a report mentions them.

use super::link;
use super::meaning::{Head, Noun};
use super::plan::Compiler;
use super::sorts;
use super::sparql::{Group, Place, string};
use crate::model::vocab::BASE;
use oxigraph::model::{NamedNode, Term};

impl Compiler<'_> {
    /// That things are of a class, and that a report mentions them where nothing else that is said makes sure of it.
    pub(super) fn kind(&mut self, noun: &Noun, variable: &str, body: &mut Group) {
        let mut classes: Vec<Term> =
            sorts::iris(noun.sorts).into_iter().map(|iri| Term::from(NamedNode::new_unchecked(iri))).collect();
        let stated = noun.conds.iter().any(|cond| link::is_stated(cond, self.books.relations));
        let subject = Place::Variable(variable.to_owned());
        match &noun.head {
            Head::Type(place) => {
                let schemes = classes.iter().all(|term| !matches!(term, Term::NamedNode(iri) if sorts::is_class(iri.as_str())));
                if schemes {
                    if let Some(below) = self.books.lexicon.types.get(*place).and_then(|noun| noun.below.as_ref()) {
                        body.triple(&subject, "skos:broader+", &Place::iri(below), None);
                    }
                    if !stated && let [scheme] = classes.as_slice() {
                        body.triple(&subject, "skos:inScheme", &Place::Term(scheme.clone()), None);
                    }
                    return;
                }
                classes.retain(|term| matches!(term, Term::NamedNode(iri) if sorts::is_class(iri.as_str())));
                let is_report = noun.sorts == sorts::named("flg:Report").unwrap_or(0);
                if is_report {
                    let form = self.variable("form");
                    body.triple(&subject, "flg:ofForm", &Place::Variable(form), None);
                }
                let mut graph = None;
                if !stated && !self.denied && !is_report {
                    graph = Some(self.mention(body));
                }
                let object = match classes.as_slice() {
                    [one] => Place::Term(one.clone()),
                    several => {
                        let kind = self.variable("kind");
                        body.values(&kind, several);
                        Place::Variable(kind)
                    }
                };
                body.triple(&subject, "a", &object, graph.as_deref());
                let named = self.books.lexicon.types.get(*place).map(|noun| noun.named.as_slice()).unwrap_or_default();
                if !named.is_empty() {
                    let label = self.variable("name");
                    body.triple(&subject, "skos:prefLabel|skos:altLabel", &Place::Variable(label.clone()), None);
                    body.filter(&format!("REGEX(STR(?{label}), {}, \"i\")", string(&format!("^({})", named.join("|")))));
                }
            }
            Head::List { of, .. } if of.iter().all(|one| matches!(one.head, Head::Type(_))) => {
                classes.retain(|term| matches!(term, Term::NamedNode(iri) if sorts::is_class(iri.as_str())));
                let kind = self.variable("kind");
                let graph = if stated || self.denied { None } else { Some(self.mention(body)) };
                body.values(&kind, &classes);
                body.triple(&subject, "a", &Place::Variable(kind), graph.as_deref());
            }
            Head::Open if noun.asked && noun.sorts != sorts::Sorts::MAX && noun.sorts & sorts::literals() == 0 => {
                let narrow = noun.conds.iter().all(|cond| !link::implies(cond, noun.sorts, self.books.relations));
                if narrow && !classes.is_empty() {
                    classes.retain(|term| matches!(term, Term::NamedNode(iri) if sorts::is_class(iri.as_str())));
                    let kind = self.variable("kind");
                    body.values(&kind, &classes);
                    body.triple(&subject, "a", &Place::Variable(kind), None);
                }
            }
            _ => {}
        }
    }

    /// The variable of a graph in which a report says what it mentions.
    fn mention(&mut self, body: &mut Group) -> String {
        let graph = self.variable("source");
        match &self.reports {
            Some(ids) => {
                let graphs: Vec<Term> =
                    ids.iter().map(|id| NamedNode::new_unchecked(format!("{BASE}graph/source/{id}")).into()).collect();
                body.among(&graph, &graphs);
            }
            None => body.filter(&format!("STRSTARTS(STR(?{graph}), {})", string(&format!("{BASE}graph/source/")))),
        }
        graph
    }
}
