//! From a name to the things that bear it, through the names that the graph holds; and from a name that nothing bears to those
//! that are close to it. Whoever takes a name from a person asks here: parameters of queries, `flg show`, pages, questions.
//!
//! A thing that was taken for another has its names there, so that they lead to the one that is kept.

mod like;

use crate::knowledge::classes::Classes;
use crate::knowledge::words::folded_words;
use crate::model::vocab::{class, compact, dcterms, expand, flg, graph, owl, rdfs, skos};
use crate::store::{Reader, Row};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const ALL: &str = include_str!("all.rq");
const OF_CLASS: &str = include_str!("of-class.rq");
const OF_SCHEME: &str = include_str!("of-scheme.rq");
const KINDS: &str = include_str!("kinds.rq");
const TERMS: &str = include_str!("terms.rq");

/// Parts of reports and of the ontology, which have titles and numbers and are not meant by them.
const NO_THINGS: [NamedNodeRef<'_>; 4] = [class::ANSWER, class::QUESTION, class::SECTION, owl::ONTOLOGY];
/// This many names are offered instead of one that is not known.
const OFFERED: usize = 3;

/// What sort of name a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// The name that a thing is shown by: a label, or the title of a report.
    Label,
    /// Another of its names.
    Other,
    /// An acronym.
    Acronym,
    /// A code or identifier: `MEX`, `C029`, `mex-2021-p029`.
    Code,
}

/// A name of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The thing.
    pub entity: NamedNode,
    /// The name.
    pub text: String,
    /// Its language; empty where it has none.
    pub language: String,
    /// What sort of name it is.
    pub sort: Sort,
    /// The name as it is compared, see [`folded`].
    pub folded: String,
}

/// What a thing has to be.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// Anything.
    Any,
    /// An instance of a class, or of one below it.
    Class(NamedNodeRef<'a>),
    /// A concept of a scheme.
    Scheme(NamedNodeRef<'a>),
}

/// What a name was found to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// One thing.
    One(NamedNode),
    /// Several things bear it; in the order of their IRIs.
    Several(Vec<NamedNode>),
    /// Nothing bears it.
    Nothing,
}

/// All names of a graph.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// By thing, then as [`Sort`] has it.
    all: Vec<Name>,
    /// Places in `all`, by folded name.
    by_name: HashMap<String, Vec<usize>>,
    /// Classes and schemes.
    kinds: HashMap<NamedNode, Vec<NamedNode>>,
    classes: Classes,
    /// What classes and schemes are called in English.
    labels: HashMap<NamedNode, String>,
}

impl Names {
    /// Reads all names of a graph.
    ///
    /// # Errors
    /// As [`Reader::each`].
    pub fn read<R: Reader + ?Sized>(graph: &R) -> Result<Self, R::Error> {
        let mut kinds: HashMap<NamedNode, Vec<NamedNode>> = HashMap::new();
        graph.each(KINDS, &[], &mut |row| {
            if let (Some(entity), Some(kind)) = (node(&row, "entity"), node(&row, "kind")) {
                kinds.entry(entity).or_default().push(kind);
            }
        })?;
        for kinds in kinds.values_mut() {
            kinds.sort();
        }
        let mut all = Vec::new();
        graph.each(ALL, &[], &mut |row| all.extend(name(&row)))?;
        let is_thing = |name: &Name| {
            let kinds = kinds.get(&name.entity).map(Vec::as_slice).unwrap_or_default();
            !kinds.iter().any(|kind| NO_THINGS.contains(&kind.as_ref()))
        };
        all.retain(is_thing);
        Ok(Self { kinds, ..Self::default() }.with_terms(graph)?.with(all))
    }

    /// Reads the names of what is looked for alone; nothing else is known then, and of each thing only that it is of that kind.
    ///
    /// # Errors
    /// As [`Reader::each`].
    pub fn of<R: Reader + ?Sized>(graph: &R, of: Of<'_>) -> Result<Self, R::Error> {
        let (query, variable, kind) = match of {
            Of::Any => return Self::read(graph),
            Of::Class(class) => (OF_CLASS, "class", class.into_owned()),
            Of::Scheme(scheme) => (OF_SCHEME, "scheme", scheme.into_owned()),
        };
        let mut all = Vec::new();
        graph.each(query, &[(variable, kind.clone().into())], &mut |row| all.extend(name(&row)))?;
        let kinds = all.iter().map(|name| (name.entity.clone(), vec![kind.clone()])).collect();
        Ok(Self { kinds, ..Self::default() }.with_terms(graph)?.with(all))
    }

