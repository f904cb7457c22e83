"""The French of services and rights."""

from collections.abc import Mapping

SERVICES: Mapping[str, str] = {
    "PASSAVANT": "Passavant",
    "SESAME": "Suivi des envois (SESAME)",
    "TELEPAIEMENT_SEPA": "Télépaiement",
    "DELTA_G": "Dédouanement (DELTA G)",
    "CIEL": "Contributions indirectes (CIEL)",
    "ISOPE": "Produits énergétiques (ISOPE)",
    "ISOPE_DOM": "Produits énergétiques outre-mer (ISOPE-DOM)",
    "DOMINO": "Octroi de mer (DOMINO)",
    "PAIEMENT": "Paiements",
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
