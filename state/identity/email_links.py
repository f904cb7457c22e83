"""/mot-de-passe, /mot-de-passe/nouveau, /adresse and /annuler: asking for a link, and what a link opens (COM-03, COM-05)."""

import reflex as rx

from models.identity.access.cookies import LINK_ASKED, LINK_SENT, NEW_ADDRESS, NEW_PASSWORD, UNDONE
from models.identity.access.credentials import DEAD_LINK, link_of
from models.identity.access.forms import LinkForm, NewPasswordForm
from models.identity.accounts.links import PARAMETER, SETS_PASSWORD, UNDOES, Purpose
from models.identity.accounts.viewer import Viewer
from models.identity.companies.queries import names_of
from models.kernel.database import read
from state.kit.flash import flash_of, from_flash
from state.kit.form import FormScreen
from state.kit.guard import allow, anyone
from state.kit.screen import PublicScreen

_LONGEST_TOKEN = 1000


class LinkAsked(FormScreen, PublicScreen, rx.State):
    """The address to send a link to, or word that it was sent; the same, whatever the address."""

    loaded: bool = False
    sent_to: str = ""

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """Show the form."""
        await self._open_still(viewer)

    async def _fill(self, _viewer: Viewer | None) -> None:
        sent, wrong = flash_of(self, LINK_SENT), flash_of(self, LINK_ASKED)
        self.sent_to = sent.email if sent else ""
        self.draft = from_flash(LinkForm, self.draft, wrong)
        self.loaded = True


class LinkOpened(FormScreen, PublicScreen, rx.State):
    """What a link is for. Opening its page changes nothing: its form does (mail scanners open links)."""

    loaded: bool = False
    token: str = ""
    """Empty when the link is not good any more."""
    email: str = ""
    who: str = ""
    purpose: str = ""
    """Which words a page that undoes shows; one of models.identity.accounts.links.Purpose."""
    is_first: bool = False
    """Whether it confirms a new account."""
    problem_title: str = ""
    problem: str = ""
    done: bool = False

    @rx.event
    @allow(anyone)
    async def load_password(self, viewer: Viewer | None) -> None:
        """The page of a link that sets a password."""
        await self._open_still(viewer)
        await self._read_link(SETS_PASSWORD, NEW_PASSWORD)

    @rx.event
    @allow(anyone)
    async def load_address(self, viewer: Viewer | None) -> None:
        """The page of a link that confirms a new address, and what became of it."""
        await self._open_still(viewer)
        await self._read_link(frozenset({Purpose.ADDRESS}), NEW_ADDRESS)

    @rx.event
    @allow(anyone)
    async def load_undo(self, viewer: Viewer | None) -> None:
        """The page of a link that undoes what the holder did not do, and what became of it."""
        await self._open_still(viewer)
        await self._read_link(UNDOES, UNDONE)

    async def _read_link(self, purposes: frozenset[Purpose], about: str) -> None:
        token = str(self.router.url.query_parameters.get(PARAMETER, ""))[:_LONGEST_TOKEN]
        flash = flash_of(self, about)
        opened = await link_of(token, purposes)
        if flash is not None and opened is not None and flash.title == DEAD_LINK.title:
            flash = None  # of another link, before this one
        self.draft = from_flash(NewPasswordForm, self.draft, flash)
        self.done = flash is not None and not flash.title
        self.problem_title, self.problem = (
            (flash.title, flash.sentence) if flash and not flash.errors else ("", "")
        )
        self.token = self.email = self.who = self.purpose = ""
        if opened is not None:
            link, account = opened
            self.token, self.email, self.is_first = token, link.email, link.purpose == Purpose.VERIFY
            self.purpose = link.purpose
            self.who = await _named(account.name, account.siren)
        elif flash is not None:
            self.email = flash.email
        else:
            self.problem_title, self.problem = DEAD_LINK.title, DEAD_LINK.sentence
        self.loaded = True


async def _named(name: str, siren: str | None) -> str:
    if siren is None:
        return name
    company = (await read(names_of, [siren])).get(siren, "")
    return f"{name}, {company}"
