"""A place booked or moved at /rendez-vous/nouveau: held, lost to another, given back, live (SES-10 to SES-12).

Seen to fail: with a page that follows its own company alone, the place that another took stays on the screen; with
a `_tell_hold` that looks at nothing, a place that lapsed is still said to be held.
"""

from datetime import timedelta

from models.kernel import clock
from models.scheduling.appointments import changes, expiry
from tests.factories import NOW, A, C
from tests.factories import reference as ref
from tests.state.booking_scene import FORM, HOME, NEW, ground, iso, opened, screen, taken, tiles, tuesday
from tests.state.delivering import delivered, now_seq
from tests.state.world import World
from tests.support.appointments import booker

__all__ = ["ground", "tuesday"]


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
    await tab.send("Booking.confirm", {"form": {**FORM, "contact_phone": "12"}})
    assert [one["href"] for one in screen(tab)["draft"]["wrong"]] == ["#visit-contact_phone"]
    assert screen(tab)["draft"]["typed"]["note"] == "Porte 3"
    await tab.send("Booking.confirm", {"form": FORM})
    await tab.go(tab.redirects[-1])
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
    await changes.cancel(booker(A, ground.accounts["importateur"]), reference)
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
        assert await expiry.expire() == 1
        await delivered(seq)
        assert screen(tab)["error"].startswith("Cette place ne vous est plus gardée.")
        assert (screen(tab)["stage"], screen(tab)["hold"]["reference"]) == ("confirmation", "")
        await tab.send("Booking.confirm", {"form": FORM})
    assert len(tab.redirects) == 2


async def test_a_place_is_given_back_when_one_leaves(ground: World) -> None:
    """SES-12: nobody waits five minutes for a place that nobody wants any more; a reload goes on with it."""
    tab = await opened(ground, "importateur", f"{NEW}?envoi={ref(1)}")
    await tab.send("Booking.choose_slot", {"value": iso(14)})
    await tab.send("Booking.keep")
    held = screen(tab)["hold"]["reference"]
    await tab.connect(tab.redirects[-1])
    assert (screen(tab)["stage"], screen(tab)["hold"]["reference"]) == ("confirmation", held)
    await tab.send("Booking.leave")
    assert await taken(ground, 2, 14)


async def test_ses_10_back_goes_one_step_back(ground: World) -> None:
    """SES-10: each step has its address; Back gives the place back and keeps what was chosen, Forward takes none."""
    tab = await opened(ground, "importateur", NEW)
    await tab.send("Booking.toggle", {"reference": ref(1)})
    await tab.send("Booking.to_hours")
    await tab.go(tab.redirects[-1])
    assert screen(tab)["stage"] == "heure"
    await tab.send("Booking.choose_slot", {"value": iso(14)})
    await tab.send("Booking.keep")
    assert tab.redirects == [f"{NEW}?etape=heure", f"{NEW}?etape=confirmation"]
    await tab.go(tab.redirects[-1])
    assert (screen(tab)["stage"], screen(tab)["hold"]["seconds"]) == ("confirmation", 300)
    await tab.go(f"{NEW}?etape=heure")
    assert (screen(tab)["stage"], screen(tab)["hold"]["reference"]) == ("heure", "")
    assert tiles(tab)[iso(14)]["chosen"]
    await tab.go(f"{NEW}?etape=confirmation")
    assert (screen(tab)["stage"], screen(tab)["hold"]["reference"]) == ("heure", "")
    await tab.go(NEW)
    assert screen(tab)["stage"] == "envoi"
    assert [one["reference"] for one in screen(tab)["picks"] if one["chosen"]] == [ref(1)]
    assert await taken(ground, 2, 14)


async def test_ses_10_a_booking_begun_anew_begins_anew(ground: World) -> None:
    """SES-10: from another page, or for another consignment, nothing of the last one is left."""
    tab = await opened(ground, "importateur", f"{NEW}?envoi={ref(1)}")
    await tab.send("Booking.choose_slot", {"value": iso(14)})
    await tab.go(f"{NEW}?envoi={ref(2)}")
    assert (screen(tab)["subject"]["references"], screen(tab)["chosen"]["hours"]) == ([ref(2)], "")
    await tab.send("Booking.choose_slot", {"value": iso(14)})
    await tab.go(HOME)
    await tab.go(f"{NEW}?envoi={ref(2)}")
    assert screen(tab)["chosen"]["hours"] == ""


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
