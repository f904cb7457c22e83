"""Messages poured into a served application that may die at any moment, and the account kept of them."""

import threading
from contextlib import suppress
from dataclasses import dataclass, field

import httpx

from models.border.passage.vocabulary import StepKind, StepStatus
from tests.app.http.portal import bearer
from tests.factories import body_of, ched, event

STEPS = (StepKind.DOCUMENTARY, StepKind.IDENTITY, StepKind.PHYSICAL, StepKind.DECISION)


@dataclass
class Account:
    """What was sent, and what was acknowledged: message ids by body."""

    bodies: list[bytes] = field(default_factory=list)
    acknowledged: dict[bytes, str] = field(default_factory=dict)


def bodies(start: int, count: int) -> list[bytes]:
    """That many consignments from the number `start`: a CHED and four steps each, never twice the same."""
    written: list[bytes] = []
    for number in range(start, start + count):
        written.append(body_of(ched(number, containers=(), transports=())))
        written += [body_of(event(step, StepStatus.STARTED, number=number)) for step in STEPS]
    return written


class Pouring:
    """Partners that send at once, each its own share, until all is sent or nobody answers."""

    def __init__(self, url: str, messages: list[bytes], account: Account, partners: int = 3) -> None:
        self._url, self._account = url, account
        account.bodies += messages
        self.started = threading.Event()
        shares = [messages[one::partners] for one in range(partners)]
        self._threads = [threading.Thread(target=self._send, args=(share,)) for share in shares]

    def begin(self) -> None:
        """Send, in threads."""
        for thread in self._threads:
            thread.start()

    def wait(self) -> None:
        """Until every partner is done or has lost the connection."""
        for thread in self._threads:
            thread.join()

    def _send(self, share: list[bytes]) -> None:
        with httpx.Client(base_url=self._url, headers=bearer(), timeout=20) as client:
            for body in share:
                with suppress(httpx.TransportError):  # killed meanwhile: not acknowledged
                    answer = client.post("/api/v1/messages", content=body)
                    if answer.status_code == 202:
                        self._account.acknowledged[body] = answer.json()["message_id"]
                        self.started.set()
                        continue
                return
