"""Starting and ending an alert about a service: one transaction each, in which it is journalled (MET-02, MET-11)."""

from typing import Any

from models.identity.accounts.viewer import Viewer
from models.journal.record import record_at_once
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.french import iso, typeset
from models.kernel.legible import is_legible
from models.kernel.refusal import Refusal
from models.kernel.rows import insert_object
from models.signals.services.policy import Publisher, actor, may_publish
from models.signals.services.queries import is_running
from models.signals.services.rules import LONGEST, one_sentence
from models.signals.services.tables import ServiceAlert
from models.signals.services.vocabulary import Mode, Part, Service, part_of
from models.signals.services.words import name

_UNKNOWN = Refusal("Ce service n’a pas d’alerte dans ce mode. Choisissez-en un autre dans la liste.")
_EMPTY = Refusal("Dites en une phrase ce qui ne marche pas, et ce qu’il faut faire en attendant.")
_TOO_LONG = Refusal(typeset(f"Le message est trop long : {LONGEST} caractères au plus. Raccourcissez-le."))
_NOT_IN_FORCE = Refusal("Cette alerte n’est pas, ou n’est plus, en cours. Il n’y a rien à clore.")


async def start(by: Publisher | None, service: str, mode: str, message: str) -> int | Refusal:
    """Say that a service does not work as it should in that mode, from now on; the number of the alert.

    Refused while one is in force for the same service and mode.
    """
    refusal = may_publish(by)
    if by is None or refusal is not None:
        return refusal or _UNKNOWN
    part, sentence = part_of(service, mode), one_sentence(message)
    if part is None:
        return _UNKNOWN
    if not sentence or not is_legible(sentence):
        return _EMPTY
    if len(sentence) > LONGEST:
        return _TOO_LONG

    def verb(db: DbSession) -> int | Refusal:
        if is_running(db, part):
            twice = f"Une alerte est déjà en cours\u00a0: {name(part)}. Mettez-y fin avant d’en publier une autre."
            return Refusal(typeset(twice))
        alert = ServiceAlert(
            service=part.service,
            mode=part.mode,
            message=sentence,
            started_at=clock.now(),
            started_by=_account(by),
        )
        insert_object(db, alert)
        record_at_once(
            db,
            "service_alert.started",
            actor=actor(by),
            subject=_part(alert).subject,
            **_codes(alert),
        )
        return alert.id or 0

    return await write(verb)


async def end(by: Publisher | None, alert_id: int) -> Refusal | None:
    """Say that it works again. Refused for an alert that is not in force."""
    refusal = may_publish(by)
    if by is None or refusal is not None:
        return refusal or _NOT_IN_FORCE

    def verb(db: DbSession) -> Refusal | None:
        alert = db.get(ServiceAlert, alert_id)
        if alert is None or alert.ended_at is not None:
            return _NOT_IN_FORCE
        alert.ended_at, alert.ended_by = clock.now(), _account(by)
        record_at_once(
            db,
            "service_alert.ended",
            actor=actor(by),
            subject=_part(alert).subject,
            **_codes(alert),
        )
        return None

    return await write(verb)


def _account(by: Publisher) -> int | None:
    return by.account_id if isinstance(by, Viewer) else None


def _part(alert: ServiceAlert) -> Part:
    return Part(Service(alert.service), Mode(alert.mode))


def _codes(alert: ServiceAlert) -> dict[str, Any]:
    """What the journal keeps: not the message, which a person typed."""
    return {
        "service_alert": alert.id,
        "service": alert.service,
        "mode": alert.mode,
        "since": iso(alert.started_at),
    }
