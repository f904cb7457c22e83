"""The form of a bay: from a value of the offer, and to it."""

from models.scheduling.capacity.forms import BayForm
from models.scheduling.capacity.offer import BayOffer
from models.scheduling.capacity.vocabulary import Goods
from state.scheduling.capacity.rows import STEPS, ticked

FIELDS = {"name": "name", "controls": next(iter(STEPS)), "goods": str(next(iter(Goods)))}
"""The field that says what is wrong with that part of a bay."""


def known_bay(bay: BayOffer | None) -> dict[str, str]:
    """What the form of that bay is filled in with, or that of a new one."""
    if bay is None:
        return {step: ticked(True) for step in STEPS}
    boxes = {name: ticked(name in bay.controls | bay.goods) for name in (*STEPS, *Goods)}
    return {"bay": str(bay.id), "name": bay.name, **boxes}


def bay_of(typed: BayForm, id_: int) -> BayOffer:
    """The bay that was typed; what is wrong with it, the check of all bays says."""
    controls = frozenset(step for step in STEPS if getattr(typed, step))
    goods = frozenset(goods for goods in Goods if getattr(typed, goods))
    return BayOffer(id_, typed.name, controls, goods)
