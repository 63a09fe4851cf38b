//! The page of a country: its reports, the instruments that it has ratified, and all that reports name of it, by kind.

use super::entity::{self, Shortened, kinds};
use super::home::MACHINERY;
use super::{Html, about, answer, render, report};
use crate::describe::{Overview, feed};
use crate::model::id::fold;
use crate::model::vocab::{BASE, class, flg, schema};
use crate::serve::error::Problem;
use crate::serve::facts::{self, Reports, Side};
use crate::serve::pictures::{Picture, funding, places, time};
use crate::serve::reader::Graph;
use crate::serve::terms;
use crate::serve::view::{About, Chrome, Group, Item, Label, Link, Value, best, foreign, href, number, short};
use askama::Template;
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::{BTreeMap, BTreeSet};

const OF_COUNTRY: &str = include_str!("../queries/of-country.rq");
const REPORTS_ON: &str = include_str!("../queries/reports-on.rq");

/// So many things of a kind stand on the page; the rest is one click away.
const SHOWN: usize = 30;

/// What is told of a ratification; its instrument and its country name it.
const OF_RATIFICATION: &[NamedNodeRef<'_>] =
    &[flg::RATIFICATION_STATUS, flg::RATIFICATION_INTENTION, flg::START_DATE, flg::OBSTACLE];

/// The things of a kind.
struct Kind {
    id: String,
    title: String,
    count: String,
    items: Vec<Item>,
    /// The list of all, where not all are shown.
    more: Option<String>,
}

/// An instrument, with what the country's reports say of its ratification.
struct Ratification {
    name: Value,
    status: String,
    groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "country.html")]
struct Page<'a> {
    c: &'a Chrome,
    about: About,
    kinds: Vec<Link>,
    name: Value,
    others: Shortened<Value>,
    regions: Vec<Value>,
    reports: Vec<Item>,
    changes: Vec<Link>,
    compare: Option<String>,
    pictures: Vec<Picture>,
    ratifications: Vec<Ratification>,
    things: Vec<Kind>,
    outgoing: Vec<Group>,
    incoming: Vec<Group>,
}

/// A thing of the country, by its IRI.
#[derive(Default)]
struct Thing {
    labels: Vec<Label>,
    acronyms: BTreeSet<String>,
}

/// Things of one kind.
type Things = BTreeMap<NamedNode, Thing>;

/// What the page is about, with the feed of the country if reports are about it.
fn told(this: &NamedNode, name: &str, overview: &Overview, c: &Chrome) -> About {
    let own = overview.reports.iter().filter(|report| report.countries.contains_key(this.as_str()));
    let reports: Vec<&str> = own.map(|report| report.name(c.lang)).collect();
    let kind = terms::label(class::COUNTRY, c.lang);
    let what = if reports.is_empty() { kind } else { reports.iter().take(3).copied().collect::<Vec<_>>().join("; ") };
    let own = feed::code(this.as_str()).filter(|_| !reports.is_empty()).map(|code| feed::path(Some(code)));
    About { feed: own, ..about(this.as_str(), name, &what, c) }
}

/// The page of the country `this`, of which `said` is said.
///
/// # Errors
/// If the store fails, or a limit is passed.
pub fn page(
    graph: &Graph,
    this: &NamedNode,
    said: &[facts::Statement],
    overview: &Overview,
    c: &Chrome,
) -> Result<Html, Problem> {
    let names = facts::names(said);
    let name = Value::resource(this, &names, c.lang);
    let mut reports = Reports::new(graph, c);
    let mut by_kind = things(graph, this)?;
    let ratified = by_kind.remove(class::RATIFICATION.as_str()).unwrap_or_default();
    let (on_it, changes) = reported(graph, this, &name.text, c)?;
    // What names the country because it is the country's stands above.
    let apart = [flg::COUNTRY, flg::ABOUT_COUNTRY];
    let others: Vec<_> = facts::incoming(graph, this)?
        .into_iter()
        .filter(|statement| !facts::is_inferred(statement) && !apart.iter().any(|p| statement.property == *p))
        .collect();
    let (claims_of, claims_to) = (facts::claims_of(graph, this)?, facts::claims_to(graph, this)?);
    let outgoing: Vec<_> = said.iter().filter(|statement| is_told(statement)).cloned().collect();
    let regions = facts::resources(said, schema::CONTAINED_IN_PLACE);
    let code = this.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    render(&Page {
        c,
        about: told(this, &name.text, overview, c),
        kinds: kinds(said, c),
        others: Shortened::new(entity::also(said, &name, c)),
        regions: regions.map(|(iri, statement)| Value::resource(iri, &statement.labels, c.lang)).collect(),
        compare: (!on_it.is_empty()).then(|| format!("/compare?country={code}")),
        reports: on_it,
        changes,
        pictures: pictures(graph, this, overview, c)?,
        ratifications: ratifications(graph, &ratified, &name.text, &mut reports, c)?,
        things: by_size(&by_kind).into_iter().map(|(kind, things)| self::kind(kind, things, &code, c)).collect(),
        outgoing: facts::groups(&outgoing, &claims_of, Side::Subject, &name.text, &mut reports, c)?,
        incoming: facts::groups(&others, &claims_to, Side::Value, &name.text, &mut reports, c)?,
        name,
    })
}

/// Who funds whom in the country, where, and when.
fn pictures(graph: &Graph, this: &NamedNode, overview: &Overview, c: &Chrome) -> Result<Vec<Picture>, Problem> {
    let all = [
        funding::picture(graph, Some(this), c)?,
        places::picture(graph, this, c)?,
        time::picture(graph, Some(this), overview, c)?,
    ];
    Ok(all.into_iter().flatten().collect())
}

