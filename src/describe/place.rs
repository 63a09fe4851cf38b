//! Where documents are published.

use super::layout;
use crate::model::vocab::BASE;
use oxigraph::model::NamedNode;

/// Where things are published: a server, at a scheme and host as in `http://127.0.0.1:7878`, or files at an address as in
/// `https://user.github.io/graph`. What the graph calls by its canonical base is shown there under the same path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    origin: String,
    live: bool,
}

impl Place {
    /// A server at an origin: scheme and host without a slash behind.
    pub fn new(origin: impl Into<String>) -> Self {
        Self { origin: origin.into(), live: true }
    }
    /// Files at an address without a slash behind, for which no server answers.
    pub fn of_files(base: impl Into<String>) -> Self {
        Self { origin: base.into(), live: false }
    }
    /// Whether there is a server that answers questions.
    pub fn is_live(&self) -> bool {
        self.live
    }
    /// Scheme and host, and the folder of a site of files.
    pub fn origin(&self) -> &str {
        &self.origin
    }
    /// The folder of a site of files on its host, with a slash before it; empty if that is the host's own.
    pub fn folder(&self) -> &str {
        let host = self.origin.find("://").map_or(0, |at| at + 3);
        let rest = self.origin.get(host..).unwrap_or_default();
        rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
    }
    /// Whether a path can be had there.
    pub fn has(&self, path: &str) -> bool {
        self.live || layout::lay(path, layout::first_language()).is_some()
    }
    /// The address of a path there, which begins with a slash.
    pub fn at(&self, path: &str) -> NamedNode {
        let laid = if self.live { None } else { layout::lay(path, layout::first_language()) };
        let shown = laid.as_ref().map_or(path, |laid| &laid.address);
        NamedNode::new_unchecked(format!("{}{shown}", self.origin))
    }
    /// The IRI by which the graph knows what is shown at an address there; others are left as they are.
    pub fn canonical(&self, iri: &NamedNode) -> NamedNode {
        let path = iri.as_str().strip_prefix(&self.origin).and_then(|path| path.strip_prefix('/'));
        path.map_or_else(|| iri.clone(), |path| NamedNode::new_unchecked(format!("{BASE}{path}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_below_the_folder_of_their_site() {
        let site = Place::of_files("https://user.github.io/graph");
        assert_eq!(site.at("/page/dataset").as_str(), "https://user.github.io/graph/page/dataset/");
        assert_eq!(site.at("/card/x.png?lang=es").as_str(), "https://user.github.io/graph/es/card/x.png");
        assert_eq!((site.folder(), Place::of_files("https://example.org").folder()), ("/graph", ""));
        assert!(site.has("/coverage") && !site.has("/sparql") && Place::new("http://localhost").has("/sparql"));
        assert_eq!(Place::new("http://localhost").at("/page/dataset?lang=es").as_str(), "http://localhost/page/dataset?lang=es");
    }
}
