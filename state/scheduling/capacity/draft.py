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
from state.kit.guard import allow
from state.kit.screen import ActScreen
from state.scheduling.capacity import rows
from state.scheduling.capacity.bays import BayForm, bay_form
from state.scheduling.capacity.effect import Asked, HitRow, PreviewDay, Shown
from state.scheduling.capacity.hours import ClosureForm, HoursForm, hours_form
from state.scheduling.capacity.rows import Draft, Item, LengthGroup, LineRow, PostHead, ServiceRow, TermsRow

_MOST_UNDONE = 30
_DAYS_OFF = 42


class OfferDraft(ActScreen, mixin=True):
    """What the page shows of the draft, and how it is drawn anew."""

    post: PostHead = PostHead()
    tab: str = Section.HOURS
    draft: Draft = Draft()
    week: list[ServiceRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    closures: list[LineRow] = []  # noqa: RUF012
    days_off: list[str] = []  # noqa: RUF012
    bays: list[LineRow] = []  # noqa: RUF012
    lengths: list[LengthGroup] = []  # noqa: RUF012
    terms: TermsRow = TermsRow()
    places: list[Item] = []  # noqa: RUF012
    hours_form: HoursForm = HoursForm()
    closure_form: ClosureForm = ClosureForm()
    bay_form: BayForm = BayForm()
    lengths_error: str = ""
    terms_errors: list[str] = []  # noqa: RUF012
    version: int = 0
    """Another one draws the fields of lengths and rules anew."""
    shown: Shown = Shown()
    hits: list[HitRow] = []  # noqa: RUF012
    asked: Asked = Asked()
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
        self.lengths, self.terms = rows.length_groups(offer), rows.terms_row(offer)
        self.places = rows.places(offer)
        self.draft = Draft(rows.changed_words(edited.changed), bool(self.get_value("_past")))
        self._empty_forms()
        self._forget_effect()

    def _empty_forms(self) -> None:
        self.version = max(self.version, self.hours_form.version, self.bay_form.version) + 1
        self.hours_form = hours_form(None, "", self.version)
        self.closure_form = ClosureForm(version=self.version)
        self.bay_form = bay_form(None, self.version)
        self.lengths_error, self.terms_errors = "", []

    def _forget_effect(self) -> None:
        self._effect, self._choices = None, {}
        self.shown, self.hits, self.preview_days = Shown(), [], []

    def _forget_draft(self) -> None:
        """Show nothing of any post any more."""
        self._edited, self._past = None, []
        self.post, self.draft, self.terms = PostHead(), Draft(), TermsRow()
        self.week, self.closures, self.days_off, self.bays, self.lengths = [], [], [], [], []
        self.places, self.asked = [], Asked()
        self._hush()
        self._empty_forms()
        self._forget_effect()
