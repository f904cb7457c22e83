"""Writing a fact down."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.journal.tables import JournalEntry

SYSTEM = "system"


def record(
    session: AsyncSession,
    kind: str,
    *,
    actor: str = SYSTEM,
    consignment_id: int | None = None,
    siren: str | None = None,
    post_code: str | None = None,
    **payload: Any,
) -> None:
    """Add one fact to the journal, in the caller's transaction: it is kept if, and only if, the rest is.

    `kind` is `noun.verb`. `consignment_id`, `siren` and `post_code` say whom it concerns: open screens,
    notifications and alerts derive from them. `payload` must be JSON, and holds codes rather than
    personal data.
    """
    session.add(
        JournalEntry(
            at=clock.now(),
            kind=kind,
            actor=actor,
            consignment_id=consignment_id,
            siren=siren,
            post_code=post_code,
            payload=payload,
        )
    )
