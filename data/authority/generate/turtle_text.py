"""What the generators share: literals, label blocks, checks against repetition."""
LANGS = ("en", "es", "fr")
ID = "https://w3id.org/forced-labour-graph/id/"


def literal(text, lang=None):
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return quoted + (f"@{lang}" if lang else "")


def labels(texts):
    """`texts` by language, each a list, as an object list."""
    return ", ".join(literal(t, l) for l in LANGS for t in texts.get(l, []))


def with_apostrophes(texts):
    """The texts, and the same with the other kind of apostrophe."""
    return [v for t in texts for v in dict.fromkeys([t, t.replace("'", "’"), t.replace("’", "'")])]


def block(subject, cls, preferred, other, acronyms, more=()):
    """One entity. A name is never listed twice."""
    lines = [f"{subject} a {cls}", "skos:prefLabel " + labels({l: [preferred[l]] for l in LANGS})]
    seen = {l: {preferred[l]} for l in LANGS}
    alternatives = {l: [n for n in dict.fromkeys(with_apostrophes([preferred[l], *other.get(l, [])])) if n not in seen[l]] for l in LANGS}
    if any(alternatives.values()):
        lines.append("skos:altLabel " + labels(alternatives))
    if any(acronyms.values()):
        lines.append("flg:acronym " + labels({l: list(dict.fromkeys(acronyms.get(l, []))) for l in LANGS}))
    return " ;\n    ".join([*lines, *more]) + " .\n"
