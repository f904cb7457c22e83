"""Writing what a post offers, in the caller's transaction: only what differs (SES-12)."""

import secrets
from collections import Counter
from dataclasses import replace

from sqlalchemy import delete
from sqlmodel import col

from models.kernel import clock
from models.kernel.database import DbSession
from models.posts.tables import Bay, ControlLength, PostClosure, PostHours, PostTerms
from models.scheduling.capacity.changes import gone, terms_of
from models.scheduling.capacity.offer import BayOffer, Closure, Hours, Offer
from models.scheduling.capacity.offers import closure_value, hours_value
from models.scheduling.capacity.queries import bays_at, closures_at, hours_at


def store(db: DbSession, before: Offer, after: Offer) -> None:
    """Make of `before`, which is what the database has, `after`; the stamp is drawn anew.

    A bay that is left out is retired, not removed: past appointments took place there. What a closure of the past
    says stays.
    """
    _store_terms(db, after)
    db.flush()
    _store_hours(db, before, after)
    keys = _store_bays(db, after)
    _store_closures(
        db, before, replace(after, closures=tuple(_known(keys, closure) for closure in after.closures))
    )
    _store_lengths(db, after)
    db.flush()


def _known(keys: dict[int, int], closure: Closure) -> Closure:
    bay = closure.bay_id
    return closure if bay is None else replace(closure, bay_id=keys.get(bay, bay))


def _store_terms(db: DbSession, offer: Offer) -> None:
    terms = db.get(PostTerms, offer.post_code) or PostTerms(
        post_code=offer.post_code, department=offer.department, changed_at=clock.now(), stamp=""
    )
    terms_now = terms_of(offer)
    for name in ("booking_notice", "change_notice"):
        terms_now[name] = int(getattr(offer, name).total_seconds() // 60)
    terms_now["step_minutes"] = int(offer.step.total_seconds() // 60)
    del terms_now["step"]
    for name, value in terms_now.items():
        setattr(terms, name, value)
    terms.changed_at, terms.stamp = clock.now(), secrets.token_hex(16)
    db.add(terms)


def _store_hours(db: DbSession, before: Offer, after: Offer) -> None:
    over = Counter(gone(before.hours, after.hours))
    for row in hours_at(db, before.post_code):
        if over[hours_value(row)] > 0:
            over[hours_value(row)] -= 1
            db.delete(row)
    for hours in gone(after.hours, before.hours):
        db.add(_hours_row(after.post_code, hours))


def _hours_row(post_code: str, hours: Hours) -> PostHours:
    return PostHours(
        post_code=post_code,
        service=hours.service,
        weekday=hours.weekday,
        opens=hours.opens,
        closes=hours.closes,
        season_from=hours.season_from,
        season_to=hours.season_to,
        inspectors=hours.inspectors,
        on_holidays=hours.on_holidays,
    )


def _store_bays(db: DbSession, offer: Offer) -> dict[int, int]:
    """The keys of the bays by the ids that the edited offer gives them."""
    known = {row.key: row for row in bays_at(db, offer.post_code)}
    bays = {
        bay.id: _bay_row(known.get(bay.id), offer.post_code, bay, at) for at, bay in enumerate(offer.bays)
    }
    for row in bays.values():
        db.add(row)
    for key, row in known.items():
        if key not in bays:
            row.retired_at = clock.now()
            db.add(row)
    db.flush()
    return {id_: row.key for id_, row in bays.items()}


def _bay_row(known: Bay | None, post_code: str, bay: BayOffer, position: int) -> Bay:
    row = known or Bay(post_code=post_code, name="", controls="", goods="")
    row.name, row.position = bay.name, position
    row.controls, row.goods = " ".join(sorted(bay.controls)), " ".join(sorted(bay.goods))
    return row


def _store_closures(db: DbSession, before: Offer, after: Offer) -> None:
    over = Counter(gone(before.closures, after.closures))
    for row in closures_at(db, before.post_code):
        if over[closure_value(row)] > 0:
            over[closure_value(row)] -= 1
            db.delete(row)
    for closure in gone(after.closures, before.closures):
        db.add(
            PostClosure(
                post_code=after.post_code,
                starts_at=closure.starts_at,
                ends_at=closure.ends_at,
                service=closure.service,
                bay_id=closure.bay_id,
                absent=closure.absent,
                reason=closure.reason,
            )
        )


def _store_lengths(db: DbSession, offer: Offer) -> None:
    db.execute(delete(ControlLength).where(col(ControlLength.post_code) == offer.post_code))
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
