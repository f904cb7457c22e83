"""The demonstration's people where appointments are tested: one bay at Le Havre, and consignments to inspect."""

from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from models.identity.access.queries.viewers import standing
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.kernel.database import read
from models.posts.tables import Bay, ControlLength, PostClosure, PostHours, PostTerms
from tests.support.appointments import POST, add_offer
from tests.support.databases import transaction


async def only_offer(**terms: Any) -> None:
    """One bay at Le Havre, instead of the demonstration's."""
    await no_offer(POST)
    await add_offer(**terms)


async def no_offer(post_code: str) -> None:
    """A post of the demonstration that takes no appointments any more."""
    async with transaction() as db:
        for table in (PostTerms, PostHours, PostClosure, ControlLength, Bay):
            db.execute(delete(table).where(col(table.post_code) == post_code))


async def account(who: str) -> int:
    """The account of `who`@demo.passavant.fr."""
    found = select(Account.id).where(Account.email == f"{who}@demo.passavant.fr")
    return await read(lambda db: _one(db, found))


def _one(db: Any, found: Any) -> int:
    return int(db.exec(found).one())


async def person(who: str) -> Viewer:
    """That person as they stand now, at the first company that they may work for."""
    number = await account(who)
    return (await read(lambda db: standing(number, db)))[0]
