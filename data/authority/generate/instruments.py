#!/usr/bin/env python3
"""Writes ../ilo-instruments.ttl: conventions, protocols and recommendations of the ILO with their titles and the ways in which texts number them.

    python3 instruments.py

Titles are those of NORMLEX; numbers are written by rule: `C029`, `C29`, `C. 29`, "Convention No. 29", "Convenio núm. 29"…
"""
from pathlib import Path

from turtle_text import ID, block, literal

# number, year, title in English, Spanish, French, and other names that texts use, by language.
CONVENTIONS = [
    (26, 1928, "Minimum Wage-Fixing Machinery Convention", "Convenio sobre los métodos para la fijación de salarios mínimos", "Convention sur les méthodes de fixation des salaires minima", {}),
    (29, 1930, "Forced Labour Convention", "Convenio sobre el trabajo forzoso", "Convention sur le travail forcé",
     {"en": ["Forced Labor Convention"], "es": ["Convenio sobre trabajo forzoso"]}),
    (81, 1947, "Labour Inspection Convention", "Convenio sobre la inspección del trabajo", "Convention sur l'inspection du travail", {"en": ["Labor Inspection Convention"]}),
    (87, 1948, "Freedom of Association and Protection of the Right to Organise Convention", "Convenio sobre la libertad sindical y la protección del derecho de sindicación",
     "Convention sur la liberté syndicale et la protection du droit syndical", {}),
    (94, 1949, "Labour Clauses (Public Contracts) Convention", "Convenio sobre las cláusulas de trabajo (contratos celebrados por las autoridades públicas)",
     "Convention sur les clauses de travail (contrats publics)", {}),
    (95, 1949, "Protection of Wages Convention", "Convenio sobre la protección del salario", "Convention sur la protection du salaire", {}),
    (97, 1949, "Migration for Employment Convention (Revised)", "Convenio sobre los trabajadores migrantes (revisado)", "Convention sur les travailleurs migrants (révisée)", {}),
    (98, 1949, "Right to Organise and Collective Bargaining Convention", "Convenio sobre el derecho de sindicación y de negociación colectiva",
     "Convention sur le droit d'organisation et de négociation collective", {}),
    (100, 1951, "Equal Remuneration Convention", "Convenio sobre igualdad de remuneración", "Convention sur l'égalité de rémunération", {}),
    (102, 1952, "Social Security (Minimum Standards) Convention", "Convenio sobre la seguridad social (norma mínima)", "Convention concernant la sécurité sociale (norme minimum)", {}),
    (105, 1957, "Abolition of Forced Labour Convention", "Convenio sobre la abolición del trabajo forzoso", "Convention sur l'abolition du travail forcé",
     {"en": ["Abolition of Forced Labor Convention"]}),
    (110, 1958, "Plantations Convention", "Convenio sobre las plantaciones", "Convention sur les plantations", {}),
    (111, 1958, "Discrimination (Employment and Occupation) Convention", "Convenio sobre la discriminación (empleo y ocupación)",
     "Convention concernant la discrimination (emploi et profession)", {}),
    (122, 1964, "Employment Policy Convention", "Convenio sobre la política del empleo", "Convention sur la politique de l'emploi", {}),
    (129, 1969, "Labour Inspection (Agriculture) Convention", "Convenio sobre la inspección del trabajo (agricultura)", "Convention sur l'inspection du travail (agriculture)", {}),
    (131, 1970, "Minimum Wage Fixing Convention", "Convenio sobre la fijación de salarios mínimos", "Convention sur la fixation des salaires minima", {}),
    (138, 1973, "Minimum Age Convention", "Convenio sobre la edad mínima", "Convention sur l'âge minimum", {}),
    (143, 1975, "Migrant Workers (Supplementary Provisions) Convention", "Convenio sobre los trabajadores migrantes (disposiciones complementarias)",
     "Convention sur les travailleurs migrants (dispositions complémentaires)", {}),
    (144, 1976, "Tripartite Consultation (International Labour Standards) Convention", "Convenio sobre la consulta tripartita (normas internacionales del trabajo)",
     "Convention sur les consultations tripartites relatives aux normes internationales du travail", {}),
    (155, 1981, "Occupational Safety and Health Convention", "Convenio sobre seguridad y salud de los trabajadores", "Convention sur la sécurité et la santé des travailleurs", {}),
    (169, 1989, "Indigenous and Tribal Peoples Convention", "Convenio sobre pueblos indígenas y tribales", "Convention relative aux peuples indigènes et tribaux", {}),
    (181, 1997, "Private Employment Agencies Convention", "Convenio sobre las agencias de empleo privadas", "Convention sur les agences d'emploi privées", {}),
    (182, 1999, "Worst Forms of Child Labour Convention", "Convenio sobre las peores formas de trabajo infantil", "Convention sur les pires formes de travail des enfants",
     {"en": ["Worst Forms of Child Labor Convention"]}),
    (184, 2001, "Safety and Health in Agriculture Convention", "Convenio sobre la seguridad y la salud en la agricultura", "Convention sur la sécurité et la santé dans l'agriculture", {}),
    (187, 2006, "Promotional Framework for Occupational Safety and Health Convention", "Convenio sobre el marco promocional para la seguridad y salud en el trabajo",
     "Convention sur le cadre promotionnel pour la sécurité et la santé au travail", {}),
    (188, 2007, "Work in Fishing Convention", "Convenio sobre el trabajo en la pesca", "Convention sur le travail dans la pêche", {}),
    (189, 2011, "Domestic Workers Convention", "Convenio sobre las trabajadoras y los trabajadores domésticos", "Convention sur les travailleuses et travailleurs domestiques", {}),
    (190, 2019, "Violence and Harassment Convention", "Convenio sobre la violencia y el acoso", "Convention sur la violence et le harcèlement", {}),
]

