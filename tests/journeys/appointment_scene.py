"""What happens behind booked appointments, in a process of its own: `python -m tests.journeys.appointment_scene fill`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, delete, select, update

from models.border.passage.vocabulary import StepKind
from models.identity.accounts.tables import Account
from models.kernel import clock
from models.kernel.refusal import Refusal
from models.posts.tables import Bay, ControlLength, PostClosure, PostHours, PostTerms
from models.scheduling.appointments import answers, booking, changes
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control, Service
from models.scheduling.slots.vocabulary import Status, Why
from tests.factories import A, C
from tests.support import forked
from tests.support.appointments import add_due, booker, inspector
from tests.support.databases import reading, transaction
from tests.support.served import ServedApp

DUNKERQUE, FOS = "FRDKK1", "FRFOS1"
"""The first confirms by itself, the second answers each request. Neither has an officer of the demonstration."""
_WHO = {A: "importateur", C: "concurrent"}


def play(served: ServedApp, *words: str) -> str:
    """Play one act on the running application's data; what it printed."""
    done = forked.run("tests.journeys.appointment_scene", *words, environment=served.environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


async def fill() -> None:
    """Both posts inspect every day from 8 to 18, in one bay, on the hour and the half."""
    now = clock.now()
    async with transaction() as db:
        for post, confirms in ((DUNKERQUE, True), (FOS, False)):
            for table in (PostHours, PostClosure, ControlLength):
                db.exec(delete(table).where(col(table.post_code) == post))
            db.exec(update(Bay).where(col(Bay.post_code) == post).values(retired_at=now))
            terms: dict[str, Any] = {
                "department": "59",
                "booking_notice": 0,
                "change_notice": 60,
                "phone": "03 28 00 00 00",
            }
            stamp = f"{post} {now.timestamp()}"
            db.merge(
                PostTerms(post_code=post, confirms_itself=confirms, changed_at=now, stamp=stamp, **terms)
            )
            db.add_all(
                PostHours(
                    post_code=post,
                    service=service,
                    weekday=weekday,
                    opens=480,
                    closes=1080,
                    inspectors=9,
                    on_holidays=True,
                )
                for weekday in range(7)
                for service in Service
            )
            fit: dict[str, Any] = {"controls": "identity physical", "goods": "cold dry live_animals plants"}
            db.add(Bay(post_code=post, name="Quai 3", position=1, **fit))


async def due(number: str, post: str, siren: str = A) -> None:
    """One more consignment whose physical check is asked for."""
    await add_due(int(number), siren=siren, post_code=post, due=[StepKind.PHYSICAL])


async def taken(number: str, post: str, at: str, siren: str = A) -> None:
    """Its check, booked at that time by the same person on another device; prints the reference."""
    await due(number, post, siren)
    asker = booker(siren, await _account(siren))
    made = await booking.book(
        asker, post, [f"CHEDPP.FR.2026.{int(number):07}"], Control.PHYSICAL, datetime.fromisoformat(at)
    )
    assert isinstance(made, Appointment), made
    print(made.reference)  # noqa: T201


async def cancel(reference: str, siren: str = A) -> None:
    """Whoever booked it gives it back."""
    _done(await changes.cancel(booker(siren, await _account(siren)), reference))


async def refuse(reference: str) -> None:
    """The post refuses what was requested."""
    outcome = await answers.refuse(
        inspector(FOS), reference, reason=Why.NO_INSPECTOR, text="Effectif réduit ce jour-là"
    )
    _done(outcome)


async def propose(reference: str, hours: str) -> None:
    """The post proposes another time, so many hours later."""
    async with reading() as db:
        it = db.exec(select(Appointment).where(Appointment.reference == reference)).one()
    at = it.starts_at + timedelta(hours=float(hours))
    post = inspector(it.post_code)
    _done(await changes.propose(post, reference, at, reason=Why.BAY_UNAVAILABLE))


async def lapse() -> None:
    """Five minutes pass: whatever is held is held no more."""
    async with transaction() as db:
        mine = update(Appointment).where(col(Appointment.status) == Status.HELD)
        db.exec(mine.values(held_until=clock.now() - timedelta(seconds=1)))


async def _account(siren: str) -> int:
    async with reading() as db:
        wanted = select(Account.id).where(Account.email == f"{_WHO[siren]}@demo.passavant.fr")
        return db.exec(wanted).one() or 0


def _done(outcome: object) -> None:
    assert not isinstance(outcome, Refusal | booking.NoPlace), outcome


ACTS: dict[str, Callable[..., Awaitable[None]]] = {
    one.__name__: one for one in (fill, due, taken, cancel, refuse, propose, lapse)
}

if __name__ == "__main__":

    async def _act() -> None:
        await ACTS[sys.argv[1]](*sys.argv[2:])

    asyncio.run(_act())
