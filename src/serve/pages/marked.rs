//! The text of a report with what was understood marked in it.

use crate::extract::sentences;
use crate::model::vocab::BASE;
use crate::serve::facts::Claim;
use crate::serve::mark;
use crate::serve::terms;
use crate::serve::view::{Chrome, Label, Value, href};
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeSet, HashMap};

/// The signs that begin an entry of a list in flattened text.
const BULLETS: &[char] = &['○', '●', '•', '▪', '■', '◦', '‣', '➢', '✓'];

/// A place in a text: the first character, and the one behind the last.
type Span = (usize, usize);

/// A stretch of text on the page.
pub struct Piece {
    /// Whether it begins a new line.
    pub new_line: bool,
    /// Its words.
    pub text: String,
    /// What was understood of them.
    pub mark: Option<Mark>,
    /// Whether nothing was understood of the whole sentence.
    pub unread: bool,
}

/// What a marked stretch says.
pub struct Mark {
    /// The place in the source at which what it says begins, if it is this mark that evidence leads to.
    pub anchor: Option<usize>,
    /// Whether several statements rest on it.
    pub deep: bool,
    /// Where it leads.
    pub href: String,
    /// What it says, when it is pointed at.
    pub title: String,
}

/// The beginning of a long name or text; the page behind the mark has the whole.
fn brief(text: &str) -> String {
    const LONGEST: usize = 48;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Tells in words what a claim says.
pub struct Teller<'a> {
    /// The names of what the report mentions.
    pub names: &'a HashMap<String, Vec<Label>>,
    /// The frame of the page.
    pub c: &'a Chrome,
}

impl Teller<'_> {
    fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(iri) => self.resource(iri),
            other => Value::term(other, &[], self.c.lang).text,
        }
    }
    fn resource(&self, iri: &NamedNode) -> String {
        let names = self.names.get(iri.as_str()).map(Vec::as_slice).unwrap_or_default();
        Value::resource(iri, names, self.c.lang).text
    }
    fn claim(&self, claim: &Claim) -> String {
        let property = terms::label(claim.property.as_ref(), self.c.lang);
        format!("{} — {property} — {}", brief(&self.resource(&claim.subject)), brief(&self.term(&claim.value)))
    }
    /// What a mark says when it is pointed at: a few of the statements that were read there, and how many more there are.
    fn claims(&self, claims: &[&Claim]) -> String {
        const TOLD: usize = 3;
        let all: BTreeSet<String> = claims.iter().map(|claim| self.claim(claim)).collect();
        let more = all.len().saturating_sub(TOLD);
        let more = (more > 0).then(|| format!("… + {more}"));
        all.into_iter().take(TOLD).chain(more).collect::<Vec<_>>().join("\n")
    }
    /// What a mark leads to: the claim's subject, or its value where the subject is the report that is being read.
    fn target(claim: &Claim) -> String {
        let value = match &claim.value {
            Term::NamedNode(iri) if iri.as_str().starts_with(BASE) => Some(iri),
            _ => None,
        };
        let of_report = claim.subject.as_str() == format!("{BASE}id/report/{}", claim.report);
        let target = if of_report { value.unwrap_or(&claim.iri) } else { &claim.subject };
        href(target.as_str()).map(|(href, _)| href).unwrap_or_default()
    }
}

/// The sentences of a text in a language on which nothing rests, in characters, and how many sentences there are. Less than three words, as in “Yes.”, are no
/// sentence that says something.
pub fn unread(text: &str, lang: &str, spans: &[Span]) -> (Vec<Span>, usize) {
    const LEAST: usize = 3;
    let sentences = sentences(text, lang, LEAST);
    let count = sentences.len();
    let (mut byte, mut chars) = (0, 0);
    let mut place = |to: usize| {
        chars += text.get(byte..to).map_or(0, |between| between.chars().count());
        byte = to;
        chars
    };
    let places = sentences.into_iter().map(|sentence| (place(sentence.start), place(sentence.end)));
    let bare = places.filter(|(start, end)| !spans.iter().any(|(from, to)| from < end && to > start));
    (bare.collect(), count)
}

/// A text with its marks, and with the sentences that have none told apart. `placed` holds the places that already have an anchor
/// on the page. A laid-out text begins a new line at every bullet.
pub fn pieces(
    text: &str,
    (spans, unread): (&[Span], &[Span]),
    claims: &[&Claim],
    tell: &Teller<'_>,
    placed: &mut BTreeSet<usize>,
    lines: bool,
) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    // Spans behind those of the claims are sentences on which nothing rests.
    for covered in mark::cut(chars.len(), &[spans, unread].concat()) {
        let words: String = chars.get(covered.start..covered.end).unwrap_or_default().iter().collect();
        let on_it: Vec<&Claim> = covered.by.iter().filter_map(|i| claims.get(*i).copied()).collect();
        let begins = covered.by.iter().filter(|i| spans.get(**i).is_some_and(|(start, _)| *start == covered.start));
        let anchors: Vec<usize> = begins.filter_map(|i| claims.get(*i)?.span.map(|(start, _)| start)).collect();
        let bare = covered.by.iter().any(|i| *i >= spans.len());
        let mut anchor = anchors.into_iter().find(|start| placed.insert(*start));
        for (i, line) in split_bullets(&words, lines).into_iter().enumerate() {
            let first = pieces.is_empty();
            let mark = on_it.first().map(|closest| Mark {
                anchor: anchor.take(),
                deep: on_it.len() > 1,
                href: Teller::target(closest),
                title: tell.claims(&on_it),
            });
            let (new_line, unread) = (lines && !first && (i > 0 || line.starts_with(BULLETS)), mark.is_none() && bare);
            pieces.push(Piece { new_line, text: line, mark, unread });
        }
    }
    pieces
}

/// The lines of a source in which there is a claim that no place on the page shows yet, neighbouring lines together.
pub fn elsewhere(source: &str, claims: &[Claim], tell: &Teller<'_>, placed: &mut BTreeSet<usize>) -> Vec<Vec<Piece>> {
    let chars: Vec<char> = source.chars().collect();
    let line = |(start, end): (usize, usize)| {
        let from = chars.get(..start).and_then(|before| before.iter().rposition(|c| *c == '\n')).map_or(0, |at| at + 1);
        let to = chars.get(end..).and_then(|after| after.iter().position(|c| *c == '\n')).map_or(chars.len(), |at| end + at);
        (from, to)
    };
    let missing = claims.iter().filter_map(|claim| claim.span).filter(|(start, _)| !placed.contains(start));
    let mut lines: Vec<(usize, usize)> = missing.map(line).collect();
    lines.sort_unstable();
    let mut passages: Vec<(usize, usize)> = Vec::new();
    for (from, to) in lines {
        match passages.last_mut().filter(|last| from <= last.1 + 1) {
            Some(last) => last.1 = last.1.max(to),
            None => passages.push((from, to)),
        }
    }
    let mut shown = Vec::new();
    for (from, to) in passages {
        let text: String = chars.get(from..to).unwrap_or_default().iter().collect();
        let within = |claim: &&Claim| claim.span.is_some_and(|(start, end)| start >= from && end <= to);
        let here: Vec<&Claim> = claims.iter().filter(within).collect();
        let spans: Vec<_> = here.iter().filter_map(|claim| claim.span).map(|(start, end)| (start - from, end - from)).collect();
        shown.push(pieces(&text, (&spans, &[]), &here, tell, placed, false));
    }
    shown
}

fn split_bullets(text: &str, lines: bool) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in text.chars() {
        if lines && BULLETS.contains(&c) && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}
