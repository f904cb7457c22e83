"""SES-03: what steps took is kept up to date from the journal, whatever the order and however often."""

import pytest

from models.border.consignments.tables import Consignment, Step
from models.border.expectations.observations import catch_up, relearn
from models.border.expectations.queries import durations
from models.border.expectations.tables import LearningCursor, StepDuration
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel.database import read, write
from tests.factories import (
    add_basics,
    after,
    ched,
    coarri,
    consignment,
    count,
    event,
    keep,
    reference,
    row,
    tell,
)
from tests.models.border.expectations.past import learnt_durations
from tests.support.databases import both_databases, transaction

pytestmark = pytest.mark.usefixtures("database")

K, S = StepKind, StepStatus
PASSAGE = (
    ched(),
    coarri(at=after(30)),
    event(K.DOCUMENTARY, S.STARTED, hours=31),
    event(K.DOCUMENTARY, S.SATISFACTORY, hours=32),
)


async def learn_all() -> None:
    """Until nothing is left."""
    while await write(catch_up):
        pass


@both_databases
async def test_ses_03_what_steps_took_is_learnt_from_what_happened() -> None:
    """SES-03: ended ones, and the one that goes on; once more changes nothing."""
    await add_basics()
    await tell(*PASSAGE)
    mine = (await consignment()).key
    expected = {
        (mine, "FRLEH1", K.ARRIVAL, after(0), None, after(30), True),
        (mine, "FRLEH1", K.DOCUMENTARY, after(30), after(31), after(32), True),
        (mine, "FRLEH1", K.DECISION, after(32), None, None, False),
    }
    await learn_all()
    assert await learnt_durations() == expected
    await learn_all()
    await write(lambda db: relearn(db, [mine]))
    assert await learnt_durations() == expected


@pytest.mark.parametrize("together", [True, False], ids=["at the end", "after each message"])
async def test_ses_03_neither_the_order_nor_the_moment_of_learning_counts(together: bool) -> None:
    """SES-03, SES-02: late messages take their place in what was learnt too."""
    await add_basics()
    for message in reversed(PASSAGE):
        await tell(message)
        if not together:
            await learn_all()
    await learn_all()
    mine = (await consignment()).key
    assert (mine, "FRLEH1", K.DOCUMENTARY, after(30), after(31), after(32), True) in await learnt_durations()
    assert await count(StepDuration) == (3,)


async def test_ses_03_what_moves_to_another_post_counts_there() -> None:
    """SES-03"""
    await add_basics()
    await tell(*PASSAGE)
    await learn_all()
    await tell(ched(status="42", issued_at=after(40), post_code="FRMRS1"))
    await learn_all()
    assert {one[1] for one in await learnt_durations()} == {"FRMRS1"}


async def test_ses_03_what_is_closed_goes_on_no_more() -> None:
    """SES-03: a CHED that was deleted waits for nothing."""
    await add_basics()
    await tell(*PASSAGE, ched(status="64", issued_at=after(50)))
    await learn_all()
    assert all(done for *_, done in await learnt_durations())


async def test_batches_go_on_from_where_the_last_one_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when one fails half-way: the cursor is written with what it vouches for."""
    await add_basics()
    await tell(*PASSAGE)
    monkeypatch.setattr(durations, "BATCH", 2)
    monkeypatch.setattr(durations, "_NEWS", durations._NEWS.limit(2))

    def interrupted(db: object) -> None:
        catch_up(db)  # type: ignore[arg-type]
        raise KeyError

    with pytest.raises(KeyError):
        await write(interrupted)
    assert await count(StepDuration, LearningCursor) == (0, 0)
    assert await write(catch_up)
    first = await read(lambda db: db.get_one(LearningCursor, 1))
    await learn_all()
    last = await read(lambda db: db.get_one(LearningCursor, 1))
    assert last.seq > first.seq
    assert await count(StepDuration) == (3,)


async def test_a_past_without_a_journal_can_be_learnt_by_name() -> None:
    await add_basics()
    await keep(row(1))
    mine = (await consignment()).key
    assert (await consignment()).reference == reference(1)
    await keep(
        Step(consignment_id=mine, kind=K.ARRIVAL, status=S.DONE, ended_at=after(1), authority="carrier")
    )
    await write(lambda db: relearn(db, [mine]))
    assert await learnt_durations() == {(mine, "FRLEH1", K.DOCUMENTARY, after(1), None, None, False)}
    async with transaction() as db:
        one = db.get_one(Consignment, mine)
        one.closed_at = after(2)
    await write(lambda db: relearn(db, [mine]))
    assert await learnt_durations() == set()