    /// With what the graph says of classes.
    fn with_terms<R: Reader + ?Sized>(mut self, graph: &R) -> Result<Self, R::Error> {
        let mut above = Vec::new();
        graph.each(TERMS, &[], &mut |row| match (node(&row, "term"), node(&row, "above"), row.get("label")) {
            (Some(class), Some(over), _) => above.push(Quad::new(class, rdfs::SUB_CLASS_OF, over, graph::ontology())),
            (Some(term), _, Some(Term::Literal(label))) => drop(self.labels.insert(term, label.value().to_owned())),
            _ => {}
        })?;
        self.classes = Classes::from_quads(&above);
        Ok(self)
    }

    /// With these names.
    fn with(mut self, mut all: Vec<Name>) -> Self {
        // The store's order is not the same from one load to the next.
        all.sort_by(|a, b| (&a.entity, a.sort, &a.text, &a.language).cmp(&(&b.entity, b.sort, &b.text, &b.language)));
        for (at, name) in all.iter().enumerate() {
            self.by_name.entry(name.folded.clone()).or_default().push(at);
        }
        self.all = all;
        self
    }

    /// All names, by thing.
    pub fn all(&self) -> &[Name] {
        &self.all
    }

    /// The classes of a thing, and the schemes that it is a concept of.
    pub fn kinds(&self, entity: &NamedNode) -> &[NamedNode] {
        self.kinds.get(entity).map(Vec::as_slice).unwrap_or_default()
    }

    /// The names of a thing, labels first.
    pub fn names(&self, entity: &NamedNode) -> &[Name] {
        let from = self.all.partition_point(|name| name.entity < *entity);
        let of = self.all.get(from..).unwrap_or_default();
        of.get(..of.partition_point(|name| name.entity == *entity)).unwrap_or_default()
    }

    /// What a thing is shown by to a reader of a language: its label in it, else in English, else the first.
    pub fn label(&self, entity: &NamedNode, language: &str) -> Option<&Name> {
        let names = self.names(entity);
        let in_language = |wanted: &str| names.iter().find(|name| name.sort == Sort::Label && name.language == wanted);
        in_language(language).or_else(|| in_language("en")).or_else(|| names.first())
    }

    /// Whether a thing is what is looked for.
    pub fn is(&self, entity: &NamedNode, of: Of<'_>) -> bool {
        match of {
            Of::Any => true,
            Of::Class(class) => self.kinds(entity).iter().any(|kind| self.classes.is_a(kind.as_ref(), class)),
            Of::Scheme(scheme) => self.kinds(entity).iter().any(|kind| kind.as_ref() == scheme),
        }
    }

    /// The names that are `text`, whatever their case, accents and punctuation; in all languages, acronyms and codes as well. A
    /// thing that has the name in several languages has it here several times.
    pub fn called(&self, text: &str) -> impl Iterator<Item = &Name> {
        self.by_name.get(&folded(text)).into_iter().flatten().filter_map(|at| self.all.get(*at))
    }

    /// What an IRI, `id:…`, name or acronym stands for, or else a code. Where names that differ in case, accents or punctuation alone leave
    /// several things, the exact spelling decides.
    pub fn meant(&self, of: Of<'_>, text: &str) -> Meant {
        if let Some(iri) = iri(text)
            && self.kinds.contains_key(&iri)
            && self.is(&iri, of)
        {
            return Meant::One(iri);
        }
        let things = |names: &mut dyn Iterator<Item = &Name>| -> Vec<NamedNode> {
            names
                .filter(|name| self.is(&name.entity, of))
                .map(|n| n.entity.clone())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect()
        };
        // A code is meant where nothing is called so: `MM` is a ministry before it is Myanmar.
        let mut alike = things(&mut self.called(text).filter(|name| name.sort != Sort::Code));
        if alike.is_empty() {
            alike = things(&mut self.called(text));
        }
        let mut exact = if alike.len() > 1 { things(&mut self.called(text).filter(|n| n.text == text)) } else { Vec::new() };
        match (alike.len(), exact.len()) {
            (0, _) => Meant::Nothing,
            (1, _) => Meant::One(alike.remove(0)),
            (_, 1) => Meant::One(exact.remove(0)),
            _ => Meant::Several(alike),
        }
    }

