"""Who looks at alerts in these tests, and what they read."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.tables import Posting
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.signals.alerts import actions
from models.signals.alerts.queries import alerts as queries
from models.signals.alerts.queries.alerts import Shown
from models.signals.alerts.rules import Plan
from models.signals.alerts.tables import Alert
from tests.factories import NOW, keep

HAVRE, ROISSY = "FRLEH1", "FRCDG4"
ADA, MAX, ZOE, LEA = 21, 22, 23, 24
"""Ada and Max control at Le Havre, Zoé is at customs there, Léa controls at Roissy."""


def sivep(account: int = ADA, post: str = HAVRE) -> Viewer:
    """An inspector of that post."""
    return Viewer(account, "session", "Ada Roux", Role.SIVEP, posts=(post,), post_names=("Le Havre",))


def customs() -> Viewer:
    """A customs officer of Le Havre."""
    return Viewer(ZOE, "session", "Zoé Blin", Role.CUSTOMS, posts=(HAVRE,), post_names=("Le Havre",))


def supervisor() -> Viewer:
    """Who sees every post and sets the thresholds."""
    return Viewer(25, "session", "Noé Petit", Role.SUPERVISOR)


async def add_officers() -> None:
    """The accounts behind these, and where they serve."""
    people = (
        (ADA, "Ada Roux", Role.SIVEP, HAVRE),
        (MAX, "Max Ober", Role.SIVEP, HAVRE),
        (ZOE, "Zoé Blin", Role.CUSTOMS, HAVRE),
        (LEA, "Léa Kern", Role.SIVEP, ROISSY),
        (25, "Noé Petit", Role.SUPERVISOR, None),
    )
    for key, name, role, _ in people:
        email = f"agent{key}@exemple.fr"
        await keep(
            Account(
                id=key, email=email, name=name, role=role, password_hash="", created_at=NOW,
                password_changed_at=NOW,
            )
        )  # fmt: skip
    await keep(
        *(Posting(account_id=key, post_code=post, starts_at=NOW) for key, _, _, post in people if post)
    )


async def watch_at(at: datetime) -> Plan:
    """One look of the watch at that moment."""
    with clock.fixed(at):
        return await actions.watch()


async def shown(viewer: Viewer) -> list[Shown]:
    """The alerts that are open for that person."""
    return await read(lambda db: queries.open_for(db, viewer))


async def alerts() -> Sequence[Alert]:
    """Every alert that ever was, the oldest first."""
    return await read(_alerts)


def _alerts(db: DbSession) -> Sequence[Alert]:
    found: Sequence[Alert] = db.exec(select(Alert).order_by(col(Alert.id))).all()
    return found


async def told(start: str = "alert.") -> list[JournalEntry]:
    """The facts of the journal whose kind begins so."""

    def query(db: DbSession) -> list[JournalEntry]:
        found = select(JournalEntry).where(col(JournalEntry.kind).startswith(start))
        return list(db.exec(found.order_by(col(JournalEntry.seq))).all())

    return await read(query)
