"""A document is issued once, whatever dies or races; withdrawn and replaced at once (CTX-14, CTX-16).

Seen to fail: without the look for the version that is there already, without the look at the state before the bytes are
registered.
"""

import asyncio
import os
import signal
from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.tasks.finish_documents import AGE, finish_once
from models.casework.issued import actions, kinds, queries
from models.casework.issued.actions import ELSEWHERE, NOT_VALID, UNKNOWN, complete, issue, reserve, withdraw
from models.casework.issued.sealed import Sealed
from models.casework.issued.tables import IssuedContent, IssuedDocument
from models.casework.issued.vocabulary import State, Why
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.database import DbSession, read, write
from models.kernel.refusal import Refusal
from tests.support import issuing, racing
from tests.support.databases import both_databases

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _known_kind() -> None:
    issuing.register()


async def _issued(version: int = 1, replaces: str = "") -> IssuedDocument:
    document = await issue(issuing.order(version=version, replaces=replaces))
    assert isinstance(document, IssuedDocument)
    return document


async def _facts() -> list[str]:
    wanted = select(JournalEntry.kind).where(col(JournalEntry.kind).startswith("issued_document."))
    return await read(lambda db: list(db.exec(wanted.order_by(col(JournalEntry.seq)))))


async def _register() -> list[IssuedDocument]:
    return await read(lambda db: list(db.exec(select(IssuedDocument).order_by(IssuedDocument.number))))


@both_databases
async def test_a_document_is_numbered_sealed_and_written_down() -> None:
    document = await _issued()
    assert document.number == f"FR-TST-{document.issued_at.year}-000001"
    assert document.state == State.VALID
    content = await read(queries.content, document.number)
    assert content is not None
    assert len(content) == document.pdf_size
    assert await _facts() == ["issued_document.issued"]
    entry = await read(lambda db: db.exec(select(JournalEntry)).one())
    assert (entry.subject, entry.siren) == (document.subject, "934217608")
    assert entry.payload["digest"] == document.pdf_digest
    assert issuing.SECRET not in str(entry.payload)


async def try_to_issue(count: int) -> dict[str, int]:
    """The same order so many times at once, in a process of its own; the numbers that came out."""
    issuing.register()
    made = await asyncio.gather(*(issue(issuing.order()) for _ in range(count)))
    return {one.number: 1 for one in made if isinstance(one, IssuedDocument)}


@both_databases
async def test_asked_at_once_it_is_issued_once(database: str) -> None:
    """CTX-14: two processes, three times each: one number, one file, one fact."""
    numbers, _ = racing.race(try_to_issue, database, [(3,), (3,)])
    assert list(numbers.values()) == [2]
    (document,) = await _register()
    contents = await read(lambda db: list(db.exec(select(IssuedContent.number))))
    assert contents == [document.number]
    assert await _facts() == ["issued_document.issued"]


