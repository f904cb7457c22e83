"""One consignment of the officers' list as the screen shows it: French words, nothing that is not shown."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from models.border.passage.steps import ROWS
from models.border.passage.words import ACTIONS
from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.signals.worklist.actions import stamp_of
from models.signals.worklist.queries import Line
from models.signals.worklist.rules import Tier

_TIERS = {
    Tier.LEGAL: "legal",
    Tier.PERISHABLE: "perishable",
    Tier.ALERT: "alert",
    Tier.APPOINTMENT: "appointment",
    Tier.WAITING: "waiting",
}
_SOON, _NEAR = timedelta(minutes=30), timedelta(hours=1)


@dataclass
class WorkRow:
    """A line of the list."""

    id: int = 0
    reference: str = ""
    href: str = ""
    title: str = ""
    company: str = ""
    post: str = ""
    ched: str = ""
    """`PP 0028758`: what people say of a DSCE."""
    step: str = ""
    action: str = ""
    delay: str = ""
    delay_at: str = ""
    """When its step should end: the words follow the clock."""
    delay_state: str = "waiting"
    reason: str = ""
    tier: str = ""
    wait_at: str = ""
    """Since when it waits, where that is the reason."""
    wait: str = ""
    alert: str = ""
    appointment: str = ""
    holder: str = ""
    mine: bool = False
    free: bool = True
    may_take: bool = False
    stamp: str = ""
    fresh: bool = False
    at: str = ""
    """When the screen learnt of the change."""


def work_row(line: Line, viewer: Viewer, now: datetime) -> WorkRow:
    """What `viewer` sees of a consignment that waits."""
    is_own = line.held_by == viewer.account_id
    delay, state = _delay(line.expected_at, now)
    kind, _, number = line.reference.partition(".")
    return WorkRow(
        id=line.id,
        reference=line.reference,
        href=f"/suivi/{line.reference}",
        title=line.title,
        company=line.company,
        post="" if len(viewer.posts) == 1 else line.post_name,
        ched=f"{kind.removeprefix('CHED')}{french.NBSP}{number.rpartition('.')[2]}",
        step=ROWS[line.step].short,
        action=ACTIONS[line.action].short,
        delay=delay,
        delay_at=french.iso(line.expected_at),
        delay_state=state,
        reason=line.place.reason,
        tier=_TIERS[line.place.tier],
        wait_at=french.iso(line.since) if line.place.tier is Tier.WAITING else "",
        wait=french.duration(now - line.since),
        alert=line.alert if line.place.tier is not Tier.ALERT else "",
        appointment=_appointment(line.appointment_at, now),
        holder="Vous" if is_own else (line.holder or ("Un agent" if line.held_by else "")),
        mine=is_own,
        free=line.held_by is None,
        may_take=line.post_code in viewer.posts and line.actor == viewer.authority,
        stamp=stamp_of(line.reference, line.held_by),
    )


def _delay(expected: datetime | None, now: datetime) -> tuple[str, str]:
    if expected is None:
        return "Sans délai", "waiting"
    left = expected - now
    if left < timedelta():
        state = "blocked" if -left > _SOON else "action_required"
        return f"Retard {french.duration(-left)}", state
    state = "action_required" if left <= _SOON else "in_progress" if left <= _NEAR else "waiting"
    return f"Reste {french.duration(left)}", state


def _appointment(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    return french.hour(at) if french.local(at).date() == french.local(now).date() else french.moment(at, now)


def told(row: WorkRow, before: WorkRow | None, now: datetime) -> WorkRow:
    """The row, marked when it says something else than before; what the clock alone changes does not count."""
    if before is not None and _said(row) == _said(before):
        return replace(row, fresh=before.fresh, at=before.at)
    return replace(row, fresh=True, at=french.iso(now))


def _said(row: WorkRow) -> WorkRow:
    reason = "" if row.tier == "waiting" else row.reason
    return replace(row, fresh=False, at="", delay="", delay_state="", reason=reason, wait="")
