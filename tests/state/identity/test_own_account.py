"""The screens of one's own account: the terms of use come first, and sessions close where they are open.

Seen to fail: `refusal_by` that leaves the terms out serves every screen; `close_session` that does not start from the
viewer's own sessions closes somebody else's.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import delete, select

from models.identity.accounts import terms
from models.identity.accounts.acceptance import add_acceptance
from models.identity.accounts.queries import reference_of
from models.identity.accounts.tables import Session, TermsAcceptance
from models.identity.accounts.terms import Version
from models.kernel import clock
from state.kit.guard import anyone, holder
from tests.attacks.people import PEOPLE, Sight
from tests.state.delivering import delivered, now_seq
from tests.state.freezing import Frozen
from tests.state.handlers import OURS
from tests.state.pipeline import Json
from tests.state.world import DOSSIERS, World
from tests.support.databases import reading, transaction

BEHIND_TERMS = [handler for handler, policy in OURS.items() if policy not in (anyone, holder)]
LOADS = {
    "FollowUp.load": "/suivi?q=1",
    "ConsignmentPage.load": f"/suivi/{DOSSIERS['A_HAVRE'].reference}",
    "ReceivedMessages.load": "/agent/messages",
    "Matching.load": "/agent/rattachements",
}
PAYLOADS: dict[str, Json] = {
    "FollowUp.narrow": {"name": "period", "value": "tout"},
    "FollowUp.search": {"form": {"q": "1"}},
}


async def _forget_acceptances() -> None:
    async with transaction() as db:
        db.exec(delete(TermsAcceptance))


@pytest.mark.parametrize("who", ["importateur", "sivep", "superviseur"])
async def test_com_10_no_screen_is_served_before_the_terms(world: World, who: str) -> None:
    """COM-10: whatever the handler and the person; led to the terms, with the way back."""
    await _forget_acceptances()
    opened = {}
    for address in {LOADS.get(handler, "/") for handler in BEHIND_TERMS}:
        tab = await world.tab(who)
        await tab.connect(address)
        opened[address] = Frozen(tab)
    wrong = {}
    for handler in BEHIND_TERMS:
        frozen = opened[LOADS.get(handler, "/")]
        tab = frozen.thawed()
        await tab.send(handler, PAYLOADS.get(handler))
        led = tab.redirects and all(path.startswith("/cgu?suite=%2F") for path in tab.redirects)
        leaked = Sight(firms=PEOPLE[who].firms).forbidden(tab.said)
        if leaked or not led:
            wrong[handler] = (leaked, tab.redirects)
        frozen.close()
    assert wrong == {}


async def test_com_10_the_way_back_keeps_what_was_asked(world: World) -> None:
    """COM-10: once accepted, the page opens as it was asked for."""
    await _forget_acceptances()
    tab = await world.tab("importateur")
    await tab.connect("/suivi?q=avocats")
    assert set(tab.redirects) == {"/cgu?suite=%2Fsuivi%3Fq%3Davocats"}
    await tab.go("/cgu?suite=%2Fsuivi%3Fq%3Davocats")
    shown = tab.shown["Terms"]
    assert (shown["due"], shown["following"], shown["number"]) == (True, "/suivi?q=avocats", "2026-01")
    async with transaction() as db:
        add_acceptance(db, world.accounts["importateur"])
    await tab.connect("/suivi")
    assert tab.shown["FollowUp"]["rows"]
    await tab.go("/cgu")
    assert tab.shown["Terms"]["due"] is False


async def test_com_10_earlier_versions_can_still_be_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COM-10: by anybody, named as past, and not to be accepted; one to come cannot be read."""
    newer, to_come = Version("2026-02", date(2026, 2, 1)), Version("2999-01", date(2999, 1, 1))
    monkeypatch.setattr(terms, "VERSIONS", (*terms.VERSIONS, newer, to_come))
    tab = await world.tab("importateur")
    for number, shown, past in (
        ("", "2026-02", False),
        ("2026-01", "2026-01", True),
        ("2999-01", "2026-02", False),
    ):
        await tab.connect(f"/cgu?version={number}")
        page = tab.shown["Terms"]
        assert (page["number"], page["past"], page["due"]) == (shown, past, not past)
        assert [one["href"] for one in page["versions"]] == ["/cgu", "/cgu?version=2026-01"]


