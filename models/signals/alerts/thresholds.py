"""Setting a threshold, and what it would raise today, before it is set (SES-20)."""

from dataclasses import asdict, dataclass, replace

from models.border.passage.vocabulary import ChedType, StepKind
from models.identity.accounts.viewer import Viewer
from models.journal.record import record_at_once
from models.kernel import clock
from models.kernel.database import DbSession, read, write
from models.kernel.refusal import Refusal
from models.posts.tables import Post
from models.signals.alerts.policy import may_set_thresholds
from models.signals.alerts.queries.alerts import threshold_row, thresholds
from models.signals.alerts.queries.measurements import measure
from models.signals.alerts.rules import OF_CONSIGNMENTS, Found, Key, Quantity, Threshold, evaluate
from models.signals.alerts.tables import AlertThreshold

HIGHEST = 60 * 24 * 90
"""Ninety days in minutes: no threshold is set beyond."""
_STEPPED = (Quantity.STEP_AGE, Quantity.QUEUE_LENGTH)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A threshold as a supervisor would have it, in the quantity's unit."""

    quantity: str
    post_code: str = ""
    ched_type: str = ""
    step: str = ""
    opens_at: int = 0
    closes_at: int = 0
    active: bool = True


async def preview(viewer: Viewer, proposed: Proposed) -> dict[Key, Found] | Refusal:
    """The alerts that this threshold would raise on the facts as they stand, were none open."""

    def query(db: DbSession) -> dict[Key, Found] | Refusal:
        checked = _checked(db, viewer, proposed)
        if isinstance(checked, Refusal):
            return checked
        now, all_of_them = clock.now(), _with(thresholds(db), checked)
        measured = measure(db, all_of_them, [], now)
        opened = evaluate(all_of_them, measured, {}, now).opened
        return {key: finding for key, finding in opened.items() if finding.threshold.where == checked.where}

    return await read(query)


async def set_threshold(viewer: Viewer, proposed: Proposed) -> Refusal | None:
    """Set the threshold of that quantity, post, kind of goods and step; added when there is none yet.

    The next look of the watch opens and closes accordingly. One that is not active any more raises nothing.
    """

    def verb(db: DbSession) -> Refusal | None:
        checked = _checked(db, viewer, proposed)
        if isinstance(checked, Refusal):
            return checked
        row = _row(db, checked)
        row.opens_at, row.closes_at, row.active = checked.opens_at, checked.closes_at, checked.active
        row.changed_at, row.changed_by = clock.now(), viewer.account_id
        db.add(row)
        record_at_once(
            db,
            "threshold.changed",
            actor=f"account:{viewer.account_id}",
            post_code=row.post_code or None,
            quantity=row.quantity,
            ched_type=row.ched_type,
            step=row.step,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            active=row.active,
        )
        return None

    return await write(verb)


def _row(db: DbSession, checked: Threshold) -> AlertThreshold:
    return threshold_row(db, checked) or AlertThreshold(
        quantity=checked.quantity,
        post_code=checked.post_code,
        ched_type=checked.ched_type,
        step=checked.step,
        opens_at=checked.opens_at,
        closes_at=checked.closes_at,
        changed_at=clock.now(),
    )


def _with(known: list[Threshold], proposed: Threshold) -> list[Threshold]:
    return [*(threshold for threshold in known if threshold.where != proposed.where), proposed]


def _checked(db: DbSession, viewer: Viewer, proposed: Proposed) -> Threshold | Refusal:
    refusal = may_set_thresholds(viewer) or _wrong(proposed)
    if refusal is not None:
        return refusal
    if proposed.post_code and db.get(Post, proposed.post_code) is None:
        return Refusal("Ce poste n’est pas connu du portail\u00a0: choisissez-en un dans la liste.")
    return _sensible(Threshold(0, **(asdict(proposed) | {"quantity": Quantity(proposed.quantity)})))


def _wrong(proposed: Proposed) -> Refusal | None:
    if proposed.quantity not in set(Quantity):
        return Refusal("Choisissez ce qui est mesuré.")
    if proposed.ched_type not in {"", *ChedType} or proposed.step not in {"", *StepKind}:
        return Refusal("Choisissez le type de DSCE et l’étape dans les listes.")
    if not 1 <= proposed.opens_at <= HIGHEST:
        return Refusal("Le seuil d’ouverture est un nombre entier, d’au moins 1 et d’au plus 90\u00a0jours.")
    if not 0 <= proposed.closes_at < proposed.opens_at:
        return Refusal(
            "L’alerte se clôt en dessous de son seuil d’ouverture\u00a0: donnez un nombre plus petit, sans quoi "
            "elle s’ouvrirait et se fermerait sans cesse."
        )
    return None


def _sensible(threshold: Threshold) -> Threshold:
    """Without what means nothing for that quantity: only ages and queues have a step."""
    if threshold.quantity == Quantity.APPOINTMENTS_MISSED:
        return replace(threshold, ched_type="", step="")
    return threshold if threshold.quantity in _STEPPED else replace(threshold, step="")


def is_an_age(quantity: str) -> bool:
    """Whether that quantity is counted in minutes, on one consignment; else it is a number."""
    return quantity in OF_CONSIGNMENTS
