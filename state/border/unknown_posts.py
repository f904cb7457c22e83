"""The posts that messages name and nobody knows, beside the consignments without company, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import reflex as rx

from models.border.matching import post_actions
from models.border.matching.forms import PostForm
from models.border.matching.policy import may_match
from models.border.matching.queries import posts
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.kernel.stamps import CHANGED, stamp
from models.posts.queries import known_posts
from state.kit.form import FormScreen
from state.kit.guard import Stamp, Typed, Word, allow
from state.kit.screen import Answers, Part, dismissing

KINDS = frozenset({"post.unknown", "post.confirmed"})
"""The facts that change this list."""
NEW = "nouveau"
"""What is chosen for a post that is none of those known."""


@dataclass
class UnknownRow:
    """One post of the list."""

    code: str = ""
    name: str = ""
    """As the messages name it, when they do."""
    count: str = ""
    """`3 envois attendent`"""
    consignments: list[str] = field(default_factory=list)
    """`Mangues du Pérou, CHEDPP.FR.2026.0000001`"""
    at: str = ""
    at_label: str = ""


@dataclass
class ConfirmedRow:
    """What was said of a post, which can be taken back."""

    code: str = ""
    label: str = ""
    at: str = ""
    at_label: str = ""
    stamp: str = ""


@dataclass
class Choice:
    """A post to choose from."""

    value: str = ""
    label: str = ""


@dataclass
class ChosenPost:
    """The post that the dialog is about, and what was wrong with what was typed."""

    code: str = ""
    name: str = ""
    known: str = ""
    summary: str = ""
    """`FRXXX1 est le poste Le Havre (FRLEH1).`, once it was checked; empty until then."""
    stamp: str = ""
    """Of what was checked."""


class UnknownPosts(FormScreen, Answers, Part, rx.State):
    """The list, the post that is being confirmed, and what was last said."""

    rows: list[UnknownRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    confirmed: list[ConfirmedRow] = []  # noqa: RUF012
    choices: list[Choice] = []  # noqa: RUF012
    chosen: ChosenPost = ChosenPost()
    undoable: str = ""
    undo_stamp: str = ""
    _waiting: int = 0
    """How many posts wait."""

    @rx.event
    @allow(may_match)
    async def choose(self, _viewer: Viewer, code: Word) -> None:
        """Open the dialog for one post of the list."""
        row = next((candidate for candidate in self.get_value("rows") if candidate.code == code), None)
        self.chosen = ChosenPost(row.code, row.name) if row else ChosenPost()
        self._blank({"name": self.chosen.name})
        self._hush()

    @rx.event
    @allow(may_match)
    async def check(self, _viewer: Viewer, form: Typed) -> None:
        """Read what was chosen, and say what it would do, before anything is done."""
        chosen, typed = ChosenPost(self.chosen.code, self.chosen.name), self._read(PostForm, form)
        self.chosen = chosen
        if typed is None:
            return
        label = next(
            (choice.label for choice in self.get_value("choices") if choice.value == typed.known), ""
        )
        if not label:
            self._fault(PostForm, known=PostForm.asked["known"].missing)
        elif typed.known == NEW and not typed.name:
            self._fault(PostForm, name="Donnez le nom du nouveau poste.")
        else:
            new = typed.known == NEW
            what = f"est un nouveau poste, {typed.name}" if new else f"est le poste {label}"
            summary = f"{chosen.code} {what}."
            self.chosen = ChosenPost(chosen.code, typed.name, typed.known, summary, stamp(summary))

    @rx.event
    @allow(may_match)
    async def back(self, _viewer: Viewer) -> None:
        """Choose again."""
        self.chosen.summary = self.chosen.stamp = ""

    @rx.event
    @allow(may_match, act=True)
    async def confirm(self, viewer: Viewer, shown: Stamp) -> Refusal | None:
        """Say which post it is, as checked."""
        chosen: ChosenPost = self.get_value("chosen")
        new = chosen.known == NEW
        self.chosen = ChosenPost()
        self._hush()
        outcome: post_actions.Confirmed | Refusal = CHANGED
        if chosen.stamp and shown == chosen.stamp:
            outcome = await post_actions.confirm(
                viewer, chosen.code, "" if new else chosen.known, chosen.name
            )
        await self._show(viewer)
        if isinstance(outcome, Refusal):
            self.error = outcome.reason
            return outcome
        what = "est un nouveau poste," if new else "est le poste"
        moved = f", avec {french.plural(outcome.moved, 'envoi')}" if outcome.moved else ""
        self.done = french.typeset(f"{outcome.alias} {what} {outcome.name}{moved}.")
        self.undoable = outcome.alias
        confirmed_rows: list[ConfirmedRow] = self.get_value("confirmed")
        self.undo_stamp = next(
            (confirmed_row.stamp for confirmed_row in confirmed_rows if confirmed_row.code == outcome.alias),
            "",
        )
        return None

    @rx.event
    @allow(may_match, act=True)
    async def undo(self, viewer: Viewer, code: Word, shown: Stamp) -> Refusal | None:
        """Take back what was said of a post."""
        self._hush()
        outcome = await post_actions.unconfirm(viewer, code, shown)
        await self._show(viewer)
        if isinstance(outcome, Refusal):
            self.error = outcome.reason
            return outcome
        self.done = f"{outcome.alias} est de nouveau un poste inconnu."
        return None

    dismiss = dismissing(may_match)

    def _hush(self) -> None:
        self.done = self.undoable = self.error = ""

    async def _show(self, viewer: Viewer) -> None:
        unknown_posts = await read(posts.unknown_posts, viewer)
        self._waiting = await read(posts.count_unknown, viewer)
        confirmed_posts = await read(posts.confirmed_posts, viewer)
        known = await read(known_posts) if unknown_posts else []
        now = clock.now()
        self.rows = [_unknown(unknown_post, now) for unknown_post in unknown_posts]
        self.confirmed = [_confirmed(confirmed_post, now) for confirmed_post in confirmed_posts]
        named = [Choice(post.code, f"{post.name} ({post.code})") for post in known]
        self.choices = [Choice("", "Choisir un poste"), *named, Choice(NEW, "Un nouveau poste")]


def changed(entries: Sequence[JournalEntry]) -> bool:
    """Whether some of the entries change the list."""
    return any(entry.kind in KINDS for entry in entries)


def _unknown(unknown_post: posts.UnknownPost, now: datetime) -> UnknownRow:
    post, hidden = unknown_post.post, unknown_post.count - len(unknown_post.consignments)
    shown = [f"{consignment.title}, {consignment.reference}" for consignment in unknown_post.consignments]
    return UnknownRow(
        code=post.code,
        name=post.name if post.name != post.code else "",
        count=f"{french.plural(unknown_post.count, 'envoi attend', 'envois attendent')} qu’un agent dise lequel c’est.",
        consignments=[*shown, f"et {french.plural(hidden, 'autre')}"] if hidden else shown,
        at=french.iso(post.unknown_since),
        at_label=french.ago(post.unknown_since, now) if post.unknown_since else "",
    )


def _confirmed(confirmed_post: posts.ConfirmedPost, now: datetime) -> ConfirmedRow:
    alias = confirmed_post.alias
    new = alias.name == alias.post_code
    label = f"nouveau poste, {confirmed_post.post}" if new else f"{confirmed_post.post} ({alias.post_code})"
    return ConfirmedRow(
        alias.name,
        label,
        french.iso(alias.confirmed_at),
        french.ago(alias.confirmed_at, now),
        post_actions.stamp_of(alias),
    )
