"""Which companies a partner's program acts for: those that mandated it, for as long as they do (SES-04).

A mandate is given and ended by those who answer for the company (PPR-10). It opens the company's consignments and
appointments to the program, and nothing of its money.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.identity.accounts.actors import actor_of
from models.identity.accounts.partners import Scope
from models.identity.accounts.tables import PartnerClient
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Company, PartnerMandate
from models.identity.people.policy import may_manage
from models.journal.record import SYSTEM, record
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.kernel.stamps import changed, stamp

SCOPES = frozenset({Scope.APPOINTMENTS_READ, Scope.APPOINTMENTS_WRITE})
"""A program that holds neither has no use for a mandate."""
_UNKNOWN = Refusal("Ce logiciel ne peut pas être mandaté. Choisissez-en un dans la liste.")
_TWICE = Refusal("Ce logiciel est déjà mandaté.")
_NONE = Refusal("Ce logiciel n’est pas, ou n’est plus, mandaté par votre entreprise.")


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
    running = _running(now).where(PartnerMandate.client_id == client_id, PartnerMandate.siren == siren)
    return siren is not None and db.exec(running).first() is not None


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
        if partner_client.id not in have and _books(partner_client)
    ]


async def give(viewer: Viewer, client_id: str) -> Refusal | None:
    """Let that program act for the company worked for, from now on."""
    refusal, siren = may_manage(viewer), viewer.siren
    if refusal is not None or siren is None:
        return refusal or _UNKNOWN
    return await let(siren, client_id, actor=actor_of(viewer.account_id))


async def withdraw(viewer: Viewer, client_id: str, shown: str | None = None) -> Refusal | None:
    """That program acts for the company no longer, from its next call on. What it booked stays booked."""
    refusal, siren = may_manage(viewer), viewer.siren
    if refusal is not None or siren is None:
        return refusal or _NONE
    return await end(siren, client_id, actor=actor_of(viewer.account_id), shown=shown)


async def let(siren: str, client_id: str, *, actor: str = SYSTEM) -> Refusal | None:
    """Begin a mandate; whoever calls answers for the company."""

    def verb(db: DbSession) -> Refusal | None:
        client = db.get(PartnerClient, client_id)
        if client is None or not _books(client) or db.get(Company, siren) is None:
            return _UNKNOWN
        if mandated(db, client_id, siren, clock.now()):
            return _TWICE
        begin(db, siren, client_id, actor=actor)
        return None

    return await write(verb)


async def end(siren: str, client_id: str, *, actor: str = SYSTEM, shown: str | None = None) -> Refusal | None:
    """End a mandate, the one that was `shown` if that is said; whoever calls answers for the company."""

    def verb(db: DbSession) -> Refusal | None:
        now = clock.now()
        running = _running(now).where(PartnerMandate.client_id == client_id, PartnerMandate.siren == siren)
        rows: Sequence[PartnerMandate] = db.exec(running).all()
        against = changed(shown, stamp(client_id, rows[0].starts_at)) if rows else None
        if against is not None:
            return against
        for row in rows:
            row.ends_at = now
        if not rows:
            return _NONE
        record(db, "partner.mandate_ended", actor=actor, siren=siren, client=client_id)
        return None

    return await write(verb)


def begin(db: DbSession, siren: str, client_id: str, *, actor: str = SYSTEM) -> None:
    """Write the mandate and its fact down, in the caller's transaction; that none runs, the caller made sure."""
    db.add(PartnerMandate(siren=siren, client_id=client_id, starts_at=clock.now()))
    record(db, "partner.mandated", actor=actor, siren=siren, client=client_id)


def _running(now: datetime) -> SelectOfScalar[PartnerMandate]:
    return select(PartnerMandate).where(*_runs(now))


def _runs(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    ends = col(PartnerMandate.ends_at)
    return col(PartnerMandate.starts_at) <= now, or_(ends.is_(None), ends > now)


def _books(client: PartnerClient) -> bool:
    return client.revoked_at is None and not SCOPES.isdisjoint(client.scopes.split())
