//! Questions in plain words: what they are answered with, measured on tables of questions whose answers were read against the
//! graph and the reports, and that no question whatever breaks or stalls anything.

use super::sample::{self, store_of};
use super::shared::{shared, tell};
use forced_labour_graph::ask::{self, Answer, Asker, Row, Status, Vocabulary, lexicon::lexicon, plan, words};
use forced_labour_graph::model::vocab::BASE;
use forced_labour_graph::read;
use forced_labour_graph::store::{Embedded, Limits, Request, Store};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// What a store holds with these reports beside the bundled one.
fn store_with(reports: &[PathBuf]) -> Embedded {
    let converter = sample::converter();
    let mut quads: Vec<_> = converter.base_quads().iter().cloned().chain(sample::conversion().quads()).collect();
    for report in reports {
        quads.extend(converter.convert(&read::file(report).unwrap()).unwrap().quads());
    }
    store_of(quads)
}

static MEXICO: LazyLock<(Embedded, Vocabulary)> = LazyLock::new(|| {
    let store = store_with(&[]);
    let vocabulary = Vocabulary::read(&store).unwrap();
    (store, vocabulary)
});

static CORPUS: LazyLock<Option<(Embedded, Vocabulary)>> = LazyLock::new(|| {
    let files = ["2020/Mexico.pdf", "2021/Mexico.pdf", "2021/Guatemala.pdf", "2021/Ghana.pdf"];
    let reports: Option<Vec<PathBuf>> = files.iter().map(|file| shared(&format!("corpus/dol-findings-{file}"))).collect();
    let store = store_with(&reports?);
    let vocabulary = Vocabulary::read(&store).unwrap();
    Some((store, vocabulary))
});

fn asked((store, vocabulary): &(Embedded, Vocabulary), question: &str, lang: Option<&str>) -> Answer {
    let asker = Asker { store, vocabulary, limits: Limits::default() };
    asker.ask(question, lang, "en").unwrap_or_else(|error| panic!("{question}: {error}"))
}

#[test]
fn a_country_in_the_question_tells_which_bearer_of_a_name_is_meant() {
    let two = "@base <https://w3id.org/forced-labour-graph/> . @prefix flg: <ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix org: <http://www.w3.org/ns/org#> .
        <graph/source/two> {
          <id/organization/gha-tides> a flg:Commission ; skos:prefLabel \"National Tide Committee\"@en ; flg:country <id/country/gha> .
          <id/organization/zmb-tides> a flg:Commission ; skos:prefLabel \"National Tide Committee\"@en ; flg:country <id/country/zmb> .
          <id/organization/gha-mines> a flg:GovernmentBody ; skos:prefLabel \"Ministry of Ports\"@en ; flg:country <id/country/gha> .
          <id/organization/zmb-mines> a flg:GovernmentBody ; skos:prefLabel \"Ministry of Lakes\"@en ; flg:country <id/country/zmb> .
        }
        <graph/report/two> {
          <id/organization/gha-mines> org:memberOf <id/organization/gha-tides> .
          <id/organization/zmb-mines> org:memberOf <id/organization/zmb-tides> .
        }";
    let two = RdfParser::from_format(RdfFormat::TriG).for_slice(two.as_bytes()).map(Result::unwrap);
    let store = store_of(sample::converter().base_quads().iter().cloned().chain(two).collect());
    let vocabulary = Vocabulary::read(&store).unwrap();
    let both = (store, vocabulary);
    let answer = asked(&both, "Which ministries are members of the National Tide Committee?", None);
    assert_eq!((answer.status, answer.suggestions.len()), (Status::Ambiguous, 2), "{answer:?}");
    for (country, member) in [("Ghana", "organization/gha-mines"), ("Zambia", "organization/zmb-mines")] {
        let answer = asked(&both, &format!("Which ministries are members of the National Tide Committee in {country}?"), None);
        assert_eq!(answer.status, Status::Answered, "{answer:?}");
        assert_eq!(rows(&answer), BTreeSet::from([member.to_owned()]));
    }
}

