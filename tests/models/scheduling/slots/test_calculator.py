"""When one may book, over nine years, against a slow reader that walks every minute (SES-10, SES-12)."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.scheduling.capacity.offer import Hours, Offer, inspectors_on, quarters
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.asked import Answer, Cause, Need, Taken
from models.scheduling.slots.calculator import answer, fits, length, not_before
from models.scheduling.slots.prior_notification import notified_until
from tests.support.calculating import (
    ALL_DAY,
    MINUTE,
    SERVICE,
    bays_at,
    inspectors_at,
    moments,
    need,
    needs,
    notice_ends,
    offer,
    offers,
)

QUARTER = timedelta(minutes=15)
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ask(asked: Need, post: Offer, now: datetime, taken: Taken | None = None) -> Answer:
    """All that there is from today on."""
    today = post.local(now).date()
    last = today + timedelta(days=post.horizon_days)
    return answer(asked, post, taken or Taken(), now, today, last)


@few
@given(st.data(), moments())
def test_ses_12_every_slot_is_within_hours_that_hold_and_after_what_must_run(
    data: st.DataObject, now: datetime
) -> None:
    """SES-12: minute by minute on the post's clocks: open, no holiday unless worked, an inspector, a bay; nothing early."""
    post, asked = data.draw(offers(now)), data.draw(needs(now))
    case = asked.cases[0]
    assert case.notified_at
    assert case.arrives_at
    wood_days = post.wood_days if case.wood else 1
    if post.four_hours and wood_days == 1:
        notified = case.notified_at + timedelta(hours=4)
    else:
        notified = notice_ends(post, case.notified_at, wood_days)
    first = max(now + post.booking_notice, notified, case.arrives_at)
    assert not_before(asked, post, now).until == first
    on_duty = cache(lambda at: inspectors_at(post, at))
    for slot in ask(asked, post, now).slots:
        assert slot.starts_at >= first
        minutes = [slot.starts_at + n * MINUTE for n in range((slot.ends_at - slot.starts_at) // MINUTE)]
        assert all(on_duty(at) for at in minutes)
        bays = set.intersection(*(bays_at(post, at) for at in minutes))
        assert slot.places_left == min(len(bays), *map(on_duty, minutes)) > 0
        assert fits(asked, post, slot.starts_at, now) is None


@few
@given(st.data(), moments())
def test_no_slot_is_forgotten(data: st.DataObject, now: datetime) -> None:
    """Each quarter of an hour at which the service opens, all along: it is there when the walker finds it open."""
    post, asked = data.draw(offers(now)), data.draw(needs(now))
    lasts = length(asked, post)
    found = {slot.starts_at for slot in ask(asked, post, now).slots}
    first = not_before(asked, post, now).until
    assert first
    begin = post.midnight(post.local(now).date())
    end = post.midnight(post.local(now).date() + timedelta(days=post.horizon_days + 1))
    on_duty = cache(lambda at: inspectors_at(post, at))
    for at in quarters(begin, end):
        minutes = [at + n * MINUTE for n in range(lasts // MINUTE)]
        opens = on_duty(at) and not on_duty(at - MINUTE)
        touched = any(
            one.starts_at < at + lasts and one.ends_at > at - timedelta(days=1) for one in post.closures
        )
        if opens and at >= first and not touched and all(map(on_duty, minutes)):
            assert at in found
        assert (fits(asked, post, at, now) is None) == (at in found)


@many
@given(st.data(), moments())
def test_inspectors_are_those_of_every_minute(data: st.DataObject, now: datetime) -> None:
    """Quarter by quarter: never more than in any of its minutes, and exactly as many where edges are quarters."""
    post = data.draw(offers(now))
    day = post.local(now).date()
    present = inspectors_on(post, SERVICE, day)
    for at in quarters(post.midnight(day), post.midnight(day + timedelta(days=1))):
        least = min(inspectors_at(post, at + n * MINUTE) for n in range(15))
        assert present.get(at, 0) <= least
        if not post.closures:
            assert present.get(at, 0) == least


@many
@given(st.data(), moments(), st.integers(1, 5))
def test_the_notice_is_so_many_times_24_hours_of_working_days(
    data: st.DataObject, notified_at: datetime, days: int
) -> None:
    """2019/1013 art. 1: a Friday's runs until Monday at the same hour, a Saturday's until Tuesday begins."""
    post = offer(
        *data.draw(st.sampled_from([("76", "Europe/Paris"), ("974", "Indian/Reunion")])), wood_days=days
    )
    assert notified_until(notified_at, post, wood=True).until == notice_ends(post, notified_at, days)


@many
@given(st.data(), moments())
def test_taken_places_are_never_offered(data: st.DataObject, now: datetime) -> None:
    post, asked = data.draw(offers(now)), data.draw(needs(now))
    whole = ask(asked, post, now)
    if whole.earliest is None:
        assert whole.obstacle is not None
        return
    gone = set(quarters(whole.earliest.starts_at, whole.earliest.ends_at))
    rest = ask(asked, post, now, Taken({one.id: gone for one in post.bays}))
    assert all(not slot.places_left for slot in rest.slots if slot.starts_at in gone)
    assert rest.earliest is None or rest.earliest.starts_at > whole.earliest.starts_at
    seats = ask(asked, post, now, Taken(seats=dict.fromkeys(gone, 9)))
    assert all(not slot.places_left for slot in seats.slots if slot.starts_at in gone)


@pytest.mark.parametrize(("day", "number"), [(date(2026, 3, 29), 92), (date(2026, 10, 25), 100)])
def test_the_nights_when_the_clocks_change_have_their_own_length(day: date, number: int) -> None:
    """Open day and night: 92 quarters of an hour in spring, 100 in autumn, each of them once."""
    assert len(inspectors_on(offer(), SERVICE, day)) == number


@pytest.mark.parametrize(
    ("opens", "closes", "spring", "autumn"),
    [(120, 180, 0, 8), (150, 240, 4, 6 + 4), (60, 150, 4, 10), (90, 270, 8, 16), (0, 120, 8, 8)],
)
def test_hours_of_that_night_are_those_that_the_clocks_show(
    opens: int, closes: int, spring: int, autumn: int
) -> None:
    """From 2 h to 3 h: no time at all in spring, when the clocks go from 2 h to 3 h; twice an hour in autumn."""
    post = offer(hours=(Hours(SERVICE, 6, opens, closes),))
    in_spring = inspectors_on(post, SERVICE, date(2026, 3, 29))
    assert len(in_spring) == spring
    assert all(inspectors_at(post, at) for at in in_spring)
    assert len(inspectors_on(post, SERVICE, date(2026, 10, 25))) == autumn


def test_hours_that_are_no_quarters_are_kept_within() -> None:
    post = offer(hours=(Hours(SERVICE, 1, 8 * 60 + 10, 17 * 60 + 50),))
    day = list(inspectors_on(post, SERVICE, date(2026, 3, 24)))
    assert (post.local(day[0]).strftime("%H:%M"), post.local(day[-1]).strftime("%H:%M")) == ("08:15", "17:30")


HOLIDAYS = [
    ("57", "Europe/Paris", date(2026, 4, 3)),
    ("67", "Europe/Paris", date(2029, 12, 26)),
    ("68", "Europe/Paris", date(2028, 4, 14)),
    ("971", "America/Guadeloupe", date(2026, 5, 27)),
    ("972", "America/Martinique", date(2026, 5, 22)),
    ("973", "America/Cayenne", date(2026, 6, 10)),
    ("974", "Indian/Reunion", date(2027, 12, 20)),
    ("976", "Indian/Mayotte", date(2026, 4, 27)),
]


@pytest.mark.parametrize(("department", "zone", "day"), HOLIDAYS)
def test_a_local_holiday_is_kept_there_and_not_elsewhere(department: str, zone: str, day: date) -> None:
    assert not inspectors_on(offer(department, zone), SERVICE, day)
    assert inspectors_on(offer("76", zone), SERVICE, day)
    working = tuple(Hours(SERVICE, weekday, 480, 1080, on_holidays=True) for weekday in range(7))
    assert inspectors_on(offer(department, zone, hours=working), SERVICE, day)


@pytest.mark.parametrize(
    ("zone", "hour"), [("America/Guadeloupe", 12), ("Indian/Reunion", 4), ("America/Cayenne", 11)]
)
def test_overseas_the_posts_own_clocks_count(zone: str, hour: int) -> None:
    """A post that opens at 8 h does so at 8 h there."""
    post = offer("973", zone, hours=(Hours(SERVICE, 1, 480, 1080),))
    assert min(inspectors_on(post, SERVICE, date(2026, 3, 24))) == datetime(2026, 3, 24, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "inside", "outside"),
    [
        ("02-29", "04-30", [date(2028, 2, 29), date(2027, 3, 1), date(2027, 4, 30)], [date(2027, 2, 28)]),
        ("11-01", "02-29", [date(2028, 2, 29), date(2027, 2, 28), date(2027, 11, 2)], [date(2028, 3, 1)]),
        ("03-01", "02-28", [date(2027, 2, 28), date(2027, 3, 1)], [date(2028, 2, 29)]),
    ],
)
def test_seasons_know_29_february(since: str, until: str, inside: list[date], outside: list[date]) -> None:
    hours = tuple(Hours(SERVICE, one.weekday, 480, 1080, 1, since, until) for one in ALL_DAY)
    post = offer(hours=hours)
    assert all(inspectors_on(post, SERVICE, day) for day in inside)
    assert not any(inspectors_on(post, SERVICE, day) for day in outside)


def test_an_appointment_may_go_past_midnight_where_the_service_does() -> None:
    now = datetime(2026, 3, 24, 9, tzinfo=UTC)
    found = ask(need(now - timedelta(days=5), now, Control.BOTH), offer(step=QUARTER * 3), now).slots
    assert any(offer().local(one.starts_at).date() < offer().local(one.ends_at).date() for one in found)


def test_what_runs_longest_is_the_reason() -> None:
    now = datetime(2026, 3, 24, 9, tzinfo=UTC)
    post = offer(booking_notice=timedelta(hours=2))
    asked = need(now - timedelta(hours=1), now + timedelta(hours=30))
    assert not_before(asked, post, now).cause is Cause.ARRIVAL
    assert not_before(need(now, now), post, now).cause is Cause.NOTIFICATION
    assert not_before(need(now - timedelta(days=5), now), post, now).cause is Cause.BOOKING_NOTICE
