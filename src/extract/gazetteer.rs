//! Every name of the authority, found in one pass over a passage.
//!
//! Names are kept as a tree of numbered words: from a word of a passage on, it is followed for as long as the next word goes on with
//! a name.

use super::kinds;
use super::tokens::{Kind, Token};
use super::vocabulary::Numbers;
use crate::knowledge::authority::{Authority, Known, LabelKind};
use crate::model::id::fold;
use crate::model::lang::Lang;
use crate::model::vocab::{class, skos};
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;
use std::ops::Range;

/// Who bears a name, and how the name must be written to count.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a condition of its own on how the name is written")]
struct Bearer {
    /// Its place among the IRIs of the gazetteer.
    iri: u32,
    /// The class, or the scheme of a concept: its place among the kinds of the gazetteer.
    kind: u32,
    /// The place of its language among those of the gazetteer; the first stands for none.
    lang: u32,
    /// An acronym or code: its capitals count.
    code: bool,
    /// A concept may be written in lower case, and counts in its own language only.
    concept: bool,
    /// A name of a place counts in its own language only.
    local: bool,
    /// A world region is no country's: its name is often written in lower case.
    region: bool,
    brackets: bool,
}

/// The names that begin with the same words.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// Where the words stand that go on with names.
    next: (u32, u32),
    /// Where those stand who bear the name that ends here.
    bearers: (u32, u32),
}

/// The names of the authority, ready to be found.
#[derive(Default)]
pub(crate) struct Gazetteer {
    iris: Vec<NamedNode>,
    kinds: Vec<NamedNode>,
    langs: Vec<Option<Lang>>,
    bearers: Vec<Bearer>,
    nodes: Vec<Node>,
    /// Words that go on with names, in their order for each node, with the nodes that they lead to.
    steps: Vec<(u32, u32)>,
    /// The nodes of the words that begin names, by the numbers of the words; 0 where none does.
    first: Vec<u32>,
}

/// A name found in a passage.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Who bears it; never empty.
    pub bearers: Vec<NamedNode>,
    /// The class of the first bearer, or its scheme.
    pub kind: NamedNode,
    /// Whether it is an acronym or code.
    pub code: bool,
    /// Whether it names a concept.
    pub concept: bool,
}

impl Gazetteer {
    /// The names of an authority; their words get their numbers.
    pub(crate) fn new(authority: &Authority, numbers: &mut Numbers) -> Self {
        let mut gazetteer = Self { langs: vec![None], ..Self::default() };
        let mut names: BTreeMap<Vec<u32>, Vec<Bearer>> = BTreeMap::new();
        // Who bears one name stands in the order of the IRIs.
        let mut entities: Vec<&Known> = authority.entities().collect();
        entities.sort_by(|a, b| a.iri.as_str().cmp(b.iri.as_str()));
        for known in entities {
            let Some(kind) = kind_of(known) else { continue };
            let local = known.is(class::COUNTRY) || known.is(class::PLACE);
            let region = local && kind.as_ref() == class::PLACE && is_region(&known.iri);
            let (iri, kind) = (number(gazetteer.iris.len()), place(&mut gazetteer.kinds, kind));
            gazetteer.iris.push(known.iri.clone());
            for label in known.names() {
                let words = words(&label.text, numbers);
                if words.is_empty() {
                    continue;
                }
                names.entry(words).or_default().push(Bearer {
                    iri,
                    kind,
                    lang: place(&mut gazetteer.langs, label.lang.clone()),
                    code: label.kind == LabelKind::Acronym || !label.text.chars().any(char::is_lowercase),
                    concept: known.is(skos::CONCEPT),
                    local,
                    region,
                    brackets: label.text.contains('('),
                });
            }
        }
        let names: Vec<_> = names.into_iter().collect();
        gazetteer.nodes.push(Node::default());
        for group in names.chunk_by(|a, b| a.0.first() == b.0.first()) {
            let Some(word) = group.first().and_then(|(words, _)| words.first()) else { continue };
            let at = *word as usize;
            gazetteer.first.resize(gazetteer.first.len().max(at + 1), 0);
            gazetteer.first[at] = gazetteer.plant(group, 1);
        }
        gazetteer
    }

    /// Plants the node of names that have so many words in common, and those behind it; gives its number.
    fn plant(&mut self, names: &[(Vec<u32>, Vec<Bearer>)], common: usize) -> u32 {
        let at = self.nodes.len();
        self.nodes.push(Node::default());
        let (here, longer) = names.split_at(names.iter().take_while(|(words, _)| words.len() == common).count());
        let from = number(self.bearers.len());
        self.bearers.extend(here.iter().flat_map(|(_, bearers)| bearers));
        self.nodes[at].bearers = (from, number(self.bearers.len()));
        let groups = longer.chunk_by(|a, b| a.0.get(common) == b.0.get(common));
        let steps: Vec<(u32, u32)> =
            groups.filter_map(|group| Some((*group.first()?.0.get(common)?, self.plant(group, common + 1)))).collect();
        let from = number(self.steps.len());
        self.steps.extend(steps);
        self.nodes[at].next = (from, number(self.steps.len()));
        number(at)
    }

