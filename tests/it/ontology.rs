//! The ontology, its shapes and its context: whole, in three languages, and in step with the code.

use forced_labour_graph::knowledge::files;
use forced_labour_graph::model::vocab::{self, class, flg, rdf, rdfs};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxigraph::model::{Graph, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef, Triple};
use std::collections::{BTreeMap, BTreeSet};

const LANGUAGES: [&str; 3] = ["en", "es", "fr"];
const ONTOLOGY: &str = "https://w3id.org/forced-labour-graph/ontology";

fn sh(local: &str) -> String {
    format!("http://www.w3.org/ns/shacl#{local}")
}

/// One Turtle file of `ontology/`, parsed.
fn graph(file: &str) -> Graph {
    let (_, bytes) = files::ontology(".ttl").into_iter().find(|(name, _)| name == file).unwrap();
    turtle(&bytes)
}

fn turtle(bytes: &[u8]) -> Graph {
    RdfParser::from_format(RdfFormat::Turtle).for_slice(bytes).map(|quad| Triple::from(quad.unwrap())).collect()
}

fn objects<'a>(graph: &'a Graph, subject: NamedNodeRef<'a>, predicate: NamedNodeRef<'a>) -> Vec<TermRef<'a>> {
    graph.objects_for_subject_predicate(subject, predicate).collect()
}

/// Every `flg:` term that the ontology defines.
fn defined(graph: &Graph) -> BTreeSet<String> {
    graph
        .iter()
        .filter(|t| t.predicate == rdf::TYPE)
        .filter_map(|t| match t.subject {
            NamedOrBlankNodeRef::NamedNode(n) => n.as_str().starts_with(flg::NS).then(|| n.as_str().to_owned()),
            NamedOrBlankNodeRef::BlankNode(_) => None,
        })
        .collect()
}

fn in_code() -> BTreeSet<String> {
    class::ALL.iter().chain(flg::ALL).map(|n| n.as_str().to_owned()).collect()
}

#[test]
fn code_and_ontology_name_the_same_terms() {
    let defined = defined(&graph("flg.ttl"));
    let in_code = in_code();
    assert_eq!(in_code.difference(&defined).collect::<Vec<_>>(), Vec::<&String>::new(), "in the code, not in flg.ttl");
    assert_eq!(defined.difference(&in_code).collect::<Vec<_>>(), Vec::<&String>::new(), "in flg.ttl, not in the code");
    for iri in class::ALL {
        let types = graph("flg.ttl");
        let types = objects(&types, *iri, rdf::TYPE).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(types.iter().any(|t| t.ends_with("rdf-schema#Class>")), "{iri} is a class in the code, and {types:?} in flg.ttl");
    }
    for iri in flg::ALL {
        let types = graph("flg.ttl");
        let types = objects(&types, *iri, rdf::TYPE).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(
            types.iter().any(|t| t.ends_with("rdf-syntax-ns#Property>")),
            "{iri} is a property in the code, {types:?} in flg.ttl"
        );
    }
}

#[test]
fn every_term_is_labelled_and_explained_in_three_languages() {
    let graph = graph("flg.ttl");
    for term in defined(&graph) {
        let term = NamedNodeRef::new(&term).unwrap();
        for property in [rdfs::LABEL, rdfs::COMMENT] {
            let mut languages: Vec<_> = objects(&graph, term, property)
                .into_iter()
                .map(|object| match object {
                    TermRef::Literal(text) if !text.value().trim().is_empty() => text.language().unwrap_or("none").to_owned(),
                    other => panic!("{term} {property} {other}"),
                })
                .collect();
            languages.sort();
            assert_eq!(languages, LANGUAGES, "{property} of {term}");
        }
        let ontology = NamedNodeRef::new(ONTOLOGY).unwrap();
        assert_eq!(objects(&graph, term, rdfs::IS_DEFINED_BY), [TermRef::from(ontology)], "{term}");
    }
}

#[test]
fn labels_tell_the_terms_of_a_kind_apart() {
    let graph = graph("flg.ttl");
    for terms in [class::ALL, flg::ALL] {
        let mut seen = BTreeMap::new();
        for term in terms {
            for label in objects(&graph, *term, rdfs::LABEL) {
                if let Some(other) = seen.insert(label.to_string(), term) {
                    panic!("{term} and {other} are both called {label}");
                }
            }
        }
    }
}

