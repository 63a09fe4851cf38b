//! Acronyms: where a text explains them, and where it uses them.

use super::initials::{abbreviates, begins, spelt};
use super::others::qualified;
use super::{Spot, What, first, settled};
use crate::extract::tokens::{Kind, Token, apostrophe};
use crate::extract::vocabulary::Senses;
use crate::extract::{Tools, kinds};
use crate::model::claim::MentionId;
use crate::model::id::fold;
use crate::model::vocab::class;
use oxigraph::model::NamedNode;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

/// An acronym has no more tokens than this: `J/TIP`, `CNLTP-PP`.
const MOST: usize = 5;

/// The acronyms that a report explains, by their letters.
#[derive(Default)]
pub(in crate::extract) struct Acronyms {
    /// Explained so far: what each stands for.
    pub learnt: FxHashMap<String, (MentionId, NamedNode)>,
    /// Explained somewhere in the report: the kind of what each stands for.
    pub promised: FxHashMap<String, NamedNode>,
    /// What was found first in the passages that were looked ahead into, by their text; with the tokens that they were read
    /// as, because a table's cell is read in another way than running text.
    pub(super) ahead: FxHashMap<String, (Rc<Vec<Token>>, Vec<Spot>)>,
}

/// The places at which acronyms stand that the report explains.
pub(super) fn acronyms(text: &str, toks: &[Token], known: &Acronyms) -> Vec<Spot> {
    if known.learnt.is_empty() && known.promised.is_empty() {
        return Vec::new();
    }
    let of = |written: &str| {
        let learnt = known.learnt.get(written).map(|(id, kind)| (kind, What::Learnt(*id)));
        learnt.or_else(|| known.promised.get(written).map(|kind| (kind, What::Promised(written.to_owned()))))
    };
    // Written in one, the longest that is known: `CNLTP-PP`.
    let longest = |at: usize| {
        let run = 1 + toks[at + 1..].iter().take(MOST - 1).take_while(|t| !t.spaced).count();
        (at + 1..=at + run).rev().find_map(|end| {
            let (kind, what) = of(text.get(toks[at].start()..toks[end - 1].end())?)?;
            Some(super::spot(at..end, kind.clone(), what))
        })
    };
    (0..toks.len()).filter(|at| toks[*at].capital).filter_map(longest).collect()
}

/// The acronym in brackets that ends a stretch of tokens, and where its bracket opens.
pub(in crate::extract) fn acronym_of(text: &str, toks: &[Token], range: Range<usize>) -> Option<(usize, String)> {
    let close = range.end.checked_sub(1).filter(|i| toks[*i].is(')'))?;
    let open = (range.start..close).rev().take(MOST + 1).find(|i| toks[*i].is('('))?;
    (open > range.start).then(|| Some((open, letters(text, toks, open + 1..close)?)))?
}

/// `Full Name (ACRONYM)` and `ACRONYM (Full Name)`: the brackets belong to the name's place and teach the acronym. A quotation mark that
/// closes, or the noun that says what it is the name of, may stand before the brackets.
pub(super) fn brackets(text: &str, toks: &[Token], spots: &mut Vec<Spot>, tools: &Tools<'_>) {
    let mut swallowed: Vec<Range<usize>> = Vec::new();
    // What is known by an acronym is explained by no other thing's name: "ILO (Decent Work Country Programme)".
    let other = |spot: &Spot| matches!(&spot.what, What::Name { known, is_acronym: true, .. } if !known.is_empty());
    let known: Vec<(usize, NamedNode)> = spots.iter().filter(|s| other(s)).map(|s| (s.tokens.start, s.kind.clone())).collect();
    for spot in spots.iter_mut() {
        let Range { start, end } = spot.tokens;
        let end = end + before_brackets(toks, end, &spot.kind, tools);
        let What::Name { acronym, is_acronym, .. } = &mut spot.what else { continue };
        if *is_acronym {
            continue;
        }
        if toks.get(end).is_some_and(|t| t.is('('))
            && let Some(close) = closing(toks, end + 1)
            && let Some(written) = letters(text, toks, end + 1..close)
            && (!common(&spot.kind)
                || text.get(toks[start].start()..toks[spot.tokens.end - 1].end()).is_some_and(|name| abbreviates(&written, name)))
        {
            *acronym = Some(written);
            // The mark that opens goes with the one that closes.
            spot.tokens.start -= usize::from(closes(toks, spot.tokens.end) && start > 0 && opens(&toks[start - 1]));
            spot.tokens.end = close + 1;
            swallowed.push(end..close + 1);
        } else if let Some(word) = start.checked_sub(2)
            && toks[word + 1].is('(')
            && toks.get(spot.tokens.end).is_some_and(|t| t.is(')'))
            && (toks[word].spaced || word.checked_sub(1).is_some_and(|i| apostrophe(&toks[i])))
            && let Some(written) = letters(text, toks, word..word + 1)
            && known.iter().all(|(at, kind)| *at != word || *kind == spot.kind)
        {
            *acronym = Some(written);
            spot.tokens = word..spot.tokens.end + 1;
            swallowed.push(word..word + 1);
        }
    }
    spots.retain(|s| !swallowed.iter().any(|w| w.start <= s.tokens.start && s.tokens.end <= w.end));
}

