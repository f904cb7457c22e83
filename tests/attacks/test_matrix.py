"""Every door × every role × every situation: nothing that is not theirs comes back (SES-04, SES-05, COM-23).

The doors come from the registries: event handlers from Reflex's, HTTP routes from the application's, kinds of fact
from the code that writes the journal. What each person may see is written down in tests/attacks/people.py. The
run ends with the number of cells, and of leaks.

Seen to fail: `test_the_matrix_sees_a_leak` opens each protection in turn and counts what comes through.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import true

from app.app import app
from app.commands.demo_companies import A
from models import clock
from models.consignments import queries
from models.journal.tables import JournalEntry
from state import live, watches
from tests.attacks.people import PEOPLE, SITUATIONS, Situation, session_for, target_of
from tests.attacks.registry import kinds
from tests.state.freezing import Frozen
from tests.state.handlers import OURS
from tests.state.pipeline import Json, Tab
from tests.state.world import DOSSIERS, World, leaks
from tests.support.tally import TALLY

PAYLOADS: dict[str, Json] = {
    "FollowUp.narrow": {"name": "period", "value": "tout"},
    "FollowUp.search": {"form": {"q": "305438 3"}},
    "Dashboard.show_tab": {"name": "historique"},
    "Dashboard.show_declarations": {"name": "sociales"},
    "Dashboard.search": {"form": {"q": "305438 3"}},
    "Dashboard.turn": {"way": "next"},
    "ConsignmentPage.set_step": {"value": "physical"},
    "ConsignmentPage.set_outcome": {"value": "started"},
    "ConsignmentPage.set_reason": {"value": "OTHER"},
    "ConsignmentPage.set_measure": {"value": "DESTRUCTION"},
    "ConsignmentPage.set_due_on": {"value": "2026-12-01"},
    "ConsignmentPage.set_note": {"value": "Bonjour"},
    "ConsignmentPage.confirm": {"shown": ""},
    "ConsignmentPage.undo": {"form": {"motif": "WRONG_ENTRY"}, "shown": ""},
    "Appointments.accept": {"reference": "LEH-7K4Q2"},
    "Appointments.decline": {"reference": "LEH-7K4Q2"},
    "AppointmentPage.cancel": {"form": {"motif": "other"}},
    "AppointmentPage.decline": {"form": {"motif": "other"}},
    "Booking.toggle": {"reference": DOSSIERS["C_ROISSY"].reference},
    "Booking.for_control": {"value": "physical"},
    "Booking.open_day": {"value": "2026-11-25"},
    "Booking.turn_week": {"way": "next"},
    "Booking.choose_slot": {"value": "2026-11-25T09:00:00Z"},
    "Booking.take": {"value": "2026-11-25T09:00:00Z"},
    "Booking.confirm": {"form": {"contact": "Lise", "telephone": "06 12 34 56 78"}},
    "AgentHome.narrow": {"name": "etape", "value": "decision"},
    "AgentHome.take": {"reference": DOSSIERS["A_HAVRE"].reference},
    "AgentHome.release": {"reference": DOSSIERS["A_HAVRE"].reference},
    "AgentHome.hand": {"reference": DOSSIERS["A_HAVRE"].reference},
    "AgentHome.assign": {"account": "1"},
    "AgentHome.acknowledge": {"alert": "1"},
    "Alerts.acknowledge": {"alert": "1"},
    "Alerts.assign": {"alert": "1", "account": ""},
    "Alerts.edit": {"threshold": "1"},
    "Alerts.check": {"form": {"mesure": "step_age", "poste": "FRCDG4", "ouvre": "1", "ferme": "0"}},
    "ReceivedMessages.replay": {"message_id": "unknown"},
    "Planning.go": {"form": {"poste": "FRLEH1", "jour": "2026-03-24"}},
    "Planning.show": {"reference": "LEH-22222"},
    "Planning.ask": {"what": "move"},
    "Planning.pick_day": {"value": "2026-03-24"},
    "Planning.answer": {"form": {"motif": "other", "precisions": "Bonjour"}},
    "Planning.act": {"what": "arrived"},
    "Planning.shift": {"way": "later"},
    "Planning.drop": {"form": {"rdv": "LEH-22222", "creneau": "2026-03-24T09:00:00Z", "quai": "1"}},
    "Planning.check_in": {"form": {"reference": "leh 22222"}},
    "Matching.choose": {"reference": DOSSIERS["C_ROISSY"].reference},
    "Matching.check": {"form": {"siren": A}},
    "Matching.undo": {"reference": DOSSIERS["C_ROISSY"].reference},
    "UnknownPosts.choose": {"code": "FRLEH1"},
    "UnknownPosts.check": {"form": {"poste": "FRCDG4"}},
    "UnknownPosts.undo": {"code": "FRLEH1"},
    "Assistance.search": {"form": {"q": "bloqué"}},
    "Assistance.ask": {"form": {"question": "Où est mon envoi ?"}},
    "Assistance.send": {"form": {"name": "Quelqu’un"}},
    "GiveOpinion.choose": {"value": "5"},
    "GiveOpinion.send": {"form": {"comment": ""}},
    "Simulator.compute": {"form": {"goods": "100"}},
    "People.invite": {"form": {"email": "nouvelle@kerdrel.example"}},
    "People.cancel": {"invitation_id": "unknown"},
    "People.certify": {"account_id": "1"},
    "People.end_certification": {"account_id": "1"},
    "People.delegate": {"account_id": "1"},
    "People.end_delegation": {"account_id": "1"},
    "People.certify_recovery": {"account_id": "1"},
    "People.decline_recovery": {"account_id": "1"},
    "ReadOpinions.certify_recovery": {"account_id": "1"},
    "ReadOpinions.decline_recovery": {"account_id": "1"},
    "Mandated.give": {"form": {"logiciel": "demo-partner"}},
    "Mandated.withdraw": {"client_id": "demo-partner"},
    "Agenda.give": {"code": "FRLEH1"},
    "Agenda.renew": {"code": ""},
    "ReadOpinions.answered": {"reference": "AIDE-2026-000001"},
    "SignUp.check_siren": {"value": "1"},
    "Profile.close": {"key": "unknown"},
    "OfferPage.choose_post": {"value": "FRCDG4"},
    "OfferPage.show_tab": {"name": "bays"},
    "OfferPage.look": {
        "form": {"control": "identity", "goods": "dry", "containers": "1", "since": "2026-12-02"}
    },
    "OfferPage.edit_hours": {"key": "0"},
    "OfferPage.save_hours": {"form": {"service": "food", "opens": "19:00", "closes": "20:00"}},
    "OfferPage.remove_hours": {"key": "0"},
    "OfferPage.add_closure": {"form": {"what": "post", "from_day": "2026-12-02"}},
    "OfferPage.remove_closure": {"key": "0"},
    "OfferPage.edit_bay": {"key": "1"},
    "OfferPage.save_bay": {"form": {"name": "Quai 9"}},
    "OfferPage.retire_bay": {"key": "1"},
    "OfferPage.shift_bay": {"key": "1", "way": "up"},
    "OfferPage.save_lengths": {"form": {"identity.dry.first": "20"}},
    "OfferPage.save_terms": {"form": {"department": "76"}},
    "OfferPage.choose": {"reference": "LEH-7K4Q2", "value": "move"},
    "OfferPage.choose_all": {"value": "cancel"},
    "OfferPage.save": {"form": {"text": "Travaux"}},
    "Notifications.narrow": {"value": "action-requise"},
    "Notifications.read": {"key": "1"},
    "NoticeSettings.choose": {"kind": "decision", "channel": "email", "mode": "off"},
    "NoticeSettings.keep_quiet": {"form": {"de": "22:00", "a": "07:00"}},
    "NoticeSettings.set_time": {"value": "8"},
    "NoticeSettings.subscribe": {
        "form": {"endpoint": "https://push.example.org/x", "p256dh": "x", "auth": "x"}
    },
    "NoticeSettings.remove": {"key": "1"},
    "Undelivered.replay": {"key": "unknown"},
    "ServiceBanner.dismiss": {"alert": "1"},
}
Wrong = dict[str, list[str]]


PAGES = {
    "Notifications": "/notifications",
    "NoticeSettings": "/notifications/reglages",
    "Undelivered": "/agent/envois-en-echec",
    "AgentHome": "/agent",
    "Alerts": "/agent/alertes",
    "ConsignmentPage": "/suivi/{reference}",
    "OfferPage": "/agent/offre",
    "Planning": "/agent/planning",
    "Booking": "/rendez-vous/nouveau?envoi={reference}",
    "AppointmentPage": "/rendez-vous/LEH-7K4Q2",
    "Appointments": "/rendez-vous",
    "Dashboard": "/tableau-de-bord",
    "FollowUp": "/suivi?periode=tout",
}
"""Where a tab must be for its handlers to have something to do."""


def _page(handler: str, reference: str) -> str:
    return PAGES.get(handler.partition(".")[0], "/").format(reference=reference)


@asynccontextmanager
async def _opened(
    world: World, who: str, situation: Situation, addresses: Collection[str]
) -> AsyncIterator[dict[str, Frozen]]:
    """A tab at each address, in that situation, with nothing said since: each cell takes it from there.

    All are opened before what makes the situation happens, once for all of them.
    """
    session_id = await session_for(world, who, situation)
    tabs = [world.pipeline.tab(session_id) for _ in addresses]
    for tab, address in zip(tabs, addresses, strict=True):
        await tab.connect(address)
    if situation.then is not None:
        await situation.then(world, who, session_id)
        for tab in tabs:
            tab.said.clear()
    yield {tab.address: Frozen(tab) for tab in tabs}
    if situation.then is not None:
        await world.renewed()


async def _handler_cell(situation: Situation, who: str, handler: str, opened: Frozen) -> list[str]:
    sight = situation.sights[who]
    tab = opened.thawed()
    await tab.send(handler, PAYLOADS.get(handler))
    wrong = sight.forbidden(tab.said)
    if handler == "FollowUp.load":
        wrong += [f"{name} missing" for name in sight.dossiers if not leaks(tab.said, DOSSIERS[name])]
    if any(not path.startswith("/") or path.startswith("//") for path in tab.redirects):
        wrong.append("sent elsewhere")
    opened.close()
    return wrong


async def _handlers(world: World, who: str, situation: Situation) -> Wrong:
    wrong = {}
    reference = DOSSIERS[target_of(who, situation)].reference
    pages = {handler: _page(handler, reference) for handler in OURS}
    async with _opened(world, who, situation, set(pages.values())) as opened:
        for handler, page in pages.items():
            found = await _handler_cell(situation, who, handler, opened[page])
            TALLY.cell("event handlers", leaked=bool(found))
            if found:
                wrong[handler] = found
    return wrong


@pytest.mark.parametrize("name", SITUATIONS)
@pytest.mark.parametrize("who", PEOPLE)
async def test_every_handler(world: World, who: str, name: str) -> None:
    """SES-04, SES-05: each handler, on the page of the consignment that the situation names."""
    assert await _handlers(world, who, SITUATIONS[name]) == {}


def entries(world: World, kind: str) -> list[JournalEntry]:
    """A fact of that kind about each dossier."""
    return [
        JournalEntry(
            seq=number, at=clock.now(), kind=kind, actor="system", consignment_id=world.ids[name], siren=one.siren,
            post_code=one.post, payload={},
        )
        for number, (name, one) in enumerate(DOSSIERS.items(), start=1)
    ]  # fmt: skip


async def _push_cell(world: World, who: str, situation: Situation, kind: str, tabs: list[Tab]) -> list[str]:
    sight = situation.sights[who]
    for tab in tabs:
        tab.said.clear()
    await live.deliver(app, entries(world, kind))
    wrong = [word for tab in tabs for word in sight.forbidden(tab.said)]
    if tabs[0].address.startswith("/suivi?"):
        wrong += [f"{name} not told" for name in sight.dossiers if not leaks(tabs[0].said, DOSSIERS[name])]
    return wrong


async def _pushes(world: World, who: str, situation: Situation, addresses: list[str]) -> Wrong:
    wrong = {}
    async with _opened(world, who, situation, addresses) as opened:
        frozen = [opened[address] for address in addresses]
        tabs = [one.thawed() for one in frozen] if situation.then is None else []
        for number, kind in enumerate(kinds()):
            closing = frozen[number % len(frozen)]
            if situation.then is not None:  # a screen closes once: each kind of fact finds another one open
                tabs = [closing.thawed()]
            found = await _push_cell(world, who, situation, kind, tabs)
            TALLY.cell("live pushes", leaked=bool(found))
            if found:
                wrong[kind] = found
            if situation.then is not None:
                closing.close()
    return wrong


@pytest.mark.parametrize("name", SITUATIONS)
@pytest.mark.parametrize("who", PEOPLE)
async def test_every_push(world: World, who: str, name: str) -> None:
    """SES-01, SES-04, SES-05: each kind of fact about each dossier, on the list and on the page of one of them."""
    assert await _pushes_to_both(world, who, SITUATIONS[name]) == {}


def test_the_kinds_are_found() -> None:
    """The registry reads them from the code: these at least are written today."""
    assert {"consignment.notified", "consignment.step_recorded", "session.ended", "mandate.ended"} <= set(
        kinds()
    )
    assert {"habilitation.withdrawn", "officer.posting_ended", "message.refused"} <= set(kinds())


Break = Callable[[pytest.MonkeyPatch], None]


def _everybody_sees_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(queries, "visible", lambda _viewer: true())
    patch.setattr(watches, "touches", lambda _viewer, _entry: True)


def _every_session_lives(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("models.accounts.sessions.sign_out", _nothing)
    patch.setattr("tests.attacks.people.sign_out", _nothing)


async def _nothing(*_args: Any) -> None:
    """The verb does nothing."""


Kind = Callable[[World, str, Situation], Awaitable[Wrong]]


async def _pushes_to_both(world: World, who: str, situation: Situation) -> Wrong:
    reference = DOSSIERS[target_of(who, situation)].reference
    return await _pushes(world, who, situation, ["/suivi?periode=tout", f"/suivi/{reference}"])


@pytest.mark.parametrize("kind", [_handlers, _pushes_to_both])
@pytest.mark.parametrize(
    ("protection", "name"),
    [(_everybody_sees_all, "other company"), (_every_session_lives, "signed out")],
)
async def test_the_matrix_sees_a_leak(
    world: World, monkeypatch: pytest.MonkeyPatch, protection: Break, name: str, kind: Kind
) -> None:
    """SES-04: without the protection the cells are full of leaks; they are not counted in the tally."""
    monkeypatch.setattr(TALLY, "cell", lambda _door, *, leaked: None)  # noqa: ARG005
    protection(monkeypatch)
    assert await kind(world, "importateur", SITUATIONS[name])


@pytest.mark.parametrize("who", [who for who, sight in PEOPLE.items() if sight.dossiers])
async def test_one_s_own_is_shown(world: World, who: str) -> None:
    """SES-01, SES-05: the same search finds every word where it may, so that the table above proves something."""
    tab = await world.tab(who)
    for dossier in sorted(PEOPLE[who].dossiers):
        tab.said.clear()
        await tab.connect(f"/suivi/{DOSSIERS[dossier].reference}")
        shown = set(leaks(tab.said, DOSSIERS[dossier]))
        assert set(DOSSIERS[dossier].secrets) - shown == set(), dossier
