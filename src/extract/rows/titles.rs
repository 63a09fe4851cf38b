//! The titles of all rows, read before their texts: what they name is known wherever the report speaks of it.

mod spots;

use super::made::{abbreviates_issue, class_of, dates, mention, promised};
use super::title::{self, Named};
use crate::extract::reader::{Place, Reader};
use crate::extract::spots::{What, find};
use crate::knowledge::form::Form;
use crate::knowledge::table::{Reading, TableSpec};
use crate::knowledge::words::folded_words;
use crate::model::claim::{MentionId, Name, NameKind, Object};
use crate::model::passage::Passage;
use crate::model::vocab::{class, flg, org};
use oxigraph::model::NamedNode;
use rustc_hash::{FxHashMap, FxHashSet};

/// Something that a title names, or that a row's text introduces.
pub(super) struct Titled {
    pub id: MentionId,
    pub kind: NamedNode,
    /// Its names as folded words.
    forms: Vec<Vec<String>>,
    acronym: Option<String>,
}

/// What one row is about.
#[derive(Clone, Debug, Default)]
pub(super) struct RowTitle {
    /// What its title names, owners left out.
    pub topics: Vec<MentionId>,
    /// Whether it stands for what its text names.
    pub umbrella: bool,
    /// Whether it does so only if its text names any.
    pub open: bool,
    /// Who runs all of that: "Ministry of Development's Programs".
    pub owner: Option<MentionId>,
    /// The marks in its title.
    pub marks: String,
}

/// All titles of a report.
#[derive(Default)]
pub(in crate::extract) struct Titles {
    all: Vec<Titled>,
    /// The words that one of their names begins with.
    firsts: FxHashSet<String>,
    rows: FxHashMap<usize, RowTitle>,
    /// Endings of the plural of an acronym.
    plurals: Vec<String>,
}

impl Titles {
    /// Reads the titles of a report's rows.
    pub(in crate::extract) fn read(reader: &mut Reader<'_>, form: &Form) -> Self {
        let mut titles = Self { plurals: reader.tools.lexicon.rows.plural_endings.clone(), ..Self::default() };
        for (at, answer) in reader.report.answers.iter().enumerate() {
            let table = form.tables.iter().find(|t| answer.question_key.as_deref() == Some(&t.key));
            if let Some(table) = table.filter(|t| t.reading == Reading::Entities && !answer.question.is_empty()) {
                titles.row(reader, at, &answer.question, table, true);
            }
        }
        titles.parts_by_name(reader);
        for (at, answer) in reader.report.answers.iter().enumerate() {
            let table = form.tables.iter().find(|t| answer.question_key.as_deref() == Some(&t.key));
            if let Some(table) = table.filter(|t| t.umbrellas && !answer.text.is_empty()) {
                let any = super::items(reader, form, table, at, &mut titles);
                // What announced several and names none is one thing after all.
                if !any && titles.rows.get(&at).is_some_and(|row| row.open) {
                    titles.row(reader, at, &answer.question, table, false);
                }
            }
        }
        titles.acronyms(reader);
        Self::explained(reader, form);
        titles
    }

    pub(super) fn of(&self, answer: usize) -> RowTitle {
        self.rows.get(&answer).cloned().unwrap_or_default()
    }

