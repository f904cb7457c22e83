"""Who reads what users ask and think of the service."""

from models.accounts.rules import Role
from models.accounts.viewer import Viewer
from models.consignments.policy import Refusal
from models.journal.tables import JournalEntry

KINDS = frozenset({"help.asked", "help.answered", "opinion.given", "opinion.read"})


def may_assist(viewer: Viewer | None) -> Refusal | None:
    """May this person read requests and opinions? Those who run the service: supervisors (COM-23)."""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour continuer.")
    if viewer.role != Role.SUPERVISOR:
        return Refusal("Cette page est réservée à l’équipe du service.")
    return None


def about_assistance(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact of the journal may change what the page shows."""
    return entry.kind in KINDS and may_assist(viewer) is None
