//! What is known while a report is read: its mentions so far, the acronyms it has explained, the statements it has made.

use super::spots::{Acronyms, Spot, What};
use super::tokens::{Token, plain};
use super::whereabouts::Whereabouts;
use super::{Tools, kinds};
use crate::knowledge::bearers::country_abroad;
use crate::knowledge::telling;
use crate::model::claim::{Claim, Claims, Evidence, Identity, Mention, MentionId, Name, NameKind, Object};
use crate::model::document::{Document, Span};
use crate::model::id::fold;
use crate::model::passage::Passage;
use crate::model::report::Report;
use crate::model::vocab::{class, skos};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef};
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::hash::BuildHasher as _;
use std::ops::Range;
use std::rc::Rc;

/// So many letters a word shares with a country's name that is made from it: "Ethiopian".
const STEM: usize = 5;

/// A name used before.
pub(super) struct Named {
    pub id: MentionId,
    pub kind: NamedNode,
    pub words: String,
    pub answer: Option<usize>,
    /// See [`Named::plain`].
    plain: OnceCell<String>,
}

impl Named {
    fn new(id: MentionId, kind: &NamedNode, words: String, answer: Option<usize>) -> Self {
        Self { id, kind: kind.clone(), words, answer, plain: OnceCell::new() }
    }

    /// Its words without marks, each ended by a space.
    pub(super) fn plain(&self) -> &str {
        self.plain.get_or_init(|| plain(&self.words))
    }
}

/// The state of a reading.
pub(super) struct Reader<'a> {
    pub tools: &'a Tools<'a>,
    pub document: &'a Document,
    pub report: &'a Report,
    pub claims: Claims,
    /// The acronyms that the report explains.
    pub acronyms: Acronyms,
    /// The places that a noun tells somewhere in the report.
    pub places: Whereabouts,
    /// Mentions by an acronym that was not yet explained where they stand.
    promised: Vec<(MentionId, String)>,
    /// The names used so far, in their order.
    pub named: Vec<Named>,
    /// The nouns for things without a name, each with its answer and with the number of the names before it.
    pub nameless: Vec<(Option<usize>, String, usize)>,
    /// The stretches of the source in which the answer under reading is dated, the narrower ones first.
    pub dated: Vec<(Span, Vec<Literal>)>,
    /// The tokens of each answer's text, as far as they had to be known for looking ahead.
    pub ahead: Vec<Option<Rc<Vec<Token>>>>,
    /// Those of the answers that are read as rows of tables, made when they are asked for.
    pub cells: Vec<OnceCell<Rc<Vec<Token>>>>,
    /// What was said something of, where and by which property; what is no longer claimed is still in it.
    said: FxHashSet<u64>,
    /// The mention that stands for the report.
    pub itself: MentionId,
    /// The mention that stands for the report's country.
    pub country: MentionId,
}

/// A passage under reading: what a mention's evidence needs.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub answer: Option<usize>,
    pub passage: &'a Passage,
    pub tokens: &'a [Token],
}

impl Place<'_> {
    /// The bytes of a range of tokens.
    pub(super) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        match (self.tokens.get(range.start), range.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if range.end > range.start => first.start()..last.end(),
            _ => 0..0,
        }
    }
    pub(super) fn text(&self, range: &Range<usize>) -> &str {
        self.passage.slice(self.bytes(range))
    }
}

impl<'a> Reader<'a> {
    /// A reader at the beginning of a report.
    pub(super) fn new(tools: &'a Tools<'a>, document: &'a Document, report: &'a Report, itself: NamedNode) -> Self {
        /// One thing is mentioned, and one said, in about so many bytes.
        const BYTES: usize = 80;
        let many = document.text.len() / BYTES;
        let mut reader = Self {
            tools,
            document,
            report,
            claims: Claims { mentions: Vec::with_capacity(many), claims: Vec::with_capacity(many), ..Claims::default() },
            acronyms: Acronyms::default(),
            places: Whereabouts::default(),
            promised: Vec::new(),
            named: Vec::with_capacity(many),
            nameless: Vec::new(),
            dated: Vec::new(),
            ahead: Vec::new(),
            cells: vec![OnceCell::new(); report.answers.len()],
            said: FxHashSet::default(),
            itself: 0,
            country: 0,
        };
        reader.itself = reader.fixed(itself, class::REPORT, &report.title, None);
        reader.country = reader.fixed(report.country.clone(), class::COUNTRY, &report.heading, None);
        reader
    }

