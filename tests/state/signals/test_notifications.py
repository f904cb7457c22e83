"""The bell and the list of notices: live, in step on every screen of one person, and of no other (SES-30, SES-04)."""

from typing import Any

import pytest

from app.app import app
from models.border.consignments.subject import CONSIGNMENT
from models.identity.access.sessions import sign_out
from models.journal.queries import after, last_seq
from models.journal.record import record_at_once
from models.kernel.database import read, write
from models.kernel.subject import Subject
from models.signals.notifications import derivation
from models.signals.notifications.cursors import last_revision
from models.signals.notifications.queries.cursors import changed_since
from models.signals.notifications.tables import Notice
from state.hub import deliveries
from state.signals import bell
from tests.state.kit.test_hub import hub, told
from tests.state.pipeline import Json, Tab
from tests.state.world import DOSSIERS, World, leaks
from tests.support.notices import rows

Changed = tuple[int, int]


def shown(tab: Tab) -> Json:
    """What the page of notices shows."""
    return tab.shown["Notifications"]


def lines(tab: Tab) -> list[Json]:
    """Its lines, whatever their day."""
    return [line for day in shown(tab)["days"] for line in day["lines"]]


def unread(tab: Tab) -> int:
    """What the bell counts."""
    return int(tab.shown["Session"]["unread_count"])


async def happened(world: World, dossier: str = "A_HAVRE", **said: Any) -> int:
    """The consignment now waits for its operator, and those concerned were told; the entry's number."""
    one = DOSSIERS[dossier]
    now: Json = {
        "state": "action_required",
        "step": "declaration",
        "owed_by": "operator",
        "action": "file_declaration",
    }
    whose: Json = {
        "subject": Subject.of(CONSIGNMENT, world.ids[dossier]),
        "siren": one.siren,
        "post_code": one.post,
    }
    await write(lambda db: record_at_once(db, "consignment.observed", **whose, **(now | said)))
    seq = await read(last_seq)
    await relayed()
    return seq


async def relayed() -> None:
    """Tell all that waits."""
    while await derivation.relay():
        pass


async def since() -> Changed:
    """Where the hub is now."""
    return await read(last_seq), await read(last_revision)


async def pushed(before: Changed) -> None:
    """One round of the hub, after what it heard before."""
    entries = await read(lambda db: after(db, before[0]))
    _, accounts = await read(lambda db: changed_since(db, before[1]))
    await deliveries.deliver(app, entries)
    await bell.deliver(app, accounts)


@pytest.fixture
async def told_before(world: World) -> World:
    """The people, told of all that the world began with, who read it all."""
    await relayed()
    for who in ("importateur", "transitaire", "concurrent", "sivep", "superviseur"):
        tab = await world.tab(who)
        await tab.connect("/notifications")
        await tab.send("Notifications.read_all")
        tab.close()
    return world


async def test_ses_30_the_bell_counts_on_every_page_and_every_screen(told_before: World) -> None:
    """SES-30: in two tabs of one session and on another device; read on one, read on all; nobody else hears."""
    world = told_before
    session_id = await world.session("importateur")
    tabs = [world.pipeline.tab(session_id), world.pipeline.tab(session_id), await world.tab("importateur")]
    for tab, address in zip(tabs, ("/suivi", "/profil", "/tableau-de-bord"), strict=True):
        await tab.connect(address)
        assert unread(tab) == 0
    rival = await world.tab("concurrent")
    await rival.connect("/suivi")
    rival.said.clear()
    before = await since()
    await happened(world)
    await pushed(before)
    assert [unread(tab) for tab in tabs] == [1, 1, 1]
    assert rival.said == []
    phone = await world.tab("importateur")
    await phone.connect("/notifications")
    before = await since()
    await phone.send("Notifications.read", {"key": lines(phone)[0]["key"]})
    assert unread(phone) == 0
    await pushed(before)
    assert [unread(tab) for tab in tabs] == [0, 0, 0]


async def test_ses_30_the_hub_itself_rings(told_before: World) -> None:
    """SES-30: its loop looks for notices as it looks for facts.

    Seen to fail: without `bell.deliver` in the hub.
    """
    tab = await told_before.tab("importateur")
    await tab.connect("/profil")
    tab.said.clear()
    async with hub():
        await happened(told_before)
        await told(tab)
    assert unread(tab) == 1


