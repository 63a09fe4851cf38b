//! From a name to what bears it: in whatever spelling and language, and the nearest names where nothing does.

use forced_labour_graph::model::vocab::{class, compact, graph};
use forced_labour_graph::names::{Meant, Name, Names, Of, Sort, folded};
use forced_labour_graph::store::{Embedded, Store};
use oxigraph::model::NamedNode;
use std::sync::LazyLock;

/// What the authority and the shipped report name.
static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let report = crate::sample::conversion();
    let quads: Vec<_> = crate::sample::converter().base_quads().iter().cloned().chain(report.quads()).collect();
    let mut graphs = report.graphs.clone();
    graphs.extend([graph::ontology(), graph::authority()]);
    let store = Embedded::in_memory().unwrap();
    store.replace(&graphs, &mut quads.into_iter()).unwrap();
    Names::read(&store as &dyn Store).unwrap()
});

fn meant(text: &str) -> String {
    match NAMES.meant(Of::Any, text) {
        Meant::One(iri) => compact(iri.as_ref()),
        Meant::Several(all) => format!("{} things", all.len()),
        Meant::Nothing => "nothing".to_owned(),
    }
}

fn nearest(of: Of<'_>, text: &str) -> Vec<String> {
    NAMES.nearest(of, text, 4).into_iter().map(|name| compact(name.entity.as_ref())).collect()
}

#[test]
fn a_name_is_known_in_any_spelling_and_language() {
    let dol = "id:organization/usa-dol";
    for name in ["US Department of Labor", "u.s. department of labor", "DEPARTAMENTO DE TRABAJO DE LOS ESTADOS UNIDOS", dol] {
        assert_eq!(meant(name), dol, "{name}");
    }
    assert_eq!(meant("Secretaria del trabajo y prevision social"), "id:organization/mex-stps");
    assert_eq!(meant("stps"), "id:organization/mex-stps");
    assert_eq!(meant("Mexique"), "id:country/mex");
    assert_eq!(meant("MEX-2021-P029"), "id:report/mex-2021-p029");
    assert_eq!(meant("senderos"), "id:programme/senderos");
    assert_eq!(meant("61"), "nothing", "the number of a question names no thing");
    assert_eq!(folded("  L’État (R.D. Congo)"), "l etat rd congo");
}

#[test]
fn a_candidate_says_what_it_is_and_in_which_language() {
    let found: Vec<&Name> = NAMES.called("mexico").filter(|name| name.entity.as_str().ends_with("/country/mex")).collect();
    let spoken: Vec<(&str, &str)> = found.iter().map(|name| (name.language.as_str(), name.text.as_str())).collect();
    assert!(spoken.contains(&("es", "México")) && spoken.contains(&("en", "Mexico")), "{spoken:?}");
    let mex = NamedNode::new(format!("{}id/country/mex", forced_labour_graph::model::vocab::BASE)).unwrap();
    assert!(NAMES.kinds(&mex).contains(&class::COUNTRY.into_owned()));
    assert!(NAMES.is(&mex, Of::Class(class::COUNTRY)) && !NAMES.is(&mex, Of::Class(class::PROGRAMME)));
    let stps: Vec<Sort> = NAMES.called("STPS").map(|name| name.sort).collect();
    assert!(!stps.is_empty() && stps.iter().all(|sort| *sort == Sort::Acronym), "{stps:?}");
    // A body is a member of the classes above its own.
    let body = NAMES.called("STPS").next().unwrap();
    assert!(NAMES.is(&body.entity, Of::Class(forced_labour_graph::model::vocab::org::ORGANIZATION)));
}

#[test]
fn slips_and_parts_of_names_find_the_nearest() {
    assert_eq!(nearest(Of::Any, "SENDERO").first().map(String::as_str), Some("id:programme/senderos"));
    assert_eq!(nearest(Of::Class(class::COUNTRY), "Mexco").first().map(String::as_str), Some("id:country/mex"));
    assert!(nearest(Of::Any, "id:programme/sendero").contains(&"id:programme/senderos".to_owned()));
    assert!(nearest(Of::Any, "Secretria del Trabajo").contains(&"id:organization/mex-stps".to_owned()));
    assert!(nearest(Of::Any, "Department of Labour of the US").contains(&"id:organization/usa-dol".to_owned()));
    assert!(nearest(Of::Any, "qqqqqqq").is_empty());
    assert!(nearest(Of::Any, "").is_empty());
}

#[test]
fn an_acronym_is_offered_for_an_acronym_only() {
    // Four letters are close to dozens of acronyms; a name that has the word comes first.
    for wanted in ["Trabaja", "campo", "migrante"] {
        for name in NAMES.nearest(Of::Any, wanted, 6) {
            assert!(name.sort < Sort::Acronym || name.folded.len() + 1 >= wanted.len(), "{wanted}: {name:?}");
        }
    }
    assert!(NAMES.nearest(Of::Any, "STP", 6).iter().any(|name| name.text == "STPS"));
}
