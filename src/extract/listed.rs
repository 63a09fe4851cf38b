//! Places that no noun tells: those that are listed for the report's country, and the others of a series in which some of them stand.

use super::localities::Localities;
use super::tokens::{Kind, Token, apostrophe, ends_owner};
use super::vocabulary::{Numbers, Senses};
use crate::knowledge::places::Places;
use oxigraph::model::NamedNode;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Nouns and small words that are looked past beside a name.
const MOST_BESIDE: usize = 3;
/// A series has at least so many members where a place that is not listed is taken from it.
const SERIES: usize = 3;
/// A place that only its series tells has at most so many words, and at least so many letters.
const MOST_WORDS: usize = 3;
const FEWEST_LETTERS: usize = 3;
/// An article that a hyphen ties to a name has no more letters: `al-`.
const ARTICLE: usize = 2;

/// The places that are listed for each country.
#[derive(Default)]
pub(super) struct Listed(FxHashMap<NamedNode, Own>);

/// The places of one country, in the order of their words.
#[derive(Default)]
pub(super) struct Own(Vec<Entry>);

struct Entry {
    /// The words of the name, by their numbers; never empty.
    words: Box<[u32]>,
    iri: NamedNode,
    /// Whether other things are called so too.
    shared: bool,
}

/// A place at which a listed name stands.
struct Place {
    tokens: Range<usize>,
    /// Whether other things are called so too: it counts only beside another place.
    shared: bool,
}

impl Listed {
    /// All places, ready to be found.
    pub(super) fn new(places: &Places, numbers: &mut Numbers) -> Self {
        let mut listed: FxHashMap<NamedNode, Own> = FxHashMap::default();
        for place in places.iter().filter(|place| !place.words.is_empty()) {
            let words = place.words.iter().map(|word| numbers.add(word)).collect();
            let entry = Entry { words, iri: place.iri.clone(), shared: place.shared };
            match listed.get_mut(&place.country) {
                Some(own) => own.0.push(entry),
                None => drop(listed.insert(place.country.clone(), Own(vec![entry]))),
            }
        }
        for own in listed.values_mut() {
            own.0.sort_by(|a, b| a.words.cmp(&b.words));
        }
        Self(listed)
    }

    /// The places of a country.
    pub(super) fn of(&self, country: &NamedNode) -> Option<&Own> {
        self.0.get(country)
    }
}

impl Own {
    /// The place that is called by these words and no others.
    pub(super) fn called(&self, toks: &[Token]) -> Option<&NamedNode> {
        let (end, entry) = self.longest(toks, 0)?;
        (end == toks.len()).then_some(&entry.iri)
    }

    /// The places that a name is made of, which lacks what would part them: "Basra Kirkuk, and Ninewa provinces"; without nouns
    /// behind them, "Nairobi City County". Else the name.
    fn parted(&self, toks: &[Token], name: Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut at = name.start;
        while at < name.end {
            match self.longest(toks, at).filter(|(end, _)| *end <= name.end && toks[at].capital) {
                Some((end, _)) => parts.push(std::mem::replace(&mut at, end)..end),
                None if !parts.is_empty() && toks[at..name.end].iter().all(|t| t.can_be(Senses::PLACE_NOUN)) => break,
                None => return vec![name],
            }
        }
        parts
    }

    /// The longest name that begins at a token, with its end.
    fn longest(&self, toks: &[Token], start: usize) -> Option<(usize, &Entry)> {
        let first = Some(toks.get(start)?.word);
        let from = self.0.partition_point(|entry| entry.words.first().copied() < first);
        let same = self.0.get(from..)?.iter().take_while(|entry| entry.words.first().copied() == first);
        same.filter_map(|entry| Some((end_of(toks, start, &entry.words)?, entry))).max_by_key(|(end, _)| *end)
    }
}

/// Where a name ends that begins at a token; hyphens and the like may tie its words.
fn end_of(toks: &[Token], start: usize, words: &[u32]) -> Option<usize> {
    let ties = |t: &Token| !t.spaced && (t.is('-') || t.is('.') || apostrophe(t));
    let mut at = start;
    for (place, word) in words.iter().enumerate() {
        at += usize::from(place > 0 && toks.get(at).is_some_and(ties));
        toks.get(at).filter(|t| t.word == *word)?;
        at += 1;
    }
    Some(at)
}

