"""Alerts and thresholds as the screens show them: French words, nothing that is not shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.kernel import french
from models.signals.alerts import words
from models.signals.alerts.actions import stamp_of
from models.signals.alerts.queries import Shown
from models.signals.alerts.rules import OF_CONSIGNMENTS, Found, Key, Threshold

_GRAVE = 2
"""At how many times its threshold an alert is shown as grave."""


@dataclass
class About:
    """A consignment that an alert bears on."""

    label: str = ""
    href: str = ""


@dataclass
class AlertCard:
    """One alert."""

    key: str = ""
    title: str = ""
    wait_at: str = ""
    """Since when, for what lasts: the words follow the clock."""
    wait: str = ""
    crossed: str = ""
    at: str = ""
    at_label: str = ""
    post: str = ""
    href: str = ""
    """The consignment, where it is about one."""
    about: list[About] = field(default_factory=list)
    more: str = ""
    grave: bool = False
    acknowledged: bool = False
    acknowledged_label: str = ""
    holder: str = ""
    may_handle: bool = False
    stamp: str = ""


def alert_card(shown: Shown, now: datetime, posts: Sequence[str]) -> AlertCard:
    """What somebody who serves at `posts` sees of an alert (SES-21)."""
    it = shown.alert
    lasts = it.quantity in OF_CONSIGNMENTS
    began = it.since - timedelta(minutes=it.opens_at)
    title = shown.consignments[0].title if shown.consignments else "Un envoi"
    end = it.closed_at or now
    value = max(it.value, int((end - began) / timedelta(minutes=1))) if lasts else it.value
    whole = words.headline(it.quantity, it.step, value, title)
    label = words.value(it.quantity, value) if lasts and it.closed_at is None else ""
    rest = it.value - len(shown.consignments) if it.quantity in ("queue_length", "refusals") else 0
    return AlertCard(
        key=str(it.id),
        title=whole.removesuffix(label).rstrip() if label else whole,
        wait_at=french.iso(began) if label else "",
        wait=label,
        crossed=words.crossed(it.quantity, it.opens_at, it.since, now),
        at=french.iso(it.closed_at or it.opened_at),
        at_label=french.ago(it.closed_at or it.opened_at, now),
        post=shown.post_name,
        href=f"/suivi/{shown.consignments[0].reference}" if lasts and shown.consignments else "",
        about=[
            About(one.reference if lasts else f"{one.title}, {one.reference}", f"/suivi/{one.reference}")
            for one in shown.consignments
        ],
        more=f"et {french.plural(rest, 'autre')}" if rest > 0 else "",
        grave=it.opens_at > 0 and value >= _GRAVE * it.opens_at,
        acknowledged=it.acknowledged_at is not None,
        acknowledged_label=f"Acquittée à {french.hour(it.acknowledged_at)}" if it.acknowledged_at else "",
        holder=shown.holder or ("Prise en charge au poste" if it.assigned_to else ""),
        may_handle=it.closed_at is None and it.post_code in posts,
        stamp=stamp_of(it),
    )


@dataclass
class ThresholdRow:
    """One threshold, for who sets them."""

    key: str = ""
    title: str = ""
    where: str = ""
    opens: str = ""
    closes: str = ""
    active: bool = True


def threshold_row(it: Threshold, posts: dict[str, str]) -> ThresholdRow:
    """What a supervisor sees of a threshold (SES-20)."""
    return ThresholdRow(
        str(it.id),
        words.QUANTITIES[it.quantity],
        words.where(posts.get(it.post_code, it.post_code), it.ched_type, it.step),
        words.value(it.quantity, it.opens_at),
        words.value(it.quantity, it.closes_at) if it.closes_at else "plus rien à signaler",
        it.active,
    )


def raised(found: dict[Key, Found], posts: dict[str, str]) -> tuple[str, list[str]]:
    """What a threshold would raise now, in words: how many alerts, and how many at which post."""
    if not found:
        return "Ce seuil ne lèverait aucune alerte aujourd’hui.", []
    by_post: dict[str, list[int]] = {}
    for key, one in found.items():
        by_post.setdefault(key.post_code, []).append(one.value)
    quantity = next(iter(found)).quantity
    lines = [
        f"{posts.get(post, post)}{french.NBSP}: {french.plural(len(values), 'alerte')}, "
        f"jusqu’à {words.value(quantity, max(values))}"
        for post, values in sorted(by_post.items())
    ]
    return f"Ce seuil lèverait {french.plural(len(found), 'alerte')} aujourd’hui.", lines
