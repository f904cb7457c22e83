"""How fast something may come (SES-53)."""

import pytest

from app.http.server.pace import Pace


def test_so_many_at_once_then_evenly() -> None:
    """SES-53: sixty a minute and five at once: the sixth waits a second, the seventh two; rest gives the burst back."""
    now = [100.0]
    pace = Pace(60, 5, lambda: now[0])
    assert pace.rested
    assert [pace.wait() for _ in range(7)] == [0, 0, 0, 0, 0, 1, 2]
    assert (pace.has_room, pace.due) == (False, 3)
    now[0] += 3
    assert pace.has_room
    now[0] += 60
    assert [pace.wait() for _ in range(6)] == [0, 0, 0, 0, 0, 1]


async def test_who_comes_too_fast_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    pace = Pace(60, 1, lambda: 0.0)
    for _ in range(3):
        await pace.keep()
    assert slept == [1, 2]
