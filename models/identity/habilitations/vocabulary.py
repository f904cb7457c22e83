"""The services and rights that the co-owners open to people. Codes as they send them."""

from enum import StrEnum

from models.kernel.co_owners import CoOwner


class Service(StrEnum):
    """The services that a rule of ours names; a co-owner may send others, which are kept as they come."""

    PASSAVANT = "PASSAVANT"
    """The portal itself: what it gives, no co-owner takes back, nor recognises (PPR-10)."""
    SESAME = "SESAME"
    TELEPAIEMENT = "TELEPAIEMENT_SEPA"
    DELTA_G = "DELTA_G"
    CIEL = "CIEL"
    DOMINO = "DOMINO"
    ISOPE = "ISOPE"
    ISOPE_DOM = "ISOPE_DOM"


class Right(StrEnum):
    """The rights that a rule of ours names."""

    FOLLOW = "suivi"
    BOOK = "rendez-vous"
    PAY = "telepayer"
    JOIN = "adherer"
    READ = "lire"
    DECLARE = "declarer"
    CORRESPOND = "correspondant"
    """Answering for the company: inviting people, certifying accounts, naming others (PPR-10)."""


CUSTOMS_SERVICES = frozenset(
    {
        Service.SESAME,
        Service.TELEPAIEMENT,
        Service.DELTA_G,
        Service.CIEL,
        Service.DOMINO,
        Service.ISOPE,
        Service.ISOPE_DOM,
    }
)


def may_give(co_owner: CoOwner, service: str) -> bool:
    """Whether that service is the co-owner's to open: none but the customs administration opens its own.

    Nobody opens the portal's but the portal (PPR-10).
    """
    if service == Service.PASSAVANT:
        return False
    return co_owner is CoOwner.DGDDI or service not in CUSTOMS_SERVICES
