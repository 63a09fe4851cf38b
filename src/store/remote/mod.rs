//! The store on a service elsewhere: any that speaks the SPARQL 1.1 Query, Update and Graph Store protocols.
//!
//! Nothing is taken for granted that services differ in. What a query sees that names no graph is kept as a graph of its own, each
//! triple once, and so is the list of the store's graphs ([`names`]); queries are [put into that scope](scope), and updates
//! [keep both in step](update), in the same request. What is large is [loaded in parts](load) that nobody sees, and put in place by
//! one update at the end.

mod algebra;
mod error;
mod http;
mod load;
mod names;
mod results;
mod scope;
mod update;

pub use error::RemoteError;

use super::dataset::Datasets;
use super::run::{Watch, run};
use super::{Form, Part, Pattern, Request, Results, Store, StoreError, UpdateRequest, Visit, Write, guard, writer};
use crate::config::{DefaultGraph, Service, Services};
use crate::model::vocab::schema;
use algebra::{any, join, registered, triple, variable, within};
use http::{Again, Http, unlimited};
use load::Content;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use results::{Answer, ROWS, TRIPLES};
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use spargebra::{Query, Update};
use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use update::{Known, Rewriting};

/// A store on a service.
pub struct Remote {
    http: Http,
    datasets: Datasets,
    /// One writer at a time; what other processes do is not known here.
    writer: Mutex<()>,
}

impl Remote {
    /// A store on the service that takes queries at an address. It is asked once, so that what is wrong is told at once.
    ///
    /// # Errors
    /// [`RemoteError`]: if nobody answers there, lets us in, or speaks SPARQL.
    pub fn open(query: &str, service: &Service) -> Result<Self, StoreError> {
        let datasets = Datasets::new(DefaultGraph::default());
        let store = Self { http: Http::new(query, service)?, datasets, writer: Mutex::default() };
        let watch = unlimited();
        let mut call = store.http.query(&writer::query(&ask(registered(variable("g")))), ROWS);
        call.again = Again::Never;
        let response = store.http.send(&call, &watch)?;
        Answer { http: &store.http, watch: &watch, response }.results(Form::Ask)?;
        Ok(store)
    }

    /// The same, with another default graph.
    #[must_use]
    pub fn with_default_graph(mut self, default: DefaultGraph) -> Self {
        self.datasets = Datasets::new(default);
        self
    }

    fn odd(&self, kind: &str) -> StoreError {
        RemoteError::NotSparql { address: self.http.at.query.clone(), kind: kind.to_owned() }.into()
    }

    fn writing(&self) -> MutexGuard<'_, ()> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, pattern: GraphPattern) -> Result<bool, StoreError> {
        let watch = unlimited();
        let response = self.http.send(&self.http.query(&writer::query(&ask(pattern)), ROWS), &watch)?;
        Ok(matches!(Answer { http: &self.http, watch: &watch, response }.results(Form::Ask)?, Results::Boolean(true)))
    }

    /// Shows the values of some variables in the solutions of a pattern.
    fn rows<const N: usize>(
        &self,
        columns: [&str; N],
        pattern: GraphPattern,
        see: &mut dyn FnMut([Option<Term>; N]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let variables = columns.map(variable).to_vec();
        let pattern = GraphPattern::Project { inner: Box::new(pattern), variables };
        let query = Query::Select { dataset: None, pattern, base_iri: None };
        let watch = unlimited();
        let response = self.http.send(&self.http.query(&writer::query(&query), ROWS), &watch)?;
        if let Results::Solutions(rows) = (Answer { http: &self.http, watch: &watch, response }).results(Form::Select)? {
            for row in rows {
                let row = row?;
                see(columns.map(|name| row.get(name).cloned()))?;
            }
        }
        Ok(())
    }

    fn evaluate(&self, request: &Request, watch: &Watch, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        let query = guard::parse(request)?;
        let form = query.form();
        let asked = (request.default_graphs.as_slice(), request.named_graphs.as_slice());
        let query = scope::sent(query.0, &self.datasets, asked, watch.rows());
        let call = self.http.query(&writer::query(&query), if form == Form::Graph { TRIPLES } else { ROWS });
        let response = self.http.send(&call, watch).map_err(failed)?;
        visit(Answer { http: &self.http, watch, response }.results(form)?)
    }

    fn change(&self, update: &Update, again: Again, watch: &Watch) -> Result<(), StoreError> {
        self.http.send(&self.http.update(&writer::update(update), again), watch).map(|_| ())
    }
}

