"""The officers' form, through the handlers: who may record what, and what becomes of what was typed (SES-05).

Seen to fail: with a guard that lets everybody in, a session that ended still records; with a `record_step` that
asks no policy, a deceived form records what is another service's.
"""

from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from models.border.consignments.tables import StepFact
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel import clock, french
from state.border.record_form import StepChoice
from tests.state.pipeline import Json, Tab
from tests.state.world import DOSSIERS, World
from tests.support.databases import reading

MINE = DOSSIERS["A_HAVRE"]
SIVEP_STEPS = {"documentary", "identity", "physical", "laboratory", "decision"}
CUSTOMS_STEPS = {"arrival", "declaration", "release", "departure"}


async def open_file(world: World, who: str) -> Tab:
    """That person's tab on the dossier of A at Le Havre."""
    tab = await world.tab(who)
    await tab.connect(f"/suivi/{MINE.reference}")
    return tab


async def fill_in(tab: Tab, **fields: str) -> Json:
    """Choose and type as the page does, then confirm, in the dialog where one asks; the form as it is afterwards."""
    for name, value in fields.items():
        await tab.send(f"ConsignmentPage.set_{name}", {"value": value})
    if tab.shown["ConsignmentPage"]["signs"]:
        await tab.send("ConsignmentPage.ask")
    await tab.send("ConsignmentPage.confirm", {"shown": tab.shown["ConsignmentPage"]["stamp"]})
    return tab.shown["ConsignmentPage"]


async def recorded(step: StepKind) -> list[StepFact]:
    """What is kept of that step."""
    async with reading() as db:
        query = select(StepFact).where(StepFact.step == step, col(StepFact.account_id).is_not(None))
        return list(db.exec(query).all())


async def count() -> int:
    """How many facts there are."""
    async with reading() as db:
        return db.exec(select(func.count()).select_from(StepFact)).one()


async def test_ses_05_an_inspector_records_a_result(world: World) -> None:
    """SES-05: recorded once, under the officer's account, told on the page, and the form is empty again."""
    tab = await open_file(world, "sivep")
    assert {one["value"] for one in tab.shown["ConsignmentPage"]["steps"]} == SIVEP_STEPS
    form = await fill_in(tab, step="physical", outcome="started")
    assert form["error"] == ""
    assert form["done"] == "Enregistré\u00a0: contrôle physique, commencé."
    assert (form["note"], form["reason"], form["outcome"]) == ("", "", "")
    (fact,) = await recorded(StepKind.PHYSICAL)
    assert (fact.status, fact.account_id) == (StepStatus.STARTED, world.accounts["sivep"])
    assert any(one["kind"] == "physical" for one in form["file"]["timeline"])


async def test_a_refusal_without_reason_keeps_what_was_typed(world: World) -> None:
    """SES-05: the operator has to know why; nothing is recorded until then, and nothing is typed twice."""
    tab = await open_file(world, "sivep")
    form = await fill_in(tab, step="physical", outcome="unsatisfactory", note="Larves vivantes")
    assert (
        form["recording"]["errors"]["reason"]
        == "Choisissez un motif\u00a0: l’opérateur doit savoir ce qui ne va pas."
    )
    assert (form["step"], form["outcome"], form["note"]) == ("physical", "unsatisfactory", "Larves vivantes")
    assert await recorded(StepKind.PHYSICAL) == []
    form = await fill_in(tab, reason="PRESENCE_OF_HARMFUL_ORGANISM")
    assert form["error"] == ""
    (fact,) = await recorded(StepKind.PHYSICAL)
    assert (fact.reason, fact.detail) == ("PRESENCE_OF_HARMFUL_ORGANISM", "Larves vivantes")
    told = next(one for one in form["file"]["timeline"] if one["kind"] == "physical")
    assert told["fact"] == "Motif\u00a0: présence d’un organisme nuisible. Larves vivantes."
    assert "Présence d’un organisme nuisible" in {one["label"] for one in await _reasons(tab)}


