from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from models.identity.access.queries.viewers import viewer_of, viewers_of
from models.identity.access.sessions import choose_company, revoke_sessions, sign_out
from models.identity.accounts.queries import account_facts
from models.identity.accounts.rules import RefusalKind, Role
from models.identity.accounts.viewer import CompanyChoice, Viewer
from models.identity.habilitations.tables import Habilitation, Posting
from models.kernel import clock
from models.kernel.authorities import Authority
from models.posts.catalogue import ensure_posts
from tests.support.accounts import (
    EMAIL,
    NOW,
    A,
    B,
    C,
    T,
    add_company,
    grant,
    journal,
    make_account,
    make_session,
    mandate,
)
from tests.support.databases import both_databases, reading, transaction

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
async def companies(database: str) -> None:  # noqa: ARG001 - where they go
    for siren, name in ((A, "Kerdrel"), (B, "Horizon"), (C, "Nutri"), (T, "Transit")):
        await add_company(siren, name)


async def _viewer(session_id: str | None) -> Viewer | None:
    async with reading() as db:
        return viewer_of(session_id, db)


async def _seen(session_id: str) -> Viewer:
    viewer = await _viewer(session_id)
    assert viewer is not None
    return viewer


async def test_ppr_02_without_habilitation_one_has_a_company_and_no_right() -> None:
    """PPR-02, PPR-03"""
    await make_account()
    viewer = await _seen(await make_session())
    assert viewer.choices == (CompanyChoice(A, "Kerdrel", represented=False),)
    assert (viewer.siren, viewer.company_name, viewer.rights) == (A, "Kerdrel", frozenset())
    assert (viewer.initials, viewer.is_officer, viewer.authority) == ("LM", False, Authority.OPERATOR)


@both_databases
async def test_ses_04_a_representative_chooses_among_those_who_mandate_it() -> None:
    """SES-04, PPR-03: with the rights held at its own company, and no others."""
    number = await make_account(siren=T)
    await grant(number, T)
    await grant(number, T, "TELEPAIEMENT_SEPA", "telepayer")
    await mandate(B, T)
    await mandate(A, T)
    await mandate(C, B)
    session_id = await make_session()
    assert [(c.siren, c.represented) for c in (await _seen(session_id)).choices] == [
        (T, False),
        (B, True),
        (A, True),
    ]
    assert await choose_company(session_id, A) is None
    viewer = await _seen(session_id)
    assert (viewer.siren, viewer.company_name) == (A, "Kerdrel")
    assert viewer.may("SESAME", "suivi")
    assert not viewer.may("TELEPAIEMENT_SEPA", "telepayer")


async def test_ses_04_a_mandate_lends_nothing_at_a_company_that_did_not_give_it() -> None:
    """SES-04: the rights held at the representative do not come home."""
    number = await make_account(siren=A)
    await grant(number, T)
    await mandate(B, T)
    session_id = await make_session()
    assert (await _seen(session_id)).rights == frozenset()
    assert await choose_company(session_id, B) is None
    assert (await _seen(session_id)).may("SESAME", "suivi")


async def test_ses_04_a_mandate_shows_nothing_to_whom_does_not_follow() -> None:
    """SES-04: the colleague without SESAME habilitation does not see the clients."""
    number = await make_account(siren=T)
    await grant(number, T, "TELEPAIEMENT_SEPA", "telepayer")
    await mandate(A, T)
    assert [c.siren for c in (await _seen(await make_session())).choices] == [T]


async def test_ses_04_an_ended_mandate_closes_at_once() -> None:
    """SES-04"""
    number = await make_account(siren=T)
    await grant(number, T)
    await mandate(A, T, ends_at=NOW + timedelta(hours=1))
    with clock.fixed(NOW):
        session_id = await make_session()
        assert await choose_company(session_id, A) is None
        assert (await _seen(session_id)).siren == A
    with clock.fixed(NOW + timedelta(hours=1)):
        assert (await _seen(session_id)).siren == T
    with clock.fixed(NOW - timedelta(seconds=1)):
        assert (await _seen(session_id)).siren == T


