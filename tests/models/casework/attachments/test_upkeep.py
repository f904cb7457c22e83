"""Nothing is in the storage that no row knows, and no row without its object: also after a process was killed.

Seen to fail: without the age of an object; when whoever takes a file does not ask whether somebody else has.
"""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.casework.attachments import actions, completion, examination, queries, storage, upkeep
from models.casework.attachments.actions import Begun, Progress
from models.casework.attachments.examination import examine_next
from models.casework.attachments.rules import Announced, Fault
from models.casework.attachments.vocabulary import Reason, State
from models.kernel import clock
from models.kernel.database import dispose, read
from models.kernel.settings.portal import settings
from models.kernel.threads import files
from tests.support.accounts import cheap_passwords, make_account
from tests.support.attaching import DOSSIER, RULES, coming, dossiers, pdf, person, rows, sent
from tests.support.databases import both_databases
from tests.support.forked import context

__all__ = ["cheap_passwords", "dossiers"]

LATER = timedelta(hours=2)


async def known_and_stored(reference: str) -> tuple[list[str], list[str]]:
    """The keys that the rows name and those that are in the storage, where that reference is."""
    shard = reference[: storage.SHARD]
    return sorted(await read(queries.known_keys, shard)), sorted(one.key for one in storage.listed(shard))


