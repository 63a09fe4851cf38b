//! Places that no noun tells: those that are listed for the report's country, and the others of a series in which some of them stand.

mod edges;

use super::Tools;
use super::gazetteer::Found;
use super::localities::Localities;
use super::tokens::{Kind, Token, apostrophe};
use super::vocabulary::{Numbers, Senses};
use crate::knowledge::places::{Place, Places};
use crate::model::id::resource;
use crate::model::vocab::class;
use edges::{past_nouns, tells};
use oxigraph::model::NamedNode;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A series has at least so many members where a place that is not listed is taken from it.
const SERIES: usize = 3;
/// A place that only its series tells has at most so many words, and at least so many letters.
const MOST_WORDS: usize = 3;
const FEWEST_LETTERS: usize = 3;
/// A small word inside a name has no more letters: `del`.
const SMALL: usize = 3;

/// The places that are listed for each country.
#[derive(Default)]
pub(super) struct Listed(FxHashMap<NamedNode, Own>);

/// The places of one country.
pub(super) struct Own {
    country: NamedNode,
    code: Box<str>,
    /// In the order of their words.
    names: Vec<Entry>,
}

struct Entry {
    /// The words of the name, by their numbers; never empty.
    words: Box<[u32]>,
    /// What the place is called after.
    name: Box<str>,
    /// Whether other things are called so too.
    shared: bool,
}

/// A name of a place in a passage.
struct Named {
    tokens: Range<usize>,
    /// Whether other things are called so too: it counts only beside another place.
    shared: bool,
}

impl Listed {
    /// All places, ready to be found.
    pub(super) fn new(places: &Places, numbers: &mut Numbers) -> Self {
        let mut own = |code: &str, places: &[Place]| {
            let mut entry = |place: &Place| Entry {
                words: place.words.iter().map(|word| numbers.add(word)).collect(),
                name: place.name.as_str().into(),
                shared: place.shared,
            };
            let mut names: Vec<Entry> = places.iter().map(&mut entry).collect();
            names.sort_by(|a, b| a.words.cmp(&b.words));
            Own { country: resource("country", code), code: code.into(), names }
        };
        let all = places.countries().map(|(code, places)| own(code, places));
        Self(all.map(|own| (own.country.clone(), own)).collect())
    }

    /// The words with which names begin, by their numbers.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.values().flat_map(|own| own.names.iter()).filter_map(|entry| entry.words.first().copied())
    }

    /// Whether these words and no others are the name of a place of another country alone.
    pub(super) fn is_abroad(&self, toks: &[Token], country: &NamedNode) -> bool {
        let has = |own: &Own| own.longest(toks, 0).is_some_and(|(end, _)| end == toks.len());
        !self.of(country).is_some_and(has) && self.0.values().any(has)
    }

    /// The places of a country.
    pub(super) fn of(&self, country: &NamedNode) -> Option<&Own> {
        self.0.get(country)
    }
}

impl Own {
    /// The place that is called by these words and no others.
    pub(super) fn called(&self, toks: &[Token]) -> Option<NamedNode> {
        let (_, entry) = self.longest(toks, 0).filter(|(end, _)| *end == toks.len())?;
        Some(Place::iri(&self.code, &entry.name))
    }

    /// Whether a country, or another one's place, has the name of a place of this country, where that is what is meant: "Granada" in
    /// a report on Nicaragua.
    fn means(&self, found: &Found, toks: &[Token], tools: &Tools<'_>) -> bool {
        let place = found.kind.as_ref() == class::COUNTRY || found.kind.as_ref() == class::PLACE;
        let whole = |(end, entry): &(usize, &Entry)| *end == found.tokens.end && !entry.shared;
        let own = || found.bearers.iter().any(|iri| tools.country_of(iri) == Some(&self.country));
        place && self.longest(toks, found.tokens.start).as_ref().is_some_and(whole) && !own()
    }

    /// A name with the article before it, where that begins the name of a listed place: "provincias de El Oro y Los Ríos".
    fn with_article(&self, toks: &[Token], name: Range<usize>) -> Range<usize> {
        let before = name.start.checked_sub(1).filter(|at| toks[*at].capital && toks[*at].folded.len() <= SMALL);
        let whole = |at: &usize| self.longest(toks, *at).is_some_and(|(end, _)| end == name.end);
        before.filter(whole).unwrap_or(name.start)..name.end
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
        let from = self.names.partition_point(|entry| entry.words.first().copied() < first);
        let same = self.names.get(from..)?.iter().take_while(|entry| entry.words.first().copied() == first);
        same.filter_map(|entry| Some((end_of(toks, start, &entry.words)?, entry))).max_by_key(|(end, _)| *end)
    }
}

