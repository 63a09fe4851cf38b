//! What the cell that names a row names: one thing or several, its acronym, its period, the body it is part of.

use super::cell::{MARKS, blanked};
use super::pieces::trimmed;
use super::split::parts;
use super::things::things;
use crate::knowledge::rows::RowWords;
use crate::knowledge::words::folded_words;
use crate::model::id::fold;
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
    /// The body that it begins with, and that body's acronym: "Ministry of Ports (MOP) Cargo Database".
    pub owner: Option<[(String, Range<usize>); 2]>,
}

/// The names of a title. `bodies` says that it names bodies, whose parts are told from them.
pub(super) fn names(title: &str, bodies: bool, words: &RowWords) -> Vec<Named> {
    let clean = blanked(title);
    let whole = trimmed(&clean, 0..clean.len());
    if whole.is_empty() {
        return Vec::new();
    }
    let mut out: Vec<Named> = Vec::new();
    let mut ranges: Vec<(Range<usize>, Option<usize>)> = Vec::new();
    for piece in marked(title, &whole) {
        let found = if bodies { parts(&clean, piece, words) } else { things(&clean, piece, words) };
        let before = ranges.len();
        ranges.extend(found.into_iter().map(|(r, parent)| (r, parent.map(|p| p + before))));
    }
    for (range, parent) in ranges {
        let mut named = named(&clean, range.clone(), words);
        named.part_of = parent;
        let before = clean[..range.start].trim_end();
        let bare = before.rsplit_once(' ').filter(|(_, last)| words.articles.contains(&fold(last)));
        let before = bare.map_or(before, |(before, _)| before.trim_end());
        let said = |w: &String| before.strip_suffix(w.as_str()).is_some_and(|b| b.ends_with(char::is_whitespace));
        named.beside = parent.is_some_and(|p| p == 0) && (before.ends_with(',') || words.including.iter().any(said));
        named.marks = title[range.start..].chars().filter(|c| MARKS.contains(c)).collect();
        // "X Program (XP), 2019–2022": years alone are of the name before.
        if !named.names.is_empty() {
            out.push(named);
        } else if let Some(before) = out.last_mut() {
            before.period = before.period.take().or(period(&clean[range]));
        }
    }
    // "Plan to Combat X and National Y Strategy (2021–2026)": a period behind the last of two is that of both.
    if let [first, last] = out.as_mut_slice()
        && !bodies
        && first.period.is_none()
    {
        first.period.clone_from(&last.period);
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

/// A title without what it ends in that is no name, in brackets and in lower case: "Foreign Government Programs (non-DOL)".
pub(super) fn without_remark(title: &str) -> &str {
    let ends = |c: char| MARKS.contains(&c) || c.is_whitespace();
    let remark = title.trim_end_matches(ends).strip_suffix(')').and_then(|inner| inner.rsplit_once(" ("));
    remark.filter(|(_, inner)| inner.starts_with(char::is_lowercase)).map_or(title, |(before, _)| before)
}

/// The parts of a title that a footnote mark ends, "X Scheme† Y Scheme†": another name begins behind it.
fn marked(title: &str, whole: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = whole.start;
    for (at, mark) in title.char_indices().filter(|(at, c)| MARKS.contains(c) && whole.contains(at)) {
        let end = at + mark.len_utf8();
        let next = title[end..].trim_start_matches(|c: char| c.is_whitespace() || ",;".contains(c));
        if at > from && next.starts_with(char::is_uppercase) {
            out.push(from..at);
            from = end;
        }
    }
    out.push(from.min(whole.end)..whole.end);
    out
}

/// A name with what its brackets hold.
fn named(text: &str, range: Range<usize>, rows: &RowWords) -> Named {
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
        let behind = text[close + 1..end].trim_matches(|c: char| c.is_whitespace() || c == ',');
        let inner = open + 1..close;
        match period(&text[inner.clone()]) {
            Some(period) => out.period = Some(period),
            // "Human Trafficking (Prohibition) Committee": only an acronym may stand in the middle of a name.
            None if behind.is_empty() || period(behind).is_some() || is_acronym(&text[inner.clone()]) => {
                let years = trailing_period(&text[inner.clone()]).map(|years| inner.start + years..inner.end);
                out.period = out.period.take().or_else(|| period(text[years?].trim()));
                bracket(text, inner, &rows.or, &mut out.acronym, &mut others);
            }
            None => {}
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
    if out.acronym.as_ref().is_some_and(|(acronym, _)| is_of_law(&text[bare.clone()], acronym, rows)) {
        out.acronym = None;
    }
    // "Ministry of Labor's (MOL)": the sign of the owner is no part of the name.
    if end < range.end {
        let name = &text[bare.clone()];
        let kept = rows.owner_signs().find_map(|sign| name.strip_suffix(&sign)).unwrap_or(name).len();
        bare.end = bare.start + kept;
    }
    let mut name = bare.clone();
    if !middle && let Some(at) = trailing_period(&text[bare.clone()]) {
        out.period = period(text[bare.start + at..bare.end].trim());
        name = trimmed(text, bare.start..bare.start + at);
        // "Action Plan for 2015–2016".
        let small = |word: &str| word.chars().all(char::is_lowercase) && rows.prepositions.iter().any(|p| p == word);
        if let Some((before, _)) = text[name.clone()].rsplit_once(' ').filter(|(_, last)| small(last)) {
            name = trimmed(text, name.start..name.start + before.len());
        }
    }
    if let Some(the) = words_the(&text[name.clone()], &rows.articles) {
        name.start += the;
    }
    // "2020–2024 Five Year Plan".
    out.period = out.period.take().or_else(|| text[name.clone()].split_once(' ').and_then(|(first, _)| period(first)));
    let push = |names: &mut Vec<(String, Range<usize>)>, r: Range<usize>| {
        let words = text[r.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        // A quotation mark within a name has its other half: "“Back to School” Campaign".
        let words: String = if words.matches(['"', '“', '”']).count() == 2 || words.starts_with(['"', '“']) {
            words.chars().filter(|c| !"\"“”".contains(*c)).collect()
        } else {
            words.trim_matches(|c: char| "\"“”".contains(c)).to_owned()
        };
        if words.chars().filter(|c| c.is_alphabetic()).count() > 1 && names.iter().all(|(n, _)| *n != words) {
            names.push((words, r));
        }
    };
    if middle && let Some((open, close)) = text[range.clone()].find('(').zip(text[range.clone()].find(')')) {
        // "Plan of Action (NPA) for Children" without its acronym; "EQUAL Cocoa (ECP) Project" without its noun, too.
        let (before, behind) = (text[range.start..range.start + open].trim(), text[range.start + close + 1..end].trim());
        if out.acronym.is_some() && !behind.is_empty() {
            if owns(before, behind, rows) {
                let owner = (before.to_owned(), range.start..range.start + before.len());
                out.owner = out.acronym.take().map(|acronym| [owner, acronym]);
            }
            out.names.push((format!("{before} {behind}"), trimmed(text, range.start..end)));
            push(&mut out.names, trimmed(text, range.start..end));
            if !behind.contains(' ') {
                push(&mut out.names, trimmed(text, range.start..range.start + open));
            }
        } else {
            push(&mut out.names, trimmed(text, range.start..end));
        }
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

/// Whether an acronym behind a name is that of a law that the name ends in: "Task Force to Carry Out the Open Quay Act (OQA)".
fn is_of_law(name: &str, acronym: &str, rows: &RowWords) -> bool {
    let words: Vec<&str> = name.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).collect();
    let law = words.last().is_some_and(|w| rows.laws.contains(&fold(w)));
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    let Some(own) = words.len().checked_sub(letters.len()).filter(|own| law && *own > 0) else { return false };
    let mut initials = words[own..].iter().map(|w| w.chars().next());
    letters.iter().all(|letter| initials.next().flatten() == Some(*letter))
}

/// Whether an acronym between two parts of a title is that of a body, whose thing the second part is: "Ministry of Ports (MOP) Cargo
/// Database", and not "Plan of Action (NPA) for Children".
fn owns(before: &str, behind: &str, rows: &RowWords) -> bool {
    let words = folded_words(before);
    let cut = words.iter().position(|w| rows.prepositions.contains(w)).unwrap_or(words.len());
    let body = words[..cut].last().is_some_and(|w| rows.bodies.contains(w) || rows.owners.contains(w));
    let noun = |w: &String| [&rows.things, &rows.umbrellas, &rows.themes, &rows.kept_things].into_iter().any(|l| l.contains(w));
    body && folded_words(behind).last().is_some_and(noun)
}

/// The length of an article that a text begins with, with the space behind it.
pub(super) fn article(text: &str, articles: &[String]) -> Option<usize> {
    let (first, rest) = text.split_once(' ')?;
    articles.contains(&fold(first)).then_some(text.len() - rest.len())
}

/// The length of an article with a capitalised word behind it, which the name is then.
pub(super) fn words_the(name: &str, articles: &[String]) -> Option<usize> {
    article(name, articles).filter(|length| name[*length..].starts_with(char::is_uppercase))
}

/// What brackets behind a name hold: `ACR`, `Native Name`, `Native Name [ACR]`, `Native Name, or ACR`.
fn bracket(
    text: &str,
    inner: Range<usize>,
    or: &[String],
    acronym: &mut Option<(String, Range<usize>)>,
    others: &mut Vec<Range<usize>>,
) {
    let choices = or.iter().flat_map(|or| [format!(", {or} "), format!(" {or} ")]);
    let signs: Vec<String> = choices.chain(["; ", "[", "]", " – ", ", "].map(str::to_owned)).collect();
    let mut from = inner.start;
    let mut pieces = Vec::new();
    let mut at = inner.start;
    while at < inner.end {
        let rest = &text[at..inner.end];
        let cut = signs.iter().find(|sign| rest.starts_with(sign.as_str()));
        match cut {
            Some(sign) if sign != ", " || is_acronym(text[at + 2..inner.end].trim()) => {
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
        // "GEDS for its Spanish initials".
        let first = words.split_once(' ').filter(|(first, rest)| is_acronym(first) && rest.starts_with(char::is_lowercase));
        if let Some((first, _)) = first {
            acronym.get_or_insert_with(|| (first.to_owned(), piece.start..piece.start + first.len()));
        } else if is_acronym(words) {
            acronym.get_or_insert_with(|| (words.to_owned(), piece));
        } else if words.chars().any(char::is_lowercase) && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            // "Tide Plan (Strategic Plan 2019–2024)".
            if let Some(years) = trailing_period(words) {
                others.push(trimmed(text, piece.start..piece.start + years));
            }
            others.push(piece);
        }
    }
}

/// Whether a word is an acronym: at least two capitals and hardly anything else.
pub(super) fn is_acronym(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let fits = |c: char| c.is_alphanumeric() || "-/&|. ".contains(c);
    capitals >= 2
        && capitals * 2 > letters
        && word.chars().count() <= 16
        && word.chars().all(fits)
        && word.split(' ').count() <= 2
}

/// Whether a title that may stand for several things is a name as well: "North-South Rope Projects", and neither "USDOL-Funded
/// Projects" nor "World Vision Programs", which tell whose they are. `known` says what is a name that is known.
pub(super) fn tells(title: &str, folded: &[String], words: &RowWords, known: impl Fn(&str) -> bool) -> bool {
    /// Of so many words, the noun included.
    const FEWEST: usize = 3;
    let acronym = title.split(|c: char| !c.is_alphanumeric()).any(is_acronym);
    let whose = folded.iter().any(|w| words.suffixes.contains(w) || words.owners.contains(w) || words.owned_by.contains(w));
    let before = folded.split_last().map(|(_, before)| before.join(" ")).unwrap_or_default();
    folded.len() >= FEWEST && !acronym && !whose && !title.contains(['\'', '’']) && !known(&before)
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
