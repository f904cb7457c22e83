"""How often one may come: failed attempts per network, messages per partner (SES-53); letters are counted
where they are written (models/identity/letters/limits.py).
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from starlette.requests import HTTPConnection

from app.http.server.problems import Problem
from app.http.server.shared_counts import Away, shared
from models.kernel import clock
from models.kernel.french import number
from models.kernel.networks import is_address, network
from models.kernel.settings.portal import settings

FAILURES = 30
PROOFS, PROOFS_OF_ONE = 300, 120
DOCUMENTS, ACTS = 300, 600
WINDOW = timedelta(minutes=10)
MINUTE = timedelta(minutes=1)
PIECES = 3000
CALLS = 600
HOUR = timedelta(hours=1)
NOTICES = 5
ADDRESSES, READINGS = 60, 240
_MANY = 10_000


class Window:
    """How often each comes over a sliding window, whichever worker answers.

    Counted in Redis, which the workers share; in this process's memory where there is none, or while it is away: then
    one gets at most `most` times the number of workers. The lock of the account (COM-02) is in the database and does
    not depend on this.

    Args:
        name: which window this is: the workers count together what bears the same name.
        most: how many times are let in.
        life: over how long.
        refusal: the problem to answer, from the seconds to wait.
    """

    def __init__(
        self, name: str, most: Callable[[], int], life: timedelta, refusal: Callable[[int], Problem]
    ) -> None:
        self.name, self.life, self._most, self.refused = name, life, most, refusal
        self._tries: dict[str, deque[datetime]] = {}

    @property
    def most(self) -> int:
        """How many times are let in."""
        return self._most()

    async def enter(self, who: str) -> None:
        """Count one more, before it is known what it is worth: many at once do not slip through.

        Raises:
            Problem: 429 with Retry-After. What is refused does not count.
        """
        try:
            wait = await shared.enter(self.name, who, self._most(), self.life)
        except Away:
            wait = self._enter_here(who)
        if wait:
            raise self.refused(ceil(wait.total_seconds()))

    async def forgive(self, who: str) -> None:
        """Take back the newest: it was no failure."""
        try:
            taken = await shared.take_back(self.name, who)
        except Away:
            taken = False
        if not taken and self._tries.get(who):
            self._tries[who].pop()

    def _enter_here(self, who: str) -> timedelta:
        now = clock.now()
        if len(self._tries) >= _MANY:
            self._forget(now)
        tries = self._tries.setdefault(who, deque())
        while tries and tries[0] <= now - self.life:
            tries.popleft()
        if len(tries) >= self._most():
            return tries[0] + self.life - now
        tries.append(now)
        return timedelta(0)

    def clear(self) -> None:
        """Forget what this process counted, between tests."""
        self._tries.clear()

    def _forget(self, now: datetime) -> None:
        old = [who for who, tries in self._tries.items() if not tries or tries[-1] <= now - self.life]
        for who in old:
            del self._tries[who]


def _too_many_failures(wait: int) -> Problem:
    return Problem(
        429,
        detail=f"Trop d’essais ont échoué depuis votre réseau. Réessayez dans {ceil(wait / 60)}\u00a0min.",
        headers={"Retry-After": str(wait)},
    )


def _too_many_proofs(wait: int) -> Problem:
    return Problem(
        429,
        "Trop de connexions",
        f"Trop de connexions à la suite. Réessayez dans {ceil(wait / 60)}\u00a0min.",
        headers={"Retry-After": str(wait)},
    )


def _too_many_documents(wait: int) -> Problem:
    return Problem(
        429,
        "Trop de documents à la suite",
        f"Un compte prend au plus {DOCUMENTS} documents en dix minutes. Réessayez dans {ceil(wait / 60)}\u00a0min.",
        headers={"Retry-After": str(wait)},
    )


def _too_many_acts(wait: int) -> Problem:
    return Problem(
        429,
        "Trop de demandes à la suite",
        f"Un compte fait au plus {ACTS} demandes en dix minutes. Réessayez dans {ceil(wait / 60)}\u00a0min.",
        headers={"Retry-After": str(wait)},
    )


def _too_many_messages(wait: int) -> Problem:
    most = number(settings().messages_per_minute)
    return Problem(
        429,
        "Trop de messages",
        f"Un partenaire dépose au plus {most} messages par minute. Ce message n’a pas été gardé\u00a0: "
        f"renvoyez-le dans {wait}\u00a0s.",
        headers={"Retry-After": str(wait)},
    )


failures = Window("failures", lambda: FAILURES, WINDOW, _too_many_failures)
"""Failed proofs of identity, per network."""


proofs = Window("proofs", lambda: PROOFS, WINDOW, _too_many_proofs)
"""Proofs of identity, good or bad, per network: each costs a third of a second of processor."""

proofs_of = Window("proofs_of", lambda: PROOFS_OF_ONE, WINDOW, _too_many_proofs)
"""The same, per account or program, from wherever they come."""

documents = Window("documents", lambda: DOCUMENTS, WINDOW, _too_many_documents)
"""Documents and exports, per account: each is made for who asks."""


acts = Window("acts", lambda: ACTS, WINDOW, _too_many_acts)
"""Forms sent, links followed and files asked for, per account: whoever is signed in is bounded too."""


def _too_many_calls(wait: int) -> Problem:
    return Problem(
        429,
        "Trop d’appels",
        f"Un partenaire appelle au plus {CALLS} fois par minute, hors messages. Réessayez dans {wait}\u00a0s.",
        headers={"Retry-After": str(wait)},
    )


def _too_many_pieces(wait: int) -> Problem:
    return Problem(
        429,
        "Trop de morceaux à la suite",
        f"L’envoi va trop vite. Il reprendra où il en était\u00a0: réessayez dans {wait}\u00a0s.",
        headers={"Retry-After": str(wait)},
    )


pieces = Window("pieces", lambda: PIECES, WINDOW, _too_many_pieces)
"""Pieces of files, and what is asked and done about files that are sent, per account or program."""

messages = Window("messages", lambda: settings().messages_per_minute, MINUTE, _too_many_messages)
"""Messages, per partner: new ones, repeated ones and those that will be refused alike."""

calls = Window("calls", lambda: CALLS, MINUTE, _too_many_calls)
"""Batches of figures and habilitations, readings, and what is done to appointments, per partner."""


def _too_many_readings(wait: int) -> Problem:
    return Problem(
        429,
        "Calendrier lu trop souvent",
        f"Un agenda n’a pas besoin de lire ce calendrier plus de {READINGS} fois par heure. Le prochain passage "
        f"est possible dans {ceil(wait / 60)}\u00a0min.",
        headers={"Retry-After": str(wait)},
    )


notices = Window("notices", lambda: NOTICES, HOUR, _too_many_failures)
"""Wrong passwords of a payment notice, per reference, whether or not there is such a debt."""

addresses = Window("addresses", lambda: ADDRESSES, WINDOW, _too_many_failures)
"""Addresses of calendars that open nothing, per network."""

readings = Window("readings", lambda: READINGS, HOUR, _too_many_readings)
"""Readings of one calendar, by however many agendas."""


async def enter_proof(network: str, who: str) -> None:
    """Count one proof of identity, good or bad, of `who`: an address, or the identifier of a program.

    Raises:
        Problem: 429.
    """
    await proofs.enter(network)
    await proofs_of.enter(who)
    await failures.enter(network)


def clear_all() -> None:
    """Forget what this process counted, between tests."""
    for window in (each for each in globals().values() if isinstance(each, Window)):
        window.clear()


def network_of(request: HTTPConnection) -> str:
    """Whom to count for: the client's IPv4 address, or its IPv6 /64, which one subscriber has whole.

    Behind proxies of ours (`trusted_proxy_hops`), the address that the outermost of them saw.
    """
    hops = settings().trusted_proxy_hops
    seen = request.headers.get("x-forwarded-for", "").split(",")
    client = request.client.host if request.client else ""
    text = seen[-hops].strip() if 0 < hops <= len(seen) else client
    return network(text if is_address(text) else client)
