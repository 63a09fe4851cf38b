//! The IRIs that the graph uses, each in one place.
//!
//! A test reads `ontology/flg.ttl` and checks that every `flg:` constant here is defined there, and the other way round.
//! Classes live in [`class`], so that `flg:Country` and `flg:country` do not collide.

use oxigraph::model::{NamedNode, NamedNodeRef};
use std::borrow::Cow;

/// The base of every resource IRI that is stored, whatever host serves it.
pub const BASE: &str = "https://w3id.org/forced-labour-graph/";

/// Declares a module of IRI constants under one namespace, and lists them for the tests.
macro_rules! namespace {
    ($(#[$doc:meta])* $module:ident, $iri:literal { $($name:ident = $local:literal),* $(,)? }) => {
        $(#[$doc])*
        pub mod $module {
            use oxigraph::model::NamedNodeRef;
            /// The namespace IRI.
            pub const NS: &str = $iri;
            $(
                #[doc = concat!("`", $iri, $local, "`")]
                pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($iri, $local));
            )*
            /// Every constant of this namespace.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($name),*];
        }
    };
}

namespace!(
    /// The classes of the graph's own ontology.
    class, "https://w3id.org/forced-labour-graph/ontology#" {
        ANSWER = "Answer",
        CIVIL_SOCIETY_ORGANIZATION = "CivilSocietyOrganization",
        CLAIM = "Claim",
        COMMISSION = "Commission",
        COMPANY = "Company",
        COOPERATION_NEED = "CooperationNeed",
        COUNTRY = "Country",
        DECISION = "Decision",
        EMPLOYERS_ORGANIZATION = "EmployersOrganization",
        FORM = "Form",
        FORUM = "Forum",
        GOVERNMENT_BODY = "GovernmentBody",
        INTERGOVERNMENTAL_ORGANIZATION = "IntergovernmentalOrganization",
        LEGAL_INSTRUMENT = "LegalInstrument",
        MEETING = "Meeting",
        OPERATIONAL_PROTOCOL = "OperationalProtocol",
        PLACE = "Place",
        POLICY = "Policy",
        PROGRAMME = "Programme",
        QUESTION = "Question",
        RATIFICATION = "Ratification",
        REPORT = "Report",
        SECTION = "Section",
        TRAINING_ACTIVITY = "TrainingActivity",
        WORKERS_ORGANIZATION = "WorkersOrganization",
    }
);

namespace!(
    /// The properties of the graph's own ontology.
    flg, "https://w3id.org/forced-labour-graph/ontology#" {
        ABOUT_COUNTRY = "aboutCountry",
        ABOUT_INSTRUMENT = "aboutInstrument",
        ACRONYM = "acronym",
        ACTS_THROUGH = "actsThrough",
        ADDRESSES_ISSUE = "addressesIssue",
        AMOUNT = "amount",
        ASSISTS = "assists",
        BASED_ON = "basedOn",
        BENEFITS = "benefits",
        BOOLEAN = "boolean",
        BRACKET_CODE = "bracketCode",
        CHAIRS = "chairs",
        CONFIDENCE = "confidence",
        CONNECTS = "connects",
        CONSULTED = "consulted",
        CORRECTED_OBJECT = "correctedObject",
        CORRECTED_PREDICATE = "correctedPredicate",
        CORRECTED_SUBJECT = "correctedSubject",
        COUNTERPART = "counterpart",
        COUNTRY = "country",
        COVERS_PLACE = "coversPlace",
        CURRENCY = "currency",
        END_DATE = "endDate",
        ENFORCES = "enforces",
        FUNDED_BY = "fundedBy",
        HEADCOUNT = "headcount",
        IMPLEMENTED_BY = "implementedBy",
        IMPORTANCE = "importance",
        IN_REPORT = "inReport",
        IN_SECTION = "inSection",
        INSTRUMENT = "instrument",
        LEADS = "leads",
        LINK = "link",
        MANDATE = "mandate",
        MEETING_OF = "meetingOf",
        METHOD = "method",
        NEED_TOPIC = "needTopic",
        OBJECTIVE = "objective",
        OBSERVATION_BY = "observationBy",
        OBSTACLE = "obstacle",
        OF_FORM = "ofForm",
        OPERATES = "operates",
        ORGANIZER = "organizer",
        ORIGINAL_OBJECT = "originalObject",
        ORIGINAL_PREDICATE = "originalPredicate",
        ORIGINAL_SUBJECT = "originalSubject",
        PAGE = "page",
        PARTICIPANTS = "participants",
        PARTICIPATES_IN = "participatesIn",
        PARTNER = "partner",
        QUESTION = "question",
        RATIFICATION_INTENTION = "ratificationIntention",
        RATIFICATION_STATUS = "ratificationStatus",
        REFERENCE_YEAR = "referenceYear",
        REPORTS_CHALLENGE = "reportsChallenge",
        SELECTED_OPTION = "selectedOption",
        STAGE = "stage",
        START_DATE = "startDate",
        STATUS = "status",
        TAKES_MEASURE = "takesMeasure",
        TARGETS_SECTOR = "targetsSector",
        TEXT = "text",
        TOPIC = "topic",
        VERDICT = "verdict",
    }
);

namespace!(
    /// RDF.
    rdf, "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        OBJECT = "object", PREDICATE = "predicate", STATEMENT = "Statement", SUBJECT = "subject", TYPE = "type",
    }
);
namespace!(
    /// RDF Schema.
    rdfs, "http://www.w3.org/2000/01/rdf-schema#" {
        COMMENT = "comment", IS_DEFINED_BY = "isDefinedBy", LABEL = "label", SEE_ALSO = "seeAlso", SUB_CLASS_OF = "subClassOf",
        SUB_PROPERTY_OF = "subPropertyOf",
    }
);
namespace!(
    /// XML Schema datatypes.
    xsd, "http://www.w3.org/2001/XMLSchema#" {
        ANY_URI = "anyURI", BOOLEAN = "boolean", DATE = "date", DATE_TIME = "dateTime", DECIMAL = "decimal", G_YEAR = "gYear",
        G_YEAR_MONTH = "gYearMonth", HEX_BINARY = "hexBinary", INTEGER = "integer",
        NON_NEGATIVE_INTEGER = "nonNegativeInteger", STRING = "string",
    }
);
namespace!(
    /// SKOS.
    skos, "http://www.w3.org/2004/02/skos/core#" {
        ALT_LABEL = "altLabel", BROAD_MATCH = "broadMatch", BROADER = "broader", BROADER_TRANSITIVE = "broaderTransitive",
        CLOSE_MATCH = "closeMatch", CONCEPT = "Concept",
        CONCEPT_SCHEME = "ConceptScheme", DEFINITION = "definition", EXACT_MATCH = "exactMatch", IN_SCHEME = "inScheme",
        HIDDEN_LABEL = "hiddenLabel", NARROW_MATCH = "narrowMatch", NARROWER = "narrower", NOTATION = "notation",
        PREF_LABEL = "prefLabel", RELATED_MATCH = "relatedMatch", TOP_CONCEPT_OF = "topConceptOf",
    }
);
namespace!(
    /// The Organization Ontology.
    org, "http://www.w3.org/ns/org#" {
        MEMBER_OF = "memberOf", ORGANIZATION = "Organization", SUB_ORGANIZATION_OF = "subOrganizationOf", UNIT_OF = "unitOf",
    }
);
namespace!(
    /// Dublin Core terms.
    dcterms, "http://purl.org/dc/terms/" {
        CONFORMS_TO = "conformsTo", DATE = "date", DESCRIPTION = "description", HAS_VERSION = "hasVersion", IDENTIFIER = "identifier",
        ISSUED = "issued", IS_PART_OF = "isPartOf", IS_VERSION_OF = "isVersionOf",
        LANGUAGE = "language", MODIFIED = "modified", PERIOD_OF_TIME = "PeriodOfTime", PUBLISHER = "publisher", RIGHTS = "rights",
        RIGHTS_STATEMENT = "RightsStatement", SOURCE = "source", SPATIAL = "spatial", TEMPORAL = "temporal", TITLE = "title",
        TYPE = "type",
    }
);
namespace!(
    /// schema.org (http, not https).
    schema, "http://schema.org/" {
        ALTERNATE_NAME = "alternateName", CONTAINED_IN_PLACE = "containedInPlace", FUNDER = "funder", FUNDING_AGENCY = "FundingAgency", MONETARY_GRANT = "MonetaryGrant", NAME = "name",
        POSITION = "position", SHA256 = "sha256", SOFTWARE_VERSION = "softwareVersion", URL = "url",
    }
);
namespace!(
    /// Changesets: what differs between two versions.
    cs, "http://purl.org/vocab/changeset/schema#" {
        ADDITION = "addition", CHANGE_SET = "ChangeSet", REMOVAL = "removal", SUBJECT_OF_CHANGE = "subjectOfChange",
    }
);
namespace!(
    /// Friend of a Friend.
    foaf, "http://xmlns.com/foaf/0.1/" {
        HOMEPAGE = "homepage", NAME = "name",
    }
);
namespace!(
    /// OWL.
    owl, "http://www.w3.org/2002/07/owl#" {
        DIFFERENT_FROM = "differentFrom", ONTOLOGY = "Ontology", SAME_AS = "sameAs",
    }
);
namespace!(
    /// Provenance.
    prov, "http://www.w3.org/ns/prov#" {
        ACTIVITY = "Activity", AGENT = "Agent", ENDED_AT_TIME = "endedAtTime", USED = "used",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith", WAS_DERIVED_FROM = "wasDerivedFrom", WAS_GENERATED_BY = "wasGeneratedBy", WAS_REVISION_OF = "wasRevisionOf",
    }
);
namespace!(
    /// Web Annotation: the selectors that point at a passage.
    oa, "http://www.w3.org/ns/oa#" {
        END = "end", EXACT = "exact", HAS_SELECTOR = "hasSelector", PREFIX = "prefix", START = "start", SUFFIX = "suffix",
        TEXT_POSITION_SELECTOR = "TextPositionSelector", TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
    }
);

