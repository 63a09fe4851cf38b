//! Where a title that names several things is parted, and which of them is a part of which.

use super::pieces::{ands, before_preposition, first_is, has, headed, last_is, listed, outside, trimmed};
use super::title::{article, is_acronym, words_the};
use crate::knowledge::rows::RowWords;
use crate::knowledge::words::folded_words;
use std::ops::Range;

/// Whether what stands behind a comma is what the ministry before it is for: "Ministry of Labor, Civil Service and Social Dialogue".
fn is_remit(text: &str, left: &Range<usize>, right: &Range<usize>, words: &RowWords) -> bool {
    let superior = first_is(&text[left.clone()], &words.superiors, words);
    superior && !ands(text, right, words).is_empty() && !headed(&text[right.clone()], words)
}

/// The two bodies of "Brigade for the Protection of Children, and the Brigade to Fight Trafficking": an article begins the second.
fn articled(text: &str, whole: &Range<usize>, words: &RowWords) -> Option<Vec<Range<usize>>> {
    ands(text, whole, words).into_iter().find_map(|cut| {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        let the = words_the(&text[right.clone()], &words.articles)?;
        let right = right.start + the..right.end;
        let named = |r: &Range<usize>| headed(&text[r.clone()], words) && folded_words(&text[r.clone()]).len() > 1;
        (named(&left) && named(&right)).then(|| vec![left, right])
    })
}

/// The bodies of a title, each with the index of the one it is part of.
pub(super) fn parts(text: &str, whole: Range<usize>, words: &RowWords) -> Vec<(Range<usize>, Option<usize>)> {
    let whole = trimmed(text, whole);
    let body = |r: &Range<usize>| {
        let name = &text[r.clone()];
        [&words.bodies, &words.plural_bodies, &words.owners].into_iter().any(|l| has(name, l)) || is_acronym(name)
    };
    // "Border Control: Tide Agency and National Authority for Nets": the words before a colon say what the bodies do.
    if let Some(cut) = outside(text, &whole, ": ").first() {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        if !body(&left) && body(&right) {
            return parts(text, right, words);
        }
    }
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
        let last = trimmed(text, from..whole.end);
        if out.iter().all(body) && body(&last) {
            let above = out.len() - 1;
            let mut all: Vec<_> = out.into_iter().enumerate().map(|(i, r)| (r, i.checked_sub(1))).collect();
            let lasts = series(text, &last, words).or_else(|| repeated(text, &last, words)).or_else(|| both(text, &last, words));
            let lasts = lasts.unwrap_or_else(|| vec![last]);
            all.extend(lasts.into_iter().map(|r| (r, Some(above))));
            return all;
        }
    }
    // "Community Committees (CCPCs)/District Committees (DCPCs)".
    if let Some(cut) = outside(text, &whole, "/").into_iter().find(|c| text[..c.start].trim_end().ends_with(')')) {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        return [left, right].into_iter().map(|r| (r, None)).collect();
    }
    if let Some(both) = behind_brackets(text, &whole, words) {
        return both;
    }
    for word in &words.including {
        if let Some(cut) = outside(text, &whole, &format!(", {word} ")).first() {
            let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
            let right = right.start + words_the(&text[right.clone()], &words.articles).unwrap_or_default()..right.end;
            if body(&left) && body(&right) {
                let parts = series(text, &right, words).unwrap_or_else(|| vec![right]);
                return std::iter::once((left, None)).chain(parts.into_iter().map(|r| (r, Some(0)))).collect();
            }
        }
    }
    if let Some(all) =
        bracketed(text, &whole, words).or_else(|| series(text, &whole, words)).or_else(|| repeated(text, &whole, words))
    {
        return all.into_iter().map(|r| (r, None)).collect();
    }
    if !outside(text, &whole, "; ").is_empty() {
        let items = listed(text, &whole, &words.and);
        return items.into_iter().flat_map(|item| last_of_series(text, item, words)).map(|r| (r, None)).collect();
    }
    if let Some(two) = joined(text, &whole, words) {
        return two;
    }
    if let Some(all) = ministries(text, &whole, words) {
        return all.into_iter().map(|r| (r, None)).collect();
    }
    let commas = outside(text, &whole, ", ");
    for cut in commas.iter().filter(|_| commas.len() > 1) {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        if first_is(&text[right.clone()], &words.owners, words) && folded_words(&text[right.clone()]).len() > 1 {
            return if first_is(&text[left.clone()], &words.owners, words) {
                vec![(left, None), (right, Some(0))]
            } else {
                vec![(right, None), (left, Some(0))]
            };
        }
    }
    if let [cut] = commas.as_slice() {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        let goes_on = words.and.iter().any(|and| text[right.clone()].strip_prefix(and).is_some_and(|rest| rest.starts_with(' ')));
        if body(&left) && body(&right) && !goes_on && !is_remit(text, &left, &right, words) {
            let owner =
                |r: &Range<usize>| first_is(&text[r.clone()], &words.owners, words) || last_is(&text[r.clone()], &words.owners);
            let superior = |r: &Range<usize>| first_is(&text[r.clone()], &words.superiors, words);
            // "Department of Protection, Ministry of Labor": of two, the one that is named first among them is above.
            let rank = |r: &Range<usize>| {
                words.superiors.iter().position(|w| first_is(&text[r.clone()], std::slice::from_ref(w), words))
            };
            let below = rank(&left).zip(rank(&right)).is_some_and(|(l, r)| r < l);
            return match (owner(&left) && !below && (superior(&left) || !superior(&right)), owner(&right)) {
                (false, true) => vec![(right, None), (left, Some(0))],
                (true, _) => vec![(left, None), (right, Some(0))],
                (false, false) => vec![(left, None), (right, None)],
            };
        }
    }
    let parts = possessed(text, whole.clone(), words);
    match both(text, &whole, words).filter(|_| parts.len() == 1) {
        Some(two) => two.into_iter().map(|r| (r, None)).collect(),
        None => parts,
    }
}

