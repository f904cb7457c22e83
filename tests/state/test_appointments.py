"""The operators' appointments through the real pipeline: who is shown what, and what others' moves change live.

Seen to fail: with a page that follows its own company alone, the place that another took stays on the screen; with
a `_tell_hold` that looks at nothing, a place that lapsed is still said to be held.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, delete, select, update

from app.app import app
from models import clock, french
from models.appointments import answering, booking, changing, expiring
from models.appointments.tables import Appointment
from models.appointments.vocabulary import Status, Why
from models.consignments.vocabulary import StepKind
from models.database import reading, transaction
from models.journal.queries import after, last_seq
from models.posts.tables import Bay, ControlLength, PostClosure, PostHours, PostTerms
from models.posts.vocabulary import Control
from state import live
from tests.factories import NOW, A, C
from tests.state.pipeline import Tab
from tests.state.world import World
from tests.support.appointments import POST, add_due, add_offer, at, booker, inspector

HOME, NEW = "/rendez-vous", "/rendez-vous/nouveau"
FORM = {"contact": "Lise Marchand", "telephone": "06 12 34 56 78", "consigne": "Porte 3"}


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
async def ground(world: World) -> World:
    """Le Havre takes appointments in one bay; two checks of company A and one of company C wait for theirs."""
    async with transaction() as db:  # the demonstration's own offer depends on the hour
        for table in (PostTerms, PostHours, PostClosure, ControlLength, Bay):
            await db.exec(delete(table).where(col(table.post_code) == POST))
    await add_offer()
    await add_due(1, 2, due=[StepKind.PHYSICAL])
    await add_due(3, siren=C, due=[StepKind.PHYSICAL])
    return world


def ref(number: int) -> str:
    """The CHED of that number."""
    return f"CHEDPP.FR.2026.{number:07}"


async def opened(world: World, who: str | None, address: str) -> Tab:
    """A tab of that person at that address."""
    tab = await world.tab(who)
    await tab.connect(address)
    return tab


async def delivered(seq: int) -> None:
    """What the journal holds after `seq` reaches the screens."""
    async with reading() as db:
        entries = await after(db, seq)
    await live.deliver(app, entries)


async def now_seq() -> int:
    """Where the journal ends."""
    async with reading() as db:
        return await last_seq(db)


async def taken(world: World, number: int, hours: float, siren: str = A) -> str:
    """A check of that company, booked at that hour; the reference."""
    who = {A: "importateur", C: "concurrent"}[siren]
    asker = booker(siren, world.accounts[who])
    made = await booking.book(asker, POST, [ref(number)], Control.PHYSICAL, at(hours))
    assert isinstance(made, Appointment), made
    return made.reference


def screen(tab: Tab, name: str = "Booking") -> dict[str, Any]:
    """What the page shows."""
    return tab.shown[name]


def tiles(tab: Tab) -> dict[str, dict[str, Any]]:
    """The slots of the chosen day, by their start."""
    groups = screen(tab)["grid"]["groups"]
    return {slot["value"]: slot for group in groups for slot in group["slots"]}


def iso(hours: float) -> str:
    """That hour of today, as tiles name it."""
    return french.iso(at(hours))


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
    assert tab.redirects == ([] if who else [f"/connexion?next={address.partition('?')[0]}"])
    said = "".join(tab.said)
    assert (ref(2) in said) == (who == "importateur")
    assert (ref(3) in said) == (who == "concurrent")
    assert tab.shown["Session"]["me"]["books"] == (who in ("importateur", "concurrent"))


async def test_ses_10_from_the_consignment_to_the_ticket(ground: World) -> None:
    """SES-10: straight to the hours, a place held while the contact is typed, then the ticket and its history."""
    tab = await opened(ground, "importateur", f"{NEW}?envoi={ref(1)}")
    assert (screen(tab)["stage"], screen(tab)["subject"]["references"]) == ("heure", [ref(1)])
    assert screen(tab)["sentence"].startswith("Premier créneau possible\u00a0: mardi")
    await tab.send("Booking.choose_slot", {"value": iso(14)})
    assert screen(tab)["chosen"]["hours"] == "14\u00a0h\u00a000 à 14\u00a0h\u00a045"
    assert screen(tab)["hold"]["reference"] == ""
    await tab.send("Booking.keep")
    assert (screen(tab)["stage"], screen(tab)["hold"]["seconds"]) == ("confirmation", 300)
    await tab.send("Booking.confirm", {"form": {**FORM, "telephone": "12"}})
    assert [one["href"] for one in screen(tab)["wrong"]] == ["#telephone"]
    assert screen(tab)["visit"]["note"] == "Porte 3"
    await tab.send("Booking.confirm", {"form": FORM})
    (address,) = tab.redirects
    await tab.go(address)
    ticket = screen(tab, "AppointmentPage")["ticket"]
    assert (ticket["day"], ticket["state_label"]) == ("Mardi 24\u00a0mars\u00a02026", "Confirmé")
    assert {"label": "Consigne", "value": "Porte 3"} in ticket["facts"]
    assert [one["words"] for one in ticket["history"]] == [
        "Réservé pour mardi\u00a024\u00a0mars à 14\u00a0h\u00a000."
    ]
    assert ticket["shown"] == ticket["reference"].replace("-", "\u00a0")


async def test_ses_12_a_place_that_another_took_leaves_the_screen(ground: World) -> None:
    """SES-12: live, to a competitor; the reverse says that a place came free. Nothing of the other is told."""
    tab = await opened(ground, "concurrent", f"{NEW}?envoi={ref(3)}")
    await tab.send("Booking.open_day", {"value": "2026-03-24"})
    assert tiles(tab)[iso(14)]["state"] == ""
    seq = await now_seq()
    reference = await taken(ground, 1, 14)
    await delivered(seq)
    assert (tiles(tab)[iso(14)]["state"], tiles(tab)[iso(14)]["label"]) == ("full", "complet")
    seq = await now_seq()
    await changing.cancel(booker(A, ground.accounts["importateur"]), reference)
    await delivered(seq)
    assert tiles(tab)[iso(14)]["state"] == "freed"
    assert "des places viennent de se libérer" in screen(tab)["grid"]["freed"]
    assert not [word for word in (reference, ref(1), "Kerdrel") if word in "".join(tab.said)]


async def test_ses_12_the_hour_chosen_stays_chosen_when_it_is_lost(ground: World) -> None:
    """SES-12: marked, with the nearest two, whether it was lost before or as it was asked for."""
    tab = await opened(ground, "concurrent", f"{NEW}?envoi={ref(3)}")
    await tab.send("Booking.choose_slot", {"value": iso(14)})
    seq = await now_seq()
    reference = await taken(ground, 1, 14)
    await tab.send("Booking.keep")  # before the screen heard of it
    assert screen(tab)["error"] == "Ce créneau vient d’être pris."
    tile = tiles(tab)[iso(14)]
    assert (tile["chosen"], tile["label"]) == (True, "vient d’être pris")
    assert [one["value"] for one in screen(tab)["nearest"]] == [iso(13), iso(15)]
    await delivered(seq)
    assert screen(tab)["error"] == "Ce créneau vient d’être pris."
    await tab.send("Booking.take", {"value": iso(15)})
    assert (screen(tab)["stage"], screen(tab)["error"]) == ("confirmation", "")
    assert reference not in "".join(tab.said)


async def test_a_hold_that_lapses_is_said_and_what_was_typed_stays(ground: World) -> None:
    """SES-10: the form stays; confirming holds the place anew if nobody took it."""
    tab = await opened(ground, "importateur", f"{NEW}?envoi={ref(1)}")
    await tab.send("Booking.choose_slot", {"value": iso(14)})
    await tab.send("Booking.keep")
    seq = await now_seq()
    with clock.fixed(NOW + timedelta(minutes=6)):
        assert await expiring.expire() == 1
        await delivered(seq)
        assert screen(tab)["error"].startswith("Cette place ne vous est plus gardée.")
        assert (screen(tab)["stage"], screen(tab)["hold"]["reference"]) == ("confirmation", "")
        await tab.send("Booking.confirm", {"form": FORM})
    assert len(tab.redirects) == 1


async def test_a_place_is_given_back_when_one_leaves(ground: World) -> None:
    """SES-12: nobody waits five minutes for a place that nobody wants any more; a reload goes on with it."""
    tab = await opened(ground, "importateur", f"{NEW}?envoi={ref(1)}")
    await tab.send("Booking.choose_slot", {"value": iso(14)})
    await tab.send("Booking.keep")
    held = screen(tab)["hold"]["reference"]
    await tab.connect(f"{NEW}?envoi={ref(1)}")
    assert (screen(tab)["stage"], screen(tab)["hold"]["reference"]) == ("confirmation", held)
    await tab.send("Booking.leave")
    assert await taken(ground, 2, 14)


async def test_ses_11_moving_keeps_the_old_place_until_the_new_one_is_sure(ground: World) -> None:
    """SES-11: the same slots, its own place among the free ones; towards a taken one nothing changes."""
    reference = await taken(ground, 1, 14)
    await taken(ground, 3, 16, C)
    tab = await opened(ground, "importateur", f"{NEW}?deplacer={reference}")
    assert (screen(tab)["stage"], screen(tab)["moving"]) == ("heure", reference.replace("-", "\u00a0"))
    assert tiles(tab)[iso(14)]["open"]
    assert not tiles(tab)[iso(16)]["open"]
    await tab.send("Booking.choose_slot", {"value": iso(16)})
    await tab.send("Booking.keep")
    assert screen(tab)["error"] == "Ce créneau vient d’être pris."
    await tab.send("Booking.take", {"value": iso(15)})
    assert tab.redirects == [f"{HOME}/{reference}?fait=deplace"]
    await tab.go(tab.redirects[0])
    ticket = screen(tab, "AppointmentPage")["ticket"]
    assert ticket["hours"].startswith("15\u00a0h")
    assert ticket["history"][0]["words"].startswith("Déplacé par l’opérateur")


async def test_ses_11_a_proposal_waits_for_an_answer(ground: World) -> None:
    """SES-11: in the list, on the ticket, in the badge and on the dashboard; declined with a reason."""
    reference = await taken(ground, 1, 14)
    list_, page, home = [
        await opened(ground, "importateur", address)
        for address in (HOME, f"{HOME}/{reference}", "/tableau-de-bord")
    ]
    seq = await now_seq()
    await changing.propose(inspector(), reference, at(16), reason=Why.NO_INSPECTOR)
    await delivered(seq)
    (line,) = screen(list_, "Appointments")["answers"]
    assert line["proposal"]["title"] == "Le poste propose mardi\u00a024\u00a0mars à 16\u00a0h\u00a000"
    assert list_.shown["Session"]["answer_count"] == 1
    assert home.shown["Session"]["answer_count"] == 1
    keys = [one["title"] for one in home.shown["Dashboard"]["todo"]]
    assert "Répondre\u00a0: le poste propose une autre heure" in keys
    await page.send("AppointmentPage.decline", {"form": {"motif": "", "precisions": ""}})
    assert screen(page, "AppointmentPage")["reason_error"] != ""
    await page.send("AppointmentPage.decline", {"form": {"motif": "goods_late", "precisions": ""}})
    ticket = screen(page, "AppointmentPage")["ticket"]
    assert (ticket["proposal"]["title"], ticket["hours"][:2]) == ("", "14")
    await changing.propose(inspector(), reference, at(16), reason=Why.NO_INSPECTOR)
    await list_.send("Appointments.accept", {"reference": reference})
    assert screen(list_, "Appointments")["coming"][0]["hours"].startswith("16\u00a0h")
    assert list_.shown["Session"]["answer_count"] == 0


async def test_ses_11_a_refusal_is_told_with_its_reason_and_booked_anew(ground: World) -> None:
    """SES-11: the post answers what was requested; the ticket says why, and leads back to the slots."""
    async with transaction() as db:
        await db.exec(update(PostTerms).values(confirms_itself=False, stamp="asks"))
    tab = await opened(ground, "importateur", f"{NEW}?envoi={ref(1)}")
    await tab.send("Booking.choose_slot", {"value": iso(14)})
    await tab.send("Booking.keep")
    await tab.send("Booking.confirm", {"form": FORM})
    await tab.go(tab.redirects[0])
    ticket = screen(tab, "AppointmentPage")["ticket"]
    assert ticket["state_label"] == "À confirmer par le poste"
    seq = await now_seq()
    await answering.refuse(inspector(), ticket["reference"], reason=Why.POST_CLOSED)
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
        row = (await db.exec(select(Appointment).where(col(Appointment.reference) == reference))).one()
    assert (row.status, row.starts_at) == (Status.CONFIRMED, at(14))
    assert "Kerdrel" not in "".join(tab.said)


async def test_the_dashboard_tells_of_today_s_appointments(ground: World) -> None:
    """SES-10: with its hour, live; gone once it is cancelled."""
    tab = await opened(ground, "importateur", "/tableau-de-bord")
    seq = await now_seq()
    reference = await taken(ground, 1, 14)
    await delivered(seq)
    lines = [one for one in screen(tab, "Dashboard")["todo"] if one["key"].startswith("visit")]
    assert [(one["when"], one["detail"], one["href"]) for one in lines] == [
        ("14\u00a0h\u00a000", "aujourd’hui", f"{HOME}/{reference}")
    ]
    seq = await now_seq()
    await changing.cancel(booker(A, ground.accounts["importateur"]), reference)
    await delivered(seq)
    assert not [one for one in screen(tab, "Dashboard")["todo"] if one["key"].startswith("visit")]
