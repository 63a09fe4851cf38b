//! What the cell that names a row names: one thing or several, its acronym, its period, the body it is part of.

use super::cell::{MARKS, blanked};
use crate::knowledge::lexicon::RowWords;
use crate::knowledge::words::folded_words;
use std::ops::Range;

/// A name in a title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Its forms, the first being what it is called; each with its place in the title.
    pub names: Vec<(String, Range<usize>)>,
    /// Its acronym.
    pub acronym: Option<(String, Range<usize>)>,
    /// The first and last year or month of its period, as they are written.
    pub period: Option<(String, String)>,
    /// The index of the name that it is a part of.
    pub part_of: Option<usize>,
    /// Whether the row is about the owner too: "Public Ministry, Special Prosecutor's Office".
    pub beside: bool,
    /// The whole of it, with acronym and period.
    pub range: Range<usize>,
    /// The marks behind it.
    pub marks: String,
}

/// The names of a title. `bodies` says that it names bodies, whose parts are told from them.
pub(super) fn names(title: &str, bodies: bool, words: &RowWords) -> Vec<Named> {
    let clean = blanked(title);
    let whole = trimmed(&clean, 0..clean.len());
    if whole.is_empty() {
        return Vec::new();
    }
    let mut out: Vec<Named> = Vec::new();
    for (range, parent) in
        if bodies { parts(&clean, whole.clone(), words) } else { possessed(&clean, whole.clone(), words, false) }
    {
        let mut named = named(&clean, range.clone());
        named.part_of = parent;
        named.beside = parent.is_some_and(|p| p == 0) && clean[..range.start].trim_end().ends_with(',');
        named.marks = title[range.start..].chars().filter(|c| MARKS.contains(c)).collect();
        out.push(named);
    }
    // The whole title is a name of what it ends in, too.
    if let [owner, owned] = out.as_mut_slice()
        && owned.part_of == Some(0)
    {
        let _ = owner;
        let text = clean[whole.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.contains('(') {
            owned.names.push((text, whole));
        }
    }
    out
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let strip = |c: char| c.is_whitespace() || ",;:.–—-".contains(c);
    let start = range.start + (part.len() - part.trim_start_matches(strip).len());
    let end = range.end - (part.len() - part.trim_end_matches(strip).len());
    start..end.max(start)
}

/// Whether one of the words of a name is among those of a list.
fn has(name: &str, list: &[String]) -> bool {
    folded_words(name).iter().any(|w| list.contains(w))
}

fn first_is(name: &str, list: &[String]) -> bool {
    folded_words(name).into_iter().find(|w| w != "the").is_some_and(|w| list.contains(&w))
}

fn last_is(name: &str, list: &[String]) -> bool {
    let bare = name.split('(').next().unwrap_or(name);
    folded_words(bare).last().is_some_and(|w| list.contains(w))
}

/// Positions of a separator outside of brackets.
fn outside(text: &str, range: &Range<usize>, separator: &str) -> Vec<Range<usize>> {
    let mut depth = 0i32;
    let mut out = Vec::new();
    for (at, c) in text[range.clone()].char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if depth == 0 && text[range.start + at..range.end].starts_with(separator) => {
                out.push(range.start + at..range.start + at + separator.len());
            }
            _ => {}
        }
    }
    out
}

