"""What every verb on a consignment ends with: facts kept, steps folded anew, situation told, journal written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.appointments.voiding import void
from models.consignments.folding import IMPLIED, Fact, StepNow, fold
from models.consignments.reading import Said
from models.consignments.rules import URGENCY, USUAL_AUTHORITY, Passage, expected_end, situation
from models.consignments.tables import Consignment, Step, StepFact
from models.consignments.vocabulary import ConsignmentState, StepKind
from models.journal.actions import record_at_once
from models.rows import insert_object, insert_rows

_CLOSED = frozenset({ConsignmentState.RELEASED, ConsignmentState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: `actor` for the journal, and the message or the officer behind it."""

    actor: str
    message_id: str | None = None
    account_id: int | None = None
    digest: str | None = None
    """SHA-256 of the message: the journal then vouches for its bytes."""


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Whose consignment it is, and where: from these follows who sees it (SES-04, SES-05)."""

    siren: str | None
    post: str


def seen_by(consignment: Consignment) -> SeenBy:
    """By whom it is seen as it stands."""
    return SeenBy(consignment.siren, consignment.post_code)


async def settle(
    db: AsyncSession,
    consignment: Consignment,
    said: Iterable[Said],
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
    known = defaultdict(list) if opening else await _facts(db, consignment)
    new = [one for one in dict.fromkeys(said) if one.fact not in known[one.step]]
    for one in new:
        known[one.step].append(one.fact)
    steps = {kind: fold(facts) for kind, facts in known.items()}
    moved = _stand(consignment, Passage(consignment.ched_status, steps))
    left = before if before and before != seen_by(consignment) else None
    tells = bool(new or moved or left or kind == "consignment.notified")
    if tells:
        consignment.changed_at = max(consignment.changed_at, clock.now())  # a clock may be set back
    if opening:
        await insert_object(db, consignment)  # once, as it now stands: what follows refers to it
    await insert_rows(db, StepFact, [_row(consignment, one, source) for one in new])
    await _keep(db, consignment, {one.step: steps[one.step] for one in new}, opening=opening)
    if tells:
        await record_at_once(
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
            digest=source.digest,
            facts=[
                {"step": s.step, "status": s.fact.status, "at": s.fact.at.isoformat()}
                for s in new
                if s.fact.reason != IMPLIED  # told of by what implies it
            ],
            **({"left": asdict(left)} if left else {}),
        )
    if new or moved:
        await void(db, consignment.key)
    return bool(new) or moved or left is not None


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


def _row(consignment: Consignment, said: Said, source: Source) -> dict[str, Any]:
    return {
        "consignment_id": consignment.key,
        "step": said.step,
        "status": said.fact.status,
        "at": said.fact.at,
        "said_at": said.fact.said_at,
        "recorded_at": clock.now(),
        "authority": said.fact.authority or USUAL_AUTHORITY[said.step],
        "result": said.fact.result,
        "reason": said.fact.reason,
        "detail": said.fact.detail,
        "message_id": source.message_id,
        "account_id": source.account_id,
    }


async def _keep(
    db: AsyncSession, consignment: Consignment, touched: Mapping[StepKind, StepNow], *, opening: bool
) -> None:
    """Write where these steps stand, each in the place of what was written of it before."""
    if touched and not opening:
        mine = col(Step.consignment_id) == consignment.key
        await db.exec(delete(Step).where(mine, col(Step.kind).in_(touched)))
    rows = [_step(consignment, kind, now) for kind, now in touched.items()]
    await insert_rows(db, Step, rows)


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
    }


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
