"""Alerts about services: who publishes them, started once, ended once, journalled (MET-02, MET-11)."""

from datetime import timedelta

import pytest

from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.signals.services import actions, queries
from models.signals.services.policy import CommandLine, Publisher
from models.signals.services.rules import LONGEST, parts_used
from models.signals.services.tables import ServiceAlert
from models.signals.services.vocabulary import PARTS, PORTAL, Mode, Part, Service
from models.signals.services.words import NAMES, told
from tests.factories import NOW
from tests.support.accounts import cheap_passwords, journal, make_account
from tests.support.databases import both_databases, transaction

__all__ = ["cheap_passwords"]

SAID = "Les validations n'aboutissent pas. Attendez avant de renvoyer."
BY = CommandLine()


def person(role: Role, account: int = 1) -> Viewer:
    """Somebody of that role."""
    return Viewer(account, "s", "Nom", role)


async def running() -> list[tuple[str, str]]:
    """Service and mode of what is in force, the newest first."""
    return [(one.service, one.mode) for one in await read(queries.in_force)]


@pytest.mark.usefixtures("database")
@both_databases
async def test_met_11_an_alert_starts_once_and_ends_once() -> None:
    """MET-11: each is one fact of the journal, of codes alone: what a person typed stays out of it."""
    with clock.fixed(NOW):
        number = await actions.start(BY, "DELTA_G", "DTI", f"  {SAID}\n")
        assert isinstance(number, int)
        twice = await actions.start(BY, "DELTA_G", "DTI", "Encore.")
        assert isinstance(twice, Refusal)
        assert "déjà en cours\u00a0: DELTA G, mode DTI" in twice.reason
        assert isinstance(await actions.start(BY, "DELTA_G", "EDI", SAID), int)
    assert await running() == [("DELTA_G", "EDI"), ("DELTA_G", "DTI")]
    later = NOW + timedelta(hours=2)
    with clock.fixed(later):
        assert await actions.end(BY, number) is None
        again = await actions.end(BY, number)
    assert isinstance(again, Refusal)
    assert await running() == [("DELTA_G", "EDI")]
    async with transaction() as db:
        row = db.get_one(ServiceAlert, number)
    assert (row.message, row.started_at, row.ended_at) == (" ".join(SAID.split()), NOW, later)
    codes = {"service_alert": number, "service": "DELTA_G", "mode": "DTI", "since": "2026-03-24T09:00:00Z"}
    first, _ = await journal("service_alert.started")
    (last,) = await journal("service_alert.ended")
    assert (first.payload, last.payload) == (codes, codes)
    assert isinstance(await actions.start(BY, "DELTA_G", "DTI", SAID), int), "it may fail again"


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("service", "mode"),
    [("DELTA_T", "DTI"), ("DELTA_G", ""), ("DELTA_G", "dti"), ("PORTAL", "EDI"), ("", "")],
)
async def test_what_is_no_service_in_that_mode_has_no_alert(service: str, mode: str) -> None:
    assert isinstance(await actions.start(BY, service, mode, SAID), Refusal)
    assert await running() == []


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("message", ["", "  \n ", "x" * (LONGEST + 1), "a\x00b"])
async def test_an_alert_says_one_sentence(message: str) -> None:
    assert isinstance(await actions.start(BY, "PORTAL", "", message), Refusal)
    assert isinstance(await actions.start(BY, "PORTAL", "", "é" * LONGEST), int)


@pytest.mark.usefixtures("database")
async def test_an_alert_that_never_was_cannot_end() -> None:
    assert isinstance(await actions.end(BY, 12), Refusal)
    assert await journal("service_alert.ended") == []


@pytest.mark.usefixtures("database")
async def test_met_02_nobody_but_who_runs_the_service_publishes_or_ends() -> None:
    """MET-02: until the data centre has an account, supervisors and the command line do it for it."""
    others: list[Publisher | None] = [None, *(person(role) for role in Role if role != Role.SUPERVISOR)]
    number = await actions.start(BY, "PORTAL", "", SAID)
    assert isinstance(number, int)
    for one in others:
        refused = await actions.start(one, "DELTA_H7", "DTI", SAID)
        assert isinstance(refused, Refusal), one
        assert isinstance(await actions.end(one, number), Refusal), one
    assert await running() == [("PORTAL", "")]
    boss = person(Role.SUPERVISOR, await make_account("boss@example.org", None, Role.SUPERVISOR))
    assert isinstance(await actions.start(boss, "DELTA_H7", "DTI", SAID), int)
    assert await actions.end(boss, number) is None
    theirs = f"account:{boss.account_id}"
    assert [one.actor for one in await journal("service_alert.started")] == ["system", theirs]
    assert [one.actor for one in await journal("service_alert.ended")] == [theirs]


def test_who_uses_what_follows_from_habilitations_and_mandates() -> None:
    """MET-11: the portal is everybody's; EDI asks for a company that lets a program act for it."""
    dti, edi = Part(Service.DELTA_G, Mode.DTI), Part(Service.DELTA_G, Mode.EDI)
    assert parts_used([], {"A"}) == {PORTAL}
    assert parts_used([("SESAME", "A")], {"A"}) == {PORTAL}
    assert parts_used([("DELTA_G", "A")], {"B"}) == {PORTAL, dti}
    assert parts_used([("DELTA_G", "A")], {"A"}) == {PORTAL, dti, edi}
    both = {Part(Service.DELTA_X_IMPORT, Mode.DTI), Part(Service.DELTA_X_EXPORT, Mode.DTI)}
    assert parts_used([("DELTA_X", "A")], ()) == {PORTAL, *both}


def test_every_part_is_told_in_french() -> None:
    """SES-50: no code on any screen, and the space that French wants."""
    assert set(NAMES) == {(one.service, one.mode) for one in PARTS}
    for service, mode in NAMES:
        for ended in (False, True):
            sentence = told(service, mode, NOW, ended=ended)
            assert "_" not in sentence
            assert "24\u00a0mars\u00a02026 à 10\u00a0h\u00a000" in sentence
            assert "\u00a0: " in sentence
