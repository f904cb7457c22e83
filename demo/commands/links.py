"""The demonstration's people are linked from the start, so that what needs a link works at once."""

from sqlmodel import col, select

from demo.co_owners.people import WHO, rights_of, subject_of
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.links import link
from models.identity.habilitations.rules import read_named
from models.journal.tables import JournalEntry
from models.kernel.co_owners import CoOwner
from models.kernel.database import read

LEFT_TO_TRY = "concurrent"
"""Has an account at each co-owner, and links it as anybody would."""


async def link_demo_accounts() -> None:
    """Link each person with each co-owner, once: a link that was ended since is not made again."""
    emails = {f"{who}@demo.passavant.fr": who for who in WHO if who != LEFT_TO_TRY}
    accounts = await read(lambda db: db.exec(select(Account).where(col(Account.email).in_(emails))).all())
    linked = select(JournalEntry).where(JournalEntry.kind == "account.linked")
    facts = await read(lambda db: db.exec(linked).all())
    known = {(fact.payload["account_id"], fact.payload["co_owner"]) for fact in facts}
    for account in accounts:
        viewer = Viewer(account.id or 0, "", account.name, Role(account.role))
        for co_owner in CoOwner:
            if (account.id, co_owner) not in known:
                who = emails[account.email]
                named = read_named(rights_of(co_owner, who))
                await link(viewer, co_owner, subject_of(co_owner, who), named)
