"""The people of a company: who answers for it, who is certified, who is invited (PPR-10). The verbs.

A correspondent is somebody to whom the portal itself gave the right to be one, for a SIREN: no co-owner gives it,
takes it back, or recognises it. One transaction and one journal entry for each verb; no address goes to the journal.
"""

import secrets
from datetime import timedelta

from models.identity.accounts.actors import actor_of
from models.identity.accounts.endings import end_pending
from models.identity.accounts.pending import CredentialEvent
from models.identity.accounts.queries import at_address
from models.identity.accounts.rules import is_address, same_address
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Certification, Invitation
from models.identity.habilitations.tables import Habilitation
from models.identity.habilitations.vocabulary import Right, Service
from models.identity.letters.actions import post_letter
from models.identity.letters.limits import TooManyLetters
from models.identity.people.policy import may_manage
from models.identity.people.queries.people import (
    certification_of,
    correspondents_of,
    is_correspondent,
    open_invitations,
    standing,
)
from models.journal.record import SYSTEM, record
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.kernel.stamps import changed

INVITED_FOR = timedelta(days=14)
_MOST_INVITED = 50
_NOT_OURS = Refusal("Ce compte n’est pas celui d’une personne de votre entreprise.")
_LAST = Refusal("Vous êtes le seul correspondant\u00a0: nommez d’abord quelqu’un d’autre.")
_TWICE = Refusal("Cette personne a déjà un compte pour votre entreprise, ou une invitation en cours.")
_TOO_MANY = Refusal(
    f"{_MOST_INVITED}\u00a0invitations attendent déjà une réponse. Annulez-en avant d’en envoyer d’autres."
)
_NOT_AN_ADDRESS = Refusal("Écrivez l’adresse en entier, par exemple prenom.nom@entreprise.fr.")


async def name_correspondent(account_id: int, siren: str, *, actor: str = SYSTEM) -> bool:
    """Let somebody answer for a company; False when they do already. Whoever calls answers for it."""

    def verb(db: DbSession) -> bool:
        return _name(db, account_id, siren, actor)

    return await write(verb)


async def delegate(viewer: Viewer, account_id: int, shown: str | None = None) -> Refusal | None:
    """Let another certified person of the company answer for it as well (PPR-10)."""

    def verb(db: DbSession) -> Refusal | None:
        siren, refusal = _managed(db, viewer, account_id, shown)
        if refusal is None and certification_of(db, account_id, siren) is None:
            refusal = Refusal("Certifiez d’abord ce compte.")
        if refusal is None:
            _name(db, account_id, siren, actor_of(viewer.account_id))
        return refusal

    return await write(verb)


async def end_delegation(viewer: Viewer, account_id: int, shown: str | None = None) -> Refusal | None:
    """Somebody no longer answers for the company; the last one stays (PPR-10)."""

    def verb(db: DbSession) -> Refusal | None:
        siren, refusal = _managed(db, viewer, account_id, shown)
        if refusal is not None:
            return refusal
        rows = correspondents_of(db, siren)
        if {row.account_id for row in rows} <= {account_id}:
            return _LAST
        for row in rows:
            if row.account_id == account_id:
                row.withdrawn_at = clock.now()
                _record(db, "company.correspondent_ended", viewer, account_id)
                end_pending(db, CredentialEvent.CORRESPONDENT_ENDED, account_id, siren=siren)
        return None

    return await write(verb)


async def certify(viewer: Viewer, account_id: int, shown: str | None = None) -> Refusal | None:
    """Vouch that an account is that of somebody of the company."""

    def verb(db: DbSession) -> Refusal | None:
        siren, refusal = _managed(db, viewer, account_id, shown)
        if refusal is None and certification_of(db, account_id, siren) is None:
            _certify(db, account_id, siren, viewer.account_id)
            _record(db, "company.person_certified", viewer, account_id)
        return refusal

    return await write(verb)


async def end_certification(viewer: Viewer, account_id: int, shown: str | None = None) -> Refusal | None:
    """Vouch no longer for somebody; a correspondent has to be relieved first."""

    def verb(db: DbSession) -> Refusal | None:
        siren, refusal = _managed(db, viewer, account_id, shown)
        if refusal is not None:
            return refusal
        if is_correspondent(db, account_id, siren):
            return Refusal(
                "Cette personne est correspondante de l’entreprise\u00a0: retirez-lui d’abord ce rôle."
            )
        row = certification_of(db, account_id, siren)
        if row is not None:
            row.ended_at = clock.now()
            _record(db, "company.certification_ended", viewer, account_id)
            end_pending(db, CredentialEvent.CERTIFICATION_ENDED, account_id)
        return None

    return await write(verb)


