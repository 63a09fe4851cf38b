//! The traps of the report that is shipped: names that look alike and are not, names that do not look alike and are, and an
//! answer that contradicts another.

use crate::sample::{TEXT, authority, conversion, read, with};
use forced_labour_graph::extract::Extractor;
use forced_labour_graph::knowledge::classes::Classes;
use forced_labour_graph::knowledge::lexicon::lexicons;
use forced_labour_graph::knowledge::places::Places;
use forced_labour_graph::link;
use forced_labour_graph::model::claim::{Linked, Mention};
use forced_labour_graph::model::vocab::{compact, expand, graph};
use oxigraph::model::{GraphName, Quad, Term};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    let places = Places::load(authority()).unwrap();
    Extractor::new(authority().clone(), Classes::load().unwrap(), &lexicons().unwrap(), &places).unwrap()
});
static REPORT: LazyLock<Understood> = LazyLock::new(|| Understood::of(TEXT));

/// What a report mentions, and what each mention was taken for.
struct Understood {
    text: String,
    mentions: Vec<Mention>,
    linked: Linked,
}

impl Understood {
    fn of(text: &str) -> Self {
        let it = read(text);
        let claims = EXTRACTOR.claims(&it.document, &it.report, crate::sample::its_form());
        let mentions = claims.mentions.clone();
        let linked = link::identify(claims, &it.document, &it.report, authority());
        Self { text: text.to_owned(), mentions, linked }
    }

    /// Where words stand, line wraps aside: all places, as bytes.
    fn places(&self, words: &str) -> Vec<(usize, usize)> {
        let pattern = words.split(' ').map(regex::escape).collect::<Vec<_>>().join(r"\s+");
        let found = regex::Regex::new(&pattern).unwrap();
        found.find_iter(&self.text).map(|m| (m.start(), m.end())).collect()
    }

    /// What the mentions inside of each place of these words are, the longest mention of each place alone.
    fn who(&self, words: &str) -> Vec<String> {
        let places = self.places(words);
        assert!(!places.is_empty(), "`{words}` does not stand in the report");
        places.into_iter().map(|place| self.at(place)).collect()
    }

    fn at(&self, (start, end): (usize, usize)) -> String {
        let inside =
            self.mentions.iter().enumerate().filter(|(_, m)| start <= m.evidence.span.start && m.evidence.span.end <= end);
        let longest = inside.max_by_key(|(_, m)| m.evidence.span.end - m.evidence.span.start);
        let entity = longest.and_then(|(id, _)| self.linked.entities.get(self.linked.entity_of[id]));
        entity.map_or_else(|| "nothing".to_owned(), |e| format!("{} {}", compact(e.class.as_ref()), compact(e.iri.as_ref())))
    }
}

static QUADS: LazyLock<Vec<Quad>> = LazyLock::new(|| conversion().quads());

fn facts() -> impl Iterator<Item = &'static Quad> {
    let facts: GraphName = graph::report("mex-2021-p029").into();
    QUADS.iter().filter(move |q| q.graph_name == facts)
}

/// The objects of a property of a subject among the facts.
fn objects(subject: &str, property: &str) -> BTreeSet<String> {
    let (subject, property) = (expand(subject).unwrap(), expand(property).unwrap());
    let matching = facts().filter(|q| q.subject == subject.clone().into() && q.predicate == property);
    matching
        .map(|q| match &q.object {
            Term::NamedNode(node) => compact(node.as_ref()),
            other => other.to_string(),
        })
        .collect()
}

fn set(items: &[&str]) -> BTreeSet<String> {
    items.iter().map(|s| (*s).to_owned()).collect()
}

const FULL: &str = "Prevenir, Sancionar y Erradicar los Delitos en Materia de Trata de Personas y para la Protección y \
                    Asistencia a las Víctimas de estos Delitos";
const COMMISSION: &str = "flg:Commission id:organization/mex-comision-trata";