async def die_after_sealing() -> dict[str, int]:
    """Issue, and be killed between the seal and the database."""
    issuing.register()

    def killed(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    actions._register = killed  # type: ignore[assignment]
    await issue(issuing.order())
    return {}


@both_databases
async def test_killed_between_seal_and_database_it_is_issued_once(database: str) -> None:
    """CTX-14: the number waits; the task completes it, under the same number, and only once."""
    with pytest.raises(Exception, match="terminated"):
        racing.race(die_after_sealing, database, [()])
    (waiting,) = await _register()
    assert waiting.state == State.PREPARED
    assert await read(queries.registered, waiting.number, waiting.check_code) is None
    await finish_once()
    assert (await _register())[0].state == State.PREPARED, "whoever gave the number may still be at it"
    with clock.fixed(waiting.issued_at + AGE + timedelta(seconds=1)):
        await asyncio.gather(finish_once(), finish_once())
        again = await issue(issuing.order())
    (document,) = await _register()
    assert isinstance(again, IssuedDocument)
    assert (document.number, document.state) == (waiting.number, State.VALID)
    assert again.pdf_digest == document.pdf_digest
    assert await _facts() == ["issued_document.issued"]


async def test_a_document_that_cannot_be_drawn_keeps_no_other_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that fails waits, logged; the next is sealed."""

    def reserve_both(db: DbSession) -> None:
        for key in ("bad", "good"):
            reserve(db, issuing.order(key))

    def draw(drawing: kinds.Drawing) -> bytes:
        if drawing.number.endswith("1"):
            raise ValueError("no room")
        return issuing.draw(drawing)

    await write(reserve_both)
    monkeypatch.setitem(kinds._drawings, issuing.KIND.name, draw)
    with clock.fixed(clock.now() + 2 * AGE):
        await finish_once()
    assert [one.state for one in await _register()] == [State.PREPARED, State.VALID]


@both_databases
async def test_withdrawn_it_says_so_at_once() -> None:
    document = await _issued()
    assert await write(withdraw, document.number, Why.RECALL, actor="account:7") is None
    told = await read(queries.registered, document.number, "")
    assert told is not None
    assert told.state == State.WITHDRAWN
    assert told.document is None
    assert await write(withdraw, document.number, Why.RECALL) == NOT_VALID
    assert await write(withdraw, "FR-TST-2026-999999", Why.RECALL) == UNKNOWN
    assert await _facts() == ["issued_document.issued", "issued_document.withdrawn"]


async def test_withdrawn_before_its_seal_it_is_never_sealed() -> None:
    document = await write(reserve, issuing.order())
    assert isinstance(document, IssuedDocument)
    assert await write(withdraw, document.number, Why.ERROR) is None
    left = await complete(document.number)
    assert isinstance(left, IssuedDocument)
    assert (left.state, left.pdf_digest) == (State.WITHDRAWN, "")


async def test_withdrawn_while_it_is_sealed_it_stays_withdrawn() -> None:
    """The bytes come too late: they are not registered."""
    document = await write(reserve, issuing.order())
    assert isinstance(document, IssuedDocument)
    await write(withdraw, document.number, Why.ERROR)
    left = await write(actions._register, document.number, Sealed(b"%PDF", timestamped=False), "0123")
    assert (left.state, left.pdf_digest) == (State.WITHDRAWN, "")
    assert await read(queries.content, document.number) is None
    assert await _facts() == ["issued_document.withdrawn"]


@both_databases
async def test_replaced_it_names_the_other_from_the_moment_of_its_seal() -> None:
    """CTX-16: never a moment without a valid one, and never two."""
    first = await _issued()
    second = await write(reserve, issuing.order(version=2, replaces=first.number))
    assert isinstance(second, IssuedDocument)
    assert (await _register())[0].state == State.VALID
    await complete(second.number)
    former, present = await _register()
    assert (former.state, former.replaced_by) == (State.REPLACED, present.number)
    assert (present.state, present.replaces) == (State.VALID, former.number)
    assert await issue(issuing.order(version=3, replaces=first.number)) == NOT_VALID
    assert await _facts() == [
        "issued_document.issued",
        "issued_document.issued",
        "issued_document.replaced",
    ]


async def test_a_withdrawn_one_stays_withdrawn_when_another_takes_its_place() -> None:
    first = await _issued()
    await write(withdraw, first.number, Why.ERROR)
    second = await _issued(version=2, replaces=first.number)
    former = await read(queries.by_number, first.number)
    assert former is not None
    assert (former.state, former.replaced_by) == (State.WITHDRAWN, second.number)


async def test_no_document_replaces_that_of_another_subject() -> None:
    first = await _issued()
    other = issuing.order("another", replaces=first.number)
    assert await issue(other) == ELSEWHERE
    assert await issue(issuing.order("another", replaces="FR-TST-2026-999999")) == UNKNOWN
    assert isinstance(await issue(issuing.order("another")), IssuedDocument)


async def test_whoever_has_no_check_learns_the_state_alone() -> None:
    """CTX-14: a number can be guessed; its check cannot."""
    document = await _issued()
    for wrong in ("", "22222222", document.check_code[:-1], document.check_code.lower()):
        told = await read(queries.registered, document.number, wrong)
        assert told is not None
        assert (told.state, told.document) == (State.VALID, None)
    told = await read(queries.registered, document.number, document.check_code)
    assert told is not None
    assert told.document is not None


async def test_numbers_follow_each_other_and_begin_anew_each_year() -> None:
    numbers: list[str] = []
    for days in (0, 0, 366):
        with clock.fixed(clock.now() + timedelta(days=days)):
            document = await write(reserve, issuing.order(f"n{len(numbers)}"))
            assert not isinstance(document, Refusal)
            numbers.append(document.number)
    assert [number[-6:] for number in numbers] == ["000001", "000002", "000001"]


async def test_an_unknown_kind_is_a_mistake_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(kinds._kinds, issuing.KIND.name)
    with pytest.raises(LookupError, match="no service registered"):
        await write(reserve, issuing.order())
