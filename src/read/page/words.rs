//! Wrapped lines joined: what becomes of a hyphen at a line's end is told by the words of the document itself.

use std::collections::HashMap;

/// A word or an address has no more bytes: of what goes on for longer, the end is looked at.
const LONGEST: usize = 400;

/// The words of a document, in lower case, as they stand within its lines.
#[derive(Debug, Default)]
pub(super) struct Words(HashMap<String, u32>);

impl Words {
    /// Adds the words of a line but the last and the first, which may be cut.
    pub(super) fn add(&mut self, line: &str) {
        let ends_cut = line.ends_with(['-', '\u{ad}', '\u{2010}']);
        let words: Vec<&str> = line.split(' ').collect();
        for (i, word) in words.iter().enumerate() {
            if i == 0 && words.len() > 1 && word.chars().next().is_some_and(char::is_lowercase)
                || i + 1 == words.len() && ends_cut
            {
                continue;
            }
            let word = trimmed(word).to_lowercase();
            if word.contains('-') {
                for part in word.split('-').filter(|p| !p.is_empty()) {
                    *self.0.entry(part.to_owned()).or_default() += 1;
                }
            }
            if !word.is_empty() {
                *self.0.entry(word).or_default() += 1;
            }
        }
    }
    fn count(&self, word: &str) -> u32 {
        self.0.get(&word.to_lowercase()).copied().unwrap_or(0)
    }
    /// Puts `next` after `text`, as if the line had not been wrapped. `full` tells that no letter more had room on the line.
    pub(super) fn join(&self, text: &mut String, next: &str, full: bool) {
        if text.ends_with('\u{ad}') {
            text.pop();
            text.push_str(next);
            return;
        }
        let near = text.floor_char_boundary(text.len().saturating_sub(LONGEST));
        let last = text[near..].rsplit([' ', '\n']).next().unwrap_or_default();
        let first = next.split(' ').next().unwrap_or_default();
        if last.contains("://") && (breaks(last, next) || full && self.is_rest_of_address(first)) {
            text.push_str(next);
            return;
        }
        // "Sector/" and "2017–" go on without a space, and so does a word that ends in a hyphen.
        let before = last.chars().rev().nth(1);
        match text.chars().last() {
            Some('/' | '–' | '—') if before.is_some_and(char::is_alphanumeric) => text.push_str(next),
            Some('-' | '\u{2010}') if before.is_some_and(char::is_alphanumeric) => {
                if !self.keeps_hyphen(last, next) {
                    text.pop();
                }
                text.push_str(next);
            }
            _ => {
                text.push(' ');
                text.push_str(next);
            }
        }
    }
    /// Whether what begins a line can be the rest of an address that was broken where the line was full: it is no word that
    /// the document has elsewhere.
    fn is_rest_of_address(&self, first: &str) -> bool {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
        first.chars().all(allowed) && self.count(trimmed(first)) <= 1
    }
    /// Whether the hyphen between the last word of a line and the next line is part of the word.
    fn keeps_hyphen(&self, last: &str, next: &str) -> bool {
        let head = trimmed(last.trim_end_matches(['-', '\u{2010}']));
        let tail = trimmed(next.split(' ').next().unwrap_or_default());
        let (Some(before), Some(after)) = (head.chars().last(), tail.chars().next()) else { return true };
        if !before.is_alphabetic() || !after.is_lowercase() {
            return true;
        }
        let (joined, hyphened) = (self.count(&format!("{head}{tail}")), self.count(&format!("{head}-{tail}")));
        if joined != hyphened {
            return hyphened > joined;
        }
        // Neither occurs: two words of the document are a compound, anything else was cut.
        let part = tail.split('-').next().unwrap_or_default(); // "Child-", "to-Child"
        head.contains('-') || self.count(head) > 0 && self.count(part) > 0
    }
}

/// Whether an address is broken between two characters at which software breaks it.
fn breaks(last: &str, next: &str) -> bool {
    last.ends_with(['/', '-', '_', '=', '?', '&', '.', '%']) || next.starts_with(['/', '?', '&', '#', '=', '_', '%', '-'])
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_is_kept_where_compounds_are_broken_and_dropped_where_words_are() {
        let mut words = Words::default();
        for line in ["every child goes to school", "they are trafficked to the coast"] {
            words.add(line);
        }
        let join = |text: &str, next: &str| {
            let mut text = text.to_owned();
            words.join(&mut text, next, false);
            text
        };
        assert_eq!(join("These include Child-", "to-Child programs"), "These include Child-to-Child programs");
        assert_eq!(join("human traf-", "ficking is a crime"), "human trafficking is a crime");
        assert_eq!(join("the school-", "child"), "the school-child");
    }
}