    /// The names that are closest to one that nothing bears, each of another thing, the best first, at most `most`. A text that
    /// looks like an IRI is compared with the ends of IRIs.
    pub fn nearest(&self, of: Of<'_>, text: &str, most: usize) -> Vec<&Name> {
        let end = text.trim_matches(['<', '>']).rsplit(['/', '#', ':']).next().filter(|end| end.len() < text.len());
        let wanted = like::Wanted::new(&folded(end.unwrap_or(text)));
        let mut best: BTreeMap<&NamedNode, (f64, &Name)> = BTreeMap::new();
        for name in &self.all {
            let mut score = wanted.likeness(name);
            if end.is_some() {
                score = score.max(wanted.likeness_of_end(&name.entity));
            }
            if score > 0.0 && best.get(&name.entity).is_none_or(|(old, _)| score > *old) && self.is(&name.entity, of) {
                best.insert(&name.entity, (score, name));
            }
        }
        let mut ranked: Vec<(f64, &Name)> = best.into_values().collect();
        let length = |name: &Name| name.folded.chars().count();
        ranked.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| (length(x), &x.entity).cmp(&(length(y), &y.entity))));
        ranked.into_iter().take(most).map(|(_, name)| name).collect()
    }

    /// What a text stands for, or why that is not told.
    ///
    /// # Errors
    /// If it is the name of nothing, or of several things, of that kind.
    pub fn resolve(&self, of: Of<'_>, text: &str) -> Result<NamedNode, NameError> {
        let name = text.to_owned();
        match self.meant(of, text) {
            Meant::One(iri) => Ok(iri),
            Meant::Several(all) => {
                let bearers = all.iter().map(|iri| format!("`{}`", compact(iri.as_ref()))).collect();
                Err(NameError::Ambiguous { what: self.what(of), name, bearers })
            }
            Meant::Nothing => {
                let offer = |name: &Name| (name.text.clone(), compact(name.entity.as_ref()));
                let nearest = self.nearest(of, text, OFFERED).into_iter().map(offer).collect();
                Err(NameError::Unknown { what: self.what(of), name, nearest })
            }
        }
    }

    /// What is looked for, in words.
    fn what(&self, of: Of<'_>) -> String {
        let label = |node: NamedNodeRef<'_>| self.labels.get(&node.into_owned()).cloned().unwrap_or_else(|| compact(node));
        match of {
            Of::Any => "thing".to_owned(),
            Of::Class(class) => label(class),
            Of::Scheme(scheme) => format!("concept of “{}”", label(scheme)),
        }
    }
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

/// A name as it is compared: its words in lower case, without accents and punctuation, and `U.S.` as `us`.
pub fn folded(name: &str) -> String {
    let words = folded_words(name);
    let mut out = String::with_capacity(name.len());
    let mut after_letter = true;
    for word in &words {
        let letter = word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
        if !(out.is_empty() || letter && after_letter) {
            out.push(' ');
        }
        out.push_str(word);
        after_letter = letter;
    }
    out
}

/// The IRI that a text gives in full, in angle brackets, or in a short form whose prefix is known.
pub fn iri(text: &str) -> Option<NamedNode> {
    let inner = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
    if inner.contains("://") || inner.starts_with("urn:") {
        return NamedNode::new(inner).ok();
    }
    expand(text)
}

fn node(row: &Row, name: &str) -> Option<NamedNode> {
    if let Some(Term::NamedNode(iri)) = row.get(name) { Some(iri.clone()) } else { None }
}

fn name(row: &Row) -> Option<Name> {
    let Some(Term::Literal(literal)) = row.get("name") else { return None };
    let property = node(row, "property")?;
    let sort = match property.as_ref() {
        p if p == skos::PREF_LABEL || p == dcterms::TITLE => Sort::Label,
        p if p == skos::ALT_LABEL => Sort::Other,
        p if p == flg::ACRONYM => Sort::Acronym,
        _ => Sort::Code,
    };
    let text = literal.value().to_owned();
    let language = literal.language().unwrap_or_default().to_owned();
    Some(Name { entity: node(row, "entity")?, folded: folded(&text), text, language, sort })
}
