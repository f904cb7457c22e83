"""Who is behind a session, found anew each time: a right withdrawn is gone at the next event."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, null, or_, union_all
from sqlalchemy import select as sql_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.accounts.rights import Grant, Mandate, choose, rights_at
from models.accounts.rules import Role
from models.accounts.tables import Account, Session
from models.accounts.viewer import AccountFacts, CompanyChoice, Viewer
from models.companies.tables import Company, RepresentationMandate
from models.habilitations.tables import Habilitation, Posting
from models.posts.tables import Post


async def viewer_of(session_id: str | None, db: AsyncSession) -> Viewer | None:
    """The person behind a session; None when it is unknown, ended or expired (PPR-03, SES-04, SES-05)."""
    return None if session_id is None else (await viewers_of([session_id], db)).get(session_id)


async def viewers_of(session_ids: Collection[str], db: AsyncSession) -> dict[str, Viewer]:
    """The people behind many sessions, by session id, in three queries at most. Dead sessions are left out."""
    rows = await _running(session_ids, db)
    working = {row.account_id for row, account, _ in rows if account.role == Role.OPERATOR}
    grants, mandates = await _held(working, db)
    posts = await _posts({row.account_id for row, _, _ in rows} - working, db)
    officers = {
        row.id: _officer(row, account, posts[row.account_id])
        for row, account, _ in rows
        if account.role != Role.OPERATOR
    }
    operators = {
        row.id: _operator(row, account, own, grants[row.account_id], mandates)
        for row, account, own in rows
        if account.role == Role.OPERATOR
    }
    return officers | operators


async def account_facts(viewer: Viewer, db: AsyncSession) -> AccountFacts:
    """What is recorded of the viewer's own account (COM-04)."""
    account = await db.get_one(Account, viewer.account_id)
    return AccountFacts(
        email=account.email,
        created_at=account.created_at,
        last_sign_in_at=account.last_sign_in_at,
        locked_until=account.locked_until,
        password_changed_at=account.password_changed_at,
        failed_attempts=account.failed_attempts,
        last_failed_at=account.last_failed_at,
    )


async def _running(
    session_ids: Collection[str], db: AsyncSession
) -> Sequence[tuple[Session, Account, Company | None]]:
    query = (
        select(Session, Account, Company)
        .join(Account, col(Account.id) == Session.account_id)
        .join(Company, col(Company.siren) == Account.siren, isouter=True)
        .where(
            col(Session.id).in_(session_ids),
            col(Session.ended_at).is_(None),
            col(Session.expires_at) > clock.now(),
        )
    )
    return (await db.exec(query)).all()


async def _held(accounts: set[int], db: AsyncSession) -> tuple[Mapping[int, list[Grant]], list[Mandate]]:
    """The habilitations of these accounts, and the mandates given to the companies that they name."""
    grants: dict[int, list[Grant]] = defaultdict(list)
    mandates: list[Mandate] = []
    if not accounts:
        return grants, mandates
    mine = col(Habilitation.account_id).in_(accounts), col(Habilitation.withdrawn_at).is_(None)
    held = (
        sql_select(
            col(Habilitation.account_id),
            col(Habilitation.service),
            col(Habilitation.right),
            col(Habilitation.siren),
            col(Company.name),
        )
        .join(Company, col(Company.siren) == col(Habilitation.siren))
        .where(*mine)
    )
    given = RepresentationMandate
    lent = (
        sql_select(null(), null(), col(given.represented), col(given.representative), col(Company.name))
        .join(Company, col(Company.siren) == col(given.represented))
        .where(
            col(given.representative).in_(sql_select(col(Habilitation.siren)).where(*mine)),
            _running_now(given),
        )
    )
    for account, service, word, siren, company in await db.execute(union_all(held, lent)):
        if account is None:
            mandates.append(Mandate(siren, word, company))
        else:
            grants[account].append(Grant(service, word, siren, company))
    return grants, mandates


async def _posts(accounts: set[int], db: AsyncSession) -> dict[int, dict[str, str]]:
    query = (
        select(Posting, Post.name)
        .join(Post, col(Post.code) == Posting.post_code)
        .where(
            col(Posting.account_id).in_(accounts),
            _running_now(Posting),
        )
        .order_by(col(Posting.starts_at), col(Posting.id))
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row, name in (await db.exec(query)).all() if accounts else []:
        found[row.account_id][row.post_code] = name
    return found


def _running_now(table: type[RepresentationMandate | Posting]) -> ColumnElement[bool]:
    now = clock.now()
    return and_(col(table.starts_at) <= now, or_(col(table.ends_at).is_(None), col(table.ends_at) > now))


def _officer(row: Session, account: Account, posts: dict[str, str]) -> Viewer:
    """What an officer sees follows from the service and the posts, never from a company (SES-05)."""
    role, names = Role(account.role), tuple(posts.values())
    return Viewer(row.account_id, row.id, account.name, role, posts=tuple(posts), post_names=names)


def _operator(
    row: Session, account: Account, own: Company | None, grants: list[Grant], mandates: list[Mandate]
) -> Viewer:
    home = CompanyChoice(own.siren, own.name, represented=False) if own else None
    choices = choose(home, grants, mandates)
    # What was chosen may have been withdrawn since: then back to the first.
    chosen = next((choice for choice in choices if choice.siren == row.siren), next(iter(choices), None))
    return Viewer(
        row.account_id,
        row.id,
        account.name,
        Role.OPERATOR,
        siren=chosen.siren if chosen else None,
        company_name=chosen.name if chosen else "",
        choices=choices,
        rights=rights_at(chosen.siren, grants, mandates) if chosen else frozenset(),
    )
