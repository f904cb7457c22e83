"""The legal prior notification of a consignment: when it has run. Pure (regulation (EU) 2019/1013 art. 1)."""

from datetime import UTC, datetime, time, timedelta

from models.posts.holidays import is_working, next_working
from models.scheduling.capacity.offer import Offer
from models.scheduling.slots.asked import Cause, Obstacle

FOUR_HOURS = timedelta(hours=4)


def notified_until(notified_at: datetime, offer: Offer, *, wood: bool = False) -> Obstacle:
    """When the legal prior notification has run (2019/1013 art. 1).

    One working day: the same clock time on the next working day; the whole next working day, to its end, when it
    was sent on a day that is none. Four hours where the post accepts it. For unprocessed wood, as many working
    days as the post asks for.
    """
    days = offer.wood_days if wood and offer.wood_days > 1 else 1
    if days == 1 and offer.four_hours:
        return Obstacle(Cause.FOUR_HOURS, notified_at + FOUR_HOURS)
    there = offer.local(notified_at)
    day, whole = there.date(), there.time() == time()
    if not is_working(day, offer.department):
        day, whole = next_working(day, offer.department), True
    for _ in range(days - whole):
        day = next_working(day, offer.department)
    if whole:
        ends = offer.midnight(day + timedelta(days=1))
    else:
        ends = datetime.combine(day, there.time(), offer.zone).astimezone(UTC)
    return Obstacle(Cause.WOOD if days > 1 else Cause.NOTIFICATION, ends)
