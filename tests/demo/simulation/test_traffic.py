from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random

import pytest
from stdnum import iso6346

from demo.simulation import numbers
from demo.simulation.cast import cast, played
from demo.simulation.goods import KINDS
from demo.simulation.journeys import Sent, journey
from demo.simulation.scenarios import EXPORTERS, IMPORTERS, PLACES
from demo.simulation.timetable import timetable
from demo.simulation.traffic import call, past
from demo.simulation.visits import Agenda
from models.border.messages.formats.parts.identifiers import MRN, ched_type
from models.border.messages.formats.recognition import read
from models.border.passage.content import Ched, Coarri, CustomsResponse
from models.border.passage.goods_names import name
from models.border.passage.rules import Action

TUESDAY = datetime(2026, 11, 24, 15, 4, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 22, 2, 4, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 0, 4, tzinfo=UTC)


def _messages(until: datetime, months: float, count: int, seed: int) -> list[Sent]:
    return [deed for deed in past(until, months, count, seed) if isinstance(deed, Sent)]


def test_the_same_seed_gives_the_same_past() -> None:
    once, again, other = (past(TUESDAY, 1, 110, seed) for seed in (1, 1, 2))
    assert once == again
    assert once != other


@pytest.mark.parametrize("until", [TUESDAY, SUNDAY_NIGHT, NEW_YEAR])
def test_every_message_is_read_back_without_a_remark_and_in_its_time(until: datetime) -> None:
    deeds = past(until, 2, 160, 3)
    told = [deed.body for deed in deeds if isinstance(deed, Sent)]
    assert [deed.at for deed in deeds] == sorted(deed.at for deed in deeds)
    assert deeds[-1].at <= until
    formats = Counter(parsed.format for parsed in map(read, told) if not parsed.warnings)
    assert set(formats) == {"ched", "wco", "coarri", "event"}
    assert formats.total() == len(told)
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("until", [TUESDAY, SUNDAY_NIGHT, NEW_YEAR])
def test_what_each_consignment_of_the_showcase_waits_for_follows_from_its_messages(until: datetime) -> None:
    """The timetable knows it without writing them: by the same rules."""
    for timed in timetable(cast(1), until, Agenda()):
        notified = timed.part.notified(timed.times[0], timed.expected_at, "CAP ANTIFER")
        sent = list(played(timed.part, notified, timed.times))
        assert [one.then for one in sent] == [act.then for act in timed.acts]
        assert [one.at for one in sent] == list(timed.times)


def test_one_report_tells_the_containers_of_several_consignments() -> None:
    reports = [sent.content for sent in _messages(TUESDAY, 2, 260, 5) if isinstance(sent.content, Coarri)]
    owners = [{move.container for move in report.movements} for report in reports]
    assert any(len(boxes) > 3 for boxes in owners)


def test_references_are_valid() -> None:
    dice = Random(1)
    assert all(iso6346.is_valid(numbers.container(dice)) for _ in range(200))
    assert all(MRN.fullmatch(numbers.mrn(TUESDAY, dice)) for _ in range(200))
    for kind in {one.ched_type for one in KINDS}:
        assert ched_type(numbers.ched(kind, TUESDAY, dice)) == kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.cn_code)
def test_goods_have_a_french_name_a_seller_and_a_buyer(kind: object) -> None:
    assert isinstance(kind, type(KINDS[0]))
    assert name(kind.cn_code) != "Marchandise"
    assert set(kind.origins) <= set(EXPORTERS)
    assert any(kind.family in one.families for one in IMPORTERS)
    assert any(kind.family in place.families for place in PLACES.values())


def _notifications(seed: int) -> list[Ched]:
    dice, taken = Random(seed), set[str]()
    return [ched for _ in range(150) for ched in call(TUESDAY + timedelta(days=9), dice, taken)]


def test_notice_is_a_working_day_or_at_least_four_hours() -> None:
    """Implementing regulation (EU) 2019/1013, article 1."""
    notices = [
        ched.arrival_expected_at - ched.issued_at for ched in _notifications(1) if ched.arrival_expected_at
    ]
    assert min(notices) >= timedelta(hours=4)
    late = sum(notice < timedelta(days=1) for notice in notices)
    assert 0 < late < len(notices) * 0.12


def test_most_are_accepted_and_some_refused_with_a_reason_and_a_measure() -> None:
    ends = [list(journey(ched)) for ched in _notifications(2)]
    cheds = [[sent.content for sent in life if isinstance(sent.content, Ched)][-1] for life in ends]
    refused = [ched.decision for ched in cheds if ched.decision and not ched.decision.acceptable]
    assert 0.01 < len(refused) / len(ends) < 0.1
    assert all(decision.measure and decision.refusal_reasons for decision in refused)
    assert sum(ched.status == "70" for ched in cheds) / len(ends) > 0.85
    assert all(life[-1].then == Action.NOTHING for life in ends)


def test_customs_say_all_that_they_can_say() -> None:
    told = [sent.content for ched in _notifications(3) for sent in islice(journey(ched), 40)]
    functions = {one.function for one in told if isinstance(one, CustomsResponse)}
    assert functions == {"01", "02", "03", "05", "06", "07", "08", "09", "10", "13", "14", "16"}
