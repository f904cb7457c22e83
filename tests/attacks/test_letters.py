"""Letters that somebody can cause: every kind is counted, by address, account, company and network (SES-53).

Seen to fail: a kind without a budget; `check_room` that is not asked, or that passes one of the four by; an invitation
that counts only while it is open; one budget for what strangers and holders cause, or for two forms of strangers.
"""

import ast
from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from app.frontend.build import ROOT
from models.identity.accounts.links import Purpose
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Invitation
from models.identity.letters import limits as letter_limits
from models.identity.letters.actions import post_letter
from models.identity.letters.kinds import LETTERS, Budget
from models.identity.letters.limits import HOUR, LIMITS, Limit, Per, TooManyLetters
from models.identity.people import actions as people
from models.kernel import clock
from models.kernel.networks import asked_from
from tests.app.http.conftest import client
from tests.app.http.signing_up import CHOSEN, FORM, NEW, flash, set_password, sign_in
from tests.models.identity.people.test_people import CAMILLE, company, seen
from tests.support.accounts import EMAIL, NOW, RIGHT, A, cheap_passwords, make_account
from tests.support.databases import transaction
from tests.support.letters import posted, token_to

__all__ = ["cheap_passwords", "client", "company"]


def test_every_kind_of_letter_has_its_limits() -> None:
    """SES-53: by address, account, company and network; notices, which wait instead, by whom they are for."""
    assert {row.budget for row in LETTERS.values()} == set(LIMITS) == set(Budget)
    for budget, limits in LIMITS.items():
        assert {one.per for one in limits} == (set(Per) if budget != Budget.NOTICES else {Per.ADDRESS})


def test_letters_are_written_in_two_places() -> None:
    """SES-53: where each is counted, and where notices are told, which wait."""
    places = set()
    for folder in ("app", "models", "state"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text()
            nodes = ast.walk(ast.parse(text)) if "Email(" in text else ()
            calls = (one for one in nodes if isinstance(one, ast.Call))
            if any(getattr(call.func, "id", "") == "Email" for call in calls):
                places.add(path.relative_to(ROOT).as_posix())
    assert places == {"models/identity/letters/actions.py", "models/signals/notifications/dispatch.py"}


def somebody(number: int, siren: str) -> Viewer:
    return Viewer(number, "session", "Lise", Role.OPERATOR, siren=siren)


async def _flood(kind: str, per: Per) -> int:
    """How many letters of that kind leave, when only what is counted `per` stays the same."""
    async with transaction() as db:
        for number in range(1, 10):
            same: dict[Per, Any] = {one: 0 if one is per else number for one in Per}
            by = somebody(same[Per.ACCOUNT] + 1, f"{same[Per.COMPANY]:09}")
            try:
                with asked_from(f"192.0.2.{same[Per.NETWORK]}"):
                    post_letter(db, kind, to=f"a{same[Per.ADDRESS]}@b.fr", by=by)
            except TooManyLetters:
                return number - 1
    return 10


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("budget", [one for one in Budget if one is not Budget.NOTICES])
async def test_ses_53_no_kind_leaves_without_end(monkeypatch: pytest.MonkeyPatch, budget: Budget) -> None:
    """SES-53: for each of the four by itself; with small numbers, which are data."""
    kind = max(kind for kind, row in LETTERS.items() if row.budget is budget)
    most = dict(zip(Per, (2, 3, 4, 5), strict=True))
    small = [Limit(one.per, most[one.per], one.life) for one in LIMITS[budget]]
    monkeypatch.setattr(letter_limits, "LIMITS", {budget: small})
    for days, per in enumerate(Per):
        with clock.fixed(NOW + timedelta(days=2 * days)):
            assert await _flood(kind, per) == most[per]


@pytest.mark.usefixtures("company")
async def test_an_invitation_that_is_cancelled_counts() -> None:
    """SES-53: invite and cancel in a loop: one address gets four letters in an hour, ten in a day."""
    camille = await seen(CAMILLE)
    sent: list[int] = []
    for hour in range(4):
        with clock.fixed(NOW + hour * HOUR):
            outcomes = [await _invite_and_cancel(camille) for _ in range(6)]
            sent.append(sum(outcomes))
    assert sent == [4, 4, 2, 0]
    assert await posted(NEW) == ["invited"] * 10


async def _invite_and_cancel(viewer: Viewer) -> bool:
    invited = await people.invite(viewer, NEW)
    if isinstance(invited, Invitation):
        await people.cancel_invitation(viewer, invited.id)
    return isinstance(invited, Invitation)


async def test_ses_53_a_flood_keeps_nothing_else_from_its_reader(client: AsyncClient) -> None:
    """SES-53: strangers and a thief of the password write all they can; the victim still gets what saves them."""
    await make_account()
    with clock.fixed(NOW - timedelta(minutes=1)):
        for _ in range(12):
            await client.post("/compte/inscription", data=FORM | {"email": EMAIL})
        assert (await client.post("/compte/lien", data={"email": EMAIL})).status_code == 303
    with clock.fixed(NOW):
        await sign_in(client, EMAIL, RIGHT)
        for number in range(12):
            form = {"current": RIGHT, "email": f"v{number}@voleur.example"}
            await client.post("/profil/adresse", data=form)
        changed = {"current": RIGHT, "password": CHOSEN}
        assert (await client.post("/profil/mot-de-passe", data=changed)).status_code == 429
        cancel = {"token": await token_to(EMAIL, Purpose.CANCEL)}
        assert flash(await client.post("/compte/annuler", data=cancel)).title == ""
        await set_password(client, await token_to(EMAIL, Purpose.PASSWORD))
    assert (await posted(EMAIL))[-2:] == ["disowned", "password_reset"]


@pytest.mark.parametrize("path", ["/compte/inscription", "/compte/lien"])
async def test_ses_53_a_limit_does_not_tell_who_has_an_account(client: AsyncClient, path: str) -> None:
    """COM-02: another door used up on an address changes nothing that this one answers."""
    await make_account()
    answers: dict[str, list[int]] = {}
    for address in (EMAIL, NEW):
        with clock.fixed(NOW + timedelta(hours=len(answers) * 2)):
            await sign_in(client, EMAIL, RIGHT)
            for _ in range(5):
                await client.post("/profil/adresse", data={"current": RIGHT, "email": address})
            answers[address] = [
                (await client.post(path, data=FORM | {"email": address})).status_code for _ in range(5)
            ]
    assert answers[EMAIL] == answers[NEW] == [303] * 4 + [429]


async def test_nothing_is_done_beyond_a_limit(client: AsyncClient) -> None:
    """SES-53: a refused sign-up opens no account, and is told in French with when to come back."""
    with clock.fixed(NOW):
        for _ in range(4):
            await client.post("/compte/inscription", data=FORM | {"name": "Léa"})
        answer = await client.post("/compte/inscription", data=FORM | {"name": "Autre", "siren": A})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3600")
    assert "60\u00a0min" in answer.json()["detail"]
