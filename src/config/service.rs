//! Where the store is: a folder of this machine, or a service elsewhere that speaks SPARQL 1.1.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The place of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// The folder of the embedded store.
    Folder(PathBuf),
    /// The address at which a service takes queries.
    Service(String),
}

impl Location {
    /// The place that a text means: an address if it begins like one, else a folder.
    ///
    /// # Errors
    /// What was expected, if it is empty, or an address that carries a name or a password.
    pub fn of(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("a folder, or the address of a SPARQL service".to_owned());
        }
        address(text).map(|address| address.map_or_else(|| Self::Folder(text.into()), Self::Service))
    }

    /// The same; a folder that is relative is meant below `folder`.
    #[must_use]
    pub fn below(self, folder: &Path) -> Self {
        match self {
            Self::Folder(path) => Self::Folder(folder.join(path)),
            service @ Self::Service(_) => service,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => path.display().fmt(f),
            Self::Service(address) => f.write_str(address),
        }
    }
}

/// The address that a text is; `None` if it is none of the web.
///
/// # Errors
/// What was expected, if it carries a name or a password: addresses are shown and logged.
pub(super) fn address(text: &str) -> Result<Option<String>, String> {
    let Some(rest) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else { return Ok(None) };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Err("an address without a name or a password: they are the settings `store-user` and `store-password`".to_owned());
    }
    Ok(Some(text.to_owned()))
}

/// A value as it may be told: without what stands before the `@` of an address.
pub(super) fn told(value: &str) -> String {
    match (value.split_once("://"), value.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => value.to_owned(),
    }
}

/// Something that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    /// The text, for those who send it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// How a store on a service is reached, besides its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The address that takes updates, where it is not the usual one.
    pub update: Option<String>,
    /// The address of the Graph Store Protocol, where it is not the usual one.
    pub data: Option<String>,
    /// Who asks.
    pub user: Option<String>,
    /// The password that goes with it.
    pub password: Option<Secret>,
    /// A bearer token, instead of a user and a password.
    pub token: Option<Secret>,
    /// How long the service may be silent.
    pub timeout: Duration,
}

impl Default for Service {
    fn default() -> Self {
        Self { update: None, data: None, user: None, password: None, token: None, timeout: Duration::from_mins(5) }
    }
}

/// Whether a host, as addresses name it, is this machine, to which no proxy leads.
pub fn is_here(host: &str) -> bool {
    host == "localhost" || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The three addresses of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// Takes queries.
    pub query: String,
    /// Takes updates.
    pub update: String,
    /// Takes graphs, named by `?graph=`.
    pub data: String,
}

/// How engines lay out their addresses: how the one for queries ends, and what stands in the place of that ending for updates and
/// for graphs. The first that fits is taken.
const LAYOUTS: &[(&str, &str, &str)] = &[
    // Amazon Neptune, by its port.
    (":8182/sparql", ":8182/sparql", ":8182/sparql/gsp/"),
    // Virtuoso, by its port.
    (":8890/sparql", ":8890/sparql", ":8890/sparql-graph-crud"),
    ("/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),
];

impl Service {
    /// The addresses of a service, those that are not set as its engine has them if it can be told by the address for queries.
    pub fn addresses(&self, query: &str) -> Addresses {
        let (update, data) = usual(query);
        Addresses {
            query: query.to_owned(),
            update: self.update.clone().unwrap_or(update),
            data: self.data.clone().unwrap_or(data),
        }
    }
}

fn usual(query: &str) -> (String, String) {
    let with = |stem: &str, update: &str, data: &str| (format!("{stem}{update}"), format!("{stem}{data}"));
    if let Some((stem, (_, update, data))) = LAYOUTS.iter().find_map(|l| Some((query.strip_suffix(l.0)?, l))) {
        return with(stem, update, data);
    }
    let path = query.split_once("://").and_then(|(_, rest)| Some(rest.split_once('/')?.1)).unwrap_or_default();
    // GraphDB and others made of RDF4J.
    if path.rsplit('/').nth(1) == Some("repositories") {
        return with(query, "/statements", "/rdf-graphs/service");
    }
    match path {
        // The Oxigraph server.
        "query" => with(query.trim_end_matches("query"), "update", "store"),
        // `flg serve`.
        "sparql" => with(query.trim_end_matches("sparql"), "update", "data"),
        // Apache Jena Fuseki: a dataset, then what is asked of it.
        _ => match query.rsplit_once('/') {
            Some((dataset, "query" | "sparql")) => with(dataset, "/update", "/data"),
            _ => with(query, "", ""),
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_of_known_engines_follow_from_that_for_queries() {
        for (query, update, data) in [
            ("http://localhost:7878/query", "http://localhost:7878/update", "http://localhost:7878/store"),
            ("http://localhost:7878/sparql", "http://localhost:7878/update", "http://localhost:7878/data"),
            ("http://h:3030/ds/query", "http://h:3030/ds/update", "http://h:3030/ds/data"),
            ("http://h:3030/ds/sparql", "http://h:3030/ds/update", "http://h:3030/ds/data"),
            (
                "https://h/repositories/flg",
                "https://h/repositories/flg/statements",
                "https://h/repositories/flg/rdf-graphs/service",
            ),
            ("http://h:8890/sparql", "http://h:8890/sparql", "http://h:8890/sparql-graph-crud"),
            ("https://c.example:8182/sparql", "https://c.example:8182/sparql", "https://c.example:8182/sparql/gsp/"),
            ("http://h:7001", "http://h:7001", "http://h:7001"),
        ] {
            let found = Service::default().addresses(query);
            assert_eq!((found.update.as_str(), found.data.as_str()), (update, data), "{query}");
        }
        let service = Service { data: Some("http://h/db".to_owned()), ..Service::default() };
        assert_eq!(service.addresses("http://h/db/query").data, "http://h/db");
    }

    #[test]
    fn what_opens_a_service_is_no_part_of_its_address_and_is_not_shown() {
        assert_eq!(Location::of("here").unwrap(), Location::Folder("here".into()));
        assert_eq!(Location::of("https://h/sparql").unwrap().below(Path::new("/x")).to_string(), "https://h/sparql");
        assert!(Location::of("http://ana:secret@h/sparql").unwrap_err().contains("`store-password`"));
        assert_eq!(told("http://ana:secret@h/sparql"), "http://…@h/sparql");
        let service = Service { password: Some(Secret::new("secret")), ..Service::default() };
        assert!(!format!("{service:?}").contains("secret"));
    }
}
