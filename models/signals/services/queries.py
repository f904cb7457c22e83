"""Alerts in force, and whom they concern (MET-11)."""

from collections.abc import Collection

from sqlmodel import col, select

from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.tables import Habilitation
from models.identity.people.queries.mandates import mandating
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession
from models.signals.services.rules import ALL_CODES, parts_used
from models.signals.services.tables import ServiceAlert
from models.signals.services.vocabulary import PORTAL, Part, part_of


def in_force(db: DbSession) -> list[ServiceAlert]:
    """Every alert in force, the newest first. They are public (MET-01)."""
    running = select(ServiceAlert).where(col(ServiceAlert.ended_at).is_(None))
    return list(db.exec(running.order_by(col(ServiceAlert.id).desc())).all())


def concerning(db: DbSession, viewer: Viewer | None) -> list[ServiceAlert]:
    """Those in force that are about something this person uses; about the portal for whoever comes by."""
    alerts = in_force(db)
    if all(_part(alert) == PORTAL for alert in alerts):
        return alerts
    parts = used_by(db, viewer)
    return [alert for alert in alerts if _part(alert) in parts]


def used_by(db: DbSession, viewer: Viewer | None) -> frozenset[Part]:
    """What this person uses, for whichever company: notices say the same (models/signals/notifications/queries/people.py)."""
    if viewer is None or viewer.is_officer or viewer.owes_terms:
        return frozenset({PORTAL})
    query = select(Habilitation.service, Habilitation.siren).where(
        Habilitation.account_id == viewer.account_id,
        Habilitation.co_owner == CoOwner.DGDDI,
        col(Habilitation.service).in_(ALL_CODES),
        col(Habilitation.withdrawn_at).is_(None),
    )
    held = db.exec(query).all()
    return parts_used(held, connected(db, {siren for _, siren in held}))


def connected(db: DbSession, sirens: Collection[str]) -> frozenset[str]:
    """Those of these companies that let a program act for them now."""
    return mandating(db, sirens, clock.now())


def is_running(db: DbSession, part: Part) -> bool:
    """Whether an alert is in force about that service in that mode."""
    running = select(ServiceAlert.id).where(
        ServiceAlert.service == part.service,
        ServiceAlert.mode == part.mode,
        col(ServiceAlert.ended_at).is_(None),
    )
    return db.exec(running).first() is not None


def _part(alert: ServiceAlert) -> Part | None:
    return part_of(alert.service, alert.mode)
