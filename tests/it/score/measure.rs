//! The measure: recall of entities and relations, and precision, of a graph against gold tables.

use super::view::View;
use forced_labour_graph::model::vocab::{class, dcterms, expand, flg, org, skos};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

/// A statement, in the order in which it is listed.
pub(super) type Triple = (String, String, String);
type Nodes = HashSet<NamedOrBlankNode>;

/// Properties between which a careful reader may choose.
const EITHER: &[[NamedNodeRef<'static>; 2]] =
    &[[flg::LEADS, flg::CHAIRS], [org::UNIT_OF, org::SUB_ORGANIZATION_OF], [org::MEMBER_OF, flg::PARTICIPATES_IN]];
/// Properties that the authority's own data fill too, so that they say nothing about a conversion's precision.
const STRUCTURE: &[NamedNodeRef<'static>] = &[skos::BROADER, flg::COUNTRY, org::SUB_ORGANIZATION_OF];
/// So much of a title's words must be shared where no name is the same.
const TITLE_OVERLAP: f64 = 0.7;
/// So much of a paraphrase's words must be in the literal.
const TEXT_OVERLAP: f64 = 0.6;

/// A row of a table, by the heads of its columns.
type Row = HashMap<String, String>;

/// The gold tables of a report.
pub(super) struct Gold {
    entities: Vec<Row>,
    relations: Vec<Row>,
}

impl Gold {
    /// Reads the tables of a folder.
    pub(super) fn read(folder: &Path) -> Self {
        let table = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        Self::parse(&table("entities.tsv"), &table("relations.tsv"))
    }
    pub(super) fn parse(entities: &str, relations: &str) -> Self {
        Self { entities: rows(entities), relations: rows(relations) }
    }
}

fn rows(table: &str) -> Vec<Row> {
    let mut lines = table.lines().filter(|line| !line.is_empty()).map(|line| line.split('\t'));
    let heads: Vec<&str> = lines.next().unwrap().collect();
    let row = |cells: std::str::Split<'_, char>| {
        heads.iter().map(|h| (*h).to_owned()).zip(cells.map(str::to_owned).chain(std::iter::repeat(String::new()))).collect()
    };
    lines.map(row).collect()
}

/// How many of the gold entities of a class were found.
#[derive(Default)]
pub(super) struct Count {
    pub gold: usize,
    pub found: usize,
    pub right_class: usize,
}

/// What a graph reaches.
#[derive(Default)]
pub(super) struct Score {
    /// By class.
    pub entities: BTreeMap<String, Count>,
    /// By property.
    pub relations: BTreeMap<String, Count>,
    /// The graph's statements that are gold statements.
    pub hits: BTreeSet<Triple>,
    /// The graph's statements between gold entities, of the properties that the tables cover.
    pub stated: BTreeSet<Triple>,
    /// What the graph says of gold entities about others: read it, there invention hides.
    pub beyond: Vec<String>,
    pub missed: Vec<String>,
}

#[allow(clippy::cast_precision_loss, reason = "counts of rows")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Score {
    pub(super) fn entity_recall(&self) -> f64 {
        share(self.entities.values().map(|c| c.found).sum(), self.entities.values().map(|c| c.gold).sum())
    }
    pub(super) fn relation_recall(&self) -> f64 {
        share(self.relations.values().map(|c| c.found).sum(), self.relations.values().map(|c| c.gold).sum())
    }
    pub(super) fn precision(&self) -> f64 {
        share(self.stated.intersection(&self.hits).count(), self.stated.len())
    }
    pub(super) fn classes_right(&self) -> f64 {
        share(self.entities.values().map(|c| c.right_class).sum(), self.entities.values().map(|c| c.found).sum())
    }
}

/// Measures a graph.
pub(super) fn score(quads: &[Quad], gold: &Gold) -> Score {
    let view = View::new(quads);
    let finder = Finder::new(&view, &gold.entities);
    let mut score = Score::default();
    for row in &gold.entities {
        let (nodes, class) = (finder.nodes(&row["name"]), iri(&row["class"]));
        let count = score.entities.entry(row["class"].clone()).or_default();
        count.gold += 1;
        if nodes.is_empty() {
            score.missed.push(format!("{} {}", row["class"], row["name"]));
        } else {
            count.found += 1;
            count.right_class += usize::from(nodes.iter().any(|n| view.is(n, &class)));
        }
    }
    for row in &gold.relations {
        let hits = relation(&view, &finder, row);
        if row["kind"] != "optional" {
            let count = score.relations.entry(row["property"].clone()).or_default();
            count.gold += 1;
            if hits.is_empty() {
                score.missed.push(format!("{} {} → {}", row["property"], row["subject"], row["object"]));
            } else {
                count.found += 1;
            }
        }
        score.hits.extend(hits);
    }
    precision(&view, &finder, gold, &mut score);
    score
}

fn precision(view: &View, finder: &Finder<'_>, gold: &Gold, score: &mut Score) {
    let known: Nodes = gold.entities.iter().flat_map(|row| finder.nodes(&row["name"])).collect();
    let properties: HashSet<NamedNode> = gold
        .relations
        .iter()
        .filter(|row| row["kind"] == "fact")
        .map(|row| iri(&row["property"]))
        .filter(|p| !STRUCTURE.contains(&p.as_ref()))
        .collect();
    for (s, p, o) in &view.triples {
        if !properties.contains(p) || !known.contains(s) {
            continue;
        }
        let inside = match o {
            Term::NamedNode(node) => known.contains(&node.clone().into()),
            Term::BlankNode(node) => known.contains(&node.clone().into()),
            Term::Literal(_) => true,
        };
        let triple = listed(s, p, o);
        if inside {
            score.stated.insert(triple);
        } else if !score.hits.contains(&triple) {
            score.beyond.push(format!("{} {} {}", triple.0, triple.1, triple.2));
        }
    }
}

/// The graph's statements that a gold relation is found in.
fn relation(view: &View, finder: &Finder<'_>, row: &Row) -> Vec<Triple> {
    let property = iri(&row["property"]);
    let subjects = match row["subject"].split_once(" / ") {
        Some((_, about)) => {
            let about: Nodes = finder.nodes(about).into_iter().chain(view.named(about)).collect();
            view.subjects_of(&[flg::INSTRUMENT, flg::NEED_TOPIC], &about)
        }
        None => finder.named(&row["subject"]),
    };
    let objects = finder.nodes(&row["object"]);
    let same = EITHER.iter().find(|pair| pair.contains(&property.as_ref()));
    let properties: Vec<NamedNode> = same.map_or_else(|| vec![property.clone()], |p| p.iter().map(|p| p.into_owned()).collect());
    let mut hits = Vec::new();
    for subject in &subjects {
        for property in &properties {
            let values = if property.as_ref() == skos::BROADER { view.above(subject) } else { view.objects(subject, property) };
            let right = |value: &&Term| {
                let node = View::node(value);
                node.as_ref().is_some_and(|n| objects.contains(n) || view.bears(n, &row["object"]))
                    || same_value(property, value, &row["object"])
                    || row["kind"] == "text" && overlaps(value, &row["object"])
            };
            hits.extend(values.iter().filter(right).map(|value| listed(subject, property, value)));
        }
    }
    hits
}

fn overlaps(value: &Term, paraphrase: &str) -> bool {
    let wanted = content(paraphrase);
    let Term::Literal(literal) = value else { return false };
    let said = content(literal.value());
    !wanted.is_empty() && share(wanted.intersection(&said).count(), wanted.len()) >= TEXT_OVERLAP
}

fn same_value(property: &NamedNode, value: &Term, wanted: &str) -> bool {
    let tight = |text: &str| fold(text).replace(' ', "");
    match value {
        Term::Literal(literal) => {
            let said = literal.value();
            let number = |text: &str| text.trim().parse::<f64>().ok();
            let dated = [flg::START_DATE, flg::END_DATE, flg::REFERENCE_YEAR].contains(&property.as_ref())
                && wanted.chars().take(4).filter(char::is_ascii_digit).count() == 4
                && said.trim_end_matches('Z').starts_with(wanted);
            #[allow(clippy::float_cmp, reason = "the same number, written differently")]
            let equal = number(said).zip(number(wanted)).is_some_and(|(a, b)| a == b);
            fold(said) == fold(wanted) || equal || dated
        }
        Term::NamedNode(node) => {
            let last = node.as_str().rsplit(['/', '#']).next().unwrap_or_default();
            tight(node.as_str()) == tight(wanted) || tight(last) == tight(wanted)
        }
        Term::BlankNode(_) => false,
    }
}

fn listed(s: &NamedOrBlankNode, p: &NamedNode, o: &Term) -> Triple {
    (s.to_string(), forced_labour_graph::model::vocab::compact(p.as_ref()), o.to_string())
}

fn iri(curie: &str) -> NamedNode {
    expand(curie).unwrap_or_else(|| panic!("`{curie}` in the gold tables is no known name"))
}

/// Finds the nodes of the graph that a name of the tables can mean.
struct Finder<'a> {
    view: &'a View,
    names: HashMap<&'a str, BTreeSet<String>>,
    class_of: HashMap<&'a str, NamedNode>,
    /// The name of the report itself.
    itself: Option<&'a str>,
}

