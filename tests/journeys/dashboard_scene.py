"""What co-owners do while a dashboard is open, in a process of its own: `python -m tests.journeys.dashboard_scene`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlmodel import select

from demo.commands.companies import siret
from models.identity.accounts.tables import Account
from models.identity.habilitations.actions import grant, withdraw
from models.identity.habilitations.tables import Habilitation
from models.journal.record import record
from models.kernel import clock, french
from tests.support import forked
from tests.support.databases import reading, transaction
from tests.support.figures import A, debt, due_date, feeds, line, mandate, payment
from tests.support.served import ServedApp

CUSTOMS, TAX, NEW = "TP-JOURNEY", "CA3-JOURNEY", "TP-LATER"
LATE = timedelta(days=3)
_PAY = ("TELEPAIEMENT_SEPA", "telepayer", A)


def play(served: ServedApp, act: str) -> None:
    """Play one act on the running application's data."""
    done = forked.run("tests.journeys.dashboard_scene", act, environment=served.environment)
    assert done.returncode == 0, done.stderr


async def _importer() -> int:
    async with reading() as db:
        wanted = select(Account.id).where(Account.email == "importateur@demo.passavant.fr")
        return db.exec(wanted).one() or 0


async def fill() -> None:
    """Figures of company A, and what the importer needs to see those of DGFiP; once."""
    today, now, number = french.local(clock.now()).date(), clock.now(), await _importer()
    async with transaction() as db:
        db.add(
            Habilitation(
                account_id=number,
                siren=A,
                service="COMPTE_FISCAL",
                right="consulter",
                co_owner="DGFIP",
                granted_at=now,
            )
        )
        db.add_all(
            [
                debt("1212.50", reference=CUSTOMS, nature="DOMINO", due_on=today, received_at=now),
                # Late by days: first of what is to be done today, whatever other journeys left there.
                debt("8214.00", "DGFIP", reference=TAX, nature="TVA", period="2026-10", due_on=today - LATE),
                mandate(siret(A, 1)),
                line("DELTA_G", in_progress=3),
                due_date("DGFIP", nature="CFE", period="", due_on=today + timedelta(3)),
                *(payment("10.00", paid_on=today - timedelta(day)) for day in range(30)),
                payment("77.00", "DGFIP", nature="TVA", paid_on=today, reference="PMT-JOURNEY"),
            ]
        )
        for feed in (*feeds("DGDDI", at=now), *feeds("DGFIP", at=now - timedelta(days=2))):
            db.merge(feed)


async def withdrawn() -> None:
    """Customs take télépayer back."""
    await withdraw(await _importer(), *_PAY)


async def given() -> None:
    """Customs give télépayer again."""
    await grant(await _importer(), *_PAY)


async def told() -> None:
    """Customs tell of one more debt."""
    async with transaction() as db:
        db.add(debt("99.00", reference=NEW, due_on=french.local(clock.now()).date() - timedelta(2)))
        record(db, "figures.received", siren=A, co_owner="DGDDI", what="debts")


ACTS: dict[str, Callable[[], Awaitable[None]]] = {one.__name__: one for one in (fill, withdrawn, given, told)}

if __name__ == "__main__":

    async def _act() -> None:
        await ACTS[sys.argv[1]]()

    asyncio.run(_act())
