//! Every fact and every new name has its evidence, and every piece of evidence stands in the source at its place.

use crate::sample::{TEXT, conversion, convert, converter, document};
use forced_labour_graph::convert::Conversion;
use forced_labour_graph::model::document::Document;
use forced_labour_graph::model::vocab::{class, compact, dcterms, flg, graph, oa, prov, rdf, skos};
use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The quads of a conversion, by subject.
struct Index<'a>(HashMap<&'a NamedOrBlankNode, Vec<&'a Quad>>);

impl<'a> Index<'a> {
    fn of(quads: &'a [Quad]) -> Self {
        let mut index: HashMap<_, Vec<_>> = HashMap::new();
        for quad in quads {
            index.entry(&quad.subject).or_default().push(quad);
        }
        Self(index)
    }
    fn all(&self, subject: &NamedOrBlankNode, property: NamedNodeRef<'_>) -> Vec<&'a Term> {
        let of_subject = self.0.get(subject).into_iter().flatten();
        of_subject.filter(|q| q.predicate.as_ref() == property).map(|q| &q.object).collect()
    }
    fn one(&self, subject: &NamedOrBlankNode, property: NamedNodeRef<'_>) -> &'a Term {
        match self.all(subject, property)[..] {
            [one] => one,
            ref other => panic!("{subject} has {} of {property}: {other:?}", other.len()),
        }
    }
    fn text(&self, subject: &NamedOrBlankNode, property: NamedNodeRef<'_>) -> &'a str {
        value(self.one(subject, property))
    }
}

fn value(term: &Term) -> &str {
    match term {
        Term::Literal(literal) => literal.value(),
        other => panic!("{other} is no text"),
    }
}

fn node(term: &Term) -> NamedOrBlankNode {
    match term {
        Term::NamedNode(node) => node.clone().into(),
        other => panic!("{other} is no IRI"),
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same, but for a space at either end where the text has white space there.
fn spaced(text: &str) -> String {
    let space = |is: bool| if is { " " } else { "" };
    let [first, last] = [text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace)];
    format!("{}{}{}", space(first), folded(text), space(last))
}

/// The claims of a conversion.
pub(crate) fn claims(conversion: &Conversion) -> HashSet<NamedOrBlankNode> {
    let claim = Term::from(class::CLAIM.into_owned());
    let typed = conversion.quads().into_iter().filter(|q| q.predicate.as_ref() == rdf::TYPE && q.object == claim);
    typed.map(|q| q.subject).collect()
}

/// Asserts that every claim has its quote in the source at its offsets, its context around it, its page if there are any, and
/// that the answer it names says it. Returns how many claims there are.
pub(crate) fn every_quote_stands_at_its_place(conversion: &Conversion, document: &Document) -> usize {
    let quads = conversion.quads();
    let index = Index::of(&quads);
    let chars: Vec<char> = document.text.chars().collect();
    let stretch = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let claims = claims(conversion);
    for claim in &claims {
        let selectors = index.all(claim, oa::HAS_SELECTOR);
        let selector = |kind: NamedNodeRef<'static>| {
            let of_kind = selectors.iter().map(|s| node(s)).filter(|s| *index.one(s, rdf::TYPE) == Term::from(kind.into_owned()));
            let all: Vec<_> = of_kind.collect();
            assert_eq!(all.len(), 1, "{claim} {kind}");
            all[0].clone()
        };
        let (quote, position) = (selector(oa::TEXT_QUOTE_SELECTOR), selector(oa::TEXT_POSITION_SELECTOR));
        let [start, end] = [oa::START, oa::END].map(|p| index.text(&position, p).parse::<usize>().unwrap());
        let exact = index.text(&quote, oa::EXACT);
        let found = stretch(start, end);
        assert_eq!(folded(&found), exact, "{claim}");
        assert!(!exact.is_empty() && found.trim() == found, "{claim}: `{found}`");
        // Context is whole words, line wraps folded, with the space that touches the quote.
        let (before, after) = (spaced(&stretch(0, start)), spaced(&stretch(end, chars.len())));
        let (prefix, suffix) = (index.text(&quote, oa::PREFIX), index.text(&quote, oa::SUFFIX));
        assert!(before.ends_with(prefix) && after.starts_with(suffix), "{claim}: `{prefix}` `{exact}` `{suffix}`");
        if !document.pages.is_empty() {
            let page = stretch(0, start).matches('\u{c}').count() + 1;
            assert_eq!(index.text(claim, flg::PAGE), page.to_string(), "{claim}");
        }
        let place = node(index.one(claim, prov::WAS_DERIVED_FROM));
        let texts = [flg::TEXT, dcterms::TITLE].map(|p| index.all(&place, p)).concat();
        assert!(texts.iter().any(|t| folded(value(t)).contains(exact)), "{place} does not say `{exact}`");
    }
    claims.len()
}

/// Every triple that claims are made for, and those that are stated: facts, and names that the authority does not have.
fn said_and_stated(conversion: &Conversion) -> (BTreeSet<String>, BTreeSet<String>) {
    let quads = conversion.quads();
    let index = Index::of(&quads);
    let triple = |s: &Term, p: &Term, o: &Term| format!("{s} {p} {o}");
    let claims = claims(conversion);
    let said = claims.iter().map(|claim| {
        let [s, p, o] = [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].map(|part| index.one(claim, part));
        triple(s, p, o)
    });
    let facts: GraphName = graph::report(&conversion.report).into();
    let source: GraphName = graph::source(&conversion.report).into();
    let known: BTreeSet<(String, String)> =
        converter().base_quads().iter().map(|q| (q.subject.to_string(), q.object.to_string())).collect();
    // The structure of the report and what is put together of other names (a ratification, a need) are stated by nobody.
    let structural = [class::REPORT, class::FORM, class::SECTION, class::QUESTION, class::ANSWER];
    let composed = [class::RATIFICATION, class::COOPERATION_NEED];
    let own = format!("id:report/{}", conversion.report);
    let is_name = |q: &&Quad| {
        let is = |class: &NamedNodeRef<'static>| index.all(&q.subject, rdf::TYPE).contains(&&Term::from(class.into_owned()));
        let named_by_others = structural[1..].iter().any(is) || composed.iter().any(is);
        let itself = is(&structural[0]) && matches!(&q.subject, NamedOrBlankNode::NamedNode(n) if compact(n.as_ref()) == own);
        [skos::PREF_LABEL, skos::ALT_LABEL, flg::ACRONYM].contains(&q.predicate.as_ref())
            && !named_by_others
            && !itself
            && !known.contains(&(q.subject.to_string(), q.object.to_string()))
    };
    let stated = quads.iter().filter(|q| q.graph_name == facts || (q.graph_name == source && is_name(q)));
    let stated = stated.map(|q| triple(&q.subject.clone().into(), &q.predicate.clone().into(), &q.object));
    (said.collect(), stated.collect())
}

#[test]
fn every_quote_stands_in_the_source() {
    let claims = every_quote_stands_at_its_place(conversion(), &document(TEXT));
    assert!(claims > 200, "only {claims} claims");
    assert_eq!(claims, conversion().summary.claims);
}

#[test]
fn every_fact_and_every_new_name_has_a_claim() {
    let (said, stated) = said_and_stated(conversion());
    assert_eq!(stated.difference(&said).collect::<Vec<_>>(), Vec::<&String>::new(), "stated without a claim");
    assert_eq!(said.difference(&stated).collect::<Vec<_>>(), Vec::<&String>::new(), "claimed, but not stated");
    let names = said.iter().filter(|t| t.contains("#prefLabel>") || t.contains("#altLabel>") || t.contains("#acronym>"));
    assert!(names.count() > 5 && said.len() > 100);
}

#[test]
fn quotes_stand_at_their_place_whatever_the_encoding_of_lines() {
    let as_is = contents(conversion());
    for (what, text) in [
        ("CRLF", TEXT.replace('\n', "\r\n")),
        ("a byte order mark", format!("\u{feff}{TEXT}")),
        ("both", format!("\u{feff}{}", TEXT.replace('\n', "\r\n"))),
        // Offsets count characters: those before the text have one to four bytes each.
        ("characters of several bytes", format!("ñ Ж 労働 🧭 e\u{301}\n\n{TEXT}")),
        ("form feeds", TEXT.replace("\n\n\n", "\n\u{c}\n\n")),
        ("tabs and hard spaces", TEXT.replace(" \n", "\u{a0}\t\n")),
    ] {
        let found = convert(&text);
        every_quote_stands_at_its_place(&found, &document(&text));
        let (said, stated) = said_and_stated(&found);
        assert_eq!(said, stated, "{what}");
        // What is claimed is the same, and so are the claims' IRIs, whatever the offsets are now.
        same(&contents(&found), &as_is, what);
    }
}

/// Each claim with its content: answer, fact, words.
fn contents(conversion: &Conversion) -> BTreeSet<String> {
    let quads = conversion.quads();
    let index = Index::of(&quads);
    let content = |claim: &NamedOrBlankNode| {
        let parts =
            [prov::WAS_DERIVED_FROM, rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].map(|part| index.one(claim, part).to_string());
        let quotes = index.all(claim, oa::HAS_SELECTOR).into_iter().flat_map(|s| index.all(&node(s), oa::EXACT));
        format!("{} “{}” {claim}", parts.join(" "), quotes.map(value).collect::<String>())
    };
    claims(conversion).iter().map(content).collect()
}

fn same(found: &BTreeSet<String>, expected: &BTreeSet<String>, what: &str) {
    let new: Vec<_> = found.difference(expected).collect();
    let gone: Vec<_> = expected.difference(found).collect();
    assert!(new.is_empty() && gone.is_empty(), "{what}: new: {new:#?}, gone: {gone:#?}");
}

#[test]
fn a_claim_keeps_its_iri_when_another_answer_changes() {
    // Words are added to the answer to question 65, before most of the report.
    let changed = crate::sample::with(
        "Dentro de los \n\ngrupos consultados",
        "Con ello se atiende a todos. Dentro de los \n\ngrupos consultados",
    );
    let elsewhere = |conversion: &Conversion| -> BTreeSet<String> {
        contents(conversion).into_iter().filter(|content| !content.contains("/answer/mex-2021-p029/65>")).collect()
    };
    same(&elsewhere(&convert(&changed)), &elsewhere(conversion()), "another answer changed");
    // What is claimed of the same words in another country's report is another claim.
    let other = claims(&convert(&crate::sample::with("Mexico - 2021", "Guatemala - 2021")));
    assert_eq!(claims(conversion()).intersection(&other).count(), 0);
}

/// An answer of half a megabyte in which no sentence ends is read in parts, and what stands before and behind it as ever.
#[test]
fn an_answer_without_a_full_stop_is_quoted_in_parts_and_leaves_the_others_as_they_are() {
    const LONG: usize = 543_000;
    const LONGEST_QUOTE: usize = 20_000;
    let question = TEXT.find("82. Sírvase").unwrap();
    let from = question + TEXT[question..].find(']').unwrap() + 1;
    let to = from + TEXT[from..].find("90. Sírvase").unwrap();
    let with = |answer: &str| convert(&format!("{}\n\n{answer}\n\n{}", &TEXT[..from], &TEXT[to..]));
    let words = TEXT[from..to].split_whitespace().filter(|word| !word.contains("http") && !word.contains('/'));
    let words = words.map(|word| word.replace(['.', ':', ';', '?', '!', '○', '•', '-'], "")).filter(|word| !word.is_empty());
    let words: Vec<String> = words.collect();
    let length = words.iter().map(|word| word.len() + 1).sum::<usize>();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let lines: Vec<String> = words.repeat(LONG / length + 1).chunks(9).map(|line| line.join(" ")).collect();
    let (short, long) = (with("Se coopera."), with(&lines.join("\n")));
    let facts = |it: &Conversion| -> HashSet<Quad> {
        let of_report =
            |q: &Quad| matches!(&q.graph_name, GraphName::NamedNode(graph) if graph.as_str().contains("/graph/report/"));
        it.quads().into_iter().filter(of_report).collect()
    };
    let (others, all) = (facts(&short), facts(&long));
    assert!(others.len() > 50, "{}", others.len());
    assert!(others.is_subset(&all), "{:#?}", others.difference(&all).collect::<Vec<_>>());
    // What the long answer names and says is told too, with the words that say it and no more.
    assert!(all.len() > others.len());
    let quads = long.quads();
    let quotes = quads.iter().filter(|q| q.predicate.as_ref() == oa::EXACT).map(|q| value(&q.object).len());
    assert!(quotes.max() < Some(LONGEST_QUOTE));
}
