"""Rights that change while a screen is open: closed or redrawn at once, by the verb's own entry (SES-04, SES-05).

Seen to fail: a verb that writes no entry delivers nothing here; a `Session.load` that does not `live.stay` keeps
the name on public pages; `_refuse` replaced by one fixed sentence gives the wrong reason.
"""

from dataclasses import replace

import pytest

from app.app import app
from demo.commands.companies import A, C, T
from models.identity.access.sessions import revoke_sessions
from models.identity.companies.actions import end_mandate, give_mandate
from models.identity.habilitations.actions import end_posting, grant, post, withdraw
from models.identity.habilitations.events import HabilitationSent, apply_events
from state.hub import deliveries
from tests.state.delivering import delivered, now_seq
from tests.state.pipeline import Tab
from tests.state.world import DOSSIERS, HAVRE, ROISSY, Dossier, World, leaks, notify, rows

PUBLIC = ("/", "/aide", "/donnees-personnelles", "/accessibilite")
LIST, PAGE = "/suivi", f"/suivi/{DOSSIERS['A_HAVRE'].reference}"


async def opened(world: World, who: str, address: str, siren: str = "") -> Tab:
    """A tab at that address, with nothing said since."""
    tab = await world.tab(who, siren=siren)
    await tab.connect(address)
    tab.said.clear()
    return tab


def _refusal(tab: Tab) -> str:
    screen = {LIST: "FollowUp", "/profil": "Profile"}.get(tab.address, "ConsignmentPage")
    return str(tab.shown[screen]["refusal"])


@pytest.mark.parametrize("address", [LIST, PAGE])
async def test_a_right_withdrawn_closes_and_says_which(world: World, address: str) -> None:
    """SES-04, PPR-09: the session lives, the right is gone: the sentence says so, not that the session ended."""
    tab = await opened(world, "importateur", address)
    seq = await now_seq()
    assert await withdraw(world.accounts["importateur"], "SESAME", "suivi", A) == 1
    await delivered(seq)
    assert "habilitation «\u00a0Suivi\u00a0»" in _refusal(tab)
    assert not any(leaks(tab.said, one) for one in DOSSIERS.values())
    assert tab.shown["Session"]["me"]["signed_in"] is True


@pytest.mark.parametrize("address", [LIST, PAGE, "/profil"])
async def test_a_revoked_session_closes_every_screen(world: World, address: str) -> None:
    """SES-04: list, page and profile; the shell forgets the name as well."""
    tab = await opened(world, "importateur", address)
    seq = await now_seq()
    await revoke_sessions(world.accounts["importateur"])
    await delivered(seq)
    assert _refusal(tab).startswith("Votre session est terminée.")
    assert tab.shown["Session"]["me"]["name"] == ""
    assert not tab.shown.get("Profile", {}).get("email")


@pytest.mark.parametrize("address", PUBLIC)
async def test_a_revoked_session_clears_the_header_of_public_pages(world: World, address: str) -> None:
    """SES-04: what anybody may open stays open, and forgets the name at once."""
    tab = await opened(world, "importateur", address)
    assert tab.shown["Session"]["me"]["name"]
    seq = await now_seq()
    await revoke_sessions(world.accounts["importateur"])
    await delivered(seq)
    assert (tab.shown["Session"]["me"]["signed_in"], tab.shown["Session"]["me"]["name"]) == (False, "")
    assert tab.redirects == []


async def test_a_mandate_that_ends_changes_the_header_of_a_public_page(world: World) -> None:
    """SES-04, SES-05: it no longer names the company that let the representative act."""
    tab = await opened(world, "transitaire", "/aide", siren=A)
    assert tab.shown["Session"]["me"]["company"] == "Kerdrel Primeurs"
    seq = await now_seq()
    await end_mandate(A, T)
    await delivered(seq)
    assert "Kerdrel Primeurs" not in str(tab.shown["Session"])


async def test_a_posting_that_ends_empties_the_list(world: World) -> None:
    """SES-05: the officer stays an officer, of no post; posted again, the list comes back by itself."""
    tab = await opened(world, "sivep", LIST)
    seq = await now_seq()
    assert await end_posting(world.accounts["sivep"], HAVRE) == 1
    await delivered(seq)
    assert rows(tab) == []
    seq = await now_seq()
    assert await post(world.accounts["sivep"], ROISSY)
    await delivered(seq)
    assert {row["reference"] for row in rows(tab)} == {
        DOSSIERS["A_ROISSY"].reference,
        DOSSIERS["C_ROISSY"].reference,
    }


