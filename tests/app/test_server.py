"""What the server itself is told: sizes and times that hold before the application sees a byte (SES-53).

Each was tried on a socket: half a request's headers end after ten seconds, 60 kB of headers are answered 431, HTTP/2 is
refused. Seen to fail: with granian's own defaults.
"""

from granian.constants import HTTPModes

from app import server


def test_ses_53_headers_come_soon_and_are_short() -> None:
    """SES-53: granian would wait 30 s for 400 kB of them, and speak HTTP/2, whose headers may have 16 MB."""
    made = server._granian("127.0.0.1", 8000, 1)
    assert made.http is HTTPModes.http1
    assert made.http1_settings.header_read_timeout == 10_000
    assert made.http1_settings.max_buffer_size == 32 * 1024


def test_ses_53_messages_of_the_websocket_are_small() -> None:
    """SES-53: with and without Redis; Reflex would take a megabyte."""
    for redis in ("", "redis://localhost"):
        told = server._reflex_environment(redis)
        assert told["REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE"] == "65536"


def test_what_our_own_pages_send_is_far_smaller() -> None:
    """The largest form, every field full of letters that take three bytes, at the longest address."""
    form = dict.fromkeys(("name", "email", "siren", "company", "subject", "text"), "€" * 2000)
    sent = str(
        {"payload": {"form": form}, "router_data": {"asPath": "/" + "x" * 2_000, "pathname": "x" * 200}}
    )
    assert len(sent.encode()) < server.LARGEST_EVENT * 2 / 3
