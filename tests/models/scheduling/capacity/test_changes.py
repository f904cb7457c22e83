"""Edited offers: what is wrong with them, and two edits made one (SES-12)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.scheduling.capacity.changes import Edited, Section, changed, gone, rebased
from models.scheduling.capacity.faults import problems, season_is_day
from models.scheduling.capacity.offer import BayOffer, Closure, Hours, Length, Offer
from models.scheduling.capacity.vocabulary import Control, Goods, Service

VET = Service.VETERINARY
DAY = datetime(2026, 3, 24, tzinfo=UTC)
SOUND = Offer(
    "FRLEH1",
    department="76",
    hours=(Hours(VET, 0, 480, 720), Hours(VET, 0, 780, 1080), Hours(VET, 1, 480, 1440)),
    bays=(
        BayOffer(1, "Quai 1", frozenset({"identity"}), frozenset({"cold"})),
        BayOffer(2, "Quai 2", frozenset({"identity", "physical"}), frozenset({"dry"})),
    ),
    closures=(Closure(DAY, DAY + timedelta(days=1), reason="Inventaire"),),
    lengths=(Length(Control.PHYSICAL, Goods.COLD, 45, 30),),
)


def test_a_sound_offer_has_nothing_wrong() -> None:
    assert problems(SOUND) == []


@pytest.mark.parametrize(
    ("said", "section", "words"),
    [
        ({"hours": (Hours(VET, 0, 720, 480),)}, Section.HOURS, "doit suivre l’ouverture"),
        ({"hours": (Hours(VET, 0, 485, 720),)}, Section.HOURS, "quarts d’heure"),
        ({"hours": (Hours(VET, 0, 480, 720, 0),)}, Section.HOURS, "inspecteurs"),
        ({"hours": (Hours(VET, 0, 480, 720, 1, "04-01"),)}, Section.HOURS, "premier et un dernier jour"),
        ({"hours": (Hours(VET, 0, 480, 720, 1, "04-31", "05-01"),)}, Section.HOURS, "29/02"),
        ({"hours": (Hours(VET, 0, 480, 720), Hours(VET, 0, 705, 795))}, Section.HOURS, "se chevauchent"),
        ({"closures": (Closure(DAY, DAY),)}, Section.CLOSURES, "finir après son début"),
        ({"closures": (Closure(DAY, DAY + timedelta(1), absent=0),)}, Section.CLOSURES, "absents"),
        ({"bays": (replace(SOUND.bays[0], name=" "),)}, Section.BAYS, "un nom"),
        ({"bays": (SOUND.bays[0], replace(SOUND.bays[1], name="QUAI 1"))}, Section.BAYS, "Deux quais"),
        ({"bays": (replace(SOUND.bays[0], controls=frozenset()),)}, Section.BAYS, "au moins un contrôle"),
        ({"lengths": (Length(Control.BOTH, "", 0, 10),)}, Section.LENGTHS, "de 5 à 480"),
        ({"step": timedelta(minutes=20)}, Section.TERMS, "15, 30, 45 ou 60"),
        ({"department": "20"}, Section.TERMS, "département"),
        ({"wood_days": 6}, Section.TERMS, "de 1 à 5"),
        ({"horizon_days": 0}, Section.TERMS, "à l’avance"),
        ({"change_notice": timedelta(days=15)}, Section.TERMS, "délai de changement"),
        ({"phone": "appelez"}, Section.TERMS, "téléphone"),
    ],
)
def test_what_is_wrong_is_said_in_its_part(said: dict[str, Any], section: Section, words: str) -> None:
    (problem,) = problems(replace(SOUND, **said))
    assert problem.section is section
    assert words in problem.sentence.replace("\u00a0", " ")


def test_hours_of_seasons_apart_do_not_overlap() -> None:
    """SES-12: summer and winter hours stand side by side; a season over the new year meets what it holds."""
    summer, winter = (
        Hours(VET, 0, 480, 720, 1, "04-01", "09-30"),
        Hours(VET, 0, 480, 720, 1, "10-01", "03-31"),
    )
    assert problems(replace(SOUND, hours=(summer, winter))) == []
    assert problems(replace(SOUND, hours=(summer, replace(winter, season_from="09-30"))))
    assert problems(replace(SOUND, hours=(winter, Hours(VET, 0, 480, 720, 1, "01-10", "01-20"))))


def test_the_29th_of_february_is_a_day() -> None:
    assert [season_is_day(one) for one in ("02-29", "02-30", "13-01", "2-9", "", "00-10")] == [True] + [
        False
    ] * 5


def test_what_differs_is_named() -> None:
    other = replace(SOUND, phone="02 35 00 00 00", bays=())
    assert changed(SOUND, other) == (Section.BAYS, Section.TERMS)
    assert gone((1, 1, 2), (1,)) == [1, 2]


def test_two_edits_become_one() -> None:
    """SES-12: what a colleague changed meanwhile is kept with one's own; where they disagree one's own is."""
    mine = replace(
        SOUND,
        hours=SOUND.hours[1:],
        closures=(),
        bays=(replace(SOUND.bays[0], name="Quai froid"), SOUND.bays[1]),
        horizon_days=10,
    )
    new = Hours(VET, 4, 480, 720)
    third = BayOffer(3, "Quai 3", frozenset({"identity"}), frozenset({"dry"}))
    theirs = replace(
        SOUND, hours=(*SOUND.hours, new), bays=(SOUND.bays[0], third), horizon_days=20, phone="02 35 00 00 00"
    )
    merged = rebased(Edited(SOUND, "a", mine), theirs, "b")
    assert (merged.base, merged.stamp) == (theirs, "b")
    assert merged.offer.hours == (*SOUND.hours[1:], new)
    assert merged.offer.closures == ()
    assert [bay.name for bay in merged.offer.bays] == ["Quai froid", "Quai 3"]
    assert (merged.offer.horizon_days, merged.offer.phone) == (10, "02 35 00 00 00")
    assert rebased(Edited(SOUND, "a", SOUND), theirs, "b").changed == ()
