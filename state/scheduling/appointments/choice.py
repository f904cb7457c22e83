"""What can be put into one appointment: consignments that go together; the controls asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.kernel import french
from models.scheduling.appointments.choices import Bookable
from models.scheduling.capacity.vocabulary import GOODS_OF, SERVICE_OF, Control, Goods
from models.scheduling.capacity.words import CONTROLS
from state.kit.fields import Choice


@dataclass
class Pick:
    """A consignment to choose."""

    reference: str = ""
    title: str = ""
    detail: str = ""
    chosen: bool = False
    apart: bool = False
    """Whether it cannot go with those that are chosen."""


def together(all_: Sequence[Bookable], chosen: Collection[str]) -> list[Bookable]:
    """The consignments chosen, of those that may be."""
    return [bookable for bookable in all_ if bookable.consignment.reference in chosen]


def picks(all_: Sequence[Bookable], chosen: Collection[str]) -> list[Pick]:
    """What to choose from; what cannot go to the same bay at once as the first chosen says so."""
    first = next(iter(together(all_, chosen)), None)
    return [_pick(bookable, bookable.consignment.reference in chosen, first) for bookable in all_]


def _pick(bookable: Bookable, is_chosen: bool, first: Bookable | None) -> Pick:
    consignment = bookable.consignment
    apart = "" if is_chosen or first is None else _apart(bookable, first)
    boxes = [french.container(box) for box in bookable.boxes[:1]]
    more = (
        [french.plural(len(bookable.boxes) - 1, "autre conteneur", "autres conteneurs")]
        if bookable.boxes[1:]
        else []
    )
    asked = [french.lower_first(CONTROLS[bookable.controls[0]])] if bookable.controls else []
    detail = apart or ", ".join([bookable.post_name, *asked, consignment.reference, *boxes, *more])
    return Pick(consignment.reference, consignment.title, detail, is_chosen, bool(apart))


def _apart(bookable: Bookable, first: Bookable) -> str:
    consignment, other = bookable.consignment, first.consignment
    if consignment.post_code != other.post_code:
        return f"À un autre poste ({bookable.post_name}){french.NBSP}: un rendez-vous à part."
    if consignment.siren != other.siren or SERVICE_OF[consignment.ched_type] != SERVICE_OF[other.ched_type]:
        return f"Contrôlé par un autre service{french.NBSP}: un rendez-vous à part."
    return ""


def controls(chosen: Sequence[Bookable]) -> list[Choice]:
    """The controls that all of them need: both in one go first, where both are asked for."""
    common = set.intersection(*(set(bookable.controls) for bookable in chosen)) if chosen else set()
    return [Choice(str(control), CONTROLS[control]) for control in _ORDER if control in common]


_ORDER = (Control.BOTH, Control.IDENTITY, Control.PHYSICAL)


def is_cold(chosen: Sequence[Bookable]) -> bool:
    """Whether they go to a cold bay anyway."""
    return any(GOODS_OF[bookable.consignment.ched_type] is Goods.COLD for bookable in chosen)
