"""What every verb on a consignment ends with: facts kept, steps folded anew, situation told, journal written."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from models.border.consignments.queries import facts_of, last_fact
from models.border.consignments.subject import subject_of
from models.border.consignments.tables import Consignment, Step, StepFact
from models.border.passage.facts import Said
from models.border.passage.fold import IMPLIED, Fact, StepNow, fold, is_ahead
from models.border.passage.rules import URGENCY, Passage, expected_end, situation
from models.border.passage.steps import USUAL_AUTHORITY
from models.border.passage.vocabulary import ConsignmentState, StepKind, StepStatus
from models.journal.record import record_at_once
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.rows import insert_object, insert_rows

_CLOSED = frozenset({ConsignmentState.RELEASED, ConsignmentState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: `actor` for the journal, and the message or the officer behind it."""

    actor: str
    message_id: str | None = None
    account_id: int | None = None
    digest: str | None = None
    """SHA-256 of the message: the journal then vouches for its bytes."""
    received_at: datetime | None = None
    """When the message came: of two plans that do not tell when they were made, the one told last holds."""


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Whose consignment it is, and where: from these follows who sees it (SES-04, SES-05)."""

    siren: str | None
    post: str


def seen_by(consignment: Consignment) -> SeenBy:
    """By whom it is seen as it stands."""
    return SeenBy(consignment.siren, consignment.post_code)


def settle(
    db: DbSession,
    consignment: Consignment,
    saids: Iterable[Said],
    kind: str,
    source: Source,
    *,
    before: SeenBy | None = None,
) -> bool:
    """Keep what was said, fold the steps, tell the situation, journal it; whether anything changed.

    The journal entry `kind` names the facts that are new and where the consignment now stands. Saying again
    what was said already changes nothing. When the company or the post is no longer the one of `before`, the
    entry says so in `left`: the screens of those who lose sight of it must hear of it too.
    """
    opening = consignment.id is None
    known = defaultdict(list) if opening else _facts(db, consignment)
    new = [stated for stated in dict.fromkeys(saids) if not _is_known(stated.fact, known[stated.step])]
    for stated in new:
        known[stated.step].append(stated.fact)
    steps = _folded(known)
    moved = _stand(consignment, Passage(consignment.ched_status, steps))
    left = before if before and before != seen_by(consignment) else None
    tells = bool(new or moved or left or kind == "consignment.notified")
    if tells:
        consignment.changed_at = max(consignment.changed_at, clock.now())  # a clock may be set back
    if opening:
        insert_object(db, consignment)  # once, as it now stands: what follows refers to it
    insert_rows(db, StepFact, [_row(consignment, stated, source) for stated in new])
    _keep(db, consignment, {stated.step: steps[stated.step] for stated in new}, opening=opening)
    if tells:
        # What another step implies is told of by that one.
        facts = [_told(stated) for stated in new if stated.fact.reason != IMPLIED]
        _enter(db, consignment, kind, source, facts=facts, **({"left": asdict(left)} if left else {}))
    if not opening and (new or moved):  # nothing stands on what was not there
        _tell_listeners(db, consignment.key)
    return bool(new) or moved or left is not None


Listener = Callable[[DbSession, int], None]
"""What a fact about a consignment changes elsewhere, in the same transaction: it is given the consignment's id."""
_listeners: list[Listener] = []


def on_change(listener: Listener) -> Listener:
    """Have `listener` called whenever facts about a consignment change where it stands."""
    _listeners.append(listener)
    return listener


def _tell_listeners(db: DbSession, consignment_id: int) -> None:
    for listener in _listeners:
        listener(db, consignment_id)


def take_back(db: DbSession, consignment: Consignment, mistaken: StepFact, why: Fact, source: Source) -> None:
    """Say that a fact was recorded by mistake: neither it nor `why`, which says so, counts any more.

    The steps are folded anew from what is left, and the journal names what was taken back. Who may, and until when,
    the caller decides (models/consignments/undoing.py).
    """
    step = StepKind(mistaken.step)
    row = _row(consignment, Said(step, why), source)
    insert_rows(db, StepFact, [row | {"undoes": mistaken.id}])
    steps = _folded(_facts(db, consignment))
    _stand(consignment, Passage(consignment.ched_status, steps))
    consignment.changed_at = max(consignment.changed_at, clock.now())
    _keep(db, consignment, {step: steps.get(step, StepNow())}, opening=False)
    undone = {"step": step, "status": mistaken.status, "at": mistaken.at.isoformat()}
    _enter(db, consignment, "consignment.step_undone", source, undone=undone, reason=why.reason)
    _tell_listeners(db, consignment.key)


def passage_of(db: DbSession, consignment: Consignment) -> Passage:
    """Where every step of the consignment stands, from all that was said of it."""
    return Passage(consignment.ched_status, _folded(_facts(db, consignment)))


def version_of(db: DbSession, consignment_id: int) -> int:
    """What tells one state of its facts from the next: the number of the last one, 0 before any."""
    return last_fact(db, consignment_id)


