"""Asks a running server with SPARQLWrapper and rdflib, as a researcher would: clients.py ADDRESS TOKEN."""

import sys
import warnings

import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLExceptions, SPARQLWrapper

address, token = sys.argv[1:]
ENDPOINT, UPDATE = address + "/sparql", address + "/update"
FLG = "https://w3id.org/forced-labour-graph/"
FUNDERS = f"PREFIX flg: <{FLG}ontology#> SELECT ?programme ?funder {{ ?programme flg:fundedBy ?funder }}"
PAIR = [f"{FLG}id/programme/senderos", f"{FLG}id/organization/usa-dol"]
WRITES = {"Authorization": f"Bearer {token}"}


def wrapper(query, form=None, post=None, update=False):
    sparql = SPARQLWrapper(ENDPOINT, UPDATE)
    sparql.setQuery(query)
    if form:
        sparql.setReturnFormat(form)
    if post or update:
        sparql.setMethod(POST)
    if post == "directly":
        sparql.setRequestMethod(POSTDIRECTLY)
    if update:
        sparql.addCustomHttpHeader("Authorization", WRITES["Authorization"])
    return sparql.query().convert()


def rows(form, result):
    if form == JSON:
        return [[row["programme"]["value"], row["funder"]["value"]] for row in result["results"]["bindings"]]
    if form == XML:
        found = result.getElementsByTagName("result")
        return [[uri.firstChild.data for uri in row.getElementsByTagName("uri")] for row in found]
    separator = "," if form == CSV else "\t"
    return [[cell.strip('<>"') for cell in line.split(separator)] for line in result.decode().splitlines()[1:]]


def sparql_wrapper():
    for post in (None, "form", "directly"):
        for form in (JSON, XML, CSV, TSV):
            found = rows(form, wrapper(FUNDERS, form, post))
            assert found == [PAIR], (post, form, found)
    for form in (TURTLE, N3, RDFXML, JSONLD):
        found = wrapper(f"DESCRIBE <{PAIR[0]}>", form)
        if not isinstance(found, rdflib.Graph):
            found = rdflib.Graph().parse(data=found, format="turtle" if form in (TURTLE, N3) else form)
        assert (rdflib.URIRef(PAIR[0]), rdflib.URIRef(f"{FLG}ontology#fundedBy"), rdflib.URIRef(PAIR[1])) in found, form
    assert wrapper("ASK { ?s ?p ?o }", JSON)["boolean"] is True
    try:
        wrapper("SELECT ?s {", JSON)
        raise AssertionError("what is no SPARQL is refused")
    except SPARQLExceptions.QueryBadFormed as refusal:
        assert "line 1" in str(refusal), refusal
    for post in ("form", "directly"):
        wrapper(f"INSERT DATA {{ GRAPH <urn:notes> {{ <urn:a> <urn:by> '{post} é' }} }}", post=post, update=True)
    found = wrapper("SELECT ?o { <urn:a> <urn:by> ?o } ORDER BY ?o", JSON)["results"]["bindings"]
    assert [row["o"]["value"] for row in found] == ["directly é", "form é"], found


def rdflib_store():
    graph = rdflib.Graph(SPARQLStore(ENDPOINT))
    assert [[str(term) for term in row] for row in graph.query(FUNDERS)] == [PAIR]
    programme = rdflib.URIRef(PAIR[0])
    assert rdflib.URIRef(PAIR[1]) in set(graph.objects(programme, rdflib.URIRef(f"{FLG}ontology#fundedBy")))
    store = SPARQLUpdateStore(ENDPOINT, UPDATE, headers=WRITES)
    notes = rdflib.Dataset(store).graph(rdflib.URIRef("urn:rdflib"))
    triple = (rdflib.URIRef("urn:a"), rdflib.URIRef("urn:b"), rdflib.Literal("señal", lang="es"))
    notes.add(triple)
    assert list(notes) == [triple], list(notes)
    notes.remove(triple)
    assert not list(notes)
    served = rdflib.Graph().parse(f"{address}/graph/authority", format="turtle")
    assert len(served) > 3, len(served)
    description = rdflib.Graph().parse(ENDPOINT, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert (rdflib.URIRef(ENDPOINT), sd.endpoint, rdflib.URIRef(ENDPOINT)) in description


warnings.simplefilter("ignore")
sparql_wrapper()
rdflib_store()
