//! Questions that the form does not have, wherever they stand and however they are numbered; and lists, which are none.

use crate::sample::{Read, TEXT, document, read, recognise, with};
use forced_labour_graph::model::diagnostic::Severity;

/// The report with a text before a question of it.
fn before(key: &str, text: &str) -> String {
    let it = read(TEXT);
    let at = Read::places(&it.answer(key).question)[0].start;
    format!("{}{text}{}", &TEXT[..at], &TEXT[at..])
}

/// The texts of answers by key, those of questions that the form does not have apart.
fn answers(it: &Read) -> (Vec<String>, Vec<(String, String, String)>) {
    let (known, unknown): (Vec<_>, Vec<_>) = it.report.answers.iter().partition(|answer| answer.question_key.is_some());
    let text = |answer: &&forced_labour_graph::model::report::Answer| format!("{}: {}", answer.key, answer.text.text());
    let whole = |a: &forced_labour_graph::model::report::Answer| {
        (a.number.clone(), a.question.text().to_owned(), a.text.text().to_owned())
    };
    (known.iter().map(text).collect(), unknown.into_iter().map(whole).collect())
}

/// Asserts that a text has these unknown questions with these answers, each told once, and all else as the report has it.
fn kept(text: &str, questions: &[(&str, &str, &str)]) {
    let it = read(text);
    let (known, unknown) = answers(&it);
    assert_eq!(known, answers(&read(TEXT)).0);
    let unknown: Vec<_> = unknown.iter().map(|(n, q, a)| (n.as_str(), q.as_str(), a.as_str())).collect();
    assert_eq!(unknown, questions);
    let told = it.told("unknown-question");
    assert_eq!(told.len(), questions.len(), "{told:#?}");
    for (told, (number, question, _)) in told.iter().zip(questions) {
        let named =
            if number.is_empty() { question.split(' ').take(3).collect::<Vec<_>>().join(" ") } else { format!("`{number}`") };
        assert!(told.message.contains(&named) && told.severity == Severity::Warning, "{told:?}");
        let line = told.line.and_then(|line| text.lines().nth(line - 1)).unwrap();
        assert!(question.starts_with(line.trim().split(' ').next().unwrap()), "{line}");
    }
}

#[test]
fn after_the_last_question() {
    let asked = ("99", "99. ¿Alguna otra observación?", "El Ministerio de las Lunas inspeccionará.");
    kept(&format!("{TEXT}\n99. ¿Alguna otra observación?\n\nEl Ministerio de las Lunas inspeccionará.\n"), &[asked]);
    kept(&format!("{TEXT}\n99. ¿Alguna otra observación? El Ministerio de las Lunas inspeccionará.\n"), &[asked]);
    kept(
        &format!("{TEXT}\n99. ¿Alguna otra observación? [15]\n\nNinguna.\n\n100. ¿Y ahora?\n\nNada.\n"),
        &[("99", "99. ¿Alguna otra observación? [15]", "Ninguna."), ("100", "100. ¿Y ahora?", "Nada.")],
    );
}

#[test]
fn before_the_first_question_and_between_two() {
    kept(&before("91", "60. ¿Quién responde?\n\nLa Secretaría.\n\n"), &[("60", "60. ¿Quién responde?", "La Secretaría.")]);
    let inserted = "82bis. ¿Cuánto se gastó?\n\nDos millones.\n\n82 ter) ¿Y antes?\n\nUno.\n\n";
    kept(
        &before("85", inserted),
        &[("82bis", "82bis. ¿Cuánto se gastó?", "Dos millones."), ("82ter", "82 ter) ¿Y antes?", "Uno.")],
    );
    kept(&before("88", "87.b. ¿Con quién?\n\nCon la OIT.\n\n"), &[("87.b", "87.b. ¿Con quién?", "Con la OIT.")]);
}

#[test]
fn without_a_number() {
    let coded = "¿Qué presupuesto tiene la \ninspección del trabajo? [15.2] \n\nNinguno.\n\n";
    kept(&before("88", coded), &[("", "¿Qué presupuesto tiene la inspección del trabajo? [15.2]", "Ninguno.")]);
    let bare = "¿Qué presupuesto tiene la \ninspección del trabajo?\n\nNinguno.\n\n";
    kept(&before("88", bare), &[("", "¿Qué presupuesto tiene la inspección del trabajo?", "Ninguno.")]);
}

#[test]
fn a_list_in_an_answer_is_none() {
    const ANSWER: &str = "La STPS da seguimiento. Consta de:\n\n";
    for list in [
        "1. Se creó un grupo.\n\n2. Se reunió dos veces.\n\n3. ¿Qué falta? Recursos.\n\n",
        "1) Se creó un grupo.\n2) Se reunió.\n\n",
        "1. ¿Qué se hizo?\n2. ¿Qué falta?\n3. ¿Qué sigue?\n\n",
        "¿qué falta?\n\n",
    ] {
        let it = read(&before("89", &format!("{ANSWER}{list}")));
        assert!(it.told("unknown-question").is_empty(), "{list}: {:#?}", it.told("unknown-question"));
        assert_eq!(it.keys(), read(TEXT).keys(), "{list}");
        assert!(it.answer("88").text.text().contains("Consta de"), "{list}");
    }
}

#[test]
fn in_a_text_without_blank_lines() {
    let squeezed = |text: &str| text.split_inclusive('\n').filter(|line| !line.trim().is_empty()).collect::<String>();
    let plain = squeezed(TEXT);
    let keys = |text: &str| {
        let document = document(text);
        let (report, told) = recognise(&document).unwrap_or_else(|error| panic!("{error}"));
        let keys: Vec<String> = report.answers.iter().map(|answer| answer.key.clone()).collect();
        let last = report.answers.last().map(|a| (a.question.text().to_owned(), a.text.text().to_owned())).unwrap();
        (keys, last, told.iter().filter(|d| d.code == "unknown-question").count())
    };
    let (as_is, _, none) = keys(&plain);
    let (found, last, one) =
        keys(&squeezed(&format!("{TEXT}\n99. ¿Alguna otra \nobservación? [15]\nEl Ministerio inspeccionará.\n")));
    assert_eq!((none, one), (0, 1));
    assert_eq!(found, [as_is, vec!["99".to_owned()]].concat());
    assert_eq!(last, ("99. ¿Alguna otra observación? [15]".to_owned(), "El Ministerio inspeccionará.".to_owned()));
}

#[test]
fn the_rest_of_a_question_behind_a_page_break_is_that_questions() {
    // As the report has it: nothing that a page tore off is taken for a question of its own.
    assert!(read(TEXT).told("unknown-question").is_empty());
    let it = read(&with("89. Sírvase proporcionar", "\u{c}\n89. Sírvase proporcionar"));
    assert!(it.told("unknown-question").is_empty());
}
