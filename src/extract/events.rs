//! Event rules run over a sentence: a training, a meeting, with who took part, how many, when and where.

use super::cues::Seen;
use super::pattern::{Match, Pattern};
use super::prose::Prose;
use super::reader::{Reader, mention_class};
use super::relations::{dates, denied, literal, number, sum, texts};
use super::rules::{EventRule, RoleRule, Value};
use crate::model::claim::{Identity, Mention, MentionId, Name, NameKind, Object};

/// Runs every event rule over a sentence: `seen` is what patterns may find in it.
pub(super) fn read(reader: &mut Reader<'_>, prose: &Prose<'_>, at: usize, seen: &Seen<'_>) {
    let rules = reader.tools.rules;
    let mut first = rules.relation_patterns.len();
    for rule in &rules.events {
        let numbers = first..first + rule.patterns.len();
        first = numbers.end;
        let mut covered = 0;
        for number in seen.asked(numbers.clone()) {
            for found in seen.matches(number, &rule.patterns[number - numbers.start]) {
                let stated = || !prose.strays(at, &found, &[]) && !denied(reader, prose, at, &found, false);
                if found.whole.start >= covered && stated() {
                    covered = found.whole.end;
                    event(reader, prose, at, rule, &found);
                }
            }
        }
    }
}

fn event(reader: &mut Reader<'_>, prose: &Prose<'_>, at: usize, rule: &EventRule, found: &Match<'_>) {
    let Some(whole) = prose.bytes(at, &found.whole) else { return };
    let Some(evidence) = reader.evidence(prose.place.answer, prose.place.passage, whole) else { return };
    let label = label(reader, prose, at, rule, found);
    let lang = Some(reader.report.language.clone());
    let name = Name { text: label, lang, kind: NameKind::Name, evidence: evidence.clone() };
    let id = reader.push(Mention {
        class: mention_class(&rule.spec.class.0),
        names: vec![name],
        identity: Identity::New,
        country: Some(reader.report.country.clone()),
        evidence,
    });
    for role in &rule.roles {
        match &role.pattern {
            None => say(reader, prose, at, rule, role, id, found),
            Some(pattern) => {
                let last = if role.next_sentence { at + 1 } else { at };
                for sentence in at..=last.min(prose.sentences.len() - 1) {
                    if prose.sentences[sentence].item == prose.sentences[at].item {
                        matches(reader, prose, sentence, rule, role, pattern, id);
                    }
                }
            }
        }
    }
}

fn matches(
    reader: &mut Reader<'_>,
    prose: &Prose<'_>,
    at: usize,
    rule: &EventRule,
    part: &RoleRule,
    pattern: &Pattern,
    id: MentionId,
) {
    if let Some(found) = pattern.find(&prose.seats(at, reader.tools.rules), 0) {
        say(reader, prose, at, rule, part, id, &found);
    }
}

fn say(
    reader: &mut Reader<'_>,
    prose: &Prose<'_>,
    at: usize,
    rule: &EventRule,
    part: &RoleRule,
    id: MentionId,
    found: &Match<'_>,
) {
    let Some(whole) = prose.bytes(at, &found.whole) else { return };
    let objects: Vec<_> = match &part.value {
        Value::Names(selector) => {
            let found = prose.select(reader, selector, at, found).unwrap_or_default();
            found.into_iter().map(|(o, _)| (part.property.clone(), Object::Mention(o), whole.clone())).collect()
        }
        Value::Text => texts(prose, at, found, &part.text)
            .into_iter()
            .map(|(start, end)| {
                let text = literal(reader, prose.place.passage.slice(start..end));
                (part.property.clone(), Object::Literal(text), whole.start.min(start)..end)
            })
            .collect(),
        Value::Date(slot) => dates(prose, at, found, slot, &part.property)
            .into_iter()
            .map(|(property, value)| (property, Object::Literal(value), whole.clone()))
            .collect(),
        Value::Sum(slot) => sum(prose, at, found, slot, &part.property)
            .into_iter()
            .map(|(property, value)| (property, Object::Literal(value), whole.clone()))
            .collect(),
        Value::Fixed(resource) => vec![(part.property.clone(), Object::Resource(resource.clone()), whole.clone())],
        Value::Number(slot) => number(prose, at, found, slot)
            .map(|n| (part.property.clone(), Object::Literal(n), whole.clone()))
            .into_iter()
            .collect(),
    };
    for (property, object, range) in objects {
        if let Some(evidence) = reader.evidence(prose.place.answer, prose.place.passage, range) {
            reader.say(id, &property, object, evidence, &rule.spec.id, rule.spec.confidence);
        }
    }
}

/// The event's name: its template with the words of its slots; brackets and commas around absent ones go.
fn label(reader: &Reader<'_>, prose: &Prose<'_>, at: usize, rule: &EventRule, found: &Match<'_>) -> String {
    let mut label = rule.spec.label.clone();
    while let (Some(open), Some(close)) = (label.find('{'), label.find('}')) {
        if close < open {
            break;
        }
        let name = label[open + 1..close].to_owned();
        // Of a name, the name alone, without the article before it.
        let determiners = &reader.tools.lexicon.words.determiners;
        let words = found.slot(&name).and_then(|range| {
            let spots = prose.masked[at].0.slots(&range);
            let text = &prose.masked[at].0.text[range.clone()];
            let before = text.split('⟨').next().unwrap_or_default().trim();
            let known = |words: &str| determiners.iter().any(|d| d == words);
            let small = before.split(' ').all(known) || known(before);
            let bare = before.is_empty() || small || before.starts_with(['"', '«', '“']);
            let bytes = match (spots.first(), spots.last()) {
                (Some(first), Some(last)) if bare => {
                    Some(prose.place.bytes(&(prose.spots[*first].name.start..prose.spots[*last].name.end)))
                }
                _ => prose.bytes(at, &range),
            };
            bytes.map(|bytes| prose.place.passage.slice(bytes).to_owned())
        });
        label.replace_range(open..=close, &words.unwrap_or_default());
    }
    label.replace(" ()", "").replace("(, ", "(").replace(", )", ")").split_whitespace().collect::<Vec<_>>().join(" ")
}
