//! Whether what two reports speak of is one, by names and countries alone.

use super::compare;
use super::identity::Mention;
use crate::knowledge::{telling, titles};
use crate::model::vocab::class;
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::BTreeSet;

/// Programmes of two countries are one by a name of so many telling words; `Decent Work Country Programme` is not.
const TELLING: usize = 5;
/// The same, where they have an acronym in common as well.
const TELLING_WITH_ACRONYM: usize = 3;

/// Whether no country speaks against two being one. The country of a programme is where a report says that it works, so that two
/// reports of a programme with a name of its own do not speak against each other.
pub(super) fn agree(a: &Mention, b: &Mention) -> bool {
    let where_it_works = |m: &Mention| m.class == class::PROGRAMME && !m.is_countrys_own();
    a.country == b.country
        || a.country.is_none()
        || b.country.is_none()
        || where_it_works(a) && where_it_works(b) && have_telling_name(a, b)
}

/// Whether two reports mean one thing by one name: reports of one country do, unless all that they have in common is an acronym.
/// What is of no country, and known by a name that others may have, is told by more than that: international bodies by a full name,
/// programmes by one that is not like others.
pub(super) fn one_thing(a: &Mention, b: &Mention) -> bool {
    if a.class == class::PROGRAMME && telling::are_unlike(&a.compared.full, &b.compared.full) {
        return false;
    }
    if a.at_home() == b.at_home() {
        return true;
    }
    let by_acronym = |m: &Mention| m.compared.acronyms.iter().any(|acronym| m.iri.as_str().ends_with(&format!("/{acronym}")));
    if a.class == class::PROGRAMME {
        return !a.is_countrys_own() && !b.is_countrys_own() && have_telling_name(a, b);
    }
    !(by_acronym(a) || by_acronym(b)) || a.compared.full.intersection(&b.compared.full).next().is_some()
}

/// Whether two programmes have a name in common that no other has: one of many telling words, or that calls itself global; or,
/// with the same acronym, one of fewer, or names that begin with the same words.
fn have_telling_name(a: &Mention, b: &Mention) -> bool {
    let acronym = a.compared.acronyms.intersection(&b.compared.acronyms).next().is_some();
    let least = if acronym { TELLING_WITH_ACRONYM } else { TELLING };
    let tells =
        |name: &String| !titles::is_common(name) && (compare::stems(name).len() >= least || titles::calls_itself_abroad(name));
    if a.compared.full.intersection(&b.compared.full).any(tells) {
        return true;
    }
    let begins = |one: &String, other: &String| {
        let (common, whole) = compare::beginning(one, other);
        let least = if whole { TELLING_WITH_ACRONYM } else { TELLING };
        !titles::is_common(&common) && compare::stems(&common).len() >= least
    };
    acronym && a.compared.full.iter().any(|one| b.compared.full.iter().any(|other| begins(one, other)))
}

/// Whether two new things with different IRIs may be one: the same class, and no country that speaks against it.
pub(super) fn comparable(a: &Mention, b: &Mention) -> bool {
    a.class == b.class && agree(a, b)
}

/// Classes whose things are told apart by more than their names: two meetings of one body have one name.
pub(super) fn has_name_of_its_own(class: NamedNodeRef<'_>) -> bool {
    ![class::MEETING, class::TRAINING_ACTIVITY, class::REPORT].contains(&class)
}

/// Whether mentions of one thing are of a programme that is no one country's.
pub(super) fn are_abroad(mentions: &[&Mention]) -> bool {
    let several = |values: &mut dyn Iterator<Item = Option<&NamedNode>>| values.collect::<BTreeSet<_>>().len() > 1;
    mentions.iter().all(|m| m.class == class::PROGRAMME)
        && several(&mut mentions.iter().map(|m| m.reporter.as_ref()))
        && several(&mut mentions.iter().map(|m| m.country.as_ref()))
}