#[test]
fn alignments_are_those_of_the_contract() {
    let graph = graph("flg.ttl");
    let expand = |curie: &str| vocab::expand(curie).unwrap();
    for (term, property, target) in [
        ("flg:Country", rdfs::SUB_CLASS_OF, "schema:Country"),
        ("flg:GovernmentBody", rdfs::SUB_CLASS_OF, "cv:PublicOrganisation"),
        ("flg:GovernmentBody", rdfs::SUB_CLASS_OF, "org:Organization"),
        ("flg:IntergovernmentalOrganization", rdfs::SUB_CLASS_OF, "org:Organization"),
        ("flg:CivilSocietyOrganization", rdfs::SUB_CLASS_OF, "org:Organization"),
        ("flg:Company", rdfs::SUB_CLASS_OF, "org:Organization"),
        ("flg:EmployersOrganization", rdfs::SUB_CLASS_OF, "org:Organization"),
        ("flg:WorkersOrganization", rdfs::SUB_CLASS_OF, "org:Organization"),
        ("flg:Commission", rdfs::SUB_CLASS_OF, "org:OrganizationalCollaboration"),
        ("flg:Forum", rdfs::SUB_CLASS_OF, "org:OrganizationalCollaboration"),
        ("flg:Programme", rdfs::SUB_CLASS_OF, "foaf:Project"),
        ("flg:Policy", rdfs::SUB_CLASS_OF, "prov:Plan"),
        ("flg:OperationalProtocol", rdfs::SUB_CLASS_OF, "flg:Policy"),
        ("flg:LegalInstrument", rdfs::SUB_CLASS_OF, "eli:LegalResource"),
        ("flg:Ratification", rdfs::SUB_CLASS_OF, "prov:Entity"),
        ("flg:TrainingActivity", rdfs::SUB_CLASS_OF, "prov:Activity"),
        ("flg:TrainingActivity", rdfs::SUB_CLASS_OF, "schema:EducationEvent"),
        ("flg:Meeting", rdfs::SUB_CLASS_OF, "schema:Event"),
        ("flg:CooperationNeed", rdfs::SUB_CLASS_OF, "prov:Entity"),
        ("flg:Place", rdfs::SUB_CLASS_OF, "dcterms:Location"),
        ("flg:Question", rdfs::SUB_CLASS_OF, "schema:Question"),
        ("flg:Answer", rdfs::SUB_CLASS_OF, "schema:Answer"),
        ("flg:Claim", rdfs::SUB_CLASS_OF, "rdf:Statement"),
        ("flg:Claim", rdfs::SUB_CLASS_OF, "prov:Entity"),
        ("flg:fundedBy", rdfs::SUB_PROPERTY_OF, "schema:funder"),
        ("flg:fundedBy", rdfs::SUB_PROPERTY_OF, "frapo:isFundedBy"),
        ("flg:chairs", rdfs::SUB_PROPERTY_OF, "flg:leads"),
        ("org:unitOf", rdfs::SUB_PROPERTY_OF, "org:subOrganizationOf"),
    ] {
        assert!(
            objects(&graph, expand(term).as_ref(), property).contains(&expand(target).as_ref().into()),
            "{term} is not aligned with {target}"
        );
    }
}

#[test]
fn the_ontology_says_what_it_is() {
    let graph = graph("flg.ttl");
    let ontology = NamedNodeRef::new(ONTOLOGY).unwrap();
    let value = |iri: &str| objects(&graph, ontology, NamedNodeRef::new(iri).unwrap()).len();
    for (iri, count) in [
        ("http://purl.org/dc/terms/title", 3),
        ("http://purl.org/dc/terms/description", 3),
        ("http://purl.org/dc/terms/license", 2),
        ("http://www.w3.org/2002/07/owl#versionInfo", 1),
        ("http://purl.org/vocab/vann/preferredNamespacePrefix", 1),
    ] {
        assert_eq!(value(iri), count, "{iri}");
    }
}

