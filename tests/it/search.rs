//! Full text: what is found first, by other endings, without accents, with slips; how results are narrowed down; that a write is
//! seen by the next search; and that nothing that is typed breaks a page.

mod http;

use super::sample::{TEXT, convert, converter, store_of};
use super::shared::{shared, tell};
use forced_labour_graph::facts::texts;
use forced_labour_graph::model::vocab::expand;
use forced_labour_graph::read;
use forced_labour_graph::search::told::{Hit, Marked};
use forced_labour_graph::search::{Chosen, Facet, Index, Results, Wanted};
use forced_labour_graph::store::Embedded;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Instant;

const ENGLISH: &str = include_str!("fixtures/ghana-2021-p029.en.txt");
const FRENCH: &str = include_str!("fixtures/senegal-2021-p029.fr.txt");

/// The bundled report in Spanish, one in English and one in French.
pub(super) fn store() -> Embedded {
    let mut quads = converter().base_quads().to_vec();
    for text in [TEXT, ENGLISH, FRENCH] {
        quads.extend(convert(text).quads());
    }
    store_of(quads)
}

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::read(&store(), "one".to_owned()).unwrap());

fn find_in(index: &Index, text: &str, chosen: &Chosen, lang: &str) -> Results {
    index.search(&Wanted { text, chosen, page: 1, per_page: 50, lang }).unwrap()
}

fn find(text: &str) -> Results {
    find_in(&INDEX, text, &Chosen::new(), "en")
}

fn iri(short: &str) -> String {
    expand(short).unwrap().into_string()
}

fn place(results: &Results, short: &str) -> Option<usize> {
    results.results.iter().position(|hit| hit.iri == iri(short))
}

/// The words that are marked in a text.
fn marked(text: &Marked) -> Vec<String> {
    text.pieces().into_iter().filter(|piece| piece.1).map(|piece| piece.0).collect()
}

/// All words that are marked in the passages of results.
fn marks(results: &Results) -> BTreeSet<String> {
    results
        .results
        .iter()
        .flat_map(|hit| &hit.passages)
        .flat_map(|said| marked(&said.text))
        .map(|word| word.to_lowercase())
        .collect()
}

#[test]
fn what_is_called_so_comes_first_with_what_is_said_of_it() {
    for (text, first) in [
        ("SENDEROS", "id:programme/senderos"),
        ("senderos", "id:programme/senderos"),
        ("STPS", "id:organization/mex-stps"),
        ("secretaria del trabajo y prevision social", "id:organization/mex-stps"),
        ("Secretariat of Labor and Social Welfare", "id:organization/mex-stps"),
        ("U.S. Department of Labor", "id:organization/usa-dol"),
        ("México", "id:country/mex"),
        ("sugar cane", "id:sector/sugar-cane"),
        ("caña de azúcar", "id:sector/sugar-cane"),
    ] {
        let results = find(text);
        let hit = results.results.first().unwrap_or_else(|| panic!("{text}: nothing"));
        assert_eq!((hit.iri.as_str(), hit.by), (iri(first).as_str(), "name"), "{text}");
        assert!(results.all_words && results.read_as.is_empty(), "{text}: {:?}", results.read_as);
    }
    let hit = &find("SENDEROS").results[0];
    assert!(!hit.passages.is_empty() && hit.classes == ["programme"], "{hit:?}");
    assert!(hit.passages.iter().all(|said| said.report.iri == iri("id:report/mex-2021-p029")), "{hit:?}");
    // Each passage leads to its evidence: a place in the report and a claim, or an answer.
    for said in &hit.passages {
        assert!(said.start.is_some() && !said.states.is_empty() || said.answer.is_some(), "{said:?}");
    }
}

#[test]
fn a_thing_is_one_result_and_a_text_stands_under_it_once() {
    for text in ["trabajo forzoso", "forced labour", "travail", "secretaría"] {
        let results = find(text);
        let mut seen = BTreeSet::new();
        for Hit { iri, passages, .. } in &results.results {
            assert!(seen.insert(iri), "{text}: {iri} stands there twice");
            let texts: BTreeSet<&str> = passages.iter().map(|said| said.text.text.as_str()).collect();
            assert_eq!(texts.len(), passages.len(), "{text}: {iri}");
        }
    }
}

#[test]
fn other_endings_are_found_in_three_languages() {
    // What is typed; what stands in the reports, and not the word that was typed.
    for (typed, stands) in
        [("trabajador", "trabajadores"), ("inspections", "inspection"), ("armateur", "armateurs"), ("orchard", "orchards")]
    {
        let marks = marks(&find(typed));
        assert!(marks.contains(stands), "{typed}: {marks:?}");
    }
}

#[test]
fn accents_do_not_matter_on_either_side() {
    for (plain, accented) in
        [("educacion", "educación"), ("prevencion", "prevención"), ("Senegal", "Sénégal"), ("marees", "marées")]
    {
        let [one, other] = [plain, accented].map(find);
        assert!(one.total > 0, "{plain}");
        let things = |results: &Results| results.results.iter().map(|hit| hit.iri.clone()).collect::<BTreeSet<_>>();
        assert_eq!(things(&one), things(&other), "{plain}");
    }
    // Other endings of a word whose accent was left out, too: `prevencion` has the stem of `prevención`.
    assert!(find("prevenciones").total > 0);
}

