//! Rows of tables: a title that names bodies, policies or programmes, and a text that speaks of them.
//!
//! The titles are read first. In a text each sentence has its topic: whom its first words name, or else whom the sentence
//! before was about, or else the row. A sentence that tells what was done in the period of the report is not read: it is
//! later than the thing, and names others.

mod backers;
mod cell;
mod concepts;
mod label;
mod laws;
mod made;
mod marked;
mod passing;
mod pieces;
mod places;
mod purpose;
mod ratify;
mod runs;
mod sentences;
mod shared;
mod split;
mod subjects;
mod things;
mod tidy;
mod title;
mod titles;
mod umbrella;
mod units;

pub(super) use titles::Titles;

use super::prose::{Frame, Prose};
use super::reader::{Place, Reader};
use super::relations;
use super::spots::{Spot, What};
use crate::knowledge::form::Form;
use crate::knowledge::table::{Reading, TableSpec};
use crate::knowledge::words::folded_words;
use crate::model::claim::{Claim, Identity, MentionId, Object};
use crate::model::vocab::{class, flg, org};
use cell::{cell_tokens, tokens_of};
use concepts::Concepts;
use oxigraph::model::NamedNode;
use sentences::Topics;
use titles::RowTitle;

/// A row under reading.
pub(in crate::extract) struct RowOf<'a> {
    pub at: usize,
    pub table: &'a TableSpec,
    pub form: &'a Form,
    pub(in crate::extract::rows) title: RowTitle,
}

/// Reads a row as its table says.
pub(super) fn read(reader: &mut Reader<'_>, form: &Form, table: &TableSpec, at: usize, titles: &mut Titles) {
    match table.reading {
        Reading::Record => {}
        Reading::Ratifications => ratify::read(reader, table, at),
        Reading::Laws => laws::read(reader, at),
        Reading::Entities => {
            let row = RowOf { at, table, form, title: titles.of(at) };
            let items = text(reader, &row, titles);
            backers::title(reader, &row);
            let bearers: Vec<MentionId> = if row.title.umbrella { items } else { row.title.topics.clone() };
            named_concepts(reader, &row);
            marked::read(reader, &row, &bearers);
            every(reader, &row, &bearers);
            own_country(reader, &row, &bearers);
        }
    }
}

/// Looks ahead for what a row's text introduces, so that the rows before it know it; whether there is anything.
fn items(reader: &mut Reader<'_>, form: &Form, table: &TableSpec, at: usize, titles: &mut Titles) -> bool {
    let row = RowOf { at, table, form, title: titles.of(at) };
    let passage = &reader.report.answers[at].text;
    let toks = tokens_of(reader, at);
    let place = Place { answer: Some(at), passage, tokens: &toks };
    let (whole, results) = sentences::sentences(reader, place, true);
    !umbrella::pieces(reader, &row, place, &whole, &results, titles).1.is_empty()
}

/// Reads a row's text; returns what it introduces, where the title stands for that.
fn text(reader: &mut Reader<'_>, row: &RowOf<'_>, titles: &mut Titles) -> Vec<MentionId> {
    let answer = &reader.report.answers[row.at];
    // The words in an address are nobody's sentence, nor are they where a blank breaks it.
    let is_address = ["http://", "https://"].iter().any(|scheme| answer.text.text().starts_with(scheme));
    if answer.text.is_empty() || is_address {
        return Vec::new();
    }
    let passage = &answer.text;
    let toks = tokens_of(reader, row.at);
    let place = Place { answer: Some(row.at), passage, tokens: &toks };
    let (whole, results) = sentences::sentences(reader, place, row.table.umbrellas);
    let (pieces, items) = if row.table.umbrellas {
        umbrella::pieces(reader, row, place, &whole, &results, titles)
    } else {
        (
            whole.iter().cloned().zip(&results).map(|(s, r)| umbrella::Piece { sentence: s, item: None, read: !r }).collect(),
            Vec::new(),
        )
    };
    let mut spots: Vec<Spot> = Vec::new();
    let mut add = |found: Vec<Spot>| {
        for spot in found {
            if spots.iter().all(|s| s.tokens.end <= spot.tokens.start || spot.tokens.end <= s.tokens.start) {
                spots.push(spot);
            }
        }
        spots.clone()
    };
    add(places::numbered(reader, place));
    add(items.iter().map(|i| i.spot.clone()).collect());
    let read = |at: usize| pieces.iter().any(|p| p.read && p.sentence.tokens.contains(&at));
    let bodies = row.table.rules.as_deref() == Some("bodies");
    if bodies {
        add(passing::find_all(reader, place, row.at, titles, read));
    }
    add(places::owned(reader, place, titles));
    add(tidy::longer(reader, place, titles.spots(passage.text(), &toks)));
    add(shared::lists(reader, place, titles));
    let taken = add(shared::officers(reader, place, titles));
    if bodies {
        add(units::behind_through(reader, place, read));
    }
    add(places::behind_cues(reader, place, row.table, &taken, read));
    add(tidy::tidied(reader, place, Some(row.table)));
    add(places::alone(reader, place));
    add(places::plain_bodies(reader, place, &whole));
    let sentences = pieces.iter().map(|p| p.sentence.clone()).collect();
    let read = pieces.iter().map(|p| p.read).collect();
    let frame = Frame { sentences, readings: Vec::new(), spots, read, rows: true, asked: None };
    let mut prose = Prose::framed(reader, place, &answer.links, frame);
    let concepts = Concepts::find(reader, place, row.form);
    let topics = Topics::of(reader, row, &prose, &pieces, &items);
    prose.topics.clone_from(&topics.all);
    backers::common(reader, row, &prose, &pieces, &items, &concepts);
    periods(reader, place, &prose, titles);
    for at in (0..pieces.len()).filter(|at| pieces[*at].read) {
        let seen = reader.tools.rules.cues.seen(prose.seats(at, reader.tools.rules));
        relations::read(reader, &prose, at, &seen, row.table.rules.as_ref());
        purpose::purpose(reader, row, &prose, at);
        concepts.say(reader, row, &prose, at);
    }
    members_are_no_parts(reader, row);
    nationals_are_no_parts(reader, row);
    items.into_iter().filter(|i| !i.hedged).map(|i| i.id).collect()
}

