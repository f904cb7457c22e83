"""What the posts of the demonstration offer is written once, and then left to officers."""

import secrets
from datetime import timedelta

from sqlmodel import select

from demo.simulation.offers import OFFERS
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession
from models.posts.tables import Bay, ControlLength, PostHours, PostTerms
from models.scheduling.capacity.offer import Hours, Offer

_MINUTE = timedelta(minutes=1)


def ensure_offers(db: DbSession) -> None:
    """Give an offer to each post of the demonstration that has none, in the caller's transaction."""
    known = set(db.exec(select(PostTerms.post_code)))
    for code, offer in OFFERS.items():
        if code not in known:
            _add(db, offer)
            record(db, "post.offer_changed", post_code=code)


def _add(db: DbSession, offer: Offer) -> None:
    db.add(
        PostTerms(
            post_code=offer.post_code,
            department=offer.department,
            four_hours=offer.four_hours,
            wood_days=offer.wood_days,
            booking_notice=offer.booking_notice // _MINUTE,
            change_notice=offer.change_notice // _MINUTE,
            horizon_days=offer.horizon_days,
            step_minutes=offer.step // _MINUTE,
            confirms_itself=offer.confirms_itself,
            phone=offer.phone,
            address=offer.address,
            changed_at=clock.now(),
            stamp=secrets.token_hex(8),
        )
    )
    for bay in offer.bays:
        db.add(
            Bay(
                post_code=offer.post_code,
                name=bay.name,
                position=bay.id,
                controls=" ".join(sorted(bay.controls)),
                goods=" ".join(sorted(bay.goods)),
            )
        )
    for length in offer.lengths:
        db.add(
            ControlLength(
                post_code=offer.post_code,
                control=length.control,
                goods=length.goods,
                first=length.first,
                more=length.more,
            )
        )
    db.add_all(_row(offer, hours) for hours in offer.hours)


def _row(offer: Offer, hours: Hours) -> PostHours:
    return PostHours(
        post_code=offer.post_code,
        service=hours.service,
        weekday=hours.weekday,
        opens=hours.opens,
        closes=hours.closes,
        inspectors=hours.inspectors,
        on_holidays=hours.on_holidays,
    )
