"""The list on screen: rows change in place, newcomers wait to be called (SES-01)."""

import json

import pytest

from app.app import app
from models.border.passage.vocabulary import StepKind, StepStatus
from models.journal.queries import after
from state.border import follow_up
from state.hub import deliveries
from tests.state.delivering import now_seq
from tests.state.pipeline import Json, Tab
from tests.state.world import DOSSIERS, World, newcomer, notify, rows, tell
from tests.support.databases import reading


async def deliver_since(seq: int) -> None:
    """Tell the screens what the journal holds after `seq`."""
    async with reading() as db:
        entries = after(db, seq)
    assert entries
    await deliveries.deliver(app, entries)


async def follow(world: World, who: str = "importateur", address: str = "/suivi") -> Tab:
    """A tab that follows the list."""
    tab = await world.tab(who)
    await tab.connect(address)
    return tab


def counts(tab: Tab) -> dict[str, str]:
    """The chips."""
    return {chip["label"]: chip["count"] for chip in tab.shown["FollowUp"]["chips"]}


async def test_ses_01_a_row_changes_in_place(world: World) -> None:
    """SES-01: the changed row keeps its position and is marked; the others are as they were."""
    tab = await follow(world, address="/suivi?tri=recent")
    before = rows(tab)
    assert [one["id"] for one in before] == [world.ids["A_ROISSY"], world.ids["A_HAVRE"]]
    seq, last = await now_seq(), DOSSIERS["A_HAVRE"]
    await tell(last, StepKind.ARRIVAL, StepStatus.DONE)
    await deliver_since(seq)
    assert [one["id"] for one in rows(tab)] == [one["id"] for one in before]
    assert rows(tab)[0] == before[0]
    assert rows(tab)[1]["fresh"]
    assert rows(tab)[1]["rail"] != before[1]["rail"]
    assert tab.shown["FollowUp"]["newcomers"] == ""
    assert tab.shown["FollowUp"]["feed_title"] == rows(tab)[1]["title"]
    await tab.send("FollowUp.show_newcomers")
    assert [one["id"] for one in rows(tab)] == [world.ids["A_HAVRE"], world.ids["A_ROISSY"]]
    assert not any(one["fresh"] for one in rows(tab))


async def test_ses_01_only_what_changed_travels(world: World) -> None:
    """SES-01: one row of the list, and neither the others, nor the filters, nor who is signed in."""
    tab = await follow(world)
    tab.raw.clear()
    seq = await now_seq()
    await tell(DOSSIERS["A_HAVRE"], StepKind.ARRIVAL, StepStatus.DONE)
    await deliver_since(seq)
    (sent,) = map(json.loads, tab.raw)
    names = {name.removesuffix("_rx_state_") for name in sent}
    assert names == {"changed", "chips", "feed_title", "feed_fact", "feed_at"}
    assert len(tab.raw[0]) < 2000


async def test_ses_01_rows_sent_apart_go_back_into_the_list(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-01: the browser shows the same, whether a row was sent apart or with the list."""
    monkeypatch.setattr(follow_up, "_FEW", 1)
    tab = await follow(world)
    for name, apart in (("A_HAVRE", 1), ("A_ROISSY", 0)):
        seq = await now_seq()
        await tell(DOSSIERS[name], StepKind.ARRIVAL, StepStatus.DONE)
        await deliver_since(seq)
        assert len(tab.shown["FollowUp"]["changed"]) == apart
        assert {one["id"]: one["fresh"] for one in rows(tab)}[world.ids[name]]
    assert all(one["fresh"] for one in rows(tab))


async def test_counters_follow(world: World) -> None:
    """SES-01: the chips and « à vous d’agir » move with the facts."""
    tab = await follow(world, "sivep")
    before = counts(tab)
    seq = await now_seq()
    await tell(DOSSIERS["A_HAVRE"], StepKind.ARRIVAL, StepStatus.DONE)
    await deliver_since(seq)
    after_ = counts(tab)
    assert after_ != before
    assert after_["Tous"] == before["Tous"] == "3"
    assert int(after_["À vous d’agir"]) == int(before["À vous d’agir"]) + 1
    assert tab.shown["Session"]["action_count"] == int(after_["À vous d’agir"])


async def test_newcomers_are_counted_and_called(world: World) -> None:
    """SES-01: nothing moves under the finger; the banner counts, and one click shows them."""
    tab = await follow(world)
    before = [one["id"] for one in rows(tab)]
    for count, name in ((1, "UN"), (2, "DEUX")):
        seq = await now_seq()
        await notify(newcomer(name))
        await deliver_since(seq)
        assert [one["id"] for one in rows(tab)] == before
        said = tab.shown["FollowUp"]["newcomers"]
        assert said == (
            "1\u00a0nouvel envoi\u00a0: afficher" if count == 1 else "2\u00a0nouveaux envois\u00a0: afficher"
        )
    assert counts(tab)["Tous"] == "4"
    await tab.send("FollowUp.show_newcomers")
    assert len(rows(tab)) == 4
    assert tab.shown["FollowUp"]["newcomers"] == ""


async def test_a_competitor_s_newcomer_is_not_announced(world: World) -> None:
    """SES-04: neither the row, nor the count, nor the banner."""
    tab = await follow(world)
    seq, before = await now_seq(), dict(tab.shown["FollowUp"])
    await notify(newcomer("AILLEURS", like="C_HAVRE"))
    await deliver_since(seq)
    assert tab.shown["FollowUp"] == before


async def test_an_empty_list_shows_the_newcomer_at_once(world: World) -> None:
    """SES-01: nothing on screen could move."""
    tab = await follow(world, address="/suivi?poste=FRMRS1")
    assert rows(tab) == []
    other = await follow(world, address="/suivi?poste=FRDKK1")
    seq = await now_seq()
    one = newcomer("MARSEILLE")
    await notify(type(one)(**{**one_as_dict(one), "post": "FRMRS1"}))
    await deliver_since(seq)
    assert [row["reference"] for row in rows(tab)] == [one.reference]
    assert rows(other) == []


def one_as_dict(one: object) -> Json:
    """The fields of a frozen dataclass."""
    return dict(vars(one))


async def test_a_narrowed_list_does_not_announce_what_it_would_not_show(world: World) -> None:
    """SES-01: a list of Roissy does not announce a consignment of Le Havre."""
    tab = await follow(world, address="/suivi?poste=FRCDG4")
    seq = await now_seq()
    await notify(newcomer("HAVRE"))
    await deliver_since(seq)
    assert tab.shown["FollowUp"]["newcomers"] == ""
    assert counts(tab)["Tous"] == "1"
