//! Documents for programs: what the graph says of a thing, what the dataset is, what changed in it, and how it is cited.
//!
//! Each is a function from what a [`Reader`] finds, or a store holds, to statements or text, and knows of no request: the address at
//! which it is published is given to it as a [`Place`]. So whoever sends such documents and whoever writes them to files has the
//! same ones.

pub mod card;
pub mod cite;
pub mod context;
pub mod dataset;
pub mod feed;
pub mod figures;
pub mod formats;
mod jsonld;
pub mod layout;
pub mod overview;
pub mod place;
mod png;
pub mod resource;
pub mod schema_org;
pub mod sitemap;
pub mod standing;
mod stated;
pub mod version;
pub mod writing;
mod xml;

pub use crate::store::{Reader, Row};
pub use overview::Overview;
pub use place::Place;

use oxigraph::model::{GraphName, NamedNode, Quad};
use std::collections::BTreeMap;

/// Statements, and what they are about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What they are about; `None` if that is no single thing.
    pub about: Option<NamedNode>,
    /// Whether all else is said for the sake of that, and may stand inside of it.
    pub nested: bool,
    /// The statements, each once in each graph.
    pub quads: Vec<Quad>,
}

impl Document {
    /// The statements without their graphs, each once.
    pub fn triples(&self) -> Vec<Quad> {
        let plain = |quad: &Quad| Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() };
        let all: BTreeMap<String, Quad> = self.quads.iter().map(plain).map(|quad| (quad.to_string(), quad)).collect();
        all.into_values().collect()
    }
}
