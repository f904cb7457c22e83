"""The French of declaration services."""

from collections.abc import Mapping

from models.identity.habilitations.vocabulary import Service

SERVICES: Mapping[str, tuple[str, str]] = {
    Service.DELTA_G: ("DELTA G", "Dédouanement"),
    Service.CIEL: ("CIEL", "Contributions indirectes, alcools et tabacs"),
    Service.DOMINO: ("DOMINO", "Octroi de mer"),
    Service.ISOPE: ("ISOPE", "Produits énergétiques (TICPE)"),
    Service.ISOPE_DOM: ("ISOPE-DOM", "Produits énergétiques outre-mer (TICPE-DOM)"),
}
"""By code: the name of the service, and what is declared there."""
