"""`passavant demo`: the demonstration's accounts, their figures, and four months of border traffic behind them."""

from datetime import timedelta

from rich.console import Console
from rich.progress import track
from sqlmodel import col, select

from app.errors import CannotRun
from demo.commands.accounts import create_demo_accounts
from demo.commands.deeds import Past
from demo.commands.figures import fill_figures
from demo.commands.notices import tell_people
from demo.simulation.traffic import past
from models.border.consignments.tables import Consignment
from models.journal.record import record
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.database import DbSession, one_transaction, read, write
from models.kernel.settings.portal import settings

SENDER = "operator:demo"
_SEED = 2026
_MONTHS = 4
_COUNT = 180
_FILLED = "demonstration.filled"
_BEGUN = "demonstration.begun"
"""Between these, verification knows that times are invented (models.journal.sealing.order). Versions that filled a message at
a time left the second out when they were interrupted."""


async def run(count: int = _COUNT, months: int = _MONTHS) -> None:
    """Create what is missing of the demonstration: about `count` consignments over `months`. Twice changes nothing.

    Every message goes through the same door as a partner's, at its own time, and all of them are one transaction: what
    interrupts it leaves none, and the next start writes the past anew, up to its own present.

    Raises:
        CannotRun: without PASSAVANT_DEMO=1, or where another version left half a demonstration.
    """
    if not settings().demo:
        raise CannotRun("The demonstration has public passwords: set PASSAVANT_DEMO=1 to create it.")
    await create_demo_accounts()
    await fill_figures()
    if count and await read(_is_missing):
        await _fill(count, months)


async def _fill(count: int, months: int) -> None:
    until = clock.now().replace(microsecond=0) - timedelta(seconds=5)
    deeds, doer = past(until, months, count, _SEED), Past(SENDER)
    async with one_transaction():
        await write(_begin)
        for deed in track(deeds, "Border traffic", console=Console()):
            await doer.do(deed)
        await tell_people(until)
        await write(lambda db: _write_end(db, len(deeds)))


def _begin(db: DbSession) -> None:
    record(db, _BEGUN)


def _write_end(db: DbSession, deeds: int) -> None:
    record(db, _FILLED, deeds=deeds)


def _is_missing(db: DbSession) -> bool:
    """Whether the past is still to be written: not where it is already, nor beside consignments of others."""
    asked = select(JournalEntry.kind).where(col(JournalEntry.kind).in_((_BEGUN, _FILLED)))
    known = set(db.exec(asked))
    others = db.exec(select(Consignment.id).limit(1)).first() is not None
    if _BEGUN in known and _FILLED not in known and others:
        raise CannotRun(f"Another version of Passavant left half a demonstration behind: {_remedy()}.")
    return _FILLED not in known and not others


def _remedy() -> str:
    if settings().database_url:
        return "give PASSAVANT_DATABASE_URL the address of an empty database, and start again"
    return f"remove the folder {settings().data_dir.resolve()}, and start again"
