//! What a stage has to say about its input: nothing that was not understood is dropped in silence.

use super::document::{Document, Span};
use serde::Serialize;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing: a repeated question, an address that was mended.
    Note,
    /// Something was not understood, or is uncertain; the rest is sound.
    Warning,
    /// The input cannot be used.
    Error,
}

/// A finding about a place of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// A stable name in kebab-case, `repeated-question` for instance.
    pub code: &'static str,
    /// What was found, in one sentence without a full stop.
    pub message: String,
    /// What the reader can do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The line of the source, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The passage it is about, shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
}

impl Diagnostic {
    /// A diagnostic about the whole input.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), hint: None, line: None, excerpt: None }
    }
    /// A note.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }
    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }
    /// An error.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }
    /// The same, with a remedy.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
    /// The same, at a place of the document.
    #[must_use]
    pub fn at(mut self, document: &Document, span: Span) -> Self {
        const LONGEST: usize = 80;
        self.line = Some(document.line(span.start));
        let words = document.slice(span).split_whitespace().enumerate();
        let mut characters = words.flat_map(|(at, word)| (at > 0).then_some(' ').into_iter().chain(word.chars()));
        let mut excerpt: String = characters.by_ref().take(LONGEST).collect();
        if characters.next().is_some() {
            excerpt.push('…');
        }
        self.excerpt = Some(excerpt);
        self
    }
}
