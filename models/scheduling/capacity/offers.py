"""The offer of a post, read from the database and remembered as long as it does not change."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from models.kernel import clock
from models.kernel.database import DbSession
from models.posts.queries import the_post
from models.posts.tables import PostClosure, PostHours
from models.scheduling.capacity.offer import BayOffer, Closure, Hours, Length, Offer
from models.scheduling.capacity.queries import bays_at, closures_at, hours_at, lengths_at, stamp_of, terms_at
from models.scheduling.capacity.vocabulary import Control, Service

_PAST = timedelta(days=7)
_known: dict[str, Offer] = {}
"""By the stamp of what was read: at most one for each post and change."""
_MOST = 256


def offer_of(db: DbSession, post_code: str) -> Offer | None:
    """What the post offers; None for a post that takes no appointments (SES-12)."""
    return offer_stamped(db, post_code, stamp_of(db, post_code))


def offer_stamped(db: DbSession, post_code: str, stamp: str) -> Offer | None:
    """The same where its stamp was read already: what is remembered asks nothing."""
    if not stamp:
        return None
    if stamp not in _known:
        if len(_known) >= _MOST:
            _known.clear()
        _known[stamp] = _read(db, post_code)
    return _known[stamp]


def _read(db: DbSession, post_code: str) -> Offer:
    post = the_post(db, post_code)
    terms = terms_at(db, post_code)
    hours = hours_at(db, post_code)
    lengths = lengths_at(db, post_code)
    return Offer(
        post_code=post.code,
        post_name=post.name,
        zone=ZoneInfo(post.timezone),
        department=terms.department,
        four_hours=terms.four_hours,
        wood_days=terms.wood_days,
        booking_notice=timedelta(minutes=terms.booking_notice),
        change_notice=timedelta(minutes=terms.change_notice),
        horizon_days=terms.horizon_days,
        step=timedelta(minutes=terms.step_minutes),
        confirms_itself=terms.confirms_itself,
        phone=terms.phone,
        address=terms.address,
        hours=tuple(hours_value(post_hours) for post_hours in hours),
        closures=_closures(db, post_code),
        bays=_bays(db, post_code),
        lengths=tuple(
            Length(Control(length.control), length.goods, length.first, length.more) for length in lengths
        ),
    )


def hours_value(row: PostHours) -> Hours:
    """One line of hours, as the rules read it."""
    return Hours(
        Service(row.service),
        row.weekday,
        row.opens,
        row.closes,
        row.inspectors,
        row.season_from,
        row.season_to,
        row.on_holidays,
    )


def _closures(db: DbSession, post_code: str) -> tuple[Closure, ...]:
    recent = closures_at(db, post_code, clock.now() - _PAST)
    return tuple(closure_value(post_closure) for post_closure in recent)


def closure_value(row: PostClosure) -> Closure:
    """One closure, as the rules read it."""
    return Closure(row.starts_at, row.ends_at, row.service, row.bay_id, row.absent, row.reason)


def _bays(db: DbSession, post_code: str) -> tuple[BayOffer, ...]:
    return tuple(
        BayOffer(bay.key, bay.name, frozenset(bay.controls.split()), frozenset(bay.goods.split()))
        for bay in bays_at(db, post_code)
    )
