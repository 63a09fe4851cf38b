//! What is checked, beside what it refers to: the quads of a conversion over those of its context, which many conversions
//! share and which is put in order once.

use super::index::{Index, Order, with};
use super::shapes::Shapes;
use super::targets::Targets;
use crate::model::statements::{self, Row, Statements};
use crate::model::terms::{Kind, TermId as Id, Terms};
use crate::model::vocab::rdf;
use oxigraph::model::{NamedNodeRef, TermRef};
use std::iter::Chain;
use std::slice::Iter;
use std::sync::atomic::{AtomicU8, Ordering};

/// The graph of statements that are in none.
pub(super) const NO_GRAPH: Id = 0;
/// A graph that is made up: all statements, of whichever graph, about what the conversion describes anew. As a property, it says
/// of each such node that it is described.
pub(super) const TOLD: Id = 1;
/// Its name.
pub(super) const TOLD_NAME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:flg:check:told");
/// `rdf:type`.
pub(super) const TYPE: Id = 2;
/// A property that is made up: of each property with which something is told of what the conversion describes anew, once.
pub(super) const PROPERTY: Id = 3;
/// Its name.
pub(super) const PROPERTY_NAME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:flg:check:property");
/// A property that is made up: of each class, or what stands in the place of one, of what the conversion describes anew, once.
pub(super) const CLASS: Id = 4;
/// Its name.
pub(super) const CLASS_NAME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:flg:check:class");

/// The terms that every view knows by these numbers.
pub(super) fn first_terms() -> Terms {
    let mut terms = Terms::default();
    for term in [NamedNodeRef::new_unchecked("urn:flg:check:no-graph"), TOLD_NAME, rdf::TYPE, PROPERTY_NAME, CLASS_NAME] {
        terms.copy(term.into());
    }
    terms
}

/// What conversions refer to, the authority above all, made ready once for all of them.
pub struct Context {
    terms: Terms,
    index: Index,
    targets: Targets,
    /// By the number of a term: whether what is said of it here, and nothing else, breaks no condition. Found out when a
    /// conversion first says the same.
    soundness: Vec<AtomicU8>,
}

/// What is known of a node of the context.
const UNKNOWN: u8 = 0;
const SOUND: u8 = 1;
const UNSOUND: u8 = 2;

impl Context {
    pub(super) fn new(shapes: &Shapes, statements: &Statements) -> Self {
        let mut terms = shapes.terms.clone();
        // Properties have small numbers, so that tables of them are small.
        for property in statements.rows().iter().filter_map(|row| statements.terms().get(row[1])) {
            terms.copy(property);
        }
        let ids: Vec<Id> = statements.terms().iter().map(|term| terms.copy(term)).collect();
        let rows: Vec<Row> = statements.rows().iter().map(|row| renumbered(row, &ids)).collect();
        let index = Index::new(rows);
        let targets = Targets::new(shapes, |property, value| {
            let rows = match value {
                Some(value) => index.range(Order::Pos, &[property, value]),
                None => index.range(Order::Pos, &[property]),
            };
            rows.iter().map(|row| Order::Pos.quad(row)).collect()
        });
        let soundness = (0..terms.count()).map(|_| AtomicU8::new(UNKNOWN)).collect();
        Self { terms, index, targets, soundness }
    }

    fn soundness(&self, node: Id) -> u8 {
        self.soundness.get(node as usize).map_or(UNSOUND, |known| known.load(Ordering::Relaxed))
    }

    /// Keeps whether nodes are sound, which is so for whoever asks: it follows from the context alone.
    pub(super) fn keep(&self, nodes: &[Id], is_sound: impl Fn(Id) -> bool) {
        for node in nodes {
            if let Some(known) = self.soundness.get(*node as usize) {
                known.store(if is_sound(*node) { SOUND } else { UNSOUND }, Ordering::Relaxed);
            }
        }
    }