/// The bodies of a title, each with the index of the one it is part of.
fn parts(text: &str, whole: Range<usize>, words: &RowWords) -> Vec<(Range<usize>, Option<usize>)> {
    let body = |r: &Range<usize>| has(&text[r.clone()], &words.bodies) || has(&text[r.clone()], &words.owners);
    for dash in ["—", " – ", " - "] {
        let cuts = outside(text, &whole, dash);
        if cuts.is_empty() {
            continue;
        }
        let mut out: Vec<Range<usize>> = Vec::new();
        let mut from = whole.start;
        for cut in cuts {
            out.push(trimmed(text, from..cut.start));
            from = cut.end;
        }
        out.push(trimmed(text, from..whole.end));
        if out.iter().all(body) {
            return out.into_iter().enumerate().map(|(i, r)| (r, i.checked_sub(1))).collect();
        }
    }
    if let Some(cut) = outside(text, &whole, "; ").first() {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        return [left, right].into_iter().map(|r| (r, None)).collect();
    }
    for cut in outside(text, &whole, " and ") {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        let [l, r] = [&text[left.clone()], &text[right.clone()]];
        let owners = first_is(r, &words.owners) && folded_words(r).len() > 1 && body(&left);
        let plural = last_is(l, &words.plural_bodies) && last_is(r, &words.plural_bodies) && !first_is(l, &words.owners);
        let possessed = l.contains("'s ") || l.contains("’s ");
        if (owners || plural) && !possessed {
            return vec![(left, None), (right, None)];
        }
    }
    for cut in outside(text, &whole, " and ") {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        if text[left.clone()].ends_with(')') && last_is(&text[right.clone()], &words.bodies) && body(&left) {
            return vec![(left, None), (right, None)];
        }
    }
    let commas = outside(text, &whole, ", ");
    for cut in commas.iter().filter(|_| commas.len() > 1) {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        if first_is(&text[right.clone()], &words.owners) && folded_words(&text[right.clone()]).len() > 1 {
            return if first_is(&text[left.clone()], &words.owners) {
                vec![(left, None), (right, Some(0))]
            } else {
                vec![(right, None), (left, Some(0))]
            };
        }
    }
    if let [cut] = commas.as_slice() {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        if body(&left) && body(&right) && !text[right.clone()].starts_with("and ") {
            let owner = |r: &Range<usize>| first_is(&text[r.clone()], &words.owners) || last_is(&text[r.clone()], &words.owners);
            let superior = |r: &Range<usize>| first_is(&text[r.clone()], &words.superiors);
            return match (owner(&left) && (superior(&left) || !superior(&right)), owner(&right)) {
                (false, true) => vec![(right, None), (left, Some(0))],
                (true, _) => vec![(left, None), (right, Some(0))],
                (false, false) => vec![(left, None), (right, None)],
            };
        }
    }
    possessed(text, whole, words, true)
}

/// "X's Y", "Y of the Ministry of X": two names, the second a part of the first.
fn possessed(text: &str, whole: Range<usize>, words: &RowWords, bodies: bool) -> Vec<(Range<usize>, Option<usize>)> {
    let alone = vec![(whole.clone(), None)];
    if !bodies {
        return alone;
    }
    for sign in ["'s ", "’s ", "s' ", "s’ "] {
        for cut in outside(text, &whole, sign) {
            let mut left = trimmed(text, whole.start..cut.start + usize::from(sign.starts_with('s')));
            let mut right = trimmed(text, cut.end..whole.end);
            // "Ministry of Labor's (MOL) Inspection Division": the brackets belong to the owner.
            if text[right.clone()].starts_with('(')
                && let Some(close) = text[right.clone()].find(')')
            {
                left.end = right.start + close + 1;
                right = trimmed(text, right.start + close + 1..right.end);
            }
            let owner = &text[left.clone()];
            let acronym = owner.len() > 1 && owner.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
            if !right.is_empty() && (acronym || first_is(owner, &words.owners) || last_is(owner, &words.owners)) {
                return vec![(left, None), (right, Some(0))];
            }
        }
    }
    for of in &words.part_of {
        for cut in outside(text, &whole, &format!(" {of} ")) {
            let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
            let r = text[right.clone()].trim_start_matches("the ").to_owned();
            let right = right.end - r.len()..right.end;
            if first_is(&r, &words.superiors) && folded_words(&r).len() > 1 && has(&text[left.clone()], &words.bodies) {
                return vec![(right, None), (left, Some(0))];
            }
        }
    }
    alone
}