    /// The names in a passage that count in a language: the longest at each place, none inside another.
    pub(super) fn find(&self, text: &str, tokens: &[Token], lang: &Lang) -> Vec<Found> {
        let lang = self.langs.iter().position(|own| own.as_ref() == Some(lang)).map_or(u32::MAX, number);
        let mut out = Vec::new();
        let mut names = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            self.names_at(tokens, at, &mut names);
            let longest = names.drain(..).rev().find_map(|(end, node)| self.counts(node, text, tokens, at..end, lang));
            at = longest.as_ref().map_or(at + 1, |found| found.tokens.end);
            let longest = longest.map(|found| Found { tokens: closed(tokens, found.tokens), ..found });
            out.extend(longest);
        }
        out
    }

    /// The names that begin at a token: where each ends, with its node.
    fn names_at(&self, tokens: &[Token], start: usize, names: &mut Vec<(usize, Node)>) {
        let first = self.first.get(tokens[start].word as usize).filter(|_| tokens[start].is_wordlike());
        let mut node = self.nodes[first.copied().unwrap_or(0) as usize];
        let mut end = start + 1;
        loop {
            if node.bearers.0 < node.bearers.1 {
                names.push((end, node));
            }
            let steps = &self.steps[node.next.0 as usize..node.next.1 as usize];
            if steps.is_empty() {
                return;
            }
            while tokens.get(end).is_some_and(|t| !t.is_wordlike()) {
                end += 1;
            }
            let word = tokens.get(end).map(|t| t.word);
            let Some(step) = word.and_then(|word| steps.binary_search_by_key(&word, |(word, _)| *word).ok()) else { return };
            node = self.nodes[steps[step].1 as usize];
            end += 1;
        }
    }

    fn counts(&self, name: Node, text: &str, tokens: &[Token], range: Range<usize>, lang: u32) -> Option<Found> {
        let here = tokens.get(range.clone())?;
        let letters_upper = || here.iter().filter(|t| t.kind == Kind::Word).all(|t| !has_lower(text, t));
        let fits = |b: &&Bearer| {
            let own = b.lang == 0 || b.lang == lang;
            let short = here.iter().map(|t| t.folded.len()).sum::<usize>() <= 2;
            let written = if b.code { letters_upper() } else { b.concept || b.region || here.first().is_some_and(|t| t.capital) };
            written && (own || !(b.concept || b.local || short)) && joined(text, here, b.brackets)
        };
        let all = self.bearers.get(name.bearers.0 as usize..name.bearers.1 as usize)?;
        let mut bearers = all.iter().filter(fits);
        let first = bearers.next()?;
        let others = bearers.filter(|b| b.kind == first.kind || !b.concept);
        let mut iris: Vec<u32> = std::iter::once(first).chain(others).map(|b| b.iri).collect();
        iris.dedup();
        let bearers = iris.into_iter().map(|iri| self.iris[iri as usize].clone()).collect();
        let kind = self.kinds[first.kind as usize].clone();
        Some(Found { tokens: range, bearers, kind, code: first.code, concept: first.concept })
    }
}

/// A name with the bracket that closes it: "Forced Labour Convention, 1930 (No. 29)".
fn closed(tokens: &[Token], name: Range<usize>) -> Range<usize> {
    let count = |bracket: char| tokens[name.clone()].iter().filter(|t| t.is(bracket)).count();
    let open = tokens.get(name.end).is_some_and(|next| next.is(')') && !next.spaced) && count('(') > count(')');
    name.start..name.end + usize::from(open)
}

/// A place in a list, as it is kept here.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The place of something in a list, to which it is added if need be.
fn place<T: PartialEq>(list: &mut Vec<T>, item: T) -> u32 {
    let at = list.iter().position(|other| *other == item);
    number(at.unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    }))
}

/// Whether a place is a world region, by its IRI.
fn is_region(iri: &NamedNode) -> bool {
    iri.as_str().rsplit('/').next().is_some_and(|s| s.as_bytes().get(2) != Some(&b'-'))
}

fn has_lower(text: &str, token: &Token) -> bool {
    text.get(token.range()).is_some_and(|word| word.chars().any(char::is_lowercase))
}

/// Whether nothing stands between the tokens that would part a name.
fn joined(text: &str, tokens: &[Token], brackets: bool) -> bool {
    tokens.windows(2).all(|pair| {
        let between = text.get(pair[0].end()..pair[1].start()).unwrap_or_default();
        let sentence_end = between.contains(". ") && pair[0].folded.len() > 3;
        !sentence_end
            && between.chars().all(|c| c.is_whitespace() || ",.-–'’/\"“”º°´".contains(c) || brackets && "()".contains(c))
    }) && tokens.iter().filter(|t| t.kind == Kind::Mark).all(|t| brackets || !(t.is('(') || t.is(')') || t.is(';') || t.is(':')))
}

/// The words and numbers of a name, by their numbers.
fn words(name: &str, numbers: &mut Numbers) -> Vec<u32> {
    fold(name).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| numbers.add(w)).collect()
}

fn kind_of(known: &Known) -> Option<NamedNode> {
    if known.is(skos::CONCEPT) {
        // "ended" and "ratified" are words of the language before they are statuses.
        return known.scheme.clone().filter(kinds::is_read);
    }
    // Of several classes the first that is this graph's own; the file states the most specific one.
    let own = known.classes.iter().find(|c| class::ALL.contains(&c.as_ref()));
    own.or_else(|| known.classes.first()).cloned()
}
