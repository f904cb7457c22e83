"""Addresses under which a calendar program reads somebody's appointments, or the plan of an officer's post.

The secret in an address is derived from the signing key, so that it can be shown again, and the database holds only
its digest. What is read under it is what the holder of the account may see at that moment (SES-04, SES-05).
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.border.consignments.policy import FOLLOW
from models.identity.access.queries.viewers import standing
from models.identity.accounts.actors import actor_of
from models.identity.accounts.endings import Happened, ends
from models.identity.accounts.pending import Pending
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.kernel.settings.portal import settings
from models.scheduling.appointments.policy import BOOK
from models.scheduling.appointments.queries import Shown, mine, plan
from models.scheduling.appointments.tables import CalendarFeed
from models.scheduling.calendars.queries.feeds import feed_of, feed_under, feeds_of

BACK, AHEAD = timedelta(days=14), timedelta(days=90)
"""What of a post's plan is read."""
_MOST_COMING, _MOST_PAST = 500, 100
_READ_EVERY = timedelta(hours=1)
"""How fine the last reading is known: programs come often, and nobody counts their visits."""
_NOT_YOURS = Refusal("Ce calendrier n’est pas le vôtre. Rechargez la page pour voir ceux qui le sont.")


@dataclass(frozen=True, slots=True)
class Address:
    """One calendar of a person: of their own appointments, or of a post of theirs."""

    post_code: str
    post_name: str
    secret: str
    """Empty while nobody asked for it."""
    read_at: datetime | None = None
    """When a calendar program last read it, to the hour."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar program reads under an address."""

    key: int
    post_code: str
    appointments: Sequence[Shown]


def offered(viewer: Viewer) -> list[tuple[str, str]]:
    """Code and name of the calendars that this person may have: ("", "") stands for their own appointments."""
    if viewer.role is Role.OPERATOR:
        return [("", "")] if viewer.may(*BOOK) or viewer.may(*FOLLOW) else []
    if viewer.role in (Role.SIVEP, Role.CUSTOMS):
        return list(zip(viewer.posts, viewer.post_names, strict=True))
    return []


def addresses(db: DbSession, viewer: Viewer) -> list[Address]:
    """Those of the calendars offered to this person, with the address of those that were asked for."""
    have = {row.post_code: row for row in feeds_of(db, viewer.account_id)}
    return [
        Address(code, name, _secret(row), row.read_at) if (row := have.get(code)) else Address(code, name, "")
        for code, name in offered(viewer)
    ]


async def address(viewer: Viewer, post_code: str = "") -> str | Refusal:
    """The secret of a calendar of theirs, drawn up at first use."""
    return await _turn(viewer, post_code, renewed=False)


async def renew(viewer: Viewer, post_code: str = "") -> str | Refusal:
    """Another secret: whoever has the former one reads nothing any more."""
    return await _turn(viewer, post_code, renewed=True)


async def _turn(viewer: Viewer, post_code: str, *, renewed: bool) -> str | Refusal:
    if post_code not in dict(offered(viewer)):
        return _NOT_YOURS

    def verb(db: DbSession) -> str:
        row, actor = feed_of(db, viewer.account_id, post_code), actor_of(viewer.account_id)
        if row is None:
            row = CalendarFeed(
                account_id=viewer.account_id, post_code=post_code, digest="", made_at=clock.now()
            )
            record(db, "calendar.opened", actor=actor)
        elif renewed:
            row.version, row.made_at, row.read_at = row.version + 1, clock.now(), None
            record(db, "calendar.renewed", actor=actor)
        secret = _secret(row)
        row.digest = _digest(secret)  # anew each time: it changes with the signing key
        db.add(row)
        return secret

    return await write(verb)


def renew_all(db: DbSession, account_id: int) -> None:
    """Another secret for each calendar of that account, in the caller's transaction: somebody else may know it."""
    for row in feeds_of(db, account_id):
        row.version, row.made_at, row.read_at = row.version + 1, clock.now(), None
        row.digest = _digest(_secret(row))
        record(db, "calendar.renewed", actor=actor_of(account_id))


@ends(Pending.CALENDAR)
def _calendars(db: DbSession, happened: Happened) -> None:
    renew_all(db, happened.account_id)


def read_feed(db: DbSession, secret: str) -> Feed | None:
    """What that secret opens now; None when it opens nothing, or when its account is gone.

    An account that is locked is read all the same: anybody can lock it, and only the sign-in is (COM-02).

    It is looked up by its digest, so that the time it takes tells nothing of it; and compared with what the
    signing key makes, so that whoever writes into the database opens nothing.
    """
    row = feed_under(db, _digest(secret))
    if row is None or row.id is None or not hmac.compare_digest(_secret(row).encode(), secret.encode()):
        return None
    holders = standing(row.account_id, db)
    if not holders:
        return None
    seen: dict[str, Shown] = {}
    for viewer in holders:
        if not viewer.is_held_back and row.post_code in dict(offered(viewer)):
            seen |= {visit.appointment.reference: visit for visit in _of(db, viewer, row.post_code)}
    return Feed(row.id, row.post_code, sorted(seen.values(), key=_order))


async def note_reading(key: int) -> None:
    """A calendar program read it: written at most once an hour."""
    now = clock.now()

    def verb(db: DbSession) -> None:
        row = db.get(CalendarFeed, key)
        if row is not None and (row.read_at is None or row.read_at <= now - _READ_EVERY):
            row.read_at = now
            db.add(row)

    await write(verb)


def _of(db: DbSession, viewer: Viewer, post_code: str) -> list[Shown]:
    if post_code:
        now = clock.now()
        return plan(db, viewer, post_code, now - BACK, now + AHEAD)
    return [
        *mine(db, viewer, limit=_MOST_COMING),
        *mine(db, viewer, past=True, limit=_MOST_PAST),
    ]


def _order(visit: Shown) -> tuple[datetime, str]:
    return visit.appointment.starts_at, visit.appointment.reference


def _secret(row: CalendarFeed) -> str:
    named = f"calendar:{row.account_id}:{row.post_code}:{row.version}"
    digest_made = hmac.new(settings().signing_key().encode(), named.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest_made).decode().rstrip("=")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
