"""Who is behind a session, found anew each time: a right withdrawn is gone at the next event."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from models.identity.access.queries.statements import HELD, HOLDER, POSTS, RUNNING, about
from models.identity.accounts import terms
from models.identity.accounts.rights import Grant, Mandate, choose, held_at
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import CompanyChoice, Held, Viewer
from models.kernel.database import DbSession
from models.kernel.rows import find_rows
from models.kernel.settings.portal import settings


def viewer_of(session_id: str | None, db: DbSession) -> Viewer | None:
    """The person behind a session; None when it is unknown, ended or expired (PPR-03, SES-04, SES-05)."""
    return None if session_id is None else viewers_of([session_id], db).get(session_id)


def viewers_of(session_ids: Collection[str], db: DbSession) -> dict[str, Viewer]:
    """The people behind many sessions, by session id, in three queries at most. Dead sessions are left out."""
    rows = find_rows(db, RUNNING, **about(session_ids), terms=terms.in_force().number)
    working = {row.account_id for row in rows if row.role == Role.OPERATOR}
    grants, mandates = held_by(working, db)
    posts = posts_of({row.account_id for row in rows} - working, db)
    officers = {row.id: _officer(row, posts[row.account_id]) for row in rows if row.role != Role.OPERATOR}
    operators = {
        row.id: _operator(row, grants[row.account_id], mandates) for row in rows if row.role == Role.OPERATOR
    }
    return officers | operators


def standing(account_id: int, db: DbSession) -> list[Viewer]:
    """What the holder of an account may see as things stand, without a session: for what is read on their behalf.

    One viewer for each company that they may work for, or the officer that they are; none of an unknown account.
    """
    rows = find_rows(db, HOLDER, **about([account_id]), terms=terms.in_force().number)
    if not rows:
        return []
    row = rows[0]
    if row.role != Role.OPERATOR:
        return [_officer(row, posts_of({account_id}, db)[account_id])]
    grants, mandates = held_by({account_id}, db)
    whole = _operator(row, grants[account_id], mandates)
    viewers = [
        _working(whole, choice, held_at(choice.siren, grants[account_id], mandates))
        for choice in whole.choices
    ]
    return viewers or [whole]


def held_by(accounts: set[int], db: DbSession) -> tuple[Mapping[int, list[Grant]], list[Mandate]]:
    """The habilitations of these accounts, and the mandates given to the companies that they name; as of now."""
    grants: dict[int, list[Grant]] = defaultdict(list)
    mandates: list[Mandate] = []
    for account, service, word, siren, company, co_owner, siret in (
        find_rows(db, HELD, **about(accounts)) if accounts else []
    ):
        if account is None:
            mandates.append(Mandate(siren, word, company))
        else:
            grants[account].append(Grant(service, word, siren, company, co_owner, siret or ""))
    return grants, mandates


def posts_of(accounts: set[int], db: DbSession) -> Mapping[int, dict[str, str]]:
    """The posts where these accounts serve now, by code with their names; nowhere for an account left out."""
    links: dict[int, dict[str, str]] = defaultdict(dict)
    for account, code, name in find_rows(db, POSTS, **about(accounts)) if accounts else []:
        links[account][code] = name
    return links


def _officer(row: Any, posts: dict[str, str]) -> Viewer:
    """What an officer sees follows from the service and the posts, never from a company (SES-05)."""
    role, names = Role(row.role), tuple(posts.values())
    return Viewer(
        row.account_id,
        row.id,
        row.name,
        role,
        posts=tuple(posts),
        post_names=names,
        owes_terms=row.accepted is None,
        owes_factor=settings().officers_second_factor and not row.has_factor,
    )


def _operator(row: Any, grants: list[Grant], mandates: list[Mandate]) -> Viewer:
    home = CompanyChoice(row.home, row.home_name, represented=False) if row.home_name is not None else None
    choices = choose(home, grants, mandates)
    # What was chosen may have been withdrawn since: then back to the first.
    chosen = next((choice for choice in choices if choice.siren == row.chosen), next(iter(choices), None))
    held = held_at(chosen.siren, grants, mandates) if chosen else frozenset()
    return Viewer(
        row.account_id,
        row.id,
        row.name,
        Role.OPERATOR,
        siren=chosen.siren if chosen else None,
        company_name=chosen.name if chosen else "",
        choices=choices,
        rights=frozenset((right.service, right.right) for right in held),
        held=held,
        owes_terms=row.accepted is None,
    )


def _working(viewer: Viewer, choice: CompanyChoice, held: frozenset[Held]) -> Viewer:
    """The same person, who works for that company."""
    rights = frozenset((right.service, right.right) for right in held)
    return replace(viewer, siren=choice.siren, company_name=choice.name, held=held, rights=rights)
