"""/suivi/[reference]: one consignment, live, and the officers' form to record a step."""

from collections.abc import Sequence
from typing import ClassVar

import reflex as rx

from models.border.consignments import records
from models.border.consignments.forms import RecordForm, UndoForm
from models.border.consignments.policy import may_follow, recordable
from models.border.consignments.records import Record
from models.border.consignments.subject import CONSIGNMENT, consignment_of, of_consignments
from models.border.documents import queries as documents
from models.border.follow_up.queries import listing as queries
from models.border.passage.code_lists import OFFERED_MEASURES
from models.border.passage.fold import HORIZON
from models.border.passage.vocabulary import StepKind
from models.border.passage.words import STEPS
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock, french
from models.kernel.database import DbSession, read
from models.kernel.refusal import Refusal
from models.kernel.stamps import CHANGED, stamp
from models.kernel.subject import Subject
from models.scheduling.appointments.queries import Shown, of_one
from state.border import record_form
from state.border.file_view import File, file
from state.border.record_form import Asked, StepChoice, Undoable
from state.kit.ending import Ends
from state.kit.form import Draft, FormScreen, with_faults
from state.kit.guard import Stamp, Text, Typed, Word, allow
from state.kit.screen import ActScreen, Scope
from state.kit.watches import OfSubject


