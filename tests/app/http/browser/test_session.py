from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from httpx import AsyncClient, Response

from models.identity.access.cookies import (
    FLASH_COOKIE,
    SESSION_COOKIE,
    Flash,
    read_flash_cookie,
    read_session_cookie,
)
from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.settings.portal import settings
from tests.support.accounts import EMAIL, NOW, RIGHT, WRONG, A, B, C, add_company, grant, make_account
from tests.support.databases import reading

FORM = {"email": EMAIL, "password": RIGHT}


def _cookies(response: Response) -> SimpleCookie:
    found = SimpleCookie()
    for header in response.headers.get_list("set-cookie"):
        found.load(header)
    return found


def _flash(response: Response) -> Flash | None:
    return read_flash_cookie(f"{FLASH_COOKIE}={_cookies(response)[FLASH_COOKIE].value}")


async def _viewer(client: AsyncClient) -> Viewer | None:
    session_id = read_session_cookie(f"{SESSION_COOKIE}={client.cookies.get(SESSION_COOKIE)}")
    async with reading() as db:
        return viewer_of(session_id, db)


async def test_signing_in_sets_a_cookie_that_no_script_reads(client: AsyncClient) -> None:
    """COM-06: two cookies, both technical."""
    await make_account()
    response = await client.post("/session", data=FORM)
    assert (response.status_code, response.headers["location"]) == (303, "/tableau-de-bord")
    assert response.headers["cache-control"] == "no-store"
    cookies = _cookies(response)
    assert set(cookies) == {SESSION_COOKIE, FLASH_COOKIE}
    held = cookies[SESSION_COOKIE]
    assert (held["httponly"], held["samesite"], held["path"], held["secure"]) == (True, "lax", "/", "")
    assert held["max-age"] == str(12 * 3600)
    viewer = await _viewer(client)
    assert viewer is not None
    assert viewer.siren == A


@pytest.mark.parametrize(
    "typed", ["lise@société.fr", "Lise@xn--socit-esab.fr", "\u200blise@société.fr\u200b"]
)
async def test_com_02_a_domain_with_accents_signs_in_whoever_writes_it(
    client: AsyncClient, typed: str
) -> None:
    """COM-02: browsers send it in one way or the other; what was pasted with it counts for nothing."""
    await make_account("lise@société.fr")
    response = await client.post("/session", data={"email": typed, "password": RIGHT})
    assert SESSION_COOKIE in _cookies(response)


async def test_com_02_a_password_is_taken_as_it_is_typed(client: AsyncClient) -> None:
    """COM-02: nothing is taken away from what must match to the letter."""
    await make_account()
    response = await client.post("/session", data=FORM | {"password": f"{RIGHT}\u200b"})
    assert SESSION_COOKIE not in _cookies(response)


async def test_behind_https_the_cookie_demands_it(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSAVANT_PUBLIC_URL", "https://passavant.example")
    settings.cache_clear()
    await make_account()
    response = await client.post("/session", data=FORM, headers={"origin": "https://passavant.example"})
    (name,) = set(_cookies(response)) - {f"__Host-{FLASH_COOKIE}"}
    cookie = _cookies(response)[name]
    assert name == f"__Host-{SESSION_COOKIE}"
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


async def test_com_02_the_reason_comes_back_without_personal_data_in_the_address(client: AsyncClient) -> None:
    """COM-02"""
    await make_account()
    with clock.fixed(NOW):
        answers = [
            await client.post("/session", data={**FORM, "password": WRONG, "next": "/profil"})
            for _ in range(5)
        ]
        flashes = [_flash(answer) for answer in answers]
    assert {answer.headers["location"] for answer in answers} == {"/connexion?next=%2Fprofil"}
    assert [flash.kind for flash in flashes if flash] == ["wrong", "wrong", "wrong", "warned", "locked"]
    assert {flash.email for flash in flashes if flash} == {EMAIL}
    held = _cookies(answers[0])[FLASH_COOKIE]
    assert (held["max-age"], held["httponly"]) == ("120", True)
    assert SESSION_COOKIE not in _cookies(answers[0])


async def test_com_02_the_answers_on_an_unknown_account_are_the_same(client: AsyncClient) -> None:
    """COM-02"""
    await make_account()
    seen: list[list[tuple[int, str, str | None]]] = []
    for email in (EMAIL, "nobody@kerdrel.example"):
        with clock.fixed(NOW):
            answers = [
                await client.post("/session", data={"email": email, "password": WRONG}) for _ in range(6)
            ]
            flashes = [_flash(answer) for answer in answers]
        seen.append(
            [
                (answer.status_code, answer.headers["location"], flash.sentence if flash else None)
                for answer, flash in zip(answers, flashes, strict=True)
            ]
        )
    assert seen[0] == seen[1]


@pytest.mark.parametrize("form", [{}, {"email": EMAIL}, {"password": RIGHT}])
async def test_a_missing_field_is_told_and_not_held_against_anybody(
    client: AsyncClient, form: dict[str, str]
) -> None:
    response = await client.post(
        "/session",
        content="&".join(f"{k}={v}" for k, v in form.items()),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    flash = _flash(response)
    assert flash is not None
    assert flash.kind == "missing"


@pytest.mark.parametrize("path", ["/", "/suivi/CHEDPP.FR.2026.0028758", "/aide?x=http://y#z"])
async def test_one_lands_where_one_wanted_to_go(client: AsyncClient, path: str) -> None:
    await make_account()
    response = await client.post("/session", data={**FORM, "next": path})
    assert response.headers["location"] == path


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
        "/a\r\nSet-Cookie: x=y",
        "/" + "a" * 1001,
        "",
    ],
)
async def test_nobody_is_sent_elsewhere(client: AsyncClient, path: str) -> None:
    await make_account()
    response = await client.post("/session", data={**FORM, "next": path})
    assert response.headers["location"] == "/tableau-de-bord"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:8001"},
        {"origin": "http://localhost:8000.evil.example"},
        {"origin": "http://["},
        {"origin": ""},
        {"origin": "ftp://localhost:8000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/session", "/session/end", "/session/company"])
