"""Any sequence of verbs, against a plain model: same appointments, same places, nothing twice (SES-11, SES-12)."""

import asyncio
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from models.kernel import clock, engines
from models.kernel.database import dispose
from models.kernel.settings.portal import settings as own_settings
from tests.factories import NOW
from tests.models.scheduling.appointments.agenda_machine import CONSIGNMENTS, Appointments
from tests.support.appointments import add_ground


@pytest.mark.parametrize("examples", [25, pytest.param(400, marks=pytest.mark.soak)], ids=["short", "full"])
@pytest.mark.parametrize("bays", [1, 2])
def test_ses_11_no_sequence_of_verbs_loses_a_place_or_gives_one_twice(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bays: int, examples: int
) -> None:
    """SES-11, SES-12: hold, book, move, propose, answer, cancel, wait, record, in any order, as the model says."""
    path = tmp_path / "ground.db"
    shutil.copyfile(sqlite_template, path)
    monkeypatch.setattr(engines, "_PRAGMAS", (*engines._PRAGMAS, "synchronous=OFF"))
    _use(monkeypatch, path)
    Appointments.template, Appointments.bays = path, asyncio.run(_prepare(bays))
    _use(monkeypatch, path.with_name("machine.db"))
    run_state_machine_as_test(
        Appointments,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    own_settings.cache_clear()


def _use(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setenv("PASSAVANT_DATABASE_URL", f"sqlite+aiosqlite:///{path}")
    own_settings.cache_clear()


async def _prepare(bays: int) -> list[int]:
    with clock.fixed(NOW):
        await add_ground(
            *range(1, len(CONSIGNMENTS) + 1),
            bays=bays,
            inspectors=bays,
            opens=780,
            closes=855,
            horizon_days=1,
        )
    await dispose()
    return list(range(1, bays + 1))
