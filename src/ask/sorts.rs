//! Kinds of things, as sets of bits: what the ends of a relation can be, and what a word can name.

use crate::facts::terms;
use crate::model::vocab::{class, expand, org};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A set of kinds.
pub type Sorts = u64;

/// The kinds of literal values.
pub const LITERALS: [&str; 5] = ["date", "text", "number", "money", "address"];

/// Every kind that has a bit: the classes of the ontology, the concept schemes that relations name, and literals.
#[derive(Debug)]
struct Table {
    bits: BTreeMap<String, Sorts>,
    names: Vec<String>,
}

/// The concept schemes that questions tell apart.
const SCHEMES: [&str; 12] = [
    "sectors",
    "issues",
    "groups",
    "measures",
    "challenges",
    "cooperation-topics",
    "importance",
    "stages",
    "ratification-statuses",
    "ratification-intentions",
    "statuses",
    "verdicts",
];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut names: Vec<String> = LITERALS.iter().map(|name| (*name).to_owned()).collect();
    names.extend(class::ALL.iter().map(|class| class.as_str().to_owned()));
    names.extend(
        SCHEMES.iter().filter_map(|scheme| expand(&format!("id:scheme/{scheme}"))).map(oxigraph::model::NamedNode::into_string),
    );
    names.push(OTHER_CONCEPT.to_owned());
    names.push(REGION.to_owned());
    names.truncate(64);
    let bits = names.iter().enumerate().map(|(at, name)| (name.clone(), 1 << at)).collect();
    Table { bits, names }
});

/// A concept of a scheme without a bit of its own.
pub const OTHER_CONCEPT: &str = "concept";

/// A part of the world that has countries in it.
pub const REGION: &str = "region";

/// The bit of a class IRI, scheme IRI or literal kind; none if it has none.
pub fn bit(name: &str) -> Sorts {
    TABLE.bits.get(name).copied().unwrap_or(0)
}

/// The kinds that a class stands for: itself and its sub-classes; `org:Organization` for all kinds of organisations.
pub fn of_class(name: &str) -> Sorts {
    let mut sorts = bit(name);
    for class in class::ALL {
        if supers(class.as_str(), 0).iter().any(|above| above == name) {
            sorts |= bit(class.as_str());
        }
    }
    sorts
}

/// The classes above a class, as the ontology has them.
fn supers(name: &str, depth: usize) -> Vec<String> {
    let node = oxigraph::model::NamedNodeRef::new_unchecked(name);
    let Some(entry) = terms::entry(node).filter(|_| depth < 6) else { return Vec::new() };
    let above = entry.relations.iter().filter(|(property, _)| *property == crate::model::vocab::rdfs::SUB_CLASS_OF);
    above
        .flat_map(|(_, class)| {
            let mut all = supers(class.as_str(), depth + 1);
            all.push(class.as_str().to_owned());
            all
        })
        .collect()
}

/// The kinds that a name of a data file stands for: `flg:Programme`, `org:Organization`, `id:scheme/sectors`, `date`,
/// `region`.
pub fn named(name: &str) -> Option<Sorts> {
    let sorts = if LITERALS.contains(&name) || name == REGION { bit(name) } else { of_class(expand(name)?.as_str()) };
    (sorts != 0).then_some(sorts)
}

/// All kinds of organisations.
pub fn organizations() -> Sorts {
    static SORTS: LazyLock<Sorts> = LazyLock::new(|| of_class(org::ORGANIZATION.as_str()));
    *SORTS
}

/// Groups of people.
pub fn groups() -> Sorts {
    static SORTS: LazyLock<Sorts> = LazyLock::new(|| named("id:scheme/groups").unwrap_or(0));
    *SORTS
}

/// Countries.
pub fn countries() -> Sorts {
    static SORTS: LazyLock<Sorts> = LazyLock::new(|| named("flg:Country").unwrap_or(0));
    *SORTS
}

/// Places that are no countries.
pub fn places() -> Sorts {
    static SORTS: LazyLock<Sorts> = LazyLock::new(|| named("flg:Place").unwrap_or(0));
    *SORTS
}

/// Reports.
pub fn reports() -> Sorts {
    static SORTS: LazyLock<Sorts> = LazyLock::new(|| named("flg:Report").unwrap_or(0));
    *SORTS
}

/// All literal kinds.
pub fn literals() -> Sorts {
    static SORTS: LazyLock<Sorts> = LazyLock::new(|| LITERALS.iter().map(|name| bit(name)).fold(0, |all, one| all | one));
    *SORTS
}

/// The classes and schemes of a set, as IRIs.
pub fn iris(sorts: Sorts) -> Vec<&'static str> {
    let with_bit = TABLE.names.iter().enumerate().filter(|(at, _)| sorts & (1 << at) != 0);
    with_bit.map(|(_, name)| name.as_str()).filter(|name| name.contains(':')).collect()
}

/// Whether an IRI is that of a class, and not of a concept scheme.
pub fn is_class(iri: &str) -> bool {
    iri.starts_with(class::NS)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_class_stands_for_its_sub_classes() {
        let policy = named("flg:Policy").unwrap();
        assert!(policy & named("flg:OperationalProtocol").unwrap() != 0);
        assert!(organizations() & named("flg:Commission").unwrap() != 0);
        assert!(organizations() & named("flg:GovernmentBody").unwrap() != 0);
        assert_eq!(organizations() & named("flg:Programme").unwrap(), 0);
        assert_eq!(named("flg:Nothing"), None);
        assert_eq!(iris(named("id:scheme/sectors").unwrap()).len(), 1);
    }
}
