//! The issues, sectors and places of a row: what its sentences speak of, and what its names hold.

use super::RowOf;
use super::purpose::through;
use crate::extract::Tools;
use crate::extract::gazetteer::Found;
use crate::extract::kinds;
use crate::extract::prose::Prose;
use crate::extract::reader::{Place, Reader};
use crate::extract::spots::Spot;
use crate::extract::tokens::{Token, phrase};
use crate::knowledge::form::Form;
use crate::model::claim::{Claim, Evidence, Identity, Mention, MentionId, Name, NameKind, Object};
use crate::model::document::Span;
use crate::model::id::{fold, resource};
use crate::model::vocab::{class, flg, skos};
use oxigraph::model::NamedNode;
use std::ops::Range;

/// A concept or place at tokens of a text.
struct At {
    tokens: Range<usize>,
    /// `None` for a place that nothing is known of.
    iri: Option<NamedNode>,
    kind: NamedNode,
}

/// The concepts and places of a text.
pub(super) struct Concepts {
    all: Vec<At>,
}

impl Concepts {
    /// Finds those that the form lets rows be said to deal with.
    pub(super) fn find(reader: &Reader<'_>, place: Place<'_>, form: &Form) -> Self {
        let tools = reader.tools;
        let (issues, sectors) = (resource("scheme", "issues"), resource("scheme", "sectors"));
        let (mut all, mut taken): (Vec<At>, Vec<Range<usize>>) = Default::default();
        for (at, token) in place.tokens.iter().enumerate() {
            for issue in tools.rules.rows.issues.get(&token.folded).into_iter().flatten() {
                let here = at..at + issue.words.len();
                if place.tokens.get(here.clone()).is_some_and(|h| h.iter().zip(&issue.words).all(|(t, w)| t.folded == *w)) {
                    taken.push(here.clone());
                    let named = issue.named.iter();
                    all.extend(named.map(|c| At { tokens: here.clone(), iri: Some(c.clone()), kind: issues.clone() }));
                }
            }
        }
        let free = |f: &&Found| taken.iter().all(|t| f.tokens.end <= t.start || t.end <= f.tokens.start);
        let mut found = tools.known(place.passage.text(), place.tokens);
        // "Victims of human trafficking" are people, and tell the issue; so does the name of a known programme.
        let holds = |f: &Found| f.kind == kinds::group() || f.kind.as_ref() == class::PROGRAMME;
        for group in found.clone().into_iter().filter(|f| holds(f) && f.tokens.len() > 1) {
            let from = group.tokens.start + 1;
            let inner =
                tools.gazetteer.find(place.passage.text(), &place.tokens[from..group.tokens.end], &tools.lexicon.language);
            found.extend(inner.into_iter().map(|f| Found { tokens: f.tokens.start + from..f.tokens.end + from, ..f }));
        }
        for f in found.iter().filter(free) {
            let meant = |iri: &&NamedNode| f.kind != issues || form.issues.is_empty() || form.issues.iter().any(|i| i.0 == **iri);
            let wanted = f.kind == issues || f.kind == sectors || f.kind == kinds::country() || f.kind == kinds::place();
            if wanted && let Some(iri) = f.bearers.iter().find(meant) {
                all.push(At { tokens: f.tokens.clone(), iri: Some(iri.clone()), kind: f.kind.clone() });
            }
        }
        let taken = |name: &Range<usize>| found.iter().any(|f| f.tokens.start < name.end && name.start < f.tokens.end);
        let new = tools.rules.localities.all(place.tokens, tools.places, taken).into_iter();
        all.extend(new.filter(|n| !taken(n)).map(|tokens| At { tokens, iri: None, kind: kinds::place() }));
        all.sort_by_key(|a| a.tokens.start);
        Self { all }
    }

