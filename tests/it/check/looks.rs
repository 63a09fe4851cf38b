//! Rules are passed over where a look tells that they find nothing: what they find must be what the engine finds for their
//! queries as they are written, in the whole of what is there.

use forced_labour_graph::check::Checker;
use forced_labour_graph::check::rules::{self, Rule};
use oxigraph::model::{Dataset, Graph, Literal, NamedNode, Quad, Term, Triple};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use spareval::{QueryEvaluator, QueryResults};
use spargebra::SparqlParser;
use std::collections::BTreeSet;

/// Node, property, value and message of each finding.
type Found = BTreeSet<[String; 4]>;

/// What the engine finds of what is described.
fn by_engine(rule: &Rule, quads: &[Quad], described: &BTreeSet<String>) -> Found {
    let query = SparqlParser::new().parse_query(&rule.query).unwrap();
    let (evaluator, dataset) = (QueryEvaluator::new(), quads.iter().collect::<Dataset>());
    let mut prepared = evaluator.prepare(&query);
    prepared.dataset_mut().set_default_graph_as_union();
    let QueryResults::Solutions(solutions) = prepared.execute(&dataset).unwrap() else { panic!("{} is no SELECT", rule.name) };
    let found = solutions.map(|solution| {
        let solution = solution.unwrap();
        let text = |term: Option<&Term>| term.map(ToString::to_string).unwrap_or_default();
        let path = solution.get("path").filter(|path| path.is_named_node());
        let message = match solution.get("message") {
            Some(Term::Literal(text)) => text.value().to_owned(),
            _ => rule.title.clone(),
        };
        [text(solution.get("focus")), text(path), text(solution.get("value")), message]
    });
    found.filter(|found| described.contains(&found[0]) || found[0].starts_with('"')).collect()
}

/// The same by the checks.
fn by_checks(rule: &Rule, dataset: &[Quad], context: &[Quad]) -> Found {
    let checker = Checker::new(Graph::new(), &Graph::new(), vec![rule.clone()]).unwrap();
    let found = checker.check(dataset, context).unwrap().into_iter().filter(|v| v.shape.starts_with("queries/"));
    found
        .map(|v| {
            let text = |term: Option<String>| term.unwrap_or_default();
            [v.focus.to_string(), text(v.path.map(|p| p.to_string())), text(v.value.map(|value| value.to_string())), v.message]
        })
        .collect()
}

/// How many findings there are, which must be the same both ways. Of nodes of which a report only repeats what is known, and which
/// are not at fault without it, the checks may pass over what is found.
fn compare(rule: &Rule, dataset: &[Quad], context: &[Quad]) -> usize {
    let described: BTreeSet<String> = dataset.iter().map(|quad| quad.subject.to_string()).collect();
    let all: Vec<Quad> = dataset.iter().chain(context).cloned().collect();
    let (found, expected) = (by_checks(rule, dataset, context), by_engine(rule, &all, &described));
    let known: Graph = context.iter().cloned().map(Triple::from).collect();
    let is_new = |quad: &&Quad| !known.contains(quad.as_ref());
    let anew: BTreeSet<String> = dataset.iter().filter(is_new).map(|quad| quad.subject.to_string()).collect();
    let before: BTreeSet<String> = by_engine(rule, context, &described).into_iter().map(|[focus, ..]| focus).collect();
    let may_miss = |found: &[String; 4]| !(found[0].starts_with('"') || anew.contains(&found[0]) || before.contains(&found[0]));
    let missed: Found = expected.difference(&found).filter(|found| !may_miss(found)).cloned().collect();
    let listed = |quads: &[Quad]| quads.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let place = || format!("{}\n{}\nbeside\n{}", rule.query, listed(dataset), listed(context));
    assert!(missed.is_empty() && found.is_subset(&expected), "{found:?} and not {expected:?}\n{}", place());
    found.len()
}

const BASE: &str = "https://w3id.org/forced-labour-graph/";

fn iri(name: &str) -> NamedNode {
    let name = match name.split_once(':') {
        Some(("flg", local)) => format!("{BASE}ontology#{local}"),
        Some(("rdf", local)) => format!("http://www.w3.org/1999/02/22-rdf-syntax-ns#{local}"),
        Some(("skos", local)) => format!("http://www.w3.org/2004/02/skos/core#{local}"),
        Some(("org", local)) => format!("http://www.w3.org/ns/org#{local}"),
        _ => format!("{BASE}{name}"),
    };
    NamedNode::new(name).unwrap()
}

const THINGS: [&str; 4] = ["id/a", "id/b", "id/c", "flg:Company"];
const GRAPHS: [&str; 4] = ["graph/report/x", "graph/evidence/x", "graph/ontology", "graph/authority"];

/// Values that are no things: texts, years, numbers, and one that is not even equal to itself.
fn texts() -> Vec<Term> {
    let typed = |text: &str, datatype: &str| {
        Literal::new_typed_literal(text, NamedNode::new(format!("http://www.w3.org/2001/XMLSchema#{datatype}")).unwrap())
    };
    let texts = [
        Literal::new_simple_literal("2019"),
        Literal::new_simple_literal("2019-03"),
        Literal::new_language_tagged_literal("2019", "en").unwrap(),
        typed("2020", "gYear"),
        typed("2020", "integer"),
        typed("02020", "integer"),
        typed("NaN", "double"),
    ];
    texts.map(Term::from).into()
}

