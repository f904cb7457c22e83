"""The French of what a post offers."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from models.kernel.french import PARIS
from models.scheduling.capacity.vocabulary import Control, Goods, Service

CONTROLS: Mapping[str, str] = {
    Control.IDENTITY: "Contrôle d’identité",
    Control.PHYSICAL: "Contrôle physique",
    Control.BOTH: "Contrôles d’identité et physique",
}
GOODS: Mapping[str, str] = {
    Goods.LIVE_ANIMALS: "Animaux vivants",
    Goods.COLD: "Froid",
    Goods.PLANTS: "Végétaux",
    Goods.DRY: "Sec",
}
SERVICES: Mapping[str, str] = {
    Service.VETERINARY: "Vétérinaire",
    Service.PLANT_HEALTH: "Phytosanitaire",
    Service.FOOD: "Alimentation",
}
_CLOCKS: Mapping[str, str] = {
    "America/Cayenne": "de Guyane",
    "America/Guadeloupe": "de Guadeloupe",
    "America/Martinique": "de Martinique",
    "America/Miquelon": "de Saint-Pierre-et-Miquelon",
    "Indian/Mayotte": "de Mayotte",
    "Indian/Reunion": "de La Réunion",
    "Pacific/Noumea": "de Nouvelle-Calédonie",
    "Pacific/Tahiti": "de Polynésie",
}


def clocks_of(zone: ZoneInfo) -> str:
    """`heure de La Réunion`; empty for Paris, whose clocks are everywhere else in the portal."""
    if zone.key == PARIS.key:
        return ""
    return f"heure {_CLOCKS.get(zone.key) or 'de ' + zone.key.rpartition('/')[2].replace('_', ' ')}"


WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