#[test]
fn five_names_of_the_anti_trafficking_commission_are_one_commission() {
    let it = &*REPORT;
    assert_eq!(it.who(&format!("Comisión Intersecretarial para {FULL}")), [COMMISSION; 2]);
    for name in ["Comisión Intersecretarial de Trata de Personas", "Comisión Intersecretarial contra la Trata de Personas"] {
        assert_eq!(it.who(name), [COMMISSION], "{name}");
    }
    // The second form stands in the name of its technical secretariat alone, which is a body of its own.
    let secretariat = "id:organization/mex-comision-trata-secretaria-tecnica";
    let words = "Secretaría Técnica de la Comisión Intersecretarial para Prevenir y Sancionar la Trata de Personas";
    assert_eq!(it.who(words), [format!("flg:GovernmentBody {secretariat}")]);
    let form = "Comisión Intersecretarial para Prevenir y Sancionar la Trata de Personas";
    let alone = Understood::of(&with(
        "Comisión Intersecretarial contra la Trata de \n\nPersonas, participó",
        &format!("{form}, participó"),
    ));
    assert_eq!(alone.who(&format!("{form}, participó")), [COMMISSION]);
    assert_eq!(objects(secretariat, "org:subOrganizationOf"), set(&["id:organization/mex-comision-trata"]));
    // The fifth form has no more words than the name of the commission on child labour begins with, too: it is this one,
    // because the passage speaks of trafficking, and that it is a conclusion is said.
    for words in ["que la Comisión Intersecretarial realizaría", "Pleno de la Comisión Intersecretarial"] {
        assert_eq!(it.who(words), [COMMISSION], "{words}");
    }
    let line = TEXT[..it.places("que la Comisión Intersecretarial realizaría")[0].1].lines().count();
    let told = it.linked.diagnostics.iter().filter(|d| d.code == "short-form" && d.line.is_some_and(|l| l.abs_diff(line) <= 2));
    assert_eq!(told.count(), 1);
    // Where the passage does not speak of trafficking, it may be either: nothing is said of it, and that is told.
    let unclear = Understood::of(&with("y el caribe", "y el caribe. La Comisión Intersecretarial sesionó en marzo de 2020."));
    assert_eq!(unclear.who("La Comisión Intersecretarial sesionó"), ["nothing"]);
    assert_eq!(unclear.linked.diagnostics.iter().filter(|d| d.code == "ambiguous-name").count(), 1);
    // The commission on child labour begins with the same two words.
    let child_labour = "Comisión Intersecretarial para la Prevención y Erradicación del Trabajo Infantil y la Protección de \
                        Adolescentes Trabajadores en Edad Permitida";
    for name in [format!("{child_labour} (CITI)"), format!("{child_labour} en México (CITI)")] {
        assert_eq!(it.who(&name), ["flg:Commission id:organization/mex-citi"], "{name}");
    }
}

#[test]
fn a_law_a_programme_and_a_plan_with_the_commissions_words_are_each_their_own() {
    let it = &*REPORT;
    let law = "flg:LegalInstrument id:instrument/mex-ley-general-trata";
    let long = "Ley General para Prevenir, Sancionar y Erradicar los Delitos en materia de Trata de Personas y para la \
                Protección y Asistencia a las víctimas de estos delitos";
    assert_eq!(it.who(long), [law]);
    assert_eq!(it.who("Ley en materia de trata de personas"), [law]);
    let programme = it.who(&format!("Programa Nacional para {FULL} 2020-2024"));
    let annual =
        it.who("Programa Anual de Trabajo, para Prevenir, Sancionar y Erradicar los Delitos en materia de Trata de Personas");
    for (what, found) in [("the programme", &programme), ("the annual plan", &annual)] {
        assert_eq!(found.len(), 1, "{what}: {found:?}");
        assert!(found[0].starts_with("flg:Policy id:policy/mex-"), "{what}: {found:?}");
    }
    assert_ne!(programme, annual);
    // Each stands in the graph as itself: the programme runs from 2020 to 2024, the plan is of 2019.
    let iri = programme[0].split(' ').nth(1).unwrap();
    let year = |year: &str| set(&[&format!("\"{year}\"^^<http://www.w3.org/2001/XMLSchema#gYear>")]);
    assert_eq!((objects(iri, "flg:startDate"), objects(iri, "flg:endDate")), (year("2020"), year("2024")));
    let plan = annual[0].split(' ').nth(1).unwrap();
    assert!(objects(plan, "flg:endDate").is_disjoint(&year("2024")) && objects(plan, "flg:startDate").is_disjoint(&year("2020")));
}

#[test]
fn three_things_called_protocol_are_three() {
    let it = &*REPORT;
    let ours = it.who("Protocolo de 2014 relativo al Convenio sobre el trabajo forzoso, 1930");
    assert!(ours.iter().all(|found| found == "nothing" || found == "flg:LegalInstrument id:instrument/p029"), "{ours:?}");
    assert_eq!(objects("id:report/mex-2021-p029", "flg:aboutInstrument"), set(&["id:instrument/p029"]));
    let special = it
        .who("Protocolo Especial para la Detección, Identificación y Atención a Víctimas de Trabajo Forzoso y Trata de Personas");
    let model = it.who(
        "Modelo de Protocolo para Centros de Trabajo y Cadenas de Suministro para la Detección de los Riesgos y la \
         Prevención en Materia de Explotación Laboral, Trabajo Infantil, Trabajo Forzoso y Trata de Personas",
    );
    for (what, found) in [("the special protocol", &special), ("the model protocol", &model)] {
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("flg:OperationalProtocol id:protocol/mex-"), "{what}: {found:?}");
    }
    assert_ne!(special, model);
    let special = special[0].split(' ').nth(1).unwrap();
    assert!(objects("id:organization/mex-stps", "flg:operates").contains(special), "the secretariat applies it");
}

