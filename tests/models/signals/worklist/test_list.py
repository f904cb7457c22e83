"""The officers' list from the database: who sees what, in which order, for what price (SES-05, SES-20)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy import event as sql_event

from models.border.passage.content import Container
from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import write
from models.kernel.refusal import Refusal
from models.signals.alerts.catalogue import ensure_thresholds
from models.signals.worklist import actions
from models.signals.worklist.queries import Narrowed, WorkPage, work_list
from tests.factories import NOW, after, ched, coarri, consignment, event, keep, operator, reference, row, tell
from tests.models.signals.alerts.people import (
    ADA,
    HAVRE,
    LEA,
    MAX,
    ROISSY,
    ZOE,
    customs,
    sivep,
    supervisor,
    told,
    watch_at,
)
from tests.support.databases import both_databases, reading, transaction

pytestmark = pytest.mark.usefixtures("basics")

CUSTOMS = {"step": "release", "actor": "customs", "action": "grant_release"}


async def listed(viewer: Viewer, hours: float = 0, page: int = 1, **said: Any) -> WorkPage:
    """The list as that person sees it so many hours after NOW."""
    due = said.pop("due", None)
    with clock.fixed(after(hours)):
        async with reading() as db:
            return work_list(db, viewer, Narrowed(**said), page, due)


def numbers(page: WorkPage) -> list[int]:
    """Which consignments, in order."""
    return [int(one.reference.rpartition(".")[2]) for one in page.lines]


@both_databases
async def test_what_waits_for_one_s_own_service_at_one_s_own_posts() -> None:
    """SES-05: not what waits for the operator, the other service or another post, nor what is closed."""
    await keep(
        row(1),
        row(2, **CUSTOMS),
        row(3, actor="operator", state="action_required"),
        row(4, post_code=ROISSY),
        row(5, closed_at=NOW, state="released"),
    )
    assert numbers(await listed(sivep())) == [1]
    assert numbers(await listed(customs())) == [2]
    assert numbers(await listed(sivep(LEA, ROISSY))) == [4]
    assert numbers(await listed(supervisor())) == [1, 2, 4]
    assert numbers(await listed(operator())) == []


@both_databases
async def test_in_order_with_the_reason() -> None:
    """SES-20: from real messages: the wait counts from when the step could begin."""
    await write(ensure_thresholds)
    boxes = "OSTU4812053", "CSQU3054383", "MSKU1234565"
    for number, (box, kind) in enumerate(zip(boxes, ("CHEDPP", "CHEDA", "CHEDPP"), strict=True), start=1):
        name = f"{kind}.FR.2026.{number:07}"
        said = ched(number, reference=name, ched_type=kind, containers=(Container(box),))
        await tell(said, coarri(box, at=after(number), interchange=box), at=after(number))
    await watch_at(after(4.5))
    page = await listed(sivep(), 4.5)
    assert [(int(one.reference[-1]), one.place.reason.replace("\u00a0", " ")) for one in page.lines] == [
        (2, "Animaux vivants"),
        (1, "Alerte : étape longue"),
        (3, "Attend depuis 1 h 30 min"),
    ]
    assert (page.total, page.median_wait) == (3, 150)
    due = {page.lines[2].id: after(6)}
    assert [one.place.reason for one in (await listed(sivep(), 4.5, due=due)).lines][2] == (
        "Rendez-vous à 16\u00a0h\u00a000"
    )


@both_databases
async def test_narrowed_and_in_pages_of_twenty() -> None:
    """SES-20: by goods, step, post, and by who has it in hand; a page too far is the last."""
    await keep(*(row(number, opened_at=after(-number)) for number in range(1, 26)))
    await keep(row(30, ched_type="CHEDD", step="decision", action="decide"))
    first, second = await listed(sivep()), await listed(sivep(), page=2)
    assert numbers(first) == [*range(25, 5, -1)]
    assert numbers(second) == [5, 4, 3, 2, 1, 30]
    assert (first.page, first.pages, first.total) == (1, 2, 26)
    assert (await listed(sivep(), page=99)).page == 2
    assert numbers(await listed(sivep(), ched_type="CHEDD")) == [30]
    assert numbers(await listed(sivep(), step="decision")) == [30]
    assert numbers(await listed(sivep(), post=ROISSY)) == []
    with clock.fixed(NOW):
        assert await actions.take(sivep(), reference(30)) is None
    assert numbers(await listed(sivep(), whose="mine")) == [30]
    assert (await listed(sivep(), whose="free")).total == 25
    assert (await listed(sivep(MAX), whose="mine")).total == 0


@both_databases
async def test_taken_by_one_alone() -> None:
    """SES-05: whoever comes first has it, gives it back, or a colleague is given it; each is one fact."""
    await keep(row(1))
    one = reference(1)
    with clock.fixed(NOW):
        assert await actions.take(sivep(), one) is None
        assert await actions.take(sivep(), one) is None
        assert isinstance(await actions.take(sivep(MAX), one), Refusal)
        assert isinstance(await actions.release(sivep(MAX), one), Refusal)
        (line,) = (await listed(sivep(MAX))).lines
        assert (line.held_by, line.holder) == (ADA, "Ada Roux")
        for stranger in (LEA, ZOE, 999):
            assert isinstance(await actions.assign(sivep(), one, stranger), Refusal)
        assert await actions.assign(sivep(), one, MAX) is None
        assert isinstance(await actions.release(sivep(), one), Refusal)
        assert await actions.release(sivep(MAX), one) is None
        assert await actions.release(sivep(MAX), one) is None
    assert [(it.kind, it.post_code, it.siren) for it in await told("work.")] == [
        ("work.taken", HAVRE, None),
        ("work.assigned", HAVRE, None),
        ("work.released", HAVRE, None),
    ]
    assert (await listed(sivep())).lines[0].held_by is None


@both_databases
async def test_who_may_not_take() -> None:
    """SES-05: another post, an operator, a supervisor, the other service; nor what has left the list."""
    await keep(row(1), row(2, closed_at=NOW, state="released", actor=""))
    for viewer in (sivep(LEA, ROISSY), operator(), supervisor(), customs()):
        assert isinstance(await actions.take(viewer, reference(1)), Refusal)
        assert isinstance(await actions.assign(viewer, reference(1), ADA), Refusal)
    assert isinstance(await actions.take(sivep(), reference(2)), Refusal)
    assert await told("work.") == []


@both_databases
async def test_what_passes_to_the_other_service_is_free_there() -> None:
    """SES-05: the claim of the SIVEP holds customs back neither from seeing nor from taking."""
    await keep(row(1))
    with clock.fixed(NOW):
        await actions.take(sivep(), reference(1))
    whole = await consignment(1)
    for name, value in CUSTOMS.items():
        setattr(whole, name, value)
    await keep_again(whole)
    assert (await listed(customs())).lines[0].held_by is None
    with clock.fixed(NOW):
        assert await actions.take(customs(), reference(1)) is None
    assert (await listed(customs())).lines[0].holder == "Zoé Blin"


async def keep_again(whole: Any) -> None:
    """Write a consignment that changed."""
    async with transaction() as db:
        db.merge(whole)


async def test_a_supervisor_is_named_nobody() -> None:
    """SES-05: officers are named to those who serve at their posts alone."""
    await keep(row(1))
    with clock.fixed(NOW):
        await actions.take(sivep(), reference(1))
    (line,) = (await listed(supervisor())).lines
    assert (line.held_by, line.holder) == (ADA, "")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that go to the database meanwhile."""
    said: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        said.append(statement)

    sql_event.listen(Engine, "before_cursor_execute", note)
    yield said
    sql_event.remove(Engine, "before_cursor_execute", note)


@both_databases
async def test_as_many_queries_for_one_as_for_twenty() -> None:
    """The list costs the same number of queries, whatever it holds and whatever is closed."""
    await keep(row(1))
    with counted() as few:
        await listed(sivep())
    await keep(*(row(number) for number in range(2, 60)))
    with counted() as many:
        await listed(sivep())
    assert len(few) == len(many)


@pytest.mark.parametrize("status", [StepStatus.STARTED, StepStatus.PLANNED])
async def test_the_wait_counts_from_the_start_of_the_step(status: StepStatus) -> None:
    """SES-03, SES-20: a check that began an hour ago waits for an hour, and one that is planned has not begun."""
    documents = event(StepKind.DOCUMENTARY, StepStatus.SATISFACTORY, hours=1)
    await tell(ched(), coarri(), documents, event(StepKind.PHYSICAL, status, hours=3), at=after(1))
    page = await listed(sivep(), 4)
    if status is StepStatus.PLANNED:
        assert page.lines == []  # the operator presents the goods
    else:
        assert page.lines[0].since == NOW + timedelta(hours=3)
