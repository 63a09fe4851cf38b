//! A form, a language and names that the program does not have: data in a folder, laid over its own, and no new code.

use crate::cli::Desk;
use std::fmt::Write as _;

/// A small made-up form, a few words of Portuguese, and what Portuguese calls three things that the authority knows.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/portuguese");
const REPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/mozambique-2023-pescas.pt.txt");

/// The facts of a report, as `subject property value` in short forms.
fn facts(desk: &Desk, report: &str) -> Vec<String> {
    let query =
        format!("SELECT ?s ?p ?o {{ GRAPH <https://w3id.org/forced-labour-graph/graph/report/{report}> {{ ?s ?p ?o }} }}");
    let rows = desk.flg(&["query", "--execute", &query, "--format", "csv"]).good().out;
    let short = |cell: &str| {
        cell.replace("https://w3id.org/forced-labour-graph/id/", "id:")
            .replace("https://w3id.org/forced-labour-graph/ontology#", "flg:")
    };
    rows.lines().skip(1).map(|row| short(row).replace(',', " ").trim().to_owned()).collect()
}

#[test]
fn a_form_and_a_language_are_added_as_data_alone() {
    let desk = Desk::new();
    desk.flg(&["convert", REPORT]).refused(&["form"]);
    // By a flag, by the environment, or once for all in the file of settings.
    desk.flg(&["--knowledge", FOLDER, "convert", REPORT, "--quiet"]).good();
    let mut settings = String::new();
    writeln!(settings, "knowledge = {FOLDER:?}").unwrap();
    desk.write("flg.toml", settings);
    desk.flg(&["add", REPORT, "--quiet"]).good();
    let said = facts(&desk, "moz-2023-pescas");
    for fact in [
        "id:programme/redes-livres flg:fundedBy id:organization/eu",
        "id:programme/redes-livres flg:fundedBy id:organization/ilo",
        "id:programme/redes-livres flg:implementedBy id:organization/moz-ministerio-das-mares",
        "id:country/moz flg:takesMeasure id:measure/information-education-awareness",
        "id:country/moz flg:takesMeasure id:measure/stronger-legislation",
        "id:report/moz-2023-pescas flg:consulted id:organization/moz-camara-de-armadores-do-canal",
        "id:report/moz-2023-pescas flg:consulted id:organization/moz-associacao-de-armadores-do-sul",
    ] {
        assert!(said.iter().any(|s| s == fact), "`{fact}` is not in {said:#?}");
    }
    assert!(!said.iter().any(|s| s.contains("porto-aberto flg:fundedBy")), "what is denied is no fact: {said:#?}");
    // The ministry is one, its acronym is known, and the words that say so are Portuguese.
    let shown = desk.flg(&["show", "MM"]).good().out;
    assert!(shown.contains("Ministério das Marés") && shown.contains("executado pelo"), "{shown}");
    desk.flg(&["check"]).good();
    // The names are the graph's, so that a person may use them.
    desk.flg(&["show", "União Europeia"]).good();
}

/// In a small form, whose questions have the numbers of lists and stand on one line.
#[test]
fn a_question_that_a_form_of_ones_own_lacks_is_kept_and_told() {
    let desk = Desk::new();
    let report = std::fs::read_to_string(REPORT).unwrap();
    let plain = report.split_inclusive('\n').filter(|line| !line.trim().is_empty()).collect::<String>();
    let measure = "b) Leis mais fortes\n\n";
    for (name, text, line) in [
        ("last.txt", format!("{report}\n5. Que mais deseja dizer?\n\nNada.\n"), "5"),
        ("plain.txt", format!("{plain}5. Que mais deseja dizer?\nNada.\n"), "5"),
        ("between.txt", report.replace(measure, &format!("{measure}3bis. Que mais se fez?\n\nNada.\n\n")), "3bis"),
        ("coded.txt", report.replace(measure, &format!("{measure}Diga o que mais se fez. [7.1]\n\nNada.\n\n")), "Diga o que"),
    ] {
        desk.write(name, text);
        let run = desk.flg(&["--knowledge", FOLDER, "convert", name]).good();
        let told: Vec<&str> = run.err.lines().filter(|line| line.contains("[unknown-question]")).collect();
        assert!(told.len() == 1 && told[0].contains(&format!("`{line}")), "{name}: {}", run.err);
        let quotes = run.out.lines().filter(|quad| quad.contains("oa#exact"));
        assert!(
            quotes.clone().count() > 5
                && !quotes.clone().any(|quad| quad.contains("Nada") || quad.contains("Que mais") || quad.contains("Diga")),
            "{name}"
        );
        assert!(run.out.contains("#text> \"Nada.\"@pt"), "{name}: {}", run.out);
    }
}

