"""/agent/planning through the real pipeline: who sees the plan, what an inspector does of it, what changes live.

Seen to fail: with `may_run` for everybody the customs officer checks goods in; with no `AboutPost` the second
officer's screen stays as it was.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import col, select, update

from app.app import app
from models import clock
from models.appointments import booking, changing
from models.appointments.booking import Visit
from models.appointments.policy import Asker
from models.appointments.tables import Appointment
from models.appointments.vocabulary import Status
from models.database import reading, transaction
from models.habilitations.actions import post as assign
from models.journal.queries import after, last_seq
from models.journal.tables import JournalEntry
from models.posts.tables import PostClosure, PostTerms
from models.posts.vocabulary import Control
from state import live
from tests.factories import reference
from tests.state.pipeline import Tab
from tests.state.world import World
from tests.support.appointments import POST, add_due, booker, stored
from tests.support.plan_days import Day, only_offer

PATH = "/agent/planning"
Json = dict[str, Any]


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    """A Tuesday, ten past two."""
    made = Day()
    made.hold(monkeypatch)
    return made


@pytest.fixture
async def ground(world: World, day: Day) -> World:  # noqa: ARG001 - its clock
    """Le Havre takes appointments in two bays, and eight consignments are due."""
    await only_offer(bays=2)
    await add_due(*range(1, 9))
    return world


def asker(world: World) -> Asker:
    """The importer."""
    return booker(account=world.accounts["importateur"])


async def booked(world: World, day: Day, number: int, at: datetime, **visit: Any) -> str:
    """An appointment for that consignment's physical check, booked the day before; its reference."""
    now, day.now = day.now, day.at(9, days=-1)
    made = await booking.hold(asker(world), [reference(number)], Control.PHYSICAL, at)
    assert isinstance(made, Appointment), made
    done = await booking.confirm(asker(world), made.reference, Visit(**visit))
    assert isinstance(done, Appointment), done
    day.now = now
    return done.reference


async def opened(world: World, who: str | None, query: str = "") -> Tab:
    """The plan, as that person has it on screen."""
    tab = await world.tab(who)
    await tab.connect(PATH + query)
    return tab


def shown(tab: Tab) -> Json:
    """What the plan shows."""
    return tab.shown["Planning"]


def blocks(tab: Tab) -> dict[str, Json]:
    """The blocks of the grid, by key."""
    return {one["key"]: one for bay in shown(tab)["day"]["grid"]["bays"] for one in bay["blocks"]}


def bay_of(tab: Tab, key: str) -> str:
    """In which bay that block is drawn."""
    bays = shown(tab)["day"]["grid"]["bays"]
    return str(next(bay["name"] for bay in bays for one in bay["blocks"] if one["key"] == key))


async def told() -> int:
    async with reading() as db:
        return await last_seq(db)


async def delivered(seq: int) -> None:
    """What the journal holds after `seq` reaches the screens."""
    async with reading() as db:
        entries = await after(db, seq)
    await live.deliver(app, entries)


async def kinds() -> list[str]:
    """What the journal says of appointments."""
    async with reading() as db:
        rows = select(JournalEntry.kind).where(col(JournalEntry.kind).startswith("appointment."))
        return list((await db.exec(rows.order_by(col(JournalEntry.seq)))).all())


@pytest.mark.parametrize("who", ["sivep", "douane", "superviseur"])
async def test_ses_13_officers_of_the_post_see_its_plan(ground: World, day: Day, who: str) -> None:
    """SES-13, SES-05: bay, hour, goods, operator and state; only inspectors are offered anything to do."""
    ref = await booked(ground, day, 1, day.at(15))
    tab = await opened(ground, who, f"?poste={POST}")
    one = blocks(tab)[ref]
    assert (one["time"], one["title"], one["status_label"]) == (
        "15\u00a0h\u00a000",
        "Avocats du Pérou",
        "Confirmé",
    )
    assert (one["at"], one["span"]) == (12, 3)
    assert bay_of(tab, ref) == "Quai 1"
    assert shown(tab)["around"]["runs"] == (who == "sivep")
    await tab.send("Planning.show", {"reference": ref})
    assert shown(tab)["panel"]["can"]["arrive"] == (who == "sivep")
    await tab.send("Planning.act", {"what": "arrived"})
    assert (await stored(ref)).status == (Status.ARRIVED if who == "sivep" else Status.CONFIRMED)
    assert bool(shown(tab)["error"]) == (who != "sivep")


