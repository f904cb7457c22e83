"""What a browser of ours would never send: dropped with one line in the log, and nothing else happens.

Seen to fail: with a guard that hands arguments on unchecked, ten handlers break or take them.
"""

import logging
from collections.abc import Iterator

import pytest

from app.log.rate import TOLD
from tests.state.handlers import OURS
from tests.state.pipeline import Json
from tests.state.world import DOSSIERS, World

HUGE = "x" * 100_000
_BAD_WORDS: tuple[object, ...] = (
    None,
    True,
    7,
    1.5,
    {},
    {"value": "physical"},
    [],
    ["physical"],
    HUGE,
    "\ud800",
    "a\0b",
)
_WORD_HANDLERS = ("set_step", "set_outcome", "set_reason", "set_note")
_ALLOWED = {
    "People": "correspondante",
    "Mandated": "correspondante",
    "ReadOpinions": "superviseur",
    "Undelivered": "superviseur",
    "Dashboard": "importateur",
    "Appointments": "importateur",
    "AppointmentPage": "importateur",
    "Booking": "importateur",
    **dict.fromkeys(("Alerts.edit", "Alerts.check", "Alerts.back", "Alerts.keep"), "superviseur"),
}
"""Who may call the handlers of a screen, or that very one, where an inspector may not."""
_TOO_MANY: Json = {"viewer": {"role": "supervisor"}}


def _of_officers() -> Iterator[tuple[str, Json]]:
    for value in _BAD_WORDS:
        yield "ReceivedMessages.replay", {"message_id": value}
        yield "ReadOpinions.answered", {"reference": value}
        yield "Matching.choose", {"reference": value}
        yield "SignUp.check_siren", {"value": value}
        yield "Profile.close", {"key": value}
        yield "Matching.undo", {"reference": value}
        yield "UnknownPosts.choose", {"code": value}
        yield "UnknownPosts.undo", {"code": value}
        if value is not None:  # what a browser sends of a field that is not on screen
            yield "Matching.check", {"form": {"siren": value}}
            yield "UnknownPosts.check", {"form": {"known": value}}
        if value != {} and not isinstance(value, dict):
            yield "Matching.check", {"form": value}
            yield "UnknownPosts.check", {"form": value}


def _of_correspondents() -> Iterator[tuple[str, Json]]:
    for value in _BAD_WORDS:
        yield "People.cancel", {"invitation_id": value}
        yield "People.invite", {"form": {"email": value} if value is not None else None}
        for verb in ("certify", "end_certification", "delegate", "end_delegation"):
            yield f"People.{verb}", {"account_id": value}


def _of_operators() -> Iterator[tuple[str, Json]]:
    for value in _BAD_WORDS:
        yield "Dashboard.show_tab", {"name": value}
        yield "Dashboard.show_declarations", {"name": value}
        yield "Dashboard.turn", {"way": value}
        yield "Dashboard.search", {"form": {"q": value} if value is not None else None}


def _of_bookers() -> Iterator[tuple[str, Json]]:
    words = {
        "Appointments.accept": "reference",
        "Appointments.decline": "reference",
        "Booking.toggle": "reference",
        "Booking.for_control": "value",
        "Booking.open_day": "value",
        "Booking.turn_week": "way",
        "Booking.choose_slot": "value",
        "Booking.take": "value",
    }
    for value in _BAD_WORDS:
        yield from ((handler, {name: value}) for handler, name in words.items())
        if value is not None and value is not True:  # a box that is ticked, a field that is not on screen
            for handler in ("AppointmentPage.cancel", "AppointmentPage.decline", "Booking.confirm"):
                yield handler, {"form": {"details": value}}


def bad_payloads() -> Iterator[tuple[str, Json]]:
    """Wrong type, size or count, for each handler."""
    for handler in OURS:
        yield handler, _TOO_MANY
        yield handler, {"self": "x"}
    for name in _WORD_HANDLERS:
        yield f"ConsignmentPage.{name}", {}
        yield f"ConsignmentPage.{name}", {"value": "x", **_TOO_MANY}
        for value in _BAD_WORDS:
            yield f"ConsignmentPage.{name}", {"value": value}
    for value in _BAD_WORDS:
        yield "FollowUp.narrow", {"name": value, "value": "FRLEH1"}
        yield "FollowUp.narrow", {"name": "post", "value": value}
    for form in (
        None,
        True,
        7,
        "q",
        [],
        [["q", "x"]],
        {"q": None},
        {"q": 7},
        {"q": ["x"]},
        {"q": HUGE},
        {HUGE: ""},
    ):
        yield "FollowUp.search", {"form": form}
    yield from _of_officers()
    yield from _of_correspondents()
    yield from _of_operators()
    yield from _of_bookers()
    yield "FollowUp.narrow", {"name": "post"}
    yield "FollowUp.search", {}


CASES = list(bad_payloads())


@pytest.mark.parametrize("handler", OURS)
async def test_wrong_arguments(world: World, handler: str, caplog: pytest.LogCaptureFixture) -> None:
    """SES-05: no exception escapes, nothing changes on screen, one line in the log without the value."""
    tab = await world.tab(_ALLOWED.get(handler, _ALLOWED.get(handler.partition(".")[0], "sivep")))
    await tab.connect(f"/suivi/{DOSSIERS['A_HAVRE'].reference}")
    tried = [payload for name, payload in CASES if name == handler]
    assert tried
    for payload in tried:
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert await tab.send(handler, payload) == {}, payload
        lines = [line for line in map(logging.LogRecord.getMessage, caplog.records) if TOLD not in line]
        assert len(lines) == 1, (payload, lines)
        assert "handler.bad_arguments" in lines[0]
        assert len(lines[0]) < 300
    assert tab.redirects == []


async def test_a_note_at_its_longest_is_taken(world: World) -> None:
    """The limit is where the annotation says."""
    tab = await world.tab("sivep")
    await tab.connect(f"/suivi/{DOSSIERS['A_HAVRE'].reference}")
    changes = await tab.send("ConsignmentPage.set_note", {"value": "é" * 2000})
    assert len(changes["ConsignmentPage"]["note"]) == 2000
    assert await tab.send("ConsignmentPage.set_note", {"value": "é" * 2001}) == {}
