//! What the title of a row and its opening say of all the things that its text introduces: who funds or runs them.

use super::RowOf;
use super::cell::cell_tokens;
use super::concepts::Concepts;
use super::purpose;
use super::title::without_remark;
use super::umbrella::{Item, Piece};
use crate::extract::prose::{Frame, Prose};
use crate::extract::reader::{Place, Reader};
use crate::extract::tokens::Sentence;
use crate::model::claim::{MentionId, Object};
use crate::model::vocab::{class, flg};

/// What the title and the opening sentence say of all items: who funds or runs them, and what they address.
pub(super) fn common(
    reader: &mut Reader<'_>,
    row: &RowOf<'_>,
    prose: &Prose<'_>,
    pieces: &[Piece],
    items: &[Item],
    concepts: &Concepts,
) {
    if !row.title.umbrella || items.is_empty() {
        return;
    }
    let ids: Vec<MentionId> = items.iter().filter(|i| !i.hedged).map(|i| i.id).collect();
    let question = &reader.report.answers[row.at].question;
    if let (Some(owner), Some(evidence)) = (row.title.owner, reader.evidence(Some(row.at), question, 0..question.text().len())) {
        for id in &ids {
            reader.say(*id, &flg::IMPLEMENTED_BY.into_owned(), Object::Mention(owner), evidence.clone(), "umbrella-title", 0.9);
        }
    }
    if row.title.owner.is_none() {
        titled(reader, row, &ids);
    }
    // The opening: all before the first item.
    let opening: Vec<usize> = (0..pieces.len()).take_while(|p| pieces[*p].item.is_none()).filter(|p| pieces[*p].read).collect();
    for at in opening {
        backers(reader, prose, at, &ids);
        concepts.say_of(reader, row, prose, at, &ids);
        purpose::purpose_of(reader, row, prose, at, &ids);
    }
}

/// Says who funds what a title names, where that is one thing: "USDOL-Funded Project (SAFE)".
pub(super) fn title(reader: &mut Reader<'_>, row: &RowOf<'_>) {
    let Some(table) = row.table.class.as_ref().filter(|_| row.table.umbrellas && !row.title.umbrella) else { return };
    let ids: Vec<MentionId> = row.title.topics.iter().copied().filter(|id| reader.class_of(*id) == table.0.as_ref()).collect();
    let words = crate::knowledge::words::folded_words(reader.report.answers[row.at].question.text());
    let rows = &reader.tools.lexicon.rows;
    if !ids.is_empty() && words.windows(2).any(|w| rows.suffixes.contains(&w[0]) && rows.umbrellas.contains(&w[1])) {
        titled(reader, row, &ids);
    }
}

/// Says of some things what the words of a row's title say who funds or runs them.
fn titled(reader: &mut Reader<'_>, row: &RowOf<'_>, ids: &[MentionId]) {
    let question = &reader.report.answers[row.at].question;
    let toks = cell_tokens(without_remark(question.text()), reader.tools.vocabulary());
    let place = Place { answer: Some(row.at), passage: question, tokens: &toks };
    let whole = vec![Sentence { tokens: 0..toks.len(), item: 0 }];
    let spots = super::tidy::tidied(reader, place, None);
    let frame = Frame { sentences: whole, readings: Vec::new(), spots, read: vec![true], rows: true, asked: None };
    let title = Prose::framed(reader, place, &[], frame);
    for at in 0..title.sentences.len() {
        backers(reader, &title, at, ids);
    }
}

/// "X-funded projects", "X programs".
fn backers(reader: &mut Reader<'_>, prose: &Prose<'_>, at: usize, ids: &[MentionId]) {
    let tools = reader.tools;
    let sentence = prose.seats(at, tools.rules);
    for (patterns, property) in [(&tools.rules.rows.funded, flg::FUNDED_BY), (&tools.rules.rows.run, flg::IMPLEMENTED_BY)] {
        for found in patterns.iter().filter_map(|pattern| pattern.find(&sentence, 0)) {
            let Some(slot) = found.slot("o") else { continue };
            for spot in prose.masked[at].0.slots(&slot) {
                let (Some(backer), Some(range)) = (prose.ids[spot], prose.bytes(at, &found.whole)) else { continue };
                let Some(evidence) = reader.evidence(prose.place.answer, prose.place.passage, range) else { continue };
                // "United States Government Programs" tells who pays for them.
                let abroad = reader.class_of(backer) == class::GOVERNMENT_BODY && reader.is_abroad(backer);
                let property = if abroad { flg::FUNDED_BY } else { property };
                for id in ids {
                    reader.say(*id, &property.into_owned(), Object::Mention(backer), evidence.clone(), "umbrella-title", 0.9);
                }
            }
        }
    }
}
