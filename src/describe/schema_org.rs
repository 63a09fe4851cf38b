//! The dataset and its parts in the words of schema.org, for search engines: JSON-LD that stands in pages.

use super::dataset::{dumps, iri};
use super::overview::Report;
use super::{Overview, Place, formats};
use crate::facts::labels::best;
use crate::facts::texts;
use serde_json::{Map, Value, json};

/// The dataset.
pub fn dataset(overview: &Overview, place: &Place, lang: &str) -> Value {
    let this = iri();
    let countries = overview.countries();
    let name = |names: &[crate::facts::labels::Label]| best(names, lang).map(|(_, text)| text.clone());
    let spatial: Vec<Value> = countries
        .iter()
        .filter_map(|(iri, names)| Some(json!({ "@type": "Country", "@id": iri, "name": name(names)? })))
        .collect();
    let mut about = described(this.as_str(), texts::text("site", lang), texts::text("home.what", lang), overview, lang);
    about.insert("url".to_owned(), place.at("/page/dataset").as_str().into());
    about.insert("spatialCoverage".to_owned(), spatial.into());
    about.insert("inLanguage".to_owned(), overview.languages().into_iter().collect());
    if let Some((first, last)) = overview.years() {
        about.insert("temporalCoverage".to_owned(), if first == last { first.into() } else { format!("{first}/{last}").into() });
    }
    let service = place.is_live().then(|| {
        json!({
            "@type": "DataDownload",
            "name": "SPARQL",
            "encodingFormat": "application/sparql-results+json",
            "contentUrl": place.at("/sparql").as_str(),
        })
    });
    let files = dumps(place).iter().map(|dump| {
        json!({
            "@type": "DataDownload",
            "name": dump.name,
            "encodingFormat": if dump.packed { "application/gzip" } else { dump.media_type },
            "contentUrl": place.at(dump.path).as_str(),
        })
    });
    about.insert("distribution".to_owned(), service.into_iter().chain(files).collect());
    about.into()
}

/// What one report gives.
pub fn report(report: &Report, overview: &Overview, place: &Place, lang: &str) -> Value {
    let name = report.name(lang);
    let what = texts::filled("dataset.of-report", lang, &[("report", name.to_owned())]);
    let mut about = described(report.iri().as_str(), name, &what, overview, lang);
    about.insert("url".to_owned(), place.at(&format!("/page/id/report/{}", report.id)).as_str().into());
    about.insert("isPartOf".to_owned(), json!({ "@type": "Dataset", "@id": iri().as_str(), "name": texts::text("site", lang) }));
    let publishers = report.publishers(lang);
    let publishers: Vec<Value> = publishers.iter().map(|name| json!({ "@type": "Organization", "name": name })).collect();
    about.insert("isBasedOn".to_owned(), json!({ "@type": "Report", "name": name, "publisher": publishers }));
    let countries = report.countries.iter();
    let spatial: Vec<Value> = countries
        .filter_map(|(iri, names)| Some(json!({ "@type": "Country", "@id": iri, "name": best(names, lang)?.1 })))
        .collect();
    about.insert("spatialCoverage".to_owned(), spatial.into());
    about.extend(report.year.as_ref().map(|year| ("temporalCoverage".to_owned(), year.as_str().into())));
    about.extend(report.language.as_ref().map(|code| ("inLanguage".to_owned(), code.as_str().into())));
    let download = |format: &formats::Graph| {
        let address = place.at(&format!("/data/graph/report/{}.{}", report.id, format.extension));
        json!({
            "@type": "DataDownload",
            "name": format.name,
            "encodingFormat": format.media_type(),
            "contentUrl": address.as_str(),
        })
    };
    about.insert("distribution".to_owned(), formats::GRAPHS.iter().map(download).collect());
    about.into()
}

/// What is said of the whole and of its parts alike.
fn described(id: &str, name: &str, what: &str, overview: &Overview, lang: &str) -> Map<String, Value> {
    let mut about = Map::new();
    let mut put = |key: &str, value: Value| about.insert(key.to_owned(), value);
    put("@context", "https://schema.org/".into());
    put("@type", "Dataset".into());
    put("@id", id.into());
    put("identifier", id.into());
    put("name", name.into());
    put("description", what.into());
    put("version", overview.version().into());
    put("isAccessibleForFree", true.into());
    put("creator", json!({ "@type": "Organization", "name": texts::text("site", lang) }));
    put("conditionsOfAccess", texts::text("dataset.rights", lang).into());
    if let Some(when) = overview.modified() {
        put("dateModified", when.into());
    }
    about
}

/// A value as the content of a `script` element, which nothing in it can end.
pub fn script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