namespace!(
    /// Data Catalog Vocabulary, version 3.
    dcat, "http://www.w3.org/ns/dcat#" {
        ACCESS_SERVICE = "accessService", ACCESS_URL = "accessURL", BYTE_SIZE = "byteSize", COMPRESS_FORMAT = "compressFormat", DATASET = "Dataset", DATA_SERVICE = "DataService",
        DISTRIBUTION = "Distribution", DOWNLOAD_URL = "downloadURL", END_DATE = "endDate",
        ENDPOINT_DESCRIPTION = "endpointDescription", ENDPOINT_URL = "endpointURL", HAS_CURRENT_VERSION = "hasCurrentVersion",
        HAS_DISTRIBUTION = "distribution", HAS_VERSION = "hasVersion", IS_VERSION_OF = "isVersionOf",
        LANDING_PAGE = "landingPage", MEDIA_TYPE = "mediaType", PREVIOUS_VERSION = "previousVersion",
        SERVES_DATASET = "servesDataset", START_DATE = "startDate", VERSION = "version",
    }
);
namespace!(
    /// Asset Description Metadata Schema.
    adms, "http://www.w3.org/ns/adms#" {
        VERSION_NOTES = "versionNotes",
    }
);
namespace!(
    /// SPDX, for checksums.
    spdx, "http://spdx.org/rdf/terms#" {
        ALGORITHM = "algorithm", CHECKSUM = "Checksum", CHECKSUM_VALUE = "checksumValue", HAS_CHECKSUM = "checksum",
        SHA256 = "checksumAlgorithm_sha256",
    }
);
namespace!(
    /// Vocabulary of Interlinked Datasets.
    void, "http://rdfs.org/ns/void#" {
        CLASS = "class", CLASSES = "classes", CLASS_PARTITION = "classPartition", DATASET = "Dataset", DATA_DUMP = "dataDump",
        ENTITIES = "entities", EXAMPLE_RESOURCE = "exampleResource", FEATURE = "feature", LINKSET = "Linkset",
        LINK_PREDICATE = "linkPredicate", OBJECTS_TARGET = "objectsTarget", PROPERTIES = "properties", PROPERTY = "property",
        PROPERTY_PARTITION = "propertyPartition", SPARQL_ENDPOINT = "sparqlEndpoint", SUBJECTS_TARGET = "subjectsTarget",
        SUBSET = "subset", TRIPLES = "triples", URI_SPACE = "uriSpace", VOCABULARY = "vocabulary",
    }
);

