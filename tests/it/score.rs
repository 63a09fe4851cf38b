//! Every report with gold tables, converted and measured: the figures are printed with the tests, and may not fall.

mod measure;
mod view;

use crate::shared::{shared, tell};
use forced_labour_graph::convert::Converter;
use forced_labour_graph::model::vocab::flg::NS;
use forced_labour_graph::read;
use measure::{Gold, Score};
use oxigraph::io::{RdfFormat, RdfParser};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// `gold.toml` of a folder of gold tables.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    /// The report, by its path in the repository.
    report: Option<PathBuf>,
    /// The report, by its path in the shared material, where it is not ours to ship.
    shared: Option<String>,
    least: Least,
}

/// The least that a conversion must reach, to three digits.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Least {
    entity_recall: f64,
    relation_recall: f64,
    precision: f64,
    classes: f64,
}

#[test]
fn the_measures_of_every_gold_table_hold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = std::fs::read_dir(root.join("tests/gold")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(!folders.is_empty(), "there are no gold tables");
    let converter = Converter::load().unwrap();
    let mut fallen = Vec::new();
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let about: About = toml::from_str(&std::fs::read_to_string(folder.join("gold.toml")).unwrap()).unwrap();
        let report = about.report.map(|path| root.join(path)).or_else(|| about.shared.and_then(|path| shared(&path)));
        let Some(report) = report else {
            tell(&format!("\n{name}: not measured, because its report is not here\n"));
            continue;
        };
        let conversion = converter.convert(&read::file(&report).unwrap()).unwrap();
        let left_out = conversion.diagnostics.iter().filter(|d| d.code == "statement-left-out");
        fallen.extend(left_out.map(|d| format!("{name}: {}", d.message)));
        let quads = conversion.quads();
        let score = measure::score(&quads, &Gold::read(&folder));
        tell(&told(&name, &score));
        let figures = [
            ("entity recall", score.entity_recall(), about.least.entity_recall),
            ("relation recall", score.relation_recall(), about.least.relation_recall),
            ("precision", score.precision(), about.least.precision),
            ("share of right classes", score.classes_right(), about.least.classes),
        ];
        for (what, reached, least) in figures {
            let reached = (reached * 1000.0).round() / 1000.0;
            if reached < least {
                fallen.push(format!("{name}: {what} is {reached:.3}, and was {least:.3}"));
            } else if reached > least {
                tell(&format!("  {what} rose from {least:.3} to {reached:.3}: raise it in `tests/gold/{name}/gold.toml`\n"));
            }
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// A score as text, with its misses where they are asked for.
fn told(name: &str, score: &Score) -> String {
    let mut out = format!(
        "\n{name}: entity recall {:.3}, relation recall {:.3}, precision {:.3} (of {} statements), classes right {} of {}\n",
        score.entity_recall(),
        score.relation_recall(),
        score.precision(),
        score.stated.len(),
        score.entities.values().map(|c| c.right_class).sum::<usize>(),
        score.entities.values().map(|c| c.found).sum::<usize>(),
    );
    for (class, count) in &score.entities {
        writeln!(out, "  {:3}/{:<3} ({:3} of that class) {class}", count.found, count.gold, count.right_class).unwrap();
    }
    for (property, count) in &score.relations {
        writeln!(out, "  {:3}/{:<3} {property}", count.found, count.gold).unwrap();
    }
    if std::env::var_os("FLG_MISSES").is_some() {
        let wrong: Vec<String> = score.stated.difference(&score.hits).map(|(s, p, o)| format!("{s} {p} {o}")).collect();
        for (head, lines) in [("missed", &score.missed), ("not in the tables", &wrong), ("beyond the tables", &score.beyond)] {
            writeln!(out, "  {head}").unwrap();
            out.extend(lines.iter().map(|line| format!("    {line}\n")));
        }
    }
    out
}

#[test]
fn a_graph_that_lacks_or_invents_scores_less() {
    const ENTITIES: &str = "class\tname\tacronym\tvariants\tquote\n\
        flg:Programme\tThe Project\tTP\t\t\nflg:GovernmentBody\tMinistry of Work\t\tWork Ministry\t\nflg:GovernmentBody\tMinistry of Rest\t\t\t\n";
    const RELATIONS: &str = "subject\tproperty\tobject\tkind\tquote\n\
        The Project\tflg:fundedBy\tMinistry of Work\tfact\t\nThe Project\tflg:startDate\t2019\tfact\t\n\
        The Project\tflg:objective\tend forced labour everywhere\ttext\t\n";
    let graph = |funder: &str, class: &str| {
        let turtle = format!(
            "@prefix flg: <{NS}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix x: <urn:x:> .
            x:tp a flg:Programme ; flg:acronym \"TP\" ; flg:fundedBy x:{funder} ; flg:startDate \"2019-04\" ;
                flg:objective \"to end forced labour\"@en .
            x:work a flg:{class} ; skos:altLabel \"work ministry\" . x:rest a flg:GovernmentBody ; skos:prefLabel \"MINISTRY OF REST\"@en ."
        );
        let quads =
            RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()).map(Result::unwrap).collect::<Vec<_>>();
        let score = measure::score(&quads, &Gold::parse(ENTITIES, RELATIONS));
        [score.entity_recall(), score.relation_recall(), score.precision(), score.classes_right()].map(|f| format!("{f:.3}"))
    };
    assert_eq!(graph("work", "GovernmentBody"), ["1.000"; 4]);
    // One of three relations is lost, and one of two statements is wrong; then a class is.
    assert_eq!(graph("rest", "GovernmentBody"), ["1.000", "0.667", "0.500", "1.000"]);
    assert_eq!(graph("work", "Company"), ["1.000", "1.000", "1.000", "0.667"]);
}