async def test_com_10_the_profile_and_public_pages_stay_open(world: World) -> None:
    """COM-10: one's own account can be seen to, and shut, without accepting."""
    await _forget_acceptances()
    tab = await world.tab("importateur")
    await tab.connect("/profil")
    assert tab.shown["Profile"]["email"] == "importateur@demo.passavant.fr"
    assert tab.shown["Profile"]["terms"] == []
    assert tab.redirects == []


async def test_com_04_the_profile_says_what_was_accepted(world: World) -> None:
    """COM-04, COM-10"""
    tab = await world.tab("importateur")
    await tab.connect("/profil")
    (line,) = tab.shown["Profile"]["terms"]
    assert line["label"] == "Version 2026-01"


async def test_sessions_are_listed_live_and_closed_where_they_are(world: World) -> None:
    """SES-01, SES-04: opened elsewhere, it shows here; closed here, its screens there close at once."""
    here = await world.tab("importateur")
    await here.connect("/profil")
    assert [one["current"] for one in here.shown["Profile"]["sessions"]] == [True]
    since = await now_seq()
    there = await world.tab("importateur")
    await there.connect("/suivi")
    await delivered(since)
    shown = here.shown["Profile"]["sessions"]
    assert [one["current"] for one in shown] == [True, False]
    since = await now_seq()
    await here.send("Profile.close", {"key": shown[1]["key"]})
    await delivered(since)
    assert there.shown["FollowUp"]["rows"] == []
    assert there.shown["FollowUp"]["refusal"].startswith("Votre session est terminée")
    assert len(here.shown["Profile"]["sessions"]) == 1
    assert here.shown["Profile"]["done"]["title"] == "Session fermée"


async def test_all_the_others_close_and_this_one_stays(world: World) -> None:
    """SES-04: and nobody else's."""
    here, there, other = [await world.tab(who) for who in ("importateur", "importateur", "concurrent")]
    for tab in (here, there, other):
        await tab.connect("/suivi")
    await here.go("/profil")
    since = await now_seq()
    await here.send("Profile.close_others")
    await delivered(since)
    assert there.shown["FollowUp"]["rows"] == []
    assert other.shown["FollowUp"]["rows"]
    assert here.shown["Profile"]["refusal"] == ""
    assert here.shown["Profile"]["done"]["title"] == "1\u00a0session fermée"


async def test_nobody_closes_another_s_session(world: World) -> None:
    """SES-04: its reference is of no use to anybody else."""
    theirs = await world.session("concurrent")
    tab = await world.tab("importateur")
    await tab.connect("/profil")
    await tab.send("Profile.close", {"key": reference_of(theirs)})
    async with reading() as db:
        row = db.exec(select(Session).where(Session.id == theirs)).one()
    assert row.ended_at is None
    assert theirs not in "".join(tab.raw)


async def test_what_others_do_does_not_redraw_the_profile(world: World) -> None:
    """SES-01: the entries of other accounts are not told."""
    tab = await world.tab("importateur")
    await tab.connect("/profil")
    since = await now_seq()
    tab.said.clear()
    await world.session("concurrent")
    await delivered(since)
    assert tab.said == []


async def test_an_expired_session_is_not_listed(world: World) -> None:
    later = datetime.now(UTC) - timedelta(hours=13)
    with clock.fixed(later):
        await world.session("importateur")
    tab = await world.tab("importateur")
    await tab.connect("/profil")
    assert len(tab.shown["Profile"]["sessions"]) == 1