PROTOCOLS = [
    (29, 2014, "Protocol of 2014 to the Forced Labour Convention, 1930", "Protocolo de 2014 relativo al Convenio sobre el trabajo forzoso, 1930",
     "Protocole de 2014 relatif à la convention sur le travail forcé, 1930",
     {"en": ["Protocol of 2014 to the Forced Labour Convention", "Protocol to the Forced Labour Convention, 1930", "Protocol to the Forced Labour Convention", "Protocol to the Forced Labor Convention",
             "Forced Labour Protocol", "2014 Protocol to the Forced Labour Convention", "2014 Forced Labour Protocol", "Protocol to Convention No. 29", "Protocol to ILO Convention 29"],
      "es": ["Protocolo de 2014 relativo al Convenio sobre el trabajo forzoso", "Protocolo relativo al Convenio sobre el trabajo forzoso, 1930", "Protocolo relativo al Convenio sobre el trabajo forzoso",
             "Protocolo relativo al Convenio núm. 29", "Protocolo de 2014 relativo al Convenio núm. 29", "Protocolo del Convenio núm. 29", "Protocolo de 2014"],
      "fr": ["Protocole de 2014 relatif à la convention sur le travail forcé", "Protocole relatif à la convention sur le travail forcé, 1930", "Protocole relatif à la convention sur le travail forcé",
             "Protocole relatif à la convention n° 29", "Protocole de 2014 relatif à la convention n° 29", "Protocole de 2014"]}),
    (155, 2002, "Protocol of 2002 to the Occupational Safety and Health Convention, 1981", "Protocolo de 2002 relativo al Convenio sobre seguridad y salud de los trabajadores, 1981",
     "Protocole de 2002 relatif à la convention sur la sécurité et la santé des travailleurs, 1981", {}),
]

