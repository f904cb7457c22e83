"""What of a company's people ends with a credential event."""

from sqlalchemy import true
from sqlmodel import col, select

from models.identity.accounts.endings import Happened, ends
from models.identity.accounts.pending import Pending
from models.identity.companies.tables import Invitation
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession


@ends(Pending.INVITATION)
def _invitations(db: DbSession, happened: Happened) -> None:
    of_company = Invitation.siren == happened.siren if happened.siren else true()
    waiting = select(Invitation).where(
        of_company,
        Invitation.invited_by == happened.account_id,
        col(Invitation.answered_at).is_(None),
        col(Invitation.cancelled_at).is_(None),
        col(Invitation.expires_at) > clock.now(),
    )
    for row in db.exec(waiting).all():
        row.cancelled_at = clock.now()
        record(db, "company.invitation_cancelled", actor=happened.actor, siren=row.siren)
