//! What graphs are to hold, brought to the service: little of it in one update; much of it in parts, each a graph that nobody sees,
//! and one update at the end that puts them in place. Until then nothing is replaced. A part is known by the digest of all that is
//! loaded with it, so that a load that broke off goes on where it ended when it is done again.

use super::algebra::{any, triple, variable, within};
use super::error::RemoteError;
use super::http::{Again, Call, TRIES, unlimited};
use super::names;
use super::update::{PART_OF, Rewriting};
use super::{Remote, StoreError};
use crate::model::id::sha256;
use crate::store::Store;
use crate::store::run::Watch;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term, Triple, Variable};
use spargebra::algebra::{AggregateExpression, GraphPattern};
use std::collections::HashSet;

/// So many quads, gone and new together, go in one update; services put a limit to the length of one.
const FEW: usize = 100;
/// The most bytes of them.
const SHORT: usize = 64 << 10;
/// A part has at most so many triples.
const PART: usize = 5_000;
/// A part that has so many bytes takes no more triples.
const PART_BYTES: usize = 2 << 20;

/// What a part begins with: Virtuoso looks at the first words of a body, not at its media type, and takes a long text for no RDF.
const HEAD: &[u8] = b"@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n";

/// What a graph is to hold.
pub(super) struct Content {
    pub(super) graph: NamedNode,
    pub(super) triples: HashSet<Triple>,
    /// Whether what it holds already stays.
    pub(super) stays: bool,
    /// Whether the graph is there also if it holds nothing.
    pub(super) empty: bool,
}

/// A part of a load.
struct Part {
    name: NamedNode,
    lines: Vec<u8>,
    /// How many triples it has, and how few those may be where an engine takes two ways to write a number for one.
    most: usize,
    least: usize,
}

impl Remote {
    /// Makes graphs hold what they are to hold, all at once.
    pub(super) fn fill(&self, contents: Vec<Content>) -> Result<(), StoreError> {
        let mut changes = Vec::new();
        for content in contents {
            changes.extend(self.change_to(content)?);
        }
        if changes.is_empty() {
            return Ok(());
        }
        let mut rewriting = Rewriting::new(&self.datasets, self);
        let few: usize = changes.iter().map(|change| change.gone.len() + change.new.len()).sum();
        let quads = || changes.iter().flat_map(|change| change.gone.iter().chain(&change.new));
        let short = || quads().map(|quad| quad.to_string().len()).sum::<usize>() <= SHORT;
        if few <= FEW && short() && !quads().any(|quad| is_blank(&quad.clone().into())) {
            for change in &changes {
                rewriting.delete(&change.gone)?;
                if !change.new.is_empty() {
                    rewriting.insert(&change.new)?;
                }
                change.end(&mut rewriting)?;
            }
        } else {
            for change in &changes {
                let Content { graph, triples, stays, .. } = &change.content;
                if !triples.is_empty() {
                    let parts = self.load(&change.content)?;
                    rewriting.take_over(graph, &parts, *stays);
                } else if !stays {
                    rewriting.empty(graph);
                }
                change.end(&mut rewriting)?;
            }
        }
        self.change(&rewriting.finished(), Again::Always, &unlimited())
    }

    /// What has to change for a graph to hold what it is to hold; `None` if it does already.
    fn change_to(&self, content: Content) -> Result<Option<Change>, StoreError> {
        let mut old: HashSet<Triple> = HashSet::new();
        let there = Store::has(self, &content.graph)?;
        if there && !(content.stays && content.triples.len() > FEW) {
            let pattern = super::Pattern { graph: Some(&content.graph), ..super::Pattern::default() };
            self.each(pattern, &mut |quad| {
                old.insert(quad.into());
                Ok(())
            })?;
        }
        let quads = |triples: Vec<&Triple>| -> Vec<Quad> {
            triples.into_iter().map(|triple| triple.clone().in_graph(content.graph.clone())).collect()
        };
        let gone = if content.stays { Vec::new() } else { quads(old.difference(&content.triples).collect()) };
        let new = quads(content.triples.difference(&old).collect());
        let is_there = content.empty || !content.triples.is_empty() || (content.stays && there);
        let same = gone.is_empty() && new.is_empty() && is_there == there;
        Ok((!same).then_some(Change { content, gone, new, is_there }))
    }

    /// Loads what a graph is to hold, and gives the parts that have it.
    fn load(&self, content: &Content) -> Result<Vec<NamedNode>, StoreError> {
        let watch = unlimited();
        let parts = parts(content);
        let all: Vec<NamedNode> = parts.iter().map(|part| part.name.clone()).collect();
        let mut known = Vec::new();
        let of = triple(variable("s"), PART_OF.into_owned(), content.graph.clone());
        self.rows(["s"], within(names::loads(), of), &mut |[part]| {
            known.extend(part.and_then(super::name));
            Ok(())
        })?;
        let mut rewriting = Rewriting::new(&self.datasets, self);
        let (going_on, stale): (Vec<_>, Vec<_>) = known.into_iter().partition(|part| all.contains(part));
        rewriting.forget(&content.graph, &stale);
        if going_on.len() < all.len() {
            rewriting.announce(&content.graph, &all);
        }
        let prepared = rewriting.unseen();
        if !prepared.operations.is_empty() {
            self.change(&prepared, Again::Always, &watch)?;
        }
        for part in parts {
            let fresh = !going_on.contains(&part.name);
            self.bring(part, fresh, &watch)?;
        }
        Ok(all)
    }

