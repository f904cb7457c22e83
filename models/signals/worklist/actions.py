"""Taking a consignment in hand, giving it back, handing it to a colleague; one transaction each (SES-05)."""

from typing import Any

from models.border.consignments.queries import seen
from models.border.consignments.subject import subject_of
from models.border.consignments.tables import Consignment
from models.identity.accounts.viewer import Viewer
from models.journal.record import record_at_once
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.kernel.stamps import changed, stamp
from models.signals.worklist.policy import may_take
from models.signals.worklist.queries import claim_of, colleagues_of
from models.signals.worklist.tables import WorkClaim

_GONE = Refusal("Cet envoi n’existe pas ou n’est pas de votre ressort.")
_TAKEN = Refusal(
    "Un collègue a déjà pris cet envoi en charge\u00a0: demandez-lui de le rendre, ou attribuez-le."
)


def stamp_of(reference: str, held_by: int | None) -> str:
    """What tells who has the consignment in hand from anything else (models/kernel/stamps.py)."""
    return stamp(reference, held_by)


async def take(viewer: Viewer, reference: str, shown: str | None = None) -> Refusal | None:
    """The officer takes the consignment in hand. Whoever comes first has it; taking it twice changes nothing."""

    def verb(db: DbSession) -> Refusal | None:
        consignment = _takable(db, viewer, reference)
        if isinstance(consignment, Refusal):
            return consignment
        claim = _claim(db, consignment)
        if claim is not None and claim.service == viewer.role:
            return None if claim.account_id == viewer.account_id else _TAKEN
        against = changed(shown, _stamp(viewer, consignment, claim))
        if against is not None:
            return against
        _give(db, viewer, consignment, claim, viewer.account_id)
        journal(db, viewer, consignment, "work.taken")
        return None

    return await write(verb)


async def assign(viewer: Viewer, reference: str, account_id: int, shown: str | None = None) -> Refusal | None:
    """The officer hands the consignment to a colleague of the same post and service, or takes it over."""

    def verb(db: DbSession) -> Refusal | None:
        consignment = _takable(db, viewer, reference)
        if isinstance(consignment, Refusal):
            return consignment
        if account_id not in {key for key, _ in colleagues_of(db, viewer, consignment.post_code)}:
            return Refusal(
                "Cette personne ne sert pas à ce poste\u00a0: choisissez un collègue de votre service."
            )
        claim = _claim(db, consignment)
        if claim is not None and (claim.service, claim.account_id) == (viewer.role, account_id):
            return None
        against = changed(shown, _stamp(viewer, consignment, claim))
        if against is not None:
            return against
        _give(db, viewer, consignment, claim, account_id)
        journal(db, viewer, consignment, "work.assigned", assigned_to=account_id)
        return None

    return await write(verb)


async def release(viewer: Viewer, reference: str, shown: str | None = None) -> Refusal | None:
    """The officer gives the consignment back to the list; one that nobody holds stays as it is."""

    def verb(db: DbSession) -> Refusal | None:
        consignment = seen(db, viewer, reference)
        if consignment is None:
            return _GONE
        claim = _claim(db, consignment)
        if claim is None:
            return None
        if claim.account_id != viewer.account_id:
            return Refusal("Cet envoi est pris en charge par un collègue\u00a0: lui seul peut le rendre.")
        against = changed(shown, _stamp(viewer, consignment, claim))
        if against is not None:
            return against
        db.delete(claim)
        db.flush()
        journal(db, viewer, consignment, "work.released")
        return None

    return await write(verb)


def _takable(db: DbSession, viewer: Viewer, reference: str) -> Consignment | Refusal:
    consignment = seen(db, viewer, reference)
    if consignment is None:
        return _GONE
    return may_take(viewer, consignment) or consignment


def _stamp(viewer: Viewer, consignment: Consignment, claim: WorkClaim | None) -> str:
    """As the viewer's list shows it: what the other service left behind is free."""
    ours = claim is not None and claim.service == viewer.role
    return stamp_of(consignment.reference, claim.account_id if claim and ours else None)


def _claim(db: DbSession, consignment: Consignment) -> WorkClaim | None:
    return claim_of(db, subject_of(consignment))


def _give(
    db: DbSession, viewer: Viewer, consignment: Consignment, claim: WorkClaim | None, account_id: int
) -> None:
    """A claim that the other service left behind when it was done goes to whom it is now."""
    subject = subject_of(consignment)
    kept = claim or WorkClaim(
        subject_kind=subject.kind,
        subject_id=subject.id,
        account_id=account_id,
        service=viewer.role,
        at=clock.now(),
    )
    kept.account_id, kept.service, kept.at = account_id, viewer.role, clock.now()
    db.add(kept)
    db.flush()


def journal(db: DbSession, viewer: Viewer, consignment: Consignment, kind: str, **payload: Any) -> None:
    """Named by the post alone: who works on what is no affair of the operator's."""
    record_at_once(
        db,
        kind,
        actor=f"account:{viewer.account_id}",
        post_code=consignment.post_code,
        consignment=consignment.key,
        **payload,
    )
