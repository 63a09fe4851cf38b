//! The form of the report that is shipped: what its order, its repetitions, its page breaks and its broken addresses become.

mod unknown;
mod variants;

use crate::sample::{Read, TEXT, its_form, read};
use forced_labour_graph::knowledge::words::folded_words;
use forced_labour_graph::model::diagnostic::Severity;
use forced_labour_graph::model::report::Value;

/// The keys of its answers, in the order of the text: reporting comes first, and some questions not at their number's place.
const ORDER: &str = "obligations 91 92 93 94 95 96 97 \
     status 61 62 63 65 68 69 70 71 64 74 75 75.f.measures 75.f.beneficiaries 76 77 78 79 80 79.g.measures \
     79.g.beneficiaries 81 82 90 85 90-2 86 86-2 87 88 89";

#[test]
fn questions_come_in_the_order_of_the_report() {
    let it = read(TEXT);
    assert_eq!(it.keys().join(" "), ORDER);
    assert_eq!((it.report.id.as_str(), it.report.language.code()), ("mex-2021-p029", "es"));
    // Each question that the form has before the one above it is told, with its line.
    let told: Vec<_> = it.told("question-out-of-order").iter().map(|d| (d.line.unwrap(), d.message.clone())).collect();
    let line = |question: &str| TEXT.lines().position(|line| line.starts_with(question)).unwrap() + 1;
    for (question, message) in [
        ("61. ", "question `61` comes after `97`"),
        ("64. ", "question `64` comes after `71`"),
        ("79.g. ", "question `79.g.measures` comes after `80`"),
        ("85. ", "question `85` comes after `90`"),
        ("86. ", "question `86` comes after `90`"),
    ] {
        assert!(told.contains(&(line(question), message.to_owned())), "{question}: {told:?}");
    }
    assert_eq!(told.len(), 5, "{told:?}");
}

#[test]
fn questions_that_are_not_there_are_named() {
    let it = read(TEXT);
    assert_eq!(it.report.absent, ["66", "67", "72", "73", "83", "84"]);
    let [told] = it.told("absent-questions")[..] else { panic!("{:?}", it.diagnostics) };
    assert!(told.message.ends_with(": 66, 67, 72, 73, 83, 84"), "{}", told.message);
}

#[test]
fn a_number_that_stands_twice_is_two_questions() {
    let it = read(TEXT);
    for (number, measures, beneficiaries) in [
        (
            "75.f",
            "De abril de 2020 a abril de 2021, el Instituto",
            "Migrantes que transitan o permanecen en México, en su mayoría",
        ),
        ("79.g", "Por cuanto hace a la adopción de medidas", "Víctimas de trabajo forzoso, entre los que se pueden encontrar"),
    ] {
        let [first, second] = ["measures", "beneficiaries"].map(|part| it.answer(&format!("{number}.{part}")));
        assert_eq!((first.number.as_str(), second.number.as_str()), (number, number));
        assert!(first.question.text().ends_with("Descripción de las medidas adoptadas o que se prevén adoptar"));
        assert!(second.question.text().ends_with("beneficiarios de estas medidas y tipos de prácticas de trabajo forzoso"));
        assert!(first.text.text().starts_with(measures), "{}", first.text.text());
        assert!(second.text.text().starts_with(beneficiaries), "{}", second.text.text());
    }
}

#[test]
fn a_question_that_is_asked_twice_keeps_both_answers() {
    let it = read(TEXT);
    for (key, question) in [("86", "86. ¿Cuáles"), ("90", "90. Sírvase")] {
        let again = it.answer(&format!("{key}-2"));
        let first = it.answer(key);
        assert_eq!((first.question_key.as_deref(), again.question_key.as_deref()), (Some(key), Some(key)));
        assert_eq!((first.text.text(), first.question.text()), (again.text.text(), again.question.text()));
        assert_eq!(first.value, again.value);
        assert_ne!(Read::places(&first.text), Read::places(&again.text), "each has its own place in the source");
        let second_line = TEXT.lines().enumerate().filter(|(_, l)| l.starts_with(question)).nth(1).unwrap().0 + 1;
        let told = it.told("repeated-question");
        assert!(told.iter().any(|d| d.line == Some(second_line) && d.message.contains(&format!("`{key}`"))), "{told:?}");
    }
    assert_eq!(it.told("repeated-question").len(), 2);
}

