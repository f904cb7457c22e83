"""/suivi/[reference]: one consignment, live, and the officers' form to record a step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.accounts.viewer import Viewer
from models.appointments.queries import Shown, of_one
from models.consignments import actions, queries
from models.consignments.policy import Refusal, may_follow, recordable
from models.consignments.recording import OUTCOMES, outcome
from models.consignments.tables import Consignment
from models.consignments.vocabulary import StepKind
from models.consignments.words import STEPS
from models.database import read
from models.documents import queries as documents
from models.journal.tables import JournalEntry
from state import watches
from state.closing import close
from state.file_view import File, file
from state.guard import Text, Word, allow
from state.session import Session


@dataclass
class StepChoice:
    """A step that the officer may record."""

    value: str = ""
    label: str = ""


FAILURES = {
    "ID_MISMATCH": "Lot différent de celui des documents",
    "INVALID_CERTIFICATE": "Certificat non valable ou illisible",
    "ABSENCE_OF_CERTIFICATE": "Certificat absent",
    "PRESENCE_OF_HARMFUL_ORGANISM": "Présence d’un organisme nuisible",
    "PHYSICAL_HYGIENE_FAILURE": "Hygiène insuffisante",
    "TEMPERATURE": "Rupture de la chaîne du froid",
    "PESTICIDE_RESIDUES": "Résidus au-dessus du seuil",
    "OTHER": "Autre motif",
}
LONGEST_NOTE = 500


class ConsignmentPage(rx.State):
    """One consignment, and what an officer is about to record of it."""

    loaded: bool = False
    refusal: str = ""
    file: File = File()
    steps: list[StepChoice] = []  # noqa: RUF012 - Reflex copies defaults for each state
    step: str = ""
    outcomes: list[StepChoice] = []  # noqa: RUF012
    outcome: str = ""
    asks_why: bool = False
    reason: str = ""
    note: str = ""
    error: str = ""
    done: str = ""
    _reference: str = ""

    @rx.event
    @allow(may_follow)
    async def load(self, viewer: Viewer) -> None:
        """Open the consignment that the address names, and follow it live from now on."""
        self._reference = self.router.url.path.rstrip("/").rsplit("/", 1)[-1][:64].replace("\0", "")
        known = await read(lambda db: queries.id_of(db, viewer, self._reference))
        # One that is not there for them yet may come: a company found, a post corrected.
        watches.follow(self, viewer, about=watches.OfOne(known) if known else watches.of_consignments)
        self.error = self.done = self.note = self.reason = ""
        session = await self.get_state(Session)
        session._greet(viewer)
        await self._show(viewer)

    @rx.event
    @allow(may_follow)
    async def set_step(self, _viewer: Viewer, value: Word) -> None:
        """Choose the step to record."""
        self.step, self.error = value, ""
        self._offer_outcomes()

    @rx.event
    @allow(may_follow)
    async def set_outcome(self, _viewer: Viewer, value: Word) -> None:
        """Choose what to record of it."""
        self.outcome, self.error = value, ""
        self._offer_outcomes()

    @rx.event
    @allow(may_follow)
    async def set_reason(self, _viewer: Viewer, value: Word) -> None:
        """Choose why it went badly."""
        self.reason, self.error = value, ""

    @rx.event
    @allow(may_follow)
    async def set_note(self, _viewer: Viewer, value: Text) -> None:
        """Add words for the operator."""
        self.note = value

    @rx.event
    @allow(may_follow)
    async def confirm(self, viewer: Viewer) -> None:
        """Record the step as chosen (SES-05); what was typed stays when it is refused."""
        self.done = ""
        self.error = self._fault()
        if self.error:
            return
        why = [FAILURES.get(self.reason, ""), self.note.strip()] if self.asks_why else []
        step = StepKind(self.step)
        refusal = await actions.record_step(
            viewer,
            self._reference,
            step,
            self.outcome,
            reason=self.reason if self.asks_why else "",
            detail=". ".join(part for part in why if part),
        )
        if refusal is not None:
            self.error = refusal.reason
            return
        self.done = f"{STEPS[step]} : enregistré."
        self.note = self.reason = self.step = self.outcome = ""
        await self._show(viewer)

    def _fault(self) -> str:
        if self.step not in {choice.value for choice in self.get_value("steps")}:
            return "Choisissez l’étape à enregistrer."
        if outcome(StepKind(self.step), self.outcome) is None:
            return "Choisissez un résultat."
        if self.asks_why and self.reason not in FAILURES:
            return "Choisissez un motif : l’opérateur doit savoir ce qui ne va pas."
        if len(self.note) > LONGEST_NOTE:
            return f"Raccourcissez les précisions : {LONGEST_NOTE} caractères au plus."
        return ""

    async def _show(self, viewer: Viewer) -> None:
        reference = self._reference
        detail, papers, visits = await read(lambda db: _all_of(db, viewer, reference))
        self.loaded, self.refusal = True, ""
        if detail is None:
            self.file, self.steps = File(), []
            return
        self.file = file(detail, papers, viewer, clock.now(), visits)
        self._offer_steps(viewer, detail.consignment)

    def _offer_steps(self, viewer: Viewer, consignment: Consignment) -> None:
        mine = recordable(viewer) if consignment.post_code in viewer.posts else frozenset()
        offered = [kind for kind in StepKind if kind in mine]
        self.steps = [StepChoice(kind, STEPS[kind]) for kind in offered]
        if self.step not in offered:
            current = consignment.step
            self.step = current if current in offered else (offered[0] if offered else "")
        self._offer_outcomes()

    def _offer_outcomes(self) -> None:
        known = {choice.value for choice in self.get_value("steps")}
        offered = OUTCOMES[StepKind(self.step)] if self.step in known else ()
        self.outcomes = [StepChoice(one.code, one.label) for one in offered]
        if self.outcome not in {one.code for one in offered}:
            self.outcome = offered[0].code if offered else ""
        self.asks_why = any(one.code == self.outcome and one.asks_why for one in offered)

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        reference = self._reference
        shown = await read(lambda db: queries.id_of(db, viewer, reference))
        gone = shown is None and self.file.reference
        if gone or shown in {entry.consignment_id for entry in entries}:
            await self._show(viewer)

    async def _refuse(self, refusal: Refusal, viewer: Viewer | None) -> Any:
        self.file, self.steps = File(), []
        self.note = self.reason = self.error = self.done = ""
        return await close(self, refusal, viewer)


async def _all_of(
    db: AsyncSession, viewer: Viewer, reference: str
) -> tuple[queries.Detail | None, list[documents.Document], list[Shown]]:
    detail = await queries.one(db, viewer, reference)
    if detail is None:
        return None, [], []
    papers = await documents.of_consignment(db, viewer, reference)
    return detail, papers, await of_one(db, viewer, detail.consignment.key)