    /// Says of a sentence's topics what it names outside of names, and of the names in it what they hold.
    pub(super) fn say(&self, reader: &mut Reader<'_>, row: &RowOf<'_>, prose: &Prose<'_>, at: usize) {
        let tokens = prose.sentences[at].tokens.clone();
        let topics = prose.topics.get(at).cloned().unwrap_or_default();
        let acting = through(reader, prose, at);
        let charged = Self::charged(reader, prose, at);
        let holder = |a: &At| {
            prose.spots.iter().position(|s| {
                // "the ministries of Education and Agriculture": the last word stands for a body, and tells no sector.
                let body = s.kind.as_ref() == class::GOVERNMENT_BODY;
                let inside = s.tokens.start <= a.tokens.start && a.tokens.end <= s.tokens.end;
                named(s) && inside && (body || s.tokens.len() > a.tokens.len())
            })
        };
        for a in self.all.iter().filter(|a| tokens.start <= a.tokens.start && a.tokens.end <= tokens.end) {
            if self.general(reader, a, &tokens) {
                continue;
            }
            let named = holder(a).map(|spot| (prose.ids[spot], prose.place.bytes(&prose.spots[spot].tokens)));
            if let Some((id, range)) = named {
                if let Some(id) = id {
                    self.state(reader, row, prose.place, id, a, range, true);
                }
                continue;
            }
            let range = prose.place.bytes(&tokens);
            let own = prose.place.passage.source(prose.place.bytes(&a.tokens));
            let within = |span: &Span| own.is_some_and(|o| span.start <= o.start && o.end <= span.end);
            let units = charged.iter().filter(|(id, span)| within(span) && !topics.contains(id)).map(|(id, _)| id);
            for topic in topics.iter().chain(&acting).chain(units) {
                self.state(reader, row, prose.place, *topic, a, range.clone(), false);
            }
        }
    }

    /// The bodies that a clause of a sentence says something of, each with where: "Includes the X Unit, which handles …".
    fn charged(reader: &Reader<'_>, prose: &Prose<'_>, at: usize) -> Vec<(MentionId, Span)> {
        let Some(sentence) = prose.place.passage.source(prose.place.bytes(&prose.sentences[at].tokens)) else {
            return Vec::new();
        };
        let here = |c: &&Claim| {
            let span = &c.evidence.span;
            c.evidence.answer == prose.place.answer && sentence.start <= span.start && span.end <= sentence.end
        };
        let ruled = |c: &&Claim| reader.tools.lexicon.rows.clauses.contains(&c.method);
        let claims = reader.claims.claims.iter().filter(ruled).filter(here);
        claims.map(|c| (c.subject, c.evidence.span)).collect()
    }

    /// Whether a sentence names something narrower of the same kind: "the sugarcane sector in agricultural communities".
    fn general(&self, reader: &Reader<'_>, a: &At, tokens: &Range<usize>) -> bool {
        let authority = reader.tools.authority;
        let sectors = resource("scheme", "sectors");
        let below = |iri: &NamedNode| {
            let mut open = vec![iri.clone()];
            let mut seen = Vec::new();
            while let Some(next) = open.pop() {
                let above = authority.entity(next.as_ref()).map(|k| k.broader.clone()).unwrap_or_default();
                open.extend(above.iter().filter(|b| !seen.contains(*b)).cloned());
                seen.extend(above);
            }
            a.iri.as_ref().is_some_and(|iri| seen.contains(iri))
        };
        a.kind == sectors
            && self.all.iter().any(|o| {
                o.kind == sectors
                    && tokens.start <= o.tokens.start
                    && o.tokens.end <= tokens.end
                    && o.iri != a.iri
                    && o.iri.as_ref().is_some_and(below)
            })
    }

    /// Says of some things what a sentence names.
    pub(super) fn say_of(&self, reader: &mut Reader<'_>, row: &RowOf<'_>, prose: &Prose<'_>, at: usize, ids: &[MentionId]) {
        let tokens = prose.sentences[at].tokens.clone();
        for a in self.all.iter().filter(|a| tokens.start <= a.tokens.start && a.tokens.end <= tokens.end) {
            for id in ids {
                self.state(reader, row, prose.place, *id, a, prose.place.bytes(&tokens), false);
            }
        }
    }

