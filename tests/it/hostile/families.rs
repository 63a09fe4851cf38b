//! Hostile requests, by what they go for. Each family grows one thing, from what is merely unkind to what would take all there is.

use forced_labour_graph::serve::form::encode;

/// What is sent.
pub(super) enum Sent {
    /// A query, posted as such.
    Query(String),
    /// An update by the holder of a token.
    Update(String),
    /// A request as it is: method, path, media type, body.
    Raw(&'static str, String, &'static str, Vec<u8>),
}

/// A request and its family.
pub(super) struct Hostile {
    pub(super) family: &'static str,
    pub(super) sent: Sent,
}

/// `count` pieces, each made from its number.
fn many(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

/// The text `count` times.
fn times(text: &str, count: usize) -> String {
    text.repeat(count)
}

fn triples(count: usize) -> String {
    many(count, |i| format!("?s{i} ?p{i} ?o{i} . "))
}

/// All of them.
pub(super) fn all() -> Vec<Hostile> {
    let mut all = Vec::new();
    let mut add = |family, queries: Vec<String>| {
        all.extend(queries.into_iter().map(|query| Hostile { family, sent: Sent::Query(query) }));
    };
    add("cartesian products", products());
    add("paths", paths());
    add("inline data", values());
    add("regular expressions", expressions());
    add("optionals", optionals());
    add("nesting", nesting());
    add("texts that double", doubling());
    add("exists", exists());
    add("subselects", subselects());
    add("unions", unions());
    add("long parts", long_parts());
    add("templates", templates());
    add("minus", minus());
    add("sorting and grouping", sorting());
    add("planning", planning());
    add("never the same", unlike());
    all.extend(texts());
    all.extend(encodings());
    all.extend(updates());
    all
}

fn products() -> Vec<String> {
    let mut all: Vec<String> =
        [3, 4, 6, 10, 40].iter().map(|n| format!("SELECT (COUNT(*) AS ?n) {{ {} }}", triples(*n))).collect();
    for head in ["SELECT *", "SELECT DISTINCT *", "SELECT DISTINCT ?s0 ?s3", "SELECT REDUCED ?o0", "ASK"] {
        all.push(format!("{head} {{ {} FILTER(?o0 = ?s1 && ?o1 = ?s2 && ?o2 = 'x') }}", triples(4)));
    }
    all.push(format!("SELECT * {{ {} FILTER(STR(?o0) > STR(?o1)) }} OFFSET 999999999999 LIMIT 1", triples(3)));
    all.push(format!("SELECT (SUM(STRLEN(STR(?o0))) AS ?n) {{ {} }}", triples(5)));
    all.push("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }".to_owned());
    all
}

fn paths() -> Vec<String> {
    let connected = "(!<urn:x>|^!<urn:x>)*";
    let count = |pattern: String| format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}");
    let mut all = vec![
        count(format!("?a {connected} ?b . ?b {connected} ?c . ?c {connected} ?d")),
        count(format!("?a ({connected})* ?b . ?c ({connected})+ ?d")),
        count("?a ((!<urn:a>)*/(^!<urn:b>)*)* ?b".to_owned()),
        count("?a (a*)* ?b . ?c (a*)* ?d . ?e (a*)* ?f".to_owned()),
        count("?a (((a?)*)+)? ?b . ?b (((a|^a)*)+)? ?c".to_owned()),
        count(format!("?a {}!<urn:x>{} ?b", times("(", 30), times(")*", 30))),
        count(format!("?a {} ?b", vec!["(!<urn:x>|^!<urn:x>)"; 40].join("/"))),
        count(format!("?a {} ?b", ["!<urn:x>*"; 12].join("/"))),
        count(format!("?a {} ?b", vec!["a"; 6_000].join("/"))),
        count(format!("?a ({})* ?b", vec!["a"; 5_000].join("|"))),
        format!("SELECT DISTINCT * {{ ?a {connected} ?b . ?c {connected} ?d }}"),
    ];
    all.extend([10, 1_000, 3_500].map(|n| count(format!("?a (!({}))* ?b . ?c !a* ?d", vec!["<urn:x:y>"; n].join("|")))));
    all.extend([63, 70, 5_000].map(|n| count(format!("?a {}a{} ?b", times("(", n), times(")*", n)))));
    all
}