    /// Brings a part to the service, and makes sure that all of it is there.
    fn bring(&self, part: Part, fresh: bool, watch: &Watch) -> Result<(), StoreError> {
        let mut call: Call = self.http.post(part.name.as_str(), part.lines);
        call.again = Again::Never;
        let whole = |held: usize| (part.least..=part.most).contains(&held);
        let mut tries = 0;
        loop {
            tries += 1;
            if !fresh || tries > 1 {
                let held = self.count(within(part.name.clone(), any()))?;
                if whole(held) {
                    return Ok(());
                }
                // What is left of a part is thrown away: its blank nodes would come twice.
                if held > 0 {
                    let mut rewriting = Rewriting::new(&self.datasets, self);
                    rewriting.throw_away(&part.name);
                    self.change(&rewriting.unseen(), Again::Always, watch)?;
                }
            }
            match self.http.once(&call, watch)? {
                Ok(_) => {
                    let held = self.count(within(part.name.clone(), any()))?;
                    if whole(held) {
                        return Ok(());
                    }
                    if tries >= TRIES {
                        let address = self.http.at.data.clone();
                        return Err(RemoteError::Incomplete { address, sent: part.most, held }.into());
                    }
                }
                Err(failure) if failure.passes && tries < TRIES => self.http.pause(tries, &failure, watch)?,
                Err(failure) => return Err(failure.error.into()),
            }
        }
    }

    /// How many solutions a pattern has.
    pub(super) fn count(&self, pattern: GraphPattern) -> Result<usize, StoreError> {
        let number: Variable = variable("n");
        let pattern = GraphPattern::Group {
            inner: Box::new(pattern),
            variables: Vec::new(),
            aggregates: vec![(number, AggregateExpression::CountSolutions { distinct: false })],
        };
        let mut count = 0;
        self.rows(["n"], pattern, &mut |[number]| {
            if let Some(Term::Literal(number)) = number {
                count = number.value().parse().unwrap_or(0);
            }
            Ok(())
        })?;
        Ok(count)
    }
}

/// What has to change for a graph to hold what it is to hold.
struct Change {
    content: Content,
    gone: Vec<Quad>,
    new: Vec<Quad>,
    /// Whether there is such a graph then.
    is_there: bool,
}

impl Change {
    /// Sees to it that the graph is there, or is not.
    fn end(&self, rewriting: &mut Rewriting<'_>) -> Result<(), StoreError> {
        match (self.is_there, self.content.triples.is_empty()) {
            (true, true) => rewriting.create(&self.content.graph),
            (false, _) => {
                rewriting.drop(&self.content.graph);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Whether a triple has a blank node.
fn is_blank(triple: &Triple) -> bool {
    matches!(triple.subject, NamedOrBlankNode::BlankNode(_)) || matches!(triple.object, Term::BlankNode(_))
}

/// The parts of what a graph is to hold. What has blank nodes is in one, the first: they are the same nodes in no other.
fn parts(content: &Content) -> Vec<Part> {
    let mut lines: Vec<(bool, String, &Triple)> =
        content.triples.iter().map(|triple| (!is_blank(triple), format!("{triple} .\n"), triple)).collect();
    lines.sort_unstable_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let mut all = content.graph.as_str().to_owned();
    for (_, line, _) in &lines {
        all.push_str(line);
    }
    let load = &sha256(all.as_bytes())[..32];
    let mut parts: Vec<Part> = Vec::new();
    let mut seen: HashSet<(&NamedOrBlankNode, &NamedNode, Value<'_>)> = HashSet::new();
    for (at, (named, line, triple)) in lines.iter().enumerate() {
        let turns = at > 0 && *named && !lines[at - 1].0;
        let full = parts.last().is_some_and(|part| part.most >= PART || part.lines.len() >= PART_BYTES);
        if parts.is_empty() || turns || (full && *named) {
            let name = names::part(load, parts.len());
            parts.push(Part { name, lines: HEAD.into(), most: 0, least: 0 });
            seen.clear();
        }
        if let Some(part) = parts.last_mut() {
            part.lines.extend_from_slice(line.as_bytes());
            part.most += 1;
            part.least += usize::from(seen.insert((&triple.subject, &triple.predicate, Value::of(&triple.object))));
        }
    }
    parts
}

/// An object as the roughest engine tells it from others: two numbers or dates may be one.
#[derive(PartialEq, Eq, Hash)]
enum Value<'t> {
    Exact(&'t Term),
    Typed,
}

impl<'t> Value<'t> {
    fn of(term: &'t Term) -> Self {
        match term {
            Term::Literal(literal) if literal.language().is_none() && !is_string(term) => Self::Typed,
            other => Self::Exact(other),
        }
    }
}

fn is_string(term: &Term) -> bool {
    matches!(term, Term::Literal(literal) if literal.datatype() == oxigraph::model::vocab::xsd::STRING)
}
