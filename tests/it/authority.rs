//! The authority as its readers rely on it: complete names, sound links, and no two things under one name by mistake.

use forced_labour_graph::check::Checker;
use forced_labour_graph::knowledge::authority::{Authority, Known, LabelKind};
use forced_labour_graph::knowledge::classes::Classes;
use forced_labour_graph::knowledge::files;
use forced_labour_graph::model::id::{fold, resource};
use forced_labour_graph::model::lang::Lang;
use forced_labour_graph::model::vocab::{BASE, class, graph, skos};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef};
use std::collections::{BTreeMap, BTreeSet};

fn authority() -> Authority {
    Authority::load().unwrap_or_else(|error| panic!("{error}"))
}

fn lang(code: &str) -> Lang {
    Lang::new(code).unwrap()
}

/// Whoever bears a name, as short IRIs.
fn bearers(authority: &Authority, name: &str) -> Vec<String> {
    let short = |iri: &NamedNode| iri.as_str().trim_start_matches(BASE).to_owned();
    authority.by_name(&fold(name)).iter().map(short).collect()
}

fn full_names(known: &Known) -> BTreeSet<String> {
    known.labels.iter().filter(|l| matches!(l.kind, LabelKind::Pref | LabelKind::Alt)).map(|l| fold(&l.text)).collect()
}

#[test]
fn everything_has_exactly_one_preferred_name_in_each_of_three_languages() {
    let authority = authority();
    assert!(authority.entities().len() > 500, "only {} entities", authority.entities().len());
    for known in authority.entities() {
        for code in ["en", "es", "fr"] {
            let count = known.labels.iter().filter(|l| l.kind == LabelKind::Pref && l.lang == Some(lang(code))).count();
            assert_eq!(count, 1, "{} has {count} preferred names in `{code}`", known.iri);
        }
        for label in known.names() {
            assert!(label.lang.is_some(), "{}: `{}` has no language", known.iri, label.text);
            assert_eq!(
                label.text,
                label.text.split_whitespace().collect::<Vec<_>>().join(" "),
                "{}: stray white space",
                known.iri
            );
        }
    }
}

#[test]
fn everything_has_one_class_and_an_address_of_its_kind() {
    for known in authority().entities() {
        assert_eq!(known.classes.len(), 1, "{} is typed {:?}", known.iri, known.classes);
        let rest = known.iri.as_str().strip_prefix(BASE).and_then(|r| r.strip_prefix("id/")).unwrap_or_default();
        let (kind, slug) = rest.split_once('/').unwrap_or_else(|| panic!("{} is no resource of ours", known.iri));
        let fits = match known.classes[0].as_ref() {
            c if c == class::COUNTRY => kind == "country" && slug.len() == 3,
            c if c == class::PLACE => kind == "place",
            c if c == class::LEGAL_INSTRUMENT => kind == "instrument",
            c if c == skos::CONCEPT => known.scheme.is_some() && kind != "organization",
            _ => kind == "organization",
        };
        assert!(fits, "{} of class {}", known.iri, known.classes[0]);
        assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{}", known.iri);
    }
}

#[test]
fn links_lead_to_something_and_never_round_in_a_circle() {
    let authority = authority();
    for known in authority.entities() {
        for target in known.broader.iter().chain(&known.parents) {
            assert!(authority.entity(target.as_ref()).is_some(), "{} is below {target}, which is not described", known.iri);
        }
        for parent in &known.broader {
            assert!(!authority.is_within(parent.as_ref(), known.iri.as_ref()), "{} is above itself", known.iri);
            assert_eq!(
                authority.entity(parent.as_ref()).map(|p| &p.scheme),
                Some(&known.scheme),
                "{} leaves its scheme",
                known.iri
            );
        }
        if let Some(country) = &known.country {
            let is_country = authority.entity(country.as_ref()).is_some_and(|c| c.is(class::COUNTRY));
            assert!(is_country, "{} belongs to {country}, which is no country", known.iri);
        }
    }
}

#[test]
fn countries_and_mexican_states_are_complete() {
    let authority = authority();
    let numeric = |k: &Known| {
        k.labels.iter().any(|l| l.kind == LabelKind::Notation && l.text.len() == 3 && l.text.bytes().all(|b| b.is_ascii_digit()))
    };
    assert_eq!(authority.entities().filter(|k| k.is(class::COUNTRY) && numeric(k)).count(), 249);
    let mexico = resource("country", "mex");
    assert_eq!(authority.entities().filter(|k| k.is(class::PLACE) && k.country.as_ref() == Some(&mexico)).count(), 32);
    assert_eq!(bearers(&authority, "Côte d'Ivoire"), ["id/country/civ"]);
    assert_eq!(bearers(&authority, "Ivory Coast"), ["id/country/civ"]);
    assert_eq!(bearers(&authority, "EUA").first().map(String::as_str), Some("id/country/usa"));
    assert_eq!(authority.label(resource("country", "deu").as_ref(), &lang("es")), Some("Alemania"));
    assert_eq!(
        authority.label(resource("country", "deu").as_ref(), &lang("pt")),
        Some("Germany"),
        "English where a language is missing"
    );
}