#[test]
fn every_class_has_a_shape_whose_properties_all_exist() {
    let shapes = graph("shapes.ttl");
    let target = sh("targetClass");
    let target = NamedNodeRef::new(&target).unwrap();
    let known = in_code();
    let others = ["skos:Concept", "skos:ConceptScheme", "org:Organization", "oa:TextQuoteSelector", "oa:TextPositionSelector"]
        .map(|curie| vocab::expand(curie).unwrap());
    for class in class::ALL.iter().copied().chain(others.iter().map(oxigraph::model::NamedNode::as_ref)) {
        assert!(shapes.subjects_for_predicate_object(target, class).next().is_some(), "{class} has no shape");
    }
    // A slip of the pen in the shapes would be a condition that never holds, or always.
    for triple in &shapes {
        if let TermRef::NamedNode(iri) = triple.object
            && iri.as_str().starts_with(flg::NS)
        {
            assert!(known.contains(iri.as_str()), "{} speaks of {iri}, which is not in the ontology", triple.subject);
        }
    }
    let property = sh("property");
    for triple in shapes.triples_for_predicate(NamedNodeRef::new(&property).unwrap()) {
        let TermRef::NamedNode(shape) = triple.object else { panic!("{}", triple.object) };
        assert_eq!(objects(&shapes, shape, NamedNodeRef::new(&sh("path")).unwrap()).len(), 1, "{shape} is used and has no path");
    }
}

#[test]
fn every_condition_has_its_message_in_three_languages() {
    let shapes = graph("shapes.ttl");
    let (message, path) = (sh("message"), sh("path"));
    let mut checked = 0;
    for triple in shapes.triples_for_predicate(NamedNodeRef::new(&path).unwrap()) {
        let NamedOrBlankNodeRef::NamedNode(shape) = triple.subject else { panic!("{}", triple.subject) };
        let mut languages: Vec<_> = objects(&shapes, shape, NamedNodeRef::new(&message).unwrap())
            .into_iter()
            .map(|m| if let TermRef::Literal(m) = m { m.language().unwrap_or("none").to_owned() } else { "none".to_owned() })
            .collect();
        languages.sort();
        assert_eq!(languages, LANGUAGES, "{shape}");
        checked += 1;
    }
    assert!(checked > 80, "only {checked} property shapes");
}

#[test]
fn published_vocabulary_has_no_blank_nodes() {
    for (file, bytes) in files::ontology(".ttl").into_iter().chain(files::data("authority", "statuses.ttl")) {
        for triple in &turtle(&bytes) {
            assert!(!triple.subject.is_blank_node() && !triple.object.is_blank_node(), "`{file}`: {triple}");
        }
    }
}

#[test]
fn statuses_and_stages_are_concepts_in_three_languages() {
    let (_, bytes) = files::data("authority", "statuses.ttl").into_iter().next().unwrap();
    let graph = turtle(&bytes);
    for curie in [
        "id:status/proposed",
        "id:status/accepted",
        "id:status/rejected",
        "id:stage/planned",
        "id:stage/running",
        "id:stage/ended",
        "id:stage/cancelled",
    ] {
        let concept = vocab::expand(curie).unwrap();
        assert_eq!(objects(&graph, concept.as_ref(), rdf::TYPE), [TermRef::from(vocab::skos::CONCEPT)], "{curie}");
        assert_eq!(objects(&graph, concept.as_ref(), vocab::skos::PREF_LABEL).len(), 3, "{curie}");
        let scheme = objects(&graph, concept.as_ref(), vocab::skos::IN_SCHEME);
        let [TermRef::NamedNode(scheme)] = scheme[..] else { panic!("{curie} is in {scheme:?}") };
        assert_eq!(objects(&graph, scheme, rdf::TYPE), [TermRef::from(vocab::skos::CONCEPT_SCHEME)], "{scheme}");
    }
}

