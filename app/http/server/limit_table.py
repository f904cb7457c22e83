"""Every limit of the portal in one table: who is counted, how many, per what, and what is said beyond.

docs/security.md prints it (`.venv/bin/python -m tools.print_limits`). The doors that each holds stand in
app/http/server/limit_doors.py; a door without a line fails the tests (tests/attacks/test_limits.py).
"""

from dataclasses import dataclass

from app.http.server import arrival, bodies, crowd, limits, rush
from app.http.server.limits import Window
from app.log import rate
from app.server import HEADERS, LARGEST_EVENT, SECONDS_FOR_HEADERS
from app.sockets import kept, namespace, strangers
from models.casework.attachments.rules import MOST_UNFINISHED, PIECE
from models.identity.letters import limits as letter_limits
from models.identity.letters.kinds import Budget
from models.kernel import threads
from models.kernel.settings.portal import Settings
from models.kernel.threads import Pool
from models.signals.assistance import actions

_NETWORK = "network"
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Limit:
    """One line: what is counted, of whom, how much, and what happens beyond."""

    what: str
    whom: str
    most: str
    beyond: str


def _counted(what: str, whom: str, window: Window) -> Limit:
    """A line of what is counted over a sliding window, whichever worker answers."""
    minutes = int(window.life.total_seconds()) // _MINUTES
    per = {1: "a minute", 60: "an hour"}.get(minutes, f"in {minutes} min")
    return Limit(what, whom, f"{window.most} {per}", f"429, « {window.refused(_MINUTES).title} »")


def _letters(budget: Budget) -> Limit:
    """A line of letters that stand for one another, counted where they are written."""
    whose = letter_limits.LIMITS[budget]
    spans = {letter_limits.HOUR: "an hour", letter_limits.DAY: "a day"}
    most = "; ".join(f"{limit.per} {limit.most} {spans[limit.life]}" for limit in whose)
    beyond = "they wait, together" if budget is Budget.NOTICES else "nothing is done, « Plusieurs messages… »"
    return Limit(f"letters: {budget.replace('_', ' ')}", "see beside", most, beyond)


def _in(pool: Pool) -> str:
    return f"{pool.threads}, and {pool.waiting} that wait"


def _screens() -> int:
    default: int = Settings.model_fields["screens_per_network"].default
    return default