async def invite(viewer: Viewer, email: str) -> Invitation | Refusal:
    """Ask somebody to open an account for the company; the invitation holds for 14 days.

    Refused beyond the limits of letters, whether or not earlier ones were cancelled (SES-53).
    """
    address = same_address(email)
    if not is_address(address):
        return _NOT_AN_ADDRESS
    try:

        def verb(db: DbSession) -> Invitation | Refusal:
            return _invite(db, viewer, address)

        return await write(verb)
    except TooManyLetters as reached:
        return Refusal(reached.sentence)


def _invite(db: DbSession, viewer: Viewer, address: str) -> Invitation | Refusal:
    refusal = may_manage(viewer)
    if refusal is not None or viewer.siren is None:
        return refusal or _NOT_OURS
    known = at_address(db, address)
    waiting = db.exec(open_invitations(viewer.siren)).all()
    of_company = known is not None and known.siren == viewer.siren
    if of_company or any(invitation.email == address for invitation in waiting):
        return _TWICE
    if len(waiting) >= _MOST_INVITED:
        return _TOO_MANY
    now = clock.now()
    row = Invitation(
        id=secrets.token_urlsafe(16),
        siren=viewer.siren,
        email=address,
        invited_by=viewer.account_id,
        invited_at=now,
        expires_at=now + INVITED_FOR,
    )
    db.add(row)
    post_letter(db, "invited", to=address, company=viewer.company_name, siren=viewer.siren, by=viewer)
    record(db, "company.person_invited", actor=actor_of(viewer.account_id), siren=viewer.siren)
    return row


async def cancel_invitation(viewer: Viewer, invitation_id: str) -> Refusal | None:
    """Take an invitation back; one that was answered, or is another company's, is left alone."""

    def verb(db: DbSession) -> Refusal | None:
        refusal = may_manage(viewer)
        if refusal is not None or viewer.siren is None:
            return refusal or _NOT_OURS
        row = db.exec(open_invitations(viewer.siren).where(Invitation.id == invitation_id)).first()
        if row is not None:
            row.cancelled_at = clock.now()
            record(db, "company.invitation_cancelled", actor=actor_of(viewer.account_id), siren=viewer.siren)
        return None

    return await write(verb)


def welcome(db: DbSession, account: Account) -> None:
    """An account whose address was checked answers the invitation sent to that address, and is certified by it.

    In the caller's transaction. Only for the company that the account belongs to.
    """
    if account.id is None or account.siren is None:
        return
    query = open_invitations(account.siren).where(Invitation.email == account.email)
    for row in db.exec(query).all():
        row.answered_at = clock.now()
        if certification_of(db, account.id, account.siren) is None:
            _certify(db, account.id, account.siren, row.invited_by)
            actor = actor_of(row.invited_by)
            record(db, "company.person_certified", actor=actor, siren=account.siren, account_id=account.id)


def _managed(db: DbSession, viewer: Viewer, account_id: int, shown: str | None) -> tuple[str, Refusal | None]:
    """The company that the viewer answers for, if that account is of it, and stands there as it was shown."""
    refusal, siren = may_manage(viewer), viewer.siren or ""
    if refusal is None:
        account = db.get(Account, account_id)
        refusal = None if account is not None and siren and account.siren == siren else _NOT_OURS
    if refusal is None:
        certified = certification_of(db, account_id, siren) is not None
        corresponds = is_correspondent(db, account_id, siren)
        now = standing(account_id, certified=certified, corresponds=corresponds)
        refusal = changed(shown, now)
    return siren, refusal


def _name(db: DbSession, account_id: int, siren: str, actor: str) -> bool:
    if is_correspondent(db, account_id, siren):
        return False
    db.add(
        Habilitation(
            account_id=account_id,
            service=Service.PASSAVANT,
            right=Right.CORRESPOND,
            siren=siren,
            co_owner=Service.PASSAVANT,
            granted_at=clock.now(),
        )
    )
    record(db, "company.correspondent_named", actor=actor, siren=siren, account_id=account_id)
    return True


def _certify(db: DbSession, account_id: int, siren: str, certified_by: int) -> None:
    db.add(
        Certification(account_id=account_id, siren=siren, certified_at=clock.now(), certified_by=certified_by)
    )


def _record(db: DbSession, kind: str, viewer: Viewer, account_id: int) -> None:
    record(db, kind, actor=actor_of(viewer.account_id), siren=viewer.siren, account_id=account_id)
