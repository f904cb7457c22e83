"""/fichiers: files sent and taken over HTTP, by people and by programs (CTX-05, CTX-06, SES-53).

Seen to fail: without the check of another site's page, without the owner of each piece, and with `inline` for a file.
"""

from hashlib import sha256

import pytest
from httpx import AsyncClient

from app.tasks.examine_attachments import examine_once, keep_once
from demo.commands.accounts import DEMO_CLIENT
from models.casework.attachments import storage
from models.casework.attachments.rules import PIECE
from models.casework.attachments.storage import StorageAway
from models.casework.attachments.vocabulary import State
from models.identity.companies.tables import PartnerMandate
from models.kernel import clock
from tests.app.http.attachments.sending import OURS, append, begin, headers, send, sent
from tests.app.http.portal import bearer, portal, signed_in
from tests.factories import A, C
from tests.support.accounts import cheap_passwords
from tests.support.attaching import CLOSED, dossiers, pdf, rows
from tests.support.databases import transaction

__all__ = ["cheap_passwords", "dossiers", "portal", "sent"]
pytestmark = pytest.mark.usefixtures("dossiers")


async def test_ctx_06_sent_in_pieces_then_had_by_those_who_see_its_subject(portal: AsyncClient) -> None:
    """CTX-05, CTX-06: byte for byte, to be saved and never shown; in check before."""
    content, who = pdf("gros", padding=900_000), await headers("importateur")
    first_end = 500_000
    begun = await begin(portal, who, content, sha256=sha256(content).hexdigest(), type="application/pdf")
    address = begun.headers["location"]
    assert begun.json() == {
        "id": address.rpartition("/")[2],
        "name": "facture.pdf",
        "offset": 0,
        "piece_bytes": PIECE,
    }
    first = await append(portal, who, address, 0, content[:first_end])
    assert (first.status_code, first.headers["upload-offset"]) == (204, str(first_end))
    asked = await portal.head(address, headers=who)
    assert (asked.status_code, asked.headers["upload-offset"]) == (200, str(first_end))
    assert asked.headers["upload-length"] == str(len(content))
    again = await append(portal, who, address, 0, content[:first_end])
    assert (again.status_code, again.json()["offset"]) == (409, first_end)
    last = await append(portal, who, address, first_end, content[first_end:])
    assert (last.status_code, last.headers["upload-state"]) == (204, State.QUARANTINED)
    assert (await portal.get(address, headers=who)).status_code == 409
    await examine_once()
    assert (await portal.get(address, headers=who)).content == content
    had = await portal.get(address, headers=await headers("douane"))
    assert (had.status_code, had.content) == (200, content)
    expected = {
        "content-type": "application/pdf",
        "content-disposition": "attachment; filename*=UTF-8''facture.pdf",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    }
    assert had.headers.items() >= expected.items()


async def test_the_picture_of_a_page_is_ours(portal: AsyncClient, sent: str) -> None:
    """CTX-06: shown in the page, as an image that we made; no page beyond the last."""
    who = await headers("douane")
    shown = await portal.get(f"{sent}/pages/1", headers=who)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert shown.content[8:12] == b"WEBP"
    for page in ("0", "2", "-1", "1e9", "9999", "x"):
        assert (await portal.get(f"{sent}/pages/{page}", headers=who)).status_code == 404


@pytest.mark.parametrize("who", ["concurrent", "sivep", None])
async def test_ses_04_a_file_does_not_exist_for_others(
    portal: AsyncClient, sent: str, who: str | None
) -> None:
    """SES-04: neither the file, nor its pages, nor its upload; 401 for who is nobody."""
    asking = await headers(who) if who else OURS
    expected = 404 if who else 401
    never = f"/fichiers/{'0' * 32}"
    for address in (sent, never):
        told = [
            await portal.get(address, headers=asking),
            await portal.get(f"{address}/pages/1", headers=asking),
            await portal.head(address, headers=asking),
            await append(portal, asking, address, 0, b"x"),
            await portal.delete(address, headers=asking),
        ]
        assert [one.status_code for one in told] == [expected] * len(told)
    assert (await begin(portal, asking, pdf())).status_code == expected


async def test_only_who_sends_a_file_brings_its_pieces_and_takes_it_back(
    portal: AsyncClient, sent: str
) -> None:
    """CTX-06: an officer who sees it has no hand in it."""
    officer = await headers("douane")
    assert (await portal.head(sent, headers=officer)).status_code == 404
    assert (await portal.delete(sent, headers=officer)).status_code == 404
    assert (await portal.delete(sent, headers=await headers("importateur"))).status_code == 204
    assert (await portal.get(sent, headers=officer)).status_code == 404
    assert (await portal.get(sent, headers=await headers("importateur"))).status_code == 410


async def test_another_site_sends_nothing(portal: AsyncClient, sent: str) -> None:
    """SES-53"""
    foreign = await signed_in("importateur") | {"origin": "https://evil.example"}
    assert (await begin(portal, foreign, pdf())).status_code == 403
    assert (await append(portal, foreign, sent, 0, b"x")).status_code == 403
    assert (await portal.delete(sent, headers=foreign)).status_code == 403


async def test_a_program_sends_for_a_company_that_mandated_it(portal: AsyncClient) -> None:
    """SES-04, CTX-05: with the scope of the subject; for no other company, and not without the scope."""
    program = bearer("consignments:read")
    assert (await begin(portal, bearer("messages:write"), pdf())).status_code == 404
    async with transaction() as db:
        for mandate in db.query(PartnerMandate).all():
            if mandate.siren == C:
                db.delete(mandate)
    assert (await begin(portal, program, pdf(), subject=f"dossier:{C}")).status_code == 404
    answer = await send(portal, program, pdf("programme"))
    assert answer.status_code == 204
    await examine_once()
    (row,) = await rows()
    assert (row.client_id, row.account_id, row.side) == (DEMO_CLIENT, None, "company")
    assert (await portal.get(answer.headers["location"], headers=program)).content == pdf("programme")
    assert (
        await portal.get(answer.headers["location"], headers={"authorization": "Bearer x"})
    ).status_code == 401


async def test_a_dossier_that_is_closed_says_so(portal: AsyncClient) -> None:
    """CTX-15: and its files cannot be taken back any more."""
    answer = await begin(portal, await headers("importateur"), pdf(), subject=f"dossier:{A}-closed")
    assert (answer.status_code, answer.json()["detail"]) == (403, CLOSED.reason)


async def test_the_tasks_outlive_what_fails(portal: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A storage that is away ends a round, not the task."""
    answer = await send(portal, await headers("importateur"), pdf())

    def away(*_: object) -> None:
        raise StorageAway

    with monkeypatch.context() as patch:
        patch.setattr(storage, "stream", away)
        patch.setattr(storage, "listed", away)
        await examine_once()
        await keep_once(answer.headers["location"].rpartition("/")[2][:2])
    (row,) = await rows()
    assert row.state == State.QUARANTINED
    with clock.fixed(row.look_at or clock.now()):
        await examine_once()
    assert (await rows())[0].state == State.UNSCANNED