    /// Whether a folded word is the name of the report's country, or the first of its words, or made from it: `ghanaian`.
    pub(super) fn is_own_countrys(&self, word: &str) -> bool {
        let label = self.tools.authority.label(self.report.country.as_ref(), &self.report.language).map(fold).unwrap_or_default();
        let stem: String = label.chars().take(STEM).collect();
        stem.len() >= STEM.min(label.len()) && !stem.is_empty() && word.starts_with(&stem)
    }

    /// Identifies what was mentioned by an acronym before the report explained it.
    pub(super) fn keep_promises(&mut self) {
        for (mention, acronym) in std::mem::take(&mut self.promised) {
            match self.acronyms.learnt.get(&acronym) {
                Some((id, _)) => self.claims.mentions[mention].identity = Identity::Same(*id),
                None => self.name_by_acronym(mention, acronym),
            }
        }
    }

    fn name_by_acronym(&mut self, mention: MentionId, acronym: String) {
        let mention = &mut self.claims.mentions[mention];
        let (lang, evidence) = (Some(self.report.language.clone()), mention.evidence.clone());
        // It is all that the thing is called.
        mention.names.push(Name { text: acronym, lang, kind: NameKind::Name, evidence });
    }

    /// The evidence of a range of a passage; cut where the source is broken off.
    pub(super) fn evidence(&self, answer: Option<usize>, passage: &Passage, range: Range<usize>) -> Option<Evidence> {
        let mut range = range;
        while !passage.is_contiguous(range.clone(), self.document) {
            let words = passage.slice(range.clone());
            range.end = range.start + words.rfind(' ')?;
        }
        let quote = passage.slice(range.clone()).trim();
        let span = passage.source(range)?;
        (!quote.is_empty()).then(|| Evidence { answer, span, quote: quote.to_owned() })
    }

    /// A mention of something that needs no identifying.
    pub(super) fn fixed(
        &mut self,
        iri: NamedNode,
        class: NamedNodeRef<'_>,
        passage: &Passage,
        answer: Option<usize>,
    ) -> MentionId {
        let evidence = self.evidence(answer, passage, 0..passage.text().len());
        self.fixed_at(iri, class, evidence.unwrap_or(Evidence { answer, span: Span::new(0, 0), quote: String::new() }))
    }

    /// The same, with evidence of its own.
    pub(super) fn fixed_at(&mut self, iri: NamedNode, class: NamedNodeRef<'_>, evidence: Evidence) -> MentionId {
        self.push(Mention {
            class: class.into_owned(),
            names: Vec::new(),
            identity: Identity::Fixed(iri),
            country: None,
            evidence,
        })
    }

    pub(super) fn push(&mut self, mention: Mention) -> MentionId {
        self.claims.mentions.push(mention);
        self.claims.mentions.len() - 1
    }

    /// A mention that is made elsewhere, with what later phrases can refer to it by.
    pub(super) fn introduce(&mut self, mention: Mention, kind: &NamedNode, words: String, answer: Option<usize>) -> MentionId {
        let id = self.push(mention);
        self.named.push(Named::new(id, kind, words, answer));
        id
    }

    /// Says something.
    pub(super) fn say(
        &mut self,
        subject: MentionId,
        property: &NamedNode,
        object: Object,
        evidence: Evidence,
        method: &str,
        confidence: f32,
    ) {
        let dates = self.dates(&evidence);
        let claim = Claim { subject, property: property.clone(), object, evidence, method: method.to_owned(), confidence, dates };
        if claim.object == Object::Mention(subject) {
            return;
        }
        // Most of what is said is said once.
        let new = self.said.insert(FxBuildHasher.hash_one((subject, property, &claim.evidence.answer)));
        let all = &mut self.claims.claims;
        if new || !all.iter().any(|other| says_all(other, &claim)) {
            all.push(claim);
        }
    }

