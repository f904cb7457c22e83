"""Who runs the service, and so helps its users."""

from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel.refusal import Refusal


def may_assist(viewer: Viewer | None) -> Refusal | None:
    """May this person read requests and opinions? Those who run the service: supervisors (COM-23)."""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour continuer.")
    if viewer.role != Role.SUPERVISOR:
        return Refusal("Cette page est réservée à l’équipe du service.")
    return None
