"""Signing up, links and passwords over HTTP, and what an attacker would try against them.

Seen to fail: a link that `opened` does not check for its purpose or its use; a `sign_up` that answers otherwise for
a known address; windows that are not entered.
"""

from datetime import timedelta

import pytest
from httpx import AsyncClient
from sqlmodel import select

from models.identity.accounts.links import Purpose
from models.identity.accounts.tables import Account
from models.identity.accounts.tokens import Audience, sign
from models.identity.letters.limits import HOUR
from models.kernel import clock
from tests.app.http.signing_up import CHOSEN, FORM, NEW, OTHER, PATHS, flash, is_in, set_password, sign_in
from tests.support.accounts import (
    EMAIL,
    NOW,
    RIGHT,
    WRONG,
    A,
    account_row,
    add_company,
    journal,
    make_account,
    make_session,
)
from tests.support.databases import reading, transaction
from tests.support.letters import link_to, posted, token_to


async def test_com_03_an_account_opens_with_its_link_and_not_before(client: AsyncClient) -> None:
    """COM-03, COM-05, PPR-02: no proof is asked; nothing opens until the address has answered."""
    with clock.fixed(NOW):
        asked = await client.post("/compte/inscription", data=FORM)
        assert (asked.status_code, asked.headers["location"]) == (303, "/inscription")
        assert flash(asked).email == NEW
        account = await account_row(NEW)
        assert (account.password_hash, account.email_verified_at, account.siren) == ("", None, A)
        for password in ("", CHOSEN):
            assert not is_in(await sign_in(client, NEW, password))
        done = await set_password(client, await token_to(NEW))
        assert done.headers["location"] == "/connexion"
        assert (flash(done).kind, flash(done).email) == ("done", NEW)
        assert is_in(await sign_in(client, NEW, CHOSEN))
    assert await posted(NEW) == ["verify_address"]
    assert len(await journal("account.email_verified")) == 1
    assert (await account_row(NEW)).email_verified_at == NOW


async def test_ppr_01_what_is_pasted_unseen_is_left_out(client: AsyncClient) -> None:
    """PPR-01, PPR-02: spaces of no width come with what is copied from a letter or a table."""
    pasted = {
        "name": "\u200bMaëlle Kerdrel\ufeff",
        "email": f"\u2060{NEW}\u200b",
        "siren": "912\u200b345\u00ad675\u200e",
    }
    asked = await client.post("/compte/inscription", data=pasted)
    assert flash(asked).email == NEW
    account = await account_row(NEW)
    assert (account.name, account.siren) == ("Maëlle Kerdrel", A)


async def test_com_05_a_link_serves_once(client: AsyncClient) -> None:
    """COM-05: replayed, it changes nothing; and no other link of the account sets a password any more."""
    await make_account()
    with clock.fixed(NOW):
        await client.post("/compte/lien", data={"email": EMAIL})
        first = await token_to(EMAIL)
    with clock.fixed(NOW + timedelta(minutes=1)):
        await client.post("/compte/lien", data={"email": EMAIL})
        second = await token_to(EMAIL)
        assert first != second
        assert (await set_password(client, first)).headers["location"] == "/connexion"
        for token in (first, second):
            again = await set_password(client, token, "Another-2026!")
            assert again.headers["location"] == "/mot-de-passe/nouveau"
            assert flash(again).title == "Ce lien ne sert plus"
        assert is_in(await sign_in(client, EMAIL, CHOSEN))


async def test_com_05_a_link_holds_thirty_minutes(client: AsyncClient) -> None:
    """COM-05: to the second; from its row too, whatever its signature says."""
    await make_account()
    with clock.fixed(NOW):
        await client.post("/compte/lien", data={"email": EMAIL})
        token = await token_to(EMAIL)
        longer = sign(Audience.LINK, timedelta(days=1), jti=(await link_to(EMAIL)).id)
    with clock.fixed(NOW + timedelta(minutes=30)):
        for late in (token, longer):
            assert flash(await set_password(client, late)).kind == "new_password"
    with clock.fixed(NOW + timedelta(minutes=29, seconds=59)):
        assert (await set_password(client, token)).headers["location"] == "/connexion"


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.LINK])
async def test_a_token_made_for_something_else_is_no_link(client: AsyncClient, audience: Audience) -> None:
    await make_account()
    with clock.fixed(NOW):
        await client.post("/compte/lien", data={"email": EMAIL})
        wrong = sign(audience, timedelta(minutes=5), jti=(await link_to(EMAIL)).id)
        for token in (wrong, "", "x.y.z", (await token_to(EMAIL))[:-2]):
            assert flash(await set_password(client, token)).title == "Ce lien ne sert plus"


async def test_a_link_of_another_purpose_does_nothing(client: AsyncClient) -> None:
    """COM-05: one that confirms an address sets no password, and the reverse."""
    await make_account()
    with clock.fixed(NOW):
        await sign_in(client, EMAIL, RIGHT)
        await client.post("/profil/adresse", data={"current": RIGHT, "email": NEW})
        await client.post("/compte/lien", data={"email": EMAIL})
        address, password = await token_to(NEW), await token_to(EMAIL, Purpose.PASSWORD)
        assert flash(await set_password(client, address)).title == "Ce lien ne sert plus"
        crossed = await client.post("/compte/adresse", data={"token": password})
        assert flash(crossed).title == "Ce lien ne sert plus"
    assert (await account_row()).email == EMAIL


async def test_a_link_changes_nothing_but_its_own_account(client: AsyncClient) -> None:
    """SES-04: another's session with one's own link: the link's account changes, not the session's."""
    await make_account()
    await make_account(OTHER)
    before = (await account_row()).password_hash
    with clock.fixed(NOW):
        await sign_in(client, EMAIL, RIGHT)
        await client.post("/compte/lien", data={"email": OTHER})
        await set_password(client, await token_to(OTHER))
    assert (await account_row()).password_hash == before
    assert (await account_row(OTHER)).password_hash != before


