//! What in one version has become what in the other, where no key says so: rows of tables, which move when one is put in before
//! them, and texts of which a property has several.

use super::side::{Answer, words};
use crate::knowledge::words::folded_words;
use oxigraph::model::Term;
use std::collections::{BTreeMap, BTreeSet};

/// Texts that have this share of their words in common are versions of one.
const ALIKE: f64 = 0.5;

/// The answers of two versions, in pairs; by their keys, and rows of a table by their headings and words.
pub(super) fn answers<'a>(
    old: &BTreeMap<String, &'a Answer>,
    new: &BTreeMap<String, &'a Answer>,
) -> Vec<(Option<&'a Answer>, Option<&'a Answer>)> {
    let mut pairs = Vec::new();
    let mut tables: BTreeMap<&str, (Vec<&Answer>, Vec<&Answer>)> = BTreeMap::new();
    for key in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let (was, is) = (old.get(key).copied(), new.get(key).copied());
        let table = |answer: Option<&'a Answer>| answer.and_then(row_of);
        match (table(was), table(is)) {
            (None, None) => pairs.push((was, is)),
            (of_old, of_new) => {
                if let (Some(table), Some(row)) = (of_old, was) {
                    tables.entry(table).or_default().0.push(row);
                }
                if let (Some(table), Some(row)) = (of_new, is) {
                    tables.entry(table).or_default().1.push(row);
                }
            }
        }
    }
    for (old, new) in tables.into_values() {
        pairs.extend(rows(&old, &new));
    }
    pairs
}

/// The table whose row an answer is: `policies` of `policies/4`.
fn row_of(answer: &Answer) -> Option<&str> {
    let (table, row) = answer.number.rsplit_once('/')?;
    row.bytes().all(|b| b.is_ascii_digit()).then_some(table)
}

/// Rows with one heading that no other row of theirs has, then those that say the most alike.
fn rows<'a>(old: &[&'a Answer], new: &[&'a Answer]) -> Vec<(Option<&'a Answer>, Option<&'a Answer>)> {
    let heading = |answer: &Answer| folded_words(&answer.question).join(" ");
    let only = |rows: &[&Answer], wanted: &str| rows.iter().filter(|row| heading(row) == wanted).count() == 1;
    let likeness = |a: &&'a Answer, b: &&'a Answer| {
        let (one, other) = (heading(a), heading(b));
        if one == other && !one.is_empty() && only(old, &one) && only(new, &one) {
            return 1.0 + f64::EPSILON;
        }
        // What stands under the same heading is rather the same.
        let by_words = share(&without_numbers(&words(&a.text)), &without_numbers(&words(&b.text)));
        if one == other { by_words } else { by_words * 0.9 }
    };
    let pairs = best(old, new, likeness);
    let mut out: Vec<(Option<&Answer>, Option<&Answer>)> = Vec::new();
    out.extend(pairs.iter().map(|(a, b)| (old.get(*a).copied(), new.get(*b).copied())));
    let (taken_old, taken_new): (BTreeSet<usize>, BTreeSet<usize>) = pairs.into_iter().unzip();
    out.extend(old.iter().enumerate().filter(|(at, _)| !taken_old.contains(at)).map(|(_, row)| (Some(*row), None)));
    out.extend(new.iter().enumerate().filter(|(at, _)| !taken_new.contains(at)).map(|(_, row)| (None, Some(*row))));
    out
}

/// Places of texts in one language that have become others, of those that are only in one version and only in the other.
pub(super) fn texts(gone: &[&Term], added: &[&Term]) -> Vec<(usize, usize)> {
    let language = |term: &Term| if let Term::Literal(l) = term { l.language().map(str::to_owned) } else { None };
    let likeness = |a: &&Term, b: &&Term| match (language(a), language(b)) {
        (Some(one), Some(other)) if one == other => share(&words(a), &words(b)),
        _ => 0.0,
    };
    best(gone, added, likeness)
}

/// Pairs of places, the most alike first, each place once.
fn best<T>(old: &[T], new: &[T], likeness: impl Fn(&T, &T) -> f64) -> Vec<(usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (a, one) in old.iter().enumerate() {
        all.extend(new.iter().enumerate().map(|(b, other)| (likeness(one, other), a, b)).filter(|(alike, ..)| *alike >= ALIKE));
    }
    all.sort_by(|(x, a, b), (y, c, d)| y.total_cmp(x).then_with(|| (a.abs_diff(*b), a).cmp(&(c.abs_diff(*d), c))));
    let (mut taken_old, mut taken_new) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, a, b) in all {
        if !taken_old.contains(&a) && !taken_new.contains(&b) {
            taken_old.insert(a);
            taken_new.insert(b);
            pairs.push((a, b));
        }
    }
    pairs
}

/// How many of the words of two texts they have in common, from 0 to 1.
fn share(one: &str, other: &str) -> f64 {
    let (one, other): (BTreeSet<String>, BTreeSet<String>) =
        (folded_words(one).into_iter().collect(), folded_words(other).into_iter().collect());
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let all = one.union(&other).count();
    if all == 0 { 0.0 } else { count(one.intersection(&other).count()) / count(all) }
}

/// A text without numbers in brackets, which are citations as a rule.
pub(super) fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        out.push_str(before);
        let inside = after.split_once(')').filter(|(inside, _)| {
            inside.bytes().any(|b| b.is_ascii_digit())
                && inside.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ';' | '-' | '–' | ' '))
        });
        rest = if let Some((_, behind)) = inside {
            behind
        } else {
            out.push('(');
            after
        };
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
