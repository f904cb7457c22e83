"""A past of any size, written in bulk: what two years of the border would leave behind."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import psycopg
from sqlalchemy import make_url

from models.border.passage.rules import URGENCY
from models.border.passage.vocabulary import ChedType, ConsignmentState
from models.kernel.terms import words

POSTS = ("FRLEH1", "FRCDG4", "FRMRS1", "FRFOS1", "FRDKK1")
SPAN = timedelta(days=730)
OPEN = 0.01
"""Share of the consignments that are not closed."""
COMPANIES = 200
_BATCH = 2000
_STEPS = ("notification", "arrival", "documentary", "decision")
_OPEN_STATES = ("blocked", "action_required", "in_progress", "in_progress", "waiting")
_ACTORS = {"blocked": "operator", "action_required": "operator", "in_progress": "sivep", "waiting": "customs"}


def siren(rank: int) -> str:
    """The company of that rank: the first has a twentieth of everything, the others share the rest."""
    return f"9{rank:08}"


def companies() -> list[tuple[str, str]]:
    """The rows of the companies."""
    return [(siren(rank), f"Entreprise {rank}") for rank in range(COMPANIES)]


def consignments(first: int, count: int, total: int, now: datetime) -> Iterator[dict[str, Any]]:
    """The rows number `first` to `first + count - 1` of `total`, oldest first."""
    for number in range(first, first + count):
        dice = Random(number)
        opened = now - SPAN * ((total - number) / total)
        is_open = dice.random() < OPEN
        state = (
            dice.choice(_OPEN_STATES) if is_open else ("cancelled" if dice.random() < 0.03 else "released")
        )
        closed = None if is_open else min(opened + timedelta(hours=dice.uniform(12, 140)), now)
        changed = closed or opened + (now - opened) * dice.random()
        yield {
            "id": number + 1,
            "reference": f"CHEDPP.FR.{opened.year}.{number + 1:07}",
            "ched_type": dice.choice(list(ChedType)).value,
            "siren": siren(0 if dice.random() < 0.05 else dice.randrange(1, COMPANIES)),
            "post_code": dice.choice(POSTS),
            "title": "Avocats du Pérou",
            "origin_country": "PE",
            "purpose": "INTERNAL_MARKET",
            "net_weight": 21120,
            "quantity_unit": "",
            "packages": "5 280 cartons",
            "mrn": f"26FR{number:014}",
            "local_reference": "",
            "ched_status": "1" if is_open else "70",
            "ched_issued_at": opened,
            "decision": "",
            "measure": "",
            "refusal_reasons": "",
            "replaced_by": "",
            "parts_digest": "",
            "state": state,
            "urgency": URGENCY[ConsignmentState(state)],
            "step": "documentary" if is_open else "departure",
            "actor": _ACTORS.get(state, ""),
            "action": "check_documents" if is_open else "none",
            "expected_at": None,
            "opened_at": opened,
            "changed_at": changed,
            "closed_at": closed,
        }


def keys(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Its CHED, its MRN, and one container."""
    plain = row["reference"].replace(".", "")
    box = f"OSTU{row['id'] * 7 % 10**7:07}"
    for kind, value in (("ched", plain), ("mrn", row["mrn"]), ("container", box)):
        yield row["id"], kind, value, value[::-1]


def terms(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Its references, and the words of its goods."""
    for term in (*(value for _, _, value, _ in keys(row)), *words(row["title"]), f"NAVIRE{row['id'] % 400}"):
        yield row["id"], term, row["siren"], row["post_code"]


def steps(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Where each step stands: four of them once it is closed."""
    done = _STEPS if row["closed_at"] else _STEPS[:3]
    for kind in done:
        yield row["id"], kind, "done", None, None, row["changed_at"], "sivep", "", "", ""


class Writer:
    """Bulk insertion through the bare driver; the triggers of the tally work as they always do."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self.sqlite = self._url.drivername.startswith("sqlite")
        if self.sqlite:
            self.connection: Any = sqlite3.connect(self._url.database or "", isolation_level=None)
            self.connection.execute("PRAGMA synchronous=OFF")
        else:
            plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
            self.connection = psycopg.connect(plain, autocommit=True)

    def fill(self, total: int, now: datetime) -> Iterator[int]:
        """Write everything; yields how many consignments after each batch."""
        self._insert("company", ("siren", "name"), companies())
        self._insert(
            "post",
            ("code", "name", "kind", "locode", "timezone", "connected"),
            [(code, code, "port", code[:5], "Europe/Paris", True) for code in POSTS],
        )
        for first in range(0, total, _BATCH):
            rows = list(consignments(first, min(_BATCH, total - first), total, now))
            self.connection.execute("BEGIN")
            self._insert("consignment", tuple(rows[0]), [tuple(row.values()) for row in rows])
            found = [key for row in rows for key in keys(row)]
            self._insert("consignment_key", ("consignment_id", "kind", "value", "reversed"), found)
            sought = [term for row in rows for term in terms(row)]
            self._insert("consignment_term", ("consignment_id", "term", "siren", "post_code"), sought)
            names = "consignment_id kind status planned_at started_at ended_at authority result reason detail"
            self._insert("step", tuple(names.split()), [step for row in rows for step in steps(row)])
            self.connection.execute("COMMIT")
            yield len(rows)
        self.connection.execute("ANALYZE")
        if not self.sqlite:
            self.connection.execute("VACUUM ANALYZE")

    def _insert(self, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        named = ", ".join(f'"{name}"' for name in columns)
        if self.sqlite:
            marks = ", ".join("?" for _ in columns)
            plain = [tuple(map(_text, row)) for row in rows]
            self.connection.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", plain)
            return
        with self.connection.cursor().copy(f"COPY {table} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _text(value: Any) -> Any:
    """As our SQLite stores times: UTC, without an offset."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value
