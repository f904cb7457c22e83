"""The draft of what a post offers: kept on the server, changed step by step, taken back step by step."""

from dataclasses import replace

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.scheduling.appointments.policy import may_run
from models.scheduling.capacity.changes import Edited, Section
from models.scheduling.capacity.offer import Offer
from models.scheduling.revision.actions import Effect
from models.scheduling.revision.preview import days_off
from state.kit.form import Draft, blank
from state.kit.guard import allow
from state.kit.screen import ActScreen
from state.scheduling.capacity import bays, hours, rows, terms
from state.scheduling.capacity.effect import HitRow, PreviewDay, Shown
from state.scheduling.capacity.rows import Item, LineRow, PostHead, ServiceRow, Unsaved

_MOST_UNDONE = 30
_DAYS_OFF = 42


class OfferDraft(ActScreen, mixin=True):
    """What the page shows of the draft, and how it is drawn anew."""

    post: PostHead = PostHead()
    tab: str = Section.HOURS
    unsaved: Unsaved = Unsaved()
    week: list[ServiceRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    closures: list[LineRow] = []  # noqa: RUF012
    days_off: list[str] = []  # noqa: RUF012
    bays: list[LineRow] = []  # noqa: RUF012
    places: list[Item] = []  # noqa: RUF012
    usual_lengths: dict[str, str] = {}  # noqa: RUF012
    hours_form: Draft = Draft()
    closure_form: Draft = Draft()
    bay_form: Draft = Draft()
    lengths_form: Draft = Draft()
    terms_form: Draft = Draft()
    preview_form: Draft = Draft()
    change_form: Draft = Draft()
    shown: Shown = Shown()
    hits: list[HitRow] = []  # noqa: RUF012
    preview_days: list[PreviewDay] = []  # noqa: RUF012
    undo_label: str = ""
    _edited: Edited | None = None
    _past: list[Offer] = []  # noqa: RUF012
    _effect: Effect | None = None
    _choices: dict[str, str] = {}  # noqa: RUF012

    @rx.event
    @allow(may_run)
    async def undo(self, _viewer: Viewer) -> None:
        """Take back what was last changed in the draft."""
        past, edited = self.get_value("_past"), self.get_value("_edited")
        if past and edited is not None:
            self._past = past[:-1]
            self._redraw(replace(edited, offer=past[-1]))
            self.done, self.undo_label = "Dernière modification annulée.", ""

    def _hush(self) -> None:
        self.done = self.undo_label = self.error = ""

    def _offer(self) -> Offer:
        """The offer as it would be; nothing of any post before the page was opened, or after a long absence."""
        edited: Edited | None = self.get_value("_edited")
        return Offer("") if edited is None else edited.offer

    def _change(self, offer: Offer, done: str) -> None:
        """The draft becomes that; what was thought of its effect holds no more."""
        edited: Edited | None = self.get_value("_edited")
        if edited is None or not self.post.editable:
            self.error = "Cette page est restée ouverte trop longtemps\u00a0: rechargez-la pour reprendre."
            return
        self._past = [*self.get_value("_past"), edited.offer][-_MOST_UNDONE:]
        self._redraw(replace(edited, offer=offer))
        self.done, self.undo_label, self.error = done, "Annuler", ""

    def _redraw(self, edited: Edited) -> None:
        """Show that draft, with empty forms."""
        self._edited = edited
        offer, now = edited.offer, clock.now()
        self.week, self.bays = rows.week(offer, None), rows.bay_rows(offer)
        self.closures = rows.closure_rows(offer, now)
        self.days_off = days_off(offer, offer.local(now).date(), _DAYS_OFF)
        self.places, self.usual_lengths = rows.places(offer), terms.usual_lengths(offer)
        self.unsaved = Unsaved(rows.changed_words(edited.changed), bool(self.get_value("_past")))
        self._empty_forms(offer)
        self._forget_effect()

    def _empty_forms(self, offer: Offer) -> None:
        self.hours_form = blank(self.hours_form, hours.known_hours(None, ""))
        self.closure_form = blank(self.closure_form, hours.NEW_CLOSURE)
        self.bay_form = blank(self.bay_form, bays.known_bay(None))
        self.lengths_form = blank(self.lengths_form, terms.known_lengths(offer))
        self.terms_form = blank(self.terms_form, terms.known_terms(offer))
        self.change_form = blank(self.change_form)

    def _forget_effect(self) -> None:
        self._effect, self._choices = None, {}
        self.shown, self.hits, self.preview_days = Shown(), [], []

    def _forget_draft(self) -> None:
        """Show nothing of any post any more."""
        self._edited, self._past = None, []
        self.post, self.unsaved = PostHead(), Unsaved()
        self.week, self.closures, self.days_off, self.bays = [], [], [], []
        self.places, self.usual_lengths, self.preview_form = [], {}, blank(self.preview_form)
        self._hush()
        self._empty_forms(Offer(""))
        self._forget_effect()