#[test]
fn what_a_page_break_tore_apart_is_whole_again() {
    let it = read(TEXT);
    for (key, question, answer) in [
        (
            "78",
            "78. ¿Se han adoptado o se prevé adoptar medidas para permitir el acceso de las víctimas de todas las formas de \
             trabajo forzoso u obligatorio a acciones jurídicas y de reparación? [4.1]",
            "Sí",
        ),
        (
            "79.g.beneficiaries",
            "79.g. Categorías de beneficiarios de estas medidas y tipos de prácticas de trabajo forzoso",
            "Víctimas de trabajo forzoso, entre los que se pueden encontrar integrantes de grupos vulnerables de la población \
             que comprenden niñas, niños, adolescentes, mujeres y migrantes.",
        ),
        (
            "86",
            "86. ¿Cuáles son las principales dificultades con que se ha enfrentado su país para aplicar el principio de la \
             supresión efectiva y sostenida de todas las formas de trabajo forzoso por medio de la prevención, la protección y \
             el acceso de las víctimas a acciones jurídicas y de reparación? [8]",
            "a) Falta de sensibilización,b) Falta de información y datos,d) Coyuntura socioeconómica,h) Dificultades respecto \
             de la contratación y colocación de los trabajadores",
        ),
    ] {
        let found = it.answer(key);
        assert_eq!((found.question.text(), found.text.text()), (question, answer), "{key}");
    }
    // Answers that go on behind a page break lose nothing, and gain no question.
    let cooperation = it.answer("82").text.text();
    assert!(cooperation.contains("prácticas de reclutamiento abusivas y fraudulentas"), "{cooperation}");
    assert!(cooperation.ends_with("plan de acción de la “Estrategia de acompañamiento a víctimas”."), "{cooperation}");
    assert!(
        it.answer("89").text.text().ends_with("trabajo forzoso, desde enfoques interculturales de derechos humanos y de género.")
    );
}

#[test]
fn every_question_is_the_forms_and_every_answer_is_free_of_it() {
    let it = read(TEXT);
    for answer in &it.report.answers {
        let spec = its_form().questions.iter().find(|q| Some(&q.key) == answer.question_key.as_ref()).unwrap();
        let words = &spec.text.iter().find(|(lang, _)| lang.code() == "es").unwrap().1;
        // Number and code aside, which the form has elsewhere.
        let mut printed = answer.question.text().to_owned();
        if let Some(number) = &spec.number {
            printed = printed.strip_prefix(number.as_str()).unwrap_or_else(|| panic!("{printed}")).to_owned();
        }
        if let Some(code) = &spec.code {
            assert!(printed.contains(&format!("[{code}]")), "{printed}");
            printed = printed.replace(&format!("[{code}]"), " ");
        }
        assert_eq!(answer.code, spec.code, "{}", answer.key);
        assert_eq!(folded_words(&printed), folded_words(words), "{}", answer.key);
    }
}

#[test]
fn no_word_of_the_report_is_lost_or_used_twice() {
    let it = read(TEXT);
    let report = &it.report;
    let headings = report.sections.iter().map(|s| &s.heading);
    let rows = report.answers.iter().flat_map(|a| [&a.question, &a.text]);
    let mut used = vec![0u8; it.document.text.len()];
    for passage in std::iter::once(&report.title).chain(headings).chain(rows) {
        for span in Read::places(passage) {
            used[span.range()].iter_mut().for_each(|n| *n += 1);
        }
    }
    for (at, c) in it.document.text.char_indices() {
        let line = it.document.line(at);
        assert_eq!(usize::from(used[at]), usize::from(!c.is_whitespace()), "line {line}: `{c}`");
    }
}

