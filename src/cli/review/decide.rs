//! Decisions: what each is about, and by whom.

use crate::cli::output::Output;
use crate::cli::show::find::{Found, ambiguous, choices, find, unknown};
use crate::config::Config;
use crate::model::id::resource;
use crate::model::moment::now;
use crate::model::vocab::{compact, expand, flg, graph, rdf};
use crate::review::decision::Fact;
use crate::review::queue::speak_of;
use crate::review::{Decision, Matter, Reviewed, Verdict};
use crate::store::{Pattern, Store};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeSet;
use std::process::Command;

/// Who decides, and why.
#[derive(Debug, clap::Args)]
pub(super) struct Grounds {
    /// Who decides [default: the setting `reviewer`, else git's `user.name`]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct One {
    /// A claim (`id:claim/…`, the beginning is enough), or a thing: a name, an IRI or its short form
    what: String,
    #[command(flatten)]
    grounds: Grounds,
}

#[derive(Debug, clap::Args)]
pub(super) struct Two {
    /// The thing that is kept
    keep: String,
    /// The thing that is the same
    other: String,
    #[command(flatten)]
    grounds: Grounds,
}

#[derive(Debug, clap::Args)]
pub(super) struct Apart {
    /// A thing
    thing: String,
    /// The thing that it is not
    #[arg(required_unless_present = "report", conflicts_with = "report")]
    other: Option<String>,
    /// The report that means something else by the thing's name
    #[arg(long, value_name = "REPORT")]
    report: Option<String>,
    #[command(flatten)]
    grounds: Grounds,
}

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("term").required(true).multiple(true))]
pub(super) struct Correction {
    /// The claim
    claim: String,
    /// What it is about, in truth
    #[arg(long, value_name = "THING", group = "term")]
    subject: Option<String>,
    /// The property that is meant, in its short form: `flg:fundedBy`
    #[arg(long, value_name = "PROPERTY", group = "term")]
    property: Option<String>,
    /// The value that is stated: a thing, or a text, number or date in the form that the claim has it
    #[arg(long, value_name = "VALUE", group = "term")]
    value: Option<String>,
    #[command(flatten)]
    grounds: Grounds,
}

type Done = anyhow::Result<()>;

pub(super) fn accept(args: &One, store: &dyn Store, reviewed: &mut Reviewed, config: &Config, out: &mut Output) -> Done {
    one(Verdict::Accept, args, store, reviewed, config, out)
}

pub(super) fn reject(args: &One, store: &dyn Store, reviewed: &mut Reviewed, config: &Config, out: &mut Output) -> Done {
    one(Verdict::Reject, args, store, reviewed, config, out)
}

fn one(verdict: Verdict, args: &One, store: &dyn Store, reviewed: &mut Reviewed, config: &Config, out: &mut Output) -> Done {
    let (matter, seen) = if args.what.starts_with("id:claim/") || args.what.contains("/id/claim/") {
        (Matter::Fact(claim(&args.what, store)?), BTreeSet::new())
    } else {
        let thing = introduced(&args.what, store, reviewed)?;
        let seen = speak_of(reviewed.mentions(), &[&thing]);
        (Matter::Thing(thing), seen)
    };
    record(store, verdict, matter, None, seen, &args.grounds, reviewed, config, out)
}

pub(super) fn merge(args: &Two, store: &dyn Store, reviewed: &mut Reviewed, config: &Config, out: &mut Output) -> Done {
    let (keep, other) = (thing(&args.keep, store)?, thing(&args.other, store)?);
    if keep == other {
        anyhow::bail!("`{}` and `{}` are the same thing already\nhint: name two things", args.keep, args.other);
    }
    let is_new = |iri: &NamedNode| reviewed.mentions().values().flatten().any(|m| m.place.own == *iri);
    if !is_new(&other) {
        let hint = if is_new(&keep) {
            format!("it is the one to keep: `flg review merge {} {}`", compact(other.as_ref()), compact(keep.as_ref()))
        } else {
            "only what a report introduces can be merged; change the files of the authority instead".to_owned()
        };
        anyhow::bail!("`{}` is not from a report\nhint: {hint}", compact(other.as_ref()));
    }
    let seen = speak_of(reviewed.mentions(), &[&keep, &other]);
    record(store, Verdict::Merge, Matter::Pair(keep, other), None, seen, &args.grounds, reviewed, config, out)
}

