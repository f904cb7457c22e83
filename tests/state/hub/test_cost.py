"""What a commit costs the hub, counted and not timed: transactions and statements, and what a delta holds (SES-01).

A number that grows is a slower portal: say why where it is raised (bench/README.md has the times).
"""

import json
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, event

from app.app import app
from demo.commands.companies import A
from models.border.passage.vocabulary import StepKind
from models.journal.queries import after, last_seq
from models.journal.tables import JournalEntry
from models.kernel.database import read
from models.kernel.settings.portal import settings
from models.signals.notifications import derivation
from models.signals.notifications.cursors import last_revision
from models.signals.notifications.queries.cursors import changed_since
from state.hub import deliveries
from state.signals import bell
from tests.models.border.messages.test_cost import statements
from tests.state.pipeline import Pipeline, Tab
from tests.state.world import DOSSIERS, World, fill, tell, world_of
from tests.support.databases import both_databases

DIFFERENT = ("importateur", "transitaire", "sivep", "douane", "superviseur")
FACT = DOSSIERS["A_HAVRE"]


@pytest.fixture
async def world(database: str, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> World:
    """The demonstration's people on either engine."""
    if database.startswith("postgresql"):
        monkeypatch.setenv("PASSAVANT_DEMO", "1")
        settings.cache_clear()
        await fill()
    return await world_of(pipeline)


@contextmanager
def transactions() -> Iterator[list[Connection]]:
    """Those that begin meanwhile."""
    begun: list[Connection] = []

    def note(connection: Connection) -> None:
        begun.append(connection)

    event.listen(Engine, "begin", note)
    yield begun
    event.remove(Engine, "begin", note)


async def cost(work: Awaitable[object]) -> tuple[int, int]:
    """Transactions and statements of this work."""
    with transactions() as begun, statements() as sent:
        await work
    return len(begun), len(sent)


async def opened(world: World, people: Sequence[str], address: str = "/suivi") -> list[Tab]:
    """A screen of each, told nothing yet."""
    tabs = [await world.tab(who, siren=A if who == "transitaire" else "") for who in people]
    for tab in tabs:
        await tab.connect(address)
        tab.said.clear()
    return tabs


async def journalled(name: str, step: StepKind = StepKind.DOCUMENTARY) -> list[JournalEntry]:
    """A step of that dossier starts; what the journal says of it."""
    seq = await read(last_seq)
    await tell(DOSSIERS[name], step)
    return await read(lambda db: after(db, seq))


async def relayed() -> None:
    """Whoever is to be told of what waits in the journal is told."""
    while await derivation.relay():
        pass


@both_databases
async def test_ses_01_a_commit_that_concerns_nobody_costs_one_look(world: World) -> None:
    """SES-01: the journal and the numbers of the notices, whatever is open; no screen hears of it.

    Seen to fail: with who is behind found anew for everyone.
    """
    costs = []
    for many in (1, 4):
        tabs = await opened(world, ["importateur"] * many)
        heard = await deliveries._start()
        await journalled("B_HAVRE", (StepKind.DOCUMENTARY, StepKind.ARRIVAL)[many > 1])
        costs.append(await cost(deliveries._deliver_after(app, heard)))
        assert [tab.said for tab in tabs] == [[]] * many
    assert costs == [(1, 2), (1, 2)]


@both_databases
async def test_ses_01_alike_screens_cost_the_same_as_one(world: World) -> None:
    """SES-01: who is behind, the changed row, its steps and the counters, once for all.

    Seen to fail: with what screens share read by each.
    """
    costs = []
    for many, step in ((1, StepKind.DOCUMENTARY), (4, StepKind.ARRIVAL)):
        tabs = await opened(world, ["importateur"] * many)
        entries = await journalled("A_HAVRE", step)
        costs.append(await cost(deliveries.deliver(app, entries)))
        assert all(tab.said for tab in tabs)
        for tab in tabs:
            tab.close()
    assert costs == [(2, 5), (2, 5)]


@both_databases
async def test_ses_01_each_other_sight_costs_its_rows_alone(world: World) -> None:
    """SES-01, SES-05: who is behind for all at once; then the rows of each who sees something else."""
    await opened(world, DIFFERENT)
    entries = await journalled("A_HAVRE")
    assert await cost(deliveries.deliver(app, entries)) == (6, 18)


async def test_ses_01_a_delta_holds_what_changed_alone(world: World) -> None:
    """SES-01: the changed row and the line above the list, and neither the list nor the frame around it.

    Seen to fail: with a var set to the value that it had.
    """
    (tab,) = await opened(world, ["importateur"])
    await deliveries.deliver(app, await journalled("A_HAVRE"))
    tab.said.clear()
    before = dict(tab.shown["FollowUp"])
    await deliveries.deliver(app, await journalled("A_HAVRE", StepKind.IDENTITY))
    sent = {name: value for update in tab.said for name, value in json.loads(update).items()}
    assert [name for name, value in sent.items() if before.get(name) == value] == []
    assert set(sent) == {"changed", "chips", "feed_fact", "feed_at"}
    assert list(sent["changed"]) == [FACT.reference]


@both_databases
async def test_ses_30_the_bell_is_counted_once_for_one_person(world: World) -> None:
    """SES-30: however many screens are theirs; each other person is counted apart.

    Seen to fail: with each screen asking for itself.
    """
    costs: list[tuple[int, int]] = []
    for people in (["importateur"], ["importateur"] * 4, ["importateur", "transitaire"]):
        await relayed()
        tabs = await opened(world, people)
        revision = await read(last_revision)
        await journalled("A_HAVRE", (StepKind.DOCUMENTARY, StepKind.ARRIVAL, StepKind.IDENTITY)[len(costs)])
        await relayed()
        _, accounts = await read(changed_since, revision)
        costs.append(await cost(bell.deliver(app, accounts)))
        for tab in tabs:
            tab.close()
    assert costs == [(1, 8), (1, 8), (1, 13)]
