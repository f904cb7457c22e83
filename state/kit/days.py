"""Days as addresses and date fields write them."""

from datetime import date


def read_day(text: str) -> date | None:
    """That day; None for anything else, or far from any post's plans."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None
