"""The page of a post's offer, through its handlers: a draft, its effect, and what is kept (SES-12).

Seen to fail: with `may_plan` instead of `may_run` on the handlers, a supervisor's draft is not refused.
"""

from typing import Any

import pytest

from models.kernel.database import read
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.offers import offer_of
from tests.state.delivering import delivered, now_seq
from tests.state.pipeline import Tab
from tests.state.world import HAVRE, World

PAGE = "OfferPage"
READERS = {"sivep", "douane", "sivep-cdg", "superviseur"}
MONDAY = {"service": "food", "monday": "on", "opens": "19:00", "closes": "00:00", "inspectors": "2"}


async def kept() -> Offer:
    """What Le Havre offers, as the database has it."""
    found = await read(lambda db: offer_of(db, HAVRE))
    assert found is not None
    return found


async def opened(world: World, who: str = "sivep") -> Tab:
    tab = await world.tab(who)
    await tab.connect("/agent/offre")
    return tab


def shown(tab: Tab) -> dict[str, Any]:
    return tab.shown[PAGE]


def _known(tab: Tab) -> dict[str, Any]:
    forms = {name: shown(tab)[name]["typed"] for name in ("lengths_form", "terms_form")}
    return forms | {name: shown(tab)[name] for name in ("week", "closures", "bays")}


def spans(tab: Tab, service: str, day: int) -> list[str]:
    found = next(one for one in shown(tab)["week"] if one["key"] == service)
    return [span["label"].replace("\u00a0", " ") for span in found["days"][day]["spans"]]


@pytest.mark.parametrize("who", [*sorted(READERS), "importateur", "dgitm", None])
async def test_the_page_is_for_the_post(world: World, who: str | None) -> None:
    """SES-12, SES-05: inspectors of the post edit; customs and the supervision read; others are told why not."""
    tab = await world.tab(who)
    await tab.connect("/agent/offre")
    assert bool(shown(tab)["week"]) == (who in READERS)
    assert bool(shown(tab)["refusal"]) == (who not in READERS)
    assert shown(tab)["post"]["editable"] == (who in ("sivep", "sivep-cdg"))
    if who not in ("sivep", "sivep-cdg"):
        before = len((await kept()).hours)
        await tab.send(f"{PAGE}.save_hours", {"form": MONDAY})
        await tab.send(f"{PAGE}.see_effect")
        await tab.send(f"{PAGE}.save", {"form": {}})
        assert len((await kept()).hours) == before


async def test_ses_12_hours_are_drafted_then_saved(world: World) -> None:
    """SES-12: what is wrong is said in the form; nothing is kept before the effect was seen and saved."""
    tab = await opened(world)
    before = len((await kept()).hours)
    await tab.send(f"{PAGE}.save_hours", {"form": {**MONDAY, "closes": "18:00"}})
    assert "doit suivre" in shown(tab)["hours_form"]["errors"]["closes"]
    assert shown(tab)["hours_form"]["typed"]["opens"] == "19:00"
    await tab.send(f"{PAGE}.save_hours", {"form": {**MONDAY, "opens": "17:00"}})
    assert "se chevauchent" in shown(tab)["hours_form"]["errors"]["opens"]
    await tab.send(f"{PAGE}.save_hours", {"form": MONDAY})
    assert spans(tab, "food", 0)[-1] == "19 h 00 – 24 h 00"
    assert (shown(tab)["unsaved"]["changes"], len((await kept()).hours)) == ("Horaires", before)
    await tab.send(f"{PAGE}.save", {"form": {}})
    assert len((await kept()).hours) == before
    await tab.send(f"{PAGE}.see_effect")
    assert shown(tab)["shown"]["summary"] == "Aucun rendez-vous touché"
    await tab.send(f"{PAGE}.save", {"form": {"text": "x" * 501}})
    assert (list(shown(tab)["change_form"]["errors"]), len((await kept()).hours)) == (["text"], before)
    await tab.send(f"{PAGE}.save", {"form": {}})
    assert len((await kept()).hours) == before + 1
    assert (shown(tab)["unsaved"]["changes"], shown(tab)["shown"]["known"]) == ("", False)
    assert shown(tab)["done"].startswith("Offre enregistrée")


async def test_a_line_is_edited_then_its_form_is_drawn_anew(world: World) -> None:
    """What was typed for one line is not offered for the next."""
    tab = await opened(world)
    key = next(one for one in shown(tab)["week"] if one["key"] == "food")["days"][0]["spans"][0]["key"]
    await tab.send(f"{PAGE}.edit_hours", {"key": key})
    form = shown(tab)["hours_form"]
    typed = form["typed"]
    assert (typed["line"], typed["opens"], typed["closes"]) == (key, "08:00", "12:30")
    await tab.send(
        f"{PAGE}.save_hours", {"form": {**MONDAY, "line": key, "opens": "07:00", "closes": "11:00"}}
    )
    assert spans(tab, "food", 0) == ["7 h 00 – 11 h 00", "13 h 30 – 18 h 00"]
    anew = shown(tab)["hours_form"]
    assert ("line" in anew["typed"], anew["version"] > form["version"]) == (False, True)
    key = next(one for one in shown(tab)["week"] if one["key"] == "food")["days"][0]["spans"][0]["key"]
    await tab.send(f"{PAGE}.remove_hours", {"key": key})
    assert spans(tab, "food", 0) == ["13 h 30 – 18 h 00"]


