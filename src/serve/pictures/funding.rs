//! Who funds whom through whom: each programme with its funders, those who carry it out, its countries, and the sum that reports state.

use super::{Cell, Entry, Picture, Row, Stated};
use crate::model::id::fold;
use crate::model::vocab::{flg, skos};
use crate::serve::error::Problem;
use crate::serve::facts;
use crate::serve::reader::Graph;
use crate::serve::view::{Chrome, Label, Link, Value, best, number};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet};

const ALL: &str = include_str!("../queries/funding.rq");
const IN_COUNTRY: &str = include_str!("../queries/funding-in.rq");

/// So many programmes stand in the table of all countries, and of one, so that their pages stay small.
const MOST: (usize, usize) = (100, 40);
/// With so many programmes, each has a place of its own in the picture; more are summed up.
const FEW: usize = 16;

/// Things by their IRI, with their names.
type Things = BTreeMap<NamedNode, Vec<Label>>;

/// What is said of a programme.
#[derive(Default)]
struct Programme {
    names: Vec<Label>,
    funders: Things,
    implementers: Things,
    countries: Things,
    /// Sums, as they are written.
    amounts: BTreeMap<String, Term>,
    currencies: BTreeSet<String>,
}

impl Programme {
    /// Takes a statement of it.
    fn take(&mut self, property: &NamedNode, value: &Term, label: Option<Label>) {
        let things = match property.as_ref() {
            p if p == flg::FUNDED_BY => &mut self.funders,
            p if p == flg::IMPLEMENTED_BY => &mut self.implementers,
            p if p == flg::COUNTRY => &mut self.countries,
            _ => return self.take_literal(property, value),
        };
        if let Term::NamedNode(iri) = value {
            let names = things.entry(iri.clone()).or_default();
            names.extend(label.filter(|label| !names.contains(label)));
        }
    }
    fn take_literal(&mut self, property: &NamedNode, value: &Term) {
        let Term::Literal(literal) = value else { return };
        let text = literal.value().to_owned();
        match property.as_ref() {
            p if p == flg::AMOUNT => drop(self.amounts.insert(text, value.clone())),
            p if p == flg::CURRENCY => drop(self.currencies.insert(text)),
            p if p == skos::PREF_LABEL => {
                let name = (literal.language().unwrap_or_default().to_owned(), text);
                if !self.names.contains(&name) {
                    self.names.push(name);
                }
            }
            _ => {}
        }
    }
    /// Whether the picture can show anything of it.
    fn is_told(&self) -> bool {
        !self.funders.is_empty()
    }
    /// How much is told of it: those of which most is told are shown first.
    fn rank(&self) -> usize {
        usize::from(!self.implementers.is_empty()) + usize::from(!self.amounts.is_empty())
    }
}

/// The flow of all programmes whose funders are known, or of those of a country; none if there are none.
///
/// # Errors
/// If the store fails, or a limit is passed.
pub fn picture(graph: &Graph, country: Option<&NamedNode>, c: &Chrome) -> Result<Option<Picture>, Problem> {
    let mut found: BTreeMap<NamedNode, Programme> = BTreeMap::new();
    let mut see = |row: crate::facts::Row| {
        if let (Some(programme), Some(property), Some(value)) =
            (facts::iri(&row, "programme"), facts::iri(&row, "property"), row.get("value"))
        {
            found.entry(programme.clone()).or_default().take(property, value, facts::label(&row, "label"));
        }
    };
    match country {
        Some(country) => graph.each(IN_COUNTRY, &[("this", country.clone().into())], &mut see)?,
        None => graph.each(ALL, &[], &mut see)?,
    }
    let without = found.values().filter(|programme| !programme.is_told()).count();
    found.retain(|_, programme| programme.is_told());
    if found.is_empty() {
        return Ok(None);
    }
    let mut programmes: Vec<_> = found.into_iter().collect();
    programmes.sort_by_cached_key(|(_, programme)| {
        (std::cmp::Reverse(programme.rank()), best(&programme.names, c.lang).map(|(_, text)| fold(text)))
    });
    let all = programmes.len();
    let most = if country.is_some() { MOST.1 } else { MOST.0 };
    programmes.truncate(most);
    let stated = Stated::read(graph, &[flg::FUNDED_BY, flg::IMPLEMENTED_BY, flg::AMOUNT])?;
    let few = programmes.len() <= FEW;
    let shown = [("n", number(all)), ("without", number(without))];
    Ok(Some(Picture {
        kind: "flow",
        id: "funding",
        title: Some(c.t("pictures.funding").to_owned()),
        what: c.fill(if few { "pictures.funding.few" } else { "pictures.funding.many" }, &shown),
        settings: settings(few, country.is_some(), c),
        columns: ["pictures.programme", "pictures.funder", "pictures.implementer", "pictures.country", "pictures.amount"]
            .map(|key| c.t(key).to_owned())
            .into(),
        rows: programmes.iter().map(|(iri, programme)| row(iri, programme, &stated, c)).collect(),
        more: (all > most).then(|| Link {
            href: super::list("Programme", country),
            text: c.fill("pictures.funding.more", &[("shown", number(most)), ("all", number(all))]),
        }),
    }))
}

