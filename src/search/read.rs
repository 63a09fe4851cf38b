//! What is searched, read from the store once: property by property, put together in memory. So it costs a service elsewhere a
//! handful of plain requests, and the store on disk a scan of what is wanted and no joins.

use super::claims::Claims;
use super::facet::{Facet, Value, Values};
use super::things::{Kind, Name, Passage, Report, Things};
use crate::model::vocab::{BASE, class, dcterms, flg, graph, owl, rdf, skos};
use crate::names::Sort;
use crate::store::{Pattern, Store, StoreError};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Classes whose instances are found in other ways, or not at all.
const APART: [NamedNodeRef<'_>; 4] = [class::ANSWER, class::CLAIM, class::SECTION, class::DECISION];

/// All that is searched.
#[derive(Default)]
pub(super) struct Content {
    pub(super) things: Things,
    pub(super) reports: Vec<Report>,
    pub(super) passages: Vec<Passage>,
    pub(super) values: Values,
}

/// Reads all that is searched.
///
/// # Errors
/// What the store reports.
pub(super) fn read(store: &dyn Store) -> Result<Content, StoreError> {
    let (content, reports, places, kinds) = Default::default();
    let mut reader = Reading { store, content, reports, places, kinds };
    reader.kinds()?;
    reader.reports();
    reader.names()?;
    reader.facets()?;
    reader.answers()?;
    let mut claims = Claims::default();
    claims.read(store)?;
    let Reading { content: mut all, reports, .. } = reader;
    claims.put(&mut all, &reports);
    for (number, passage) in all.passages.iter().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let mut of: BTreeSet<u32> = passage.of.into_iter().collect();
        for stated in &passage.stated {
            of.insert(stated.subject);
            if let Term::NamedNode(value) = &stated.value {
                of.extend(all.things.number(value));
            }
        }
        for thing in of {
            if let Some(thing) = all.things.get_mut(thing) {
                thing.passages.push(number);
            }
        }
    }
    Ok(all)
}

/// Shows the quads of a property whose subject is an IRI.
pub(super) fn each(
    store: &dyn Store,
    property: NamedNodeRef<'_>,
    mut see: impl FnMut(NamedNode, Term, NamedNode),
) -> Result<(), StoreError> {
    let property = property.into_owned();
    store.each(Pattern { predicate: Some(&property), ..Pattern::default() }, &mut |quad| {
        let Quad { subject, object, graph_name, .. } = quad;
        if let (NamedOrBlankNode::NamedNode(subject), GraphName::NamedNode(graph)) = (subject, graph_name) {
            see(subject, object, graph);
        }
        Ok(())
    })
}

/// The text of a literal.
pub(super) fn text(term: Term) -> Option<(String, String)> {
    let Term::Literal(literal) = term else { return None };
    let (text, _, language) = literal.destruct();
    Some((text, language.unwrap_or_default()))
}

struct Reading<'a> {
    store: &'a dyn Store,
    content: Content,
    /// The places of reports, by identifier and by the thing that each is.
    reports: HashMap<String, u32>,
    places: HashMap<u32, u32>,
    /// What is of a class of the ontology or a concept, with these, and the reports that name it.
    kinds: HashMap<NamedNode, (BTreeSet<NamedNode>, BTreeSet<String>)>,
}

