#!/usr/bin/env python3
"""Writes ../countries.ttl, ../governments.ttl and ../mexican-states.ttl: the countries of ISO 3166-1, their governments, and the
states of Mexico of ISO 3166-2.

    python3 -m venv /tmp/names && /tmp/names/bin/pip install -r requirements.txt
    /tmp/names/bin/python countries.py

Codes and English official names come from pycountry (Debian's iso-codes), preferred names from CLDR through babel, Spanish
and French official names from the translations of iso-codes. The tables below correct and complete them by hand: names
that CLDR writes for display only, other names in use, acronyms, and translations of iso-codes that are misspelled.
Demonyms and adjectives are no names, and are left out.
"""
import gettext
import re
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

# The countries' IRIs in the authority table of the Publications Office of the EU, which go by ISO 3166-1 alpha-3.
EU_COUNTRY = "http://publications.europa.eu/resource/authority/country/"

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
    # Bare "Reunión" is a meeting in Spanish, and "reunion" one in English: only what cannot be mistaken is a name here.
    "REU": {"en": "Réunion Island", "es": "Isla de la Reunión", "fr": "Île de La Réunion"},
    "PSE": {"en": "Palestine", "es": "Palestina", "fr": "Palestine"},
    "SXM": {"en": "Sint Maarten (Dutch part)", "es": "San Martín (parte neerlandesa)"},
    "TLS": {"fr": "Timor-Leste"},
    "UMI": {"en": "United States Minor Outlying Islands", "es": "Islas Ultramarinas Menores de los Estados Unidos"},
    "VAT": {"en": "Holy See", "es": "Santa Sede", "fr": "Saint-Siège"},
    "VCT": {"en": "Saint Vincent and the Grenadines"},
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

# The region of the UN's M49 standard that a country lies in, and where texts mean another, that one: Mexico is in North America and no
# country of Central America; groups that are no region of M49 (the Gulf States, the Middle East, the Northern Triangle) are named as well.
REGIONS = {
    "caribbean": "ABW AIA ATG BES BHS BLM BRB CUB CUW CYM DMA DOM GLP GRD HTI JAM KNA LCA MAF MSR MTQ PRI SXM TCA TTO VCT VGB VIR",
    "central-america": "BLZ CRI GTM HND NIC PAN SLV",
    "central-asia": "KAZ KGZ TJK TKM UZB",
    "eastern-africa": "ATF BDI COM DJI ERI ETH IOT KEN MDG MOZ MUS MWI MYT REU RWA SOM SSD SYC TZA UGA ZMB ZWE",
    "eastern-asia": "CHN HKG JPN KOR MAC MNG PRK TWN",
    "eastern-europe": "BGR BLR CZE HUN MDA POL ROU RUS SVK UKR",
    "gulf-states": "ARE BHR KWT OMN QAT SAU",
    "horn-of-africa": "DJI ERI ETH SOM",
    "latin-america": "CUB DOM HTI MEX PRI",
    "middle-africa": "AGO CAF CMR COD COG GAB GNQ STP TCD",
    "middle-east": "ARE BHR EGY IRN IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR YEM",
    "north-america": "MEX",
    "northern-africa": "DZA EGY ESH LBY MAR SDN TUN",
    "northern-america": "BMU CAN GRL SPM USA",
    "northern-europe": "ALA DNK EST FIN FRO GBR GGY IMN IRL ISL JEY LTU LVA NOR SJM SWE",
    "northern-triangle": "GTM HND SLV",
    "oceania": "ASM AUS CCK COK CXR FJI FSM GUM HMD KIR MHL MNP NCL NFK NIU NRU NZL PCN PLW PNG PYF SLB TKL TON TUV UMI VUT WLF WSM",
    "south-america": "ARG BOL BRA BVT CHL COL ECU FLK GUF GUY PER PRY SGS SUR URY VEN",
    "south-eastern-asia": "BRN IDN KHM LAO MMR MYS PHL SGP THA TLS VNM",
    "southern-africa": "BWA LSO NAM SWZ ZAF",
    "southern-asia": "AFG BGD BTN IND IRN LKA MDV NPL PAK",
    "southern-europe": "ALB AND BIH ESP GIB GRC HRV ITA MKD MLT MNE PRT SMR SRB SVN VAT",
    "western-africa": "BEN BFA CIV CPV GHA GIN GMB GNB LBR MLI MRT NER NGA SEN SHN SLE TGO",
    "western-asia": "ARE ARM AZE BHR CYP GEO IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM",
    "western-europe": "AUT BEL CHE DEU FRA LIE LUX MCO NLD",
}

