"""The cases that a curve is made of: the newest that ended and those that go on, of one kind at one post (SES-03).

What is read has a bound, however many consignments there are: where more ended, the period looked at is shorter.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sql_select
from sqlmodel import col

from models.border.expectations.rules import ENOUGH, OPEN, PAST, RECENT
from models.border.expectations.spans import ORDER
from models.border.expectations.survival import Curve, Seen, fit
from models.border.expectations.tables import StepDuration
from models.border.passage.vocabulary import ChedType
from models.kernel.database import DbSession
from models.kernel.rows import find_rows

Times = tuple[int, int | None, int | None, bool]
"""When the turn came, when it was started, when it ended, in seconds of the epoch; and whether it was done."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Cases of one kind, and since when all of them are there."""

    since: int
    cases: Sequence[Times]


_D = StepDuration
_KIND = (
    col(_D.post_code) == bindparam("post"),
    col(_D.ched_type) == bindparam("goods"),
    col(_D.step) == bindparam("step"),
)


def _times() -> Select[Any]:
    columns: list[Any] = [col(_D.began_at), col(_D.started_at), col(_D.ended_at), col(_D.done)]
    return sql_select(*columns).where(*_KIND)


_ENDED = (
    _times().where(col(_D.ended_at) >= bindparam("since")).order_by(col(_D.ended_at).desc()).limit(RECENT)
)
_OPEN = _times().where(col(_D.ended_at).is_(None)).order_by(col(_D.began_at).desc()).limit(OPEN)


def pools_of(db: DbSession, post: str, now: datetime) -> dict[tuple[str, str], Pool]:
    """What happened at one post, by kind of goods and step; kinds of which nothing is known are not there."""
    pools = {}
    for goods in ChedType:
        for step in ORDER:
            kind = {"post": post, "goods": goods, "step": step}
            ended = list(map(_whole, find_rows(db, _ENDED, since=now - PAST, **kind)))
            going_on = list(map(_whole, find_rows(db, _OPEN, **kind)))
            since = ended[-1][2] if len(ended) == RECENT else None
            if ended or going_on:
                pools[str(goods), str(step)] = Pool(since or seconds(now - PAST), ended + going_on)
    return pools


def curve_of(pools: Iterable[Pool], now: datetime, *, started: bool) -> Curve:
    """The curve of all these cases together, over the period that all the pools cover."""
    pools = list(pools)
    since = max((pool.since for pool in pools), default=0)
    cases = (seen for pool in pools for seen in _seen(pool.cases, since, seconds(now), started=started))
    return fit(cases, least=ENOUGH)


def _seen(cases: Sequence[Times], since: int, now: int, *, started: bool) -> Iterator[Seen]:
    """Each case as it was seen during the period; those that ended before it are not."""
    for turn, work, end, is_over in cases:
        began = work if started else turn
        if began is not None and (end is None or end >= since):
            until = (now if end is None else end) - began
            yield Seen(until, is_over, max(0, since - began))


def seconds(at: datetime) -> int:
    """As a whole number of seconds of the epoch."""
    return round(at.timestamp())


def _whole(row: Any) -> Times:
    began, started, ended, is_over = row
    return seconds(began), started and seconds(started), ended and seconds(ended), is_over
