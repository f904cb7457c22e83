"""What the watch costs: a fixed number of queries, whatever there is to measure (SES-20)."""

import pytest

from models.signals.alerts import actions
from tests.factories import NOW, after, ched, coarri, keep, row, tell
from tests.models.signals.alerts.people import watch_at
from tests.models.signals.worklist.test_list import counted
from tests.support.databases import both_databases, reading


async def _look() -> int:
    """How many statements one look that finds nothing to do sends."""
    with counted() as said:
        async with reading() as db:
            actions._plan(db)
    return len(said)


@pytest.mark.usefixtures("basics")
@both_databases
async def test_as_many_queries_for_one_as_for_hundreds() -> None:
    """SES-20: open or closed, alerted or not."""
    await tell(ched(), coarri())
    await watch_at(after(3))
    few = await _look()
    await keep(*(row(number) for number in range(2, 150)))
    await keep(*(row(number, closed_at=NOW, state="released", actor="") for number in range(200, 300)))
    await watch_at(after(3))
    assert await _look() == few <= 9