/// The years in brackets behind the name of a policy or programme that only a row's text names, "the Human Rights Action Plan
/// (2018–2022)", or that a title names without its years.
fn periods(reader: &mut Reader<'_>, place: Place<'_>, prose: &Prose<'_>, titles: &Titles) {
    const LONGEST: usize = 8;
    let toks = place.tokens;
    let (Some(at), dated) = (place.answer, [class::POLICY, class::OPERATIONAL_PROTOCOL, class::PROGRAMME]) else { return };
    for (spot, id) in prose.spots.iter().zip(&prose.ids) {
        let new = matches!(&spot.what, What::Name { known, .. } if known.is_empty());
        let of_title = matches!(spot.what, What::Learnt(_));
        let bracket = toks.get(spot.tokens.end).is_some_and(|t| t.is('('));
        let (Some(id), true) = (*id, (new || of_title) && bracket && dated.contains(&spot.kind.as_ref())) else { continue };
        // "the National Plan of Action (2009–2015)" may be the one before that of a title.
        let words = folded_words(place.text(&spot.name));
        let another = if of_title { !titles.is_title(&words) || has_period(reader, id) } else { titles.has_beginning(&words) };
        if another {
            continue;
        }
        let open = spot.tokens.end;
        let Some(close) = (open + 1..toks.len().min(open + LONGEST)).find(|i| toks[*i].is(')')) else { continue };
        let written = &place.passage.text()[toks[open].end()..toks[close].start()];
        if let Some((from, to)) = title::period(written) {
            made::dates(reader, at, place.passage, place.bytes(&(spot.tokens.start..close + 1)), id, (&from, &to));
        }
    }
}

/// Whether the report says when something begins or ends.
fn has_period(reader: &Reader<'_>, id: MentionId) -> bool {
    let dates = [flg::START_DATE, flg::END_DATE];
    let origin = reader.origin(id);
    reader.claims.claims.iter().any(|c| dates.contains(&c.property.as_ref()) && reader.origin(c.subject) == origin)
}

/// "Includes representatives of the Ministry of Justice" tells a member, though "includes" alone would tell a part.
fn members_are_no_parts(reader: &mut Reader<'_>, row: &RowOf<'_>) {
    let claims = &mut reader.claims.claims;
    let here = |claim: &Claim| claim.evidence.answer == Some(row.at);
    let said = |claim: &Claim| (claim.subject, claim.object.clone());
    let members: Vec<_> = claims.iter().filter(|c| here(c) && c.property.as_ref() == org::MEMBER_OF).map(said).collect();
    if !members.is_empty() {
        claims.retain(|c| !(here(c) && c.property.as_ref() == org::SUB_ORGANIZATION_OF && members.contains(&said(c))));
    }
}

/// "The LNP's Unit and the Liberia Immigration Service": what is called by the country is a part of nobody that stands before it.
fn nationals_are_no_parts(reader: &mut Reader<'_>, row: &RowOf<'_>) {
    let (and, articles) = (&reader.tools.lexicon.rows.and, &reader.tools.lexicon.rows.articles);
    let listed = |claim: &Claim| {
        let called = [claim.subject, reader.origin(claim.subject)];
        let mut names = called.into_iter().flat_map(|id| &reader.claims.mentions[id].names);
        let own = |name: &str| folded_words(name).first().is_some_and(|first| reader.is_own_countrys(first));
        let behind = |name: &str| {
            let after = |and: &String| articles.iter().any(|the| claim.evidence.quote.contains(&format!(" {and} {the} {name}")));
            and.iter().any(after)
        };
        names.any(|name| own(&name.text) && behind(&name.text))
    };
    let part = |c: &Claim| c.evidence.answer == Some(row.at) && c.property.as_ref() == org::SUB_ORGANIZATION_OF;
    let wrong: Vec<bool> = reader.claims.claims.iter().map(|c| part(c) && listed(c)).collect();
    let mut at = 0;
    reader.claims.claims.retain(|_| {
        at += 1;
        !wrong[at - 1]
    });
}

