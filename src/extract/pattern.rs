//! Patterns of the lexicon as regular expressions over masked text.

use super::mask::Codes;
use crate::knowledge::classes::Classes;
use crate::knowledge::files;
use crate::knowledge::lexicon::Lexicon;
use oxigraph::model::NamedNode;
use regex::Regex;

/// A pattern of a lexicon that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("`{place}`: rule `{rule}`: {message}", place = files::place(&format!("lexicon/{language}.toml")))]
pub struct PatternError {
    language: String,
    rule: String,
    message: String,
}

pub(super) fn error(lexicon: &Lexicon, rule: &str, message: impl Into<String>) -> PatternError {
    PatternError { language: lexicon.language.code().to_owned(), rule: rule.to_owned(), message: message.into() }
}

/// A plain regular expression of a lexicon.
pub(super) fn pattern(lexicon: &Lexicon, rule: &str, text: &str) -> Result<Regex, PatternError> {
    Regex::new(text).map_err(|e| error(lexicon, rule, e.to_string()))
}

/// A regular expression of a lexicon for folded text, in which words and numbers are of ASCII characters: to tell it so spares
/// the large automata of Unicode, and those that give up at the first other character. The few letters that folding leaves as they
/// are (`œ`) end a word there.
pub(super) fn folded(lexicon: &Lexicon, rule: &str, text: &str) -> Result<Regex, PatternError> {
    pattern(lexicon, rule, &text.replace("\\d", "[0-9]").replace("\\b", "(?-u:\\b)"))
}

/// Turns the `{name:Class}` of patterns into regular expressions.
pub(super) struct Compiler<'a> {
    pub lexicon: &'a Lexicon,
    pub codes: &'a Codes,
    pub classes: &'a Classes,
    pub kinds: &'a [NamedNode],
}

impl Compiler<'_> {
    /// The kinds that a slot alias stands for, classes below its own included.
    pub(super) fn kinds(&self, rule: &str, alias: &str) -> Result<Vec<NamedNode>, PatternError> {
        match alias {
            "Date" => return Ok(vec![super::kinds::date()]),
            "Number" => return Ok(vec![super::kinds::number()]),
            "Sum" => return Ok(vec![super::kinds::sum()]),
            _ => {}
        }
        let stated = self
            .lexicon
            .slots
            .get(alias)
            .ok_or_else(|| error(self.lexicon, rule, format!("`{alias}` is not one of the lexicon's slots")))?;
        let below = |kind: &&NamedNode| stated.iter().any(|s| self.classes.is_a(kind.as_ref(), s.0.as_ref()));
        Ok(self.kinds.iter().filter(below).cloned().collect())
    }

    /// A pattern with slots: `{s:Org}` one name, `{s:Org+}` a list of names, `{text}` words, `{text,}` words up to a comma.
    pub(super) fn compile(&self, rule: &str, text: &str) -> Result<Regex, PatternError> {
        let mut out = String::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            out.push_str(before);
            let close = from.find('}').ok_or_else(|| error(self.lexicon, rule, format!("`{{` without `}}` in `{text}`")))?;
            let inner = &from[1..close];
            rest = &from[close + 1..];
            out.push_str(&self.slot(rule, inner)?);
        }
        out.push_str(rest);
        folded(self.lexicon, rule, &out)
    }

    fn slot(&self, rule: &str, inner: &str) -> Result<String, PatternError> {
        match inner {
            "text" => return Ok("(?P<text>.+)".into()),
            "text," => return Ok("(?P<text>[^,]+)".into()),
            _ if inner.chars().all(|c| c.is_ascii_digit() || c == ',') => return Ok(format!("{{{inner}}}")), // a count
            _ => {}
        }
        let (name, alias) =
            inner.split_once(':').ok_or_else(|| error(self.lexicon, rule, format!("`{{{inner}}}` is no slot")))?;
        let (alias, list) = alias.strip_suffix('+').map_or((alias, false), |a| (a, true));
        let mut codes: Vec<char> = self.kinds(rule, alias)?.iter().map(|k| self.codes.of(k)).collect();
        codes.sort_unstable();
        let codes: String = codes.into_iter().collect();
        let words = &self.lexicon.words;
        let one = format!("(?:(?:{}) )*[\"“«]?⟨[{codes}]\\d+⟩[\"”»]?(?: ?\\([^()]*\\))?", words.determiners.join("|"));
        if !list {
            return Ok(format!("(?P<{name}>{one})"));
        }
        let and = words.and.join("|");
        Ok(format!("(?P<{name}>{one}(?:(?: ?[,;] ?(?:(?:{and}) )?| (?:{and}) ){one})*)"))
    }
}
