"""The alerts in force at the top of the pages: live, to those concerned, put out of the way one by one (MET-11)."""

import pytest

from app.app import app
from models.identity.access.sessions import sign_out
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.actions import withdraw_all
from models.journal.queries import after, last_seq
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.signals.services import actions
from models.signals.services.policy import CommandLine
from state.hub import deliveries
from state.kit.guard import who
from state.signals import service_banner
from tests.state.kit.test_hub import hub, told
from tests.state.pipeline import Json, Tab
from tests.state.world import World

SAID = "Les validations n'aboutissent pas : attendez avant de renvoyer."
PUBLIC = (
    "/",
    "/connexion",
    "/inscription",
    "/mot-de-passe",
    "/mot-de-passe/nouveau",
    "/adresse",
    "/cgu",
    "/aide",
    "/payer",
    "/simulateur",
    "/avis",
    "/donnees-personnelles",
    "/accessibilite",
    "/nulle-part",
)


def shown(tab: Tab) -> tuple[list[str], list[str]]:
    """The titles about the portal, and about services, without what they have in common."""
    banner: Json = tab.shown["ServiceBanner"]
    portal, services = ([one["title"] for one in banner[name]] for name in ("portal", "services"))
    return portal, [one.partition(" (")[0] for one in services]


async def start(service: str = "DELTA_G", mode: str = "DTI", message: str = SAID) -> int:
    """An alert in force; its number."""
    number = await actions.start(CommandLine(), service, mode, message)
    assert not isinstance(number, Refusal)
    return number


async def end(number: int) -> None:
    """It works again."""
    assert await actions.end(CommandLine(), number) is None


ABOUT_PORTAL = "Passavant\u00a0: alerte en cours"


async def test_met_11_a_banner_says_what_and_since_when_in_french(world: World) -> None:
    """MET-11: to who uses that service in that mode, from the first sight of the page."""
    await start()
    tab = await world.tab("importateur")
    await tab.connect("/tableau-de-bord")
    (one,) = tab.shown["ServiceBanner"]["services"]
    assert one["title"] == "DELTA G, mode DTI (saisie à l’écran)\u00a0: alerte en cours"
    assert one["message"] == "Les validations n’aboutissent pas\u00a0: attendez avant de renvoyer."
    assert one["since_label"].startswith("Depuis le ")
    assert "\u00a0h\u00a0" in one["since_label"]
    assert one["since"].endswith("Z")
    for other in ("comptable", "transitaire", "concurrent", "douane", "superviseur"):
        theirs = await world.tab(other)
        await theirs.connect("/suivi")
        assert shown(theirs) == ([], []), other


async def test_met_11_the_hub_shows_it_and_takes_it_off_without_reload(world: World) -> None:
    """MET-11: on whatever page is open; a page that it does not concern is told nothing.

    Seen to fail: without `service_banner.deliver` in the hub.
    """
    tab, rival = await world.tab("importateur"), await world.tab("concurrent")
    for one in (tab, rival):
        await one.connect("/suivi")
        one.said.clear()
    async with hub():
        number = await start()
        await told(tab)
        assert shown(tab) == ([], ["DELTA G, mode DTI"])
        tab.said.clear()
        await end(number)
        await told(tab)
    assert shown(tab) == ([], [])
    assert rival.said == []


async def test_met_11_the_portal_s_own_alert_shows_to_whoever_comes_by(world: World) -> None:
    """MET-11: on public pages too, live, without a session."""
    tabs = [await world.tab(None), await world.tab("dgitm"), await world.tab("importateur")]
    for tab, address in zip(tabs, ("/connexion", "/profil", "/notifications"), strict=True):
        await tab.connect(address)
    number = await start("PORTAL", "")
    await start("DELTA_H7")
    await service_banner.deliver(app)
    assert [shown(tab) for tab in tabs] == [([ABOUT_PORTAL], [])] * 3
    await end(number)
    await service_banner.deliver(app)
    assert [shown(tab) for tab in tabs] == [([], [])] * 3


@pytest.mark.parametrize("address", PUBLIC)
async def test_met_11_every_public_page_looks_as_it_opens(world: World, address: str) -> None:
    """MET-11: a page that forgot to would stay silent."""
    await start("PORTAL", "")
    tab = await world.tab(None)
    await tab.connect(address if address != "/nulle-part" else "/404")
    assert shown(tab) == ([ABOUT_PORTAL], [])


async def test_an_alert_is_put_out_of_the_way_alone_and_in_that_tab(world: World) -> None:
    first = await start()
    await start("DELTA_G", "EDI")
    tab, other = await world.tab("importateur"), await world.tab("importateur")
    await tab.connect("/suivi")
    await other.connect("/suivi")
    await tab.send("ServiceBanner.dismiss", {"alert": str(first)})
    assert shown(tab) == ([], ["DELTA G, mode EDI"])
    await tab.go("/tableau-de-bord")
    await service_banner.deliver(app)
    assert shown(tab) == ([], ["DELTA G, mode EDI"])
    assert shown(other) == ([], ["DELTA G, mode EDI", "DELTA G, mode DTI"])
    await end(first)
    await start()
    await service_banner.deliver(app)
    assert shown(tab) == ([], ["DELTA G, mode DTI", "DELTA G, mode EDI"]), "another alert is another matter"


async def test_only_what_is_shown_can_be_put_out_of_the_way(world: World) -> None:
    """Nobody hides from themselves what is still to come."""
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    number = await start("DELTA_H7")
    for wrong in ("", "x", str(number), str(number + 1)):
        await tab.send("ServiceBanner.dismiss", {"alert": wrong})
    assert await start() == number + 1
    await service_banner.deliver(app)
    assert shown(tab) == ([], ["DELTA G, mode DTI"])


async def test_ses_04_a_right_or_a_session_that_is_lost_takes_the_banner_with_it(world: World) -> None:
    """MET-11, SES-04: what one uses is one's own business; the portal's alert stays."""
    await start()
    await start("PORTAL", "")
    kept, gone = await world.session("importateur"), await world.session("importateur")
    tabs = [world.pipeline.tab(kept), world.pipeline.tab(kept), world.pipeline.tab(gone)]
    for tab, address in zip(tabs, ("/suivi", "/tableau-de-bord", "/suivi"), strict=True):
        await tab.connect(address)
        assert shown(tab) == ([ABOUT_PORTAL], ["DELTA G, mode DTI"])
    seq = await read(last_seq)
    await sign_out(gone)
    await deliveries.deliver(app, await read(lambda db: after(db, seq)))
    assert [shown(tab)[1] for tab in tabs] == [["DELTA G, mode DTI"], ["DELTA G, mode DTI"], []]
    seq = await read(last_seq)
    await withdraw_all(world.accounts["importateur"])
    await deliveries.deliver(app, await read(lambda db: after(db, seq)))
    assert [shown(tab) for tab in tabs] == [([ABOUT_PORTAL], [])] * 3


async def test_a_tab_that_fails_does_not_keep_the_others_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tabs = [await world.tab(None), await world.tab("importateur")]
    for tab in tabs:
        await tab.connect("/")
    await start("PORTAL", "")
    broken = tabs[0].token

    async def failing(state: service_banner.ServiceBanner) -> Viewer | None:
        if state.router.session.client_token == broken:
            raise OSError("away")
        return await who(state)

    monkeypatch.setattr(service_banner, "who", failing)
    await service_banner.deliver(app)
    assert [shown(tab)[0] for tab in tabs] == [[], [ABOUT_PORTAL]]