RECOMMENDATIONS = [
    (35, 1930, "Forced Labour (Indirect Compulsion) Recommendation", "Recomendación sobre la imposición indirecta del trabajo", "Recommandation sur la contrainte indirecte au travail", {}),
    (146, 1973, "Minimum Age Recommendation", "Recomendación sobre la edad mínima", "Recommandation sur l'âge minimum", {}),
    (190, 1999, "Worst Forms of Child Labour Recommendation", "Recomendación sobre las peores formas de trabajo infantil", "Recommandation sur les pires formes de travail des enfants",
     {"en": ["Worst Forms of Child Labor Recommendation"]}),
    (203, 2014, "Forced Labour (Supplementary Measures) Recommendation", "Recomendación sobre el trabajo forzoso (medidas complementarias)",
     "Recommandation sur le travail forcé (mesures complémentaires)", {}),
    (204, 2015, "Transition from the Informal to the Formal Economy Recommendation", "Recomendación sobre la transición de la economía informal a la economía formal",
     "Recommandation sur la transition de l'économie informelle vers l'économie formelle", {}),
    (205, 2017, "Employment and Decent Work for Peace and Resilience Recommendation", "Recomendación sobre el empleo y el trabajo decente para la paz y la resiliencia",
     "Recommandation sur l'emploi et le travail décent pour la paix et la résilience", {}),
]

# The page of an instrument in the ILO's own database.
NORMLEX = "https://normlex.ilo.org/dyn/nrmlx_en/f?p=NORMLEXPUB:12100:0::NO::P12100_ILO_CODE:"


def codes(letter, number):
    """The codes without spaces, the same in every language."""
    return list(dict.fromkeys([f"{letter}{number:03}", f"{letter}{number}"]))


def numbered(letter, number):
    """What a text calls the instrument by its number, by language; case is folded when names are compared."""
    words = {"C": ("Convention", "Convenio", "Convention"), "R": ("Recommendation", "Recomendación", "Recommandation")}[letter]
    en, es, fr = words
    # "P. 29" is a page, and "R 35" hardly a recommendation.
    spaced = [f"C {number}", f"C.{number}", f"C. {number}"] if letter == "C" else []
    return {
        "en": [f"{en} No. {number}", f"{en} No {number}", f"{en} {number}", f"ILO {en} No. {number}", f"ILO {en} {number}", f"ILO {letter}. {number}", f"ILO {letter}{number}", *spaced],
        "es": [f"{es} núm. {number}", f"{es} número {number}", f"{es} No. {number}", f"{es} nº {number}", f"{es} N° {number}", f"{es} {number}",
               f"{es} {number} de la OIT", f"{es} núm. {number} de la OIT", *spaced],
        "fr": [f"{fr} {n}{number}" for n in ("n° ", "no ", "nº ", "")] + [f"{fr} n° {number} de l'OIT", *spaced],
    }


def instrument(letter, number, year, titles, other, dated):
    preferred, names = {}, {}
    by_number = numbered(letter, number) if dated else {}
    marks = {"en": "No. {}", "es": "núm. {}", "fr": "n° {}"}
    for lang, title in zip(("en", "es", "fr"), titles):
        preferred[lang] = f"{title}, {year} ({marks[lang].format(number)})" if dated else title
        names[lang] = ([f"{title}, {year}", title] if dated else []) + other.get(lang, []) + by_number.get(lang, [])
    if letter == "C":
        names["en"] += [f"ILO C. {number}, {t.removesuffix(' Convention')}" for t in (titles[0], *other.get("en", []))]
    slug = f"{letter.lower()}{number:03}"
    short = {lang: codes(letter, number) for lang in ("en", "es", "fr")}
    return block(f"instrument:{slug}", "flg:LegalInstrument", preferred, names, short,
                 ["dcterms:publisher organization:ilo", f"skos:notation {literal(f'{letter}{number:03}')}", f"rdfs:seeAlso <{NORMLEX}{letter}{number:03}>"])


def main():
    blocks = []
    for letter, rows in (("C", CONVENTIONS), ("P", PROTOCOLS), ("R", RECOMMENDATIONS)):
        blocks += [instrument(letter, n, year, titles, other, letter != "P") for n, year, *titles, other in rows]
    head = f"""# Written by generate/instruments.py: change the tables there, not this file.
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix flg: <https://w3id.org/forced-labour-graph/ontology#> .
@prefix instrument: <{ID}instrument/> .
@prefix organization: <{ID}organization/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

"""
    (Path(__file__).parent.parent / "ilo-instruments.ttl").write_text(head + "\n".join(blocks), encoding="utf-8")


if __name__ == "__main__":
    main()