# Official names of iso-codes, in translation, that are misspelled or out of date.
MISSPELLED = {
    "Estado plurinacional de Bolivia", "Jordania, Reino Hachemí de", "República Kirguiza", "República Popular Democrática de Corea ",
    "République populaire du Bengladesh", "Royaume du Bouthan", "République d'Argentine", "République fédérale du Brésil",
    "République grecque", "L'État d'Érythrée", "L'État de Palestine", "République bolivarienne du Vénézuela", "République de San Marin",
    "République démocratique populaire de Corée", "République de Bosnie et Herzégovine", "República de Bosnia y Hercegovina",
    "República de Costa de Marfíl", "Unión de las Comores", "République de Trinité et Tobago", "République du Surinam",
    "Republic of Bosnia and Herzegovina", "Rwandese Republic", "the State of Eritrea", "the State of Palestine",
    "Commonwealth of the Northern Mariana Islands", "République de Haïti", "Federal Democratic Republic of Nepal", "República Federal Democrática de Nepal",
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
        found = [n for n in found if n not in MISSPELLED and n != "Réunion" and "," not in n and "(" not in n]
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
                 f"dcterms:identifier {literal(country.alpha_3)}", f"skos:exactMatch <{EU_COUNTRY}{country.alpha_3}>"]
        regions = [f"place:{region}" for region, codes in REGIONS.items() if country.alpha_3 in codes.split()]
        codes += [f"schema:containedInPlace {' , '.join(regions)}"] if regions else []
        slug = country.alpha_3.lower()
        blocks.append(block(f"country:{slug}", "flg:Country", preferred, other, ACRONYMS.get(country.alpha_3, {}), codes))
    assert len(blocks) == 249, len(blocks)
    write("countries.ttl", f"@prefix place: <{ID}place/> .\n@prefix schema: <http://schema.org/> .\n", blocks)


# Countries whose name takes an article after "Government of".
THE_EN = "ARE BHS CAF COD COG COK COM CYM DOM FLK FRO GBR GMB IMN MDV MHL MNP NLD PHL SLB SYC TCA VAT VGB VIR".split()
# Spanish names that may take "el", so that "del" is as good as "de".
DEL_ES = "BRA CAN CMR COG ECU JPN LBN NER PAK PER PRY SDN SEN TCD URY YEM".split()
ARTICLE_ES = {"el": "GBR", "la": "IND VAT", "las": "BHS FLK", "los": "ARE NLD"}
ARTICLE_FR = {
    "le": "AFG AGO AZE BDI BEN BFA BGD BLZ BRA BRN BTN BWA CAN CHL CMR COG CPV CRI DNK ECU ESH GAB GHA GRL GTM GUY HND IRN IRQ JPN KAZ KEN KGZ KHM "
          "KWT LAO LBN LBR LIE LSO LUX MAR MEX MLI MMR MNE MOZ MWI NER NGA NIC NPL PAK PAN PER PRT PRY QAT RWA SDN SEN SLV SSD SUR SWZ TCD TGO TJK TKM "
          "TUV-NO UZB VAT VEN VNM VUT YEM ZWE GBR",
    "les": "ARE ASM BHS BMU COK COM CYM FJI FLK FRO MDV MHL MNP NLD PHL PLW SLB SYC TCA TON TUV VGB VIR",
    "": "ABW AIA AND ATG BHR BLM CUB CUW CYP DJI GGY GIB GUM HKG HTI ISR JEY KIR KNA LCA MAC MAF MCO MDG MLT MSR MUS MYT NIU NRU OMN PCN PRI SGP SMR SPM STP SXM "
        "TKL TLS TWN VCT WLF WSM LKA",
}
# Names that no text puts after "government of".
UNGOVERNED = re.compile(r"[,(]|^(Emirates|Malvinas|Occupied|West Bank|Territorio|Commonwealth de|Gran |Grande|The )|Administra|^Holland|^Holanda")
# How the long forms of names follow "government", by their first word.
LONG = {
    "en": dict.fromkeys("Republic Kingdom State Commonwealth Islamic Federal Democratic People's Plurinational Bolivarian United Union Independent Socialist Grand Arab Eastern "
                        "French Russian Swiss Hellenic Portuguese Czech Slovak Lebanese Kyrgyz Togolese Gabonese Argentine Italian Hashemite Principality Sultanate Federated Dominican Syrian Lao Federative".split(), "of the"),
    "es": {"República": "de la", "Unión": "de la", "Confederación": "de la", "Federación": "de la", "Estado": "del", "Reino": "del", "Principado": "del", "Sultanato": "del",
           "Estados": "de los", "Islas": "de las"},
    "fr": {"République": "de la", "Union": "de l'", "Confédération": "de la", "Fédération": "de la", "Royaume": "du", "Sultanat": "du", "Grand-duché": "du", "États": "des"},
}
# Territories without a government of their own, or none that reports name so; Mexico and the United States are described by hand.
NO_GOVERNMENT = set("ALA ATA ATF BES BLM BVT CCK CXR ESH GLP GUF HMD IOT MAF MEX MTQ MYT NFK PCN REU SGS SHN SJM SPM SXM UMI USA".split())


