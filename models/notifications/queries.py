"""What waits to be sent."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.notifications.tables import Email


async def any_due(db: AsyncSession) -> bool:
    """Whether a letter is to be tried now: one look at an index, so that idle relays write nothing."""
    due = select(Email.id).where(col(Email.due_at) <= clock.now()).limit(1)
    return (await db.exec(due)).first() is not None
