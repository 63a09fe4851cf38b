//! Short passages in three languages: what each says, and what it does not say.
//!
//! The sentences are made up; the passage is read as the answer to a question of a report of the country that is given.

mod answers;
mod cases;
mod names;
mod places;
mod sentences;
mod words;

use forced_labour_graph::extract::Extractor;
use forced_labour_graph::knowledge::authority::Authority;
use forced_labour_graph::knowledge::classes::Classes;
use forced_labour_graph::knowledge::form::{Form, forms};
use forced_labour_graph::knowledge::lexicon::lexicons;
use forced_labour_graph::knowledge::places::Places;
use forced_labour_graph::link;
use forced_labour_graph::model::claim::{Entity, Linked, NameKind, Object};
use forced_labour_graph::model::document::{Document, Source, Span};
use forced_labour_graph::model::id::{fold, resource};
use forced_labour_graph::model::lang::Lang;
use forced_labour_graph::model::passage::Passage;
use forced_labour_graph::model::report::{Answer, Report, Value};
use forced_labour_graph::model::vocab::{compact, expand};
use oxigraph::model::NamedNodeRef;
use std::fmt::Write;
use std::sync::LazyLock;

/// What is needed to read a passage, made once.
static TOOLS: LazyLock<(Extractor, Vec<Form>)> = LazyLock::new(|| {
    let authority = Authority::load().unwrap();
    let places = Places::load(&authority).unwrap();
    let extractor = Extractor::new(authority, Classes::load().unwrap(), &lexicons().unwrap(), &places).unwrap();
    (extractor, forms().unwrap())
});

/// A passage, and what it says and does not say.
///
/// A statement is written `subject | property | object`: things by any of their names, values as they are. An entity is
/// written `a name | class`, `a name | flg:acronym | letters` or `a name | flg:country | a country's name`.
pub(crate) struct Case {
    pub lang: &'static str,
    /// The country of the report, by its code.
    pub country: &'static str,
    pub text: &'static str,
    pub says: &'static [&'static str],
    pub does_not_say: &'static [&'static str],
}

/// What was read from a passage.
struct Reading {
    linked: Linked,
    country: String,
}

fn read(case: &Case) -> Reading {
    let document = Document::new(Source { name: "passage".into(), sha256: String::new() }, case.text.into(), vec![]);
    let text = Passage::of(&document, &[Span::new(0, case.text.len())]);
    let country = resource("country", case.country);
    let answer = Answer {
        key: "1".into(),
        question_key: None,
        number: "1".into(),
        code: None,
        question: Passage::default(),
        section: None,
        text,
        value: Value::Prose,
        links: vec![],
        row: None,
    };
    let report = Report {
        id: format!("{}-2021-test", case.country),
        form: String::new(),
        title: Passage::default(),
        country: country.clone(),
        year: 2021,
        heading: Passage::default(),
        language: Lang::new(case.lang).unwrap(),
        instruments: vec![],
        publisher: None,
        sections: vec![],
        answers: vec![answer],
        absent: vec![],
    };
    let (extractor, forms) = &*TOOLS;
    let claims = extractor.claims(&document, &report, &forms[0]);
    Reading { linked: link::identify(claims, &document, &report, extractor.authority()), country: country.into_string() }
}

/// Whether an entity bears a name, in the report or in the authority, folded.
fn bears(entity: &Entity, name: &str) -> bool {
    let known = TOOLS.0.authority().entity(entity.iri.as_ref());
    let own = entity.names.iter().map(|n| n.text.as_str());
    own.chain(known.into_iter().flat_map(|k| k.names().map(|l| l.text.as_str()))).any(|n| fold(n) == fold(name))
}

impl Reading {
    /// The statements of the passage whose property is the given one, as pairs of names.
    fn says(&self, statement: &str) -> bool {
        let parts: Vec<&str> = statement.split(" | ").collect();
        match parts.as_slice() {
            [name, class] => {
                let class = expand(class).unwrap();
                self.linked.entities.iter().any(|e| e.class == class && bears(e, name))
            }
            [name, "flg:acronym", acronym] => {
                let named =
                    |e: &&Entity| bears(e, name) && e.names.iter().any(|n| n.kind == NameKind::Acronym && n.text == *acronym);
                self.linked.entities.iter().any(|e| named(&e))
            }
            [name, "flg:country", country] => self.linked.entities.iter().any(|e| {
                let of = e.country.as_ref().and_then(|c| TOOLS.0.authority().entity(c.as_ref()));
                bears(e, name) && of.is_some_and(|c| c.names().any(|l| fold(&l.text) == fold(country)))
            }),
            [subject, property, object] => {
                let property = expand(property).unwrap();
                self.linked.claims.iter().any(|claim| {
                    let entity = &self.linked.entities[self.linked.entity_of[claim.subject]];
                    let right = match &claim.object {
                        Object::Mention(id) => bears(&self.linked.entities[self.linked.entity_of[*id]], object),
                        Object::Literal(literal) => literal.value() == *object,
                        Object::Resource(iri) => expand(object).is_some_and(|o| o == *iri),
                    };
                    claim.property == property && right && bears(entity, subject)
                })
            }
            _ => panic!("`{statement}` is no statement"),
        }
    }

