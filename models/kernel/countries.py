"""Countries and territories in French, with the words that say where goods come from (SES-50).

Every code of ISO 3166-1, and those that customs and TRACES use beside them, each checked by hand. The names are
those of the CLDR, but for the few of NAMES.
"""

from collections.abc import Mapping

from babel import Locale

_LOCALE = Locale("fr")

_DE = """
    BA BE BG BH BL BO BY CF CH CI CN CO CU CW CY CZ DJ DO FI FM FR GE GF GG GI GM GN GP GQ GR GS GU GW HK HR HU JE
    JM JO KN KP KR LC LT LV LY MC MD MF MG MK MN MO MQ MR MS MT MU MY NA NC NO NR NU NZ PF PG PL PM PR PS RE RO RS
    RU SE SG SH SI SK SL SM SO ST SX SY TH TN TR TT TW TZ VC WF YT ZM
    EA TA XC XL XS
"""
_D_APOSTROPHE = """
    AD AF AG AI AL AM AO AQ AR AT AU AW AZ DE DZ EC EE EG ER ES ET HT ID IE IL IN IQ IR IS IT OM SA SZ UA UG UY UZ
    ZA XI
"""
_DU = """
    BD BF BI BJ BN BR BT BW BZ CA CD CG CL CM CR CV DK EH GA GB GH GL GT GY HN IO JP KE KG KH KW KZ LA LB LI LK LR
    LS LU MA ME ML MM MW MX MZ NE NG NI NP PA PE PK PT PY QA RW SD SN SR SS SV TD TG TJ TL TM VA VE VN VU YE ZW
    XK XU
"""
_DES = """
    AE AS AX BM BQ BS CC CK FJ FK FO HM KI KM KY MH MP MV NL PH PN PW SB SC TC TF TK TO TV UM US VG VI WS
    IC
"""
_DE_LA = "BB DM GD"
_DE_L_APOSTROPHE = "BV CX IM NF AC EU"

_PREPOSITIONS: Mapping[str, str] = {
    code: words
    for words, codes in (
        ("de ", _DE),
        ("d’", _D_APOSTROPHE),
        ("du ", _DU),
        ("des ", _DES),
        ("de la ", _DE_LA),
        ("de l’", _DE_L_APOSTROPHE),
    )
    for code in codes.split()
}
_PHRASES: Mapping[str, str] = {"SJ": "du Svalbard et de Jan Mayen"}
"""Where one preposition does not do."""

NAMES: Mapping[str, str] = {
    "HK": "Hong Kong",
    "MO": "Macao",
    "PS": "Palestine",
    "VA": "Vatican",
    "XC": "Ceuta",
    "XI": "Irlande du Nord",
    "XL": "Melilla",
    "XS": "Serbie",
    "XU": "Royaume-Uni (hors Irlande du Nord)",
}
"""Where the CLDR has none, or a longer one than people say."""
_ALIASES: Mapping[str, str] = {"EL": "GR", "UK": "GB"}
"""Codes of the European Union for two of them."""

KNOWN = frozenset(_PREPOSITIONS) | frozenset(_PHRASES)
"""The codes that name a country or territory here."""


def country(code: str) -> str:
    """`Pérou` for `PE`, whatever the case; empty for a code that names no country."""
    plain = _plain(code)
    return str(NAMES.get(plain) or _LOCALE.territories[plain]) if plain in KNOWN else ""


def from_country(code: str) -> str:
    """`du Pérou`, `de Chine`, `d’Équateur`, `des Philippines`, `de la Barbade`; empty for an unknown code."""
    plain = _plain(code)
    if plain in _PHRASES:
        return _PHRASES[plain]
    name = country(plain)
    return f"{_PREPOSITIONS[plain]}{name}" if name else ""


def _plain(code: str) -> str:
    upper = code.strip().upper()
    return _ALIASES.get(upper, upper)
