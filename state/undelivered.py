"""/agent/envois-en-echec: letters and push messages that were set aside, and their replay, for supervisors (SES-32)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from models import clock, french
from models.accounts.viewer import Viewer
from models.consignments.policy import Refusal
from models.database import read
from models.journal.tables import JournalEntry
from models.notifications.letters import NOTICES
from models.notifications.marking import replay
from models.notifications.policy import may_supervise
from models.notifications.queries import SetAside, set_aside
from state import watches
from state.closing import close
from state.deltas import put
from state.guard import Word, allow
from state.session import Session

_LETTERS = {
    "verify_address": "Adresse à vérifier",
    "already_registered": "Compte déjà créé",
    "set_password": "Mot de passe à choisir",
    "no_account": "Aucun compte à cette adresse",
    "password_changed": "Mot de passe changé",
    "confirm_address": "Nouvelle adresse à confirmer",
    "address_asked": "Changement d’adresse demandé",
    "address_changed": "Adresse changée",
    "invited": "Invitation dans une entreprise",
    "help_received": "Demande d’aide reçue",
    NOTICES: "Notifications",
    "push": "Notification",
}


@dataclass
class OutgoingRow:
    """Something that could not be delivered; whom it was for stays unsaid."""

    key: str = ""
    what: str = ""
    channel: str = ""
    problem: str = ""
    attempts: str = ""
    at: str = ""


class Undelivered(rx.State):
    """The list, and what was last done."""

    loaded: bool = False
    refusal: str = ""
    rows: list[OutgoingRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    subtitle: str = ""
    done: str = ""
    error: str = ""

    @rx.event
    @allow(may_supervise)
    async def load(self, viewer: Viewer) -> None:
        """Open the list as it is now."""
        watches.follow(self, viewer, may_supervise, of_outgoing)
        self.done = self.error = ""
        await self._show(viewer)

    @rx.event
    @allow(may_supervise)
    async def replay(self, viewer: Viewer, key: Word) -> None:
        """Have it tried again, from the start."""
        refusal = await replay(viewer, key)
        self.done, self.error = ("", refusal.reason) if refusal else ("L’envoi repart.", "")
        await self._show(viewer)

    @rx.event
    @allow(may_supervise)
    async def dismiss(self, _viewer: Viewer) -> None:
        """Close what was said."""
        self.done = self.error = ""

    async def _show(self, viewer: Viewer) -> None:
        found = await read(lambda db: set_aside(db, viewer))
        rows = [] if isinstance(found, Refusal) else found
        session = await self.get_state(Session)
        session._greet(viewer)
        now = clock.now()
        count = french.plural(len(rows), "message mis de côté", "messages mis de côté")
        put(self, rows=[outgoing_row(one) for one in rows], subtitle=f"{count}, à {french.hour(now)}")
        self.refusal, self.loaded = "", True

    async def _catch_up(self, viewer: Viewer, entries: Sequence[JournalEntry]) -> None:
        if entries:
            await self._show(viewer)

    async def _refuse(self, refusal: Refusal, viewer: Viewer | None) -> Any:
        self.rows = []
        self.subtitle = self.done = self.error = ""
        return await close(self, refusal, viewer)


def of_outgoing(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether the entry changes the list: replayed by a colleague, or an address that was given up."""
    kinds = ("notification.replayed", "account.email_undeliverable")
    return may_supervise(viewer) is None and entry.kind in kinds


def outgoing_row(one: SetAside) -> OutgoingRow:
    """One line; what the server said is quoted as it said it."""
    return OutgoingRow(
        one.id,
        _LETTERS.get(one.kind, "Message"),
        "E-mail" if one.channel == "email" else "Téléphone",
        one.problem or "Aucune raison donnée",
        french.plural(one.attempts, "essai", "essais"),
        french.moment(one.given_up_at, clock.now()),
    )
