"""Messages from hell, through the partners' door: answered within limits, in French, and kept (SES-02, SES-53).

Each is answered in a process that may use 30 s of processor and 700 MB (tests/attacks/answering.py): beyond
them it is killed, and the test fails. Seen to fail: without `refuse_doctype` and with entities resolved ("file"
is read as far as its root, "billion laughs" refused for another reason), without LARGEST ("5 MB of EDIFACT"
taken in after 26 s of processor), without MAX_MARKUPS ("10 MB of empty tags" made into a tree). The depth holds
with `huge_tree` too: libxml2 has a limit of its own.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from app.frontend.build import ROOT
from demo.writers.contents import write_ched
from models.border.consignments.tables import Consignment
from models.border.messages.tables import Message, MessageBody
from models.journal.tables import JournalEntry
from models.kernel.settings.portal import settings
from tests import factories
from tests.app.http.portal import bearer, count_of, portal
from tests.attacks.hostile import CASES
from tests.support.accounts import cheap_passwords, journal
from tests.support.postgres import migrate_apart
from tests.support.served import clean_environment

__all__ = ["cheap_passwords", "portal"]

URL = "/api/v1/messages"
_CLIENT = """
import asyncio
from demo.commands.accounts import create_demo_accounts
asyncio.run(create_demo_accounts())
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What the processes that answer are given: a database with the demonstration's partner."""
    folder: Path = tmp_path_factory.mktemp("attacks")
    url = f"sqlite+aiosqlite:///{folder / 'passavant.db'}"
    migrate_apart(url)
    environment = clean_environment(
        PASSAVANT_DATABASE_URL=url, PASSAVANT_DATA_DIR=str(folder), PASSAVANT_DEMO="1", PYTHONPATH=str(ROOT)
    )
    _run(environment, "-c", _CLIENT)
    return environment


@pytest.fixture(scope="module")
def answers(environment: Mapping[str, str]) -> Mapping[str, dict[str, Any]]:
    """What became of each case, all answered one after the other over one database."""
    told = _run(environment, "-m", "tests.attacks.answering")
    return {line["name"]: line for line in map(json.loads, told.splitlines())}


def _run(environment: Mapping[str, str], *words: str) -> str:
    command = [sys.executable, *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=1800
    )
    return done.stdout


@pytest.mark.parametrize("name", CASES)
def test_a_message_from_hell_is_answered_and_kept(answers: Mapping[str, dict[str, Any]], name: str) -> None:
    """SES-02, SES-50, SES-53: a French problem document, and the message kept with that very reason."""
    case, told = CASES[name], answers[name]
    assert "killed" not in told, f"ended with {told.get('killed')}"
    assert told["status"] == case.status, told
    if case.status == 202:
        assert told["kept_status"] in ("applied", "waiting")
        return
    assert told["type"] == "application/problem+json"
    assert told["title"]
    assert case.word in f"{told['title']} {told['detail']}", told
    assert told["detail"].endswith((".", "!"))
    assert (told["kept_status"], told["kept_reason"]) == ("refused", told["detail"])
    assert told["kept_whole"] == ("20\u00a0Mo" not in told["detail"])  # beyond that, only the fact is kept


def test_many_large_bodies_at_once_are_bounded_together(environment: Mapping[str, str]) -> None:
    """SES-53: sixty bodies of 40 MB and more, of each of which 20 MB are read; everyday messages pass meanwhile.

    Fails when `received` (app/http/server/bodies.py) asks for no room: the process dies of its 700 MB.
    """
    told = json.loads(_run(environment, "-m", "tests.attacks.crowding"))
    assert {status for status, _, _ in told["small"]} == {202}
    assert {status for status, _, _ in told["large"]} <= {413, 503}
    assert 413 in {status for status, _, _ in told["large"]}
    for status, retry_after, detail in told["large"]:
        assert ("Mo" in detail) if status == 413 else (retry_after == "10" and "renvoyez-le" in detail)


@pytest.mark.parametrize("good", [True, False])
async def test_the_same_message_a_hundred_times_at_once(portal: AsyncClient, good: bool) -> None:
    """SES-02: kept once, applied once, journalled once; the ninety-nine others are told so."""
    body = write_ched(factories.ched()) if good else b"<a>"
    before = await _counts()
    answers = await asyncio.gather(*(portal.post(URL, content=body, headers=bearer()) for _ in range(100)))
    documents = [answer.json() for answer in answers]
    assert {answer.status_code for answer in answers} == {202 if good else 400}
    assert sorted(document["duplicate"] for document in documents) == [False, *[True] * 99]
    assert len({document["message_id"] for document in documents}) == 1
    gained = [now - then for now, then in zip(await _counts(), before, strict=True)]
    assert gained == [1, 1, int(good), int(good), int(not good)]


async def _counts() -> list[int]:
    """Messages, bodies, consignments, and entries of messages applied and refused."""
    rows = [await count_of(table) for table in (Message, MessageBody, Consignment)]
    return rows + [len(await journal(f"message.{status}")) for status in ("applied", "refused")]


async def test_a_hundred_endless_bodies_leave_one_line(
    portal: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-53: whoever sends too much again and again fills neither the table nor the journal."""
    monkeypatch.setenv("PASSAVANT_MESSAGE_LIMIT", "1000")
    settings.cache_clear()
    before, messages = await count_of(JournalEntry), await count_of(Message)
    for size in range(1001, 1101):
        answer = await portal.post(URL, content=b"x" * size, headers=bearer())
        assert answer.status_code == 413
    assert await count_of(Message) == messages + 1
    assert await count_of(JournalEntry) == before + 1
