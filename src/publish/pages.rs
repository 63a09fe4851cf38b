//! What a site of files has of its own: the search page, whose answers a script finds; the page for what is not there; and the folders
//! of canonical names, which lead to pages.

use super::PublishError;
use super::crawl::Crawl;
use super::folder::Folder;
use crate::describe::Place;
use crate::describe::formats::GRAPHS;
use crate::describe::layout::{Laid, first_language, lay};
use crate::facts::texts::LANGUAGES;
use crate::model::id::sha256;
use crate::model::vocab::BASE;
use crate::serve::view::Chrome;
use askama::Template;

/// The folder of the search index.
pub(super) const INDEX: &str = "search/";
/// The script that searches.
const SCRIPT: &str = include_str!("../../web/find.js");
const SCRIPT_FILE: &str = "static/find.js";
/// The page for what is not there.
pub(super) const LOST: &str = "404.html";

#[derive(Template)]
#[template(path = "find.html")]
struct Find<'a> {
    c: &'a Chrome,
    script: String,
}

#[derive(Template)]
#[template(path = "lost.html")]
struct Lost<'a> {
    c: &'a Chrome,
}

/// A form of the data behind a name.
struct Form {
    href: String,
    media_type: &'static str,
}

#[derive(Template)]
#[template(path = "leading.html")]
struct Leading<'a> {
    lang: &'a str,
    to: String,
    iri: String,
    forms: Vec<Form>,
}

/// The search page in a language.
fn find(lang: &'static str) -> Option<Laid> {
    lay("/search", lang)
}

/// The files that stand here, and are asked of nobody.
pub(super) fn own() -> Vec<String> {
    let languages = LANGUAGES.iter().filter_map(|(lang, _)| find(lang)).map(|laid| laid.file);
    let index = format!("{INDEX}index.json");
    let dumps = super::dump::files();
    languages.chain([index, SCRIPT_FILE.to_owned(), LOST.to_owned()]).chain(dumps).collect()
}

/// Writes the pages of search and of what is not there.
///
/// # Errors
/// If one cannot be filled or written.
pub(super) fn write(crawl: &Crawl<'_>, folder: &Folder, place: &Place) -> Result<(), PublishError> {
    let script = format!("/{SCRIPT_FILE}?v={}", &sha256(SCRIPT.as_bytes())[..12]);
    for (lang, _) in LANGUAGES {
        let Some(laid) = find(lang) else { continue };
        let c = Chrome::of_files(place, "/search", lang);
        let html = Find { c: &c, script: script.clone() }.render()?;
        folder.put(&laid.file, crawl.page(&laid, &html).as_bytes())?;
    }
    folder.put(SCRIPT_FILE, SCRIPT.as_bytes())?;
    if let Some(home) = lay("/", first_language()) {
        let c = Chrome::of_files(place, "/", home.lang);
        folder.put(LOST, crawl.page(&home, &Lost { c: &c }.render()?).as_bytes())?;
    }
    // Files whose names begin with a dot or an underscore are files as any other.
    folder.put(".nojekyll", b"")
}

/// The page that leads to another, for where no server does.
///
/// # Errors
/// If it cannot be filled.
pub(super) fn leading(there: &Laid, place: &Place) -> Result<String, PublishError> {
    let path = there.asked.split('?').next().unwrap_or_default().trim_start_matches("/page/").to_owned();
    let form = |form: &crate::describe::formats::Graph| {
        let laid = lay(&format!("/data/{path}.{}", form.extension), first_language())?;
        Some(Form { href: format!("{}{}", place.folder(), laid.address), media_type: form.media_type() })
    };
    let page = Leading {
        lang: there.lang,
        to: format!("{}{}", place.folder(), there.address),
        iri: format!("{BASE}{path}"),
        forms: GRAPHS.iter().filter_map(form).collect(),
    };
    Ok(page.render()?)
}

/// Writes the folder of the canonical name of what a page is about: it leads to the page; the ontology, to whose parts names lead,
/// stands there itself.
///
/// # Errors
/// If it cannot be filled or written.
pub(super) fn names(laid: &Laid, html: &str, folder: &Folder, place: &Place) -> Result<(), PublishError> {
    let Some(path) = laid.asked.strip_prefix("/page/").filter(|path| !path.contains('?') && !path.starts_with("list/")) else {
        return Ok(());
    };
    let Some(name) = lay(&format!("/{path}"), first_language()).filter(Laid::is_page) else { return Ok(()) };
    if path == "ontology" {
        return folder.put(&name.file, html.as_bytes());
    }
    folder.put(&name.file, leading(laid, place)?.as_bytes())
}
