"""SES-50: how much there is of what a CHED brings, in whatever unit it says so."""

from decimal import Decimal

import pytest

from models.border.messages.formats.recognition import read
from models.border.passage.content import Ched, Goods, Quantity
from tests.models.border.messages.formats.fragments import ched, goods, message
from tests.models.border.messages.formats.refusals import assert_french


@pytest.mark.parametrize(
    ("unit", "value", "kilograms"),
    [
        ("KGM", "3200.0", "3200"),
        ("TNE", "1.5", "1500"),
        ("GRM", "250", "0.25"),
        ("KGM", "1.2E7", "12000000"),
        ("", "7", "7"),
        ("KGM", ".5", "0.5"),
        ("KGM", "5.", "5"),
        ("KGM", "+.25", "0.25"),
        ("KGM", "0.0005", "0.0005"),
        ("KGM", "5.0E-4", "0.0005"),
        ("KGM", "1.5e+02", "150"),
        ("kgm", "3", "3"),
        ("MGM", "500", "0.0005"),
        ("LBR", "100", "45.359237"),
        ("DTN", "2", "200"),
        ("STN", "1", "907.18474"),
    ],
)
def test_weights_are_kilograms(unit: str, value: str, kilograms: str) -> None:
    """Whatever the unit of mass, and however few grams."""
    (line,) = ched(consignment=goods(f"<NetWeightMeasure unitCode='{unit}'>{value}</NetWeightMeasure>")).goods
    assert line.net_weight == Decimal(kilograms)
    assert "E" not in str(line.net_weight)


def test_what_is_finer_than_a_milligram_is_rounded_and_said() -> None:
    parsed = read(message(consignment=goods("<NetWeightMeasure unitCode='MC'>1500</NetWeightMeasure>")))
    assert isinstance(parsed.content, Ched)
    assert parsed.content.goods[0].net_weight == Decimal("0.000002")
    assert_french(*parsed.warnings)


def test_animals_are_counted_line_by_line() -> None:
    """Two lines may bear the same number: both are kept."""
    number = "<NetVolumeMeasure unitCode='H87'>{}</NetVolumeMeasure>"
    lines = ((0, 5), (1, 1), (2, 2), (2, "2.0"))
    found = ched(consignment="".join(goods(number.format(heads), str(line)) for line, heads in lines))
    assert found.quantity == Quantity(Decimal(5), "H87")
    assert [(line.sequence, line.quantity) for line in found.goods] == [
        (1, Quantity(Decimal(1), "H87")),
        (2, Quantity(Decimal(2), "H87")),
        (2, Quantity(Decimal(2), "H87")),
    ]


@pytest.mark.parametrize(
    ("measure", "quantity"),
    [
        ("<NetVolumeMeasure unitCode='ltr'>2.5</NetVolumeMeasure>", Quantity(Decimal("2.5"), "LTR")),
        ("<GrossVolumeMeasure unitCode='MTQ'>12</GrossVolumeMeasure>", Quantity(Decimal(12), "MTQ")),
        ("<NetVolumeMeasure>3</NetVolumeMeasure>", Quantity(Decimal(3), "")),
        ("<NetVolumeMeasure unitCode='H87'>0</NetVolumeMeasure>", None),
        ("<NetVolumeMeasure unitCode='H87'/>", None),
    ],
)
def test_quantities_keep_their_unit(measure: str, quantity: Quantity | None) -> None:
    assert ched(consignment=goods(measure)).goods[0].quantity == quantity


def test_line_zero_is_the_total() -> None:
    weight = "<NetWeightMeasure unitCode='KGM'>9</NetWeightMeasure>"
    found = ched(consignment=goods(weight, "0") + goods("<OriginSPSCountry><ID>KE</ID></OriginSPSCountry>"))
    assert (found.net_weight, found.origin_country) == (Decimal(9), "KE")
    assert found.goods == (Goods(1, origin_country="KE"),)
