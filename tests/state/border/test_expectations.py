"""SES-03: what is expected, on the screens: list, page of a consignment, its rail and its timeline."""

from dataclasses import replace
from typing import Any

import pytest

from models.border.consignments.tables import Step
from models.border.expectations.actions import refresh_curves
from models.border.follow_up.queries import listing as queries
from models.border.follow_up.queries.listing import Detail
from models.border.passage.fold import StepNow
from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import read
from state.border.file_view import File, file
from state.border.rows import Row, row
from tests import factories
from tests.factories import NOW, add_basics, after, keep, officer, operator, reference
from tests.models.border.expectations.past import remember, took

pytestmark = pytest.mark.usefixtures("database")

K, S = StepKind, StepStatus
_TIMES = [90.0] * 120 + [180.0] * 80


def plain(words: str) -> str:
    """With common spaces, to be read here."""
    return words.replace("\u00a0", " ")


async def a_file(**said: Any) -> None:
    """A consignment that arrived just now, after a past of 200 at this post."""
    await add_basics()
    await remember(*took(_TIMES), *took(_TIMES, step=K.IDENTITY))
    one = factories.row(1, **said)
    await keep(one)
    arrival = Step(consignment_id=one.key, kind=K.ARRIVAL, status=S.DONE, ended_at=NOW, authority="carrier")
    await keep(arrival)
    with clock.fixed(NOW):
        await refresh_curves()


async def detail(viewer: Viewer) -> Detail:
    """It, as read."""
    with clock.fixed(NOW):
        found = await read(lambda db: queries.one(db, viewer, reference()))
    assert found is not None
    return found


async def shown(viewer: Viewer) -> tuple[Row, File]:
    """Its row in the list, and its page."""
    found = await detail(viewer)
    return row(found.listed, viewer, NOW), file(found, [], viewer, NOW)


@pytest.mark.parametrize("viewer", [operator(), officer()], ids=["importer", "officer"])
async def test_ses_03_time_left_and_who_owes_it_wherever_it_shows(viewer: Viewer) -> None:
    """SES-03: median and 90th centile, how sure, next action and who owes it."""
    await a_file()
    listed, page = await shown(viewer)
    assert plain(listed.remaining) == "Env. 1 h 30 min"
    assert (listed.action_label, listed.actor) == ("Vérifier les documents", "sivep")
    assert plain(page.turn.hint) == (
        "Encore 1 h 30 min en général, 9 fois sur 10 moins de 3 h "
        "(fiabilité bonne, d’après 200 DSCE-PP au Havre)."
    )
    assert page.turn.actor == "sivep"
    (current,) = [one for one in page.timeline if one.current]
    assert plain(current.note) == "Fin prévue vers 11 h 30, 9 fois sur 10 avant 13 h 00."
    assert plain(current.time) == "vers 11 h 30"
    (segment,) = [one for one in page.passline if one.current]
    assert plain(segment.time) == "vers 11 h 30"


async def test_ses_03_what_the_operator_owes_is_not_announced_as_if_it_came_by_itself() -> None:
    """SES-03: they are told how long others take."""
    await a_file(step="identity", actor="operator", action="present_for_identity", state="action_required")
    listed, page = await shown(operator())
    assert (listed.remaining, listed.mine) == ("Dès que possible", True)
    assert plain(page.turn.hint).startswith(
        "Les opérateurs mettent encore 1 h 30 min en général, 9 fois sur 10"
    )
    (current,) = [one for one in page.timeline if one.current]
    assert (current.note, current.time) == ("", "")


async def test_ses_03_a_default_is_told_as_one() -> None:
    """SES-03: where nothing was learnt."""
    await a_file(post_code="FRMRS1", ched_type="CHEDP", expected_at=after(1.5), step="laboratory")
    listed, page = await shown(operator())
    assert plain(listed.remaining) == "Env. 1 h 30 min"
    assert "trop peu de cas semblables" in page.turn.hint


async def test_ses_03_nothing_is_expected_of_what_is_over() -> None:
    """SES-03"""
    await a_file(state="released", actor="", action="collect", step="release", closed_at=NOW)
    listed, page = await shown(operator())
    assert (listed.remaining, page.turn.hint) == ("Terminé", "")
    assert not [one.note for one in page.timeline if one.note]


async def test_a_planned_step_shows_its_appointment_first() -> None:
    """SES-03: an appointment is not an estimate."""
    await a_file(step="identity", actor="operator", action="present_for_identity")
    found = await detail(operator())
    plan: dict[str, StepNow] = {K.IDENTITY: StepNow(S.PLANNED, planned_at=after(3))}
    listed = replace(found.listed, steps={**found.listed.steps, **plan})
    assert plain(row(listed, operator(), NOW).remaining) == "À 13 h 00"
    assert plain(file(replace(found, listed=listed), [], operator(), NOW).turn.hint) == "À 13 h 00."
