//! When programmes and policies ran, conventions were ratified and reports written, as reports say; from each date the way to its words.

use super::{Cell, Entry, Picture, Row, Stated, page_of};
use crate::describe::Overview;
use crate::model::id::fold;
use crate::model::vocab::{class, flg};
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::reader::Graph;
use crate::serve::terms;
use crate::serve::view::{Chrome, Link, Value, best, foreign, number};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet};

const ALL: &str = include_str!("../queries/dated.rq");
const IN_COUNTRY: &str = include_str!("../queries/dated-in.rq");

/// So many things stand in the table of all countries, and of one, so that their pages stay small.
const MOST: (usize, usize) = (150, 40);

/// Something with its dates, as they are written.
#[derive(Default)]
struct Dated {
    class: Option<NamedNode>,
    /// Its countries, where those of all are shown.
    countries: BTreeSet<NamedNode>,
    starts: BTreeMap<String, Term>,
    ends: BTreeMap<String, Term>,
}

/// A row before it is one: when it begins, what it is called.
type Sorted = ((String, String), Row);

/// The timeline of a country, or of all; none if nothing has a date.
///
/// # Errors
/// If the store fails, or a limit is passed.
pub fn picture(graph: &Graph, country: Option<&NamedNode>, overview: &Overview, c: &Chrome) -> Result<Option<Picture>, Problem> {
    let mut found: BTreeMap<NamedNode, Dated> = BTreeMap::new();
    let mut see = |row: crate::facts::Row| {
        let (Some(thing), Some(property), Some(date)) =
            (facts::iri(&row, "thing"), facts::iri(&row, "property"), row.get("date"))
        else {
            return;
        };
        let Term::Literal(literal) = date else { return };
        let known = found.entry(thing.clone()).or_default();
        known.class = facts::iri(&row, "class").cloned();
        known.countries.extend(facts::iri(&row, "country").cloned());
        let side = if *property == flg::START_DATE { &mut known.starts } else { &mut known.ends };
        side.insert(literal.value().to_owned(), date.clone());
    };
    match country {
        Some(country) => graph.each(IN_COUNTRY, &[("this", country.clone().into())], &mut see)?,
        None => graph.each(ALL, &[], &mut see)?,
    }
    let stated = Stated::read(graph, &[flg::START_DATE, flg::END_DATE])?;
    let mut rows: Vec<Sorted> = Vec::new();
    let mut named = BTreeMap::new();
    for iri in found.values().flat_map(|dated| &dated.countries) {
        if !named.contains_key(iri) {
            named.insert(iri.clone(), Value::resource(iri, &facts::names_of(graph, iri)?, c.lang));
        }
    }
    for (thing, dated) in &found {
        rows.extend(row(graph, thing, dated, &stated, country.is_none().then_some(&named), c)?);
    }
    let told = rows.len();
    if let Some(country) = country {
        rows.extend(reports(overview, country, c));
    }
    if told == 0 || rows.len() < 2 {
        return Ok(None);
    }
    rows.sort_by(|a, b| b.0.0.cmp(&a.0.0).then_with(|| a.0.1.cmp(&b.0.1)));
    let all = rows.len();
    let columns = ["pictures.what", "pictures.kind", "pictures.from", "pictures.to", "pictures.country"];
    let columns = columns.into_iter().take(if country.is_some() { 4 } else { 5 });
    let most = if country.is_some() { MOST.1 } else { MOST.0 };
    rows.truncate(most);
    Ok(Some(Picture {
        kind: "timeline",
        id: "timeline",
        title: Some(c.t("pictures.timeline").to_owned()),
        what: c.t("pictures.timeline.what").to_owned(),
        settings: [("label", "pictures.timeline"), ("rest", "pictures.rest")]
            .map(|(name, key)| (name, c.t(key).to_owned()))
            .into(),
        columns: columns.map(|key| c.t(key).to_owned()).collect(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        more: (all > most).then(|| Link {
            href: super::list("Programme", country),
            text: c.fill("pictures.timeline.more", &[("shown", number(most)), ("all", number(all))]),
        }),
    }))
}

/// The row of a thing, with its countries if they have names here; none if no year is stated.
fn row(
    graph: &Graph,
    thing: &NamedNode,
    dated: &Dated,
    stated: &Stated,
    countries: Option<&BTreeMap<NamedNode, Value>>,
    c: &Chrome,
) -> Result<Option<Sorted>, Problem> {
    let side = |dates: &BTreeMap<String, Term>, property: NamedNodeRef<'_>| -> Vec<Entry> {
        let entry = |(text, term): (&String, &Term)| date(text).why(stated.why(thing, property, term));
        dates.iter().map(entry).collect()
    };
    let first = dated.starts.keys().chain(dated.ends.keys()).min().cloned();
    let (Some(first), Some(class)) = (first.filter(|first| year(first).is_some()), &dated.class) else { return Ok(None) };
    let names = facts::names_of(graph, thing)?;
    let value = Value::resource(thing, &names, c.lang);
    let mut cells = vec![
        Cell::one("what", Entry::of(value.clone())),
        Cell::one("kind", kind(class.as_ref(), c)),
        Cell { role: "from", entries: side(&dated.starts, flg::START_DATE) },
        Cell { role: "to", entries: side(&dated.ends, flg::END_DATE) },
    ];
    if let Some(named) = countries {
        let entries = dated.countries.iter().filter_map(|iri| named.get(iri)).cloned().map(Entry::of).collect();
        cells.push(Cell { role: "country", entries });
    }
    Ok(Some(((first, fold(&value.text)), Row { cells })))
}