@pytest.mark.parametrize("who", ["importateur", "comptable", "sivep-cdg", "dgitm", None])
async def test_ses_05_nobody_else_does(ground: World, day: Day, who: str | None) -> None:
    """SES-05: an operator, another post, statistics, a stranger: nothing of it reaches them, whatever they send."""
    ref = await booked(ground, day, 1, day.at(15))
    tab = await opened(ground, who, f"?poste={POST}")
    for handler, payload in (
        ("show", {"reference": ref}),
        ("act", {"what": "arrived"}),
        ("check_in", {"form": {"reference": ref}}),
    ):
        await tab.send(f"Planning.{handler}", payload)
    assert (await stored(ref)).status == Status.CONFIRMED
    assert "Avocats" not in "".join(tab.said)
    assert shown(tab)["panel"]["reference"] == ""


async def test_ses_13_the_day_from_the_gate_to_its_end(ground: World, day: Day) -> None:
    """SES-13: checked in by its reference as one types it, started, done; the history names a side, no person."""
    ref = await booked(
        ground, day, 1, day.at(14, 30), container_code="4512", opening_side="rear", perishable=True
    )
    tab = await opened(ground, "sivep")
    await tab.send(
        "Planning.check_in", {"form": {"reference": f" https://passavant.example/rendez-vous/{ref}"}}
    )
    gate = shown(tab)["gate"]
    assert (gate["kind"], gate["title"]) == ("ok", "Attendu")
    assert "Code 4512. Par l’arrière. Denrées périssables" in gate["advice"]
    assert blocks(tab)[ref]["status"] == Status.ARRIVED
    await tab.send("Planning.show", {"reference": ref})
    await tab.send("Planning.act", {"what": "started"})
    assert shown(tab)["said"] == "Contrôle commencé."
    await tab.send("Planning.act", {"what": "done"})  # what cannot be undone is asked first
    assert (await stored(ref)).status == Status.STARTED
    await tab.send("Planning.ask", {"what": "done"})
    await tab.send("Planning.answer", {"form": {}})
    assert (await stored(ref)).status == Status.DONE
    labels = [one["label"] for one in shown(tab)["panel"]["events"]]
    assert labels == [
        "Contrôle effectué, par le poste",
        "Contrôle commencé, par le poste",
        "Présenté au poste, par le poste",
        "Confirmé, par l’opérateur",
    ]
    assert not any(shown(tab)["panel"]["can"].values())


@pytest.mark.parametrize(
    ("late", "title", "kind"),
    [
        (timedelta(minutes=-130), "En avance de 2\u00a0h\u00a010", "warn"),
        (timedelta(minutes=-20), "Attendu", "ok"),
        (timedelta(minutes=10), "Attendu", "ok"),
        (timedelta(minutes=40), "En retard de 40\u00a0min", "warn"),
        (timedelta(days=-1), "Pas aujourd’hui", "err"),
        (timedelta(days=1), "Pas aujourd’hui", "err"),
    ],
)
async def test_the_gate_says_whether_it_is_early_or_late(
    ground: World, day: Day, late: timedelta, title: str, kind: str
) -> None:
    """SES-13: in words; goods of another day are not let in."""
    ref = await booked(ground, day, 1, day.at(15))
    day.now = day.at(15) + late
    tab = await opened(ground, "sivep")
    typed = ref.lower().replace("-", " ")
    await tab.send("Planning.check_in", {"form": {"reference": typed}})
    assert (shown(tab)["gate"]["title"], shown(tab)["gate"]["kind"]) == (title, kind)
    assert (await stored(ref)).status == (Status.CONFIRMED if kind == "err" else Status.ARRIVED)


async def test_the_gate_knows_what_is_cancelled_checked_in_or_nothing(ground: World, day: Day) -> None:
    """SES-13: each in its own words, and nothing is recorded."""
    ref = await booked(ground, day, 1, day.at(16))
    tab = await opened(ground, "sivep")
    await tab.send("Planning.check_in", {"form": {"reference": ""}})
    assert shown(tab)["gate"]["title"] == "Référence vide"
    await tab.send("Planning.check_in", {"form": {"reference": "LEH-22222"}})
    assert (shown(tab)["gate"]["title"], shown(tab)["gate"]["known"]) == ("Inconnu", False)
    await tab.send("Planning.check_in", {"form": {"reference": ref}})
    await tab.send("Planning.check_in", {"form": {"reference": ref}})
    assert shown(tab)["gate"]["title"] == "Déjà enregistré"
    gone = await booked(ground, day, 2, day.at(17))
    assert isinstance(await changing.cancel(asker(ground), gone), Appointment)
    await tab.send("Planning.check_in", {"form": {"reference": gone}})
    assert (shown(tab)["gate"]["title"], shown(tab)["gate"]["kind"]) == ("Annulé", "err")