/// The two bodies of "X Police and Ministry of Y", of "Children's Boards and Labour Courts", or of "X (ACR) and Y Unit".
fn joined(text: &str, whole: &Range<usize>, words: &RowWords) -> Option<Vec<(Range<usize>, Option<usize>)>> {
    let body = |r: &Range<usize>| has(&text[r.clone()], &words.bodies) || has(&text[r.clone()], &words.owners);
    for cut in ands(text, whole, words) {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        let [l, r] = [&text[left.clone()], &text[right.clone()]];
        let owners = first_is(r, &words.owners, words) && folded_words(r).len() > 1 && body(&left);
        let plural = last_is(l, &words.plural_bodies) && last_is(r, &words.plural_bodies) && !first_is(l, &words.owners, words);
        let possessed = words.owner_signs().any(|sign| l.contains(&format!("{sign} ")));
        if (owners || plural) && !possessed {
            // "Ministry of X, Directorate of Y and Directorate of Z": both are parts of the first.
            let inner = if first_is(r, &words.superiors, words) { Vec::new() } else { parts(text, left.clone(), words) };
            return Some(match inner.as_slice() {
                [(_, None), (_, Some(0))] => inner.into_iter().chain([(right, Some(0))]).collect(),
                _ => vec![(left, None), (right, None)],
            });
        }
    }
    for cut in ands(text, whole, words) {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        if text[left.clone()].ends_with(')') && last_is(&text[right.clone()], &words.bodies) && body(&left) {
            return Some(vec![(left, None), (right, None)]);
        }
    }
    None
}