#[test]
fn mexico_is_the_country_and_the_state_has_its_own_name() {
    let authority = authority();
    assert_eq!(bearers(&authority, "México"), ["id/country/mex"]);
    assert_eq!(bearers(&authority, "Estado de México"), ["id/place/mx-mex"]);
}

/// Without case and accents, some names are everyday words; none of those may be a name of anything.
#[test]
fn everyday_words_are_no_names() {
    let authority = authority();
    for word in [
        "the",
        "te",
        "reunion",
        "la reunion",
        "servicios",
        "services",
        "who",
        "no",
        "is",
        "in",
        "comisión",
        "programa",
        "ley",
        "proyecto",
    ] {
        let found: Vec<String> = bearers(&authority, word);
        assert!(found.is_empty(), "`{word}` is {found:?}");
    }
}

#[test]
fn no_two_things_of_one_class_and_country_share_a_full_name() {
    let authority = authority();
    let mut seen: BTreeMap<(NamedNode, Option<NamedNode>, Option<NamedNode>, String), NamedNode> = BTreeMap::new();
    for known in authority.entities() {
        for name in full_names(known) {
            let key = (known.classes[0].clone(), known.country.clone(), known.scheme.clone(), name.clone());
            if let Some(other) = seen.insert(key, known.iri.clone()) {
                panic!("{} and {other} are both called `{name}`", known.iri);
            }
        }
    }
}

/// Two bearers of one acronym are allowed, for such is the world; but a new one is to be a decision, hence this list.
#[test]
fn shared_acronyms_are_the_ones_we_know_of() {
    let authority = authority();
    let mut by_acronym: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for known in authority.entities() {
        for label in known.labels.iter().filter(|l| l.kind == LabelKind::Acronym) {
            by_acronym.entry(&label.text).or_default().insert(known.iri.as_str().trim_start_matches(BASE));
        }
    }
    by_acronym.retain(|_, bearers| bearers.len() > 1);
    let shared: Vec<String> = by_acronym
        .iter()
        .map(|(acronym, bearers)| format!("{acronym}: {}", bearers.iter().copied().collect::<Vec<_>>().join(" ")))
        .collect();
    assert_eq!(shared, [""; 0]);
}

#[test]
fn world_vision_and_its_mexican_member_share_no_name() {
    let authority = authority();
    let of = |slug: &str| {
        let known = authority.entity(resource("organization", slug).as_ref()).unwrap().clone();
        known.names().map(|l| fold(&l.text)).collect::<BTreeSet<_>>()
    };
    assert!(of("world-vision").is_disjoint(&of("mex-world-vision")));
    assert_eq!(bearers(&authority, "World Visión"), ["id/organization/world-vision"]);
    assert_eq!(bearers(&authority, "WV"), ["id/organization/world-vision"]);
    assert_eq!(bearers(&authority, "WVM"), ["id/organization/mex-world-vision"]);
    assert_eq!(bearers(&authority, "World Vision México"), ["id/organization/mex-world-vision"]);
}

#[test]
fn one_body_is_found_under_all_its_names() {
    let authority = authority();
    for name in [
        "Departamento de Trabajo de los Estados Unidos",
        "USDOL",
        "US Department of Labor",
        "U.S. Department of Labor",
        "ministère du Travail des États-Unis",
    ] {
        assert_eq!(bearers(&authority, name), ["id/organization/usa-dol"], "{name}");
    }
    for name in ["C029", "C29", "C 29", "Convenio núm. 29", "Convention n° 29", "Forced Labour Convention, 1930 (No. 29)"] {
        assert_eq!(bearers(&authority, name), ["id/instrument/c029"], "{name}");
    }
    for name in [
        "P029",
        "Protocolo relativo al Convenio núm. 29",
        "Protocolo de 2014 relativo al Convenio sobre el trabajo forzoso, 1930",
    ] {
        assert_eq!(bearers(&authority, name), ["id/instrument/p029"], "{name}");
    }
    for name in ["Comisión Intersecretarial contra la Trata de Personas", "Comisión Intersecretarial de Trata de Personas"] {
        assert_eq!(bearers(&authority, name), ["id/organization/mex-comision-trata"], "{name}");
    }
}

