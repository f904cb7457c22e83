"""The operators’ appointments through the real pipeline: who is shown what, what is answered, what is told live."""

from urllib.parse import urlencode

import pytest
from sqlmodel import col, select, update

from models.posts.tables import PostTerms
from models.scheduling.appointments import answers, changes
from models.scheduling.appointments.tables import Appointment
from models.scheduling.slots.vocabulary import Status, Why
from tests.factories import reference as ref
from tests.state.booking_scene import FORM, HOME, NEW, ground, iso, opened, screen, taken, tuesday
from tests.state.delivering import delivered, now_seq
from tests.state.world import World
from tests.support.appointments import at, inspector
from tests.support.databases import reading, transaction

__all__ = ["ground", "tuesday"]


@pytest.mark.parametrize(
    "who", ["importateur", "concurrent", "comptable", "sivep", "superviseur", "dgitm", None]
)
@pytest.mark.parametrize("address", [HOME, NEW, f"{NEW}?envoi={ref(1)}"])
async def test_ses_10_booking_is_for_those_who_have_the_right(
    ground: World, who: str | None, address: str
) -> None:
    """SES-04, SES-10: a company's checks are shown to whom books for it; the others are told why not."""
    tab = await opened(ground, who, address)
    shown = screen(tab, "Appointments" if address == HOME else "Booking")
    assert (shown["refusal"] == "") == (who in ("importateur", "concurrent"))
    assert tab.redirects == ([] if who else [f"/connexion?{urlencode({'next': address}, safe='/')}"])
    said = "".join(tab.said)
    assert (ref(2) in said) == (who == "importateur")
    assert (ref(3) in said) == (who == "concurrent")
    assert ("/rendez-vous" in tab.shown["Session"]["me"]["doors"]) == (who in ("importateur", "concurrent"))


async def test_ses_11_a_proposal_waits_for_an_answer(ground: World) -> None:
    """SES-11: in the list, on the ticket, in the badge and on the dashboard; declined with a reason."""
    reference = await taken(ground, 1, 14)
    list_, page, home = [
        await opened(ground, "importateur", address)
        for address in (HOME, f"{HOME}/{reference}", "/tableau-de-bord")
    ]
    seq = await now_seq()
    await changes.propose(inspector(), reference, at(16), reason=Why.NO_INSPECTOR)
    await delivered(seq)
    (line,) = screen(list_, "Appointments")["answers"]
    assert line["proposal"]["title"] == "Le poste propose mardi\u00a024\u00a0mars à 16\u00a0h\u00a000"
    assert list_.shown["Session"]["answer_count"] == 1
    assert home.shown["Session"]["answer_count"] == 1
    keys = [one["title"] for one in home.shown["Dashboard"]["todo"]]
    assert "Répondre\u00a0: le poste propose une autre heure" in keys
    await page.send("AppointmentPage.decline", {"form": {"reason": "", "details": ""}})
    assert screen(page, "AppointmentPage")["draft"]["errors"]["reason"]
    await page.send("AppointmentPage.decline", {"form": {"reason": "goods_late", "details": ""}})
    ticket = screen(page, "AppointmentPage")["ticket"]
    assert (ticket["proposal"]["title"], ticket["hours"][:2]) == ("", "14")
    await changes.propose(inspector(), reference, at(16), reason=Why.NO_INSPECTOR)
    await list_.send("Appointments.accept", {"reference": reference})
    assert screen(list_, "Appointments")["coming"][0]["hours"].startswith("16\u00a0h")
    assert list_.shown["Session"]["answer_count"] == 0


async def test_ses_11_a_refusal_is_told_with_its_reason_and_booked_anew(ground: World) -> None:
    """SES-11: the post answers what was requested; the ticket says why, and leads back to the slots."""
    async with transaction() as db:
        db.exec(update(PostTerms).values(confirms_itself=False, stamp="asks"))
    tab = await opened(ground, "importateur", f"{NEW}?envoi={ref(1)}")
    await tab.send("Booking.choose_slot", {"value": iso(14)})
    await tab.send("Booking.keep")
    await tab.send("Booking.confirm", {"form": FORM})
    await tab.go(tab.redirects[-1])
    ticket = screen(tab, "AppointmentPage")["ticket"]
    assert ticket["state_label"] == "À confirmer par le poste"
    seq = await now_seq()
    await answers.refuse(inspector(), ticket["reference"], reason=Why.POST_CLOSED)
    await delivered(seq)
    told = screen(tab, "AppointmentPage")["ticket"]["outcome"]
    assert (told["title"], told["text"]) == (
        "Le poste a refusé ce rendez-vous",
        "Motif\u00a0: fermeture du poste.",
    )
    await tab.go(told["again"])
    assert screen(tab)["stage"] == "heure"


async def test_ses_02_the_check_shows_its_appointment(ground: World) -> None:
    """SES-02: whose move it is leads to booking; once booked, the step and the yellow card tell when."""
    tab = await opened(ground, "importateur", f"/suivi/{ref(1)}")
    assert screen(tab, "ConsignmentPage")["file"]["turn"]["book"] == f"{NEW}?envoi={ref(1)}"
    seq = await now_seq()
    reference = await taken(ground, 1, 14)
    await delivered(seq)
    file = screen(tab, "ConsignmentPage")["file"]
    told = "Rendez-vous mardi\u00a024\u00a0mars à 14\u00a0h\u00a000, Quai 1"
    assert (file["turn"]["book"], file["turn"]["visit"]) == ("", f"{told}.")
    assert [(one["kind"], one["visit_href"]) for one in file["timeline"] if one["visit"] == told] == [
        ("physical", f"{HOME}/{reference}")
    ]
    officer = await opened(ground, "superviseur", f"/suivi/{ref(1)}")
    seen = [one for one in screen(officer, "ConsignmentPage")["file"]["timeline"] if one["visit"]]
    assert [(one["visit"], one["visit_href"]) for one in seen] == [(told, "")]


async def test_ses_04_another_company_s_ticket_does_not_exist(ground: World) -> None:
    """SES-04: neither its page nor any verb on it."""
    reference = await taken(ground, 1, 14)
    tab = await opened(ground, "concurrent", f"{HOME}/{reference}")
    assert screen(tab, "AppointmentPage")["ticket"]["reference"] == ""
    for verb in ("cancel", "accept", "wait", "decline"):
        await tab.send(f"AppointmentPage.{verb}", {"form": {}} if verb in ("cancel", "decline") else {})
    await tab.go(f"{NEW}?deplacer={reference}")
    assert screen(tab)["blocked"]
    await tab.send("Booking.take", {"value": iso(15)})
    async with reading() as db:
        row = db.exec(select(Appointment).where(col(Appointment.reference) == reference)).one()
    assert (row.status, row.starts_at) == (Status.CONFIRMED, at(14))
    assert "Kerdrel" not in "".join(tab.said)
