"""The administrations that own the portal together (glossary: co-owner). Codes as they send them."""

from enum import StrEnum


class CoOwner(StrEnum):
    """A co-owner of the portal: each keeps its own accounts, habilitations and figures."""

    DGDDI = "DGDDI"
    DGFIP = "DGFIP"
    URSSAF = "URSSAF"
