//! The cases of the contract.

use super::Open;
use forced_labour_graph::model::vocab::graph;
use forced_labour_graph::store::{
    CancellationToken, DefaultGraph, Limits, Pattern, Request, Store, StoreError, UpdateRequest, Variable, Write,
};
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

type Case = (&'static str, fn(&Open<'_>));

/// All cases. The last leave queries behind that a service may go on with for a while.
pub(super) const ALL: &[Case] = &[
    ("each triple once", each_triple_once),
    ("replacing", replacing),
    ("a foreign statement", a_foreign_statement),
    ("datasets", datasets),
    ("bound terms", bound_terms),
    ("the scope of filters and operators", scope),
    ("groups and order", groups),
    ("described", described),
    ("graphs and patterns", graphs_and_patterns),
    ("literals", literals),
    ("long texts", long_texts),
    ("many statements", many_statements),
    ("blank nodes", blank_nodes),
    ("written graphs", written_graphs),
    ("updates", updates),
    ("updates of whole graphs", updates_of_graphs),
    ("updates that fail", failed_updates),
    ("an own default graph", own_default_graph),
    ("mistakes", mistakes),
    ("rows", rows),
    ("time", time),
];

/// Virtuoso gives blank nodes names that its own results do not allow, so that what has some cannot be read from it.
pub(super) const NOT_ON_VIRTUOSO: &[&str] = &["blank nodes"];

fn iri(name: &str) -> NamedNode {
    NamedNode::new(format!("http://example.org/{name}")).unwrap()
}

fn quad(subject: &str, object: &str, graph: &NamedNode) -> Quad {
    Quad::new(iri(subject), iri("says"), Literal::from(object), graph.clone())
}

fn ab() -> (NamedNode, NamedNode) {
    (graph::report("a"), graph::report("b"))
}

fn fill(store: &dyn Store, quads: Vec<Quad>) {
    let (a, b) = ab();
    store.replace(&[a, b], &mut quads.into_iter()).unwrap();
}

/// A store that holds something.
fn with(open: &Open<'_>, quads: Vec<Quad>) -> Box<dyn Store> {
    let store = open(DefaultGraph::Union);
    fill(store.as_ref(), quads);
    store
}

fn table(store: &dyn Store, request: &Request) -> Vec<String> {
    let table = store.table(request).unwrap_or_else(|e| panic!("{e}\n{}", request.query));
    table.rows.iter().map(|row| row.iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" ")).collect()
}

fn found(store: &dyn Store, query: &str) -> Vec<String> {
    table(store, &Request::new(query))
}

/// What a store holds, as sorted lines.
fn content(store: &dyn Store) -> BTreeSet<String> {
    store.quads(Pattern::default()).unwrap().iter().map(ToString::to_string).collect()
}

fn lines(quads: &[Quad]) -> BTreeSet<String> {
    quads.iter().map(ToString::to_string).collect()
}

fn update(store: &dyn Store, text: &str) {
    let request = UpdateRequest { update: text.to_owned(), ..UpdateRequest::default() };
    store.update(&request).unwrap_or_else(|e| panic!("{e}\n{text}"));
}

fn each_triple_once(open: &Open<'_>) {
    let (a, b) = ab();
    let store = with(open, vec![quad("s", "both", &a), quad("s", "both", &b), quad("s", "one", &b)]);
    assert_eq!(found(&*store, "SELECT * { ?s ?p ?o }").len(), 2);
    assert_eq!(found(&*store, "SELECT * { GRAPH ?g { ?s ?p ?o } }").len(), 3);
    assert_eq!(found(&*store, "CONSTRUCT { ?s ?p 1 } { ?s ?p ?o }").len(), 1);
    assert_eq!(store.len().unwrap(), 3);
    assert_eq!(store.graphs().unwrap(), [a.clone(), b.clone()]);
    // A join may lead from one graph to the other.
    assert_eq!(found(&*store, "SELECT ?o { ?s ?p 'one' . GRAPH ?g { ?s ?p ?o } FILTER(?o != 'one') }").len(), 2);
    // A triple stays in the union for as long as one graph has it.
    store.replace(std::slice::from_ref(&b), &mut std::iter::empty()).unwrap();
    assert_eq!(found(&*store, "SELECT ?o { ?s ?p ?o }"), ["\"both\""]);
    assert_eq!(store.graphs().unwrap(), std::slice::from_ref(&a));
    store.replace(&[a], &mut std::iter::empty()).unwrap();
    assert!(store.is_empty().unwrap());
    assert!(found(&*store, "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }").is_empty());
}

