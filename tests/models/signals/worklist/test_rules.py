"""The order of the officers' list, and the reason that is told (SES-20)."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.signals.worklist.rules import Tier, Work, place
from tests.factories import NOW, after


def ids(*works: Work) -> list[int]:
    """In the order of the list."""
    return [one.id for one in sorted(works, key=lambda one: place(one, NOW).rank)]


def test_each_criterion_comes_before_the_next() -> None:
    """SES-20: legal limit, what perishes, alert, appointment of the day, then the longest wait."""
    recent, plants = after(-0.1), "CHEDPP"
    works = [
        Work(1, plants, after(-5)),
        Work(2, plants, after(-2)),
        Work(3, plants, recent, appointment_at=after(2)),
        Work(4, plants, recent, appointment_at=after(1)),
        Work(5, plants, recent, alert="étape trop longue"),
        Work(6, "CHEDP", recent),
        Work(7, "CHEDA", recent),
        Work(8, "CHEDD", recent, arrived_at=NOW - timedelta(days=88)),
        Work(9, "CHEDD", recent, arrived_at=NOW - timedelta(days=91)),
    ]
    assert ids(*works) == [9, 8, 7, 6, 5, 4, 3, 1, 2]


def test_the_reason_is_what_decided() -> None:
    """SES-20: one reason a line, in French."""
    said = {
        work.id: (place(work, NOW).tier, place(work, NOW).reason.replace("\u00a0", " "))
        for work in (
            Work(1, "CHEDPP", NOW - timedelta(hours=3, minutes=10)),
            Work(2, "CHEDPP", NOW, appointment_at=after(1.5)),
            Work(3, "CHEDD", NOW, alert="étape trop longue"),
            Work(4, "CHEDP", NOW, alert="étape trop longue"),
            Work(5, "CHEDA", NOW),
            Work(6, "CHEDA", NOW, arrived_at=NOW - timedelta(days=88)),
            Work(7, "CHEDA", NOW, arrived_at=NOW - timedelta(days=92)),
        )
    }
    assert said == {
        1: (Tier.WAITING, "Attend depuis 3 h 10 min"),
        2: (Tier.APPOINTMENT, "Rendez-vous à 11 h 30"),
        3: (Tier.ALERT, "Alerte : étape trop longue"),
        4: (Tier.PERISHABLE, "Denrées périssables"),
        5: (Tier.PERISHABLE, "Animaux vivants"),
        6: (Tier.LEGAL, "Délai légal dans 2 jours"),
        7: (Tier.LEGAL, "Délai légal dépassé de 2 jours"),
    }


def test_an_appointment_of_another_day_does_not_count() -> None:
    """SES-20: and a day is a day on Paris clocks."""
    tomorrow = Work(1, "CHEDPP", after(-1), appointment_at=NOW + timedelta(days=1))
    assert place(tomorrow, NOW).tier is Tier.WAITING


@given(st.permutations(range(1, 8)))
def test_the_order_is_total(order: list[int]) -> None:
    """However they are read, consignments that are alike stand in one order: none jumps about."""
    works = {number: Work(number, "CHEDPP", NOW) for number in order}
    assert ids(*(works[number] for number in order)) == sorted(order)
