//! The processes that are there, and what is given to them.

use super::super::embedded::Embedded;
use super::super::{Evaluate, Limits, Request, Results, Solutions, Store as _, StoreError, UpdateRequest, Visit};
use super::Program;
use super::copies::{Copies, Copy};
use super::hand::{Hand, Watch};
use super::wire::{Hello, Job, Passed, ROW, kind};
use crate::config::DefaultGraph;
use oxigraph::model::{NamedNode, Triple, Variable};
use oxigraph::sparql::QuerySolution;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Evaluates in processes of their own. How many there are at a time is for the caller to bound.
pub struct Apart {
    store: Arc<Embedded>,
    program: Program,
    copies: Copies,
    hello: Hello,
    idle: Mutex<Vec<Hand>>,
}

impl Apart {
    /// Evaluates queries of a store; one process is started at once, so that it is known that it can be.
    ///
    /// # Errors
    /// If the store is in memory only, or the process cannot be started.
    pub fn new(store: Arc<Embedded>, program: Program) -> Result<Self, StoreError> {
        let copies = Copies::new(&store)?;
        let own = store.default_graph() == DefaultGraph::Own;
        let hello = Hello { memory: program.memory, services: store.services().clone(), own };
        let all = Self { store, program, copies, hello, idle: Mutex::default() };
        let first = all.start()?;
        all.idle().push(first);
        Ok(all)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Hand>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start(&self) -> Result<Hand, StoreError> {
        Hand::start(&self.program.path, &self.program.arguments, &self.hello)
            .map_err(|error| StoreError::NoProcess(error.to_string()))
    }

    /// A process that has begun with the job. One that has gone while it was idle is replaced, also if that shows only now.
    fn given(&self, job: &Job, watch: &mut Watch<'_>) -> Result<Hand, StoreError> {
        loop {
            let idle = self.idle().pop();
            let old = idle.is_some();
            let mut hand = idle.map_or_else(|| self.start(), Ok)?;
            if hand.give(job, watch)? {
                return Ok(hand);
            }
            if !old {
                return Err(StoreError::NoProcess("it ended before it began".to_owned()));
            }
        }
    }

    /// Keeps a process for the next job, if it can be kept.
    fn back(&self, hand: Hand) {
        if hand.ready {
            self.idle().push(hand);
        }
    }
}

impl Evaluate for Apart {
    fn query(&self, request: &Request, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        let data = self.copies.now(&self.store)?;
        let bindings = request.bindings.iter().map(|(name, term)| (name.as_str().to_owned(), term.to_string())).collect();
        let graphs = (request.default_graphs.as_slice(), request.named_graphs.as_slice());
        let job = Job { bindings, ..job(&data, &request.query, graphs, request.limits) };
        let token = request.cancellation.clone().unwrap_or_default();
        let mut watch = Watch::new(&token, request.limits.time);
        let mut hand = self.given(&job, &mut watch)?;
        let told = told(&mut hand, &mut watch, visit);
        // Whoever reads the results may have given up.
        hand.settle(&mut watch);
        self.back(hand);
        told
    }

    /// Carries it out if it keeps to its limits when it is tried.
    fn update(&self, request: &UpdateRequest) -> Result<(), StoreError> {
        let data = self.copies.own(&self.store)?;
        let graphs = (request.using_graphs.as_slice(), request.using_named_graphs.as_slice());
        let job = Job { update: true, ..job(&data, &request.update, graphs, request.limits) };
        let token = request.cancellation.clone().unwrap_or_default();
        let mut watch = Watch::new(&token, request.limits.time);
        let mut hand = self.given(&job, &mut watch)?;
        let tried = hand.next(&mut watch);
        self.back(hand);
        tried?;
        self.store.update(request)
    }
}

fn job(data: &Copy, text: &str, graphs: (&[NamedNode], &[NamedNode]), limits: Limits) -> Job {
    let named = |graphs: &[NamedNode]| graphs.iter().map(|graph| graph.as_str().to_owned()).collect();
    Job {
        data: data.path().to_owned(),
        update: false,
        text: text.to_owned(),
        bindings: Vec::new(),
        default_graphs: named(graphs.0),
        named_graphs: named(graphs.1),
        time: limits.time.map(|time| time.as_secs_f64()),
        rows: limits.rows,
        bytes: limits.bytes,
    }
}

/// Shows what a process finds to `visit`, and waits for its end.
fn told(hand: &mut Hand, watch: &mut Watch<'_>, visit: &mut Visit<'_>) -> Result<(), StoreError> {
    let garbled = || StoreError::Evaluation("the engine failed unexpectedly".to_owned());
    let (form, body) = hand.next(watch)?;
    let talk = RefCell::new((hand, watch));
    match form {
        kind::BOOLEAN => {
            visit(Results::Boolean(body == [1]))?;
            let (hand, watch) = talk.into_inner();
            hand.next(watch).map(|_| ())
        }
        kind::COLUMNS => {
            let names: Vec<String> = serde_json::from_slice(&body).map_err(|_| garbled())?;
            let variables: Vec<Variable> = names.into_iter().map(Variable::new_unchecked).collect();
            let rows: Rows<'_, '_, '_, QuerySolution> = Rows::new(&talk, variables.clone().into());
            let ended = Arc::clone(&rows.ended);
            visit(Results::Solutions(Solutions { variables, rows: Box::new(rows) }))?;
            complete(&ended)
        }
        kind::GRAPH => {
            let rows: Rows<'_, '_, '_, Triple> = Rows::new(&talk, Arc::new([]));
            let ended = Arc::clone(&rows.ended);
            visit(Results::Graph(Box::new(rows)))?;
            complete(&ended)
        }
        _ => Err(garbled()),
    }
}

/// What was not read to its end must not pass for all of it.
fn complete(ended: &Mutex<bool>) -> Result<(), StoreError> {
    if *ended.lock().unwrap_or_else(PoisonError::into_inner) { Ok(()) } else { Err(StoreError::Cancelled) }
}

/// Rows as they come.
struct Rows<'t, 'h, 'w, T> {
    talk: &'t RefCell<(&'h mut Hand, &'h mut Watch<'w>)>,
    columns: Arc<[Variable]>,
    come: VecDeque<T>,
    ended: Arc<Mutex<bool>>,
}

impl<'t, 'h, 'w, T: Passed> Rows<'t, 'h, 'w, T> {
    fn new(talk: &'t RefCell<(&'h mut Hand, &'h mut Watch<'w>)>, columns: Arc<[Variable]>) -> Self {
        Self { talk, columns, come: VecDeque::new(), ended: Arc::default() }
    }

    fn more(&mut self) -> Result<(), StoreError> {
        let mut talk = self.talk.borrow_mut();
        let (hand, watch) = &mut *talk;
        let (form, body) = hand.next(watch)?;
        if form == kind::DONE {
            *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
            return Ok(());
        }
        let mut rest = body.as_slice();
        while !rest.is_empty() {
            let row = rest.split_off_first().filter(|begin| **begin == ROW).and_then(|_| T::read(&mut rest, &self.columns));
            self.come.push_back(row.ok_or_else(|| StoreError::Evaluation("the engine failed unexpectedly".to_owned()))?);
        }
        Ok(())
    }
}

impl<T: Passed> Iterator for Rows<'_, '_, '_, T> {
    type Item = Result<T, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.come.pop_front() {
                return Some(Ok(row));
            }
            if *self.ended.lock().unwrap_or_else(PoisonError::into_inner) {
                return None;
            }
            if let Err(error) = self.more() {
                return Some(Err(error));
            }
        }
    }
}
