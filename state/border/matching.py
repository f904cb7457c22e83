"""/agent/rattachements: the consignments without company, live, and the two steps that give them one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from models.border.consignments.subject import consignment_of, of_consignments
from models.border.matching import actions
from models.border.matching.forms import TieForm
from models.border.matching.policy import may_match
from models.border.matching.queries import companies as queries
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.kernel.stamps import CHANGED, stamp
from state.border import unknown_posts
from state.border.matching_rows import TiedRow, UnmatchedRow, tied_row, unmatched_row
from state.border.unknown_posts import UnknownPosts
from state.kit.form import FormScreen
from state.kit.guard import Stamp, Typed, Word, allow
from state.kit.screen import ActScreen, Scope, dismissing
from state.kit.session import Session


@dataclass
class Chosen:
    """What the dialog is about to do."""

    reference: str = ""
    title: str = ""
    learnt: str = ""
    """What will be learnt, in a sentence."""
    siren: str = ""
    company: str = ""
    """`Kerdrel Primeurs, SIREN 912 345 675` once it was checked; empty until then."""
    name: str = ""
    asks_name: bool = False
    stamp: str = ""
    """Of what was checked."""


def about_matching(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether the entry changes the page: a consignment that this person sees, or a post that is anybody's."""
    return entry.kind in unknown_posts.KINDS or of_consignments(viewer, entry)


class Matching(FormScreen, ActScreen, rx.State):
    """The list, the consignment that is being tied, and what was last done."""

    _scope: ClassVar = Scope(may_match, about_matching)
    _parts: ClassVar = (UnknownPosts,)

    rows: list[UnmatchedRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    tied: list[TiedRow] = []  # noqa: RUF012
    subtitle: str = ""
    chosen: Chosen = Chosen()
    undoable: str = ""
    undo_stamp: str = ""
    _waiting: int = 0
    """How many consignments wait."""

    @rx.event
    @allow(may_match)
    async def load(self, viewer: Viewer) -> None:
        """Open the list, and follow it live from now on."""
        self.chosen = Chosen()
        await self._open(viewer)

    @rx.event
    @allow(may_match)
    async def choose(self, _viewer: Viewer, reference: Word) -> None:
        """Open the dialog for one consignment of the list."""
        rows: list[UnmatchedRow] = self.get_value("rows")
        row = next((candidate for candidate in rows if candidate.reference == reference), None)
        self.chosen = Chosen(row.reference, row.title, row.learnt) if row else Chosen()
        self._blank()
        self._hush()

    @rx.event
    @allow(may_match)
    async def check(self, _viewer: Viewer, form: Typed) -> None:
        """Read the SIREN that was typed, and say whose it is, before anything is done."""
        chosen, typed = self.chosen, self._read(TieForm, form)
        chosen.company = ""
        if typed is None:
            return
        known = await read(queries.company_name, typed.siren)
        asked = chosen.asks_name
        chosen.siren, chosen.name, chosen.asks_name = typed.siren, typed.name, known is None
        if known is None and not typed.name:
            if asked:
                self._fault(TieForm, name="Donnez le nom de l’entreprise.")
            return
        chosen.company = f"{known or typed.name}, SIREN {french.grouped(typed.siren)}"
        chosen.stamp = stamp(chosen.reference, chosen.company)

    @rx.event
    @allow(may_match)
    async def back(self, _viewer: Viewer) -> None:
        """Correct the SIREN."""
        self.chosen.company = self.chosen.stamp = ""

    @rx.event
    @allow(may_match, act=True)
    async def tie(self, viewer: Viewer, shown: Stamp) -> Refusal | None:
        """Tie the consignment to the company that was checked."""
        chosen: Chosen = self.get_value("chosen")
        self.chosen = Chosen()
        self._hush()
        outcome: actions.Tied | Refusal = CHANGED
        if chosen.stamp and shown == chosen.stamp:
            outcome = await actions.tie(viewer, chosen.reference, chosen.siren, chosen.name)
        await self._show(viewer)
        if isinstance(outcome, Refusal):
            self.error = outcome.reason
            return outcome
        others = len(outcome.references) - 1
        rest = f", avec {french.plural(others, 'autre envoi', 'autres envois')}" if others else ""
        self.done = f"Envoi rattaché à {outcome.name}{rest}."
        self.undoable = outcome.references[0]
        rows: list[TiedRow] = self.get_value("tied")
        self.undo_stamp = next(
            (candidate.stamp for candidate in rows if candidate.reference == self.undoable), ""
        )
        return None

    @rx.event
    @allow(may_match, act=True)
    async def undo(self, viewer: Viewer, reference: Word, shown: Stamp) -> Refusal | None:
        """Take a tie back."""
        self._hush()
        outcome = await actions.untie(viewer, reference, shown)
        await self._show(viewer)
        if isinstance(outcome, Refusal):
            self.error = outcome.reason
            return outcome
        count = len(outcome.references)
        sent = "L’envoi n’est plus rattaché" if count < 2 else f"{count} envois ne sont plus rattachés"
        self.done = f"{sent} à {outcome.name}."
        return None

    dismiss = dismissing(may_match)

    def _hush(self) -> None:
        self.done = self.undoable = self.error = ""

    async def _show(self, viewer: Viewer) -> None:
        await super()._show(viewer)
        unknown, session = await self.get_state(UnknownPosts), await self.get_state(Session)
        session.unmatched_count = self._waiting + unknown._waiting

    async def _fill(self, viewer: Viewer) -> None:
        unmatcheds = await read(queries.unmatched, viewer)
        self._waiting = await read(queries.count_unmatched, viewer)
        tied = await read(queries.tied_by_hand, viewer)
        now = clock.now()
        self.rows = [unmatched_row(unmatched, now) for unmatched in unmatcheds]
        self.tied = [tied_row(tied_by_hand, now) for tied_by_hand in tied]
        self.subtitle = _subtitle(self._waiting, len(unmatcheds))

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        shown = {row_shown.id for row_shown in (*self.get_value("rows"), *self.get_value("tied"))}
        if unknown_posts.changed(entries) or any(
            entry.siren is None or consignment_of(entry) in shown or _moved(entry) for entry in entries
        ):
            await self._show(viewer)


def _subtitle(count: int, shown: int) -> str:
    if count < 2:
        return "Aucun envoi n’attend son entreprise" if count == 0 else "1\u00a0envoi attend son entreprise"
    rest = f", les {shown} plus anciens sont affichés" if count > shown else ""
    return f"{french.number(count)}\u00a0envois attendent leur entreprise{rest}"


def _moved(entry: JournalEntry) -> bool:
    return "left" in entry.payload
