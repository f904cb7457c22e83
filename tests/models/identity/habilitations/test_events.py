"""Habilitations as co-owners tell them: each event once, each co-owner for its own (PPR-09, PPR-05).

Seen to fail: the co-owner left out of `_active`, `may_give` that always says yes, a key without its co-owner.
"""

from typing import Any

import pytest

from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Held, Viewer
from models.identity.companies.tables import Company
from models.identity.habilitations.actions import grant, withdraw
from models.identity.habilitations.events import Followed, HabilitationSent, apply_events
from models.identity.habilitations.queries import holder_of
from models.identity.habilitations.tables import HabilitationEvent
from models.kernel.co_owners import CoOwner
from tests.factories import add_basics, count
from tests.support.accounts import EMAIL, A, B, T, cheap_passwords, journal, make_account, make_session
from tests.support.databases import both_databases, reading

__all__ = ["cheap_passwords"]

pytestmark = pytest.mark.usefixtures("database")

HAVRE, MARSEILLE = "91234567500017", "91234567500025"


def event(number: str, action: str = "granted", **said: Any) -> HabilitationSent:
    """Customs says something of télépayer, to Lise Marchand at the company A."""
    usual = {
        "id": number,
        "co_owner": "DGDDI",
        "action": action,
        "email": EMAIL,
        "service": "TELEPAIEMENT_SEPA",
        "right": "telepayer",
        "siren": A,
        "siret": None,
    }
    return HabilitationSent.model_validate(usual | said)


async def _send(*events: HabilitationSent) -> Followed:
    return await apply_events(dict(enumerate(events)), "partner:tests")


async def _viewer(session_id: str) -> Viewer:
    async with reading() as db:
        viewer = viewer_of(session_id, db)
    assert viewer is not None
    return viewer


@both_databases
async def test_ppr_09_an_event_is_applied_once() -> None:
    """PPR-09: given, seen again in the same batch and the next, withdrawn; one entry each, which names nobody."""
    await add_basics()
    number = await make_account()
    session_id = await make_session()
    assert await _send(event("1"), event("1")) == Followed(1, 1, ())
    assert (await _viewer(session_id)).may_for_all("TELEPAIEMENT_SEPA", "telepayer")
    assert await _send(event("2", "withdrawn"), event("1")) == Followed(1, 1, ())
    assert (await _viewer(session_id)).held == frozenset()
    entries = [*await journal("habilitation.granted"), *await journal("habilitation.withdrawn")]
    for entry in entries:
        assert (entry.actor, entry.siren, entry.personal) == ("partner:tests", A, None)
        assert entry.payload == {
            "account_id": number,
            "co_owner": "DGDDI",
            "service": "TELEPAIEMENT_SEPA",
            "right": "telepayer",
            "siret": None,
        }
    assert len(entries) == 2
    assert await count(HabilitationEvent) == (2,)


@both_databases
async def test_ppr_09_a_change_is_a_withdrawal_and_a_grant() -> None:
    """PPR-09: in the order of the list; an address is the same in capitals."""
    await add_basics()
    await make_account()
    session_id = await make_session()
    await _send(event("1", siret=HAVRE))
    changed = event("2", "withdrawn", siret=HAVRE), event("3", siret=MARSEILLE, email=EMAIL.upper())
    assert (await _send(*changed)).applied == 2
    assert {one.siret for one in (await _viewer(session_id)).held} == {MARSEILLE}


@both_databases
async def test_a_withdrawal_is_for_the_company_or_for_one_establishment() -> None:
    """PPR-09, PPR-23: for the SIREN takes those of its SIRETs too; for a SIRET, only that one."""
    await add_basics()
    number = await make_account()
    session_id = await make_session()
    for place in (None, HAVRE, MARSEILLE):
        assert await grant(number, "TELEPAIEMENT_SEPA", "telepayer", A, place)
    assert (await _send(event("1", "withdrawn", siret=HAVRE))).applied == 1
    assert {one.siret for one in (await _viewer(session_id)).held} == {"", MARSEILLE}
    assert await withdraw(number, "TELEPAIEMENT_SEPA", "telepayer", A, MARSEILLE) == 1
    await grant(number, "TELEPAIEMENT_SEPA", "telepayer", A, MARSEILLE)
    assert (await _send(event("2", "withdrawn"))).applied == 1
    assert (await _viewer(session_id)).held == frozenset()


