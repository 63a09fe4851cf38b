//! Where the addresses of a server lie among files, for a site that no server answers for.
//!
//! A page is a folder with an `index.html`, so that every file server finds it, and stands under its language if that is not the
//! first one: `/page/x?lang=es` is `es/page/x/index.html`. What else an address asks for is a part of the path:
//! `/page/list/Programme?country=mex` is `page/list/Programme/country=mex/`, and `/queries/x?format=csv` is `queries/x.csv`. What has
//! an ending already is a file under its own name. What only a server can answer has no place.

use crate::facts::texts;
use crate::model::id::sha256;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The file that a folder is shown by.
pub const INDEX: &str = "index.html";

/// The parameter that chooses a language, and the one that chooses the form of a result.
const LANGUAGE: &str = "lang";
const FORMAT: &str = "format";

/// What asks something of a server, with all that lies below it.
pub const SERVER: &[&str] =
    &["/ask", "/api", "/compare", "/sparql", "/update", "/search/suggest", "/graph", "/admin", "/health", "/ready", "/metrics"];
/// What has an ending that belongs to its name, and is a page all the same.
const PAGES: [&str; 2] = ["page", "id"];
/// Folders of files without an ending.
const FILES: [&str; 1] = [".well-known"];
/// The page of search, which answers in the browser.
const SEARCH: &str = "/search";
/// The folder of style sheets and scripts.
const ASSETS: &str = "static";
/// What leads on to pages, in whatever language.
const NAMES: [&str; 3] = ["id", "ontology", "dataset"];
/// A longer part of a path is known by its hash: file systems take 255 bytes.
const LONGEST: usize = 160;

/// What may stand in a part of an address as it is.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b':')
    .remove(b'=')
    .remove(b'@');
/// What may not stand in an address at all; percent signs are those of an address.
const NEVER: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'|').add(b'\\').add(b'^');

/// An address of a server, and its place among files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Laid {
    /// The file, relative to the site.
    pub file: String,
    /// The address of the file on its host, below the site's own: with a slash before it, and the fragment behind.
    pub address: String,
    /// What a server is asked for to have it: path and query.
    pub asked: String,
    /// The language of it.
    pub lang: &'static str,
}

impl Laid {
    /// Whether it is a page, which has links and a language.
    pub fn is_page(&self) -> bool {
        self.file.ends_with(INDEX)
    }
}

/// The language of pages that stand under none.
pub fn first_language() -> &'static str {
    texts::LANGUAGES.first().map_or("en", |(code, _)| code)
}

/// The place of an address that a page in a language names; `None` if only a server can answer it.
pub fn lay(named: &str, lang: &'static str) -> Option<Laid> {
    let (whole, fragment) = named.split_once('#').map_or((named, None), |(whole, fragment)| (whole, Some(fragment)));
    let (path, query) = whole.split_once('?').unwrap_or((whole, ""));
    let below = |service: &str| path.strip_prefix(service).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    // `/data` itself is where graphs are written; documents stand below it.
    if !path.starts_with('/') || path == "/data" || SERVER.iter().any(|service| below(service)) {
        return None;
    }
    let path_parts: Vec<&str> = path.split('/').skip(1).collect();
    let first = path_parts.first().copied().unwrap_or_default();
    let last = path_parts.iter().rev().find(|part| !part.is_empty()).copied().unwrap_or_default();
    let is_page = PAGES.contains(&first) || !(last.contains('.') || FILES.contains(&first));
    // The query of an asset is the state of its content, which no file server minds.
    let (mut wanted, mut state) = if first == ASSETS { (Wanted::default(), query) } else { (Wanted::of(query), "") };
    // What is searched for is told to the script of the search page.
    if path == SEARCH && !wanted.others.is_empty() {
        wanted.others.clear();
        state = query;
    }
    let mut parts: Vec<String> = path_parts.iter().filter(|part| !part.is_empty()).map(|part| file_name(part)).collect();
    if !is_page && path_parts.iter().any(|part| part.is_empty()) {
        return None; // a file has a name
    }
    let language = match wanted.lang {
        Some(asked) => asked,
        None if is_page => lang,
        None => first_language(),
    };
    let language = if NAMES.contains(&first) && is_page { first_language() } else { language };
    if !is_page && !wanted.others.is_empty() {
        return None;
    }
    parts.extend(wanted.others.iter().map(|(name, value)| file_name(&format!("{name}={value}"))));
    if language != first_language() {
        parts.insert(0, language.to_owned());
    }
    let mut file = parts.join("/");
    let mut address = String::new();
    for part in &parts {
        address.push('/');
        address.extend(utf8_percent_encode(part, PART));
    }
    match (is_page, &wanted.format) {
        (true, Some(format)) => {
            let ending = format!(".{}", file_name(format));
            address.push_str(&ending);
            file.push_str(&ending);
        }
        (true, None) => {
            address.push('/');
            file = if file.is_empty() { INDEX.to_owned() } else { format!("{file}/{INDEX}") };
        }
        (false, None) => {}
        (false, Some(_)) => return None,
    }
    if !state.is_empty() {
        address.extend(["?", state]);
    }
    if let Some(fragment) = fragment {
        address.push('#');
        address.extend(utf8_percent_encode(fragment, NEVER));
    }
    Some(Laid { file, address, asked: wanted.asked(path, language, state), lang: language })
}

