//! Relations between things: `data/ask/relations.toml`, and the properties of the ontology that it does not name.

use super::meaning::Form;
use super::sorts::{self, Sorts};
use super::words::WordsError;
use crate::facts::terms;
use crate::knowledge::files;
use crate::model::vocab::{expand, flg};
use oxigraph::model::{NamedNode, NamedNodeRef};
use serde::Deserialize;
use std::sync::LazyLock;

/// The place of a relation in the list of all.
pub type RelationId = usize;

/// A property and the direction that it is gone in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The property.
    pub property: NamedNode,
    /// Whether it leads from its value to its subject.
    pub inverse: bool,
}

/// A relation.
#[allow(clippy::struct_excessive_bools)] // each is a key of the data file, and none excludes another
#[derive(Clone, Debug)]
pub struct Relation {
    /// Its name in the data files; for a property that they do not name, its IRI.
    pub id: String,
    /// From the left end to the event, where there is one; any of them.
    pub first: Vec<Step>,
    /// The class of what lies between.
    pub event: Option<NamedNode>,
    /// What the event is to have.
    pub conditions: Vec<(NamedNode, NamedNode)>,
    /// What an event has that says the contrary.
    pub opposite: Vec<(NamedNode, NamedNode)>,
    /// From the left end, or the event, to the right end; any of them.
    pub path: Vec<Step>,
    /// What the left end can be.
    pub left: Sorts,
    /// What the right end can be.
    pub right: Sorts,
    /// What the right end is most often.
    pub best: Sorts,
    /// Whether the right end includes what is part of it.
    pub within: bool,
    /// Whether a country that is named at the right end stands for its bodies as well.
    pub bodies: bool,
    /// What is also where the report that tells of it is about.
    pub reported: Sorts,
    /// Whether only what reports state counts, and not reference data.
    pub stated: bool,
    /// Whether "of" can stand for it, and after how many others.
    pub of: Option<u8>,
    /// What bounds a negation.
    pub unless: Option<RelationId>,
    /// The property of the event that dates it.
    pub date: Option<NamedNode>,
    /// The property of the event that counts people.
    pub count: Option<NamedNode>,
    /// The questions of forms that ask for it, each with the kinds that it asks for; none for all.
    pub questions: Vec<(NamedNode, Sorts)>,
    /// Two others that it is one after the other, and what lies between them.
    pub through: Option<Through>,
    /// Whether it holds in both directions where it holds in one.
    pub symmetric: bool,
    /// Whether "of" stands for it only before several.
    pub several: bool,
    /// Whether a time at its right end is one at which it goes on, and not that of its beginning.
    pub lasting: bool,
}

/// What a relation goes through: from its left end against the first relation, and on by the second one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Through {
    /// The relation whose right end is the left one.
    pub first: RelationId,
    /// The relation that leads on to the right end.
    pub second: RelationId,
    /// What is the left end of both.
    pub between: Sorts,
}

/// All relations, and who and where.
#[derive(Debug)]
pub struct Relations {
    /// The relations.
    pub all: Vec<Relation>,
    /// What "who" can be.
    pub who: Sorts,
    /// What "where" can be.
    pub place: Sorts,
    /// What countries are compared by.
    pub compared: Vec<RelationId>,
}

