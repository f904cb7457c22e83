"""The link back leads where one came from, as it was left; and nowhere of another person's (SES-04, COM-32).

Seen to fail: a trail that keeps the page that one went back from.
"""

from models.identity.access.cookies import SESSION_COOKIE, session_cookie
from tests.state.pipeline import Tab
from tests.state.world import DOSSIERS, World

PAGE = f"/suivi/{DOSSIERS['A_HAVRE'].reference}"
LIST = "/suivi?periode=tout"


def _back(tab: Tab) -> tuple[str, str]:
    trail = tab.shown.get("Trail", {})
    return trail.get("label", ""), trail.get("href", "")


async def test_back_leads_to_the_list_as_it_was_left(world: World) -> None:
    """With its filters; from the other pages of the way to the one before."""
    tab = await world.tab("importateur")
    await tab.connect(LIST)
    assert _back(tab) == ("", "")
    await tab.go(PAGE)
    assert _back(tab) == ("Suivi en direct", LIST)
    await tab.go("/rendez-vous/LEH-7K4Q2")
    assert _back(tab) == ("Envoi", PAGE)
    await tab.go(PAGE)
    assert _back(tab) == ("Suivi en direct", LIST)


async def test_back_leads_to_the_page_that_showed_the_way(world: World) -> None:
    """The dashboard, not the list; a page of the navigation begins anew."""
    tab = await world.tab("importateur")
    await tab.connect("/suivi")
    await tab.go("/tableau-de-bord")
    await tab.go(PAGE)
    assert _back(tab) == ("Tableau de bord", "/tableau-de-bord")
    await tab.go("/suivi")
    assert _back(tab) == ("", "")
    await tab.go(PAGE)
    assert _back(tab) == ("Suivi en direct", "/suivi")


async def test_nothing_leads_back_into_a_form(world: World) -> None:
    """Booking is behind when it is done: back leads to where it began."""
    tab = await world.tab("importateur")
    await tab.connect(PAGE)
    await tab.go("/rendez-vous/nouveau")
    await tab.go("/rendez-vous/nouveau?etape=heure")
    assert _back(tab) == ("Envoi", PAGE)
    await tab.go("/rendez-vous/LEH-7K4Q2?fait=reserve")
    assert _back(tab) == ("Envoi", PAGE)


async def test_ses_04_nothing_leads_back_to_a_page_that_was_refused(world: World) -> None:
    """SES-04: seen to fail with a trail that keeps every page."""
    tab = await world.tab("importateur")
    await tab.connect("/agent/avis")
    await tab.go(PAGE)
    assert _back(tab) == ("", "")


async def test_ses_04_the_way_of_one_person_is_not_the_next_one_s(world: World) -> None:
    tab = await world.tab("importateur")
    await tab.connect(LIST)
    await tab.go(PAGE)
    tab.cookie = f"{SESSION_COOKIE}={session_cookie(await world.session('concurrent'))}"
    await tab.connect(PAGE)
    assert _back(tab) == ("", "")


async def test_a_long_way_is_cut(world: World) -> None:
    """Only so much is kept of a tab, whatever addresses it asks for."""
    tab = await world.tab("importateur")
    for number in range(12):
        await tab.connect(f"/suivi/{number}?x={'y' * 900}")
    kept = (await tab.root.get_state(tab.screen("Trail"))).get_value("_visits")
    assert len(kept) == 8
    assert max(len(visit.address) for visit in kept) == 500
