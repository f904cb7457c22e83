"""Password and address changed from one's own profile, over HTTP, and what a stolen session would try."""

import pytest
from httpx import AsyncClient

from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.links import Purpose
from models.kernel import clock
from tests.app.http.signing_up import CHOSEN, NEW, OTHER, flash, is_in, set_password, sign_in
from tests.support.accounts import (
    EMAIL,
    NOW,
    RIGHT,
    WRONG,
    account_row,
    journal,
    make_account,
    make_session,
)
from tests.support.databases import reading
from tests.support.letters import posted, token_to


async def test_one_changes_ones_password_with_the_present_one(client: AsyncClient) -> None:
    """COM-01, COM-02: other sessions end, this one stays."""
    await make_account()
    with clock.fixed(NOW):
        other = await make_session()
        await sign_in(client, EMAIL, RIGHT)
        form = {"current": WRONG, "password": CHOSEN}
        assert flash(await client.post("/profil/mot-de-passe", data=form)).kind == "profile_password"
        assert (await account_row()).last_failed_at == NOW
        done = await client.post("/profil/mot-de-passe", data={**form, "current": RIGHT})
        assert flash(done).kind == "profile_done"
        still = await client.post("/profil/mot-de-passe", data={"current": CHOSEN, "password": "court"})
        assert flash(still).kind == "profile_password", "this session still runs"
        async with reading() as db:
            assert viewer_of(other, db) is None
    assert [one.payload["reason"] for one in await journal("session.ended")] == ["password_changed"]
    assert await posted(EMAIL) == ["password_changed"]


async def test_a_stolen_session_gets_five_tries_at_the_password(client: AsyncClient) -> None:
    """COM-02: the 4th warns; with the 5th the session ends, and the holder signs in as before."""
    await make_account()
    with clock.fixed(NOW):
        await sign_in(client, EMAIL, RIGHT)
        form = {"current": WRONG, "password": CHOSEN}
        answers = [await client.post("/profil/mot-de-passe", data=form) for _ in range(5)]
        assert [flash(one).title for one in answers[3:]] == [
            "Encore un essai avant la fermeture",
            "Session fermée",
        ]
        assert answers[4].headers["location"] == "/connexion?next=%2Fprofil"
        right = await client.post("/profil/mot-de-passe", data={**form, "current": RIGHT})
        assert right.headers["location"].startswith("/connexion")
        assert is_in(await sign_in(client, EMAIL, RIGHT))
    assert [one.payload["reason"] for one in await journal("session.ended")] == ["wrong_passwords"]


async def test_com_02_a_lock_stops_the_sign_in_alone(client: AsyncClient) -> None:
    """COM-02: a stranger who locks the account does not keep its holder, signed in, from another password."""
    await make_account()
    with clock.fixed(NOW):
        await sign_in(client, EMAIL, RIGHT)
        async with AsyncClient(transport=client._transport, base_url=client.base_url) as stranger:
            for _ in range(5):
                await sign_in(stranger, EMAIL, WRONG)
            assert not is_in(await sign_in(stranger, EMAIL, RIGHT))
        form = {"current": RIGHT, "password": CHOSEN}
        assert flash(await client.post("/profil/mot-de-passe", data=form)).kind == "profile_done"


async def test_com_03_a_new_address_is_checked_by_a_link(client: AsyncClient) -> None:
    """COM-03: and the old one is told, twice."""
    await make_account()
    with clock.fixed(NOW):
        await sign_in(client, EMAIL, RIGHT)
        asked = await client.post("/profil/adresse", data={"current": RIGHT, "email": NEW})
        assert flash(asked).kind == "profile_done"
        assert (await account_row()).email == EMAIL
        done = await client.post("/compte/adresse", data={"token": await token_to(NEW)})
        assert (flash(done).title, flash(done).email) == ("", NEW)
        assert is_in(await sign_in(client, NEW, RIGHT))
        assert not is_in(await sign_in(client, EMAIL, RIGHT))
    assert await posted(EMAIL) == ["address_asked", "address_changed"]
    assert await posted(NEW) == ["confirm_address"]
    assert "@" not in str([one.payload for one in await journal("account.email_changed")])


async def test_ppr_01_an_address_taken_is_not_given_and_not_told(client: AsyncClient) -> None:
    """PPR-01: asked for, or taken between the letter and the link."""
    await make_account()
    await make_account(OTHER)
    with clock.fixed(NOW):
        await sign_in(client, EMAIL, RIGHT)
        taken = await client.post("/profil/adresse", data={"current": RIGHT, "email": OTHER})
        free = await client.post("/profil/adresse", data={"current": RIGHT, "email": NEW})
        assert flash(taken).title == flash(free).title
        assert await posted(OTHER) == ["address_taken"]
        await make_account(NEW)
        late = await client.post("/compte/adresse", data={"token": await token_to(NEW)})
        assert flash(late).title == "Ce lien ne sert plus"
    assert (await account_row()).email == EMAIL


async def test_a_password_link_dies_with_the_address_it_was_sent_to(client: AsyncClient) -> None:
    """COM-05: whoever reads the old mailbox gets nothing more."""
    await make_account()
    with clock.fixed(NOW):
        await sign_in(client, EMAIL, RIGHT)
        await client.post("/profil/adresse", data={"current": RIGHT, "email": NEW})
        await client.post("/compte/lien", data={"email": EMAIL})
        old = await token_to(EMAIL, Purpose.PASSWORD)
        await client.post("/compte/adresse", data={"token": await token_to(NEW)})
        assert flash(await set_password(client, old)).title == "Ce lien ne sert plus"


@pytest.mark.parametrize("path", ["/profil/mot-de-passe", "/profil/adresse", "/cgu/acceptation"])
async def test_forms_of_ones_account_need_a_session(client: AsyncClient, path: str) -> None:
    answer = await client.post(path, data={"current": RIGHT, "email": NEW, "password": CHOSEN})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/connexion")
    assert await posted(NEW) == []
