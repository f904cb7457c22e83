"""Which programs a company mandates, and which companies mandate a program (SES-04)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.identity.accounts.partners import Scope
from models.identity.accounts.tables import PartnerClient
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import PartnerMandate
from models.identity.people.policy import may_manage
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.stamps import stamp

SCOPES = frozenset({Scope.APPOINTMENTS_READ, Scope.APPOINTMENTS_WRITE})
"""A program that holds neither has no use for a mandate."""


@dataclass(frozen=True, slots=True)
class Software:
    """A partner's program, as the company that mandates it knows it."""

    client_id: str
    name: str
    since: datetime | None = None
    """When the mandate began; None for one that has none."""

    @property
    def stamp(self) -> str:
        """What tells this mandate from an earlier or a later one (models/kernel/stamps.py)."""
        return stamp(self.client_id, self.since)


def mandated(db: DbSession, client_id: str, siren: str | None, now: datetime) -> bool:
    """Whether that company lets that program act for it now."""
    return siren is not None and bool(mandates_between(db, client_id, siren, now))


def mandates_between(db: DbSession, client_id: str, siren: str, now: datetime) -> Sequence[PartnerMandate]:
    """The mandates by which that company lets that program act for it now; one at most, unless written by hand."""
    between = select(PartnerMandate).where(
        PartnerMandate.client_id == client_id, PartnerMandate.siren == siren
    )
    return db.exec(between.where(*_runs(now))).all()


def mandators(client_id: str, now: datetime) -> SelectOfScalar[str]:
    """The SIREN of the companies that mandate that program now: for the queries of what it may read."""
    return select(PartnerMandate.siren).where(PartnerMandate.client_id == client_id, *_runs(now))


def given(db: DbSession, viewer: Viewer) -> list[Software]:
    """The programs that the company worked for mandates, by name: for those who answer for it."""
    if may_manage(viewer) is not None:
        return []
    rows = (
        select(PartnerClient.id, PartnerClient.name, PartnerMandate.starts_at)
        .join(PartnerMandate, col(PartnerMandate.client_id) == col(PartnerClient.id))
        .where(PartnerMandate.siren == viewer.siren, *_runs(clock.now()))
        .order_by(col(PartnerClient.name), col(PartnerClient.id))
    )
    return [Software(*row) for row in db.exec(rows).all()]


def choices(db: DbSession, viewer: Viewer) -> list[Software]:
    """The programs that it could mandate, by name: admitted, with a scope for appointments, not mandated yet."""
    if may_manage(viewer) is not None:
        return []
    have = {software.client_id for software in given(db, viewer)}
    rows = select(PartnerClient).where(col(PartnerClient.revoked_at).is_(None))
    clients = db.exec(rows.order_by(col(PartnerClient.name), col(PartnerClient.id))).all()
    return [
        Software(partner_client.id, partner_client.name)
        for partner_client in clients
        if partner_client.id not in have and books(partner_client)
    ]


def mandating(db: DbSession, sirens: Collection[str], now: datetime) -> frozenset[str]:
    """Those of these companies, by SIREN, that let a program act for them now."""
    if not sirens:
        return frozenset()
    running = select(PartnerMandate.siren).where(col(PartnerMandate.siren).in_(sirens), *_runs(now))
    return frozenset(db.exec(running).all())


def _runs(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    ends = col(PartnerMandate.ends_at)
    return col(PartnerMandate.starts_at) <= now, or_(ends.is_(None), ends > now)


def books(client: PartnerClient) -> bool:
    """Whether that program is admitted, with a scope for appointments: it has a use for a mandate."""
    return client.revoked_at is None and not SCOPES.isdisjoint(client.scopes.split())
