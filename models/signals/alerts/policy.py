"""Who may see alerts, take them in hand, and say from what value they open (SES-05, SES-20)."""

from sqlalchemy import ColumnElement, false, true
from sqlmodel import col

from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel.refusal import Refusal
from models.signals.alerts.tables import Alert

_POSTED = (Role.SIVEP, Role.CUSTOMS)


def may_watch(viewer: Viewer | None) -> Refusal | None:
    """May this person see alerts at all? Officers of a post, and supervisors."""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour continuer.")
    if viewer.role not in (*_POSTED, Role.SUPERVISOR):
        return Refusal("Cette page est réservée aux agents des postes et à la supervision.")
    if viewer.role != Role.SUPERVISOR and not viewer.posts:
        return Refusal("Vous n’êtes affecté à aucun poste. Votre administration peut le demander.")
    return None


def visible_alerts(viewer: Viewer) -> ColumnElement[bool]:
    """The alerts that exist for this person: those of its posts; all of them for a supervisor."""
    if may_watch(viewer) is not None:
        return false()
    return true() if viewer.role == Role.SUPERVISOR else col(Alert.post_code).in_(viewer.posts)


def concerns(viewer: Viewer, post_code: str | None) -> bool:
    """Whether a fact about that post is this person's to know: the same rule, for facts in memory."""
    if may_watch(viewer) is not None:
        return False
    return viewer.role == Role.SUPERVISOR or post_code in viewer.posts


def of_alerts(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact of the journal changes the alerts that this person sees, or the thresholds."""
    if entry.kind.startswith("threshold."):
        return may_watch(viewer) is None
    return entry.kind.startswith("alert.") and concerns(viewer, entry.post_code)


def may_handle(viewer: Viewer, alert: Alert) -> Refusal | None:
    """May this officer acknowledge that alert, and say who takes care of it?"""
    if viewer.role not in _POSTED:
        return Refusal("Seuls les agents du poste acquittent ses alertes et se les attribuent.")
    if alert.post_code not in viewer.posts:
        return Refusal("Cette alerte relève d’un autre poste que le vôtre.")
    if alert.closed_at is not None:
        return Refusal("Cette alerte s’est close d’elle-même\u00a0: il n’y a plus rien à faire.")
    return None


def may_set_thresholds(viewer: Viewer | None) -> Refusal | None:
    """May this person say from what value alerts open?"""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour continuer.")
    if viewer.role != Role.SUPERVISOR:
        return Refusal("Seule la supervision règle les seuils des alertes.")
    return None
