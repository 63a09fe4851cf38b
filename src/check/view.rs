//! What is checked, beside what it refers to: the quads of a conversion over those of its context, which many conversions
//! share and which is put in order once.

use super::index::{Index, Order};
use super::shapes::Shapes;
use super::targets::Targets;
use crate::model::statements::{self, Row, Statements};
use crate::model::terms::{Kind, TermId as Id, Terms};
use crate::model::vocab::rdf;
use oxigraph::model::{NamedNodeRef, TermRef};

/// The graph of statements that are in none.
pub(super) const NO_GRAPH: Id = 0;
/// A graph that is made up: all statements, of whichever graph, about what the conversion describes. As a property, it says
/// of each such node that it is described.
pub(super) const TOLD: Id = 1;
/// Its name.
pub(super) const TOLD_NAME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:flg:check:told");
/// `rdf:type`.
pub(super) const TYPE: Id = 2;
/// A property that is made up: of each property with which something is told of what the conversion describes, once.
pub(super) const PROPERTY: Id = 3;
/// Its name.
pub(super) const PROPERTY_NAME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:flg:check:property");
/// A property that is made up: of each class, or what stands in the place of one, of what the conversion describes, once.
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
}

impl Context {
    pub(super) fn new(shapes: &Shapes, statements: &Statements) -> Self {
        let mut terms = shapes.terms.clone();
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
        Self { terms, index, targets }
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
pub(super) struct View<'v> {
    context: &'v Context,
    /// The conversion's terms: the number of each is that of the context, or, from the last of the context's on, its own.
    terms: &'v Terms,
    /// The conversion's quads, and those of the context about what it describes.
    own: Index,
    /// What the conversion describes, in order.
    described: Vec<Id>,
}

impl<'v> View<'v> {
    pub(super) fn new(statements: &'v Statements, context: &'v Context) -> Self {
        let terms = statements.terms();
        let known = context.terms.count();
        let ids: Vec<Id> = (known..).zip(terms.among(&context.terms)).map(|(own, shared)| shared.unwrap_or(own)).collect();
        let mut rows: Vec<Row> = Vec::with_capacity(2 * statements.len());
        for about in statements.rows().chunk_by(|a, b| a[0] == b[0]) {
            rows.extend(about.iter().map(|row| renumbered(row, &ids)));
            if let Some(&[node, ..]) = rows.last()
                && node < known
            {
                rows.extend_from_slice(context.index.about(node));
            }
        }
        let own = Index::new(rows);
        let described = own.subjects();
        Self { context, terms, own, described }
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

    /// Whether a property is used in what is told of what the conversion describes.
    pub(super) fn uses(&self, property: Id) -> bool {
        self.own.has_property(property)
    }

    /// What the conversion describes, in order.
    pub(super) fn described(&self) -> &[Id] {
        &self.described
    }

    /// Whether the conversion describes a node.
    pub(super) fn describes(&self, node: Id) -> bool {
        !self.own.about(node).is_empty()
    }

    /// The named graphs.
    pub(super) fn graphs(&self) -> impl Iterator<Item = Id> {
        let context = &self.context.index.graphs;
        let own = self.own.graphs.iter().filter(|graph| context.binary_search(graph).is_err());
        context.iter().chain(own).copied()
    }

    /// All that is said of a node, in the order of properties and values.
    pub(super) fn about(&self, node: Id) -> &[Row] {
        // What the context says of a described node stands among the conversion's quads as well.
        let own = self.own.about(node);
        if own.is_empty() { self.context.index.about(node) } else { own }
    }

    /// The classes of what the conversion describes, in order.
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
        Found::Rows(Rows {
            context: context.iter(),
            own: own.iter(),
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
    Described(std::slice::Iter<'v, Id>),
    /// That a property is used, or a class, as the made up property says.
    Used(Id, std::vec::IntoIter<Id>),
    /// Quads of the context and of the conversion.
    Rows(Rows<'v>),
}

/// Quads of the context, then of the conversion.
pub(super) struct Rows<'v> {
    context: std::slice::Iter<'v, Row>,
    own: std::slice::Iter<'v, Row>,
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
        loop {
            let (row, own) = match self.context.next() {
                Some(row) => (row, false),
                None => (self.own.next()?, true),
            };
            // The graph stands last in every order.
            let is_in = match self.scope {
                Scope::Union => true,
                Scope::AnyNamed => row[3] != NO_GRAPH,
                Scope::In(graph) => row[3] == graph,
            };
            if !is_in {
                continue;
            }
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