fn values() -> Vec<String> {
    let list = |name: usize, rows: usize| format!("VALUES ?v{name} {{ {} }} ", many(rows, |i| format!("{i} ")));
    let product = |lists: usize, rows: usize| many(lists, |i| list(i, rows));
    let mut all = vec![
        format!("SELECT * {{ {} }}", list(0, 15_000)),
        format!("SELECT (COUNT(*) AS ?n) {{ {} ?s ?p ?o . ?s2 ?p2 ?v0 . ?s3 ?p3 ?o3 }}", list(0, 9_000)),
    ];
    for (lists, rows) in [(2, 900), (3, 100), (5, 15), (6, 10), (19, 2), (8, 50), (60, 9), (400, 2)] {
        all.push(format!("SELECT (COUNT(*) AS ?n) {{ {} }}", product(lists, rows)));
    }
    all.push(format!("SELECT (COUNT(*) AS ?n) {{ {} ?s ?p ?o . ?s2 ?p2 ?o2 }}", product(3, 90)));
    all.push(format!("SELECT * {{ {} }} ORDER BY ?v0 ?v1 ?v2", product(3, 99)));
    all.push(format!("SELECT DISTINCT ?v0 ?w {{ {} BIND(?v0 + ?v1 AS ?w) }}", product(2, 990)));
    let wide = many(500, |i| format!("?w{i} "));
    all.push(format!("SELECT * {{ VALUES ({wide}) {{ {} }} }}", times(&format!("({})", times("1 ", 500)), 50)));
    all.push(format!("SELECT * {{ VALUES () {{ {} }} }}", times("() ", 20_000)));
    all
}

fn expressions() -> Vec<String> {
    let regex =
        |pattern: &str| format!("SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o . ?t ?q ?u FILTER(REGEX(STR(?o), '{pattern}', 'i')) }}");
    let mut all: Vec<String> = [
        "(a+)+$",
        "(a|a)*(a|b|ab)*c",
        "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$",
        "(x+x+)+y",
        "(a{1000}){1000}",
        "((((((a{10}){10}){10}){10}){10}){10})",
        "[\\\\\\\\p{L}\\\\\\\\p{N}]{0,900}[^\\\\\\\\p{Lu}]{0,900}",
        "\\\\\\\\w{0,999}\\\\\\\\w{0,999}$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
    ]
    .iter()
    .map(|pattern| regex(pattern))
    .collect();
    all.push(regex(&times("(a|b)?", 5_000)));
    all.push(regex(&format!("{}a{}", times("(", 5_000), times(")", 5_000))));
    all.push("SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?u FILTER(REGEX(STR(?o), STR(?u))) }".to_owned());
    all.push("SELECT ?x { ?s ?p ?o BIND(REPLACE(REPLACE(STR(?o), '', STR(?o)), '', STR(?o)) AS ?x) }".to_owned());
    all.push(
        "SELECT ?x { ?s ?p ?o BIND(REPLACE(STR(?o), '(.)', '$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1') AS ?x) . ?t ?q ?u }"
            .to_owned(),
    );
    all
}

fn optionals() -> Vec<String> {
    let mut all: Vec<String> = [5, 20, 60, 62, 400, 5_000]
        .iter()
        .map(|n| format!("SELECT * {{ ?s ?p ?o {}{} }}", many(*n, |i| format!("OPTIONAL {{ ?s{i} ?p{i} ?o{i} ")), times("}", *n)))
        .collect();
    all.extend(
        [8, 100, 240, 1_000]
            .map(|n| format!("SELECT * {{ ?s ?p ?o {} }}", many(n, |i| format!("OPTIONAL {{ ?s{i} ?p{i} ?o }} ")))),
    );
    all.push(format!("SELECT * {{ {} }}", times("OPTIONAL {} ", 5_400)));
    all.push(format!("SELECT * {{ {} }}", times("OPTIONAL{?a ?b ?c}", 3_500)));
    all.push(format!(
        "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c {} }}",
        many(60, |i| format!("OPTIONAL {{ ?x{i} ?y{i} ?z{i} FILTER(?z{i} != ?c) }} "))
    ));
    all
}

