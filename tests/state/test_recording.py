"""The officers' form, through the handlers: who may record what, and what becomes of what was typed (SES-05).

Seen to fail: with a guard that lets everybody in, a session that ended still records; with a `record_step` that
asks no policy, a deceived form records what is another service's.
"""

import pytest
from sqlmodel import col, func, select

from models.consignments.tables import StepFact
from models.consignments.vocabulary import StepKind, StepStatus
from models.database import reading
from state.consignment import StepChoice
from tests.state.pipeline import Json, Tab
from tests.state.world import DOSSIERS, World

MINE = DOSSIERS["A_HAVRE"]
SIVEP_STEPS = {"documentary", "identity", "physical", "laboratory", "decision"}
CUSTOMS_STEPS = {"arrival", "declaration", "release", "departure"}


async def open_file(world: World, who: str) -> Tab:
    """That person's tab on the dossier of A at Le Havre."""
    tab = await world.tab(who)
    await tab.connect(f"/suivi/{MINE.reference}")
    return tab


async def fill_in(tab: Tab, **fields: str) -> Json:
    """Choose and type as the page does, then confirm; the form as it is shown afterwards."""
    for name, value in fields.items():
        await tab.send(f"ConsignmentPage.set_{name}", {"value": value})
    await tab.send("ConsignmentPage.confirm")
    return tab.shown["ConsignmentPage"]


async def recorded(step: StepKind) -> list[StepFact]:
    """What is kept of that step."""
    async with reading() as db:
        query = select(StepFact).where(StepFact.step == step, col(StepFact.account_id).is_not(None))
        return list((await db.exec(query)).all())


async def count() -> int:
    """How many facts there are."""
    async with reading() as db:
        return (await db.exec(select(func.count()).select_from(StepFact))).one()


async def test_ses_05_an_inspector_records_a_result(world: World) -> None:
    """SES-05: recorded once, under the officer's account, told on the page, and the form is empty again."""
    tab = await open_file(world, "sivep")
    assert {one["value"] for one in tab.shown["ConsignmentPage"]["steps"]} == SIVEP_STEPS
    form = await fill_in(tab, step="physical", outcome="started")
    assert form["error"] == ""
    assert form["done"] == "Contrôle physique : enregistré."
    assert (form["note"], form["reason"]) == ("", "")
    (fact,) = await recorded(StepKind.PHYSICAL)
    assert (fact.status, fact.account_id) == (StepStatus.STARTED, world.accounts["sivep"])
    assert any(one["kind"] == "physical" for one in form["file"]["timeline"])


async def test_a_refusal_without_reason_keeps_what_was_typed(world: World) -> None:
    """SES-05: the operator has to know why; nothing is recorded until then, and nothing is typed twice."""
    tab = await open_file(world, "sivep")
    form = await fill_in(tab, step="physical", outcome="unsatisfactory", note="Larves vivantes")
    assert form["error"] == "Choisissez un motif : l’opérateur doit savoir ce qui ne va pas."
    assert (form["step"], form["outcome"], form["note"]) == ("physical", "unsatisfactory", "Larves vivantes")
    assert await recorded(StepKind.PHYSICAL) == []
    form = await fill_in(tab, reason="PRESENCE_OF_HARMFUL_ORGANISM")
    assert form["error"] == ""
    (fact,) = await recorded(StepKind.PHYSICAL)
    assert fact.reason == "PRESENCE_OF_HARMFUL_ORGANISM"
    assert fact.detail == "Présence d’un organisme nuisible. Larves vivantes"


async def test_too_early_is_said_and_keeps_what_was_chosen(world: World) -> None:
    """SES-05: no acceptance before the documents were checked."""
    tab = await open_file(world, "sivep")
    form = await fill_in(tab, step="decision", outcome="satisfactory")
    assert form["error"].startswith("Il manque encore : ")
    assert (form["step"], form["outcome"]) == ("decision", "satisfactory")
    assert await recorded(StepKind.DECISION) == []


async def test_a_note_too_long_is_said(world: World) -> None:
    tab = await open_file(world, "sivep")
    form = await fill_in(tab, step="physical", outcome="unsatisfactory", reason="OTHER", note="x" * 501)
    assert form["error"] == "Raccourcissez les précisions : 500 caractères au plus."
    assert await recorded(StepKind.PHYSICAL) == []


@pytest.mark.parametrize("step", sorted(SIVEP_STEPS))
async def test_ses_05_customs_cannot_record_a_step_of_the_sivep(world: World, step: str) -> None:
    """SES-05: each administration its own steps, whatever the browser sends."""
    tab = await open_file(world, "douane")
    assert {one["value"] for one in tab.shown["ConsignmentPage"]["steps"]} == CUSTOMS_STEPS
    before = await count()
    form = await fill_in(tab, step=step, outcome="satisfactory")
    assert form["error"] == "Choisissez l’étape à enregistrer."
    assert form["done"] == ""
    assert await count() == before


@pytest.mark.parametrize("who", ["sivep-cdg", "superviseur", "importateur", "transitaire", "concurrent"])
async def test_ses_05_nobody_else_has_a_form(world: World, who: str) -> None:
    """SES-05: an officer of another post gets nothing, those who only watch get no form; none can record."""
    tab = await open_file(world, who)
    before = await count()
    assert tab.shown["ConsignmentPage"]["steps"] == []
    seen = tab.shown["ConsignmentPage"]["file"]["reference"]
    assert seen == (MINE.reference if who in ("superviseur", "importateur") else "")
    for step in sorted(SIVEP_STEPS | CUSTOMS_STEPS):
        form = await fill_in(tab, step=step, outcome="done" if step in CUSTOMS_STEPS else "satisfactory")
        assert form["done"] == ""
        assert form["error"]
    assert await count() == before


async def test_ses_05_the_domain_refuses_even_when_the_form_is_deceived(world: World) -> None:
    """SES-05: were the offered steps forged, the verb itself would say no."""
    manager = world.pipeline.manager
    tab = await open_file(world, "douane")
    async with manager.modify_state(tab.state_token) as root:
        screen = await root.get_state(tab.screen("ConsignmentPage"))
        screen.steps = [StepChoice("physical", "Contrôle physique")]
    form = await fill_in(tab, step="physical", outcome="started")
    assert form["error"] == "Cette étape relève d’une autre administration que la vôtre."
    async with manager.modify_state(tab.state_token) as root:
        screen = await root.get_state(tab.screen("ConsignmentPage"))
        screen._reference = DOSSIERS["A_ROISSY"].reference
        screen.steps = [StepChoice("release", "BAE")]
    form = await fill_in(tab, step="release", outcome="control")
    assert form["error"] == "Cet envoi n’existe pas ou n’est pas de votre ressort."


async def test_the_form_of_a_session_that_ended_records_nothing(world: World) -> None:
    """SES-04: the click after a revocation is refused, and the page says so."""
    tab = await open_file(world, "sivep")
    await tab.send("ConsignmentPage.set_step", {"value": "physical"})
    before = await count()
    await world.revoke("sivep")
    form = (await tab.send("ConsignmentPage.confirm"))["ConsignmentPage"]
    assert form["refusal"] == "Votre session est terminée. Reconnectez-vous pour reprendre votre suivi."
    assert form["file"]["reference"] == ""
    assert form["steps"] == []
    assert tab.redirects == [f"/connexion?next=/suivi/{MINE.reference}"]
    assert await count() == before