#[test]
fn a_folder_that_is_no_knowledge_is_refused_with_its_place() {
    let desk = Desk::new();
    let report = desk.write("report.txt", "x");
    let report = report.to_str().unwrap();
    let refused = |words: &[&str]| desk.flg(&["--knowledge", "mine", "convert", report]).refused(words);
    refused(&["cannot read `mine`", "`forms/*.toml`"]);
    std::fs::create_dir_all(desk.path("mine/lexicon")).unwrap();
    refused(&["`mine` holds no data file"]);
    desk.write("mine/lexicon/pt.txt", "language = \"pt\"");
    refused(&["pt.txt` is no data file"]);
    std::fs::remove_file(desk.path("mine/lexicon/pt.txt")).unwrap();
    desk.write("mine/lexicon/pt.toml", "language = \"pt\"\n[words]\nsmall = []\n");
    let run = desk.flg(&["--knowledge", "mine", "convert", report]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("mine/lexicon/pt.toml` is not a lexicon") && run.err.contains("line 3"), "{}", run.err);
}

/// A rule of a folder that states what no shape allows costs the report that statement, not the report: where the value is wrong,
/// where what it is said of is, and where both make a circle.
#[test]
fn what_breaks_a_shape_is_left_out_and_told() {
    let desk = Desk::new();
    let english = include_str!("../../data/lexicon/en.toml");
    let marked = "[[relation]]\nid = \"funds\"";
    assert!(english.contains(marked));
    std::fs::create_dir_all(desk.path("mine/lexicon")).unwrap();
    let report = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/ghana-2021-p029.en.txt");
    let plain = desk.flg(&["convert", report, "--quiet"]).good().out;
    let said = |text: &str, subject: &str, property: &str| {
        text.lines().filter(|l| l.contains(&format!("{subject}> <")) && l.contains(property)).count()
    };
    for (property, subject, pattern, left, named) in [
        ("flg:fundedBy", "@s", "{s:Programme}[^.;]{1,250}? works in {o:Sector}", "#fundedBy>", "bright-tide"),
        ("org:unitOf", "@s", "{s:Programme}[^.;]{1,250}? funded by (?:the )?{o:Org}", "org#unitOf>", "bright-tide"),
        ("org:unitOf", "@s", "funded by (?:the )?{s:Org} and {o:Org}", "org#unitOf>", "organization/eu"),
    ] {
        let rule = |id: &str, subject: &str, object: &str| {
            format!(
                "[[relation]]\nid = \"{id}\"\nproperty = \"{property}\"\nsubject = [\"{subject}\"]\nobject = \"{object}\"\n\
                 patterns = ['{pattern}']\n\n"
            )
        };
        let rules = rule("wrong", subject, "@o") + &rule("turned", "@o", "@s");
        desk.write("mine/lexicon/en.toml", english.replacen(marked, &format!("{rules}{marked}"), 1));
        let run = desk.flg(&["--knowledge", "mine", "convert", report]).good();
        assert!(run.err.contains("statement-left-out") && run.err.contains(named), "{}", run.err);
        assert_eq!(said(&run.out, "bright-tide", left), said(&plain, "bright-tide", left), "{pattern}");
        assert_eq!(said(&run.out, named, left), said(&plain, named, left), "{pattern}");
        assert_eq!(said(&run.out, "bright-tide", "#fundedBy>"), 2, "what is right stays: {pattern}");
    }
}

/// A list of places that nobody could rely on is refused, with the file, the line and what to do.
#[test]
fn a_list_of_places_that_is_wrong_is_refused_with_its_place() {
    let desk = Desk::new();
    let report = desk.write("report.txt", "x");
    let report = report.to_str().unwrap();
    std::fs::create_dir_all(desk.path("mine/places")).unwrap();
    let refused = |list: &str, words: &[&str]| {
        desk.write("mine/places/mine.toml", list);
        let run = desk.flg(&["--knowledge", "mine", "convert", report]);
        assert_eq!(run.code, Some(1), "{}", run.err);
        for word in [&["mine/places/mine.toml"], words].concat() {
            assert!(run.err.contains(word), "`{word}` is not in {}", run.err);
        }
    };
    refused("\n[kex]\nnames = [\"Mombasa\"]\n", &["line 2", "no country has the code `kex`", "hint:"]);
    refused("[KEN]\nnames = [\"Voi\"]\n", &["line 1", "`KEN`", "lower case"]);
    refused(
        "[ken]\nnames = [\n  \"Voi\",\n  \"Taveta|VOI\",\n]\n",
        &["line 4", "`VOI` of `ken`", "mine.toml`, line 3, already", "hint:"],
    );
    refused("[ken]\nshared = [\"Voi\"]\nnames = [\"Voi\"]\n", &["`Voi` of `ken`", "already"]);
    refused("[ken]\nnames = [\"Mombasa\"]\n", &["`Mombasa` of `ken`", "data/places/africa-east-and-south.toml"]);
    refused("[ken]\nnames = [\"Voi|\"]\n", &["line 2", "`` is no name of a place"]);
    refused("[ken]\nnames = [\"the coast\"]\n", &["line 2", "`the coast` is no name of a place", "capital"]);
    refused("[ken]\ntowns = [\"Voi\"]\n", &["towns", "line 2"]);
    refused("[ken\n", &["line 1"]);
}

