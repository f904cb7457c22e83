"""The French of what a post offers."""

from collections.abc import Mapping

from models.posts.vocabulary import Control, Goods, Service

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
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
