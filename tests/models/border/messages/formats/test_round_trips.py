"""Whatever is written is read back the same: the simulator's messages mean what it meant."""

from hypothesis import given, settings

from demo.writers.contents import write_ched, write_coarri, write_customs_response, write_event
from models.border.messages.formats.recognition import read
from models.border.passage.content import Ched, Coarri, CustomsResponse, StepEvent
from tests.models.border.messages.formats.strategies import events, reports, responses, well_formed_cheds

# Without a deadline: a loaded machine must not make them fail.
unhurried = settings(deadline=None, max_examples=150, derandomize=True)


@unhurried
@given(well_formed_cheds())
def test_ched(ched: Ched) -> None:
    """SES-02, SES-40: controls, decision and cited papers survive the format."""
    parsed = read(write_ched(ched))
    assert parsed.format == "ched"
    assert parsed.content == ched


@unhurried
@given(well_formed_cheds())
def test_ched_in_soap(ched: Ched) -> None:
    assert read(write_ched(ched, soap=True)).content == ched


@unhurried
@given(responses)
def test_customs_response(response: CustomsResponse) -> None:
    """SES-02: customs steps survive the format."""
    parsed = read(write_customs_response(response))
    assert parsed.format == "wco"
    assert parsed.content == response


@unhurried
@given(reports)
def test_coarri(report: Coarri) -> None:
    """SES-02: arrivals survive the format, even in the hour that autumn repeats."""
    parsed = read(write_coarri(report))
    assert parsed.format == "coarri"
    assert parsed.content == report


@unhurried
@given(events)
def test_event(event: StepEvent) -> None:
    """SES-02: the partner API's events survive the format."""
    parsed = read(write_event(event))
    assert parsed.format == "event"
    assert parsed.content == event