#[test]
fn broken_addresses_are_mended_and_found_at_their_place() {
    let it = read(TEXT);
    let expected = [
        ("97", "https://drive.google.com/drive/folders/1eQbpFCXXyO3mTv5oDUA_BOWhbTUKRCEX?usp=sharing"),
        ("71", "http://www.comisioncontralatrata.segob.gob.mx/swb/Comision_Intersecretarial/Informes"),
        ("85", "https://www.dof.gob.mx/nota_detalle.php?codigo=5595490&fecha=24/06/2020"),
        (
            "85",
            "https://www.gob.mx/segob/documentos/programa-anual-de-trabajo-para-prevenir-sancionar-y-erradicar-los-delitos-en-\
             materia-de-trata-de-personas",
        ),
        ("85", "https://www.gob.mx/cms/uploads/attachment/file/405557/Informe_Anual_2017.pdf"),
    ];
    let found: Vec<_> =
        it.report.answers.iter().flat_map(|a| a.links.iter().map(|l| (a.key.as_str(), l.href.as_str()))).collect();
    assert_eq!(found, expected);
    for answer in &it.report.answers {
        for link in &answer.links {
            let source = it.document.slice(link.span);
            assert_eq!(source.split_whitespace().collect::<String>(), link.href);
            assert_eq!(answer.text.slice(link.range.clone()).split(' ').collect::<String>(), link.href);
            assert!(link.mended && source.contains(char::is_whitespace), "{source}");
            let told = it.told("mended-address");
            let line = it.document.line(link.span.start);
            assert!(told.iter().any(|d| d.line == Some(line) && d.message.contains(&link.href)), "{told:?}");
        }
    }
    let text = it.answer("85").text.text();
    assert!(text.contains("24/06/2020 Por otra parte, está el Programa Anual"), "the words after an address stay: {text}");
}

/// What an answer was read as, in one line.
fn said(value: &Value, text: &str) -> String {
    let last =
        |iri: Option<&oxigraph::model::NamedNode>| iri.map_or("-", |iri| iri.as_str().rsplit("/id/").next().unwrap()).to_owned();
    match value {
        Value::Empty => "empty".to_owned(),
        Value::Prose => "prose".to_owned(),
        Value::Boolean { value, range } => format!("{value}: {}", &text[range.clone()]),
        Value::Options(all) => {
            all.iter().map(|o| format!("{} {}", o.letter, last(o.concept.as_ref()))).collect::<Vec<_>>().join("; ")
        }
        Value::List(all) => all.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>().join("; "),
        Value::Levels(all) => {
            let one = |l: &forced_labour_graph::model::report::Level| {
                format!("{} {} {}", l.option.letter, last(l.option.concept.as_ref()), last(l.level.as_ref()))
            };
            all.iter().map(one).collect::<Vec<_>>().join("; ")
        }
    }
}

