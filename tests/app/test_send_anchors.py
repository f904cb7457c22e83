"""SES-52: the newest anchor leaves this machine by itself: to a syslog, as a letter, under a third party's time stamp.

Each way leads to something real: sockets, a mail server, an authority that openssl plays. What came out is given back
to verification. Seen to fail: with a stamp kept unjudged, with the seal's digest not compared, with an attempt that is
not noted, with the time between two letters left out, with a failure that is taken for sent.
"""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.anchoring import sent
from app.tasks.send_anchors import send_anchors
from models.journal.canonical import seal_bytes
from models.journal.sealing.findings import Wrong
from models.journal.sealing.given import Given, read_given
from models.journal.sealing.queries import chain
from models.journal.sealing.seals import seal_pending
from models.journal.sealing.timestamps import folder, keep_stamp
from models.journal.sealing.verification import Report, verify
from models.kernel import clock
from models.kernel.database import read
from models.kernel.settings.portal import settings
from tests.app.anchor_scene import at_its_time, failed, newest, set_
from tests.factories import NOW
from tests.models.journal.sealing import ledger
from tests.models.journal.sealing.ledger import attack, filled
from tests.support.served import free_port
from tests.support.shifting import machine_clock
from tests.support.smtp import Server, server
from tests.support.timestamping import Authority, authority

__all__ = ["server"]

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def tsa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """An authority, and the settings that lead to it."""
    with authority(tmp_path / "tsa") as one:
        set_(monkeypatch, TSA_URL=one.url, TSA_CA=str(one.root))
        yield one


async def test_nothing_leaves_where_nothing_is_set() -> None:
    await filled(1)
    await send_anchors()  # ends
    assert not (settings().data_dir / sent.NAME).exists()