async def test_another_site_cannot_post(client: AsyncClient, path: str, headers: dict[str, str]) -> None:
    await make_account()
    response = await client.post(path, data=FORM, headers=headers)
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert "autre site" in response.json()["detail"]
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://localhost:8000"},
        {"origin": "http://passavant.test:9000", "host": "passavant.test:9000"},
        {"sec-fetch-site": "same-origin"},
    ],
)
async def test_our_own_pages_can_post(client: AsyncClient, headers: dict[str, str]) -> None:
    await make_account()
    assert (await client.post("/session", data=FORM, headers=headers)).status_code == 303


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ("email=a&password=" + "x" * 4096, "application/x-www-form-urlencoded", 413),
        ('{"email": "a"}', "application/json", 415),
        ("email=a", "multipart/form-data; boundary=x", 415),
        ("email=%ff%fe", "application/x-www-form-urlencoded", 400),
        ("email=é", "application/x-www-form-urlencoded", 400),
        ("email=a%00", "application/x-www-form-urlencoded", 400),
        ("email=a&email=b", "application/x-www-form-urlencoded", 400),
        ("&".join(f"f{n}=1" for n in range(30)), "application/x-www-form-urlencoded", 400),
        ("email", "application/x-www-form-urlencoded", 400),
    ],
)
async def test_what_is_not_a_small_form_is_refused_in_french(
    client: AsyncClient, content: str, kind: str, status: int
) -> None:
    """SES-50"""
    response = await client.post("/session", content=content.encode(), headers={"content-type": kind})
    assert response.status_code == status
    assert response.json()["status"] == status


async def test_signing_out_ends_the_session_itself(client: AsyncClient) -> None:
    await make_account()
    await client.post("/session", data=FORM)
    copied = client.cookies.get(SESSION_COOKIE)
    assert copied is not None
    response = await client.post("/session/end")
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert SESSION_COOKIE not in client.cookies
    client.cookies.set(SESSION_COOKIE, copied)
    assert await _viewer(client) is None


async def test_signing_in_again_ends_the_session_before(client: AsyncClient) -> None:
    await make_account()
    await client.post("/session", data=FORM)
    before = read_session_cookie(f"{SESSION_COOKIE}={client.cookies.get(SESSION_COOKIE)}")
    await client.post("/session", data=FORM)
    async with reading() as db:
        assert viewer_of(before, db) is None
    assert await _viewer(client) is not None


async def test_ppr_03_one_changes_company_among_ones_own(client: AsyncClient) -> None:
    """PPR-03"""
    number = await make_account()
    await add_company(B, "Horizon Caudal")
    await add_company(C, "Nutri Estuaire")
    await grant(number, C)
    await client.post("/session", data=FORM)
    refused = await client.post("/session/company", data={"siren": B})
    assert refused.status_code == 403
    chosen = await client.post("/session/company", data={"siren": C, "next": "/rendez-vous"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/rendez-vous")
    viewer = await _viewer(client)
    assert viewer is not None
    assert (viewer.siren, viewer.company_name) == (C, "Nutri Estuaire")


async def test_choosing_a_company_needs_a_session(client: AsyncClient) -> None:
    response = await client.post("/session/company", data={"siren": A, "next": "/profil"})
    assert (response.status_code, response.headers["location"]) == (303, "/connexion?next=%2Fprofil")


async def test_ses_53_too_many_failures_from_one_address_wait(client: AsyncClient) -> None:
    """SES-53: whatever the accounts tried; a browser reads a page, a program RFC 9457."""
    await make_account()
    with clock.fixed(NOW):
        for number in range(30):
            await client.post("/session", data={"email": f"a{number}@b.fr", "password": WRONG})
        refused = await client.post("/session", data=FORM)
        page = await client.post("/session", data=FORM, headers={"accept": "text/html,*/*"})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "600")
    assert "Réessayez dans 10\u00a0min" in refused.json()["detail"]
    assert page.status_code == 429
    assert '<html lang="fr">' in page.text
    assert page.headers["retry-after"] == "600"
    with clock.fixed(NOW + timedelta(minutes=10)):
        assert (await client.post("/session", data=FORM)).headers["location"] == "/tableau-de-bord"


async def test_ses_53_successes_do_not_count(client: AsyncClient) -> None:
    """SES-53"""
    await make_account()
    with clock.fixed(NOW):
        answers = [await client.post("/session", data=FORM) for _ in range(32)]
    assert {answer.headers["location"] for answer in answers} == {"/tableau-de-bord"}
