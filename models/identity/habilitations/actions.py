"""The verbs on rights, one transaction and one journal entry each: the open screens follow at once (SES-04)."""

from datetime import datetime

from models.identity.accounts.tables import Account
from models.identity.companies.tables import Company
from models.identity.habilitations.grants import give, take_back
from models.identity.habilitations.queries import held, postings
from models.identity.habilitations.rules import Entitlement
from models.identity.habilitations.tables import Posting
from models.journal.record import SYSTEM, record
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession, write
from models.posts.tables import Post


class UnknownHolder(LookupError):
    """The account, the company or the post that a right names does not exist."""


async def grant(
    account_id: int,
    service: str,
    right: str,
    siren: str,
    siret: str | None = None,
    co_owner: CoOwner = CoOwner.DGDDI,
    actor: str = SYSTEM,
) -> bool:
    """Let a person use a service for a company, or for one establishment of it; False when they already may.

    Raises:
        UnknownHolder: when there is no such account or company.
    """

    def verb(db: DbSession) -> bool:
        if db.get(Account, account_id) is None or db.get(Company, siren) is None:
            raise UnknownHolder(account_id, siren)
        return give(db, account_id, Entitlement(co_owner, service, right, siren, siret), actor)

    return await write(verb)


async def withdraw(
    account_id: int,
    service: str,
    right: str,
    siren: str,
    siret: str | None = None,
    co_owner: CoOwner = CoOwner.DGDDI,
    actor: str = SYSTEM,
) -> int:
    """Take a right back from a person, for the company and its establishments, or for the one that is named.

    Only what that co-owner gave; how many were taken back.
    """

    def verb(db: DbSession) -> int:
        return take_back(db, account_id, Entitlement(co_owner, service, right, siren, siret), actor)

    return await write(verb)


async def withdraw_all(account_id: int, actor: str = SYSTEM) -> int:
    """Take back every right of a person who leaves; how many were taken back."""

    def verb(db: DbSession) -> int:
        rows = held(db, account_id)
        for row in rows:
            row.withdrawn_at = clock.now()
        for siren in sorted({row.siren for row in rows}):
            record(db, "habilitation.withdrawn", actor=actor, siren=siren, account_id=account_id)
        return len(rows)

    return await write(verb)


async def post(account_id: int, post_code: str, ends_at: datetime | None = None, actor: str = SYSTEM) -> bool:
    """An officer serves at that post from now on, until `ends_at` (SES-05); False when they do, or will.

    Raises:
        UnknownHolder: when there is no such account or post.
    """

    def verb(db: DbSession) -> bool:
        if db.get(Account, account_id) is None or db.get(Post, post_code) is None:
            raise UnknownHolder(account_id, post_code)
        if postings(db, account_id, post_code):
            return False
        db.add(Posting(account_id=account_id, post_code=post_code, starts_at=clock.now(), ends_at=ends_at))
        record(db, "officer.posted", actor=actor, post_code=post_code, account_id=account_id)
        return True

    return await write(verb)


async def end_posting(account_id: int, post_code: str, actor: str = SYSTEM) -> int:
    """An officer no longer serves at that post, nor will (SES-05); how many postings it ended."""

    def verb(db: DbSession) -> int:
        rows = postings(db, account_id, post_code)
        for row in rows:
            row.ends_at = clock.now()
        if rows:
            record(db, "officer.posting_ended", actor=actor, post_code=post_code, account_id=account_id)
        return len(rows)

    return await write(verb)
