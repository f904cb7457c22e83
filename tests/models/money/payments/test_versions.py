"""Figures of co-owners: the newest version holds, in any order and however often it comes (PPR-26).

Seen to fail: `<` made `<=` in `_newest` or `keep_newer`, the former company not told, `retract` left out of either verb, a rejected payment
taken for one.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from models.kernel import clock
from models.money.payments.tables import Debt, FigureFeed, Payment
from models.money.payments.versions import Counted
from tests.factories import count
from tests.models.money.payments.figures import (
    CUSTOMS,
    debt_body,
    debts,
    named,
    payment_body,
    payments,
    stored,
)
from tests.support.accounts import NOW, A, B, journal
from tests.support.databases import both_databases, transaction

pytestmark = pytest.mark.usefixtures("database")

_STATUSES = ("due", "paid", "due", "paid", "cancelled")
_PAYMENTS = ("done", "rejected", "pending")
_DEBTS = ("D1", "D2")

Sent = tuple[str, int]


def _body(sent: Sent) -> dict[str, object]:
    """What a reference says in a version: always the same. One payment bears the reference of a debt."""
    reference, version = sent
    company = B if version == 3 else A
    if reference.startswith("debt "):
        status = _STATUSES[version % 5]
        return debt_body(reference[5:], version, status=status, siren=company, amount=f"{version}.50")
    return payment_body(
        reference,
        version,
        status=_PAYMENTS[version % 3],
        siren=company,
        debt_reference=(*_DEBTS, None)[version % 3],
    )


async def _send(batch: Sequence[Sent]) -> None:
    await debts(*(_body(one) for one in batch if one[0].startswith("debt ")))
    await payments(*(_body(one) for one in batch if not one[0].startswith("debt ")))


async def _empty() -> None:
    async with transaction() as db:
        for table in ("debt", "payment", "figure_feed"):
            db.execute(text(f"DELETE FROM {table}"))  # noqa: S608


_SENT = st.tuples(st.sampled_from(["debt D1", "debt D2", "P1", "P2", "D2"]), st.integers(0, 4))


@both_databases
@settings(
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(batches=st.lists(st.lists(_SENT, min_size=1, max_size=6), min_size=1, max_size=6))
async def test_ppr_26_any_order_of_versions_ends_in_the_same_place(batches: list[list[Sent]]) -> None:  # fmt: skip
    """PPR-26: as if the newest version of each had come alone, once."""
    newest: dict[str, int] = {}
    for reference, version in (sent for batch in batches for sent in batch):
        newest[reference] = max(version, newest.get(reference, 0))
    with clock.fixed(NOW):
        await _empty()
        await _send(list(newest.items()))
        expected = await stored(Debt, Payment)
        await _empty()
        for batch in batches:
            await _send(batch)
    assert await stored(Debt, Payment) == expected


@both_databases
async def test_an_older_or_equal_version_is_ignored_and_counted() -> None:
    """PPR-26: twice in one batch as well; what is ignored leaves no entry."""
    other = debt_body(version=2, amount="9.99")
    assert await debts(debt_body(version=2), other, debt_body(version=1)) == Counted(1, 2)
    assert named(await stored(Debt), "amount") == [(Decimal("1234.50"),)]
    assert await debts(debt_body(version=2, amount="1.00"), debt_body(version=1)) == Counted(0, 2)
    assert len(await journal("figures.received")) == 1
    assert await debts(debt_body(version=3, amount="7.10")) == Counted(1, 0)
    assert named(await stored(Debt), "version", "amount") == [(3, Decimal("7.10"))]


@both_databases
async def test_ppr_26_a_debt_that_is_paid_makes_a_payment() -> None:
    """PPR-26: of its own reference, until the co-owner tells of payments; a rejected one pays nothing."""
    with clock.fixed(NOW + timedelta(days=30)):  # after the payment, whatever the day
        paid: dict[str, Any] = {"status": "paid", "paid_on": "2026-04-02", "means": "card"}
        await debts(debt_body(**paid))
        derived = ("D1", "D1", date(2026, 4, 2), "card", "done", True)
        members = ("reference", "debt_reference", "paid_on", "means", "status", "derived")
        assert named(await stored(Payment), *members) == [derived]
        await payments(payment_body())
        assert named(await stored(Payment), "reference", "derived") == [("P1", False)]
        await payments(payment_body(version=2, status="rejected"))
        assert named(await stored(Payment), "reference", "derived") == [("D1", True), ("P1", False)]
        await debts(debt_body(version=2, **paid, amount="1300.00"))
        assert named(await stored(Payment), "reference", "amount")[0] == ("D1", Decimal("1300.00"))
        await debts(debt_body(version=3, status="cancelled"))
        assert named(await stored(Payment), "reference") == [("P1",)]


async def test_a_debt_that_is_paid_without_a_date_was_paid_when_it_was_told() -> None:
    """PPR-26: on Paris clocks."""
    with clock.fixed(NOW.replace(hour=23, minute=30)):
        await debts(debt_body(status="paid"))
    assert named(await stored(Payment), "paid_on", "means") == [(date(2026, 3, 25), "unknown")]


async def test_payments_of_other_co_owners_say_nothing_of_this_debt() -> None:
    """PPR-26: two co-owners may use the same references."""
    await debts(debt_body(status="paid"), debt_body(co_owner="URSSAF", status="paid"))
    await payments(payment_body(co_owner="URSSAF"))
    assert named(await stored(Payment), "co_owner", "reference") == [("DGDDI", "D1"), ("URSSAF", "P1")]


@both_databases
async def test_one_entry_for_each_company_and_feed() -> None:
    """SES-01: the companies that a figure leaves are told as well; nothing names anybody, nor any amount."""
    await debts(debt_body("D1"), debt_body("D2"), debt_body("D3", siren=B))
    entries = await journal("figures.received")
    assert [(entry.siren, entry.actor) for entry in entries] == [(A, "partner:tests"), (B, "partner:tests")]
    assert all(entry.payload == {"co_owner": "DGDDI", "what": "debts"} for entry in entries)
    assert all(entry.personal is None for entry in entries)
    await debts(debt_body("D3", 2, siren=A))
    assert [entry.siren for entry in await journal("figures.received")] == [A, B, A, B]


@both_databases
async def test_nothing_new_is_news_of_the_co_owner() -> None:
    """PPR-26: "figures of…": an empty batch dates what is shown, and tells no company anything."""
    with clock.fixed(NOW):
        await debts()
    later = NOW.replace(hour=11)
    with clock.fixed(later):
        await debts()
        await payments(payment_body())
    async with transaction() as db:
        feeds = [db.get_one(FigureFeed, (CUSTOMS[0], kind)) for kind in ("debts", "payments")]
    assert [feed.received_at for feed in feeds] == [later, later]
    assert len(await journal("figures.received")) == 1


@both_databases
async def test_ten_thousand_debts_at_once() -> None:
    """PPR-26: more than one query takes; all of them again change nothing, then all are paid."""
    many = [debt_body(f"D{number}") for number in range(10_000)]
    assert await debts(*many) == Counted(10_000, 0)
    assert await debts(*many) == Counted(0, 10_000)
    assert await debts(*(one | {"version": 2, "status": "paid"} for one in many)) == Counted(10_000, 0)
    assert await count(Debt, Payment, FigureFeed) == (10_000, 10_000, 1)
    assert len(await journal("figures.received")) == 2


@pytest.mark.parametrize("password", ["4821-XK", None])
async def test_ppr_31_the_notice_s_password_is_not_kept(password: str | None) -> None:
    """PPR-31: a keyed hash is, another for each notice."""
    await debts(*(debt_body(name, notice_password=password) for name in _DEBTS))
    kept = [row["notice_hash"] for row in await stored(Debt)]
    assert len(set(kept)) == (2 if password else 1)
    assert all(len(one) == 64 for one in kept) if password else kept == [None, None]
    assert "4821" not in str(await stored(Debt))
