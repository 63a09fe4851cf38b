//! The search index of a site of files: small files, of which a script in the browser loads those that a search needs.
//!
//! What is searched is what [`Index`](super::Index) has: things with their names, and the words of reports. Words are folded and found
//! by how they begin, because a browser has no stemmer; small words are left out.

use super::read::{self, Content};
use super::text::{Languages, words};
use super::things::{Kind, Passage, Thing};
use super::{SearchError, facet};
use crate::describe::layout::{first_language, lay};
use crate::facts::texts::LANGUAGES;
use crate::model::vocab::BASE;
use crate::names::Sort;
use crate::store::Store;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// So many entries stand in one file, of about 10 kB: a search shows some dozens of them, which stand in as many files at worst.
const CHUNK: usize = 50;
/// A longer passage is cut, at a word; all of its words are found.
const LONGEST: usize = 280;

/// What has a word: things by their names, things by what is said of them, and passages.
#[derive(Default)]
struct Having {
    named: BTreeSet<usize>,
    told: BTreeSet<usize>,
    said: BTreeSet<usize>,
}

/// The files, by their names within the index.
///
/// # Errors
/// If the store or the lexicons cannot be read.
pub fn shards(store: &dyn Store) -> Result<Vec<(String, Vec<u8>)>, SearchError> {
    let (languages, content) = (Languages::load()?, read::read(store)?);
    let mut having: BTreeMap<String, Having> = BTreeMap::new();
    let mut note = |text: &str, add: &dyn Fn(&mut Having)| {
        for word in words(text) {
            if !languages.is_small(&word.folded) {
                add(having.entry(word.folded).or_default());
            }
        }
    };
    let mut kinds = Kinds::default();
    let (mut things, mut weights) = (Vec::new(), Vec::new());
    let shown = |thing: &&Thing| thing.kind == Kind::Named && thing.iri.as_str().starts_with(BASE);
    for thing in content.things.all.iter().filter(shown) {
        let Some(entry) = entry(thing, kinds.number(thing, &content)) else { continue };
        let number = things.len();
        for name in &thing.names {
            note(&name.text, &|having| _ = having.named.insert(number));
        }
        for passage in thing.passages.iter().filter_map(|passage| content.passages.get(*passage as usize)) {
            note(&passage.text, &|having| _ = having.told.insert(number));
        }
        things.push(entry);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a weight is between 0 and 1")]
        weights.push((thing.weight() * 100.0) as u8);
    }
    let mut passages = Vec::new();
    for passage in &content.passages {
        let Some(address) = place(passage, &content) else { continue };
        let number = passages.len();
        note(&passage.text, &|having| _ = having.said.insert(number));
        passages.push(json!([address, cut(&passage.text), passage.language, passage.report]));
    }
    let reports: Vec<Value> =
        content.reports.iter().map(|report| content.things.get(report.thing).map_or_else(|| json!({}), labels)).collect();
    let about = json!({
        "chunk": CHUNK,
        "small": languages.small(),
        "kinds": kinds.all,
        "reports": reports,
        "weights": weights,
    });
    let mut files = vec![("index.json".to_owned(), about.to_string().into_bytes())];
    for (folder, entries) in [("things", things), ("passages", passages)] {
        for (number, chunk) in entries.chunks(CHUNK).enumerate() {
            files.push((format!("{folder}/{number}.json"), Value::from(chunk.to_vec()).to_string().into_bytes()));
        }
    }
    files.extend(
        by_beginning(having)
            .into_iter()
            .map(|(start, part)| (format!("words/{start}.json"), Value::from(part).to_string().into_bytes())),
    );
    Ok(files)
}

/// The words by their first two letters.
fn by_beginning(having: BTreeMap<String, Having>) -> BTreeMap<String, Map<String, Value>> {
    let mut parts: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for (word, found) in having {
        let start: String = word.chars().take(2).collect();
        let plain = start.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let of = [&found.named, &found.told, &found.said].map(gaps);
        let part = parts.entry(if plain { start } else { "_".to_owned() }).or_default();
        part.insert(word, json!(of));
    }
    parts
}

/// Numbers in their order as the steps from each to the next.
fn gaps(numbers: &BTreeSet<usize>) -> Vec<usize> {
    let mut last = 0;
    let step = |number: &usize| number - std::mem::replace(&mut last, *number);
    numbers.iter().map(step).collect()
}

/// A thing: where it is, what, and what it is called.
fn entry(thing: &Thing, kind: usize) -> Option<Value> {
    let address = address(thing.iri.as_str(), "")?;
    let labels = labels(thing);
    let others: Vec<&str> = thing.names.iter().filter(|name| name.sort != Sort::Label).map(|name| name.text.as_str()).collect();
    let others: Vec<&str> = others
        .into_iter()
        .filter(|name| !labels.as_object().is_some_and(|all| all.values().any(|label| label == name)))
        .collect();
    Some(json!([address, kind, labels, others]))
}

/// The labels of a thing by their languages, one for each.
fn labels(thing: &Thing) -> Value {
    let mut all = Map::new();
    for (language, text) in thing.labels() {
        all.entry(language).or_insert(text.into());
    }
    all.into()
}

/// Where a page shows what has an IRI.
fn address(iri: &str, fragment: &str) -> Option<String> {
    let path = iri.strip_prefix(BASE)?;
    lay(&format!("/page/{path}{fragment}"), first_language()).map(|laid| laid.address)
}

/// Where a page shows a passage.
fn place(passage: &Passage, content: &Content) -> Option<String> {
    match (&passage.answer, passage.start) {
        (Some(answer), None) => address(answer.as_str(), ""),
        (_, start) => {
            let report = content.reports.get(passage.report as usize)?;
            let fragment = start.map(|start| format!("#c{start}")).unwrap_or_default();
            address(&format!("{BASE}id/report/{}", report.id), &fragment)
        }
    }
}

fn cut(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().nth(LONGEST).is_none() {
        return text;
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(cut, _)| cut))
}

/// What things are, in all languages, each once.
#[derive(Default)]
struct Kinds {
    all: Vec<Value>,
    known: BTreeMap<String, usize>,
}

impl Kinds {
    /// The number of what a thing is.
    fn number(&mut self, thing: &Thing, content: &Content) -> usize {
        let names = LANGUAGES.iter().map(|(lang, _)| {
            let names = facet::class_labels(thing, &content.values, &content.things, lang).join(", ");
            ((*lang).to_owned(), Value::from(names))
        });
        let names = Value::Object(names.collect());
        let next = self.all.len();
        let number = *self.known.entry(names.to_string()).or_insert(next);
        if number == next {
            self.all.push(names);
        }
        number
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_file_of_their_beginning() {
        let mut having: BTreeMap<String, Having> = BTreeMap::new();
        for (word, number) in [("senderos", 3), ("senderos", 10), ("señal", 1), ("a", 2), ("ab", 4), ("труд", 5)] {
            having.entry(crate::model::id::fold(word)).or_default().named.insert(number);
        }
        let parts = by_beginning(having);
        assert_eq!(parts.keys().collect::<Vec<_>>(), ["_", "a", "ab", "se"]);
        assert_eq!(parts["se"]["senderos"], json!([[3, 7], [], []]));
        assert!(parts["se"].contains_key("senal") && parts["_"].contains_key("труд") && parts["a"].contains_key("a"));
    }

    #[test]
    fn long_passages_are_cut_at_a_word() {
        let text = "palabra ".repeat(100);
        assert!(cut(&text).ends_with("palabra…") && cut(&text).chars().count() <= LONGEST + 1);
        assert_eq!(cut("  two\n words "), "two words");
    }
}
