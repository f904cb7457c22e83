"""Times: an offset is obeyed, none means French legal time, nonsense is refused."""

from datetime import UTC, date, datetime

import pytest

from models.border.messages.formats.parts.times import day_from_iso, from_coded, from_iso


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-27T17:25:04.500+02:00", datetime(2026, 7, 27, 15, 25, 4, 500_000, tzinfo=UTC)),
        ("2026-07-27T17:25:04Z", datetime(2026, 7, 27, 17, 25, 4, tzinfo=UTC)),
        ("2026-07-27T17:25:04", datetime(2026, 7, 27, 15, 25, 4, tzinfo=UTC)),
        ("2026-01-27T17:25:04", datetime(2026, 1, 27, 16, 25, 4, tzinfo=UTC)),
        ("2026-07-27", datetime(2026, 7, 26, 22, tzinfo=UTC)),
        ("2026-07-27+02:00", datetime(2026, 7, 26, 22, tzinfo=UTC)),
        ("2026-07-27Z", datetime(2026, 7, 27, tzinfo=UTC)),
    ],
)
def test_iso(text: str, expected: datetime) -> None:
    assert from_iso(text) == expected
    assert from_iso(text).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("20261122091500Z", "304", datetime(2026, 11, 22, 9, 15, tzinfo=UTC)),
        ("20261122091500+0100", "304", datetime(2026, 11, 22, 8, 15, tzinfo=UTC)),
        ("20261122091500-05:00", "304", datetime(2026, 11, 22, 14, 15, tzinfo=UTC)),
        ("20261122091500", "304", datetime(2026, 11, 22, 8, 15, tzinfo=UTC)),
        ("20261122", "102", datetime(2026, 11, 21, 23, tzinfo=UTC)),
        ("202607220915", "203", datetime(2026, 7, 22, 7, 15, tzinfo=UTC)),
        ("2607220915", "", datetime(2026, 7, 22, 7, 15, tzinfo=UTC)),
    ],
)
def test_coded(text: str, code: str, expected: datetime) -> None:
    assert from_coded(text, code) == expected


@pytest.mark.parametrize(
    "text",
    ["", "x", "2026-02-30", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9" * 50, "٢٠٢٦-٠١-٠١"],
)
def test_impossible_iso(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        from_iso(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "203"),
        ("20260230", "102"),
        ("2026", "203"),
        ("20260101", "999"),
        ("202601012500", "203"),
        ("20260101+9900", "102"),
    ],
)
def test_impossible_coded(text: str, code: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        from_coded(text, code)


def test_day_as_written() -> None:
    """A paper dated midnight in Paris keeps its day, whatever UTC says."""
    assert day_from_iso("2026-06-14T00:00:00.000+02:00") == date(2026, 6, 14)
