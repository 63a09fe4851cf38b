//! The versions of the dataset that were released, as DCAT 3 has them: each is a dataset of its own, which never changes, a version of
//! the dataset that goes on, and a revision of the one before it; its files have their checksums.

use super::dataset::{about, iri as dataset, measures, media_type, part};
use super::figures::Figures;
use super::stated::Stated;
use super::{Document, Overview, Place};
use crate::model::moment::Moment;
use crate::model::vocab::{BASE, adms, dcat, dcterms, foaf, prov, rdf, spdx, void, xsd};
use oxigraph::model::NamedNode;

/// The path below which versions are published.
pub const PATH: &str = "/release/";

/// A version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its name.
    pub name: String,
    /// From when on it stands for the dataset.
    pub date: Moment,
    /// The name of the one before it.
    pub previous: Option<String>,
    /// What is to be said of it.
    pub notes: Option<String>,
}

/// A file of a version.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct File {
    /// Its name in the folder of the version.
    pub name: String,
    /// What it is, in a few words.
    pub title: String,
    /// Its media type.
    #[serde(rename = "mediaType")]
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of these.
    pub sha256: String,
}

/// The IRI of a version: `{base}release/{name}`.
pub fn iri(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{}{name}", BASE.trim_end_matches('/'), PATH))
}

/// The description of a version, whose files are published at a place.
pub fn document(version: &Version, files: &[File], overview: &Overview, figures: &Figures, place: &Place) -> Document {
    let mut all = Stated::default();
    let this = iri(&version.name);
    about(&mut all, &this, overview);
    itself(&mut all, version, place);
    measures(&mut all, &this, figures);
    for file in files {
        distribution(&mut all, &this, file, &place.at(&format!("{PATH}{}/{}", version.name, file.name)));
    }
    for report in &overview.reports {
        all.say(&this, dcterms::SOURCE, report.iri());
    }
    described(this, all)
}

/// The description of all versions, the oldest first.
pub fn list(versions: &[Version], place: &Place) -> Document {
    let mut all = Stated::default();
    let this = dataset();
    all.say(&this, rdf::TYPE, dcat::DATASET);
    links(&mut all, versions);
    for version in versions {
        itself(&mut all, version, place);
        all.say(&iri(&version.name), rdf::TYPE, dcat::DATASET);
    }
    described(this, all)
}

fn described(this: NamedNode, all: Stated) -> Document {
    let mut document = Document { about: Some(this), nested: true, quads: all.0 };
    document.quads = document.triples();
    document
}

/// What versions the dataset has.
pub(super) fn links(all: &mut Stated, versions: &[Version]) {
    let this = dataset();
    for version in versions {
        all.say(&this, dcat::HAS_VERSION, iri(&version.name));
        all.say(&this, dcterms::HAS_VERSION, iri(&version.name));
    }
    if let Some(last) = versions.last() {
        all.say(&this, dcat::HAS_CURRENT_VERSION, iri(&last.name));
    }
}

/// What a version is one of, from when, and after which.
fn itself(all: &mut Stated, version: &Version, place: &Place) {
    let this = iri(&version.name);
    all.text(&this, dcterms::IDENTIFIER, this.as_str(), "");
    all.text(&this, dcat::VERSION, &version.name, "");
    all.typed(&this, dcterms::ISSUED, &version.date.to_string(), xsd::DATE_TIME);
    all.say(&this, dcat::IS_VERSION_OF, dataset());
    all.say(&this, dcterms::IS_VERSION_OF, dataset());
    if let Some(previous) = &version.previous {
        all.say(&this, dcat::PREVIOUS_VERSION, iri(previous));
        all.say(&this, prov::WAS_REVISION_OF, iri(previous));
    }
    if let Some(notes) = &version.notes {
        all.text(&this, adms::VERSION_NOTES, notes, "");
    }
    all.say(&this, dcat::LANDING_PAGE, place.at(&format!("{PATH}{}/", version.name)));
    all.say(&this, foaf::HOMEPAGE, place.at("/"));
}

/// A file, where it is, and how it is known to be whole.
fn distribution(all: &mut Stated, of: &NamedNode, file: &File, place: &NamedNode) {
    let (this, checksum) = (part(of, &file.name), part(of, &format!("{}-sha256", file.name)));
    all.say(of, dcat::HAS_DISTRIBUTION, this.clone());
    all.say(&this, rdf::TYPE, dcat::DISTRIBUTION);
    all.text(&this, dcterms::TITLE, &file.title, "en");
    all.say(&this, dcat::ACCESS_URL, place.clone());
    all.say(&this, dcat::DOWNLOAD_URL, place.clone());
    all.say(&this, dcat::MEDIA_TYPE, media_type(&file.media_type));
    all.typed(&this, dcat::BYTE_SIZE, &file.bytes.to_string(), xsd::NON_NEGATIVE_INTEGER);
    all.say(&this, spdx::HAS_CHECKSUM, checksum.clone());
    all.say(&checksum, rdf::TYPE, spdx::CHECKSUM);
    all.say(&checksum, spdx::ALGORITHM, spdx::SHA256);
    all.typed(&checksum, spdx::CHECKSUM_VALUE, &file.sha256, xsd::HEX_BINARY);
    if file.media_type == "application/n-quads" && file.name == DATA {
        all.say(of, void::DATA_DUMP, place.clone());
    }
}

/// The file that holds all of a version.
pub const DATA: &str = "forced-labour-graph.nq";