impl<'a> Finder<'a> {
    fn new(view: &'a View, entities: &'a [Row]) -> Self {
        let (mut names, mut class_of, mut itself) = (HashMap::new(), HashMap::new(), None);
        for row in entities {
            let name = row["name"].as_str();
            let mut forms: Vec<&str> = vec![name, &row["acronym"]];
            forms.extend(row["variants"].split('|'));
            if let Some((before, acronym)) = name.strip_suffix(')').and_then(|n| n.split_once(" (")) {
                forms.extend([before, acronym]);
            }
            if name.contains(" - ") {
                forms.extend(name.split(" - "));
            }
            names.insert(name, forms.into_iter().map(fold).filter(|f| f.len() > 1).collect());
            class_of.insert(name, iri(&row["class"]));
            if itself.is_none() && row["class"] == "flg:Report" {
                itself = Some(name);
            }
        }
        Self { view, names, class_of, itself }
    }

    /// The nodes of a name, or those that merely bear it, where the tables do not have it.
    fn named(&self, name: &str) -> Nodes {
        let nodes = self.nodes(name);
        if nodes.is_empty() { self.view.named(name) } else { nodes }
    }

    fn nodes(&self, name: &str) -> Nodes {
        let mut found: Nodes = match self.names.get(name) {
            Some(forms) => forms.iter().flat_map(|form| self.view.folded(form)).collect(),
            None => self.view.named(name),
        };
        let class = self.class_of.get(name);
        if class.is_some_and(|c| c.as_ref() == class::REPORT) {
            if self.itself == Some(name) {
                found = self.view.subjects(flg::ABOUT_COUNTRY);
            }
            found.retain(|n| self.view.is(n, &class::REPORT.into_owned()));
        }
        if let (true, Some(class)) = (found.is_empty(), class) {
            found = self.worded(name, class);
        }
        found
    }

