//! From a name to the entity that bears it, through the names that the store holds.

use super::value;
use crate::knowledge::words::folded_words;
use crate::model::vocab::{compact, rdfs, skos};
use crate::store::{Pattern, Request, Store, StoreError, Variable};
use oxigraph::model::{NamedNode, Term};
use std::collections::BTreeMap;

/// What an entity has to be.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// An instance of a class, or of one below it.
    Class(&'a NamedNode),
    /// A concept of a scheme.
    Scheme(&'a NamedNode),
}

/// Why a name gives no entity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing of that kind bears it.
    #[error("the graph knows no {what} `{name}`{}", remedy(nearest))]
    Unknown {
        /// What was looked for.
        what: String,
        /// The name.
        name: String,
        /// The nearest names, each with the short IRI of its bearer; the best first.
        nearest: Vec<(String, String)>,
    },
    /// Several bear it.
    #[error("`{name}` is the name of more than one {what}\nhint: say which: {}", bearers.join(", "))]
    Ambiguous {
        /// What was looked for.
        what: String,
        /// The name.
        name: String,
        /// The short IRIs of its bearers.
        bearers: Vec<String>,
    },
}

fn remedy(nearest: &[(String, String)]) -> String {
    let names: Vec<String> = nearest.iter().map(|(name, iri)| format!("`{name}` (`{iri}`)")).collect();
    if names.is_empty() { String::new() } else { format!("\nhint: did you mean {}?", names.join(", ")) }
}

/// Every name of every entity of a class.
const OF_CLASS: &str = "\
SELECT DISTINCT ?entity ?name WHERE {
  ?below rdfs:subClassOf* ?class .
  ?entity a ?below ; ?property ?name .
  FILTER(?property IN (skos:prefLabel, skos:altLabel, flg:acronym, skos:notation, dcterms:identifier))
}";
/// Every name of every concept of a scheme.
const OF_SCHEME: &str = "\
SELECT DISTINCT ?entity ?name WHERE {
  ?entity skos:inScheme ?scheme ; ?property ?name .
  FILTER(?property IN (skos:prefLabel, skos:altLabel, flg:acronym, skos:notation, dcterms:identifier))
}";
/// This many names are offered instead of one that is not known.
const OFFERED: usize = 3;
/// Names less alike than this are no help.
const ALIKE: f64 = 0.75;

/// The entity that an IRI, `id:…`, name, acronym or code stands for. Names are compared without case, accents and punctuation;
/// where that leaves several, the exact spelling decides.
///
/// # Errors
/// If the store cannot be read; within, if the name is nobody's or that of several.
pub fn resolve(store: &dyn Store, of: Of<'_>, text: &str) -> Result<Result<NamedNode, NameError>, StoreError> {
    let names = names(store, of)?;
    let what = what(store, of)?;
    if let Some(iri) = value::iri(text)
        && names.iter().any(|(entity, _)| *entity == iri)
    {
        return Ok(Ok(iri));
    }
    let wanted = folded(text);
    let bearers = |fits: &dyn Fn(&str) -> bool| {
        let mut found: Vec<NamedNode> = names.iter().filter(|(_, n)| fits(n)).map(|(entity, _)| entity.clone()).collect();
        found.sort();
        found.dedup();
        found
    };
    let alike = bearers(&|name| folded(name) == wanted);
    let exact = if alike.len() > 1 { bearers(&|name| name == text) } else { Vec::new() };
    Ok(match (alike.as_slice(), exact.as_slice()) {
        ([one], _) | (_, [one]) => Ok(one.clone()),
        ([], _) => Err(NameError::Unknown { what, name: text.to_owned(), nearest: nearest(&names, &wanted) }),
        (several, _) => {
            let bearers = several.iter().map(|iri| format!("`{}`", compact(iri.as_ref()))).collect();
            Err(NameError::Ambiguous { what, name: text.to_owned(), bearers })
        }
    })
}

fn names(store: &dyn Store, of: Of<'_>) -> Result<Vec<(NamedNode, String)>, StoreError> {
    let request = match of {
        Of::Class(class) => Request::new(OF_CLASS).bind(Variable::new_unchecked("class"), class.clone()),
        Of::Scheme(scheme) => Request::new(OF_SCHEME).bind(Variable::new_unchecked("scheme"), scheme.clone()),
    };
    let pair = |row: Vec<Option<Term>>| match row.as_slice() {
        [Some(Term::NamedNode(entity)), Some(Term::Literal(name))] => Some((entity.clone(), name.value().to_owned())),
        _ => None,
    };
    let mut names: Vec<(NamedNode, String)> = store.table(&request)?.rows.into_iter().filter_map(pair).collect();
    names.sort(); // the store's order is not the same from one load to the next
    Ok(names)
}

/// A class or scheme in words: its English label, or its short IRI.
fn what(store: &dyn Store, of: Of<'_>) -> Result<String, StoreError> {
    let (Of::Class(node) | Of::Scheme(node)) = of;
    let subject = node.clone().into();
    let label = |property: oxigraph::model::NamedNodeRef<'_>| -> Result<Option<String>, StoreError> {
        let property = property.into_owned();
        let quads = store.quads(Pattern { subject: Some(&subject), predicate: Some(&property), ..Pattern::default() })?;
        Ok(quads.into_iter().find_map(|quad| match quad.object {
            Term::Literal(text) if text.language() == Some("en") => Some(text.value().to_owned()),
            _ => None,
        }))
    };
    Ok(match of {
        Of::Class(_) => label(rdfs::LABEL)?.unwrap_or_else(|| compact(node.as_ref())),
        Of::Scheme(_) => format!("concept of “{}”", label(skos::PREF_LABEL)?.unwrap_or_else(|| compact(node.as_ref()))),
    })
}

fn folded(name: &str) -> String {
    folded_words(name).join(" ")
}

/// The names most like one, each of another entity.
fn nearest(names: &[(NamedNode, String)], wanted: &str) -> Vec<(String, String)> {
    let mut best: BTreeMap<&NamedNode, (f64, &str)> = BTreeMap::new();
    for (entity, name) in names {
        let folded = folded(name);
        let within = wanted.chars().count() > 2 && format!(" {folded} ").contains(&format!(" {wanted} "));
        let score = if within { 1.0 } else { strsim::jaro_winkler(&folded, wanted) };
        // A code such as `ME` begins like many a name and is nothing like it.
        let lengths = [folded.chars().count(), wanted.chars().count()];
        let comparable = within || lengths[0].min(lengths[1]) * 2 >= lengths[0].max(lengths[1]);
        if comparable && score >= ALIKE && best.get(entity).is_none_or(|(old, _)| score > *old) {
            best.insert(entity, (score, name));
        }
    }
    let mut ranked: Vec<_> = best.into_iter().collect();
    ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
    ranked.into_iter().take(OFFERED).map(|(entity, (_, name))| (name.to_owned(), compact(entity.as_ref()))).collect()
}