def _kill(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _after(module: Any, name: str, condition: Callable[[tuple[Any, ...]], bool]) -> None:
    """Die once that function has done its work, where the condition holds for its arguments."""
    inner = getattr(module, name)

    def dying(*args: Any, **named: Any) -> Any:
        done = inner(*args, **named)
        if condition(args):
            _kill()
        return done

    setattr(module, name, dying)


def _before(module: Any, name: str, condition: Callable[[tuple[Any, ...]], bool] = bool) -> None:
    inner = getattr(module, name)

    def dying(*args: Any, **named: Any) -> Any:
        if condition(args):
            _kill()
        return inner(*args, **named)

    setattr(module, name, dying)


def _key(part: str) -> Callable[[tuple[Any, ...]], bool]:
    return lambda args: f"/{part}" in getattr(args[0], "key", str(args[0]))


POINTS: dict[str, Callable[[], None]] = {
    "a piece kept, not yet known": lambda: _after(storage.Draft, "close", _key("piece-400000")),
    "the last piece known, nothing put together": lambda: _before(completion, "_put_together"),
    "put together, not yet known": lambda: _after(storage, "put", _key("whole")),
    "known, its pieces still there": lambda: _before(storage, "remove"),
    "a page drawn, not yet known": lambda: _after(storage, "put", _key("page")),
    "looked at, not settled": lambda: _before(examination, "_settle"),
}


async def _send_and_examine(content: bytes) -> None:
    await sent(content, piece=400_000)
    while await examine_next():
        pass
    await dispose()


def _die(point: str, content: bytes, environment: dict[str, str]) -> None:
    """In a process of its own: send and examine a file, and be killed at that point."""
    import asyncio

    from models.casework.attachments import rules

    os.environ.update(environment)
    settings.cache_clear()
    rules._REGISTRY[RULES.kind] = RULES
    POINTS[point]()
    asyncio.run(_send_and_examine(content))


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.usefixtures("database", "dossiers")
async def test_a_killed_process_loses_no_file_and_leaves_nothing(point: str) -> None:
    """SES-53: between storage and database, each way; what its sender and the tasks do next ends as if nothing had been."""
    await make_account()
    await dispose()
    content = pdf("kill", padding=1_000_000)
    environment = {name: value for name, value in os.environ.items() if name.startswith("PASSAVANT_")}
    process = context().Process(target=_die, args=(point, content, environment))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL, "the point was passed"
    with clock.fixed(clock.now() + timedelta(minutes=10)):
        outcome = await sent(content)
        if isinstance(outcome, Fault):
            assert outcome.reason is Reason.TWICE
        elif outcome.state == State.REFUSED:
            assert outcome.reason == Reason.TWICE
        while await examine_next():
            pass
    with clock.fixed(clock.now() + LATER):
        for shard in {row.reference[: storage.SHARD] for row in await rows()}:
            await upkeep.reconcile(shard)
    (there,) = [row for row in await rows() if row.state != State.REFUSED and row.key]
    assert there.state == State.UNSCANNED
    assert b"".join(await files.run(list, storage.stream(there.key))) == content
    for row in await rows():
        known, stored = await known_and_stored(row.reference)
        assert known == stored


@pytest.mark.usefixtures("database", "dossiers")
async def test_what_no_row_knows_is_removed_and_what_is_being_written_is_not() -> None:
    await make_account()
    await sent(pdf())
    (row,) = await rows()
    stranger = storage.new_key(row.reference, "whole")
    storage.put(stranger, b"x")
    draft = Path(settings().data_dir / "files" / f"{stranger}#1")
    draft.write_bytes(b"half")  # noqa: ASYNC240
    assert await upkeep.reconcile(row.reference[:2]) == (0, 0)
    with clock.fixed(clock.now() + LATER):
        assert await upkeep.reconcile(row.reference[:2]) == (2, 0)
    known, stored = await known_and_stored(row.reference)
    assert known == stored == [row.key]
    assert not draft.exists()  # noqa: ASYNC240


@pytest.mark.usefixtures("database", "dossiers")
async def test_a_file_whose_bytes_are_gone_says_so() -> None:
    """The reverse: its sender reads that it is to be sent again."""
    await make_account()
    await sent(pdf())
    (row,) = await rows()
    storage.remove([row.key])
    assert await upkeep.reconcile(row.reference[:2]) == (0, 1)
    (row,) = await rows()
    assert (row.state, row.reason, row.key) == (State.REFUSED, Reason.LOST, "")
    assert not isinstance(await sent(pdf()), Fault)


@pytest.mark.usefixtures("database", "dossiers")
async def test_bytes_that_are_gone_before_they_were_looked_at() -> None:
    await make_account()
    await sent(pdf())
    (row,) = await rows()
    storage.remove([row.key])
    assert await examine_next()
    assert (await rows())[0].reason == Reason.LOST


@both_databases
async def test_an_upload_that_nobody_goes_on_with_lapses(database: str, dossiers: None) -> None:  # noqa: ARG001
    """CTX-06: after a day; its place is free again, and nothing of it is kept."""
    await make_account()
    begun = await actions.begin(person(), DOSSIER, Announced("a.pdf", 100_000))
    assert isinstance(begun, Begun)
    await actions.receive(person(), begun.reference, 0, coming(bytes(20_000)))
    with clock.fixed(clock.now() + upkeep.ABANDONED - timedelta(minutes=1)):
        assert await upkeep.lapse() == 0
    with clock.fixed(clock.now() + upkeep.ABANDONED + timedelta(minutes=1)):
        assert await upkeep.lapse() == 1
        assert await upkeep.lapse() == 0
    (row,) = await rows()
    assert (row.state, row.reason) == (State.REFUSED, Reason.LAPSED)
    assert await known_and_stored(row.reference) == ([], [])
    late = await actions.receive(person(), begun.reference, 20_000, coming(b"-1.7"))
    assert isinstance(late, Progress)
    assert late.state == State.REFUSED


@pytest.mark.usefixtures("database", "dossiers")
async def test_ctx_09_when_a_subject_is_forgotten_its_files_are() -> None:
    """CTX-09"""
    await make_account()
    await sent(pdf())
    while await examine_next():
        pass
    assert await actions.forget(DOSSIER) == 1
    (row,) = await rows()
    assert row.deleted_at is not None
    assert await known_and_stored(row.reference) == ([], [])
    assert await actions.forget(DOSSIER) == 0


@both_databases
async def test_a_file_is_examined_by_one_process_at_a_time(database: str, dossiers: None) -> None:  # noqa: ARG001
    """Whoever takes it says until when; after that, another takes it up."""
    await make_account()
    await sent(pdf())
    from models.kernel.database import write_aside

    first = await write_aside(examination._take)
    assert first is not None
    assert await write_aside(examination._take) is None
    with clock.fixed(clock.now() + examination.LEASE):
        assert await write_aside(examination._take) is not None