/// The issues, sectors and places that a title's own words name.
fn named_concepts(reader: &mut Reader<'_>, row: &RowOf<'_>) {
    let passage = &reader.report.answers[row.at].question;
    let toks = cell_tokens(passage.text(), reader.tools.vocabulary());
    let place = Place { answer: Some(row.at), passage, tokens: &toks };
    let concepts = Concepts::find(reader, place, row.form);
    for id in &row.title.topics {
        let own = reader.claims.mentions[*id].evidence.span;
        concepts.of_name(reader, row, place, *id, own);
    }
    runner(reader, row, place);
}

/// Who runs a programme whose name begins with the acronym of an international organisation, "UNICEF Pacific Program", "UN WFP
/// Program", or with one that the report explains to be a public body's.
fn runner(reader: &mut Reader<'_>, row: &RowOf<'_>, place: Place<'_>) {
    const FEWEST: usize = 3;
    let [id] = row.title.topics.as_slice() else { return };
    let acronyms = place.tokens.iter().take_while(|t| t.upper).count();
    if reader.class_of(*id) != class::PROGRAMME || place.tokens.len() < FEWEST || !(1..FEWEST).contains(&acronyms) {
        return;
    }
    // Of two acronyms the second is of a part of the first.
    let own = acronyms - 1..acronyms;
    let learnt = reader.acronyms.learnt.get(place.text(&own)).filter(|(_, kind)| kind.as_ref() == class::GOVERNMENT_BODY);
    if let Some((runner, _)) = learnt.cloned() {
        if let Some(whole) = reader.evidence(place.answer, place.passage, 0..place.passage.text().len()) {
            reader.say(*id, &flg::IMPLEMENTED_BY.into_owned(), Object::Mention(runner), whole, "name-in-name", 0.8);
        }
        return;
    }
    let all = reader.tools.gazetteer.find(place.passage.text(), &place.tokens[own.clone()], &reader.tools.lexicon.language);
    let first = all.into_iter().find(|f| f.tokens == (0..1) && f.kind.as_ref() == class::INTERGOVERNMENTAL_ORGANIZATION);
    let Some(first) = first else { return };
    let Some(evidence) = reader.evidence(place.answer, place.passage, place.bytes(&own)) else { return };
    let whole = reader.evidence(place.answer, place.passage, 0..place.passage.text().len());
    let [runner] = first.bearers.as_slice() else { return };
    let runner = reader.fixed_at(runner.clone(), class::INTERGOVERNMENTAL_ORGANIZATION, evidence.clone());
    let property = flg::IMPLEMENTED_BY.into_owned();
    reader.say(*id, &property, Object::Mention(runner), whole.unwrap_or(evidence), "name-in-name", 0.8);
}

/// What holds of all that stands in the table.
fn every(reader: &mut Reader<'_>, row: &RowOf<'_>, bearers: &[MentionId]) {
    let title = &reader.report.answers[row.at].question;
    for said in row.table.every.iter().filter(|_| !bearers.is_empty()) {
        let Some(evidence) = reader.evidence(Some(row.at), title, 0..title.text().len()) else { continue };
        let known = reader.tools.authority.entity(said.value.0.as_ref());
        let Some(class) = known.and_then(|known| known.classes.first()).cloned() else { continue };
        let value = reader.fixed_at(said.value.0.clone(), class.as_ref(), evidence.clone());
        for id in bearers {
            reader.say(*id, &said.property.0, Object::Mention(value), evidence.clone(), "table", 0.95);
        }
    }
}

/// A programme is the country's own if its government funds it or a body of the country runs it, or if no one else is said to.
fn own_country(reader: &mut Reader<'_>, row: &RowOf<'_>, bearers: &[MentionId]) {
    let backers = [flg::FUNDED_BY, flg::IMPLEMENTED_BY];
    let country = reader.report.country.clone();
    let programmes: Vec<&MentionId> = bearers.iter().filter(|id| reader.class_of(**id) == class::PROGRAMME).collect();
    for id in programmes {
        let said: Vec<MentionId> = reader
            .claims
            .claims
            .iter()
            .filter(|c| c.subject == *id && backers.contains(&c.property.as_ref()))
            .filter_map(|c| if let Object::Mention(o) = c.object { Some(o) } else { None })
            .collect();
        let foreign = |o: &MentionId| {
            let mention = &reader.claims.mentions[*o];
            let of = |iri: &NamedNode| reader.tools.country_of(iri) != Some(&country);
            match &mention.identity {
                Identity::Fixed(iri) => of(iri),
                Identity::Known(known) => known.iter().all(of),
                _ => mention.class.as_ref() != class::GOVERNMENT_BODY,
            }
        };
        let own = if said.is_empty() { !row.title.umbrella } else { said.iter().any(|o| !foreign(o)) };
        if own {
            let mention = &mut reader.claims.mentions[*id];
            mention.country.get_or_insert_with(|| country.clone());
        }
    }
}