@pytest.mark.parametrize("kind", ["udp", "unix"])
async def test_ses_52_it_goes_to_a_syslog(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-52: a line that is an anchor, whatever stands before it; each newest one, and none twice."""
    family = socket.AF_UNIX if kind == "unix" else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_DGRAM)) as log:
        log.settimeout(5)
        log.bind(str(tmp_path / "log") if kind == "unix" else ("127.0.0.1", 0))
        where = str(tmp_path / "log") if kind == "unix" else f"udp://127.0.0.1:{log.getsockname()[1]}"
        set_(monkeypatch, SYSLOG=where)
        for _ in range(2):
            await filled(1)
            assert await failed() == []
            assert await failed() == []
            message = log.recv(4096)
            assert message.startswith(b"<85>")
            assert [anchor for _, anchor in read_given([message.decode()]).anchors] == [newest()]
        log.setblocking(False)
        with pytest.raises(BlockingIOError):
            log.recv(1)


async def test_ses_52_it_goes_to_a_syslog_server_by_tcp(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-52: counted (RFC 6587), so that the end of a line is no end of a message."""
    came: asyncio.Queue[bytes] = asyncio.Queue()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.put_nowait(await reader.read())
        writer.close()

    listening = await asyncio.start_server(take, "127.0.0.1", 0)
    async with listening:
        set_(monkeypatch, SYSLOG=f"tcp://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
        await filled(1)
        assert await failed() == []
        count, _, message = (await came.get()).partition(b" ")
    assert int(count) == len(message)
    assert read_given([message.decode()]).anchors[0][1] == newest()


async def test_ses_52_what_did_not_leave_is_logged_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-52: a minute later, not at each look, and with what is then the newest."""
    set_(monkeypatch, SYSLOG=f"tcp://127.0.0.1:{free_port()}")
    for after, tries in ((timedelta(), 1), (MINUTE / 2, 0), (MINUTE, 1)):
        with clock.fixed(NOW + after):
            await filled(1)
            assert len(await failed()) == tries


async def test_ses_52_it_goes_by_letter(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-52: at most once an hour; the letter, as a mail program saves it, is given back to verification."""
    set_(monkeypatch, MAIL="ancres@kerdrel.example")
    for after, letters in ((timedelta(), 1), (HOUR - MINUTE, 1), (HOUR, 2)):
        with clock.fixed(NOW + after):
            await filled(1)
            assert await failed() == []
            assert len(server.postbox.taken) == letters
    first, last = server.postbox.taken
    assert last["To"] == "ancres@kerdrel.example"
    assert last["Subject"] == "Journal de Passavant\u00a0: ancre du lot 3"
    path = tmp_path / "ancre.eml"
    for message, batch in ((first, 1), (last, 3)):
        path.write_bytes(message.as_bytes())
        given = read_given([str(path)])
        assert [anchor.batch for _, anchor in given.anchors] == [batch]
        assert given_back(await verify(evidence=given)) == set()


async def test_ses_52_a_mail_server_that_is_away_is_logged(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-52: and the letter leaves once it is back."""
    set_(monkeypatch, MAIL="ancres@kerdrel.example")
    server.stop()
    with clock.fixed(NOW):
        await filled(1)
        assert len(await failed()) == 1
    server.start()
    with clock.fixed(NOW + MINUTE):
        assert await failed() == []
    assert len(server.postbox.taken) == 1


def given_back(report: Report) -> set[Wrong]:
    """What the outside contradicts; the times are those of a test."""
    return {one.wrong for one in report.findings} & {
        Wrong.GIVEN,
        Wrong.TIMESTAMP,
        Wrong.TRUNCATED,
        Wrong.ANCHOR,
    }


@machine_clock
async def test_ses_52_it_goes_under_a_time_stamp(tsa: Authority, tmp_path: Path) -> None:
    """SES-52: which anybody verifies with openssl, over the seal as a certified copy has it."""
    with at_its_time():
        await filled(2)
    assert await failed() == []
    assert await failed() == []
    assert tsa.asked == 1
    (stamp,) = folder().iterdir()
    assert stamp.name == "000000002.tsr"
    (seal,) = await read(lambda db: chain(db, 2))
    (tmp_path / "seal").write_bytes(seal_bytes(seal))
    words = ("-data", tmp_path / "seal", "-in", stamp, "-CAfile", tsa.root)
    done = await asyncio.create_subprocess_exec("openssl", "ts", "-verify", *words, stdout=-1, stderr=-1)
    assert b"Verification: OK" in b"".join(await done.communicate())
    report = await verify(evidence=read_given([str(stamp)]))
    assert (len(report.stamps), report.stamps_judged, report.findings) == (1, True, [])


FAULTS = {
    "refused": "no good time stamp: Missing",
    "nonsense": "no good time stamp: ASN.1",
    "without end": "answers without end",
    "an error": "HTTPStatusError",
    "of another root": "no good time stamp: Error while verifying certificates",
    "of another seal": "no good time stamp: Nonce",
    "given before": "no good time stamp: Nonce",
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_ses_52_only_a_good_time_stamp_is_kept(
    tsa: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """SES-52: else it is logged, and asked for again."""
    await filled(1)
    if fault == "of another root":
        with authority(tmp_path / "other") as other:
            set_(monkeypatch, TSA_CA=str(other.root))
            said = await failed()
    else:
        await _spoil(tsa, fault)
        said = await failed()
    assert len(said) == 1
    assert FAULTS[fault] in said[0]
    assert not folder().exists()
    tsa.answers, tsa.status = None, 200
    set_(monkeypatch, TSA_CA=str(tsa.root))
    with clock.fixed(clock.machine() + MINUTE):
        assert await failed() == []
    assert len(list(folder().iterdir())) == 1


async def _spoil(tsa: Authority, fault: str) -> None:
    if fault in ("of another seal", "given before"):
        await _answer_again(tsa)
        if fault == "of another seal":
            await filled(1)
        return
    tsa.status = 503 if fault == "an error" else 200
    other = {"refused": b"\x30\x05\x30\x03\x02\x01\x02", "without end": b"\x30" * (1 << 17)}
    tsa.answers = other.get(fault, b"<html>")


async def _answer_again(tsa: Authority) -> None:
    """From now on with what it answered once, of which nothing is left here."""
    assert await failed() == []
    (path,) = folder().iterdir()
    tsa.answers = path.read_bytes()
    path.unlink()
    folder().rmdir()
    (settings().data_dir / sent.NAME).unlink()


@pytest.mark.usefixtures("tsa")
async def test_ses_52_history_made_again_contradicts_its_time_stamps(tmp_path: Path) -> None:
    """SES-52: a stamp is found missing its seal, here or given back; one that is damaged is told as such."""
    await filled(1)
    assert await failed() == []
    kept = tmp_path / "kept.tsr"
    kept.write_bytes((folder() / "000000001.tsr").read_bytes())
    await attack("DELETE FROM journal_seal", "UPDATE journal_entry SET actor = 'nobody' WHERE seq = 2")
    ledger.write_anchors([])
    await seal_pending()
    assert given_back(await verify()) == {Wrong.TIMESTAMP}
    (folder() / "000000001.tsr").unlink()
    assert given_back(await verify()) == set()
    assert given_back(await verify(evidence=read_given([str(kept)]))) == {Wrong.TIMESTAMP}
    keep_stamp(2, b"nonsense")
    assert given_back(await verify()) == {Wrong.TIMESTAMP}


@machine_clock
async def test_ses_52_a_time_stamp_of_somebody_else_proves_nothing(
    tsa: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-52: the folder may hold whatever its owner put there; the root certificates decide."""
    with at_its_time():
        await filled(1)
    assert await failed() == []
    with authority(tmp_path / "other") as other:
        set_(monkeypatch, TSA_CA=str(other.root))
        assert given_back(await verify()) == {Wrong.TIMESTAMP}
    set_(monkeypatch, TSA_CA=str(tsa.root))
    assert given_back(await verify()) == set()


@pytest.mark.usefixtures("tsa")
async def test_ses_52_a_seal_that_tells_a_later_time_than_its_stamp_is_found() -> None:
    """SES-52: the third party's clock is not ours to set."""
    with clock.fixed(datetime.now(UTC) + HOUR):
        await filled(1)
        assert await failed() == []
    report = await verify(evidence=Given())
    assert {(one.wrong, one.batch) for one in report.findings} >= {(Wrong.TIMESTAMP, 1)}


async def test_of_several_processes_one_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes first: nobody else reads the file that they share before it is written again."""
    await filled(1)
    both, read_ = threading.Barrier(2), sent._read

    def read_together(content: bytes) -> sent.State:
        with suppress(threading.BrokenBarrierError):
            both.wait(0.2)  # in vain, but without the lock: then both have read what neither has written
        return read_(content)

    monkeypatch.setattr(sent, "_read", read_together)
    taken = await asyncio.gather(*(asyncio.to_thread(sent.take, "mail", newest(), HOUR) for _ in range(2)))
    assert sorted(taken) == [False, True]


async def test_what_the_file_of_what_left_does_not_say_is_forgotten() -> None:
    """What left is not sent again, however long ago; nonsense costs one anchor more, never one less."""
    await filled(1)
    path = settings().data_dir / sent.NAME
    path.write_text("[")
    assert sent.take("mail", newest(), HOUR)
    sent.settle("mail", newest())
    with clock.fixed(clock.machine() + 2 * HOUR):
        assert not sent.take("mail", newest(), HOUR)
    path.write_text('{"mail": {"batch": 0, "sent_at": "yesterday", "tried_at": 7}, "tsa": 3}')
    assert sent.take("mail", newest(), HOUR)
