"""A partner that keeps sending, and sends again what was not answered, as docs/partners.md asks of them."""

import http.client
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.support.sending import token
from tests.support.served import ServedApp

_PATIENCE = 60


class Partner:
    """What a partner sent so far, from a thread of its own."""

    def __init__(self, served: ServedApp, bodies: Sequence[bytes]) -> None:
        self.answered = 0
        self.again = 0
        """How often something had to be sent again."""
        self._url, self._bodies = f"{served.url}/api/v1/messages", bodies
        self._headers = {"Authorization": f"Bearer {token(served)}"}
        self._thread = threading.Thread(target=self._send_all)

    @property
    def sends(self) -> bool:
        """Whether it is still at it: not when all was answered, or when it was refused."""
        return self._thread.is_alive()

    def _send_all(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        for body in self._bodies:
            while not self._accepted(body) and time.monotonic() < deadline:
                self.again += 1
                time.sleep(0.05)

    def _accepted(self, body: bytes) -> bool:
        asked = urllib.request.Request(self._url, body, headers=self._headers)
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                self.answered += answer.status == 202
                return True
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException):
            return False  # whoever answered is gone, with or without having kept it

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self) -> None:
        """Until all was answered."""
        self._thread.join()


@contextmanager
def pouring(served: ServedApp, bodies: Sequence[bytes]) -> Iterator[Partner]:
    """Send them one after the other while the block runs; all are answered when it ends."""
    partner = Partner(served, bodies)
    partner.start()
    try:
        yield partner
    finally:
        partner.join()
