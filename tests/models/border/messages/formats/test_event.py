"""The JSON event: every bad field is named, and nothing that a partner sends makes us fall."""

import json
from datetime import UTC, datetime

import pytest

from models.border.messages.formats.event import read_event
from models.border.messages.formats.recognition import read
from models.border.passage.content import IncompleteMessage, StepEvent, UnknownFormat, UnreadableMessage
from models.border.passage.vocabulary import StepKind, StepStatus
from tests.models.border.messages.formats.refusals import refused

GOOD = {
    "type": "step",
    "consignment": "CHEDP.FR.2026.0000123",
    "step": "arrival",
    "status": "done",
    "at": "2026-11-22T09:00:00Z",
    "authority": "DGAL",
    "post": "FRLEH1",
    "detail": "…",
}


def test_contract_example() -> None:
    """SES-02: a step with its state, time and administration."""
    content = read(json.dumps(GOOD | {"unknown": 1}).encode()).content
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert content == StepEvent(
        GOOD["consignment"], StepKind.ARRIVAL, StepStatus.DONE, at, "DGAL", "FRLEH1", "…"
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "other"),
        ("consignment", "CHEDX.FR.2026.1"),
        ("consignment", 10**400),
        ("step", "notification"),
        ("step", "x" * 10_000),
        ("status", "awaited"),
        ("status", None),
        ("at", "2026-02-30T00:00:00Z"),
        ("at", 5),
        ("at", "9999-12-31T23:59:59-14:00"),
        ("authority", "x" * 81),
        ("detail", "a\x00b"),
        ("detail", ["x"]),
    ],
)
def test_bad_field_is_named(field: str, value: object) -> None:
    assert refused(json.dumps(GOOD | {field: value}).encode(), IncompleteMessage).missing == (field,)


def test_all_missing_fields_are_named_at_once() -> None:
    error = refused(b'{"type":"step"}', IncompleteMessage)
    assert error.missing == ("consignment", "step", "status", "at")
    assert error.detail.count("manque") == 4
    assert refused(b'{"at":"2026-11-22T09:00:00Z"}', IncompleteMessage).missing == (
        "type",
        "consignment",
        "step",
        "status",
    )


@pytest.mark.parametrize("body", [b"{}", b'{"invoice":{"total":3}}', b'{"type":"invoice","id":7}'])
def test_json_of_something_else_is_told_what_is_accepted(body: bytes) -> None:
    """Five missing fields help nobody who sent an invoice."""
    error = refused(body, UnknownFormat)
    assert "Sont acceptés" in error.detail
    assert error.missing == ()


@pytest.mark.parametrize("written", ["chedp.fr.2026.0000123", "  ChedP.fr.2026.0000123 "])
def test_a_reference_is_read_whatever_the_case(written: str) -> None:
    content = read(json.dumps(GOOD | {"consignment": written}).encode()).content
    assert isinstance(content, StepEvent)
    assert content.consignment == "CHEDP.FR.2026.0000123"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"type":',
        b'{"a":' * 100_000,
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":"\xff"}',
        b'{"a":"\\ud800"}',
        b"{} {}",
        b'{"a":NaN1}',
    ],
)
def test_broken_json(body: bytes) -> None:
    refused(body, UnreadableMessage)


def test_huge_integer() -> None:
    refused(b'{"a":' + b"9" * 100_000 + b"}", UnreadableMessage)


@pytest.mark.parametrize("body", [b'""', b"1", b"null", b"[]"])
def test_json_that_is_no_object_is_told_so(body: bytes) -> None:
    """Found by fuzzing: the refusal had no sentence."""
    with pytest.raises(IncompleteMessage, match="pas un objet JSON"):
        read_event(body)