pub(super) fn split(args: &Apart, store: &dyn Store, reviewed: &mut Reviewed, config: &Config, out: &mut Output) -> Done {
    let one = thing(&args.thing, store)?;
    let matter = match (&args.other, &args.report) {
        (Some(other), _) => Matter::Pair(one, thing(other, store)?),
        (None, Some(report)) => {
            let there = reviewed.mentions().get(report);
            let Some(there) = there else {
                let known: Vec<String> = reviewed.mentions().keys().map(|id| format!("`{id}`")).collect();
                anyhow::bail!("the store has no report `{report}`\nhint: it has {}", known.join(", "));
            };
            if !there.iter().any(|m| m.iri == one || *m.place.iri() == one) {
                anyhow::bail!(
                    "`{report}` introduces nothing by `{}`\nhint: `flg show {0}` names the reports that do",
                    compact(one.as_ref())
                );
            }
            let minted =
                there.iter().find(|m| m.iri == one || *m.place.iri() == one).map_or_else(|| one.clone(), |m| m.iri.clone());
            Matter::Apart(minted, report.clone())
        }
        (None, None) => anyhow::bail!("name two things, or a thing and a report\nhint: see `flg review split --help`"),
    };
    record(store, Verdict::Split, matter, None, BTreeSet::new(), &args.grounds, reviewed, config, out)
}

pub(super) fn correct(args: &Correction, store: &dyn Store, reviewed: &mut Reviewed, config: &Config, out: &mut Output) -> Done {
    let fact = claim(&args.claim, store)?;
    let subject = args.subject.as_deref().map(|subject| thing(subject, store)).transpose()?;
    let property = args.property.as_deref().map(|property| self::property(property, store)).transpose()?;
    let value = match (&args.value, &fact.value) {
        (None, value) => value.clone(),
        (Some(text), Term::Literal(was)) => like(text, was)?.into(),
        (Some(text), _) => thing(text, store)?.into(),
    };
    let correction = (subject.unwrap_or_else(|| fact.subject.clone()), property.unwrap_or_else(|| fact.property.clone()), value);
    record(store, Verdict::Correct, Matter::Fact(fact), Some(correction), BTreeSet::new(), &args.grounds, reviewed, config, out)
}

#[allow(clippy::too_many_arguments, reason = "a decision has so many parts, and this is where they come together")]
fn record(
    store: &dyn Store,
    verdict: Verdict,
    matter: Matter,
    correction: Option<(NamedNode, NamedNode, Term)>,
    seen: BTreeSet<String>,
    grounds: &Grounds,
    reviewed: &mut Reviewed,
    config: &Config,
    out: &mut Output,
) -> Done {
    let by = who(grounds, config)?;
    let why = grounds.why.as_ref().map(|why| why.trim().to_owned()).filter(|why| !why.is_empty());
    let decision = Decision { verdict, matter, correction, when: now(), by, why, seen };
    let told = format!("{}: {}", verdict.name(), super::matter(&decision));
    super::tried(reviewed, store, std::slice::from_ref(&decision), out)?;
    reviewed.decide(store, &[decision])?;
    out.talk(told);
    Ok(())
}

/// Who decides; never made up.
fn who(grounds: &Grounds, config: &Config) -> anyhow::Result<String> {
    let given = grounds.by.clone().or_else(|| config.reviewer.clone());
    let git = || {
        let output = Command::new("git").args(["config", "user.name"]).output().ok()?;
        String::from_utf8(output.stdout).ok()
    };
    let name = given.or_else(git).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    name.ok_or_else(|| anyhow::anyhow!("nobody is named who decides\nhint: say `--by NAME`, or set `reviewer` in `flg.toml`"))
}

/// What an argument names, in the store.
fn thing(wanted: &str, store: &dyn Store) -> anyhow::Result<NamedNode> {
    match find(store, wanted)? {
        Found::One(iri) => Ok(iri),
        Found::Several(all) => Err(ambiguous(wanted, &choices(store, &all, "en")?)),
        Found::None(near) => Err(unknown(wanted, &choices(store, &near, "en")?)),
    }
}

/// Something that a report introduces.
fn introduced(wanted: &str, store: &dyn Store, reviewed: &Reviewed) -> anyhow::Result<NamedNode> {
    let iri = thing(wanted, store)?;
    if reviewed.mentions().values().flatten().any(|m| *m.place.iri() == iri || m.place.own == iri) {
        return Ok(iri);
    }
    let hint = "decide on the claims about it, or change the files of the authority";
    anyhow::bail!("`{}` was not introduced by a report\nhint: {hint}", compact(iri.as_ref()))
}

