"""What a missing habilitation hides: the same words whether or not the company has any of it (PPR-20).

Only the rights of the viewer are looked at, never what there is.
"""

from dataclasses import dataclass

from models.border.consignments.policy import FOLLOW
from models.identity.accounts.viewer import Viewer
from models.kernel.co_owners import CoOwner
from models.kernel.french import NBSP
from models.money.declarations.policy import SERVICES, services_seen
from models.money.declarations.words import SERVICES as NAMES
from models.money.payments.policy import co_owners_seen, may_see_mandates


@dataclass
class Withheld:
    """A part of the dashboard, and the habilitation that would open it."""

    title: str = ""
    missing: str = ""


_MONEY = {
    CoOwner.DGDDI: Withheld(
        "Créances et paiements de la douane", "Il manque\u00a0: Télépaiement, télépayer, sur le SIREN."
    ),
    CoOwner.DGFIP: Withheld(
        "Créances, paiements et échéances des impôts", "Il manque\u00a0: une habilitation de la DGFiP."
    ),
    CoOwner.URSSAF: Withheld(
        "Cotisations, paiements et échéances de l’Urssaf", "Il manque\u00a0: une habilitation de l’Urssaf."
    ),
}
_MANDATES = Withheld("Mandats de prélèvement", "Il manque\u00a0: Télépaiement, adhérer.")
_FOLLOW_UP = Withheld("Suivi en direct des envois", "Il manque\u00a0: SESAME, suivi.")


def withheld(viewer: Viewer) -> list[Withheld]:
    """What this person's dashboard leaves out, in the order of its blocks."""
    withhelds = [] if viewer.may(*FOLLOW) else [_FOLLOW_UP]
    seen = co_owners_seen(viewer)
    withhelds += [sentence for co_owner, sentence in _MONEY.items() if co_owner not in seen]
    services = services_seen(viewer)
    closed = [NAMES[service][0] for service in SERVICES if service not in services]
    if closed:
        each = "" if len(closed) == 1 else ", pour chaque service"
        titled = f"Déclarations{NBSP}: {', '.join(closed)}"
        withhelds.append(Withheld(titled, f"Il manque{NBSP}: lire ou déclarer{each}."))
    return withhelds if may_see_mandates(viewer) else [*withhelds, _MANDATES]
