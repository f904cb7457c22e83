"""Who may say whose consignment it is (SES-04, SES-05)."""

from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel.refusal import Refusal

_TIE = (Role.SIVEP, Role.CUSTOMS, Role.SUPERVISOR)


def may_match(viewer: Viewer | None) -> Refusal | None:
    """May this person tie consignments to companies at all? Which ones, models.border.consignments.policy says."""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour continuer.")
    if viewer.role not in _TIE:
        return Refusal("Cette page est réservée aux agents des postes et à la supervision.")
    if viewer.role != Role.SUPERVISOR and not viewer.posts:
        return Refusal("Vous n’êtes affecté à aucun poste. Votre administration peut le demander.")
    return None