#[test]
fn a_well_known_acronym_is_meant_and_not_one_that_a_report_proposes() {
    let other = "@base <https://w3id.org/forced-labour-graph/> . @prefix flg: <ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <graph/source/other> {
          <id/organization/som-dol> a flg:GovernmentBody ; skos:prefLabel \"DOL\"@en ; flg:acronym \"DOL\"@en ;
            flg:country <id/country/som> ; flg:status <id/status/proposed> .
        }
        <graph/report/other> { <id/organization/som-dol> flg:addressesIssue <id/issue/child-labour> . }";
    let other = RdfParser::from_format(RdfFormat::TriG).for_slice(other.as_bytes()).map(Result::unwrap);
    let quads = sample::converter().base_quads().iter().cloned().chain(sample::conversion().quads()).chain(other);
    let store = store_of(quads.collect());
    let vocabulary = Vocabulary::read(&store).unwrap();
    let both = (store, vocabulary);
    let answer = asked(&both, "What is the DOL?", None);
    assert_eq!(rows(&answer), BTreeSet::from(["organization/usa-dol".to_owned()]), "{}", answer.sentence);
    let told = &answer.reading[0].meaning;
    assert!(told.contains("United States Department of Labor") && told.contains("not DOL") && told.contains("Somalia"), "{told}");
    let issues = asked(&both, "Which issues does the DOL address?", None);
    assert_eq!(issues.status, Status::NothingInGraph, "what a body of Somalia does is no answer: {}", issues.sentence);
    let named = asked(&both, "Which issues does the DOL of Somalia address?", None);
    assert_eq!(rows(&named), BTreeSet::from(["issue/child-labour".to_owned()]), "{}", named.sentence);
    let projects = asked(&both, "Which projects does the DOL fund?", None);
    assert_eq!(projects.answers.len(), 2, "{}", projects.sentence);
}

fn ask(question: &str) -> Answer {
    asked(&MEXICO, question, None)
}

/// The answers as a table writes them.
fn rows(answer: &Answer) -> BTreeSet<String> {
    let row = |row: &ask::Row| match (&row.iri, &row.value) {
        (Some(iri), _) if !row.sides.is_empty() => {
            let having: Vec<&str> = row.sides.iter().filter(|side| side.has).filter_map(|s| s.iri.rsplit('/').next()).collect();
            format!("{} = {}", iri.trim_start_matches("https://w3id.org/forced-labour-graph/id/"), having.join(" "))
        }
        (Some(iri), _) => iri.trim_start_matches("https://w3id.org/forced-labour-graph/id/").to_owned(),
        (None, Some(serde_json::Value::Bool(true))) => "yes".to_owned(),
        (None, Some(serde_json::Value::Bool(false))) => "no".to_owned(),
        (None, Some(serde_json::Value::String(text))) => text.clone(),
        (None, Some(value)) => value.to_string(),
        (None, None) => row.label.clone(),
    };
    answer.answers.iter().map(row).collect()
}

/// Whether rows are those of the table: each one the same, or its beginning.
fn same(wanted: &BTreeSet<String>, found: &BTreeSet<String>) -> bool {
    let fits = |wanted: &String| found.iter().any(|row| row == wanted || (wanted.len() > 12 && row.starts_with(wanted.as_str())));
    wanted.len() == found.len() && wanted.iter().all(fits)
}

#[derive(Default)]
struct Score {
    asked: usize,
    answerable: usize,
    given: usize,
    right: usize,
    wrong: Vec<String>,
}

/// A question of a table.
struct Entry {
    question: String,
    status: String,
    wanted: BTreeSet<String>,
    graph: &'static (Embedded, Vocabulary),
}

/// The questions of a table whose reports are at hand.
fn table(file: &str) -> Vec<Entry> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ask").join(file)).unwrap();
    let mut all = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.starts_with("lang\t") && !line.is_empty()) {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let (_, data, _, status, question, answers) = (next(), next(), next(), next(), next(), next());
        let graph = if data == "mexico" { Some(&*MEXICO) } else { CORPUS.as_ref() };
        let Some(graph) = graph else { continue };
        let wanted = answers.split(" | ").filter(|a| !a.is_empty()).map(str::to_owned).collect();
        all.push(Entry { question: question.to_owned(), status: status.to_owned(), wanted, graph });
    }
    all
}

fn score(file: &str) -> Score {
    let mut score = Score::default();
    for Entry { question, status, wanted, graph } in table(file) {
        let answer = asked(graph, &question, None);
        let fits = answer.status.name() == status && (answer.status != Status::Answered || same(&wanted, &rows(&answer)));
        score.asked += 1;
        score.answerable += usize::from(status == "answered");
        score.given += usize::from(answer.status == Status::Answered);
        score.right += usize::from(fits && answer.status == Status::Answered);
        if !fits {
            score.wrong.push(format!("{question}: {} {:?}", answer.status.name(), rows(&answer)));
        }
    }
    score
}

