"""The plan of a post, as its officers read it: what is booked, what is offered, what is taken (SES-13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.posts.queries import bookable_posts, posts_among
from models.posts.tables import Post
from models.scheduling.appointments.policy import may_plan, sees_post
from models.scheduling.appointments.queries import Shown, plan
from models.scheduling.appointments.queries.places import taken
from models.scheduling.appointments.tables import Appointment
from models.scheduling.appointments.waiting_list import need_of
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.offers import offer_of
from models.scheduling.capacity.vocabulary import Service
from models.scheduling.slots.asked import Slot, Taken
from models.scheduling.slots.calculator import answer


@dataclass(frozen=True, slots=True)
class Plan:
    """Some days of a post."""

    post: Post
    offer: Offer
    """Without hours nor bays for a post that takes no appointments."""
    first: date
    days: int
    shown: Sequence[Shown]
    """In the order of the clock, holds left out."""
    taken: Mapping[Service, Taken]

    @property
    def dates(self) -> list[date]:
        """Its days, on the post's calendar."""
        return [self.first + timedelta(days=number) for number in range(self.days)]


def posts_of(db: DbSession, viewer: Viewer) -> list[Post]:
    """The posts whose plan this person may open: an officer's own, or all that take appointments (SES-05)."""
    if may_plan(viewer) is not None:
        return []
    return list(bookable_posts(db) if viewer.role is Role.SUPERVISOR else posts_among(db, viewer.posts))


def plan_of(
    db: DbSession, viewer: Viewer, post: Post, day: date | None, *, week: bool = False
) -> Plan | None:
    """The plan of that day (today unless told) or of its week; None for a post that is not this person's."""
    if not sees_post(viewer, post.code):
        return None
    offer = offer_of(db, post.code) or Offer(post.code, post.name, ZoneInfo(post.timezone))
    first = day or offer.local(clock.now()).date()
    days = 7 if week else 1
    if week:
        first -= timedelta(days=first.weekday())
    since, until = offer.midnight(first), offer.midnight(first + timedelta(days=days))
    shown = plan(db, viewer, post.code, since, until)
    have = {service: taken(db, post.code, service, since, until) for service in Service}
    return Plan(post, offer, first, days, shown, have)


def places_for(db: DbSession, appointment: Appointment, day: date) -> list[Slot]:
    """When that appointment could be on that day instead, its own place not counted as taken (SES-11)."""
    need = need_of(db, appointment)
    if isinstance(need, Refusal) or need.offer is None:
        return []
    offer = need.offer
    since, until = offer.midnight(day), offer.midnight(day + timedelta(days=2))
    have = taken(db, need.post_code, need.need.service, since, until, apart_from=appointment.id)
    slots = answer(need.need, offer, have, clock.now(), day, day).slots
    return [slot for slot in slots if slot.places_left]
