//! Which of those that bear a name is meant by it: nothing is taken for another country's body because it has the same name.

use super::authority::{Authority, Known, LabelKind};
use super::telling;
use crate::model::claim::{Identity, Mention, NameKind};
use crate::model::id::fold;
use crate::model::report::Report;
use crate::model::vocab::class;
use oxigraph::model::{NamedNode, NamedNodeRef};

/// Classes of which each country has its own.
pub const NATIONAL: &[NamedNodeRef<'static>] = &[
    class::GOVERNMENT_BODY,
    class::COMMISSION,
    class::EMPLOYERS_ORGANIZATION,
    class::WORKERS_ORGANIZATION,
    class::LEGAL_INSTRUMENT,
    class::POLICY,
    class::OPERATIONAL_PROTOCOL,
    class::TRAINING_ACTIVITY,
];

/// What a mention was taken for.
pub enum Choice<'a> {
    /// This resource.
    Is(&'a NamedNode),
    /// One of several; which is not clear.
    Unclear(Vec<&'a NamedNode>),
    /// Nothing that is known.
    New,
}

/// Chooses among the bearers of a name.
pub fn choose<'a>(mention: &'a Mention, report: &Report, authority: &'a Authority) -> Choice<'a> {
    let known = match &mention.identity {
        Identity::Fixed(iri) => return Choice::Is(iri),
        Identity::Known(known) => known,
        Identity::New | Identity::Same(_) => return Choice::New,
    };
    let fits: Vec<&Known> = known
        .iter()
        .filter_map(|k| authority.entity(k.as_ref()))
        .filter(|k| k.country.as_ref().is_none_or(|c| belongs(mention, k, c, report, authority)))
        .collect();
    let own = |known: &Known| known.country.as_ref() == Some(&report.country);
    let of_class = |known: &Known| known.classes.contains(&mention.class);
    let narrower: [&dyn Fn(&Known) -> bool; 3] = [&|_| true, &own, &of_class];
    for is in narrower {
        let mut fits = fits.iter().filter(|known| is(known));
        if let (Some(one), None) = (fits.next(), fits.next()) {
            return Choice::Is(&one.iri);
        }
    }
    if fits.is_empty() { Choice::New } else { Choice::Unclear(fits.into_iter().map(|k| &k.iri).collect()) }
}

/// The other country whose a mention is, where it means what is known as that country's.
pub fn country_abroad<'a>(mention: &'a Mention, report: &Report, authority: &'a Authority) -> Option<&'a NamedNode> {
    let Choice::Is(iri) = choose(mention, report, authority) else { return None };
    authority.entity(iri.as_ref())?.country.as_ref().filter(|country| **country != report.country)
}

/// Whether a country's body can be meant: the text names its country, or the report is that country's, or the name itself
/// says which country's it is – "Agencia Francesa" –, or it is there to fund work in other countries. An acronym tells the country
/// only where it begins with its country's: `USAID`.
fn belongs(mention: &Mention, known: &Known, country: &NamedNode, report: &Report, authority: &Authority) -> bool {
    if let Some(stated) = &mention.country {
        return stated == country;
    }
    if *country == report.country || known.is(class::PLACE) || known.funds_abroad {
        return true;
    }
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
    full.clone().any(|n| is_called_after(&n.text, country, authority)) || full.count() > 0 && !national(known)
}

/// Whether a name says which country's something is: "Federation of Belize Fishers", "Agencia Francesa de Desarrollo".
pub fn is_called_after(name: &str, country: &NamedNode, authority: &Authority) -> bool {
    let words = |text: &str| {
        format!(" {} ", fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
    };
    let name = words(name);
    let code = country.as_str().rsplit('/').next();
    name.split(' ').any(|word| telling::demonym(word).is_some_and(|of| Some(of) == code))
        || authority
            .entity(country.as_ref())
            .is_some_and(|c| c.names().any(|label| label.text.chars().count() > 1 && name.contains(&words(&label.text))))
}

/// Whether a body's kind of name is used by many countries.
fn national(known: &Known) -> bool {
    NATIONAL.iter().any(|class| known.is(*class))
}
