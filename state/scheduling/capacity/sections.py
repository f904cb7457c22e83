"""The forms of the page of a post's offer: each changes the draft, and nothing else, until it is saved (SES-12)."""

from dataclasses import replace

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.scheduling.appointments.policy import may_run
from models.scheduling.capacity.changes import Section, hours_in_order, new_bay_id
from models.scheduling.capacity.faults import problems, wrong_bays
from models.scheduling.capacity.forms import BayForm, ClosureForm, HoursForm, LengthsForm, TermsForm
from state.kit.fields import read_whole
from state.kit.form import as_typed, blank, with_faults
from state.kit.guard import Ticked, Word, allow
from state.scheduling.capacity import bays, hours, rows, terms
from state.scheduling.capacity.draft import OfferDraft
from state.scheduling.capacity.hours import Faults


class OfferSections(OfferDraft, mixin=True):
    """Hours, closures, bays, lengths and rules, as they are typed."""

    @rx.event
    @allow(may_run)
    async def edit_hours(self, _viewer: Viewer, key: Word) -> None:
        """Put a line of hours into its form; an empty key empties the form."""
        offer, at = self._offer(), _place(key, len(self._offer().hours))
        line = offer.hours[at] if at is not None else None
        self.hours_form = blank(self.hours_form, hours.known_hours(line, key))
        self.week = rows.week(offer, at)

    @rx.event
    @allow(may_run)
    async def save_hours(self, _viewer: Viewer, form: Ticked) -> None:
        """Keep the lines that were typed in the draft."""
        reading = HoursForm.read(form)
        self.hours_form = as_typed(HoursForm, reading, self.hours_form)
        if reading.values is None:
            return
        lines = hours.hours_of(reading.values)
        if isinstance(lines, Faults):
            self.hours_form = with_faults(HoursForm, self.hours_form, lines.errors)
            return
        offer, at = self._offer(), _place(reading.values.line, len(self._offer().hours))
        kept = [line for number, line in enumerate(offer.hours) if number != at]
        edited = replace(offer, hours=hours_in_order([*kept, *lines]))
        overlaps = [one.sentence for one in problems(edited) if one.section is Section.HOURS]
        if overlaps and overlaps != [one.sentence for one in problems(offer) if one.section is Section.HOURS]:
            self.hours_form = with_faults(HoursForm, self.hours_form, {"opens": overlaps[0]})
            return
        self._change(edited, "Plage enregistrée dans le brouillon.")

    @rx.event
    @allow(may_run)
    async def remove_hours(self, _viewer: Viewer, key: Word) -> None:
        """Take a line of hours out of the draft."""
        offer, at = self._offer(), _place(key, len(self._offer().hours))
        if at is not None:
            kept = tuple(line for number, line in enumerate(offer.hours) if number != at)
            self._change(replace(offer, hours=kept), "Plage supprimée du brouillon.")

    @rx.event
    @allow(may_run)
    async def add_closure(self, _viewer: Viewer, form: Ticked) -> None:
        """Add a closure or an absence to the draft."""
        reading, offer = ClosureForm.read(form), self._offer()
        self.closure_form = as_typed(ClosureForm, reading, self.closure_form)
        if reading.values is None:
            return
        closure = hours.closure_of(reading.values, offer)
        if isinstance(closure, Faults):
            self.closure_form = with_faults(ClosureForm, self.closure_form, closure.errors)
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
        self.bay_form = blank(self.bay_form, bays.known_bay(bay))

    @rx.event
    @allow(may_run)
    async def save_bay(self, _viewer: Viewer, form: Ticked) -> None:
        """Keep the bay that was typed in the draft."""
        reading, offer = BayForm.read(form), self._offer()
        self.bay_form = as_typed(BayForm, reading, self.bay_form)
        if reading.values is None:
            return
        known = next((bay for bay in offer.bays if str(bay.id) == reading.values.bay), None)
        bay = bays.bay_of(reading.values, known.id if known else new_bay_id(offer.bays))
        changed = tuple(bay if one is known else one for one in offer.bays) if known else (*offer.bays, bay)
        errors = {bays.FIELDS[part]: sentence for part, sentence in wrong_bays(changed)}
        if errors:
            self.bay_form = with_faults(BayForm, self.bay_form, errors)
            return
        self._change(replace(offer, bays=changed), f"{bay.name}, enregistré dans le brouillon.")

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
        plan = list(self._offer().bays)
        at = next((number for number, bay in enumerate(plan) if str(bay.id) == key), None)
        to = None if at is None else at + (-1 if way == "up" else 1)
        if at is not None and to is not None and 0 <= to < len(plan):
            plan[at], plan[to] = plan[to], plan[at]
            self._change(replace(self._offer(), bays=tuple(plan)), f"{plan[to].name}, en position {to + 1}.")

    @rx.event
    @allow(may_run)
    async def save_lengths(self, _viewer: Viewer, form: Ticked) -> None:
        """Keep the lengths that were typed in the draft."""
        reading = LengthsForm.read(form)
        self.lengths_form = as_typed(LengthsForm, reading, self.lengths_form)
        if reading.values is None:
            return
        lengths = terms.lengths_of(reading.values)
        if isinstance(lengths, Faults):
            self.lengths_form = with_faults(LengthsForm, self.lengths_form, lengths.errors)
            return
        self._change(replace(self._offer(), lengths=lengths), "Durées enregistrées dans le brouillon.")

    @rx.event
    @allow(may_run)
    async def save_terms(self, _viewer: Viewer, form: Ticked) -> None:
        """Keep the rules that were typed in the draft."""
        reading = TermsForm.read(form)
        self.terms_form = as_typed(TermsForm, reading, self.terms_form)
        if reading.values is None:
            return
        edited = terms.terms_of(reading.values, self._offer())
        if isinstance(edited, Faults):
            self.terms_form = with_faults(TermsForm, self.terms_form, edited.errors)
            return
        self._change(edited, "Règles enregistrées dans le brouillon.")


def _place(key: str, number: int) -> int | None:
    """Which line of so many a key names; None for none of them."""
    at = read_whole(key)
    return at if at is not None and at < number else None
