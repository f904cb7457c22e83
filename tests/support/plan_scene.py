"""A post of the tests' own in a running application, early in its afternoon whatever the hour is here.

Run as a program, with the application's environment: writes the post, its offer, its officer and what is asked for,
and prints them as JSON. The application learns of it as of anything written by another program.
"""

import asyncio
import json
import re
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models.identity.accounts.rules import Role
from models.identity.habilitations.actions import post as assign
from models.kernel import clock, database
from models.posts.tables import Bay, Post, PostHours, PostTerms
from models.scheduling.appointments import booking
from models.scheduling.appointments.tables import Appointment, Instructions
from models.scheduling.capacity.vocabulary import Control, Service
from tests.support import forked
from tests.support.accounts import make_account
from tests.support.appointments import add_due, booker
from tests.support.databases import transaction
from tests.support.served import ServedApp

_HOUR = 13
_GOODS = (
    "Avocats du Pérou",
    "Crevettes d’Équateur",
    "Thon albacore des Seychelles",
    "Raisins d’Afrique du Sud",
    "Poulpe du Maroc",
    "Farine de poisson du Pérou",
    "Arachides d’Argentine",
    "Myrtilles du Pérou",
)


@dataclass
class Scene:
    """What was written: the officer, and the appointments by the hour at which they were asked for."""

    post: str
    officer: str
    appointments: dict[str, str]
    consignments: dict[str, str]


def zone_of(now: datetime) -> str:
    """A zone in which it is one o'clock and something."""
    ahead = (_HOUR - now.hour + 10) % 24 - 10  # from ten hours behind to thirteen ahead
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def told_at(hour: str) -> re.Pattern[str]:
    """The end of a sentence that gives `15:15` on the post's clocks, and says whose they are."""
    hours, minutes = hour.split(":")
    return re.compile(rf"à {hours}\sh\s{minutes} \(heure de GMT[+-]?\d*\)\.$")


async def write(name: str, hours: list[str], *, confirms: bool) -> Scene:
    """The post `name`, open day and night, with an appointment at each of `hours` (`14:30`, on its clocks)."""
    now = clock.now()
    zone = zone_of(now)
    code, email = f"FR{name}1", f"{name.lower()}@poste.example"
    await _offer(code, zone, confirms=confirms)
    account = await make_account(email, None, Role.SIVEP)
    await assign(account, code)
    first = 8_000_000 + int.from_bytes(name.encode(), "big") % 45_000 * 20
    booked: dict[str, str] = {}
    about: dict[str, str] = {}
    midnight = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    for number, hour in enumerate(hours):
        title = _GOODS[number % len(_GOODS)]
        references = await add_due(first + number, post_code=code, title=title)
        at = midnight + timedelta(hours=int(hour[:2]), minutes=int(hour[3:5]))
        with clock.fixed(now - timedelta(days=1)):
            booked[hour] = await _booked(account, code, references, at)
        about[hour] = references[0]
    return Scene(code, email, booked, about)


async def _booked(account: int, code: str, references: list[str], at: datetime) -> str:
    """Without a hold: one made in the past would be swept away by the application that runs."""
    made = await booking.book(booker(account=account), code, references, Control.PHYSICAL, at)
    if not isinstance(made, Appointment):
        raise SystemExit(str(made))
    said = {"container_code": "4512", "opening_side": "rear", "contact_name": "Chauffeur"}
    async with transaction() as db:
        db.add(
            Instructions(appointment_id=made.id or 0, perishable=True, contact_phone="06 00 00 00 00", **said)
        )
    return made.reference


async def _offer(code: str, zone: str, *, confirms: bool) -> None:
    async with transaction() as db:
        db.add(Post(code=code, name=f"Port {code}", kind="port", locode=code[:5], timezone=zone))
        db.flush()
        db.add(
            PostTerms(
                post_code=code,
                department="76",
                booking_notice=0,
                change_notice=0,
                step_minutes=15,
                confirms_itself=confirms,
                changed_at=clock.now(),
                stamp=f"scene-{code}",
            )
        )
        for weekday in range(7):
            for service in Service:
                when: dict[str, Any] = {"weekday": weekday, "opens": 8 * 60, "closes": 24 * 60}
                db.add(PostHours(post_code=code, service=service, inspectors=3, on_holidays=True, **when))
        for number, label in enumerate(("Quai 1 froid", "Quai 2 froid", "Quai 3 sec"), start=1):
            fit: dict[str, Any] = {"controls": "identity physical", "goods": "cold dry live_animals plants"}
            db.add(Bay(post_code=code, name=label, position=number, **fit))


def scene(served: ServedApp, name: str, *hours: str, confirms: bool = True) -> Scene:
    """Write it into a running application."""
    words = (name, str(int(confirms)), *hours)
    done = forked.run("tests.support.plan_scene", *words, environment=served.environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return Scene(**json.loads(done.stdout.splitlines()[-1]))


async def _main(name: str, confirms: str, *hours: str) -> None:
    made = await write(name, list(hours), confirms=confirms == "1")
    await database.dispose()
    sys.stdout.write(json.dumps(asdict(made)) + "\n")


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