/// Columns and words for the script. Of few programmes each is a column's node; many are summed up in those who carry them out.
fn settings(few: bool, in_country: bool, c: &Chrome) -> Vec<(&'static str, String)> {
    let columns = match (few, in_country) {
        (true, _) => "funder programme implementer",
        (false, true) => "funder implementer",
        (false, false) => "funder country",
    };
    let words = [
        ("label", "pictures.funding"),
        ("funder", "pictures.funder"),
        ("programme", "pictures.programme"),
        ("implementer", "pictures.implementer"),
        ("country", "pictures.country"),
        ("unknown", "pictures.not-stated"),
        ("others", "pictures.others"),
        ("count", "pictures.by-number"),
        ("unit", "pictures.unit"),
        ("left", "pictures.funding.left"),
    ];
    let words = words.map(|(name, key)| (name, c.t(key).to_owned()));
    std::iter::once(("columns", columns.to_owned())).chain(words).collect()
}

fn row(iri: &NamedNode, programme: &Programme, stated: &Stated, c: &Chrome) -> Row {
    let things = |things: &Things, property: NamedNodeRef<'_>| -> Vec<Entry> {
        let entry = |(thing, names): (&NamedNode, &Vec<Label>)| {
            Entry::of(Value::resource(thing, names, c.lang)).why(stated.why(iri, property, &thing.clone().into()))
        };
        things.iter().map(entry).collect()
    };
    Row {
        cells: vec![
            Cell::one("programme", Entry::of(Value::resource(iri, &programme.names, c.lang))),
            Cell { role: "funder", entries: things(&programme.funders, flg::FUNDED_BY) },
            Cell { role: "implementer", entries: things(&programme.implementers, flg::IMPLEMENTED_BY) },
            Cell { role: "country", entries: things(&programme.countries, flg::COUNTRY) },
            Cell { role: "amount", entries: amounts(iri, programme, stated) },
        ],
    }
}

/// The sums of a programme. One whose currency is not plain has no number that a script could add.
fn amounts(iri: &NamedNode, programme: &Programme, stated: &Stated) -> Vec<Entry> {
    let currency = programme.currencies.iter().next().filter(|_| programme.currencies.len() == 1);
    let entry = |(text, term): (&String, &Term)| {
        let whole = text.split('.').next().and_then(|whole| whole.parse().ok()).map(number);
        let shown = whole.filter(|_| !text.contains('.')).unwrap_or_else(|| text.clone());
        let why = stated.why(iri, flg::AMOUNT, term);
        match currency {
            Some(currency) => {
                Entry::words(format!("{shown}\u{a0}{currency}")).why(why).data("value", text).data("currency", currency)
            }
            None => Entry::words(shown).why(why),
        }
    };
    programme.amounts.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;

    #[test]
    fn a_sum_without_a_plain_currency_has_no_number() {
        let iri = NamedNode::new_unchecked("https://example.org/p");
        let mut programme = Programme::default();
        programme.take(&flg::AMOUNT.into_owned(), &Literal::from(1_500_000).into(), None);
        for currency in ["USD", "EUR"] {
            let entries = {
                programme.take(&flg::CURRENCY.into_owned(), &Literal::from(currency).into(), None);
                amounts(&iri, &programme, &Stated::default())
            };
            let numbers: Vec<&str> = entries.iter().flat_map(|entry| entry.data.iter().map(|(name, _)| *name)).collect();
            assert_eq!(numbers, if currency == "USD" { vec!["value", "currency"] } else { vec![] });
        }
    }
}
