"""The verbs on links, one transaction each: linking takes habilitations over, unlinking gives them back (PPR-04, PPR-05)."""

from collections.abc import Collection

from sqlmodel import col

from models.identity.accounts.actors import actor_of
from models.identity.accounts.endings import end_pending
from models.identity.accounts.facts import record_of
from models.identity.accounts.pending import CredentialEvent
from models.identity.accounts.viewer import Viewer
from models.identity.companies.actions import ensure_company
from models.identity.habilitations.grants import give
from models.identity.habilitations.policy import may_link
from models.identity.habilitations.queries import held, is_linked, link_of
from models.identity.habilitations.rules import Entitlement, Named, difference
from models.identity.habilitations.tables import CoOwnerLink, Habilitation
from models.identity.habilitations.vocabulary import may_give
from models.identity.habilitations.words import CO_OWNERS_IN_SENTENCES
from models.journal.record import record
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal


async def link(
    viewer: Viewer,
    co_owner: CoOwner,
    subject: str,
    named: Collection[Named] | None,
    *,
    created_here: bool = False,
) -> Refusal | None:
    """Link the viewer's account with `subject` at that co-owner, and take over what it says they may do.

    One account per co-owner, and one account here for each there (PPR-04). Habilitations that the co-owner
    names, of services that are its own to open, are given; those that it gave before and no longer names are
    withdrawn (PPR-05). None: it said nothing of them, and they stay as they are.
    """

    def verb(db: DbSession) -> Refusal | None:
        refused = may_link(viewer) or _taken(db, viewer.account_id, co_owner, subject)
        if refused is not None:
            return refused
        db.add(
            CoOwnerLink(
                account_id=viewer.account_id,
                co_owner=co_owner,
                subject=subject,
                linked_at=clock.now(),
                created_here=created_here,
            )
        )
        by = actor_of(viewer.account_id)
        end_pending(db, CredentialEvent.LINKED, viewer.account_id)
        record_of(db, "account.linked", viewer.account_id, actor=by, co_owner=co_owner)
        if named is not None:
            own = {named for named in named if may_give(co_owner, named.service)}
            _hold(db, viewer.account_id, co_owner, own)
        return None

    return await write(verb)


async def unlink(viewer: Viewer, co_owner: CoOwner) -> bool:
    """End the link, and with it the habilitations that this co-owner gave; False when there was none.

    They came with the link (PPR-05): without it the portal would no longer hear that one was withdrawn.
    """

    def verb(db: DbSession) -> bool:
        row = link_of(db, viewer.account_id, co_owner)
        if row is None:
            return False
        db.delete(row)
        end_pending(db, CredentialEvent.UNLINKED, viewer.account_id)
        by = actor_of(viewer.account_id)
        record_of(db, "account.unlinked", viewer.account_id, actor=by, co_owner=co_owner)
        _hold(db, viewer.account_id, co_owner, ())
        return True

    return await write(verb)


def _taken(db: DbSession, account_id: int, co_owner: CoOwner, subject: str) -> Refusal | None:
    there = CO_OWNERS_IN_SENTENCES[co_owner]
    if link_of(db, account_id, co_owner) is not None:
        return Refusal(
            f"Votre compte est déjà rattaché à un compte de {there}. Rompez ce rattachement pour en changer."
        )
    if is_linked(db, co_owner, subject):
        return Refusal(
            f"Ce compte de {there} est déjà rattaché à un autre compte Passavant. "
            "Rompez d’abord ce rattachement depuis l’autre compte."
        )
    return None


def _hold(db: DbSession, account_id: int, co_owner: CoOwner, named: Collection[Named]) -> None:
    """Make what the account holds from that co-owner what is `named`, journalled right by right."""
    rows = held(db, account_id, col(Habilitation.co_owner) == co_owner)
    change = difference({_named(row) for row in rows}, named)
    for siren in sorted({named.siren for named in change.given}):
        ensure_company(db, siren)
    for granted in change.given:
        right = Entitlement(co_owner, granted.service, granted.right, granted.siren, granted.siret or None)
        give(db, account_id, right, f"co-owner:{co_owner}")
    for row in rows:
        if _named(row) in change.withdrawn:
            row.withdrawn_at = clock.now()
    for withdrawn in change.withdrawn:
        _tell_withdrawn(db, account_id, co_owner, withdrawn)


def _named(row: Habilitation) -> Named:
    return Named(row.service, row.right, row.siren, row.siret or "")


def _tell_withdrawn(db: DbSession, account_id: int, co_owner: CoOwner, named: Named) -> None:
    record(
        db,
        "habilitation.withdrawn",
        actor=f"co-owner:{co_owner}",
        siren=named.siren,
        account_id=account_id,
        co_owner=co_owner,
        service=named.service,
        right=named.right,
        siret=named.siret,
    )