    /// Reads a title, which may be `several` things that its text names.
    fn row(&mut self, reader: &mut Reader<'_>, at: usize, title: &Passage, table: &TableSpec, several: bool) {
        let words = &reader.tools.lexicon.rows;
        let default = table.class.as_ref().map_or_else(|| class::GOVERNMENT_BODY.into_owned(), |c| c.0.clone());
        let bodies = table.rules.as_deref() == Some("bodies");
        let bare = title::without_remark(title.text());
        let mut found = title::names(bare, bodies, words);
        // "USDOL-Funded Project (SAFE)" is called by what its brackets hold.
        for named in &mut found {
            let own = named.names.first().map(|(n, _)| folded_words(n)).unwrap_or_default();
            let kind = |w: &[String]| words.suffixes.contains(&w[0]) && words.umbrellas.contains(&w[1]);
            if own.windows(2).last().is_some_and(kind)
                && let Some(acronym) = named.acronym.take()
            {
                named.names = vec![acronym];
            }
        }
        let mut row =
            RowTitle { marks: title.text().chars().filter(|c| super::cell::MARKS.contains(c)).collect(), ..RowTitle::default() };
        let plain = super::cell::plain(bare);
        let whole = folded_words(&plain);
        // "USDOL-Funded Project" stands for what its text names, "Safe Harvest Project" is one itself.
        let stands = |w: &String| {
            let before = whole.len().checked_sub(2).and_then(|i| whole.get(i));
            words.umbrellas.contains(w) && (words.themes.contains(w) || before.is_some_and(|b| words.suffixes.contains(b)))
        };
        let closed = whole.last().is_some_and(stands);
        // "Programs to Promote Education", where the text goes on by "Include X; …".
        let noun = super::pieces::before_preposition(&whole, words).map(|at| &whole[at]);
        let plural = noun.is_some_and(|w| words.umbrellas.contains(w) && words.themes.contains(w));
        let opens = several && table.umbrellas && !closed && plural;
        row.open = opens && super::umbrella::announces(reader, &reader.report.answers[at].text)
            || closed
                && several
                && title::tells(title.text(), &whole, words, |name| !reader.tools.authority.by_name(name).is_empty());
        if table.umbrellas && several && (closed || row.open) {
            row.umbrella = true;
            if let [owner, owned] = title::names(bare, true, words).as_slice()
                && owned.part_of == Some(0)
            {
                row.owner = Some(self.introduce(reader, at, title, owner, &class::GOVERNMENT_BODY.into_owned()));
            }
            // "Industry-Funded Projects": where no one is named who funds them, they are one thing.
            let unnamed = words.anonymous.iter().any(|w| whole.first() == Some(w));
            if let Some(named) = found.first().filter(|_| unnamed) {
                row.topics.push(self.introduce(reader, at, title, named, &default));
            }
            self.rows.insert(at, row);
            return;
        }
        for named in found.iter_mut().filter(|named| abbreviates_issue(reader, named)) {
            named.acronym = None;
        }
        if !bodies {
            let text = reader.report.answers[at].text.text();
            found = found.into_iter().flat_map(|named| super::things::named_apart(named, bare, text, words)).collect();
        }
        let mut ids: Vec<MentionId> = Vec::new();
        let owner = |i: usize| found.iter().any(|n| n.part_of == Some(i));
        for (i, named) in found.iter().enumerate() {
            let kind = if owner(i) { class::GOVERNMENT_BODY.into_owned() } else { class_of(reader, named, table, &default) };
            let id = self.introduce(reader, at, title, named, &kind);
            ids.push(id);
            self.owner_by_name(reader, at, title, (named, id));
            if let Some(above) = named.part_of.and_then(|p| ids.get(p).copied())
                && let Some(evidence) = reader.evidence(Some(at), title, 0..title.text().len())
            {
                reader.say(id, &org::SUB_ORGANIZATION_OF.into_owned(), Object::Mention(above), evidence, "row-title", 0.9);
            }
            let beside = found.iter().any(|n| n.part_of == Some(i) && n.beside);
            if !owner(i) || beside {
                row.topics.push(id);
            }
        }
        self.rows.insert(at, row);
    }

    /// The body whose name and acronym a programme's name begins with runs it: "Ministry of Ports (MOP) Cargo Database".
    fn owner_by_name(&mut self, reader: &mut Reader<'_>, at: usize, title: &Passage, (named, id): (&Named, MentionId)) {
        let Some([name, acronym]) = named.owner.clone() else { return };
        let range = name.1.start..acronym.1.end;
        let owner = Named { names: vec![name], acronym: Some(acronym), range, ..Named::default() };
        let owner = self.introduce(reader, at, title, &owner, &class::GOVERNMENT_BODY.into_owned());
        let evidence = reader.evidence(Some(at), title, named.range.clone());
        if let Some(evidence) = evidence.filter(|_| reader.class_of(id) == class::PROGRAMME) {
            reader.say(id, &flg::IMPLEMENTED_BY.into_owned(), Object::Mention(owner), evidence, "name-in-name", 0.85);
        }
    }

