"""The officers who tie consignments, as accounts and as viewers."""

from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from tests.support.databases import transaction

HAVRE = Viewer(2, "s", "Ada Roux", Role.SIVEP, posts=("FRLEH1",))
ROISSY = Viewer(3, "s", "Amélie Roche", Role.SIVEP, posts=("FRCDG4",))
SUPERVISOR = Viewer(9, "s", "Étienne Garnier", Role.SUPERVISOR)


async def add_officers() -> None:
    """Their accounts."""
    async with transaction() as db:
        for one in (HAVRE, ROISSY, SUPERVISOR):
            db.add(
                Account(
                    id=one.account_id,
                    email=f"{one.account_id}@test.example",
                    name=one.name,
                    password_hash="-",
                    role=one.role,
                    created_at=clock.now(),
                    password_changed_at=clock.now(),
                )
            )