/// What a service says against a query or update of a client is told to the client.
fn failed(error: StoreError) -> StoreError {
    match error {
        StoreError::Remote(RemoteError::Refused { status, text, .. }) if !status.starts_with("404") => {
            StoreError::Evaluation(format!("the service answers {status}: {text}"))
        }
        other => other,
    }
}

fn name(term: Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(name) => Some(name),
        _ => None,
    }
}

fn node(term: Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(name) => Some(name.into()),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}

fn ask(pattern: GraphPattern) -> Query {
    Query::Ask { dataset: None, pattern, base_iri: None }
}

impl Known for Remote {
    fn has(&self, graph: &NamedNode) -> Result<bool, StoreError> {
        Store::has(self, graph)
    }
    fn graphs(&self) -> Result<Vec<NamedNode>, StoreError> {
        Store::graphs(self)
    }
}

impl Store for Remote {
    fn replace(&self, graphs: &[NamedNode], quads: &mut dyn Iterator<Item = Quad>) -> Result<(), StoreError> {
        let mut all: BTreeMap<NamedNode, HashSet<Triple>> = graphs.iter().map(|graph| (graph.clone(), HashSet::new())).collect();
        for quad in quads {
            let place = match &quad.graph_name {
                GraphName::NamedNode(name) => all.get_mut(name),
                _ => None,
            };
            let Some(content) = place else {
                return Err(StoreError::ForeignGraph(match &quad.graph_name {
                    GraphName::DefaultGraph => "no graph".to_owned(),
                    name => format!("the graph `{name}`"),
                }));
            };
            content.insert(quad.into());
        }
        let contents = all.into_iter().map(|(graph, triples)| Content { graph, triples, stays: false, empty: false });
        let _writing = self.writing();
        self.fill(contents.collect())
    }

    fn query(&self, request: &Request, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        run(request.limits, request.cancellation.clone(), |watch| {
            self.evaluate(request, watch, visit)?;
            watch.check()
        })
    }

    fn update(&self, request: &UpdateRequest) -> Result<(), StoreError> {
        run(request.limits, request.cancellation.clone(), |watch| {
            let update = guard::parse_update(request, &Services::default())?;
            let _writing = self.writing();
            let update = Rewriting::new(&self.datasets, self).client(update, request)?;
            watch.check()?;
            self.change(&update, Again::Untouched, watch).map_err(failed)
        })
    }

    fn write(
        &self,
        graph: Option<&NamedNode>,
        how: Write,
        triples: &mut dyn Iterator<Item = Triple>,
    ) -> Result<bool, StoreError> {
        let graph = self.datasets.written(graph)?;
        let _writing = self.writing();
        let there = Store::has(self, &graph)?;
        let stays = how == Write::Merge;
        self.fill(vec![Content { graph, triples: triples.collect(), stays, empty: true }])?;
        Ok(there)
    }

    fn remove(&self, graph: Option<&NamedNode>) -> Result<bool, StoreError> {
        let graph = self.datasets.written(graph)?;
        let _writing = self.writing();
        let there = Store::has(self, &graph)?;
        let mut rewriting = Rewriting::new(&self.datasets, self);
        rewriting.drop(&graph);
        self.change(&rewriting.finished(), Again::Always, &unlimited())?;
        Ok(there)
    }

    fn default_graph(&self) -> DefaultGraph {
        if self.datasets.own().is_some() { DefaultGraph::Own } else { DefaultGraph::Union }
    }

    fn has(&self, graph: &NamedNode) -> Result<bool, StoreError> {
        self.ask(registered(graph.clone()))
    }

