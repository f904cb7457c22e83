"""Who people are to the portal without a session: what a relay asks, at the fact and again at the delivery.

One view for each company that they may work for: a person is told of all of them, whichever is on their screen.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import or_
from sqlalchemy import select as sql_select
from sqlmodel import col

from models.identity.access.queries.viewers import held_by, posts_of
from models.identity.access.subjects import Person
from models.identity.accounts.rights import MANDATED_SERVICES, Grant, Mandate, choose, held_at
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import CompanyChoice, Viewer
from models.identity.companies.tables import Company, RepresentationMandate
from models.identity.habilitations.tables import Habilitation, Posting
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession
from models.kernel.rows import find_rows
from models.kernel.subject import Subject
from models.signals.notifications.facts import Fact
from models.signals.notifications.kinds import Side
from models.signals.notifications.policy import is_told
from models.signals.services.queries import connected
from models.signals.services.rules import ALL_CODES, parts_used
from models.signals.services.vocabulary import PORTAL


def may_be_told(
    person: Person,
    side: str,
    siren: str | None,
    post_code: str | None,
    posts: frozenset[str],
    holder: int | None,
    subject: Subject,
) -> bool:
    """Whether the person, working for any of their companies, is told of such a fact: see policy.is_told.

    Of a service, whether they use it, for whichever company (MET-11).
    """
    if side == Side.SERVICE_USERS:
        return subject in person.uses
    return any(is_told(view, side, siren, post_code, posts, holder) for view in person.views)


def candidates(db: DbSession, facts: Collection[Fact]) -> set[int]:
    """The accounts that some of the facts may concern; the policy then judges each."""
    accounts = {fact.details["account"] for fact in facts if fact.side is Side.HOLDER}
    accounts |= _followers(db, {fact.siren for fact in facts if fact.siren and fact.side is Side.OPERATORS})
    posts = {
        fact.post_code for fact in facts if fact.post_code and fact.side in (Side.CHECKERS, Side.OFFICERS)
    }
    handled = [fact.posts for fact in facts if fact.side is Side.HANDLERS]
    accounts |= _posted(db, posts.union(*handled))
    if handled:
        supervisors = sql_select(col(Account.id)).where(col(Account.role) == Role.SUPERVISOR)
        accounts |= {row[0] for row in find_rows(db, supervisors)}
    return accounts | _users(db, {fact.subject for fact in facts if fact.side is Side.SERVICE_USERS})


def _users(db: DbSession, subjects: set[Subject]) -> set[int]:
    if PORTAL.subject in subjects:
        everybody = sql_select(col(Account.id)).where(col(Account.email_verified_at).is_not(None))
        return {row[0] for row in find_rows(db, everybody)}
    if not subjects:
        return set()
    holders = sql_select(col(Habilitation.account_id)).where(
        col(Habilitation.service).in_(ALL_CODES), col(Habilitation.withdrawn_at).is_(None)
    )
    return {row[0] for row in find_rows(db, holders)}


def _followers(db: DbSession, sirens: set[str]) -> set[int]:
    if not sirens:
        return set()
    now = clock.now()
    mandated = sql_select(col(RepresentationMandate.representative)).where(
        col(RepresentationMandate.represented).in_(sirens),
        col(RepresentationMandate.starts_at) <= now,
        or_(col(RepresentationMandate.ends_at).is_(None), col(RepresentationMandate.ends_at) > now),
    )
    companies = sirens | {row[0] for row in find_rows(db, mandated)}
    holders = sql_select(col(Habilitation.account_id)).where(
        col(Habilitation.siren).in_(companies),
        col(Habilitation.service).in_(MANDATED_SERVICES),
        col(Habilitation.withdrawn_at).is_(None),
    )
    return {row[0] for row in find_rows(db, holders)}


def _posted(db: DbSession, posts: set[str]) -> set[int]:
    if not posts:
        return set()
    serving = sql_select(col(Posting.account_id)).where(col(Posting.post_code).in_(posts))
    return {row[0] for row in find_rows(db, serving)}


def people(
    db: DbSession, account_ids: Collection[int], sirens: Collection[str] | None = None
) -> dict[int, Person]:
    """These people as of now, in three queries; those who never confirmed their address are left out (COM-03).

    With `sirens`, views are made of those companies only.
    """
    if not account_ids:
        return {}
    home: Any = (
        sql_select(
            col(Account.id),
            col(Account.email),
            col(Account.name),
            col(Account.role),
            col(Account.siren),
            col(Company.name).label("company"),
        )
        .join(Company, col(Company.siren) == col(Account.siren), isouter=True)
        .where(col(Account.id).in_(account_ids), col(Account.email_verified_at).is_not(None))
    )
    rows = find_rows(db, home)
    working = {row.id for row in rows if row.role == Role.OPERATOR}
    grants, mandates = held_by(working, db)
    posts = posts_of({row.id for row in rows} - working, db)
    programs = connected(db, {siren for held in grants.values() for _, siren in _of_services(held)})
    persons = {}
    for row in rows:
        if row.role == Role.OPERATOR:
            views = list(_of_operator(row, grants[row.id], mandates, sirens))
        else:
            views = [Viewer(row.id, "", row.name, Role(row.role), posts=tuple(posts[row.id]))]
        persons[row.id] = Person(row.id, row.email, views, _uses(grants[row.id], programs))
    return persons


def _of_services(held: Iterable[Grant]) -> list[tuple[str, str]]:
    return [
        (grant.service, grant.siren)
        for grant in held
        if grant.co_owner == CoOwner.DGDDI and grant.service in ALL_CODES
    ]


def _uses(held: Iterable[Grant], programs: frozenset[str]) -> frozenset[Subject]:
    return frozenset(part.subject for part in parts_used(_of_services(held), programs))


def _of_operator(
    row: Any, grants: list[Grant], mandates: list[Mandate], sirens: Collection[str] | None
) -> Iterable[Viewer]:
    home = CompanyChoice(row.siren, row.company, represented=False) if row.company is not None else None
    choices = choose(home, grants, mandates)
    wanted = [choice for choice in choices if sirens is None or choice.siren in sirens]
    for choice in wanted:
        held = held_at(choice.siren, grants, mandates)
        rights = frozenset((right.service, right.right) for right in held)
        yield Viewer(
            row.id,
            "",
            row.name,
            Role.OPERATOR,
            siren=choice.siren,
            company_name=choice.name,
            choices=choices,
            rights=rights,
            held=held,
        )
    if not wanted:  # still the holder of an account
        yield Viewer(row.id, "", row.name, Role.OPERATOR)
