"""A thief of a password asks for another address: whatever they and the victim do then, the victim keeps the account.

Seen to fail: a change of password that ends only the links that set one; `opened` without the comparison with the
password's date; links that lead back which end with any other, or of which the newest wins.
"""

from datetime import timedelta

import pytest
from httpx import AsyncClient

from models.identity.accounts.links import LIFE, Purpose
from models.identity.accounts.tokens import Audience, sign
from models.kernel import clock
from tests.app.http.conftest import client
from tests.app.http.signing_up import CHOSEN, NEW, flash, is_in, set_password, sign_in
from tests.support.accounts import EMAIL, NOW, RIGHT, account_row, cheap_passwords, journal, make_account
from tests.support.databases import transaction
from tests.support.letters import link_to, posted, token_to

__all__ = ["cheap_passwords", "client"]

DEAD = "Ce lien ne sert plus"
STOLEN = "Voleur-2026-quai!"


async def asked(client: AsyncClient) -> str:
    """The thief signs in and asks for another address; what the letter to that address carries."""
    await make_account()
    await sign_in(client, EMAIL, RIGHT)
    await client.post("/profil/adresse", data={"current": RIGHT, "email": NEW})
    return await token_to(NEW)


async def confirm(client: AsyncClient, token: str) -> str:
    answer = flash(await client.post("/compte/adresse", data={"token": token}))
    return answer.title


async def undo(client: AsyncClient, token: str) -> tuple[str, str]:
    answer = flash(await client.post("/compte/annuler", data={"token": token}))
    return answer.title, answer.email


@pytest.mark.parametrize("way", ["reset", "changed"])
async def test_com_03_a_new_password_ends_a_change_of_address(client: AsyncClient, way: str) -> None:
    """COM-03: as the warning letter says to do, by a link or from the profile."""
    with clock.fixed(NOW):
        token = await asked(client)
        if way == "reset":
            await client.post("/compte/lien", data={"email": EMAIL})
            await set_password(client, await token_to(EMAIL, Purpose.PASSWORD))
        else:
            await client.post("/profil/mot-de-passe", data={"current": RIGHT, "password": CHOSEN})
        assert await confirm(client, token) == DEAD
    assert (await account_row()).email == EMAIL


async def test_com_05_a_link_older_than_the_password_is_refused(client: AsyncClient) -> None:
    """COM-05: by its date, however it is that it was not ended."""
    with clock.fixed(NOW):
        token = await asked(client)
    async with transaction() as db:
        account = db.merge(await account_row())
        account.password_changed_at = NOW + timedelta(seconds=1)
    with clock.fixed(NOW + timedelta(seconds=2)):
        assert await confirm(client, token) == DEAD


async def test_the_victim_cancels_without_signing_in(client: AsyncClient) -> None:
    """COM-03: once; the thief's sessions, link and password are worth nothing from then on."""
    with clock.fixed(NOW):
        token = await asked(client)
        assert await posted(EMAIL) == ["address_asked"]
        cancel = await token_to(EMAIL, Purpose.CANCEL)
        assert await undo(client, cancel) == ("", EMAIL)
        assert await undo(client, cancel) == (DEAD, "")
        assert await confirm(client, token) == DEAD
        thief = await client.post("/profil/mot-de-passe", data={"current": RIGHT, "password": STOLEN})
        assert thief.headers["location"].startswith("/connexion")
        assert not is_in(await sign_in(client, EMAIL, RIGHT))
        await set_password(client, await token_to(EMAIL, Purpose.PASSWORD))
        assert is_in(await sign_in(client, EMAIL, CHOSEN))
    assert await posted(EMAIL) == ["address_asked", "disowned", "password_reset"]
    assert len(await journal("account.disowned")) == 1


async def test_the_victim_takes_back_an_address_that_was_confirmed(client: AsyncClient) -> None:
    """COM-03: whatever the thief does first: another password, a second address, a link back of their own."""
    with clock.fixed(NOW):
        assert await confirm(client, await asked(client)) == ""
        back = await token_to(EMAIL, Purpose.RESTORE)
    with clock.fixed(NOW + timedelta(minutes=1)):
        await sign_in(client, NEW, RIGHT)
        await client.post("/profil/mot-de-passe", data={"current": RIGHT, "password": STOLEN})
        await client.post("/profil/adresse", data={"current": STOLEN, "email": "b@voleur.example"})
        await confirm(client, await token_to("b@voleur.example"))
        own = await token_to(NEW, Purpose.RESTORE)
    with clock.fixed(NOW + timedelta(minutes=2)):
        assert (await undo(client, own))[1] == NEW, "the thief's own address, for a moment"
        assert await undo(client, back) == ("", EMAIL), "the oldest wins"
        assert not is_in(await sign_in(client, NEW, STOLEN))
        await set_password(client, await token_to(EMAIL, Purpose.PASSWORD))
        assert is_in(await sign_in(client, EMAIL, CHOSEN))


async def test_once_taken_back_the_thief_has_no_way_left(client: AsyncClient) -> None:
    """COM-03: links back that were made after the one that was used have ended."""
    with clock.fixed(NOW):
        await confirm(client, await asked(client))
        back = await token_to(EMAIL, Purpose.RESTORE)
    with clock.fixed(NOW + timedelta(minutes=1)):
        await sign_in(client, NEW, RIGHT)
        await client.post("/profil/adresse", data={"current": RIGHT, "email": "b@voleur.example"})
        await confirm(client, await token_to("b@voleur.example"))
        own = await token_to(NEW, Purpose.RESTORE)
        await undo(client, back)
        assert await undo(client, own) == (DEAD, "")
    assert (await account_row()).email == EMAIL


async def test_a_way_back_is_bounded(client: AsyncClient) -> None:
    """COM-03: in time, to the address while it is nobody else's, and it sets no password itself."""
    with clock.fixed(NOW):
        await confirm(client, await asked(client))
        link = await link_to(EMAIL, Purpose.RESTORE)
        longer = sign(Audience.LINK, timedelta(days=30), jti=link.id)
        assert flash(await set_password(client, longer)).title == DEAD
    with clock.fixed(NOW + LIFE[Purpose.RESTORE]):
        assert await undo(client, longer) == (DEAD, "")
    with clock.fixed(NOW + timedelta(days=1)):
        await make_account(EMAIL)
        assert await undo(client, longer) == (DEAD, "")
    assert (await account_row(NEW)).email == NEW


@pytest.mark.parametrize("purpose", [Purpose.PASSWORD, Purpose.ADDRESS, Purpose.VERIFY])
async def test_only_a_link_that_undoes_undoes(client: AsyncClient, purpose: Purpose) -> None:
    """COM-05: a link of another purpose opens nothing here, and stays good where it belongs."""
    with clock.fixed(NOW):
        await asked(client)
        await client.post("/compte/lien", data={"email": EMAIL})
        await client.post(
            "/compte/inscription", data={"name": "Léa", "email": "lea@a.fr", "siren": "912345675"}
        )
        to = {Purpose.PASSWORD: EMAIL, Purpose.ADDRESS: NEW, Purpose.VERIFY: "lea@a.fr"}[purpose]
        assert await undo(client, await token_to(to, purpose)) == (DEAD, "")
        assert (await link_to(to, purpose)).used_at is None