LIMITS: dict[str, Limit] = {
    "headers": Limit(
        "headers of a request",
        "connection",
        f"{HEADERS // 1024} kB, in {SECONDS_FOR_HEADERS} s",
        "the connection ends",
    ),
    "arrival": Limit(
        "time for the body of a request",
        "request",
        f"{arrival.FORM:.0f} s; {arrival.PARTNER:.0f} s for a partner's, and for a piece of a file",
        "408, « Demande trop lente »",
    ),
    "form": Limit("size of a form", "request", "4 kB, 20 fields", "413"),
    "rush": Limit(
        "requests without session nor token, files of the front end left out",
        _NETWORK,
        f"{rush.REQUESTS} a minute, in each worker",
        "429, « Trop de demandes »",
    ),
    "message_size": Limit(
        "size of a message", "request", "20 MB (PASSAVANT_MESSAGE_LIMIT)", "413, the fact is kept"
    ),
    "room": Limit(
        "bytes of large bodies held at once",
        "worker",
        f"{bodies.HELD // 1_000_000} MB",
        "wait of 10 s, then 503, « Trop de messages volumineux »",
    ),
    "failures": _counted("failed proofs of identity", _NETWORK, limits.failures),
    "proofs": _counted("proofs of identity, good or bad", _NETWORK, limits.proofs),
    "proofs_of": _counted("proofs of identity, good or bad", "account or program", limits.proofs_of),
    **{f"letters_{budget}": _letters(budget) for budget in letter_limits.LIMITS},
    "notices": _counted("passwords of a payment notice", "reference", limits.notices),
    "addresses": _counted("addresses of calendars that open nothing", _NETWORK, limits.addresses),
    "readings": _counted("readings of one calendar", "calendar", limits.readings),
    "messages": _counted("messages", "program", limits.messages),
    "calls": _counted("other calls", "program", limits.calls),
    "documents": _counted("documents and exports", "account", limits.documents),
    "pieces": _counted("pieces of files, and acts about them", "account or program", limits.pieces),
    "acts": _counted("requests over HTTP", "account", limits.acts),
    "password_threads": Limit(
        "passwords checked at once, of 0.3 s each",
        "worker",
        _in(threads.passwords),
        "503, « Trop de demandes à la fois »",
    ),
    "document_threads": Limit(
        "documents made at once", "worker", _in(threads.documents), "503, « Trop de demandes à la fois »"
    ),
    "piece_size": Limit(
        "size of a piece of a file",
        "request",
        f"{PIECE // 1024**2} MB, which go to the storage as they come",
        "413",
    ),
    "files": Limit(
        "files, their bytes and kinds",
        "request",
        f"as its service says; {MOST_UNFINISHED} that a sender began and did not finish",
        "409, 413 or 415, « Fichier refusé »",
    ),
    "file_threads": Limit(
        "pieces that go to the storage or come from it at once",
        "worker",
        _in(threads.files),
        "503, « Trop de demandes à la fois »",
    ),
    "made_once": Limit(
        "making what is the same for everybody", "worker", "once", "the kept one, with an ETag"
    ),
    "together": Limit(
        "looks at the database, the disk and Redis", "worker", "one at a time", "who asks meanwhile shares it"
    ),
    "token_only": Limit(
        "reading without PASSAVANT_METRICS_TOKEN", "anybody", "never", "404, as what does not exist"
    ),
    "cheap": Limit("bytes that stand ready, or a check of a signature", "request", "as for all requests", ""),
    "event_size": Limit(
        "size of a message of the websocket",
        "connection",
        f"{LARGEST_EVENT // 1024} kB",
        "the connection ends",
    ),
    "events": Limit(
        "events",
        "connection",
        f"{namespace.EVENTS} a minute, {namespace.BURST} at once",
        "the connection is read more slowly",
    ),
    "strangers_events": Limit(
        "events without session",
        _NETWORK,
        f"{crowd.EVENTS} a minute, in each worker",
        "its connections are read more slowly",
    ),
    "waiting": Limit(
        "events that wait for their turn",
        "tab",
        str(namespace.WAITING),
        "the connection is not read meanwhile",
    ),
    "kept": Limit(
        "what is kept of an event beside its arguments",
        "tab",
        f"path of {kept.PATH}, address of {kept.ADDRESS}, {kept.PARAMETERS} parameters; known headers",
        "the rest is dropped",
    ),
    "screens": Limit(
        "open pages",
        _NETWORK,
        f"{_screens()} (PASSAVANT_SCREENS_PER_NETWORK), {crowd.OPEN} in all, in each worker",
        "429, « Beaucoup de pages sont déjà ouvertes »",
    ),
    "strangers": Limit(
        "open pages without session",
        _NETWORK,
        f"{crowd.STRANGERS_OF_ONE}, {crowd.STRANGERS} in all, in each worker",
        "429, « Beaucoup de pages sont déjà ouvertes »",
    ),
    "arrivals": Limit(
        "pages opened without session",
        _NETWORK,
        f"{crowd.ARRIVALS} a minute, {crowd.ARRIVALS_AT_ONCE} at once, in each worker",
        "429, « Beaucoup de pages sont déjà ouvertes »",
    ),
    "closed": Limit(
        "states of closed pages without session",
        "worker",
        f"{strangers.MOST}, for {strangers.LIFE / _MINUTES:.0f} min",
        "forgotten, the oldest first",
    ),
    "arguments": Limit(
        "length of an argument of a handler", "argument", "64, 200 or 2,000 characters", "dropped, logged"
    ),
    "asked": Limit(
        "requests for help",
        "all together",
        f"{actions.FROM_ALL} an hour",
        "« Trop de demandes viennent d’arriver »",
    ),
    "opinions": Limit(
        "opinions",
        "all together",
        f"{actions.OPINIONS} an hour",
        "« Trop de demandes viennent d’arriver »",
    ),
    "log_one": Limit("lines of the log that say the same", "worker", f"{rate.OF_ONE} a minute", "counted"),
    "log_all": Limit("lines of the log", "worker", f"{rate.OF_ALL} a minute", "counted"),
}
"""By the name that app/http/server/limit_doors.py uses."""


def as_markdown() -> list[str]:
    """The table, as docs/security.md prints it."""
    lines = ["| limit | what is counted | of whom | how much | beyond |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| `{name}` | {limit.what} | {limit.whom} | {limit.most} | {limit.beyond} |"
        for name, limit in LIMITS.items()
    ]
    return lines
