"""/metrics: how the service does, for Prometheus. Numbers only: nobody and nothing is named in them.

With several workers each keeps its numbers in files of a folder that they share, and whoever is asked adds them up
(PROMETHEUS_MULTIPROC_DIR, which `serve` sets).
"""

import hmac
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client import REGISTRY as OF_THIS_PROCESS
from sqlalchemy import func
from sqlmodel import col, select

from app.http.server.problems import Problem
from models.identity.letters.tables import Email
from models.journal.tables import JournalEntry, JournalSeal
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.kernel.settings.portal import settings
from models.scheduling.appointments.tables import Appointment
from models.scheduling.slots.vocabulary import Status

router = APIRouter(include_in_schema=False)
_REQUESTS = Counter("passavant_http_requests", "Requests answered", ["method", "status"])
_SECONDS = Histogram("passavant_http_seconds", "Time to answer a request", ["method"])
_UNDER_WAY = Gauge("passavant_http_under_way", "Requests being answered", multiprocess_mode="livesum")
_SCREENS = Gauge("passavant_screens", "Open screens that are followed live", multiprocess_mode="livesum")
_JOURNAL = Gauge(
    "passavant_journal_entries", "Number of the last entry of the journal", multiprocess_mode="max"
)
_UNSEALED = Gauge("passavant_journal_unsealed", "Entries without a seal", multiprocess_mode="mostrecent")
_LETTERS = Gauge("passavant_letters_due", "Letters that wait to be sent", multiprocess_mode="mostrecent")
_HELD = Gauge("passavant_places_held", "Places that are held, not yet booked", multiprocess_mode="mostrecent")


@router.get("/metrics")
async def metrics(authorization: Annotated[str, Header()] = "") -> Response:
    """The numbers, in Prometheus' text format, to who holds PASSAVANT_METRICS_TOKEN; without one, to nobody.

    Where a request comes from proves nothing: behind a proxy on this machine, everybody's comes from here.

    Raises:
        Problem: 404 for anybody else: the page does not exist for them.
    """
    if not _may_read(authorization):
        raise Problem(404)
    await read(_measure)
    return Response(generate_latest(_registry()), media_type=CONTENT_TYPE_LATEST)


def count_screens(number: int) -> None:
    """How many screens this worker follows now."""
    _SCREENS.set(number)


@contextmanager
def answering(method: str) -> Iterator[list[int]]:
    """Count and time one answer; the block appends its status to the list."""
    counts: list[int] = []
    began = time.perf_counter()
    with _UNDER_WAY.track_inprogress():
        try:
            yield counts
        finally:
            _SECONDS.labels(method).observe(time.perf_counter() - began)
            _REQUESTS.labels(method, str(counts[0] if counts else 500)).inc()


def _may_read(authorization: str) -> bool:
    token = settings().metrics_token.get_secret_value()
    return bool(token) and hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return OF_THIS_PROCESS
    whole = CollectorRegistry()
    multiprocess.MultiProcessCollector(whole)  # type: ignore[no-untyped-call]
    return whole


def _measure(db: DbSession) -> None:
    last = db.exec(select(func.max(JournalEntry.seq))).one() or 0
    sealed = db.exec(select(func.max(JournalSeal.last_seq))).one() or 0
    _JOURNAL.set(last)
    _UNSEALED.set(last - sealed)
    held = select(func.count()).select_from(Appointment).where(Appointment.status == Status.HELD)
    _HELD.set(db.exec(held).one())
    due = select(func.count()).select_from(Email).where(col(Email.due_at) <= clock.now())
    _LETTERS.set(db.exec(due).one())