async def _reasons(tab: Tab) -> list[Json]:
    await tab.send("ConsignmentPage.set_step", {"value": "physical"})
    await tab.send("ConsignmentPage.set_outcome", {"value": "unsatisfactory"})
    shown: list[Json] = tab.shown["ConsignmentPage"]["reasons"]
    return shown


async def test_nothing_is_chosen_beforehand_and_the_button_names_the_act(world: World) -> None:
    """SES-05: after a record the form moves on, to nothing that a key pressed again could record."""
    tab = await open_file(world, "sivep")
    form = tab.shown["ConsignmentPage"]
    assert (form["outcome"], form["act"]) == ("", "Enregistrer")
    form = await fill_in(tab, step="physical", outcome="satisfactory")
    before = await count()
    for _ in range(
        2
    ):  # the same key again, on the same button: with what it was shown for, and with what is shown
        await tab.send("ConsignmentPage.confirm", {"shown": form["stamp"]})
        await tab.send("ConsignmentPage.ask")
    assert await count() == before
    assert tab.shown["ConsignmentPage"]["outcome"] == ""
    await tab.send("ConsignmentPage.set_step", {"value": "decision"})
    await tab.send("ConsignmentPage.set_outcome", {"value": "unsatisfactory"})
    assert tab.shown["ConsignmentPage"]["act"] == "Signer\u00a0: entrée refusée"


async def test_a_decision_is_signed_as_it_was_asked(world: World) -> None:
    """SES-05: what follows is said first; what is chosen anew, or changes meanwhile, is asked anew."""
    tab = await open_file(world, "sivep")
    refusal = {"outcome": "unsatisfactory", "reason": "PROHIBITED_PRODUCT", "measure": "DESTRUCTION"}
    fields = {"step": "decision", **refusal, "due_on": _in_ten_days()}
    for name, value in fields.items():
        await tab.send(f"ConsignmentPage.set_{name}", {"value": value})
    stamp = tab.shown["ConsignmentPage"]["stamp"]
    await tab.send("ConsignmentPage.confirm", {"shown": stamp})
    assert "a changé" in tab.shown["ConsignmentPage"]["error"]
    assert await recorded(StepKind.DECISION) == []

    asked = (await tab.send("ConsignmentPage.ask"))["ConsignmentPage"]["asked"]
    assert asked["act"] == "Signer\u00a0: entrée refusée"
    assert asked["lines"][0] == "Motif\u00a0: produit interdit."
    assert "voies de recours" in asked["follows"]
    await tab.send("ConsignmentPage.set_measure", {"value": "REDISPATCHING"})
    assert tab.shown["ConsignmentPage"]["asked"]["key"] == ""
    await tab.send("ConsignmentPage.confirm", {"shown": asked["stamp"]})
    assert await recorded(StepKind.DECISION) == []

    await tab.send("ConsignmentPage.ask")
    form = (await tab.send("ConsignmentPage.confirm", {"shown": stamp}))["ConsignmentPage"]
    assert form["done"] == "Enregistré\u00a0: décision sur le DSCE, entrée refusée."
    (fact,) = await recorded(StepKind.DECISION)
    assert (fact.reason, fact.measure, str(fact.due_on)) == (
        "PROHIBITED_PRODUCT", "REDISPATCHING", fields["due_on"],
    )  # fmt: skip


async def test_ses_05_a_refusal_is_told_to_the_operator_with_all_that_follows(world: World) -> None:
    """SES-05, SES-02: the same words as the officer chose, the deadline, the post, a date to propose, the appeals."""
    officer = await open_file(world, "sivep")
    refusal = {"outcome": "unsatisfactory", "reason": "PESTICIDE_RESIDUES", "measure": "DESTRUCTION"}
    await fill_in(officer, step="decision", **refusal, due_on=_in_ten_days())
    file = (await open_file(world, "importateur")).shown["ConsignmentPage"]["file"]
    told = {one["label"]: one["text"] for one in file["refused"]["facts"]}
    assert file["refused"]["title"] == "Entrée refusée"
    words = {one["value"]: one["label"] for one in await _reasons(officer)}
    assert told["Motif"] == words["PESTICIDE_RESIDUES"]
    assert told["Mesure"] == "Destruction"
    assert told["Échéance"].startswith("Au plus tard le ")
    assert {"Téléphone", "Adresse", "Poste"} <= set(told)
    assert "Proposez au poste la date" in file["refused"]["propose"]
    assert [one["label"] for one in file["refused"]["appeals"]] == [
        "Délai", "Recours administratif", "Recours contentieux",
    ]  # fmt: skip
    assert file["turn"]["title"] == "Entrée refusée\u00a0: exécutez la mesure"
    assert "Mesure\u00a0: destruction" in file["turn"]["sentence"]


