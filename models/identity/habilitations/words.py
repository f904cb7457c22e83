"""The French of services and rights."""

from collections.abc import Mapping

from models.kernel.co_owners import CoOwner

CO_OWNERS_IN_SENTENCES: Mapping[str, str] = {
    CoOwner.DGDDI: "la douane",
    CoOwner.DGFIP: "la DGFiP",
    CoOwner.URSSAF: "l’Urssaf",
}
"""With their article: « de la douane », « à l’Urssaf »."""

SITES: Mapping[str, str] = {
    CoOwner.DGDDI: "https://www.douane.gouv.fr",
    CoOwner.DGFIP: "https://www.impots.gouv.fr",
    CoOwner.URSSAF: "https://www.urssaf.fr",
}
"""Where a habilitation is asked for, unless the settings say otherwise (PPR-08)."""

SERVICES: Mapping[str, str] = {
    "PASSAVANT": "Passavant",
    "SESAME": "Suivi des envois (SESAME)",
    "TELEPAIEMENT_SEPA": "Télépaiement",
    "DELTA_G": "Dédouanement (DELTA G)",
    "CIEL": "Contributions indirectes (CIEL)",
    "ISOPE": "Produits énergétiques (ISOPE)",
    "ISOPE_DOM": "Produits énergétiques outre-mer (ISOPE-DOM)",
    "DOMINO": "Octroi de mer (DOMINO)",
    "PAIEMENT": "Paiement",
    "DECLARATION": "Déclaration",
}

RIGHTS: Mapping[str, str] = {
    "suivi": "suivi",
    "rendez-vous": "rendez-vous",
    "telepayer": "télépayer",
    "adherer": "adhérer",
    "lire": "lire",
    "declarer": "déclarer",
    "correspondant": "correspondant de l’entreprise",
}
