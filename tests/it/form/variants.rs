//! The same report otherwise: other words, another language, other line ends, no codes, wrong numbers.

use super::said;
use crate::sample::{Read, TEXT, its_form, read, replaced, with};
use forced_labour_graph::knowledge::form::Texts;
use forced_labour_graph::model::diagnostic::Severity;
use forced_labour_graph::model::document::Span;
use forced_labour_graph::model::passage::Passage;

/// All answers with what was read in them, apart from the questions' words and the bracket codes.
fn answers(it: &Read) -> Vec<String> {
    let one = |answer: &forced_labour_graph::model::report::Answer| {
        let (text, links) = (answer.text.text(), answer.links.iter().map(|l| l.href.as_str()).collect::<Vec<_>>());
        let section = answer.section.and_then(|at| it.report.sections[at].form_section.as_deref());
        format!(
            "{} ({:?}, {}) in {section:?}: {} {links:?} {text}",
            answer.key,
            answer.question_key,
            answer.number,
            said(&answer.value, text)
        )
    };
    it.report.answers.iter().map(one).collect()
}

/// Asserts that the answers are those of the report as it is.
fn same_answers(it: &Read) {
    let (as_is, found) = (answers(&read(TEXT)), answers(it));
    for (as_is, found) in as_is.iter().zip(&found) {
        assert_eq!(as_is, found);
    }
    assert_eq!(as_is.len(), found.len());
    assert_eq!(it.report.absent, ["66", "67", "72", "73", "83", "84"]);
}

/// The report with words of its questions changed: `change` is given the key and the word's index, and may refuse.
fn with_questions(change: impl Fn(&str, usize, &str) -> Option<String>) -> String {
    let it = read(TEXT);
    let mut changes = Vec::new();
    for answer in it.report.answers.iter().filter(|a| !a.number.is_empty()) {
        // The words without the number, and without what has a digit or a bracket: the code.
        let words = Read::places(&answer.question).into_iter().enumerate().skip(1);
        for (i, span) in
            words.filter(|(_, span)| !it.document.slice(*span).contains(|c: char| "[]".contains(c) || c.is_ascii_digit()))
        {
            if let Some(new) = change(&answer.key, i, it.document.slice(span)) {
                changes.push((span, new));
            }
        }
    }
    assert!(changes.len() > 30, "too little was changed");
    replaced(TEXT, changes)
}

#[test]
fn number_and_code_tell_a_question_whatever_its_words() {
    let spec = |key: &str| its_form().questions.iter().find(|q| q.key == key.split('-').next().unwrap()).unwrap();
    // No word of a question with a code is left.
    let it = read(&with_questions(|key, i, word| spec(key).code.is_some().then(|| format!("{}{i}", "x".repeat(word.len())))));
    same_answers(&it);
    assert!(it.answer("82").question.text().starts_with("82. xxx"), "{}", it.answer("82").question.text());
}

#[test]
fn a_rewording_leaves_all_questions_known() {
    // Every sixth word is another one; the questions without a code are known by the rest.
    let it = read(&with_questions(|_, i, _| (i % 6 == 3).then(|| "otramente".to_owned())));
    same_answers(&it);
}

#[test]
fn bracket_codes_may_be_missing() {
    let it = read(TEXT);
    let codes = TEXT.match_indices('[').map(|(at, _)| (Span::new(at, at + TEXT[at..].find(']').unwrap() + 1), String::new()));
    let it_without = read(&replaced(TEXT, codes.collect()));
    same_answers(&it_without);
    assert!(it.report.answers.iter().any(|a| a.code.is_some()) && it_without.report.answers.iter().all(|a| a.code.is_none()));
}