async def test_setting_a_password_ends_sessions_and_forgets_failures(client: AsyncClient) -> None:
    """COM-02, COM-05: a lock does not keep the holder out, who proved the address."""
    number = await make_account()
    with clock.fixed(NOW):
        await make_session()
        for _ in range(5):
            await sign_in(client, EMAIL, WRONG)
        await client.post("/compte/lien", data={"email": EMAIL})
        await set_password(client, await token_to(EMAIL))
        row = await account_row()
        assert (row.failed_attempts, row.locked_until, row.password_changed_at) == (0, None, NOW)
        assert is_in(await sign_in(client, EMAIL, CHOSEN))
    ended = await journal("session.ended")
    assert [one.payload["account_id"] for one in ended] == [number]
    assert await posted(EMAIL) == ["set_password", "password_reset"]


async def test_a_weak_password_leaves_the_link_good(client: AsyncClient) -> None:
    """COM-01"""
    await make_account()
    with clock.fixed(NOW):
        await client.post("/compte/lien", data={"email": EMAIL})
        token = await token_to(EMAIL)
        weak = await set_password(client, token, "court")
        assert "Une majuscule" in flash(weak).sentence
        assert token in weak.headers["location"]
        assert (await set_password(client, token)).headers["location"] == "/connexion"


@pytest.mark.parametrize("path", ["/compte/inscription", "/compte/lien"])
async def test_nobody_learns_which_addresses_have_an_account(client: AsyncClient, path: str) -> None:
    """COM-02, PPR-01: the same bytes, known, unknown or not confirmed; only letters differ."""
    await add_company(A, "Kerdrel")
    answers = []
    with clock.fixed(NOW):
        for _ in range(2):
            answer = await client.post(path, data=FORM | {"email": NEW})
            answers.append((answer.status_code, answer.content, sorted(answer.headers.multi_items())))
            if await posted(NEW) in (["no_account"], ["verify_address"]):
                await _known(NEW)
    assert answers[0] == answers[1]
    assert len(set(await posted(NEW))) == 2


async def _known(email: str) -> None:
    """Make sure that the address has an account, confirmed."""
    async with transaction() as db:
        account = db.exec(select(Account).where(Account.email == email)).first()
        if account is not None:
            account.email_verified_at = NOW
    if account is None:
        await make_account(email)


async def test_ppr_01_one_address_never_gets_a_second_account(client: AsyncClient) -> None:
    """PPR-01: asked again before it is confirmed, the newest words hold and the earlier link ends."""
    with clock.fixed(NOW):
        await client.post("/compte/inscription", data=FORM)
        first = await token_to(NEW)
    with clock.fixed(NOW + timedelta(minutes=1)):
        await client.post("/compte/inscription", data=FORM | {"name": "Maëlle K.", "email": NEW.upper()})
        assert flash(await set_password(client, first)).title == "Ce lien ne sert plus"
        await set_password(client, await token_to(NEW))
    async with reading() as db:
        (account,) = db.exec(select(Account)).all()
    assert account.name == "Maëlle K."


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("name", "  ", "prénom"),
        ("name", "a" * 201, "au plus"),
        ("email", "lise", "exemple"),
        ("siren", "912 345 676", "clé de contrôle"),
        ("siren", "12", "9\u00a0chiffres"),
        ("siren", "", "9\u00a0chiffres"),
    ],
)
async def test_ses_50_what_is_wrong_is_told_beside_its_field(
    client: AsyncClient, field: str, value: str, word: str
) -> None:
    """SES-50: in French, with what was typed, and no account is opened."""
    answer = await client.post("/compte/inscription", data=FORM | {field: value})
    said = flash(answer)
    assert list(said.errors) == [field]
    assert word in said.errors[field]
    assert said.typed[field] == value[:254]
    assert await posted(NEW) == []


async def test_a_company_not_known_yet_comes_in_under_its_number(client: AsyncClient) -> None:
    await client.post("/compte/inscription", data=FORM | {"siren": "880 164 207 00012"[:11]})
    assert (await account_row(NEW)).siren == "880164207"


@pytest.mark.parametrize("path", PATHS)
async def test_another_site_cannot_post(client: AsyncClient, path: str) -> None:
    await make_account()
    await sign_in(client, EMAIL, RIGHT)
    form = FORM | {"current": RIGHT, "password": CHOSEN}
    answer = await client.post(path, data=form, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert await posted(NEW) == []
    assert await journal("account.password_changed") == []


async def test_ses_53_letters_to_one_address_are_few(client: AsyncClient) -> None:
    """SES-53: with an account or without; then again after an hour."""
    await make_account()
    with clock.fixed(NOW):
        for email in (EMAIL, OTHER):
            answers = [await client.post("/compte/lien", data={"email": email}) for _ in range(5)]
            statuses = [answer.status_code for answer in answers]
            assert statuses == [303] * 4 + [429]
            assert answers[-1].headers["retry-after"] == "3600"
    with clock.fixed(NOW + HOUR):
        assert (await client.post("/compte/lien", data={"email": EMAIL})).status_code == 303


async def test_ses_53_letters_from_one_network_are_few(client: AsyncClient) -> None:
    """SES-53"""
    with clock.fixed(NOW):
        for number in range(30):
            await client.post("/compte/lien", data={"email": f"a{number}@b.fr"})
        assert (await client.post("/compte/lien", data={"email": "z@b.fr"})).status_code == 429
        assert (await client.post("/compte/inscription", data=FORM)).status_code == 429
    assert await posted(NEW) == []
