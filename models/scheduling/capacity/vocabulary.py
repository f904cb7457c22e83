"""The words of what a post offers, as codes. Their French stands in models/scheduling/capacity/words.py."""

from collections.abc import Mapping
from enum import StrEnum

from models.border.passage.vocabulary import ChedType, StepKind


class Service(StrEnum):
    """Who inspects: a service of the post, with its own hours and its own inspectors."""

    VETERINARY = "veterinary"
    PLANT_HEALTH = "plant_health"
    FOOD = "food"


class Goods(StrEnum):
    """What a bay must be fit for."""

    LIVE_ANIMALS = "live_animals"
    COLD = "cold"
    PLANTS = "plants"
    DRY = "dry"


class Control(StrEnum):
    """What an appointment is for. Identity and physical check can be had in one go."""

    IDENTITY = "identity"
    PHYSICAL = "physical"
    BOTH = "identity+physical"

    @property
    def steps(self) -> tuple[StepKind, ...]:
        """The steps of the passage that it carries out."""
        return tuple(StepKind(part) for part in self.value.split("+"))


SERVICE_OF: Mapping[str, Service] = {
    ChedType.ANIMALS: Service.VETERINARY,
    ChedType.ANIMAL_PRODUCTS: Service.VETERINARY,
    ChedType.PLANTS: Service.PLANT_HEALTH,
    ChedType.FEED_AND_FOOD: Service.FOOD,
}
"""Which service of the post inspects the goods of a CHED."""

GOODS_OF: Mapping[str, Goods] = {
    ChedType.ANIMALS: Goods.LIVE_ANIMALS,
    ChedType.ANIMAL_PRODUCTS: Goods.COLD,
    ChedType.PLANTS: Goods.PLANTS,
    ChedType.FEED_AND_FOOD: Goods.DRY,
}
"""What the bay must be fit for. Products of animal origin go to a cold bay: a cautious default (docs/limits.md)."""
