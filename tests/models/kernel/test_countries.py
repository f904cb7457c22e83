"""SES-50: every country in French, and where goods come from."""

import re

import pytest

from models.kernel.countries import KNOWN, country, from_country

ISO_3166 = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""


def test_ses_50_every_country_has_its_name_and_its_words() -> None:
    """SES-50: the 249 codes of ISO 3166-1, and Kosovo and Northern Ireland, which have none there."""
    assert len(ISO_3166.split()) == 249
    assert {*ISO_3166.split(), "XK", "XI"} <= KNOWN
    for code in KNOWN:
        assert len(country(code)) > 2, code
        assert from_country(code).startswith(("de ", "d’", "du ", "des ")), code


def test_ses_50_no_words_that_french_forbids() -> None:
    """SES-50: an elision before a vowel and nowhere else, « du » and « des » before the nouns that want them."""
    for code in KNOWN:
        said = from_country(code)
        assert not re.match(r"(?:de|du) [AEIOUÉÈÎ]", said), said
        assert not re.match(r"d’[^AEIOUÉÈÎH]", said), said
        assert not re.match(r"(?:de|du) Îles|de Émirats|des Île ", said), said
        assert not re.match(r"du (?:\S+ie|Chine|Corée|Macédoine|République)\b", said), said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("PE", "du Pérou"),
        ("CN", "de Chine"),
        ("EC", "d’Équateur"),
        ("CI", "de Côte d’Ivoire"),
        ("PH", "des Philippines"),
        ("US", "des États-Unis"),
        ("MG", "de Madagascar"),
        ("MA", "du Maroc"),
        ("HN", "du Honduras"),
        ("MX", "du Mexique"),
        ("HT", "d’Haïti"),
        ("HU", "de Hongrie"),
        ("FK", "des Îles Malouines"),
        ("IM", "de l’Île de Man"),
        ("KR", "de Corée du Sud"),
        ("KP", "de Corée du Nord"),
        ("MK", "de Macédoine du Nord"),
        ("PS", "de Palestine"),
        ("MO", "de Macao"),
        ("HK", "de Hong Kong"),
        ("XI", "d’Irlande du Nord"),
        ("XK", "du Kosovo"),
        ("SS", "du Soudan du Sud"),
        ("ZA", "d’Afrique du Sud"),
        ("TL", "du Timor oriental"),
        ("NC", "de Nouvelle-Calédonie"),
        ("NZ", "de Nouvelle-Zélande"),
        ("RE", "de La Réunion"),
        ("BB", "de la Barbade"),
        ("CD", "du Congo-Kinshasa"),
        ("CF", "de République centrafricaine"),
        ("SV", "du Salvador"),
        ("VN", "du Viêt Nam"),
        ("YE", "du Yémen"),
        ("SZ", "d’Eswatini"),
        ("WS", "des Samoa"),
        ("el", "de Grèce"),
        ("UK", "du Royaume-Uni"),
    ],
)
def test_ses_50_where_goods_come_from(code: str, said: str) -> None:
    """SES-50"""
    assert from_country(code) == said


@pytest.mark.parametrize("code", ["", "QQQ", "ZZ", "XA", "XB", "QO", "1", "FRA", "UN"])
def test_ses_50_a_code_that_names_no_country_is_not_shown(code: str) -> None:
    """SES-50: the CLDR has names for locales of tests and for regions too, which are no origin."""
    assert (country(code), from_country(code)) == ("", "")


def test_ses_50_countries_have_names_whatever_the_case() -> None:
    """SES-50"""
    assert (country("pe"), country(" CH ")) == ("Pérou", "Suisse")
