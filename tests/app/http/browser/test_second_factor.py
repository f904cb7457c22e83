"""A second factor over HTTP: added from the profile, asked for at the sign-in, and what is never said (COM-02).

Seen to fail: a session cookie set with the first half; a page of codes that is kept; and in test_accounts.py, by its PATHS,
a form from another site.
"""

import re
from html import unescape

import pyotp
import pytest
from httpx import AsyncClient, Response

from models.identity.access.cookies import CEREMONY_COOKIE, read_ceremony_cookie
from models.identity.factors.rules import CEREMONY_LIFE
from models.kernel import clock
from models.kernel.settings.portal import settings
from tests.app.http.signing_up import flash, is_in, sign_in
from tests.factories import after
from tests.support.accounts import EMAIL, NOW, RIGHT, WRONG, cheap_passwords, make_account
from tests.support.authenticator import Authenticator
from tests.support.factors import options_of
from tests.support.letters import posted

__all__ = ["cheap_passwords"]

ADD = "/profil/second-facteur"


def hidden(page: Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None
    return unescape(found[1])


def options(page: Response) -> str:
    found = re.search(r'data-options="([^"]*)"', page.text)
    assert found is not None
    return unescape(found[1])


async def with_application(client: AsyncClient) -> tuple[pyotp.TOTP, Response]:
    """Signs in, adds an application of codes: what it shows, and the page of recovery codes."""
    await make_account()
    await sign_in(client, EMAIL, RIGHT)
    page = await client.post(f"{ADD}/application", data={"current": RIGHT, "name": "<b>Moi</b>"})
    application = pyotp.TOTP(re.findall(r'class="ref">([A-Z2-7]+)<', page.text)[0])
    proof = {"ceremony": hidden(page, "ceremony"), "code": application.at(clock.now())}
    return application, await client.post(f"{ADD}/confirmer", data=proof)


async def second(client: AsyncClient, **form: str) -> Response:
    return await client.post("/session/second", data=form)


async def test_a_code_completes_a_sign_in(client: AsyncClient) -> None:
    """COM-02: no session before it, and on to where one wanted to go."""
    with clock.fixed(NOW):
        application, _ = await with_application(client)
        await client.post("/session/end")
    with clock.fixed(after(1)):
        half = await client.post("/session", data={"email": EMAIL, "password": RIGHT, "next": "/suivi"})
        assert half.headers["location"] == "/connexion/verification?next=%2Fsuivi"
        assert not is_in(half)
        assert (
            (await client.post("/profil/mot-de-passe", data={"current": RIGHT}))
            .headers["location"]
            .startswith("/connexion")
        )
        wrong = await second(client, way="code", code="000000", next="/suivi")
        assert wrong.headers["location"] == "/connexion/verification?next=%2Fsuivi"
        assert (flash(wrong).kind, is_in(wrong)) == ("factor_refused", False)
        code = application.at(clock.now())
        done = await second(client, way="code", code=code, next="/suivi")
        assert (done.headers["location"], is_in(done)) == ("/suivi", True)
        assert CEREMONY_COOKIE not in client.cookies
        again = await second(client, way="code", code=code)
        assert again.headers["location"].startswith("/connexion")
        assert not is_in(again)


async def test_a_passkey_from_the_profile_to_the_sign_in(client: AsyncClient) -> None:
    """COM-02: the page that asks the device runs no script but ours, and the answer opens the session."""
    await make_account()
    key = Authenticator()
    await sign_in(client, EMAIL, RIGHT)
    page = await client.post(f"{ADD}/cle", data={"current": RIGHT, "name": ""})
    assert re.findall(r"<script[^>]*>", page.text) == [
        '<script src="/js/passavant.js" defer>',
        '<script src="/js/passkeys.js" defer>',
    ]
    form = {"ceremony": hidden(page, "ceremony"), **key.create(options(page))}
    wrong = await client.post(f"{ADD}/confirmer", data=form | {"clientDataJSON": "AAAA"})
    assert "Second facteur non ajouté" in wrong.text
    codes = await client.post(f"{ADD}/confirmer", data=form)
    assert len(re.findall(r"<li><code>", codes.text)) == 10
    assert codes.headers["cache-control"] == "no-store"
    assert not is_in(await sign_in(client, EMAIL, RIGHT))

    ceremony = _named(client)
    answer = key.get(await options_of(ceremony))
    assert is_in(await second(client, way="passkey", **answer))


def _named(client: AsyncClient) -> str:
    found = read_ceremony_cookie(f"{CEREMONY_COOKIE}={client.cookies[CEREMONY_COOKIE]}")
    assert found is not None
    return found


async def test_recovery_codes_are_shown_once(client: AsyncClient) -> None:
    """To print; each serves once; others take their place against the password alone."""
    with clock.fixed(NOW):
        _, page = await with_application(client)
        assert "<b>Moi" not in page.text
        codes = re.findall(r"<code>([A-Z2-9-]+)</code>", page.text)
        assert len(codes) == 10
        refused = await client.post(f"{ADD}/codes", data={"current": WRONG})
        assert (flash(refused).kind, list(flash(refused).errors)) == ("profile_codes", ["current"])
        fresh = await client.post(f"{ADD}/codes", data={"current": RIGHT})
        new = re.findall(r"<code>([A-Z2-9-]+)</code>", fresh.text)
        assert set(new).isdisjoint(codes)
        await sign_in(client, EMAIL, RIGHT)
        assert not is_in(await second(client, way="recovery", code=codes[0]))
        assert is_in(await second(client, way="recovery", code=new[0].lower()))


async def test_a_sign_in_half_way_is_named_by_its_own_cookie(client: AsyncClient) -> None:
    """COM-01: HttpOnly, short-lived; a session's cookie, or rubbish, in its place names nothing."""
    await with_application(client)
    session = client.cookies["passavant_session"]
    half = await sign_in(client, EMAIL, RIGHT)
    (cookie,) = [one for one in half.headers.get_list("set-cookie") if one.startswith(CEREMONY_COOKIE)]
    assert "HttpOnly" in cookie
    assert f"Max-Age={CEREMONY_LIFE.seconds}" in cookie
    for value in (session, "x", ""):
        client.cookies.set(CEREMONY_COOKIE, value)
        answer = await client.post("/session/second", data={"way": "code", "code": "000000"}, headers={"cookie": f"{CEREMONY_COOKIE}={value}"})  # fmt: skip
        assert flash(answer).kind == "stale"


async def test_who_lost_everything_asks_and_is_told_what_follows(client: AsyncClient) -> None:
    with clock.fixed(NOW):
        await with_application(client)
        await client.post("/session/end")
        nothing = await client.post("/session/second/perdu")
        assert flash(nothing).kind == "stale"
        await sign_in(client, EMAIL, RIGHT)
        asked = await client.post("/session/second/perdu")
        assert (asked.headers["location"], flash(asked).title) == ("/connexion", "Demande enregistrée")
    assert (await posted(EMAIL))[-1] == "recovery_asked"


@pytest.mark.parametrize(
    ("path", "kind", "wrong"),
    [
        ("cle", "profile_new-passkey", "current"),
        ("application", "profile_new-application", "current"),
        ("confirmer", "profile_factor", ""),
        ("retirer", "profile_removal", "factor"),
        ("codes", "profile_codes", "current"),
    ],
)
async def test_nothing_is_added_without_a_session_or_the_password(
    client: AsyncClient, path: str, kind: str, wrong: str
) -> None:
    """COM-02"""
    away = await client.post(f"{ADD}/{path}", data={"current": RIGHT})
    assert away.headers["location"].startswith("/connexion")
    await make_account()
    await sign_in(client, EMAIL, RIGHT)
    form = {"current": WRONG, "ceremony": "x", "factor": "9" * 40}
    refused = await client.post(f"{ADD}/{path}", data=form)
    assert (flash(refused).kind, "".join(flash(refused).errors)) == (kind, wrong)


async def test_a_wrong_first_code_is_said_beside_its_field(client: AsyncClient) -> None:
    """SES-50: the page works without JavaScript, and its error is tied to the field all the same."""
    await make_account()
    await sign_in(client, EMAIL, RIGHT)
    page = await client.post(f"{ADD}/application", data={"current": RIGHT})
    assert "aria-invalid" not in page.text
    proof = {"ceremony": hidden(page, "ceremony"), "code": "0"}
    again = await client.post(f"{ADD}/confirmer", data=proof)
    assert 'aria-describedby="code-error" aria-invalid="true"' in again.text
    assert 'class="err" id="code-error"' in again.text


async def test_a_factor_is_removed_against_the_password(client: AsyncClient) -> None:
    await with_application(client)
    done = await client.post(f"{ADD}/retirer", data={"current": RIGHT, "factor": "1"})
    assert flash(done).title == "Second facteur retiré"
    assert is_in(await sign_in(client, EMAIL, RIGHT))


async def test_ses_53_answers_from_one_network_are_few(client: AsyncClient) -> None:
    """SES-53: as wrong passwords are."""
    await make_account()
    with clock.fixed(NOW):
        statuses = [(await second(client, way="code", code="0")).status_code for _ in range(31)]
    assert statuses == [303] * 30 + [429]


async def test_over_https_its_cookie_is_this_hosts(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_application(client)
    monkeypatch.setenv("PASSAVANT_PUBLIC_URL", "https://passavant.example")
    settings.cache_clear()
    half = await client.post(
        "/session", data={"email": EMAIL, "password": RIGHT}, headers={"origin": "https://passavant.example"}
    )
    assert any(one.startswith(f"__Host-{CEREMONY_COOKIE}=") for one in half.headers.get_list("set-cookie"))
