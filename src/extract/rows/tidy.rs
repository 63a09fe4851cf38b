//! Names that reach too far, "Ministry of Education-funded", and those that reach farther than a title's.

use super::made::known;
use super::runs::end_of_run;
use crate::extract::reader::{Place, Reader};
use crate::extract::spots::{Spot, What, find};
use crate::extract::tokens::{Kind, Token, phrase};
use crate::knowledge::table::TableSpec;
use crate::model::vocab::class;
use oxigraph::model::NamedNode;
use std::ops::Range;

/// The words of a policy's name that ends a body's: "Department of Labor and Employment Policy".
const SHORT: usize = 3;

/// Names that reach too far: "Ministry of Education-funded", "X Unit and Y Unit".
pub(super) fn tidied(reader: &Reader<'_>, place: Place<'_>, table: Option<&TableSpec>) -> Vec<Spot> {
    let tools = reader.tools;
    let toks = place.tokens;
    let rows = &tools.lexicon.rows;
    let mut out = Vec::new();
    let outer = find(place.passage.text(), toks, tools, &reader.acronyms).outer;
    for spot in &outer {
        let What::Name { known, .. } = &spot.what else { continue };
        let known = known.clone();
        // "Department of Labor and Employment Policy" is one body.
        let policies = [class::POLICY, class::LEGAL_INSTRUMENT, class::OPERATIONAL_PROTOCOL];
        let and = toks.get(spot.tokens.end).is_some_and(|t| tools.lexicon.words.and.contains(&t.folded));
        let of = toks[spot.name.clone()].iter().any(|t| tools.lexicon.words.genitive.contains(&t.folded));
        let tail = outer.iter().find(|s| {
            let new = matches!(&s.what, What::Name { known, .. } if known.is_empty());
            new && s.tokens.start == spot.tokens.end + 1 && s.name.len() <= SHORT && policies.contains(&s.kind.as_ref())
        });
        if let Some(tail) = tail.filter(|_| and && of && known.is_empty() && spot.kind.as_ref() == class::GOVERNMENT_BODY) {
            let tokens = spot.tokens.start..tail.tokens.end;
            out.push(Spot { name: tokens.clone(), tokens, ..spot.clone() });
        }
        let mut spot = spot.clone();
        let public = table.is_some_and(|t| t.rules.as_deref() == Some("bodies"))
            && spot.kind.as_ref() == class::CIVIL_SOCIETY_ORGANIZATION
            && known.is_empty()
            && toks[spot.name.clone()].iter().any(|t| rows.public.contains(&t.folded));
        if public {
            spot.kind = class::GOVERNMENT_BODY.into_owned();
            out.push(spot.clone());
        }
        for phrase in rows.leading.iter().map(|p| phrase(p)) {
            let from = spot.name.start.checked_sub(phrase.len());
            let here =
                from.filter(|f| toks[*f..spot.name.start].iter().zip(&phrase).all(|(t, w)| t.folded == *w) && toks[*f].capital);
            if let Some(mut from) = here {
                while from > 0
                    && toks[from - 1].capital
                    && toks[from].spaced
                    && !tools.lexicon.words.openers.contains(&toks[from - 1].folded)
                {
                    from -= 1;
                }
                spot.name.start = from;
                spot.tokens.start = from;
                out.push(spot.clone());
            }
        }
        let mut end = spot.name.end;
        // "Government of X Programs", "the Bureau of Labor in May 2020". What is known by its whole name is called so:
        // "use of children in illicit activities".
        let umbrella = |end: usize| end > spot.name.start + 1 && rows.umbrellas.contains(&toks[end - 1].folded);
        while known.is_empty() && spot.kind.as_ref() != class::PROGRAMME && umbrella(end) {
            end -= 1;
        }
        let month = |t: &Token| tools.lexicon.words.months.iter().flatten().any(|m| *m == t.folded);
        if let Some(at) = (spot.name.start + 2..end).find(|i| month(&toks[*i])) {
            end = at;
            while end > spot.name.start + 1 && !toks[end - 1].capital {
                end -= 1;
            }
        }
        // "the Child Protection Units in Addis Ababa": where a body is, is no part of its name; "Trafficking in Persons" is.
        let body = spot.kind.as_ref() == class::GOVERNMENT_BODY && known.is_empty();
        let leads = |i: usize| {
            rows.leading
                .iter()
                .map(|p| phrase(p))
                .any(|p| (i + 1).checked_sub(p.len()).is_some_and(|f| toks[f..=i].iter().zip(&p).all(|(t, w)| t.folded == *w)))
        };
        let head = |i: usize| rows.bodies.contains(&toks[i].folded) || rows.plural_bodies.contains(&toks[i].folded);
        if let Some(at) = (spot.name.start + 2..end).find(|i| {
            body && tools.lexicon.words.locative.contains(&toks[*i].folded) && !toks[*i].capital && head(*i - 1) && !leads(*i)
        }) {
            end = at;
        }
        while end > spot.name.start + 2 && rows.suffixes.contains(&toks[end - 1].folded) && toks[end - 2].is('-') {
            end -= 2;
        }
        let part = |tokens: Range<usize>| Spot { name: tokens.clone(), tokens, ..spot.clone() };
        let apart = known.is_empty().then(|| joined(reader, toks, spot.name.start..end, &spot.kind)).flatten();
        match apart {
            Some(parts) => {
                out.extend(parts.map(|(tokens, kind)| Spot { name: tokens.clone(), tokens, kind, ..spot.clone() }));
            }
            _ if end < spot.name.end => {
                let mut short = part(spot.name.start..end);
                if let What::Name { known, .. } = &mut short.what {
                    *known = self::known(reader, &[place.text(&short.name)], &short.kind);
                }
                out.push(short);
            }
            _ => {}
        }
    }
    out
}