    /// A mention for a name of a title, or the one that was made for it before.
    pub(super) fn introduce(
        &mut self,
        reader: &mut Reader<'_>,
        at: usize,
        passage: &Passage,
        named: &Named,
        kind: &NamedNode,
    ) -> MentionId {
        let forms: Vec<Vec<String>> = named.names.iter().map(|(n, _)| folded_words(n)).filter(|w| !w.is_empty()).collect();
        let same = |t: &Titled| {
            let full = t.forms.iter().any(|f| forms.contains(f));
            let alone = named.acronym.is_none() && forms.first().is_some_and(|f| f.len() == 1);
            let by_acronym = alone && t.acronym.as_ref().is_some_and(|a| named.names.iter().any(|(n, _)| n == a));
            full || by_acronym
        };
        self.firsts.extend(forms.iter().filter_map(|form| form.first()).cloned());
        let id = if let Some(found) = self.all.iter().position(same) {
            let titled = &mut self.all[found];
            titled.forms.extend(forms);
            if titled.acronym.is_none() {
                titled.acronym = named.acronym.as_ref().map(|(a, _)| a.clone());
            }
            titled.id
        } else {
            let (id, kind) =
                promised(reader, at, passage, named).unwrap_or_else(|| (mention(reader, at, passage, named, kind), kind.clone()));
            let acronym = named.acronym.as_ref().map(|(a, _)| a.clone());
            self.all.push(Titled { id, kind, forms, acronym });
            id
        };
        if let Some((acronym, _)) = &named.acronym {
            reader.acronyms.learnt.entry(acronym.clone()).or_insert_with(|| (id, kind.clone()));
        }
        if let Some((from, to)) = &named.period {
            dates(reader, at, passage, named.range.clone(), id, (from, to));
        }
        id
    }

    /// "MELR Child Labor Unit": a name that begins with another's is a part of that.
    fn parts_by_name(&mut self, reader: &mut Reader<'_>) {
        let mut shorter: Vec<(usize, Vec<String>)> = Vec::new();
        let body = [class::GOVERNMENT_BODY.into_owned(), class::COMMISSION.into_owned()];
        for (at, part) in self.all.iter().enumerate().filter(|(_, t)| body.contains(&t.kind)) {
            let Some(form) = part.forms.first() else { continue };
            let begins = |t: &&Titled| {
                let longer = |f: &Vec<String>| f.len() >= 3 && form.len() > f.len() + 1 && form.starts_with(f);
                let acronym = t.acronym.as_ref().is_some_and(|a| form.len() > 2 && form.first() == folded_words(a).first());
                let written = reader.claims.mentions[part.id]
                    .names
                    .first()
                    .is_some_and(|n| t.acronym.as_ref().is_some_and(|a| n.text.starts_with(a.as_str())));
                t.id != part.id && t.kind.as_ref() == class::GOVERNMENT_BODY && (t.forms.iter().any(longer) || acronym && written)
            };
            if let Some(above) = self.all.iter().find(begins) {
                let evidence = reader.claims.mentions[part.id].evidence.clone();
                let bodies = &reader.tools.lexicon.rows.bodies;
                let owner = above.forms.iter().filter(|f| form.starts_with(f)).map(Vec::len).max().unwrap_or(1);
                // "MELR Office for Young Workers": the noun may begin what is owned.
                if form.last().is_some_and(|w| bodies.contains(w)) || form.get(owner).is_some_and(|w| bodies.contains(w)) {
                    reader.say(
                        part.id,
                        &org::SUB_ORGANIZATION_OF.into_owned(),
                        Object::Mention(above.id),
                        evidence,
                        "name-in-name",
                        0.85,
                    );
                    shorter.push((at, form[owner..].to_vec()));
                }
            }
        }
        for (at, form) in shorter.into_iter().filter(|(_, f)| f.len() > 1) {
            if self.all.iter().all(|t| !t.forms.contains(&form)) {
                self.firsts.extend(form.first().cloned());
                self.all[at].forms.push(form);
            }
        }
    }

