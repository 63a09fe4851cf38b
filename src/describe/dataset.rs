//! What the dataset is: as `VoID` has it (how much of what, which links, where) and as DCAT 3 has it (who can have it, in what forms,
//! which version), in one document.
//!
//! The dataset and its parts are named under the canonical base; where they can be had are addresses of the place that publishes them.

use super::figures::Figures;
use super::stated::Stated;
use super::version::{self, Version};
use super::{Document, Overview, Place, formats};
use crate::facts::texts;
use crate::model::id::slug;
use crate::model::vocab::{BASE, compact, dcat, dcterms, flg, foaf, graph, rdf, rdfs, skos, void, xsd};
use oxigraph::model::NamedNode;
use std::collections::BTreeSet;

/// So many reports stand as examples.
const EXAMPLES: usize = 3;

/// The path of the file that holds all of it, as N-Quads.
pub const DUMP: &str = "/dump/forced-labour-graph.nq";

/// A file that holds all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dump {
    /// The name that people know its form by.
    pub name: &'static str,
    /// The word for the form in IRIs.
    pub word: &'static str,
    /// Its path.
    pub path: &'static str,
    /// The media type of what it holds.
    pub media_type: &'static str,
    /// Whether it is packed, with gzip.
    pub packed: bool,
}

/// The file that a server makes.
const LIVE: &[Dump] = &[Dump { name: "N-Quads", word: "dump", path: DUMP, media_type: "application/n-quads", packed: false }];

/// The files beside a site of files.
const FILES: &[Dump] = &[
    Dump {
        name: "N-Quads",
        word: "dump",
        path: "/dump/forced-labour-graph.nq.gz",
        media_type: "application/n-quads",
        packed: true,
    },
    Dump {
        name: "TriG",
        word: "dump-trig",
        path: "/dump/forced-labour-graph.trig.gz",
        media_type: "application/trig",
        packed: true,
    },
    Dump {
        name: "JSON-LD",
        word: "dump-jsonld",
        path: "/dump/forced-labour-graph.jsonld.gz",
        media_type: "application/ld+json",
        packed: true,
    },
];

/// The files that hold all of it at a place.
pub fn dumps(place: &Place) -> &'static [Dump] {
    if place.is_live() { LIVE } else { FILES }
}

/// The IRI of the dataset.
pub fn iri() -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}dataset"))
}

/// A part of the description: `{base}dataset#{name}`, or the same of a version.
pub(super) fn part(of: &NamedNode, name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#{name}", of.as_str()))
}

/// The name of a class or property in a part's IRI.
fn local(iri: &NamedNode) -> String {
    slug(&compact(iri.as_ref()))
}

/// The description of the dataset as it is, with the versions of it that were released, the oldest first.
pub fn document(overview: &Overview, figures: &Figures, versions: &[Version], place: &Place) -> Document {
    let mut all = Stated::default();
    itself(&mut all, overview, place);
    version::links(&mut all, versions);
    forms(&mut all, place);
    measures(&mut all, &iri(), figures);
    for report in &overview.reports {
        self::report(&mut all, report, figures, place);
    }
    let mut document = Document { about: Some(iri()), nested: true, quads: all.0 };
    document.quads = document.triples();
    document
}

fn itself(all: &mut Stated, overview: &Overview, place: &Place) {
    let this = iri();
    about(all, &this, overview);
    all.text(&this, dcterms::IDENTIFIER, this.as_str(), "");
    all.text(&this, dcat::VERSION, overview.version(), "");
    if let Some(when) = overview.modified() {
        all.typed(&this, dcterms::MODIFIED, when, xsd::DATE_TIME);
    }
    all.say(&this, dcat::LANDING_PAGE, place.at("/page/dataset"));
    all.say(&this, foaf::HOMEPAGE, place.at("/"));
    for report in overview.reports.iter().take(EXAMPLES) {
        all.say(&this, void::EXAMPLE_RESOURCE, report.iri());
    }
}

