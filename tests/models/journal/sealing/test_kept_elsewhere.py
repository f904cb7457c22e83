"""SES-52: an anchor that was kept elsewhere finds what nothing left on the machine can contradict.

With the database, the data folder and the key, a whole history can be made again, times, names and all: here it is
done. Seen to fail with anchors given not compared.
"""

from datetime import datetime
from pathlib import Path

import pytest

from models.journal.sealing import anchors
from models.journal.sealing.findings import Wrong
from models.journal.sealing.given import Given, read_given
from models.journal.sealing.seals import seal_pending
from models.journal.sealing.verification import verify
from models.kernel import clock
from tests.factories import NOW
from tests.models.journal.sealing import ledger
from tests.models.journal.sealing.ledger import attack, filled, found_at
from tests.models.journal.sealing.test_rewriting import AT_ONCE, EDIT, NO_SEALS, cut_anchors

W = Wrong


async def _forged(at: datetime) -> None:
    """By somebody with the key and patience: everything written and sealed again, at the times of before."""
    await attack(NO_SEALS, "DELETE FROM journal_entry")
    cut_anchors(0)()
    with clock.fixed(at):
        await filled()


@pytest.mark.usefixtures("database")
async def test_ses_52_only_an_anchor_kept_elsewhere_finds_a_whole_forged_history() -> None:
    """SES-52: with the database, the folder and the key, all can be made again, but what is out of reach."""
    with clock.fixed(NOW):
        await filled()
    kept = ledger.anchor_lines()
    await _forged(NOW)
    with clock.fixed(NOW):
        assert await found_at() == set()
        report = await verify(evidence=read_given([kept[2]]))
        assert [(one.wrong, one.batch) for one in report.findings] == [(W.GIVEN, 3)]


@pytest.mark.usefixtures("database")
async def test_ses_52_an_anchor_kept_elsewhere_finds_what_was_done_at_once() -> None:
    """SES-52: the last batch alone, within two minutes, is beyond times and names."""
    with clock.fixed(NOW):
        await filled()
        kept = ledger.anchor_lines()
    await rewritten_last()
    with clock.fixed(NOW + AT_ONCE):
        assert await found_at() == set()
        (finding,) = (await verify(evidence=read_given(kept))).findings
    assert str(finding) == "batch 3: not what the anchor kept elsewhere says (the line given)"


async def rewritten_last() -> None:
    await attack(f"{NO_SEALS} WHERE batch > 2", EDIT.replace("= 6", "= 10"))
    cut_anchors(2)()
    with clock.fixed(NOW + AT_ONCE):
        await seal_pending()


@pytest.mark.usefixtures("database")
async def test_ses_52_an_anchor_kept_elsewhere_finds_what_was_cut_off_everywhere() -> None:
    """SES-52: entries, seals and the end of the anchor file: nothing is left of them here."""
    with clock.fixed(NOW):
        await filled()
        kept = ledger.anchor_lines()
        await attack("DELETE FROM journal_entry WHERE seq > 8", f"{NO_SEALS} WHERE batch > 2")
        cut_anchors(2)()
        assert await found_at() == set()
        (finding,) = (await verify(evidence=read_given([kept[2]]))).findings
    assert (finding.wrong, finding.first, finding.last) == (W.TRUNCATED, 9, 12)


@pytest.mark.usefixtures("database")
async def test_anchors_are_read_from_whatever_kept_them(tmp_path: Path) -> None:
    """SES-52: a copy of the file, with a torn line; what a syslog wrote; a line alone."""
    await filled()
    lines = ledger.anchor_lines()
    copied = tmp_path / "copied.jsonl"
    copied.write_text("".join([lines[0], lines[1][:20] + "\n", lines[2]]))
    logged = tmp_path / "messages"
    logged.write_text(f"Mar 24 09:00:01 portal passavant[12]: {lines[1]}Mar 24 09:00:02 portal cron[9]: x\n")
    given = read_given([str(copied), str(logged), lines[0]])
    assert [(where, anchor.batch) for where, anchor in given.anchors] == [
        *((str(copied), 1), (str(copied), 3), (str(logged), 2), ("the line given", 1))
    ]
    assert (await verify(evidence=given)).findings == []


@pytest.mark.parametrize("word", ["nowhere.jsonl", "{}", '{"batch": 1}', "{" * 2000])
def test_what_holds_no_anchor_is_said(word: str) -> None:
    with pytest.raises(ValueError, match="anchor"):
        read_given([word])


@pytest.mark.usefixtures("database")
async def test_ses_52_verification_of_an_empty_journal_finds_nothing() -> None:
    """SES-52: nor does it find an anchor that was given."""
    report = await verify(evidence=Given())
    assert (report.entries, report.findings, anchors.newest()) == (0, [], None)
