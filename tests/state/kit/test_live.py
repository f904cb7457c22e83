"""The hub: a fact reaches the open screens that it concerns, and no other (SES-01, SES-04, SES-05)."""

from types import SimpleNamespace
from typing import Any

import pytest

from app.app import app
from demo.commands.companies import A, B
from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.access.queries.viewers import viewers_of
from models.identity.access.sessions import choose_company
from models.identity.accounts.viewer import Viewer
from models.journal.kinds import KINDS, may_change_rights
from models.journal.queries import after, last_seq
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.database import DbSession
from state.hub import deliveries
from state.kit import watches
from tests.state.pipeline import Tab
from tests.state.world import DOSSIERS, World, leaks, rows, tell
from tests.support.databases import reading

HARMLESS = {name for name in KINDS if not may_change_rights(name)}
FACT = DOSSIERS["A_HAVRE"]
TOLD = {"importateur", "transitaire", "sivep", "douane", "superviseur"}
NOT_TOLD = {"comptable", "assistant", "concurrent", "sivep-cdg", "dgitm", "nobody"}


async def entries_since(seq: int) -> list[JournalEntry]:
    """What the journal holds after `seq`."""
    async with reading() as db:
        return after(db, seq)


async def fact_about_a(step: StepKind = StepKind.ARRIVAL) -> list[JournalEntry]:
    """The dossier of A at Le Havre arrives; the journal's entries about it."""
    async with reading() as db:
        seq = last_seq(db)
    await tell(FACT, step, StepStatus.DONE if step == StepKind.ARRIVAL else StepStatus.STARTED)
    return await entries_since(seq)


async def everybody(world: World, address: str) -> dict[str, Tab]:
    """A tab of each person, open at that address, which forgets what it was told so far."""
    people: list[str | None] = [*sorted((TOLD | NOT_TOLD) - {"nobody"}), None]
    firm = {"transitaire": A}
    tabs = {who or "nobody": await world.tab(who, siren=firm.get(who or "", "")) for who in people}
    for tab in tabs.values():
        await tab.connect(address)
        tab.said.clear()
    return tabs


@pytest.fixture
def modified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tabs whose state the hub opened."""
    opened: list[str] = []
    original = app.modify_state

    def counting(token: Any, **named: Any) -> Any:
        opened.append(token.ident)
        return original(token, **named)

    monkeypatch.setattr(app, "modify_state", counting)
    return opened


@pytest.mark.parametrize("address", ["/suivi", f"/suivi/{FACT.reference}"])
async def test_ses_01_a_fact_reaches_those_it_concerns_and_nobody_else(
    world: World, modified: list[str], address: str
) -> None:
    """SES-01, SES-04, SES-05: no delta, and not even a state opened, for the others."""
    tabs = await everybody(world, address)
    await deliveries.deliver(app, await fact_about_a())
    assert {who for who, tab in tabs.items() if tab.token in modified} == TOLD
    assert {who for who, tab in tabs.items() if tab.said} == TOLD
    assert all(leaks(tabs[who].said, FACT) for who in TOLD)
    others = [one for name, one in DOSSIERS.items() if name not in ("A_HAVRE", "A_ROISSY")]
    assert not any(leaks(tabs["importateur"].said, one) for one in others)
    assert not any(leaks(tabs["transitaire"].said, one) for one in others)


async def test_two_tabs_of_one_person_are_both_told(world: World) -> None:
    """SES-01: on every device."""
    tabs = [await world.tab("importateur"), await world.tab("importateur")]
    for tab in tabs:
        await tab.connect("/suivi")
        tab.said.clear()
    await deliveries.deliver(app, await fact_about_a())
    assert all(tab.said for tab in tabs)


async def test_another_page_of_one_s_own_is_not_redrawn(world: World, modified: list[str]) -> None:
    """SES-01: a fact about another consignment changes nothing on the page of this one, nor costs it anything."""
    tab = await world.tab("importateur")
    await tab.connect(f"/suivi/{DOSSIERS['A_ROISSY'].reference}")
    tab.said.clear()
    await deliveries.deliver(app, await fact_about_a())
    assert modified == []
    assert tab.said == []


async def asked_by(monkeypatch: pytest.MonkeyPatch, entries: list[JournalEntry]) -> list[set[str]]:
    """Deliver the entries: the sessions whose people were found anew, by query."""
    asked: list[set[str]] = []

    def counting(sessions: set[str], db: DbSession) -> dict[str, Viewer]:
        asked.append(sessions)
        return viewers_of(sessions, db)

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "viewers_of", counting)
        await deliveries.deliver(app, entries)
    return asked


async def test_screens_that_are_not_concerned_cost_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-01: only those concerned are found anew; nobody at all for a fact that concerns no open screen."""
    mine, other = await world.session("importateur"), await world.session("concurrent")
    for session_id in (mine, other):
        await world.pipeline.tab(session_id).connect("/suivi")
    assert await asked_by(monkeypatch, await fact_about_a()) == [{mine}]
    async with reading() as db:
        seq = last_seq(db)
    await tell(DOSSIERS["B_HAVRE"], StepKind.ARRIVAL, StepStatus.DONE)
    assert await asked_by(monkeypatch, await entries_since(seq)) == []


