"""What a person reads of debts, payments and mandates (PPR-20, PPR-22, PPR-23).

Seen to fail: `visible` without the co-owners, or without the means, gives other people's lines or transfers.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, event

from models.identity.accounts.viewer import Held, Viewer
from models.identity.companies.tables import Company, Establishment
from models.money.payments.policy import co_owners_seen, may_export, may_manage_mandate, may_open_a_mandate
from models.money.payments.queries import figures as queries
from models.money.payments.queries import lines
from models.money.payments.queries.lines import PAGE_SIZE, Narrowing
from models.money.payments.tables import Debt, Payment
from tests.factories import keep, officer
from tests.support.databases import both_databases, reading, transaction
from tests.support.figures import (
    JOIN,
    JOIN_THERE,
    OTHER_PLACE,
    PAY,
    PLACE,
    SOCIAL,
    TAXES,
    TODAY,
    A,
    debt,
    feeds,
    mandate,
    payment,
    person,
)

PAY_THERE = Held("DGDDI", "TELEPAIEMENT_SEPA", "telepayer", PLACE)


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (person(), ()),
        (person(PAY), ("DGDDI",)),
        (person(PAY_THERE), ()),
        (person(JOIN), ()),
        (person(TAXES), ("DGFIP",)),
        (person(PAY, TAXES, SOCIAL), ("DGDDI", "DGFIP", "URSSAF")),
        (person(PAY, siren=None), ()),
        (officer(), ()),
    ],
)
def test_whose_money(viewer: Viewer, seen: tuple[str, ...]) -> None:
    """PPR-20, PPR-22: customs' with télépayer on the SIREN, not on a SIRET; the others' with any of theirs."""
    assert co_owners_seen(viewer) == seen
    assert (may_export(viewer) is None) is bool(seen)


async def owed(viewer: Viewer) -> list[str]:
    """The references of the debts that the viewer may see."""
    async with reading() as db:
        return [one.debt.reference for one in lines.owed(db, viewer)]


async def paid(viewer: Viewer, narrowing: Narrowing | None = None) -> list[str]:
    """The references of the payments that the viewer may see."""
    async with reading() as db:
        return [one.reference for one in lines.history(db, viewer, narrowing or Narrowing())]


@both_databases
async def test_debts_of_those_seen_and_of_nobody_else(database: str) -> None:
    """PPR-22, PPR-26: of the whole SIREN, the first due first, whatever the way they were declared."""
    del database
    await keep(
        debt(reference="LATER", due_on=TODAY + timedelta(3)),
        debt(reference="SOON", due_on=TODAY, siret=OTHER_PLACE),
        debt(reference="TAX", co_owner="DGFIP", due_on=TODAY + timedelta(1)),
        debt(reference="PAID", status="paid"),
        debt(reference="OTHERS", siren="950120345"),
    )
    assert await owed(person(PAY, TAXES)) == ["SOON", "TAX", "LATER"]
    assert await owed(person(PAY)) == ["SOON", "LATER"]
    assert await owed(person(JOIN)) == await owed(officer()) == await owed(person(PAY, siren=None)) == []


@both_databases
async def test_no_transfer_is_shown_nor_counted(database: str) -> None:
    """PPR-22: neither in the history, nor in the sums, nor as a payment on its way."""
    del database
    due = debt(reference="DUE")
    await keep(
        due,
        payment("70.00", reference="SEPA"),
        payment("30.00", reference="WIRE", means="transfer"),
        payment("9.00", reference="COMING", means="transfer", status="pending", debt_reference="DUE"),
    )
    assert await paid(person(PAY)) == ["SEPA"]
    async with reading() as db:
        assert queries.figures(db, person(PAY), TODAY).shares["DGDDI"].paid == Decimal("70.00")
        assert [one.under_way for one in lines.owed(db, person(PAY))] == [False]


async def test_a_payment_on_its_way_is_told(database: str) -> None:
    """PPR-22: so that nobody pays twice."""
    del database
    await keep(debt(reference="DUE"), payment(status="pending", debt_reference="DUE"))
    async with reading() as db:
        assert [one.under_way for one in lines.owed(db, person(PAY))] == [True]


@both_databases
async def test_the_history_is_narrowed(database: str) -> None:
    """PPR-22: by a part of a reference, the French of a nature, a period; a wildcard is a character."""
    del database
    await keep(
        payment(reference="ABC-1", paid_on=date(2026, 11, 5), nature="DOMINO"),
        payment(reference="ABC-2", paid_on=date(2025, 3, 1), debt_reference="TP-77"),
        payment(reference="X_Y", paid_on=date(2024, 3, 1), co_owner="DGFIP", nature="TVA"),
    )
    viewer = person(PAY, TAXES)
    assert await paid(viewer) == ["ABC-1", "ABC-2", "X_Y"]
    assert await paid(viewer, Narrowing("abc")) == ["ABC-1", "ABC-2"]
    assert await paid(viewer, Narrowing("tp-7")) == ["ABC-2"]
    assert await paid(viewer, Narrowing("OCTROI")) == ["ABC-1"]
    assert await paid(viewer, Narrowing("le paiement de l'octroi de mer")) == []
    assert await paid(viewer, Narrowing("mer, octrois")) == ["ABC-1"]
    assert await paid(viewer, Narrowing("Réf : ABC-1, svp")) == ["ABC-1"]
    assert await paid(viewer, Narrowing("ma créance TP-77 ou ABC-1")) == ["ABC-1", "ABC-2"]
    assert await paid(viewer, Narrowing("_")) == ["X_Y"]
    assert await paid(viewer, Narrowing("%")) == []
    assert await paid(viewer, Narrowing(since=date(2025, 1, 1), until=date(2025, 12, 31))) == ["ABC-2"]
    assert await paid(person(TAXES)) == ["X_Y"]


@both_databases
async def test_pages_lead_through_everything_once(database: str) -> None:
    """PPR-22: lines of the same day on either side of a page's end."""
    del database
    await keep(*(debt(due_on=TODAY + timedelta(number // 20)) for number in range(60)))
    await keep(*(payment(paid_on=TODAY - timedelta(number // 20)) for number in range(60)))
    seen: list[int] = []
    start: lines.Start | None = None
    async with reading() as db:
        while page := lines.owed(db, person(PAY), start):
            seen += [one.debt.id or 0 for one in page[:PAGE_SIZE]]
            start = (page[:PAGE_SIZE][-1].debt.due_on, seen[-1])
        assert seen == sorted(set(seen))
        assert len(seen) == 60
        first = lines.history(db, person(PAY), Narrowing())
        last = first[PAGE_SIZE - 1]
        second = lines.history(db, person(PAY), Narrowing(), (last.paid_on, last.id or 0))
        assert len(first) == len(second) == PAGE_SIZE + 1
        assert second[0].id == first[PAGE_SIZE].id


EUROS = st.decimals("0.01", "999999.99", places=2)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(EUROS, st.sampled_from(("due", "paid", "cancelled"))), max_size=20), st.lists(EUROS)
)
async def test_sums_equal_their_lines(
    database: str, owing: list[tuple[Decimal, str]], paying: list[Decimal]
) -> None:
    """PPR-20: to the cent, whatever the amounts."""
    del database
    async with transaction() as db:
        db.exec(delete(Debt))
        db.exec(delete(Payment))
    await keep(*(debt(amount, status=status) for amount, status in owing), *map(payment, paying))
    async with reading() as db:
        share = queries.figures(db, person(PAY), TODAY).shares["DGDDI"]
    due = [amount for amount, status in owing if status == "due"]
    assert (share.due, share.debts, share.paid) == (sum(due), len(due), sum(paying))


@both_databases
async def test_the_year_and_the_freshness(database: str) -> None:
    """PPR-20: paid this year; a co-owner that is not seen has no share, not even an empty one."""
    del database
    await keep(
        payment("5.00", paid_on=date(2026, 1, 1)),
        payment("3.00", paid_on=date(2026, 12, 31)),
        payment("9.00", paid_on=date(2025, 12, 31)),
        payment("8.00", status="rejected"),
        *feeds("DGDDI"),
    )
    async with reading() as db:
        found = queries.figures(db, person(PAY, TAXES), TODAY)
    assert found.shares["DGDDI"].paid == Decimal("8.00")
    assert found.shares["DGFIP"] == queries.Share()
    assert "URSSAF" not in found.shares
    assert set(found.received) == {("DGDDI", kind) for kind in
                                   ("debts", "payments", "mandates", "declarations", "due-dates")}  # fmt: skip


async def test_mandates_are_those_of_the_siren_and_managed_by_place(database: str) -> None:
    """PPR-23: shown with adhérer anywhere in the SIREN; opened and closed on the very SIRET only."""
    del database
    async with transaction() as db:
        db.add(Company(siren=A, name="Kerdrel"))
        db.flush()
        db.add(Establishment(siret=PLACE, siren=A, name="Siège", city="Le Havre"))
    await keep(
        mandate(reference="R1"),
        mandate(OTHER_PLACE, reference="R2"),
        mandate(reference="R3", status="closed"),
        mandate(reference="R4", siren="950120345"),
    )
    async with reading() as db:
        for viewer in (person(JOIN), person(JOIN_THERE)):
            shown = [(one.mandate.reference, one.city) for one in queries.mandates(db, viewer)]
            assert shown == [("R1", "Le Havre"), ("R2", "")]
        assert queries.mandates(db, person(PAY)) == []
    assert may_manage_mandate(person(JOIN_THERE), PLACE)
    assert not may_manage_mandate(person(JOIN_THERE), OTHER_PLACE)
    assert not may_manage_mandate(person(JOIN), PLACE)
    assert [may_open_a_mandate(who) for who in (person(JOIN_THERE), person(JOIN), person())] == [
        True,
        False,
        False,
    ]


async def test_ten_thousand_debts_cost_as_many_queries_as_ten(database: str) -> None:
    """PPR-22: one for the sums, one for the page."""
    del database
    said: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            said.append(statement)

    counted = []
    for number in (10, 10_000):
        await keep(*(debt(due_on=TODAY + timedelta(i % 300)) for i in range(number)))
        said.clear()
        event.listen(Engine, "before_cursor_execute", note)
        async with reading() as db:
            queries.figures(db, person(PAY), TODAY)
            assert lines.owed(db, person(PAY))
        event.remove(Engine, "before_cursor_execute", note)
        counted.append(len(said))
    assert counted == [2, 2]
