"""Who reads what users ask and think of the service."""

from models.identity.accounts.policy import may_assist
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry

KINDS = frozenset({"help.asked", "help.answered", "opinion.given", "opinion.read"})


def about_assistance(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact of the journal may change what the page shows."""
    return entry.kind in KINDS and may_assist(viewer) is None