    /// Whether rows of a conversion about a node say nothing that is not said here.
    fn says(&self, rows: &[Row]) -> bool {
        let about = rows.first().map_or(&[][..], |row| self.index.about(row[0]));
        !about.is_empty()
            && rows.iter().all(|row| {
                let at = about.partition_point(|known| (known[1], known[2]) < (row[1], row[2]));
                about.get(at).is_some_and(|known| (known[1], known[2]) == (row[1], row[2]))
            })
    }
}

/// A row with other numbers for its terms.
fn renumbered(row: &Row, ids: &[Id]) -> Row {
    let [subject, property, object, graph] = *row;
    let [subject, property, object] = [subject, property, object].map(|id| ids[id as usize]);
    [subject, property, object, if graph == statements::NO_GRAPH { NO_GRAPH } else { ids[graph as usize] }]
}

/// In which graphs a pattern is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// In all of them, each triple once.
    Union,
    /// In every named graph.
    AnyNamed,
    /// In one named graph.
    In(Id),
}

/// A conversion's quads and its context.
///
/// A report says much of the authority once more: names, questions, concepts. A node of which it says nothing else breaks the
/// conditions that it breaks in the context alone, and those that it is known not to break there are not looked at again.
pub(super) struct View<'v> {
    context: &'v Context,
    /// The conversion's terms: the number of each is that of the context, or, from the last of the context's on, its own.
    terms: &'v Terms,
    /// The conversion's quads, and those of the context about what it describes, but for what it only repeats.
    own: Index,
    /// The conversion's quads about nodes of which it says what the context says of them, without a fault.
    repeated: Index,
    /// What the conversion describes anew, in order.
    described: Vec<Id>,
    /// What it repeats of which nobody knows yet whether it is without a fault.
    unknown: Vec<Id>,
}

impl<'v> View<'v> {
    pub(super) fn new(statements: &'v Statements, context: &'v Context) -> Self {
        let terms = statements.terms();
        let known = context.terms.count();
        let ids: Vec<Id> = (known..).zip(terms.among(&context.terms)).map(|(own, shared)| shared.unwrap_or(own)).collect();
        let mut rows: Vec<Row> = Vec::with_capacity(statements.len() + statements.len() / 4);
        let (mut repeated, mut unknown) = (Vec::new(), Vec::new());
        for about in statements.rows().chunk_by(|a, b| a[0] == b[0]) {
            let from = rows.len();
            rows.extend(about.iter().map(|row| renumbered(row, &ids)));
            let Some(&[node, ..]) = rows.last() else { continue };
            if node >= known {
                continue;
            }
            let soundness = context.soundness(node);
            if soundness != UNSOUND && context.says(&rows[from..]) {
                repeated.extend(rows.drain(from..));
                unknown.extend((soundness == UNKNOWN).then_some(node));
            } else {
                rows.extend_from_slice(context.index.about(node));
            }
        }
        Self::of(context, terms, rows, (repeated, unknown))
    }

    /// What the context says of these nodes, as if a conversion said it.
    pub(super) fn repeating(context: &'v Context, nodes: &[Id], no_terms: &'v Terms) -> Self {
        let rows = nodes.iter().flat_map(|node| context.index.about(*node)).copied().collect();
        Self::of(context, no_terms, rows, (Vec::new(), Vec::new()))
    }

    fn of(context: &'v Context, terms: &'v Terms, rows: Vec<Row>, (repeated, unknown): (Vec<Row>, Vec<Id>)) -> Self {
        let own = Index::new(rows);
        let described = own.subjects();
        Self { context, terms, own, repeated: Index::new(repeated), described, unknown }
    }

    /// What the conversion repeats of which nobody knows yet whether it is without a fault.
    pub(super) fn unknown(&self) -> &[Id] {
        &self.unknown
    }

