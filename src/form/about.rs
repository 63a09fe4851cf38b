//! What a laid-out report is about: the country of its running heads, or of its first paragraphs, and the year of a line.

use super::Options;
use super::vocabulary::YEARS;
use crate::knowledge::form::Form;
use crate::knowledge::words::{find, folded_words, words};
use crate::model::document::{Document, Span};
use crate::model::id::fold;
use crate::model::lang::Lang;
use crate::model::layout::{Block, Layout};
use crate::model::passage::Passage;
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// The year that a line names.
pub(super) fn year_in(line: &str) -> Option<i32> {
    folded_words(line).iter().filter_map(|word| word.parse().ok()).find(|year| YEARS.contains(year))
}

/// The language and the line that bears a phrase of the form: one of the furniture, or, on a page without any, a title.
pub(super) fn marked<'a>(document: &'a Document, layout: &'a Layout, form: &'a Form) -> Option<(&'a Lang, &'a str)> {
    let furniture = layout.furniture.iter().map(|line| line.text.as_str());
    let lines = furniture.chain(titles(document, layout)).filter_map(|line| {
        let here = words(line);
        let mark = form.folded().marks.iter().find(|(_, phrase)| find(&here, phrase).is_some());
        mark.map(|(lang, _)| (lang, line))
    });
    lines.clone().find(|(_, line)| year_in(line).is_some()).or_else(|| lines.clone().next())
}

/// The headings and short lines with which a document begins.
fn titles<'a>(document: &'a Document, layout: &'a Layout) -> impl Iterator<Item = &'a str> + Clone {
    const FIRST: usize = 12;
    const LONGEST: usize = 120;
    layout.blocks.iter().take(FIRST).filter_map(|block| match block {
        Block::Heading(heading) => Some(document.slice(heading.span)),
        Block::Paragraph(span) => Some(document.slice(*span)).filter(|text| text.len() < LONGEST),
        _ => None,
    })
}

/// The year of a report: that of the line that bears the form's phrase, or of a title, or the one of which its first paragraphs speak.
/// What it was taken from is given if it is one of those.
pub(super) fn year(document: &Document, layout: &Layout, line: &str) -> Option<(i32, Option<Span>)> {
    let text = || opening(layout).find_map(|span| Some((year_in(document.slice(span))?, Some(span))));
    let told = year_in(line).or_else(|| titles(document, layout).find_map(year_in)).map(|year| (year, None));
    told.or_else(text)
}

/// The first paragraphs.
fn opening(layout: &Layout) -> impl Iterator<Item = Span> {
    const FIRST: usize = 3;
    layout.blocks.iter().filter_map(|b| if let Block::Paragraph(span) = b { Some(*span) } else { None }).take(FIRST)
}

/// The country that most running heads name, and its name there; on a page without any, that of a title.
pub(super) fn country(document: &Document, layout: &Layout, options: Options<'_>) -> Option<(NamedNode, String)> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &layout.furniture {
        *votes.entry(line.text.trim()).or_default() += 1;
    }
    let mut named: Vec<(usize, &str, NamedNode)> =
        votes.into_iter().filter_map(|(text, n)| by_name(text, options).map(|c| (n, text, c))).collect();
    named.sort_by_key(|(n, ..)| std::cmp::Reverse(*n));
    let head = named.into_iter().next().map(|(_, text, country)| (country, text.to_owned()));
    let title = || titles(document, layout).find_map(|text| by_name(text, options).map(|country| (country, text.to_owned())));
    head.or_else(title)
}

/// The countries that a report without one in most of its running heads names in titles of its own before `end`, if there are
/// several.
pub(super) fn joint(document: &Document, layout: &Layout, end: usize, options: Options<'_>) -> Vec<String> {
    // What a table prints again on its next page is furniture, too, and may be one of the names.
    let headed: BTreeSet<u32> =
        layout.furniture.iter().filter(|line| by_name(&line.text, options).is_some()).map(|line| line.page).collect();
    let pages: BTreeSet<u32> = document.pages.iter().map(|page| page.number).collect();
    if headed.len() * 2 > pages.len() {
        return Vec::new();
    }
    let mut found: Vec<(NamedNode, &str)> = Vec::new();
    for block in layout.blocks.iter().filter(|block| block.span().start < end) {
        let (Block::Heading(_) | Block::Paragraph(_)) = block else { continue };
        for line in document.slice(block.span()).lines() {
            match by_name(line.trim(), options) {
                Some(country) if found.iter().all(|(other, _)| *other != country) => found.push((country, line.trim())),
                _ => {}
            }
        }
    }
    if found.len() < 2 { Vec::new() } else { found.into_iter().map(|(_, name)| name.to_owned()).collect() }
}

/// The country that the first paragraphs name first, where the running head is misprinted.
pub(super) fn country_in_text(document: &Document, layout: &Layout, options: Options<'_>) -> Option<(NamedNode, String)> {
    const LONGEST: usize = 7;
    opening(layout).find_map(|span| {
        let text = document.slice(span);
        let all = words(text);
        (0..all.len()).find_map(|from| {
            (1..=LONGEST.min(all.len() - from)).rev().find_map(|n| {
                let name = text.get(all[from].range.start..all[from + n - 1].range.end)?;
                let named = name.starts_with(char::is_uppercase).then(|| by_name(name, options)).flatten()?;
                Some((named, name.to_owned()))
            })
        })
    })
}

/// A country by its name as a heading writes it: `Congo, Republic of the`, `Falkland Islands (Islas Malvinas)`.
fn by_name(text: &str, options: Options<'_>) -> Option<NamedNode> {
    let find = |name: &str| (options.country_by_name)(&fold(name).split_whitespace().collect::<Vec<_>>().join(" "));
    let without = || text.split_once('(').and_then(|(name, _)| find(name.trim()));
    let turned = || text.split_once(',').and_then(|(name, before)| find(&format!("{} {}", before.trim(), name.trim())));
    find(text).or_else(without).or_else(turned)
}

/// Where the text first speaks of country and year, or else of the country, or else its first words.
pub(super) fn heading(document: &Document, layout: &Layout, country: &str, year: i32) -> Passage {
    let year = year.to_string();
    let texts = || {
        layout.blocks.iter().filter_map(|b| match b {
            Block::Paragraph(span) => Some(Passage::of(document, &[*span])),
            _ => None,
        })
    };
    let both = texts().find_map(|p| {
        let (at, on) = (p.text().find(country)?, p.text().find(&year)?);
        (at.abs_diff(on) < 200).then(|| p.part(at.min(on)..(at + country.len()).max(on + year.len())))
    });
    let one = || texts().find_map(|p| p.text().find(country).map(|at| p.part(at..at + country.len())));
    both.or_else(one).or_else(|| texts().next()).unwrap_or_default()
}
