"""What /agent/planning draws of a day and of a week: what is over, closures, load (SES-12, SES-13)."""

from datetime import timedelta

from sqlmodel import update

from models.posts.tables import PostClosure, PostTerms
from models.scheduling.slots.words import day_of
from tests.state.planning_scene import PATH, Json, blocks, booked, ground, opened, shown
from tests.state.world import World
from tests.support.appointments import POST
from tests.support.databases import transaction
from tests.support.plan_days import Day, day

__all__ = ["day", "ground"]


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
    assert [(one["key"], one["note"]) for one in plan["late"]] == [
        (open_, "attendu depuis 4\u00a0h\u00a010\u00a0min")
    ]
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
        db.exec(update(PostTerms).values(stamp="closed"))
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
    following = day.date + timedelta(days=2)
    assert shown(tab)["around"]["reopens"] == day_of(following)
    await tab.go(shown(tab)["around"]["reopens_at"])
    assert shown(tab)["around"]["day"] == f"{following}"
    assert shown(tab)["around"]["reopens"] == ""


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
    await tab.send("Planning.go", {"form": {"day": f"{day.date}"}})
    assert tab.redirects[-1] == f"{PATH}?poste={POST}&jour={day.date}&vue=semaine"