/// Random statements with some properties and some values, in graphs.
fn statements(properties: &[&str], values: &[Term], graphs: &[&str], most: usize) -> impl Strategy<Value = Vec<Quad>> + use<> {
    let (things, values) = (THINGS.map(iri), values.to_vec());
    let graphs: Vec<NamedNode> = graphs.iter().map(|name| iri(name)).collect();
    let properties: Vec<NamedNode> = properties.iter().map(|name| iri(name)).collect();
    let one = (0..things.len(), 0..properties.len(), 0..values.len(), 0..graphs.len());
    let one = one.prop_map(move |(subject, property, value, graph)| {
        Quad::new(things[subject].clone(), properties[property].clone(), values[value].clone(), graphs[graph].clone())
    });
    prop::collection::vec(one, 0..most)
}

/// Tries rules on random statements beside given ones, and asserts that each has found something at times, and nothing at others.
fn try_all(rules: &[Rule], properties: &[&str], values: &[Term], given: &[Quad]) {
    let mut tries = proptest::test_runner::TestRunner::deterministic();
    let mut counts = vec![[0, 0]; rules.len()];
    // What is beside a report is no report's, whose facts have evidence.
    let both = (statements(properties, values, &GRAPHS, 14), statements(properties, values, &GRAPHS[2..], 8));
    for _ in 0..400 {
        let (mut dataset, context) = both.new_tree(&mut tries).unwrap().current();
        dataset.extend_from_slice(given);
        for (rule, counts) in rules.iter().zip(&mut counts) {
            counts[usize::from(compare(rule, &dataset, &context) > 0)] += 1;
        }
    }
    for (rule, counts) in rules.iter().zip(counts) {
        assert!(counts.iter().all(|count| *count > 0), "`{}` of {counts:?}: {}", rule.name, rule.query);
    }
}

#[test]
fn no_rule_is_passed_over_that_would_find_something() {
    let things: Vec<Term> = THINGS.map(iri).map(Term::from).into();
    let with = |others: &[&str]| -> Vec<Term> { others.iter().map(|name| iri(name).into()).chain(things.clone()).collect() };
    let text = Term::from(Literal::new_simple_literal("A"));
    let few: Vec<Term> = things.iter().skip(2).cloned().chain([text.clone()]).collect();
    // That the first thing has an acronym.
    let claim = [("rdf:subject", iri("id/a").into()), ("rdf:predicate", iri("flg:acronym").into()), ("rdf:object", text.clone())];
    let claim = claim.map(|(property, value)| Quad::new(iri("id/claim"), iri(property), value, iri("graph/evidence/x")));
    for rule in rules::standard().unwrap() {
        let (properties, values): (&[&str], Vec<Term>) = match rule.name.as_str() {
            "amount-without-currency" => (&["flg:amount", "flg:currency"], texts()),
            "answer-to-another-form" => (&["flg:inReport", "flg:question", "flg:ofForm"], things.clone()),
            // There are none here: the files of reports have none either.
            "blank-node" => continue,
            "both-ratified-and-not" => (&["flg:ratificationStatus"], texts()),
            "ends-before-it-starts" => (&["flg:startDate", "flg:endDate"], texts()),
            "known-by-an-ambiguous-acronym" => {
                let values = with(&["flg:acronym", "skos:prefLabel"]).into_iter().chain([text.clone()]).collect();
                (&["rdf:subject", "rdf:predicate", "flg:acronym"], values)
            }
            "name-twice" => (&["skos:prefLabel", "skos:altLabel"], texts()),
            "part-of-itself" => (&["skos:broader", "org:subOrganizationOf", "org:unitOf", "flg:inSection"], things.clone()),
            "said-of-itself" => (&["flg:partner", "flg:leads"], things.clone()),
            "same-name" => (&["skos:prefLabel", "rdf:type", "flg:country"], few.clone()),
            "unknown-term" => (&["rdf:type", "flg:partner"], with(&["flg:partner"])),
            other => panic!("no statements for `{other}`"),
        };
        try_all(&[rule], properties, &values, &claim);
    }
}