#[test]
fn the_context_covers_every_term() {
    let (_, bytes) = files::ontology(".jsonld").into_iter().find(|(name, _)| name == "context.jsonld").unwrap();
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let context = json["@context"].as_object().unwrap();
    for (name, value) in context {
        let id = value.as_str().or_else(|| value["@id"].as_str());
        if let Some(curie) = id.and_then(|id| id.strip_prefix("flg:")) {
            assert!(in_code().contains(&format!("{}{curie}", flg::NS)), "`{name}` is `{curie}`, which is not in the ontology");
        }
    }
    // Read as JSON-LD: a document in the short names says what the same document in full IRIs says.
    for iri in class::ALL {
        let local = iri.as_str().rsplit('#').next().unwrap();
        let read = expand_jsonld(&json["@context"], &serde_json::json!({ "type": local }));
        assert_eq!(read, [Triple::new(subject(), rdf::TYPE, *iri)], "{local}");
    }
    for iri in flg::ALL {
        let local = iri.as_str().rsplit('#').next().unwrap();
        let read = expand_jsonld(&json["@context"], &serde_json::json!({ local: "https://example.org/o" }));
        assert_eq!(read.iter().map(|t| t.predicate.as_ref()).collect::<Vec<_>>(), [*iri], "{local}");
        let is_object = objects(&graph("flg.ttl"), *iri, rdf::TYPE).iter().any(|t| t.to_string().contains("ObjectProperty"));
        assert_eq!(read[0].object.is_named_node(), is_object, "{local} is read as {}", read[0].object);
        // A value is of the datatype that the ontology gives it; a text may have a language, and dates are as precise as they are.
        let ontology = graph("flg.ttl");
        let range = objects(&ontology, *iri, NamedNodeRef::new("http://www.w3.org/2000/01/rdf-schema#range").unwrap());
        if let ([TermRef::NamedNode(range)], Term::Literal(value)) = (&range[..], &read[0].object)
            && range.as_str().starts_with(vocab::xsd::NS)
        {
            assert_eq!(value.datatype(), *range, "{local} is read as {value}");
        }
    }
}

fn subject() -> oxigraph::model::NamedNode {
    oxigraph::model::NamedNode::new("https://example.org/s").unwrap()
}

fn expand_jsonld(context: &serde_json::Value, node: &serde_json::Value) -> Vec<Triple> {
    let mut document = serde_json::json!({ "@context": context, "iri": subject().as_str() });
    document.as_object_mut().unwrap().extend(node.as_object().unwrap().clone());
    let format = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    RdfParser::from_format(format).for_slice(document.to_string().as_bytes()).map(|quad| Triple::from(quad.unwrap())).collect()
}

#[test]
fn the_shapes_are_valid_shapes() {
    let rules = turtle(&std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/shacl-shacl.ttl")).unwrap());
    let report = |data: Graph| {
        let dataset = shacl_rust::validation::dataset::ValidationDataset::from_graphs(data, rules.clone()).unwrap();
        let parsed = shacl_rust::parse_shapes(&rules).unwrap();
        shacl_rust::validate(&dataset, &parsed).get_results().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(report(graph("shapes.ttl")), Vec::<String>::new());

    // The same rules do find a broken shape, so that the line above means something.
    let broken = "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:property <urn:p> . \
                  <urn:p> a sh:PropertyShape ; sh:path <urn:q> ; sh:minCount \"one\" .";
    assert_ne!(report(turtle(broken.as_bytes())), Vec::<String>::new());
}

#[test]
fn no_shape_is_lost_when_the_library_reads_them() {
    let shapes = graph("shapes.ttl");
    let parsed = shacl_rust::parse_shapes(&shapes).unwrap();
    let property = sh("property");
    let property = NamedNodeRef::new(&property).unwrap();
    let mut nested = 0;
    for shape in &parsed {
        let declared = shapes.objects_for_subject_predicate(shape.node, property).count();
        assert_eq!(shape.property_shapes.len(), declared, "{}", shape.node);
        for inner in &shape.property_shapes {
            assert!(!inner.constraints.is_empty(), "{} of {} says nothing", inner.node, shape.node);
        }
        nested += declared;
    }
    assert!(nested > 200, "only {nested} uses of property shapes");

    // A pattern that is no regular expression would hold for everything.
    for pattern in shapes.triples_for_predicate(NamedNodeRef::new(&sh("pattern")).unwrap()) {
        let TermRef::Literal(text) = pattern.object else { panic!("{pattern}") };
        assert!(regex::Regex::new(text.value()).is_ok(), "{pattern}");
    }
}
