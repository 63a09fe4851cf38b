//! Claims → Linked: each mention becomes an entity of the authority, or a new one with a stable IRI.
//!
//! A mention is linked to what the authority knows by its name where its country does not speak against it; mentions of one
//! report are one thing where their names are the same, or where one name is plainly a shorter form of another. Nothing is
//! merged on an acronym alone, and nothing is taken for another country's body because it has the same name.

mod cluster;
mod mint;

use crate::knowledge::authority::Authority;
use crate::knowledge::bearers::{Choice, NATIONAL, choose, is_called_after};
use crate::knowledge::titles;
use crate::model::claim::{Claim, Claims, Entity, Identity, Linked, Mention, MentionId, Name, NameKind, Object};
use crate::model::diagnostic::Diagnostic;
use crate::model::document::Document;
use crate::model::report::Report;
use crate::model::vocab::{class, flg, org};
use oxigraph::model::NamedNode;
use rustc_hash::FxHashMap;

/// Identifies every mention of a report.
pub fn identify(claims: Claims, document: &Document, report: &Report, authority: &Authority) -> Linked {
    let mut linked = Linked { claims: claims.claims, diagnostics: claims.diagnostics, ..Linked::default() };
    let mentions = claims.mentions;
    let root: Vec<MentionId> = (0..mentions.len()).map(|id| root(&mentions, id)).collect();
    let international = international(&mentions, &root, &linked, authority);
    let mut chosen = Chosen::of(&mentions);
    let mut new: Vec<MentionId> = Vec::new();
    for (id, mention) in mentions.iter().enumerate().filter(|(id, _)| root[*id] == *id) {
        match choose(mention, report, authority) {
            Choice::Is(iri) => chosen.known(id, iri, mention, authority),
            Choice::Unclear(candidates) => {
                let names: Vec<&str> = candidates.iter().filter_map(|c| authority.label(c.as_ref(), &report.language)).collect();
                let message = format!("`{}` may be any of {} and was kept apart", mention.evidence.quote, names.join("; "));
                linked.diagnostics.push(Diagnostic::warning("ambiguous-name", message).at(document, mention.evidence.span));
                new.push(id);
            }
            Choice::New => new.push(id),
        }
    }
    let mut minted = mint::Minted::default();
    for cluster in cluster::clusters(&mentions, &new) {
        let found =
            cluster::known_by_short_form(&mentions, &cluster, report, authority, &chosen.entities).map(|e| ("short-form", e));
        let found =
            found.or_else(|| Some(("other-words", cluster::known_by_acronym_and_name(&mentions, &cluster, report, authority)?)));
        let entity = match found {
            Some((code, entity)) => {
                let message = format!("`{}` was taken for `{}`", quote(&mentions, &cluster), entity.iri.as_str());
                if let Some(first) = cluster.first() {
                    linked.diagnostics.push(Diagnostic::note(code, message).at(document, mentions[*first].evidence.span));
                }
                entity
            }
            None => fresh(&mentions, &cluster, report, &international, authority, &mut minted),
        };
        chosen.all(&cluster, entity);
    }
    collect(&mentions, &root, &chosen, &mut linked);
    // Two names of one thing: what is said of one about the other says nothing.
    let entity_of = &linked.entity_of;
    linked.claims.retain(|claim| match claim.object {
        Object::Mention(object) => entity_of.get(claim.subject) != entity_of.get(object),
        _ => true,
    });
    places(&mut linked, authority);
    linked
}

/// What mentions were taken for.
struct Chosen<'a> {
    /// Each known thing once; what is new may have the IRI of something else.
    entities: Vec<Entity>,
    /// The place of each mention's entity among them.
    of: Vec<Option<usize>>,
    /// The place of what the authority describes: it is the same whichever mention speaks of it.
    described: FxHashMap<&'a NamedNode, usize>,
}

impl<'a> Chosen<'a> {
    /// Nothing chosen yet.
    fn of(mentions: &[Mention]) -> Self {
        Self { entities: Vec::new(), of: vec![None; mentions.len()], described: FxHashMap::default() }
    }

