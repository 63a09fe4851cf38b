//! The pictures without a browser: the tables that they are drawn from hold what the graph holds, lead to its evidence, and stay small.
//! That they are drawn is tried in `browser.rs`.

use super::pages::{GRAPH, store_of, store_with};
use super::serve::{Answer, get_from};
use super::web::bundled;
use axum::http::StatusCode;
use forced_labour_graph::config::Tokens;
use forced_labour_graph::serve::{self, assets, limits::App, limits::Settings};
use forced_labour_graph::store::{Request, Results, Store, StoreError};
use oxigraph::io::{RdfFormat, RdfParser};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

/// No page is larger, in bytes before it is packed.
const LARGEST: usize = 200_000;

async fn get(store: &Arc<dyn Store>, path: &str) -> Answer {
    let router = serve::router(App::new(Arc::clone(store), Settings::default(), Tokens::default()));
    let answer = get_from(router, path, "text/html").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    assert!(answer.body.len() < LARGEST, "{path} has {} bytes", answer.body.len());
    answer
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a cell of a role names in each row of a picture's table: the address, the words, and where they are stated.
fn named(page: &Html, picture: &str, role: &str) -> Vec<Vec<(String, String, Option<String>)>> {
    let rows = select(&format!("figure[data-picture={picture}] tbody tr"));
    let (entry, link, why) = (select(&format!("[data-role={role}] .entry")), select("a:not(.why), span"), select("a.why"));
    let one = |entry: ElementRef<'_>| {
        let link = entry.select(&link).next().unwrap();
        let why = entry.select(&why).next().map(|why| why.attr("href").unwrap().to_owned());
        (link.attr("href").unwrap_or_default().to_owned(), text(link), why)
    };
    page.select(&rows).map(|row| row.select(&entry).map(one).collect()).collect()
}

/// The values of a query with one column, as the addresses of their pages or as words.
fn values(store: &Arc<dyn Store>, pattern: &str) -> BTreeSet<String> {
    let query = format!(
        "PREFIX flg: <https://w3id.org/forced-labour-graph/ontology#> PREFIX id: <https://w3id.org/forced-labour-graph/id/> \
         SELECT DISTINCT ?x WHERE {{ {pattern} }}"
    );
    let mut found = BTreeSet::new();
    let request = Request { query, ..Request::default() };
    let visit = &mut |results: Results<'_>| -> Result<(), StoreError> {
        if let Results::Solutions(rows) = results {
            for row in rows {
                let value = row?.get("x").unwrap().to_string();
                found.insert(value.trim_matches(['<', '>']).replace("https://w3id.org/forced-labour-graph/", "/page/"));
            }
        }
        Ok(())
    };
    store.query(&request, visit).unwrap();
    found
}

#[tokio::test]
async fn the_neighbourhood_of_a_programme_is_what_reports_say_of_it_each_with_its_words() {
    let page = Html::parse_document(&get(&GRAPH, "/page/id/programme/senderos").await.body);
    let to = named(&page, "around", "to").concat();
    let drawn: BTreeSet<String> = to.iter().map(|(href, ..)| href.clone()).collect();
    let said = values(
        &GRAPH,
        "<https://w3id.org/forced-labour-graph/id/programme/senderos> \
         flg:fundedBy|flg:implementedBy|flg:partner|flg:counterpart|flg:coversPlace|flg:country ?x",
    );
    assert!(said.len() > 4, "{said:?}");
    assert_eq!(drawn, said);
    assert!(drawn.contains("/page/id/organization/usa-dol") && drawn.contains("/page/id/place/mx-jal"), "{drawn:?}");
    // Each line leads to words that are marked in the report.
    let whys: BTreeSet<String> = to.iter().filter_map(|(.., why)| why.clone()).collect();
    assert!(to.iter().filter(|(href, ..)| !href.contains("/country/")).all(|(.., why)| why.is_some()), "{to:?}");
    let report = get(&GRAPH, "/page/id/report/mex-2021-p029?text=whole").await;
    let short = get(&GRAPH, "/page/id/report/mex-2021-p029").await;
    for why in whys {
        let (path, anchor) = why.split_once('#').unwrap();
        assert_eq!(path, "/page/id/report/mex-2021-p029");
        let anchor = format!("id=\"{anchor}\"");
        assert!(report.body.contains(&anchor) || short.body.contains(&anchor), "{why}");
    }
}