fn replacing(open: &Open<'_>) {
    let (a, b) = ab();
    let store = with(open, vec![quad("s", "old", &a), quad("s", "kept", &a), quad("t", "other", &b)]);
    store.replace(std::slice::from_ref(&a), &mut vec![quad("s", "kept", &a), quad("s", "new", &a)].into_iter()).unwrap();
    let rows = found(&*store, "SELECT ?o { ?s ?p ?o } ORDER BY ?o");
    assert_eq!(rows, ["\"kept\"", "\"new\"", "\"other\""]);
}

fn a_foreign_statement(open: &Open<'_>) {
    let (a, b) = ab();
    let store = with(open, vec![quad("s", "old", &a)]);
    let error = store.replace(std::slice::from_ref(&a), &mut vec![quad("s", "new", &a), quad("s", "new", &b)].into_iter());
    assert!(matches!(&error, Err(StoreError::ForeignGraph(place)) if place.contains("graph/report/b")), "{error:?}");
    assert_eq!(content(&*store), lines(&[quad("s", "old", &a)]));
}

fn datasets(open: &Open<'_>) {
    let (a, b) = ab();
    let store = with(open, vec![quad("s", "in a", &a), quad("s", "in b", &b)]);
    let mut request = Request::new("SELECT ?o { ?s ?p ?o }");
    request.default_graphs = vec![b.clone()];
    assert_eq!(table(&*store, &request), ["\"in b\""]);
    let mut request = Request::new("SELECT ?o { GRAPH ?g { ?s ?p ?o } }");
    request.named_graphs = vec![a.clone()];
    assert_eq!(table(&*store, &request), ["\"in a\""]);
    assert_eq!(found(&*store, &format!("SELECT ?o FROM {a} {{ ?s ?p ?o }}")), ["\"in a\""]);
    assert_eq!(found(&*store, &format!("SELECT ?o FROM NAMED {b} {{ GRAPH ?g {{ ?s ?p ?o }} }}")), ["\"in b\""]);
}

fn bound_terms(open: &Open<'_>) {
    let (a, _) = ab();
    let hostile = "\" } DROP ALL #\n\\";
    let store = with(open, vec![quad("s", hostile, &a), quad("s", "tame", &a)]);
    let variable = |name: &str| Variable::new(name).unwrap();
    let request = Request::new("SELECT ?s ?o { ?s ?p ?o }").bind(variable("o"), Literal::from(hostile));
    let rows = store.table(&request).unwrap().rows;
    assert_eq!(rows, [vec![Some(Term::from(iri("s"))), Some(Literal::from(hostile).into())]]);
    let nested =
        "SELECT ?n { { SELECT (COUNT(*) AS ?n) { { SELECT ?s { ?s ?p ?x FILTER EXISTS { ?s ?p ?o } FILTER(?x = ?o) } } } } }";
    assert_eq!(
        table(&*store, &Request::new(nested).bind(variable("o"), Literal::from("tame"))),
        ["\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"]
    );
    let request = Request::new("SELECT ?o { ?s ?p ?o }").bind(variable("p"), Literal::from("x"));
    assert!(table(&*store, &request).is_empty());
    let inner = Request::new("SELECT ?s ?o { { SELECT ?s ?o { ?s ?p ?o } LIMIT 1 } { SELECT ?s { ?s ?p 'tame' } } }");
    assert_eq!(table(&*store, &inner.bind(variable("s"), iri("s"))).len(), 1);
    let request = Request::new("SELECT ?s { ?s ?p ?o }").bind(variable("s"), iri("s"));
    assert_eq!(table(&*store, &request).len(), 2);
}