def after(lang, code, name):
    """The name as it follows "government of", with its preposition."""
    if lang == "en":
        return f"of the {name}" if code in THE_EN else f"of {name}"
    vowel = name[0] in "AEIOUÉÎÅ"
    if lang == "es":
        article = next((a for a, codes in ARTICLE_ES.items() if code in codes.split()), "")
        article = {"Islas": "las", "Isla": "la", "República": "la", "Estados": "los"}.get(name.split()[0], article)
        return f"del {name}" if article == "el" else f"de {article} {name}".replace("  ", " ")
    article = next((a for a, codes in ARTICLE_FR.items() if code in codes.split()), None)
    if article == "les":
        return f"des {name}"
    if article == "":
        return f"d'{name}" if vowel or code == "HTI" else f"de {name}"
    if vowel:
        return f"de l'{name}"
    return f"du {name}" if article == "le" else f"de la {name}"


def governments():
    """"Government of Ghana" and its like: reports of every kind name it, each in its own language."""
    translations = {l: gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[l]) for l in LANGS if l != "en"}
    word = {"en": "Government", "es": "Gobierno", "fr": "Gouvernement"}
    blocks = []
    for country in sorted(pycountry.countries, key=lambda c: c.alpha_3):
        if country.alpha_3 in NO_GOVERNMENT:
            continue
        names_of, others = names(country, translations)
        preferred = {l: f"{word[l]} {after(l, country.alpha_3, names_of[l])}" for l in LANGS}
        full = {"en": [f"{word['en']} of {names_of['en']}"], "es": [f"{word['es']} de {names_of['es']}"], "fr": []}
        if country.alpha_3 in DEL_ES:
            full["es"].append(f"{word['es']} del {names_of['es']}")
        for lang, other in others.items():
            for name in (n for n in other if not UNGOVERNED.search(n)):
                long_name = name.split()[0] in LONG[lang]
                if long_name:
                    full[lang].append(f"{word[lang]} {LONG[lang][name.split()[0]]} {name}".replace("l' ", "l'"))
                elif lang != "fr":
                    full[lang].append(f"{word[lang]} {'of' if lang == 'en' else 'de'} {name}")
        full = {l: [n for n in dict.fromkeys(texts) if n != preferred[l]] for l, texts in full.items()}
        slug = country.alpha_3.lower()
        blocks.append(block(f"organization:{slug}-government", "flg:GovernmentBody", preferred, full, {}, [f"flg:country country:{slug}"]))
    write("governments.ttl", f"@prefix organization: <{ID}organization/> .\n", blocks)


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
    governments()
    states()
