"""Counting in bounded time: from the tally that triggers keep, a row for each sort of consignment and day."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, false, func, select, union_all
from sqlmodel import col

from models.border.consignments.policy import may_follow, sight, visible
from models.border.consignments.tables import Consignment, ConsignmentTally
from models.border.follow_up import filters as narrowed
from models.border.follow_up.filters import Filters
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.kernel.rows import find_rows

OPEN, EVER = "open", ""
"""Buckets of the tally: the others are days, such as 2026-03-24."""

_SORT = (col(ConsignmentTally.state), col(ConsignmentTally.actor))
_NUMBER = func.sum(col(ConsignmentTally.number))


def tally(db: DbSession, viewer: Viewer, filters: Filters) -> list[tuple[str, str, int]]:
    """How many consignments of the list stand in each state and wait for each side: (state, actor, number).

    In one query. The state chosen and « à vous d’agir » do not count.
    """
    query = _query(sight(viewer), replace(narrowed.shape(filters), state="", mine=False))
    rows = find_rows(db, query, **narrowed.values(filters))
    return [(state, actor, int(number)) for state, actor, number in rows if number]


@lru_cache(narrowed.KEPT)
def _query(viewer: Viewer, filters: Filters) -> Any:
    if filters.search is not None:
        return _one_by_one(viewer, *narrowed.narrowing(filters, viewer))
    if filters.closed_since is None:
        return _counted(viewer, filters, col(ConsignmentTally.bucket).in_((OPEN, EVER)))
    return _since(viewer, filters, filters.closed_since.astimezone(UTC))


def _since(viewer: Viewer, filters: Filters, since: datetime) -> Any:
    """Whole days from the tally; what a day that began before `since` has left, one by one."""
    day = datetime.combine(since.date(), time(), UTC)
    if since == day:
        return _counted(viewer, filters, col(ConsignmentTally.bucket) >= f"{day:%Y-%m-%d}")
    following = day + timedelta(days=1)
    whole = _counted(viewer, filters, col(ConsignmentTally.bucket) >= f"{following:%Y-%m-%d}")
    closed = col(Consignment.closed_at)
    part = _one_by_one(viewer, *narrowed.narrowing(filters, viewer), closed >= since, closed < following)
    return union_all(whole, part)


def _one_by_one(viewer: Viewer, *conditions: ColumnElement[bool]) -> Any:
    columns = col(Consignment.state), col(Consignment.actor)
    return select(*columns, func.count()).where(visible(viewer), *conditions).group_by(*columns)


def _counted(viewer: Viewer, filters: Filters, when: ColumnElement[bool]) -> Any:
    query = select(*_SORT, _NUMBER).where(*_seen(viewer, filters), when).group_by(*_SORT)
    if filters.ched_type:
        query = query.where(col(ConsignmentTally.ched_type) == filters.ched_type)
    return query


def _seen(viewer: Viewer, filters: Filters) -> tuple[ColumnElement[bool], ...]:
    """The rows that count what policy.visible() lets this person see; a test holds the two together."""
    kind, value, post = (
        col(ConsignmentTally.kind),
        col(ConsignmentTally.value),
        col(ConsignmentTally.post_code),
    )
    if may_follow(viewer) is not None:
        return (false(),)
    if not viewer.is_officer:
        return (
            kind == ("company_post" if filters.post else "company"),
            value == viewer.siren,
            post == filters.post,
        )
    posts = [] if viewer.role == Role.SUPERVISOR else [value.in_(viewer.posts)]
    if posts or filters.post:
        return kind == "post", *posts, *([value == filters.post] if filters.post else [])
    return kind == "all", value == ""