/// The reports on a country, each in the year that it reports on.
fn reports<'a>(overview: &'a Overview, country: &'a NamedNode, c: &'a Chrome) -> impl Iterator<Item = Sorted> + 'a {
    let own = overview.reports.iter().filter(|report| report.countries.contains_key(country.as_str()));
    own.filter_map(move |report| {
        let text = report.year.clone()?;
        let lang = best(&report.names, c.lang).and_then(|(code, _)| foreign(code, c.lang));
        let name = Value { href: Some(page_of(&report.iri())), text: report.name(c.lang).to_owned(), lang, ..Value::default() };
        let key = (text.clone(), fold(&name.text));
        let cells = vec![
            Cell::one("what", Entry::of(name)),
            Cell::one("kind", kind(class::REPORT, c)),
            Cell::one("from", date(&text)),
            Cell { role: "to", entries: Vec::new() },
        ];
        Some((key, Row { cells }))
    })
}

fn kind(class: NamedNodeRef<'_>, c: &Chrome) -> Entry {
    let local = class.as_str().strip_prefix(class::NS).unwrap_or_default();
    Entry::words(terms::label(class, c.lang)).data("class", local)
}

/// A date as it is written, for the script with the year and the month that it names, and no more.
fn date(text: &str) -> Entry {
    let entry = Entry::words(text);
    let Some(year) = year(text) else { return entry };
    let month = text.split('-').nth(1).filter(|month| month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month)));
    let entry = entry.data("year", year);
    match month {
        Some(month) => entry.data("month", month),
        None => entry,
    }
}

/// The year of a date: four digits.
fn year(text: &str) -> Option<&str> {
    let year = text.split('-').next()?;
    (year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_precise_as_it_is_written() {
        let told =
            |text| date(text).data.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ");
        assert_eq!(told("2020"), "year=2020");
        assert_eq!(told("2020-09"), "year=2020 month=09");
        assert_eq!(told("2020-09-30"), "year=2020 month=09");
        assert_eq!(told("2020-13"), "year=2020");
        assert_eq!(told("soon"), "");
        assert_eq!(told("-0044"), "");
    }
}