impl Reading<'_> {
    /// What things are.
    fn kinds(&mut self) -> Result<(), StoreError> {
        let (inferred, source) = (graph::inferred(), graph::source(""));
        let kinds = &mut self.kinds;
        each(self.store, rdf::TYPE, |thing, kind, graph| {
            let Term::NamedNode(kind) = kind else { return };
            if graph == inferred || kind == class::CLAIM || kind == owl::ONTOLOGY {
                return;
            }
            let own = kind.as_str().starts_with(class::NS);
            if own || kind == skos::CONCEPT || kind == skos::CONCEPT_SCHEME {
                let known = kinds.entry(thing).or_default();
                if own {
                    known.0.insert(kind);
                }
                known.1.extend(graph.as_str().strip_prefix(source.as_str()).map(str::to_owned));
            }
        })?;
        each(self.store, skos::IN_SCHEME, |concept, scheme, _| {
            if let (Some((known, _)), Term::NamedNode(scheme)) = (kinds.get_mut(&concept), scheme) {
                known.insert(scheme);
            }
        })
    }

    /// The reports, in the order of their identifiers.
    fn reports(&mut self) {
        let is_report = |kinds: &BTreeSet<NamedNode>| kinds.iter().any(|kind| *kind == class::REPORT);
        let mut all: Vec<NamedNode> =
            self.kinds.iter().filter(|(_, kinds)| is_report(&kinds.0)).map(|(iri, _)| iri.clone()).collect();
        all.sort();
        let prefix = format!("{BASE}id/report/");
        for iri in all {
            let Some(id) = iri.as_str().strip_prefix(&prefix) else { continue };
            let place = u32::try_from(self.content.reports.len()).unwrap_or(u32::MAX);
            self.reports.insert(id.to_owned(), place);
            let (language, thing) = (String::new(), self.content.things.add(&iri));
            self.places.insert(thing, place);
            let (countries, years, sources) = Default::default();
            self.content.reports.push(Report { id: id.to_owned(), thing, language, countries, years, sources });
        }
    }

    /// The names of things that are found by them, and of what these are shown with.
    fn names(&mut self) -> Result<(), StoreError> {
        let mut names: BTreeMap<NamedNode, BTreeSet<Name>> = BTreeMap::new();
        let kinds = &self.kinds;
        let apart = |thing: &NamedNode| {
            kinds.get(thing).is_some_and(|(kinds, _)| kinds.iter().any(|kind| APART.contains(&kind.as_ref())))
        };
        let sorts = [
            (skos::PREF_LABEL, Sort::Label),
            (skos::ALT_LABEL, Sort::Other),
            (flg::ACRONYM, Sort::Acronym),
            (skos::NOTATION, Sort::Code),
            (dcterms::TITLE, Sort::Other),
            (dcterms::IDENTIFIER, Sort::Code),
        ];
        for (property, sort) in sorts {
            each(self.store, property, |thing, name, _| {
                if kinds.contains_key(&thing)
                    && !apart(&thing)
                    && let Some((text, language)) = text(name)
                {
                    names.entry(thing).or_default().insert(Name { sort, language, text });
                }
            })?;
        }
        for (iri, mut names) in names {
            let Some((kinds, mentions)) = self.kinds.get(&iri) else { continue };
            // What has no label has its title for one.
            if !names.iter().any(|name| name.sort == Sort::Label) {
                names = names
                    .into_iter()
                    .map(|name| if name.sort == Sort::Other { Name { sort: Sort::Label, ..name } } else { name })
                    .collect();
            }
            let number = self.content.things.add(&iri);
            let scheme = kinds.is_empty();
            let classes: Vec<Value> = kinds.iter().map(|kind| kind_value(kind, &mut self.content)).collect();
            let mut mentions: Vec<u32> = mentions.iter().filter_map(|id| self.reports.get(id).copied()).collect();
            mentions.sort_unstable();
            if let Some(thing) = self.content.things.get_mut(number) {
                thing.names = names.into_iter().collect();
                thing.kind = if scheme { Kind::Aside } else { Kind::Named };
                thing.classes = classes;
                thing.mentions = mentions;
            }
        }
        Ok(())
    }

    /// What things and reports are narrowed down by.
    fn facets(&mut self) -> Result<(), StoreError> {
        let of_things = [(flg::COUNTRY, Facet::Country), (flg::TARGETS_SECTOR, Facet::Sector), (flg::FUNDED_BY, Facet::Funder)];
        for (property, facet) in of_things {
            let mut found = BTreeSet::new();
            each(self.store, property, |thing, value, _| {
                if let Term::NamedNode(value) = value {
                    found.insert((thing, value));
                }
            })?;
            for (iri, value) in found {
                let Some(number) = self.content.things.number(&iri) else { continue };
                let value = self.value(facet, &value);
                if let Some(thing) = self.content.things.get_mut(number) {
                    match facet {
                        Facet::Country => thing.countries.push(value),
                        Facet::Sector => thing.sectors.push(value),
                        _ => thing.funders.push(value),
                    }
                }
            }
        }
        // A country is its own, and so is a sector.
        let itself: Vec<NamedNode> = self
            .kinds
            .iter()
            .filter(|(_, kinds)| kinds.0.iter().any(|kind| *kind == class::COUNTRY))
            .map(|(iri, _)| iri.clone())
            .collect();
        for iri in itself {
            let value = self.value(Facet::Country, &iri);
            if let Some(thing) = self.content.things.number(&iri).and_then(|number| self.content.things.get_mut(number)) {
                thing.countries = vec![value];
            }
        }
        let of_reports = [flg::ABOUT_COUNTRY, flg::REFERENCE_YEAR, dcterms::PUBLISHER, dcterms::LANGUAGE];
        for property in of_reports {
            let mut found = HashSet::new();
            each(self.store, property, |report, value, _| {
                found.insert((report, value));
            })?;
            let mut found: Vec<_> = found.into_iter().collect();
            found.sort_by_key(|(report, value)| (report.clone(), value.to_string()));
            for (iri, value) in found {
                self.of_report(property, &iri, value);
            }
        }
        for report in &self.content.reports {
            if let Some(thing) = self.content.things.get_mut(report.thing) {
                thing.countries.clone_from(&report.countries);
                let own = self.reports.get(&report.id).copied();
                thing.mentions = own.into_iter().collect();
            }
        }
        Ok(())
    }

    fn value(&mut self, facet: Facet, iri: &NamedNode) -> Value {
        let thing = self.content.things.add(iri);
        self.content.values.thing(facet, thing, iri)
    }

    /// What is said of a report.
    fn of_report(&mut self, property: NamedNodeRef<'_>, iri: &NamedNode, value: Term) {
        let place = self.content.things.number(iri).and_then(|thing| self.places.get(&thing));
        let Some(place) = place.map(|place| *place as usize) else { return };
        let found = match value {
            Term::NamedNode(value) if property == flg::ABOUT_COUNTRY => Some(self.value(Facet::Country, &value)),
            Term::NamedNode(value) if property == dcterms::PUBLISHER => Some(self.value(Facet::Source, &value)),
            Term::NamedNode(value) => {
                if property == dcterms::LANGUAGE
                    && let Some(report) = self.content.reports.get_mut(place)
                {
                    report.language = crate::facts::labels::short(&value).to_ascii_lowercase();
                }
                None
            }
            Term::Literal(literal) if property == flg::REFERENCE_YEAR => {
                Some(self.content.values.text(Facet::Year, literal.value()))
            }
            Term::Literal(literal) => {
                if property == dcterms::LANGUAGE
                    && let Some(report) = self.content.reports.get_mut(place)
                {
                    literal.value().clone_into(&mut report.language);
                }
                None
            }
            Term::BlankNode(_) => None,
        };
        if let (Some(report), Some(value)) = (self.content.reports.get_mut(place), found) {
            match property {
                p if p == flg::ABOUT_COUNTRY => report.countries.push(value),
                p if p == flg::REFERENCE_YEAR => report.years.push(value),
                _ => report.sources.push(value),
            }
        }
    }

    /// The answers of reports, those to one question together.
    fn answers(&mut self) -> Result<(), StoreError> {
        #[derive(Default)]
        struct Answer {
            report: Option<NamedNode>,
            question: Option<NamedNode>,
            title: String,
            page: Option<String>,
            texts: BTreeSet<(String, String)>,
        }
        let kinds = &self.kinds;
        let is_answer =
            |iri: &NamedNode| kinds.get(iri).is_some_and(|(kinds, _)| kinds.iter().any(|kind| *kind == class::ANSWER));
        let mut all: BTreeMap<NamedNode, Answer> = BTreeMap::new();
        for property in [flg::IN_REPORT, flg::QUESTION, dcterms::TITLE, flg::PAGE, flg::TEXT] {
            each(self.store, property, |iri, value, _| {
                if !is_answer(&iri) {
                    return;
                }
                let answer = all.entry(iri).or_default();
                match value {
                    Term::NamedNode(report) if property == flg::IN_REPORT => answer.report = Some(report),
                    Term::NamedNode(question) if property == flg::QUESTION => answer.question = Some(question),
                    value if property == dcterms::TITLE => answer.title = text(value).map(|found| found.0).unwrap_or_default(),
                    value if property == flg::PAGE => answer.page = text(value).map(|found| found.0),
                    value if property == flg::TEXT => answer.texts.extend(text(value)),
                    _ => {}
                }
            })?;
        }
        for (iri, answer) in all {
            let (Some(report), Some(question)) = (answer.report, answer.question) else { continue };
            let place = self.content.things.number(&report).and_then(|report| self.places.get(&report));
            let Some(place) = place.copied() else { continue };
            let class = self.content.values.class(&class::ANSWER.into_owned());
            let question = self.content.things.add(&question);
            let group = self.content.things.add(&NamedNode::new_unchecked(format!("{BASE}id/answer/{place}#{question}")));
            let countries = self.content.reports.get(place as usize).map(|report| report.countries.clone()).unwrap_or_default();
            if let Some(thing) = self.content.things.get_mut(group) {
                thing.kind = Kind::Answer { report: place, question };
                thing.classes = vec![class];
                thing.countries = countries;
                thing.mentions = vec![place];
            }
            for (text, language) in answer.texts {
                // The row of a table that it is of.
                let text = if answer.title.is_empty() || text.contains(&answer.title) {
                    text
                } else {
                    format!("{}: {text}", answer.title)
                };
                let (page, answer) = (answer.page.clone(), Some(iri.clone()));
                let start = None;
                self.content.passages.push(Passage {
                    report: place,
                    text,
                    around: Default::default(),
                    language,
                    answer,
                    of: Some(group),
                    page,
                    start,
                    stated: Vec::new(),
                });
            }
        }
        Ok(())
    }
}

/// The value for a class, or for the scheme of a concept.
fn kind_value(kind: &NamedNode, content: &mut Content) -> Value {
    if kind.as_str().starts_with(class::NS) {
        return content.values.class(kind);
    }
    let scheme = content.things.add(kind);
    content.values.thing(Facet::Class, scheme, kind)
}