    /// Says of a thing what its own name, which stands at a span of the source, holds.
    pub(super) fn of_name(&self, reader: &mut Reader<'_>, row: &RowOf<'_>, place: Place<'_>, id: MentionId, span: Span) {
        for a in &self.all {
            let bytes = place.bytes(&a.tokens);
            let Some(at) = place.passage.source(bytes.clone()) else { continue };
            if span.start <= at.start && at.end <= span.end {
                let whole = 0..place.passage.text().len();
                self.state(reader, row, place, id, a, whole, true);
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "what, of whom, where, and how it is named")]
    fn state(
        &self,
        reader: &mut Reader<'_>,
        row: &RowOf<'_>,
        place: Place<'_>,
        id: MentionId,
        a: &At,
        range: Range<usize>,
        in_name: bool,
    ) {
        let of = reader.class_of(id).into_owned();
        let is_place = a.kind == kinds::country() || a.kind == kinds::place();
        let property = if is_place {
            flg::COVERS_PLACE
        } else if a.kind == resource("scheme", "sectors") {
            flg::TARGETS_SECTOR
        } else {
            flg::ADDRESSES_ISSUE
        };
        let programme = of.as_ref() == class::PROGRAMME;
        if of.as_ref() == class::LEGAL_INSTRUMENT || of.as_ref() == class::CIVIL_SOCIETY_ORGANIZATION {
            return;
        }
        if property != flg::ADDRESSES_ISSUE && (!programme || row.table.rules.as_deref() != Some("programmes")) {
            return;
        }
        if is_place && !self.located(reader, place, a) {
            return;
        }
        if is_place && in_name && a.iri.as_ref() == Some(&reader.report.country) && !row.title.umbrella {
            return; // the report's own programme
        }
        let Some(evidence) = reader.evidence(place.answer, place.passage, range) else { return };
        let object = Self::object(reader, a, is_place, place, &evidence);
        reader.say(id, &property.into_owned(), Object::Mention(object), evidence, "row-concept", 0.85);
    }

    fn object(reader: &mut Reader<'_>, a: &At, is_place: bool, place: Place<'_>, whole: &Evidence) -> MentionId {
        let own = reader.evidence(place.answer, place.passage, place.bytes(&a.tokens)).unwrap_or_else(|| whole.clone());
        let class = if !is_place {
            skos::CONCEPT
        } else if a.kind == kinds::country() {
            class::COUNTRY
        } else {
            class::PLACE
        };
        if let Some(iri) = &a.iri {
            return reader.fixed_at(iri.clone(), class, own);
        }
        let text = place.text(&a.tokens).to_owned();
        let words = fold(&text);
        let lang = Some(reader.report.language.clone());
        let names = vec![Name { text, lang, kind: NameKind::Name, evidence: own.clone() }];
        let country = Some(reader.report.country.clone());
        let identity = reader.place_called(&place.tokens[a.tokens.clone()]).map_or(Identity::New, Identity::Fixed);
        let mention = Mention { class: class.into_owned(), names, identity, country, evidence: own };
        reader.introduce(mention, &a.kind, words, place.answer)
    }

    /// Whether a preposition of place stands before a place, or before the list that it is in.
    fn located(&self, reader: &Reader<'_>, place: Place<'_>, a: &At) -> bool {
        let words = &reader.tools.lexicon.words;
        let toks = place.tokens;
        let mut at = a.tokens.start;
        while let Some(before) = at.checked_sub(1) {
            let token = &toks[before];
            if let Some(other) =
                self.all.iter().find(|o| o.tokens.end == at && (o.kind == kinds::country() || o.kind == kinds::place()))
            {
                at = other.tokens.start;
            } else if words.locative.contains(&token.folded)
                || reader.tools.lexicon.rows.places.iter().any(|p| ends_in(toks, at, p))
            {
                return !reader.tools.happened(toks, before);
            } else if token.is(',')
                || words.and.contains(&token.folded)
                || words.determiners.contains(&token.folded)
                || words.genitive.contains(&token.folded)
            {
                at = before;
            } else {
                return false;
            }
        }
        false
    }
}

impl Tools<'_> {
    /// Whether what happened where a place is told is not what a programme does there: "announced in October 2019 in Baidoa".
    fn happened(&self, toks: &[Token], preposition: usize) -> bool {
        /// So many words may stand between.
        const NEAR: usize = 5;
        let before = toks[..preposition].iter().rev().take(NEAR).take_while(|t| t.is_wordlike());
        before.into_iter().any(|t| self.lexicon.rows.occasions.contains(&t.folded))
    }
}

fn ends_in(toks: &[Token], at: usize, words: &str) -> bool {
    let words = phrase(words);
    at.checked_sub(words.len()).is_some_and(|from| toks[from..at].iter().zip(&words).all(|(t, w)| t.folded == *w))
}

fn named(spot: &Spot) -> bool {
    let kinds = [
        class::GOVERNMENT_BODY,
        class::COMMISSION,
        class::POLICY,
        class::OPERATIONAL_PROTOCOL,
        class::PROGRAMME,
        class::FORUM,
        class::CIVIL_SOCIETY_ORGANIZATION,
        class::LEGAL_INSTRUMENT,
    ];
    kinds.contains(&spot.kind.as_ref())
}
