"""Alerts and thresholds as the screens show them: French words, nothing that is not shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.kernel import french
from models.signals.alerts import words
from models.signals.alerts.actions import stamp_of
from models.signals.alerts.queries.alerts import Shown
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
    alert = shown.alert
    lasts = alert.quantity in OF_CONSIGNMENTS
    began = alert.since - timedelta(minutes=alert.opens_at)
    title = shown.consignments[0].title if shown.consignments else "Un envoi"
    end = alert.closed_at or now
    value = max(alert.value, int((end - began) / timedelta(minutes=1))) if lasts else alert.value
    whole = words.headline(alert.quantity, alert.step, value, title)
    label = words.value(alert.quantity, value) if lasts and alert.closed_at is None else ""
    rest = alert.value - len(shown.consignments) if alert.quantity in ("queue_length", "refusals") else 0
    return AlertCard(
        key=str(alert.id),
        title=whole.removesuffix(label).rstrip() if label else whole,
        wait_at=french.iso(began) if label else "",
        wait=label,
        crossed=words.crossed(alert.quantity, alert.opens_at, alert.since, now),
        at=french.iso(alert.closed_at or alert.opened_at),
        at_label=french.ago(alert.closed_at or alert.opened_at, now),
        post=shown.post_name,
        href=f"/suivi/{shown.consignments[0].reference}" if lasts and shown.consignments else "",
        about=[
            About(
                named.reference if lasts else f"{named.title}, {named.reference}", f"/suivi/{named.reference}"
            )
            for named in shown.consignments
        ],
        more=f"et {french.plural(rest, 'autre')}" if rest > 0 else "",
        grave=alert.opens_at > 0 and value >= _GRAVE * alert.opens_at,
        acknowledged=alert.acknowledged_at is not None,
        acknowledged_label=f"Acquittée à {french.hour(alert.acknowledged_at)}"
        if alert.acknowledged_at
        else "",
        holder=shown.holder or ("Prise en charge au poste" if alert.assigned_to else ""),
        may_handle=alert.closed_at is None and alert.post_code in posts,
        stamp=stamp_of(alert),
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


def threshold_row(threshold: Threshold, posts: dict[str, str]) -> ThresholdRow:
    """What a supervisor sees of a threshold (SES-20)."""
    return ThresholdRow(
        str(threshold.id),
        words.QUANTITIES[threshold.quantity],
        words.where(posts.get(threshold.post_code, threshold.post_code), threshold.ched_type, threshold.step),
        words.value(threshold.quantity, threshold.opens_at),
        words.value(threshold.quantity, threshold.closes_at)
        if threshold.closes_at
        else "plus rien à signaler",
        threshold.active,
    )


def raised(found: dict[Key, Found], posts: dict[str, str]) -> tuple[str, list[str]]:
    """What a threshold would raise now, in words: how many alerts, and how many at which post."""
    if not found:
        return "Ce seuil ne lèverait aucune alerte aujourd’hui.", []
    by_post: dict[str, list[int]] = {}
    for key, finding in found.items():
        by_post.setdefault(key.post_code, []).append(finding.value)
    quantity = next(iter(found)).quantity
    lines = [
        f"{posts.get(post, post)}{french.NBSP}: {french.plural(len(values), 'alerte')}, "
        f"jusqu’à {words.value(quantity, max(values))}"
        for post, values in sorted(by_post.items())
    ]
    return f"Ce seuil lèverait {french.plural(len(found), 'alerte')} aujourd’hui.", lines
