"""The attestation of an appointment: the same paper for both sides, with the journal's numbers (SES-13)."""

from datetime import timedelta
from io import BytesIO

import pytest
from httpx import AsyncClient
from pypdf import PdfReader
from sqlmodel import col, select

from models.journal.tables import JournalEntry
from models.kernel import clock
from models.scheduling.appointments import attendance, booking
from models.scheduling.appointments.tables import Appointment
from models.scheduling.capacity.vocabulary import Control
from models.scheduling.slots.vocabulary import Status
from tests.app.http.portal import portal, signed_in
from tests.support.accounts import cheap_passwords
from tests.support.appointments import POST, add_due, booker, inspector
from tests.support.databases import reading
from tests.support.demonstration import only_offer
from tests.support.plan_days import Day, day

__all__ = ["cheap_passwords", "day", "portal"]


@pytest.fixture
async def paper(portal: AsyncClient, day: Day) -> str:  # noqa: ARG001 - its database
    """The reference of an appointment of two consignments of company A, carried out."""
    await only_offer()
    references = await add_due(1, 2)
    day.now = day.at(9, days=-1)
    made = await booking.book(booker(), POST, references, Control.PHYSICAL, day.at(14))
    assert isinstance(made, Appointment), made
    day.now = day.at(14, 10)
    for minutes, status in enumerate((Status.ARRIVED, Status.STARTED, Status.DONE)):
        day.now = day.at(14, 10) + timedelta(minutes=20 * minutes)
        assert isinstance(await attendance.record(inspector(), made.reference, status), Appointment)
    return made.reference


def words(body: bytes) -> str:
    """What the document says, on one line."""
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


async def test_both_sides_have_the_same_paper(portal: AsyncClient, paper: str, day: Day) -> None:
    """SES-13: byte for byte, whenever it is asked for; each fact with its time and its entries; nobody is named."""
    address = f"/rendez-vous/{paper}/attestation.pdf"
    ours = await portal.get(address, headers=await signed_in("importateur"))
    day.now = day.at(17)
    theirs = await portal.get(address, headers=await signed_in("sivep"))
    assert (ours.status_code, ours.headers["content-type"]) == (200, "application/pdf")
    assert ours.headers["cache-control"] == "private, no-store"
    assert ours.content == theirs.content
    said = words(ours.content)
    for part in (
        paper,
        "Honoré",
        "Présenté au poste",
        "14:10:00",
        "Contrôle commencé",
        "14:30:00",
        "14:50:00",
    ):
        assert part in said
    async with reading() as db:
        rows = select(JournalEntry.seq).where(col(JournalEntry.kind) == "appointment.done")
        numbers = db.exec(rows.order_by(col(JournalEntry.seq))).all()
    assert len(numbers) == 2
    assert ", ".join(str(one) for one in numbers) in said
    assert "Ada Roux" not in said
    assert "Lise" not in said
    assert clock.now() == day.now


@pytest.mark.parametrize(
    ("who", "status"),
    [("transitaire", 404), ("concurrent", 404), ("comptable", 404), ("sivep-cdg", 404), ("douane", 200)],
)
async def test_it_exists_for_whoever_sees_the_appointment(
    portal: AsyncClient, paper: str, who: str, status: int
) -> None:
    """SES-04, SES-05: for others there is no such appointment; nobody else than who is signed in."""
    address = f"/rendez-vous/{paper}/attestation.pdf"
    answer = await portal.get(address, headers=await signed_in(who))
    assert answer.status_code == status
    assert (await portal.get(address)).status_code == 401
    unknown = await portal.get("/rendez-vous/LEH-22222/attestation.pdf", headers=await signed_in(who))
    assert unknown.status_code == 404