    /// When the report dates what some words of it state.
    fn dates(&self, evidence: &Evidence) -> Vec<Literal> {
        let inside = |span: &Span| span.start <= evidence.span.start && evidence.span.end <= span.end;
        self.dated.iter().find(|(span, _)| inside(span)).map(|(_, years)| years.clone()).unwrap_or_default()
    }

    /// The class of a mention, through the mention that it refers back to.
    pub(super) fn class_of(&self, id: MentionId) -> NamedNodeRef<'_> {
        self.claims.mentions[id].class.as_ref()
    }

    /// The mention that another one is said to be.
    pub(super) fn origin(&self, id: MentionId) -> MentionId {
        match self.claims.mentions[id].identity {
            Identity::Same(same) => same,
            _ => id,
        }
    }

    /// Whether a mention, or the one that it refers back to, is another country's body and not the report's own of the same name.
    pub(super) fn is_abroad(&self, id: MentionId) -> bool {
        let mention = &self.claims.mentions[self.origin(id)];
        country_abroad(mention, self.report, self.tools.authority).is_some()
    }

    /// The mention that a spot is, made where it is a name; `None` for values and for phrases that refer to nothing.
    pub(super) fn mention(&mut self, place: Place<'_>, spot: &Spot) -> Option<MentionId> {
        let evidence = self.evidence(place.answer, place.passage, place.bytes(&spot.tokens))?;
        let identity = match &spot.what {
            What::Date(_) | What::Number(_) | What::Sum(_) => return None,
            What::OwnCountry => Identity::Same(self.country),
            What::Learnt(id) => Identity::Same(*id),
            What::Promised(acronym) => {
                self.promised.push((self.claims.mentions.len(), acronym.clone()));
                Identity::New
            }
            What::Short => {
                let words = fold(place.text(&spot.name));
                let only = self.only_longer(place.answer, &spot.kind, &words);
                let Some(id) = only.or_else(|| self.by_topic(place, spot, &words, &evidence)) else {
                    // "the National Police" is a name by itself, if the report has no longer one.
                    let alone = spot.head.is_some_and(|h| self.tools.lexicon.heads[h].alone);
                    if alone && place.tokens[spot.name.clone()].iter().all(|t| t.capital || !t.is_wordlike()) {
                        return Some(self.name(place, spot, &[], None, false, evidence));
                    }
                    self.unclear(place, spot, &evidence);
                    return None;
                };
                Identity::Same(id)
            }
            What::Anaphor => Identity::Same(self.referred(place.answer, &spot.kind, &fold(place.text(&spot.tokens)))?),
            What::Other(word) => Identity::Same(self.after_all(place, spot, word.as_deref())?),
            What::Name { known, acronym, is_acronym } => {
                return Some(self.name(place, spot, known, acronym.as_deref(), *is_acronym, evidence));
            }
        };
        let words = match &identity {
            Identity::Same(same) => self.named.iter().find(|n| n.id == *same).map(|n| n.words.clone()),
            _ => None,
        };
        let class = mention_class(&spot.kind);
        let id = self.push(Mention { class, names: Vec::new(), identity, country: None, evidence });
        self.named.push(Named::new(id, &spot.kind, words.unwrap_or_default(), place.answer));
        Some(id)
    }

    /// Keeps what an acronym stands for; where the text gives it to something else, that from then on.
    fn learn(&mut self, acronym: &str, id: MentionId, kind: &NamedNode) {
        let full = |id: MentionId| {
            let names = self.claims.mentions[id].names.iter().filter(|n| n.kind == NameKind::Name);
            names.map(|n| telling::words(&n.text).join(" ")).collect::<BTreeSet<_>>()
        };
        let other = self.acronyms.learnt.get(acronym).is_none_or(|(known, _)| telling::are_unlike(&full(*known), &full(id)));
        if other {
            self.acronyms.learnt.insert(acronym.to_owned(), (id, kind.clone()));
        }
    }

    /// The place that is listed for the report's country by a name.
    pub(super) fn place_called(&self, name: &[Token]) -> Option<NamedNode> {
        self.tools.places?.called(name)
    }

    /// The name of the body that an office-holder stands for: "Ministerio de Mareas" where the text has "Ministro de Mareas".
    fn of_office(&self, place: Place<'_>, spot: &Spot) -> Option<String> {
        let head = &self.tools.lexicon.heads[spot.head?];
        let body = head.office_of.as_ref()?;
        let first = place.tokens.get(spot.name.start)?;
        let rest = place.bytes(&spot.name).end;
        (first.folded.len() < place.text(&spot.name).len()).then(|| {
            let behind = place.passage.slice(first.end()..rest);
            format!("{body}{behind}")
        })
    }

    fn name(
        &mut self,
        place: Place<'_>,
        spot: &Spot,
        known: &[NamedNode],
        acronym: Option<&str>,
        is_acronym: bool,
        evidence: Evidence,
    ) -> MentionId {
        let bytes = place.bytes(&spot.name);
        let text = place.passage.slice(bytes.clone()).trim_matches(['"', '“', '”', '«', '»', ' ']).to_owned();
        let text = self.of_office(place, spot).unwrap_or(text);
        let words = fold(&text);
        // A place that only its noun, a list or a series tells lies in the report's country; one that is listed has one IRI,
        // whichever of its names stands here, and is no short form of another.
        let local = spot.kind.as_ref() == class::PLACE && known.is_empty() && spot.head.is_none();
        let listed = local.then(|| self.place_called(&place.tokens[spot.name.clone()])).flatten();
        let short = (known.is_empty() && listed.is_none()).then(|| self.longer(&spot.kind, &words)).flatten();
        let own = if spot.name == spot.tokens { None } else { self.evidence(place.answer, place.passage, bytes) };
        let name_evidence = own.unwrap_or_else(|| evidence.clone());
        let kind = if is_acronym { NameKind::Acronym } else { NameKind::Name };
        let lang = Some(self.report.language.clone());
        let mut names = vec![Name { text: text.clone(), lang: lang.clone(), kind, evidence: name_evidence }];
        if let Some(acronym) = acronym {
            names.push(Name { text: acronym.to_owned(), lang, kind: NameKind::Acronym, evidence: evidence.clone() });
        }
        let identity = match (short, listed) {
            (Some(id), _) => Identity::Same(id),
            (None, Some(iri)) => Identity::Fixed(iri),
            (None, None) if known.is_empty() => Identity::New,
            (None, None) => Identity::Known(known.to_vec()),
        };
        if matches!(identity, Identity::Same(_)) {
            names.clear(); // a short form is no name of its own
        }
        let class = mention_class(&spot.kind);
        let country = spot.country.clone().or_else(|| local.then(|| self.report.country.clone()));
        let id = self.push(Mention { class, names, identity, country, evidence });
        if let Some(acronym) = acronym {
            self.learn(acronym, id, &spot.kind);
        }
        self.named.push(Named::new(id, &spot.kind, words, place.answer));
        id
    }
}

/// The class of a mention of a kind: a concept for a scheme.
pub(super) fn mention_class(kind: &NamedNode) -> NamedNode {
    if kinds::is_scheme(kind) { skos::CONCEPT.into_owned() } else { kind.clone() }
}

/// Whether a claim says what another one says, with the same words or with fewer of the same: a list that is read item by item is quoted
/// no longer for what its introduction alone says.
fn says_all(claim: &Claim, other: &Claim) -> bool {
    let (short, long) = (&claim.evidence, &other.evidence);
    claim.subject == other.subject
        && short.answer == long.answer
        && claim.property == other.property
        && claim.object == other.object
        && (claim == other || long.span.start <= short.span.start && short.span.end <= long.span.end && short.span != long.span)
}
