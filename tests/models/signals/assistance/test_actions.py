"""Requests and opinions: kept, acknowledged, read by those who run the service, and nobody else (PPR-52, PPR-53)."""

from datetime import timedelta

import pytest

from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.refusal import Refusal
from models.signals.assistance import actions, queries
from models.signals.assistance.actions import Acknowledged
from models.signals.assistance.forms import HelpForm
from tests.factories import add_basics
from tests.support.accounts import NOW, cheap_passwords, journal, make_account, make_session
from tests.support.databases import both_databases, reading

__all__ = ["cheap_passwords"]

pytestmark = pytest.mark.usefixtures("database")

FORM = HelpForm(
    name="Lise Marchand",
    email="lise@kerdrel.example",
    subject="account",
    text="Je n’arrive pas à me connecter.",
)


async def viewer(role: Role, email: str) -> Viewer:
    """Somebody signed in with that role."""
    await make_account(email, None if role is not Role.OPERATOR else "912345675", role)
    session_id = await make_session(email)
    async with reading() as db:
        found = viewer_of(session_id, db)
    assert found is not None
    return found


@both_databases
async def test_com_12_a_request_is_acknowledged_and_followed() -> None:
    """PPR-52, COM-12: a reference and a time at once; the service sees it, answers, and what was written is not journalled."""
    await add_basics()
    supervisor = await viewer(Role.SUPERVISOR, "sup@demo.example")
    operator = await viewer(Role.OPERATOR, "op@demo.example")
    first, second = await actions.ask(None, FORM), await actions.ask(operator, FORM)
    assert isinstance(first, Acknowledged)
    assert isinstance(second, Acknowledged)
    assert first.reference != second.reference
    async with reading() as db:
        assert [one.account_id for one in queries.requests(db, supervisor)] == [
            None,
            operator.account_id,
        ]
        assert list(queries.requests(db, operator)) == []
        assert queries.prefilled(db, operator)["email"] == "op@demo.example"
        assert queries.prefilled(db, None) == {}
    assert isinstance(await actions.answered(operator, first.reference), Refusal)
    assert await actions.answered(supervisor, first.reference) is None
    async with reading() as db:
        assert [one.reference for one in queries.requests(db, supervisor)] == [
            second.reference,
            first.reference,
        ]
    entries = [*await journal("help.asked"), *await journal("help.answered")]
    assert len(entries) == 3
    assert not any("lise" in str(entry.payload).lower() for entry in entries)


async def test_ppr_52_nobody_fills_the_list() -> None:
    """PPR-52: the sixth request of one address within an hour is refused with a sentence, and an hour later is not."""
    await add_basics()
    with clock.fixed(NOW):
        for _ in range(5):
            assert isinstance(await actions.ask(None, FORM), Acknowledged)
        assert isinstance(await actions.ask(None, FORM), Refusal)
    with clock.fixed(NOW + timedelta(hours=1, seconds=1)):
        assert isinstance(await actions.ask(None, FORM), Acknowledged)


@both_databases
async def test_ppr_53_an_opinion_is_read_by_the_service() -> None:
    """PPR-53: kept without who it is, counted, and marked as read once."""
    await add_basics()
    supervisor = await viewer(Role.SUPERVISOR, "sup@demo.example")
    inspector = await viewer(Role.SIVEP, "sivep@demo.example")
    assert isinstance(await actions.give_opinion("/suivi", 6, ""), Refusal)
    for rating in (5, 2):
        assert await actions.give_opinion("/suivi", rating, " Clair. ") is None
    async with reading() as db:
        judged, given = queries.judged(db, supervisor), queries.opinions(db, supervisor)
        assert (judged.number, judged.average, [one.rating for one in given]) == (2, 3.5, [2, 5])
        assert queries.judged(db, inspector).number == 0
        assert list(queries.opinions(db, inspector)) == []
    assert isinstance(await actions.read_opinions(inspector), Refusal)
    assert await actions.read_opinions(supervisor) is None
    assert await actions.read_opinions(supervisor) is None
    assert [entry.payload["number"] for entry in await journal("opinion.read")] == [2]
