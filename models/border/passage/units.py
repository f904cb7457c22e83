"""Quantities in French: units of UN/ECE recommendation 20, singular and plural (SES-50).

Checked by hand against revision 17. A unit that is not listed is told as unknown, never by its code.
"""

from collections.abc import Mapping
from decimal import Decimal

from models.border.passage.vocabulary import ChedType
from models.kernel.french import NBSP, number

Word = tuple[str, str]

_COUNTED: Mapping[str, Word] = {
    "H87": ("pièce", "pièces"),
    "C62": ("unité", "unités"),
    "EA": ("unité", "unités"),
    "NAR": ("article", "articles"),
}
"""Of a CHED for live animals, these are animals."""
_ANIMAL: Word = ("animal", "animaux")
UNITS: Mapping[str, Word] = {
    **_COUNTED,
    "HEA": ("tête", "têtes"),
    "PR": ("paire", "paires"),
    "NPR": ("paire", "paires"),
    "DZN": ("douzaine", "douzaines"),
    "DPC": ("douzaine", "douzaines"),
    "GRO": ("grosse", "grosses"),
    "CEN": ("centaine", "centaines"),
    "HC": ("centaine", "centaines"),
    "MIL": ("millier", "milliers"),
    "T3": ("millier", "milliers"),
    "MIO": ("million", "millions"),
    "SET": ("jeu", "jeux"),
    "5B": ("lot", "lots"),
    "10": ("groupe", "groupes"),
    "NMP": ("paquet", "paquets"),
    "PTN": ("portion", "portions"),
    "LEF": ("feuille", "feuilles"),
    "ST": ("feuille", "feuilles"),
    "NIU": ("unité internationale", "unités internationales"),
    # Mass, where it is told as a quantity.
    "KGM": ("kilogramme", "kilogrammes"),
    "58": ("kilogramme", "kilogrammes"),
    "KDW": ("kilogramme", "kilogrammes"),
    "TNE": ("tonne", "tonnes"),
    "2U": ("tonne", "tonnes"),
    "DTN": ("quintal", "quintaux"),
    "HGM": ("hectogramme", "hectogrammes"),
    "GRM": ("gramme", "grammes"),
    "MGM": ("milligramme", "milligrammes"),
    "CTM": ("carat", "carats"),
    "LBR": ("livre anglaise", "livres anglaises"),
    "ONZ": ("once", "onces"),
    "STN": ("tonne courte", "tonnes courtes"),
    "LTN": ("tonne longue", "tonnes longues"),
    # Volume.
    "LTR": ("litre", "litres"),
    "MLT": ("millilitre", "millilitres"),
    "CLT": ("centilitre", "centilitres"),
    "DLT": ("décilitre", "décilitres"),
    "A44": ("décalitre", "décalitres"),
    "HLT": ("hectolitre", "hectolitres"),
    "K6": ("kilolitre", "kilolitres"),
    "4G": ("microlitre", "microlitres"),
    "LPA": ("litre d’alcool pur", "litres d’alcool pur"),
    "HPA": ("hectolitre d’alcool pur", "hectolitres d’alcool pur"),
    "MTQ": ("mètre cube", "mètres cubes"),
    "R9": ("millier de mètres cubes", "milliers de mètres cubes"),
    "DMQ": ("décimètre cube", "décimètres cubes"),
    "CMQ": ("centimètre cube", "centimètres cubes"),
    "MMQ": ("millimètre cube", "millimètres cubes"),
    "FTQ": ("pied cube", "pieds cubes"),
    "YDQ": ("yard cube", "yards cubes"),
    "INQ": ("pouce cube", "pouces cubes"),
    "G26": ("stère", "stères"),
    "WCD": ("corde", "cordes"),
    "GLL": ("gallon américain", "gallons américains"),
    "GLI": ("gallon impérial", "gallons impériaux"),
    "BLL": ("baril", "barils"),
    "BUA": ("boisseau américain", "boisseaux américains"),
    "BUI": ("boisseau impérial", "boisseaux impériaux"),
    "OZA": ("once liquide américaine", "onces liquides américaines"),
    "OZI": ("once liquide impériale", "onces liquides impériales"),
    "PTL": ("pinte américaine", "pintes américaines"),
    "PTI": ("pinte impériale", "pintes impériales"),
    # Area and length.
    "MTK": ("mètre carré", "mètres carrés"),
    "DMK": ("décimètre carré", "décimètres carrés"),
    "CMK": ("centimètre carré", "centimètres carrés"),
    "KMK": ("kilomètre carré", "kilomètres carrés"),
    "FTK": ("pied carré", "pieds carrés"),
    "ARE": ("are", "ares"),
    "HAR": ("hectare", "hectares"),
    "ACR": ("acre", "acres"),
    "MTR": ("mètre", "mètres"),
    "LM": ("mètre linéaire", "mètres linéaires"),
    "DMT": ("décimètre", "décimètres"),
    "CMT": ("centimètre", "centimètres"),
    "MMT": ("millimètre", "millimètres"),
    "KMT": ("kilomètre", "kilomètres"),
    "FOT": ("pied", "pieds"),
    "INH": ("pouce", "pouces"),
    "YRD": ("yard", "yards"),
}


def amount(value: Decimal | None, unit: str, ched_type: str) -> str:
    """`5 animaux`, `2,5 litres`; `5 (unité non précisée)` for an unknown unit; empty when nothing was told."""
    if value is None:
        return ""
    figure = number(value, 6)
    word = _ANIMAL if ched_type == ChedType.ANIMALS and unit in _COUNTED else UNITS.get(unit)
    if word is None:
        return f"{figure} (unité non précisée)"
    return f"{figure}{NBSP}{word[abs(value) >= 2]}"