fn nesting() -> Vec<String> {
    let mut all = Vec::new();
    for depth in [60, 63, 500, 5_000, 30_000] {
        for (lead, open, inside, close) in [
            ("", "{", "", "}"),
            ("", "{ ?s ?p ?o . ", "", "}"),
            ("FILTER", "(", "true", ")"),
            ("?s ?p ", "(", "1", ")"),
            ("?s ?p ", "[ ?p ", "1", "]"),
            ("", "GRAPH ?g { ", "?s ?p ?o", "}"),
        ] {
            // What is longer is refused for its length alone.
            if (open.len() + close.len()) * depth < 64_000 {
                all.push(format!("SELECT * {{ {lead}{}{inside}{} }}", times(open, depth), times(close, depth)));
            }
        }
    }
    for sign in ["!", "-", "+", "! ", "^"] {
        all.push(format!("SELECT * {{ FILTER({}1) }}", times(sign, 30_000)));
    }
    all.push(format!("SELECT * {{ ?s {}a ?o }}", times("^", 60_000)));
    all
}

fn doubling() -> Vec<String> {
    let chain = |n: usize, step: &str| {
        let binds = many(n, |i| format!("BIND({} AS ?x{}) ", step.replace("$x", &format!("?x{i}")), i + 1));
        format!("SELECT (STRLEN(?x{n}) AS ?length) {{ BIND('0123456789' AS ?x0) {binds}}}")
    };
    let mut all: Vec<String> = [20, 25, 30, 40, 60, 200].iter().map(|n| chain(*n, "CONCAT($x, $x)")).collect();
    all.push(chain(4, &format!("CONCAT({})", vec!["$x"; 400].join(", "))));
    all.push(chain(30, "ENCODE_FOR_URI(CONCAT($x, ' ', $x))"));
    all.push(chain(40, "REPLACE($x, '(.)', '$1$1')"));
    all.push(chain(12, "REPLACE($x, '', $x)"));
    all.push(chain(40, "CONCAT(UCASE($x), LCASE($x))"));
    all.push(chain(26, "CONCAT($x, $x, SHA512($x), MD5($x))"));
    all.push(chain(40, "STR(STRDT(CONCAT($x, $x), <urn:t>))"));
    all.push("SELECT (GROUP_CONCAT(?o) AS ?x) { ?s ?p ?o . ?t ?q ?u . ?v ?w ?x0 }".to_owned());
    all.push(
        "SELECT (GROUP_CONCAT(DISTINCT CONCAT(STR(?o), STR(?u)); separator='----------') AS ?x) { ?s ?p ?o . ?t ?q ?u }"
            .to_owned(),
    );
    all.push(format!(
        "SELECT (GROUP_CONCAT(?x8) AS ?all) {{ ?s ?p ?o BIND(STR(?o) AS ?x0) {} }}",
        many(8, |i| format!("BIND(CONCAT(?x{i}, ?x{i}, ?x{i}) AS ?x{}) ", i + 1))
    ));
    all.push(format!(
        "SELECT * {{ ?s ?p ?o . ?t ?q ?u BIND(STR(?o) AS ?x0) {} }} ORDER BY ?x12",
        many(12, |i| format!("BIND(CONCAT(?x{i}, ?x{i}) AS ?x{}) ", i + 1))
    ));
    all.push(format!(
        "SELECT (IRI(CONCAT('urn:', ?x24)) AS ?iri) {{ BIND('a' AS ?x0) {} }}",
        many(24, |i| format!("BIND(CONCAT(?x{i}, ?x{i}) AS ?x{}) ", i + 1))
    ));
    all
}

