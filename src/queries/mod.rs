//! The questions that come with `flg`: `queries/*.rq`, each a SPARQL query that says of itself what it answers.
//!
//! A query begins with comment lines, which [`header`] reads: its title and description in several languages, and its
//! parameters with type and default. A parameter is a variable of the query, to which a value is bound; nothing is pasted
//! into the text. Command line and server run the same catalogue.

pub mod data;
pub mod header;
mod labels;
pub mod run;
pub mod value;

use crate::knowledge::files;
use crate::knowledge::form::Texts;
use crate::model::lang::Lang;
use crate::store::{Request, StoreError, Variable, parse};
pub use header::{HeaderError, Kind, Parameter};
use oxigraph::model::Literal;
use regex::Regex;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A query with what it says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Its name, that of its file.
    pub name: String,
    /// The question in few words.
    pub title: Texts,
    /// What the rows are, and how they are to be read.
    pub description: Texts,
    /// What can be asked of it, in the order in which it is to be shown.
    pub parameters: Vec<Parameter>,
    /// The whole text, header included.
    pub text: String,
}

/// Why a query cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// Its header is malformed, or says what the query does not bear out.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// It is no query, or one that is not accepted.
    #[error("`{file}`: {source}")]
    Query {
        /// The file.
        file: String,
        /// Why, with line and column.
        source: StoreError,
    },
    /// Its file is no text.
    #[error("`{0}` is not UTF-8 text\nhint: save it as UTF-8")]
    NotText(String),
}

impl Query {
    /// A query from the text of a file that has a header.
    ///
    /// # Errors
    /// If the header is malformed, a parameter is no free variable of the query, or the query is not accepted.
    pub fn parse(file: &str, text: &str) -> Result<Self, QueryError> {
        let header = header::read(file, text)?;
        let query = Self {
            name: stem(file).to_owned(),
            title: header.title,
            description: header.description,
            parameters: header.parameters,
            text: text.to_owned(),
        };
        let refuse = |source| QueryError::Query { file: file.to_owned(), source };
        let mut request = Request::new(text);
        parse(&request).map_err(refuse)?;
        let used = variables(text);
        for parameter in &query.parameters {
            if !used.contains(&parameter.name) {
                let message = format!("`{}` is a parameter, but the query has no variable `?{0}`", parameter.name);
                let hint = format!("use `?{}` in the query, or take the parameter away", parameter.name);
                return Err(HeaderError { file: file.to_owned(), line: parameter.line, message, hint }.into());
            }
            // Any term shows whether the query lets the variable be bound.
            request = request.bind(Variable::new_unchecked(&parameter.name), Literal::from(""));
        }
        parse(&request).map_err(refuse)?;
        Ok(query)
    }

    /// A query from the text of a file, with or without a header.
    ///
    /// # Errors
    /// As [`Query::parse`].
    pub fn read(file: &str, text: &str) -> Result<Self, QueryError> {
        if header::is_there(text) {
            return Self::parse(file, text);
        }
        parse(&Request::new(text)).map_err(|source| QueryError::Query { file: file.to_owned(), source })?;
        Ok(Self::bare(stem(file), text))
    }

    /// A query that says nothing of itself.
    pub fn bare(name: &str, text: &str) -> Self {
        let (title, description) = (Texts::new(), Texts::new());
        Self { name: name.to_owned(), title, description, parameters: Vec::new(), text: text.to_owned() }
    }

    /// Whether it has no header: then any of its variables may be bound.
    pub fn is_bare(&self) -> bool {
        self.title.is_empty()
    }

    /// The parameter that says in which language the labels are to be, if there is one.
    pub fn language(&self) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.kind == Kind::Language)
    }

    /// The variables that occur in it.
    pub fn variables(&self) -> BTreeSet<String> {
        variables(&self.text)
    }
}

/// The text in a language, or else in English, or in any.
pub fn in_language<'t>(texts: &'t Texts, lang: &Lang) -> &'t str {
    let english = || texts.iter().find(|(l, _)| l.code() == "en").map(|(_, text)| text);
    texts.get(lang).or_else(english).or_else(|| texts.values().next()).map_or("", String::as_str)
}

/// The queries that are part of the binary, in the order of their names.
///
/// # Errors
/// The first that cannot be used; a test checks all that are shipped.
pub fn catalogue() -> Result<Vec<Query>, QueryError> {
    let parse = |(file, bytes): (String, Cow<'static, [u8]>)| {
        let file = format!("queries/{file}");
        let text = std::str::from_utf8(&bytes).map_err(|_| QueryError::NotText(file.clone()))?;
        Query::parse(&file, text)
    };
    files::queries("").into_iter().map(parse).collect()
}

/// The name of a file without folder and ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The names of the variables of a query; those in comments do not count.
fn variables(text: &str) -> BTreeSet<String> {
    static VARIABLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[?$](\w+)").ok());
    let code = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let found = |line| VARIABLE.iter().flat_map(move |regex| regex.captures_iter(line));
    code.flat_map(found).filter_map(|found| Some(found.get(1)?.as_str().to_owned())).collect()
}