/// The word with a capital that "of" and nouns in lower case tie to what begins at `end`: "Universidad de", "Cour d'appel de". It may
/// begin an organisation's name, also where it begins a sentence: "Trabajadores de Piura".
fn named_of(toks: &[Token], mut end: usize) -> Option<usize> {
    let small = |t: &&Token| {
        let word = t.can_be(Senses::GENITIVE) || t.can_be(Senses::DETERMINER) || t.is_wordlike() && t.folded.len() == 1;
        !t.capital && (word || apostrophe(t))
    };
    for _ in 0..MOST_BESIDE {
        let run = toks[..end].iter().rev().take(MOST_BESIDE + 1).take_while(small);
        let (length, genitive) = run.fold((0, false), |(n, of), t| (n + 1, of || t.can_be(Senses::GENITIVE)));
        let noun = end.checked_sub(length + 1).filter(|noun| genitive && toks[*noun].is_wordlike())?;
        if toks[noun].capital {
            return Some(noun);
        }
        end = noun;
    }
    None
}

impl Localities {
    /// All places of a passage that the authority need not have: those that a noun tells, those that are listed for the report's
    /// country, and those that only a series of them tells. `taken` says whether something else stands at some tokens.
    pub(super) fn all(&self, toks: &[Token], own: Option<&Own>, taken: impl Fn(&Range<usize>) -> bool) -> Vec<Range<usize>> {
        let told = self.find(toks);
        let Some(own) = own else { return told };
        let told: Vec<Range<usize>> = told.into_iter().flat_map(|name| own.parted(toks, name)).collect();
        let listed = self.listed(toks, own);
        if listed.is_empty() {
            return told;
        }
        let apart = |place: &Place| told.iter().all(|t| t.end <= place.tokens.start || place.tokens.end <= t.start);
        let mut places: Vec<Place> = listed.into_iter().filter(apart).collect();
        places.extend(told.into_iter().map(|tokens| Place { tokens, shared: false }));
        places.sort_by_key(|place| place.tokens.start);
        let mut out: Vec<Range<usize>> = Vec::with_capacity(places.len());
        for place in &places {
            if out.last().is_some_and(|last| place.tokens.end <= last.end) {
                continue;
            }
            self.series(toks, &places, place, &taken, &mut out);
        }
        out
    }

    /// The names of listed places that are no part of longer names.
    fn listed(&self, toks: &[Token], own: &Own) -> Vec<Place> {
        let mut out = Vec::new();
        let (mut end, mut barred) = (0, None);
        for (start, _) in toks.iter().enumerate().filter(|(_, t)| t.can_be(Senses::PLACE) && t.capital && !t.upper) {
            let Some((to, entry)) = own.longest(toks, start).filter(|_| start >= end) else { continue };
            end = to;
            // "the Universities of Piura and Tumbes": what is joined to a part of a longer name is one itself.
            let joined = self.member_before(toks, start);
            if joined.is_some() && joined == barred || !self.free_before(toks, start) {
                barred = Some(to);
            } else if self.free_behind(toks, to) {
                out.push(Place { tokens: start..to, shared: entry.shared });
            }
        }
        out
    }

    /// Where the member of a series ends that is joined to a name: "Soubré et de Divo".
    fn member_before(&self, toks: &[Token], start: usize) -> Option<usize> {
        self.joined_before(toks, self.before_small(toks, start))
    }

    /// Whether what stands before a name leaves it a name of its own: not "UNICEF Piura", "Universidad de Piura", "Mr. Kilifi".
    fn free_before(&self, toks: &[Token], start: usize) -> bool {
        let Some(mut at) = start.checked_sub(1) else { return true };
        // "d'Abidjan", "l'Artibonite"
        if apostrophe(&toks[at]) && !toks[start].spaced {
            match at.checked_sub(1).filter(|before| !toks[*before].capital && !toks[at].spaced) {
                Some(before) => at = before,
                None => return false,
            }
        }
        let before = &toks[at];
        if before.kind == Kind::Mark {
            // "al-Jawf" begins with an article.
            let article = at.checked_sub(1).is_some_and(|t| !toks[t].capital && toks[t].folded.len() <= ARTICLE);
            let tied = !toks[start].spaced && (before.is('-') || before.is('–')) && !article;
            let title = before.is('.') && at.checked_sub(1).is_some_and(|t| toks[t].capital && self.shortens(&toks[t]));
            return !(tied || title);
        }
        if before.capital {
            return self.tells(before) && self.free_before(toks, at)
                || !before.upper && (before.can_be(Senses::SMALL) || before.can_be(Senses::OPENER));
        }
        let named = named_of(toks, at + 1);
        named.is_none_or(|noun| self.tells(&toks[noun]) && self.free_before(toks, noun))
    }