/// A property of the ontology.
fn property(wanted: &str, store: &dyn Store) -> anyhow::Result<NamedNode> {
    let iri = expand(wanted).or_else(|| NamedNode::new(wanted).ok());
    let (is_a, ontology) = (rdf::TYPE.into_owned(), graph::ontology());
    if let Some(iri) = iri {
        let subject = iri.clone().into();
        let pattern = Pattern { subject: Some(&subject), predicate: Some(&is_a), graph: Some(&ontology), ..Pattern::default() };
        if !store.quads(pattern)?.is_empty() {
            return Ok(iri);
        }
    }
    anyhow::bail!("`{wanted}` is no property of the ontology\nhint: name one in its short form, `flg:fundedBy` for instance")
}

/// A text as a value of the kind that another is.
fn like(text: &str, was: &Literal) -> anyhow::Result<Literal> {
    if let Some(language) = was.language() {
        return Ok(Literal::new_language_tagged_literal(text, language)?);
    }
    let kind = was.datatype();
    let fits = |pattern: &str| regex::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text));
    let name = compact(kind);
    // A date may be more or less precise than the one that was read.
    let dates = [
        ("xsd:gYear", r"^\d{4}$"),
        ("xsd:gYearMonth", r"^\d{4}-(0[1-9]|1[0-2])$"),
        ("xsd:date", r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"),
    ];
    if dates.iter().any(|(date, _)| *date == name) {
        let found = dates.iter().find(|(_, pattern)| fits(pattern)).and_then(|(date, _)| expand(date));
        let kind = found
            .ok_or_else(|| anyhow::anyhow!("`{text}` is no date\nhint: write a year, month or day: 2021, 2021-04, 2021-04-30"))?;
        return Ok(Literal::new_typed_literal(text, kind));
    }
    let good = match name.as_str() {
        "xsd:integer" => fits(r"^\d+$"),
        "xsd:decimal" => fits(r"^\d+(\.\d+)?$"),
        "xsd:boolean" => fits("^(true|false)$"),
        _ => !text.trim().is_empty(),
    };
    if !good {
        anyhow::bail!("`{text}` is no value of the type {name}, which `{}` has\nhint: write it in the same way", was.value());
    }
    Ok(Literal::new_typed_literal(text, kind))
}

/// The fact of a claim, as it was read; the beginning of the claim's identifier is enough.
fn claim(wanted: &str, store: &dyn Store) -> anyhow::Result<Fact> {
    let start = wanted.trim_matches(['<', '>']).rsplit('/').next().unwrap_or_default();
    let (whole, is_a) = (resource("claim", start), rdf::TYPE.into_owned());
    let mut found: BTreeSet<NamedNode> = BTreeSet::new();
    let subject: NamedOrBlankNode = whole.clone().into();
    if store.quads(Pattern { subject: Some(&subject), predicate: Some(&is_a), ..Pattern::default() })?.is_empty() {
        let class: Term = crate::model::vocab::class::CLAIM.into();
        store.each(Pattern { predicate: Some(&is_a), object: Some(&class), ..Pattern::default() }, &mut |quad| {
            if let NamedOrBlankNode::NamedNode(iri) = quad.subject
                && iri.as_str().starts_with(whole.as_str())
            {
                found.insert(iri);
            }
            Ok(())
        })?;
    } else {
        found.insert(whole);
    }
    let mut all = found.into_iter();
    let (Some(iri), None) = (all.next(), all.next()) else {
        let hint = "`flg review --json` and `flg show NAME --json` give the identifiers of claims";
        anyhow::bail!("`{wanted}` is not the beginning of one claim's identifier\nhint: {hint}");
    };
    let subject: NamedOrBlankNode = iri.clone().into();
    let said: Vec<Quad> = store.quads(Pattern { subject: Some(&subject), ..Pattern::default() })?;
    let term = |original: NamedNodeRef<'_>, now: NamedNodeRef<'_>| {
        let of = |property: NamedNodeRef<'_>| said.iter().find(|quad| quad.predicate == property).map(|quad| quad.object.clone());
        of(original).or_else(|| of(now))
    };
    let evidence = graph::evidence("");
    let report = said
        .first()
        .and_then(|quad| quad.graph_name.to_string().trim_matches(['<', '>']).strip_prefix(evidence.as_str()).map(str::to_owned));
    let parts = (
        term(flg::ORIGINAL_SUBJECT, rdf::SUBJECT),
        term(flg::ORIGINAL_PREDICATE, rdf::PREDICATE),
        term(flg::ORIGINAL_OBJECT, rdf::OBJECT),
        report,
    );
    let (Some(Term::NamedNode(subject)), Some(Term::NamedNode(property)), Some(value), Some(report)) = parts else {
        anyhow::bail!("`{}` states no fact\nhint: build the store anew with `flg build --force`", compact(iri.as_ref()));
    };
    Ok(Fact { report, subject, property, value })
}
