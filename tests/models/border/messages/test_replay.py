"""What is refused is kept with its reason, and can be replayed or corrected (SES-02, SES-05, COM-23)."""

import asyncio

import pytest

from models.border.messages import actions, queries
from models.border.messages.actions import Receipt, receive, refuse_oversized
from models.border.messages.replay import correct, refused_ids, replay
from models.border.messages.rules import MessageStatus
from models.border.messages.tables import Message
from models.border.passage.content import UnreadableMessage
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel.refusal import Refusal
from tests.factories import (
    body_of,
    ched,
    coarri,
    consignment,
    count,
    officer,
    operator,
    reference,
)
from tests.support.accounts import journal
from tests.support.databases import both_databases, reading, transaction

pytestmark = pytest.mark.usefixtures("basics")
SUPERVISOR = Viewer(9, "session", "Étienne Garnier", Role.SUPERVISOR)
DGITM = Viewer(8, "session", "Sarah Nguyen", Role.DGITM)
CUT = body_of(ched())[:-30]


async def refused(body: bytes = CUT) -> str:
    """The number of a message that is refused."""
    receipt = await receive(body, "partner:test")
    assert receipt.status == "refused"
    return receipt.message_id


async def row(message_id: str) -> Message:
    async with reading() as db:
        found = db.get(Message, message_id)
    assert found is not None
    return found


async def listed(viewer: Viewer, status: MessageStatus = MessageStatus.REFUSED) -> list[queries.Unsettled]:
    async with reading() as db:
        return list(queries.unsettled(db, viewer, status))


async def test_a_reader_that_was_mended_reads_what_it_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-02: the kept bytes are applied, once; the journal says who asked."""

    def broken(_body: bytes) -> None:
        raise UnreadableMessage("XML illisible", "Le lecteur se trompe.")

    with monkeypatch.context() as before:
        before.setattr(actions, "read", broken)
        number = await refused(body_of(ched()))
        still = await replay(officer(), number)
        assert isinstance(still, Receipt)
        assert (still.status, str(still.refusal)) == ("refused", "Le lecteur se trompe.")
    receipt = await replay(officer(), number)
    assert isinstance(receipt, Receipt)
    assert (receipt.status, receipt.consignments) == ("applied", (reference(),))
    again = await replay(officer(), number)
    assert isinstance(again, Receipt)
    assert (again.duplicate, again.consignments) == (True, (reference(),))
    entries = await journal("message.replayed")
    assert [(one.actor, one.payload["status"]) for one in entries] == [
        ("account:2", "refused"),
        ("account:2", "applied"),
    ]


@pytest.mark.usefixtures("database")
@both_databases
async def test_replayed_by_two_at_once_it_is_applied_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-02: seen to fail (two entries) when `replay` does not look at the status again."""
    with monkeypatch.context() as before:
        before.setattr(actions, "MessageRefused", UnreadableMessage)
        before.setattr(actions, "read", _unreadable)
        number = await refused(body_of(ched()))
    receipts = await asyncio.gather(*(replay(officer(), number) for _ in range(5)))
    assert sorted(one.duplicate for one in receipts if isinstance(one, Receipt)) == [False, *[True] * 4]
    assert len(await journal("consignment.notified")) == 1


def _unreadable(_body: bytes) -> None:
    raise UnreadableMessage("XML illisible", "Le lecteur se trompe.")


async def test_a_corrected_copy_is_kept_beside_the_original() -> None:
    """SES-02: the copy is a message of the supervisor's; the original stays as it came, marked replaced."""
    number = await refused()
    receipt = await correct(SUPERVISOR, number, body_of(ched()))
    assert isinstance(receipt, Receipt)
    assert receipt.consignments == (reference(),)
    original, copy = await row(number), await row(receipt.message_id)
    assert (original.status, original.replaced_by, original.refusal != "") == ("replaced", copy.id, True)
    assert (copy.sender, copy.status) == ("account:9", "applied")
    (entry,) = await journal("message.replaced")
    assert (entry.actor, entry.payload["message"], entry.payload["by"]) == ("account:9", number, copy.id)
    assert await listed(SUPERVISOR) == []
    once_more = await correct(SUPERVISOR, number, body_of(ched(2)))
    assert isinstance(once_more, Refusal)
    assert (await receive(CUT, "partner:test")).duplicate


@pytest.mark.parametrize("copy", [b"", b"<a/>", CUT, CUT[:-1]])
async def test_a_copy_that_cannot_be_read_either_changes_nothing(copy: bytes) -> None:
    """SES-02: its reason is told in French, and the original stays refused."""
    number = await refused()
    outcome = await correct(SUPERVISOR, number, copy)
    assert isinstance(outcome, Refusal)
    assert "\u00a0:" in outcome.reason
    assert (await row(number)).status == "refused"
    assert await count(Message) == (1,)


