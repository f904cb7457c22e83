"""What an inspector answers, moves and proposes at /agent/planning (SES-11)."""

from datetime import datetime, timedelta

from sqlmodel import update

from models.posts.tables import PostTerms
from models.scheduling.appointments import changes
from models.scheduling.appointments.tables import Appointment
from models.scheduling.slots.vocabulary import Status
from tests.state.planning_scene import asker, bay_of, blocks, booked, ground, opened, shown
from tests.state.world import World
from tests.support.appointments import stored
from tests.support.databases import transaction
from tests.support.plan_days import Day, day

__all__ = ["day", "ground"]


async def test_ses_11_a_request_is_refused_with_a_reason(ground: World, day: Day) -> None:
    """SES-11: not without; what was said of it reaches the operator's side."""
    async with transaction() as db:
        db.exec(update(PostTerms).values(confirms_itself=False, stamp="asks"))
    ref = await booked(ground, day, 1, day.at(16))
    tab = await opened(ground, "sivep")
    assert blocks(tab)[ref]["next_label"] == "Répondre"
    await tab.send("Planning.show", {"reference": ref})
    await tab.send("Planning.ask", {"what": "refuse"})
    await tab.send("Planning.answer", {"form": {"reason": ""}})
    assert "Choisissez un motif" in shown(tab)["draft"]["errors"]["reason"]
    await tab.send("Planning.answer", {"form": {"reason": "other", "details": " "}})
    assert shown(tab)["draft"]["errors"] == {"details": "Dites lequel dans les précisions."}
    assert (await stored(ref)).status == Status.REQUESTED
    await tab.send("Planning.answer", {"form": {"reason": "no_inspector", "details": "Grève"}})
    found = await stored(ref)
    assert (found.status, found.reason, found.reason_text) == (Status.REFUSED, "no_inspector", "Grève")
    assert shown(tab)["panel"]["reason"] == "Pas d’inspecteur disponible. Grève"
    assert shown(tab)["asked"]["what"] == ""


async def test_ses_11_a_request_is_confirmed(ground: World, day: Day) -> None:
    """SES-11: by one button, once."""
    async with transaction() as db:
        db.exec(update(PostTerms).values(confirms_itself=False, stamp="asks"))
    ref = await booked(ground, day, 1, day.at(16))
    tab = await opened(ground, "sivep")
    await tab.send("Planning.show", {"reference": ref})
    await tab.send("Planning.act", {"what": "approve"})
    assert (await stored(ref)).status == Status.CONFIRMED
    await tab.send("Planning.act", {"what": "approve"})
    assert "a déjà reçu une réponse" in shown(tab)["error"]


async def test_ses_11_moved_by_a_step_to_a_time_and_to_a_bay(ground: World, day: Day) -> None:
    """SES-11, SES-12: what is taken is refused with the nearest times, and the old place stays."""
    ref, other = await booked(ground, day, 1, day.at(16)), await booked(ground, day, 2, day.at(17))
    tab = await opened(ground, "sivep")
    await tab.send("Planning.show", {"reference": ref})
    await tab.send("Planning.shift", {"way": "earlier"})
    assert (await stored(ref)).starts_at == day.at(15, 30)
    assert "15\u00a0h\u00a030" in shown(tab)["said"]
    await tab.send("Planning.shift", {"way": "later"})
    await tab.send(
        "Planning.shift", {"way": "later"}
    )  # 45 minutes from 16 h 30 meet the one at 17 h, in that bay
    assert (await stored(ref)).starts_at == day.at(16)
    assert "Cette place est prise" in shown(tab)["error"]

    await tab.send("Planning.ask", {"what": "move"})
    asked = shown(tab)["asked"]
    at = next(one["value"] for one in asked["slots"] if one["label"].startswith("16\u00a0h\u00a030"))
    second = asked["bays"][2]
    assert second["label"] == "Quai 2"
    await tab.send("Planning.answer", {"form": {"slot": at, "bay": second["value"], "reason": ""}})
    assert bay_of(tab, ref) == "Quai 2"
    assert (await stored(ref)).starts_at == day.at(16, 30)
    assert bay_of(tab, other) == "Quai 1"


