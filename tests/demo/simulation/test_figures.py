"""The demonstration's money, seen from any day."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban

from demo.commands.companies import A, B, C, T, siret
from demo.money.figures import figures
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.money.payments.words import NATURES

DAY = date(2026, 11, 24)


@settings(max_examples=25, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)))
def test_any_day_will_do(today: date) -> None:
    """Three years back, nothing paid in the future, nothing due in the past, no reference twice."""
    with clock.fixed(datetime.combine(today, time(12), UTC)):  # what was paid is read as of that day
        told = figures(today)
    paid = [one for one in told.debts if one.status == "paid"]
    days = [*(one.paid_on for one in told.payments), *(one.paid_on for one in paid if one.paid_on)]
    assert timedelta(days=3 * 365 - 31) < today - min(days)
    assert max(days) < today
    assert {one.status for one in told.debts if one.due_on >= today} == {"due"}
    for lines in (told.debts, told.payments, told.mandates, told.declarations, told.due_dates):
        names = Counter((one.co_owner, one.reference) for one in lines)
        assert max(names.values()) == 1
        assert {one.siren for one in lines} == {A, B, C, T}
    natures = [*(one.nature for one in told.debts), *(one.nature for one in told.due_dates)]
    assert set(natures) | {one.nature for one in told.payments} <= set(NATURES)


def test_the_first_company_owes_what_the_screens_were_drawn_with() -> None:
    told = figures(DAY)
    due = {one.nature: one.amount for one in told.debts if one.siren == A and one.status == "due"}
    assert due == {
        "TVA": Decimal("8214.00"),
        "DELTA_G": Decimal("9318.00"),
        "DOMINO": Decimal("1212.50"),
        "CIEL_ALCOOL": Decimal("1950.00"),
        "COTISATIONS": Decimal("5903.20"),
    }
    (today,) = [one for one in told.debts if one.due_on == DAY and one.siren == A]
    assert (today.reference, today.period) == ("CA3-2026-10", "2026-10")


@pytest.mark.parametrize(
    ("co_owner", "about"), [(CoOwner.DGDDI, 86240), (CoOwner.DGFIP, 31905), (CoOwner.URSSAF, 22618)]
)
def test_the_first_company_paid_about_as_much_as_was_drawn(co_owner: CoOwner, about: int) -> None:
    """PPR-22: transfers, of which there are some, left aside."""
    told = figures(DAY)
    paid: list[tuple[CoOwner, str, date, str | None, Decimal]]
    paid = [(one.co_owner, one.siren, one.paid_on, one.means, one.amount) for one in told.payments]
    paid += [
        (one.co_owner, one.siren, one.paid_on, one.means, one.amount) for one in told.debts if one.paid_on
    ]
    mine = [
        (day, means, amount) for whose, siren, day, means, amount in paid if (whose, siren) == (co_owner, A)
    ]
    shown = sum(
        (amount for day, means, amount in mine if means != "transfer" and day.year == 2026), Decimal()
    )
    assert abs(shown - about) < about // 10
    assert any(means == "transfer" for _, means, _ in mine) == (co_owner is CoOwner.DGDDI)


def test_ppr_23_two_establishments_signed_a_mandate() -> None:
    """PPR-23: with account numbers that pass their check."""
    mine = {one.siret: one.iban for one in figures(DAY).mandates if one.siren == A}
    assert set(mine) == {siret(A, 1), siret(A, 2)}
    assert [one[-4:] for one in mine.values()] == ["4821", "0937"]
    assert all(iban.is_valid(one) for one in mine.values())