#[test]
fn world_vision_and_world_vision_mexico_are_not_merged() {
    let it = &*REPORT;
    let (mexican, other) = ("id:organization/mex-world-vision", "id:organization/world-vision");
    assert_eq!(it.who("World Vision México (WVM)"), [format!("flg:CivilSocietyOrganization {mexican}")]);
    assert_eq!(it.who("World Visión (WV)"), [format!("flg:CivilSocietyOrganization {other}")]);
    // Each has its own part, and neither the other's.
    let partners = objects("id:programme/senderos", "flg:partner");
    assert!(partners.contains(mexican) && !partners.contains(other), "{partners:?}");
    assert_eq!(objects("id:programme/campos-de-esperanza", "flg:implementedBy"), set(&[other]));
    // Nor does either go by the other's name or acronym.
    for (mine, theirs) in [(mexican, "WV"), (other, "WVM"), (other, "World Vision México"), (mexican, "World Visión")] {
        let named = QUADS
            .iter()
            .any(|q| q.subject == expand(mine).unwrap().into() && matches!(&q.object, Term::Literal(l) if l.value() == theirs));
        assert!(!named, "{mine} is called {theirs}");
    }
}

#[test]
fn two_names_of_the_department_of_labor_are_one_department() {
    let it = &*REPORT;
    let dol = "id:organization/usa-dol";
    assert_eq!(it.who("Departamento de Trabajo (DOL) de los Estados Unidos"), [format!("flg:GovernmentBody {dol}")]);
    assert_eq!(it.who("DOL de EUA"), [format!("flg:GovernmentBody {dol}")]);
    for programme in ["id:programme/senderos", "id:programme/campos-de-esperanza"] {
        assert_eq!(objects(programme, "flg:fundedBy"), set(&[dol]), "{programme}");
    }
    let departments =
        it.linked.entities.iter().filter(|e| e.iri.as_str().contains("dol") || e.iri.as_str().contains("departamento"));
    assert_eq!(departments.count(), 1);
}

#[test]
fn mexico_is_the_country_here_and_never_the_state() {
    let it = &*REPORT;
    let states = it.linked.entities.iter().filter(|e| e.iri.as_str().ends_with("place/mx-mex"));
    assert_eq!(states.count(), 0);
    assert_eq!(it.who("en los estados de Jalisco y Nayarit, en México").len(), 1);
    let covered = objects("id:programme/senderos", "flg:coversPlace");
    assert!(covered.is_superset(&set(&["id:place/mx-jal", "id:place/mx-nay"])), "{covered:?}");
    assert!(!covered.contains("id:place/mx-mex"), "{covered:?}");
    for words in ["México coopera", "en México. 3.", "México participó", "situación de México"] {
        assert_eq!(it.who(words), ["flg:Country id:country/mex"], "{words}");
    }
    // Where a report means the state, it is the state.
    let it = Understood::of(&with("en los estados de Jalisco y Nayarit, en ", "en el Estado de México y en Nayarit, en "));
    assert_eq!(it.who("Estado de México"), ["flg:Place id:place/mx-mex"]);
}

#[test]
fn an_option_that_is_ticked_and_a_text_that_denies_it_both_stand() {
    let measure = "id:measure/non-prosecution";
    assert!(objects("id:country/mex", "flg:takesMeasure").contains(measure), "the ticked option is a fact");
    let quads = &*QUADS;
    let node = |curie: &str| expand(curie).unwrap();
    let says = |s: &str, p: &str, o: &str| {
        quads.iter().any(|q| q.subject == node(s).into() && q.predicate == node(p) && q.object == node(o).into())
    };
    assert!(says("id:answer/mex-2021-p029/79", "flg:selectedOption", measure));
    // The fact rests on the option's words, in the answer that ticks it,
    let claims = quads.iter().filter(|q| q.predicate == node("rdf:object") && q.object == node(measure).into());
    let claims: Vec<String> = claims.map(|q| q.subject.to_string()).collect();
    let derived = quads.iter().filter(|q| claims.contains(&q.subject.to_string()) && q.predicate == node("prov:wasDerivedFrom"));
    let derived: BTreeSet<String> = derived.map(|q| q.object.to_string()).collect();
    assert!(derived.contains(&node("id:answer/mex-2021-p029/79").to_string()), "{derived:?}");
    // and the answer that denies it stands beside it, whole, under a question of its own.
    let denial = quads
        .iter()
        .find(|q| q.subject == node("id:answer/mex-2021-p029/79.g.measures").into() && q.predicate == node("flg:text"));
    let Some(Term::Literal(denial)) = denial.map(|q| &q.object) else { panic!("79.g has no text") };
    assert!(denial.value().contains("no prevé alguna regulación específica en ese sentido"), "{denial}");
    assert!(says("id:answer/mex-2021-p029/79.g.measures", "flg:question", "id:question/ilo-p029-2021/79.g.measures"));
}