/// What a query gives, written as the rows of an answer are: the first column, with the number where a row has one beside it.
fn given(store: &Embedded, query: &str, answer: &Answer) -> BTreeSet<String> {
    let table = store.table(&Request::new(query)).unwrap_or_else(|error| panic!("{error}: {query}"));
    let cell = |term: &Option<Term>| match term {
        Some(Term::NamedNode(iri)) => iri.as_str().trim_start_matches("https://w3id.org/forced-labour-graph/id/").to_owned(),
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        other => format!("{other:?}"),
    };
    match answer.answers.as_slice() {
        // Whether the one number is larger, or by how much, and both of them.
        [Row { counts, .. }] if !counts.is_empty() => {
            let [so, numbers @ ..] = table.rows[0].as_slice() else { panic!("{query}") };
            let told: Vec<String> = counts.iter().map(|count| count.number.unwrap().to_string()).collect();
            assert_eq!(numbers.iter().map(cell).collect::<Vec<_>>(), told, "{query}");
            BTreeSet::from([cell(so).replace("true", "yes").replace("false", "no")])
        }
        [Row { value: Some(serde_json::Value::Bool(yes)), iri: None, .. }] => {
            assert_eq!(*yes, !table.rows.is_empty(), "{query}");
            BTreeSet::from([if *yes { "yes" } else { "no" }.to_owned()])
        }
        [Row { sides, .. }, ..] if !sides.is_empty() => {
            // The first columns tell the fact, the last one of whom it is true.
            let mut of: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
            for row in &table.rows {
                let (last, fact) = row.split_last().unwrap();
                of.entry(fact.iter().map(cell).collect()).or_default().push(cell(last));
            }
            let having = |of: &[String]| -> Vec<String> {
                let codes = sides.iter().filter_map(|side| side.iri.rsplit('/').next());
                codes.filter(|code| of.iter().any(|iri| iri.ends_with(*code))).map(str::to_owned).collect()
            };
            of.iter().map(|(fact, of)| format!("{} = {}", fact[0], having(of).join(" "))).collect()
        }
        _ => table.rows.iter().map(|row| row.first().map(cell).unwrap_or_default()).collect(),
    }
}