/// So many tokens stand between a name and the brackets with its acronym: a mark that closes, a noun.
fn before_brackets(toks: &[Token], end: usize, kind: &NamedNode, tools: &Tools<'_>) -> usize {
    let mark = usize::from(closes(toks, end));
    let noun = tools.rules.chunker.announces_before(toks, end + mark).filter(|(_, class)| class == kind).map_or(0, |_| 1);
    if toks.get(end + mark + noun).is_some_and(|t| t.is('(')) { mark + noun } else { 0 }
}

/// Whether a mark that closes a quotation stands there.
fn closes(toks: &[Token], at: usize) -> bool {
    toks.get(at).is_some_and(|t| t.is('”') || t.is('»') || t.is('"'))
}

/// Whether a mark opens a quotation.
pub(super) fn opens(token: &Token) -> bool {
    token.is('“') || token.is('«') || token.is('"')
}

/// New names that begin where the letters of the acronym behind them tell: `Counter Trafficking in Persons Advisory Committee
/// (CTiPAC)`.
pub(super) fn lengthen(text: &str, toks: &[Token], spots: &mut [Spot], tools: &Tools<'_>) {
    for spot in spots {
        reach(text, toks, spot);
        let Range { start, end } = spot.name;
        let new = matches!(&spot.what, What::Name { known, is_acronym: false, .. } if known.is_empty());
        if !new || !toks.get(end).is_some_and(|t| t.is('(')) {
            continue;
        }
        let Some(written) = closing(toks, end + 1).and_then(|close| letters(text, toks, end + 1..close)) else { continue };
        let whole = text.get(toks[start].start()..toks[end].start()).is_some_and(|name| abbreviates(&written, name));
        let from = (!whole).then(|| begins(text, toks, end, &written, tools)).flatten();
        if let Some(from) = from.filter(|from| *from < start) {
            spot.name.start = from;
            spot.tokens.start = from;
        }
    }
}

/// "Commission des droits de l'homme et des libertés (CDHL)": a name goes on to the acronym that abbreviates all of it. What was
/// known by the shorter name is something else.
fn reach(text: &str, toks: &[Token], spot: &mut Spot) {
    /// So many words may stand between a name and its acronym.
    const GAP: usize = 8;
    /// Words of no more letters than this are small ones: `des`.
    const SMALL: usize = 3;
    let Range { start, end } = spot.name;
    let named = matches!(&spot.what, What::Name { is_acronym: false, .. } | What::Short);
    if !named || common(&spot.kind) || end - start < 2 {
        return;
    }
    let gap = toks[end..].iter().take(GAP + 1).take_while(|t| t.is_wordlike() || t.is('-') || apostrophe(t)).count();
    let open = end + gap;
    if gap == 0 || !toks.get(open).is_some_and(|t| t.is('(')) {
        return;
    }
    let Some(written) = closing(toks, open + 1).and_then(|close| letters(text, toks, open + 1..close)) else { return };
    let fits = |to: usize| text.get(toks[start].start()..toks[to].start()).is_some_and(|name| abbreviates(&written, name));
    let last = toks[end..open].iter().rev().find(|t| t.is_wordlike()).and_then(|t| t.folded.chars().next());
    // Of the words that are no small ones the acronym may have each first letter: it is that of all of them then.
    let initials: String =
        toks[start..open].iter().filter(|t| t.folded.len() > SMALL).filter_map(|t| t.folded.chars().next()).collect();
    let all = initials == fold(&written);
    if written.chars().count() > 2 && last == fold(&written).chars().last() && (all || !fits(end)) && fits(open) {
        spot.what = What::Name { known: Vec::new(), acronym: None, is_acronym: false };
        spot.name.end = open;
        spot.tokens.end = open;
    }
}

/// `Full Name (ACRONYM) project`: what the letters of the acronym tell to be a name, and the noun behind it what of.
pub(super) fn announced(text: &str, toks: &[Token], tools: &Tools<'_>) -> Vec<Spot> {
    let open = |at: &usize| toks[*at].is('(');
    let name = |at: usize| {
        let close = closing(toks, at + 1)?;
        let written = letters(text, toks, at + 1..close)?;
        let (head, class) = tools.rules.chunker.announces_before(toks, close + 1)?;
        let start = begins(text, toks, at, &written, tools)?;
        let what = What::Name { known: Vec::new(), acronym: Some(written), is_acronym: false };
        Some(Spot { head: Some(head), ..super::spot(start..at, class, what) })
    };
    (0..toks.len()).filter(open).filter_map(name).collect()
}

