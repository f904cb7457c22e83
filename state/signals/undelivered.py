"""/agent/envois-en-echec: letters and push messages that were set aside, and their replay, for supervisors (SES-32)."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.identity.letters.kinds import LETTERS
from models.journal.tables import JournalEntry
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.signals.notifications.marks import replay
from models.signals.notifications.policy import may_supervise
from models.signals.notifications.queries.notices import SetAside, set_aside
from state.kit.deltas import put
from state.kit.ending import Ends
from state.kit.guard import Word, allow
from state.kit.screen import ActScreen, Scope, dismissing


@dataclass
class OutgoingRow:
    """Something that could not be delivered; whom it was for stays unsaid."""

    key: str = ""
    what: str = ""
    channel: str = ""
    problem: str = ""
    attempts: str = ""
    at: str = ""


def of_outgoing(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether the entry changes the list: replayed by a colleague, or an address that was given up."""
    kinds = ("notification.replayed", "account.email_undeliverable")
    return may_supervise(viewer) is None and entry.kind in kinds


class Undelivered(ActScreen, rx.State):
    """The list, and what was last done."""

    _scope: ClassVar = Scope(may_supervise, of_outgoing)

    rows: list[OutgoingRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    subtitle: str = ""

    @rx.event
    @allow(may_supervise)
    async def load(self, viewer: Viewer) -> None:
        """Open the list as it is now."""
        await self._open(viewer)

    @rx.event
    @allow(may_supervise, ends=Ends.ANSWER)
    async def replay(self, viewer: Viewer, key: Word) -> None:
        """Have it tried again, from the start."""
        await self._after(viewer, await replay(viewer, key), "L’envoi repart.")

    dismiss = dismissing(may_supervise)

    async def _fill(self, viewer: Viewer) -> None:
        letters = await read(lambda db: set_aside(db, viewer))
        rows = [] if isinstance(letters, Refusal) else letters
        now = clock.now()
        count = french.plural(len(rows), "message mis de côté", "messages mis de côté")
        put(
            self,
            rows=[outgoing_row(outgoing) for outgoing in rows],
            subtitle=f"{count}, à {french.hour(now)}",
        )


def outgoing_row(row: SetAside) -> OutgoingRow:
    """One line; what the server said is quoted as it said it."""
    is_letter = row.channel == "email"
    return OutgoingRow(
        row.id,
        LETTERS[row.kind].label if is_letter else "Notification",
        "E-mail" if is_letter else "Téléphone",
        row.problem or "Aucune raison donnée",
        french.plural(row.attempts, "essai", "essais"),
        french.moment(row.given_up_at, clock.now()),
    )
