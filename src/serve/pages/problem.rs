//! The page that says what went wrong, and what may help.

use super::{Html, render};
use crate::serve::error::Problem;
use crate::serve::view::{Chrome, Item};
use askama::Template;

#[derive(Template)]
#[template(path = "problem.html")]
struct Page<'a> {
    c: &'a Chrome,
    title: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
    query: Option<&'a str>,
    near: Vec<Item>,
    code: &'a str,
    status: u16,
    request: Option<&'a str>,
}

/// The page of a problem, with what is close to what was looked for.
pub fn page(problem: &Problem, near: Vec<Item>, c: &Chrome) -> Result<Html, Problem> {
    render(&Page {
        c,
        title: c.t(problem.code.heading()),
        message: &problem.message,
        hint: problem.hint.as_deref(),
        query: problem.query.as_deref(),
        near,
        code: problem.code.name(),
        status: problem.code.status().as_u16(),
        request: problem.request.as_deref(),
    })
}
