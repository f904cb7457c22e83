"""kill -9 of who writes, tells and sends, at every named point and at random (SES-32, COM-23).

`make test` kills forty-two workers, `make soak` 234.
After each kill the next worker goes on with what it left. In the end each fact was told to each person concerned,
in the portal exactly once; each letter left, at least once, under one Message-ID; how many left twice is counted
and told at the end of the run. Seen to fail: with the cursor moved in a transaction of its own (facts without
notice), and with a letter settled before it is handed over (letters that never left).
"""

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from app.frontend.build import ROOT
from app.tasks.send_mail import AT_ONCE
from models.identity.letters.tables import Email
from models.journal.tables import JournalEntry
from models.kernel.database import dispose
from models.kernel.settings.portal import settings
from models.signals.notifications.tables import Notice, NoticeEntry, PushMessage
from tests.faults.telling import DONE, FACT, FINISH, KILLED, POINTS, RANDOM
from tests.support.databases import both_databases
from tests.support.notices import World, add_browser, populate, rows
from tests.support.pushing import PushService
from tests.support.smtp import Server
from tests.support.tally import TALLY

SHORT, FULL = {"sqlite": 30, "postgresql": 12}, {"sqlite": 204, "postgresql": 30}
"""How many, on each engine: half at the named points in turn, half at random."""
_LATEST = 100
"""Milliseconds after its first fact: a worker that is not killed takes longer."""


@dataclass
class Outside:
    """What letters and pushes are handed to."""

    mail: Server
    push: PushService


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, database: str) -> Iterator[Outside]:  # noqa: ARG001 - after it
    made = Outside(Server(), PushService())
    monkeypatch.setenv("PASSAVANT_SMTP_URL", made.mail.url)
    monkeypatch.setenv("PASSAVANT_PUSH_ANYWHERE", "1")
    settings.cache_clear()
    made.mail.start()
    yield made
    made.mail.stop()
    made.push.stop()


@contextmanager
def workers() -> Iterator[subprocess.Popen[str]]:
    """The process that forks them, with this test's settings."""
    words = [sys.executable, "-m", "tests.faults.telling"]
    errors = (settings().data_dir / "workers.log").open("w")
    with errors, subprocess.Popen(
        words, cwd=ROOT, env=os.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
    ) as process:  # fmt: skip
        yield process
        assert process.stdin
        process.stdin.close()
        assert process.wait(20) == 0


def ordered(process: subprocess.Popen[str], point: str, number: int) -> str:
    """Have a worker live until that point, and say how it ended."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{point} {number}\n")
    process.stdin.flush()
    said = process.stdout.readline().strip()
    assert said in (KILLED, DONE), (
        f"{point}: {said}\n{(settings().data_dir / 'workers.log').read_text()[-3000:]}"
    )
    return said


def kill_many(kills: int) -> int:
    """Every named point, several times, at another passage each; then moments at random; how many died."""
    chance, died, asked = random.Random(32), 0, 0
    with workers() as process:
        while died < kills:
            named = asked < kills // 2
            order = (POINTS[asked % len(POINTS)], 1 + asked // len(POINTS) % 2) if named else (RANDOM, 0)
            point, number = order if named else (RANDOM, chance.randint(0, _LATEST))
            died += ordered(process, point, number) == KILLED
            asked += 1
            assert asked < 4 * kills, f"only {died} of {asked} died"
        assert ordered(process, FINISH, 1) == DONE
    return died


async def check_portal(world: World) -> int:
    """Every fact is told to each of those concerned, once; how many facts there are."""
    facts = [one.seq for one in await rows(JournalEntry) if one.kind == FACT]
    entries, notices = await rows(NoticeEntry), {str(one.id): one for one in await rows(Notice)}
    for person in (world.lise, world.paul):
        mine = [one for one in entries if one.account_id == person and one.channel == "portal"]
        assert sorted(one.seq for one in mine) == sorted(facts)
        held = Counter(one.carrier for one in mine)
        assert held == {key: one.count for key, one in notices.items() if one.account_id == person}
    return len(facts)


async def check_outgoing(outside: Outside, kills: int) -> tuple[int, int]:
    """Every letter and push left; how many of each left again."""
    letters, pushes = await rows(Email), await rows(PushMessage)
    assert letters
    assert pushes
    assert all(one.sent_at and not one.due_at for one in [*letters, *pushes])
    carried = {one.carrier for one in await rows(NoticeEntry) if one.channel != "portal"}
    assert carried == {one.id for one in [*letters, *pushes]}
    taken = Counter(one["Message-ID"] for one in outside.mail.postbox.taken)
    assert set(taken) == {f"<{one.id}@localhost>" for one in letters}
    again = (taken.total() - len(letters), len(outside.push.taken) - len(pushes))
    assert all(0 <= number <= kills * AT_ONCE for number in again)
    return again


@pytest.mark.parametrize("kills", [SHORT, pytest.param(FULL, marks=pytest.mark.soak)], ids=["short", "full"])
@both_databases
async def test_ses_32_no_fact_is_lost_and_none_is_told_twice_in_the_portal(
    database: str, outside: Outside, kills: dict[str, int]
) -> None:
    """SES-32: facts without notice 0, duplicates in the portal 0, letters and pushes that left again counted."""
    world = await populate()
    await add_browser(world.lise, f"{outside.push.url}/one")
    await dispose()
    settings().data_dir.mkdir(exist_ok=True)
    engine = database.partition("+")[0]
    died = kill_many(kills[engine])
    facts = await check_portal(world)
    letters, pushes = await check_outgoing(outside, died)
    assert facts >= died // 2  # they did something between two deaths
    TALLY.tell(
        f"kill -9 ({engine}): {died} kills, {facts} facts, 0 without notice, 0 twice in the portal; "
        f"{len(outside.mail.postbox.taken)} letters of which {letters} again, "
        f"{len(outside.push.taken)} pushes of which {pushes} again"
    )


def test_the_number_of_kills() -> None:
    assert FULL["sqlite"] >= 200
    assert len(POINTS) == 15 == SHORT["sqlite"] // 2