#[test]
fn the_query_of_every_answer_gives_its_rows() {
    let mut wrong = Vec::new();
    for Entry { question, graph, .. } in ["questions.tsv", "blind.tsv"].into_iter().flat_map(table) {
        let answer = asked(graph, &question, None);
        if answer.status != Status::Answered {
            continue;
        }
        let query = answer.query.as_deref().unwrap_or_else(|| panic!("{question} is answered without a query"));
        let given = given(&graph.0, query, &answer);
        if given != rows(&answer) {
            wrong.push(format!("{question}: {given:?} and not {:?}\n{query}", rows(&answer)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_changed_is_what_its_query_gives() {
    let Some(corpus) = &*CORPUS else { return };
    let answer = asked(corpus, "What changed in Mexico between 2020 and 2021?", None);
    let table = corpus.0.table(&Request::new(answer.query.as_deref().unwrap())).unwrap();
    assert_eq!(table.rows.len(), answer.answers.len());
    for change in ["added", "removed"] {
        let of = |row: &&Row| row.value == Some(change.into());
        let literal = Some(Term::from(oxigraph::model::Literal::new_simple_literal(change)));
        let told = table.rows.iter().filter(|row| row[3] == literal).count();
        assert!(told > 0 && told == answer.answers.iter().filter(of).count(), "{change}: {told}");
    }
}

#[test]
fn the_tables_of_questions_are_answered() {
    for file in ["questions.tsv", "blind.tsv"] {
        let score = score(file);
        let number = |n: usize| f64::from(u32::try_from(n).unwrap());
        let share = |part: usize, whole: usize| number(part) / number(whole.max(1));
        let (precision, recall) = (share(score.right, score.given), share(score.right, score.answerable));
        let mut said = format!("\ntests/ask/{file}: {} questions, precision {precision:.3}, recall {recall:.3}\n", score.asked);
        score.wrong.iter().for_each(|wrong| writeln!(said, "  {wrong}").unwrap());
        tell(&said);
        assert!(score.asked > 60, "{file} has lost its questions");
        assert!(precision >= 0.97 && recall >= 0.90, "{file}: {:#?}", score.wrong);
    }
}

#[test]
fn every_row_has_its_words_and_the_query_runs_as_it_is() {
    let (store, _) = &*MEXICO;
    for question in ["Which DOL-funded projects target agriculture?", "¿Quién encabeza la CITI?", "Qui finance SENDEROS ?"] {
        let answer = ask(question);
        assert_eq!(answer.status, Status::Answered, "{question}");
        for row in &answer.answers {
            assert!(!row.evidence.is_empty(), "{question}: {}", row.label);
            assert!(row.evidence.iter().all(|e| e.report == "mex-2021-p029" && !e.quote.is_empty() && e.question.is_some()));
        }
        let table = store.table(&Request::new(answer.query.as_deref().unwrap())).unwrap();
        assert_eq!(table.rows.len(), answer.answers.len(), "{question}");
        assert!(!answer.reading.is_empty() && !answer.sentence.is_empty(), "{question}");
    }
}

#[test]
fn a_sum_is_that_of_its_query() {
    let Some(corpus) = &*CORPUS else { return };
    let answer = asked(corpus, "What is the total budget of the DOL-funded projects in Ghana?", None);
    // Five projects: 5.0, 3.4, 3.4, 10.0 and 4.0 million dollars.
    assert_eq!(rows(&answer), BTreeSet::from(["25800000".to_owned()]), "{}", answer.sentence);
    let table = corpus.0.table(&Request::new(answer.query.as_deref().unwrap())).unwrap();
    assert!(table.rows[0][0].as_ref().unwrap().to_string().contains("25800000"), "{table:?}");
}

#[test]
fn countries_are_set_side_by_side() {
    let Some(corpus) = &*CORPUS else { return };
    let all = asked(corpus, "Compare Ghana and Guatemala", None);
    for question in [
        "Compare Guatemala with Ghana",
        "Ghana vs. Guatemala",
        "How do Ghana and Guatemala compare?",
        "Compara Ghana y Guatemala",
        "Compara Ghana con Guatemala",
        "Comparez le Ghana et le Guatemala",
    ] {
        let other = asked(corpus, question, None);
        let sides =
            |answer: &Answer| -> BTreeSet<String> { rows(answer).iter().map(|row| row.replace("gtm gha", "gha gtm")).collect() };
        assert_eq!(sides(&other), sides(&all), "{question}: {}", other.sentence);
    }
    let having = |label: &str| {
        let row =
            all.answers.iter().find(|row| row.label.contains(label)).unwrap_or_else(|| panic!("no {label}: {}", all.sentence));
        row.sides.iter().map(|side| side.has).collect::<Vec<_>>()
    };
    // The report on Ghana says that it has not acceded to the protocol on the sale of children.
    assert_eq!(having("Optional Protocol to the Convention on the Rights of the Child on the sale of children"), [false, true]);
    assert_eq!(having("Worst Forms of Child Labour Convention"), [true, true]);
    assert_eq!(having("cocoa"), [true, false]);
    for row in &all.answers {
        assert!(row.sides.len() == 2 && row.sides.iter().any(|side| side.has), "{}", row.label);
        assert!(!row.evidence.is_empty(), "{} has no words that say so", row.label);
        // A ratification is told by the report on its country; a programme may be told by another one.
        let own = row.iri.as_ref().is_some_and(|iri| iri.contains("/instrument/"));
        for side in row.sides.iter().filter(|side| own && side.has) {
            let code = side.iri.rsplit('/').next().unwrap();
            assert!(row.evidence.iter().any(|e| e.report.starts_with(code)), "{} of {code} has no words that say so", row.label);
        }
    }
    let shared = asked(corpus, "What do Ghana and Guatemala have in common?", None);
    let differing = asked(corpus, "How do Ghana and Guatemala differ?", None);
    assert!(shared.answers.iter().all(|row| row.sides.iter().all(|side| side.has)), "{}", shared.sentence);
    assert!(differing.answers.iter().all(|row| !row.sides.iter().all(|side| side.has)), "{}", differing.sentence);
    assert_eq!(shared.answers.len() + differing.answers.len(), all.answers.len());
    let three = asked(corpus, "Compare Mexico, Ghana and Guatemala", None);
    assert!(
        three.answers.len() > all.answers.len() && three.answers.iter().all(|row| row.sides.len() == 3),
        "{}",
        three.sentence
    );
    for (question, graph) in [("Compare Ghana and Japan", corpus), ("Compare Mexico and Ghana", &*MEXICO)] {
        let none = asked(graph, question, None);
        assert_eq!(none.status, Status::NothingInGraph, "a country without a report cannot be compared: {}", none.sentence);
    }
}

#[test]
fn numbers_of_things_are_compared_with_each_other() {
    let Some(corpus) = &*CORPUS else { return };
    let count = |question: &str| asked(corpus, question, None).answers[0].value.as_ref().and_then(serde_json::Value::as_i64);
    let (ghana, guatemala) = (count("How many projects are there in Ghana?"), count("How many projects are there in Guatemala?"));
    for (question, so) in [
        ("Are there more projects in Ghana than in Guatemala?", true),
        ("Does Ghana have more projects than Guatemala?", true),
        ("Are there fewer projects in Ghana than in Guatemala?", false),
        ("Does Ghana have as many projects as Guatemala?", false),
        ("¿Hay más proyectos en Ghana que en Guatemala?", true),
        ("¿Tiene Ghana más proyectos que Guatemala?", true),
        ("¿Hay tantos proyectos en Ghana como en Guatemala?", false),
        ("Y a-t-il plus de projets au Ghana qu'au Guatemala ?", true),
        ("Le Ghana a-t-il plus de projets que le Guatemala ?", true),
        ("Y a-t-il moins de projets au Ghana qu'au Guatemala ?", false),
    ] {
        let answer = asked(corpus, question, None);
        let [row] = answer.answers.as_slice() else { panic!("{question}: {}", answer.sentence) };
        assert_eq!(row.value, Some(so.into()), "{question}: {}", answer.sentence);
        let numbers: Vec<Option<i64>> = row.counts.iter().map(|count| count.number).collect();
        assert_eq!(numbers, [ghana, guatemala], "{question}: {}", answer.sentence);
        for (code, number) in [("gha", ghana), ("gtm", guatemala)] {
            assert!(row.evidence.iter().any(|e| e.report.starts_with(code)), "{question}: nothing is quoted on {code}");
            assert!(answer.sentence.contains(&number.unwrap().to_string()), "{question}: {}", answer.sentence);
        }
    }
    let more = asked(corpus, "How many more projects are there in Ghana than in Guatemala?", None);
    assert_eq!(more.answers[0].value, Some((ghana.unwrap() - guatemala.unwrap()).into()), "{}", more.sentence);
    for (question, wanted) in [
        ("Does the DOL fund more projects than USAID?", "yes"),
        ("Are more projects in Ghana funded by USAID than by the DOL?", "no"),
        ("Has Ghana ratified more conventions than Guatemala?", "no"),
        ("Did the IOM train more officials than the INM?", "yes"),
        ("Does SENDEROS have more partners than Campos de Esperanza?", "nothing_in_graph"),
        ("Are there more projects in Ghana than in Japan?", "nothing_in_graph"),
        ("Are there more purple projects in Ghana than in Guatemala?", "words_not_understood"),
    ] {
        let answer = asked(corpus, question, None);
        let found =
            if answer.status == Status::Answered { rows(&answer).pop_first().unwrap() } else { answer.status.name().to_owned() };
        assert_eq!(found, wanted, "{question}: {}", answer.sentence);
    }
}

#[test]
fn things_are_compared_with_numbers() {
    let Some(corpus) = &*CORPUS else { return };
    let over = ["accelerating-care-reform", "ilo-global-accelerator-project", "sustainable-fisheries-management-project"];
    let over: BTreeSet<String> = over.iter().map(|name| format!("programme/{name}")).collect();
    for question in [
        "Which projects in Ghana have more than 5 million dollars?",
        "Which projects in Ghana have a budget over US$5,000,000?",
        "projects in Ghana whose budget exceeds 5 million dollars",
        "projects in Ghana over 5 million dollars",
        "Which projects in Ghana do not cost less than 5.1 million dollars?",
        "¿Qué proyectos de Ghana tienen más de 5 millones de dólares?",
        "proyectos en Ghana cuyo presupuesto supera los 5 millones de dólares",
        "Quels projets au Ghana ont plus de 5 millions de dollars ?",
        "les projets au Ghana dont le budget dépasse 5 millions de dollars",
    ] {
        assert_eq!(rows(&asked(corpus, question, None)), over, "{question}");
    }
    let none = asked(corpus, "Which projects in Ghana cost more than 5 million euros?", None);
    assert_eq!(none.status, Status::NothingInGraph, "an amount in another currency is no answer: {}", none.sentence);
    for (question, wanted) in [
        ("Which countries have more than three projects?", &["country/gha", "country/gtm", "country/mex"][..]),
        ("¿Qué países tienen más de tres proyectos?", &["country/gha", "country/gtm", "country/mex"]),
        ("Quels pays ont plus de trois projets ?", &["country/gha", "country/gtm", "country/mex"]),
        ("Which countries have more than ten projects?", &["country/gha", "country/mex"]),
        (
            "Which organisations implement at least 3 projects?",
            &[
                "organization/gha-ministry-of-gender-children-and-social-protection",
                "organization/gtm-ministry-of-development",
                "organization/ilo",
                "organization/verite",
            ],
        ),
        ("How many projects cost between 10 and 20 million dollars?", &["3"]),
    ] {
        let wanted: BTreeSet<String> = wanted.iter().map(|&row| row.to_owned()).collect();
        let start = Instant::now();
        let answer = asked(corpus, question, None);
        assert!(start.elapsed() < Duration::from_secs(5), "{question}: {:?}", start.elapsed());
        assert_eq!(rows(&answer), wanted, "{question}: {}", answer.query.unwrap_or_default());
    }
}

#[test]
fn the_json_has_its_shape() {
    let json = serde_json::to_value(ask("Who funds SENDEROS?")).unwrap();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    let wanted = ["status", "question", "language", "reading", "query", "sentence", "answers", "suggestions", "revision"];
    assert_eq!(keys, wanted);
    assert_eq!(json["status"], "answered");
    assert_eq!(json["answers"][0]["iri"], "https://w3id.org/forced-labour-graph/id/organization/usa-dol");
    let evidence: Vec<&String> = json["answers"][0]["evidence"][0].as_object().unwrap().keys().collect();
    assert_eq!(evidence, ["quote", "report", "question", "page", "claim"]);
    let reading: Vec<&String> = json["reading"][0].as_object().unwrap().keys().collect();
    assert_eq!(reading, ["text", "meaning", "iri"]);
}

#[test]
fn behind_a_blank_questions_are_gone_on_from() {
    let (_, vocabulary) = &*MEXICO;
    for (question, lang, wanted) in [
        ("Which projects ", "en", "in Mexico"),
        ("Who funds ", "en", "SENDEROS"),
        ("Which projects are funded by ", "en", "Department of Labor"),
        ("Which ", "en", "projects"),
        ("Which projects are funded by the DOL ", "en", "in Mexico"),
        ("Tell me about ", "en", ""),
        ("¿Qué proyectos ", "es", ""),
        ("¿Quién financia ", "es", "SENDEROS"),
        ("Quels projets sont financés par ", "fr", "Union européenne"),
        ("Quels ", "fr", "programmes"),
    ] {
        let start = Instant::now();
        let all = ask::suggest::next(question, Some(lang), "en", vocabulary).unwrap();
        assert!(start.elapsed() < Duration::from_secs(1), "{question}: {:?}", start.elapsed());
        assert!(!all.is_empty() && all.iter().any(|text| text.contains(wanted)), "{question}: {all:?}");
        for text in &all {
            assert!(text.starts_with(question.trim_end()) && text.len() > question.len(), "{question}: {text}");
            let understood = ask::understand(text, lexicon(lang).unwrap(), vocabulary).unwrap();
            assert!(understood.best().is_some(), "{text} is offered, and is not understood");
        }
    }
    assert!(ask::suggest::next("Which purple ", Some("en"), "en", vocabulary).unwrap().is_empty());
    let one = ask::suggest::next("Which projects are f", Some("en"), "en", vocabulary).unwrap();
    assert!(one.iter().any(|text| text.ends_with(" funded")), "{one:?}");
}

#[test]
fn a_name_is_found_in_another_spelling_and_never_guessed() {
    let Some(corpus) = &*CORPUS else { return };
    let name = "National Steering Committee on Child Labor";
    let known = asked(corpus, &format!("Who leads the {name} in Ghana?"), None);
    assert_eq!(known.status, Status::Answered, "{}", known.sentence);
    for other in ["national steering committee on child labour", "National Steering Committee for Child Labour"] {
        let answer = asked(corpus, &format!("Who leads the {other} in Ghana?"), None);
        assert_eq!(rows(&answer), rows(&known), "{other}: {}", answer.sentence);
    }
    let part = asked(corpus, "Who leads the national steering committee on labour in Ghana?", None);
    assert!(part.answers.is_empty(), "a name of other words is no name of it: {}", part.sentence);
    assert_eq!(part.status, Status::NameNotKnown, "{}", part.sentence);
    assert!(part.suggestions.iter().any(|near| near.starts_with(name)), "{:?}", part.suggestions);
}

#[test]
fn what_is_recommended_is_what_the_part_of_the_reports_says() {
    let Some(corpus) = &*CORPUS else { return };
    let part = |report: &str| -> Vec<String> {
        let query = format!(
            "SELECT ?answer {{ ?answer flg:inReport <{BASE}id/report/{report}> ; \
             flg:question <{BASE}id/question/dol-findings/suggested-actions> ; schema:position ?at }} ORDER BY ?at"
        );
        let prefixed = format!("PREFIX flg: <{BASE}ontology#> PREFIX schema: <http://schema.org/> {query}");
        let table = corpus.0.table(&Request::new(prefixed)).unwrap();
        table.rows.iter().map(|row| row[0].as_ref().unwrap().to_string().trim_matches(['<', '>']).to_owned()).collect()
    };
    let ghana = part("gha-2021-dol-findings");
    assert!(ghana.len() > 5, "{ghana:?}");
    for question in [
        "What did the 2021 findings recommend to Ghana?",
        "What is recommended to Ghana in 2021?",
        "¿Qué medidas se sugieren a Ghana en 2021?",
        "¿Qué recomendaciones se hicieron a Ghana en 2021?",
        "Quelles mesures sont suggérées au Ghana en 2021 ?",
        "Quelles recommandations ont été faites au Ghana en 2021 ?",
    ] {
        let answer = asked(corpus, question, None);
        let found: Vec<String> = answer.answers.iter().map(|row| row.iri.clone().unwrap()).collect();
        assert_eq!(found, ghana, "{question}: {}", answer.sentence);
        assert!(answer.answers.iter().all(|row| row.evidence.len() == 1 && !row.evidence[0].quote.is_empty()), "{question}");
        // The reading tells of whom and of when, and the query is the one that was asked.
        let told = |iri: &str| answer.reading.iter().any(|read| read.iri.as_deref().is_some_and(|found| found.ends_with(iri)));
        assert!(told("country/gha") && told("suggested-actions"), "{question}: {:?}", answer.reading);
        assert!(answer.reading.iter().any(|read| read.meaning == "2021"), "{question}: {:?}", answer.reading);
        assert_eq!(corpus.0.table(&Request::new(answer.query.unwrap())).unwrap().rows.len(), ghana.len(), "{question}");
    }
    // A topic leaves those that speak of it; a country that no report is about has none.
    let some = asked(corpus, "What recommendations were made to Ghana in 2021 about inspectors?", None);
    assert!(!some.answers.is_empty() && some.answers.len() < ghana.len(), "{}", some.sentence);
    assert!(some.answers.iter().all(|row| row.evidence[0].quote.contains("inspector")));
    assert_eq!(asked(corpus, "What is recommended to Japan?", None).status, Status::NothingInGraph);
}

#[test]
fn a_country_that_funds_does_so_through_its_bodies() {
    for question in [
        "Which projects are funded by the United States?",
        "¿Qué proyectos son financiados por Estados Unidos?",
        "Quels projets sont financés par les États-Unis ?",
    ] {
        let answer = asked(&MEXICO, question, None);
        let found: BTreeSet<String> = answer.answers.iter().map(|row| row.iri.clone().unwrap().replace(BASE, "")).collect();
        let expected = ["id/programme/campos-de-esperanza", "id/programme/senderos"].map(str::to_owned);
        assert_eq!(found, BTreeSet::from(expected), "{question}: {}", answer.sentence);
        assert!(answer.answers.iter().all(|row| !row.evidence.is_empty()), "{question}");
    }
    assert_eq!(asked(&MEXICO, "Which projects are funded by Canada?", None).status, Status::NothingInGraph);
}

#[test]
fn a_name_of_several_is_known_by_the_first_in_its_country() {
    let Some(corpus) = &*CORPUS else { return };
    let answer = asked(corpus, "What does the Ministry of Gender do in Ghana?", None);
    let named = answer.reading.iter().any(|read| read.meaning.starts_with("Ministry of Gender, Children"));
    assert!(answer.status == Status::Answered && named, "{}", answer.sentence);
    // What is known is not told as unknown, whatever else of the question is not understood.
    let refused = asked(corpus, "Which hotline is there in Côte d'Ivoire?", None);
    assert_eq!(refused.status, Status::WordsNotUnderstood, "{}", refused.sentence);
}

#[test]
fn a_region_has_its_countries_in_it() {
    let Some(corpus) = &*CORPUS else { return };
    let of = |question: &str| rows(&asked(corpus, question, None));
    let ghana = of("projects in Ghana");
    assert!(ghana.len() > 10, "{ghana:?}");
    for question in [
        "projects in Africa",
        "projects in West Africa",
        "proyectos en África occidental",
        "projets en Afrique de l'Ouest",
        "African projects",
    ] {
        assert_eq!(of(question), ghana, "{question}");
    }
    let america: BTreeSet<String> = of("projects in Mexico").union(&of("projects in Guatemala")).cloned().collect();
    assert_eq!(of("proyectos en América Latina"), america);
    assert!(of("projects in Central America").is_subset(&america), "Ghana is not in Central America");
    assert_eq!(of("Which countries in Africa have ratified Convention 182?"), BTreeSet::from(["country/gha".to_owned()]));
    let asia = asked(corpus, "Which projects are there in Asia?", None);
    assert_eq!(asia.status, Status::NothingInGraph, "{}", asia.sentence);
}

#[test]
fn a_word_that_cannot_be_placed_means_no_answer() {
    for (question, word) in [
        ("Which purple projects target agriculture?", "purple"),
        ("¿Qué proyectos verdes financia el DOL?", "verdes"),
        ("Quels projets financés par le DOL sont délicieux ?", "délicieux"),
    ] {
        let answer = ask(question);
        assert_eq!(answer.status, Status::WordsNotUnderstood, "{question}: {}", answer.sentence);
        assert!(answer.sentence.contains(word) && answer.answers.is_empty(), "{}", answer.sentence);
        assert!(!answer.suggestions.is_empty(), "{question}");
    }
}

#[test]
fn a_name_is_meant_by_its_iri_too() {
    let answer = ask("Who leads id:organization/mex-citi?");
    assert_eq!(rows(&answer), BTreeSet::from(["organization/mex-stps".to_owned()]));
}

/// A little generator, so that each run asks the same.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

#[test]
fn no_question_breaks_or_stalls_the_reading() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ask/questions.tsv")).unwrap();
    let questions: Vec<&str> = text.lines().filter_map(|line| line.split('\t').nth(4)).collect();
    let vocabulary = &MEXICO.1;
    let mut bag: Vec<String> = questions.iter().flat_map(|q| q.split(' ')).map(str::to_owned).collect();
    bag.extend(["“", "\u{202e}", "'", "¿¿", "}", "\"", "<id:x/y>", "\\", "🙂", "l'", "-", "ñ", "İ", "ß"].map(str::to_owned));
    let mut dice = Dice(42);
    let mut times: Vec<Duration> = Vec::new();
    for round in 0..20_000 {
        let question = if round % 2 == 0 {
            let mut words: Vec<&str> = questions[dice.next(questions.len())].split(' ').collect();
            for _ in 0..=dice.next(3) {
                let at = dice.next(words.len());
                match dice.next(4) {
                    0 => drop(words.remove(at)),
                    1 => words.insert(at, &bag[dice.next(bag.len())]),
                    2 => words[at] = &bag[dice.next(bag.len())],
                    _ => {
                        let other = dice.next(words.len());
                        words.swap(at, other);
                    }
                }
                if words.is_empty() {
                    words.push("?");
                }
            }
            words.join(" ")
        } else {
            (0..dice.next(14)).map(|_| bag[dice.next(bag.len())].clone()).collect::<Vec<_>>().join(" ")
        };
        let lexicon = lexicon(words::LANGUAGES[dice.next(3)]).unwrap();
        let start = Instant::now();
        let understood = ask::understand(&question, lexicon, vocabulary).unwrap();
        if let Some(best) = understood.best() {
            let plan = plan::plan(&best.noun, understood.books);
            assert!(forced_labour_graph::store::parse(&Request::new(&plan.query)).is_ok(), "{question}: {}", plan.query);
        }
        times.push(start.elapsed());
    }
    times.sort();
    let (middle, late, worst) = (times[times.len() / 2], times[times.len() * 99 / 100], times[times.len() - 1]);
    println!("{} questions read: median {middle:?}, p99 {late:?}, longest {worst:?}", times.len());
    assert!(worst < Duration::from_secs(5), "{worst:?}");
    let long = ["which projects ".repeat(8_000), "DOL-funded".repeat(8_000), "don't ".repeat(8_000), "é".repeat(80_000)];
    let limits = long.into_iter().map(|long| (long, "4000")).chain([("which projects ".repeat(40), "60")]);
    for (long, limit) in limits {
        let start = Instant::now();
        let answer = ask(&long);
        assert_eq!(answer.status, Status::WordsNotUnderstood);
        assert!(answer.sentence.contains(limit), "the limit is not told: {}", answer.sentence);
        assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
    }
}

#[test]
fn every_example_of_the_documentation_is_answered_as_it_says() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/asking.md")).unwrap();
    let mut asked = 0;
    for line in text.lines() {
        let Some((question, status)) = line.strip_prefix("- `").and_then(|rest| rest.split_once("` → ")) else { continue };
        let wanted = status.split([':', ' ']).next().unwrap();
        let answer = ask(question);
        assert_eq!(answer.status.name(), wanted, "{question}: {}", answer.sentence);
        if let Some((_, rows_told)) = status.split_once(": ") {
            let told: BTreeSet<String> = rows_told.split(", ").map(str::to_owned).collect();
            assert!(same(&told, &rows(&answer)), "{question}: {:?}", rows(&answer));
        }
        asked += 1;
    }
    assert!(asked >= 40, "only {asked} examples");
}

#[test]
fn suggestions_go_on_from_what_is_written() {
    let all = ask::suggest::next("Who funds SEND", Some("en"), "en", &MEXICO.1).unwrap();
    assert!(all.iter().any(|text| text.starts_with("Who funds ") && text.ends_with("SENDEROS")), "{all:?}");
    let capital = ask::suggest::next("Which projects does the Wo", Some("en"), "en", &MEXICO.1).unwrap();
    assert_eq!(capital[0], "Which projects does the World Vision", "a name, and not `workshop`: {capital:?}");
    let small = ask::suggest::next("Which wo", Some("en"), "en", &MEXICO.1).unwrap();
    assert!(small[0].starts_with("Which wo"), "{small:?}");
    let starts = ask::suggest::next(" ", None, "en", &MEXICO.1).unwrap();
    assert_eq!(starts, ask::suggest::examples("en", &MEXICO.1).unwrap(), "an empty box offers questions to begin with");
    assert!(ask::suggest::examples("fr", &MEXICO.1).unwrap().len() >= 3);
}