/// A name with what its brackets hold.
fn named(text: &str, range: Range<usize>) -> Named {
    let mut out = Named { range: range.clone(), ..Named::default() };
    let mut end = range.end;
    let mut others = Vec::new();
    let mut middle = false;
    // Brackets, the last first.
    while let Some(open) = text[range.start..end].rfind('(').map(|i| i + range.start) {
        let Some(close) = text[open..range.end].find(')').map(|i| i + open) else { break };
        if close >= end {
            break; // brackets in brackets
        }
        let behind = text[close + 1..end].trim();
        let inner = open + 1..close;
        match period(&text[inner.clone()]) {
            Some(period) => out.period = Some(period),
            None => bracket(text, inner, &mut out.acronym, &mut others),
        }
        if !behind.is_empty() && period(behind).is_none() {
            middle = true;
            break;
        }
        if let Some(found) = period(behind) {
            out.period = Some(found);
        }
        end = open;
    }
    let mut bare = trimmed(text, range.start..end);
    // "Ministry of Labor's (MOL)": the sign of the owner is no part of the name.
    if end < range.end {
        let name = &text[bare.clone()];
        let kept = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name).len();
        bare.end = bare.start + kept;
    }
    let mut name = bare.clone();
    if !middle && let Some(at) = trailing_period(&text[bare.clone()]) {
        out.period = period(text[bare.start + at..bare.end].trim());
        name = trimmed(text, bare.start..bare.start + at);
    }
    if let Some(the) = words_the(&text[name.clone()]) {
        name.start += the;
    }
    let push = |names: &mut Vec<(String, Range<usize>)>, r: Range<usize>| {
        let words = text[r.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.trim_matches(|c: char| "\"“”".contains(c)).to_owned();
        if words.chars().filter(|c| c.is_alphabetic()).count() > 1 && names.iter().all(|(n, _)| *n != words) {
            names.push((words, r));
        }
    };
    if middle && let Some(open) = text[range.clone()].find('(') {
        push(&mut out.names, trimmed(text, range.start..end));
        push(&mut out.names, trimmed(text, range.start..range.start + open));
    } else {
        push(&mut out.names, name);
    }
    if out.period.is_some() {
        push(&mut out.names, range.clone());
    }
    for other in others {
        push(&mut out.names, other);
    }
    out
}

/// The length of an article that a name begins with.
fn words_the(name: &str) -> Option<usize> {
    let rest = name.strip_prefix("The ").or_else(|| name.strip_prefix("the "))?;
    rest.starts_with(char::is_uppercase).then_some(name.len() - rest.len())
}

/// What brackets behind a name hold: `ACR`, `Native Name`, `Native Name [ACR]`, `Native Name, or ACR`.
fn bracket(text: &str, inner: Range<usize>, acronym: &mut Option<(String, Range<usize>)>, others: &mut Vec<Range<usize>>) {
    let mut from = inner.start;
    let mut pieces = Vec::new();
    let mut at = inner.start;
    while at < inner.end {
        let rest = &text[at..inner.end];
        let cut = [", or ", " or ", "; ", "[", "]", " – ", ", "].iter().find(|s| rest.starts_with(**s));
        match cut {
            Some(sign) if *sign != ", " || is_acronym(text[at + 2..inner.end].trim()) => {
                pieces.push(from..at);
                at += sign.len();
                from = at;
            }
            _ => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    pieces.push(from..inner.end);
    for piece in pieces {
        let piece = trimmed(text, piece);
        let words = &text[piece.clone()];
        if is_acronym(words) {
            acronym.get_or_insert_with(|| (words.to_owned(), piece));
        } else if words.chars().any(char::is_lowercase) && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            others.push(piece);
        }
    }
}

/// Whether a word is an acronym: at least two capitals and hardly anything else.
pub(super) fn is_acronym(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let fits = |c: char| c.is_alphanumeric() || "-/&. ".contains(c);
    capitals >= 2
        && capitals * 2 > letters
        && word.chars().count() <= 16
        && word.chars().all(fits)
        && word.split(' ').count() <= 2
}

/// A period: `2017–2021`, `July 2018–July 2028`.
pub(super) fn period(text: &str) -> Option<(String, String)> {
    let text = text.trim().trim_matches(['(', ')']);
    let cut = text.char_indices().find(|(_, c)| "–—-".contains(*c))?;
    let (from, to) = (text[..cut.0].trim(), text[cut.0 + cut.1.len_utf8()..].trim());
    let year = |t: &str| {
        let last = t.rsplit(' ').next().unwrap_or_default();
        let month = t.len() == last.len() || t.split(' ').count() == 2 && t.starts_with(char::is_uppercase);
        let digits = last.len() == 4 && last.bytes().all(|b| b.is_ascii_digit());
        month && digits && (last.starts_with("19") || last.starts_with("20"))
    };
    (year(from) && year(to)).then(|| (from.to_owned(), to.to_owned()))
}

/// Where a period without brackets begins that ends a name.
fn trailing_period(name: &str) -> Option<usize> {
    let at = name.trim_end().rfind(' ')?;
    let last = &name[at..];
    if period(last).is_some() {
        return Some(at);
    }
    let before = name[..at].trim_end().rfind(' ')?;
    let earlier = name[..before].trim_end().rfind(' ').filter(|i| period(&name[*i..]).is_some());
    earlier.or_else(|| Some(before).filter(|i| period(&name[*i..]).is_some()))
}
