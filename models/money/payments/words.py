"""The French of what is owed, and to whom."""

from collections.abc import Mapping

from models.kernel.co_owners import CoOwner
from models.kernel.french import month

CO_OWNERS: Mapping[str, str] = {
    CoOwner.DGDDI: "Douane",
    CoOwner.DGFIP: "Impôts",
    CoOwner.URSSAF: "Urssaf",
}

NATURES: Mapping[str, str] = {
    "DELTA_G": "Droits de douane, DELTA G",
    "CIEL_ALCOOL": "Accises sur alcools, CIEL",
    "CIEL_TABAC": "Accises sur tabacs, CIEL",
    "DOMINO": "Octroi de mer, DOMINO",
    "ISOPE": "Accise sur les énergies, ISOPE",
    "ISOPE_DOM": "Accise sur les énergies outre-mer, ISOPE-DOM",
    "TVA": "TVA",
    "IS": "Impôt sur les sociétés",
    "CFE": "CFE",
    "COTISATIONS": "Cotisations",
    "DSN": "DSN",
}
"""By the code of a debt, a payment or a due date; a code not known here is told as « Autre créance »."""

MEANS: Mapping[str, str] = {"sepa": "Prélèvement SEPA", "card": "Carte", "unknown": "Non communiqué"}
"""How a payment was made."""

STATUSES: Mapping[str, str] = {
    "due": "À payer",
    "paid": "Payée",
    "cancelled": "Annulée",
    "done": "Payé",
    "pending": "En cours",
    "rejected": "Rejeté",
}
"""Of debts, then of payments."""


def title(nature: str, period: str = "") -> str:
    """`TVA, octobre 2026`."""
    words = NATURES.get(nature, "Autre créance")
    return f"{words}, {month(period)}" if period else words
