"""The forms of a post’s lengths and rules: from values of the offer, and to them."""

from dataclasses import replace
from datetime import timedelta

from models.kernel.forms.declaration import Form
from models.scheduling.capacity.faults import wrong_terms
from models.scheduling.capacity.forms import TermsForm, length_name
from models.scheduling.capacity.offer import USUAL_LENGTHS, Length, Offer
from models.scheduling.capacity.vocabulary import Control, Goods
from state.scheduling.capacity.hours import Faults
from state.scheduling.capacity.rows import hours_typed, ticked

_BOTH = "Donnez les deux durées, ou laissez les deux vides."


def known_lengths(offer: Offer) -> dict[str, str]:
    """Every length that the offer has of its own, by field."""
    return {
        length_name(length.control, length.goods, part): str(getattr(length, part))
        for length in offer.lengths
        for part in ("first", "more")
    }


def usual_lengths(offer: Offer) -> dict[str, str]:
    """What an empty field stands for: the length of all goods, or the usual one."""
    general = {length.control: (length.first, length.more) for length in offer.lengths if not length.goods}
    usual = {}
    for control in Control:
        for goods in ("", *Goods):
            minutes = general.get(control) if goods else None
            for part, number in zip(("first", "more"), minutes or USUAL_LENGTHS[control], strict=True):
                usual[length_name(control, goods, part)] = str(number)
    return usual


def lengths_of(typed: Form) -> tuple[Length, ...] | Faults:
    """The lengths that were typed; a line left empty has none of its own."""
    lengths, errors = [], {}
    for control in Control:
        for goods in ("", *Goods):
            names = [length_name(control, goods, part) for part in ("first", "more")]
            first, more = (getattr(typed, name) for name in names)
            if first is not None and more is not None:
                lengths.append(Length(control, goods, first, more))
            elif first is not None or more is not None:
                errors[names[first is not None]] = _BOTH
    return Faults(errors) if errors else tuple(lengths)


def known_terms(offer: Offer) -> dict[str, str]:
    """The rules, as the form shows them: cut-offs in hours."""
    return {
        "department": offer.department,
        "phone": offer.phone,
        "address": offer.address,
        "four_hours": ticked(offer.four_hours),
        "wood_days": str(offer.wood_days),
        "booking_notice": hours_typed(offer.booking_notice.total_seconds() / 3600),
        "change_notice": hours_typed(offer.change_notice.total_seconds() / 3600),
        "horizon_days": str(offer.horizon_days),
        "step": str(int(offer.step.total_seconds() // 60)),
        "confirms_itself": ticked(offer.confirms_itself),
    }


def terms_of(typed: TermsForm, offer: Offer) -> Offer | Faults:
    """The offer with the rules that were typed; or what is wrong with them."""
    edited = replace(offer, **{**typed.model_dump(), "step": timedelta(minutes=typed.step)})
    errors = wrong_terms(edited)
    return Faults(errors) if errors else edited
