"""A page that is opened, by whatever link, changes nothing: what it does, an event of its own page does (COM-23).

Seen to fail: a list of notices that marks them as read when it is loaded.
"""

from urllib.parse import urlencode

import pytest

from app.app import app
from tests.state.world import DOSSIERS, World
from tests.support.writes import written

ASKED = {
    "envoi": DOSSIERS["A_HAVRE"].reference, "fait": "annule", "poste": "FRLEH1", "etape": "decision", "q": "1",
    "lien": "x", "next": "/suivi", "page": "/suivi", "siren": "912345675", "jour": "2026-11-24", "etat": "non-lues",
    "rdv": "LEH-7K4Q2", "action": "cancel", "suite": "/suivi", "seq": "1",
}  # fmt: skip
"""Parameters that pages read, and some that none does."""


@pytest.mark.parametrize("who", ["importateur", "correspondante", "sivep", "superviseur"])
async def test_com_23_opening_a_page_writes_nothing(world: World, who: str) -> None:
    """COM-23: each page of the application, with all that its address may hold."""
    wrong = {}
    for route in sorted(app._unevaluated_pages):
        path = "/" + route.removeprefix("index").replace("[reference]", DOSSIERS["A_HAVRE"].reference)
        tab = await world.tab(who)
        with written() as done:
            await tab.connect(f"{path}?{urlencode(ASKED)}")
        if done:
            wrong[path] = done
    assert wrong == {}
