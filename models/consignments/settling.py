"""What every verb on a consignment ends with: facts kept, steps folded anew, situation told, journal written."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.consignments.folding import Fact, StepNow, fold
from models.consignments.reading import Said
from models.consignments.rules import URGENCY, USUAL_AUTHORITY, Passage, expected_end, situation
from models.consignments.tables import Consignment, Step, StepFact
from models.consignments.vocabulary import ConsignmentState, StepKind
from models.journal.actions import record

_CLOSED = frozenset({ConsignmentState.RELEASED, ConsignmentState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: `actor` for the journal, and the message or the officer behind it."""

    actor: str
    message_id: str | None = None
    account_id: int | None = None


async def settle(
    db: AsyncSession, consignment: Consignment, said: Iterable[Said], kind: str, source: Source
) -> bool:
    """Keep what was said, fold the steps, tell the situation, journal it; whether anything changed.

    The journal entry `kind` names the facts that are new and where the consignment now stands. Saying again
    what was said already changes nothing.
    """
    known = await _facts(db, consignment)
    new = [one for one in dict.fromkeys(said) if one.fact not in known[one.step]]
    for one in new:
        known[one.step].append(one.fact)
        db.add(_row(consignment, one, source))
    steps = await _fold_steps(db, consignment, known, {one.step for one in new})
    moved = _stand(consignment, Passage(consignment.ched_status, steps))
    if new or moved or kind == "consignment.notified":
        consignment.changed_at = clock.now()
        record(
            db,
            kind,
            actor=source.actor,
            consignment_id=consignment.id,
            siren=consignment.siren,
            post_code=consignment.post_code,
            state=consignment.state,
            step=consignment.step,
            owed_by=consignment.actor,
            action=consignment.action,
            message=source.message_id,
            facts=[{"step": s.step, "status": s.fact.status, "at": s.fact.at.isoformat()} for s in new],
        )
    return bool(new) or moved


async def passage_of(db: AsyncSession, consignment: Consignment) -> Passage:
    """Where every step of the consignment stands, from all that was said of it."""
    known = await _facts(db, consignment)
    return Passage(consignment.ched_status, {kind: fold(facts) for kind, facts in known.items()})


async def _facts(db: AsyncSession, consignment: Consignment) -> defaultdict[str, list[Fact]]:
    rows = await db.exec(select(StepFact).where(StepFact.consignment_id == consignment.id))
    known: defaultdict[str, list[Fact]] = defaultdict(list)
    for row in rows:
        known[row.step].append(
            Fact(row.status, row.at, row.authority, row.result, row.reason, row.detail, row.said_at)
        )
    return known


def _row(consignment: Consignment, said: Said, source: Source) -> StepFact:
    return StepFact(
        consignment_id=consignment.key,
        step=said.step,
        status=said.fact.status,
        at=said.fact.at,
        said_at=said.fact.said_at,
        recorded_at=clock.now(),
        authority=said.fact.authority or USUAL_AUTHORITY[said.step],
        result=said.fact.result,
        reason=said.fact.reason,
        detail=said.fact.detail,
        message_id=source.message_id,
        account_id=source.account_id,
    )


async def _fold_steps(
    db: AsyncSession, consignment: Consignment, known: dict[str, list[Fact]], touched: set[StepKind]
) -> dict[str, StepNow]:
    rows = await db.exec(select(Step).where(col(Step.consignment_id) == consignment.id))
    kept = {row.kind: row for row in rows}
    steps = {kind: fold(facts) for kind, facts in known.items()}
    for kind in touched:
        _keep(db, consignment, kind, steps[kind], kept.get(kind))
    return steps


def _keep(db: AsyncSession, consignment: Consignment, kind: StepKind, now: StepNow, row: Step | None) -> None:
    if row is None:
        row = Step(consignment_id=consignment.key, kind=kind, status=now.status, authority="")
    row.status = now.status
    row.planned_at, row.started_at, row.ended_at = now.planned_at, now.started_at, now.ended_at
    row.authority = now.authority or USUAL_AUTHORITY[kind]
    row.result, row.reason, row.detail = now.result, now.reason, now.detail
    db.add(row)


def _stand(consignment: Consignment, passage: Passage) -> bool:
    """Write where the consignment now stands; whether that is somewhere else than before."""
    before = (consignment.state, consignment.step, consignment.actor, consignment.action)
    now = situation(passage)
    consignment.state, consignment.step = now.state, now.step
    consignment.actor, consignment.action = now.actor or "", now.action
    consignment.urgency = URGENCY[now.state]
    consignment.expected_at = expected_end(passage, now)
    if now.state not in _CLOSED:
        consignment.closed_at = None
    elif consignment.closed_at is None:
        consignment.closed_at = clock.now()
    return before != (now.state, now.step, now.actor or "", now.action)
