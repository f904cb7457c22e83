"""Days and slots as tiles, the form of the visit, the QR code: what they say, case by case (SES-10, SES-12)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import segno

from models.border.passage.fold import StepNow
from models.border.passage.rules import Passage
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel import french
from models.kernel.forms.inputs import TICKED
from models.scheduling.appointments.choices import Slots
from models.scheduling.appointments.facts import Wanted
from models.scheduling.appointments.forms import VisitForm
from models.scheduling.capacity.offer import BayOffer, Closure, Hours, Offer
from models.scheduling.capacity.vocabulary import Control, Goods, Service
from models.scheduling.slots.asked import Case, Need, Taken
from models.scheduling.slots.calculator import answer
from state.kit.form import Draft, as_typed
from state.kit.qr import QUIET, qr
from state.scheduling.appointments.slots import DayTile, Grid, Picked, SlotTile, freed, grid, monday
from state.scheduling.appointments.words import notices

NOW = datetime(2026, 5, 6, 8, tzinfo=UTC)
"""Wednesday 6 May 2026, 10 h in Paris; Friday 8 is a public holiday."""
WEDNESDAY = date(2026, 5, 6)


def found(*, notice: float = 2, weekdays: int = 5, taken: Taken | None = None, **more: object) -> Slots:
    """Le Havre from 8 to 12, in two bays, for a check whose prior notification has run."""
    hours = tuple(Hours(Service.PLANT_HEALTH, day, 480, 720, inspectors=9) for day in range(weekdays))
    both = frozenset({"physical"}), frozenset({"plants"})
    offer = replace(
        Offer("FRLEH1", "Le Havre", department="76", booking_notice=timedelta(hours=notice), hours=hours),
        bays=(BayOffer(1, "Quai 1", *both), BayOffer(2, "Quai 2", *both)),
        **more,  # type: ignore[arg-type]
    )
    long_ago = NOW - timedelta(days=6)
    passage = Passage("1", {StepKind.PHYSICAL: StepNow(StepStatus.PLANNED)})
    case = Case("CHEDPP.FR.2026.0000001", passage, long_ago, long_ago)
    need = Need(Control.PHYSICAL, Service.PLANT_HEALTH, frozenset({Goods.PLANTS}), 1, (case,))
    first = monday(WEDNESDAY)
    told = answer(need, offer, taken or Taken(), NOW, first, first + timedelta(days=6))
    return Slots(Wanted((), "FRLEH1", "912345675", offer, need), told)


def shown(slots: Slots, day: date = WEDNESDAY, **picked: object) -> Grid:
    """The week, with that day chosen."""
    return grid(slots, NOW, Picked(day, **picked))  # type: ignore[arg-type]


def tile(week: Grid, day: int) -> DayTile:
    """The tile of that day of May."""
    return next(one for one in week.days if one.day == str(day))


def slot(week: Grid, hours: float, day: date = WEDNESDAY) -> SlotTile:
    """The tile of that hour in Paris."""
    start = french.iso(datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hours - 2))
    return next(one for part in week.groups for one in part.slots if one.value == start)


def test_a_closed_day_says_why() -> None:
    """SES-12: passed, holiday, weekend, complete; Sunday is shown where the service works on Sundays."""
    week = shown(found())
    said = {one.day: (one.label, one.open) for one in week.days}
    assert said["4"] == ("passé", False)
    assert said["8"] == ("férié", False)
    assert said["9"] == ("fermé", False)
    assert said["7"] == ("7 libres", True)
    assert [one.weekday for one in week.days] == ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam."]
    assert len(shown(found(weekdays=7)).days) == 7
    closed = Closure(NOW, NOW + timedelta(days=1, hours=8))
    assert tile(shown(found(closures=(closed,))), 7).label == "fermé"


def test_a_slot_within_the_notice_is_locked_and_one_that_passed_is_not_shown() -> None:
    """SES-10: at 10 h, with an hour and a half of notice, 11 h comes too soon; 9 h is nobody's any more."""
    week = shown(found(notice=1.5))
    assert next(one.hour for part in week.groups for one in part.slots) == "10\u00a0h\u00a030"
    assert (slot(week, 11).state, slot(week, 11).label, slot(week, 11).open) == ("locked", "préavis", False)
    assert tile(shown(found(notice=30)), 6).label == "préavis"


def test_places_are_told_and_drawn() -> None:
    """SES-12: two bays, one taken at 11 h; both taken, complete."""
    eleven = datetime(2026, 5, 6, 9, tzinfo=UTC)
    busy = {eleven + timedelta(minutes=15 * n) for n in range(3)}
    week = shown(found(notice=0, taken=Taken({1: busy})))
    assert (slot(week, 11).label, slot(week, 11).pips) == ("1\u00a0place", [True, False])
    assert slot(week, 10.5).pips == [True, False]
    week = shown(found(notice=0, taken=Taken({1: busy, 2: busy})), slot=french.iso(eleven))
    assert (slot(week, 11).state, slot(week, 11).chosen) == ("full", True)
    lost = shown(found(notice=0), slot=french.iso(eleven), taken=french.iso(eleven))
    assert slot(lost, 11).label == "vient d’être pris"


def test_what_came_free_is_remembered_until_it_is_taken_again() -> None:
    """SES-12: complete before, free now; complete again, forgotten."""
    assert freed({"a": 0, "b": 1}, {"a": 1, "b": 2}, []) == ["a"]
    assert freed({"a": 1}, {"a": 0}, ["a"]) == []
    assert freed({}, {"a": 1}, []) == []


def test_both_notices_are_told_apart() -> None:
    """SES-10, SES-11: the legal one and when it ran out, then the post's."""
    legal, ours = notices(found(), NOW)
    assert legal.startswith("Légal\u00a0: le DSCE précède l’arrivée d’un jour ouvré au moins")
    assert "Le vôtre a couru jusqu’au" in legal
    assert ours.startswith("Du poste\u00a0: réservation 2\u00a0h avant le créneau au plus tard")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"contact_name": "Lise", "contact_phone": "06 12 34 56 78"}, []),
        ({"contact_name": "Lise", "contact_phone": "+33 (0)6 12.34.56.78"}, []),
        ({"contact_name": " ", "contact_phone": "06 12 34 56 78"}, ["#visit-contact_name"]),
        ({"contact_name": "Lise", "contact_phone": "demain"}, ["#visit-contact_phone"]),
        ({"contact_name": "Lise", "contact_phone": "0612345678", "note": "x" * 501}, ["#visit-note"]),
        ({}, ["#visit-contact_name", "#visit-contact_phone"]),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(
    typed: dict[str, str], wrong: list[str]
) -> None:
    """SES-10: in French, field by field."""
    draft = as_typed(VisitForm, VisitForm.read(typed), Draft())
    assert [one.href for one in draft.wrong] == wrong
    assert draft.typed["note"] == typed.get("note", "")
    assert VisitForm.read({"perishable": True}).typed["perishable"] == TICKED


def test_the_qr_code_is_the_one_of_the_reference() -> None:
    """SES-10: each dark module is drawn once, inside its white margin."""
    code = qr("LEH-7K4Q2")
    rows = segno.make("LEH-7K4Q2", error="m", micro=False).matrix
    drawn = {tuple(map(int, part.split("h")[0].split())) for part in code.path.split("M") if part}
    assert drawn == {
        (x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell
    }
    assert code.box == f"0 0 {len(rows) + 2 * QUIET} {len(rows) + 2 * QUIET}"