fn exists() -> Vec<String> {
    let mut all = Vec::new();
    for word in ["EXISTS", "NOT EXISTS"] {
        for depth in [3, 20, 31, 300] {
            let open = many(depth, |i| format!("?s{i} ?p{i} ?o{i} FILTER {word} {{ "));
            all.push(format!("SELECT (COUNT(*) AS ?n) {{ {open} ?a ?b ?c {} }}", times("}", depth)));
        }
        all.push(format!(
            "SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER {word} {{ {} FILTER(?o1 = ?o && ?o2 = 'none') }} }}",
            triples(4)
        ));
        all.push(format!(
            "SELECT * {{ ?s ?p ?o {} }}",
            times(&format!("FILTER {word} {{ ?o ?q ?r . ?x ?y ?z FILTER(?z = ?s) }} "), 60)
        ));
    }
    all.push(format!("SELECT * {{ ?s ?p ?o FILTER({}) }}", vec!["EXISTS { ?o ?a ?b }"; 200].join(" || ")));
    all
}

fn subselects() -> Vec<String> {
    let deep = |depth: usize, head: &str| (0..depth).fold(triples(3), |inner, _| format!("{{ {head} {{ {inner} }} }}"));
    let mut all: Vec<String> = [5, 31, 60, 500].iter().map(|depth| format!("SELECT * {}", deep(*depth, "SELECT *"))).collect();
    all.push(format!("SELECT * {}", deep(31, "SELECT DISTINCT *")));
    all.extend([3, 30, 200].map(|n| {
        format!(
            "SELECT * {{ {} }}",
            many(n, |i| format!("{{ SELECT ?s{i} (COUNT(*) AS ?n{i}) {{ ?s{i} ?p ?o . ?x ?y ?z }} GROUP BY ?s{i} }} "))
        )
    }));
    all.push(format!("SELECT * {{ {} }}", times("{ SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f } ", 20)));
    all
}

fn unions() -> Vec<String> {
    let mut all: Vec<String> = [20, 240, 2_000, 3_600]
        .iter()
        .map(|n| format!("SELECT (COUNT(*) AS ?n) {{ {} . ?x ?y ?z }}", vec!["{ ?s ?p ?o }"; *n].join(" UNION ")))
        .collect();
    all.push(format!("SELECT (COUNT(*) AS ?n) {{ {} }}", times("{ { ?s ?p ?o } UNION { ?o ?p ?s } } ", 16)));
    all.push(format!(
        "SELECT (COUNT(*) AS ?n) {{ {} }}",
        many(30, |i| format!("{{ {{ ?s{i} ?p{i} ?o }} UNION {{ ?o ?q{i} ?r{i} }} }} "))
    ));
    let deep = (0..60).fold("{ ?s ?p ?o }".to_owned(), |inner, _| format!("{{ {inner} UNION {{ ?s ?p ?o }} }}"));
    all.push(format!("SELECT * {{ {deep} . ?x ?y ?z }}"));
    all
}

fn long_parts() -> Vec<String> {
    let numbers = |n: usize| (0..n).map(|i| i.to_string()).collect::<Vec<_>>().join(",");
    vec![
        format!("SELECT * {{ ?s ?p ?o . ?t ?q ?u FILTER(?o IN ({})) }}", numbers(1_900)),
        format!("SELECT * {{ ?s ?p ?o . ?t ?q ?u FILTER(?o NOT IN ({})) }}", numbers(1_900)),
        format!("SELECT * {{ ?s ?p ?o FILTER(?o IN ({})) }}", numbers(11_000)),
        format!("SELECT * {{ ?s ?p '{}' }}", times("x", 60_000)),
        format!("SELECT * {{ ?s ?p {} }}", times("9", 60_000)),
        format!("SELECT (({}) AS ?x) {{}}", vec!["1"; 1_900].join("*")),
        format!("SELECT (({}) AS ?x) {{}}", vec!["9999999999"; 1_900].join("*")),
        format!("SELECT (({}) AS ?x) {{}}", vec!["1"; 15_000].join("+")),
        format!("SELECT * {{ ?s ?p ?o FILTER({}) }}", vec!["?o = 1"; 660].join(" || ")),
        format!("SELECT * {{ ?s ?p ?o FILTER({}) }}", vec!["(?o = 1 && ?s != ?o)"; 270].join(" || ")),
        format!("SELECT (COALESCE({}) AS ?x) {{}}", vec!["1/0"; 900].join(",")),
        format!("SELECT ({}1{} AS ?x) {{}}", times("IF(true,", 60), times(",2)", 60)),
        format!("SELECT {} {{ ?s ?p ?o }}", many(2_500, |i| format!("(?s AS ?v{i}) "))),
        format!("SELECT * {{ ?s <urn:{}> ?o }}", times("x", 60_000)),
        format!("{} SELECT * {{ ?s ?p ?o }}", many(1_500, |i| format!("PREFIX p{i}: <urn:p{i}/> "))),
        format!("{} SELECT * {{ ?s ?p ?o }}", times("BASE <x/> ", 6_000)),
        format!("SELECT * {} {{ ?s ?p ?o }}", many(1_500, |i| format!("FROM <urn:g{i}> "))),
        format!("SELECT ?{} {{ ?s ?p ?o }}", times("v", 60_000)),
    ]
}

