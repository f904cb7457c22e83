"""The form of a bay: from what was typed to a value of the offer."""

from dataclasses import dataclass, field, replace

from models.scheduling.capacity.offer import BayOffer
from models.scheduling.capacity.vocabulary import Goods
from models.scheduling.capacity.words import GOODS
from state.scheduling.capacity.rows import STEPS, Item
from state.scheduling.capacity.typed import Typed, word


@dataclass
class BayForm:
    """The fields of a bay; `key` is empty for a new one."""

    key: str = ""
    name: str = ""
    controls: list[Item] = field(default_factory=list)
    goods: list[Item] = field(default_factory=list)
    error: str = ""
    version: int = 0


def bay_form(bay: BayOffer | None, version: int) -> BayForm:
    """The form for that bay, or for a new one."""
    controls = bay.controls if bay else frozenset(STEPS)
    goods = bay.goods if bay else frozenset()
    return BayForm(
        str(bay.id) if bay else "",
        bay.name if bay else "",
        [Item(key, label, key in controls) for key, label in STEPS.items()],
        [Item(one, GOODS[one], one in goods) for one in Goods],
        version=version,
    )


def typed_bay(form: Typed, before: BayForm) -> BayForm:
    """What was typed, to show it again beside what is wrong with it."""

    def ticked(items: list[Item]) -> list[Item]:
        return [Item(item.value, item.label, bool(form.get(f"quai-{item.value}"))) for item in items]

    return replace(
        before, name=word(form, "name"), controls=ticked(before.controls), goods=ticked(before.goods)
    )


def read_bay(form: BayForm, id_: int) -> BayOffer:
    """The bay that was typed; what is wrong with it, the check of all bays says."""
    controls = frozenset(item.value for item in form.controls if item.checked)
    goods = frozenset(item.value for item in form.goods if item.checked)
    return BayOffer(id_, " ".join(form.name.split()), controls, goods)