async def test_ses_11_a_request_is_refused_with_a_reason(ground: World, day: Day) -> None:
    """SES-11: not without; what was said of it reaches the operator's side."""
    async with transaction() as db:
        await db.exec(update(PostTerms).values(confirms_itself=False, stamp="asks"))
    ref = await booked(ground, day, 1, day.at(16))
    tab = await opened(ground, "sivep")
    assert blocks(tab)[ref]["next_label"] == "Répondre"
    await tab.send("Planning.show", {"reference": ref})
    await tab.send("Planning.ask", {"what": "refuse"})
    await tab.send("Planning.answer", {"form": {"motif": ""}})
    assert "Choisissez un motif" in shown(tab)["asked"]["error"]
    await tab.send("Planning.answer", {"form": {"motif": "other", "precisions": " "}})
    assert shown(tab)["asked"]["error"] == "Dites lequel dans les précisions."
    assert (await stored(ref)).status == Status.REQUESTED
    await tab.send("Planning.answer", {"form": {"motif": "no_inspector", "precisions": "Grève"}})
    found = await stored(ref)
    assert (found.status, found.reason, found.reason_text) == (Status.REFUSED, "no_inspector", "Grève")
    assert shown(tab)["panel"]["reason"] == "Pas d’inspecteur disponible. Grève"
    assert shown(tab)["asked"]["what"] == ""


async def test_ses_11_a_request_is_confirmed(ground: World, day: Day) -> None:
    """SES-11: by one button, once."""
    async with transaction() as db:
        await db.exec(update(PostTerms).values(confirms_itself=False, stamp="asks"))
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
    await tab.send("Planning.answer", {"form": {"creneau": at, "quai": second["value"], "motif": ""}})
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
    await tab.send("Planning.drop", {"form": {"rdv": ref, "creneau": at, "quai": bay["key"]}})
    asked = shown(tab)["asked"]
    assert (asked["what"], asked["bay"]) == ("move", bay["key"])
    assert datetime.fromisoformat(asked["slot"]) == day.at(17)
    assert (await stored(ref)).starts_at == day.at(16)
    await tab.send("Planning.answer", {"form": {"creneau": asked["slot"], "quai": asked["bay"]}})
    assert (await stored(ref)).starts_at == day.at(17)
    early = {"rdv": ref, "creneau": day.at(8).isoformat(), "quai": bay["key"]}
    await tab.send("Planning.drop", {"form": early})
    assert datetime.fromisoformat(shown(tab)["asked"]["slot"]) == day.at(14, 30)
    assert "la plus proche est proposée ici" in shown(tab)["asked"]["error"]
    for junk in ({"rdv": ref, "creneau": "hier", "quai": "x"}, {"rdv": "LEH-22222"}, {}):
        await tab.send("Planning.drop", {"form": junk})
        assert shown(tab)["asked"]["what"] == ""


async def test_ses_11_another_time_is_proposed_on_another_day(ground: World, day: Day) -> None:
    """SES-11: its place is kept and drawn; the operator's own proposal is accepted or declined."""
    ref = await booked(ground, day, 1, day.at(17))
    tab = await opened(ground, "sivep")
    await tab.send("Planning.show", {"reference": ref})
    await tab.send("Planning.ask", {"what": "propose"})
    at = next(one["value"] for one in shown(tab)["asked"]["slots"] if one["label"].startswith("16"))
    await tab.send("Planning.answer", {"form": {"creneau": at, "motif": "no_inspector"}})
    assert blocks(tab)[f"{ref}-p"]["ghost"]
    assert "Le poste a proposé" in shown(tab)["panel"]["proposal"]
    await tab.send("Planning.ask", {"what": "propose"})
    tomorrow = f"{day.date + timedelta(days=1)}"
    await tab.send("Planning.pick_day", {"value": tomorrow})
    assert shown(tab)["asked"]["day"] == tomorrow
    assert shown(tab)["asked"]["slots"][0]["label"].startswith("8\u00a0h\u00a000")

    outcome = await changing.propose(asker(ground), ref, day.at(16), text="Camion retardé")
    assert isinstance(outcome, Appointment), outcome
    await tab.send("Planning.show", {"reference": ref})
    assert shown(tab)["panel"]["can"]["take_proposal"]
    await tab.send("Planning.act", {"what": "accept"})
    assert (await stored(ref)).starts_at == day.at(16)


