//! The pages over several reports: a country with all that is said of it, countries side by side, and what each report covers.

use super::pages::store_of;
use super::serve::{Answer, get_from};
use axum::Router;
use axum::http::StatusCode;
use forced_labour_graph::config::Tokens;
use forced_labour_graph::serve::{self, limits::App, limits::Settings};
use forced_labour_graph::store::Store;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

static GRAPH: LazyLock<Arc<dyn Store>> = LazyLock::new(|| {
    let fixtures = ["data/reports/mexico-2021-p029.es.txt", "tests/it/fixtures/ghana-2021-p029.en.txt"];
    store_of(&[fixtures.as_slice(), &["tests/it/fixtures/bahrain-2012-baseline.en.txt"]].concat())
});

fn site() -> Router {
    serve::router(App::new(Arc::clone(&GRAPH), Settings::default(), Tokens::default()))
}

async fn get(path: &str) -> Answer {
    get_from(site(), path, "text/html").await
}

async fn page(path: &str) -> Answer {
    let answer = get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer
}

#[tokio::test]
async fn a_country_shows_its_reports_its_ratifications_with_their_words_and_its_things_by_kind() {
    let mexico = page("/page/id/country/mex").await;
    let text = mexico.text();
    for words in [
        "country · Latin America",
        "Country baseline – Mexico 2021 (P029)",
        "13 government bodies",
        "Protocol of 2014 to the Forced Labour Convention, 1930 not ratified",
        "Government bodies 13",
        "Secretariat of Labor and Social Welfare",
    ] {
        assert!(text.to_lowercase().contains(&words.to_lowercase()), "{words}: {text}");
    }
    // The words that state a status stand in place, with the way to the passage.
    assert!(mexico.body.contains("<details>") && text.contains("P029: no ratificado"), "{text}");
    assert!(mexico.body.contains("href=\"/compare?country=mex\""), "{}", mexico.body);
    // What only says that something is the country's is told by the lists, and codes are nothing to read.
    assert!(!text.contains("schema:containedInPlace") && !text.contains("… country Mexico"), "{text}");
    let french = page("/page/id/country/mex?lang=fr").await.text();
    assert!(french.contains("Convention sur le travail forcé, 1930 (n° 29) ratifié"), "{french}");
    let unreported = page("/page/id/country/fra").await.text();
    assert!(unreported.contains("No report in this graph is about this country."), "{unreported}");
}

#[tokio::test]
async fn a_list_can_be_that_of_one_country() {
    let all = page("/page/list/Programme").await.text();
    let mexican = page("/page/list/Programme?country=mex").await.text();
    assert!(mexican.contains("SENDEROS") && mexican.contains("programmes Mexico"), "{mexican}");
    let ghanaian = page("/page/list/Programme?country=gha").await.text();
    assert!(all.contains("SENDEROS") && !ghanaian.contains("SENDEROS"), "{ghanaian}");
    assert_eq!(get("/page/list/Programme?country=%3Cb%3E").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn countries_are_chosen_and_compared_in_the_readers_language() {
    let choice = page("/compare?country=gha").await;
    assert!(choice.body.contains("value=\"gha\" checked") && choice.body.contains("value=\"mex\""), "{}", choice.body);
    for lang in ["en", "es", "fr"] {
        let chosen = get(&format!("/compare?country=gha&country=mex&lang={lang}")).await;
        assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text());
        let place = chosen.header("location");
        let compared = page(&place).await;
        assert!(compared.body.contains("<table class=\"sides\">"), "{lang}: {}", compared.text());
        assert!(compared.text().contains("Ghana"), "{}", compared.text());
    }
    for (address, words) in [
        ("/compare?country=zzz", "`zzz` is the code of no country that a report here is about"),
        ("/compare?country=fra&country=mex", "`fra` is the code of no country"),
        ("/compare?country=..%2Freport", "is the code of no country"),
    ] {
        let refused = get(address).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(refused.text().contains(words), "{address}: {}", refused.text());
    }
}

#[tokio::test]
async fn coverage_tells_what_each_report_answers_leaves_open_or_contradicts() {
    let all = page("/coverage?form=ilo-p029-2021").await;
    let text = all.text();
    // Mexico says yes to question 70 and denies it in 71; 66 is none of its report, and Ghana's stops early.
    let row = |number: &str| {
        let at = all.body.find(&format!("<span class=\"number\">{number}</span>")).unwrap_or_else(|| panic!("{number}: {text}"));
        let row = &all.body[at..];
        row[..row.find("</tr>").unwrap()].to_owned()
    };
    assert!(all.body.contains(">GHA</a>") && all.body.contains(">MEX</a>"), "{}", all.body);
    let states = |row: &str| -> Vec<String> {
        row.split("aria-label=\"").skip(1).map(|rest| rest[..rest.find('"').unwrap()].to_owned()).collect()
    };
    assert_eq!(states(&row("70")).last().unwrap(), "contradictory", "{}", row("70"));
    assert_eq!(states(&row("66")).last().unwrap(), "not asked", "{}", row("66"));
    assert_eq!(states(&row("92")).last().unwrap(), "answered", "{}", row("92"));
    assert!(row("92").contains("href=\"/page/id/answer/mex-2021-p029/92\""), "{}", row("92"));
    // Another form has a table of its own, and what there is none of says so.
    assert!(all.body.contains("href=\"/coverage?form=ilo%2Dbaseline%2D2012\""), "{}", all.body);
    assert!(page("/coverage?form=ilo-baseline-2012").await.body.contains(">BHR</a>"));
    assert_eq!(get("/coverage?form=none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get("/coverage?form=ilo-p029-2021&year=1066").await.status, StatusCode::NOT_FOUND);
    let empty = serve::router(App::new(store_of(&[]), Settings::default(), Tokens::default()));
    assert_eq!(get_from(empty, "/coverage", "text/html").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_names_of_reference_data_stand_in_the_head_and_are_no_facts() {
    let dol = page("/page/id/organization/usa-dol").await;
    let text = dol.text();
    assert!(
        text.contains("Also: Departamento de Trabajo de los Estados Unidos") && dol.body.contains("<summary>Others:"),
        "{text}"
    );
    let facts = &text[text.find("Facts country").unwrap_or_else(|| panic!("{text}"))..];
    assert!(!facts.contains("other name") && facts.contains("… funded by United States Department of Labor"), "{facts}");
    // A name that a report gives is a fact of that report, with its words.
    let council = page("/page/id/programme/senderos").await.text();
    assert!(council.contains("name Mejora en el Cumplimiento"), "{council}");
}

#[tokio::test]
async fn evidence_leads_to_a_mark_on_the_reports_page_wherever_it_stands() {
    let report = page("/page/id/report/mex-2021-p029").await;
    let anchors: BTreeSet<&str> = ids(&report.body, "id=\"c").collect();
    let mut seen = 0;
    for thing in [
        "country/mex",
        "organization/mex-stps",
        "organization/usa-dol",
        "programme/senderos",
        "policy/mex-plan-nacional-de-desarrollo",
    ] {
        let body = page(&format!("/page/id/{thing}")).await.body;
        for place in ids(&body, "/page/id/report/mex-2021-p029#c") {
            assert!(anchors.contains(place), "{thing} leads to c{place}, which the report's page lacks");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

/// The numbers that follow some words.
fn ids<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).map(|rest| &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())])
}