#[test]
fn slips_of_the_pen_are_forgiven_where_nothing_is_spelt_so() {
    for (typed, meant, thing) in [
        ("sendreos", "senderos", "id:programme/senderos"),
        ("Jalsco", "jalisco", "id:place/mx-jal"),
        ("Mexcio", "mexico", "id:country/mex"),
    ] {
        let results = find(typed);
        assert!(results.read_as.iter().any(|read| read.words.iter().any(|word| word == meant)), "{typed}: {:?}", results.read_as);
        assert_eq!(
            place(&results, thing),
            Some(0),
            "{typed}: {:?}",
            results.results.iter().map(|hit| &hit.iri).collect::<Vec<_>>()
        );
    }
    let words = find("secretria del trabjo");
    assert!(place(&words, "id:organization/mex-stps").is_some(), "{words:?}");
    // What is spelt right is not read as anything else.
    assert!(find("SEGOB").read_as.is_empty());
    let nothing = find("qzxwvkjh");
    assert!(nothing.total == 0 && nothing.results.is_empty() && nothing.facets.is_empty());
}

#[test]
fn the_last_word_may_be_unfinished() {
    let results = find("sende");
    assert_eq!(place(&results, "id:programme/senderos"), Some(0));
    assert!(place(&find("secretaría del tra"), "id:organization/mex-stps").is_some());
}

#[test]
fn words_in_quotation_marks_stand_one_behind_the_other() {
    let (loose, exact) = (find("social trabajo"), find("\"trabajo y previsión social\""));
    assert!(exact.total > 0 && loose.total >= exact.total);
    assert!(place(&exact, "id:organization/mex-stps").is_some());
    assert_eq!(find("\"social previsión y trabajo\"").total, 0);
}

#[test]
fn a_word_too_many_leaves_what_has_the_others_and_says_so() {
    let results = find("senderos jalisco qzxwvkjh");
    assert!(results.total > 0 && !results.all_words);
    assert!(
        place(&results, "id:programme/senderos").is_some(),
        "{:?}",
        results.results.iter().map(|hit| &hit.iri).collect::<Vec<_>>()
    );
}

#[test]
fn labels_are_the_readers_and_passages_keep_their_language() {
    let results = find_in(&INDEX, "sugar cane", &Chosen::new(), "fr");
    let hit = &results.results[0];
    assert!(hit.title.language == "fr" && hit.title.text.to_lowercase().contains("canne"), "{:?}", hit.title);
    assert!(hit.names.iter().any(|name| name.text.to_lowercase().contains("sugar")), "the name that was found is shown: {hit:?}");
    let spanish = find("trabajadores");
    let said = spanish.results.iter().flat_map(|hit| &hit.passages).find(|said| !said.text.marks.is_empty()).unwrap();
    assert_eq!(said.text.language, "es");
}

#[test]
fn facets_count_what_they_leave_combine_and_can_be_taken_away() {
    for text in ["trabajo forzoso", "labour", "SENDEROS", "programa"] {
        let all = find(text);
        assert!(all.total > 0, "{text}");
        let of = |facet: Facet, value: &str| Chosen::from([(facet, vec![value.to_owned()])]);
        let mut seen = 0;
        for counts in &all.facets {
            let facet = Facet::named(counts.facet).unwrap();
            for count in &counts.values {
                let narrowed = find_in(&INDEX, text, &of(facet, &count.value), "en");
                assert_eq!(narrowed.total, count.count, "{text}: {} {}", counts.facet, count.value);
                assert!(!count.label.is_empty() && !count.chosen, "{count:?}");
                // It says what it is narrowed down to, and what else of the facet there is.
                let again = narrowed.facets.iter().find(|other| other.facet == counts.facet).unwrap();
                assert!(again.values.iter().any(|value| value.value == count.value && value.chosen), "{again:?}");
                assert_eq!(
                    again.values.iter().map(|value| value.count).max(),
                    counts.values.iter().map(|value| value.count).max(),
                    "{text}"
                );
                // A second facet's counts hold within the first.
                for other in narrowed.facets.iter().filter(|other| other.facet != counts.facet) {
                    for value in other.values.iter().take(3) {
                        let mut both = of(facet, &count.value);
                        both.insert(Facet::named(other.facet).unwrap(), vec![value.value.clone()]);
                        assert_eq!(find_in(&INDEX, text, &both, "en").total, value.count, "{text}: {both:?}");
                    }
                }
                seen += 1;
            }
        }
        assert!(seen > 3, "{text}: {seen} values");
    }
    let chosen = Chosen::from([(Facet::Country, vec!["gha".to_owned()]), (Facet::Class, vec!["Programme".to_owned()])]);
    let ghana = find_in(&INDEX, "forced labour", &chosen, "en");
    assert!(ghana.total > 0 && ghana.results.iter().all(|hit| hit.classes.contains(&"programme".to_owned())), "{ghana:?}");
    assert!(ghana.results.iter().flat_map(|hit| &hit.passages).all(|said| said.report.iri == iri("id:report/gha-2021-p029")));
    let funded = Chosen::from([(Facet::Funder, vec!["usa-dol".to_owned()]), (Facet::Sector, vec!["sugar-cane".to_owned()])]);
    assert_eq!(place(&find_in(&INDEX, "senderos", &funded, "en"), "id:programme/senderos"), Some(0));
    let nowhere = Chosen::from([(Facet::Year, vec!["1850".to_owned()])]);
    assert_eq!(find_in(&INDEX, "senderos", &nowhere, "en").total, 0);
}

