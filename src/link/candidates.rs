//! Which of the authority's entities a name means.

use crate::knowledge::authority::{Authority, Known, LabelKind};
use crate::model::claim::{Identity, Mention, NameKind};
use crate::model::id::fold;
use crate::model::report::Report;
use crate::model::vocab::class;
use oxigraph::model::NamedNode;

/// What a mention was taken for.
pub(super) enum Choice {
    /// This resource.
    Is(NamedNode),
    /// One of several; which is not clear.
    Unclear(Vec<NamedNode>),
    /// Nothing that is known.
    New,
}

/// Chooses among the bearers of a name.
pub(super) fn choose(mention: &Mention, report: &Report, authority: &Authority) -> Choice {
    let known = match &mention.identity {
        Identity::Fixed(iri) => return Choice::Is(iri.clone()),
        Identity::Known(known) => known,
        Identity::New | Identity::Same(_) => return Choice::New,
    };
    let fits: Vec<&Known> = known
        .iter()
        .filter_map(|k| authority.entity(k.as_ref()))
        .filter(|k| k.country.as_ref().is_none_or(|c| belongs(mention, k, c, report, authority)))
        .collect();
    let own: Vec<&Known> = fits.iter().copied().filter(|k| k.country.as_ref() == Some(&report.country)).collect();
    let of_class: Vec<&Known> = fits.iter().copied().filter(|k| k.classes.contains(&mention.class)).collect();
    for narrowed in [&fits, &own, &of_class] {
        if let [one] = narrowed.as_slice() {
            return Choice::Is(one.iri.clone());
        }
    }
    if fits.is_empty() { Choice::New } else { Choice::Unclear(fits.into_iter().map(|k| k.iri.clone()).collect()) }
}

/// Whether a country's body can be meant: the text names its country, or the report is that country's, or the name itself
/// says which country's it is. An acronym does so only where it begins with its country's: `USAID`.
fn belongs(mention: &Mention, known: &Known, country: &NamedNode, report: &Report, authority: &Authority) -> bool {
    if let Some(stated) = &mention.country {
        return stated == country;
    }
    if *country == report.country || known.is(class::PLACE) {
        return true;
    }
    let words = |text: &str| {
        format!(" {} ", fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
    };
    let named = |name: &str| {
        let name = words(name);
        authority
            .entity(country.as_ref())
            .is_some_and(|c| c.names().any(|label| label.text.chars().count() > 1 && name.contains(&words(&label.text))))
    };
    let begins = |acronym: &str| {
        let codes =
            authority.entity(country.as_ref()).into_iter().flat_map(Known::names).filter(|l| l.kind == LabelKind::Acronym);
        codes.map(|l| &l.text).any(|code| {
            code.chars().all(char::is_alphanumeric) && acronym.len() > code.len() && acronym.starts_with(code.as_str())
        })
    };
    if mention.names.iter().any(|n| n.kind == NameKind::Acronym && begins(&n.text)) {
        return true;
    }
    let full = mention.names.iter().filter(|n| n.kind == NameKind::Name);
    full.clone().any(|n| named(&n.text)) || full.count() > 0 && !national(known)
}

/// Whether a body's kind of name is used by many countries.
fn national(known: &Known) -> bool {
    super::NATIONAL.iter().any(|class| known.is(*class))
}
