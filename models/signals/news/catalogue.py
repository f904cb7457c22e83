"""The portal's news for companies, the last first: on the public home page and on the dashboard (PPR-51)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news, in French."""

    published_on: date
    title: str
    text: str


NEWS = (
    Item(
        date(2026, 11, 23),
        "Le tableau de bord réunit douane, impôts et Urssaf",
        "Ce que l’entreprise doit, ce qu’elle a payé et ce qu’il reste à déclarer, selon vos habilitations.",
    ),
    Item(
        date(2026, 11, 16),
        "Un dossier d’import daté et signé",
        "La copie certifiée d’un envoi réunit ses documents et la preuve qu’ils n’ont pas changé.",
    ),
    Item(
        date(2026, 11, 9),
        "Le suivi des envois se met à jour seul",
        "Un contrôle enregistré au poste s’affiche aussitôt chez l’opérateur, sans recharger la page.",
    ),
)