fn scope(open: &Open<'_>) {
    let (a, _) = ab();
    let store = with(open, vec![quad("s", "x", &a), quad("t", "y", &a)]);
    // A filter of an inner group knows nothing of what is outside of it.
    assert!(found(&*store, "SELECT ?s { { ?s ?p ?o FILTER(BOUND(?q)) } ?s ?q ?o }").is_empty());
    assert_eq!(found(&*store, "SELECT ?s { ?s ?p ?o FILTER(BOUND(?q)) ?s ?q ?o }").len(), 2);
    assert_eq!(found(&*store, "SELECT ?s ?u { ?s ?p ?o OPTIONAL { ?u ?p 'y' FILTER(?o = 'x') } }").len(), 2);
    assert_eq!(found(&*store, "SELECT ?s { ?s ?p ?o MINUS { ?s ?p 'x' } }"), [iri("t").to_string()]);
    let sum = |text: &str| found(&*store, &format!("SELECT ?n {{ BIND({text} AS ?n) }}"));
    assert!(sum("(1 + 2) * 3")[0].starts_with("\"9\""), "{:?}", sum("(1 + 2) * 3"));
    assert!(sum("10 - (4 - 3)")[0].starts_with("\"9\""));
    assert_eq!(found(&*store, "SELECT ?s { ?s ?p ?o FILTER(!(?o = 'x' || ?o = 'z') && !(?o = 'q')) }"), [iri("t").to_string()]);
    assert_eq!(found(&*store, "SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p 'x' } } }"), [iri("t").to_string()]);
    assert_eq!(found(&*store, "SELECT ?s { ?s <http://example.org/says>|<urn:other> ?o }").len(), 2);
    assert_eq!(found(&*store, "SELECT ?o { ?s <http://example.org/says> ?o , [] FILTER(?o = 'x') }"), ["\"x\""]);
}

fn groups(open: &Open<'_>) {
    let (a, b) = ab();
    let store = with(open, vec![quad("s", "x", &a), quad("s", "y", &a), quad("t", "z", &b), quad("t", "z", &a)]);
    let counted =
        "SELECT ?s (COUNT(?o) AS ?n) (GROUP_CONCAT(?o; SEPARATOR = '+') AS ?all) { ?s ?p ?o } GROUP BY ?s HAVING(COUNT(?o) > 1)";
    let rows = found(&*store, counted);
    assert!(rows.len() == 1 && rows[0].contains("\"2\"") && rows[0].contains('+'), "{rows:?}");
    assert_eq!(found(&*store, "SELECT DISTINCT ?s { ?s ?p ?o } ORDER BY DESC(?s)"), [iri("t").to_string(), iri("s").to_string()]);
    assert_eq!(found(&*store, "SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 1 OFFSET 1"), ["\"y\""]);
    let per_graph = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g";
    assert_eq!(found(&*store, per_graph).len(), 2);
    assert_eq!(
        store.table(&Request::new("SELECT * { ?o ?p ?s }")).unwrap().variables,
        ["o", "p", "s"].map(|v| Variable::new(v).unwrap())
    );
}

fn described(open: &Open<'_>) {
    let (a, _) = ab();
    let store = with(open, vec![quad("s", "x", &a), quad("s", "y", &a), quad("t", "z", &a)]);
    assert_eq!(found(&*store, "DESCRIBE <http://example.org/s>").len(), 2);
    assert_eq!(found(&*store, "DESCRIBE ?s { ?s ?p 'z' }").len(), 1);
    assert_eq!(store.describe(&iri("s")).unwrap().len(), 2);
    assert_eq!(found(&*store, "ASK { ?s ?p 'z' }"), ["\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>"]);
    assert_eq!(found(&*store, "ASK { ?s ?p 'none' }"), ["\"false\"^^<http://www.w3.org/2001/XMLSchema#boolean>"]);
}

