//! The lists of places that come with the program.

use forced_labour_graph::knowledge::authority::{Authority, Known, LabelKind};
use forced_labour_graph::knowledge::lexicon::lexicons;
use forced_labour_graph::knowledge::places::{Place, Places};
use forced_labour_graph::knowledge::words::folded_words;
use forced_labour_graph::model::id::resource;
use forced_labour_graph::model::vocab::class;
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// Countries on which reports have been read, or are published by those whose reports are.
const REPORTED: &str = "afg ago alb arg arm aze ben bfa bdi bgd bih blz bol bra btn bwa caf civ cmr cod cog col com cpv cri cxr dji \
    dma dom ecu egy eri eth fji gab geo gha gin gmb gnb grd gtm guy hnd hti idn ind irq jam jor kaz ken kgz khm kir lbn lbr lca lka \
    lso mar mda mdg mdv mex mkd mli mmr mne mng moz mrt mus mwi nam ner nga nic npl pak pan per phl png pry rwa sen slb slv sle som \
    srb ssd stp sur swz tcd tgo tha tkl tls ton tto tun tuv tza uga ukr ury uzb ven vgb vnm vut wsm xkx yem zaf zmb zwe";

/// The authority, and the places of all countries with their countries.
fn all() -> (Authority, Vec<(NamedNode, Place)>) {
    let authority = Authority::load().unwrap();
    let places = Places::load(&authority).unwrap();
    let places =
        places.countries().flat_map(|(code, all)| all.iter().map(move |place| (resource("country", code), place.clone())));
    (authority, places.collect())
}

#[test]
fn every_country_that_is_reported_on_has_places() {
    let (_, places) = all();
    let mut of: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (country, place) in &places {
        of.entry(country).or_default().insert(&place.name);
    }
    for code in REPORTED.split_whitespace() {
        let known = of.get(&resource("country", code)).map_or(0, BTreeSet::len);
        assert!(known >= 3, "{code} has {known} places");
    }
    assert!(of.len() >= 160, "{} countries", of.len());
}

/// What the authority has of a country, and what lies in none, goes before a list, and so do countries before names that are shared: a
/// list would have them in vain.
#[test]
fn no_list_has_what_the_authority_has() {
    let (authority, places) = all();
    let mut bearers: BTreeMap<Vec<String>, Vec<&Known>> = BTreeMap::new();
    for known in authority.entities().filter(|k| k.is(class::COUNTRY) || k.is(class::PLACE)) {
        // Codes count in capitals only.
        for label in known.names().filter(|label| label.kind != LabelKind::Acronym) {
            bearers.entry(folded_words(&label.text)).or_default().push(known);
        }
    }
    assert!(bearers.len() > 500);
    for (country, place) in places {
        let mut known = bearers.get(&place.words).into_iter().flatten();
        let own = |k: &Known| k.country.as_ref().is_none_or(|c| *c == country);
        let other = known.find(|k| if k.is(class::COUNTRY) { place.shared } else { own(k) });
        assert!(other.is_none(), "{country}: the authority has `{}`", place.words.join(" "));
    }
}

/// A name that is a word of reports as well would make places of it: it may only be one that counts beside other places.
#[test]
fn no_word_of_a_lexicon_is_the_name_of_a_place() {
    let lexicons = lexicons().unwrap();
    let words: BTreeSet<&str> = lexicons
        .iter()
        .flat_map(|l| {
            let w = &l.words;
            let lists =
                [&w.determiners, &w.connectors, &w.and, &w.openers, &w.locative, &w.denials, &w.fields, &l.places.nameless];
            lists.into_iter().flatten().chain(w.months.iter().flatten()).map(String::as_str)
        })
        .collect();
    for (country, place) in all().1.iter().filter(|(_, place)| !place.shared) {
        let [word] = place.words.as_slice() else { continue };
        assert!(!words.contains(word.as_str()), "{country}: `{word}` is a word of a lexicon");
    }
}
