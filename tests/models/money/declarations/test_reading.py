"""What a person reads of declarations and due dates (PPR-21, PPR-24, PPR-27)."""

from datetime import date

from models.identity.accounts.viewer import Held, Viewer
from models.identity.habilitations.vocabulary import Right, Service
from models.money.declarations import queries
from models.money.declarations.policy import SERVICES, calendars_seen
from models.money.declarations.queries import ServiceLine
from tests.factories import keep, officer
from tests.support.databases import both_databases, reading
from tests.support.figures import OTHER_PLACE, PAY, PLACE, SOCIAL, TAXES, due_date, line, person

FILE_CIEL = Held("DGDDI", "CIEL", "declarer")
READ_ISOPE = Held("DGDDI", "ISOPE", "lire")
FILE_THERE = Held("DGDDI", "DOMINO", "declarer", PLACE)


async def services(viewer: Viewer) -> list[ServiceLine]:
    """The lines of the block."""
    async with reading() as db:
        return queries.services(db, viewer)


@both_databases
async def test_one_line_for_each_service(database: str) -> None:
    """PPR-21: with figures or without, with the most that the person may do there."""
    del database
    await keep(
        line("CIEL", in_progress=2, period="2026-11", due_on=date(2026, 12, 10)),
        line("CIEL", in_progress=1, due_on=date(2027, 1, 10)),
        line("DOMINO", in_progress=9),
        line("CIEL", in_progress=5, siren="950120345"),
    )
    assert await services(person(READ_ISOPE, FILE_CIEL)) == [
        ServiceLine(Service.CIEL, Right.DECLARE, 3, "2026-11", date(2026, 12, 10)),
        ServiceLine(Service.ISOPE, Right.READ),
    ]
    assert await services(person(PAY)) == await services(officer()) == []


async def test_a_right_on_one_place_counts_that_place(database: str) -> None:
    """PPR-21, PPR-05: the other establishments' declarations do not exist for this person."""
    del database
    await keep(
        line("DOMINO", in_progress=1, siret=PLACE),
        line("DOMINO", in_progress=4, siret=OTHER_PLACE),
        line("DOMINO", in_progress=7),
    )
    assert [one.in_progress for one in await services(person(FILE_THERE))] == [1]


def test_neither_h7_nor_trigo() -> None:
    """PPR-27: no such service is offered."""
    assert set(SERVICES) == {"DELTA_G", "CIEL", "DOMINO", "ISOPE", "ISOPE_DOM"}


@both_databases
async def test_due_dates_of_taxes_and_social_never_of_customs(database: str) -> None:
    """PPR-24: with any habilitation of that co-owner."""
    del database
    await keep(
        due_date("URSSAF", reference="DSN"),
        due_date("DGFIP", reference="TVA", due_on=date(2026, 11, 24)),
        due_date("DGDDI", reference="CUSTOMS"),
        due_date("DGFIP", reference="DONE", status="done"),
        due_date("DGFIP", reference="OTHERS", siren="950120345"),
    )
    async with reading() as db:
        for viewer, expected in (
            (person(PAY, TAXES, SOCIAL), ["TVA", "DSN"]),
            (person(SOCIAL), ["DSN"]),
            (person(PAY), []),
            (officer(), []),
        ):
            assert [one.reference for one in queries.due_dates(db, viewer)] == expected
    assert calendars_seen(person(PAY, TAXES)) == ("DGFIP",)
