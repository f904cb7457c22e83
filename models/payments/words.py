"""The French of what is owed, and to whom."""

from collections.abc import Mapping

from models.habilitations.vocabulary import CoOwner

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
