"""The watch, and the verbs of officers on an alert; one transaction each (SES-20, SES-21)."""

from datetime import datetime
from typing import Any

from models.identity.accounts.viewer import Viewer
from models.journal.record import SYSTEM, record_at_once
from models.kernel import clock
from models.kernel.database import DbSession, read, write
from models.kernel.refusal import Refusal
from models.kernel.rows import insert_object
from models.kernel.stamps import changed, stamp
from models.kernel.subject import Subject
from models.signals.alerts.catalogue import ensure_thresholds, thresholds_missing
from models.signals.alerts.policy import may_handle
from models.signals.alerts.queries.alerts import colleagues, open_alerts, seen_alert, thresholds
from models.signals.alerts.queries.measurements import measure
from models.signals.alerts.rules import Found, Key, Plan, evaluate
from models.signals.alerts.subject import ALERT
from models.signals.alerts.tables import Alert

_GONE = Refusal("Cette alerte n’existe pas ou n’est pas de votre ressort.")


async def watch() -> Plan:
    """Open, update and close alerts according to the facts as they stand; what was done (SES-21).

    Nothing is remembered between two looks: all of it is in the database, so that a restart changes nothing.
    Most looks find nothing to do, and do not ask for the writer's turn; else everything is measured again in
    the transaction that writes, where no other worker can come between.
    """
    if await read(thresholds_missing):
        await write(ensure_thresholds)
    return await write(_apply) if await read(_plan) else Plan()


def _plan(db: DbSession) -> Plan:
    now, known, before = clock.now(), thresholds(db), open_alerts(db)
    alerted = [int(key.subject.id) for key in before if key.subject is not None]
    return evaluate(known, measure(db, known, alerted, now), before, now)


def _apply(db: DbSession) -> Plan:
    plan, now = _plan(db), clock.now()
    for key, finding in plan.opened.items():
        _open(db, key, finding, now)
    before = open_alerts(db) if plan.updated or plan.closed else {}
    for key, finding in plan.updated.items():
        _update(db, before[key].id, finding, now)
    for key in plan.closed:
        _close(db, before[key].id, now)
    return plan


def _open(db: DbSession, key: Key, finding: Found, now: datetime) -> None:
    alert = Alert(
        threshold_id=finding.threshold.id,
        quantity=key.quantity,
        post_code=key.post_code,
        ched_type=key.ched_type,
        step=key.step,
        subject_kind=key.subject.kind if key.subject else "",
        subject_id=key.subject.id if key.subject else "",
        value=finding.value,
        opens_at=finding.threshold.opens_at,
        since=finding.crossed_at or now,
        opened_at=now,
        updated_at=now,
    )
    insert_object(db, alert)
    journal(db, alert, SYSTEM, "alert.opened", value=finding.value, threshold=finding.threshold.id)


def _update(db: DbSession, alert_id: int, finding: Found, now: datetime) -> None:
    alert = db.get_one(Alert, alert_id)
    alert.value, alert.threshold_id = finding.value, finding.threshold.id
    alert.opens_at, alert.updated_at = finding.threshold.opens_at, now
    if finding.crossed_at is not None:
        alert.since = finding.crossed_at
    journal(db, alert, SYSTEM, "alert.updated", value=finding.value, threshold=finding.threshold.id)


def _close(db: DbSession, alert_id: int, now: datetime) -> None:
    alert = db.get_one(Alert, alert_id)
    alert.closed_at = alert.updated_at = now
    journal(db, alert, SYSTEM, "alert.closed")


def journal(db: DbSession, alert: Alert, actor: str, kind: str, **payload: Any) -> None:
    """Named by the post alone: a fact that named the consignment would be in what its operator may read of it."""
    record_at_once(
        db,
        kind,
        actor=actor,
        subject=Subject.of(ALERT, alert.key),
        post_code=alert.post_code,
        alert=alert.id,
        quantity=alert.quantity,
        about=str(alert.subject) if alert.subject else None,
        **payload,
    )


def stamp_of(alert: Alert) -> str:
    """What tells what officers did with it from anything else (models/kernel/stamps.py); what is measured does not count."""
    return stamp(alert.id, alert.acknowledged_at, alert.assigned_to, alert.closed_at)


async def acknowledge(viewer: Viewer, alert_id: int, shown: str | None = None) -> Refusal | None:
    """An officer of the post has seen the alert (SES-20). It stays listed, and closes by itself.

    Returns why it was refused. Acknowledging what is acknowledged changes nothing.
    """

    def verb(db: DbSession) -> Refusal | None:
        alert = _handled(db, viewer, alert_id, shown)
        if isinstance(alert, Refusal) or alert.acknowledged_at is not None:
            return alert if isinstance(alert, Refusal) else None
        alert.acknowledged_at, alert.acknowledged_by = clock.now(), viewer.account_id
        journal(db, alert, f"account:{viewer.account_id}", "alert.acknowledged")
        return None

    return await write(verb)


async def assign(
    viewer: Viewer, alert_id: int, account_id: int | None, shown: str | None = None
) -> Refusal | None:
    """An officer says who of the post takes care of the alert: oneself, a colleague, or nobody any more.

    Who takes care of it has seen it: the alert is acknowledged too.
    """

    def verb(db: DbSession) -> Refusal | None:
        alert = _handled(db, viewer, alert_id, shown)
        if isinstance(alert, Refusal):
            return alert
        there = colleagues(db, viewer).get(alert.post_code, [])
        if account_id is not None and account_id not in {key for key, _ in there}:
            return Refusal("Cette personne ne sert pas à ce poste\u00a0: choisissez un collègue du poste.")
        if alert.assigned_to == account_id:
            return None
        alert.assigned_to = account_id
        alert.assigned_at = clock.now() if account_id is not None else None
        if account_id is not None and alert.acknowledged_at is None:
            alert.acknowledged_at, alert.acknowledged_by = clock.now(), viewer.account_id
        actor = f"account:{viewer.account_id}"
        journal(db, alert, actor, "alert.assigned", assigned_to=account_id)
        return None

    return await write(verb)


def _handled(db: DbSession, viewer: Viewer, alert_id: int, shown: str | None) -> Alert | Refusal:
    alert = seen_alert(db, viewer, alert_id)
    if alert is None:
        return _GONE
    return may_handle(viewer, alert) or changed(shown, stamp_of(alert)) or alert