impl Relations {
    /// The place of a relation.
    pub fn find(&self, id: &str) -> Option<RelationId> {
        self.all.iter().position(|relation| relation.id == id)
    }
    /// Those that "of" can stand for, the likeliest first, with what is lost by choosing each.
    pub fn of(&self) -> Vec<(RelationId, Form, f32)> {
        let mut all: Vec<(u8, RelationId)> =
            self.all.iter().enumerate().filter_map(|(id, relation)| relation.of.map(|of| (of, id))).collect();
        all.sort_unstable();
        all.into_iter().map(|(of, id)| (id, Form::Either, f32::from(of) * 0.02)).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    #[serde(rename = "relation")]
    relations: Vec<RelationSpec>,
    persons: Persons,
    compare: Compare,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Compare {
    relations: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Persons {
    who: Vec<String>,
    r#where: Vec<String>,
}

#[allow(clippy::struct_excessive_bools)] // each is a key of the data file, and none excludes another
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationSpec {
    id: String,
    #[serde(default)]
    first: Vec<String>,
    event: Option<String>,
    #[serde(default, rename = "where")]
    conditions: Vec<[String; 2]>,
    #[serde(default)]
    opposite: Vec<[String; 2]>,
    #[serde(default)]
    path: Vec<String>,
    through: Option<[String; 2]>,
    #[serde(default)]
    symmetric: bool,
    #[serde(default)]
    several: bool,
    #[serde(default)]
    lasting: bool,
    #[serde(default)]
    left: Vec<String>,
    #[serde(default)]
    right: Vec<String>,
    #[serde(default)]
    best: Vec<String>,
    #[serde(default)]
    within: bool,
    #[serde(default)]
    bodies: bool,
    #[serde(default)]
    stated: bool,
    #[serde(default)]
    reported: Vec<String>,
    of: Option<u8>,
    unless: Option<String>,
    date: Option<String>,
    count: Option<String>,
    #[serde(default)]
    questions: Vec<QuestionSpec>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionSpec {
    is: String,
    of: Option<String>,
}

static RELATIONS: LazyLock<Result<Relations, String>> = LazyLock::new(|| load().map_err(|error| error.to_string()));

/// All relations.
///
/// # Errors
/// If the file is not what it should be.
pub fn relations() -> Result<&'static Relations, WordsError> {
    RELATIONS.as_ref().map_err(|message| WordsError::new("ask/relations.toml", message))
}

fn load() -> Result<Relations, WordsError> {
    const FILE: &str = "ask/relations.toml";
    let wrong = |message: String| WordsError::new(FILE, message);
    let files = files::data("ask", "relations.toml");
    let (_, bytes) = files.first().ok_or_else(|| wrong("it is not there".to_owned()))?;
    let spec: Spec = toml::from_str(&String::from_utf8_lossy(bytes)).map_err(|error| wrong(error.to_string()))?;
    let node = |name: &str| expand(name).ok_or_else(|| wrong(format!("`{name}` has no known prefix")));
    let steps = |names: &[String]| -> Result<Vec<Step>, WordsError> {
        let step = |name: &String| {
            let bare = name.strip_prefix('^');
            Ok(Step { property: node(bare.unwrap_or(name))?, inverse: bare.is_some() })
        };
        names.iter().map(step).collect()
    };
    let kinds = |names: &[String]| -> Result<Sorts, WordsError> {
        names.iter().try_fold(0, |all, name| {
            sorts::named(name).map(|sorts| all | sorts).ok_or_else(|| wrong(format!("`{name}` is no class, scheme or literal")))
        })
    };
    let pairs = |names: &[[String; 2]]| -> Result<Vec<(NamedNode, NamedNode)>, WordsError> {
        names.iter().map(|[property, value]| Ok((node(property)?, node(value)?))).collect()
    };
    let questions = |all: &[QuestionSpec]| -> Result<Vec<(NamedNode, Sorts)>, WordsError> {
        all.iter().map(|spec| Ok((node(&spec.is)?, kinds(spec.of.as_slice())?))).collect()
    };
    let mut all = Vec::new();
    for relation in &spec.relations {
        all.push(Relation {
            id: relation.id.clone(),
            first: steps(&relation.first)?,
            event: relation.event.as_deref().map(node).transpose()?,
            conditions: pairs(&relation.conditions)?,
            opposite: pairs(&relation.opposite)?,
            path: steps(&relation.path)?,
            left: kinds(&relation.left)?,
            right: kinds(&relation.right)?,
            best: kinds(&relation.best)?,
            within: relation.within,
            bodies: relation.bodies,
            stated: relation.stated,
            reported: kinds(&relation.reported)?,
            of: relation.of,
            unless: None,
            date: relation.date.as_deref().map(node).transpose()?,
            count: relation.count.as_deref().map(node).transpose()?,
            questions: questions(&relation.questions)?,
            through: None,
            symmetric: relation.symmetric,
            several: relation.several,
            lasting: relation.lasting,
        });
    }
    let place = |name: &String| {
        let found = spec.relations.iter().position(|other| other.id == *name);
        found.ok_or_else(|| wrong(format!("there is no relation `{name}`")))
    };
    for (at, relation) in spec.relations.iter().enumerate() {
        let unless = relation.unless.as_ref().map(place).transpose()?;
        let through = match &relation.through {
            Some([first, second]) => Some((place(first)?, place(second)?)),
            None => None,
        };
        let ends = through.and_then(|(first, second)| Some((all.get(first)?.clone(), all.get(second)?.clone())));
        let Some(relation) = all.get_mut(at) else { continue };
        relation.unless = unless;
        if let (Some((first, second)), Some((one, other))) = (through, ends) {
            let between = one.left & other.left;
            relation.through = Some(Through { first, second, between });
            (relation.left, relation.right) = (one.right, other.right);
        }
    }
    let compared = spec.compare.relations.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    let named: Vec<NamedNode> =
        all.iter().flat_map(|relation| relation.first.iter().chain(&relation.path)).map(|s| s.property.clone()).collect();
    all.extend(rest(&named));
    Ok(Relations { all, who: kinds(&spec.persons.who)?, place: kinds(&spec.persons.r#where)?, compared })
}

/// The properties of the ontology that lead from a class to a class and that no relation names: they are asked for by their labels.
fn rest(named: &[NamedNode]) -> Vec<Relation> {
    let mut found = Vec::new();
    for (local, entry) in terms::own() {
        let iri = NamedNode::new_unchecked(format!("{}{local}", flg::NS));
        let is_property = entry.kinds.iter().any(|kind| kind.as_str().ends_with("#ObjectProperty"));
        if !is_property || named.contains(&iri) {
            continue;
        }
        let ends = |names: [NamedNodeRef<'_>; 2]| {
            let of = entry.relations.iter().filter(|(property, _)| names.contains(&property.as_ref()));
            of.fold(0, |all, (_, class)| all | sorts::of_class(class.as_str()))
        };
        let [domain, range] = [
            [NamedNodeRef::new_unchecked(DOMAIN), NamedNodeRef::new_unchecked(DOMAIN_INCLUDES)],
            [NamedNodeRef::new_unchecked(RANGE), NamedNodeRef::new_unchecked(RANGE_INCLUDES)],
        ];
        let (left, right) = (ends(domain), ends(range));
        if left == 0 || right == 0 {
            continue;
        }
        found.push(Relation {
            id: iri.as_str().to_owned(),
            first: Vec::new(),
            event: None,
            conditions: Vec::new(),
            opposite: Vec::new(),
            path: vec![Step { property: iri, inverse: false }],
            left,
            right,
            best: 0,
            within: false,
            bodies: false,
            stated: false,
            reported: 0,
            of: None,
            unless: None,
            date: None,
            count: None,
            questions: Vec::new(),
            through: None,
            symmetric: false,
            several: false,
            lasting: false,
        });
    }
    found
}

const DOMAIN: &str = "http://www.w3.org/2000/01/rdf-schema#domain";
const RANGE: &str = "http://www.w3.org/2000/01/rdf-schema#range";
const DOMAIN_INCLUDES: &str = "http://schema.org/domainIncludes";
const RANGE_INCLUDES: &str = "http://schema.org/rangeIncludes";

/// The labels of a property in a language.
pub fn labels(iri: NamedNodeRef<'_>, lang: &str) -> Vec<String> {
    let Some(entry) = terms::entry(iri) else { return Vec::new() };
    let all = entry.labels.iter().chain(&entry.other_labels);
    all.filter(|(code, _)| code == lang).map(|(_, text)| text.clone()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_has_two_ends() {
        let all = relations().unwrap();
        for relation in &all.all {
            let leads = !relation.path.is_empty() || relation.through.is_some_and(|through| through.between != 0);
            assert!(relation.left != 0 && relation.right != 0 && leads, "{}", relation.id);
        }
        let commented = &all.all[all.find("commented").unwrap()];
        assert_eq!(all.all[commented.unless.unwrap()].id, "consulted");
    }
}
