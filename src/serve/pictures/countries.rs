//! The map of the countries that reports are about, or name programmes of.

use super::{Cell, Entry, Picture, Row, code, map};
use crate::describe::Overview;
use crate::model::id::fold;
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::reader::Graph;
use crate::serve::view::{Chrome, Value, number};
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;

const PROGRAMMES: &str = include_str!("../queries/programmes-in.rq");

/// The map; none if no report is about a country.
///
/// # Errors
/// If the store fails, or a limit is passed.
pub fn picture(graph: &Graph, overview: &Overview, c: &Chrome) -> Result<Option<Picture>, Problem> {
    let mut counts: BTreeMap<NamedNode, (usize, usize)> = BTreeMap::new();
    graph.each(PROGRAMMES, &[], |row| {
        if let Some(country) = facts::iri(&row, "country") {
            counts.entry(country.clone()).or_default().1 += 1;
        }
    })?;
    for country in overview.reports.iter().flat_map(|report| report.countries.keys()) {
        counts.entry(NamedNode::new_unchecked(country.as_str())).or_default().0 += 1;
    }
    let reported = counts.values().filter(|(reports, _)| *reports > 0).count();
    if reported == 0 {
        return Ok(None);
    }
    let mut rows = Vec::new();
    for (country, (reports, programmes)) in &counts {
        let names = facts::names_of(graph, country)?;
        let value = Value::resource(country, &names, c.lang);
        let key = fold(&value.text);
        let cells = vec![
            Cell::one("country", Entry::of(value).data("code", code(country).to_uppercase())),
            Cell::one("reports", Entry::words(number(*reports)).data("value", reports.to_string())),
            Cell::one("programmes", Entry::words(number(*programmes)).data("value", programmes.to_string())),
        ];
        rows.push((key, Row { cells }));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let mut settings: Vec<(&'static str, String)> = [
        ("label", "pictures.map"),
        ("credit", "pictures.map.credit"),
        ("reports", "pictures.reports"),
        ("programmes", "pictures.programmes"),
    ]
    .map(|(name, key)| (name, c.t(key).to_owned()))
    .into();
    settings.extend([("few", c.t("pictures.map.named").to_owned()), ("many", c.t("pictures.map.reported").to_owned())]);
    settings.extend(map("world", c).map(|address| ("src", address)));
    Ok(Some(Picture {
        kind: "countries",
        id: "map",
        title: Some(c.t("pictures.map").to_owned()),
        what: c.fill("pictures.map.what", &[("n", number(reported))]),
        settings,
        columns: ["pictures.country", "pictures.reports", "pictures.programmes"].map(|key| c.t(key).to_owned()).into(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        more: None,
    }))
}