/// The prefixes that data files, queries and every serialisation use, shortest name first.
pub const PREFIXES: &[(&str, &str)] = &[
    ("adms", adms::NS),
    ("cs", cs::NS),
    ("cv", "http://data.europa.eu/m8g/"),
    ("dcat", dcat::NS),
    ("dcterms", dcterms::NS),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("flg", flg::NS),
    ("foaf", foaf::NS),
    ("frapo", "http://purl.org/cerif/frapo/"),
    ("oa", oa::NS),
    ("org", org::NS),
    ("owl", owl::NS),
    ("prov", prov::NS),
    ("rdf", rdf::NS),
    ("rdfs", rdfs::NS),
    ("schema", schema::NS),
    ("skos", skos::NS),
    ("spdx", spdx::NS),
    ("void", void::NS),
    ("xsd", xsd::NS),
];

/// The prefix of resources.
const ID: &str = "id";

/// The prefixes that stand for parts of addresses everywhere, with those parts: [`PREFIXES`], and `id:` for resources under [`BASE`].
pub fn prefixes() -> impl Iterator<Item = (&'static str, Cow<'static, str>)> {
    let known = PREFIXES.iter().map(|(prefix, namespace)| (*prefix, Cow::Borrowed(*namespace)));
    known.chain([(ID, Cow::Owned(format!("{BASE}id/")))])
}

