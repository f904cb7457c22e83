"""A day’s controls at /agent/planning: checked in at the gate, started, done, or not (SES-13)."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.journal.tables import JournalEntry
from models.scheduling.appointments import changes
from models.scheduling.appointments.tables import Appointment
from models.scheduling.slots.vocabulary import Status
from tests.state.planning_scene import asker, blocks, booked, ground, opened, shown
from tests.state.world import World
from tests.support.appointments import stored
from tests.support.databases import reading
from tests.support.plan_days import Day, day

__all__ = ["day", "ground"]


async def kinds() -> list[str]:
    """What the journal says of appointments."""
    async with reading() as db:
        rows = select(JournalEntry.kind).where(col(JournalEntry.kind).startswith("appointment."))
        return list(db.exec(rows.order_by(col(JournalEntry.seq))).all())


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
        (timedelta(minutes=-130), "En avance de 2\u00a0h\u00a010\u00a0min", "warn"),
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
    assert isinstance(await changes.cancel(asker(ground), gone), Appointment)
    await tab.send("Planning.check_in", {"form": {"reference": gone}})
    assert (shown(tab)["gate"]["title"], shown(tab)["gate"]["kind"]) == ("Annulé", "err")


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
        await tab.send("Planning.answer", {"form": {"reason": ""}})
        assert (await stored(ref)).status == Status.CONFIRMED
    await tab.send("Planning.answer", {"form": {"reason": reason}})
    assert (await stored(ref)).status == status
    assert (await kinds())[-1] == f"appointment.{status}"
    drawn, apart = ref in blocks(tab), [one["key"] for one in shown(tab)["day"]["apart"]]
    assert drawn == (status != Status.CANCELLED)
    assert apart == ([] if drawn else [ref])
