"""What the journal holds reaches the screens that are open, without waiting for the task that tells them."""

from app.app import app
from models.journal.queries import after, last_seq
from models.kernel.database import read
from state.hub import deliveries


async def now_seq() -> int:
    """Where the journal ends."""
    return await read(last_seq)


async def delivered(seq: int) -> None:
    """What the journal holds after `seq` reaches the screens."""
    await deliveries.deliver(app, await read(lambda db: after(db, seq)))