/// What the query of an address asks for.
#[derive(Default)]
struct Wanted {
    lang: Option<&'static str>,
    format: Option<String>,
    others: Vec<(String, String)>,
}

impl Wanted {
    fn of(query: &str) -> Self {
        let mut wanted = Self::default();
        let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name), decoded(value));
            match name.as_str() {
                LANGUAGE if texts::known(&value).is_some() => wanted.lang = texts::known(&value),
                FORMAT => wanted.format = Some(value),
                _ => wanted.others.push((name, value)),
            }
        }
        wanted
    }

    /// What a server is asked for.
    fn asked(&self, path: &str, lang: &str, state: &str) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let mut pairs: Vec<String> =
            self.others.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        if lang != first_language() || self.lang.is_some() && self.format.is_some() {
            pairs.push(format!("{LANGUAGE}={lang}"));
        }
        pairs.extend(self.format.as_ref().map(|format| format!("{FORMAT}={}", encoded(format))));
        pairs.extend(Some(state.to_owned()).filter(|state| !state.is_empty()));
        let path = utf8_percent_encode(path, NEVER);
        if pairs.is_empty() { path.to_string() } else { format!("{path}?{}", pairs.join("&")) }
    }
}

/// A part of a path as the name of a file or folder; what could lead elsewhere, or be none on some system, is known by its hash.
fn file_name(part: &str) -> String {
    let decoded = percent_decode_str(part).decode_utf8();
    let plain = |name: &str| {
        let odd = name.is_empty() || matches!(name, "." | ".." | INDEX) || name.len() > LONGEST || name.ends_with(['.', ' ']);
        !odd && !name.contains(|c: char| c.is_control() || matches!(c, '/' | '\\' | '<' | '>' | '"' | '|' | '?' | '*'))
    };
    match decoded {
        Ok(name) if plain(&name) => name.into_owned(),
        // A file is known by its ending, whatever its name.
        _ => format!("_{}{}", &sha256(part.as_bytes())[..24], ending(part)),
    }
}