@both_databases
async def test_a_co_owner_changes_only_what_it_gave() -> None:
    """PPR-09: the same service and right of another stay; two co-owners may number their events alike."""
    await add_basics()
    number = await make_account()
    session_id = await make_session()
    payments = {"service": "PAIEMENT", "right": "lire"}
    assert (await _send(event("1", **payments, co_owner="DGFIP"))).applied == 1
    assert (await _send(event("1", **payments, co_owner="URSSAF"))).applied == 1
    assert (await _send(event("2", "withdrawn", **payments, co_owner="URSSAF"))).applied == 1
    assert (await _viewer(session_id)).held == {Held("DGFIP", "PAIEMENT", "lire")}
    assert await withdraw(number, "PAIEMENT", "lire", A) == 0
    assert await withdraw(number, "PAIEMENT", "lire", A, co_owner=CoOwner.DGFIP) == 1


@both_databases
async def test_what_is_refused_costs_no_other_and_may_come_again() -> None:
    """PPR-09, SES-04: nobody at that address, an address not checked, an officer; a service of another co-owner."""
    await add_basics()
    await make_account()
    await make_account("sivep@poste.example", siren=None, role=Role.SIVEP)
    await make_account("squatter@kerdrel.example", verified=False)
    told = await _send(
        event("1", email="nora@kerdrel.example"),
        event("2", email="sivep@poste.example"),
        event("3", email="squatter@kerdrel.example"),
        event("4", co_owner="URSSAF"),
        event("5", co_owner="DGFIP", service="SESAME", right="suivi"),
        event("6"),
    )
    assert (told.applied, told.ignored) == (1, 0)
    assert [(one.index, one.name) for one in told.refused] == [(n, str(n + 1)) for n in range(5)]
    reasons = [one.reason for one in told.refused]
    assert reasons[:3] == ["aucun compte d’opérateur à cette adresse électronique"] * 3
    assert reasons[3:] == ["ce service n’est pas de ce co-propriétaire"] * 2
    await make_account("nora@kerdrel.example")
    assert await _send(event("1", email="nora@kerdrel.example")) == Followed(1, 0, ())


@both_databases
async def test_a_company_not_known_is_added_under_its_number() -> None:
    """PPR-05: the right holds there at once; a withdrawal adds none."""
    await add_basics()
    await make_account()
    session_id = await make_session()
    assert (await _send(event("1", siren=T), event("2", "withdrawn", siren="356000000"))).applied == 2
    (choice,) = [one for one in (await _viewer(session_id)).choices if one.siren == T]
    assert choice.name == "SIREN 987\u00a0654\u00a0324"
    assert [entry.siren for entry in await journal("company.added")] == [T]
    assert await count(Company) == (4,)


@pytest.mark.parametrize("co_owners", [(), (CoOwner.DGFIP,), tuple(CoOwner)])
async def test_a_co_owner_reads_what_it_gave(co_owners: tuple[CoOwner, ...]) -> None:
    """COM-23: neither what others gave, nor what was withdrawn."""
    await add_basics()
    await make_account()
    await make_account("squatter@kerdrel.example", verified=False)
    payments = {"service": "PAIEMENT", "right": "lire"}
    await _send(
        *(event(str(n), **payments, co_owner=one) for n, one in enumerate(CoOwner)),
        event("7", siren=B),
        event("8", "withdrawn", siren=B),
    )
    async with reading() as db:
        holder = holder_of(db, EMAIL.upper(), co_owners)
        assert holder_of(db, "squatter@kerdrel.example", co_owners) is None
    assert holder is not None
    assert (holder.email, holder.siren) == (EMAIL, A)
    assert [one.co_owner for one in holder.habilitations] == list(co_owners)