fn templates() -> Vec<String> {
    vec![
        format!("CONSTRUCT {{ {} }} {{ ?s ?p ?o . ?t ?q ?u }}", times("?s ?p ?u . ?t ?q ?o . ", 1_300)),
        format!("CONSTRUCT {{ {} }} {{ ?s ?p ?o }}", many(2_000, |i| format!("[] <urn:p{i}> ?o . "))),
        "CONSTRUCT { ?s ?p ?u . ?t ?q ?o } { ?s ?p ?o . ?t ?q ?u }".to_owned(),
        "CONSTRUCT { [] ?p [] } { ?s ?p ?o . ?t ?q ?u . ?v ?w ?x }".to_owned(),
        "DESCRIBE * { ?s ?p ?o }".to_owned(),
        "DESCRIBE * { ?s ?p ?o . ?t ?q ?u }".to_owned(),
        format!("DESCRIBE {}", many(3_500, |i| format!("<urn:thing{i}> "))),
        format!("CONSTRUCT {{ ?s ?p {}1{} }} {{ ?s ?p ?o }}", times("(", 60), times(")", 60)),
        format!("CONSTRUCT {{ ?s ?p {}1{} }} {{ ?s ?p ?o }}", times("(", 6_000), times(")", 6_000)),
    ]
}

fn minus() -> Vec<String> {
    vec![
        "SELECT * { ?s ?p ?o MINUS { ?a ?b ?c . ?d ?e ?f } }".to_owned(),
        "SELECT * { ?s ?p ?o MINUS { ?s ?b ?c . ?d ?e ?f . ?g ?h ?i } }".to_owned(),
        "SELECT * { ?s ?p ?o . ?t ?q ?u MINUS { ?a ?p ?c . ?t ?q ?f } }".to_owned(),
        format!("SELECT * {{ ?s ?p ?o {} }}", times("MINUS { ?x ?y ?z . ?s ?p ?z } ", 100)),
        format!("SELECT * {{ ?s ?p ?o {}{} }}", times("MINUS { ?s ?p ?o ", 60), times("}", 60)),
        format!("SELECT * {{ ?s ?p ?o {}{} }}", times("MINUS { ?s ?p ?o ", 2_500), times("}", 2_500)),
    ]
}

fn sorting() -> Vec<String> {
    vec![
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a".to_owned(),
        "SELECT ?c { ?a ?b ?c . ?d ?e ?f } ORDER BY RAND() LIMIT 1".to_owned(),
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY DESC(CONCAT(STR(?a), STR(?d), STR(?g))) LIMIT 3".to_owned(),
        format!("SELECT * {{ ?a ?b ?c . ?d ?e ?f }} ORDER BY {}", times("STR(?c) ", 900)),
        "SELECT ?a ?d (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d".to_owned(),
        "SELECT ?k (SAMPLE(?a) AS ?x) { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?c), STR(?f)) AS ?k) } GROUP BY ?k".to_owned(),
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f }".to_owned(),
        "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?f))) AS ?n) { ?a ?b ?c . ?d ?e ?f }".to_owned(),
        format!(
            "SELECT {} {{ ?a ?b ?c . ?d ?e ?f }}",
            many(300, |i| format!("(COUNT(DISTINCT CONCAT(STR(?a), STR(?f), '{i}')) AS ?n{i}) "))
        ),
        "SELECT DISTINCT ?x { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f)) AS ?x) }".to_owned(),
    ]
}