    /// A mention is this resource.
    fn known(&mut self, id: MentionId, iri: &'a NamedNode, mention: &Mention, authority: &Authority) {
        let at = self.described.get(iri).copied().unwrap_or_else(|| {
            let entity = known(iri.clone(), mention, authority);
            if authority.entity(iri.as_ref()).is_some_and(|known| !known.classes.is_empty()) {
                self.described.insert(iri, self.entities.len());
            }
            self.entities.push(entity);
            self.entities.len() - 1
        });
        self.of[id] = Some(at);
    }

    /// All of these mentions are this entity.
    fn all(&mut self, mentions: &[MentionId], entity: Entity) {
        for id in mentions {
            self.of[*id] = Some(self.entities.len());
        }
        self.entities.push(entity);
    }
}

fn quote<'a>(mentions: &'a [Mention], cluster: &[MentionId]) -> &'a str {
    cluster.first().map_or("", |id| mentions[*id].evidence.quote.as_str())
}

/// The mention that a chain of "the same as" ends in.
fn root(mentions: &[Mention], mut id: MentionId) -> MentionId {
    for _ in 0..mentions.len() {
        match mentions.get(id).map(|m| &m.identity) {
            Some(Identity::Same(other)) if *other != id => id = *other,
            _ => break,
        }
    }
    id
}

fn known(iri: NamedNode, mention: &Mention, authority: &Authority) -> Entity {
    let known = authority.entity(iri.as_ref());
    let class = known.and_then(|k| k.classes.iter().find(|c| class::ALL.contains(&c.as_ref())).or(k.classes.first()));
    Entity {
        class: class.unwrap_or(&mention.class).clone(),
        country: known.map_or_else(|| mention.country.clone(), |k| k.country.clone()),
        names: Vec::new(),
        known: known.is_some(),
        iri,
    }
}

/// A new entity; its slug comes from its first full name, so that it is the same whatever else the report says.
fn fresh(
    mentions: &[Mention],
    cluster: &[MentionId],
    report: &Report,
    international: &[MentionId],
    authority: &Authority,
    minted: &mut mint::Minted,
) -> Entity {
    let members = || cluster.iter().map(|id| &mentions[*id]);
    let class = members().next().map_or_else(|| org::ORGANIZATION.into_owned(), |m| m.class.clone());
    let names: Vec<&Name> = members().flat_map(|m| &m.names).collect();
    let each = class.as_ref() == class::PROGRAMME && is_each_countrys(&names, authority);
    // A place of a country is told from another's by it; a corridor between countries is no country's.
    let local = class.as_ref() == class::PLACE && members().any(|m| m.country.is_some());
    let own = each || local || NATIONAL.contains(&class.as_ref()) && !cluster.iter().any(|id| international.contains(id));
    // "Federation of Belize Fishers"
    let society = class.as_ref() == class::CIVIL_SOCIETY_ORGANIZATION;
    let called_after = || society && names.iter().any(|name| is_called_after(&name.text, &report.country, authority));
    let country = members().find_map(|m| m.country.clone()).or_else(|| (own || called_after()).then(|| report.country.clone()));
    let iri = minted.mint(&class, &names, country.as_ref().filter(|_| own), report);
    Entity { iri, class, country, names: Vec::new(), known: false }
}

/// Whether a programme is called by nothing that would tell it from another country's: by no acronym, and by no name of its own.
fn is_each_countrys(names: &[&Name], authority: &Authority) -> bool {
    !names.is_empty() && names.iter().all(|n| n.kind == NameKind::Name && titles::is_each_countrys(&n.text, authority))
}

