//! The header of a query: comment lines before its first line of SPARQL.
//!
//! ```text
//! # title@en: Programmes by sector
//! # description@en: Each programme with a sector that it targets,
//! #   and the words that say so.
//! # parameter sector: concept id:scheme/sectors = id:sector/agriculture
//! # parameter sector@en: The sector, with all that is part of it
//! ```
//!
//! Titles, descriptions and what parameters mean stand there in each of [`LANGUAGES`]. A line that is indented by two spaces or
//! more goes on with the line before. A parameter has a type and, after `=`, a default; without a default it is left open, and
//! the query answers for all values. The types:
//!
//! | type | a value | bound as |
//! |---|---|---|
//! | `entity CLASS` | an IRI, `id:…`, or a name or acronym of an instance of the class | IRI |
//! | `concept SCHEME` | the same, of a concept of the scheme | IRI |
//! | `string` | any text | string |
//! | `integer`, `decimal` | a number | `xsd:integer`, `xsd:decimal` |
//! | `year` | four digits | `xsd:gYear` |
//! | `language` | a code such as `es`, to be compared with `LANG()` | string |

use crate::knowledge::form::Texts;
use crate::model::lang::Lang;
use crate::model::vocab::{compact, expand};
use oxigraph::model::NamedNode;
use std::fmt;

/// The languages in which a query explains itself.
pub use crate::model::lang::SPOKEN as LANGUAGES;

/// What a header is wrong about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{file}`, line {line}: {message}\nhint: {hint}")]
pub struct HeaderError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// A parameter of a query: a variable that a value can be bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The variable's name, without `?`.
    pub name: String,
    /// What values it takes.
    pub kind: Kind,
    /// The value where none is given, as text; without it the variable is left open.
    pub default: Option<String>,
    /// What it means.
    pub description: Texts,
    /// The line that declares it.
    pub line: usize,
}

/// The type of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An instance of a class, or of one below it.
    Entity(NamedNode),
    /// A concept of a scheme.
    Concept(NamedNode),
    /// Any text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A year.
    Year,
    /// The language of labels.
    Language,
}

impl fmt::Display for Kind {
    /// The type as a header writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entity(class) => write!(f, "entity {}", compact(class.as_ref())),
            Self::Concept(scheme) => write!(f, "concept {}", compact(scheme.as_ref())),
            Self::String => f.write_str("string"),
            Self::Integer => f.write_str("integer"),
            Self::Decimal => f.write_str("decimal"),
            Self::Year => f.write_str("year"),
            Self::Language => f.write_str("language"),
        }
    }
}

/// What a header says.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    pub(super) title: Texts,
    pub(super) description: Texts,
    pub(super) parameters: Vec<Parameter>,
}

/// Whether a text begins with a header; other comments are the author's own.
pub(super) fn is_there(text: &str) -> bool {
    text.lines().take_while(|line| line.starts_with('#')).any(|line| {
        let key = line.trim_start_matches('#').trim_start();
        key.starts_with("title@") || key.starts_with("parameter ")
    })
}

/// An entry of a header: its line, from 1, its key, and its value with the lines that go on with it.
type Entry = (usize, String, String);

/// Reads the header of a query.
pub(super) fn read(file: &str, text: &str) -> Result<Header, HeaderError> {
    let refuse =
        |line: usize, message: String, hint: &str| HeaderError { file: file.to_owned(), line, message, hint: hint.to_owned() };
    let mut header = Header::default();
    for (line, key, value) in entries(file, text)? {
        if value.is_empty() {
            return Err(refuse(line, format!("`{key}` has no value"), "write it after the colon, or take the line away"));
        }
        let (what, lang) = match key.split_once('@') {
            None => (key.as_str(), None),
            Some((what, code)) => {
                let known = LANGUAGES.contains(&code).then(|| Lang::new(code)).flatten();
                let lang = known.ok_or_else(|| {
                    refuse(line, format!("`{code}` is none of the languages of a header"), "they are `en`, `es` and `fr`")
                })?;
                (what, Some(lang))
            }
        };
        let texts = match (what, &lang) {
            ("title", Some(_)) => &mut header.title,
            ("description", Some(_)) => &mut header.description,
            _ => match (what.strip_prefix("parameter ").map(str::trim), &lang) {
                (Some(name), None) => {
                    if header.parameters.iter().any(|p| p.name == name) {
                        return Err(refuse(line, format!("the parameter `{name}` is declared twice"), "take one of them away"));
                    }
                    header.parameters.push(parameter(file, line, name, &value)?);
                    continue;
                }
                (Some(name), Some(_)) => {
                    let declared = header.parameters.iter_mut().find(|p| p.name == name).map(|p| &mut p.description);
                    let hint = format!("declare it above: `# parameter {name}: string`");
                    declared.ok_or_else(|| refuse(line, format!("the parameter `{name}` is not declared"), &hint))?
                }
                (None, _) => {
                    let hint = "the keys are `title@en`, `description@en`, `parameter NAME` and `parameter NAME@en`";
                    return Err(refuse(line, format!("`{key}` is no key of a header"), hint));
                }
            },
        };
        if let Some(lang) = lang
            && texts.insert(lang, value).is_some()
        {
            return Err(refuse(line, format!("`{key}` stands twice"), "take one of them away"));
        }
    }
    complete(file, &header)?;
    Ok(header)
}

