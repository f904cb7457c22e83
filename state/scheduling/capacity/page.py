"""/agent/offre: what a post offers, edited as a draft, its effect shown before it is saved (SES-12)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.kernel.refusal import Refusal
from models.kernel.stamps import CHANGED, stamp
from models.scheduling.appointments.facts import taken
from models.scheduling.appointments.policy import AboutPost, may_plan, may_run, may_run_at, person, sees_post
from models.scheduling.capacity.changes import Edited, Section, rebased
from models.scheduling.capacity.faults import problems
from models.scheduling.capacity.forms import PreviewForm
from models.scheduling.revision import actions
from models.scheduling.revision.actions import Effect, Saved, Unhandled
from models.scheduling.revision.forms import ChangeForm
from models.scheduling.revision.preview import ComparedDay, need_for, preview
from state.kit.ending import Ends
from state.kit.form import as_typed, blank
from state.kit.guard import Stamp, Ticked, Word, allow
from state.kit.screen import Scope, dismissing
from state.scheduling.capacity import effect as effects
from state.scheduling.capacity.effect import Shown
from state.scheduling.capacity.rows import Item, PostHead
from state.scheduling.capacity.sections import OfferSections

_SEVEN = 7


class OfferPage(OfferSections, rx.State):
    """The draft of one post's offer, what saving it would do, and what was chosen for those it hits."""

    _scope: ClassVar = Scope(may_plan)

    @rx.event
    @allow(may_plan)
    async def load(self, viewer: Viewer) -> None:
        """Open the offer of the post that the address names, or of the first; a draft that was begun is kept."""
        posts = await read(lambda db: actions.posts_of(db, viewer))
        asked = str(self.router.url.query_parameters.get("poste", ""))
        code = next((post.code for post in posts if post.code == asked), posts[0].code if posts else "")
        self.post = PostHead(
            code,
            next((f"{post.name}, {post.code}" for post in posts if post.code == code), ""),
            [Item(post.code, post.name, post.code == code) for post in posts] if len(posts) > 1 else [],
            may_run_at(viewer, code) is None,
        )
        await self._open(viewer, AboutPost(code))

    @rx.event
    @allow(may_plan)
    async def choose_post(self, _viewer: Viewer, value: Word) -> Any:
        """Look at another post."""
        return rx.redirect(f"/agent/offre?poste={value}") if value.isalnum() else None

    @rx.event
    @allow(may_plan)
    async def show_tab(self, _viewer: Viewer, name: Word) -> None:
        """Another part of the offer."""
        self.tab = name if name in set(Section) else Section.HOURS

    @rx.event
    @allow(may_run, ends=Ends.ANSWER)
    async def discard(self, viewer: Viewer) -> None:
        """Give the whole draft up."""
        self._edited = None
        await self._show(viewer)
        self.done, self.undo_label = "Brouillon abandonné.", ""

    @rx.event
    @allow(may_run, ends=Ends.ANSWER)
    async def take_over(self, viewer: Viewer) -> None:
        """Put the draft on top of what a colleague saved meanwhile."""
        mine = self.get_value("_edited")
        edited = await read(lambda db: actions.edit(db, viewer, self.post.code))
        if mine is not None and isinstance(edited, Edited):
            self.post = replace(self.post, stale=False)
            self._past, self.error = [], ""
            self._redraw(rebased(mine, edited.base, edited.stamp))
            self.done = "Vos modifications sont reportées sur la nouvelle offre."

    @rx.event
    @allow(may_plan)
    async def look(self, viewer: Viewer, form: Ticked) -> None:
        """The slots of a week, under the draft and as they are."""
        self.preview_form = as_typed(PreviewForm, PreviewForm.read(form), self.preview_form)
        await self._look(viewer)

    @rx.event
    @allow(may_run, ends=Ends.ANSWER)
    async def see_effect(self, viewer: Viewer) -> None:
        """What saving the draft would do to appointments, and to the slots that are looked at."""
        wrong = [one.sentence for one in problems(self._offer())]
        self.unsaved, self.error, self.done = replace(self.unsaved, problems=wrong), "", ""
        if wrong:
            self._forget_effect()
            return
        effect = await read(lambda db: actions.effect(db, viewer, self._offer()))
        if isinstance(effect, Refusal):
            self.error = effect.reason
            return
        self._choices = {}
        self._show_effect(effect, "")
        await self._look(viewer)

    @rx.event
    @allow(may_run)
    async def choose(self, _viewer: Viewer, reference: Word, value: Word) -> None:
        """Say what becomes of one appointment."""
        self._choose({reference: value if value in (effects.MOVE, effects.CANCEL) else ""})

    @rx.event
    @allow(may_run)
    async def choose_all(self, _viewer: Viewer, value: Word) -> None:
        """Say what becomes of all of them; those that cannot be moved are cancelled."""
        found = self.get_value("_effect")
        if found is not None:
            movable = {one.reference for one in found.hits if one.instead is not None}
            self._choose(
                {
                    one.reference: effects.MOVE
                    if value == effects.MOVE and one.reference in movable
                    else effects.CANCEL
                    for one in found.hits
                }
            )

    @rx.event
    @allow(may_run, act=True)
    async def save(self, viewer: Viewer, form: Ticked, shown: Stamp) -> Refusal | None:
        """Make the change, with what was chosen for each appointment that it hits."""
        edited, found = self.get_value("_edited"), self.get_value("_effect")
        if edited is None or found is None:
            return None
        if shown != self.shown.stamp:
            self.error = CHANGED.reason
            return CHANGED
        reading = ChangeForm.read(form)
        self.change_form = as_typed(ChangeForm, reading, self.change_form)
        if reading.values is None:
            return Refusal(reading.errors["text"])
        choices = effects.chosen(found, self.get_value("_choices"))
        saved = await actions.save(person(viewer), edited, choices, text=reading.values.text)
        self._hush()
        if isinstance(saved, Saved):
            self._edited = None
            await self._show(viewer)
            self.done = effects.saved_words(saved)
            return None
        if isinstance(saved, Unhandled):
            self._show_effect(saved.effect, saved.reason)
            return Refusal(saved.reason)
        self.error = saved.reason
        self.post = replace(self.post, stale=saved == actions.CHANGED_MEANWHILE)
        return saved

    dismiss = dismissing(may_plan)

    def _choose(self, said: dict[str, str]) -> None:
        self._choices = self.get_value("_choices") | said
        effect: Effect | None = self.get_value("_effect")
        if effect is not None:
            self.hits = effects.hit_rows(effect, self._offer(), self.get_value("_choices"))

    def _show_effect(self, found: Effect, error: str) -> None:
        self._effect = found
        self.hits = effects.hit_rows(found, self._offer(), self.get_value("_choices"))
        movable = any(hit.instead is not None for hit in found.hits)
        hit = sorted(hit.reference for hit in found.hits)
        about = stamp(self.post.code, self.get_value("_edited"), *hit)
        self.shown = Shown(True, effects.summary(found), error, movable, about)

    async def _look(self, viewer: Viewer) -> None:
        asked, edited = PreviewForm.read(self.preview_form.typed).values, self.get_value("_edited")
        if asked is None or edited is None or not sees_post(viewer, edited.offer.post_code):
            self.preview_days = []
            return
        need = need_for(asked.control, asked.goods, asked.containers)
        first = asked.since - timedelta(days=asked.since.weekday())

        def query(db: DbSession) -> list[ComparedDay]:
            begins, offer = edited.offer.midnight(first), edited.offer
            ends = offer.midnight(first + timedelta(days=_SEVEN + 1))
            have = taken(db, offer.post_code, need.service, begins, ends)
            return preview(need, edited.base, offer, have, first, _SEVEN)

        self.preview_days = effects.preview_rows(await read(query), edited.offer)

    async def _show(self, viewer: Viewer) -> None:
        """The draft that was begun, or what the post offers."""
        await super()._show(viewer)
        edited = await read(lambda db: actions.edit(db, viewer, self.post.code))
        if isinstance(edited, Refusal):
            self._forget_draft()
            self.refusal = edited.reason
            return
        mine: Edited | None = self.get_value("_edited")
        if mine is not None and mine.changed and mine.offer.post_code == self.post.code:
            self.post = replace(self.get_value("post"), stale=mine.stamp != edited.stamp)
            return
        self._past, self.post = [], replace(self.get_value("post"), stale=False)
        self._redraw(edited)
        if not self.preview_form.typed:
            self.preview_form = blank(self.preview_form, effects.first_look(clock.now(), edited.offer))

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        if any(entry.kind == "post.offer_changed" for entry in entries):
            await self._show(viewer)
