"""Which companies a partner's program acts for (SES-04, PPR-10).

Seen to fail: without the check of who asks, anybody of the company gives a mandate; without the end in `_runs`, a
mandate that is over still holds.
"""

from datetime import timedelta

import pytest

from models.identity.accounts.partners import Scope, create_client, revoke_client
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Held, Viewer
from models.identity.people import mandates
from models.identity.people.queries import mandates as programs
from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from tests.factories import NOW, A, B, add_basics, operator
from tests.support.accounts import cheap_passwords, journal
from tests.support.databases import both_databases

__all__ = ["cheap_passwords"]

CLIENT = "planner"


@pytest.fixture
async def ground(database: str) -> None:  # noqa: ARG001
    """Two companies, a program that books, and one that only sends messages."""
    await add_basics()
    await create_client(CLIENT, "Planif’Quai", "s" * 20, [Scope.APPOINTMENTS_READ, Scope.APPOINTMENTS_WRITE])
    await create_client("sender", "Envoi", "s" * 20, [Scope.MESSAGES_WRITE])


def correspondent(siren: str = A) -> Viewer:
    """Who answers for the company."""
    right = ("PASSAVANT", "correspondant")
    held = frozenset({Held("PASSAVANT", *right)})
    return Viewer(1, "session", "Camille", Role.OPERATOR, siren=siren, rights=frozenset({right}), held=held)


async def acts(siren: str = A) -> bool:
    """Whether the program acts for the company now."""
    return await read(lambda db: programs.mandated(db, CLIENT, siren, clock.now()))


@both_databases
@pytest.mark.usefixtures("ground")
async def test_ses_04_a_company_gives_and_ends_a_mandate() -> None:
    """SES-04, PPR-10: for itself alone, at once, and journalled under its SIREN."""
    assert not await acts()
    assert await mandates.give(correspondent(), CLIENT) is None
    assert (await acts(A), await acts(B)) == (True, False)
    assert isinstance(await mandates.give(correspondent(), CLIENT), Refusal), "it runs already"
    assert await mandates.withdraw(correspondent(), CLIENT) is None
    assert not await acts()
    assert isinstance(await mandates.withdraw(correspondent(), CLIENT), Refusal)
    (begun,), (ended,) = await journal("partner.mandated"), await journal("partner.mandate_ended")
    assert (begun.siren, begun.actor, begun.payload) == (A, "account:1", {"client": CLIENT})
    assert (ended.siren, ended.actor, ended.payload) == (A, "account:1", {"client": CLIENT})


@pytest.mark.usefixtures("ground")
async def test_ppr_10_only_those_who_answer_for_the_company() -> None:
    """PPR-10: a colleague gives, ends and sees nothing."""
    colleague = operator(A)
    assert isinstance(await mandates.give(colleague, CLIENT), Refusal)
    await mandates.give(correspondent(), CLIENT)
    assert isinstance(await mandates.withdraw(colleague, CLIENT), Refusal)
    assert await acts()
    assert await read(lambda db: programs.given(db, colleague)) == []
    assert await read(lambda db: programs.choices(db, colleague)) == []


@pytest.mark.usefixtures("ground")
async def test_a_program_is_chosen_among_those_that_book() -> None:
    """SES-04: not one that only sends messages, nor one that was revoked, nor one that nobody knows."""
    await create_client("gone", "Ancien", "s" * 20, [Scope.APPOINTMENTS_READ])
    await revoke_client("gone")
    offered = await read(lambda db: programs.choices(db, correspondent()))
    assert [(one.client_id, one.name) for one in offered] == [(CLIENT, "Planif’Quai")]
    for client in ("sender", "gone", "unknown"):
        assert isinstance(await mandates.give(correspondent(), client), Refusal)
    with clock.fixed(NOW):
        await mandates.give(correspondent(), CLIENT)
        assert await read(lambda db: programs.choices(db, correspondent())) == []
        (shown,) = await read(lambda db: programs.given(db, correspondent()))
    assert (shown.client_id, shown.since) == (CLIENT, NOW)


@pytest.mark.usefixtures("ground")
async def test_a_mandate_holds_between_its_two_dates() -> None:
    """SES-04: neither before, nor from its end on; given again, it runs again."""
    with clock.fixed(NOW):
        await mandates.let(A, CLIENT)
    with clock.fixed(NOW + timedelta(hours=1)):
        await mandates.end(A, CLIENT)
        await mandates.let(A, CLIENT)
        await mandates.end(A, CLIENT)
    for minutes, expected in ((-1, False), (0, True), (59, True), (60, False)):
        at = NOW + timedelta(minutes=minutes)
        assert await read(lambda db, at=at: programs.mandated(db, CLIENT, A, at)) is expected, minutes  # type: ignore[misc]
    assert isinstance(await mandates.let("000000000", CLIENT), Refusal), "a company that is not known"
