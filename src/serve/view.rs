//! What templates show: links, values, facts with their evidence, and the frame around every page.

use super::description::Place;
use super::texts;
pub use crate::facts::labels::{Label, best, named, short, shown};
use crate::model::vocab::{self, BASE};
use axum::http::{HeaderMap, Uri};
use oxigraph::model::{NamedNode, Term};

/// The address on this host at which a resource of the graph is shown; outside addresses only where a browser may follow them.
/// The flag says whether it leads outside.
pub fn href(iri: &str) -> Option<(String, bool)> {
    match iri.strip_prefix(BASE) {
        Some(rest) if rest.starts_with("graph/") => Some((format!("/data/{rest}.trig"), false)),
        Some(rest) if !rest.is_empty() => Some((format!("/page/{rest}"), false)),
        Some(_) => Some(("/".to_owned(), false)),
        None if iri.starts_with("https://") || iri.starts_with("http://") => Some((iri.to_owned(), true)),
        None => None,
    }
}

/// A resource or a literal, as a page shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Value {
    /// Where it leads.
    pub href: Option<String>,
    /// What is shown.
    pub text: String,
    /// The language of the text, where it is not the page's.
    pub lang: Option<String>,
    /// Whether it leads to another host.
    pub outside: bool,
    /// A small remark behind it: a datatype.
    pub tag: Option<String>,
}

impl Value {
    /// A resource under its best label, or under its short name where it has none.
    pub fn resource(iri: &NamedNode, labels: &[Label], lang: &str) -> Self {
        let (text, code) = named(iri, labels, lang);
        let text_lang = code.and_then(|code| foreign(&code, lang));
        let (href, outside) = href(iri.as_str()).unzip();
        Self { href, text, lang: text_lang, outside: outside.unwrap_or_default(), tag: None }
    }
    /// Any term. Addresses among literals become links.
    pub fn term(term: &Term, labels: &[Label], lang: &str) -> Self {
        match term {
            Term::NamedNode(iri) => Self::resource(iri, labels, lang),
            Term::Literal(literal) => {
                let address = literal.datatype() == vocab::xsd::ANY_URI;
                let (href, outside) = address.then(|| self::href(literal.value())).flatten().unzip();
                let (text, code) = shown(term, labels, lang);
                Self {
                    href,
                    text,
                    lang: code.and_then(|code| foreign(&code, lang)),
                    outside: outside.unwrap_or_default(),
                    tag: None,
                }
            }
            Term::BlankNode(node) => Self { text: node.to_string(), ..Self::default() },
        }
    }
    /// Whether it is a passage and no name, and wants a wide column.
    pub fn is_long(&self) -> bool {
        const LONG: usize = 60;
        self.href.is_none() && self.text.chars().nth(LONG).is_some()
    }
    /// Plain words.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A language code, if it is not the page's.
pub fn foreign(code: &str, lang: &str) -> Option<String> {
    (!code.is_empty() && code.split('-').next() != Some(lang)).then(|| code.to_owned())
}

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub text: String,
    /// The language of the name, where it is not the page's.
    pub lang: Option<String>,
    /// A few words behind it.
    pub note: String,
}

/// A class or property by its name.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub text: String,
}

/// The words of a report on which a fact rests.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The words, verbatim but for line wraps.
    pub quote: String,
    /// A little of what stands before.
    pub prefix: String,
    /// A little of what stands behind.
    pub suffix: String,
    /// The language of the words, where it is not the page's.
    pub lang: Option<String>,
    /// The question that they answer.
    pub number: Option<String>,
    /// The report's name.
    pub report: String,
    /// The passage in the report's page.
    pub href: String,
    /// The page of the source.
    pub page: Option<String>,
    /// The rule that read it.
    pub method: String,
    /// How sure the rule is.
    pub confidence: Option<String>,
    /// What reviewers said of it.
    pub status: Option<String>,
    /// The page of the claim itself.
    pub claim: String,
}

/// A value of a property, with what it rests on.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The value; for a fact about something else, that thing.
    pub value: Value,
    /// The words that state it, of every report that does.
    pub evidence: Vec<Evidence>,
    /// Where a fact without evidence comes from.
    pub origin: Option<String>,
}

/// The facts of one property.
#[derive(Clone, Debug)]
pub struct Group {
    /// The property's label.
    pub label: String,
    /// The property's page.
    pub href: String,
    /// What the property means.
    pub comment: String,
    /// Whether the facts are about others, with this entity as their value.
    pub incoming: bool,
    /// The name of this entity.
    pub this: String,
    /// Whether reports give different values, of which one can be true.
    pub differ: bool,
    /// The facts.
    pub facts: Vec<Fact>,
    /// How many more there are than are shown.
    pub more: usize,
}

/// A fact with its subject, as a line by itself.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What it is about.
    pub subject: Value,
    /// The property's label.
    pub property: String,
    /// The property's page.
    pub property_href: String,
    /// The value and what it rests on.
    pub fact: Fact,
}

/// A form in which data can be had.
#[derive(Clone, Debug)]
pub struct Format {
    /// The name that people know it by.
    pub name: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Where it is.
    pub href: String,
}

