"""/profil: who I am, what I may do, and what is recorded of my account (COM-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from models import clock, french
from models.accounts.queries import account_facts
from models.accounts.viewer import AccountFacts, Viewer
from models.consignments.policy import Refusal
from models.database import reading
from models.habilitations.words import RIGHTS, SERVICES
from models.journal.tables import JournalEntry
from state import watches
from state.guard import allow, signed_in, to_sign_in
from state.links import Links, about_links
from state.session import Session


@dataclass
class Line:
    """A label and its value."""

    label: str = ""
    value: str = ""


class Profile(rx.State):
    """The holder's own account."""

    loaded: bool = False
    refusal: str = ""
    email: str = ""
    facts: list[Line] = []  # noqa: RUF012 - Reflex copies defaults for each state
    rights: list[Line] = []  # noqa: RUF012

    @rx.event
    @allow(signed_in)
    async def load(self, viewer: Viewer) -> None:
        """Show what is recorded of the account (COM-04), and the habilitations that hold for the company."""
        watches.follow(self, viewer, signed_in, about_links)
        links = await self.get_state(Links)
        links._hear()
        await self._show(viewer)

    async def _show(self, viewer: Viewer) -> None:
        async with reading() as db:
            recorded = await account_facts(viewer, db)
        session = await self.get_state(Session)
        session._greet(viewer)
        self.email = recorded.email
        self.facts = facts(recorded, clock.now())
        self.rights = rights(viewer)
        links = await self.get_state(Links)
        await links._show(viewer)
        self.refusal, self.loaded = "", True

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        links = await self.get_state(Links)
        await links._catch_up(viewer, entries)

    async def _refuse(self, refusal: Refusal, viewer: Viewer | None) -> Any:
        watches.forget(self)
        links = await self.get_state(Links)
        await links._refuse(refusal, viewer)
        session = await self.get_state(Session)
        session._greet(viewer)
        self.email, self.facts, self.rights = "", [], []
        self.refusal, self.loaded = refusal.reason, True
        return to_sign_in(self)


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