#[tokio::test]
async fn the_neighbourhood_of_a_funder_and_of_a_place_are_their_programmes() {
    for (path, this) in
        [("/page/id/organization/usa-dol", "id:organization\\/usa-dol"), ("/page/id/place/mx-oax", "id:place\\/mx-oax")]
    {
        let page = Html::parse_document(&get(&GRAPH, path).await.body);
        let drawn: BTreeSet<String> = named(&page, "around", "from").concat().into_iter().map(|(href, ..)| href).collect();
        assert_eq!(drawn, values(&GRAPH, &format!("?x a flg:Programme ; ?property {this}")), "{path}");
    }
    let page = get(&GRAPH, "/page/id/organization/mex-coparmex").await;
    assert!(!page.body.contains("data-picture"), "where there is nothing to draw, there is no picture");
    assert!(!page.body.contains("pictures.js"), "nor its script");
}

#[tokio::test]
async fn a_country_shows_who_funds_whom_where_and_when() {
    let page = Html::parse_document(&get(&GRAPH, "/page/id/country/mex").await.body);
    let funders: BTreeSet<String> = named(&page, "flow", "funder").concat().into_iter().map(|(href, ..)| href).collect();
    assert_eq!(funders, values(&GRAPH, "?p flg:country id:country\\/mex ; a flg:Programme ; flg:fundedBy ?x"));
    let programmes: BTreeSet<String> = named(&page, "flow", "programme").concat().into_iter().map(|(href, ..)| href).collect();
    assert_eq!(programmes, values(&GRAPH, "?x flg:country id:country\\/mex ; a flg:Programme ; flg:fundedBy ?f"));
    let places: BTreeSet<String> = named(&page, "places", "place").concat().into_iter().map(|(href, ..)| href).collect();
    let said = "GRAPH ?g { ?x a flg:Place } ?x flg:country id:country\\/mex FILTER(CONTAINS(STR(?g), \"/graph/source/\"))";
    assert_eq!(places, values(&GRAPH, said));
    let there = named(&page, "places", "there").concat();
    assert!(there.iter().any(|(href, ..)| href == "/page/id/programme/senderos"), "{there:?}");
    // Where a place lies is no fact of the graph, and so of no table.
    assert!(
        page.select(&select("figure[data-picture=places] tbody [data-lon], figure[data-picture=places] tbody [data-at]"))
            .next()
            .is_none()
    );
    let dates: BTreeSet<String> = [named(&page, "timeline", "from"), named(&page, "timeline", "to")]
        .concat()
        .concat()
        .into_iter()
        .map(|(_, text, _)| text)
        .collect();
    let said = values(
        &GRAPH,
        "?t flg:country id:country\\/mex ; flg:startDate|flg:endDate ?d ; a ?k \
         FILTER(?k IN (flg:Programme, flg:Policy, flg:Ratification)) BIND(STR(?d) AS ?x)",
    );
    let said: BTreeSet<String> = said.into_iter().map(|date| date.trim_matches('"').to_owned()).collect();
    assert!(!said.is_empty() && said.is_subset(&dates), "{said:?} {dates:?}");
    assert!(dates.contains("2021"), "the report stands in its year: {dates:?}");
}

#[tokio::test]
async fn the_pictures_of_all_countries_speak_three_languages_and_lead_to_each_other() {
    for (path, words) in [
        ("/funding?lang=en", ["Who funds whom", "Carried out by", "The same as a table"]),
        ("/funding?lang=es", ["Quién financia a quién", "Ejecutado por", "Lo mismo en una tabla"]),
        ("/timeline?lang=fr", ["Quand", "politique ou plan", "La même chose en tableau"]),
        ("/map?lang=en", ["Countries that reports are about: 1", "Mexico", "The same as a table"]),
    ] {
        let answer = get(&GRAPH, path).await;
        for word in words {
            assert!(answer.text().contains(word), "{path}: {word}: {}", answer.text());
        }
        for way in ["/funding", "/timeline", "/map"] {
            let here = path.starts_with(way);
            let linked = answer.body.matches(&format!("<li><a href=\"{way}\"")).count();
            assert!(here || linked > 0, "{path} leads to {way}");
        }
    }
    let map = Html::parse_document(&get(&GRAPH, "/map").await.body);
    let codes: Vec<&str> =
        map.select(&select("[data-role=country] .entry")).map(|entry| entry.attr("data-code").unwrap()).collect();
    assert!(codes.contains(&"MEX"), "{codes:?}");
}

#[tokio::test]
async fn an_empty_graph_has_no_pictures_and_says_so() {
    let store = store_of(&[]);
    for path in ["/funding", "/timeline", "/map"] {
        let answer = get(&store, path).await;
        assert!(!answer.body.contains("<figure") && answer.text().contains("flg build"), "{path}: {}", answer.text());
    }
    assert!(!get(&store, "/").await.body.contains("<figure"));
}