    fn each(&self, pattern: Pattern<'_>, visit: &mut dyn FnMut(Quad) -> Result<(), StoreError>) -> Result<(), StoreError> {
        // A blank node has no name outside of the answer that it came in, so that none can be asked for.
        let blank = matches!(pattern.subject, Some(NamedOrBlankNode::BlankNode(_)));
        if blank || matches!(pattern.object, Some(Term::BlankNode(_))) {
            return Ok(());
        }
        let subject = pattern.subject.map_or_else(|| variable("s").into(), |node| TermPattern::from(node.clone()));
        let predicate = pattern.predicate.map_or_else(|| variable("p").into(), |node| NamedNodePattern::from(node.clone()));
        let object = pattern.object.map_or_else(|| variable("o").into(), |term| TermPattern::from(term.clone()));
        let found = GraphPattern::Bgp { patterns: vec![TriplePattern { subject, predicate, object }] };
        let found = match pattern.graph {
            Some(graph) => within(graph.clone(), found),
            None => join(registered(variable("g")), within(variable("g"), found)),
        };
        self.rows(["s", "p", "o", "g"], found, &mut |[subject, predicate, object, graph]| {
            // What the pattern names comes back from it.
            let subject = pattern.subject.cloned().or_else(|| node(subject?));
            let predicate = pattern.predicate.cloned().or_else(|| name(predicate?));
            let object = pattern.object.cloned().or(object);
            let graph = pattern.graph.cloned().or_else(|| name(graph?));
            match (subject, predicate, object, graph) {
                (Some(subject), Some(predicate), Some(object), Some(graph)) => {
                    visit(Quad::new(subject, predicate, object, graph))
                }
                _ => Err(self.odd("rows that are no statements")),
            }
        })
    }

    fn graphs(&self) -> Result<Vec<NamedNode>, StoreError> {
        let mut graphs = Vec::new();
        self.rows(["g"], registered(variable("g")), &mut |[graph]| {
            graphs.extend(graph.and_then(name));
            Ok(())
        })?;
        graphs.sort();
        Ok(graphs)
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(!self.ask(join(registered(variable("g")), within(variable("g"), any())))?)
    }

    /// As [`Store::snapshot`]; fails if something was written meanwhile, as a service is not asked twice at one moment.
    fn snapshot(&self, visit: &mut dyn FnMut(Part) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let before = self.revision()?;
        Store::graphs(self)?.into_iter().try_for_each(|graph| visit(Part::Graph(graph)))?;
        self.each(Pattern::default(), &mut |quad| visit(Part::Quad(quad)))?;
        if self.revision()? == before {
            return Ok(());
        }
        let hint = "do it again while nobody writes";
        Err(RemoteError::Partial { address: self.http.at.query.clone(), message: "it was written to meanwhile".to_owned(), hint }
            .into())
    }

    /// As [`Store::restore`], but what is put in is held in memory until it is all there.
    fn restore(&self, parts: &mut dyn Iterator<Item = Result<Part, StoreError>>) -> Result<(), StoreError> {
        let content = |graph, empty| Content { graph, triples: HashSet::new(), stays: false, empty };
        let _writing = self.writing();
        let mut all: BTreeMap<NamedNode, Content> =
            Store::graphs(self)?.into_iter().map(|graph| (graph.clone(), content(graph, false))).collect();
        for part in parts {
            let (graph, triple) = match part? {
                Part::Graph(graph) => (graph, None),
                Part::Quad(quad) => match &quad.graph_name {
                    GraphName::NamedNode(graph) => (graph.clone(), Some(Triple::from(quad))),
                    _ => return Err(StoreError::ForeignGraph("no graph".to_owned())),
                },
            };
            let content = all.entry(graph.clone()).or_insert_with(|| content(graph, true));
            content.empty = true;
            content.triples.extend(triple);
        }
        self.fill(all.into_values().collect())
    }

    fn size(&self) -> Result<usize, StoreError> {
        self.count(join(registered(variable("g")), within(variable("g"), any())))
    }

    fn revision(&self) -> Result<Option<String>, StoreError> {
        let revision = triple(names::register(), schema::SOFTWARE_VERSION.into_owned(), variable("o"));
        let mut found = String::new();
        self.rows(["o"], within(names::register(), revision), &mut |[word]| {
            found.extend(word.map(|word| word.to_string()));
            Ok(())
        })?;
        Ok(Some(found))
    }
}
