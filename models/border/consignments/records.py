"""What officers record on screen, and take back when it was a mistake; one transaction each (SES-05)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.border.consignments import queries
from models.border.consignments.forms import RecordForm
from models.border.consignments.policy import may_record, recordable
from models.border.consignments.settlement import (
    Source,
    not_undone,
    passage_of,
    settle,
    take_back,
    version_of,
)
from models.border.consignments.tables import Consignment, StepFact
from models.border.passage.code_lists import OFFERED_MEASURES, UNDO_REASONS
from models.border.passage.facts import Said
from models.border.passage.fold import HORIZON, Fact
from models.border.passage.outcomes import Outcome
from models.border.passage.recordable import obstacle, outcome
from models.border.passage.steps import CHECKS, USUAL_AUTHORITY
from models.border.passage.vocabulary import CheckResult, StepKind, StepStatus
from models.identity.accounts.actors import actor_of
from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.kernel.stamps import CHANGED

UNDO_WITHIN = timedelta(hours=24)
"""How long a record made by mistake can be taken back; after that, the next one says what is true."""
_GONE = Refusal("Cet envoi n’existe pas ou n’est pas de votre ressort.")
_NOTHING_TO_UNDO = Refusal(
    french.typeset(
        "Cet enregistrement ne s’annule plus : plus de 24 heures sont passées, ou une suite lui a été donnée. "
        "Enregistrez ce qui est vrai maintenant."
    )
)


@dataclass(frozen=True, slots=True)
class Record:
    """What an officer records of a step: the code of an outcome, and what that outcome asks for."""

    step: StepKind
    code: str
    reason: str = ""
    """A code of the outcome's vocabulary."""
    detail: str = ""
    """The officer's own words, which the operator reads."""
    measure: str = ""
    due_on: date | None = None
    """The last day on which the measure may be carried out."""


async def record_step(viewer: Viewer, reference: str, record: Record, seen: int) -> Refusal | None:
    """An officer records a step of a consignment of its post (SES-05), as it stood in version `seen`.

    Returns why it was refused, as a French sentence; None when it was recorded. A consignment that the
    officer may not see is refused as one that does not exist.
    """

    def verb(db: DbSession) -> Refusal | None:
        consignment = queries.seen(db, viewer, reference)
        refusal = may_record(viewer, consignment, record.step) if consignment else _GONE
        chosen = outcome(record.step, record.code)
        if consignment is None or refusal is not None or chosen is None:
            return refusal or Refusal("Choisissez ce qu’il faut enregistrer.")
        missing = lacking(chosen, record, OFFERED_MEASURES.get(consignment.ched_type, ()), clock.now())
        refusal = Refusal(next(iter(missing.values()))) if missing else None
        if refusal is None and seen != version_of(db, consignment.key):
            refusal = CHANGED
        early = "" if refusal else obstacle(passage_of(db, consignment), chosen)
        if refusal or early:
            return refusal or Refusal(early)
        said = Said(record.step, _fact(viewer, chosen, record))
        settle(db, consignment, [said], "consignment.step_recorded", _source(viewer))
        return None

    return await write(verb)


def lacking(chosen: Outcome, record: Record, measures: Collection[str], now: datetime) -> dict[str, str]:
    """What the outcome asks for and the record does not say: why, by field of `RecordForm`."""
    today = french.local(now).date()
    in_time = record.due_on is not None and today <= record.due_on <= today + HORIZON
    missing = {
        "reason": chosen.asks_why and record.reason not in chosen.reasons,
        "measure": chosen.asks_measure and record.measure not in measures,
        "due_on": chosen.asks_measure and not in_time,
    }
    return {name: RecordForm.asked[name].missing for name, lacks in missing.items() if lacks}


async def undo(viewer: Viewer, reference: str, reason: str, text: str, seen: int) -> Refusal | None:
    """An officer takes back the last record of its service, made by mistake; a new fact says so and why.

    Returns why it was refused. docs/mistakes.md has the rules, `undoable` applies them.
    """

    def verb(db: DbSession) -> Refusal | None:
        consignment = queries.seen(db, viewer, reference)
        if consignment is None:
            return _GONE
        if seen != version_of(db, consignment.key):
            return CHANGED
        facts = queries.facts_of(db, consignment.key)
        mistaken = undoable(viewer, consignment, facts, clock.now())
        if mistaken is None:
            return _NOTHING_TO_UNDO
        why = Fact(StepStatus.CANCELLED, clock.now(), mistaken.authority, reason=reason, detail=text)
        take_back(db, consignment, mistaken, why, _source(viewer))
        return None

    if reason not in UNDO_REASONS:
        return Refusal(french.typeset("Choisissez un motif : l’opérateur lira pourquoi vous annulez."))
    return await write(verb)


def undoable(
    viewer: Viewer, consignment: Consignment, facts: Sequence[StepFact], now: datetime
) -> StepFact | None:
    """The record that this officer may take back now; None when there is none (docs/mistakes.md).

    The last one that its service made on screen, at its post, for a day, and only while nothing followed: nothing
    that was done since, whoever said so, of the same step or of a later one.
    """
    standing = not_undone(facts)
    steps = recordable(viewer) if consignment.post_code in viewer.posts else frozenset()
    ours = [fact for fact in standing if fact.account_id is not None and fact.step in steps]
    last = max(ours, key=_number, default=None)
    if last is None or now - last.recorded_at > UNDO_WITHIN:
        return None
    order = list(StepKind)
    since = order.index(StepKind(last.step))
    followed = any(
        _number(fact) > _number(last)
        and fact.status != StepStatus.PLANNED
        and order.index(StepKind(fact.step)) >= since
        for fact in standing
    )
    return None if followed else last


def _number(fact: StepFact) -> int:
    return fact.id or 0


def _source(viewer: Viewer) -> Source:
    return Source(actor_of(viewer.account_id), account_id=viewer.account_id)


def _fact(viewer: Viewer, chosen: Outcome, record: Record) -> Fact:
    why = record.reason if chosen.asks_why else ""
    measured = chosen.asks_measure
    return Fact(
        chosen.status,
        clock.now(),
        viewer.authority or USUAL_AUTHORITY[record.step],
        result=_RESULTS.get(chosen.status, "") if record.step in CHECKS else "",
        reason=chosen.reason or why,
        detail=_detail(chosen, record) if chosen.asks_why else "",
        measure=record.measure if measured else "",
        due_on=record.due_on if measured else None,
    )


def _detail(chosen: Outcome, record: Record) -> str:
    """The officer's words; after the reason, where its code gives way to what holds the goods."""
    words = [french.upper_first(chosen.reasons[record.reason])] if chosen.reason else []
    return ". ".join([*words, *([record.detail] if record.detail else [])])


_RESULTS = {
    StepStatus.SATISFACTORY: CheckResult.SATISFACTORY,
    StepStatus.UNSATISFACTORY: CheckResult.NOT_SATISFACTORY,
}