/// Expands `prefix:local` with [`PREFIXES`]; `id:country/mex` stands for a resource under [`BASE`].
/// `None` where the prefix is not known or the result is no IRI.
pub fn expand(curie: &str) -> Option<NamedNode> {
    let (prefix, local) = curie.split_once(':')?;
    if prefix == ID {
        return NamedNode::new(format!("{BASE}id/{local}")).ok();
    }
    let (_, ns) = PREFIXES.iter().find(|(p, _)| *p == prefix)?;
    NamedNode::new(format!("{ns}{local}")).ok()
}

/// The short form of an IRI for people to read: `flg:fundedBy`, `id:country/mex`, or the IRI itself.
pub fn compact(iri: NamedNodeRef<'_>) -> String {
    let iri = iri.as_str();
    if let Some(local) = iri.strip_prefix(BASE).and_then(|rest| rest.strip_prefix("id/")) {
        return format!("{ID}:{local}");
    }
    PREFIXES
        .iter()
        .find_map(|(prefix, ns)| iri.strip_prefix(ns).filter(|l| !l.contains('/')).map(|local| format!("{prefix}:{local}")))
        .unwrap_or_else(|| iri.to_owned())
}

/// The named graphs of the dataset.
pub mod graph {
    use super::BASE;
    use oxigraph::model::NamedNode;

    fn named(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{BASE}graph/{name}"))
    }
    /// What is in no named graph, where a store is set to have such.
    pub fn default() -> NamedNode {
        named("default")
    }
    /// The ontology and its shapes.
    pub fn ontology() -> NamedNode {
        named("ontology")
    }
    /// Curated reference data.
    pub fn authority() -> NamedNode {
        named("authority")
    }
    /// People's decisions.
    pub fn review() -> NamedNode {
        named("review")
    }
    /// What follows from the rest.
    pub fn inferred() -> NamedNode {
        named("inferred")
    }
    /// The report itself: its metadata, structure, and the names of what it mentions.
    pub fn source(report: &str) -> NamedNode {
        named(&format!("source/{report}"))
    }
    /// The facts that the report states.
    pub fn report(report: &str) -> NamedNode {
        named(&format!("report/{report}"))
    }
    /// One claim for each of those facts.
    pub fn evidence(report: &str) -> NamedNode {
        named(&format!("evidence/{report}"))
    }
    /// What a store on a remote service keeps for itself, and shows to nobody.
    pub fn kept(name: &str) -> NamedNode {
        named(&format!("store/{name}"))
    }
}