@pytest.mark.parametrize("kind", [*sorted(set(KINDS) - HARMLESS), "unheard.of"])
async def test_ses_04_what_may_change_rights_looks_at_everyone(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """SES-04, SES-05: whomever it names; a kind that nobody listed as harmless among them."""
    session_id = await world.session("concurrent")
    await world.pipeline.tab(session_id).connect("/suivi")
    entry = JournalEntry(seq=1, at=clock.now(), kind=kind, actor="system")
    assert await asked_by(monkeypatch, [entry]) == [{session_id}]


def test_which_kinds_change_nobodys_rights() -> None:
    """SES-04: what is told of consignments, appointments, alerts and opinions changes nobody's rights; of people, little."""
    others = (
        "alert.",
        "appointment.",
        "attachment.",
        "calendar.",
        "consignment.",
        "figures.",
        "help.",
        "issued_document.",
        "message.",
        "notification.",
        "opinion.",
        "post.",
        "service_alert.",
        "threshold.",
        "work.",
    )
    assert {kind for kind in HARMLESS if not kind.startswith(others)} == {
        "account.email_undeliverable",
        "session.opened",
        "teleservice.opened",
        "company.person_invited",
        "company.invitation_cancelled",
    }


async def test_a_tab_that_went_elsewhere_meanwhile_is_left_in_peace(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-01: what it followed when the fact was read is not what it shows when its turn comes.

    Seen to fail: without `watches.of` in the hub, the profile is given the list again.
    """
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    entries = await fact_about_a()
    original = app.modify_state

    def leaving(token: Any, **named: Any) -> Any:
        watches.drop(tab.token)
        return original(token, **named)

    monkeypatch.setattr(app, "modify_state", leaving)
    tab.said.clear()
    await deliveries.deliver(app, entries)
    assert tab.said == []
    assert watches.everyone() == []


@pytest.mark.parametrize("address", ["/suivi", f"/suivi/{FACT.reference}"])
async def test_the_screen_of_a_revoked_session_is_closed(world: World, address: str) -> None:
    """SES-04: at the next fact, whoever it concerns, the screen forgets all and says so."""
    tab = await world.tab("importateur")
    await tab.connect(address)
    await world.revoke("importateur")
    tab.said.clear()
    await deliveries.deliver(app, await entries_since(0))
    screen = tab.shown["FollowUp" if address == "/suivi" else "ConsignmentPage"]
    assert screen["refusal"].startswith("Votre session est terminée.")
    assert (screen.get("rows"), screen.get("file", {}).get("reference")) in (([], None), (None, ""))
    assert not any(leaks(tab.said, one) for one in DOSSIERS.values())
    assert watches.everyone() == []


async def test_one_screen_that_fails_does_not_stop_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-01: the others are told, and the failure is in the log."""
    good, bad = await world.tab("importateur"), await world.tab("sivep")
    for tab in (good, bad):
        await tab.connect("/suivi")
        tab.said.clear()
    original = app.modify_state

    def failing(token: Any, **named: Any) -> Any:
        if token.ident == bad.token:
            raise RuntimeError("no state")
        return original(token, **named)

    monkeypatch.setattr(app, "modify_state", failing)
    await deliveries.deliver(app, await fact_about_a())
    assert leaks(good.said, FACT)
    assert bad.said == []


async def test_a_closed_tab_is_forgotten(world: World, modified: list[str]) -> None:
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    tab.close()
    await deliveries.deliver(app, await fact_about_a())
    assert modified == []
    assert watches.everyone() == []


async def test_another_connection_under_the_same_token_hears_nothing(world: World) -> None:
    """SES-04: who takes the token of a tab that went away is not the one who followed.

    Seen to fail: when `_still_open` looks at the token alone, the fact is sent to the new connection.
    """
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    tab.said.clear()
    world.pipeline.namespace._token_manager.token_to_socket[tab.token] = SimpleNamespace(sid="another")
    await deliveries.deliver(app, await fact_about_a())
    assert tab.said == []
    assert watches.everyone() == []


async def test_a_tab_that_left_the_list_is_not_told(world: World, modified: list[str]) -> None:
    """SES-01: the profile follows nothing."""
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    await tab.go("/profil")
    await deliveries.deliver(app, await fact_about_a())
    assert tab.token not in modified


async def test_a_withdrawn_habilitation_closes_the_screen(world: World) -> None:
    """SES-04, SES-05: rights are found anew before each delivery; the next click says what is missing."""
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    await world.withdraw("importateur")
    tab.said.clear()
    await deliveries.deliver(app, await fact_about_a())
    assert rows(tab) == []
    assert tab.shown["FollowUp"]["refusal"]
    assert not any(leaks(tab.said, one) for one in DOSSIERS.values())
    assert [one.screen.__name__ for one in watches.everyone()] == ["Session"]
    changes = await tab.send("FollowUp.show_newcomers")
    assert "habilitation" in changes["FollowUp"]["refusal"]


async def test_another_company_chosen_elsewhere_redraws_the_list(world: World) -> None:
    """SES-04, PPR-03: the session now works for B; no screen of it still shows A."""
    session_id = await world.session("transitaire")
    assert await choose_company(session_id, A) is None
    tab = world.pipeline.tab(session_id)
    await tab.connect("/suivi")
    assert await choose_company(session_id, B) is None
    tab.said.clear()
    await deliveries.deliver(app, await fact_about_a())
    assert [row["reference"] for row in rows(tab)] == [DOSSIERS["B_HAVRE"].reference]
    assert not any(leaks(tab.said, DOSSIERS[name]) for name in ("A_HAVRE", "A_ROISSY"))
