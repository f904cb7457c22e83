"""Days as addresses and date fields write them."""

from datetime import date


def read_day(text: str) -> date | None:
    """That day; None for anything else, or far from any post's plans."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None
