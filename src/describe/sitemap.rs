//! What search engines are told: which pages there are, each under its one address, and what they need not look at.

use super::Place;
use super::figures::Figures;
use super::xml::escaped;
use crate::model::vocab::{BASE, class, skos};
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::BTreeSet;

/// So many addresses a part of a site map may have, as the protocol has it.
pub const LARGEST: usize = 50_000;

/// Pages that are not about one thing.
const ALWAYS: &[&str] = &["/", "/ask", "/queries", "/compare", "/coverage", "/page/dataset", "/page/ontology"];

/// Parts of reports, which the report's page shows.
const PARTS: &[NamedNodeRef<'_>] = &[class::SECTION, class::ANSWER, class::CLAIM];

/// The paths of all pages, in their order: those of what the reports speak of, and those that are not about one thing. What was taken
/// for another thing or rejected has no class, and so no page here; nor has what the place cannot show.
pub fn paths(figures: &Figures, place: &Place) -> Vec<String> {
    let mut found: BTreeSet<String> = ALWAYS.iter().filter(|path| place.has(path)).map(|path| (*path).to_owned()).collect();
    for (thing, class) in &figures.things {
        let shown = (class.as_str().starts_with(class::NS) && !PARTS.contains(&class.as_ref())) || *class == skos::CONCEPT;
        if let Some(path) = thing.as_str().strip_prefix(BASE).filter(|_| shown) {
            found.insert(format!("/page/{path}"));
        }
        if let Some(name) = class.as_str().strip_prefix(class::NS).filter(|_| shown) {
            found.insert(format!("/page/list/{name}"));
        }
    }
    found.into_iter().collect()
}

/// The index of a site map whose parts have `largest` addresses at most.
pub fn index(paths: usize, largest: usize, place: &Place) -> String {
    let parts = paths.div_ceil(largest.max(1));
    let lines = (1..=parts).map(|n| format!("<sitemap><loc>{}</loc></sitemap>\n", address(place, &format!("/sitemap/{n}.xml"))));
    wrapped("sitemapindex", &lines.collect::<String>())
}

/// A part of the site map, counted from 1; `None` if there are not so many.
pub fn part(paths: &[String], number: usize, largest: usize, place: &Place) -> Option<String> {
    let chunk = paths.chunks(largest.max(1)).nth(number.checked_sub(1)?)?;
    let lines = chunk.iter().map(|path| format!("<url><loc>{}</loc></url>\n", address(place, path)));
    Some(wrapped("urlset", &lines.collect::<String>()))
}

/// What crawlers are asked to leave alone: what is made anew for each request, and forms of pages that have an address of their own.
pub fn robots(place: &Place) -> String {
    const NOT: &[&str] = &[
        "/sparql",
        "/update",
        "/search",
        "/api/",
        "/admin/",
        "/dump/",
        "/release/*/page/",
        "/release/*/data/",
        "/timemap/",
        "/*?text=",
        "/*?lang=",
        "/*&lang=",
    ];
    let lines: Vec<String> = NOT.iter().filter(|_| place.is_live()).map(|path| format!("Disallow: {path}\n")).collect();
    let lines = if lines.is_empty() { vec!["Disallow:\n".to_owned()] } else { lines };
    format!("User-agent: *\n{}Sitemap: {}\n", lines.concat(), place.at("/sitemap.xml").as_str())
}

fn address(place: &Place, path: &str) -> String {
    let iri: NamedNode = place.at(path);
    escaped(iri.as_str())
}

fn wrapped(element: &str, lines: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{lines}</{element}>\n"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_large_site_is_cut_into_parts() {
        let place = Place::new("https://data.example.org");
        let paths: Vec<String> = (0..7).map(|n| format!("/page/id/x/{n}&c")).collect();
        let index = index(paths.len(), 3, &place);
        assert_eq!(index.matches("<sitemap>").count(), 3, "{index}");
        assert!(index.contains("<loc>https://data.example.org/sitemap/3.xml</loc>"), "{index}");
        let sizes: Vec<usize> = (1..=3).map(|n| part(&paths, n, 3, &place).unwrap().matches("<url>").count()).collect();
        assert_eq!(sizes, [3, 3, 1]);
        assert!(part(&paths, 1, 3, &place).unwrap().contains("/page/id/x/0&amp;c</loc>"));
        assert_eq!((part(&paths, 0, 3, &place), part(&paths, 4, 3, &place)), (None, None));
    }
}