async def test_every_form_changes_the_draft_and_is_undone(world: World) -> None:
    """SES-12: closures, bays, lengths and rules; each change is taken back, the last first."""
    tab = await opened(world)
    start = _known(tab)
    closure = {
        "what": "absent:food",
        "from_day": "2027-03-27",
        "from_time": "22:00",
        "until_day": "2027-03-28",
    }
    await tab.send(f"{PAGE}.add_closure", {"form": {**closure, "until_time": "04:00", "absent": "0"}})
    assert "au moins un inspecteur" in shown(tab)["closure_form"]["errors"]["absent"]
    await tab.send(f"{PAGE}.add_closure", {"form": {**closure, "until_time": "04:00", "absent": "1"}})
    (row,) = shown(tab)["closures"]
    assert row["title"].replace("\u00a0", " ") == "Alimentation : 1 inspecteur absent"
    await tab.send(f"{PAGE}.remove_closure", {"key": row["key"]})
    await tab.send(f"{PAGE}.undo")
    assert shown(tab)["closures"] == [row]
    await tab.send(f"{PAGE}.save_bay", {"form": {"name": "Quai 9", "identity": True}})
    assert "marchandise" in shown(tab)["bay_form"]["errors"]["live_animals"]
    await tab.send(f"{PAGE}.save_bay", {"form": {"name": "Quai 9", "identity": True, "dry": "on"}})
    new = shown(tab)["bays"][-1]
    await tab.send(f"{PAGE}.shift_bay", {"key": new["key"], "way": "up"})
    assert shown(tab)["bays"][-2]["title"] == "Quai 9"
    await tab.send(f"{PAGE}.edit_bay", {"key": new["key"]})
    assert shown(tab)["bay_form"]["typed"]["name"] == "Quai 9"
    await tab.send(f"{PAGE}.retire_bay", {"key": new["key"]})
    await tab.send(f"{PAGE}.save_lengths", {"form": {"identity_dry_first": "20"}})
    assert "les deux" in shown(tab)["lengths_form"]["errors"]["identity_dry_more"]
    await tab.send(f"{PAGE}.save_lengths", {"form": {"identity_dry_first": "20", "identity_dry_more": "5"}})
    terms = {
        "department": "2a",
        "wood_days": "3",
        "horizon_days": "20",
        "step": "15",
        "phone": "02 35 00 00 00",
    }
    await tab.send(f"{PAGE}.save_terms", {"form": {**terms, "booking_notice": "1,5", "change_notice": "x"}})
    assert list(shown(tab)["terms_form"]["errors"]) == ["change_notice"]
    await tab.send(f"{PAGE}.save_terms", {"form": {**terms, "booking_notice": "1,5", "change_notice": "4"}})
    assert shown(tab)["terms_form"]["typed"]["department"] == "2A"
    assert shown(tab)["unsaved"]["changes"] == "Fermetures et absences, Durées, Règles"
    for _ in range(8):
        await tab.send(f"{PAGE}.undo")
    assert _known(tab) == start
    assert shown(tab)["unsaved"]["changes"] == ""


async def test_a_colleague_s_change_keeps_the_draft(world: World) -> None:
    """SES-12: told at once, live; the draft is put on top of the new offer, and saved with it."""
    mine, theirs = await opened(world), await opened(world)
    await mine.send(f"{PAGE}.save_hours", {"form": MONDAY})
    closure = {"what": "post", "from_day": "2027-03-29", "until_day": "2027-03-30", "reason": "Travaux"}
    closure |= {"from_time": "00:00", "until_time": "00:00"}
    await theirs.send(f"{PAGE}.add_closure", {"form": closure})
    await theirs.send(f"{PAGE}.see_effect")
    seq = await now_seq()
    await theirs.send(f"{PAGE}.save", {"form": {}})
    await mine.send(f"{PAGE}.see_effect")
    await mine.send(f"{PAGE}.save", {"form": {}})
    assert shown(mine)["post"]["stale"]
    await delivered(seq)
    assert shown(mine)["post"]["stale"]
    assert shown(mine)["unsaved"]["changes"] == "Horaires"
    await mine.send(f"{PAGE}.take_over")
    assert (shown(mine)["post"]["stale"], len(shown(mine)["closures"])) == (False, 1)
    await mine.send(f"{PAGE}.see_effect")
    await mine.send(f"{PAGE}.save", {"form": {}})
    both = await kept()
    assert ([one.reason for one in both.closures], both.hours[-1].weekday) == (["Travaux"], 4)
    assert any(one.opens == 19 * 60 for one in both.hours)
    await mine.send(f"{PAGE}.save_hours", {"form": {**MONDAY, "monday": "", "sunday": "on"}})
    await mine.connect("/agent/offre")
    assert spans(mine, "food", 6) == ["19 h 00 – 24 h 00"]
    await mine.send(f"{PAGE}.discard")
    assert spans(mine, "food", 6) == []


async def test_the_slots_of_a_week_are_looked_at(world: World) -> None:
    """SES-12: under the draft and as they are, before anything is saved."""
    tab = await opened(world)
    await tab.send(f"{PAGE}.save_hours", {"form": {**MONDAY, "service": "food"}})
    asked = {"control": "identity", "goods": "dry", "containers": "1", "since": "2026-12-02"}
    await tab.send(f"{PAGE}.look", {"form": asked})
    monday = shown(tab)["preview_days"][0]
    assert monday["label"].replace("\u00a0", " ") == "Lundi 30 nov."
    assert "ajoutés" in monday["summary"]
    assert {slot["kind"] for slot in monday["slots"]} == {"kept", "added"}
    await tab.send(f"{PAGE}.look", {"form": {**asked, "since": "demain"}})
    errors = shown(tab)["preview_form"]["errors"]
    assert (errors, shown(tab)["preview_days"]) == ({"since": "Choisissez une semaine."}, [])