/// Commissions that are part of a body that is no country's own: a working group of a conference of states.
fn international(mentions: &[Mention], root: &[MentionId], linked: &Linked, authority: &Authority) -> Vec<MentionId> {
    let above = |m: &Mention| match &m.identity {
        Identity::Known(known) => known.iter().all(|k| authority.entity(k.as_ref()).is_some_and(|k| k.country.is_none())),
        _ => m.class.as_ref() == class::FORUM || m.class.as_ref() == class::INTERGOVERNMENTAL_ORGANIZATION,
    };
    let part = |p: &NamedNode| [org::SUB_ORGANIZATION_OF, org::UNIT_OF].contains(&p.as_ref());
    let claims = linked.claims.iter().filter(|c| part(&c.property));
    claims
        .filter_map(|c| match c.object {
            Object::Mention(o) if above(&mentions[root[o]]) => Some(root[c.subject]),
            _ => None,
        })
        .collect()
}

/// The entities, each once, with the names of all their mentions.
fn collect(mentions: &[Mention], root: &[MentionId], chosen: &Chosen<'_>, linked: &mut Linked) {
    let mut index: FxHashMap<&NamedNode, usize> = FxHashMap::default();
    let mut places: Vec<Option<usize>> = vec![None; chosen.entities.len()];
    for (id, mention) in mentions.iter().enumerate() {
        let Some(choice) = chosen.of[root[id]] else {
            linked.entity_of.push(usize::MAX);
            continue;
        };
        let entity = &chosen.entities[choice];
        let at = *places[choice].get_or_insert_with(|| {
            *index.entry(&entity.iri).or_insert_with(|| {
                linked.entities.push(entity.clone());
                linked.entities.len() - 1
            })
        });
        linked.entity_of.push(at);
        if root[id] == id {
            add_names(&mut linked.entities[at], mention);
        }
    }
    // What else it is called, a short form for example, comes behind its own name.
    for (id, mention) in mentions.iter().enumerate().filter(|(id, _)| root[*id] != *id) {
        if let Some(entity) = linked.entity_of.get(id).and_then(|at| linked.entities.get_mut(*at)) {
            add_names(entity, mention);
        }
    }
    for entity in &mut linked.entities {
        // Full names first: the first of them is what it is called.
        entity.names.sort_by_key(|n| n.kind == NameKind::Acronym);
        // What is only ever called by its acronym has that for a name.
        if let Some(first) = entity.names.first().filter(|n| !entity.known && n.kind == NameKind::Acronym).cloned() {
            entity.names.insert(0, Name { kind: NameKind::Name, ..first });
        }
    }
}

fn add_names(entity: &mut Entity, mention: &Mention) {
    for name in &mention.names {
        if entity.names.iter().all(|n| n.text != name.text || n.kind != name.kind) {
            entity.names.push(name.clone());
        }
    }
}

/// A programme whose places all lie in one country is that country's, unless the text calls it global, or a region's: a report
/// on one country tells only what it does there.
fn places(linked: &mut Linked, authority: &Authority) {
    for at in 0..linked.entities.len() {
        let entity = &linked.entities[at];
        if entity.class.as_ref() != class::PROGRAMME || entity.country.is_some() {
            continue;
        }
        let about = |c: &&Claim| linked.entity_of[c.subject] == at;
        let covered = linked.claims.iter().filter(about).filter(|c| c.property.as_ref() == flg::COVERS_PLACE);
        let mut countries: Vec<NamedNode> = covered
            .filter_map(|c| match c.object {
                Object::Mention(o) => linked.entities.get(linked.entity_of[o]),
                _ => None,
            })
            .filter_map(|place| {
                let country = place.class.as_ref() == class::COUNTRY;
                if country { Some(place.iri.clone()) } else { place.country.clone() }
            })
            .collect();
        countries.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        countries.dedup();
        let abroad = || {
            // A sentence says several things of a programme, as a rule.
            let mut quotes: Vec<&str> = linked.claims.iter().filter(about).map(|c| c.evidence.quote.as_str()).collect();
            quotes.sort_unstable();
            quotes.dedup();
            entity.names.iter().any(|n| titles::title_is_abroad(&n.text, authority))
                || quotes.into_iter().any(titles::is_called_abroad)
        };
        if countries.len() == 1 && !abroad() {
            linked.entities[at].country = countries.pop();
        }
    }
}