fn entries(file: &str, text: &str) -> Result<Vec<Entry>, HeaderError> {
    let mut entries: Vec<Entry> = Vec::new();
    for (at, comment) in text.lines().map_while(|line| line.strip_prefix('#')).enumerate() {
        let line = at + 1;
        let indent = comment.len() - comment.trim_start().len();
        match (comment.trim(), entries.last_mut()) {
            ("", _) => {}
            (more, Some((_, _, value))) if indent > 1 => {
                value.push(' ');
                value.push_str(more);
            }
            (entry, _) => {
                let (key, value) = entry.split_once(':').ok_or_else(|| HeaderError {
                    file: file.to_owned(),
                    line,
                    message: format!("`{entry}` is no line of a header"),
                    hint: "write `# KEY: VALUE`; indent a line that goes on by two spaces; put other comments below the first \
                           line of SPARQL"
                        .to_owned(),
                })?;
                entries.push((line, key.trim().to_owned(), value.trim().to_owned()));
            }
        }
    }
    Ok(entries)
}

fn parameter(file: &str, line: usize, name: &str, value: &str) -> Result<Parameter, HeaderError> {
    let refuse = |message: String, hint: &str| HeaderError { file: file.to_owned(), line, message, hint: hint.to_owned() };
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    if !is_name {
        return Err(refuse(format!("`{name}` cannot name a parameter"), "use letters and digits, as in `fundedBy`"));
    }
    let (kind, default) = match value.split_once('=') {
        Some((kind, default)) => (kind.trim(), Some(default.trim().to_owned())),
        None => (value, None),
    };
    let mut words = kind.split_whitespace();
    let named = |curie: Option<&str>, example: &str| {
        let curie =
            curie.ok_or_else(|| refuse(format!("`{kind}` does not say of what"), &format!("for instance `{example}`")))?;
        expand(curie)
            .ok_or_else(|| refuse(format!("`{curie}` is no short IRI that is known"), &format!("for instance `{example}`")))
    };
    let kind = match words.next() {
        Some("entity") => Kind::Entity(named(words.next(), "entity flg:Country")?),
        Some("concept") => Kind::Concept(named(words.next(), "concept id:scheme/sectors")?),
        Some("string") => Kind::String,
        Some("integer") => Kind::Integer,
        Some("decimal") => Kind::Decimal,
        Some("year") => Kind::Year,
        Some("language") => Kind::Language,
        _ => {
            let hint = "the types are `entity CLASS`, `concept SCHEME`, `string`, `integer`, `decimal`, `year` and `language`";
            return Err(refuse(format!("`{kind}` is no type of a parameter"), hint));
        }
    };
    if let Some(more) = words.next() {
        return Err(refuse(format!("`{more}` is too much in the type of `{name}`"), "write a default after `=`"));
    }
    if let Some(default) = &default
        && let Err(expected) = super::value::check(&kind, default)
    {
        return Err(refuse(format!("the default of `{name}` is `{default}`"), &format!("it takes {expected}")));
    }
    Ok(Parameter { name: name.to_owned(), kind, default, description: Texts::new(), line })
}

/// Everything is to be there in every language.
fn complete(file: &str, header: &Header) -> Result<(), HeaderError> {
    let own = [("title".to_owned(), &header.title, 1), ("description".to_owned(), &header.description, 1)];
    let of_parameters = header.parameters.iter().map(|p| (format!("parameter {}", p.name), &p.description, p.line));
    for (key, texts, line) in own.into_iter().chain(of_parameters) {
        if let Some(code) = LANGUAGES.iter().find(|code| !texts.keys().any(|lang| lang.code() == **code)) {
            let message = format!("the header has no `{key}@{code}`");
            return Err(HeaderError { file: file.to_owned(), line, message, hint: format!("add a line `# {key}@{code}: …`") });
        }
    }
    Ok(())
}
