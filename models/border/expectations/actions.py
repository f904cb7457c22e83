"""Learning from the past: the curves made anew from what the steps took (SES-03)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete
from sqlmodel import col

from models.border.expectations.observations import catch_up
from models.border.expectations.queries.curves import curves_kept, last_fit
from models.border.expectations.queries.pools import Pool, curve_of, pools_of
from models.border.expectations.rules import ENOUGH, Case
from models.border.expectations.survival import Curve
from models.border.expectations.tables import DurationCurve
from models.kernel import clock
from models.kernel.database import DbSession, read, write
from models.kernel.rows import insert_rows
from models.posts.queries import post_codes

Kind = tuple[str, str]
"""Goods and step."""
Curves = dict[str, Curve]


async def learn(*, older_than: timedelta = timedelta()) -> int:
    """Take in what happened since it was last done, then make the curves anew (SES-03); see refresh_curves."""
    while await write(catch_up):
        pass
    return await refresh_curves(older_than=older_than)


async def refresh_curves(*, older_than: timedelta = timedelta()) -> int:
    """Make every curve anew, unless that was done less than `older_than` ago, by another worker; how many changed.

    Each post is read and worked out in a reader's thread; only what changed is written, in one transaction. Curves
    are drawn from facts that the journal has: they have no entry of their own.
    """
    now = clock.now()
    newest = await read(last_fit)
    if newest and now - newest < older_than:
        return 0
    curves: Curves = {}
    everywhere: defaultdict[Kind, list[Pool]] = defaultdict(list)
    for post in await read(post_codes):
        pools, learnt = await read(partial(_learn_post, post=post, now=now))
        curves |= learnt
        for kind, pool in pools.items():
            everywhere[kind].append(pool)
    curves |= await read(partial(_learn_all, pools=everywhere, now=now))
    return await write(partial(_keep, curves=curves, now=now))


def _learn_post(db: DbSession, post: str, now: datetime) -> tuple[dict[Kind, Pool], Curves]:
    pools = pools_of(db, post, now)
    return pools, _learn({kind: [pool] for kind, pool in pools.items()}, post, now)


def _learn_all(_: DbSession, pools: dict[Kind, list[Pool]], now: datetime) -> Curves:
    # In a reader's thread too, though it reads nothing: the event loop has screens to serve.
    return _learn(pools, "", now)


def _learn(pools: dict[Kind, list[Pool]], post: str, now: datetime) -> Curves:
    """The curves of these pools, for each kind of goods and for all of them together."""
    together: defaultdict[Kind, list[Pool]] = defaultdict(list)
    for (goods, step), some in pools.items():
        together[goods, step] += some
        together["", step] += some
    curves = {
        Case(post, goods, step, started).key: curve_of(some, now, started=started)
        for (goods, step), some in together.items()
        for started in (False, True)
    }
    return {key: curve for key, curve in curves.items() if curve.cases >= ENOUGH}


def _keep(db: DbSession, curves: Curves, now: datetime) -> int:
    packed = {key: (curve.cases, curve.packed()) for key, curve in curves.items()}
    known = curves_kept(db)
    stale = [key for key, kept in known.items() if packed.get(key) != kept]
    fresh = [key for key, packed_curve in packed.items() if known.get(key) != packed_curve]
    _forget(db, stale)
    rows = [
        {"key": key, "cases": packed[key][0], "points": packed[key][1], "fitted_at": now} for key in fresh
    ]
    insert_rows(db, DurationCurve, rows)
    return len({*stale, *fresh})


def _forget(db: DbSession, keys: Iterable[str]) -> None:
    keys = list(keys)
    for start in range(0, len(keys), 500):  # a statement takes so many values
        db.exec(delete(DurationCurve).where(col(DurationCurve.key).in_(keys[start : start + 500])))
