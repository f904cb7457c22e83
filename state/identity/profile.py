"""/profil: who I am, what I may do, what is recorded of my account (COM-04), and where it is open."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import reflex as rx

from models.identity.access.cookies import PROFILE_ADDRESS, PROFILE_DONE, PROFILE_PASSWORD, Flash
from models.identity.access.forms import AddressForm, PasswordForm
from models.identity.access.sessions import close_others, close_session
from models.identity.accounts.actors import actor_of
from models.identity.accounts.queries import accepted_by, account_facts, open_sessions
from models.identity.accounts.viewer import AccountFacts, OpenSession, Viewer
from models.identity.habilitations.words import RIGHTS, SERVICES
from models.journal.tables import JournalEntry
from models.kernel import clock, french
from models.kernel.database import read
from state.identity.factors import Factors
from state.identity.links import Links, about_links
from state.kit.ending import Ends
from state.kit.flash import flash_of, from_flash
from state.kit.form import Draft
from state.kit.guard import Word, allow, holder
from state.kit.screen import Scope, Screen
from state.scheduling.appointments.agenda import Agenda


@dataclass
class Line:
    """A label and its value."""

    label: str = ""
    value: str = ""


@dataclass
class SessionLine:
    """One place where the account is open."""

    key: str = ""
    device: str = ""
    since: str = ""
    current: bool = False


@dataclass
class Said:
    """What the last form left to say."""

    title: str = ""
    text: str = ""


def about_own_account(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether the entry may change what is recorded of this person's account, or where it is open."""
    own = viewer.account_id
    about = entry.kind.partition(".")[0] in ("account", "calendar", "factor", "session", "terms")
    by_them = entry.actor == actor_of(own) or entry.payload.get("account_id") == own
    return (about and by_them) or about_links(viewer, entry)


class Profile(Screen, rx.State):
    """The holder's own account."""

    _scope: ClassVar = Scope(holder, about_own_account)
    _parts: ClassVar = (Links, Agenda, Factors)

    email: str = ""
    facts: list[Line] = []  # noqa: RUF012 - Reflex copies defaults for each state
    rights: list[Line] = []  # noqa: RUF012
    terms: list[Line] = []  # noqa: RUF012
    sessions: list[SessionLine] = []  # noqa: RUF012
    has_others: bool = False
    done: Said = Said()
    password_error: Said = Said()
    address_error: Said = Said()
    password_draft: Draft = Draft()
    address_draft: Draft = Draft()

    @rx.event
    @allow(holder)
    async def load(self, viewer: Viewer) -> None:
        """Show what is recorded of the account (COM-04), and the habilitations that hold for the company."""
        await self._open(viewer)

    def _begin(self) -> None:
        self.done = _said(flash_of(self, PROFILE_DONE))
        password, address = flash_of(self, PROFILE_PASSWORD), flash_of(self, PROFILE_ADDRESS)
        self.password_error, self.address_error = _said(password), _said(address)
        self.password_draft = from_flash(PasswordForm, self.password_draft, password)
        self.address_draft = from_flash(AddressForm, self.address_draft, address)

    @rx.event
    @allow(holder, ends=Ends.ANSWER)
    async def close(self, viewer: Viewer, key: Word) -> None:
        """Close one session: its screens close at once, wherever they are."""
        if await close_session(viewer, key):
            self.done = Said("Session fermée", "Ses écrans se sont fermés aussitôt.")
        await self._show(viewer)

    @rx.event
    @allow(holder, ends=Ends.ANSWER)
    async def close_others(self, viewer: Viewer) -> None:
        """Close every session but this one."""
        closed = await close_others(viewer)
        what = french.plural(closed, "session fermée", "sessions fermées")
        self.done = Said(what, "Seule cette session reste ouverte.")
        await self._show(viewer)

    async def _fill(self, viewer: Viewer) -> None:
        recorded = await read(lambda db: account_facts(viewer, db))
        accepted = await read(lambda db: accepted_by(viewer, db))
        opened = await read(lambda db: open_sessions(viewer, db))
        now = clock.now()
        self.email = recorded.email
        self.facts = facts(recorded, now)
        self.rights = rights(viewer)
        self.terms = [
            Line(f"Version {terms_acceptance.version}", french.moment(terms_acceptance.accepted_at, now))
            for terms_acceptance in accepted
        ]
        self.sessions = [session_line(open_session, now) for open_session in opened]
        self.has_others = len(opened) > 1


def _said(flash: Flash | None) -> Said:
    """What stands above the form; what is about one of its fields stands beside it."""
    return Said(flash.title, flash.sentence) if flash and not flash.errors else Said()


def session_line(open_session: OpenSession, now: datetime) -> SessionLine:
    """A session in words that its holder recognises."""
    return SessionLine(
        open_session.reference,
        open_session.device or "Appareil non reconnu",
        f"Ouverte le {french.moment(open_session.created_at, now)}",
        open_session.current,
    )


def facts(recorded: AccountFacts, now: datetime) -> list[Line]:
    """What COM-04 asks to show, in French."""
    locked = recorded.locked_until if recorded.locked_until and recorded.locked_until > now else None
    return [
        Line("Compte créé", french.moment(recorded.created_at, now)),
        Line("Dernière connexion", _moment(recorded.last_sign_in_at, now, "Jamais")),
        Line("Mot de passe changé", french.moment(recorded.password_changed_at, now)),
        Line("Essais manqués depuis la dernière connexion", french.number(recorded.failed_attempts)),
        Line("Dernier essai manqué", _moment(recorded.last_failed_at, now, "Aucun")),
        Line("Verrouillage", f"Jusqu’à {french.hour(locked)}" if locked else "Aucun"),
    ]


def _moment(at: datetime | None, now: datetime, otherwise: str) -> str:
    return french.moment(at, now) if at else otherwise


def rights(viewer: Viewer) -> list[Line]:
    """The habilitations that hold for the company worked for, or the officer's posts (SES-05)."""
    if viewer.is_officer:
        return [
            Line("Poste", f"{name}, {code}")
            for name, code in zip(viewer.post_names, viewer.posts, strict=True)
        ]
    held: dict[str, list[str]] = {}
    for service, right in sorted(viewer.rights):
        held.setdefault(SERVICES.get(service, "Autre service"), []).append(RIGHTS.get(right, "autre droit"))
    return [Line(service, ", ".join(words)) for service, words in held.items()]
