//! What single words tell: the class of a name, the country that gives, what a phrase refers to.

use super::{Spot, What, spot};
use crate::extract::chunk::Chunk;
use crate::extract::tokens::{Token, same_word};
use crate::extract::vocabulary::Senses;
use crate::extract::{Tools, kinds};
use crate::knowledge::head::Told;
use crate::model::id::resource;
use oxigraph::model::NamedNode;
use std::ops::Range;

/// The class of what a name names: what its words tell, where its head could name something else too, "Association of Coastal
/// Employers"; else what its head tells.
pub(super) fn told(toks: &[Token], name: &Range<usize>, chunk: &Chunk, tools: &Tools<'_>) -> NamedNode {
    let words: Vec<&str> = toks[chunk.head_tokens.clone()].iter().map(|t| t.folded.as_str()).collect();
    let head = words.join(" ");
    let article = |t: &&Token| !t.capital && t.can_be(Senses::DETERMINER);
    let before = || toks[..name.start].iter().rev().find(|t| !article(t));
    let tells = |told: &&Told| {
        let inside = || toks[name.clone()].iter().any(|t| told.by.contains(&t.folded));
        told.heads.contains(&head) && (inside() || before().is_some_and(|t| told.before.contains(&t.folded)))
    };
    let told = tools.lexicon.told.iter().find(tells).map(|told| &told.class);
    told.unwrap_or(&tools.lexicon.heads[chunk.head].class).0.clone()
}

/// Countries that are named by a word for what is theirs, where they give: "Swiss-funded", "la cooperación española".
pub(super) fn givers(toks: &[Token], tools: &Tools<'_>) -> Vec<Spot> {
    let words = &tools.lexicon.words;
    let giver = |at: usize| toks.get(at).is_some_and(|t| words.givers.contains(&t.folded));
    let tied = |at: usize| {
        let hyphen = toks.get(at).is_some_and(|t| t.is('-') && !t.spaced);
        hyphen && toks.get(at + 1).is_some_and(|t| words.tied.contains(&t.folded))
    };
    let mut out = Vec::new();
    for (at, token) in toks.iter().enumerate().filter(|(_, t)| t.can_be(Senses::DEMONYM)) {
        let Some(code) = words.demonyms.get(&token.folded) else { continue };
        let tokens = match at.checked_sub(1).filter(|before| giver(*before)) {
            Some(before) => before..at + 1,
            // "the Australian Government" is the name of a body.
            None if giver(at + 1) && !(toks[at + 1].capital && toks[at + 1].can_be(Senses::HEAD)) => at..at + 2,
            None if tied(at + 1) => at..at + 1,
            None => continue,
        };
        let known = vec![resource("country", code)];
        out.push(spot(tokens, kinds::country(), What::Name { known, acronym: None, is_acronym: false }));
    }
    out
}

/// Phrases that refer back, and those that stand for the report's own country.
pub(super) fn phrases(toks: &[Token], tools: &Tools<'_>) -> Vec<Spot> {
    let mut out = Vec::new();
    for (at, first) in toks.iter().enumerate().filter(|(_, t)| t.can_be(Senses::PHRASE)) {
        for number in tools.rules.phrases_from(&first.folded) {
            let Some((phrase, class)) = tools.rules.phrases.get(*number) else { continue };
            let here = toks.get(at..at + phrase.len());
            if here.is_some_and(|here| here.iter().zip(phrase).all(|(t, w)| same_word(t, w))) {
                let (kind, what) =
                    class.clone().map_or_else(|| (kinds::country(), What::OwnCountry), |kind| (kind, What::Anaphor));
                out.push((*number, spot(at..at + phrase.len(), kind, what)));
            }
        }
    }
    // "del proyecto": the article that a contraction ends in begins the phrase.
    let contractions = &tools.lexicon.words.contractions;
    for (at, token) in toks.iter().enumerate().filter(|(_, t)| t.can_be(Senses::CONTRACTION)) {
        let Some((_, article)) = contractions.get(&token.folded).and_then(|open| open.rsplit_once(' ')) else { continue };
        for number in tools.rules.phrases_from(article) {
            let Some((phrase, Some(kind))) = tools.rules.phrases.get(*number) else { continue };
            let here = toks.get(at + 1..at + phrase.len()).filter(|here| !here.is_empty());
            if here.is_some_and(|here| here.iter().zip(&phrase[1..]).all(|(t, w)| same_word(t, w))) {
                out.push((*number, spot(at + 1..at + phrase.len(), kind.clone(), What::Anaphor)));
            }
        }
    }
    // In the order of the phrases, by which those that are as long are told apart.
    out.sort_by_key(|(number, _)| *number);
    out.into_iter().map(|(_, spot)| spot).collect()
}