/// "project on Fair Ports (FP)", "projet de lutte contre la traite (PLT)": behind a noun that announces names, what the acronym spells; the
/// noun is a part of the name where the acronym has its letter.
pub(super) fn titled(text: &str, toks: &[Token], tools: &Tools<'_>) -> Vec<Spot> {
    /// A name is not longer than this, in tokens.
    const LONGEST: usize = 20;
    let name = |open: usize| {
        let close = closing(toks, open + 1)?;
        let written = letters(text, toks, open + 1..close)?;
        let inner = |t: &&Token| t.is_wordlike() || t.is('-') || apostrophe(t);
        let run = toks[..open].iter().rev().take(LONGEST).take_while(inner).count();
        let (noun, head, class) = (open - run..open).rev().find_map(|at| {
            let (head, class) = tools.rules.chunker.announces_behind(toks, at)?;
            (class.as_ref() == class::PROGRAMME && qualified(toks, at + 1, tools).is_some()).then_some((at, head, class))
        })?;
        let capital = (noun + 1..open).find(|at| toks[*at].capital);
        let capitalised =
            |from: &usize| toks[*from..open].iter().all(|t| t.capital || t.kind == Kind::Mark || t.can_be(Senses::CONNECTOR));
        let small = |t: &Token| !t.capital && t.can_be(Senses::CONNECTOR);
        let fits = |from: usize| {
            let words = toks[from..open].iter().filter(|t| t.kind == Kind::Word && !small(t));
            spelt(&written, &words.map(|t| t.folded.as_str()).collect::<Vec<_>>())
        };
        let start = Some(noun).filter(|at| fits(*at)).or_else(|| capital.filter(capitalised).filter(|at| fits(*at)))?;
        let what = What::Name { known: Vec::new(), acronym: Some(written), is_acronym: false };
        Some(Spot { head: Some(head), ..super::spot(start..open, class, what) })
    };
    toks.iter().enumerate().filter(|(at, t)| *at > 1 && t.is('(')).filter_map(|(at, _)| name(at)).collect()
}

/// Whether a kind is one of countries or concepts, whose names often end a longer one: "Federation of Free Workers (FFW)".
fn common(kind: &NamedNode) -> bool {
    kinds::is_scheme(kind) || *kind == kinds::country() || *kind == kinds::place()
}

/// The bracket that closes a short run of tokens written without spaces.
fn closing(toks: &[Token], from: usize) -> Option<usize> {
    let close = (from..=(from + MOST)).find(|i| toks.get(*i).is_some_and(|t| t.is(')')))?;
    (close > from && toks[from..close].iter().all(|t| !t.spaced)).then_some(close)
}

/// An acronym has no more characters than this.
const LONGEST_ACRONYM: usize = 14;

/// Tokens that are an acronym: capitals, perhaps with digits and marks, and fewer small letters than capitals: `CTiPAC`, `TUC-Ke`.
fn letters(text: &str, toks: &[Token], range: Range<usize>) -> Option<String> {
    let first = toks.get(range.start).filter(|t| t.capital)?;
    let written = text.get(first.start()..toks.get(range.end.checked_sub(1)?)?.end())?;
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    let small = written.chars().filter(|c| c.is_lowercase()).count();
    let fits = capitals >= 2 && small < capitals && written.chars().count() <= LONGEST_ACRONYM;
    fits.then(|| written.to_owned())
}

/// Whether a passage may explain an acronym at all: one stands in brackets, before brackets, or behind a dash.
fn may_explain(text: &str, toks: &[Token]) -> bool {
    let bracketed = |at: usize| {
        let inside = closing(toks, at + 1).and_then(|close| letters(text, toks, at + 1..close));
        inside.is_some() || at.checked_sub(1).is_some_and(|before| letters(text, toks, before..at).is_some())
    };
    let behind = |at: usize| toks.get(at + 1).is_some_and(|t| t.upper && t.spaced);
    toks.iter().enumerate().any(|(at, t)| t.is('(') && bracketed(at) || (t.is('-') || t.is('–')) && t.spaced && behind(at))
}

impl Acronyms {
    /// Forgets what was found first in a passage that has been read.
    pub(in crate::extract) fn forget(&mut self, text: &str) {
        self.ahead.remove(text);
    }

    /// Looks ahead into a passage for the acronyms that it explains; gives its tokens, if they had to be known for that.
    pub(in crate::extract) fn look_ahead(&mut self, text: &str, tools: &Tools<'_>) -> Option<Rc<Vec<Token>>> {
        if !text.contains(['(', '-', '–']) {
            return None;
        }
        let toks = Rc::new(tools.tokens(text));
        if !may_explain(text, &toks) {
            return Some(toks);
        }
        let found = first(text, &toks, tools);
        // Nothing is explained yet where the reading begins.
        let spots = settled(text, &toks, tools, &Self::default(), &found);
        self.ahead.insert(text.to_owned(), (Rc::clone(&toks), found));
        for spot in spots.outer.into_iter().chain(spots.inner) {
            if let What::Name { acronym: Some(acronym), .. } = spot.what {
                self.promised.entry(acronym).or_insert(spot.kind);
            }
        }
        Some(toks)
    }
}