/// What rules may ask for that no rule of the folder does, with what is understood in a look and what is not.
const ASKED: &[&str] = &[
    "?focus :p ?value FILTER NOT EXISTS { ?focus :q ?x }",
    "?focus :p ?value FILTER NOT EXISTS { ?focus :p ?x FILTER(?x != ?value) }",
    "?focus :p ?value FILTER NOT EXISTS { { ?focus :q ?x } UNION { ?x :q ?focus } }",
    "?focus :p ?value FILTER EXISTS { ?value :p ?x FILTER NOT EXISTS { ?x :q ?focus } }",
    "?focus :p ?value FILTER NOT EXISTS { SELECT ?value WHERE { ?value :p ?x . ?x :q ?focus } }",
    "?focus :p ?value FILTER NOT EXISTS { ?value :p ?x OPTIONAL { ?x :q ?y } FILTER(BOUND(?y)) }",
    "?focus :p ?value FILTER NOT EXISTS { ?value :p ?x BIND(STR(?x) AS ?y) ?focus :q ?y }",
    "?focus :p ?value { ?x :q ?y FILTER NOT EXISTS { ?x :p ?value } }",
    "?focus :p ?value MINUS { ?focus :q ?value }",
    "?focus :p ?value MINUS { ?x :q ?y }",
    "?focus :p ?value MINUS { { ?focus :q ?x } UNION { ?x :q ?y } }",
    "?focus :p ?value MINUS { VALUES ?step { :p :q } ?value ?step ?x }",
    "?focus :p ?value MINUS { ?x :q ?value OPTIONAL { ?x :p ?focus } }",
    "{ ?focus :p ?value } UNION { ?focus :q ?other } MINUS { ?value :q ?x }",
    "?focus :p ?value OPTIONAL { ?value :q ?more } FILTER NOT EXISTS { ?more :p ?last }",
    "?focus :p ?value OPTIONAL { ?value :q ?more } FILTER(!BOUND(?more))",
    "?focus :p ?value BIND(STR(?value) AS ?text) FILTER NOT EXISTS { ?other :q ?text }",
    "?focus :p ?value BIND(?value AS ?same) { ?focus :q ?same }",
    "?focus :p ?value BIND(:q AS ?path) { ?value ?path ?x }",
    "{ ?focus :p ?value } UNION { ?focus :q ?value } FILTER(?focus != ?value)",
    "?focus ?path ?focus",
    "?focus :p ?value . ?value :q* ?focus",
    "?focus :p ?value . ?value (:p|:q)* ?focus",
    "?focus :p ?value . ?value :q+ ?focus",
    "?focus :p ?value . ?value ^:q/:p? ?x FILTER NOT EXISTS { ?x :p ?y }",
    "?focus :p ?value FILTER NOT EXISTS { ?value :q* ?focus }",
    "?focus :p ?value FILTER NOT EXISTS { ?value :q+ ?focus }",
    "GRAPH ?graph { ?focus :p ?value } FILTER(STRSTARTS(STR(?graph), \"https://w3id.org/forced-labour-graph/graph/report/\"))",
    "GRAPH ?graph { ?focus :p ?value FILTER NOT EXISTS { ?value :q ?x } }",
    "GRAPH ?graph { ?focus :p ?value } GRAPH ?graph { ?value :q ?x }",
    "GRAPH ?graph { ?focus :p ?value } FILTER NOT EXISTS { GRAPH ?other { ?focus :p ?value } FILTER(?other != ?graph) }",
    "GRAPH ?graph {} GRAPH ?graph { ?focus :p ?value . ?value :q ?x }",
    "GRAPH <https://w3id.org/forced-labour-graph/graph/ontology> { ?focus :p ?value } FILTER NOT EXISTS { GRAPH ?any { ?value :q ?x } }",
    "?focus :p ?value FILTER(IF(isLiteral(?value), STR(?value) > \"2019\", ?value = ?focus))",
    "?focus :p ?value FILTER(isIRI(?value) && !(STR(?value) >= STR(?focus)))",
    "?focus :p ?value , ?other FILTER(?value != ?other)",
    "?focus :p ?value , ?other FILTER(?value = ?other && !sameTerm(?value, ?other))",
    "?focus :p ?value FILTER(?value != ?value)",
    "?focus :p ?value FILTER(?value IN (<https://w3id.org/forced-labour-graph/id/a>, 2020, \"2019\"))",
    "?focus :p ?value FILTER(?value NOT IN (<https://w3id.org/forced-labour-graph/id/a>, 2020, \"2019\"))",
    "?focus :p ?value FILTER(?nothing = ?value || ?value = ?focus)",
    "?focus :p ?value FILTER(LANG(?value) = \"en\" || STRLEN(STR(?value)) = 4)",
    "{ SELECT ?focus WHERE { ?focus :p ?value } } ?focus :q ?value",
    "{ SELECT ?focus WHERE { ?focus :p ?v } GROUP BY ?focus HAVING(COUNT(DISTINCT ?v) > 1) }",
    "VALUES (?path ?x) { (:p UNDEF) (:q 2020) } ?focus ?path ?value , ?x FILTER(?x != ?value)",
    "?focus :p _:other . _:other :q ?value",
];

#[test]
fn whatever_a_rule_asks_for_is_found() {
    let parse = |(number, asked): (usize, &&str)| {
        let header = "# title: t\n# description: d.\n# severity: error\nPREFIX : <https://w3id.org/forced-labour-graph/>";
        Rule::parse(&number.to_string(), &format!("{header}\nSELECT ?focus ?path ?value WHERE {{ {asked} }}")).unwrap()
    };
    let rules: Vec<Rule> = ASKED.iter().enumerate().map(parse).collect();
    let values: Vec<Term> = THINGS.iter().chain(&["p", "q"]).map(|name| iri(name).into()).chain(texts()).collect();
    try_all(&rules, &["p", "q"], &values, &[]);
}
