//! What changed: the newest reports and decisions as an Atom feed (RFC 4287), of the dataset or of one country.
//!
//! A decision has the moment at which it was made. A report has no such time, for the same report always gives the same graph: it
//! stands at the end of the year that it reports on, or where a decision on it was made later, at that.

use super::xml::escaped;
use super::{Overview, Place, Reader};
use crate::facts::labels::{best, named, shown};
use crate::facts::{names_of, terms, texts};
use crate::model::id::resource;
use crate::model::vocab::BASE;
use crate::review::decision::{Decision, Matter};
use oxigraph::model::{NamedNode, Term};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The media type of a feed.
pub const MEDIA_TYPE: &str = "application/atom+xml";

/// So many entries a feed has at most.
const MOST: usize = 100;
/// The time of a feed that has no entries, and of what has no other.
const EVER: &str = "1970-01-01T00:00:00Z";

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What changed, or the decision that changed it.
    pub iri: NamedNode,
    /// In a few words.
    pub title: String,
    /// In more of them.
    pub summary: String,
    /// When, as RFC 3339 has it.
    pub updated: String,
    /// Who did it, if a person did.
    pub by: Option<String>,
}

/// The newest changes, the latest first; of one country if that is given by its IRI.
///
/// # Errors
/// As [`Reader::each`].
pub fn entries<R: Reader + ?Sized>(
    graph: &R,
    overview: &Overview,
    country: Option<&NamedNode>,
    lang: &str,
) -> Result<Vec<Entry>, R::Error> {
    let of_country = |id: &str| {
        let countries = overview.report(id).map(|report| &report.countries);
        country.is_none_or(|country| countries.is_some_and(|countries| countries.contains_key(country.as_str())))
    };
    let mut entries: Vec<Entry> = overview
        .reports
        .iter()
        .filter(|report| of_country(&report.id))
        .map(|report| {
            let year = report.year.as_deref().map(|year| format!("{year}-12-31T23:59:59Z"));
            let decided = overview.decisions.iter().filter(|decision| reports(decision).contains(report.id.as_str()));
            let latest = decided.map(|decision| decision.when.clone()).chain(year).max();
            Entry {
                iri: report.iri(),
                title: report.name(lang).to_owned(),
                summary: report.publishers(lang).join(", "),
                updated: latest.unwrap_or_else(|| EVER.to_owned()),
                by: None,
            }
        })
        .collect();
    let decisions =
        overview.decisions.iter().filter(|decision| country.is_none() || reports(decision).iter().any(|id| of_country(id)));
    for decision in decisions.take(MOST) {
        entries.push(decided(graph, decision, lang)?);
    }
    entries.sort_by(|a, b| (&b.updated, &a.iri).cmp(&(&a.updated, &b.iri)));
    entries.truncate(MOST);
    Ok(entries)
}

/// The reports that a decision is about.
fn reports(decision: &Decision) -> BTreeSet<&str> {
    let seen = decision.seen.iter().map(String::as_str);
    let own = match &decision.matter {
        Matter::Fact(fact) => Some(fact.report.as_str()),
        Matter::Apart(_, report) => Some(report.as_str()),
        Matter::Thing(_) | Matter::Pair(..) => None,
    };
    seen.chain(own).collect()
}

fn decided<R: Reader + ?Sized>(graph: &R, decision: &Decision, lang: &str) -> Result<Entry, R::Error> {
    let name = |iri: &NamedNode| -> Result<String, R::Error> { Ok(named(iri, &names_of(graph, iri)?, lang).0) };
    let fact = |subject: &NamedNode, property: &NamedNode, value: &Term| -> Result<String, R::Error> {
        let value = match value {
            Term::NamedNode(iri) => name(iri)?,
            other => shown(other, &[], lang).0,
        };
        Ok(format!("{} – {} – {value}", name(subject)?, terms::label(property.as_ref(), lang)))
    };
    let mut matter = match &decision.matter {
        Matter::Fact(read) => fact(&read.subject, &read.property, &read.value)?,
        Matter::Thing(thing) => name(thing)?,
        Matter::Pair(kept, other) => format!("{} / {}", name(kept)?, name(other)?),
        Matter::Apart(thing, report) => format!("{} / {report}", name(thing)?),
    };
    if let Some((subject, property, value)) = &decision.correction {
        let _ = write!(matter, " → {}", fact(subject, property, value)?); // to a string, which takes it
    }
    let verdict = name(&resource("verdict", decision.verdict.name()))?;
    Ok(Entry {
        iri: decision.iri(),
        title: format!("{verdict}: {matter}"),
        summary: decision.why.clone().unwrap_or_default(),
        updated: decision.when.clone(),
        by: Some(decision.by.clone()),
    })
}

/// The path of the feed of the dataset, or of a country, by its code.
pub fn path(country: Option<&str>) -> String {
    country.map_or_else(|| "/feed.atom".to_owned(), |code| format!("/feed/{code}.atom"))
}

/// The code by which the feed of a country is known, of its IRI.
pub fn code(country: &str) -> Option<&str> {
    country.strip_prefix(BASE)?.strip_prefix("id/country/").filter(|code| !code.contains('/'))
}

/// A feed of entries, at a path of a place; with the name of the country that it is about.
pub fn atom(entries: &[Entry], country: Option<(&str, &str)>, place: &Place, lang: &str) -> String {
    let site = texts::text("site", lang);
    let path = path(country.map(|(code, _)| code));
    let title = country.map_or_else(|| site.to_owned(), |(_, name)| format!("{site} – {name}"));
    let page = country.map_or_else(|| "/page/dataset".to_owned(), |(code, _)| format!("/page/id/country/{code}"));
    let updated = entries.first().map_or(EVER, |entry| &entry.updated);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <id>{id}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n<author><name>{site}</name></author>\n\
         <link rel=\"self\" type=\"{MEDIA_TYPE}\" href=\"{itself}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n",
        id = escaped(&format!("{BASE}{}", path.trim_start_matches('/'))),
        title = escaped(&title),
        updated = escaped(updated),
        site = escaped(site),
        itself = escaped(place.at(&path).as_str()),
        page = escaped(place.at(&page).as_str()),
    );
    for entry in entries {
        let page = entry.iri.as_str().strip_prefix(BASE).map(|path| place.at(&format!("/page/{path}")));
        let _ = write!(
            out,
            "<entry>\n<id>{id}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n",
            id = escaped(entry.iri.as_str()),
            title = escaped(&entry.title),
            updated = escaped(&entry.updated),
            page = escaped(page.as_ref().unwrap_or(&entry.iri).as_str()),
        );
        if let Some(by) = &entry.by {
            let _ = writeln!(out, "<author><name>{}</name></author>", escaped(by));
        }
        let _ = writeln!(
            out,
            "<summary>{}</summary>\n</entry>",
            escaped(if entry.summary.is_empty() { &entry.title } else { &entry.summary })
        );
    }
    out.push_str("</feed>\n");
    out
}

/// The name of the country of a feed, if it is one that reports are about.
pub fn country<'o>(overview: &'o Overview, code: &str, lang: &str) -> Option<(NamedNode, &'o str)> {
    let iri = resource("country", code);
    let countries = overview.countries();
    let names = countries.get(iri.as_str())?;
    let name = best(names, lang).map(|(_, text)| text.as_str())?;
    Some((iri, name))
}
