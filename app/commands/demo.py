"""`passavant demo`: the demonstration's accounts, their figures, and four months of border traffic behind them."""

from datetime import datetime, timedelta

from rich.console import Console
from rich.progress import track
from sqlmodel import col, select

from app.commands.demo_accounts import create_demo_accounts
from app.commands.demo_figures import fill_figures
from app.errors import CannotRun
from app.simulation.bookings import book_for
from app.simulation.traffic import past
from models import clock
from models.consignments.tables import Consignment
from models.database import reading, transaction
from models.journal.actions import record
from models.journal.tables import JournalEntry
from models.messages.actions import receive
from models.settings import settings

SENDER = "operator:demo"
_SEED = 2026
_MONTHS = 4
_COUNT = 180
_BEGUN, _FILLED = "demonstration.begun", "demonstration.filled"


async def run(count: int = _COUNT, months: int = _MONTHS) -> None:
    """Create what is missing of the demonstration: about `count` consignments over `months`. Twice changes nothing.

    Every message goes through the same door as a partner's, at its own time. Interrupted, it resumes.

    Raises:
        CannotRun: without PASSAVANT_DEMO=1.
    """
    if not settings().demo:
        raise CannotRun("The demonstration has public passwords: set PASSAVANT_DEMO=1 to create it.")
    await create_demo_accounts()
    await fill_figures()
    until = await _present(count, months) if count else None
    if until is None:
        return
    console = Console()
    with console.status("Inventing four months of border traffic"):
        messages = list(past(until, months, count, _SEED))
    for at, body in track(messages, "Border traffic", console=console):
        with clock.fixed(at):
            receipt = await receive(body, SENDER)
            await book_for(receipt.consignments)
    async with transaction() as db:
        record(db, _FILLED, messages=len(messages))


async def _present(count: int, months: int) -> datetime | None:
    """Where the past must end; None when it is written already, or when there are other consignments."""
    async with reading() as db:
        asked = select(JournalEntry).where(col(JournalEntry.kind).in_((_BEGUN, _FILLED)))
        found = {entry.kind: entry for entry in await db.exec(asked)}
        any_consignment = (await db.exec(select(Consignment.id).limit(1))).first()
    if _BEGUN in found:
        interrupted = _FILLED not in found and found[_BEGUN].payload.get("count") == count
        return datetime.fromisoformat(found[_BEGUN].payload["until"]) if interrupted else None
    if any_consignment is not None:
        return None
    until = clock.now().replace(microsecond=0) - timedelta(seconds=5)
    async with transaction() as db:
        record(db, _BEGUN, until=until.isoformat(), count=count, months=months)
    return until