/// The two bodies that a run of words of a kind names, with their classes: "Harbor Unit and Tide Unit", "Harbor Board and National
/// Council on Nets"; the second is told by the noun that ends it, or that stands before its preposition with a word of its own.
fn joined(reader: &Reader<'_>, toks: &[Token], name: Range<usize>, kind: &NamedNode) -> Option<[(Range<usize>, NamedNode); 2]> {
    let lexicon = reader.tools.lexicon;
    let rows = &lexicon.rows;
    let public = kind.as_ref() == class::GOVERNMENT_BODY;
    if !public && kind.as_ref() != class::COMMISSION || rows.owners.contains(&toks[name.start].folded) {
        return None;
    }
    let body = |i: usize| rows.bodies.contains(&toks[i].folded);
    let and = |i: &usize| lexicon.words.and.contains(&toks[*i].folded) && body(*i - 1);
    let ands = || (name.start + 1..name.end.saturating_sub(2)).filter(and);
    if let Some(and) = ands().next().filter(|_| public && body(name.end - 1)) {
        return Some([(name.start..and, kind.clone()), (and + 1..name.end, kind.clone())]);
    }
    let class = |noun: usize| {
        let head = lexicon.heads.iter().find(|h| h.body && h.words.contains(&toks[noun].folded));
        head.filter(|_| body(noun)).map(|h| h.class.0.clone())
    };
    let small = |i: &usize| !toks[*i].capital && rows.prepositions.contains(&toks[*i].folded);
    ands().filter(|and| *and > name.start + 1).find_map(|and| {
        let article = usize::from(rows.articles.contains(&toks[and + 1].folded));
        let (left, right) = (name.start..and, and + 1 + article..name.end);
        let noun = right.clone().find(small).unwrap_or(right.end) - 1;
        let (first, second) = (class(and - 1)?, class(noun).filter(|_| noun > right.start)?);
        // "Joint Police and Prosecution Committee" is one.
        let apart = first.as_ref() == class::COMMISSION || second.as_ref() != class::COMMISSION;
        let plain = !left.clone().any(|i| small(&i)) && toks[right.start].capital;
        (plain && apart).then_some([(left, first), (right, second)])
    })
}

/// A title's name that goes on by "against" or the like is another's: "Special Prosecutor's Office Against Trafficking in
/// Persons" is not the office that a title calls "Special Prosecutor's Office".
pub(super) fn longer(reader: &Reader<'_>, place: Place<'_>, spots: Vec<Spot>) -> Vec<Spot> {
    let lexicon = reader.tools.lexicon;
    let toks = place.tokens;
    let goes_on = |spot: &Spot| {
        let end = spot.tokens.end;
        let body = [class::GOVERNMENT_BODY, class::COMMISSION].contains(&spot.kind.as_ref());
        let small = toks.get(end).is_some_and(|t| lexicon.rows.extends.contains(&t.folded));
        let named = toks.get(end + 1).is_some_and(|t| t.capital && !t.upper);
        // Capitals tell a name from a sentence that goes on: "the Committee Against Trafficking".
        let capital = toks.get(end).is_some_and(|t| t.capital);
        if !(body && small && named && capital && spot.tokens.len() > 1) {
            return None;
        }
        let mark = |t: &Token| t.kind == Kind::Mark && !t.is('-');
        let limit = (end..toks.len()).find(|i| mark(&toks[*i])).unwrap_or(toks.len());
        Some(spot.tokens.start..end_of_run(toks, end, limit, lexicon, true)).filter(|r| r.end > end + 1)
    };
    let longer = |spot: Spot| match goes_on(&spot) {
        Some(tokens) => {
            let what = What::Name { known: Vec::new(), acronym: None, is_acronym: false };
            Spot { name: tokens.clone(), tokens, what, ..spot }
        }
        None => spot,
    };
    spots.into_iter().map(longer).collect()
}