@pytest.mark.parametrize(
    ("what", "reason", "status"),
    [
        ("not_presented", "", Status.NOT_PRESENTED),
        ("turned_away", "documents", Status.TURNED_AWAY),
        ("cancel", "no_inspector", Status.CANCELLED),
    ],
)
async def test_ses_13_what_was_not_done(
    ground: World, day: Day, what: str, reason: str, status: Status
) -> None:
    """SES-13, SES-11: recorded with its reason, and the place is free again."""
    ref = await booked(ground, day, 1, day.at(17) if what == "cancel" else day.at(14))
    tab = await opened(ground, "sivep")
    await tab.send("Planning.show", {"reference": ref})
    await tab.send("Planning.ask", {"what": what})
    if reason:
        await tab.send("Planning.answer", {"form": {"motif": ""}})
        assert (await stored(ref)).status == Status.CONFIRMED
    await tab.send("Planning.answer", {"form": {"motif": reason}})
    assert (await stored(ref)).status == status
    assert (await kinds())[-1] == f"appointment.{status}"
    drawn, apart = ref in blocks(tab), [one["key"] for one in shown(tab)["day"]["apart"]]
    assert drawn == (status != Status.CANCELLED)
    assert apart == ([] if drawn else [ref])


async def test_ses_01_another_officer_s_plan_and_panel_follow(ground: World, day: Day) -> None:
    """SES-01, SES-13: what one records, the other sees; a booking too; what did not change is not sent again."""
    ref = await booked(ground, day, 1, day.at(14, 30))
    one, other, away = [await opened(ground, who) for who in ("sivep", "superviseur", "sivep-cdg")]
    await other.connect(f"{PATH}?poste={POST}")
    await other.send("Planning.show", {"reference": ref})
    away.said.clear()
    seq = await told()
    await one.send("Planning.check_in", {"form": {"reference": ref}})
    other.said.clear()
    await delivered(seq)
    assert blocks(other)[ref]["status"] == Status.ARRIVED
    assert shown(other)["panel"]["status_label"] == "Arrivé"
    assert not any("around" in said for said in other.said)
    seq = await told()
    new = await booked(ground, day, 2, day.at(16))
    await delivered(seq)
    assert new in blocks(one)
    assert new in blocks(other)
    assert not any("Avocats" in said for said in away.said)


async def test_the_half_day_that_is_over_is_folded(ground: World, day: Day) -> None:
    """SES-13: what was settled this morning is one line; what was not stays in view, said to be late."""
    done, absent, open_ = [await booked(ground, day, number, day.at(7 + number)) for number in (1, 2, 3)]
    later = await booked(ground, day, 4, day.at(14))
    tab = await opened(ground, "sivep")
    for ref, what in ((done, "done"), (absent, "not_presented")):
        await tab.send("Planning.show", {"reference": ref})
        await tab.send("Planning.ask", {"what": what})
        await tab.send("Planning.answer", {"form": {}})
    plan = shown(tab)["day"]
    assert plan["fold"] == "1\u00a0honoré, 1\u00a0non présenté"
    assert {one["key"] for one in plan["folded"]} == {done, absent}
    assert [(one["key"], one["note"]) for one in plan["late"]] == [(open_, "attendu depuis 4\u00a0h\u00a010")]
    assert set(blocks(tab)) == {later}
    assert plan["grid"]["hours"][0] == {"at": 0, "label": "12\u00a0h"}
    assert plan["grid"]["now"] == 130
    assert plan["counts"] == "4\u00a0rendez-vous, 1\u00a0honoré, 1\u00a0non présenté"
    await tab.go(f"{PATH}?jour={day.date + timedelta(days=1)}")
    assert shown(tab)["day"]["grid"]["hours"][0]["label"] == "8\u00a0h"
    assert shown(tab)["around"]["today"] == f"{PATH}?poste={POST}"


