"""Who publishes and ends the alerts of services (MET-02)."""

from dataclasses import dataclass

from models.identity.accounts.actors import actor_of
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.journal.record import SYSTEM
from models.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Whoever runs the portal, on its machine: `passavant service-alert`."""


Publisher = Viewer | CommandLine


def may_publish(who: Publisher | None) -> Refusal | None:
    """May they start and end alerts? The data centre alone (MET-02).

    It has no account of its own yet: those who run the service, supervisors and the command line, do it for it.
    """
    if who is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour continuer.")
    if isinstance(who, Viewer) and who.role != Role.SUPERVISOR:
        return Refusal(
            "Seul le centre informatique douanier publie et clôt les alertes. Signalez-lui ce que vous constatez."
        )
    return None


def actor(who: Publisher) -> str:
    """How the journal names them."""
    return actor_of(who.account_id) if isinstance(who, Viewer) else SYSTEM
