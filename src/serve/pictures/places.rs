//! The map of a country with the places that reports name. Where they lie is not a fact of the graph: the script finds the towns and
//! divisions of that name in a file of the country, and lists what has none, or what several are called.

use super::{Cell, Entry, Picture, Row, code, map, page_of};
use crate::model::id::fold;
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::reader::Graph;
use crate::serve::view::{Chrome, Label, Link, Value, best, foreign, number};
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

const PLACES: &str = include_str!("../queries/places-in.rq");

/// So many places stand in one table, and so many things at one place.
const MOST: usize = 40;
const THINGS: usize = 6;

/// What is told of a place.
#[derive(Default)]
struct Place {
    labels: Vec<Label>,
    things: BTreeMap<NamedNode, Vec<Label>>,
}

/// The map of `country`; none if reports name no place in it.
///
/// # Errors
/// If the store fails, or a limit is passed.
pub fn picture(graph: &Graph, country: &NamedNode, c: &Chrome) -> Result<Option<Picture>, Problem> {
    let mut found: BTreeMap<NamedNode, Place> = BTreeMap::new();
    graph.each(PLACES, &[("this", country.clone().into())], |row| {
        let Some(iri) = facts::iri(&row, "place") else { return };
        let place = found.entry(iri.clone()).or_default();
        match (facts::iri(&row, "thing"), facts::label(&row, "name"), facts::label(&row, "label")) {
            (Some(thing), Some(name), _) => {
                let names = place.things.entry(thing.clone()).or_default();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            (_, _, Some(label)) if !place.labels.contains(&label) => place.labels.push(label),
            _ => {}
        }
    })?;
    if found.is_empty() {
        return Ok(None);
    }
    let mut rows: Vec<(String, Row)> = found.iter().map(|(iri, place)| row(iri, place, c)).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let all = rows.len();
    rows.truncate(MOST);
    let words = [
        ("label", "pictures.places"),
        ("credit", "pictures.places.credit"),
        ("unknown", "pictures.places.unknown"),
        ("several", "pictures.places.several"),
    ];
    let mut settings: Vec<(&'static str, String)> = words.map(|(name, key)| (name, c.t(key).to_owned())).into();
    settings.extend(map(code(country), c).map(|address| ("src", address)));
    Ok(Some(Picture {
        kind: "places",
        id: "places",
        title: Some(c.t("pictures.places").to_owned()),
        what: c.t("pictures.places.what").to_owned(),
        settings,
        columns: ["pictures.place", "pictures.there"].map(|key| c.t(key).to_owned()).into(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        more: (all > MOST).then(|| Link {
            href: super::list("Place", Some(country)),
            text: c.fill("pictures.places.more", &[("shown", number(MOST)), ("all", number(all))]),
        }),
    }))
}

fn row(iri: &NamedNode, place: &Place, c: &Chrome) -> (String, Row) {
    let value = Value::resource(iri, &place.labels, c.lang);
    let key = fold(&value.text);
    // All its names, as maps may know it by another than the reader's.
    let names: BTreeSet<&str> = place.labels.iter().map(|(_, text)| text.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let thing = |(thing, names): (&NamedNode, &Vec<Label>)| {
        let name = best(names, c.lang);
        let text = name.map(|(_, text)| text.clone()).unwrap_or_default();
        let lang = name.and_then(|(code, _)| foreign(code, c.lang));
        Entry::of(Value { href: Some(page_of(thing)), text, lang, ..Value::default() })
    };
    let mut things: Vec<Entry> = place.things.iter().take(THINGS).map(thing).collect();
    if place.things.len() > THINGS {
        let rest = c.fill("pictures.and-more", &[("n", number(place.things.len() - THINGS))]);
        things.push(Entry::of(Value { href: Some(page_of(iri)), text: rest, ..Value::default() }));
    }
    let cells = vec![
        Cell::one("place", Entry::of(value).data("names", names.join("|")).data("value", place.things.len().to_string())),
        Cell { role: "there", entries: things },
    ];
    (key, Row { cells })
}
