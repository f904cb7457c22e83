"""A link on another site: followed by somebody who is signed in, it changes nothing (COM-23).

The browser sends the cookie with such a navigation (SameSite=Lax). Every GET route is tried, from the registry.

Seen to fail: `follow` that asks nobody where one comes from; a start of linking without `refuse_cross_site`.
"""

import pytest
from httpx import AsyncClient
from sqlmodel import select

from models.identity.accounts.tables import Session
from models.kernel.settings.portal import settings
from models.signals.notifications.preparation import GO, KEY, key_of
from models.signals.notifications.tables import Notice
from tests.app.http.browser.test_notices import B, account, seq
from tests.app.http.portal import portal, signed_in
from tests.attacks.policies import POLICIES, Policy
from tests.support.databases import reading
from tests.support.notices import rows
from tests.support.writes import written

__all__ = ["portal", "seq"]

ELSEWHERE: dict[str, dict[str, str]] = {
    "cross-site": {"sec-fetch-site": "cross-site"},
    "neighbour": {"sec-fetch-site": "same-site"},
    "without metadata": {"referer": "https://evil.example/"},
    "hidden": {},
}
BOUND = {
    "/rattachement/{co_owner}/retour": "comes from the co-owner, with the state that this session drew",
    "/fichiers/{reference}/copie-certifiee.zip": "seals the journal, which is done every few seconds anyhow",
    "/calendar/{secret}.ics": "notes the hour of a reading, for whoever knows the secret",
}
"""GET routes that change something when they come from elsewhere, and why they may."""
FILLED = {
    "{reference}": "CHEDPP.FR.2026.0000001", "{document_id}": "x", "{message_id}": "x", "{co_owner}": "DGDDI",
    "{service}": "CIEL", "{email}": "importateur@demo.passavant.fr", "{code}": "FRLEH1", "{secret}": "A" * 43, "{page}": "1",
}  # fmt: skip


def _filled(path: str, seq: int) -> str:
    for name, value in {**FILLED, "{seq}": str(seq)}.items():
        path = path.replace(name, value)
    assert "{" not in path, f"tell tests/app/http/server/test_cross_site.py what to ask of {path}"
    return path


@pytest.mark.parametrize("way", ELSEWHERE)
async def test_com_23_a_get_from_another_site_changes_nothing(
    portal: AsyncClient, seq: int, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COM-23: as an operator who represents another company, and as an officer."""
    for name in ("DGDDI_ISSUER", "DGDDI_CLIENT_ID", "DGDDI_CLIENT_SECRET", "DGDDI_SERVICES_URL"):
        monkeypatch.setenv(f"PASSAVANT_{name}", "https://127.0.0.1:9")
    settings.cache_clear()
    asked = [
        path
        for (method, path), policy in sorted(POLICIES.items())
        if method == "GET" and policy not in (Policy.SOCKET, Policy.FILES) and path not in BOUND
    ]
    wrong = {}
    for who in ("transitaire", "importateur", "sivep"):
        headers = await signed_in(who) | ELSEWHERE[way]
        for path in asked:
            with written() as done:
                await portal.get(_filled(path, seq), headers=headers)
            if done:
                wrong[who, path] = done
    # A browser that says nothing at all, over plain HTTP, cannot be told from a program.
    assert {path for _, path in wrong} == ({"/rattachement/{co_owner}"} if way == "hidden" else set())


async def company_of(who: str) -> set[str | None]:
    async with reading() as db:
        mine = select(Session.siren).where(Session.account_id == await account(who))
        return set(db.exec(mine).all())


async def unread(who: str) -> int:
    number = await account(who)
    return sum(one.account_id == number and one.read_at is None for one in await rows(Notice))


@pytest.mark.parametrize("way", ELSEWHERE)
async def test_ppr_03_another_site_does_not_choose_the_company(
    portal: AsyncClient, seq: int, way: str
) -> None:
    """PPR-03: it is asked first, by name; the answer is a form of ours, which another site cannot post."""
    headers = await signed_in("transitaire") | ELSEWHERE[way]
    before = await company_of("transitaire"), await unread("transitaire")
    page = await portal.get(f"{GO}/{seq}", headers=headers)
    assert page.status_code in (200, 303)
    assert (await company_of("transitaire"), await unread("transitaire")) == before
    assert page.status_code == 200
    assert 'method="post"' in page.text
    assert page.headers["referrer-policy"] == "same-origin", "else its form would come from nowhere"
    forged = await portal.post(f"{GO}/{seq}", headers=headers | {"origin": "https://evil.example"})
    assert forged.status_code == 403
    assert await company_of("transitaire") == before[0]
    ours = await portal.post(f"{GO}/{seq}", headers=headers | {"origin": "http://localhost:8000"})
    assert ours.headers["location"] == "/suivi/CHEDPP.FR.2026.0000001"
    assert await company_of("transitaire") == {B}
    assert await unread("transitaire") == before[1] - 1


async def test_ses_30_the_link_of_a_letter_is_ours_wherever_it_is_read(portal: AsyncClient, seq: int) -> None:
    """SES-30: from a mailbox on the web; made for somebody else, or another notice, it is worth nothing."""
    headers = await signed_in("transitaire") | ELSEWHERE["cross-site"]
    number = await account("transitaire")
    for key in ("", "x", "é", key_of(number + 1, seq), key_of(number, seq + 1)):
        page = await portal.get(f"{GO}/{seq}", params={KEY: key}, headers=headers)
        assert page.status_code == 200
    followed = await portal.get(f"{GO}/{seq}", params={KEY: key_of(number, seq)}, headers=headers)
    assert followed.headers["location"] == "/suivi/CHEDPP.FR.2026.0000001"
    assert await company_of("transitaire") == {B}
