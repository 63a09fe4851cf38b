//! The kinds of things that a pattern's slot can ask for: classes, concept schemes, and values.

use crate::model::id::resource;
use crate::model::vocab::{class, org};
use oxigraph::model::NamedNode;

/// The schemes whose concepts are looked for in running text.
const SCHEMES: &[&str] = &["sectors", "issues", "groups", "measures", "challenges", "cooperation-topics"];

/// Every kind, in a fixed order.
pub(super) fn all() -> Vec<NamedNode> {
    let classes = class::ALL.iter().map(|c| (*c).into_owned());
    let others = [org::ORGANIZATION.into_owned(), date(), number(), sum()];
    classes.chain(others).chain(SCHEMES.iter().map(|s| resource("scheme", s))).collect()
}

/// The kind of dates.
pub(super) fn date() -> NamedNode {
    NamedNode::new_unchecked("urn:flg:value:date")
}
/// The kind of whole numbers.
pub(super) fn number() -> NamedNode {
    NamedNode::new_unchecked("urn:flg:value:number")
}
/// The kind of sums of money.
pub(super) fn sum() -> NamedNode {
    NamedNode::new_unchecked("urn:flg:value:sum")
}
pub(super) fn country() -> NamedNode {
    class::COUNTRY.into_owned()
}
pub(super) fn place() -> NamedNode {
    class::PLACE.into_owned()
}
/// The kind of the groups of people.
pub(super) fn group() -> NamedNode {
    resource("scheme", "groups")
}
/// Whether the concepts of a scheme are looked for in running text.
pub(super) fn is_read(scheme: &NamedNode) -> bool {
    SCHEMES.iter().any(|s| *scheme == resource("scheme", s))
}
/// Whether a kind is a concept scheme: what is mentioned is a concept.
pub(super) fn is_scheme(kind: &NamedNode) -> bool {
    kind.as_str().contains("/id/scheme/")
}