    /// Whether what stands behind a name leaves it a name of its own: not "Mombasa County Court", "Kwale Women's Network".
    fn free_behind(&self, toks: &[Token], end: usize) -> bool {
        let end = self.past_nouns(toks, end, true);
        let Some(next) = toks.get(end) else { return true };
        let capital = |at: usize| toks.get(at).is_some_and(|t| t.capital && t.is_wordlike());
        if next.is_wordlike() {
            let small = |t: &&Token| t.can_be(Senses::GENITIVE) || t.can_be(Senses::DETERMINER);
            let run = toks[end..].iter().take(MOST_BESIDE).take_while(small).count();
            return !(capital(end) || next.can_be(Senses::GENITIVE) && capital(end + run));
        }
        if next.spaced {
            return true;
        }
        if apostrophe(next) {
            return !capital(end + 1 + usize::from(ends_owner(toks.get(end + 1), &self.owner_endings)));
        }
        let tied = (next.is('-') || next.is('–')) && toks.get(end + 1).is_some_and(|t| !t.spaced);
        !tied
    }

    /// Where the nouns end that stand behind a name and say what it names: `Nairobi City County`.
    fn past_nouns(&self, toks: &[Token], end: usize, capital: bool) -> usize {
        let noun = |t: &&Token| t.spaced && self.tells(t) && (t.capital || !capital);
        end + toks.get(end..).unwrap_or_default().iter().take(MOST_BESIDE).take_while(noun).count()
    }

    /// Adds a place, with those before and behind it in its series that count there.
    fn series(
        &self,
        toks: &[Token],
        places: &[Place],
        place: &Place,
        taken: &impl Fn(&Range<usize>) -> bool,
        out: &mut Vec<Range<usize>>,
    ) {
        let known = |range: &Range<usize>| places.iter().find(|p| p.tokens == *range);
        let plausible = |name: &Range<usize>| self.may_be_place(toks, name) && !taken(name);
        let mut members = vec![place.tokens.clone()];
        let mut closed = false;
        // What stands before it; the listed ones there had their series already, which did not come as far as this.
        let mut start = place.tokens.start;
        while let Some(end) = self.member_before(toks, start) {
            let Some(name) = self.name_before(toks, end).filter(|name| known(name).is_none() && plausible(name)) else { break };
            closed |= toks[name.end..start].iter().any(|t| t.can_be(Senses::AND));
            start = name.start;
            members.insert(0, name);
        }
        // A series stands in a sentence; what it begins with may be another thing's name.
        let led = |start: usize| start.checked_sub(1).is_some_and(|at| toks[at].kind == Kind::Word && !toks[at].capital);
        while members.first().is_some_and(|first| known(first).is_none() && !led(first.start)) {
            members.remove(0);
        }
        let mut end = place.tokens.end;
        while let Some((next, and)) = self.joined_behind(toks, self.past_nouns(toks, end, false)) {
            let listed = places.iter().find(|p| p.tokens.start == next).map(|p| p.tokens.clone());
            let name = listed.or_else(|| self.name_at(toks, next).filter(|name| plausible(name)));
            let Some(name) = name else { break };
            end = name.end;
            members.push(name);
            closed |= and;
            if and {
                break;
            }
        }
        let sure = members.iter().filter(|m| known(m).is_some_and(|p| !p.shared)).count();
        let told = closed && members.len() >= SERIES && 2 * sure >= members.len();
        out.extend(members.into_iter().filter(|m| known(m).map_or(told, |p| !p.shared || sure > 0)));
    }

