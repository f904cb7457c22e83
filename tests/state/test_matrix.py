"""Every handler, called by everybody: nothing of a consignment that is not theirs comes back (SES-04, SES-05)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from app.commands.demo_companies import A
from tests.state.pipeline import Json, Tab
from tests.state.test_registry import OURS
from tests.state.world import DOSSIERS, World, leaks

HAVRE, ROISSY = {"A_HAVRE", "B_HAVRE", "C_HAVRE"}, {"A_ROISSY", "C_ROISSY"}
FIRM_A, FIRM_B, FIRM_C = "Kerdrel Primeurs", "Horizon Caudal", "Nutri Estuaire"

PAYLOADS: dict[str, Json] = {
    "FollowUp.narrow": {"name": "period", "value": "tout"},
    "FollowUp.search": {"form": {"q": "305438 3"}},
    "ConsignmentPage.set_step": {"value": "physical"},
    "ConsignmentPage.set_outcome": {"value": "started"},
    "ConsignmentPage.set_reason": {"value": "OTHER"},
    "ConsignmentPage.set_note": {"value": "Bonjour"},
}


async def nothing(_world: World) -> None:
    """Nothing happens."""


@dataclass(frozen=True)
class Person:
    """Somebody at a screen. `then` happens once the screen is open; what follows is what counts."""

    who: str | None
    sees: frozenset[str]
    names: frozenset[str]
    """Companies whose name they may read: in a list, or among those that they work for."""
    siren: str = ""
    then: Callable[[World], Awaitable[None]] | None = None


def person(
    who: str | None,
    sees: set[str] | None = None,
    names: tuple[str, ...] = (),
    siren: str = "",
    then: Callable[[World], Awaitable[None]] | None = None,
) -> Person:
    """A line of the table."""
    return Person(who, frozenset(sees or ()), frozenset(names), siren, then)


PEOPLE = {
    "importateur": person("importateur", {"A_HAVRE", "A_ROISSY"}, (FIRM_A,)),
    "comptable": person("comptable", names=(FIRM_A,)),
    "assistant": person("assistant", names=(FIRM_A,)),
    "transitaire for A": person("transitaire", {"A_HAVRE", "A_ROISSY"}, (FIRM_A, FIRM_B), siren=A),
    "concurrent": person("concurrent", {"C_HAVRE", "C_ROISSY"}, (FIRM_C,)),
    "sivep": person("sivep", HAVRE, (FIRM_A, FIRM_B, FIRM_C)),
    "douane": person("douane", HAVRE, (FIRM_A, FIRM_B, FIRM_C)),
    "sivep-cdg": person("sivep-cdg", ROISSY, (FIRM_A, FIRM_C)),
    "superviseur": person("superviseur", HAVRE | ROISSY, (FIRM_A, FIRM_B, FIRM_C)),
    "dgitm": person("dgitm"),
    "signed out": person(None),
    "revoked session": person("importateur", then=lambda world: world.revoke("importateur")),
    "withdrawn habilitation": person(
        "importateur", names=(FIRM_A,), then=lambda world: world.withdraw("importateur")
    ),
    "ended mandate": person("transitaire", names=(FIRM_B,), siren=A, then=lambda world: world.end_mandate(A)),
}


def _page(handler: str, reference: str) -> str:
    if handler.startswith("ConsignmentPage"):
        return f"/suivi/{reference}"
    return "/suivi?periode=tout" if handler.startswith("FollowUp") else "/"


def _forbidden(who: Person, tab: Tab) -> list[str]:
    found = [word for name, one in DOSSIERS.items() if name not in who.sees for word in leaks(tab.said, one)]
    whole = "\n".join(tab.said)
    return found + [name for name in (FIRM_A, FIRM_B, FIRM_C) if name not in who.names and name in whole]


async def _cell(world: World, who: Person, handler: str, target: str) -> list[str]:
    """One handler on one person's tab, opened on the page of `target`; what leaked."""
    tab = await world.tab(who.who, siren=who.siren)
    await tab.connect(_page(handler, DOSSIERS[target].reference))
    if who.then is not None:
        await who.then(world)
        tab.said.clear()
    await tab.send(handler, PAYLOADS.get(handler))
    wrong = _forbidden(who, tab)
    if handler == "FollowUp.load":
        wrong += [f"{name} missing" for name in who.sees if not leaks(tab.said, DOSSIERS[name])]
    if any(not path.startswith("/") or path.startswith("//") for path in tab.redirects):
        wrong.append("sent elsewhere")
    return wrong


@pytest.mark.parametrize("name", PEOPLE)
async def test_every_handler(world: World, name: str) -> None:
    """SES-04, SES-05: 13 handlers for each of 14 people, on the page of a consignment that is not theirs."""
    who = PEOPLE[name]
    foreign = next((one for one in DOSSIERS if one not in who.sees), "A_HAVRE")
    if who.then is not None:
        foreign = "A_HAVRE"  # theirs until then
    wrong = {}
    for handler in OURS:
        if leaked := await _cell(world, who, handler, foreign):
            wrong[handler] = leaked
        if who.then is not None:
            await world.renewed()
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name, one in PEOPLE.items() if one.sees])
async def test_one_s_own_is_shown(world: World, name: str) -> None:
    """SES-01, SES-05: the same search finds every word where it may, so that the table above proves something."""
    who = PEOPLE[name]
    tab = await world.tab(who.who, siren=who.siren)
    for dossier in sorted(who.sees):
        tab.said.clear()
        await tab.connect(f"/suivi/{DOSSIERS[dossier].reference}")
        shown = set(leaks(tab.said, DOSSIERS[dossier]))
        assert set(DOSSIERS[dossier].secrets) - shown == set(), dossier
