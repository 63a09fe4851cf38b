//! What the real reports of the corpus show.

use super::{check_layout, flat, layout, rows};
use crate::shared::shared;
use forced_labour_graph::model::document::Document;
use forced_labour_graph::model::layout::{Mark, Table};
use forced_labour_graph::read;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The PDF files of some folders of the corpus; none, said plainly, where it is not there.
fn files(years: &[&str]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for year in years {
        let Some(folder) = shared(&format!("corpus/dol-findings-{year}")) else { return Vec::new() };
        out.extend(std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    }
    out.sort();
    out
}

fn report(file: &str) -> Option<Document> {
    let path = shared(&format!("corpus/dol-findings-2021/{file}.pdf"))?;
    Some(read::file(&path).unwrap())
}

fn caption(document: &Document, table: &Table) -> String {
    table.caption.map(|c| flat(document, c)).unwrap_or_default()
}

fn table<'a>(document: &'a Document, words: &str) -> &'a Table {
    let found = layout(document).tables().find(|t| caption(document, t).contains(words));
    found.unwrap_or_else(|| panic!("no table `{words}` in {}", document.source.name))
}

/// How often each word occurs; a word is letters and digits, since what stands between is set in different ways.
fn bag(text: &str) -> HashMap<String, usize> {
    let mut out = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *out.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    out
}

/// The letters and digits of a text alone.
fn squashed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The share of the words of one text that another has. Poppler drops each hyphen at a line's end and spaces that kerning has
/// closed, so that two words become one: such a word counts if the other has its letters in a row.
#[allow(clippy::cast_precision_loss)]
fn share(text: &str, other: &str) -> f64 {
    let (words, others, letters) = (bag(text), bag(other), squashed(other));
    let missing: usize = words
        .iter()
        .map(|(word, n)| (word, n.saturating_sub(*others.get(word).unwrap_or(&0))))
        .filter(|(word, n)| *n > 0 && !(word.chars().count() > 5 && letters.contains(word.as_str())))
        .map(|(_, n)| n)
        .sum();
    1.0 - missing as f64 / words.values().sum::<usize>().max(1) as f64
}

fn pdftotext(path: &Path) -> Option<String> {
    let output = Command::new("pdftotext").arg(path).arg("-").output().ok()?;
    String::from_utf8(output.stdout).ok()
}

#[test]
fn every_file_reads_with_the_words_that_poppler_finds() {
    for path in files(&["2018", "2019", "2020", "2021"]) {
        let document = read::file(&path).unwrap();
        check_layout(&document);
        let Some(theirs) = pdftotext(&path) else {
            println!("skipped: `pdftotext` is not there; install poppler-utils to compare words");
            continue;
        };
        let furniture: Vec<&str> = layout(&document).furniture.iter().map(|f| f.text.as_str()).collect();
        let ours = format!("{}\n{}", document.text, furniture.join("\n"));
        let found = share(&theirs, &ours);
        // The other way round the halves of Poppler's run-together words are too many, so that the bound is lower.
        let added = share(&ours, &theirs);
        assert!(found >= 0.99 && added >= 0.97, "{}: {found:.4} of the words, {added:.4} of ours", path.display());
    }
}

#[test]
fn the_footer_tells_the_edition_and_nothing_of_it_is_in_the_text() {
    for path in files(&["2018", "2019", "2020", "2021"]) {
        let year = path.parent().unwrap().to_string_lossy().rsplit('-').next().unwrap().to_owned();
        let document = read::file(&path).unwrap();
        let footer = format!("{year} FINDINGS ON THE WORST FORMS OF CHILD LABOR");
        let at = layout(&document).furniture.iter().filter(|f| f.text.contains(&footer)).count();
        assert!(at >= 1, "{}: no footer", path.display());
        assert!(!document.text.contains("BUREAU OF INTERNATIONAL LABOR AFFAIRS"), "{}", path.display());
        assert!(!document.text.contains(&footer), "{}", path.display());
    }
}

