"""The forms of the page of a post's offer: each changes the draft, and nothing else, until it is saved (SES-12)."""

from dataclasses import replace

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.scheduling.appointments.policy import may_run
from models.scheduling.capacity.changes import Section, hours_in_order, new_bay_id
from models.scheduling.capacity.faults import problems, wrong_bays
from state.kit.fields import read_whole
from state.kit.guard import Text, Word, allow
from state.scheduling.capacity import bays as offer_bays
from state.scheduling.capacity import hours as offer_hours
from state.scheduling.capacity import rows, terms
from state.scheduling.capacity.draft import OfferDraft
from state.scheduling.capacity.typed import Wrong

Form = dict[Word, Text | bool | None]


class OfferSections(OfferDraft, mixin=True):
    """Hours, closures, bays, lengths and rules, as they are typed."""

    @rx.event
    @allow(may_run)
    async def edit_hours(self, _viewer: Viewer, key: Word) -> None:
        """Put a line of hours into its form; an empty key empties the form."""
        offer, at = self._offer(), _place(key, len(self._offer().hours))
        line = offer.hours[at] if at is not None else None
        self.hours_form = offer_hours.hours_form(line, key if line else "", self.hours_form.version + 1)
        self.week = rows.week(offer, at)

    @rx.event
    @allow(may_run)
    async def save_hours(self, _viewer: Viewer, form: Form) -> None:
        """Keep the lines that were typed in the draft."""
        self.hours_form = typed = offer_hours.typed_hours(form, self.get_value("hours_form"))
        try:
            hourses = offer_hours.read_hours(typed)
        except Wrong as wrong:
            self.hours_form = replace(typed, error=french.typeset(str(wrong)))
            return
        offer, at = self._offer(), _place(typed.key, len(self._offer().hours))
        kept = [hours for number, hours in enumerate(offer.hours) if number != at]
        edited = replace(offer, hours=hours_in_order([*kept, *hourses]))
        overlaps = [one.sentence for one in problems(edited) if one.section is Section.HOURS]
        if overlaps and overlaps != [one.sentence for one in problems(offer) if one.section is Section.HOURS]:
            self.hours_form = replace(typed, error=overlaps[0])
            return
        self._change(edited, "Plage enregistrée dans le brouillon.")

    @rx.event
    @allow(may_run)
    async def remove_hours(self, _viewer: Viewer, key: Word) -> None:
        """Take a line of hours out of the draft."""
        offer, at = self._offer(), _place(key, len(self._offer().hours))
        if at is not None:
            kept = tuple(hours for number, hours in enumerate(offer.hours) if number != at)
            self._change(replace(offer, hours=kept), "Plage supprimée du brouillon.")

    @rx.event
    @allow(may_run)
    async def add_closure(self, _viewer: Viewer, form: Form) -> None:
        """Add a closure or an absence to the draft."""
        self.closure_form = typed = offer_hours.typed_closure(form, self.get_value("closure_form"))
        offer = self._offer()
        try:
            closure = offer_hours.read_closure(typed, offer)
        except Wrong as wrong:
            self.closure_form = replace(typed, error=french.typeset(str(wrong)))
            return
        title = rows.closure_title(offer, closure)
        closures = sorted([*offer.closures, closure], key=lambda one: one.starts_at)
        self._change(replace(offer, closures=tuple(closures)), f"Ajouté au brouillon\u00a0: {title}.")

    @rx.event
    @allow(may_run)
    async def remove_closure(self, _viewer: Viewer, key: Word) -> None:
        """Take a closure or an absence out of the draft."""
        offer, at = self._offer(), _place(key, len(self._offer().closures))
        if at is not None:
            title = rows.closure_title(offer, offer.closures[at])
            kept = tuple(closure for number, closure in enumerate(offer.closures) if number != at)
            self._change(replace(offer, closures=kept), f"Retiré du brouillon\u00a0: {title}.")

    @rx.event
    @allow(may_run)
    async def edit_bay(self, _viewer: Viewer, key: Word) -> None:
        """Put a bay into its form; an empty key empties the form."""
        bay = next((bay for bay in self._offer().bays if str(bay.id) == key), None)
        self.bay_form = offer_bays.bay_form(bay, self.bay_form.version + 1)

    @rx.event
    @allow(may_run)
    async def save_bay(self, _viewer: Viewer, form: Form) -> None:
        """Keep the bay that was typed in the draft."""
        self.bay_form = typed = offer_bays.typed_bay(form, self.get_value("bay_form"))
        offer = self._offer()
        known = next((bay for bay in offer.bays if str(bay.id) == typed.key), None)
        bay = offer_bays.read_bay(typed, known.id if known else new_bay_id(offer.bays))
        bays = tuple(bay if one is known else one for one in offer.bays) if known else (*offer.bays, bay)
        for said in wrong_bays(bays):
            self.bay_form = replace(typed, error=french.typeset(said))
            return
        self._change(replace(offer, bays=bays), f"{bay.name}, enregistré dans le brouillon.")

    @rx.event
    @allow(may_run)
    async def retire_bay(self, _viewer: Viewer, key: Word) -> None:
        """Take a bay out of the draft, with the closures that are its own."""
        offer = self._offer()
        bay = next((bay for bay in offer.bays if str(bay.id) == key), None)
        if bay is not None:
            kept = tuple(one for one in offer.bays if one is not bay)
            closures = tuple(closure for closure in offer.closures if closure.bay_id != bay.id)
            self._change(replace(offer, bays=kept, closures=closures), f"{bay.name}, retiré du brouillon.")

    @rx.event
    @allow(may_run)
    async def shift_bay(self, _viewer: Viewer, key: Word, way: Word) -> None:
        """Move a bay up or down the plan."""
        bays = list(self._offer().bays)
        at = next((number for number, bay in enumerate(bays) if str(bay.id) == key), None)
        to = None if at is None else at + (-1 if way == "up" else 1)
        if at is not None and to is not None and 0 <= to < len(bays):
            bays[at], bays[to] = bays[to], bays[at]
            self._change(replace(self._offer(), bays=tuple(bays)), f"{bays[to].name}, en position {to + 1}.")

    @rx.event
    @allow(may_run)
    async def save_lengths(self, _viewer: Viewer, form: Form) -> None:
        """Keep the lengths that were typed in the draft."""
        self.lengths_error = ""
        try:
            edited = replace(self._offer(), lengths=terms.read_lengths(form))
        except Wrong as wrong:
            self.lengths_error = french.typeset(str(wrong))
            return
        wrong_ones = [one.sentence for one in problems(edited) if one.section is Section.LENGTHS]
        if wrong_ones:
            self.lengths_error = wrong_ones[0]
            return
        self._change(edited, "Durées enregistrées dans le brouillon.")

    @rx.event
    @allow(may_run)
    async def save_terms(self, _viewer: Viewer, form: Form) -> None:
        """Keep the rules that were typed in the draft."""
        edited, errors = terms.read_terms(form, self._offer())
        self.terms_errors = list(errors.values())
        if not errors:
            self._change(edited, "Règles enregistrées dans le brouillon.")


def _place(key: str, number: int) -> int | None:
    """Which line of so many a key names; None for none of them."""
    at = read_whole(key)
    return at if at is not None and at < number else None
