#!/usr/bin/env python3
"""Writes ../countries.ttl and ../mexican-states.ttl: the countries of ISO 3166-1 and the states of Mexico of ISO 3166-2.

    python3 -m venv /tmp/names && /tmp/names/bin/pip install -r requirements.txt
    /tmp/names/bin/python countries.py

Codes and English official names come from pycountry (Debian's iso-codes), preferred names from CLDR through babel, Spanish
and French official names from the translations of iso-codes. The tables below correct and complete them by hand: names
that CLDR writes for display only, other names in use, acronyms, and translations of iso-codes that are misspelled.
Demonyms and adjectives are no names, and are left out.
"""
import gettext
from pathlib import Path

import pycountry
from babel import Locale

from turtle_text import ID, LANGS, block, literal

HEAD = """# Written by generate/{script}: change the tables there, not this file.
@prefix country: <{id}country/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix flg: <https://w3id.org/forced-labour-graph/ontology#> .
{more}@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

# Preferred names where CLDR's are made for lists on a screen, or are no longer the country's own choice.
PREFERRED = {
    "BES": {"en": "Caribbean Netherlands"},
    "BRN": {"es": "Brunéi"},
    "COD": {"en": "Democratic Republic of the Congo", "fr": "République démocratique du Congo"},
    "COG": {"en": "Congo", "fr": "Congo"},
    "CPV": {"en": "Cabo Verde", "fr": "Cabo Verde"},
    "HKG": {"en": "Hong Kong", "es": "Hong Kong", "fr": "Hong Kong"},
    "MAC": {"en": "Macao", "es": "Macao", "fr": "Macao"},
    "MAF": {"en": "Saint Martin (French part)", "es": "San Martín (parte francesa)", "fr": "Saint-Martin (partie française)"},
    "MMR": {"en": "Myanmar", "es": "Myanmar", "fr": "Myanmar"},
    "PSE": {"en": "Palestine", "es": "Palestina", "fr": "Palestine"},
    "SXM": {"en": "Sint Maarten (Dutch part)", "es": "San Martín (parte neerlandesa)"},
    "TLS": {"fr": "Timor-Leste"},
    "UMI": {"en": "United States Minor Outlying Islands", "es": "Islas Ultramarinas Menores de los Estados Unidos"},
    "VAT": {"en": "Holy See", "es": "Santa Sede", "fr": "Saint-Siège"},
    "VIR": {"en": "United States Virgin Islands", "es": "Islas Vírgenes de los Estados Unidos"},
}

# Other names that texts use.
OTHER = {
    "ARE": {"en": ["Emirates"]},
    "BFA": {"es": ["Burquina Faso"]},
    "BHR": {"es": ["Bahréin"]},
    "BIH": {"en": ["Bosnia", "Bosnia-Herzegovina"], "es": ["Bosnia-Herzegovina", "Bosnia y Hercegovina"], "fr": ["Bosnie-et-Herzégovine"]},
    "BGD": {"es": ["Bangladesh"], "fr": ["République populaire du Bangladesh"]},
    "BLR": {"es": ["Belarús"], "fr": ["Bélarus", "Belarus"]},
    "BMU": {"es": ["Islas Bermudas"]},
    "BOL": {"es": ["Estado Plurinacional de Bolivia", "Bolivia (Estado Plurinacional de)"], "en": ["Bolivia (Plurinational State of)"],
            "fr": ["État plurinational de Bolivie", "Bolivie (État plurinational de)"]},
    "BRN": {"en": ["Brunei Darussalam"], "es": ["Brunei Darussalam"], "fr": ["Brunéi Darussalam", "Brunéi"]},
    "BTN": {"fr": ["Royaume du Bhoutan"]},
    "BWA": {"es": ["Botswana"]},
    "CIV": {"en": ["Côte d'Ivoire", "Cote d'Ivoire", "Ivory Coast"], "es": ["Côte d'Ivoire", "Costa de Marfil", "República de Côte d'Ivoire", "República de Costa de Marfil"],
            "fr": ["Côte d'Ivoire"]},
    "COD": {"en": ["Congo, Democratic Republic of the", "Congo-Kinshasa", "Democratic Republic of Congo"], "es": ["Congo-Kinshasa"],
            "fr": ["Congo-Kinshasa"]},
    "COG": {"en": ["Congo-Brazzaville", "Republic of the Congo"], "es": ["Congo-Brazzaville", "República del Congo"],
            "fr": ["Congo-Brazzaville", "République du Congo"]},
    "COM": {"es": ["Islas Comoras", "Unión de las Comoras"]},
    "CPV": {"en": ["Cape Verde"], "fr": ["Cap-Vert"]},
    "CZE": {"en": ["Czech Republic"], "es": ["República Checa"], "fr": ["République tchèque"]},
    "DJI": {"es": ["Djibouti"]},
    "FJI": {"es": ["Fiji"]},
    "FLK": {"en": ["Malvinas"], "es": ["Malvinas"], "fr": ["Malouines"]},
    "FSM": {"es": ["Micronesia (Estados Federados de)"]},
    "GBR": {"en": ["Great Britain"], "es": ["Gran Bretaña"], "fr": ["Grande-Bretagne"]},
    "GMB": {"en": ["The Gambia"]},
    "GNB": {"en": ["Guinea Bissau"], "es": ["Guinea-Bissau", "Guinea Bissau"]},
    "GRL": {"fr": ["Groënland"]},
    "IRN": {"en": ["Iran (Islamic Republic of)"], "es": ["República Islámica del Irán", "Irán (República Islámica del)"],
            "fr": ["Iran (République islamique d')", "Iran (République islamique d’)"]},
    "IRQ": {"es": ["Iraq"], "fr": ["Iraq"]},
    "KAZ": {"es": ["Kazajstán"]},
    "KEN": {"es": ["Kenya"]},
    "KGZ": {"en": ["Kyrgyz Republic"], "es": ["República Kirguisa"], "fr": ["Kirghizistan", "République kirghize"]},
    "KNA": {"en": ["St. Kitts and Nevis"]},
    "KOR": {"en": ["Republic of Korea"], "es": ["República de Corea"], "fr": ["République de Corée"]},
    "LAO": {"en": ["Lao People's Democratic Republic", "Lao PDR"], "es": ["República Democrática Popular Lao"],
            "fr": ["République démocratique populaire lao"]},
    "LBR": {"fr": ["Libéria"]},
    "LCA": {"en": ["St. Lucia"]},
    "LSO": {"es": ["Lesotho"]},
    "MDA": {"es": ["República de Moldova"], "fr": ["République de Moldova", "Moldova"]},
    "MDV": {"es": ["Islas Maldivas"]},
    "MEX": {"es": ["Mexico", "Méjico"], "fr": ["États-Unis mexicains"]},
    "MKD": {"en": ["Macedonia"], "es": ["Macedonia"], "fr": ["Macédoine"]},
    "MMR": {"en": ["Burma", "Myanmar (Burma)"], "es": ["Birmania"], "fr": ["Birmanie"]},
    "MUS": {"fr": ["Île Maurice"]},
    "MWI": {"es": ["Malawi"]},
    "NLD": {"en": ["Holland", "The Netherlands"], "es": ["Holanda"], "fr": ["Hollande"]},
    "NZL": {"es": ["Nueva Zelandia"]},
    "PLW": {"es": ["Palau"]},
    "PRK": {"en": ["Democratic People's Republic of Korea"], "es": ["República Popular Democrática de Corea"],
            "fr": ["République populaire démocratique de Corée"]},
    "PSE": {"en": ["State of Palestine", "West Bank and the Gaza Strip", "Occupied Palestinian Territory"],
            "es": ["Estado de Palestina", "Territorio Palestino Ocupado"], "fr": ["État de Palestine", "Territoire palestinien occupé"]},
    "QAT": {"es": ["Qatar"]},
    "ROU": {"es": ["Rumania"]},
    "RUS": {"en": ["Russian Federation"], "es": ["Federación de Rusia", "Federación Rusa"], "fr": ["Fédération de Russie"]},
    "RWA": {"es": ["Rwanda"]},
    "SAU": {"es": ["Arabia Saudita"]},
    "SHN": {"en": ["St. Helena"]},
    "SLV": {"fr": ["El Salvador"]},
    "SUR": {"es": ["Suriname"], "fr": ["Surinam"]},
    "SWZ": {"en": ["Swaziland"], "es": ["Eswatini", "Swazilandia", "Suazilandia"], "fr": ["Swaziland"]},
    "SYR": {"en": ["Syrian Arab Republic"], "es": ["República Árabe Siria"], "fr": ["République arabe syrienne"]},
    "THA": {},
    "TJK": {"es": ["Tayikistan"]},
    "TLS": {"en": ["East Timor", "Timor Leste"], "es": ["Timor Oriental"], "fr": ["Timor oriental"]},
    "TON": {},
    "TTO": {"en": ["Trinidad & Tobago"], "es": ["Trinidad y Tabago"]},
    "TUR": {"en": ["Turkey"], "es": ["Türkiye"], "fr": ["Türkiye"]},
    "TZA": {"es": ["Tanzanía"], "fr": ["République-Unie de Tanzanie"]},
    "USA": {"es": ["Estados Unidos de América", "Estados Unidos de Norteamérica"], "en": ["United States of America"],
            "fr": ["États-Unis d'Amérique", "États-Unis d’Amérique"]},
    "VAT": {"en": ["Vatican City"], "es": ["Ciudad del Vaticano"], "fr": ["Cité du Vatican"]},
    "VCT": {"en": ["St. Vincent and the Grenadines"], "fr": ["Saint-Vincent-et-les-Grenadines"]},
    "VEN": {"es": ["República Bolivariana de Venezuela", "Venezuela (República Bolivariana de)"],
            "fr": ["République bolivarienne du Venezuela", "Venezuela (République bolivarienne du)"]},
    "VNM": {"en": ["Viet Nam"], "es": ["Viet Nam"], "fr": ["Vietnam", "Viet Nam"]},
    "ZWE": {"es": ["Zimbabwe"]},
}

ACRONYMS = {
    "ARE": {"en": ["UAE", "U.A.E."], "es": ["EAU"], "fr": ["EAU"]},
    "BIH": {"en": ["BiH"]},
    "CAF": {"en": ["CAR"], "es": ["RCA"], "fr": ["RCA"]},
    "COD": {"en": ["DRC", "DR Congo"], "es": ["RDC"], "fr": ["RDC", "RD Congo"]},
    "DOM": {"es": ["R.D."]},
    "GBR": {"en": ["UK", "U.K."]},
    "HKG": {"en": ["Hong Kong SAR"]},
    "KOR": {"en": ["ROK"]},
    "PNG": {"en": ["PNG"]},
    "PRK": {"en": ["DPRK"]},
    "USA": {"en": ["USA", "U.S.A.", "US", "U.S."], "es": ["EUA", "E.U.A.", "EE.UU.", "EE. UU.", "EEUU", "E.U."], "fr": ["É.-U.", "E.-U.", "EUA"]},
}

# Official names of iso-codes, in translation, that are misspelled or out of date.
MISSPELLED = {
    "Estado plurinacional de Bolivia", "Jordania, Reino Hachemí de", "República Kirguiza", "República Popular Democrática de Corea ",
    "République populaire du Bengladesh", "Royaume du Bouthan", "République d'Argentine", "République fédérale du Brésil",
    "République grecque", "L'État d'Érythrée", "L'État de Palestine", "République bolivarienne du Vénézuela", "République de San Marin",
    "République démocratique populaire de Corée", "République de Bosnie et Herzégovine", "República de Bosnia y Hercegovina",
    "República de Costa de Marfíl", "Unión de las Comores", "République de Trinité et Tobago", "République du Surinam",
    "Republic of Bosnia and Herzegovina", "Rwandese Republic", "the State of Eritrea", "the State of Palestine",
    "Commonwealth of the Northern Mariana Islands", "Federal Democratic Republic of Nepal", "República Federal Democrática de Nepal",
    "République fédérale démocratique du Népal", "Región Administrativa Especial China de Hong Kong",
}


def clean(name):
    return name.replace(" & ", " and ").replace("St. ", "Saint ")


def names(country, translations):
    """Preferred name by language, and other names by language, without repetition."""
    preferred, other = {}, {}
    for lang in LANGS:
        cldr = Locale(lang).territories[country.alpha_2]
        preferred[lang] = PREFERRED.get(country.alpha_3, {}).get(lang) or (clean(cldr) if lang == "en" else cldr)
        found = [getattr(country, "common_name", None) or country.name] if lang == "en" else []
        official = getattr(country, "official_name", None)
        if official:
            found.append(official if lang == "en" else translations[lang].gettext(official))
        found = [n for n in found if n not in MISSPELLED and "," not in n and "(" not in n]
        found += OTHER.get(country.alpha_3, {}).get(lang, [])
        other[lang] = sorted({n for n in found if n != preferred[lang]})
    return preferred, other


def write(name, more, blocks):
    script = Path(__file__).name
    text = HEAD.format(script=script, id=ID, more=more) + "\n" + "\n".join(blocks)
    (Path(__file__).parent.parent / name).write_text(text, encoding="utf-8")


def countries():
    translations = {l: gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[l]) for l in LANGS if l != "en"}
    blocks = []
    for country in sorted(pycountry.countries, key=lambda c: c.alpha_3):
        preferred, other = names(country, translations)
        codes = ["skos:notation " + ", ".join(map(literal, (country.alpha_2, country.alpha_3, country.numeric))),
                 f"dcterms:identifier {literal(country.alpha_3)}"]
        slug = country.alpha_3.lower()
        blocks.append(block(f"country:{slug}", "flg:Country", preferred, other, ACRONYMS.get(country.alpha_3, {}), codes))
    assert len(blocks) == 249, len(blocks)
    write("countries.ttl", "", blocks)


# Names of the states in the three languages where they are not the Spanish short name, and forms in use.
STATES = {
    "CMX": ({"en": "Mexico City", "es": "Ciudad de México", "fr": "Mexico (ville)"},
            {"es": ["Distrito Federal"], "en": ["Federal District"], "fr": ["Ville de Mexico", "ville de Mexico"]}, {"es": ["CDMX"]}),
    "COA": ("Coahuila", {"es": ["Coahuila de Zaragoza"]}, {}),
    "MEX": ({"en": "State of Mexico", "es": "Estado de México", "fr": "État de Mexico"}, {"en": ["Mexico State"], "es": ["Edomex", "EdoMéx"]}, {}),
    "MIC": ("Michoacán", {"es": ["Michoacán de Ocampo"]}, {}),
    "VER": ("Veracruz", {"es": ["Veracruz de Ignacio de la Llave"]}, {}),
    "BCN": ({"en": "Baja California", "es": "Baja California", "fr": "Basse-Californie"}, {}, {}),
    "BCS": ({"en": "Baja California Sur", "es": "Baja California Sur", "fr": "Basse-Californie du Sud"}, {}, {}),
    "NLE": ({"en": "Nuevo León", "es": "Nuevo León", "fr": "Nuevo León"}, {"fr": ["Nouveau-León"]}, {}),
}


def states():
    blocks = []
    for state in sorted(pycountry.subdivisions.get(country_code="MX"), key=lambda s: s.code):
        code = state.code.split("-")[1]
        name, other, acronyms = STATES.get(code, (state.name, {}, {}))
        preferred = name if isinstance(name, dict) else dict.fromkeys(LANGS, name)
        # "México" alone is the country, and never the state.
        if code not in ("CMX", "MEX"):
            forms = {"en": "State of {}", "es": "estado de {}", "fr": "État de {}"}
            other = {l: sorted({*other.get(l, []), forms[l].format(preferred[l])}) for l in LANGS}
        blocks.append(block(f"place:{state.code.lower()}", "flg:Place", preferred, other, acronyms, 
                            [f"skos:notation {literal(state.code)}", "flg:country country:mex"]))
    assert len(blocks) == 32, len(blocks)
    write("mexican-states.ttl", f"@prefix place: <{ID}place/> .\n", blocks)


if __name__ == "__main__":
    countries()
    states()