async def test_a_mandate_that_ends_takes_the_company_away(world: World) -> None:
    """SES-04: its consignments, and its name among the choices; given again, the choice is back."""
    tab = await opened(world, "transitaire", LIST, siren=A)
    seq = await now_seq()
    assert await end_mandate(A, T) == 1
    await delivered(seq)
    assert rows(tab) == []
    assert "Kerdrel" not in "".join(tab.said)
    seq = await now_seq()
    assert await give_mandate(A, T)
    await delivered(seq)
    assert "Kerdrel Primeurs" in "".join(tab.said)


async def test_a_right_given_redraws_the_profile(world: World) -> None:
    """PPR-09: the profile says which habilitations hold, now."""
    tab = await opened(world, "assistant", "/profil")
    seq = await now_seq()
    assert await grant(world.accounts["assistant"], "SESAME", "suivi", A)
    await delivered(seq)
    assert tab.shown["Profile"]["rights"] == [{"label": "Suivi des envois (SESAME)", "value": "suivi"}]


@pytest.mark.parametrize("address", [LIST, PAGE])
async def test_ppr_09_an_event_of_a_co_owner_reaches_the_open_screen(world: World, address: str) -> None:
    """PPR-09: withdrawn, the screen closes at once; given back, it opens again; no other screen moves."""
    tab, other = await opened(world, "importateur", address), await opened(world, "concurrent", "/profil")
    await _deliver(_event("1", "withdrawn"))
    assert "habilitation «\u00a0Suivi\u00a0»" in _refusal(tab)
    assert not any(leaks(tab.said, one) for one in DOSSIERS.values())
    await _deliver(_event("2", "granted"))
    await tab.connect(address)
    assert leaks(tab.said, DOSSIERS["A_HAVRE"])
    assert other.said == []


async def test_ppr_09_an_event_redraws_the_profile(world: World) -> None:
    """PPR-09: a right given by an event is there, and gone, without a reload."""
    tab = await opened(world, "assistant", "/profil")
    await _deliver(_event("1", "granted", "assistant"))
    assert tab.shown["Profile"]["rights"] == [{"label": "Suivi des envois (SESAME)", "value": "suivi"}]
    await _deliver(_event("2", "withdrawn", "assistant"))
    assert tab.shown["Profile"]["rights"] == []


def _event(number: str, action: str, who: str = "importateur") -> HabilitationSent:
    right = {"service": "SESAME", "right": "suivi", "siren": A}
    said = {"id": number, "co_owner": "DGDDI", "action": action, "email": f"{who}@demo.passavant.fr"}
    return HabilitationSent.model_validate(said | right)


async def _deliver(event: HabilitationSent) -> None:
    seq = await now_seq()
    assert (await apply_events({0: event}, "partner:demo-partner")).applied == 1
    await delivered(seq)


async def test_what_ends_by_itself_is_found_without_an_entry(world: World) -> None:
    """SES-04: the hub looks at everyone then and again, since no verb runs when a mandate's date comes."""
    tab = await opened(world, "importateur", LIST)
    await revoke_sessions(world.accounts["importateur"])
    await deliveries.deliver(app, [])
    assert _refusal(tab).startswith("Votre session est terminée.")


def _moved(siren: str = A, post_code: str = HAVRE) -> Dossier:
    return replace(DOSSIERS["A_HAVRE"], siren=siren, post=post_code)


@pytest.mark.parametrize("address", [LIST, PAGE])
@pytest.mark.parametrize(
    ("loses", "keeps", "gains", "moved"),
    [
        ("sivep", "importateur", "sivep-cdg", _moved(post_code=ROISSY)),
        ("importateur", "sivep", "concurrent", _moved(siren=C)),
    ],
)
async def test_a_consignment_that_moves_leaves_the_screens_it_leaves(
    world: World, address: str, loses: str, keeps: str, gains: str, moved: Dossier
) -> None:
    """SES-04, SES-05: another post or another company: gone from the old screens, announced on the new ones."""
    tabs = {who: await opened(world, who, address) for who in (loses, keeps, gains)}
    seq = await now_seq()
    await notify(moved, status="70")
    await delivered(seq)
    assert leaks(tabs[loses].said, moved) == []
    assert tabs[loses].said
    if address == LIST:
        assert moved.reference not in {row["reference"] for row in rows(tabs[loses])}
        assert moved.reference in {row["reference"] for row in rows(tabs[keeps])}
        assert tabs[gains].shown["FollowUp"]["newcomers"].startswith("1\u00a0nouvel envoi")
        assert tabs[keeps].shown["FollowUp"]["newcomers"] == ""
    else:
        assert tabs[loses].shown["ConsignmentPage"]["file"]["reference"] == ""
        assert tabs[keeps].shown["ConsignmentPage"]["file"]["reference"] == moved.reference
