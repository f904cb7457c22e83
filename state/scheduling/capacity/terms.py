"""The forms of a post’s lengths and rules: from what was typed to values of the offer."""

from dataclasses import replace
from datetime import timedelta

from models.kernel import french
from models.scheduling.capacity.faults import DEPARTMENTS, wrong_terms
from models.scheduling.capacity.offer import Length, Offer
from models.scheduling.capacity.vocabulary import Control, Goods
from models.scheduling.capacity.words import CONTROLS, GOODS
from state.scheduling.capacity.typed import Typed, Wrong, number_in, word


def read_lengths(form: Typed) -> tuple[Length, ...]:
    """The lengths that were typed; a line left empty has none of its own.

    Raises:
        Wrong: with what to correct.
    """
    found = []
    for control in Control:
        for goods in ("", *Goods):
            key = f"{control}.{goods}".replace("+", "-")
            first, more = word(form, f"{key}.first"), word(form, f"{key}.more")
            if not first and not more:
                continue
            what = f"{CONTROLS[control]}, {GOODS.get(goods, 'toutes marchandises').lower()}"
            if not first or not more:
                raise Wrong(f"{what}\u00a0: donnez les deux durées, ou laissez les deux vides.")
            found.append(Length(control, goods, number_in(first, what), number_in(more, what)))
    return tuple(found)


def read_terms(form: Typed, offer: Offer) -> tuple[Offer, dict[str, str]]:
    """The offer with the rules that were typed, and what is wrong with them by field."""
    errors: dict[str, str] = {}

    def number(name: str, what: str) -> int:
        try:
            return number_in(word(form, name), what)
        except Wrong as wrong:
            errors[name] = str(wrong)
            return 0

    def notice(name: str) -> timedelta:
        try:
            return timedelta(minutes=round(float(word(form, name).replace(",", ".")) * 60))
        except (ValueError, OverflowError):
            errors[name] = "Donnez un nombre d’heures, comme 4 ou 1,5."
            return timedelta()

    department = word(form, "department").upper()
    made = replace(
        offer,
        department=department.zfill(2) if department.zfill(2) in DEPARTMENTS else department,
        phone=" ".join(word(form, "phone").split()),
        address=" ".join(word(form, "address").split()),
        four_hours=bool(form.get("four_hours")),
        confirms_itself=bool(form.get("confirms_itself")),
        wood_days=number("wood_days", "le préavis pour le bois"),
        horizon_days=number("horizon_days", "le nombre de jours"),
        step=timedelta(minutes=number("step", "le pas")),
        booking_notice=notice("booking_notice"),
        change_notice=notice("change_notice"),
    )
    return made, {name: french.typeset(said) for name, said in {**wrong_terms(made), **errors}.items()}
