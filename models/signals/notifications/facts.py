"""What each journal entry says that somebody may want to know: entries in, facts out. No I/O (SES-30)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.border.passage.rules import Action
from models.border.passage.vocabulary import ConsignmentState, StepKind, StepStatus
from models.journal.kinds import KINDS
from models.journal.tables import JournalEntry
from models.kernel.authorities import Authority
from models.kernel.subject import Subject
from models.signals.notifications.kinds import NoticeKind, Side

Standing = Mapping[str, Any]
"""Where a consignment stood: the payload of the entry that last said so."""

STANDING = frozenset(kind.name for kind in KINDS.values() if kind.stands)
"""The kinds of entry that say where a consignment stands."""
_CONCLUDED = (StepStatus.SATISFACTORY, StepStatus.UNSATISFACTORY, StepStatus.DONE)
_SAID = (
    "state",
    "step",
    "owed_by",
    "action",
    "appointment",
    "starts_at",
    "proposed_at",
    "before",
    "reason",
    "alert",
    "rule",
    "service",
    "mode",
    "since",
    "undone",
)
"""What is kept of a payload, to make the words of."""
WIDE = frozenset(
    kind.name for kind in KINDS.values() if any(tells.side == Side.SERVICE_USERS for tells in kind.tells)
)
"""The kinds that may concern everybody: told in portions (models/signals/notifications/derivation.py)."""
RELEVANT = STANDING | {kind.name for kind in KINDS.values() if kind.tells}
"""The kinds of entry from which notices derive; no other is looked at."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that one side is told."""

    seq: int
    at: datetime
    actor: str
    kind: NoticeKind
    side: Side
    subject: Subject
    siren: str | None = None
    post_code: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    posts: frozenset[str] = frozenset()
    """For messages: the posts that it names."""


def facts_of(entry: JournalEntry, before: Standing | None, posts: frozenset[str] = frozenset()) -> list[Fact]:
    """What the entry tells, to whom; `before` is where its consignment stood, `posts` those its message names."""
    return [_fact(entry, kind, side, posts) for kind, side in _told(entry, before)]


def excerpt(entry: JournalEntry) -> dict[str, Any]:
    """The codes of the entry of which words are made."""
    codes = {name: entry.payload[name] for name in _SAID if entry.payload.get(name)}
    facts = [
        {name: value for name, value in step_said.items() if name != "at"}
        for step_said in entry.payload.get("facts", ())
    ]
    where = {"post": entry.post_code} if entry.kind.startswith("appointment.") else {}
    return codes | where | {"entry": entry.kind} | ({"facts": facts} if facts else {})


def subject_of(entry: JournalEntry) -> Subject:
    """What the entry is about: what happens about one subject is told together, as are all the messages."""
    return entry.subject or Subject(entry.kind.partition(".")[0], "")


def _fact(entry: JournalEntry, kind: NoticeKind, side: Side, posts: frozenset[str]) -> Fact:
    holder = {"account": entry.payload["account_id"]} if side is Side.HOLDER else {}
    return Fact(
        entry.seq or 0,
        entry.at,
        entry.actor,
        kind,
        side,
        subject_of(entry),
        entry.siren,
        entry.post_code,
        excerpt(entry) | holder,
        posts,
    )


def _told(entry: JournalEntry, before: Standing | None) -> Iterator[tuple[NoticeKind, Side]]:
    if entry.kind in STANDING:
        undone = entry.kind == "consignment.step_undone"
        kind = NoticeKind.RECORD_UNDONE if undone else _of_consignment(entry.payload, before)
        yield kind, Side.OPERATORS
        decides = entry.payload["action"] == Action.DECIDE_AFTER_FAILURE
        if decides and (before is None or before["action"] != Action.DECIDE_AFTER_FAILURE):
            yield NoticeKind.DECISION_AWAITED, Side.CHECKERS
    elif entry.kind in RELEVANT:
        for tells in KINDS[entry.kind].tells:
            if not tells.unless_by or entry.payload.get("by") != tells.unless_by:
                yield NoticeKind(tells.notice), Side(tells.side)


def _of_consignment(now: Standing, before: Standing | None) -> NoticeKind:
    """The one thing to tell: what went badly, then what must be done, what was decided, and what went on."""
    bad = _gone_badly(now)
    if bad is not None:
        return bad
    was = before or {"state": "", "action": "", "owed_by": ""}
    owed = (now["owed_by"], now["action"])
    if now["owed_by"] == Authority.OPERATOR and owed != (was["owed_by"], was["action"]):
        return NoticeKind.ACTION_REQUIRED
    if now["state"] == ConsignmentState.BLOCKED and was["state"] != ConsignmentState.BLOCKED:
        return NoticeKind.BLOCKED
    if now["state"] == ConsignmentState.RELEASED and was["state"] != ConsignmentState.RELEASED:
        return NoticeKind.RELEASED
    decided = (fact for fact in now.get("facts", ()) if fact["step"] == StepKind.DECISION)
    if any(fact["status"] in _CONCLUDED for fact in decided):
        return NoticeKind.DECISION
    return NoticeKind.STEP_ADVANCED


def _gone_badly(now: Standing) -> NoticeKind | None:
    """The title of bad news that is new; one that a later fact overtook already goes under what holds now."""
    facts = now.get("facts", ())
    failed = {fact["step"] for fact in facts if fact["status"] == StepStatus.UNSATISFACTORY}
    if StepKind.DECISION in failed and now["action"] == Action.CARRY_OUT_MEASURE:
        return NoticeKind.ENTRY_REFUSED
    if StepKind.DECLARATION in failed and now["action"] == Action.CORRECT_DECLARATION:
        return NoticeKind.DECLARATION_REFUSED
    return NoticeKind.BLOCKED if failed else None
