//! Wrapped lines joined: what becomes of a hyphen at a line's end is told by the words of the document itself.

use rustc_hash::FxHashMap;

/// A word or an address has no more bytes: of what goes on for longer, the end is looked at.
const LONGEST: usize = 400;

/// A word that ends a compound has at least so many letters: "based".
const LAST: usize = 4;

/// One that begins a compound which the document has nowhere else has at least so many: "school".
const FIRST: usize = 3;

/// The words of a document, in lower case, as they stand within its lines.
#[derive(Debug, Default)]
pub(super) struct Words {
    counts: FxHashMap<String, u32>,
    /// All of them, each between blanks; what was left out parts its neighbours.
    text: String,
    /// What stands before a hyphen that ends a line, and what the next line begins with.
    broken: Vec<(String, String)>,
    /// What the last line ended with, if that is a hyphen.
    open: Option<String>,
}

impl Words {
    /// Adds the words of a line but the last and the first, which may be cut.
    pub(super) fn add(&mut self, line: &str) {
        let ends_cut = line.ends_with(['-', '\u{ad}', '\u{2010}']);
        let words: Vec<&str> = line.split(' ').collect();
        let first = words.first().copied().unwrap_or_default();
        if let Some(head) = self.open.take().filter(|_| first.starts_with(char::is_lowercase)) {
            self.broken.push((head, trimmed(first).to_owned()));
        }
        self.open = words.last().filter(|_| ends_cut && !line.ends_with('\u{ad}')).map(|last| trimmed(last).to_owned());
        for (i, word) in words.iter().enumerate() {
            if i == 0 && words.len() > 1 && word.chars().next().is_some_and(char::is_lowercase)
                || i + 1 == words.len() && ends_cut
            {
                self.text.push_str("\n ");
                continue;
            }
            let word = trimmed(word);
            let word = if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() };
            if word.contains('-') {
                word.split('-').filter(|p| !p.is_empty()).for_each(|part| self.count_one(part));
            }
            if !word.is_empty() {
                self.text.push_str(&word);
                self.text.push(' ');
                self.count_one(&word);
            }
        }
        self.text.push_str("\n ");
    }
    fn count_one(&mut self, word: &str) {
        // Most words have stood before.
        match self.counts.get_mut(word) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(word.to_owned(), 1);
            }
        }
    }
    fn count(&self, word: &str) -> u32 {
        self.counts.get(&word.to_lowercase()).copied().unwrap_or(0)
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
        // Neither occurs: two words of the document are a compound, anything else was cut. An acronym is a word by itself.
        let part = tail.split('-').next().unwrap_or_default(); // "Child-", "to-Child"
        let acronym = head.chars().count() > 1 && head.chars().all(char::is_uppercase);
        let two = head.contains('-') || acronym || self.count(head) > 0 && self.count(part) > 0;
        // In a document that is not seen to cut words, what stands before the hyphen is one by itself.
        let word = || self.count(head) > 0 && head.chars().count() >= FIRST && part.chars().count() >= LAST && !self.cuts_words();
        two || self.are_joined(head, part) || self.count(head) > 0 && self.breaks_at_hyphens_only() || word()
    }
    /// Whether a line ends in a hyphen within a word that the document has elsewhere without one.
    fn cuts_words(&self) -> bool {
        let cut = |(head, tail): &(String, String)| {
            let (joined, hyphened) = (self.count(&format!("{head}{tail}")), self.count(&format!("{head}-{tail}")));
            joined > hyphened
        };
        self.broken.iter().any(cut)
    }
    /// Whether each line that ends in a hyphen, and whose word occurs elsewhere, ends in that word's own.
    fn breaks_at_hyphens_only(&self) -> bool {
        /// So many words must tell it.
        const FEWEST: usize = 2;
        let written = |(head, tail): &&(String, String)| {
            let (joined, hyphened) = (self.count(&format!("{head}{tail}")), self.count(&format!("{head}-{tail}")));
            joined != hyphened
        };
        let told: Vec<_> = self.broken.iter().filter(written).collect();
        told.len() >= FEWEST && told.iter().all(|(head, tail)| self.count(&format!("{head}{tail}")) == 0)
    }
    /// Whether the document writes two words beside each other, "capacity building", or joins the second to others, "road-building",
    /// so that a hyphen between them is theirs.
    fn are_joined(&self, head: &str, tail: &str) -> bool {
        let (head, tail) = (head.to_lowercase(), tail.to_lowercase());
        let word = self.text.contains(&format!(" {head} "));
        let last = || tail.chars().count() >= LAST && self.text.contains(&format!("-{tail} "));
        word && (self.text.contains(&format!(" {head} {tail} ")) || last())
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

    fn of(lines: &[&str]) -> Words {
        let mut words = Words::default();
        for line in lines {
            words.add(line);
        }
        words
    }

    fn joined(words: &Words, text: &str, next: &str) -> String {
        let mut text = text.to_owned();
        words.join(&mut text, next, false);
        text
    }

    #[test]
    fn a_hyphen_is_kept_where_compounds_are_broken_and_dropped_where_words_are() {
        let words = of(&["every child goes to school", "they are trafficked to the coast"]);
        let join = |text: &str, next: &str| joined(&words, text, next);
        assert_eq!(join("These include Child-", "to-Child programs"), "These include Child-to-Child programs");
        assert_eq!(join("human traf-", "ficking is a crime"), "human trafficking is a crime");
        assert_eq!(join("the school-", "child"), "the school-child");
    }

    #[test]
    fn a_hyphen_at_the_end_of_a_line_is_kept_as_the_document_joins_words_elsewhere() {
        let words = of(&[
            "funds for capacity",
            "to strengthen capacity building in ports",
            "their work on community-based schools",
            "a port",
        ]);
        let join = |text: &str, next: &str| joined(&words, text, next);
        assert_eq!(join("the MOTA-", "led commission"), "the MOTA-led commission");
        assert_eq!(join("a capacity-", "building workshop"), "a capacity-building workshop");
        assert_eq!(join("a port-", "based school"), "a port-based school");
        // "ers" ends no compound, and "capac" is no word.
        assert_eq!(join("their work-", "ers"), "their workers");
        assert_eq!(join("their capac-", "ities"), "their capacities");
    }

    #[test]
    fn a_compound_that_stands_nowhere_else_keeps_its_hyphen_unless_words_are_cut() {
        let mut words = of(&["camps during school breaks"]);
        assert_eq!(joined(&words, "camps for school-", "aged children"), "camps for school-aged children");
        assert_eq!(joined(&words, "human traf-", "ficking"), "human trafficking");
        for line in ["more in-", "formation is there", "this information"] {
            words.add(line);
        }
        assert_eq!(joined(&words, "the school-", "ings of all"), "the schoolings of all");
    }

    #[test]
    fn a_document_that_breaks_lines_at_hyphens_only_keeps_them() {
        let mut words = of(&[
            "the USDOL-funded school in a long-",
            "term plan",
            "a long-term plan for well-",
            "being and well-being at school",
        ]);
        assert_eq!(joined(&words, "camps for school-", "aged children"), "camps for school-aged children");
        assert_eq!(joined(&words, "human traf-", "ficking"), "human trafficking");
        // One word that is cut elsewhere tells otherwise.
        for line in ["all child-", "ren of the school", "children"] {
            words.add(line);
        }
        assert_eq!(joined(&words, "camps for school-", "aged children"), "camps for schoolaged children");
    }
}