#[test]
fn pages_have_each_result_once() {
    let page = |page, per_page| {
        let wanted = Wanted { text: "trabajo", chosen: &Chosen::new(), page, per_page, lang: "es" };
        INDEX.search(&wanted).unwrap()
    };
    let all = page(1, 10_000);
    assert!(all.total > 20 && all.results.len() == all.total, "{} of {}", all.results.len(), all.total);
    let mut seen = Vec::new();
    for number in 1..=page(1, 7).pages() {
        seen.extend(page(number, 7).results.into_iter().map(|hit| hit.iri));
    }
    assert_eq!(seen, all.results.iter().map(|hit| hit.iri.clone()).collect::<Vec<_>>());
    assert!(page(10_000, 7).results.is_empty());
    assert!(page(usize::MAX, usize::MAX).results.is_empty());
}

#[test]
fn names_are_suggested_while_they_are_typed() {
    let names = |typed: &str| INDEX.suggest(typed, "en", 8);
    assert_eq!(names("sender")[0].iri, iri("id:programme/senderos"));
    assert!(names("previs").iter().any(|one| one.iri == iri("id:organization/mex-stps")), "a word within: {:?}", names("previs"));
    assert!(names("").is_empty() && names("qzxwvk").is_empty());
    assert!(names("s").len() <= 8 && !names("s").is_empty());
}

#[test]
fn every_kind_of_answer_has_words_in_each_language() {
    for facet in Facet::ALL {
        let key = format!("search.facet.{}", facet.name());
        for (lang, _) in texts::LANGUAGES {
            let words = texts::filled(&key, lang, &[]);
            assert!(words != key, "{key} in {lang}");
        }
    }
}

/// All reports of the shared material.
fn corpus() -> Option<Vec<PathBuf>> {
    let root = shared("corpus")?;
    let folders = std::fs::read_dir(root).unwrap().flatten().map(|entry| entry.path()).filter(|path| path.is_dir());
    let mut files: Vec<PathBuf> =
        folders.flat_map(|folder| std::fs::read_dir(folder).unwrap().flatten()).map(|entry| entry.path()).collect();
    files.sort();
    Some(files)
}

#[test]
fn the_corpus_is_searched_by_what_a_reader_would_type() {
    // Of each country one year is enough here; the benchmark has all.
    let Some(files) = corpus() else { return };
    let chosen = ["Ghana", "Mexico", "Guatemala", "Pakistan", "mexico-2021"];
    let files = files.into_iter().filter(|file| {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let year =
            file.parent().is_some_and(|folder| folder.ends_with("dol-findings-2021") || folder.ends_with("ilo-annual-review"));
        year && chosen.iter().any(|known| name.starts_with(known))
    });
    let mut quads = converter().base_quads().to_vec();
    for file in files {
        quads.extend(converter().convert(&read::file(&file).unwrap()).unwrap().quads());
    }
    let store = store_of(quads);
    let begun = Instant::now();
    let index = Index::read(&store, String::new()).unwrap();
    let (things, passages) = index.size();
    tell(&format!("indexed {things} things and {passages} passages in {:?}\n", begun.elapsed()));
    let find = |text: &str| find_in(&index, text, &Chosen::new(), "en");
    let agriculture = find("agriculture");
    assert_eq!(place(&agriculture, "id:sector/agriculture"), Some(0));
    // A result says what it is about: an answer has its question and its report, everything else a name of its own.
    for hit in &agriculture.results {
        assert!(!hit.title.text.is_empty() && (hit.report.is_some() || !hit.title.text.contains("– answer")), "{hit:?}");
        assert!(hit.by != "text" || hit.passages.iter().any(|said| !said.text.marks.is_empty()), "{hit:?}");
    }
    assert!(agriculture.results.iter().any(|hit| hit.by == "text"));
    let cocoa = find("cocoa ghana");
    assert!(cocoa.all_words && cocoa.total > 3, "{}", cocoa.total);
    let countries = cocoa.facets.iter().find(|counts| counts.facet == "country").unwrap();
    assert_eq!(countries.values[0].value, "gha", "{countries:?}");
    assert!(find("labor inspectors").total > 5 && find("labour inspector").total == find("labor inspectors").total);
    assert!(find("brick kilms").read_as.iter().any(|read| read.words.contains(&"kilns".to_owned())));
}
