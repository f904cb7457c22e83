"""What a demonstration leaves behind: accounts and a program whose passwords are public.

Without PASSAVANT_DEMO nothing is served from a database that has them. Refusing those accounts alone would not do: who
signed in as one of them may have made others, given rights, and taken tokens.
"""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from app.errors import CannotRun
from models.identity.accounts.tables import Account, PartnerClient
from models.kernel.database import DbSession, read
from models.kernel.outage import outage
from models.kernel.settings.portal import settings

DEMO_CLIENT = "demo-partner"
DEMO_DOMAIN = "@demo.passavant.fr"


async def refuse_leftovers() -> None:
    """Refuse to serve what a demonstration left.

    Raises:
        CannotRun: with what to do; also when the database does not answer, which could then come back with them.
    """
    if settings().demo or _is_missing(settings().database):
        return
    try:
        left = await read(_are_left)
    except SQLAlchemyError as error:
        if outage(error) is None:
            return  # without tables: whoever serves it is told by /health/ready
        raise CannotRun("The database does not answer: see PASSAVANT_DATABASE_URL.") from None
    if left:
        raise CannotRun(
            "This database holds demonstration accounts, whose passwords are public: set PASSAVANT_DEMO=1, or choose "
            "another PASSAVANT_DATABASE_URL or PASSAVANT_DATA_DIR."
        )


def _is_missing(url: str) -> bool:
    """Whether the file is not there yet: asking would make it."""
    return url.startswith("sqlite") and not Path(str(make_url(url).database)).exists()


def _are_left(db: DbSession) -> bool:
    account = select(Account.id).where(col(Account.email).endswith(DEMO_DOMAIN)).limit(1)
    if db.exec(account).first() is not None:
        return True
    return db.get(PartnerClient, DEMO_CLIENT) is not None
