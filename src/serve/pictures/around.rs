//! The neighbourhood of a thing: the programmes that it has to do with, who funds them, who carries them out, and where they are.

use super::{Cell, Entry, Picture, Row, first};
use crate::model::id::fold;
use crate::model::vocab::{flg, rdf};
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::reader::Graph;
use crate::serve::terms;
use crate::serve::view::{Chrome, Link, Value, number};
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::{BTreeMap, BTreeSet};

const AROUND: &str = include_str!("../queries/programmes-around.rq");

/// So many programmes are drawn, and so many lines; more nobody can follow.
const PROGRAMMES: usize = 10;
const LINES: usize = 48;

/// The columns of the picture: funders, programmes, those who carry them out, where.
const COLUMNS: [&str; 4] = ["pictures.funder", "pictures.programme", "pictures.implementer", "pictures.where"];
const PROGRAMME: usize = 1;
/// Where what is neither stands: what a programme is about, and whom it is for.
const OTHER: usize = 3;

/// The properties that are drawn, and the column of their values.
const ROLES: [(NamedNodeRef<'_>, usize); 6] = [
    (flg::FUNDED_BY, 0),
    (flg::IMPLEMENTED_BY, 2),
    (flg::PARTNER, 2),
    (flg::COUNTERPART, 2),
    (flg::COVERS_PLACE, 3),
    (flg::COUNTRY, 3),
];

/// The neighbourhood of `this`; none if it has nothing to do with a programme.
///
/// # Errors
/// If the store fails, or a limit is passed.
pub fn picture(graph: &Graph, this: &NamedNode, c: &Chrome) -> Result<Option<Picture>, Problem> {
    let mut said: BTreeMap<NamedNode, BTreeSet<String>> = BTreeMap::new();
    graph.each(AROUND, &[("this", this.clone().into())], |row| {
        if let (Some(programme), Some(role), Some(value)) =
            (facts::iri(&row, "programme"), facts::iri(&row, "role"), row.get("value"))
        {
            said.entry(programme.clone()).or_default().insert(format!("{role} {value}"));
        }
    })?;
    let all = said.len();
    let mut programmes: Vec<_> = said.into_iter().map(|(iri, said)| (said.len(), iri)).collect();
    programmes.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    programmes.truncate(PROGRAMMES);
    let (mut rows, mut shown) = (Vec::new(), 0);
    for (_, programme) in &programmes {
        let lines = of(graph, programme, this, c)?;
        if shown > 0 && rows.len() + lines.len() > LINES {
            break;
        }
        rows.extend(lines);
        shown += 1;
    }
    if rows.len() < 2 {
        return Ok(None);
    }
    let cut = rows.len().saturating_sub(LINES);
    rows.truncate(LINES);
    let mut settings: Vec<(&'static str, String)> =
        vec![("label", c.t("pictures.around").to_owned()), ("this", super::page_of(this))];
    settings.extend(["column-0", "column-1", "column-2", "column-3"].into_iter().zip(COLUMNS.map(|key| c.t(key).to_owned())));
    let counts = [("shown", number(shown)), ("all", number(all))];
    let more = (all > shown || cut > 0).then(|| Link {
        href: if all > shown { "#incoming" } else { "#facts" }.to_owned(),
        text: if all > shown { c.fill("pictures.around.more", &counts) } else { c.t("pictures.more").to_owned() },
    });
    Ok(Some(Picture {
        kind: "around",
        id: "around",
        title: Some(c.t("pictures.around").to_owned()),
        what: c.t("pictures.around.what").to_owned(),
        settings,
        columns: ["pictures.programme", "pictures.relation", "pictures.with"].map(|key| c.t(key).to_owned()).into(),
        rows,
        more,
    }))
}

/// The lines of one programme, and what else it has to do with `this`.
fn of(graph: &Graph, programme: &NamedNode, this: &NamedNode, c: &Chrome) -> Result<Vec<Row>, Problem> {
    let said: Vec<_> = facts::outgoing(graph, programme)?.into_iter().filter(|s| !facts::is_inferred(s)).collect();
    let claims = facts::claims_of(graph, programme)?;
    let own = Value::resource(programme, &facts::names(&said), c.lang);
    let mut rows = Vec::new();
    let mut line = |property: NamedNodeRef<'_>, column: usize, value: &NamedNode, statement: &facts::Statement| {
        rows.push(Row {
            cells: vec![
                Cell::one("from", Entry::of(own.clone()).data("column", PROGRAMME.to_string())),
                Cell::one("relation", Entry::words(terms::label(property, c.lang))),
                Cell::one(
                    "to",
                    Entry::of(Value::resource(value, &statement.labels, c.lang))
                        .why(first(&claims, property, &statement.end))
                        .data("column", column.to_string()),
                ),
            ],
        });
    };
    for (property, column) in ROLES {
        let mut values: Vec<_> = facts::resources(&said, property).collect();
        values.sort_by_cached_key(|(iri, statement)| fold(&Value::resource(iri, &statement.labels, c.lang).text));
        for (value, statement) in values {
            line(property, column, value, statement);
        }
    }
    let other = |statement: &&facts::Statement| {
        statement.property != rdf::TYPE && !ROLES.iter().any(|(property, _)| statement.property == *property)
    };
    for statement in said.iter().filter(other) {
        if statement.end == this.clone().into() {
            line(statement.property.as_ref(), OTHER, this, statement);
        }
    }
    Ok(rows)
}
