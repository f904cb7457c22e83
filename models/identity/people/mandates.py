"""Which companies a partner's program acts for: those that mandated it, for as long as they do (SES-04).

A mandate is given and ended by those who answer for the company (PPR-10). It opens the company's consignments and
appointments to the program, and nothing of its money.
"""

from models.identity.accounts.actors import actor_of
from models.identity.accounts.tables import PartnerClient
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Company, PartnerMandate
from models.identity.people.policy import may_manage
from models.identity.people.queries.mandates import books, mandated, mandates_between
from models.journal.record import SYSTEM, record
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.kernel.stamps import changed, stamp

_UNKNOWN = Refusal("Ce logiciel ne peut pas être mandaté. Choisissez-en un dans la liste.")
_TWICE = Refusal("Ce logiciel est déjà mandaté.")
_NONE = Refusal("Ce logiciel n’est pas, ou n’est plus, mandaté par votre entreprise.")


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
        if client is None or not books(client) or db.get(Company, siren) is None:
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
        rows = mandates_between(db, client_id, siren, now)
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