async def test_the_list_changes_where_it_stands_and_offers_what_is_new(told_before: World) -> None:
    """SES-30: no line moves; what was read on another screen is read here."""
    world = told_before
    await happened(world)
    tab, other = await world.tab("importateur"), await world.tab("importateur")
    await tab.connect("/notifications")
    await other.connect("/notifications")
    before, order = await since(), [line["key"] for line in lines(tab)]
    assert (shown(tab)["days"][0]["label"], lines(tab)[0]["read"]) == ("Aujourd’hui", False)
    await happened(world, "A_ROISSY")
    await other.send("Notifications.read", {"key": order[0]})
    await pushed(before)
    assert [line["key"] for line in lines(tab)] == order
    assert lines(tab)[0]["read"] is True
    assert shown(tab)["newcomers"] == "1\u00a0nouvelle notification\u00a0: afficher"
    await tab.send("Notifications.show_newcomers")
    assert len(lines(tab)) == len(order) + 1
    assert shown(tab)["newcomers"] == ""


async def test_filters_stand_in_the_address(told_before: World) -> None:
    world = told_before
    await happened(world)
    tab = await world.tab("importateur")
    await tab.connect("/notifications?etat=non-lues")
    assert [line["read"] for line in lines(tab)] == [False]
    await tab.connect("/notifications?type=envoi-libere")
    assert (lines(tab), shown(tab)["around"]["kind"]) == ([], "envoi-libere")
    await tab.send("Notifications.narrow", {"value": "action-requise"})
    assert tab.redirects == ["/notifications?type=action-requise"]
    await tab.connect("/notifications?type=nimporte&etat=x")
    assert len(lines(tab)) > 1


async def test_all_are_read_at_once_and_of_nobody_else(told_before: World) -> None:
    world = told_before
    await happened(world)
    agent, tab = await world.tab("transitaire"), await world.tab("importateur")
    await agent.connect("/notifications")
    theirs = unread(agent)
    await tab.connect("/notifications")
    await tab.send("Notifications.read_all")
    assert (unread(tab), {line["read"] for line in lines(tab)}) == (0, {True})
    await agent.connect("/notifications")
    assert unread(agent) == theirs == 1


async def test_ses_04_another_s_notice_cannot_be_read_nor_marked(told_before: World) -> None:
    """SES-04: numbers are guessed in vain."""
    world = told_before
    await happened(world)
    rival = await world.tab("concurrent")
    await rival.connect("/notifications")
    for key in range(1, 60):
        await rival.send("Notifications.read", {"key": str(key)})
    mine = [one for one in await rows(Notice) if one.account_id == world.accounts["importateur"]]
    assert len([one for one in mine if one.read_at is None]) == 1
    assert not any(leaks(rival.said, DOSSIERS[name]) for name in ("A_HAVRE", "A_ROISSY", "B_HAVRE"))


async def test_ses_04_a_right_lost_since_shows_nothing(told_before: World) -> None:
    """SES-04: the open list loses its lines, the bell its count."""
    world = told_before
    await happened(world)
    tab = await world.tab("importateur")
    await tab.connect("/notifications")
    assert (unread(tab), bool(lines(tab))) == (1, True)
    before = await since()
    await world.withdraw("importateur")
    await pushed(before)
    assert (unread(tab), lines(tab)) == (0, [])
    tab.said.clear()
    await tab.connect("/notifications")
    assert not any(leaks(tab.said, one) for one in DOSSIERS.values())


async def test_ses_04_a_session_that_ended_hears_no_bell(told_before: World) -> None:
    world = told_before
    session_id = await world.session("importateur")
    tab = world.pipeline.tab(session_id)
    await tab.connect("/profil")
    before = await since()
    await sign_out(session_id)
    await happened(world)
    tab.said.clear()
    _, accounts = await read(lambda db: changed_since(db, before[1]))
    await bell.deliver(app, accounts)
    assert tab.said == []


async def test_older_ones_come_below(told_before: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("models.signals.notifications.queries.notices.PAGE", "state.signals.notifications.PAGE"):
        monkeypatch.setattr(name, 1)
    await happened(told_before)
    tab = await told_before.tab("importateur")
    await tab.connect("/notifications")
    assert (len(lines(tab)), shown(tab)["more"]) == (1, True)
    await tab.send("Notifications.show_older")
    assert len(lines(tab)) == 2
    assert [line["before"] for line in lines(tab)] == sorted(
        (line["before"] for line in lines(tab)), reverse=True
    )


async def test_nobody_is_shown_a_list_without_signing_in(world: World) -> None:
    tab = await world.tab(None)
    await tab.connect("/notifications")
    assert tab.redirects == ["/connexion?next=/notifications"]
