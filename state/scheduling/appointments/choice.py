"""What can be put into one appointment: consignments that go together, the controls asked for, and the form."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields

from models.kernel import french
from models.scheduling.appointments.booking import Visit
from models.scheduling.appointments.choices import Bookable
from models.scheduling.appointments.lifecycle import LONGEST_TEXT
from models.scheduling.capacity.vocabulary import GOODS_OF, SERVICE_OF, Control, Goods
from models.scheduling.capacity.words import CONTROLS
from models.scheduling.slots.vocabulary import OpeningSide
from state.kit.fields import Choice, Wrong

LONGEST_NAME, LONGEST_CODE = 80, 30
_PHONE = re.compile(r"^\+?[\d .()-]{8,25}$")
_NO_PHONE = "Donnez un numéro où joindre cette personne, par exemple 06 12 34 56 78."
_TOO_LONG = french.typeset(f"Raccourcissez la consigne : {LONGEST_TEXT} caractères au plus.")


@dataclass
class Pick:
    """A consignment to choose."""

    reference: str = ""
    title: str = ""
    detail: str = ""
    chosen: bool = False
    apart: bool = False
    """Whether it cannot go with those that are chosen."""


@dataclass(frozen=True)
class VisitForm(Visit):
    """What was typed of a visit, and what is wrong with it."""

    name_error: str = ""
    phone_error: str = ""
    note_error: str = ""

    @property
    def wrong(self) -> list[Wrong]:
        """What to correct, in the order of the form."""
        said = (
            ("#contact", self.name_error),
            ("#telephone", self.phone_error),
            ("#consigne", self.note_error),
        )
        return [Wrong(href, error) for href, error in said if error]

    def visit(self) -> Visit:
        """The same for the gate and the inspector."""
        return Visit(**{field.name: getattr(self, field.name) for field in fields(Visit)})


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


def read_visit(form: Mapping[str, str | bool | None]) -> VisitForm:
    """What was typed, checked; what is wrong is said, and nothing of it is lost."""

    def line(name: str, most: int) -> str:
        return " ".join(str(form.get(name) or "").split())[:most]

    side, note = line("ouverture", 10), str(form.get("consigne") or "").strip()
    name, phone = line("contact", LONGEST_NAME), line("telephone", LONGEST_CODE)
    return VisitForm(
        container_code=line("code", LONGEST_CODE),
        opening_side=side if side in {str(opening_side) for opening_side in OpeningSide} else "",
        perishable=form.get("perissable") in (True, "on"),
        contact_name=name,
        contact_phone=phone,
        note=note,
        name_error="" if name else "Dites qui joindre le jour du contrôle.",
        phone_error="" if _is_phone(phone) else _NO_PHONE,
        note_error="" if len(note) <= LONGEST_TEXT else _TOO_LONG,
    )


def _is_phone(typed: str) -> bool:
    return bool(_PHONE.match(typed)) and sum(map(str.isdigit, typed)) >= 8