fn planning() -> Vec<String> {
    let list = |depth: usize| format!("{}1{}", times("(", depth), times(")", depth));
    let mut all = vec![
        format!("SELECT * {{ {} }}", many(8, |i| format!("?s{i} ?p {} . ", list(60)))),
        format!("SELECT * {{ ?s ?p ({}) }}", times("1 ", 240)),
        format!("SELECT * {{ ?s ?p ({}) }}", times("(1) ", 120)),
        format!("SELECT * {{ ?s ?p ({}) }}", times("1 ", 25_000)),
        format!("SELECT * {{ {} }}", many(495, |i| format!("?s ?p{i} ?o{i} . "))),
        format!("SELECT * {{ {} }}", many(495, |i| format!("?v{i} ?p ?v{} . ", i + 1))),
        format!("SELECT * {{ {} }}", many(240, |i| format!("BIND({i} AS ?v{i}) "))),
        format!("SELECT * {{ ?s ?p ?o {} }}", many(490, |i| format!("FILTER(?o != {i}) "))),
        format!("SELECT * {{ {} }}", many(160, |i| format!("{{ ?s{i} ?p ?o{i} FILTER(?o{i} > ?s{}) }} ", (i + 7) % 160))),
        format!("SELECT * {{ {} }}", many(100, |i| format!("{{ ?s ?p{i} ?x }} UNION {{ ?x ?q{i} ?s }} ?x ?r{i} ?y{i} . "))),
    ];
    all.extend(
        [16, 40, 63].map(|n| format!("SELECT * {{ ?s ?p ?o FILTER({}?o = 1{}) }}", times("(!", n / 2), times(")", n / 2))),
    );
    all
}

fn unlike() -> Vec<String> {
    ["UUID()", "STRUUID()", "BNODE()", "RAND()", "BNODE(STR(?o))"]
        .iter()
        .flat_map(|call| {
            [
                format!("SELECT DISTINCT ?x {{ ?s ?p ?o . ?t ?q ?u BIND({call} AS ?x) }}"),
                format!("SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?s ?p ?o . ?t ?q ?u BIND({call} AS ?x) }}"),
            ]
        })
        .collect()
}

/// Texts and addresses that are large in themselves.
fn texts() -> Vec<Hostile> {
    const MEGABYTES: usize = 10 << 20;
    let raw =
        |path: &str, kind, body: Vec<u8>| Hostile { family: "large texts", sent: Sent::Raw("POST", path.to_owned(), kind, body) };
    let mut all: Vec<Hostile> = ["?s ?p ?o . ", "{", "(", "#", " ", "'", "\u{0}", "OPTIONAL { ?s ?p ?o } "]
        .iter()
        .map(|piece| {
            raw(
                "/sparql",
                "application/sparql-query",
                format!("SELECT * {{ {}", times(piece, MEGABYTES / piece.len())).into_bytes(),
            )
        })
        .collect();
    all.push(raw("/sparql", "application/x-www-form-urlencoded", format!("query={}", times("%20", MEGABYTES / 3)).into_bytes()));
    all.push(raw("/sparql", "application/x-www-form-urlencoded", times("a=b&", 900_000).into_bytes()));
    all.push(raw(
        "/sparql?query=ASK%7B%7D",
        "application/x-www-form-urlencoded",
        times("default-graph-uri=urn:g&", 100_000).into_bytes(),
    ));
    all.push(raw("/sparql", "multipart/form-data; boundary=x", times("--x\r\n\r\n", 500_000).into_bytes()));
    all.push(Hostile {
        family: "large texts",
        sent: Sent::Raw("GET", format!("/sparql?query={}", times("%7B", 100_000)), "", Vec::new()),
    });
    all.push(Hostile {
        family: "large texts",
        sent: Sent::Raw("GET", format!("/sparql?query=ASK%7B%7D&named-graph-uri={}", times("u:x", 20_000)), "", Vec::new()),
    });
    all.push(Hostile { family: "large texts", sent: Sent::Raw("GET", format!("/id/{}", times("x/", 10_000)), "", Vec::new()) });
    all
}

