"""The watch looks when it must, and only then (SES-20, SES-21)."""

import pytest
from sqlalchemy.exc import OperationalError

from app.tasks import watch_alerts
from models.journal.record import record
from tests.factories import add_basics, ched, tell
from tests.support.databases import transaction


@pytest.fixture
async def turns(database: str, monkeypatch: pytest.MonkeyPatch) -> watch_alerts.Watch:  # noqa: ARG001
    """A watch that has had its first look, with a clock that stands still."""
    monkeypatch.setattr(watch_alerts, "monotonic", lambda: 1000.0)
    await add_basics()
    one = watch_alerts.Watch()
    assert await one.turn()
    return one


async def test_it_looks_at_a_fact_that_alerts_depend_on(turns: watch_alerts.Watch) -> None:
    """SES-20: at once, and not again for the same fact."""
    assert not await turns.turn()
    await tell(ched())
    assert await turns.turn()
    assert not await turns.turn()


async def test_other_facts_do_not_make_it_look(turns: watch_alerts.Watch) -> None:
    """Its own facts among them: it would never rest."""
    async with transaction() as db:
        record(db, "alert.opened", post_code="FRLEH1")
        record(db, "session.opened")
    assert not await turns.turn()


async def test_it_looks_every_minute(turns: watch_alerts.Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-20: nothing happened, but time went by."""
    monkeypatch.setattr(watch_alerts, "monotonic", lambda: 1060.0)
    assert await turns.turn()


async def test_what_could_not_be_answered_is_answered_at_the_next_turn(
    turns: watch_alerts.Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-21: the database was away; the task lives, and nothing is lost."""

    async def fails() -> None:
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as away:
        away.setattr(watch_alerts, "watch", fails)
        await tell(ched())
        assert not await turns.turn()
    assert await turns.turn()
