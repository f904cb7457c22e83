"""What stays of what a browser sends with an event (SES-53).

Seen to fail: with `router_data` that hands on what it gets, and with headers as they came.
"""

import json
from typing import Any

import pytest
from reflex_base.registry import RegistrationContext

from app.app import app
from app.sockets import kept
from app.sockets.namespace import _event
from models.identity.access.cookies import SESSION_COOKIE
from tests.state.handlers import OURS
from tests.state.pipeline import full_name

assert app is not None
LONG = "x" * 60_000
FAIR = {"pathname": "/suivi/[reference]", "asPath": "/suivi/R?q=a", "query": {"q": "a", "reference": "R"}}


def test_what_our_pages_send_stays_as_it_is() -> None:
    assert kept.router_data(FAIR) == FAIR


@pytest.mark.parametrize(
    "sent",
    [
        {**FAIR, "junk": LONG, "headers": {"cookie": LONG}, "token": LONG, "ip": LONG},
        {"pathname": LONG, "asPath": LONG, "query": {str(number): LONG for number in range(100)}},
        {"pathname": [LONG], "asPath": {"a": LONG}, "query": [LONG]},
        {"query": {LONG: "1"}},
        {"query": {"a": [LONG], "b": {"c": LONG}}},
        {"query": {str(number): "x" * 50 for number in range(10_000)}},
        [LONG],
        LONG,
        None,
        7,
    ],
)
def test_ses_53_nothing_else_is_kept(sent: Any) -> None:
    """SES-53: whatever is beside the three known keys, under them, or instead of them."""
    made = kept.router_data(sent)
    assert set(made) <= {"pathname", "asPath", "query"}
    assert len(json.dumps(made)) < 5_000
    assert all(isinstance(value, str) for value in made.get("query", {}).values())


def test_of_the_headers_only_what_is_read_is_kept() -> None:
    """SES-53: of the cookies ours alone, wherever they stand among others."""
    sent = {f"x-{number}": LONG for number in range(100)} | {
        "cookie": f"a={'b' * 5000}; {SESSION_COOKIE}=ours; __Host-{SESSION_COOKIE}=too; c=passavant",
        "user-agent": LONG,
        "origin": "http://localhost",
        "x-forwarded-for": "203.0.113.9",
    }
    made = kept.headers(sent)
    assert set(made) == {"cookie", "user-agent", "origin"}
    assert made["cookie"] == f"{SESSION_COOKIE}=ours; __Host-{SESSION_COOKIE}=too"
    assert len(made["user-agent"]) == kept.HEADERS["user-agent"]


@pytest.mark.parametrize(
    ("name", "fair"),
    [
        ("5f2f8a6e-0d3c-4b43-9a52-5f2f8a6e0d3c", True),
        ("5f2f8a6e0d3c4b439a525f2f8a6e0d3c", True),
        ("", False),
        ("a" * 65, False),
        ("a/b", False),
        ("a_b*", False),
        ("é", False),
        ("-", False),
    ],
)
def test_the_name_of_a_tab(name: str, fair: bool) -> None:
    """SES-53: it is a key of every store, and goes into logs."""
    assert kept.is_name_of_tab(name) is fair


def test_our_handlers_and_few_others_answer() -> None:
    """SES-04: neither `setvar`, which every state has, nor anything that Reflex's own scripts do not send."""
    names = RegistrationContext.get().event_handlers
    answering = {name for name in names if _event({"name": name}) is not None}
    reflex = {
        full_name("State.hydrate"),
        full_name("State.hydrate_and_load"),
        full_name("OnLoadInternalState.on_load_internal"),
        full_name("FrontendEventExceptionState.handle_frontend_exception"),
    }
    assert answering == reflex | {full_name(name) for name in OURS}
    junk: Any
    for junk in ({}, {"name": 7}, {"name": ["a"]}, [], "x", None, {"name": "a.b"}):
        assert _event(junk) is None
    event = _event({"name": full_name("Session.load"), "payload": "x", "router_data": "y", "token": LONG})
    assert event == {"name": full_name("Session.load"), "payload": {}, "router_data": {}}