/// Whether something is a fact, and not a name, a code or a place on the map, which the head of the page has or nobody reads.
fn is_told(statement: &facts::Statement) -> bool {
    statement.property.as_str().starts_with(class::NS) && !facts::is_inferred(statement)
}

/// What belongs to the country, by class.
fn things(graph: &Graph, this: &NamedNode) -> Result<BTreeMap<String, Things>, Problem> {
    let mut found: BTreeMap<String, Things> = BTreeMap::new();
    graph.each(OF_COUNTRY, &[("this", this.clone().into())], |row| {
        let (Some(entity), Some(kind)) = (facts::iri(&row, "entity"), facts::iri(&row, "class")) else { return };
        if !kind.as_str().starts_with(class::NS) || MACHINERY.iter().any(|machinery| *kind == *machinery) {
            return;
        }
        let thing = found.entry(kind.as_str().to_owned()).or_default().entry(entity.clone()).or_default();
        if let Some(label) = facts::label(&row, "label").filter(|label| !thing.labels.contains(label)) {
            thing.labels.push(label);
        }
        thing.acronyms.extend(facts::label(&row, "acronym").map(|(_, text)| text));
    })?;
    Ok(found)
}

/// Kinds of which there are many first.
fn by_size(kinds: &BTreeMap<String, Things>) -> Vec<(&String, &Things)> {
    let mut kinds: Vec<_> = kinds.iter().collect();
    kinds.sort_by_key(|(_, things)| std::cmp::Reverse(things.len()));
    kinds
}

fn kind(iri: &str, things: &Things, country: &str, c: &Chrome) -> Kind {
    let class = NamedNodeRef::new_unchecked(iri);
    let local = iri.strip_prefix(class::NS).unwrap_or(iri);
    let count = things.len();
    let mut items: Vec<Item> = things.iter().map(|(iri, thing)| item(iri, thing, c)).collect();
    items.sort_by_cached_key(|item| fold(&item.text));
    items.truncate(SHOWN);
    Kind {
        id: local.to_owned(),
        title: if count == 1 { terms::label(class, c.lang) } else { terms::plural(class, c.lang) },
        count: number(count),
        items,
        more: (count > SHOWN).then(|| format!("/page/list/{local}?country={country}")),
    }
}

fn item(iri: &NamedNode, thing: &Thing, c: &Chrome) -> Item {
    let (lang, text) = best(&thing.labels, c.lang).cloned().unwrap_or_else(|| (String::new(), short(iri)));
    let acronyms: Vec<&str> = thing.acronyms.iter().map(String::as_str).filter(|acronym| *acronym != text).collect();
    Item {
        href: href(iri.as_str()).map(|(href, _)| href).unwrap_or_default(),
        note: acronyms.join(", "),
        lang: foreign(&lang, c.lang),
        text,
    }
}

/// The reports on the country, the newest first, and questions for what changed from one year to the next.
fn reported(graph: &Graph, this: &NamedNode, name: &str, c: &Chrome) -> Result<(Vec<Item>, Vec<Link>), Problem> {
    let rows = graph.rows(REPORTS_ON, &[("this", this.clone().into())])?;
    let mut seen = BTreeSet::new();
    let all = rows.iter().filter_map(|row| facts::iri(row, "report")).filter(|iri| seen.insert(iri.as_str().to_owned()));
    let items = all.map(|iri| report::item(graph, iri, c)).collect::<Result<_, _>>()?;
    let mut years: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in &rows {
        if let (Some(form), Some((_, year))) = (facts::iri(row, "form"), facts::label(row, "year")) {
            years.entry(form.as_str()).or_default().insert(year);
        }
    }
    let pairs: BTreeSet<(String, String)> = years
        .into_values()
        .flat_map(|years| years.iter().cloned().zip(years.iter().skip(1).cloned()).collect::<Vec<_>>())
        .collect();
    let question = |(from, to): (String, String)| {
        let text = c.fill("country.changes.question", &[("country", name.to_owned()), ("from", from), ("to", to)]);
        Link { href: answer::link(&text), text }
    };
    Ok((items, pairs.into_iter().rev().map(question).collect()))
}

/// What the reports say of each ratification, instruments in the order of their names.
fn ratifications(
    graph: &Graph,
    all: &Things,
    country: &str,
    reports: &mut Reports<'_>,
    c: &Chrome,
) -> Result<Vec<Ratification>, Problem> {
    let mut found = Vec::new();
    for iri in all.keys() {
        let said = facts::outgoing(graph, iri)?;
        let instrument = facts::resources(&said, flg::INSTRUMENT).next();
        let name = instrument.map_or_else(
            || Value::resource(iri, &facts::names(&said), c.lang),
            |(instrument, statement)| Value {
                href: href(iri.as_str()).map(|(href, _)| href),
                ..Value::resource(instrument, &statement.labels, c.lang)
            },
        );
        let mut statuses: Vec<String> = facts::resources(&said, flg::RATIFICATION_STATUS)
            .map(|(iri, statement)| Value::resource(iri, &statement.labels, c.lang).text)
            .collect();
        statuses.dedup();
        let told: Vec<_> = said.into_iter().filter(|s| OF_RATIFICATION.iter().any(|property| s.property == *property)).collect();
        let claims = facts::claims_of(graph, iri)?;
        let groups = facts::groups(&told, &claims, Side::Subject, country, reports, c)?;
        found.push(Ratification { name, status: statuses.join(" / "), groups });
    }
    found.sort_by_cached_key(|ratification| fold(&ratification.name.text));
    Ok(found)
}

/// The IRI of the country with a code, as addresses give it: `gha`.
pub fn of_code(code: &str) -> Option<NamedNode> {
    let fits = !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric());
    fits.then(|| NamedNode::new(format!("{BASE}id/country/{code}")).ok()).flatten()
}
