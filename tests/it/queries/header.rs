//! What is said of a query whose header is wrong.

use forced_labour_graph::queries::{Kind, Query};

const GOOD: &str = "\
# title@en: Names
# title@es: Nombres
# title@fr: Noms
# description@en: Every name,
#   in full.
# description@es: Todos los nombres.
# description@fr: Tous les noms.
# parameter kind: entity flg:Country = id:country/mex
# parameter kind@en: Of what
# parameter kind@es: De qué
# parameter kind@fr: De quoi
SELECT ?name WHERE { ?kind skos:prefLabel ?name }
# A comment of the author: not a header.
";

fn refused(text: &str) -> String {
    Query::parse("queries/names.rq", text).unwrap_err().to_string()
}

#[test]
fn a_header_is_read() {
    let query = Query::parse("queries/names.rq", GOOD).unwrap();
    assert_eq!(query.name, "names");
    let texts = |texts: &forced_labour_graph::knowledge::form::Texts| texts.values().cloned().collect::<Vec<_>>();
    assert_eq!(texts(&query.title), ["Names", "Nombres", "Noms"]);
    assert_eq!(texts(&query.description)[0], "Every name, in full.");
    let [parameter] = query.parameters.as_slice() else { panic!("{:?}", query.parameters) };
    assert!(matches!(&parameter.kind, Kind::Entity(class) if class.as_str().ends_with("ontology#Country")));
    assert_eq!((parameter.name.as_str(), parameter.default.as_deref()), ("kind", Some("id:country/mex")));
}

#[test]
fn a_wrong_header_names_file_line_and_remedy() {
    for (from, to, message) in [
        ("# title@fr: Noms\n", "", "line 1: the header has no `title@fr`\nhint: add a line `# title@fr: …`"),
        ("# parameter kind@es: De qué\n", "", "line 8: the header has no `parameter kind@es`"),
        (
            "title@es: Nombres",
            "title@de: Namen",
            "line 2: `de` is none of the languages of a header\nhint: they are `en`, `es` and `fr`",
        ),
        ("title@es: Nombres", "title@en: Nombres", "line 2: `title@en` stands twice"),
        ("title@es: Nombres", "title@es:", "line 2: `title@es` has no value"),
        ("title@es: Nombres", "titulo: Nombres", "line 2: `titulo` is no key of a header"),
        ("# title@es: Nombres", "# nombres", "line 2: `nombres` is no line of a header"),
        ("entity flg:Country", "thing", "line 8: `thing` is no type of a parameter\nhint: the types are `entity CLASS`"),
        ("entity flg:Country", "entity", "line 8: `entity` does not say of what\nhint: for instance `entity flg:Country`"),
        ("entity flg:Country", "entity nope:Country", "line 8: `nope:Country` is no short IRI that is known"),
        ("entity flg:Country", "entity flg:Country too", "line 8: `too` is too much in the type of `kind`"),
        ("entity flg:Country = id:country/mex", "year = soon", "line 8: the default of `kind` is `soon`\nhint: it takes a year"),
        ("parameter kind: ", "parameter a-b: ", "line 8: `a-b` cannot name a parameter"),
        ("# parameter kind: entity flg:Country = id:country/mex\n", "", "line 8: the parameter `kind` is not declared"),
        ("?kind skos", "?x skos", "line 8: `kind` is a parameter, but the query has no variable `?kind`"),
    ] {
        assert!(GOOD.contains(from), "{from}");
        let said = refused(&GOOD.replacen(from, to, 1));
        assert!(said.starts_with(&format!("`queries/names.rq`, {message}")), "{said}\nwanted: {message}");
        assert!(said.contains("\nhint: "), "{said}");
    }
    let twice = GOOD.replacen("# parameter kind@en", "# parameter kind: string\n# parameter kind@en", 1);
    assert!(refused(&twice).contains("line 9: the parameter `kind` is declared twice"));
}

#[test]
fn a_query_behind_a_good_header_is_checked_too() {
    let said = refused(&GOOD.replace("?name }", "?name"));
    assert!(said.starts_with("`queries/names.rq`: the query is not valid SPARQL at line 1"), "{said}");
    let said = refused(&GOOD.replace("{ ?kind", "{ BIND(<urn:x> AS ?kind) ?kind"));
    assert!(said.contains("`?kind` is bound from outside, but the query assigns it"), "{said}");
}

#[test]
fn a_query_without_a_header_may_begin_with_any_comment() {
    let query = Query::read("mine.rq", "# my own: a try\nSELECT ?s WHERE { ?s ?p ?o }").unwrap();
    assert!(query.is_bare() && query.name == "mine");
    assert!(Query::parse("mine.rq", "SELECT ?s WHERE { ?s ?p ?o }").is_err());
}
