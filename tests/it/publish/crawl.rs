//! A crawl over files: every address that a page, a site map, a feed or a document names on the site is there, and so is the part of the
//! page that it names.

use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) pages: usize,
    pub(crate) links: usize,
    /// The addresses of scripts that are run.
    pub(crate) scripts: BTreeSet<String>,
}

/// A site on the disk.
struct Site<'a> {
    folder: &'a Path,
    base: &'a str,
    /// The parts of pages that have a name.
    parts: BTreeMap<String, BTreeSet<String>>,
    dead: BTreeSet<String>,
    seen: Seen,
}

/// Follows everything; panics where something leads nowhere.
pub(crate) fn crawl(folder: &Path, base: &str) -> Seen {
    let mut site = Site { folder, base, parts: BTreeMap::new(), dead: BTreeSet::new(), seen: Seen::default() };
    let files = super::files(folder);
    let pages: BTreeMap<&String, Html> = files
        .iter()
        .filter(|(name, _)| ending(name) == "html")
        .map(|(name, (bytes, _))| (name, Html::parse_document(std::str::from_utf8(bytes).unwrap())))
        .collect();
    let all = Selector::parse("*").unwrap();
    for (name, html) in &pages {
        let ids = html.select(&all).filter_map(|element| element.value().id()).map(str::to_owned).collect();
        site.parts.insert((*name).clone(), ids);
    }
    for (name, html) in &pages {
        site.seen.pages += 1;
        for element in html.select(&all) {
            let element = element.value();
            for (attribute, value) in element.attrs() {
                let own = value.starts_with(base) && value[base.len()..].starts_with('/');
                let holds = matches!(attribute, "href" | "src" | "action" | "formaction" | "poster" | "srcset")
                    || attribute.starts_with("data-") && value.starts_with('/');
                if holds || own {
                    site.follow(name, value);
                }
                assert!(!attribute.starts_with("on"), "{name} has a handler: {attribute}");
            }
            if element.name() == "script" && element.attr("type") != Some("application/ld+json") {
                site.seen.scripts.insert(element.attr("src").unwrap_or("within the page").to_owned());
            }
        }
        for data in html.select(&Selector::parse("script[type='application/ld+json']").unwrap()) {
            let json: serde_json::Value = serde_json::from_str(&data.text().collect::<String>()).unwrap();
            site.strings(name, &json);
        }
    }
    let addresses = regex::Regex::new(&format!("{}(?:/[^\\s<>\"'\\\\]*)?", regex::escape(base))).unwrap();
    for (name, (bytes, _)) in &files {
        let document = ["ttl", "nt", "rdf", "trig", "nq", "jsonld", "xml", "atom", "txt", "bib", "ris", "well-known/void"];
        if !document.contains(&ending(name)) || name == "opensearch.xml" {
            continue;
        }
        let text = std::str::from_utf8(bytes).unwrap().replace("&amp;", "&");
        for found in addresses.find_iter(&text) {
            site.follow(name, found.as_str());
        }
        if ending(name) == "jsonld" && name != "ontology/context.jsonld" {
            let json: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(json["@context"], format!("{base}/ontology/context.jsonld"), "{name}");
        }
    }
    let dead: Vec<&String> = site.dead.iter().take(20).collect();
    assert!(dead.is_empty(), "{} dead links: {dead:#?}", site.dead.len());
    site.seen
}

/// What stands behind the last full stop of a name.
fn ending(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

impl Site<'_> {
    /// Follows an address that a file has; one of another site is left alone.
    fn follow(&mut self, from: &str, address: &str) {
        let folder = self.base.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default();
        let path = match address.strip_prefix(self.base) {
            Some(path) => path,
            None if address.starts_with("//") => return,
            None if address.starts_with('/') => {
                let Some(path) = address.strip_prefix(&folder) else {
                    self.dead.insert(format!("{from}: {address} lies outside of the site"));
                    return;
                };
                path
            }
            None if address.starts_with('#') => {
                let known = self.parts[from].contains(&address[1..]);
                if !known {
                    self.dead.insert(format!("{from}: no part {address}"));
                }
                return;
            }
            None => return,
        };
        self.seen.links += 1;
        let (path, fragment) = path.split_once('#').map_or((path, None), |(path, part)| (path, Some(part)));
        let path = path.split('?').next().unwrap();
        let name = percent_decode_str(path.trim_start_matches('/')).decode_utf8().unwrap().into_owned();
        let name = if name.is_empty() || name.ends_with('/') { format!("{name}index.html") } else { name };
        if !self.folder.join(&name).is_file() {
            self.dead.insert(format!("{from}: {address}"));
            return;
        }
        let part = fragment.map(|part| percent_decode_str(part).decode_utf8().unwrap().into_owned());
        if let (Some(part), Some(parts)) = (part, self.parts.get(&name))
            && !parts.contains(&part)
        {
            self.dead.insert(format!("{from}: {address} names no part of that page"));
        }
    }

    fn strings(&mut self, from: &str, json: &serde_json::Value) {
        match json {
            serde_json::Value::String(text) if text.starts_with(self.base) => self.follow(from, text),
            serde_json::Value::Array(all) => all.iter().for_each(|one| self.strings(from, one)),
            serde_json::Value::Object(all) => all.values().for_each(|one| self.strings(from, one)),
            _ => {}
        }
    }
}