async def test_ses_05_a_record_made_by_mistake_is_taken_back(world: World) -> None:
    """SES-05: by a new fact, with its reason; the form and the operator's page are where they were."""
    tab = await open_file(world, "sivep")
    before = tab.shown["ConsignmentPage"]["file"]["standing"]
    form = await fill_in(tab, step="physical", outcome="unsatisfactory", reason="OTHER")
    assert form["undoable"]["what"] == "contrôle physique non conforme"
    stale = "0" * 16
    for shown, reason in ((stale, "WRONG_ENTRY"), (form["stamp"], "")):
        await tab.send("ConsignmentPage.undo", {"form": {"reason": reason}, "shown": shown})
        assert tab.shown["ConsignmentPage"]["error"]
        assert len(await recorded(StepKind.PHYSICAL)) == 1
    form = (
        await tab.send("ConsignmentPage.undo", {"form": {"reason": "WRONG_ENTRY"}, "shown": form["stamp"]})
    )["ConsignmentPage"]
    assert form["done"].startswith("Enregistrement annulé")
    assert (form["error"], form["undoable"]["what"]) == ("", "")
    assert form["file"]["standing"] == before
    assert len(await recorded(StepKind.PHYSICAL)) == 2  # nothing is erased


def _in_ten_days() -> str:
    return (french.local(clock.now()) + timedelta(days=10)).date().isoformat()


async def test_too_early_is_said_and_keeps_what_was_chosen(world: World) -> None:
    """SES-05: no acceptance before the documents were checked."""
    tab = await open_file(world, "sivep")
    form = await fill_in(tab, step="decision", outcome="satisfactory")
    assert form["error"].startswith("Il manque encore\u00a0: ")
    assert (form["step"], form["outcome"]) == ("decision", "satisfactory")
    assert await recorded(StepKind.DECISION) == []


async def test_a_note_too_long_is_said(world: World) -> None:
    tab = await open_file(world, "sivep")
    form = await fill_in(tab, step="physical", outcome="unsatisfactory", reason="OTHER", note="x" * 501)
    assert form["recording"]["errors"] == {"note": "Raccourcissez\u00a0: 500 caractères au plus."}
    assert await recorded(StepKind.PHYSICAL) == []


@pytest.mark.parametrize("step", sorted(SIVEP_STEPS))
async def test_ses_05_customs_cannot_record_a_step_of_the_sivep(world: World, step: str) -> None:
    """SES-05: each administration its own steps, whatever the browser sends."""
    tab = await open_file(world, "douane")
    assert {one["value"] for one in tab.shown["ConsignmentPage"]["steps"]} == CUSTOMS_STEPS
    before = await count()
    form = await fill_in(tab, step=step, outcome="satisfactory")
    assert form["recording"]["errors"]["step"] == "Choisissez l’étape à enregistrer."
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
        assert form["recording"]["errors"]["step"]
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
    form = (await tab.send("ConsignmentPage.confirm", {"shown": ""}))["ConsignmentPage"]
    assert form["refusal"] == "Votre session est terminée. Reconnectez-vous pour reprendre votre suivi."
    assert form["file"]["reference"] == ""
    assert form["steps"] == []
    assert tab.redirects == [f"/connexion?next=/suivi/{MINE.reference}"]
    assert await count() == before