/// The two of "Ministry of Social Affairs (MASEF) Office of Childhood", and of "Harbor Protection Authority (HPA) Net Unit", where the
/// noun of a body ends both.
fn behind_brackets(text: &str, whole: &Range<usize>, words: &RowWords) -> Option<Vec<(Range<usize>, Option<usize>)>> {
    outside(text, whole, " ").into_iter().filter(|c| text[..c.start].ends_with(')')).find_map(|cut| {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        let name = &text[right.clone()];
        let part = first_is(name, &words.bodies, words) || last_is(name, &words.bodies);
        let above = &text[left.clone()];
        let body = last_is(above, &words.bodies) && last_is(name, &words.bodies) && above.contains('(');
        let owned = (first_is(above, &words.superiors, words) || body) && part && folded_words(name).len() > 1;
        (owned && name.starts_with(char::is_uppercase)).then(|| vec![(left, None), (right, Some(0))])
    })
}

/// The two of "Working Group on Nets, and Harbor Committee", an item of a list that semicolons part.
fn last_of_series(text: &str, item: Range<usize>, words: &RowWords) -> Vec<Range<usize>> {
    let two = match outside(text, &item, ", ").as_slice() {
        [comma] => listed(text, &(comma.start..item.end), &words.and).pop().filter(|last| last.start > comma.end),
        _ => None,
    };
    let body = |r: &Range<usize>| last_is(&text[r.clone()], &words.bodies) && folded_words(&text[r.clone()]).len() > 1;
    match two.filter(|last| body(last) && !first_is(&text[item.clone()], &words.owners, words)) {
        Some(last) => {
            let before = text[item.start..last.start].find(',').map_or(last.start, |at| item.start + at);
            vec![trimmed(text, item.start..before), last]
        }
        None => vec![item],
    }
}

/// The bodies of "Tide Police (TP), Office of Nets (ON) and the Harbor Agency (HA)", each with its acronym behind it.
fn bracketed(text: &str, whole: &Range<usize>, words: &RowWords) -> Option<Vec<Range<usize>>> {
    let mut cuts: Vec<Range<usize>> = outside(text, whole, ", ").into_iter().chain(ands(text, whole, words)).collect();
    cuts.retain(|cut| text[..cut.start].trim_end().ends_with([')', ',']));
    cuts.sort_by_key(|cut| cut.start);
    let mut items = Vec::new();
    let mut from = whole.start;
    for end in cuts.iter().map(|cut| cut.start).chain([whole.end]) {
        let item = trimmed(text, from..end);
        from = cuts.iter().find(|cut| cut.start == end).map_or(end, |cut| cut.end);
        let the = words_the(&text[item.clone()], &words.articles).unwrap_or_default();
        items.extend((!item.is_empty()).then_some(item.start + the..item.end));
    }
    let acronym =
        |name: &str| name.strip_suffix(')').and_then(|n| n.rsplit_once('(')).is_some_and(|(_, inner)| is_acronym(inner));
    let body = |r: &Range<usize>| {
        let name = &text[r.clone()];
        acronym(name) && headed(name, words) && name.starts_with(char::is_uppercase)
    };
    (items.len() > 1 && items.iter().all(body)).then_some(items)
}

/// The bodies of a series of three or more, "A Department, B Department, and Department of C": each of them begins or ends in
/// the noun of a body.
fn series(text: &str, whole: &Range<usize>, words: &RowWords) -> Option<Vec<Range<usize>>> {
    const FEWEST: usize = 3;
    let items = listed(text, whole, &words.and);
    let body = |r: &Range<usize>| {
        let name = &text[r.clone()];
        let noun = [&words.bodies, &words.plural_bodies, &words.owners]
            .into_iter()
            .any(|l| first_is(name, l, words) || last_is(name, l));
        noun && name.starts_with(char::is_uppercase) && folded_words(name).len() > 1
    };
    (items.len() >= FEWEST && items.iter().all(body)).then_some(items)
}

