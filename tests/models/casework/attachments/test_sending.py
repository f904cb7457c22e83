"""A file is announced, sent in pieces, put together, and kept byte for byte (CTX-05, CTX-06)."""

from hashlib import sha256

import pytest

from models.casework.attachments import actions, storage
from models.casework.attachments.actions import Begun, Misplaced, Progress
from models.casework.attachments.rules import LEAST, Announced
from models.casework.attachments.vocabulary import State
from models.kernel.threads import files
from tests.support.accounts import B, cheap_passwords, make_account
from tests.support.attaching import DOSSIER, coming, dossiers, pdf, person, rows, sent
from tests.support.databases import both_databases

__all__ = ["cheap_passwords", "dossiers"]
pytestmark = pytest.mark.usefixtures("database", "dossiers")


@both_databases
async def test_ctx_06_what_was_sent_is_kept_byte_for_byte(database: str) -> None:  # noqa: ARG001
    """CTX-06: in pieces of any size; in quarantine, with its digest, and one object in the storage."""
    await make_account()
    content = pdf("facture", padding=300_000)
    outcome = await sent(content, piece=100_000)
    assert isinstance(outcome, Progress)
    assert (outcome.offset, outcome.state) == (len(content), State.QUARANTINED)
    (row,) = await rows()
    assert row.sha256 == sha256(content).hexdigest()
    assert b"".join(await files.run(list, storage.stream(row.key))) == content
    assert [one.key for one in storage.listed(row.reference[:2])] == [row.key]


async def test_an_upload_goes_on_where_the_connection_was_lost() -> None:
    """CTX-06: cut at 99 %; the offset is in the database, and the same file announced again is the same upload."""
    await make_account()
    content = pdf("longue", padding=900_000)
    announced = Announced("longue.pdf", len(content), sha256=sha256(content).hexdigest())
    begun = await actions.begin(person(), DOSSIER, announced)
    assert isinstance(begun, Begun)
    await actions.receive(person(), begun.reference, 0, coming(content[:500_000]))
    again = await actions.begin(person(), DOSSIER, announced)
    assert again == Begun(begun.reference, "longue.pdf", 500_000)
    assert await actions.receive(person(), begun.reference, 400_000, coming(content[400_000:])) == Misplaced(
        500_000
    )
    done = await actions.receive(person(), begun.reference, 500_000, coming(content[500_000:]))
    assert done is not None
    assert done.offset == len(content)
    assert len(await rows()) == 1


async def test_nobody_else_brings_a_piece() -> None:
    """CTX-06: another person, of the same company or of another, does not know of it."""
    await make_account()
    begun = await actions.begin(person(), DOSSIER, Announced("a.pdf", 10))
    assert isinstance(begun, Begun)
    for stranger in (person(account_id=2), person(B, account_id=1), person(B, account_id=2)):
        assert await actions.progress(stranger, begun.reference) is None
        assert await actions.receive(stranger, begun.reference, 0, coming(b"0123456789")) is None


async def test_ses_53_a_file_does_not_come_in_crumbs() -> None:
    """SES-53: a piece that is not the last and too small is not kept: nobody fills the storage with objects of a byte."""
    await make_account()
    begun = await actions.begin(person(), DOSSIER, Announced("a.pdf", 100_000))
    assert isinstance(begun, Begun)
    for size, offset in ((1, 0), (LEAST - 1, 0), (LEAST, LEAST), (LEAST - 1, LEAST)):
        outcome = await actions.receive(
            person(), begun.reference, min(offset, LEAST) * (size != LEAST), coming(bytes(size))
        )
        assert isinstance(outcome, Progress)
        assert outcome.offset == offset
    assert len(storage.listed(begun.reference[:2])) == 1
