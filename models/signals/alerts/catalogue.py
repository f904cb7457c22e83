"""The thresholds that the portal comes with: cautious defaults, not measurements (docs/limits.md)."""

from models.border.passage.vocabulary import ChedType, StepKind
from models.kernel import clock
from models.kernel.database import DbSession
from models.signals.alerts.queries.alerts import thresholds_everywhere
from models.signals.alerts.rules import Quantity
from models.signals.alerts.tables import AlertThreshold

_HOUR, _DAY = 60, 24 * 60
Q, S = Quantity, StepKind

# quantity, kind of goods, step, opens at, closes at
_DEFAULTS: tuple[tuple[Quantity, str, str, int, int], ...] = (
    (Q.STEP_AGE, "", S.DOCUMENTARY, 3 * _HOUR, 3 * _HOUR - 15),
    (Q.STEP_AGE, "", S.IDENTITY, 3 * _HOUR, 3 * _HOUR - 15),
    (Q.STEP_AGE, "", S.PHYSICAL, 4 * _HOUR, 4 * _HOUR - 15),
    (Q.STEP_AGE, "", S.DECISION, 2 * _HOUR, 2 * _HOUR - 15),
    (Q.STEP_AGE, "", S.DECLARATION, 4 * _HOUR, 4 * _HOUR - 15),
    (Q.STEP_AGE, "", S.RELEASE, 4 * _HOUR, 4 * _HOUR - 15),
    (Q.STEP_AGE, ChedType.ANIMALS, "", _HOUR, _HOUR - 10),
    (Q.QUEUE_LENGTH, "", S.DOCUMENTARY, 12, 9),
    (Q.QUEUE_LENGTH, "", S.PHYSICAL, 8, 5),
    (Q.QUEUE_LENGTH, "", S.RELEASE, 12, 9),
    (Q.APPOINTMENTS_MISSED, "", "", 3, 1),
    (Q.RELEASED_UNDECIDED, "", "", 15, 0),
    (Q.DECIDED_UNDECLARED, "", "", 2 * _DAY, 2 * _DAY - _HOUR),
    (Q.LABORATORY_OVERDUE, "", "", _DAY, _DAY - _HOUR),
    (Q.REFUSALS, "", "", 5, 2),
)


def thresholds_missing(db: DbSession) -> bool:
    """Whether some default is not there."""
    return bool(_missing(db))


def ensure_thresholds(db: DbSession) -> None:
    """Add the defaults that are not there yet, in the caller's transaction; what supervisors set stays."""
    now = clock.now()
    for quantity, ched_type, step, opens_at, closes_at in _missing(db):
        db.add(
            AlertThreshold(
                quantity=quantity,
                ched_type=ched_type,
                step=step,
                opens_at=opens_at,
                closes_at=closes_at,
                changed_at=now,
            )
        )


def _missing(db: DbSession) -> list[tuple[Quantity, str, str, int, int]]:
    known = thresholds_everywhere(db)
    return [threshold for threshold in _DEFAULTS if threshold[:3] not in known]