/// What a page is about.
#[derive(Clone, Debug)]
pub struct About {
    /// The canonical IRI.
    pub iri: String,
    /// The forms in which the data behind the page can be had.
    pub formats: Vec<Format>,
    /// The forms in which it can be cited.
    pub citations: Vec<Format>,
    /// What it is called.
    pub title: String,
    /// What it is, in a few words.
    pub description: String,
    /// The address of the page, without what only chooses how it is shown.
    pub url: String,
    /// The address of its picture.
    pub image: String,
    /// The feed of its changes, if it has one of its own.
    pub feed: Option<String>,
    /// The same in the words of schema.org, as a `script` element may hold it; empty where there is nothing to say.
    pub data: String,
}

/// The frame around every page: the reader's language and the words in it.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// The language of the page.
    pub lang: &'static str,
    /// Whether the address itself asked for the language.
    pub chosen: bool,
    /// Where the page is.
    pub place: Place,
    /// The version that the page is of, if not the present.
    pub memento: Option<Memento>,
    here: String,
}

/// The version that a page is of.
#[derive(Clone, Debug)]
pub struct Memento {
    /// That it is so, in words.
    pub told: String,
    /// The address of the present page.
    pub present: String,
    /// The path of the version, with a slash behind.
    pub version: String,
}

impl Memento {
    /// A page whose links to other things stay in the version.
    pub fn within(&self, page: String) -> String {
        // What stands in a page as text has no quotation mark before an address: those are written `&#34;` there.
        const LED: [&str; 2] = ["href=\"/page/id/", "href=\"/data/id/"];
        LED.iter().fold(page, |page, from| page.replace(from, &from.replacen("\"/", &format!("\"{}", self.version), 1)))
    }
}

/// A language that the reader may switch to.
pub struct OtherLanguage {
    /// Its code.
    pub code: &'static str,
    /// Its own name.
    pub name: &'static str,
    /// This page in that language.
    pub href: String,
    /// Whether it is the page's.
    pub here: bool,
}

impl Chrome {
    /// The parameter of an address that chooses the page's language.
    pub const LANGUAGE: &'static str = "lang";

    /// The frame for a request.
    pub fn new(uri: &Uri, headers: &HeaderMap) -> Self {
        let pairs: Vec<&str> = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).collect();
        let choice = |pair: &&str| pair.strip_prefix(Self::LANGUAGE).and_then(|rest| rest.strip_prefix('=')).map(str::len);
        let asked = pairs.iter().find_map(|pair| choice(pair).and_then(|length| pair.get(pair.len() - length..)));
        let rest: Vec<&str> = pairs.iter().copied().filter(|pair| choice(pair).is_none()).collect();
        let here = format!("{}?{}{}", uri.path(), rest.join("&"), if rest.is_empty() { "" } else { "&" });
        let (lang, chosen) = (texts::language(asked, headers), asked.and_then(texts::known).is_some());
        Self { lang, chosen, place: Place::of(headers), memento: None, here }
    }
    /// The frame of a page that is written to a file, at a path of a site of files.
    pub fn of_files(place: &Place, path: &str, lang: &'static str) -> Self {
        Self { lang, chosen: false, place: place.clone(), here: format!("{path}?"), memento: None }
    }
    /// Whether a server answers where the page is read.
    pub fn live(&self) -> bool {
        self.place.is_live()
    }
    /// What the page may load and do, for where no server says so; a `meta` element cannot say who may frame it.
    pub fn policy(&self) -> String {
        let policy = super::SECURITY.iter().find(|(name, _)| *name == "content-security-policy").map_or("", |(_, policy)| policy);
        policy.split("; ").filter(|part| !part.starts_with("frame-ancestors")).collect::<Vec<_>>().join("; ")
    }
    /// The words for a key of `data/ui.toml`.
    pub fn t<'a>(&self, key: &'a str) -> &'a str {
        texts::text(key, self.lang)
    }
    /// The words for a key with its places filled in.
    pub fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        texts::filled(key, self.lang, values)
    }
    /// That more facts exist than are shown.
    pub fn more(&self, shown: usize, more: usize) -> String {
        self.fill("entity.more", &[("shown", number(shown)), ("more", number(more))])
    }
    /// The languages of the pages.
    pub fn languages(&self) -> Vec<OtherLanguage> {
        let other = |(code, name): &(&'static str, &'static str)| OtherLanguage {
            code,
            name,
            href: format!("{}{}={code}", self.here, Self::LANGUAGE),
            here: *code == self.lang,
        };
        texts::LANGUAGES.iter().map(other).collect()
    }
    /// The address of a file that browsers always get: the style sheet, the icon.
    pub fn file(&self, name: &str) -> String {
        self.bundle(name).unwrap_or_else(|| format!("/static/{name}"))
    }
    /// The address of what the set-up bundled; none where it could not.
    pub fn bundle(&self, name: &str) -> Option<String> {
        super::assets::address(name)
    }
}

/// A number with its thousands set apart.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(href("https://w3id.org/forced-labour-graph/id/country/mex"), Some(("/page/id/country/mex".to_owned(), false)));
        assert_eq!(
            href("https://w3id.org/forced-labour-graph/ontology#Answer"),
            Some(("/page/ontology#Answer".to_owned(), false))
        );
        assert_eq!(href("https://example.org/x"), Some(("https://example.org/x".to_owned(), true)));
        assert_eq!(href("javascript:alert(1)"), None);
        assert_eq!(href("data:text/html,x"), None);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(number(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
