"""Passing to a tele-service, as a fact."""

from models.identity.accounts.actors import actor_of
from models.identity.accounts.viewer import Viewer
from models.journal.record import record
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession, write


async def note_passage(viewer: Viewer, co_owner: CoOwner, service: str) -> None:
    """The journal keeps who was sent to which tele-service for which company (PPR-04)."""

    def verb(db: DbSession) -> None:
        record(
            db,
            "teleservice.opened",
            actor=actor_of(viewer.account_id),
            siren=viewer.siren,
            account_id=viewer.account_id,
            co_owner=co_owner,
            service=service,
        )

    await write(verb)