    /// Acronyms that rows use, and that a part of the report explains that is not read.
    fn explained(reader: &mut Reader<'_>, form: &Form) {
        let in_rows =
            |key: &Option<String>| form.tables.iter().any(|t| t.reading == Reading::Entities && key.as_deref() == Some(&t.key));
        let used = |acronym: &str| {
            reader
                .report
                .answers
                .iter()
                .filter(|a| in_rows(&a.question_key))
                .any(|a| a.text.text().contains(acronym) || a.question.text().contains(acronym))
        };
        let wanted: Vec<String> =
            reader.acronyms.promised.keys().filter(|a| !reader.acronyms.learnt.contains_key(*a) && used(a)).cloned().collect();
        for (at, answer) in reader.report.answers.iter().enumerate() {
            let text = answer.text.text();
            if !wanted.iter().any(|a| text.contains(&format!("({a})"))) {
                continue;
            }
            let toks = super::cell::tokens_of(reader, at);
            let place = Place { answer: Some(at), passage: &answer.text, tokens: &toks };
            for spot in find(text, &toks, reader.tools, &reader.acronyms).outer {
                let What::Name { acronym: Some(acronym), .. } = &spot.what else { continue };
                if wanted.contains(acronym) && !reader.acronyms.learnt.contains_key(acronym) {
                    reader.mention(place, &spot);
                }
            }
        }
    }

    /// Acronyms that a text explains behind a title's name: "the National Civil Police (PNC)".
    fn acronyms(&mut self, reader: &mut Reader<'_>) {
        if self.all.is_empty() {
            return;
        }
        for (at, answer) in reader.report.answers.iter().enumerate() {
            let text = answer.text.text();
            let toks = super::cell::tokens_of(reader, at);
            for spot in self.spots(text, &toks) {
                let What::Learnt(id) = spot.what else { continue };
                let end = spot.tokens.end;
                if !toks.get(end).is_some_and(|t| t.is('(')) {
                    continue;
                }
                let Some(close) = (end + 1..toks.len().min(end + 6)).find(|i| toks[*i].is(')')) else { continue };
                let bytes = toks[end].end()..toks[close].start();
                let acronym = text[bytes.clone()].trim().to_owned();
                let free = self.all.iter().find(|t| t.id == id).is_some_and(|t| t.acronym.is_none());
                if !title::is_acronym(&acronym) || !free || reader.acronyms.learnt.contains_key(&acronym) {
                    continue;
                }
                if let Some(evidence) = reader.evidence(Some(at), &answer.text, bytes) {
                    let lang = Some(reader.report.language.clone());
                    reader.claims.mentions[id].names.push(Name {
                        text: acronym.clone(),
                        lang,
                        kind: NameKind::Acronym,
                        evidence,
                    });
                }
                reader.acronyms.learnt.insert(acronym.clone(), (id, spot.kind.clone()));
                self.all.iter_mut().filter(|t| t.id == id).for_each(|t| t.acronym = Some(acronym.clone()));
            }
        }
    }

    /// Whether a title, or a part of one, is these words.
    pub(super) fn is_title(&self, words: &[String]) -> bool {
        self.all.iter().any(|t| t.forms.iter().any(|f| f == words))
    }

    /// Whether a title begins with these words.
    pub(super) fn has_beginning(&self, words: &[String]) -> bool {
        self.all.iter().any(|t| t.forms.iter().any(|f| f.starts_with(words)))
    }

    /// The one title that begins with these words and goes on.
    pub(super) fn beginning(&self, words: &[String]) -> Option<&Titled> {
        let mut fits = self.all.iter().filter(|t| t.forms.iter().any(|f| f.len() >= words.len() && f.starts_with(words)));
        fits.next().filter(|_| fits.next().is_none())
    }
}