class ConsignmentPage(FormScreen, ActScreen, rx.State):
    """One consignment, and what an officer is about to record of it."""

    _scope: ClassVar = Scope(may_follow, of_consignments)

    file: File = File()
    steps: list[StepChoice] = []  # noqa: RUF012 - Reflex copies defaults for each state
    step: str = ""
    outcomes: list[StepChoice] = []  # noqa: RUF012
    outcome: str = ""
    """Empty until the officer chooses: nothing is recorded because it was there already."""
    act: str = ""
    """What the button does."""
    signs: bool = False
    asks_why: bool = False
    asks_measure: bool = False
    reasons: list[StepChoice] = []  # noqa: RUF012
    measures: list[StepChoice] = []  # noqa: RUF012
    reason: str = ""
    measure: str = ""
    due_on: str = ""
    first_day: str = ""
    last_day: str = ""
    note: str = ""
    stamp: str = ""
    """Of the consignment as it is shown, and of what is chosen."""
    recording: Draft = Draft()
    """What is wrong in the form of a step; `draft` is of the one that takes a record back."""
    asked: Asked = Asked()
    undoable: Undoable = Undoable()
    done_key: str = ""
    """Another with each thing done: what says so is a new element, which takes the focus."""
    _reference: str = ""
    _version: int = 0

    @rx.event
    @allow(may_follow)
    async def load(self, viewer: Viewer) -> None:
        """Open the consignment that the address names, and follow it live from now on."""
        self._reference = self.router.url.path.rstrip("/").rsplit("/", 1)[-1][:64].replace("\0", "")
        known = await read(lambda db: queries.id_of(db, viewer, self._reference))
        # One that is not there for them yet may come: a company found, a post corrected.
        self._empty()
        self.step = ""
        await self._open(viewer, OfSubject(Subject.of(CONSIGNMENT, known)) if known else None)

    @rx.event
    @allow(may_follow)
    async def set_step(self, _viewer: Viewer, value: Word) -> None:
        """Choose the step to record."""
        self.step, self.outcome, self.reason = value, "", ""
        self._chosen()

    @rx.event
    @allow(may_follow)
    async def set_outcome(self, _viewer: Viewer, value: Word) -> None:
        """Choose what to record of it."""
        self.outcome = value
        self._chosen()

    @rx.event
    @allow(may_follow)
    async def set_reason(self, _viewer: Viewer, value: Word) -> None:
        """Choose why it went badly."""
        self.reason = value
        self._chosen()

    @rx.event
    @allow(may_follow)
    async def set_measure(self, _viewer: Viewer, value: Word) -> None:
        """Choose what must be done with refused goods."""
        self.measure = value
        self._chosen()

    @rx.event
    @allow(may_follow)
    async def set_due_on(self, _viewer: Viewer, value: Word) -> None:
        """Choose until when the measure must be carried out."""
        self.due_on = value
        self._chosen()

    @rx.event
    @allow(may_follow)
    async def set_note(self, _viewer: Viewer, value: Text) -> None:
        """Add words for the operator."""
        self.note = value
        self._chosen()

    @rx.event
    @allow(may_follow, ends=Ends.ANSWER)
    async def ask(self, _viewer: Viewer) -> None:
        """Ask once more before an act that binds others, and say what follows from it."""
        self.done, self.asked = "", Asked()
        self.error, fault = "", self._lacking()
        outcome = record_form.chosen(self.step, self.outcome)
        if fault is not None or outcome is None or not outcome.signs:
            return
        lines = record_form.signed_lines(outcome, self._record())
        key = f"{clock.now().timestamp()}"
        self.asked = Asked(key, self.act, lines, outcome.follows, self.stamp)

    @rx.event
    @allow(may_follow)
    async def back(self, _viewer: Viewer) -> None:
        """Sign nothing."""
        self.asked = Asked()

    @rx.event
    @allow(may_follow, act=True)
    async def confirm(self, viewer: Viewer, shown: Stamp) -> Refusal | None:
        """Record the step as chosen (SES-05); what was typed stays when it is refused.

        What binds others is recorded once it was asked about: as it was asked.
        """
        asked, self.asked, self.done = self.asked, Asked(), ""
        outcome = record_form.chosen(self.step, self.outcome)
        if fault := self._lacking():
            return fault
        record, refusal = self._record(), None
        if shown != self.stamp or (outcome and outcome.signs and asked.stamp != shown):
            refusal = CHANGED
        refusal = refusal or await records.record_step(viewer, self._reference, record, self._version)
        if refusal is not None:
            self.error = refusal.reason
            return refusal
        label = outcome.label if outcome else ""
        await self._did(
            viewer, f"Enregistré : {french.lower_first(STEPS[record.step])}, {french.lower_first(label)}."
        )
        return None

    @rx.event
    @allow(may_follow, act=True)
    async def undo(self, viewer: Viewer, form: Typed, shown: Stamp) -> Refusal | None:
        """Take back what was recorded last, by mistake; a new fact says so and why."""
        self.done, self.asked = "", Asked()
        typed = self._read(UndoForm, form)
        refusal = Refusal(CHANGED.reason) if shown != self.stamp else None
        if refusal is None and typed is None:
            return Refusal(next(iter(self.draft.errors.values())))
        if refusal is None and typed is not None:
            refusal = await records.undo(viewer, self._reference, typed.reason, typed.details, self._version)
        if refusal is not None:
            self.error = refusal.reason
            return refusal
        await self._did(viewer, "Enregistrement annulé : l’opérateur est prévenu.")
        return None

    async def _did(self, viewer: Viewer, done: str) -> None:
        self._empty()
        self.error, self.step = "", ""
        await self._show(viewer)
        self.done, self.done_key = french.typeset(done), f"{clock.now().timestamp()}"

    def _record(self) -> Record:
        step = record_form.step_of(self.step) or StepKind.DOCUMENTARY
        day = record_form.read_day(self.due_on)
        return Record(step, self.outcome, self.reason, self.note.strip(), self.measure, day)

    def _lacking(self) -> Refusal | None:
        """Say beside each field what is missing or wrong in it, and return the first; the verb asks all of it again."""
        errors = self._errors()
        self.recording = with_faults(RecordForm, self.recording, errors)
        return Refusal(next(iter(self.recording.errors.values()))) if errors else None

    def _errors(self) -> dict[str, str]:
        if self.step not in record_form.known(self.get_value("steps")):
            return {"step": RecordForm.asked["step"].missing}
        outcome = record_form.chosen(self.step, self.outcome)
        if outcome is None:
            return {"outcome": RecordForm.asked["outcome"].missing}
        measures = OFFERED_MEASURES.get(self.file.ched_type, ())
        errors = records.lacking(outcome, self._record(), measures, clock.now())
        note = RecordForm.asked["note"]
        return errors | ({"note": note.too_long} if len(self.note) > note.longest else {})

    async def _fill(self, viewer: Viewer) -> None:
        reference = self._reference
        detail, papers, visits = await read(lambda db: _all_of(db, viewer, reference))
        if detail is None:
            self.file, self.steps, self.undoable = File(), [], Undoable()
            return
        now = clock.now()
        self.file = file(detail, papers, viewer, now, visits)
        self._version = detail.version
        kinds = recordable(viewer) if detail.consignment.post_code in viewer.posts else frozenset()
        self.steps = [StepChoice(kind, STEPS[kind]) for kind in StepKind if kind in kinds]
        self.undoable = record_form.undoable_row(
            records.undoable(viewer, detail.consignment, detail.facts, now)
        )
        if self.step not in kinds:
            current = detail.consignment.step
            self.step = current if current in kinds else (self.steps[0].value if self.steps else "")
        today = french.local(now).date()
        self.first_day, self.last_day = today.isoformat(), (today + HORIZON).isoformat()
        self._offer()
        if self.asked.key and self.asked.stamp != self.stamp:
            self.asked, self.error = Asked(), CHANGED.reason

    def _chosen(self) -> None:
        """Something else is chosen: what was asked about the choice is asked anew."""
        self.error, self.asked, self.recording = "", Asked(), Draft()
        self._offer()

    def _offer(self) -> None:
        """What the form offers and asks for, by what is chosen in it."""
        offered = self.step in record_form.known(self.get_value("steps"))
        self.outcomes = record_form.outcomes_of(self.step) if offered else []
        if self.outcome not in record_form.known(self.get_value("outcomes")):
            self.outcome = ""
        outcome = record_form.chosen(self.step, self.outcome)
        self.act = record_form.act_of(self.step, self.outcome)
        self.signs = bool(outcome and outcome.signs)
        self.asks_why = bool(outcome and outcome.asks_why)
        self.asks_measure = bool(outcome and outcome.asks_measure)
        self.reasons = record_form.reason_choices(outcome)
        self.measures = record_form.measure_choices(self.file.ched_type)
        self.stamp = stamp(self._reference, self._version, self.step, self.outcome)

    def _empty(self) -> None:
        self._blank()
        self.note = self.reason = self.outcome = self.measure = self.due_on = ""
        self.asked, self.recording = Asked(), Draft()

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        reference = self._reference
        shown = await read(lambda db: queries.id_of(db, viewer, reference))
        gone = shown is None and self.file.reference
        if gone or shown in {consignment_of(entry) for entry in entries}:
            await self._show(viewer)


def _all_of(
    db: DbSession, viewer: Viewer, reference: str
) -> tuple[queries.Detail | None, list[documents.Document], list[Shown]]:
    detail = queries.one(db, viewer, reference)
    if detail is None:
        return None, [], []
    papers = documents.of_consignment(db, viewer, reference)
    return detail, papers, of_one(db, viewer, detail.consignment.key)