    /// Whether a name in a series of places can be one.
    fn may_be_place(&self, toks: &[Token], name: &Range<usize>) -> bool {
        const OTHER: [Senses; 7] =
            [Senses::MONTH, Senses::HEAD, Senses::PERSON, Senses::OFFICE, Senses::FIELD, Senses::DEMONYM, Senses::OPENER];
        let words = &toks[name.clone()];
        let named = words.iter().filter(|t| t.capital);
        let letters: usize = words.iter().map(|t| t.folded.chars().count()).sum();
        let other = |t: &Token| t.capital && OTHER.iter().any(|sense| t.can_be(*sense)) || self.tells(t);
        named.count() <= MOST_WORDS && letters >= FEWEST_LETTERS && !words.iter().any(other) && self.free_behind(toks, name.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tokens::tokens;
    use crate::extract::vocabulary::{Language, Vocabulary};
    use crate::knowledge::authority::Authority;
    use crate::knowledge::lexicon::lexicons;

    /// The places of a text in a report on a country.
    fn places(language: &str, code: &str, text: &str) -> Vec<String> {
        let lexicon = lexicons().unwrap_or_default().into_iter().find(|l| l.language.to_string() == language).unwrap();
        let list = Places::load(&Authority::load().unwrap()).unwrap();
        let mut numbers = Numbers::default();
        let mut words = Language::new(&lexicon, &[], &mut numbers);
        words.begin_places(&list, &mut numbers);
        let listed = Listed::new(&list, &mut numbers);
        let toks = tokens(text, Vocabulary { numbers: &numbers, language: &words });
        let own = listed.of(&crate::model::id::resource("country", code));
        let found = Localities::new(&lexicon).all(&toks, own, |_| false);
        found.into_iter().map(|r| text[toks[r.start].start()..toks[r.end - 1].end()].to_owned()).collect()
    }

    #[test]
    fn listed_places_need_no_noun() {
        assert_eq!(places("en", "ken", "It operates in Mombasa, Kilifi and Kwale."), ["Mombasa", "Kilifi", "Kwale"]);
        assert_eq!(places("en", "ken", "Mombasa-born, in Nairobi City County, Homa Bay (2019)"), ["Nairobi", "Homa Bay"]);
        assert_eq!(
            places("es", "per", "En Piura, Loreto y Madre de Dios; de Cuzco"),
            ["Piura", "Loreto", "Madre de Dios", "Cuzco"]
        );
        assert_eq!(
            places("fr", "civ", "à Bouaké, à Korhogo et à San Pédro, près d’Abidjan"),
            ["Bouaké", "Korhogo", "San Pédro", "Abidjan"]
        );
        assert_eq!(places("fr", "hti", "l'Artibonite et la Grand'Anse"), ["Artibonite", "Grand'Anse"]);
        assert_eq!(places("en", "yem", "in al-Jawf and Ma’rib"), ["Jawf", "Ma’rib"]);
        assert_eq!(places("es", "per", "la Región Piura y el Departamento de Loreto"), ["Piura", "Loreto"]);
    }

    #[test]
    fn the_places_of_other_countries_are_none() {
        assert!(places("en", "ken", "in Cordoba, Piura and Bouaké").is_empty());
        assert!(places("en", "usa", "in Mombasa").is_empty());
    }

    #[test]
    fn a_part_of_a_longer_name_is_no_place() {
        for (language, code, text) in [
            ("en", "ken", "the Mombasa County Court and the Kwale Women's Network"),
            ("en", "ken", "the University of Nairobi, UNICEF Mombasa, and the Nairobi's Hope Centre"),
            ("en", "ken", "Mr. Kilifi and Dr. Jane Nakuru spoke; a Mombasa-based body; KILIFI"),
            ("en", "ken", "the Bishop of Nyeri and Meru"),
            ("es", "per", "la Universidad de Piura y Tumbes, la Universidad Nacional de Piura"),
            ("es", "per", "el Sr. Lima, la Corte Superior de Justicia de la Región de Piura"),
            ("es", "per", "Lima de Todos y Tacna Heroica"),
            ("fr", "civ", "l'Université de Bouaké, la Cour d'appel d'Abidjan, Centres d’accueil de Soubré et de Divo"),
        ] {
            assert!(places(language, code, text).is_empty(), "{text}: {:?}", places(language, code, text));
        }
    }

    #[test]
    fn names_that_other_things_have_count_beside_places_only() {
        assert!(places("en", "gha", "in Central and Western parts, and in Volta").is_empty());
        assert_eq!(places("en", "gha", "in Ashanti, Central and Volta"), ["Ashanti", "Central", "Volta"]);
        assert_eq!(places("es", "per", "en La Libertad y Piura"), ["La Libertad", "Piura"]);
        assert!(places("es", "per", "La Libertad de las personas").is_empty());
    }

    #[test]
    fn the_rest_of_a_series_is_taken_where_most_of_it_is_known() {
        assert_eq!(places("en", "ken", "in Mombasa, Kilifi and Unknownville."), ["Mombasa", "Kilifi", "Unknownville"]);
        assert_eq!(places("en", "ken", "in Old Harbour, Kilifi, and Kwale"), ["Old Harbour", "Kilifi", "Kwale"]);
        // Not closed, too short, mostly unknown, or something else.
        for (text, found) in [
            ("In Mombasa, Kilifi, Winrock supports", ["Mombasa", "Kilifi"].as_slice()),
            ("in Mombasa and Unknownville", &["Mombasa"]),
            ("in Mombasa, Hereville and Thereville", &["Mombasa"]),
            ("in Mombasa, Kilifi and May 2020", &["Mombasa", "Kilifi"]),
            ("in Mombasa, Kilifi and ILO offices", &["Mombasa", "Kilifi"]),
            ("in Mombasa, Kilifi and Parliament House Gardens Committee", &["Mombasa", "Kilifi"]),
            ("Teachers, Mombasa, and Kilifi", &["Mombasa", "Kilifi"]),
        ] {
            assert_eq!(places("en", "ken", text), found, "{text}");
        }
    }

    #[test]
    fn listed_places_that_nothing_parts_are_several() {
        assert_eq!(places("en", "irq", "in Basra Kirkuk, and Ninewa provinces"), ["Basra", "Kirkuk", "Ninewa"]);
    }
}