#[test]
fn tables_have_the_columns_of_their_titles() {
    let mut widths: BTreeMap<String, Vec<(usize, usize, String)>> = BTreeMap::new();
    for path in files(&["2021"]) {
        let document = read::file(&path).unwrap();
        for table in layout(&document).tables().filter(|t| t.ruled) {
            let caption = caption(&document, table);
            let Some((_, words)) = caption.split_once(". ") else { panic!("{}: `{caption}`", path.display()) };
            assert!(!caption.contains("Cont."), "{}: {caption}", path.display());
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            assert_eq!(table.header.len(), table.columns, "{name}: {caption}");
            assert!(!table.rows.is_empty(), "{name}: {caption}");
            let rows = table.rows.iter().filter(|r| r.repeats.is_none()).count();
            widths.entry(words.to_owned()).or_default().push((table.columns, rows, name));
        }
    }
    for (caption, found) in widths.iter().filter(|(_, found)| found.len() > 20) {
        let least = found.iter().map(|f| f.0).min().unwrap();
        for (columns, rows, name) in found {
            // Countries of several territories have a column more.
            assert!(*columns <= least + 1, "{name}: {caption} has {columns} columns");
            if *columns > least {
                continue;
            }
            let expected = match caption.as_str() {
                "Statistics on Children’s Work and Education" => 1..=6,
                "Ratification of International Conventions on Child Labor" => 6..=6,
                "Laws and Regulations on Child Labor" => 11..=14,
                "Labor Law Enforcement Efforts Related to Child Labor" => 15..=18,
                "Criminal Law Enforcement Efforts Related to Child Labor" => 8..=10,
                _ => 1..=60,
            };
            assert!(expected.contains(rows), "{name}: {caption} has {rows} rows");
        }
    }
}

#[test]
fn a_left_cell_that_fills_its_column_stays_whole() {
    let Some(document) = report("Guatemala") else { return };
    let rows = rows(&document, table(&document, "Key Mechanisms to Coordinate"));
    let svet = "Secretariat Against Sexual Violence, Exploitation, and Trafficking in Persons (SVET)";
    let row = rows.iter().find(|r| r[0] == svet).unwrap_or_else(|| panic!("{rows:#?}"));
    assert!(row[1].starts_with("Coordinates all government efforts against human"), "{}", row[1]);
}

#[test]
fn check_marks_are_read_from_text_and_from_drawings() {
    use Mark::{Checked, Empty};
    let all = [Checked; 6];
    let but = |missing: usize| {
        let mut marks = all;
        marks[missing] = Empty;
        marks
    };
    // As the pages show: signs of a font for Ghana, drawn paths for the others.
    for (country, expected) in [("Ghana", but(4)), ("Mexico", all), ("Brazil", all), ("Pakistan", but(5))] {
        let Some(document) = report(country) else { return };
        let table = table(&document, "Ratification of International Conventions");
        let marks: Vec<Mark> = table.rows.iter().filter_map(|r| r.cell(1)).map(|c| c.mark).collect();
        assert_eq!(marks, expected, "{country}");
        assert_eq!(rows(&document, table)[0][0], "ILO C. 138, Minimum Age", "{country}");
    }
}

#[test]
fn what_the_text_says_of_all_conventions_is_what_the_drawings_show() {
    for path in files(&["2021"]) {
        let document = read::file(&path).unwrap();
        if !document.text.contains("has ratified all key international conventions concerning child labor") {
            continue;
        }
        let table = table(&document, "Ratification of International Conventions");
        // Benin prints some rows twice.
        let once = table.rows.iter().filter(|r| r.repeats.is_none());
        let checked = once.filter(|r| r.cell(1).is_some_and(|c| c.mark == Mark::Checked)).count();
        assert_eq!(checked, 6, "{}", path.display());
    }
}

#[test]
fn a_table_that_goes_on_over_pages_is_one_and_knows_the_page_of_each_cell() {
    let Some(document) = report("Guatemala") else { return };
    let programmes = table(&document, "Key Social Programs");
    let marks: Vec<&str> = programmes.notes.iter().map(|n| n.mark.as_str()).collect();
    assert_eq!(marks, ["*", "†", "‡"]);
    let funded = programmes.rows.iter().find(|r| flat(&document, r.cells[0].span) == "USDOL-Funded Projects").unwrap();
    assert_eq!(funded.cells.iter().map(|c| c.page).collect::<Vec<_>>(), [11, 11]);
    assert_eq!(document.page(funded.cells[1].span.start), Some(11));
    assert!(document.text.contains("labor. The Ministry") || !document.text.contains("labor.The"));
}
