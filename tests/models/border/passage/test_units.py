"""SES-50: how much there is of a consignment, in French."""

from decimal import Decimal
from typing import Any

import pytest

from models.border.consignments.amounts import measure, said_packages
from models.border.consignments.tables import Consignment
from models.border.passage.content import Goods, Package, Quantity
from models.border.passage.units import UNITS, amount
from models.border.passage.vocabulary import ChedType
from tests.factories import ched, row

N = "\u00a0"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("1", "H87", "1 pièce"),
        ("5", "H87", "5 pièces"),
        ("1.5", "LTR", "1,5 litre"),
        ("2.5", "LTR", "2,5 litres"),
        ("12000", "MTQ", "12 000 mètres cubes"),
        ("2", "GLI", "2 gallons impériaux"),
        ("0.0005", "TNE", "0,0005 tonne"),
        ("3", "HEA", "3 têtes"),
        ("3", "ZZZ", "3 (unité non précisée)"),
        ("3", "", "3 (unité non précisée)"),
    ],
)
def test_ses_50_a_quantity_has_its_unit_singular_or_plural(value: str, unit: str, said: str) -> None:
    """SES-50: an unknown unit is said to be unknown, and its code is not shown."""
    plain = amount(Decimal(value), unit, ChedType.ANIMAL_PRODUCTS).replace(N, " ")
    assert plain == said


@pytest.mark.parametrize("unit", ["H87", "C62", "EA", "NAR"])
def test_ses_50_what_is_counted_of_live_animals_is_animals(unit: str) -> None:
    """SES-50"""
    assert amount(Decimal(1), unit, ChedType.ANIMALS) == f"1{N}animal"
    assert amount(Decimal(5), unit, ChedType.ANIMALS) == f"5{N}animaux"
    assert amount(Decimal(5), "LTR", ChedType.ANIMALS) == f"5{N}litres"


def test_ses_50_nothing_is_said_of_no_quantity() -> None:
    """SES-50"""
    assert amount(None, "H87", ChedType.ANIMALS) == ""


def test_units_are_codes_of_the_recommendation_with_two_words() -> None:
    for code, (singular, several) in UNITS.items():
        assert 1 <= len(code) <= 3
        assert code.isalnum()
        assert code == code.upper()
        assert singular != several
        assert singular == singular.lower()


def measured(lines: tuple[Goods, ...] = (), **said: Any) -> Consignment:
    found = row(1)
    measure(found, ched(goods=lines, **said))
    return found


def test_what_the_ched_totals_is_believed() -> None:
    lines = (Goods(1, net_weight=Decimal(1), gross_weight=Decimal(2), quantity=Quantity(Decimal(1), "H87")),)
    found = measured(
        lines, net_weight=Decimal(9), gross_weight=Decimal(10), quantity=Quantity(Decimal(5), "H87")
    )
    assert [found.net_weight, found.gross_weight] == [9, 10]
    assert [found.quantity, found.quantity_unit] == [5, "H87"]


def test_without_a_total_the_lines_are_added() -> None:
    heads = [Goods(1, net_weight=Decimal("0.5"), quantity=Quantity(Decimal(one), "H87")) for one in (1, 2, 2)]
    found = measured((*heads, Goods(4)))
    assert (found.net_weight, found.gross_weight) == (Decimal("1.5"), None)
    assert [found.quantity, found.quantity_unit] == [5, "H87"]
    other = Goods(5, quantity=Quantity(Decimal(3), "LTR"))
    assert (measured((*heads, other)).quantity, measured((*heads, other)).quantity_unit) == (None, "")


def test_a_sum_fits_its_column() -> None:
    """A hostile CHED must not break the table that holds it."""
    lines = tuple(Goods(1, net_weight=Decimal(999_999_999)) for _ in range(3))
    assert measured(lines).net_weight == Decimal("999999999.999999")


@pytest.mark.parametrize(
    ("packs", "said"),
    [
        ([("NA", 0)], ""),
        ([("NA", 6)], ""),
        ([("CT", 0)], ""),
        ([("VR", 1)], ""),
        ([("BX", 6)], "6 boîtes"),
        ([("NA", 0), ("PX", 1)], "1 palette"),
        ([("QQ", 3)], "3 colis"),
    ],
)
def test_ses_50_no_packages_are_told_where_there_are_none(packs: list[tuple[str, int]], said: str) -> None:
    """SES-50: neither « 0 colis » nor a number of what is not packed."""
    told = said_packages(Package(code, "", count) for code, count in packs)
    assert told.replace(N, " ") == said
