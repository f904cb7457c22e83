from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random

import pytest
from stdnum import iso6346

from app.simulation import numbers
from app.simulation.goods import KINDS
from app.simulation.journeys import journey
from app.simulation.scenarios import EXPORTERS, IMPORTERS, PLACES
from app.simulation.traffic import call, past
from models.consignments.goods_names import name
from models.consignments.rules import Action
from models.messages.content import Ched, CustomsResponse
from models.messages.formats.identifiers import MRN, ched_type
from models.messages.formats.recognise import read

TUESDAY = datetime(2026, 11, 24, 15, 4, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 22, 2, 4, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 0, 4, tzinfo=UTC)


def test_the_same_seed_gives_the_same_past() -> None:
    once, again, other = (list(past(TUESDAY, 1, 60, seed)) for seed in (1, 1, 2))
    assert once == again
    assert once != other


@pytest.mark.parametrize("until", [TUESDAY, SUNDAY_NIGHT, NEW_YEAR])
def test_every_message_is_read_back_without_a_remark_and_in_its_time(until: datetime) -> None:
    told = list(past(until, 2, 120, 3))
    assert [at for at, _ in told] == sorted(at for at, _ in told)
    assert told[-1][0] <= until
    formats = Counter(parsed.format for parsed in (read(body) for _, body in told) if not parsed.warnings)
    assert set(formats) == {"ched", "wco", "coarri", "event"}
    assert formats.total() == len(told)
    assert len({body for _, body in told}) == len(told)


def test_one_report_tells_the_containers_of_several_consignments() -> None:
    reports = [read(body).content for at, body in past(TUESDAY, 2, 200, 5) if body.startswith(b"UNA")]
    owners = [{move.container for move in report.movements} for report in reports]  # type: ignore[union-attr]
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
    assert functions == {"01", "02", "03", "05", "06", "07", "08", "09", "10", "13", "16"}
