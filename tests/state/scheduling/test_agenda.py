"""The addresses for agendas, on one's profile, through the handlers (SES-10, SES-13)."""

from httpx import ASGITransport, AsyncClient

from app.http.server import api
from models.kernel.settings.portal import settings
from tests.state.pipeline import Tab
from tests.state.world import HAVRE, World


def shown(tab: Tab) -> list[tuple[str, bool]]:
    """The calendars by label, and whether their address is there."""
    return [(one["label"], bool(one["href"])) for one in tab.shown["Agenda"]["calendars"]]


async def status(href: str) -> int:
    """What an agenda gets at that address."""
    async with AsyncClient(transport=ASGITransport(api.build()), base_url=settings().public_url) as client:
        return (await client.get(href)).status_code


async def test_ses_10_an_address_is_made_when_it_is_asked_for_and_renewed(world: World) -> None:
    """SES-10: shown again on the next visit; once renewed, the former one opens nothing."""
    tab = await world.tab("importateur")
    await tab.connect("/profil")
    assert shown(tab) == [("Vos rendez-vous", False)]
    await tab.send("Agenda.give", {"code": ""})
    (first,) = tab.shown["Agenda"]["calendars"]
    assert first["href"].startswith(f"{settings().public_url}/calendar/")
    assert await status(first["href"]) == 200
    again = await world.tab("importateur")
    await again.connect("/profil")
    (same,) = again.shown["Agenda"]["calendars"]
    assert same["href"] == first["href"]
    assert same["detail"].startswith("Lue le ")
    await tab.send("Agenda.renew", {"code": ""})
    (renewed,) = tab.shown["Agenda"]["calendars"]
    assert (await status(first["href"]), await status(renewed["href"])) == (404, 200)


async def test_ses_13_an_officer_has_one_for_each_post(world: World) -> None:
    """SES-05, SES-13: of theirs, and of no other."""
    tab = await world.tab("sivep")
    await tab.connect("/profil")
    assert shown(tab) == [("Planning\u00a0: Le Havre", False)]
    await tab.send("Agenda.give", {"code": "FRCDG4"})
    assert tab.shown["Agenda"]["error"]
    await tab.send("Agenda.give", {"code": HAVRE})
    assert (shown(tab), tab.shown["Agenda"]["error"]) == ([("Planning\u00a0: Le Havre", True)], "")


async def test_ses_04_whoever_books_and_follows_nothing_has_none(world: World) -> None:
    """SES-04: no card, and no address when it is asked for all the same."""
    for who in ("comptable", "dgitm", "superviseur"):
        tab = await world.tab(who)
        await tab.connect("/profil")
        await tab.send("Agenda.give", {"code": ""})
        assert shown(tab) == []