@pytest.mark.parametrize(
    ("viewer", "sees", "reads", "corrects"),
    [
        (SUPERVISOR, True, True, True),
        (officer(), True, True, False),
        (officer(Role.CUSTOMS), True, True, False),
        (officer(Role.SIVEP, "FRCDG4"), True, False, False),
        (officer(Role.SIVEP, "FRCDG4", "FRLEH1"), True, True, False),
        (DGITM, False, False, False),
        (operator(), False, False, False),
    ],
)
async def test_ses_05_com_23_who_sees_reads_and_corrects(
    viewer: Viewer, sees: bool, reads: bool, corrects: bool
) -> None:
    """SES-05, COM-23: every officer sees the reason; the content, those whose post it names."""
    number = await refused()
    found = await listed(viewer)
    assert [one.message.id for one in found] == ([number] if sees else [])
    assert [(one.readable, one.correctable) for one in found] == ([(reads, corrects)] if sees else [])
    async with reading() as db:
        content = queries.content(db, viewer, number)
        counts = queries.counts(db, viewer)
    assert (content is not None) == reads
    assert counts[MessageStatus.REFUSED] == int(sees)
    assert isinstance(await correct(viewer, number, body_of(ched())), Receipt) == corrects
    assert isinstance(await replay(viewer, number), Receipt) == sees


@pytest.mark.parametrize("text", [b"FRLEH1 FRCDG4", b"rien", b"XFRLEH1", b"FRLEH12", b"ABCDE1"])
async def test_ses_05_a_text_that_does_not_name_one_s_post_alone_is_not_read(text: bytes) -> None:
    """SES-05: several posts, none, or what only looks like one."""
    number = await refused(b"<a>" + text + b"</a>")
    async with reading() as db:
        assert queries.content(db, officer(), number) is None
        assert queries.content(db, SUPERVISOR, number) is not None


async def test_ses_05_what_a_message_waits_for_is_named_to_those_who_may_read_it() -> None:
    """SES-05: to the others, only what kind of reference it is."""
    await receive(body_of(coarri("OSTU4812053")), "partner:test")
    (seen,) = await listed(SUPERVISOR, MessageStatus.WAITING)
    (hidden,) = await listed(officer(), MessageStatus.WAITING)
    assert seen.awaited == (("container", "OSTU4812053"),)
    assert (hidden.readable, hidden.awaited) == (False, (("container", ""),))


async def test_a_message_that_settled_is_nobody_s_to_download() -> None:
    """SES-04: once applied, it is a document of its consignment, under that one's rules."""
    receipt = await receive(body_of(ched()), "partner:test")
    async with reading() as db:
        assert queries.content(db, SUPERVISOR, receipt.message_id) is None


async def test_a_message_beyond_the_limit_is_known_without_its_bytes() -> None:
    """SES-02: kept with its reason, once; and nothing can be replayed of it."""
    receipt = await refuse_oversized(b"x" * 50, "partner:test", 40)
    again = await refuse_oversized(b"x" * 45, "partner:test", 40)
    assert (receipt.status, again.duplicate, again.message_id) == ("refused", True, receipt.message_id)
    (seen,) = await listed(SUPERVISOR)
    assert (seen.kept, seen.readable) == (False, False)
    outcome = await replay("operator:test", receipt.message_id)
    assert isinstance(outcome, Refusal)
    assert "n’a pas été gardé" in outcome.reason


async def test_a_reader_that_became_stricter_does_not_stop_what_wakes_a_message() -> None:
    """SES-02: the waiting report that cannot be read any more is refused; the CHED that woke it is applied.

    Seen to fail (the CHED was lost) when `_waiting_for` reads without catching.
    """
    waiting = await receive(body_of(coarri()), "partner:test")
    async with transaction() as db:
        from models.border.messages.tables import MessageBody

        body = db.get(MessageBody, waiting.message_id)
        assert body is not None
        body.content = b"UNB+"
        db.add(body)
    receipt = await receive(body_of(ched()), "partner:test")
    assert receipt.status == "applied"
    assert (await row(waiting.message_id)).status == "refused"
    assert (await consignment()).reference == reference()


async def test_refused_messages_are_listed_oldest_first_for_the_command() -> None:
    numbers = [await refused(b"<a>%d" % one) for one in range(3)]
    assert await refused_ids() == numbers
    assert isinstance(await replay("operator:test", "unknown"), Refusal)