/// The report with questions, headings, title and yes and no in another language of the form.
fn translated(code: &str) -> String {
    let it = read(TEXT);
    let words = |texts: &Texts| texts.iter().find(|(lang, _)| lang.code() == code).unwrap().1.clone();
    // Lines of a narrow column, as the report has them.
    let wrapped = |text: &str| {
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            let last = lines.last_mut().unwrap();
            if last.len() + word.len() > 30 {
                lines.push(word.to_owned());
            } else {
                last.extend([" ", word]);
            }
        }
        lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" \n")
    };
    let whole = |passage: &Passage| {
        let places = Read::places(passage);
        Span::new(places[0].start, places[places.len() - 1].end)
    };
    let mut changes = Vec::new();
    for section in &it.report.sections {
        let spec = its_form().sections.iter().find(|s| Some(&s.id) == section.form_section.as_ref()).unwrap();
        changes.push((whole(&section.heading), words(&spec.heading)));
    }
    for answer in &it.report.answers {
        let spec = its_form().questions.iter().find(|q| Some(&q.key) == answer.question_key.as_ref()).unwrap();
        let number = spec.number.as_ref().map(|n| format!("{n}. ")).unwrap_or_default();
        let bracket = spec.code.as_ref().map(|c| format!(" [{c}]")).unwrap_or_default();
        let question = format!("{number}{}{bracket}", words(&spec.text));
        // Torn apart by a page break, the first part gets all of the question, and the second is taken away.
        let places = Read::places(&answer.question);
        let torn = |pair: &[Span]| !it.document.slice(Span::new(pair[0].end, pair[1].start)).trim().is_empty();
        match places.windows(2).position(torn) {
            Some(tear) => {
                changes.push((Span::new(places[0].start, places[tear].end), wrapped(&question)));
                changes.push((Span::new(places[tear + 1].start, places[places.len() - 1].end), String::new()));
            }
            None => changes.push((whole(&answer.question), wrapped(&question))),
        }
        let (yes, no) = if code == "fr" { ("Oui", "Non") } else { ("Yes", "No") };
        match answer.text.text() {
            "Sí" => changes.push((whole(&answer.text), yes.to_owned())),
            "No" => changes.push((whole(&answer.text), no.to_owned())),
            _ => {}
        }
    }
    let marks = its_form().recognition.marks.iter().find(|(lang, _)| lang.code() == code).unwrap().1;
    changes.push((whole(&it.report.title), format!("{}\n\nMexico - 2021\n\n{}\n", marks[0], marks[marks.len() - 1])));
    replaced(TEXT, changes)
}