fn graphs_and_patterns(open: &Open<'_>) {
    let (a, b) = ab();
    let all = [quad("s", "x", &a), quad("t", "x", &b), quad("t", "y", &b)];
    let store = with(open, all.to_vec());
    assert_eq!(content(&*store), lines(&all));
    let subject = NamedOrBlankNode::from(iri("t"));
    let object = Term::from(Literal::from("x"));
    let says = iri("says");
    let number = |pattern: Pattern<'_>| store.quads(pattern).unwrap().len();
    assert_eq!(number(Pattern { subject: Some(&subject), ..Pattern::default() }), 2);
    assert_eq!(number(Pattern { object: Some(&object), ..Pattern::default() }), 2);
    assert_eq!(number(Pattern { predicate: Some(&says), graph: Some(&a), ..Pattern::default() }), 1);
    assert_eq!(
        store.quads(Pattern { subject: Some(&subject), predicate: Some(&says), object: Some(&object), graph: Some(&b) }).unwrap(),
        [quad("t", "x", &b)]
    );
    assert_eq!(number(Pattern { subject: Some(&subject), graph: Some(&a), ..Pattern::default() }), 0);
    assert!(store.has(&a).unwrap() && !store.has(&graph::report("c")).unwrap());
    // What a store keeps for itself is seen by nobody.
    let graphs = found(&*store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g");
    assert_eq!(graphs, [a.to_string(), b.to_string()]);
    assert!(
        found(
            &*store,
            &format!(
                "SELECT * {{ GRAPH <{}store/union> {{ ?s ?p ?o }} }}",
                graph::report("").as_str().trim_end_matches("report/")
            )
        )
        .is_empty()
    );
}

fn literals(open: &Open<'_>) {
    let (a, _) = ab();
    let typed = |text: &str, name: &str| {
        Term::from(Literal::new_typed_literal(text, NamedNode::new(format!("http://www.w3.org/2001/XMLSchema#{name}")).unwrap()))
    };
    let values: Vec<Term> = vec![
        Literal::new_language_tagged_literal("année", "fr").unwrap().into(),
        Literal::new_language_tagged_literal("año \"x\"\t\\ \n\r'", "es").unwrap().into(),
        Literal::from("日本 😀 \u{7f} &<>").into(),
        typed("true", "boolean"),
        typed("false", "boolean"),
        typed("0.8", "decimal"),
        typed("-12", "integer"),
        typed("2021-03-01", "date"),
        typed("2021", "gYear"),
        typed("https://example.org/a?b=c", "anyURI"),
        NamedNode::new("http://example.org/caf%C3%A9?a=b&c=d#é").unwrap().into(),
    ];
    let quads: Vec<Quad> = values.iter().map(|value| Quad::new(iri("s"), iri("says"), value.clone(), a.clone())).collect();
    let store = with(open, quads.clone());
    assert_eq!(content(&*store), lines(&quads));
    for value in &values {
        let request = Request::new("SELECT ?s { ?s ?p ?o }").bind(Variable::new("o").unwrap(), value.clone());
        assert_eq!(table(&*store, &request).len(), 1, "{value}");
    }
    let graph = store.table(&Request::new("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")).unwrap();
    let objects: BTreeSet<String> = graph.rows.iter().map(|row| row[2].as_ref().unwrap().to_string()).collect();
    assert_eq!(objects, values.iter().map(ToString::to_string).collect());
}

/// A report's text is one literal.
fn long_texts(open: &Open<'_>) {
    let (a, _) = ab();
    let text = "Trabajo forzoso – «Memoria» \"artículo\" 19\n\t\\ ".repeat(6_000);
    let quads = [quad("s", &text, &a), quad("t", "short", &a)];
    let store = with(open, quads.to_vec());
    assert!(content(&*store) == lines(&quads), "the text is not what it was");
    assert_eq!(found(&*store, "SELECT ?s { ?s ?p ?o FILTER(STRLEN(?o) > 200000) }"), [iri("s").to_string()]);
}

/// More than goes in one update, and in one part of a load.
fn many_statements(open: &Open<'_>) {
    let (a, b) = ab();
    let many = |from: usize, to: usize| -> Vec<Quad> {
        (from..to).map(|n| quad(&format!("s{n}"), &n.to_string(), if n % 8 == 0 { &b } else { &a })).collect()
    };
    let store = with(open, many(0, 7_000));
    assert_eq!(store.len().unwrap(), 7_000);
    assert!(found(&*store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0].starts_with("\"7000\""));
    // Some go, some come, most stay.
    fill(&*store, many(600, 7_600));
    assert!(content(&*store) == lines(&many(600, 7_600)), "the store holds something else");
    assert!(found(&*store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0].starts_with("\"7000\""));
    // The same in all and in one: the union has it for as long as the other does.
    let twice: Vec<Quad> = many(0, 3_000)
        .into_iter()
        .flat_map(|quad| [&a, &b].map(|g| Quad { graph_name: g.clone().into(), ..quad.clone() }))
        .collect();
    fill(&*store, twice);
    assert!(found(&*store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0].starts_with("\"3000\""));
    store.replace(&[b], &mut std::iter::empty()).unwrap();
    assert!(found(&*store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0].starts_with("\"3000\""));
    store.replace(&[a], &mut std::iter::empty()).unwrap();
    assert!(store.is_empty().unwrap());
}

fn blank_nodes(open: &Open<'_>) {
    let (a, b) = ab();
    let node = BlankNode::default();
    let about = |graph: &NamedNode| {
        vec![
            Quad::new(iri("s"), iri("has"), node.clone(), graph.clone()),
            Quad::new(node.clone(), iri("says"), Literal::from("x"), graph.clone()),
        ]
    };
    let joined = "SELECT ?s { ?s <http://example.org/has> ?b . ?b <http://example.org/says> 'x' }";
    let store = with(open, about(&a));
    assert_eq!(found(&*store, joined).len(), 1);
    // Again and again, and it is there once.
    fill(&*store, about(&a));
    assert_eq!((found(&*store, joined).len(), store.len().unwrap()), (1, 2));
    let triples = || about(&b).into_iter().map(Triple::from);
    store.write(Some(&b), Write::Merge, &mut triples()).unwrap();
    assert_eq!(store.quads(Pattern { graph: Some(&b), ..Pattern::default() }).unwrap().len(), 2);
    assert_eq!(
        found(&*store, "SELECT ?s { GRAPH ?g { ?s <http://example.org/has> ?b } ?b <http://example.org/says> 'x' }").len(),
        2
    );
    fill(&*store, Vec::new());
    assert!(store.is_empty().unwrap());
}

fn written_graphs(open: &Open<'_>) {
    let store = open(DefaultGraph::Union);
    let notes = iri("notes");
    let triples =
        |from: usize, to: usize| -> Vec<Triple> { (from..to).map(|n| quad("s", &n.to_string(), &iri("x")).into()).collect() };
    let write = |how, triples: Vec<Triple>| store.write(Some(&notes), how, &mut triples.into_iter()).unwrap();
    assert!(!write(Write::Merge, triples(0, 3)) && write(Write::Merge, triples(2, 5)));
    assert_eq!((store.len().unwrap(), found(&*store, "SELECT * { ?s ?p ?o }").len()), (5, 5));
    assert!(write(Write::Replace, triples(4, 6)));
    assert_eq!(found(&*store, "SELECT ?o { ?s ?p ?o } ORDER BY ?o"), ["\"4\"", "\"5\""]);
    assert!(write(Write::Merge, triples(0, 400)));
    assert_eq!((store.len().unwrap(), found(&*store, "SELECT * { ?s ?p ?o }").len()), (400, 400));
    // A graph may be empty, and is there.
    assert!(write(Write::Replace, Vec::new()) && store.has(&notes).unwrap() && store.is_empty().unwrap());
    assert!(store.remove(Some(&notes)).unwrap() && !store.has(&notes).unwrap() && !store.remove(Some(&notes)).unwrap());
    assert!(matches!(store.write(None, Write::Merge, &mut triples(0, 1).into_iter()), Err(StoreError::UnionIsRead)));
    assert!(matches!(store.remove(None), Err(StoreError::UnionIsRead)));
}

fn updates(open: &Open<'_>) {
    let (a, b) = ab();
    let store = with(open, vec![quad("s", "both", &a), quad("s", "both", &b), quad("s", "one", &b)]);
    let union = |expected: &[&str]| {
        let rows = found(&*store, "SELECT ?o { ?s ?p ?o } ORDER BY ?o");
        assert_eq!(rows, expected.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>());
    };
    update(
        &*store,
        &format!("INSERT DATA {{ GRAPH {a} {{ <urn:x> <urn:y> 'new' }} GRAPH <urn:g> {{ <urn:x> <urn:y> 'new' , 'newer' }} }}"),
    );
    union(&["both", "new", "newer", "one"]);
    assert!(store.has(&NamedNode::new("urn:g").unwrap()).unwrap());
    update(&*store, &format!("DELETE DATA {{ GRAPH {a} {{ <urn:x> <urn:y> 'new' }} }}"));
    union(&["both", "new", "newer", "one"]);
    update(&*store, "DELETE DATA { GRAPH <urn:g> { <urn:x> <urn:y> 'new' } }");
    union(&["both", "newer", "one"]);
    update(&*store, &format!("DELETE WHERE {{ GRAPH {a} {{ ?s ?p 'both' }} }}"));
    union(&["both", "newer", "one"]);
    update(
        &*store,
        "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p 'changed' } } WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?o = 'both') }",
    );
    union(&["changed", "newer", "one"]);
    update(
        &*store,
        &format!(
            "WITH {b} DELETE {{ ?s ?p 'one' }} INSERT {{ ?s ?p 'two' }} WHERE {{ ?s ?p 'one' . GRAPH <urn:g> {{ ?x ?y ?z }} }}"
        ),
    );
    union(&["changed", "newer", "two"]);
    // Each operation sees what those before it have changed, the union too.
    update(
        &*store,
        "INSERT DATA { GRAPH <urn:g> { <urn:x> <urn:y> 'a' } } ; INSERT { GRAPH <urn:h> { ?s ?p 'b' } } WHERE { ?s ?p 'a' } ; DELETE WHERE { GRAPH <urn:g> { ?s ?p 'a' } }",
    );
    union(&["b", "changed", "newer", "two"]);
    let mut request = UpdateRequest {
        update: "INSERT { GRAPH <urn:i> { ?s ?p ?o } } WHERE { ?s ?p ?o }".to_owned(),
        ..UpdateRequest::default()
    };
    request.using_graphs = vec![b];
    store.update(&request).unwrap();
    assert_eq!(found(&*store, "SELECT ?o { GRAPH <urn:i> { ?s ?p ?o } } ORDER BY ?o"), ["\"changed\"", "\"two\""]);
}

fn updates_of_graphs(open: &Open<'_>) {
    let (a, b) = ab();
    let store = with(open, vec![quad("s", "both", &a), quad("s", "both", &b), quad("s", "one", &b)]);
    let count = || found(&*store, "SELECT * { ?s ?p ?o }").len();
    update(&*store, &format!("CLEAR GRAPH {b}"));
    assert!(count() == 1 && store.has(&b).unwrap());
    update(&*store, &format!("COPY {a} TO {b} ; CREATE GRAPH <urn:new> ; DROP GRAPH {a}"));
    assert!(count() == 1 && !store.has(&a).unwrap() && store.has(&NamedNode::new("urn:new").unwrap()).unwrap());
    update(&*store, &format!("MOVE {b} TO <urn:moved> ; ADD <urn:moved> TO {a} ; DROP SILENT GRAPH <urn:none>"));
    assert_eq!(store.quads(Pattern { graph: Some(&a), ..Pattern::default() }).unwrap(), [quad("s", "both", &a)]);
    assert!(!store.has(&b).unwrap());
    update(&*store, "DROP ALL");
    assert!(store.is_empty().unwrap() && store.graphs().unwrap().is_empty() && count() == 0);
}

fn failed_updates(open: &Open<'_>) {
    let (a, _) = ab();
    let store = with(open, vec![quad("s", "old", &a)]);
    let fails = |text: &str| store.update(&UpdateRequest { update: text.to_owned(), ..UpdateRequest::default() }).unwrap_err();
    assert!(matches!(fails("INSERT DATA { <urn:x> <urn:y> 1 }"), StoreError::UnionIsRead));
    assert!(matches!(fails("LOAD <http://localhost:1/>"), StoreError::Load));
    assert!(matches!(
        fails("INSERT { GRAPH <urn:g> { ?s ?p 1 } } WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }"),
        StoreError::Service(_)
    ));
    assert!(
        fails(&format!("INSERT DATA {{ GRAPH {a} {{ <urn:x> <urn:y> 1 }} }} ; DROP GRAPH <urn:none>"))
            .to_string()
            .contains("urn:none")
    );
    assert!(fails(&format!("DROP GRAPH {a} ; CREATE GRAPH <urn:new> ; CREATE GRAPH <urn:new>")).to_string().contains("urn:new"));
    assert_eq!(content(&*store), lines(&[quad("s", "old", &a)]));
    let cancelled = CancellationToken::new();
    cancelled.cancel();
    let mut request = UpdateRequest { update: format!("DROP GRAPH {a}"), ..UpdateRequest::default() };
    request.cancellation = Some(cancelled);
    assert!(matches!(store.update(&request), Err(StoreError::Cancelled)));
    assert_eq!(content(&*store), lines(&[quad("s", "old", &a)]));
}

fn own_default_graph(open: &Open<'_>) {
    let (a, _) = ab();
    fill(&*open(DefaultGraph::Union), vec![quad("s", "named", &a)]);
    {
        let store = open(DefaultGraph::Own);
        update(&*store, "INSERT DATA { <urn:x> <urn:y> 'default' }");
        assert_eq!(found(&*store, "SELECT ?o { ?s ?p ?o }"), ["\"default\""]);
        assert_eq!(found(&*store, "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }"), [format!("{a} \"named\"")]);
        assert_eq!(found(&*store, "SELECT ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }").len(), 2);
        let triples: Vec<Triple> = vec![quad("s", "more", &a).into()];
        assert!(store.write(None, Write::Merge, &mut triples.into_iter()).unwrap());
        update(&*store, "DELETE WHERE { ?s ?p 'default' }");
        assert_eq!(found(&*store, "SELECT ?o { ?s ?p ?o }"), ["\"more\""]);
    }
    let rows = found(&*open(DefaultGraph::Union), "SELECT ?o { ?s ?p ?o } ORDER BY ?o");
    assert_eq!(rows, ["\"more\"", "\"named\""]);
}

fn mistakes(open: &Open<'_>) {
    let store = with(open, Vec::new());
    let error = store.table(&Request::new("SELECT ?s\nWHERE { ?s nope:p ?o }")).unwrap_err();
    assert!(matches!(&error, StoreError::Syntax { line: 2, .. }), "{error:?}");
    let error = store.table(&Request::new("DROP ALL")).unwrap_err();
    assert!(error.to_string().contains("is an update"), "{error}");
    assert!(matches!(
        store.table(&Request::new("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }")),
        Err(StoreError::Service(_))
    ));
    // Nobody else is asked, not by the service either.
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    other.set_nonblocking(true).unwrap();
    let silent =
        format!("SELECT ?s {{ BIND(<urn:x> AS ?s) SERVICE SILENT <http://{}/> {{ ?s ?p ?o }} }}", other.local_addr().unwrap());
    assert_eq!(found(&*store, &silent), ["<urn:x>"]);
    assert_eq!(other.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

fn rows(open: &Open<'_>) {
    let (a, _) = ab();
    let store = with(open, (0..1000).map(|n| quad(&format!("s{n}"), &n.to_string(), &a)).collect());
    let ten = Limits { rows: Some(10), ..Limits::default() };
    let asked = |query: &str| store.table(&Request::new(query).limited(ten));
    assert!(matches!(asked("SELECT * { ?s ?p ?o }"), Err(StoreError::RowLimit(10))));
    assert!(matches!(asked("SELECT * { ?s ?p ?o } LIMIT 500"), Err(StoreError::RowLimit(10))));
    assert!(matches!(asked("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"), Err(StoreError::RowLimit(10))));
    assert_eq!(asked("SELECT * { ?s ?p ?o } LIMIT 10").unwrap().rows.len(), 10);
    assert_eq!(asked("SELECT ?o { ?s ?p ?o } ORDER BY ?o OFFSET 995").unwrap().rows.len(), 5);
}

/// So many triples that what is asked for takes hours.
fn time(open: &Open<'_>) {
    let (a, _) = ab();
    let store = with(open, (0..1000).map(|n| quad(&format!("s{n}"), &n.to_string(), &a)).collect());
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(?c, ?f, ?i) = 'x') }";
    let limits = Limits { time: Some(Duration::from_millis(300)), ..Limits::default() };
    let begun = Instant::now();
    let error = store.table(&Request::new(endless).limited(limits)).unwrap_err();
    assert!(error.to_string().contains("time limit"), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    let token = CancellationToken::new();
    let request = Request { cancellation: Some(token.clone()), ..Request::new(endless) };
    std::thread::scope(|scope| {
        let running = scope.spawn(|| store.table(&request));
        std::thread::sleep(Duration::from_millis(200));
        token.cancel();
        assert!(matches!(running.join().unwrap(), Err(StoreError::Cancelled)));
    });
}
