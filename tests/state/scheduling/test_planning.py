"""/agent/planning through the real pipeline: who sees the plan of which post, and what changes live.

Seen to fail: with `may_run` for everybody the customs officer checks goods in; with no `AboutPost` the second
officer's screen stays as it was.
"""

import pytest

from models.identity.habilitations.actions import post as assign
from models.kernel import clock
from models.scheduling.slots.vocabulary import Status
from tests.state.delivering import delivered, now_seq
from tests.state.planning_scene import PATH, bay_of, blocks, booked, ground, opened, shown
from tests.state.world import World
from tests.support.appointments import POST, stored
from tests.support.demonstration import no_offer
from tests.support.plan_days import Day, day

__all__ = ["day", "ground"]


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


async def test_ses_05_an_officer_of_several_posts_chooses(ground: World, day: Day) -> None:
    """SES-05: each of the officer's posts has its plan, the one that is open first in the list, and no other has."""
    await assign(ground.accounts["sivep"], "FRCDG4")
    await no_offer("FRCDG4")
    ref = await booked(ground, day, 1, day.at(15))
    tab = await opened(ground, "sivep", f"?poste={POST}")
    assert [one["value"] for one in shown(tab)["around"]["posts"]] == [POST, "FRCDG4"]
    assert ref in blocks(tab)
    await tab.send("Planning.go", {"form": {"post": "FRCDG4", "day": f"{day.date}"}})
    await tab.go(tab.redirects[-1])
    assert shown(tab)["around"]["post"] == "FRCDG4"
    assert shown(tab)["around"]["notice"] == "Ce poste ne prend pas encore de rendez-vous sur le portail."
    assert blocks(tab) == {}
    await tab.go(f"{PATH}?poste=FRMRS1")
    assert shown(tab)["around"]["post"] in (POST, "FRCDG4")


async def test_ses_01_another_officer_s_plan_and_panel_follow(ground: World, day: Day) -> None:
    """SES-01, SES-13: what one records, the other sees; a booking too; what did not change is not sent again."""
    ref = await booked(ground, day, 1, day.at(14, 30))
    one, other, away = [await opened(ground, who) for who in ("sivep", "superviseur", "sivep-cdg")]
    await other.connect(f"{PATH}?poste={POST}")
    await other.send("Planning.show", {"reference": ref})
    away.said.clear()
    seq = await now_seq()
    await one.send("Planning.check_in", {"form": {"reference": ref}})
    other.said.clear()
    await delivered(seq)
    assert blocks(other)[ref]["status"] == Status.ARRIVED
    assert shown(other)["panel"]["status_label"] == "Arrivé"
    assert not any("around" in said for said in other.said)
    seq = await now_seq()
    new = await booked(ground, day, 2, day.at(16))
    await delivered(seq)
    assert new in blocks(one)
    assert new in blocks(other)
    assert not any("Avocats" in said for said in away.said)


async def test_junk_in_the_address_opens_today(ground: World, day: Day) -> None:
    """COM-23: what cannot be read is as if it were not there, and another's post is not opened."""
    tab = await opened(ground, "sivep", "?poste=FRCDG4&jour=demain&vue=mois")
    assert shown(tab)["around"]["post"] == POST
    assert shown(tab)["around"]["day"] == f"{day.date}"
    assert clock.now() == day.now
