"""What of a company's people ends with a credential event."""

from models.identity.accounts.endings import Happened, ends
from models.identity.accounts.pending import Pending
from models.identity.people.queries.people import invitations_by
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession


@ends(Pending.INVITATION)
def _invitations(db: DbSession, happened: Happened) -> None:
    for row in invitations_by(db, happened.account_id, happened.siren):
        row.cancelled_at = clock.now()
        record(db, "company.invitation_cancelled", actor=happened.actor, siren=row.siren)
