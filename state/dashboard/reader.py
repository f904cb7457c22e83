"""All that the dashboard reads, in a number of queries that does not depend on how much there is.

With who is asking, eight at most as it opens; one more for the history when it is shown, and one when the debts
shown are not the first ones.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.border.consignments.subject import of_consignments
from models.border.follow_up.queries.awaited import Awaited, awaited
from models.identity.accounts.viewer import Viewer
from models.journal.tables import JournalEntry
from models.kernel import database, french
from models.kernel.database import DbSession
from models.money.declarations import queries as declarations
from models.money.declarations.policy import calendars_seen, services_seen
from models.money.declarations.queries import ServiceLine
from models.money.declarations.tables import DueDate
from models.money.payments.policy import co_owners_seen, may_see_mandates
from models.money.payments.queries import figures as queries
from models.money.payments.queries import lines
from models.money.payments.queries.figures import Figures, Signed
from models.money.payments.queries.lines import Narrowing, Owed, Start
from models.money.payments.tables import Payment
from models.scheduling.calendars.queries.agenda import Pressing, pressing

TODO = 5
"""How many consignments wait for the viewer on the dashboard itself."""
DATES = 8
"""How many due dates it shows; the calendar has them all."""
FIGURES = "figures.received"


@dataclass(frozen=True, slots=True)
class Position:
    """Which lines of the payments are shown."""

    debts: Start | None = None
    history: Start | None = None
    narrowing: Narrowing | None = None
    """None while the history is not shown."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for one viewer at one moment."""

    now: datetime
    awaited: Sequence[Awaited]
    awaited_count: int
    figures: Figures
    debts: Sequence[Owed]
    first_debts: Sequence[Owed]
    """The first to fall due, whatever page is shown."""
    history: Sequence[Payment]
    dates: Sequence[DueDate]
    services: Sequence[ServiceLine]
    mandates: Sequence[Signed]
    visits: Sequence[Pressing] = ()
    """Appointments of today and tomorrow, and other times that wait for an answer."""

    @property
    def today(self) -> date:
        """The day on the clocks of Paris."""
        return french.local(self.now).date()


async def read(viewer: Viewer, now: datetime, position: Position) -> Reading:
    """Everything, each block from its own scope; a block without scope is not asked for."""
    today = french.local(now).date()
    money = bool(co_owners_seen(viewer))

    def query(db: DbSession) -> Reading:
        waiting, waiting_count = awaited(db, viewer, limit=TODO)
        figures = queries.figures(db, viewer, today)
        first = lines.owed(db, viewer) if money else []
        return Reading(
            now,
            waiting,
            waiting_count,
            figures,
            lines.owed(db, viewer, position.debts) if money and position.debts else first,
            first,
            lines.history(db, viewer, position.narrowing, position.history)
            if money and position.narrowing is not None
            else [],
            declarations.due_dates(db, viewer, limit=DATES + 1) if calendars_seen(viewer) else [],
            declarations.services(db, viewer),
            queries.mandates(db, viewer) if may_see_mandates(viewer) else [],
            pressing(db, viewer),
        )

    return await database.read(query)


async def read_awaited(viewer: Viewer) -> tuple[list[Awaited], int, list[Pressing]]:
    """Only what a fact about a consignment or an appointment can change, in two queries."""

    def query(db: DbSession) -> tuple[list[Awaited], int, list[Pressing]]:
        awaiteds, number = awaited(db, viewer, limit=TODO)
        return awaiteds, number, pressing(db, viewer)

    return await database.read(query)


async def still_there(
    viewer: Viewer, debts: Collection[int], payments: Collection[int]
) -> tuple[list[Owed], list[Payment]]:
    """Of these lines, those that the viewer may still see, as they are now."""

    def query(db: DbSession) -> tuple[list[Owed], list[Payment]]:
        owed = lines.owed_among(db, viewer, debts)
        return owed, lines.payments_among(db, viewer, payments)

    return await database.read(query)


def concerns(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact of the journal changes what this person's dashboard shows."""
    if entry.kind != FIGURES:
        return of_consignments(viewer, entry)
    if entry.siren != viewer.siren:
        return False
    co_owner, what = entry.payload.get("co_owner"), entry.payload.get("what")
    shown = {
        "debts": co_owner in co_owners_seen(viewer),
        "payments": co_owner in co_owners_seen(viewer),
        "mandates": may_see_mandates(viewer),
        "declarations": bool(services_seen(viewer)),
        "due-dates": co_owner in calendars_seen(viewer),
    }
    return shown.get(str(what), False)