/// Bytes that are no text, and text that is not what it seems.
fn encodings() -> Vec<Hostile> {
    let query = "SELECT * { ?s ?p ?o } LIMIT 1";
    let sixteen: Vec<u8> = query.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bodies: Vec<(&'static str, Vec<u8>)> = vec![
        ("application/sparql-query", vec![0xff; 10_000]),
        ("application/sparql-query", vec![0xc0, 0x80, 0xc1, 0xbf]),
        ("application/sparql-query", [b"\xef\xbb\xbf".as_slice(), query.as_bytes()].concat()),
        ("application/sparql-query", sixteen),
        ("application/sparql-query", b"SELECT * { ?s ?p '\\uD800\\uDFFF' }".to_vec()),
        ("application/sparql-query", b"SELECT * { ?s ?p \"\\U00110000\" }".to_vec()),
        ("application/sparql-query", "SELECT * { ?s ?p '\u{202e}\u{0}\u{feff}' }".into()),
        ("application/sparql-query", times("\\u007B", 10_000).into_bytes()),
        ("application/sparql-query; charset=utf-7", query.into()),
        ("application/x-www-form-urlencoded", b"query=%ff%fe%zz%".to_vec()),
        ("application/x-www-form-urlencoded", format!("query={}&query={}", encode(query), encode(query)).into_bytes()),
        ("text/turtle", query.into()),
        ("application/sparql-query", Vec::new()),
    ];
    let mut all: Vec<Hostile> = bodies
        .into_iter()
        .map(|(kind, body)| Hostile { family: "encodings", sent: Sent::Raw("POST", "/sparql".to_owned(), kind, body) })
        .collect();
    let method = |method, path: &str| Hostile {
        family: "encodings",
        sent: Sent::Raw(method, path.to_owned(), "text/plain", b"x".to_vec()),
    };
    all.extend([
        method("PUT", "/sparql"),
        method("DELETE", "/data?default"),
        method("PUT", "/data?graph=urn:g"),
        method("POST", "/update"),
    ]);
    all
}

fn updates() -> Vec<Hostile> {
    let template = |n: usize| many(n, |i| format!("?s <urn:p{i}> ?u . "));
    let chain = many(40, |i| format!("BIND(CONCAT(?x{i}, ?x{i}) AS ?x{}) ", i + 1));
    [
        "INSERT { GRAPH <urn:h> { ?s ?p ?u } } WHERE { ?s ?p ?o . ?t ?q ?u }".to_owned(),
        format!("INSERT {{ GRAPH <urn:h> {{ {} }} }} WHERE {{ ?s ?p ?o . ?t ?q ?u }}", template(2_000)),
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } ?a ?b ?c . ?d ?e ?f }".to_owned(),
        format!("INSERT {{ GRAPH <urn:h> {{ <urn:s> <urn:p> ?x40 }} }} WHERE {{ BIND('0123456789' AS ?x0) {chain} }}"),
        format!(
            "INSERT DATA {{ GRAPH <urn:h> {{ {} }} }} ; DROP GRAPH <urn:h>",
            many(20_000, |i| format!("<urn:s{i}> <urn:p> {i} . "))
        ),
        format!("INSERT DATA {{ GRAPH <urn:h> {{ <urn:s> <urn:p> {}1{} }} }}", times("(", 60), times(")", 60)),
        format!("INSERT DATA {{ GRAPH <urn:h> {{ <urn:s> <urn:p> {}1{} }} }}", times("(", 50_000), times(")", 50_000)),
        times("CREATE SILENT GRAPH <urn:h> ; ", 20_000),
        times("INSERT { GRAPH <urn:h> { ?s ?p ?o } } WHERE { ?s ?p ?o } ; DROP SILENT GRAPH <urn:h> ; ", 30),
        format!(
            "DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {} }}",
            times("OPTIONAL { ?x ?y ?z . ", 60) + &times("}", 60)
        ),
        "LOAD <http://169.254.169.254/latest/meta-data/> INTO GRAPH <urn:h>".to_owned(),
        "INSERT { GRAPH <urn:h> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }".to_owned(),
        "INSERT { GRAPH <urn:h> { ?s ?p ?o } } WHERE { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c . ?s ?p ?o }"
            .to_owned(),
    ]
    .into_iter()
    .map(|update| Hostile { family: "updates", sent: Sent::Update(update) })
    .collect()
}