async def test_ses_12_closures_and_load_are_drawn(ground: World, day: Day) -> None:
    """SES-12, SES-13: a bay that is closed for an hour, quarters taken on offered, a day that is closed and why."""
    tab = await opened(ground, "sivep")
    key = shown(tab)["day"]["grid"]["bays"][1]["key"]
    async with transaction() as db:
        hour: Json = {
            "starts_at": day.at(15),
            "ends_at": day.at(16),
            "bay_id": int(key),
            "reason": "Panne de froid",
        }
        db.add(PostClosure(post_code=POST, **hour))
        whole: Json = {"starts_at": day.at(0, days=1), "ends_at": day.at(0, days=2), "reason": "Inventaire"}
        db.add(PostClosure(post_code=POST, **whole))
        await db.exec(update(PostTerms).values(stamp="closed"))
    await booked(ground, day, 1, day.at(16))
    await tab.go(PATH)
    first, second = shown(tab)["day"]["grid"]["bays"]
    assert first["bands"] == []
    assert [(one["at"], one["span"], one["label"]) for one in second["bands"]] == [
        (12, 4, "Fermé, panne de froid")
    ]
    plants = next(one for one in shown(tab)["day"]["load"] if one["service"] == "Phytosanitaire")
    assert plants["morning"]["words"] == "0 sur 144"
    assert plants["afternoon"]["words"] == "3 sur 216"
    assert [one["words"] for one in shown(tab)["day"]["bays"]] == ["3 sur 40", "0 sur 40"]
    await tab.go(f"{PATH}?jour={day.date + timedelta(days=1)}")
    assert shown(tab)["day"]["closed"] == ["Poste fermé (Inventaire)."]
    assert shown(tab)["day"]["grid"]["rows"] == 0


async def test_the_week(ground: World, day: Day) -> None:
    """SES-13: Monday to Sunday, each with its count, its load and its list; the ways around keep the week."""
    ref = await booked(ground, day, 1, day.at(9, days=2))
    tab = await opened(ground, "sivep", f"?vue=semaine&jour={day.date}")
    week = shown(tab)["week"]
    assert len(week) == 7
    assert week[1]["today"]
    assert [one["key"] for one in week[3]["lines"]] == [ref]
    assert week[3]["counts"] == "1\u00a0rendez-vous"
    assert week[3]["bays"][0]["words"] == "3 sur 40"
    assert week[6]["closed"] == ["Poste fermé."]
    around = shown(tab)["around"]
    assert around["previous"].endswith(f"jour={day.date - timedelta(days=7)}&vue=semaine")
    assert around["period"].startswith("Semaine du ")
    await tab.send("Planning.go", {"form": {"jour": f"{day.date}"}})
    assert tab.redirects[-1] == f"{PATH}?poste={POST}&jour={day.date}&vue=semaine"


async def test_junk_in_the_address_opens_today(ground: World, day: Day) -> None:
    """COM-23: what cannot be read is as if it were not there, and another's post is not opened."""
    tab = await opened(ground, "sivep", "?poste=FRCDG4&jour=demain&vue=mois")
    assert shown(tab)["around"]["post"] == POST
    assert shown(tab)["around"]["day"] == f"{day.date}"
    assert clock.now() == day.now


async def test_ses_05_an_officer_of_several_posts_chooses(ground: World, day: Day) -> None:
    """SES-05: each of the officer's posts has its plan, the one that is open first in the list, and no other has."""
    await assign(ground.accounts["sivep"], "FRCDG4")
    async with transaction() as db:
        await db.exec(delete(PostTerms).where(col(PostTerms.post_code) == "FRCDG4"))
    ref = await booked(ground, day, 1, day.at(15))
    tab = await opened(ground, "sivep", f"?poste={POST}")
    assert [one["value"] for one in shown(tab)["around"]["posts"]] == [POST, "FRCDG4"]
    assert ref in blocks(tab)
    await tab.send("Planning.go", {"form": {"poste": "FRCDG4", "jour": f"{day.date}"}})
    await tab.go(tab.redirects[-1])
    assert shown(tab)["around"]["post"] == "FRCDG4"
    assert shown(tab)["around"]["notice"] == "Ce poste ne prend pas encore de rendez-vous sur le portail."
    assert blocks(tab) == {}
    await tab.go(f"{PATH}?poste=FRMRS1")
    assert shown(tab)["around"]["post"] in (POST, "FRCDG4")
