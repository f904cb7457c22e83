"""kill -9 of the serving process, at named points and at random, while messages pour in (COM-23, SES-52).

After each kill the next start is on what it left. In the end every message that was acknowledged is there,
each has had its effect once, and the journal verifies. Seen to fail: with commits left out now and then
(acknowledged messages are missing), and with the anchor written before the commit (the file then knows a seal
that never was).
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlmodel import col, select

from app.frontend.build import ROOT, build
from demo.commands.accounts import create_demo_accounts
from models.border.consignments.tables import StepFact
from models.border.messages.tables import Message
from models.journal.sealing.verification import verify
from models.journal.tables import JournalEntry
from models.kernel.database import dispose
from models.kernel.settings.portal import settings
from tests.factories import add_basics
from tests.faults.dying import ORDER, POINTS
from tests.faults.pouring import Account, Pouring, bodies
from tests.support.accounts import cheap_passwords
from tests.support.databases import both_databases, reading
from tests.support.served import ServedApp, _wait_until_alive, clean_environment, end_group, free_port, tail
from tests.support.tally import TALLY

__all__ = ["cheap_passwords"]

RANDOM_KILLS = 3
CONSIGNMENTS = 4
FULL = (*POINTS, *["random"] * RANDOM_KILLS)
"""On each engine, as docs/journal.md tells it."""
SHORT = {"sqlite": (*POINTS[::2], "random"), "postgresql": POINTS[1::2]}
"""Each named point on one of them, and one moment at random."""


@contextmanager
def served(data: Path, database: str) -> Iterator[ServedApp]:
    """The real serving process, in a group of its own, with the fault of tests.faults.dying if ordered."""
    port = free_port()
    url = f"http://localhost:{port}"
    told = {"DATA_DIR": str(data), "DATABASE_URL": database, "PUBLIC_URL": url, "DEMO": "1"}
    environment = clean_environment(**{f"PASSAVANT_{name}": value for name, value in told.items()})
    log = data / "serve.log"
    words = [sys.executable, "-m", "tests.faults.dying", "serve", "--port", str(port)]
    with log.open("ab") as output:
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    one = ServedApp(url, data, log, process, environment)
    try:
        _wait_until_alive(one)
        yield one
    finally:
        end_group(process)


def die_at(
    data: Path, database: str, point: str, passages: int, messages: list[bytes], account: Account
) -> None:
    """Serve with the fault, and pour until the process has killed itself."""
    (data / ORDER).write_text(f"{point} {passages}")
    with served(data, database) as one:
        pouring = Pouring(one.url, messages, account)
        pouring.begin()
        pouring.wait()
        assert one.process.wait(20) is not None, tail(one.log)
    assert not (data / ORDER).exists()


def die_at_random(data: Path, database: str, delay: float, messages: list[bytes], account: Account) -> None:
    """Serve, pour, and kill every process `delay` seconds after the first acknowledgement."""
    with served(data, database) as one:
        pouring = Pouring(one.url, messages, account)
        timer = threading.Timer(delay, os.killpg, (one.process.pid, signal.SIGKILL))
        pouring.begin()
        assert pouring.started.wait(20), tail(one.log)
        timer.start()
        pouring.wait()
        timer.join()


def send_all_again(data: Path, database: str, account: Account) -> None:
    """A partner sends again what was not acknowledged; here all of it, to see that nothing counts twice."""
    with served(data, database) as one:
        assert httpx.get(f"{one.url}/health/ready").status_code == 200
        again = Pouring(one.url, list(account.bodies), Account(), partners=1)
        again.begin()
        again.wait()
        assert len(again._account.acknowledged) == len(account.bodies), tail(one.log)
        assert all(
            again._account.acknowledged[body] == message for body, message in account.acknowledged.items()
        )


async def lost(account: Account) -> list[str]:
    """The acknowledged messages that the database does not hold."""
    async with reading() as db:
        wanted = set(account.acknowledged.values())
        held = set(db.exec(select(Message.id).where(col(Message.id).in_(wanted))).all())
    await dispose()
    return sorted(wanted - held)


async def applied_otherwise_than_once() -> list[str]:
    """The messages whose effect, or whose journal entry, is missing or there twice."""
    async with reading() as db:
        messages = db.exec(select(Message)).all()
        facts = Counter(db.exec(select(StepFact.message_id)).all())
        said = db.exec(select(JournalEntry).where(col(JournalEntry.kind).startswith("message.")))
        entries = Counter(entry.payload["message"] for entry in said)
    return [
        f"{one.id}: {one.status}, {facts[one.id]} facts, {entries[one.id]} entries"
        for one in messages
        if (one.status, facts[one.id], entries[one.id]) != ("applied", 1, 1)
    ]


@pytest.mark.parametrize(
    "kills", [SHORT, pytest.param(dict.fromkeys(SHORT, FULL), marks=pytest.mark.soak)], ids=["short", "full"]
)
@both_databases
async def test_com_23_nothing_acknowledged_is_lost_and_nothing_counts_twice(
    database: str, monkeypatch: pytest.MonkeyPatch, kills: dict[str, tuple[str, ...]]
) -> None:
    """COM-23: named points and random moments, each on what the one before left."""
    build()
    await add_basics()
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    await create_demo_accounts()
    await dispose()
    data, account, chance = settings().data_dir, Account(), random.Random(52)
    data.mkdir(exist_ok=True)
    engine = database.partition("+")[0]
    for number, point in enumerate(kills[engine]):
        messages = bodies(1 + number * CONSIGNMENTS, CONSIGNMENTS)
        await asyncio.to_thread(_die, data, database, point, chance, messages, account)
        assert await lost(account) == [], point
    await asyncio.to_thread(send_all_again, data, database, account)
    assert await lost(account) == []
    assert await applied_otherwise_than_once() == []
    report = await verify()
    assert (report.findings, report.entries > 0) == ([], True)
    TALLY.tell(
        f"kill -9 of the server ({engine}): {len(kills[engine])} kills, {len(account.bodies)} messages, 0 lost, 0 twice"
    )


def _die(
    data: Path, database: str, point: str, chance: random.Random, messages: list[bytes], account: Account
) -> None:
    if point == "random":
        die_at_random(data, database, chance.uniform(0, 0.3), messages, account)
    else:
        passages = 1 if "seal" in point or "anchor" in point else chance.randint(3, 12)
        die_at(data, database, point, passages, messages, account)


def test_the_number_of_kills() -> None:
    assert len(FULL) * len(SHORT) == 18
    assert sorted({point for points in SHORT.values() for point in points}) == sorted({*FULL})
