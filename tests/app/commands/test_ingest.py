from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from app.commands.ingest import run
from app.errors import CannotRun
from demo.simulation.journeys import journey, write
from demo.simulation.traffic import call

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def ched(tmp_path: Path) -> Path:
    notified = call(datetime(2026, 11, 24, 15, tzinfo=UTC), Random(1), set())[0]
    path = tmp_path / "ched.xml"
    path.write_bytes(write(next(journey(notified)).content))
    return path


async def test_it_tells_what_became_of_each_file(ched: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert await run([ched]) == 0
    assert await run([ched]) == 0
    first, again = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{ched}: ched applied to CHED")
    assert f"{ched}: duplicate, ched applied to CHED" in again


async def test_what_is_refused_says_why_and_the_rest_is_taken_in(
    ched: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"type": "step"}')
    with pytest.raises(CannotRun, match="2 of 3 files"):
        await run([wrong, tmp_path / "absent", ched])
    refused, absent, applied = capsys.readouterr().out.splitlines()
    assert "refused. Événement incomplet\u00a0: Le champ «\u00a0consignment\u00a0» manque." in refused
    assert absent.endswith("absent: cannot be read: No such file or directory.")
    assert "applied" in applied


async def test_a_message_about_something_unknown_says_what_it_waits_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = tmp_path / "event.json"
    event.write_text(
        '{"type": "step", "consignment": "CHEDP.FR.2026.0000123", "step": "arrival", "status": "done",'
        ' "at": "2026-11-22T09:00:00Z"}'
    )
    assert await run([event]) == 0
    assert capsys.readouterr().out.strip().endswith("event waiting for CHED CHEDPFR20260000123.")


async def test_many_files_and_one_line_each(ched: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert await run([ched] * 12) == 0
    assert capsys.readouterr().out.count("duplicate") == 11
