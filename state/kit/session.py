"""Who am I: what the shell of every page shows of the person signed in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from models.border.matching.policy import may_match
from models.identity.access.cookies import SIGN_IN_DONE, SIGN_IN_MISSING
from models.identity.access.forms import SignInForm
from models.identity.accounts.rules import RefusalKind, Role, home_of
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import french
from models.kernel.database import DbSession, read
from models.kernel.paths import local_path
from models.kernel.refusal import Refusal
from models.signals.notifications.choices import undeliverable
from models.signals.notifications.queries.notices import unread_count
from state.kit import watches
from state.kit.deltas import put
from state.kit.doors import MOST, doors_of
from state.kit.flash import flash_of, from_flash
from state.kit.form import Draft
from state.kit.guard import allow, anyone, asked_for
from state.kit.registration import Kept
from state.kit.trail import Trail
from state.signals.service_banner import look

SERVICES = {
    Role.SIVEP: "SIVEP",
    Role.CUSTOMS: "Douane",
    Role.SUPERVISOR: "Supervision nationale",
    Role.DGITM: "DGITM, statistiques",
}


@dataclass
class Choice:
    """A company that the person may work for, in the switcher."""

    key: str = ""
    name: str = ""
    detail: str = ""
    initials: str = ""
    current: bool = False


@dataclass
class Me:
    """The person signed in, as the shell shows it; nothing secret."""

    signed_in: bool = False
    key: str = ""
    """Whose screen it is: what the browser keeps for offline is that person's, for that company, or is erased."""
    name: str = ""
    initials: str = ""
    company: str = ""
    company_detail: str = ""
    is_officer: bool = False
    choices: list[Choice] = field(default_factory=list)
    controls: bool = False
    """An officer of a post, or a supervisor: their places leave no room on a phone for what stands elsewhere too."""
    doors: list[str] = field(default_factory=lambda: list(MOST))
    """The pages that this person may open (state/kit/doors.py): no link leads to another."""
    home: str = ""
    """Where this person starts from."""


def me_of(viewer: Viewer | None) -> Me:
    """What the shell shows of `viewer`."""
    if viewer is None:
        return Me()
    if viewer.is_officer:
        posts = ", ".join(viewer.post_names) or "Tous les postes"
        codes = ", ".join(viewer.posts)
        company, detail = posts, SERVICES[viewer.role] + (f", {codes}" if codes else "")
    else:
        company = viewer.company_name
        detail = f"SIREN {french.grouped(viewer.siren)}" if viewer.siren else ""
    return Me(
        True,
        f"{viewer.account_id}-{viewer.siren or ''}",
        viewer.name,
        viewer.initials,
        company,
        detail,
        viewer.is_officer,
        _choices(viewer),
        controls=may_match(viewer) is None,
        doors=doors_of(viewer),
        home=home_of(viewer.role),
    )


def _choices(viewer: Viewer) -> list[Choice]:
    return [
        Choice(
            choice.siren,
            choice.name,
            f"SIREN {french.grouped(choice.siren)}"
            + (", vous agissez comme mandataire" if choice.represented else ""),
            "".join(word[0] for word in choice.name.split()[:2]).upper(),
            choice.siren == viewer.siren,
        )
        for choice in viewer.choices
    ]


def bell_of(db: DbSession, viewer: Viewer | None) -> tuple[int, bool]:
    """What the bell says to this person: how many notices they did not read, and whether their address refuses letters.

    Nothing is told to whoever is held back.
    """
    if viewer is None or viewer.is_held_back:
        return 0, False
    return unread_count(db, viewer), undeliverable(db, viewer)


class Session(Kept, rx.State):
    """The person signed in, for the shell."""

    me: Me = Me()
    action_count: int = 0
    """Consignments whose next move is the person's: the badge of the follow-up."""
    answer_count: int = 0
    """Other times that wait for the person's answer: the badge of the appointments."""
    unmatched_count: int = 0
    """Consignments without company: the badge of the page that ties them."""
    alert_count: int = 0
    """Alerts that nobody acknowledged: the badge of their page."""
    unread_count: int = 0
    """Notices that the person did not read: the badge of the bell."""
    unreachable: bool = False
    """Whether the person's own address refuses our letters: said on every page until it is mended."""
    ended: bool = False
    """Whether the session that this tab showed has ended since."""
    switched: str = ""
    """The company that this tab shows since it was chosen elsewhere; said until another page is opened."""
    notice_kind: str = ""
    """Why the last sign-in failed (wrong, warned, locked…), or done: what comes before it is."""
    notice_title: str = ""
    notice_text: str = ""
    sign_in: Draft = Draft()
    """The form of the sign-in page, with the address that was typed."""
    next_path: str = ""
    _owner: str = ""
    """Whom the tab's screens belong to (state/hub/tab.py)."""

    async def _refuse(self, _refusal: Refusal, viewer: Viewer | None) -> None:
        self._greet(viewer)

    async def _show(self, viewer: Viewer) -> None:
        self._greet(viewer)

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        """Nothing of a consignment is shown here."""

    def _greet(self, viewer: Viewer | None) -> None:
        before, shown = self.me, me_of(viewer)
        if not shown.signed_in:
            self.ended = self.ended or before.signed_in
        elif before.signed_in and before.key != shown.key:
            self.switched = shown.company
        put(
            self,
            me=shown,
            action_count=self.action_count if shown.signed_in else 0,
            answer_count=self.answer_count if "/rendez-vous" in shown.doors else 0,
            unmatched_count=self.unmatched_count if shown.controls else 0,
            alert_count=self.alert_count if shown.controls else 0,
        )
        if not shown.signed_in:
            put(self, unread_count=0, unreachable=False)

    async def _ring(self, viewer: Viewer | None) -> None:
        """Count anew what the person did not read."""
        self._sound(*await read(bell_of, viewer))

    def _sound(self, unread: int, unreachable: bool) -> None:
        """Show what the bell says."""
        put(self, unread_count=unread, unreachable=unreachable)

    @rx.event
    @allow(anyone)
    async def hear(self, viewer: Viewer | None) -> None:
        """After a page showed itself: what its bell counts (SES-30), the alerts at its top (MET-11), its way back.

        state/signals/bell.py and state/signals/service_banner.py keep them live from there.
        """
        put(self, switched="")
        (await self.get_state(Trail))._come(asked_for(self), viewer)
        await self._ring(viewer)
        await look(self, viewer)

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """A page that anybody may open: show who is signed in, if somebody is, and for as long as they are."""
        self._welcome(viewer)

    def _welcome(self, viewer: Viewer | None) -> None:
        if viewer is None:
            watches.forget(self)
        else:
            watches.stay(self, viewer)
        self._greet(viewer)

    @rx.event
    @allow(anyone)
    async def load_sign_in(self, viewer: Viewer | None) -> Any:
        """The sign-in page: why the last attempt failed, with the address that was typed (COM-02)."""
        watches.forget(self)
        self._greet(viewer)
        flash = flash_of(self, *RefusalKind, SIGN_IN_MISSING, SIGN_IN_DONE)
        self.notice_kind = flash.kind if flash else ""
        self.notice_title = flash.title if flash else ""
        self.notice_text = flash.sentence if flash else ""
        self.sign_in = from_flash(SignInForm, self.sign_in, flash)
        self.next_path = str(self.router.url.query_parameters.get("next", ""))[:1000]
        if viewer is not None:
            return rx.redirect(local_path(self.next_path, home_of(viewer.role)))
        return None
