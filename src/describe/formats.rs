//! The forms in which data can be had: names, media types, file endings.

use oxigraph::io::RdfFormat;
use oxigraph::sparql::results::QueryResultsFormat;

/// A serialisation of a graph.
pub struct Graph {
    /// The name that people know it by.
    pub name: &'static str,
    /// The name that the W3C has for it, below `http://www.w3.org/ns/formats/`.
    pub iri: &'static str,
    /// The ending of its files.
    pub extension: &'static str,
    /// Other names that clients have for it in `?format=`.
    pub aliases: &'static [&'static str],
    /// The media types that mean it; the first is what it is sent as.
    pub media_types: &'static [&'static str],
    /// How it is written.
    pub format: RdfFormat,
}

impl Graph {
    /// The media type it is sent as.
    pub fn media_type(&self) -> &'static str {
        self.media_types.first().copied().unwrap_or_default()
    }
}

/// The serialisations of graphs, the default first.
pub const GRAPHS: &[Graph] = &[
    Graph {
        name: "Turtle",
        iri: "Turtle",
        extension: "ttl",
        aliases: &["turtle", "n3"],
        media_types: &["text/turtle", "application/turtle", "application/x-turtle"],
        format: RdfFormat::Turtle,
    },
    Graph {
        name: "N-Triples",
        iri: "N-Triples",
        extension: "nt",
        aliases: &["n-triples", "ntriples"],
        media_types: &["application/n-triples", "text/plain"],
        format: RdfFormat::NTriples,
    },
    Graph {
        name: "JSON-LD",
        iri: "JSON-LD",
        extension: "jsonld",
        aliases: &["json-ld", "json"],
        media_types: &["application/ld+json", "application/json"],
        format: RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() },
    },
    Graph {
        name: "RDF/XML",
        iri: "RDF_XML",
        extension: "rdf",
        aliases: &["rdf+xml", "rdf/xml", "xml"],
        media_types: &["application/rdf+xml", "application/xml", "text/xml"],
        format: RdfFormat::RdfXml,
    },
    Graph {
        name: "TriG",
        iri: "TriG",
        extension: "trig",
        aliases: &[],
        media_types: &["application/trig", "application/x-trig"],
        format: RdfFormat::TriG,
    },
    Graph {
        name: "N-Quads",
        iri: "N-Quads",
        extension: "nq",
        aliases: &["n-quads", "nquads"],
        media_types: &["application/n-quads"],
        format: RdfFormat::NQuads,
    },
];

/// A serialisation of rows or of a yes or no.
pub struct Rows {
    /// The name that people know it by.
    pub name: &'static str,
    /// Its name in `?format=`.
    pub extension: &'static str,
    /// The media types that mean it; the first is what it is sent as.
    pub media_types: &'static [&'static str],
    /// How it is written.
    pub format: QueryResultsFormat,
}

impl Rows {
    /// The media type it is sent as.
    pub fn media_type(&self) -> &'static str {
        self.media_types.first().copied().unwrap_or_default()
    }
}

/// The serialisations of rows, the default first.
pub const ROWS: &[Rows] = &[
    Rows {
        name: "JSON",
        extension: "json",
        media_types: &["application/sparql-results+json", "application/json", "text/json"],
        format: QueryResultsFormat::Json,
    },
    Rows {
        name: "XML",
        extension: "xml",
        media_types: &["application/sparql-results+xml", "application/xml", "text/xml"],
        format: QueryResultsFormat::Xml,
    },
    Rows { name: "CSV", extension: "csv", media_types: &["text/csv"], format: QueryResultsFormat::Csv },
    Rows {
        name: "TSV",
        extension: "tsv",
        media_types: &["text/tab-separated-values", "text/tsv"],
        format: QueryResultsFormat::Tsv,
    },
];

/// What browsers ask for.
pub const HTML: &[&str] = &["text/html", "application/xhtml+xml"];
