"""Where a notice leads, judged on arrival; and unsubscribing without signing in (SES-30, SES-04)."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlmodel import col, select, update

from models.border.consignments.subject import CONSIGNMENT
from models.border.consignments.tables import Consignment
from models.identity.accounts.tables import Account, Session
from models.identity.accounts.tokens import Audience, sign
from models.identity.habilitations.tables import Habilitation
from models.journal.record import record_at_once
from models.kernel import clock
from models.kernel.database import write
from models.kernel.subject import Subject
from models.signals.notifications import derivation
from models.signals.notifications.preparation import UNSUBSCRIBE_LIFE
from models.signals.notifications.tables import Notice, NoticeChoice, NoticeEntry
from tests.app.http.portal import portal, signed_in
from tests.factories import keep, row
from tests.support.databases import reading, transaction
from tests.support.notices import rows

__all__ = ["portal"]

A, B = "912345675", "950120345"
HERE = {"sec-fetch-site": "same-origin"}


async def account(name: str) -> int:
    async with reading() as db:
        mine = select(Account.id).where(Account.email == f"{name}@demo.passavant.fr")
        return db.exec(mine).one() or 0


@pytest.fixture
async def seq(portal: AsyncClient) -> int:  # noqa: ARG001 - after its people
    """The number of a fact about a consignment of B, as it was told."""
    await keep(row(1, siren=B))
    said: dict[str, Any] = {
        "state": "action_required",
        "step": "declaration",
        "owed_by": "operator",
        "action": "pay_duties",
    }
    async with reading() as db:
        number = db.exec(select(Consignment.id)).one()
    whose: dict[str, Any] = {
        "subject": Subject.of(CONSIGNMENT, number or 0),
        "siren": B,
        "post_code": "FRLEH1",
    }
    await write(lambda db: record_at_once(db, "consignment.observed", **whose, **said))
    while await derivation.relay():
        pass
    return max(int(one.seq) for one in await rows(NoticeEntry))


async def test_ppr_03_a_notice_leads_to_its_consignment_in_its_company(portal: AsyncClient, seq: int) -> None:
    """PPR-03: who works for two companies works, there, for the one that it is about."""
    headers = await signed_in("transitaire")
    answer = await portal.get(f"/notifications/aller/{seq}", headers=headers | HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/suivi/CHEDPP.FR.2026.0000001")
    async with reading() as db:
        mine = select(Session.siren).where(Session.account_id == await account("transitaire"))
        assert db.exec(mine).one() in (B, None)


async def test_ses_30_whoever_follows_a_link_has_read_the_notice(portal: AsyncClient, seq: int) -> None:
    """SES-30: from a letter, a phone or the list; and of nobody else, nor after the right was lost."""
    number = await account("transitaire")

    async def unread() -> list[int]:
        return [one.id for one in await rows(Notice) if one.account_id == number and one.read_at is None]

    before = await unread()
    assert before
    await portal.get(f"/notifications/aller/{seq}", headers=await signed_in("concurrent"))
    assert await unread() == before
    await portal.get(f"/notifications/aller/{seq}", headers=await signed_in("transitaire") | HERE)
    assert await unread() == []


@pytest.mark.usefixtures("seq")
@pytest.mark.parametrize("number", ["0", "999999", "x", "9" * 30, "-1"])
async def test_what_was_not_told_leads_to_the_list(portal: AsyncClient, number: str) -> None:
    answer = await portal.get(f"/notifications/aller/{number}", headers=await signed_in("transitaire"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/notifications")


async def test_ses_04_a_right_lost_since_leads_to_the_list(portal: AsyncClient, seq: int) -> None:
    """SES-04: and to a competitor it never led anywhere else."""
    rival = await portal.get(f"/notifications/aller/{seq}", headers=await signed_in("concurrent"))
    assert rival.headers["location"] == "/notifications"
    async with transaction() as db:
        db.execute(update(Habilitation).values(withdrawn_at=clock.now()))
    mine = await portal.get(f"/notifications/aller/{seq}", headers=await signed_in("transitaire"))
    assert mine.headers["location"] == "/notifications"


async def test_who_is_signed_out_signs_in_first(portal: AsyncClient, seq: int) -> None:
    answer = await portal.get(f"/notifications/aller/{seq}")
    assert answer.headers["location"] == f"/connexion?next=%2Fnotifications%2Faller%2F{seq}"


async def test_unsubscribing_is_one_post_and_no_get(portal: AsyncClient) -> None:
    """RFC 8058: opening the page changes nothing; what must be told stays on."""
    number = await account("importateur")
    kinds = ["decision", "action_required", "nothing"]
    token = sign(Audience.NOTICES, UNSUBSCRIBE_LIFE, sub=str(number), kinds=kinds)
    address = f"/notifications/desabonnement?jeton={token}"
    page = await portal.get(address)
    assert (page.status_code, await rows(NoticeChoice)) == (200, [])
    assert 'method="post"' in page.text
    body = {"List-Unsubscribe": "One-Click"}
    done = await portal.post(address, files={name: (None, value) for name, value in body.items()})
    assert done.headers["content-type"].startswith("text/html")
    assert (done.status_code, done.headers["cache-control"]) == (200, "no-store")
    chosen = [(one.account_id, one.kind, one.channel, one.mode) for one in await rows(NoticeChoice)]
    assert chosen == [(number, "decision", "email", "off")]


@pytest.mark.parametrize("token", ["", "x", "session"])
async def test_a_link_that_is_not_ours_does_nothing(portal: AsyncClient, token: str) -> None:
    """Nor does one that was signed for something else."""
    if token == "session":
        token = sign(Audience.SESSION, UNSUBSCRIBE_LIFE, sub="1", kinds=["decision"])
    address = f"/notifications/desabonnement?jeton={token}"
    assert (await portal.get(address)).status_code == 404
    assert (await portal.post(address, data={"a": "b"})).status_code == 404
    assert await rows(NoticeChoice) == []


async def test_nobody_is_unsubscribed_of_what_is_not_named(portal: AsyncClient) -> None:
    """A token whose claims are odd is no token."""
    for claims in ({"sub": "1", "kinds": "decision"}, {"sub": "x", "kinds": []}, {"kinds": ["decision"]}):
        token = sign(Audience.NOTICES, UNSUBSCRIBE_LIFE, **claims)
        answer = await portal.post(f"/notifications/desabonnement?jeton={token}", data={"a": "b"})
        assert answer.status_code == 404
    async with reading() as db:
        assert db.exec(select(col(NoticeChoice.kind))).all() == []
