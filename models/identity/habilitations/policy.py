"""Who may link accounts, and which tele-services a person's rights open (PPR-04, PPR-21, PPR-30)."""

from collections.abc import Mapping

from models.identity.accounts.viewer import Held, Viewer
from models.identity.habilitations.vocabulary import Right, Service
from models.kernel.co_owners import CoOwner
from models.kernel.refusal import Refusal

_DECLARING = (Service.DELTA_G, Service.CIEL, Service.DOMINO, Service.ISOPE, Service.ISOPE_DOM)
_PAYING = ("TELEPAIEMENT_SEPA", "TELEPAIEMENT_CARTE")
_ANY = ("PAIEMENT", "DECLARATION")
TELE_SERVICES: Mapping[CoOwner, tuple[str, ...]] = {
    CoOwner.DGDDI: (*_DECLARING, *_PAYING),
    CoOwner.DGFIP: _ANY,
    CoOwner.URSSAF: _ANY,
}
"""What can be opened from the portal. Neither the filing of H7 declarations nor TRIGO is among them (PPR-27)."""


def may_link(viewer: Viewer | None) -> Refusal | None:
    """May this person link the account here with accounts at the co-owners?"""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour gérer vos rattachements.")
    if viewer.is_officer:
        return Refusal(
            "Les rattachements concernent les comptes des entreprises. Un agent n’en a pas besoin."
        )
    return None


def opening(viewer: Viewer, co_owner: CoOwner, service: str) -> tuple[Held, ...]:
    """The habilitations that open that tele-service for the company worked for, in order; none, none.

    A declaration service: to read or to file in it (PPR-21). Télépaiement, by debit or by card: télépayer on
    the SIREN (PPR-30). A tele-service of the DGFiP or of the Urssaf: any habilitation that it gave.
    """
    rights_held = sorted(right for right in viewer.held if right.co_owner == co_owner)
    if service in _PAYING:
        right = (Service.TELEPAIEMENT, Right.PAY, "")
        return tuple(
            holding for holding in rights_held if (holding.service, holding.right, holding.siret) == right
        )
    if service in _DECLARING:
        rights = (Right.READ, Right.DECLARE)
        return tuple(right for right in rights_held if right.service == service and right.right in rights)
    return tuple(rights_held)
