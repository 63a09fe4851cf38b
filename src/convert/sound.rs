//! What is left out of a conversion so that the rest of it is sound: one word that is read wrongly should not cost a report all others.

use crate::check::Violation;
use crate::model::claim::{Linked, Object};
use crate::model::diagnostic::Severity;
use oxigraph::model::{NamedNode, Term};
use rustc_hash::{FxHashMap, FxHashSet};

/// How much is left out where something breaks a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The very statement whose value is wrong.
    Statement,
    /// All that is said of the node with the property that is wrong.
    Property,
    /// Whatever is said of the node, or has it for a value, and the node itself if the report alone knows it.
    Node,
}

impl Reach {
    /// The next that reaches further.
    pub(super) fn wider(self) -> Option<Self> {
        match self {
            Self::Statement => Some(Self::Property),
            Self::Property => Some(Self::Node),
            Self::Node => None,
        }
    }
}

/// Takes what breaks a rule out of what was linked, and gives the violations that this was done for: none of those that no claim led to.
pub(super) fn leave_out<'a>(found: &'a [Violation], linked: &mut Linked, reach: Reach) -> Vec<&'a Violation> {
    let mut wrong: FxHashMap<&Term, Vec<&'a Violation>> = FxHashMap::default();
    for violation in found.iter().filter(|v| v.severity == Severity::Error) {
        wrong.entry(&violation.focus).or_default().push(violation);
    }
    if wrong.is_empty() {
        return Vec::new();
    }
    let Linked { claims, entities, entity_of, .. } = linked;
    let iri =
        |mention: usize| entity_of.get(mention).and_then(|at| entities.get(*at)).map(|entity| Term::from(entity.iri.clone()));
    let value = |object: &Object| match object {
        Object::Mention(mention) => iri(*mention),
        Object::Literal(literal) => Some(literal.clone().into()),
        Object::Resource(resource) => Some(resource.clone().into()),
    };
    let mut met: FxHashSet<*const Violation> = FxHashSet::default();
    claims.retain(|claim| {
        let (subject, value) = (iri(claim.subject), value(&claim.object));
        let of = |node: &Option<Term>| node.as_ref().and_then(|node| wrong.get(node)).into_iter().flatten().copied();
        let broken: Vec<&Violation> = match reach {
            Reach::Statement => of(&subject)
                .filter(|v| v.path.as_ref() == Some(&claim.property) && v.value.is_some() && v.value == value)
                .collect(),
            Reach::Property => of(&subject).filter(|v| is_about(v, &claim.property)).collect(),
            Reach::Node => of(&subject).chain(of(&value)).collect(),
        };
        met.extend(broken.iter().map(|v| std::ptr::from_ref(*v)));
        broken.is_empty()
    });
    if reach == Reach::Node {
        let before = entities.len();
        let mut places = Vec::with_capacity(before);
        let mut kept = 0;
        entities.retain(|entity| {
            let broken = wrong.get(&Term::from(entity.iri.clone())).filter(|_| !entity.known);
            met.extend(broken.into_iter().flatten().map(|v| std::ptr::from_ref(*v)));
            places.push(if broken.is_some() { usize::MAX } else { kept });
            kept += usize::from(broken.is_none());
            broken.is_none()
        });
        for at in entity_of.iter_mut() {
            *at = places.get(*at).copied().unwrap_or(usize::MAX);
        }
    }
    found.iter().filter(|v| met.contains(&std::ptr::from_ref(*v))).collect()
}

/// Whether a violation is about a property of its node.
fn is_about(violation: &Violation, property: &NamedNode) -> bool {
    violation.path.as_ref().or(violation.subject_of.as_ref()) == Some(property)
}