/// A place that a folder lists is found where the report is on its country, by any of its names, and not where it is on another.
#[test]
fn places_are_added_as_data_alone() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("mine/places")).unwrap();
    desk.write("mine/places/mine.toml", "[ken]\nnames = [\"Old Wells|Wells of Old\"]\n\n[gha]\nnames = [\"Kwale\"]\n");
    let kenya = include_str!("fixtures/kenya-2021-p029.en.txt");
    assert!(kenya.contains("in Kwale and Kilifi"));
    let report = desk.write("kenya-2021-p029.en.txt", kenya.replacen("in Kwale and Kilifi", "in Wells of Old and Kilifi", 1));
    let report = report.to_str().unwrap();
    let places = |knowledge: &[&str]| {
        let run = desk.flg(&[knowledge, &["convert", report, "--quiet"]].concat()).good().out;
        let stated = run.lines().filter(|l| l.contains("programme/safe-passage> ") && l.contains("#coversPlace>"));
        let mut places: Vec<String> =
            stated.filter_map(|l| Some(l.split("/id/place/").nth(1)?.split('>').next()?.to_owned())).collect();
        places.sort();
        places
    };
    assert_eq!(places(&["--knowledge", "mine"]), ["ken-kilifi", "ken-old-wells"]);
    assert_eq!(places(&[]), ["ken-kilifi", "ken-wells-of-old"], "what nobody lists is called as the report calls it");
}

/// How office-holders, governments and verbs are worded is the lexicon's: one that says it otherwise reads reports that do.
#[test]
fn the_words_of_rows_are_data_alone() {
    let english = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/lexicon/en.toml")).unwrap();
    let mut other = english;
    for (line, changed) in [
        ("remit = [\"of\", \"for\"]", "remit = [\"voor\", \"of\", \"for\"]"),
        ("government = \"Government of {country}\"", "government = \"Regering van {country}\""),
        ("verb_endings = [\"s\"]", "verb_endings = [\"t\"]"),
        ("toward = [\"to\"]", "toward = []"),
    ] {
        assert!(other.contains(line), "{line}");
        other = other.replace(line, changed);
    }
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("mine/lexicon")).unwrap();
    desk.write("mine/lexicon/en.toml", other);
    let report = "Findings on the Worst Forms of Child Labor\n\nNorfolk Island\n\nIn 2023, Norfolk Island made some advancement.\n\n\
        COORDINATION OF GOVERNMENT EFFORTS ON CHILD LABOR\n\n\
        Table 8. Key Mechanisms to Coordinate Government Efforts on Child Labor\n\n\
        Coordinating Body\tRole & Description\n\
        Harvest Commission\tCoordinates efforts on child labor. The Labor Minister serves as its chair. (4)\n\
        Ministry of Lamps\tThrough its seven-person Night Patrol Unit, located within the Ministry of Tides, VERB children at night. (2)\n\n\
        SOCIAL PROGRAMS TO ADDRESS CHILD LABOR\n\nTable 11. Key Social Programs to Address Child Labor\n\n\
        Program\tDescription\n\
        Lamps for Homework†\tProgram run by the Ministry of Lamps to Assist Kayayei with lamps and nets. (7)\n\
        † Program is funded by the Government of Norfolk Island.\n";
    desk.write("english.txt", report.replace("VERB", "rescues"));
    desk.write("other.txt", report.replace("VERB", "redt"));
    let own = desk.flg(&["convert", "english.txt", "--quiet"]).good().out;
    for name in ["\"Ministry of Labor\"", "\"Government of Norfolk Island\"", "\"rescues children at night\""] {
        assert!(own.contains(name), "{name}");
    }
    assert!(!own.contains("\"to Assist Kayayei"));
    let changed = desk.flg(&["--knowledge", "mine", "convert", "other.txt", "--quiet"]).good().out;
    for name in
        ["\"Ministry voor Labor\"", "\"Regering van Norfolk Island\"", "\"redt children at night\"", "\"to Assist Kayayei"]
    {
        assert!(changed.contains(name), "{name}");
    }
}