/// Where a name ends that begins at a token; hyphens and the like may tie its words. Only small words in it, and what is tied, are
/// without a capital: "La paz" is peace.
fn end_of(toks: &[Token], start: usize, words: &[u32]) -> Option<usize> {
    let ties = |t: &Token| !t.spaced && (t.is('-') || t.is('.') || apostrophe(t));
    let small = |t: &Token, last: bool| !t.spaced || t.folded.len() <= SMALL && !last;
    let mut at = start;
    for (place, word) in words.iter().enumerate() {
        at += usize::from(place > 0 && toks.get(at).is_some_and(ties));
        toks.get(at).filter(|t| t.word == *word && (t.capital || small(t, place + 1 == words.len())))?;
        at += 1;
    }
    Some(at)
}

impl Tools<'_> {
    /// The names that the authority has in a passage, without those that mean a place of the report's country.
    pub(super) fn known(&self, text: &str, toks: &[Token]) -> Vec<Found> {
        let mut found = self.gazetteer.find(text, toks, &self.lexicon.language);
        if let Some(own) = self.places {
            found.retain(|found| !own.means(found, toks, self));
        }
        found
    }
}

impl Localities {
    /// All places of a passage that the authority need not have: those that a noun tells, those that are listed for the report's
    /// country, and those that only a series of them tells. `taken` says whether something else stands at some tokens.
    pub(super) fn all(&self, toks: &[Token], own: Option<&Own>, taken: impl Fn(&Range<usize>) -> bool) -> Vec<Range<usize>> {
        let told = self.find(toks);
        let Some(own) = own else { return told };
        let told: Vec<Range<usize>> = told.into_iter().flat_map(|name| own.parted(toks, own.with_article(toks, name))).collect();
        let listed = self.listed(toks, own);
        if listed.is_empty() {
            return told;
        }
        let apart = |place: &Named| told.iter().all(|t| t.end <= place.tokens.start || place.tokens.end <= t.start);
        let mut places: Vec<Named> = listed.into_iter().filter(apart).collect();
        places.extend(told.into_iter().map(|tokens| Named { tokens, shared: false }));
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
    fn listed(&self, toks: &[Token], own: &Own) -> Vec<Named> {
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
                out.push(Named { tokens: start..to, shared: entry.shared });
            }
        }
        out
    }

    /// Where the member of a series ends that is joined to a name: "Soubré et de Divo".
    pub(super) fn member_before(&self, toks: &[Token], start: usize) -> Option<usize> {
        self.joined_before(toks, self.before_small(toks, start))
    }

    /// Adds a place, with those before and behind it in its series that count there.
    fn series(
        &self,
        toks: &[Token],
        places: &[Named],
        place: &Named,
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
        while let Some((next, and)) = self.joined_behind(toks, past_nouns(toks, end, false)) {
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
        let other = |t: &Token| t.capital && OTHER.iter().any(|sense| t.can_be(*sense)) || tells(t);
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
    use std::sync::LazyLock;

    /// The lists that come with the program.
    static LISTS: LazyLock<Places> = LazyLock::new(|| {
        let authority = Authority::load().ok();
        authority.and_then(|authority| Places::load(&authority).ok()).unwrap_or_default()
    });

    /// The places of a text in a report on a country.
    fn places(language: &str, code: &str, text: &str) -> Vec<String> {
        let lexicon = lexicons().unwrap_or_default().into_iter().find(|l| l.language.to_string() == language);
        let Some(lexicon) = lexicon else { return Vec::new() };
        let mut numbers = Numbers::default();
        let mut words = Language::new(&lexicon, &[], &mut numbers);
        let listed = Listed::new(&LISTS, &mut numbers);
        words.begin_places(listed.beginnings());
        let toks = tokens(text, Vocabulary { numbers: &numbers, language: &words });
        let own = listed.of(&resource("country", code));
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
        assert_eq!(places("fr", "hti", "Dans l'Artibonite et la Grand'Anse"), ["Artibonite", "Grand'Anse"]);
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
            ("en", "per", "the Universidad de Piura, El Correo de Tacna, and the U.S. Embassy- Lima, in San Martín de Porres"),
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
        // Words of the language are no names.
        assert!(places("es", "ecu", "El oro y los ríos. Los ríos. El oro. Santa elena").is_empty());
        assert!(places("es", "bol", "La paz social").is_empty());
        assert_eq!(places("es", "bol", "en La Paz y Santa Cruz de la Sierra"), ["La Paz", "Santa Cruz de la Sierra"]);
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
