"""Linking and unlinking, on both engines (PPR-04, PPR-05)."""

import asyncio

import pytest
from sqlmodel import select

from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.viewer import Held, Viewer
from models.identity.companies.tables import Company
from models.identity.habilitations.links import link, unlink
from models.identity.habilitations.queries import own_habilitations, own_links
from models.identity.habilitations.rules import Named
from models.kernel.co_owners import CoOwner
from models.kernel.french import grouped
from models.kernel.refusal import Refusal
from tests.support.accounts import A, B, cheap_passwords, grant, journal, make_account, make_session
from tests.support.databases import both_databases, reading

__all__ = ["cheap_passwords"]
pytestmark = both_databases

CIEL, DOMINO = Named("CIEL", "declarer", A), Named("DOMINO", "declarer", B)


async def _viewer(session_id: str) -> Viewer:
    async with reading() as db:
        found = viewer_of(session_id, db)
    assert found is not None
    return found


async def _someone(email: str = "lise@kerdrel.example") -> Viewer:
    await make_account(email)
    return await _viewer(await make_session(email))


async def _links(viewer: Viewer) -> dict[str, str]:
    async with reading() as db:
        return {name: row.subject for name, row in own_links(db, viewer).items()}


async def test_linking_gives_what_is_named_and_withdraws_what_is_not(database: str) -> None:
    """PPR-05: of this co-owner alone; a company that nobody knew is added under its number."""
    assert database
    viewer = await _someone()
    await grant(viewer.account_id, A, "DELTA_G", "declarer")
    assert await link(viewer, CoOwner.DGDDI, "s1", {CIEL, DOMINO}) is None
    assert await link(viewer, CoOwner.URSSAF, "s1", {Named("PAIEMENT", "telepayer", A)}) is None
    after = await _viewer(viewer.session_id)
    assert after.held == {
        Held("DGDDI", "CIEL", "declarer"),
        Held("URSSAF", "PAIEMENT", "telepayer"),
    }
    assert [choice.siren for choice in after.choices] == [A, B]
    async with reading() as db:
        added = db.get(Company, B)
        shown = own_habilitations(db, viewer)
    assert added is not None
    assert added.name == f"SIREN {grouped(B)}"
    assert [(one.co_owner, one.siren, one.service) for one in shown] == [
        ("DGDDI", A, "CIEL"),
        ("DGDDI", B, "DOMINO"),
        ("URSSAF", A, "PAIEMENT"),
    ]
    (withdrawn,) = await journal("habilitation.withdrawn")
    assert (withdrawn.siren, withdrawn.payload["service"]) == (A, "DELTA_G")
    assert len(await journal("habilitation.granted")) == 3


async def test_what_was_held_already_is_not_given_again(database: str) -> None:
    """PPR-05: no entry for what does not change."""
    assert database
    viewer = await _someone()
    await grant(viewer.account_id, A, "CIEL", "declarer")
    await link(viewer, CoOwner.DGDDI, "s1", {CIEL})
    assert (await journal("habilitation.granted"), await journal("habilitation.withdrawn")) == ([], [])


async def test_unlinking_gives_back_what_that_co_owner_gave(database: str) -> None:
    """PPR-05: and it can be linked again, with another account."""
    assert database
    viewer = await _someone()
    await link(viewer, CoOwner.DGDDI, "s1", {CIEL})
    await link(viewer, CoOwner.URSSAF, "s1", {Named("PAIEMENT", "telepayer", A)})
    assert await unlink(viewer, CoOwner.DGDDI)
    assert not await unlink(viewer, CoOwner.DGDDI)
    assert (await _viewer(viewer.session_id)).held == {Held("URSSAF", "PAIEMENT", "telepayer")}
    assert await link(viewer, CoOwner.DGDDI, "s2", {CIEL}) is None
    assert await _links(viewer) == {"DGDDI": "s2", "URSSAF": "s1"}


async def test_at_once_only_one_gets_it(database: str) -> None:
    """PPR-04: two people bring the same account there, and one person brings two."""
    assert database
    one, other = await _someone(), await _someone("hugo@kerdrel.example")
    outcomes = await asyncio.gather(
        *(link(who, CoOwner.DGDDI, subject, {CIEL}) for who in (one, other) for subject in ("s1", "s1"))
    )
    assert [outcome is None for outcome in outcomes].count(True) == 1
    assert all(isinstance(outcome, Refusal) for outcome in outcomes if outcome is not None)
    assert len(await journal("account.linked")) == 1


async def test_nothing_personal_goes_to_the_journal(database: str) -> None:
    """PPR-07: the identifier there is nobody else's business."""
    assert database
    viewer = await _someone()
    await link(viewer, CoOwner.DGDDI, "subject-there", {CIEL})
    entries = [*await journal("account.linked"), *await journal("habilitation.granted")]
    assert "subject-there" not in repr([entry.payload for entry in entries])
    async with reading() as db:
        assert len(db.exec(select(Company)).all()) == 1


@pytest.mark.usefixtures("database")
async def test_ppr_10_a_co_owner_opens_its_own_services_only() -> None:
    """PPR-05, PPR-10: neither customs' from elsewhere, nor the portal's own role. Fails without may_give()."""
    viewer = await _someone()
    foreign = {Named("SESAME", "suivi", A), Named("PASSAVANT", "correspondant", A)}
    await link(viewer, CoOwner.URSSAF, "s1", {*foreign, Named("PAIEMENT", "telepayer", A)})
    await link(viewer, CoOwner.DGDDI, "s1", {Named("PASSAVANT", "correspondant", A)})
    async with reading() as db:
        assert [one.service for one in own_habilitations(db, viewer)] == ["PAIEMENT"]