/// The items of "Ministry of A, Ministry of B, Parliament, and the C Fund": of a series that two of the highest bodies begin, none
/// is a part of another.
fn ministries(text: &str, whole: &Range<usize>, words: &RowWords) -> Option<Vec<Range<usize>>> {
    let highest = words.superiors.first()?;
    let items = listed(text, whole, &words.and);
    let begins = |r: &Range<usize>| {
        let words = folded_words(&text[r.clone()]);
        words.first() == Some(highest) && words.len() > 1
    };
    let last = outside(text, whole, ", ").into_iter().next_back()?;
    let closes =
        words.and.iter().any(|and| text[last.end..whole.end].strip_prefix(and).is_some_and(|rest| rest.starts_with(' ')));
    if !closes || items.len() < 3 || !items.iter().take(2).all(begins) {
        return None;
    }
    let whole_name = |r: Range<usize>| r.start + words_the(&text[r.clone()], &words.articles).unwrap_or_default()..r.end;
    let items: Vec<Range<usize>> = items.into_iter().map(whole_name).collect();
    items.iter().all(|r| text[r.clone()].starts_with(char::is_uppercase)).then_some(items)
}

/// "Bureaus of A and B and Bureaus of C": two bodies whose names begin with the same noun.
fn repeated(text: &str, whole: &Range<usize>, words: &RowWords) -> Option<Vec<Range<usize>>> {
    let nouns = [&words.bodies, &words.plural_bodies, &words.owners];
    ands(text, whole, words).into_iter().find_map(|cut| {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        let [l, r] = [&text[left.clone()], &text[right.clone()]].map(folded_words);
        let same = l.len() > 1 && r.len() > 1 && l.first() == r.first();
        (same && nouns.iter().any(|n| n.contains(&l[0])) && !text[left.clone()].contains(',')).then(|| vec![left, right])
    })
}

/// "Public Order Police and National Guard": two bodies, each of which ends in its noun.
fn both(text: &str, whole: &Range<usize>, words: &RowWords) -> Option<Vec<Range<usize>>> {
    ands(text, whole, words).into_iter().find_map(|cut| {
        let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
        let body = |r: &Range<usize>| {
            let name = &text[r.clone()];
            let noun = last_is(name, &words.bodies) || last_is(name, &words.plural_bodies);
            noun && folded_words(name).len() > 1 && name.starts_with(char::is_uppercase)
        };
        let [l, r] = [&text[left.clone()], &text[right.clone()]];
        // "Trafficking Units (AHTUs) and Trafficking Cells (AHTCs)".
        let bracketed = l.ends_with(')') && r.ends_with(')') && r.starts_with(char::is_uppercase);
        let plain = !has(l, &words.prepositions) && is_headed_inside(r, words);
        (bracketed || body(&left) && (body(&right) || plain) && !l.contains(',')).then(|| vec![left, right])
    })
}

/// Whether a body's noun, with a word of its own before it, stands before the first preposition of a name: "National Authority for Nets".
fn is_headed_inside(name: &str, words: &RowWords) -> bool {
    let all = folded_words(name.split('(').next().unwrap_or(name));
    let noun = before_preposition(&all, words).filter(|noun| *noun > 0);
    noun.is_some_and(|noun| words.bodies.contains(&all[noun])) && name.starts_with(char::is_uppercase)
}

/// Two bodies of which the first is told by a noun before what it is for, and the second by its last word: "Office for Special
/// Cases and Anti-Trafficking Bureau".
fn two(text: &str, whole: &Range<usize>, words: &RowWords) -> Option<Vec<Range<usize>>> {
    let cut = ands(text, whole, words).into_iter().max_by_key(|cut| cut.start)?;
    let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
    let first = folded_words(&text[left.clone()]);
    let noun = before_preposition(&first, words).map(|at| &first[at]);
    let second = &text[right.clone()];
    let ends = last_is(second, &words.bodies) && folded_words(second).len() > 1 && second.starts_with(char::is_uppercase);
    (ends && noun.is_some_and(|n| words.bodies.contains(n))).then(|| vec![left, right])
}