async def test_ppr_03_the_company_chosen_falls_back_when_the_habilitation_goes() -> None:
    """PPR-03"""
    number = await make_account()
    await grant(number, A)
    granted = await grant(number, C, right="rendez-vous")
    session_id = await make_session()
    assert await choose_company(session_id, C) is None
    assert (await _seen(session_id)).rights == {("SESAME", "rendez-vous")}
    async with transaction() as db:
        db.get_one(Habilitation, granted).withdrawn_at = NOW
    viewer = await _seen(session_id)
    assert (viewer.siren, viewer.rights) == (A, frozenset({("SESAME", "suivi")}))


@pytest.mark.parametrize("siren", [B, "", "000000000", "' OR 1=1"])
async def test_ppr_03_nobody_chooses_the_company_of_another(siren: str) -> None:
    """PPR-03"""
    number = await make_account()
    await grant(number, A)
    session_id = await make_session()
    refused = await choose_company(session_id, siren)
    assert refused is not None
    assert refused.kind is RefusalKind.COMPANY
    assert (await _seen(session_id)).siren == A
    assert await journal("session.company_chosen") == []


async def test_a_session_ends_by_time_by_its_holder_or_by_revocation() -> None:
    number = await make_account()
    with clock.fixed(NOW):
        first, second, third = [await make_session() for _ in range(3)]
        await sign_out(first)
        await sign_out(first)
        assert await _viewer(first) is None
        assert await _viewer(second) is not None
    with clock.fixed(NOW + timedelta(hours=12)):
        assert await _viewer(second) is None
    with clock.fixed(NOW):
        assert await revoke_sessions(number) == 2
        assert await revoke_sessions(number) == 0
        assert await _viewer(second) is None
        assert await choose_company(third, A) is not None
    reasons = [entry.payload["reason"] for entry in await journal("session.ended")]
    assert reasons == ["signed_out", "revoked"]


@pytest.mark.parametrize("session_id", [None, "", "nothing"])
async def test_nobody_stands_behind_an_unknown_session(session_id: str | None) -> None:
    assert await _viewer(session_id) is None


async def test_ses_05_an_officer_has_posts_and_no_company() -> None:
    """SES-05: not even with a habilitation left from another life."""
    number = await make_account(role=Role.SIVEP, siren=None)
    await grant(number, A)
    async with transaction() as db:
        ensure_posts(db)
        db.flush()
        ended = NOW - timedelta(days=1)
        db.add(Posting(account_id=number, post_code="FRDKK1", starts_at=ended, ends_at=NOW))
        db.add(Posting(account_id=number, post_code="FRLEH1", starts_at=ended))
        db.add(Posting(account_id=number, post_code="FRCDG4", starts_at=NOW + timedelta(days=1)))
    with clock.fixed(NOW):
        viewer = await _seen(await make_session())
    assert (viewer.posts, viewer.post_names) == (("FRLEH1",), ("Le Havre",))
    assert (viewer.siren, viewer.choices, viewer.rights) == (None, (), frozenset())
    assert (viewer.is_officer, viewer.authority) == (True, Authority.SIVEP)


async def test_many_viewers_cost_as_many_queries_as_one() -> None:
    """Live updates find everybody in three queries at most."""
    number = await make_account(siren=T)
    await grant(number, T)
    await mandate(A, T)
    await make_account("second@kerdrel.example", B)
    ids = [await make_session() for _ in range(3)] + [await make_session("second@kerdrel.example")]
    statements: list[str] = []

    def count(*args: object) -> None:
        if args[2] != "BEGIN":
            statements.append(str(args[2]))

    event.listen(Engine, "before_cursor_execute", count)
    async with reading() as db:
        found = viewers_of([*ids, "unknown"], db)
    many = len(statements)
    async with reading() as db:
        one = viewer_of(ids[0], db)
    assert (many, len(statements)) == (2, 4)
    assert set(found) == set(ids)
    assert found[ids[0]] == one
    assert found[ids[3]].siren == B
    async with reading() as db:
        assert viewers_of([], db) == {}


async def test_com_04_the_holder_reads_what_is_recorded() -> None:
    """COM-04"""
    await make_account()
    with clock.fixed(NOW + timedelta(hours=1)):
        viewer = await _seen(await make_session())
    async with reading() as db:
        facts = account_facts(viewer, db)
    assert (facts.email, facts.created_at, facts.password_changed_at) == (EMAIL, NOW, NOW)
    assert facts.last_sign_in_at == NOW + timedelta(hours=1)
    assert (facts.failed_attempts, facts.last_failed_at, facts.locked_until) == (0, None, None)
