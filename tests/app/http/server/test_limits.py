"""Who is counted, and how often one may come (SES-53).

Seen to fail: with a window that is never full, and with the first address of X-Forwarded-For believed.
"""

import pytest
from fastapi import Request

from app.http.server.limits import FAILURES, WINDOW, Window, failures, network_of
from app.http.server.problems import Problem
from models.kernel import clock
from models.kernel.settings.portal import settings
from tests.support.accounts import NOW


def _request(client: str, forwarded: str = "") -> Request:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return Request({"type": "http", "client": (client, 1), "headers": headers})


def _failures() -> Window:
    """A window as that of failed attempts, empty."""
    return Window("failures", lambda: FAILURES, WINDOW, failures.refused)


@pytest.mark.parametrize(
    ("hops", "client", "forwarded", "network"),
    [
        (0, "192.0.2.1", "", "192.0.2.1"),
        (0, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (1, "10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "10.0.0.1", "spoofed, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "10.0.0.1", "10.0.0.2", "10.0.0.1"),
        (1, "10.0.0.1", "not an address", "10.0.0.1"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
    ],
)
def test_who_is_counted(
    monkeypatch: pytest.MonkeyPatch, hops: int, client: str, forwarded: str, network: str
) -> None:
    monkeypatch.setenv("PASSAVANT_TRUSTED_PROXY_HOPS", str(hops))
    settings.cache_clear()
    assert network_of(_request(client, forwarded)) == network


async def test_ses_53_the_window_slides() -> None:
    """SES-53: one attempt is free again when the oldest of thirty is ten minutes old."""
    window = _failures()
    with clock.fixed(NOW):
        await window.enter("a")
    with clock.fixed(NOW + WINDOW / 2):
        for _ in range(FAILURES - 1):
            await window.enter("a")
        with pytest.raises(Problem):
            await window.enter("a")
        await window.enter("b")
    with clock.fixed(NOW + WINDOW):
        await window.enter("a")
        with pytest.raises(Problem):
            await window.enter("a")


async def test_addresses_long_gone_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.server.limits._MANY", 3)
    window = _failures()
    with clock.fixed(NOW):
        for address in "abc":
            await window.enter(address)
    with clock.fixed(NOW + WINDOW):
        await window.enter("d")
    assert set(window._tries) == {"d"}
