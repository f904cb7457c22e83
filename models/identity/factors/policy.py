"""Who vouches for somebody who lost every second factor."""

from models.identity.accounts.policy import may_assist
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.people.policy import may_manage
from models.journal.tables import JournalEntry
from models.kernel.refusal import Refusal

_NOT_YOURS = Refusal("Cette demande n’est pas celle d’une personne que vous pouvez certifier.")


def may_certify(viewer: Viewer, account: Account | None) -> Refusal | None:
    """May this person vouch for the holder of that account?

    A correspondent may, for those of the company worked for; the desk, for everybody. Nobody for themselves.
    """
    if account is None or account.id == viewer.account_id:
        return _NOT_YOURS
    if may_assist(viewer) is None:
        return None
    ours = may_manage(viewer) is None and viewer.siren is not None and account.siren == viewer.siren
    return None if ours else _NOT_YOURS


def about_recoveries(entry: JournalEntry) -> bool:
    """Whether a fact of the journal may change a list of requests."""
    return entry.kind.startswith("factor.reco")