    /// Events, documents and long titles have no fixed wording: the same class and most of the words will do.
    fn worded(&self, name: &str, class: &NamedNode) -> Nodes {
        let wanted = content(name);
        let like = |label: &String| {
            !wanted.is_empty() && share(wanted.intersection(&content(label)).count(), wanted.len()) >= TITLE_OVERLAP
        };
        let of_class = self.view.labels.iter().filter(|(node, _)| self.view.is(node, class));
        let mut found: Nodes = of_class.filter(|(_, labels)| labels.iter().any(like)).map(|(node, _)| node.clone()).collect();
        let number = name.split(|c: char| !c.is_ascii_digit()).find(|n| (2..=6).contains(&n.len()));
        if let (true, Some(number)) = (class.as_ref() == class::TRAINING_ACTIVITY, number) {
            found.extend(self.view.with_literal(flg::HEADCOUNT, number));
        }
        found
    }
}

/// Text as it is compared: words of ASCII letters and digits in lower case, without accents.
pub(super) fn fold(text: &str) -> String {
    let folded = forced_labour_graph::model::id::fold(text);
    folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words of a text that say something.
fn content(text: &str) -> HashSet<String> {
    const SMALL: &str = "a al con de del el en la las los para por sobre un una y e o the of for and to in des du le les et";
    fold(text).split(' ').filter(|w| !w.is_empty() && !SMALL.split(' ').any(|s| s == *w)).map(str::to_owned).collect()
}

/// The properties that give names.
pub(super) const NAMES: &[NamedNodeRef<'static>] =
    &[skos::PREF_LABEL, skos::ALT_LABEL, flg::ACRONYM, dcterms::TITLE, skos::NOTATION, dcterms::IDENTIFIER];
