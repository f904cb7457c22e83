"""Files are scanned by ClamAV where there is one; absent, slow or dead, it makes no file clean nor infected.

Seen to fail: when an answer that is not understood counts as clean.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from models.casework.attachments import policy, queries, scanning, storage, upkeep, words
from models.casework.attachments.examination import examine_next
from models.casework.attachments.rules import Fault
from models.casework.attachments.scanning import NotScanned, Scan, scan
from models.casework.attachments.vocabulary import Reason, State
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.settings.files import ClamavSocket, read_clamav
from models.kernel.settings.portal import settings
from tests.support.accounts import cheap_passwords, make_account
from tests.support.attaching import DOSSIER, dossiers, pdf, person, rows, sent
from tests.support.clamav import EVIL, Behaviour, answering, behaving, clamd, hanging_up, silent
from tests.support.databases import reading

__all__ = ["cheap_passwords", "clamd", "dossiers"]

NOW = datetime.fromisoformat("2026-11-24T09:00:00+00:00")


def _server(address: str) -> ClamavSocket:
    return read_clamav(address)


def test_the_real_clamd_tells_infected_from_clean(clamd: str) -> None:
    assert scan(_server(clamd), [b"nothing ", b"of it"]) == Scan("")
    assert scan(_server(clamd), [b"before ", EVIL, b" after"]) == Scan("Passavant.Evil.UNOFFICIAL")


def test_what_the_real_clamd_finds_too_large_is_not_scanned(clamd: str) -> None:
    """It hangs up, or says so: neither is clean."""
    with pytest.raises(NotScanned):
        scan(_server(clamd), [bytes(1_000_000)] * 5)


ANSWERS: dict[str, Behaviour] = {
    "error": answering(b"INSTREAM size limit exceeded. ERROR\0"),
    "nobody knows what": answering(b"stream: (null) FOUND\0"),
    "nothing": answering(b""),
    "noise": answering(b"OK OK OK"),
    "endless": answering(b"x" * 100_000),
    "dead": hanging_up,
    "slow": silent,
}


@pytest.mark.parametrize("name", ANSWERS)
def test_whatever_else_is_said_the_file_is_not_scanned(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "WHOLE", 0.2)
    with behaving(ANSWERS[name]) as address, pytest.raises(NotScanned):
        scan(_server(address), [bytes(100_000)] * 50)


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "127.0.0.1:1"])
def test_a_clamd_that_is_away_scans_nothing(address: str) -> None:
    with pytest.raises(NotScanned):
        scan(_server(address), [b"x"])


Choose = Callable[[str], None]


@pytest.fixture
def scanned_by(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Sets which clamd scans."""

    def choose(address: str) -> None:
        monkeypatch.setenv("PASSAVANT_CLAMAV", address)
        settings.cache_clear()

    return choose


async def _examined_at(at: datetime) -> State:
    with clock.fixed(at):
        while await examine_next():
            pass
    return State((await rows())[-1].state)


@pytest.mark.usefixtures("database", "dossiers")
async def test_an_infected_file_is_refused_told_and_journalled(clamd: str, scanned_by: Choose) -> None:
    """CTX-06: nothing of it is kept; its sender reads why, the journal which signature."""
    scanned_by(clamd)
    await make_account()
    assert not isinstance(await sent(pdf() + b"%" + EVIL + b"\n%%EOF\n"), Fault)
    assert not isinstance(await sent(pdf("clean"), "b.pdf"), Fault)
    while await examine_next():
        pass
    infected, clean = await rows()
    assert (infected.state, infected.reason, clean.state) == (State.REFUSED, Reason.INFECTED, State.SCANNED)
    assert storage.listed(infected.reference[:2]) == [] or infected.reference[:2] == clean.reference[:2]
    async with reading() as db:
        told = {one.name: (one.label, one.reason) for one in queries.of_subject(db, person(), DOSSIER)}
        others = queries.of_subject(db, person(account_id=2), DOSSIER)
        entries = db.exec(select(JournalEntry).where(JournalEntry.kind == "attachment.refused")).all()
    assert told == {
        "certificat.pdf": ("Refusé", words.sentence(Reason.INFECTED, "pdf")),
        "b.pdf": ("Vérifié, aucun virus trouvé", ""),
    }
    assert [one.name for one in others] == ["b.pdf"]
    assert [entry.payload["signature"] for entry in entries] == ["Passavant.Evil.UNOFFICIAL"]
    assert policy.obstacle(infected) is policy.GONE


@pytest.mark.usefixtures("database", "dossiers")
async def test_what_could_not_be_scanned_says_so_and_is_tried_again(scanned_by: Choose) -> None:
    """CTX-06: later and later; scanned once clamd is back."""
    scanned_by("127.0.0.1:1")
    await make_account()
    with clock.fixed(NOW):
        await sent(pdf())
    assert await _examined_at(NOW) == State.UNSCANNED
    seconds = []
    for _ in range(5):
        (row,) = await rows()
        assert row.look_at is not None
        seconds.append(int((row.look_at - row.moved_at).total_seconds()))
        assert await _examined_at(row.look_at) == State.UNSCANNED
    assert seconds == sorted(set(seconds))
    with behaving(answering(b"stream: OK\0")) as address:
        scanned_by(address)
        assert await _examined_at(NOW + timedelta(days=1)) == State.SCANNED
    (row,) = await rows()
    assert (row.look_at, row.pages) == (None, 1)


@pytest.mark.usefixtures("database", "dossiers")
async def test_a_scanner_that_is_set_later_scans_what_came_before(scanned_by: Choose) -> None:
    await make_account()
    with clock.fixed(NOW):
        await sent(pdf())
        assert await _examined_at(NOW) == State.UNSCANNED
        assert await upkeep.wake_unscanned() == 0
    assert (await rows())[0].look_at is None
    with behaving(answering(b"stream: OK\0")) as address, clock.fixed(NOW):
        scanned_by(address)
        assert await upkeep.wake_unscanned() == 1
        assert await _examined_at(NOW) == State.SCANNED
