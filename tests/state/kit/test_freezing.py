"""What the table of attacks starts each cell from: a tab put back as it stood (tests/state/freezing.py)."""

from state.kit import watches
from tests.state.freezing import Frozen
from tests.state.pipeline import Tab
from tests.state.world import DOSSIERS, World

PAGE = f"/suivi/{DOSSIERS['A_HAVRE'].reference}"


async def _opened(world: World) -> Tab:
    tab = await world.tab("importateur")
    await tab.connect(PAGE)
    return tab


async def test_a_tab_is_put_back_as_it_stood(world: World) -> None:
    """Its states, what it heard and shows, and what is watched for it, whatever was done to it since."""
    tab = await _opened(world)
    kept, said, shown, watch = tab.root.dict(), list(tab.said), dict(tab.shown), watches.of(tab.token)
    frozen = Frozen(tab)
    assert watches.of(tab.token) is None
    for _ in range(2):
        frozen.thawed()
        await tab.connect("/suivi?periode=tout")
        assert tab.root.dict() != kept
        frozen.thawed()
        assert (tab.root.dict(), tab.said, tab.shown, watches.of(tab.token)) == (kept, said, shown, watch)


async def test_a_tab_that_was_put_back_answers_as_the_first_time(world: World) -> None:
    tab = await _opened(world)
    frozen = Frozen(tab)
    first, again = [await frozen.thawed().send("FollowUp.load") for _ in range(2)]
    assert first["FollowUp"]["rows"]
    assert again == first


async def test_a_tab_put_back_after_its_session_ended_stays_shut(world: World) -> None:
    """SES-04: it is found out anew who asks; what is put back is no right."""
    tab = await _opened(world)
    frozen = Frozen(tab)
    await world.revoke("importateur")
    tab = frozen.thawed()
    tab.said.clear()
    await tab.connect(PAGE)
    assert not any(secret in "".join(tab.said) for secret in DOSSIERS["A_HAVRE"].secrets)
