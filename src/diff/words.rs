//! Differences in words, for readers of a language.

use super::{Change, Kind, Side, Stated, plain};
use crate::facts::labels::{Label, named, shown};
use crate::facts::texts::{filled, text};
use crate::facts::{names_of, terms};
use crate::model::vocab::{BASE, compact};
use crate::store::Store;
use oxigraph::model::{NamedNode, Term};
use std::fmt;

/// Differences in words.
pub struct Words<'a> {
    /// The first version.
    pub before: &'a Side,
    /// The second version.
    pub after: &'a Side,
    /// What knows the names that neither version has.
    pub store: Option<&'a dyn Store>,
    /// The code of the language.
    pub lang: &'a str,
}

impl Words<'_> {
    fn labels(&self, iri: &NamedNode) -> Vec<Label> {
        let labels = [self.after.labels(iri), self.before.labels(iri)].concat();
        match self.store.filter(|_| labels.is_empty()) {
            Some(store) => names_of::<dyn Store>(store, iri).unwrap_or_default(),
            None => labels,
        }
    }

    /// Whether it goes without saying which report is spoken of.
    fn of_one(&self) -> bool {
        self.before.aligned && self.after.aligned
    }

    fn value(&self, stated: &Stated) -> String {
        let labels = if let Term::NamedNode(iri) = &stated.value { self.labels(iri) } else { Vec::new() };
        shown(&stated.value, &labels, self.lang).0.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What is different, in one sentence.
    pub fn sentence(&self, change: &Change) -> String {
        let of = |stated: &Option<Stated>| stated.as_ref().map(|stated| self.value(stated)).unwrap_or_default();
        let kind = match change.kind {
            Kind::New => "new",
            Kind::Gone => "gone",
            Kind::Changed => "changed",
            Kind::Emptied => "emptied",
            Kind::Filled => "filled",
        };
        let (before, after) = excerpts(&of(&change.before), &of(&change.after));
        let mut values = vec![("before", before), ("after", after)];
        if let Some((number, question)) = &change.question {
            let words =
                question.strip_prefix(number.as_str()).map_or(question.as_str(), |rest| rest.trim_start_matches(['.', ' ']));
            values.extend([("number", number.clone()), ("question", words.to_owned())]);
            let told = filled(&format!("diff.answer.{kind}"), self.lang, &values);
            let report = change.subject().filter(|_| !self.of_one()).and_then(report_of);
            return report.map_or_else(|| told.clone(), |report| format!("{report}: {told}"));
        }
        let subject = change.subject().map(|iri| named(iri, &self.labels(iri), self.lang).0).unwrap_or_default();
        values.extend([("subject", subject), ("property", terms::label(change.property.as_ref(), self.lang))]);
        filled(&format!("diff.fact.{kind}"), self.lang, &values)
    }

    /// The same for programs.
    pub fn json(&self, change: &Change) -> serde_json::Value {
        let side = |stated: &Option<Stated>| {
            stated.as_ref().map(|stated| {
                serde_json::json!({ "subject": compact(stated.subject.as_ref()), "value": plain(&stated.value),
                    "text": self.value(stated), "quotes": stated.quotes })
            })
        };
        serde_json::json!({
            "kind": change.kind,
            "about": change.subject().map(|iri| compact(iri.as_ref())),
            "property": compact(change.property.as_ref()),
            "question": change.question.as_ref().map(|(number, _)| number),
            "before": side(&change.before),
            "after": side(&change.after),
            "text": self.sentence(change),
        })
    }

    /// All differences, line by line: facts first, then answers, each with the words of the reports; what differs in citations alone
    /// is one line.
    pub fn lines(&self, changes: &[Change]) -> Vec<Line> {
        let lang = self.lang;
        if changes.is_empty() {
            return vec![Line::Note(text("diff.nothing", lang).to_owned())];
        }
        let (answers, facts): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.question.is_some());
        let (renumbered, answers): (Vec<&Change>, Vec<&Change>) = answers.into_iter().partition(|change| change.is_renumbered());
        let mut lines = Vec::new();
        for (heading, part) in [("diff.facts", facts), ("diff.answers", answers)] {
            if part.is_empty() {
                continue;
            }
            lines.push(Line::Heading(format!("{} ({})", text(heading, lang), part.len())));
            for change in part {
                lines.push(Line::Change(change.kind, self.sentence(change)));
                for (side, stated) in [(Kind::Gone, &change.before), (Kind::New, &change.after)] {
                    for quote in stated.iter().flat_map(|stated| &stated.quotes) {
                        let page = |page: &String| format!(", {} {page}", text("evidence.page", lang).to_lowercase());
                        lines.push(Line::Quote(side, quote.text.clone()));
                        lines.push(Line::Place(format!("{}{}", quote.place, quote.page.as_ref().map(page).unwrap_or_default())));
                    }
                }
            }
            lines.push(Line::Gap);
        }
        if !renumbered.is_empty() {
            let numbers = renumbered.iter().filter_map(|change| change.question.as_ref()).map(|(number, _)| number.clone());
            let values = [("n", renumbered.len().to_string()), ("numbers", numbers.collect::<Vec<_>>().join(", "))];
            lines.push(Line::Note(filled("diff.renumbered", lang, &values)));
        }
        lines
    }
}

/// The report of an answer.
fn report_of(answer: &NamedNode) -> Option<&str> {
    Some(answer.as_str().strip_prefix(BASE)?.strip_prefix("id/answer/")?.split_once('/')?.0)
}

/// A line of differences in words.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// What kind of differences follows, and how many.
    Heading(String),
    /// A difference.
    Change(Kind, String),
    /// The words of a report that stated what is gone, or state what is new.
    Quote(Kind, String),
    /// Where these words stand.
    Place(String),
    /// Anything else.
    Note(String),
    /// Nothing.
    Gap,
}

/// Without any style.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Heading(text) | Self::Note(text) => f.write_str(text),
            Self::Change(kind, text) => write!(f, "{} {text}", kind.sign()),
            Self::Quote(kind, text) => write!(f, "    {} “{text}”", kind.sign()),
            Self::Place(text) => write!(f, "      {text}"),
            Self::Gap => Ok(()),
        }
    }
}

/// So many words around a difference are shown of a long text, and so many of one that has no counterpart.
const AROUND: usize = 8;
const LONGEST: usize = 40;

/// Two texts, or what differs in them with a few words around it, if they are long.
fn excerpts(before: &str, after: &str) -> (String, String) {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), after.split(' ').collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let cut = |words: &[&str]| {
        if words.len() <= LONGEST {
            return words.join(" ");
        }
        let first = same.saturating_sub(AROUND);
        let last = words.len().min((words.len() - rest + AROUND).min(first + 2 * LONGEST));
        let (begin, end) = (if first > 0 { "… " } else { "" }, if last < words.len() { " …" } else { "" });
        format!("{begin}{}{end}", words[first..last].join(" "))
    };
    (cut(&old), cut(&new))
}
