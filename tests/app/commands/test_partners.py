"""`passavant partner`: mandates from the command line (SES-04)."""

import pytest

from app.commands import partners
from app.errors import CannotRun
from models.identity.accounts.partners import Scope, create_client
from models.identity.people.queries.mandates import mandated
from models.kernel import clock
from models.kernel.database import read
from tests.factories import A, add_basics
from tests.support.accounts import cheap_passwords

__all__ = ["cheap_passwords"]


@pytest.mark.usefixtures("database")
async def test_ses_04_a_mandate_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """SES-04: given and ended once; what cannot be is one line."""
    await add_basics()
    await create_client("planner", "Planif’Quai", "s" * 20, [Scope.APPOINTMENTS_WRITE])
    await partners.mandate("planner", A)
    assert capsys.readouterr().out == f"planner now acts for SIREN {A}.\n"
    assert await read(lambda db: mandated(db, "planner", A, clock.now()))
    with pytest.raises(CannotRun, match="already"):
        await partners.mandate("planner", A)
    await partners.end_mandate("planner", A)
    assert not await read(lambda db: mandated(db, "planner", A, clock.now()))
    for client, siren in (("planner", A), ("unknown", A), ("planner", "000000000")):
        with pytest.raises(CannotRun):
            await partners.end_mandate(client, siren)