#[test]
fn the_form_is_the_same_in_every_language() {
    let as_is = read(TEXT);
    for code in ["en", "fr"] {
        let it = read(&translated(code));
        assert_eq!(it.report.language.code(), code);
        assert_eq!(it.keys(), as_is.keys(), "{code}");
        assert_eq!(it.report.sections.len(), as_is.report.sections.len(), "{code}");
        for (answer, original) in it.report.answers.iter().zip(&as_is.report.answers) {
            let (text, before) = (answer.text.text(), original.text.text());
            if !matches!(before, "Sí" | "No") {
                assert_eq!(text, before, "{code} {}", answer.key);
            }
            let truth = |said: String| said.split(':').next().unwrap().to_owned();
            assert_eq!(truth(said(&answer.value, text)), truth(said(&original.value, before)), "{code} {}", answer.key);
        }
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    for text in [TEXT.replace('\n', "\r\n"), format!("\u{feff}{TEXT}"), format!("\u{feff}{}", TEXT.replace('\n', "\r\n"))] {
        let it = read(&text);
        same_answers(&it);
        assert_eq!(it.report.title.text(), read(TEXT).report.title.text());
        for answer in &it.report.answers {
            for link in &answer.links {
                assert_eq!(it.document.slice(link.span).split_whitespace().collect::<String>(), link.href);
            }
        }
    }
}

/// The report with something at each of its page breaks, which are two blank lines or more.
fn with_page_breaks(page_break: &str) -> String {
    let mut out = String::new();
    let mut blank = 0;
    for line in TEXT.lines() {
        if line.trim().is_empty() {
            blank += 1;
            continue;
        }
        out.push_str(&match blank {
            0 => String::new(),
            1 => "\n".to_owned(),
            _ => page_break.to_owned(),
        });
        blank = 0;
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[test]
fn page_breaks_may_be_form_feeds_or_nothing_at_all() {
    let feeds = read(&with_page_breaks("\n\u{c}"));
    same_answers(&feeds);
    assert!(feeds.document.pages.len() > 10, "{}", feeds.document.pages.len());
    let own_line = read(&with_page_breaks("\n\u{c}\n"));
    same_answers(&own_line);
    // Without any sign of a page break, what is torn apart is known by the form's words.
    let none = read(&with_page_breaks("\n"));
    assert!(none.document.pages.is_empty());
    same_answers(&none);
}

#[test]
fn a_wrong_number_is_told_and_the_words_are_followed() {
    let it = read(&with("94. En caso afirmativo", "49. En caso afirmativo"));
    let [told] = it.told("misnumbered-question")[..] else { panic!("{:#?}", it.diagnostics) };
    let line = it.document.text.lines().position(|l| l.starts_with("49. ")).unwrap() + 1;
    assert_eq!((told.line, told.severity), (Some(line), Severity::Warning));
    assert!(told.message.contains("`49`") && told.message.contains("`94`"), "{}", told.message);
    assert_eq!(it.answer("94").text.text(), read(TEXT).answer("94").text.text());
    assert_eq!(it.keys(), read(TEXT).keys());
}

#[test]
fn a_question_that_the_form_does_not_have_is_kept_and_told() {
    let extra = "98. ¿Qué presupuesto tiene la \ninspección del trabajo? [15] \n\nNo se dispone de esa información.  \n\n";
    let it = read(&with(
        "OBSERVACIONES DE LOS INTERLOCUTORES SOCIALES",
        &format!("{extra}OBSERVACIONES DE LOS INTERLOCUTORES SOCIALES"),
    ));
    let found = it.answer("98");
    assert_eq!((found.question_key.as_deref(), found.code.as_deref()), (None, Some("15")));
    assert_eq!(found.question.text(), "98. ¿Qué presupuesto tiene la inspección del trabajo? [15]");
    assert_eq!(found.text.text(), "No se dispone de esa información.");
    let [told] = it.told("unknown-question")[..] else { panic!("{:#?}", it.diagnostics) };
    assert!(told.message.contains("`98`") && told.line.is_some(), "{told:?}");
    let others: Vec<String> = answers(&it).into_iter().filter(|a| !a.starts_with("98 ")).collect();
    assert_eq!(others, answers(&read(TEXT)));
}

#[test]
fn a_question_that_is_repeated_or_gone_is_told() {
    let start = TEXT.find("80. Sírvase").unwrap();
    let end = TEXT.find("No enjuiciamiento").unwrap();
    let question = &TEXT[start..end];
    let twice = read(&TEXT.replace(question, &format!("{question}{question}")));
    assert!(twice.told("repeated-question").iter().any(|d| d.message.contains("`80`")));
    assert_eq!(twice.answer("80-2").text.text(), twice.answer("80").text.text());
    assert_eq!(twice.keys().len(), read(TEXT).keys().len() + 1);
    let gone = read(&TEXT.replace(question, ""));
    assert_eq!(gone.report.absent, ["66", "67", "72", "73", "80", "83", "84"]);
    assert!(gone.told("absent-questions")[0].message.contains("80"));
    assert_eq!(gone.keys().len(), read(TEXT).keys().len() - 1);
}

#[test]
fn a_question_without_an_answer_is_unanswered() {
    let it = read(&with(
        "Migrantes que transitan o permanecen en México, \n\nen su mayoría originarios de países de centroamérica \n\ny el caribe  \n\n",
        "",
    ));
    let found = it.answer("75.f.beneficiaries");
    assert!(found.text.is_empty() && found.value == forced_labour_graph::model::report::Value::Empty);
    assert!(found.question.text().ends_with("tipos de prácticas de trabajo forzoso"), "{}", found.question.text());
    assert!(it.told("unanswered-question").iter().any(|d| d.message.contains("`75.f.beneficiaries`")));
}