/// What the dataset, or a version of it, is about, and how it speaks of that.
pub(super) fn about(all: &mut Stated, this: &NamedNode, overview: &Overview) {
    all.say(this, rdf::TYPE, dcat::DATASET);
    all.say(this, rdf::TYPE, void::DATASET);
    for (lang, _) in texts::LANGUAGES {
        all.text(this, dcterms::TITLE, texts::text("site", lang), lang);
        all.text(this, dcterms::DESCRIPTION, texts::text("home.what", lang), lang);
    }
    for code in overview.languages() {
        all.say(this, dcterms::LANGUAGE, language(code));
    }
    for country in overview.countries().keys() {
        all.say(this, dcterms::SPATIAL, NamedNode::new_unchecked(*country));
    }
    if let Some((first, last)) = overview.years() {
        let period = part(this, "period");
        all.say(this, dcterms::TEMPORAL, period.clone());
        all.say(&period, rdf::TYPE, dcterms::PERIOD_OF_TIME);
        all.typed(&period, dcat::START_DATE, first, xsd::G_YEAR);
        all.typed(&period, dcat::END_DATE, last, xsd::G_YEAR);
    }
    let rights = part(this, "rights");
    all.say(this, dcterms::RIGHTS, rights.clone());
    all.say(&rights, rdf::TYPE, dcterms::RIGHTS_STATEMENT);
    for (lang, _) in texts::LANGUAGES {
        all.text(&rights, rdfs::LABEL, texts::text("dataset.rights", lang), lang);
    }
    all.say(this, dcterms::CONFORMS_TO, NamedNode::new_unchecked(format!("{BASE}ontology")));
    all.text(this, void::URI_SPACE, &format!("{BASE}id/"), "");
    for namespace in
        [flg::NS, skos::NS, dcterms::NS, "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/org#"]
    {
        all.say(this, void::VOCABULARY, NamedNode::new_unchecked(namespace));
    }
}

/// A language, as the Library of Congress names it.
fn language(code: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://id.loc.gov/vocabulary/iso639-1/{}", slug(code)))
}

/// A media type, as IANA names it.
pub(super) fn media_type(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("https://www.iana.org/assignments/media-types/{name}"))
}

/// Where and how the whole can be had: by queries, and in files.
fn forms(all: &mut Stated, place: &Place) {
    if place.is_live() {
        service(all, place);
    }
    for dump in dumps(place) {
        let (this, file, address) = (iri(), part(&iri(), dump.word), place.at(dump.path));
        all.say(&this, void::DATA_DUMP, address.clone());
        all.say(&this, dcat::HAS_DISTRIBUTION, file.clone());
        all.say(&file, rdf::TYPE, dcat::DISTRIBUTION);
        all.text(&file, dcterms::TITLE, dump.name, "en");
        all.say(&file, dcat::ACCESS_URL, place.at("/page/dataset"));
        all.say(&file, dcat::DOWNLOAD_URL, address);
        all.say(&file, dcat::MEDIA_TYPE, media_type(dump.media_type));
        if dump.packed {
            all.say(&file, dcat::COMPRESS_FORMAT, media_type("application/gzip"));
        }
    }
    for format in formats::GRAPHS {
        all.say(&iri(), void::FEATURE, NamedNode::new_unchecked(format!("http://www.w3.org/ns/formats/{}", format.iri)));
    }
}

/// The service that answers queries.
fn service(all: &mut Stated, place: &Place) {
    let (this, service, asked) = (iri(), place.at("/sparql"), part(&iri(), "sparql"));
    all.say(&this, void::SPARQL_ENDPOINT, service.clone());
    all.say(&this, dcat::HAS_DISTRIBUTION, asked.clone());
    all.say(&asked, rdf::TYPE, dcat::DISTRIBUTION);
    all.text(&asked, dcterms::TITLE, "SPARQL", "en");
    all.say(&asked, dcat::ACCESS_URL, service.clone());
    all.say(&asked, dcat::ACCESS_SERVICE, service.clone());
    all.say(&service, rdf::TYPE, dcat::DATA_SERVICE);
    all.text(&service, dcterms::TITLE, "SPARQL", "en");
    all.say(&service, dcat::ENDPOINT_URL, service.clone());
    all.say(&service, dcat::ENDPOINT_DESCRIPTION, service.clone());
    all.say(&service, dcat::SERVES_DATASET, this.clone());
    let protocol = NamedNode::new_unchecked("http://www.w3.org/TR/sparql11-protocol/");
    all.say(&service, dcterms::CONFORMS_TO, protocol);
}

