//! The JSON-LD context of the graph: short names for what its properties and classes are, from `ontology/context.jsonld`.
//!
//! A test holds that file to `ontology/flg.ttl`: every term is in it under its local name, and is read there as what the ontology
//! says that it is.

use crate::knowledge::files;
use oxigraph::model::NamedNode;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The path at which the context is published.
pub const PATH: &str = "/ontology/context.jsonld";

/// How the values of a name are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// As they are.
    Plain,
    /// As IRIs.
    Iri,
    /// As names of the context, or IRIs.
    Name,
    /// As literals of this datatype.
    Datatype(String),
    /// As texts by their languages.
    Languages,
    /// As the subjects of statements, of which this is the value.
    Reverse,
}

/// A name, and how its values are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Short {
    pub(super) name: String,
    pub(super) how: How,
}

/// The names of a context.
#[derive(Default)]
pub(super) struct Context {
    names: HashMap<String, Vec<Short>>,
    prefixes: Vec<(String, String)>,
}

static CONTEXT: LazyLock<Context> = LazyLock::new(|| {
    let read = |json: Value| Context::read(&json);
    serde_json::from_slice(&text()).map_or_else(
        |error| {
            tracing::error!(%error, "`ontology/context.jsonld` cannot be read: JSON-LD has no short names");
            Context::default()
        },
        read,
    )
});

/// The context as a document.
pub fn text() -> Cow<'static, [u8]> {
    let named = |(name, _): &(String, Cow<'static, [u8]>)| name == "context.jsonld";
    files::ontology(".jsonld").into_iter().find(named).map(|(_, bytes)| bytes).unwrap_or_default()
}

impl Context {
    /// The context of the graph.
    pub(super) fn own() -> &'static Self {
        &CONTEXT
    }

    fn read(json: &Value) -> Self {
        let mut context = Self::default();
        let Some(entries) = json.get("@context").and_then(Value::as_object) else { return context };
        let prefix = |(name, value): (&String, &Value)| {
            let iri = value.as_str().filter(|iri| iri.contains("://") && iri.ends_with(['/', '#']))?;
            Some((name.clone(), iri.to_owned()))
        };
        context.prefixes = entries.iter().filter_map(prefix).collect();
        for (name, value) in entries {
            let part = |key: &str| value.get(key).and_then(Value::as_str);
            let id = value.as_str().or_else(|| part("@id")).or_else(|| part("@reverse"));
            let Some(iri) = id.and_then(|id| context.expand(id)) else { continue };
            let how = match (part("@type"), part("@container")) {
                _ if part("@reverse").is_some() => How::Reverse,
                (Some("@id"), _) => How::Iri,
                (Some("@vocab"), _) => How::Name,
                (Some(datatype), _) => How::Datatype(context.expand(datatype).unwrap_or_default()),
                (None, Some("@language")) => How::Languages,
                (None, _) => How::Plain,
            };
            context.names.entry(iri).or_default().push(Short { name: name.clone(), how });
        }
        context
    }

    fn expand(&self, short: &str) -> Option<String> {
        let (prefix, local) = short.split_once(':').filter(|(_, local)| !local.starts_with("//"))?;
        self.prefixes.iter().find(|(known, _)| known == prefix).map(|(_, iri)| format!("{iri}{local}"))
    }

    /// The name of a property that reads its values so.
    pub(super) fn name(&self, property: &str, how: impl Fn(&How) -> bool) -> Option<&Short> {
        self.names.get(property)?.iter().find(|short| how(&short.how))
    }

    /// A class or property as a value: its name, or a prefix and the rest, or its IRI.
    pub(super) fn value(&self, iri: &NamedNode) -> String {
        let name = self.names.get(iri.as_str()).and_then(|names| names.iter().find(|short| short.how != How::Reverse));
        name.map_or_else(|| self.prefixed(iri.as_str()), |short| short.name.clone())
    }

    /// An IRI with its prefix, if it has one: a key that no name of the context has a say in.
    pub(super) fn prefixed(&self, iri: &str) -> String {
        let short = |(prefix, namespace): &(String, String)| {
            let local = iri.strip_prefix(namespace).filter(|local| !local.is_empty() && !local.starts_with("//"))?;
            Some(format!("{prefix}:{local}"))
        };
        self.prefixes.iter().find_map(short).unwrap_or_else(|| iri.to_owned())
    }
}