def _facts(db: DbSession, consignment: Consignment) -> defaultdict[str, list[Fact]]:
    rows = facts_of(db, consignment.id)
    known: defaultdict[str, list[Fact]] = defaultdict(list)
    for row in not_undone(rows):
        known[row.step].append(
            Fact(
                row.status,
                row.at,
                row.authority,
                row.result,
                row.reason,
                row.detail,
                row.said_at,
                row.measure,
                row.due_on,
            )
        )
    return known


def not_undone(facts: Sequence[StepFact]) -> list[StepFact]:
    """The facts that were not taken back, without those that take one back."""
    undone = {fact.undoes for fact in facts if fact.undoes is not None}
    return [fact for fact in facts if fact.undoes is None and fact.id not in undone]


def _is_known(fact: Fact, known: Collection[Fact]) -> bool:
    """Whether saying it again tells nothing: said before, or the very plan that holds."""
    if fact in known:
        return True
    plans = [fact for fact in known if fact.status == StepStatus.PLANNED]
    last = max(plans, key=Fact.order, default=None) if fact.status == StepStatus.PLANNED else None
    return last is not None and fact == replace(last, said_at=fact.said_at) and fact.order() > last.order()


def _folded(known: Mapping[str, Iterable[Fact]]) -> dict[str, StepNow]:
    """Where each step stands, by what can be known now.

    Messages dated ahead are refused as they come (models/border/messages/ahead.py). What came another way, or before that
    was asked, is set aside until its date: it hides nothing.
    """
    now = clock.now()
    return {
        kind: fold(fact for fact in facts if not is_ahead(fact.status, fact.at, now))
        for kind, facts in known.items()
    }


def _told(said_fact: Said) -> dict[str, Any]:
    """A fact as the journal has it: codes and times, and of a refusal all that the operator must know."""
    fact = said_fact.fact
    known = {"step": said_fact.step, "status": fact.status, "at": fact.at.isoformat()}
    if fact.status != StepStatus.UNSATISFACTORY:
        return known
    due = fact.due_on.isoformat() if fact.due_on else ""
    more = {"reason": fact.reason, "measure": fact.measure, "due_on": due}
    return known | {name: value for name, value in more.items() if value}


def _enter(db: DbSession, consignment: Consignment, kind: str, source: Source, **more: Any) -> None:
    record_at_once(
        db,
        kind,
        actor=source.actor,
        subject=subject_of(consignment),
        siren=consignment.siren,
        post_code=consignment.post_code,
        state=consignment.state,
        step=consignment.step,
        owed_by=consignment.actor,
        action=consignment.action,
        message=source.message_id,
        digest=source.digest,
        **more,
    )


def _row(consignment: Consignment, said_fact: Said, source: Source) -> dict[str, Any]:
    return {
        "consignment_id": consignment.key,
        "step": said_fact.step,
        "status": said_fact.fact.status,
        "at": said_fact.fact.at,
        "said_at": said_fact.fact.said_at,
        "recorded_at": clock.now(),
        "authority": said_fact.fact.authority or USUAL_AUTHORITY[said_fact.step],
        "result": said_fact.fact.result,
        "reason": said_fact.fact.reason,
        "detail": said_fact.fact.detail,
        "measure": said_fact.fact.measure,
        "due_on": said_fact.fact.due_on,
        "undoes": None,
        "message_id": source.message_id,
        "account_id": source.account_id,
    }


def _keep(
    db: DbSession, consignment: Consignment, touched: Mapping[StepKind, StepNow], *, opening: bool
) -> None:
    """Write where these steps stand, each in the place of what was written of it before."""
    if touched and not opening:
        condition = col(Step.consignment_id) == consignment.key
        db.exec(delete(Step).where(condition, col(Step.kind).in_(touched)))
    known = {kind: now for kind, now in touched.items() if now != StepNow()}
    rows = [_step(consignment, kind, now) for kind, now in known.items()]
    insert_rows(db, Step, rows)


def _step(consignment: Consignment, kind: StepKind, now: StepNow) -> dict[str, Any]:
    return {
        "consignment_id": consignment.key,
        "kind": kind,
        "status": now.status,
        "planned_at": now.planned_at,
        "started_at": now.started_at,
        "ended_at": now.ended_at,
        "authority": now.authority or USUAL_AUTHORITY[kind],
        "result": now.result,
        "reason": now.reason,
        "detail": now.detail,
        "measure": now.measure,
        "due_on": now.due_on,
    }


def _stand(consignment: Consignment, passage: Passage) -> bool:
    """Write where the consignment now stands; whether that is somewhere else than before."""
    before = (consignment.state, consignment.step, consignment.actor, consignment.action)
    now = situation(passage)
    consignment.state, consignment.step = now.state, now.step
    consignment.actor, consignment.action = now.actor or "", now.action
    consignment.urgency = URGENCY[now.state]
    consignment.expected_at = expected_end(passage, now)
    decided = passage.step(StepKind.DECISION)
    refused = decided.status == StepStatus.UNSATISFACTORY
    consignment.decision = decided.result
    consignment.measure, consignment.refusal_reasons = (
        (decided.measure, decided.reason) if refused else ("", "")
    )
    if now.state not in _CLOSED:
        consignment.closed_at = None
    elif consignment.closed_at is None:
        consignment.closed_at = clock.now()
    return before != (now.state, now.step, now.actor or "", now.action)