#[test]
fn answers_are_read_as_their_kind_says() {
    let it = read(TEXT);
    let of = |key: &str| said(&it.answer(key).value, it.answer(key).text.text());
    for key in ["obligations", "96", "63", "68", "70", "74", "76", "78", "80", "81", "87"] {
        assert_eq!(of(key), "true: Sí", "{key}");
    }
    assert_eq!(of("95"), "false: No");
    for key in ["62", "64", "65", "69", "71", "75.f.measures", "79.g.measures", "82", "85", "89", "90", "94", "97"] {
        assert_eq!(of(key), "prose", "{key}");
    }
    for (key, options) in [
        ("61", " ratification-intention/likely"),
        ("91", "a -; b -; c -"),
        ("75", "a measure/information-education-awareness; b measure/stronger-legislation; f measure/safe-regular-migration"),
        (
            "77",
            "a measure/training-to-identify; b measure/legal-protection; d measure/medical-psychological-assistance; \
             h measure/measures-for-children; i measure/measures-for-migrants",
        ),
        (
            "79",
            "a measure/information-on-rights; b measure/free-legal-assistance; d measure/forced-labour-indicators; \
             g measure/non-prosecution",
        ),
        (
            "86",
            "a challenge/lack-of-awareness; b challenge/lack-of-information; d challenge/socio-economic-circumstances; \
             h challenge/recruitment-and-placement",
        ),
        (
            "92",
            "Confederación de Cámaras Industriales de los Estados Unidos Mexicanos (CONCAMIN); \
             Confederación Patronal de la República Mexicana (COPARMEX)",
        ),
        (
            "93",
            "Confederación de Trabajadores de México (CTM); Confederación Regional Obrera Mexicana (CROM); \
             Confederación Revolucionaria de Obreros y Campesinos (CROC); Confederación Auténtica de los Trabajadores de la \
             República Mexicana (CAT); Confederación Internacional de Trabajadores (CIT); Confederación Autónoma de \
             Trabajadores y Empleados de México (CATEM); Confederación Nacional Nueva Central de Trabajadores; \
             Unión Nacional de Trabajadores (UNT)",
        ),
        (
            "88",
            "b cooperation-topic/awareness-raising importance/less-important; \
             c cooperation-topic/data-collection importance/most-important; \
             e cooperation-topic/legal-framework importance/less-important; \
             f cooperation-topic/authorities-capacity importance/not-applicable; \
             g cooperation-topic/inter-institutional-coordination importance/most-important; \
             h cooperation-topic/fair-recruitment importance/less-important; \
             i cooperation-topic/fair-migration importance/most-important; \
             k cooperation-topic/social-security importance/less-important; \
             l cooperation-topic/due-diligence importance/less-important; \
             m cooperation-topic/social-partners-capacity importance/less-important; \
             o cooperation-topic/exchange-of-experience importance/most-important",
        ),
    ] {
        assert_eq!(of(key), options, "{key}");
    }
    // The words of an option are the option's alone.
    let Value::Options(measures) = &it.answer("75").value else { panic!() };
    let words = |i: usize| it.answer("75").text.slice(measures[i].range.clone());
    assert_eq!(words(1), "Fortalecimiento y ampliación del ámbito de aplicación de la legislación, principalmente la laboral");
    assert_eq!(words(2), "Promoción de una migración segura y regular");
    let grave: Vec<_> = it.diagnostics.iter().filter(|d| d.severity > Severity::Note).collect();
    assert!(grave.is_empty(), "nothing of this report is doubtful: {grave:#?}");
}

#[test]
fn sections_have_their_depth_and_their_answers() {
    let it = read(TEXT);
    let sections: Vec<_> = it.report.sections.iter().map(|s| (s.level, s.form_section.as_deref().unwrap_or("?"))).collect();
    assert_eq!(
        sections,
        [
            (1, "reporting"),
            (2, "reporting-role"),
            (1, "observations"),
            (2, "observations-employers"),
            (2, "observations-workers"),
            (1, "efforts"),
            (2, "ratification"),
            (3, "ratification-intention"),
            (2, "policy"),
            (2, "systematic-action"),
            (2, "prevention"),
            (2, "protection"),
            (2, "remedies"),
            (2, "non-prosecution"),
            (2, "cooperation"),
            (2, "promotion"),
            (2, "initiatives"),
            (1, "challenges"),
            (2, "challenges-government"),
            (1, "technical-cooperation"),
            (2, "technical-cooperation-requests"),
        ]
    );
    assert_eq!(
        it.report.sections[5].heading.text(),
        "ESFUERZOS Y PROGRESOS DESPLEGADOS PARA REALIZAR DE LAS MEDIDAS A QUE SE REFIERE EL PROTOCOLO"
    );
    for (key, section) in [
        ("obligations", "reporting"),
        ("94", "reporting-role"),
        ("95", "observations-employers"),
        ("97", "observations-workers"),
        ("status", "ratification"),
        ("62", "ratification-intention"),
        ("71", "policy"),
        ("64", "systematic-action"),
        ("75.f.beneficiaries", "prevention"),
        ("80", "remedies"),
        ("79.g.measures", "non-prosecution"),
        ("82", "cooperation"),
        ("90", "promotion"),
        ("85", "initiatives"),
        ("90-2", "initiatives"),
        ("86", "challenges"),
        ("86-2", "challenges-government"),
        ("89", "technical-cooperation-requests"),
    ] {
        let found = it.answer(key).section.and_then(|at| it.report.sections[at].form_section.as_deref());
        assert_eq!(found, Some(section), "{key}");
    }
}