    /// The term of a number.
    pub(super) fn term(&self, id: Id) -> Option<TermRef<'_>> {
        let known = self.context.terms.count();
        if id < known { self.context.terms.get(id) } else { self.terms.get(id - known) }
    }

    /// What the term of a number is, without reading it.
    pub(super) fn kind(&self, id: Id) -> Option<Kind<&str>> {
        let known = self.context.terms.count();
        if id < known { self.context.terms.kind_of(id) } else { self.terms.kind_of(id - known) }
    }

    /// What the term of a number spells.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        let known = self.context.terms.count();
        if id < known { self.context.terms.text(id) } else { self.terms.text(id - known) }
    }

    /// The number of a term, if it occurs.
    pub(super) fn id(&self, term: TermRef<'_>) -> Option<Id> {
        let own = || self.terms.find(term).map(|own| self.context.terms.count() + own);
        self.context.terms.find(term).or_else(own)
    }

    /// Whether a blank node occurs.
    pub(super) fn has_blank_nodes(&self) -> bool {
        self.terms.has_blank_nodes() || self.context.terms.has_blank_nodes()
    }

    /// What shapes are about, as far as the context tells.
    pub(super) fn targets(&self) -> &Targets {
        &self.context.targets
    }

    /// Whether a property is used in what is told of what the conversion describes anew.
    pub(super) fn uses(&self, property: Id) -> bool {
        self.own.has_property(property)
    }

    /// What the conversion describes anew, in order.
    pub(super) fn described(&self) -> &[Id] {
        &self.described
    }

    /// Whether the conversion describes a node.
    pub(super) fn describes(&self, node: Id) -> bool {
        self.describes_anew(node) || !self.repeated.about(node).is_empty()
    }

    /// Whether it does more than to repeat what the context says of it.
    pub(super) fn describes_anew(&self, node: Id) -> bool {
        !self.own.about(node).is_empty()
    }

    /// The named graphs.
    pub(super) fn graphs(&self) -> impl Iterator<Item = Id> {
        let context = &self.context.index.graphs;
        let mut own = [self.own.graphs.as_slice(), &self.repeated.graphs].concat();
        own.sort_unstable();
        own.dedup();
        own.retain(|graph| context.binary_search(graph).is_err());
        context.iter().copied().chain(own)
    }

    /// All that is said of a node, in the order of properties and values; of what the conversion only repeats, by the context.
    pub(super) fn about(&self, node: Id) -> &[Row] {
        // What the context says of a described node stands among the conversion's quads as well.
        let own = self.own.about(node);
        if own.is_empty() { self.context.index.about(node) } else { own }
    }

    /// What is said of a node with a property, in each graph.
    pub(super) fn said(&self, node: Id, property: Id) -> impl Iterator<Item = &Row> {
        with(self.about(node), property).iter().chain(with(self.repeated.about(node), property))
    }

    /// What the conversion says in a graph.
    pub(super) fn told_in(&self, graph: Id) -> impl Iterator<Item = &Row> {
        let all = self.own.range(Order::Spo, &[]).iter().chain(self.repeated.range(Order::Spo, &[]));
        all.filter(move |row| row[3] == graph)
    }

    /// The classes of what the conversion describes anew, in order.
    fn classes(&self) -> Vec<Id> {
        let mut classes: Vec<Id> = self.own.range(Order::Pos, &[TYPE]).iter().map(|row| row[1]).collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    /// The quads that match a pattern. In the union, the graph of each is [`NO_GRAPH`].
    pub(super) fn find(&self, s: Option<Id>, p: Option<Id>, o: Option<Id>, scope: Scope) -> Found<'_> {
        if p == Some(TOLD) {
            let nodes = match s {
                Some(node) => self.described.binary_search(&node).map_or(&[][..], |at| &self.described[at..=at]),
                None => &self.described,
            };
            return Found::Described(nodes.iter());
        }
        if let Some(made_up @ (PROPERTY | CLASS)) = p {
            let mut used = if made_up == PROPERTY { self.own.properties() } else { self.classes() };
            used.retain(|term| s.is_none_or(|s| s == *term));
            return Found::Used(made_up, used.into_iter());
        }
        let (order, prefix, length) = match (s, p, o) {
            (Some(s), Some(p), Some(o)) => (Order::Spo, [s, p, o], 3),
            (Some(s), Some(p), None) => (Order::Spo, [s, p, 0], 2),
            (Some(s), None, Some(o)) => (Order::Osp, [o, s, 0], 2),
            (Some(s), None, None) => (Order::Spo, [s, 0, 0], 1),
            (None, Some(p), Some(o)) => (Order::Pos, [p, o, 0], 2),
            (None, Some(p), None) => (Order::Pos, [p, 0, 0], 1),
            (None, None, Some(o)) => (Order::Osp, [o, 0, 0], 1),
            (None, None, None) => (Order::Spo, [0, 0, 0], 0),
        };
        let prefix = &prefix[..length];
        let own = self.own.range(order, prefix);
        // What the context says of a described node stands among the conversion's quads as well.
        let told = scope == Scope::In(TOLD) || s.is_some() && !own.is_empty();
        let known = self.context.terms.count();
        // A graph of the conversion is none of the context.
        let foreign = matches!(scope, Scope::In(graph) if self.context.index.graphs.binary_search(&graph).is_err());
        let context =
            if told || foreign || prefix.iter().any(|id| *id >= known) { &[] } else { self.context.index.range(order, prefix) };
        // In the union, what the conversion repeats stands in the context already.
        let named = matches!(scope, Scope::AnyNamed | Scope::In(_)) && scope != Scope::In(TOLD);
        let repeated = if named { self.repeated.range(order, prefix) } else { &[] };
        Found::Rows(Rows {
            context: context.iter(),
            own: own.iter().chain(repeated),
            shared: if told || foreign { None } else { Some((&self.context.index, known)) },
            order,
            scope: if scope == Scope::In(TOLD) { Scope::Union } else { scope },
            last: [Id::MAX; 3],
        })
    }
}