#[test]
fn sugar_cane_is_agriculture_and_construction_is_not() {
    let authority = authority();
    let sector = |slug: &str| resource("sector", slug);
    assert_eq!(bearers(&authority, "azúcar"), ["id/sector/sugar-cane"]);
    assert!(authority.is_within(sector("sugar-cane").as_ref(), sector("agriculture").as_ref()));
    assert!(authority.is_within(sector("tobacco").as_ref(), sector("agriculture").as_ref()));
    assert!(!authority.is_within(sector("construction").as_ref(), sector("agriculture").as_ref()));
    assert!(!authority.is_within(sector("agriculture").as_ref(), sector("sugar-cane").as_ref()));
}

#[test]
fn triples_are_all_in_the_authority_graph_and_reach_every_file() {
    let authority = authority();
    let expected = GraphName::from(graph::authority());
    assert!(authority.quads().iter().all(|quad| quad.graph_name == expected));
    for (file, bytes) in files::data("authority", ".ttl") {
        let alone = Authority::from_files([(file.clone(), bytes)]).unwrap_or_else(|error| panic!("{error}"));
        assert!(!alone.quads().is_empty(), "{file} says nothing");
    }
}

#[test]
fn classes_of_the_authority_are_those_of_the_ontology() {
    let classes = Classes::load().unwrap();
    let organization = NamedNodeRef::new("http://www.w3.org/ns/org#Organization").unwrap();
    for known in authority().entities().filter(|k| k.iri.as_str().contains("/id/organization/")) {
        assert!(classes.is_a(known.classes[0].as_ref(), organization), "{} is a {}", known.iri, known.classes[0]);
    }
}

#[test]
fn the_authority_satisfies_the_shapes_that_reports_must_satisfy() {
    let authority = authority();
    let violations = Checker::standard().unwrap().check(authority.quads(), &[]).unwrap();
    let messages: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert!(messages.is_empty(), "{messages:#?}");
}

#[test]
fn a_new_file_is_all_that_a_new_body_takes() {
    let turtle = r#"
        @prefix flg: <https://w3id.org/forced-labour-graph/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix organization: <https://w3id.org/forced-labour-graph/id/organization/> .
        organization:per-mtpe a flg:GovernmentBody ;
            skos:prefLabel "Ministerio de Trabajo y Promoción del Empleo"@es ;
            flg:acronym "MTPE"@es ;
            flg:country <https://w3id.org/forced-labour-graph/id/country/per> ."#;
    let mut files: Vec<(String, Vec<u8>)> =
        files::data("authority", ".ttl").into_iter().map(|(file, bytes)| (file, bytes.into_owned())).collect();
    files.push(("authority/peru.ttl".to_owned(), turtle.as_bytes().to_vec()));
    let authority = Authority::from_files(files).unwrap();
    assert_eq!(bearers(&authority, "MINISTERIO DE TRABAJO Y PROMOCION DEL EMPLEO"), ["id/organization/per-mtpe"]);
    assert_eq!(bearers(&authority, "MTPE"), ["id/organization/per-mtpe"]);
    let iri = resource("organization", "per-mtpe");
    assert_eq!(authority.entity(iri.as_ref()).and_then(|k| k.country.clone()), Some(resource("country", "per")));
    let name = Some("Ministerio de Trabajo y Promoción del Empleo");
    assert_eq!(authority.label(iri.as_ref(), &lang("en")), name, "Spanish where English is missing");
}

#[test]
fn a_malformed_file_is_named_with_its_line() {
    let broken = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<http://a> skos:prefLabel \"A\"@en\n<http://b> .\n";
    let message = Authority::from_files([("authority/broken.ttl".to_owned(), broken)]).unwrap_err().to_string();
    assert!(message.starts_with("`data/authority/broken.ttl`, line 3"), "{message}");
    for (turtle, word) in [
        ("<http://a> a <http://c> ; <http://p> [] .", "blank node"),
        ("<http://a> a <http://c> .", "skos:prefLabel"),
        ("<http://a> <http://www.w3.org/2004/02/skos/core#prefLabel> \"A\"@en .", "rdf:type"),
        ("<http://a> a <http://c> ; <http://www.w3.org/2004/02/skos/core#prefLabel> <http://b> , \"A\"@en .", "label"),
    ] {
        let message = Authority::from_files([("authority/broken.ttl".to_owned(), turtle)]).unwrap_err().to_string();
        assert!(message.contains("data/authority/broken.ttl") && message.contains(word), "{message}");
    }
}