/// Whether what stands behind "'s" has the noun of a body, an office or a thing, and so names something: "Ministry of Women's
/// Affairs" and "Committee on Children's Issues" are one name each.
fn names_part(name: &str, words: &RowWords) -> bool {
    let nouns =
        [&words.bodies, &words.plural_bodies, &words.owners, &words.holders, &words.persons, &words.things, &words.umbrellas];
    let acronym = name.split(['(', ' ']).next().is_some_and(is_acronym);
    acronym || nouns.into_iter().any(|l| has(name, l))
}

/// "X's Y", "Y of the Ministry of X": two names, the second a part of the first.
fn possessed(text: &str, whole: Range<usize>, words: &RowWords) -> Vec<(Range<usize>, Option<usize>)> {
    let alone = vec![(whole.clone(), None)];
    // Behind a plural the apostrophe alone: "Workers' Council".
    let plural = words.owner_endings.iter().flat_map(|ending| ["'", "’"].map(|mark| (ending.len(), format!("{ending}{mark} "))));
    let singular = words.owner_signs().map(|sign| (0, format!("{sign} ")));
    let signs =
        singular.chain(plural).flat_map(|(kept, sign)| outside(text, &whole, &sign).into_iter().map(move |cut| (kept, cut)));
    let mut cuts: Vec<(usize, Range<usize>)> = signs.collect();
    // The first owner of all, with whichever apostrophe: "Ministry of Tides’ Women and Children's Units".
    cuts.sort_by_key(|(_, cut)| cut.start);
    for (kept, cut) in cuts {
        let mut left = trimmed(text, whole.start..cut.start + kept);
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
        // "Prosecutor's Office", "Attorney General's Office": an office-holder's, not a body's.
        // "Regional Government's Ministry of Labor" tells it from the country's own.
        let its = &text[right.clone()];
        let held = last_is(owner, &words.holders) && first_is(its, &words.offices, words) || last_is(owner, &words.governments);
        // "Office of the Children's Advocate", "Office of the Children's Registry": whom a body is for owns nothing.
        let part = last_is(its, &words.bodies) && folded_words(its.split('(').next().unwrap_or(its)).len() > 1;
        let held = held || last_is(owner, &words.served) && !part;
        if !right.is_empty()
            && !held
            && names_part(its, words)
            && (acronym || first_is(owner, &words.owners, words) || last_is(owner, &words.owners))
        {
            let parts = both(text, &right, words).or_else(|| articled(text, &right, words)).unwrap_or_else(|| vec![right]);
            return std::iter::once((left, None)).chain(parts.into_iter().map(|r| (r, Some(0)))).collect();
        }
    }
    for of in &words.part_of {
        for cut in outside(text, &whole, &format!(" {of} ")) {
            let (left, right) = (trimmed(text, whole.start..cut.start), trimmed(text, cut.end..whole.end));
            let right = right.start + article(&text[right.clone()], &words.articles).unwrap_or_default()..right.end;
            let r = text[right.clone()].to_owned();
            let superior = first_is(&r, &words.superiors, words) && folded_words(&r).len() > 1;
            // "Criminal Police Department within MOIA".
            let acronym = !r.contains(' ') && is_acronym(&r);
            let within = words.within.contains(of) && (acronym || folded_words(&r).len() > 1 && has(&r, &words.bodies));
            if (superior || within) && has(&text[left.clone()], &words.bodies) {
                // "Prosecution Office for X and Anti-Trafficking Bureau within the Y".
                let parts = both(text, &left, words).or_else(|| two(text, &left, words)).unwrap_or_else(|| vec![left]);
                return std::iter::once((right, None)).chain(parts.into_iter().map(|r| (r, Some(0)))).collect();
            }
        }
    }
    alone
}
