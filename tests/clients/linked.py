"""Reads what a running server publishes with the libraries that others read it with: linked.py ADDRESS."""

import json
import sys
import urllib.request
import warnings
import xml.etree.ElementTree as xml

import bibtexparser
import feedparser
import rdflib
import rispy
from rdflib.compare import isomorphic

(address,) = sys.argv[1:]
FLG = "https://w3id.org/forced-labour-graph/"
REPORT, PROGRAMME = "id/report/mex-2021-p029", "id/programme/senderos"
FORMS = {"turtle": "ttl", "nt": "nt", "json-ld": "jsonld", "xml": "rdf"}
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def get(path, accept="*/*"):
    request = urllib.request.Request(address + path, headers={"Accept": accept})
    with urllib.request.urlopen(request) as answer:
        return answer.read().decode()


def graph(path, form):
    return rdflib.Graph().parse(f"{address}/{path}", format=form)


def linked_data(claim):
    """rdflib asks for the address of the thing itself, follows where it leads, and fetches the JSON-LD context by its address."""
    for path in (PROGRAMME, REPORT, claim, "id/country/mex", "id/issue/forced-labour", "ontology", "dataset"):
        turtle = graph(path, "turtle")
        assert len(turtle) > 3, (path, len(turtle))
        assert not any(isinstance(term, rdflib.BNode) for triple in turtle for term in triple), path
        for form, ending in FORMS.items():
            other = graph(path, form)
            assert set(other) == set(turtle) and isomorphic(other, turtle), (path, form, len(other), len(turtle))
            assert set(rdflib.Graph().parse(data=get(f"/data/{path}.{ending}"), format=form)) == set(turtle), (path, ending)
        quads = rdflib.Dataset()
        quads.parse(data=get(f"/data/{path}.trig"), format="trig")
        assert {quad[:3] for quad in quads.quads()} == set(turtle), path
    programme = rdflib.URIRef(FLG + PROGRAMME)
    funder = graph(PROGRAMME, "turtle").value(programme, rdflib.URIRef(FLG + "ontology#fundedBy"))
    assert (funder, rdflib.SKOS.prefLabel, None) in graph(PROGRAMME, "json-ld"), "what it points to has its name"


def context():
    """The context expands offline as well: a term is what the ontology says that it is."""
    document = {"@context": json.loads(get("/ontology/context.jsonld"))["@context"]}
    document |= {"iri": FLG + "id/x", "type": "Programme", "fundedBy": FLG + "id/y", "prefLabel": {"es": "X", "en": ["A", "B"]}}
    document |= {"headcount": 3, "claims": [{"iri": FLG + "id/c", "predicate": "fundedBy"}]}
    found = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    flg, x = rdflib.Namespace(FLG + "ontology#"), rdflib.URIRef(FLG + "id/x")
    expected = {
        (x, rdflib.RDF.type, flg.Programme),
        (x, flg.fundedBy, rdflib.URIRef(FLG + "id/y")),
        (x, flg.headcount, rdflib.Literal(3)),
        (rdflib.URIRef(FLG + "id/c"), rdflib.RDF.subject, x),
        (rdflib.URIRef(FLG + "id/c"), rdflib.RDF.predicate, flg.fundedBy),
    } | {(x, rdflib.SKOS.prefLabel, rdflib.Literal(text, lang=lang)) for lang, text in (("es", "X"), ("en", "A"), ("en", "B"))}
    assert set(found) == expected, set(found) ^ expected


def dataset():
    void, dcat = rdflib.Namespace("http://rdfs.org/ns/void#"), rdflib.Namespace("http://www.w3.org/ns/dcat#")
    found = rdflib.Graph().parse(f"{address}/.well-known/void", format="turtle")
    this = rdflib.URIRef(FLG + "dataset")
    assert {void.Dataset, dcat.Dataset} <= set(found.objects(this, rdflib.RDF.type))
    total = int(found.value(this, void.triples))
    parts = [int(found.value(part, void.triples)) for part in found.objects(this, void.propertyPartition)]
    assert total > 1000 and sum(parts) == total, (total, sum(parts))
    linksets = set(found.subjects(rdflib.RDF.type, void.Linkset))
    assert any(int(found.value(links, void.triples)) > 200 for links in linksets), "the countries' links are not told"
    for dump in found.objects(None, void.dataDump):
        assert len(rdflib.Dataset().parse(str(dump), format="nquads")) > 0, dump
    page = get("/", "text/html")
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    inline = json.loads(block)
    assert inline["@context"] == "https://schema.org/" and inline["version"] == str(found.value(this, dcat.version))
    inline["@context"] = {"@vocab": "http://schema.org/"}
    schema = rdflib.Graph().parse(data=json.dumps(inline), format="json-ld")
    assert (this, rdflib.RDF.type, rdflib.URIRef("http://schema.org/Dataset")) in schema


def feeds():
    for path in ("/feed.atom", "/feed/mex.atom", "/feed/mex.atom?lang=fr"):
        text = get(path)
        root = xml.fromstring(text)
        for node in [root, *root.findall(ATOM + "entry")]:
            for element in ("id", "title", "updated"):
                assert len(node.findall(ATOM + element)) == 1 and node.find(ATOM + element).text, (path, element)
        assert root.find(ATOM + "author") is not None
        read = feedparser.parse(text)
        assert not read.bozo and read.version == "atom10", read.get("bozo_exception")
        times = [entry.updated_parsed for entry in read.entries]
        assert len(times) >= 1 and None not in times and times == sorted(times, reverse=True), times
        assert any(entry.id == FLG + REPORT for entry in read.entries), [entry.id for entry in read.entries]
        for entry in read.entries:
            assert get(entry.link.removeprefix(address), "text/html"), entry.link


def site_map():
    index = xml.fromstring(get("/sitemap.xml"))
    parts = [node.text for node in index.iter(MAP + "loc")]
    pages = [node.text for part in parts for node in xml.fromstring(get(part.removeprefix(address))).iter(MAP + "loc")]
    assert len(pages) == len(set(pages)) > 50, len(pages)
    for page in pages[::17]:
        assert get(page.removeprefix(address), "text/html").startswith("<!doctype html>"), page


def citations(claim):
    for path in ("dataset", REPORT, claim, PROGRAMME):
        library = bibtexparser.parse_string(get(f"/cite/{path}.bib"))
        assert not library.failed_blocks and len(library.entries) == 1, (path, library.failed_blocks)
        fields = library.entries[0].fields_dict
        assert fields["url"].value == FLG + path and fields["title"].value and fields["year"].value.isdigit(), path
        (item,) = json.loads(get(f"/cite/{path}.csl.json"))
        assert item["URL"] == FLG + path and item["author"][0]["literal"] and item["issued"]["date-parts"][0][0] > 2000, item
        (entry,) = rispy.loads(get(f"/cite/{path}.ris"))
        assert FLG + path in entry["urls"] and entry["title"] == item["title"], entry
        # By negotiation, from the address of the thing itself.
        assert get(f"/{path}", "application/x-bibtex") == get(f"/cite/{path}.bib"), path


warnings.simplefilter("ignore")
claims = rdflib.URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject")
claim = next(graph(PROGRAMME, "turtle").subjects(claims, rdflib.URIRef(FLG + PROGRAMME))).removeprefix(FLG)
linked_data(claim)
context()
dataset()
feeds()
site_map()
citations(claim)
