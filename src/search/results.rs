//! What was found as it is told: a page of it, in the reader's language, with marks and counts.

use super::asked::Marks;
use super::facet::{Facet, class_labels};
use super::find::{Group, Outcome};
use super::things::{Kind, Passage, Stated, Thing};
use super::told::{Count, Counts, Hit, Marked, Results, Said, States, Titled};
use super::{Index, SearchError, Wanted, snippet};
use crate::facts::labels::{best, shown};
use crate::facts::terms;
use crate::names::{Sort, folded};
use oxigraph::model::Term;
use std::collections::BTreeSet;

/// So many passages of a thing are shown.
const PASSAGES: usize = 3;
/// Of so many of its passages those with the most of the words are chosen.
const LOOKED_AT: usize = 12;
/// So many values of a facet are shown, and those that are chosen.
const VALUES: usize = 12;
/// So many other names of a thing are shown.
const NAMES: usize = 3;
/// So many of the facts that a passage states are shown.
const STATES: usize = 4;

impl Index {
    /// Finds what is looked for.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn search(&self, wanted: &Wanted<'_>) -> Result<Results, SearchError> {
        let per_page = wanted.per_page.max(1);
        let mut results = Results {
            query: wanted.text.to_owned(),
            language: wanted.lang.to_owned(),
            revision: self.revision.clone(),
            total: 0,
            page: wanted.page.max(1),
            per_page,
            all_words: true,
            read_as: Vec::new(),
            facets: Vec::new(),
            results: Vec::new(),
        };
        if wanted.text.trim().is_empty() {
            return Ok(results);
        }
        let outcome = self.find(wanted.text, wanted.chosen)?;
        let marks = outcome.asked.marks();
        results.total = outcome.groups.len();
        results.all_words = outcome.all_words;
        results.read_as = outcome.asked.read_as();
        results.facets = self.counts(&outcome, wanted);
        let from = (results.page - 1).saturating_mul(per_page);
        let shown = outcome.groups.iter().skip(from).take(per_page);
        results.results = shown.filter_map(|group| self.hit(group, &marks, wanted.lang)).collect();
        Ok(results)
    }

    /// What the results can be narrowed down by.
    fn counts(&self, outcome: &Outcome, wanted: &Wanted<'_>) -> Vec<Counts> {
        let mut all: Vec<Counts> = Facet::ALL.iter().map(|facet| Counts { facet: facet.name(), values: Vec::new() }).collect();
        for (number, count) in (0_u32..).zip(&outcome.counts) {
            let Some((facet, value)) = self.content.values.get(number) else { continue };
            let chosen = wanted.chosen.get(&facet).is_some_and(|all| all.iter().any(|one| one == value));
            if (*count > 0 || chosen)
                && let Some(counts) = all.iter_mut().find(|counts| counts.facet == facet.name())
            {
                // The label is made for those alone that are shown; until then its place has the number of the value.
                counts.values.push(Count { value: value.to_owned(), label: number.to_string(), count: *count, chosen });
            }
        }
        for counts in &mut all {
            let year = counts.facet == Facet::Year.name();
            counts.values.sort_by(|a, b| {
                let by_count = if year { b.value.cmp(&a.value) } else { b.count.cmp(&a.count) };
                b.chosen.cmp(&a.chosen).then(by_count).then_with(|| a.value.cmp(&b.value))
            });
            let chosen = counts.values.iter().filter(|value| value.chosen).count();
            counts.values.truncate(VALUES.max(chosen));
            for count in &mut counts.values {
                let number = count.label.parse().unwrap_or(u32::MAX);
                count.label = self.content.values.label(number, &self.content.things, wanted.lang);
            }
        }
        all.retain(|counts| !counts.values.is_empty());
        all
    }

    fn hit(&self, group: &Group, marks: &Marks, lang: &str) -> Option<Hit> {
        let thing = self.content.things.get(group.thing)?;
        let passages = self.best(group, marks);
        let shown: Vec<Said> =
            passages.iter().take(PASSAGES).map(|(passage, text)| self.said(passage, text.clone(), group.thing, lang)).collect();
        let texts = group.passages.iter().filter_map(|(number, _)| self.content.passages.get(*number as usize));
        let different: BTreeSet<String> = texts.map(|passage| passage.text.to_lowercase()).collect();
        let more = different.len().saturating_sub(shown.len());
        let (title, report, iri) = match &thing.kind {
            Kind::Answer { report, question } => {
                let report = self.report(*report, lang);
                let question = self.content.things.get(*question)?;
                let iri = shown.first().and_then(|said| said.answer.clone())?;
                (self.title(question, marks, lang), Some(report), iri)
            }
            _ => (self.title(thing, marks, lang), None, thing.iri.as_str().to_owned()),
        };
        let names = self.other_names(thing, &title, marks);
        let classes = class_labels(thing, &self.content.values, &self.content.things, lang);
        Some(Hit { iri, href: None, by: group.by.name(), title, names, classes, report, passages: shown, more })
    }

    /// What a thing is called, for a reader.
    fn title(&self, thing: &Thing, marks: &Marks, lang: &str) -> Marked {
        let (language, text) =
            best(&thing.labels(), lang).cloned().unwrap_or_else(|| self.content.things.named(&thing.iri, lang));
        self.marked(&text, &language, marks).0
    }

    /// Other names by which a thing is found rather than by what it is called, and its acronyms, which come first.
    fn other_names(&self, thing: &Thing, title: &Marked, marks: &Marks) -> Vec<Marked> {
        let mut seen = BTreeSet::from([folded(&title.text)]);
        let (_, of_title) = self.marked(&title.text, &title.language, marks);
        let mut found: Vec<(usize, bool, Marked)> = Vec::new();
        for name in thing.names.iter().filter(|name| name.sort != Sort::Code) {
            let (marked, many) = self.marked(&name.text, &name.language, marks);
            let acronym = name.sort == Sort::Acronym;
            if (many > of_title || acronym) && seen.insert(folded(&name.text)) {
                found.push((many, acronym, marked));
            }
        }
        found.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.cmp(&a.0)));
        found.into_iter().take(NAMES).map(|(.., marked)| marked).collect()
    }

    /// The passages of a thing that have the most of the words, each text once.
    fn best<'a>(&'a self, group: &Group, marks: &Marks) -> Vec<(&'a Passage, Marked)> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for (number, _) in &group.passages {
            let Some(passage) = self.content.passages.get(*number as usize) else { continue };
            if found.len() >= LOOKED_AT {
                break;
            }
            if seen.insert(folded(&passage.text)) {
                found.push((passage, self.marked(&passage.text, &passage.language, marks)));
            }
        }
        // The sort is stable: among those that have as many of the words, the index decides.
        found.sort_by_key(|(_, (_, different))| std::cmp::Reverse(*different));
        found.into_iter().map(|(passage, (text, _))| (passage, snippet::cut(text))).collect()
    }

    fn report(&self, place: u32, lang: &str) -> Titled {
        let thing = self.content.reports.get(place as usize).and_then(|report| self.content.things.get(report.thing));
        thing.map_or_else(
            || Titled { iri: String::new(), label: String::new() },
            |thing| Titled { iri: thing.iri.as_str().to_owned(), label: self.content.things.named(&thing.iri, lang).1 },
        )
    }

    fn said(&self, passage: &Passage, text: Marked, about: u32, lang: &str) -> Said {
        let answer = passage.answer.as_ref().map(|answer| answer.as_str().to_owned());
        let question =
            answer.as_deref().and_then(|iri| iri.split_once("/id/answer/")?.1.split_once('/')).map(|(_, key)| key.to_owned());
        let things = &self.content.things;
        // What is said of the thing itself, or else of others with it; anything, where it is only spoken of.
        let this = things.get(about).map(|thing| Term::from(thing.iri.clone()));
        let of = |fact: &&Stated| fact.subject == about;
        let with = |fact: &&Stated| this.as_ref() == Some(&fact.value);
        let facts: Vec<&Stated> = if passage.stated.iter().any(|fact| of(&fact)) {
            passage.stated.iter().filter(of).collect()
        } else if passage.stated.iter().any(|fact| with(&fact)) {
            passage.stated.iter().filter(with).collect()
        } else {
            passage.stated.iter().collect()
        };
        let states = facts.into_iter().take(STATES).filter_map(|stated| {
            let value = match &stated.value {
                Term::NamedNode(iri) => things.named(iri, lang).1,
                other => shown(other, &[], lang).0,
            };
            Some(States {
                claim: stated.claim.as_str().to_owned(),
                subject: things.named(&things.get(stated.subject)?.iri, lang).1,
                property: terms::label(stated.property.as_ref(), lang),
                value,
            })
        });
        let whole = !text.text.starts_with('…') && !text.text.ends_with('…');
        let (before, after) = if whole { passage.around.clone() } else { Default::default() };
        let report_id = self.content.reports.get(passage.report as usize).map(|report| report.id.clone());
        Said {
            text,
            before,
            after,
            report: self.report(passage.report, lang),
            report_id: report_id.unwrap_or_default(),
            question,
            page: passage.page.clone(),
            start: passage.start,
            href: None,
            states: states.collect(),
            answer,
        }
    }
}