    /// All that was read, for a failing test's message.
    fn told(&self) -> String {
        let mut out = String::new();
        let name = |id: usize| {
            let e = &self.linked.entities[self.linked.entity_of[id]];
            e.names.first().map_or_else(|| e.iri.as_str().rsplit('/').next().unwrap().to_owned(), |n| n.text.clone())
        };
        for claim in &self.linked.claims {
            let object = match &claim.object {
                Object::Mention(id) => name(*id),
                Object::Literal(l) => l.to_string(),
                Object::Resource(r) => r.to_string(),
            };
            writeln!(out, "      {} | {} | {object} ({})", name(claim.subject), compact(claim.property.as_ref()), claim.method)
                .unwrap();
        }
        for entity in &self.linked.entities {
            let names: Vec<&str> = entity.names.iter().map(|n| n.text.as_str()).collect();
            writeln!(
                out,
                "      {} {} {}",
                names.join(" / "),
                compact(entity.class.as_ref()),
                entity.iri.as_str().rsplit("/id/").next().unwrap()
            )
            .unwrap();
        }
        out
    }
}

/// Reads every passage and compares.
fn check(cases: &[Case]) {
    let mut wrong = String::new();
    for case in cases {
        let reading = read(case);
        let missing = case.says.iter().filter(|s| !reading.says(s)).map(|s| format!("    does not find: {s}\n"));
        let invented = case.does_not_say.iter().filter(|s| reading.says(s)).map(|s| format!("    invents: {s}\n"));
        let faults: String = missing.chain(invented).collect();
        if !faults.is_empty() {
            write!(wrong, "  [{}] {}\n{faults}{}", case.lang, case.text, reading.told()).unwrap();
        }
        assert!(reading.country.ends_with(case.country));
    }
    assert!(wrong.is_empty(), "passages read wrongly:\n{wrong}");
}

#[test]
fn who_funds_and_implements() {
    check(cases::PROGRAMMES);
}

#[test]
fn what_governments_write_of_their_bodies() {
    check(answers::BODIES);
}

#[test]
fn what_governments_write_of_programmes() {
    check(answers::PROGRAMMES);
}

#[test]
fn who_trained_whom_and_not_with_whose_help() {
    check(answers::TRAININGS);
}

#[test]
fn sentences_of_many_kinds_are_read_as_a_careful_reader_reads_them() {
    let cases = sentences::cases();
    assert!(cases.iter().all(|case| !case.says.is_empty() || !case.does_not_say.is_empty()));
    assert!(cases.len() > 80);
    check(&cases);
}

#[test]
fn what_is_denied_is_not_said() {
    check(cases::DENIALS);
}

#[test]
fn what_is_planned_is_said_to_be_planned() {
    check(cases::PLANS);
}

#[test]
fn bodies_their_leaders_members_and_units() {
    check(names::BODIES);
}

#[test]
fn acronyms_and_phrases_that_refer_back() {
    check(names::REFERENCES);
}

#[test]
fn dates_sums_and_places() {
    check(cases::VALUES);
}

#[test]
fn places_that_no_noun_tells() {
    check(places::PLACES);
}

/// The county and the town of a name are one place, and so are a place by its several names.
#[test]
fn a_place_has_one_iri_whatever_tells_it() {
    for (text, iri) in [
        ("The Safe Tides project works in Kilifi. Its office is in the county of Kilifi, in Kilifi County.", "ken-kilifi"),
        ("The Free Wells project works in Muranga. Its office is in Murang'a County, in Murang’a.", "ken-murang-a"),
    ] {
        let reading = read(&Case { lang: "en", country: "ken", text, says: &[], does_not_say: &[] });
        let places: Vec<&str> =
            reading.linked.entities.iter().filter_map(|e| e.iri.as_str().split("/id/place/").nth(1)).collect();
        assert_eq!(places, [iri], "{text}");
    }
}

#[test]
fn names_that_nobody_told_us_of() {
    check(names::UNKNOWN);
}

/// The name of a class's IRI is used as it is in the graph, so that a misspelt one in a case is found out.
#[test]
fn the_cases_use_terms_that_exist() {
    use forced_labour_graph::model::vocab::{class, flg, org, schema};
    let all: Vec<NamedNodeRef<'_>> = [class::ALL, flg::ALL, org::ALL, schema::ALL].concat();
    for case in cases::ALL.iter().flat_map(|group| group.iter()) {
        for statement in case.says.iter().chain(case.does_not_say) {
            let term = statement.split(" | ").nth(1).unwrap_or_default();
            assert!(expand(term).is_some_and(|t| all.contains(&t.as_ref())), "`{term}` in `{statement}` is no term");
        }
    }
}
