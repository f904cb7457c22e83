"""One notice as the list shows it: French words and formatted values (SES-30)."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.kernel import french
from models.signals.notifications.kinds import KINDS
from models.signals.notifications.preparation import GO
from models.signals.notifications.queries.notices import NoticeRow


@dataclass
class NoticeLine:
    """A line of the list; components/signals/notices.py shows it."""

    key: str = ""
    href: str = ""
    shape: str = ""
    title: str = ""
    about: str = ""
    reference: str = ""
    company: str = ""
    sentence: str = ""
    count: str = ""
    """`3 nouvelles en une`; empty for one."""
    at: str = ""
    at_label: str = ""
    read: bool = False
    before: int = 0


@dataclass
class Day:
    """The notices of one day."""

    label: str = ""
    lines: list[NoticeLine] = field(default_factory=list)


def notice_line(row: NoticeRow) -> NoticeLine:
    """What is shown of a notice."""
    return NoticeLine(
        str(row.id),
        f"{GO}/{row.before}",
        KINDS[row.kind].shape,
        row.title,
        row.about,
        row.reference,
        row.company,
        row.sentence,
        french.plural(row.count, "nouvelle", "nouvelles") + " en une" if row.count > 1 else "",
        french.iso(row.at),
        french.hour(row.at),
        row.read,
        row.before,
    )


def days(rows: Sequence[NoticeRow], now: datetime) -> list[Day]:
    """The rows by day, Paris time, in the order in which they come."""
    return add_to([], rows, now)


def add_to(shown: Sequence[Day], rows: Sequence[NoticeRow], now: datetime) -> list[Day]:
    """The same with older rows after them."""
    grouped = [Day(day.label, list(day.lines)) for day in shown]
    for row in rows:
        label = day_label(french.local(row.at).date(), now)
        if not grouped or grouped[-1].label != label:
            grouped.append(Day(label))
        grouped[-1].lines.append(notice_line(row))
    return grouped


def replaced(shown: Sequence[Day], fresh: Mapping[str, NoticeRow]) -> list[Day]:
    """The same lines where they stand, as they are now; without those that may be seen no more."""
    kept = [
        Day(day.label, [notice_line(fresh[line.key]) for line in day.lines if line.key in fresh])
        for day in shown
    ]
    return [day for day in kept if day.lines]


def day_label(day: date, now: datetime) -> str:
    """`Aujourd’hui`, `Hier`, `Lundi 23 nov. 2026`."""
    ago = (french.local(now).date() - day).days
    if ago in (0, 1):
        return ("Aujourd’hui", "Hier")[ago]
    return french.weekday(day)


def slug(kind: str) -> str:
    """`action-requise`: how an address names a kind of event."""
    plain = unicodedata.normalize("NFKD", KINDS[kind].label).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "-")


def kind_of(said: str) -> str:
    """The kind that an address names; empty for none."""
    return next((kind for kind in KINDS if slug(kind) == said), "")
