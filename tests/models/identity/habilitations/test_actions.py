"""Rights given and taken back: one transaction, one entry, on both engines (SES-04, SES-05, PPR-09)."""

from datetime import timedelta

import pytest

from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.rules import Role
from models.identity.companies.actions import UnknownCompany, end_mandate, give_mandate
from models.identity.habilitations.actions import (
    UnknownHolder,
    end_posting,
    grant,
    post,
    withdraw,
    withdraw_all,
)
from models.kernel import clock
from tests.factories import add_basics
from tests.support.accounts import (
    A,
    B,
    cheap_passwords,
    journal,
    make_account,
    make_session,
)  # fmt: skip
from tests.support.databases import both_databases, reading

__all__ = ["cheap_passwords"]

pytestmark = pytest.mark.usefixtures("database")


@both_databases
async def test_ppr_09_a_right_is_given_once_and_taken_back_once() -> None:
    """PPR-09: said twice, it holds once and is journalled once; the viewer follows at once."""
    await add_basics()
    number = await make_account()
    session_id = await make_session()
    right = (number, "SESAME", "suivi", A)
    assert [await grant(*right), await grant(*right)] == [True, False]
    async with reading() as db:
        viewer = viewer_of(session_id, db)
    assert viewer is not None
    assert viewer.may("SESAME", "suivi")
    assert [await withdraw(*right), await withdraw(*right)] == [1, 0]
    async with reading() as db:
        viewer = viewer_of(session_id, db)
    assert viewer is not None
    assert not viewer.may("SESAME", "suivi")
    for kind in ("habilitation.granted", "habilitation.withdrawn"):
        (entry,) = await journal(kind)
        assert (entry.siren, entry.payload["account_id"], entry.payload["right"]) == (A, number, "suivi")


async def test_all_rights_at_once() -> None:
    """PPR-09: one entry for each company that is left."""
    await add_basics()
    number = await make_account()
    for siren in (A, B):
        await grant(number, "SESAME", "suivi", siren)
    assert [await withdraw_all(number), await withdraw_all(number)] == [2, 0]
    assert [entry.siren for entry in await journal("habilitation.withdrawn")] == sorted([A, B])


@both_databases
async def test_ses_05_an_officer_comes_and_goes() -> None:
    """SES-05"""
    await add_basics()
    number = await make_account(role=Role.SIVEP, siren=None)
    assert [await post(number, "FRLEH1"), await post(number, "FRLEH1")] == [True, False]
    assert [await end_posting(number, "FRLEH1"), await end_posting(number, "FRLEH1")] == [1, 0]
    assert [entry.post_code for entry in await journal("officer.posting_ended")] == ["FRLEH1"]


@both_databases
async def test_ses_04_a_mandate_is_given_and_ends() -> None:
    """SES-04: between two companies, once; one that ends later counts as running."""
    await add_basics()
    later = clock.now() + timedelta(days=1)
    assert [await give_mandate(A, B, later), await give_mandate(A, B)] == [True, False]
    assert [await end_mandate(B, A), await end_mandate(A, B), await end_mandate(A, B)] == [0, 1, 0]
    (entry,) = await journal("mandate.ended")
    assert (entry.siren, entry.payload) == (A, {"representative": B})


async def test_nobody_and_nothing_get_no_right() -> None:
    """SES-04: unknown accounts, companies and posts; a company does not mandate itself."""
    await add_basics()
    number = await make_account()
    for attempt in (
        grant(999, "SESAME", "suivi", A),
        grant(number, "S", "s", "000000000"),
        post(number, "XX"),
    ):
        with pytest.raises(UnknownHolder):
            await attempt
    with pytest.raises(UnknownCompany):
        await give_mandate(A, "000000000")
    with pytest.raises(ValueError, match="itself"):
        await give_mandate(A, A)
