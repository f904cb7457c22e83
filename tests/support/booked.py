"""`python -m tests.support.booked REFERENCE HOUR`: book the physical check of a consignment on a served database.

In a process of its own, with the settings of the application that it is for; prints what was booked, as JSON.
"""

import asyncio
import json
import sys
from datetime import timedelta
from typing import Any

from demo.commands.companies import A
from models.kernel import clock
from models.kernel.database import dispose, read
from models.scheduling.appointments import booking, choices
from models.scheduling.appointments.choices import Slots
from models.scheduling.appointments.policy import program
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.words import when
from tests.support import forked
from tests.support.served import ServedApp


def booked(served: ServedApp, reference: str, hour: int) -> dict[str, Any]:
    """Book it at that hour of the first day when it can be: {reference, when, weekday}."""
    done = forked.run("tests.support.booked", reference, str(hour), environment=served.environment)
    assert done.returncode == 0, done.stdout + done.stderr
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made


async def _book(reference: str, hour: int) -> dict[str, Any]:
    asker, today = program("demo-partner", A), clock.now().date()
    found = await read(
        lambda db: choices.slots(
            db, asker.viewer, [reference], Control.PHYSICAL, today, today + timedelta(days=14)
        )
    )
    assert isinstance(found, Slots), found
    offer = found.wanted.offer
    assert offer is not None
    there = [offer.local(slot.starts_at) for slot in found.answer.slots if slot.places_left]
    chosen = next(at for at in there if (at.hour, at.minute) == (hour, 0))
    made = await booking.book(asker, offer.post_code, [reference], Control.PHYSICAL, chosen)
    assert isinstance(made, Appointment), made
    await dispose()
    return {"reference": made.reference, "when": when(chosen, offer), "weekday": chosen.weekday()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_book(sys.argv[1], int(sys.argv[2])))) + "\n")
