//! The store: union without repetition, replacement, limits, refusals, and places that are no store.

use forced_labour_graph::model::vocab::graph;
use forced_labour_graph::store::{Embedded, Limits, Pattern, Request, Store, StoreError};
use oxigraph::model::{Literal, NamedNode, Quad, Term};
use std::time::Duration;

fn iri(name: &str) -> NamedNode {
    NamedNode::new(format!("http://example.org/{name}")).unwrap()
}

fn quad(subject: &str, object: &str, graph: &NamedNode) -> Quad {
    Quad::new(iri(subject), iri("says"), Literal::from(object), graph.clone())
}

fn memory(quads: Vec<Quad>) -> Embedded {
    let store = Embedded::in_memory().unwrap();
    fill(&store, quads);
    store
}

fn fill(store: &Embedded, quads: Vec<Quad>) {
    let graphs: Vec<NamedNode> = [graph::report("a"), graph::report("b"), graph::authority()].into();
    store.replace(&graphs, &mut quads.into_iter()).unwrap();
}

fn strings(store: &dyn Store, request: &Request) -> Vec<String> {
    let table = store.table(request).unwrap();
    table.rows.iter().map(|row| row.iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_query_that_names_no_graph_sees_each_triple_once() {
    let (a, b) = (graph::report("a"), graph::report("b"));
    let store = memory(vec![quad("s", "both", &a), quad("s", "both", &b), quad("s", "one", &b)]);
    assert_eq!(store.table(&Request::new("SELECT * { ?s ?p ?o }")).unwrap().rows.len(), 2);
    assert_eq!(store.table(&Request::new("SELECT * { GRAPH ?g { ?s ?p ?o } }")).unwrap().rows.len(), 3);
    assert_eq!(store.len().unwrap(), 3);
    assert_eq!(store.graphs().unwrap(), vec![a.clone(), b.clone()]);

    // A triple stays in the union for as long as one graph has it.
    store.replace(std::slice::from_ref(&b), &mut std::iter::empty()).unwrap();
    assert_eq!(strings(&store, &Request::new("SELECT ?o { ?s ?p ?o }")), ["\"both\""]);
    assert_eq!(store.graphs().unwrap(), vec![a.clone()]);
    store.replace(&[a], &mut std::iter::empty()).unwrap();
    assert!(store.is_empty().unwrap());
}

#[test]
fn replacing_takes_the_old_statements_away_and_leaves_other_graphs() {
    let (a, b) = (graph::report("a"), graph::report("b"));
    let store = memory(vec![quad("s", "old", &a), quad("s", "kept", &a), quad("t", "other", &b)]);
    store.replace(std::slice::from_ref(&a), &mut vec![quad("s", "kept", &a), quad("s", "new", &a)].into_iter()).unwrap();
    let rows = strings(&store, &Request::new("SELECT ?o { ?s ?p ?o } ORDER BY ?o"));
    assert_eq!(rows, ["\"kept\"", "\"new\"", "\"other\""]);
}

#[test]
fn a_statement_outside_the_graphs_to_replace_changes_nothing() {
    let (a, b) = (graph::report("a"), graph::report("b"));
    let store = memory(vec![quad("s", "old", &a)]);
    let error = store.replace(std::slice::from_ref(&a), &mut vec![quad("s", "new", &b)].into_iter()).unwrap_err();
    assert!(matches!(&error, StoreError::ForeignGraph(place) if place.contains("graph/report/b")), "{error}");
    assert_eq!(strings(&store, &Request::new("SELECT ?o { ?s ?p ?o }")), ["\"old\""]);
}

#[test]
fn the_protocol_s_dataset_replaces_the_query_s() {
    let (a, b) = (graph::report("a"), graph::report("b"));
    let store = memory(vec![quad("s", "in a", &a), quad("s", "in b", &b)]);
    let mut request = Request::new("SELECT ?o { ?s ?p ?o }");
    request.default_graphs = vec![b];
    assert_eq!(strings(&store, &request), ["\"in b\""]);
    let mut request = Request::new("SELECT ?o { GRAPH ?g { ?s ?p ?o } }");
    request.named_graphs = vec![a];
    assert_eq!(strings(&store, &request), ["\"in a\""]);
}

#[test]
fn bound_terms_are_never_read_as_sparql() {
    let a = graph::report("a");
    let hostile = "\" } DROP ALL #";
    let store = memory(vec![quad("s", hostile, &a), quad("s", "tame", &a)]);
    let variable = |name: &str| forced_labour_graph::store::Variable::new(name).unwrap();
    let request = Request::new("SELECT ?s ?o { ?s ?p ?o }").bind(variable("o"), Literal::from(hostile));
    let rows = store.table(&request).unwrap().rows;
    assert_eq!(rows, vec![vec![Some(Term::from(iri("s"))), Some(Literal::from(hostile).into())]]);

    // Where a sub-query or a filter uses the variable, it is bound too.
    let nested = "SELECT (COUNT(*) AS ?n) { { SELECT ?s { ?s ?p ?x FILTER EXISTS { ?s ?p ?o } FILTER(?x = ?o) } } }";
    assert_eq!(
        strings(&store, &Request::new(nested).bind(variable("o"), Literal::from("tame"))),
        ["\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"]
    );
    // A literal where only a name can stand matches nothing.
    let request = Request::new("SELECT ?o { ?s ?p ?o }").bind(variable("p"), Literal::from("x"));
    assert_eq!(store.table(&request).unwrap().rows.len(), 0);
    let twice = Request::new("SELECT ?o { ?s ?p ?o BIND(1 AS ?x) }").bind(variable("x"), Literal::from("y"));
    assert!(matches!(store.table(&twice), Err(StoreError::BoundTwice(name)) if name == "x"));
}

#[test]
fn limits_say_their_name() {
    let a = graph::report("a");
    let many: Vec<Quad> = (0..1000).map(|n| quad(&format!("s{n}"), &n.to_string(), &a)).collect();
    let store = memory(many);
    let rows = Limits { rows: Some(10), ..Limits::default() };
    let error = store.table(&Request::new("SELECT * { ?s ?p ?o }").limited(rows)).unwrap_err();
    assert!(error.to_string().contains("row limit: the query has more than 10 results"), "{error}");
    assert_eq!(store.table(&Request::new("SELECT * { ?s ?p ?o } LIMIT 10").limited(rows)).unwrap().rows.len(), 10);
    let error = store.table(&Request::new("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }").limited(rows)).unwrap_err();
    assert!(matches!(error, StoreError::RowLimit(10)));

    let time = Limits { time: Some(Duration::from_millis(200)), ..Limits::default() };
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let begun = std::time::Instant::now();
    let error = store.table(&Request::new(endless).limited(time)).unwrap_err();
    assert!(error.to_string().contains("time limit"), "{error}");
    // It would take hours; a busy machine may need a while to notice.
    assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
    // The engine never looks up while it joins inline data; the rows that come out are counted against the clock.
    let values = "(1)".repeat(90);
    let inline = format!("SELECT * {{ VALUES (?a) {{ {values} }} VALUES (?b) {{ {values} }} VALUES (?c) {{ {values} }} }}");
    let short = Limits { time: Some(Duration::from_millis(20)), ..Limits::default() };
    assert!(matches!(store.table(&Request::new(inline).limited(short)), Err(StoreError::TimeLimit(_))));
}

#[test]
fn rows_that_are_gathered_are_limited_in_number_and_time() {
    let store = memory((0..300).map(|n| quad(&format!("s{n}"), "x", &graph::report("a"))).collect());
    let ask = |query: &str, time: u64| {
        let limits = Limits { time: Some(Duration::from_millis(time)), ..Limits::default() };
        store.table(&Request::new(query).limited(limits))
    };
    // Twenty-seven million rows, after which the engine reads no more of the store.
    let product = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let sorted = format!("SELECT * {product} ORDER BY ?i ?a");
    assert!(matches!(ask(&sorted, 600_000), Err(StoreError::Gathered(10_000_000))));
    for query in [
        format!("SELECT DISTINCT ?c {product}"),
        format!("SELECT ?a (COUNT(*) AS ?n) {product} GROUP BY ?a"),
        format!("SELECT * {{ {{ SELECT DISTINCT ?c {product} }} }} ORDER BY ?c"),
    ] {
        assert!(matches!(ask(&query, 100), Err(StoreError::TimeLimit(_))), "{query}");
    }
    let few = ask("SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d ?e ?f OPTIONAL { ?a <urn:none> ?x } } ORDER BY ?d ?a", 600_000);
    assert_eq!(few.unwrap().rows.len(), 90_000);
}

#[test]
fn a_cancelled_query_ends() {
    let store = memory((0..1000).map(|n| quad(&format!("s{n}"), "x", &graph::report("a"))).collect());
    let token = forced_labour_graph::store::CancellationToken::new();
    let mut request = Request::new("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
    request.cancellation = Some(token.clone());
    std::thread::scope(|scope| {
        let running = scope.spawn(|| store.table(&request));
        std::thread::sleep(Duration::from_millis(50));
        token.cancel();
        assert!(matches!(running.join().unwrap(), Err(StoreError::Cancelled)));
    });
}

#[test]
fn syntax_errors_say_where() {
    let store = memory(Vec::new());
    let error = store.table(&Request::new("SELECT ?s\nWHERE { ?s nope:p ?o }")).unwrap_err();
    assert!(matches!(&error, StoreError::Syntax { line: 2, .. }), "{error:?}");
    assert!(error.to_string().contains("line 2, column 12: the prefix `nope:` is not declared"), "{error}");
    let error = store.table(&Request::new("SELECT ?s { ?s ?p ")).unwrap_err();
    assert!(matches!(&error, StoreError::Syntax { line: 1, column, .. } if *column >= 18), "{error:?}");
    for update in ["LOAD <http://example.org/>", "PREFIX x: <http://x/>\ninsert data { x:a x:b x:c }", "DROP ALL"] {
        let error = store.table(&Request::new(update)).unwrap_err();
        assert!(error.to_string().contains("is an update"), "{error}");
    }
}

#[test]
fn no_other_endpoint_is_asked() {
    let store = memory(Vec::new());
    for query in [
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE <http://localhost:1/> { ?s ?p ?o } } }",
    ] {
        assert!(matches!(store.table(&Request::new(query)), Err(StoreError::Service(_))), "{query}");
    }
    // What is silent finds nothing, as the standard has it, and asks nobody.
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    other.set_nonblocking(true).unwrap();
    let silent = format!("SELECT * {{ SERVICE SILENT <http://{}/> {{ ?s ?p ?o }} }}", other.local_addr().unwrap());
    assert_eq!(store.table(&Request::new(silent)).unwrap().rows, [[None, None, None]]);
    assert_eq!(other.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn no_query_exhausts_the_stack_or_the_planner() {
    let store = memory(vec![quad("s", "o", &graph::report("a"))]);
    let limits = Limits { time: Some(Duration::from_secs(10)), rows: Some(1000), ..Limits::default() };
    let times = |text: &str, count: usize| text.repeat(count);
    let hostile = [
        ("braces", format!("SELECT * {{ {}{} }}", times("{", 1000), times("}", 1000))),
        ("lists", format!("SELECT * {{ ?s ?p {}1{} }}", times("(", 500), times(")", 500))),
        ("nodes", format!("SELECT * {{ ?s ?p {}{} }}", times("[ ?p ", 500), times("]", 500))),
        ("parentheses", format!("SELECT * {{ FILTER({}1{}) }}", times("(", 2000), times(")", 2000))),
        ("not", format!("SELECT * {{ FILTER({}true) }}", times("!", 30_000))),
        ("spaced not", format!("SELECT * {{ FILTER({}true) }}", times("! ", 30_000))),
        (
            "hidden",
            format!("SELECT * {{ ?s ?p <http://x/a> , \"{{\\\"\" , '''{{''' . {}{} }}", times("{", 1000), times("}", 1000)),
        ),
        ("escaped", format!("SELECT * {{ ?s ?p id:a\\#b {}{} }}", times("{", 1000), times("}", 1000))),
        ("less than", format!("SELECT * {{ FILTER(1 <{}1{}) }}", times("(", 1000), times(")", 1000))),
        ("too long", format!("SELECT * {{ {} }}", times("?s ?p ?o . ", 10_000))),
        ("unions", format!("SELECT * {{ {} {{}} }}", times("{} UNION ", 6_000))),
        ("alternatives", format!("SELECT * {{ FILTER({} true) }}", times("false||", 9_000))),
        ("paths", format!("SELECT * {{ ?s {}<x:a> ?o }}", times("<x:a>/", 9_000))),
        ("optionals", format!("SELECT * {{ {} }}", times("OPTIONAL {} ", 5_000))),
        ("patterns", format!("SELECT * {{ {} }}", times("?s ?p ?o . ", 5_000))),
        ("values", format!("SELECT * {{ {} }} ORDER BY ?a", times(&format!("{{ VALUES ?v {{ {} }} }}", times("1 ", 50)), 9))),
        ("sums", format!("SELECT * {{ FILTER({}1 = 2) }}", times("1+", 20_000))),
        ("deep enough", format!("SELECT * {{ {}{} }}", times("{", 60), times("}", 60))),
        ("listed", format!("SELECT * {{ ?s ?p {}1{} }}", times("(", 60), times(")", 60))),
    ];
    for (name, query) in hostile {
        let begun = std::time::Instant::now();
        let outcome = store.table(&Request::new(query).limited(limits));
        assert!(begun.elapsed() < Duration::from_secs(20), "{name}: {:?}", begun.elapsed());
        if ["braces", "lists", "nodes", "parentheses", "not", "spaced not", "hidden", "escaped", "less than"].contains(&name) {
            assert!(matches!(outcome, Err(StoreError::QueryTooDeep { .. })), "{name}: {outcome:?}");
        }
        if let Err(
            error @ (StoreError::QueryTooDeep { .. } | StoreError::QueryTooLong { .. } | StoreError::QueryTooLarge { .. }),
        ) = outcome
        {
            assert!(error.to_string().contains("\nhint: "), "{name}: {error}");
        }
    }
    assert!(matches!(store.table(&Request::new(times(" ", 70_000))), Err(StoreError::QueryTooLong { .. })));
}

#[test]
fn a_store_on_disk_is_found_again_and_opened_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/down/store");
    assert!(matches!(Embedded::open(&path), Err(StoreError::Missing(_))));
    {
        let store = Embedded::open_or_create(&path).unwrap();
        fill(&store, vec![quad("s", "o", &graph::report("a"))]);
        let error = Embedded::open(&path).err().unwrap();
        assert!(matches!(&error, StoreError::Locked(_)), "{error}");
        assert!(error.to_string().contains("in use by another process\nhint: "), "{error}");
    }
    let store = Embedded::open(&path).unwrap();
    assert_eq!(store.quads(Pattern::default()).unwrap(), [quad("s", "o", &graph::report("a"))]);
    assert_eq!(store.describe(&iri("s")).unwrap().len(), 1);
}

#[test]
fn readers_share_a_store_and_a_writer_has_it_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    fill(&Embedded::open_or_create(&path).unwrap(), vec![quad("s", "o", &graph::report("a"))]);
    {
        let (server, terminal) = (Embedded::open_to_read(&path).unwrap(), Embedded::open_to_read(&path).unwrap());
        for reader in [&server, &terminal] {
            assert_eq!(reader.quads(Pattern::default()).unwrap(), [quad("s", "o", &graph::report("a"))]);
            assert!(reader.replace(&[graph::report("a")], &mut std::iter::empty()).is_err(), "a reader wrote");
        }
        assert!(matches!(Embedded::open(&path), Err(StoreError::Locked(_))), "a writer came in beside readers");
    }
    let writer = Embedded::open(&path).unwrap();
    assert!(matches!(Embedded::open_to_read(&path), Err(StoreError::Locked(_))), "a reader came in beside a writer");
    drop(writer);
    assert_eq!(Embedded::open_to_read(&path).unwrap().quads(Pattern::default()).unwrap().len(), 1);
}

#[test]
fn what_is_no_store_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("thesis.txt");
    std::fs::write(&file, "years of work").unwrap();
    for path in [folder.path(), &file] {
        for outcome in [Embedded::open(path), Embedded::open_or_create(path)] {
            assert!(matches!(outcome, Err(StoreError::NotAStore { .. })));
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "years of work");
}
