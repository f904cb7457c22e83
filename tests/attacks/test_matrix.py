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
from models.border.follow_up.queries import listing as queries
from models.journal.tables import JournalEntry
from models.kernel import clock
from state.hub import deliveries
from state.kit import watches
from tests.attacks.payloads import PAGES, PAYLOADS
from tests.attacks.people import PEOPLE, SITUATIONS, Situation, session_for, target_of
from tests.attacks.registry import kinds
from tests.state.freezing import Frozen
from tests.state.handlers import OURS
from tests.state.pipeline import Tab
from tests.state.world import DOSSIERS, World, leaks
from tests.support.tally import TALLY

Wrong = dict[str, list[str]]


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
            seq=number, at=clock.now(), kind=kind, actor="system", subject_kind="consignment", subject_id=str(world.ids[name]), siren=one.siren,
            post_code=one.post, payload={},
        )
        for number, (name, one) in enumerate(DOSSIERS.items(), start=1)
    ]  # fmt: skip


async def _push_cell(world: World, who: str, situation: Situation, kind: str, tabs: list[Tab]) -> list[str]:
    sight = situation.sights[who]
    for tab in tabs:
        tab.said.clear()
    await deliveries.deliver(app, entries(world, kind))
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
    patch.setattr("models.identity.access.sessions.sign_out", _nothing)
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
