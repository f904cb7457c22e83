"""The public simulator (PPR-51): worked cases, and nothing typed that breaks it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.kernel.forms.declaration import Reading
from models.money.payments.forms import ImportForm
from models.money.payments.simulator import VAT_RATES, Estimate, estimate


def read(goods: str, transport: str, duty: str, vat: str) -> Reading[ImportForm]:
    return ImportForm.read({"goods": goods, "transport": transport, "duty_rate": duty, "vat_rate": vat})


def done_of(form: ImportForm) -> Estimate:
    return estimate(form.goods + form.transport, form.duty_rate, form.vat_rate)


CASES = [
    # goods, transport, duty %, VAT % → customs value, duty, VAT
    ("10 000", "500", "3,2", "20", ("10500.00", "336.00", "2167.20")),
    ("10\u202f000,00 €", "", "", "5.5", ("10000.00", "0.00", "550.00")),
    ("0,01", "0", "0", "2.1", ("0.01", "0.00", "0.00")),
    ("1234.56", "0", "8 %", "10", ("1234.56", "98.76", "133.33")),
]


@pytest.mark.parametrize(("goods", "transport", "duty", "vat", "expected"), CASES)
def test_ppr_51_worked_cases(
    goods: str, transport: str, duty: str, vat: str, expected: tuple[str, str, str]
) -> None:
    """PPR-51: VAT bears on the customs value and the duty; to the cent."""
    form = read(goods, transport, duty, vat).values
    assert form is not None
    done = done_of(form)
    assert (done.customs_value, done.duty, done.vat) == tuple(Decimal(one) for one in expected)
    assert done.total == done.duty + done.vat


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (("", "", "", "20"), {"goods"}),
        (("0", "", "", "20"), {"goods"}),
        (("-5", "", "", "20"), {"goods"}),
        (("NaN", "", "", "20"), {"goods"}),
        (("10", "x", "y", "7"), {"transport", "duty_rate", "vat_rate"}),
        (("10", "", "1001", "20"), {"duty_rate"}),
    ],
)
def test_ppr_51_mistakes_are_told_beside_their_field(
    typed: tuple[str, str, str, str], wrong: set[str]
) -> None:
    """PPR-51: all at once, and nothing is estimated."""
    reading = read(*typed)
    assert (reading.values, set(reading.errors)) == (None, wrong)


@given(st.text(), st.text(), st.text(), st.sampled_from(sorted(VAT_RATES)))
def test_nothing_typed_breaks_it(goods: str, transport: str, duty: str, vat: str) -> None:
    """An estimate or errors, never both, never neither."""
    reading = read(goods, transport, duty, vat)
    assert (reading.values is None) is bool(reading.errors)
    assert reading.values is None or done_of(reading.values).total >= 0