/// How much of what the dataset, or a version of it, holds, and which links.
pub(super) fn measures(all: &mut Stated, this: &NamedNode, figures: &Figures) {
    all.count(this, void::TRIPLES, figures.triples());
    all.count(this, void::ENTITIES, figures.entities);
    all.count(this, void::CLASSES, figures.classes.len());
    all.count(this, void::PROPERTIES, figures.properties.len());
    for (class, number) in &figures.classes {
        let partition = part(this, &format!("class-{}", local(class)));
        all.say(this, void::CLASS_PARTITION, partition.clone());
        all.say(&partition, void::CLASS, class.clone());
        all.count(&partition, void::ENTITIES, *number);
    }
    for (property, number) in &figures.properties {
        let partition = part(this, &format!("property-{}", local(property)));
        all.say(this, void::PROPERTY_PARTITION, partition.clone());
        all.say(&partition, void::PROPERTY, property.clone());
        all.count(&partition, void::TRIPLES, *number);
    }
    let mut targets = BTreeSet::new();
    for ((property, host), number) in &figures.links {
        let set = part(this, &format!("links-{}-{}", local(property), slug(host)));
        let target = part(this, &format!("target-{}", slug(host)));
        all.say(this, void::SUBSET, set.clone());
        all.say(&set, rdf::TYPE, void::LINKSET);
        all.say(&set, void::LINK_PREDICATE, property.clone());
        all.say(&set, void::SUBJECTS_TARGET, this.clone());
        all.say(&set, void::OBJECTS_TARGET, target.clone());
        all.count(&set, void::TRIPLES, *number);
        if targets.insert(host) {
            all.say(&target, rdf::TYPE, void::DATASET);
            all.text(&target, void::URI_SPACE, host, "");
        }
    }
}

/// What one report gives: a part of the dataset that can be had by itself.
fn report(all: &mut Stated, report: &super::overview::Report, figures: &Figures, place: &Place) {
    let (this, itself) = (iri(), part(&iri(), &format!("report-{}", report.id)));
    all.say(&this, void::SUBSET, itself.clone());
    all.say(&itself, rdf::TYPE, void::DATASET);
    all.say(&itself, rdf::TYPE, dcat::DATASET);
    all.say(&itself, dcterms::IS_PART_OF, this.clone());
    all.say(&itself, dcterms::SOURCE, report.iri());
    for (lang, name) in &report.names {
        all.text(&itself, dcterms::TITLE, name, lang);
    }
    let graphs = [graph::source(&report.id), graph::report(&report.id), graph::evidence(&report.id)];
    all.count(&itself, void::TRIPLES, graphs.iter().filter_map(|graph| figures.graphs.get(graph)).sum());
    for graph in graphs.iter().filter(|graph| figures.graphs.contains_key(*graph)) {
        let Some(path) = graph.as_str().strip_prefix(BASE) else { continue };
        let dump = place.at(&format!("/data/{path}.nq"));
        all.say(&itself, void::DATA_DUMP, dump);
    }
    let stated = figures.graphs.contains_key(&graph::report(&report.id));
    for format in formats::GRAPHS.iter().filter(|_| stated) {
        let ending = format.extension;
        let form = part(&this, &format!("report-{}-{ending}", report.id));
        all.say(&itself, dcat::HAS_DISTRIBUTION, form.clone());
        all.say(&form, rdf::TYPE, dcat::DISTRIBUTION);
        let page = if place.is_live() { "/graph/report" } else { "/page/id/report" };
        all.say(&form, dcat::ACCESS_URL, place.at(&format!("{page}/{}", report.id)));
        all.say(&form, dcat::DOWNLOAD_URL, place.at(&format!("/data/graph/report/{}.{ending}", report.id)));
        all.say(&form, dcat::MEDIA_TYPE, media_type(format.media_type()));
    }
}