/// Programmes as many as no picture can hold, with names that are markup.
fn many() -> String {
    let mut text = String::from(
        "@prefix flg: <https://w3id.org/forced-labour-graph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
         @prefix id: <https://w3id.org/forced-labour-graph/id/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\
         GRAPH <https://w3id.org/forced-labour-graph/graph/source/many> {\n",
    );
    for i in 0..400 {
        let _ = writeln!(
            text,
            "<https://w3id.org/forced-labour-graph/id/programme/p{i}> a flg:Programme ; flg:country <https://w3id.org/forced-labour-graph/id/country/gha> ;
               skos:prefLabel \"</td><script>window.owned = {i}</script><b onload='alert(1)' style='x'>, with a name that is rather long\"@en ;
               flg:fundedBy <https://w3id.org/forced-labour-graph/id/organization/usa-dol>, <https://w3id.org/forced-labour-graph/id/organization/o{i}> ;
               flg:implementedBy <https://w3id.org/forced-labour-graph/id/organization/ilo> ; flg:coversPlace <https://w3id.org/forced-labour-graph/id/place/p{i}> ;
               flg:startDate \"20{:02}\"^^xsd:gYear ; flg:amount {i}000 ; flg:currency \"USD\" .
             <https://w3id.org/forced-labour-graph/id/place/p{i}> a flg:Place ; flg:country <https://w3id.org/forced-labour-graph/id/country/gha> ;
               skos:prefLabel \"\\\" onmouseover=\\\"alert({i})\"@en .",
            i % 30
        );
    }
    text + "}"
}

#[tokio::test]
async fn pictures_are_bounded_and_say_what_they_leave_out_and_names_are_text() {
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(&many()).collect::<Result<_, _>>().unwrap();
    let store = tokio::task::spawn_blocking(|| store_with(&[], quads)).await.unwrap();
    let figures = [
        ("/page/id/organization/usa-dol", "around", 48, "9 of 400 programmes"),
        ("/funding", "flow", 100, "100 of 400 are shown"),
        ("/timeline", "timeline", 150, "The last 150 of 400"),
        ("/page/id/place/p7", "around", 5, "Who does what with whom"),
    ];
    for (path, picture, most, left_out) in figures {
        let answer = get(&store, path).await;
        let page = Html::parse_document(&answer.body);
        let rows = page.select(&select(&format!("figure[data-picture={picture}] tbody tr"))).count();
        assert!(rows > 3 && rows <= most, "{path}: {rows}");
        let said = text(page.select(&select(&format!("figure[data-picture={picture}] figcaption"))).next().unwrap());
        assert!(said.contains(left_out), "{path}: {said}");
        for element in page.select(&select("figure, figure *")) {
            let name = element.value().name();
            assert!(!["script", "b", "style"].contains(&name), "{path}: {name}");
            let wrong: Vec<_> = element.value().attrs().filter(|(name, _)| name.starts_with("on") || *name == "style").collect();
            assert!(wrong.is_empty(), "{path}: {wrong:?}");
        }
        let scripts = select("script:not([type='application/ld+json'])");
        for script in page.select(&scripts) {
            assert!(script.attr("src").is_some_and(|src| src.starts_with("/static/")) && text(script).is_empty(), "{path}");
        }
    }
    let country = get(&store, "/page/id/country/gha").await;
    assert!(Html::parse_document(&country.body).select(&select("figure")).count() == 3);
}

#[tokio::test]
async fn the_files_that_maps_need_are_there_for_every_country_that_they_show() {
    if !bundled() {
        return;
    }
    let page = Html::parse_document(&get(&GRAPH, "/page/id/country/mex").await.body);
    let src = page.select(&select("figure[data-picture=places]")).next().unwrap().attr("data-src").unwrap();
    assert_eq!(src, assets::address("map/mex.json").unwrap());
    let file = |name: &str| serde_json::from_slice::<serde_json::Value>(&assets::all()[name].content).unwrap();
    let mexico = file("map/mex.json");
    let divisions: Vec<&str> =
        mexico["divisions"].as_array().unwrap().iter().map(|division| division[0].as_str().unwrap()).collect();
    for state in ["Oaxaca", "Jalisco", "Nayarit", "Chiapas"] {
        assert!(divisions.contains(&state), "{state}");
    }
    let world = file("map/world.json");
    let shapes = world["objects"]["countries"]["geometries"].as_array().unwrap().iter().filter_map(|shape| shape["id"].as_str());
    let points = world["points"].as_object().unwrap().keys().map(String::as_str);
    let shown: BTreeSet<&str> = shapes.chain(points).collect();
    for code in ["MEX", "GHA", "XKX", "TLS", "CPV", "KIR", "VGB", "VUT"] {
        assert!(shown.contains(code), "{code}: {shown:?}");
    }
    assert!(shown.len() > 220 && !shown.contains("ATA"), "{}", shown.len());
}
