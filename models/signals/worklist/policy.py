"""Who works from the list, and who may take, release or assign a consignment (SES-05)."""

from models.border.consignments.policy import touches
from models.border.consignments.subject import CONSIGNMENT
from models.border.consignments.tables import Consignment
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel.refusal import Refusal
from models.signals.alerts.policy import concerns, may_watch


def may_work(viewer: Viewer | None) -> Refusal | None:
    """May this person open the officers' list? Those who see alerts: officers of a post, and supervisors, who only look.

    A question of its own, so that no door and no handler is taken for another's.
    """
    return may_watch(viewer)


def may_take(viewer: Viewer, consignment: Consignment) -> Refusal | None:
    """May this officer take that consignment in hand?"""
    if viewer.role not in (Role.SIVEP, Role.CUSTOMS):
        return Refusal("Seuls les agents du poste prennent un envoi en charge.")
    if consignment.post_code not in viewer.posts:
        return Refusal("Cet envoi relève d’un autre poste que le vôtre.")
    if consignment.closed_at is not None or consignment.actor != viewer.authority:
        return Refusal("Cet envoi n’attend plus votre service\u00a0: il a quitté la file.")
    return None


def of_work(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact of the journal may change the list of this person: an envoi, an alert, who took what."""
    if entry.kind.startswith(("alert.", "work.", "appointment.")):
        return concerns(viewer, entry.post_code)
    return entry.subject_kind == CONSIGNMENT and may_work(viewer) is None and touches(viewer, entry)