/// The quads that match a pattern.
pub(super) enum Found<'v> {
    /// That a node is described.
    Described(Iter<'v, Id>),
    /// That a property is used, or a class, as the made up property says.
    Used(Id, std::vec::IntoIter<Id>),
    /// Quads of the context and of the conversion.
    Rows(Rows<'v>),
}

/// Quads of the context, then of the conversion.
pub(super) struct Rows<'v> {
    context: Iter<'v, Row>,
    own: Chain<Iter<'v, Row>, Iter<'v, Row>>,
    /// The context's quads with the number of its terms, where what it has as well is left out.
    shared: Option<(&'v Index, Id)>,
    order: Order,
    scope: Scope,
    /// The triple that was last, which may stand in another graph as well.
    last: [Id; 3],
}

impl Iterator for Found<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        match self {
            Self::Described(nodes) => nodes.next().map(|node| [*node, TOLD, TOLD, NO_GRAPH]),
            Self::Used(made_up, terms) => terms.next().map(|term| [term, *made_up, TOLD, NO_GRAPH]),
            Self::Rows(rows) => rows.next(),
        }
    }
}

impl Rows<'_> {
    /// Whether the context has a quad, or, in the union, a triple.
    fn shared(&self, quad: &Row) -> bool {
        let length = if self.scope == Scope::Union { 3 } else { 4 };
        self.shared.is_some_and(|(index, known)| {
            quad[..length].iter().all(|id| *id < known) && !index.range(Order::Spo, &quad[..length]).is_empty()
        })
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let scope = self.scope;
        // The graph stands last in every order.
        let is_in = |row: &&Row| match scope {
            Scope::Union => true,
            Scope::AnyNamed => row[3] != NO_GRAPH,
            Scope::In(graph) => row[3] == graph,
        };
        loop {
            let (row, own) = match self.context.find(is_in) {
                Some(row) => (row, false),
                None => (self.own.find(is_in)?, true),
            };
            let quad @ [s, p, o, _] = self.order.quad(row);
            if self.scope != Scope::Union {
                if own && self.shared(&quad) {
                    continue;
                }
                return Some(quad);
            }
            let [last_s, last_p, last_o] = self.last;
            if s == last_s && p == last_p && o == last_o || own && self.shared(&quad) {
                continue;
            }
            self.last = [s, p, o];
            return Some([s, p, o, NO_GRAPH]);
        }
    }
}