async def test_ses_11_within_the_notice_nothing_is_moved(ground: World, day: Day) -> None:
    """SES-11: the buttons are not there, the reason is, and the verb refuses too."""
    ref = await booked(ground, day, 1, day.at(15))
    tab = await opened(ground, "sivep")
    assert not blocks(tab)[ref]["movable"]
    await tab.send("Planning.show", {"reference": ref})
    assert not shown(tab)["panel"]["can"]["change"]
    assert "le préavis du poste est de 1\u00a0h" in shown(tab)["panel"]["locked"]
    await tab.send("Planning.shift", {"way": "later"})
    assert (await stored(ref)).starts_at == day.at(15)
    assert shown(tab)["error"]


async def test_a_block_that_is_dropped_asks_before_anybody_is_told(ground: World, day: Day) -> None:
    """SES-11: the time and the bay are filled in; nothing moves until it is confirmed."""
    ref = await booked(ground, day, 1, day.at(16))
    tab = await opened(ground, "sivep")
    bay = shown(tab)["day"]["grid"]["bays"][1]
    at = (day.at(17)).isoformat()
    await tab.send("Planning.drop", {"form": {"reference": ref, "slot": at, "bay": bay["key"]}})
    asked = shown(tab)["asked"]
    assert (asked["what"], asked["bay"]) == ("move", bay["key"])
    assert datetime.fromisoformat(asked["slot"]) == day.at(17)
    assert (await stored(ref)).starts_at == day.at(16)
    await tab.send("Planning.answer", {"form": {"slot": asked["slot"], "bay": asked["bay"]}})
    assert (await stored(ref)).starts_at == day.at(17)
    early = {"reference": ref, "slot": day.at(8).isoformat(), "bay": bay["key"]}
    await tab.send("Planning.drop", {"form": early})
    assert datetime.fromisoformat(shown(tab)["asked"]["slot"]) == day.at(14, 30)
    assert "la plus proche est proposée ici" in shown(tab)["asked"]["error"]
    for junk in ({"reference": ref, "slot": "hier", "bay": "x"}, {"reference": "LEH-22222"}, {}):
        await tab.send("Planning.drop", {"form": junk})
        assert shown(tab)["asked"]["what"] == ""


async def test_ses_11_another_time_is_proposed_on_another_day(ground: World, day: Day) -> None:
    """SES-11: its place is kept and drawn; the operator's own proposal is accepted or declined."""
    ref = await booked(ground, day, 1, day.at(17))
    tab = await opened(ground, "sivep")
    await tab.send("Planning.show", {"reference": ref})
    await tab.send("Planning.ask", {"what": "propose"})
    at = next(one["value"] for one in shown(tab)["asked"]["slots"] if one["label"].startswith("16"))
    await tab.send("Planning.answer", {"form": {"slot": at, "reason": "no_inspector"}})
    assert blocks(tab)[f"{ref}-p"]["ghost"]
    assert "Le poste a proposé" in shown(tab)["panel"]["proposal"]
    await tab.send("Planning.ask", {"what": "propose"})
    tomorrow = f"{day.date + timedelta(days=1)}"
    await tab.send("Planning.pick_day", {"value": tomorrow})
    assert shown(tab)["asked"]["day"] == tomorrow
    assert shown(tab)["asked"]["slots"][0]["label"].startswith("8\u00a0h\u00a000")

    outcome = await changes.propose(asker(ground), ref, day.at(16), text="Camion retardé")
    assert isinstance(outcome, Appointment), outcome
    await tab.send("Planning.show", {"reference": ref})
    assert shown(tab)["panel"]["can"]["take_proposal"]
    await tab.send("Planning.act", {"what": "accept"})
    assert (await stored(ref)).starts_at == day.at(16)