/// The last ending of a name, with its full stop, if that is a plain one.
fn ending(name: &str) -> &str {
    let plain = |ending: &&str| {
        let letters = ending.strip_prefix('.').unwrap_or_default();
        (1..=8).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    name.rfind('.').and_then(|at| name.get(at..)).filter(plain).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn place(address: &str, lang: &'static str) -> (String, String, String) {
        let laid = lay(address, lang).unwrap();
        (laid.file, laid.address, laid.asked)
    }

    #[test]
    fn pages_are_folders_under_their_language() {
        for (address, lang, file, shown, asked) in [
            ("/", "en", "index.html", "/", "/"),
            ("/", "es", "es/index.html", "/es/", "/?lang=es"),
            ("/?lang=fr", "es", "fr/index.html", "/fr/", "/?lang=fr"),
            (
                "/page/id/country/mex#Law",
                "en",
                "page/id/country/mex/index.html",
                "/page/id/country/mex/#Law",
                "/page/id/country/mex",
            ),
            ("/page/id/x/a.ttl", "es", "es/page/id/x/a.ttl/index.html", "/es/page/id/x/a.ttl/", "/page/id/x/a.ttl?lang=es"),
            (
                "/page/list/Law?country=mex&page=1",
                "en",
                "page/list/Law/country=mex/page=1/index.html",
                "/page/list/Law/country=mex/page=1/",
                "/page/list/Law?country=mex&page=1",
            ),
            (
                "/queries/laws?lang=es&format=csv",
                "en",
                "es/queries/laws.csv",
                "/es/queries/laws.csv",
                "/queries/laws?lang=es&format=csv",
            ),
            (
                "/queries/laws?lang=en&format=csv",
                "es",
                "queries/laws.csv",
                "/queries/laws.csv",
                "/queries/laws?lang=en&format=csv",
            ),
            ("/id/country/mex", "es", "id/country/mex/index.html", "/id/country/mex/", "/id/country/mex"),
            ("/search?q=a%20b", "en", "search/index.html", "/search/?q=a%20b", "/search?q=a%20b"),
            ("/search", "fr", "fr/search/index.html", "/fr/search/", "/search?lang=fr"),
            ("/page/id/x/años", "en", "page/id/x/años/index.html", "/page/id/x/a%C3%B1os/", "/page/id/x/a%C3%B1os"),
        ] {
            assert_eq!(place(address, lang), (file.to_owned(), shown.to_owned(), asked.to_owned()), "{address}");
        }
    }

    #[test]
    fn documents_are_files_in_the_first_language_unless_they_say_otherwise() {
        for (address, file, shown, asked) in [
            ("/data/id/x/a.csl.json", "data/id/x/a.csl.json", "/data/id/x/a.csl.json", "/data/id/x/a.csl.json"),
            ("/cite/id/x/a.bib?lang=fr", "fr/cite/id/x/a.bib", "/fr/cite/id/x/a.bib", "/cite/id/x/a.bib?lang=fr"),
            ("/static/flg.css?v=12", "static/flg.css", "/static/flg.css?v=12", "/static/flg.css?v=12"),
            ("/.well-known/void", ".well-known/void", "/.well-known/void", "/.well-known/void"),
        ] {
            assert_eq!(place(address, "es"), (file.to_owned(), shown.to_owned(), asked.to_owned()), "{address}");
        }
    }

    #[test]
    fn what_asks_a_server_has_no_place() {
        for address in [
            "/ask?q=x",
            "/ask",
            "/sparql?query=ASK%7B%7D",
            "/api/suggest?q=",
            "/compare?country=mex",
            "/data",
            "/graph/a",
            "/data/x.ttl?graph=y",
            "/data/x.ttl/",
            "relative",
            "",
        ] {
            assert_eq!(lay(address, "en"), None, "{address}");
        }
        assert!(lay("/asking", "en").is_some() && lay("/page/ask", "en").is_some());
    }

    #[test]
    fn no_file_lies_outside_of_the_site() {
        let long = "x".repeat(300);
        for part in ["..", ".", "%2e%2e", "a%2Fb", "..%2F..%2Fetc", "a\\b", "index.html", "%00", "%ff", "a|b", long.as_str()] {
            let (file, address, _) = place(&format!("/page/id/{part}/y"), "en");
            let hashed = file.strip_prefix("page/id/_").and_then(|rest| rest.strip_suffix("/y/index.html")).unwrap();
            let bare = hashed.strip_suffix(".html").unwrap_or(hashed);
            assert!(bare.len() == 24 && bare.bytes().all(|b| b.is_ascii_hexdigit()), "{part}: {file}");
            assert_eq!(address, format!("/page/id/_{hashed}/y/"));
        }
        assert_eq!(place(&format!("/data/id/{long}.ttl"), "en").0.rsplit_once('.').unwrap().1, "ttl");
        assert_eq!(place("/page//id///x", "en").0, "page/id/x/index.html");
    }
}
