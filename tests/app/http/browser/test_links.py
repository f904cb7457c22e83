"""Linking with the co-owners, against a real OpenID provider in a process of its own."""

from datetime import timedelta

import httpx
import pytest
from httpx import AsyncClient
from sqlmodel import col, select, update

from app.oidc import discovery
from demo.co_owners.people import PASSWORDS, rights_of, subject_of
from models.identity.access.cookies import LINK_DONE, LINK_REFUSED
from models.identity.accounts.tables import Account
from models.identity.habilitations.actions import withdraw
from models.identity.habilitations.tables import Habilitation, LinkAttempt
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.settings.portal import settings
from tests.app.http.links import DGDDI, flash_of, linked, links_of, path_of, provided, start, visitor
from tests.app.http.portal import portal, signed_in
from tests.support.accounts import RIGHT, A, account_row, cheap_passwords, journal
from tests.support.co_owners import Visitor
from tests.support.databases import reading, transaction
from tests.support.served import free_port

__all__ = ["cheap_passwords", "portal", "provided", "visitor"]


async def _held(who: str, co_owner: CoOwner) -> list[tuple[str, str, str]]:
    asked = (
        select(Habilitation)
        .join(Account, col(Account.id) == Habilitation.account_id)
        .where(
            Account.email == f"{who}@demo.passavant.fr",
            Habilitation.co_owner == co_owner,
            col(Habilitation.withdrawn_at).is_(None),
        )
    )
    async with reading() as db:
        return sorted((one.service, one.right, one.siren) for one in db.exec(asked))


async def test_signing_in_once_links_and_takes_the_habilitations_over(
    provided: AsyncClient, visitor: Visitor
) -> None:
    """PPR-04, PPR-05: code, PKCE, ID token, userinfo; the portal's page says what became of it."""
    account = await account_row("importateur@demo.passavant.fr")
    await withdraw(account.key, "PAIEMENT", "lire", A, co_owner=CoOwner.URSSAF)
    assert await _held("importateur", CoOwner.URSSAF) == []
    _, answer = await linked(provided, visitor, "importateur", CoOwner.URSSAF)
    flash = flash_of(answer)
    assert flash.kind == LINK_DONE
    assert "l’Urssaf" in flash.sentence
    assert await links_of("importateur") == {"URSSAF": subject_of(CoOwner.URSSAF, "importateur")}
    expected = sorted(
        (str(one["service"]), str(one["right"]), str(one["siren"]))
        for one in rights_of(CoOwner.URSSAF, "importateur")
    )
    assert await _held("importateur", CoOwner.URSSAF) == expected
    assert [entry.payload["co_owner"] for entry in await journal("account.linked")] == ["URSSAF"]


async def test_the_way_there_asks_for_a_code_and_proves_nothing_yet(provided: AsyncClient) -> None:
    """PPR-04: state and nonce drawn, PKCE by S256, no secret in the address; the state is kept as a digest."""
    asked = httpx.URL(await start(provided, await signed_in("importateur"))).params
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == "http://localhost:8000/rattachement/DGDDI/retour"
    assert "client_secret" not in asked
    async with reading() as db:
        kept = db.exec(select(LinkAttempt)).one()
    assert asked["nonce"] == kept.nonce
    assert kept.state not in (asked["state"], "")
    assert kept.code_verifier not in str(asked)


async def test_the_second_time_no_sign_in_is_asked(provided: AsyncClient, visitor: Visitor) -> None:
    """PPR-04: the co-owner still knows the browser."""
    cookie, _ = await linked(provided, visitor, "importateur")
    await provided.post("/rattachement/DGDDI/rompre", headers=cookie)
    answer = await visitor.client.get(await start(provided, cookie))
    assert "code=" in answer.headers["location"]


async def test_unlinking_withdraws_what_came_from_that_co_owner_alone(
    provided: AsyncClient, visitor: Visitor
) -> None:
    """PPR-05, PPR-07: the other co-owner's stay; the account there too, which can be linked again."""
    cookie, _ = await linked(provided, visitor, "importateur")
    await linked(provided, visitor, "importateur", CoOwner.DGFIP)
    before = await _held("importateur", DGDDI)
    answer = await provided.post("/rattachement/DGDDI/rompre", headers=cookie)
    assert flash_of(answer).kind == LINK_DONE
    assert set(await links_of("importateur")) == {"DGFIP"}
    assert (await _held("importateur", DGDDI), len(await _held("importateur", CoOwner.DGFIP))) == ([], 1)
    assert len(await journal("habilitation.withdrawn")) == len(before)
    assert len(await journal("account.unlinked")) == 1
    again = await provided.post("/rattachement/DGDDI/rompre", headers=cookie)
    assert flash_of(again).kind == LINK_REFUSED
    await linked(provided, visitor, "importateur")
    assert await _held("importateur", DGDDI) == before


async def test_one_account_per_co_owner_and_one_here_for_each_there(
    provided: AsyncClient, visitor: Visitor
) -> None:
    """PPR-04"""
    await linked(provided, visitor, "importateur")
    _, second = await linked(provided, visitor, "importateur")
    assert "déjà rattaché à un compte de la douane" in flash_of(second).sentence
    _, stolen = await linked(provided, visitor, "comptable", there="importateur")
    assert "déjà rattaché à un autre compte Passavant" in flash_of(stolen).sentence
    assert await links_of("comptable") == {}


async def test_a_state_that_nobody_drew_is_refused(provided: AsyncClient, visitor: Visitor) -> None:
    """PPR-04: a forged return links nothing."""
    cookie = await signed_in("importateur")
    back = httpx.URL(await visitor.sign_in(await start(provided, cookie), "importateur"))
    for state in ("", "x", back.params["state"] + "x"):
        forged = path_of(str(back.copy_set_param("state", state)))
        assert flash_of(await provided.get(forged, headers=cookie)).kind == LINK_REFUSED
    assert await links_of("importateur") == {}


async def test_another_session_cannot_finish_what_this_one_began(
    provided: AsyncClient, visitor: Visitor
) -> None:
    """PPR-04: nobody gets another's account at customs by following their link; the owner still can."""
    cookie = await signed_in("importateur")
    back = path_of(await visitor.sign_in(await start(provided, cookie), "importateur"))
    for other in (await signed_in("concurrent"), await signed_in("importateur")):
        assert flash_of(await provided.get(back, headers=other)).kind == LINK_REFUSED
    assert (await links_of("concurrent"), await links_of("importateur")) == ({}, {})
    signed_out = await provided.get(back)
    assert signed_out.headers["location"].startswith("/connexion?next=")
    assert flash_of(await provided.get(back, headers=cookie)).kind == LINK_DONE


async def test_a_state_serves_one_co_owner_once_and_for_ten_minutes(
    provided: AsyncClient, visitor: Visitor
) -> None:
    """PPR-04"""
    cookie = await signed_in("importateur")
    back = path_of(await visitor.sign_in(await start(provided, cookie), "importateur"))
    elsewhere = back.replace("DGDDI", "URSSAF")
    assert flash_of(await provided.get(elsewhere, headers=cookie)).kind == LINK_REFUSED
    with clock.fixed(clock.now() + timedelta(minutes=10, seconds=1)):
        assert flash_of(await provided.get(back, headers=cookie)).kind == LINK_REFUSED
    assert flash_of(await provided.get(back, headers=cookie)).kind == LINK_REFUSED, "it was used up"
    assert await links_of("importateur") == {}


async def test_a_code_replayed_under_a_new_state_is_refused(provided: AsyncClient, visitor: Visitor) -> None:
    """PPR-04: the code is good once, and bound to the attempt that asked for it (PKCE)."""
    cookie = await signed_in("importateur")
    back = httpx.URL(await visitor.sign_in(await start(provided, cookie), "importateur"))
    await provided.get(path_of(str(back)), headers=cookie)
    await provided.post("/rattachement/DGDDI/rompre", headers=cookie)
    fresh = httpx.URL(await start(provided, cookie)).params["state"]
    replayed = await provided.get(path_of(str(back.copy_set_param("state", fresh))), headers=cookie)
    assert flash_of(replayed).title == "Rattachement refusé"
    assert await links_of("importateur") == {}


@pytest.mark.parametrize("column", ["nonce", "code_verifier"])
async def test_an_answer_to_another_question_is_refused(
    provided: AsyncClient, visitor: Visitor, column: str
) -> None:
    """PPR-04: the nonce of the ID token, and the proof of possession of the code, are those of this attempt."""
    cookie = await signed_in("importateur")
    back = path_of(await visitor.sign_in(await start(provided, cookie), "importateur"))
    async with transaction() as db:
        db.exec(update(LinkAttempt).values(**{column: "x" * 64}))
    assert flash_of(await provided.get(back, headers=cookie)).title == "Rattachement refusé"
    assert await links_of("importateur") == {}


async def test_an_id_token_that_expired_on_the_way_is_refused(
    provided: AsyncClient, visitor: Visitor
) -> None:
    """PPR-04: the provider's lives five minutes, the attempt ten."""
    cookie = await signed_in("importateur")
    back = path_of(await visitor.sign_in(await start(provided, cookie), "importateur"))
    with clock.fixed(clock.now() + timedelta(minutes=6)):
        assert flash_of(await provided.get(back, headers=cookie)).title == "Rattachement refusé"
    assert await links_of("importateur") == {}


async def test_an_answer_that_names_another_issuer_is_refused(
    provided: AsyncClient, visitor: Visitor
) -> None:
    """RFC 9207: one co-owner's answer is not taken for another's."""
    for issuer in (settings().urssaf.issuer, None):
        cookie = await signed_in("importateur")
        back = httpx.URL(await visitor.sign_in(await start(provided, cookie), "importateur"))
        forged = back.copy_set_param("iss", issuer) if issuer else back.copy_remove_param("iss")
        answer = await provided.get(path_of(str(forged)), headers=cookie)
        assert flash_of(answer).title == "Rattachement refusé"
    assert await links_of("importateur") == {}


async def test_who_says_no_is_told_that_nothing_changed(provided: AsyncClient, visitor: Visitor) -> None:
    """PPR-04"""
    cookie = await signed_in("importateur")
    back = path_of(await visitor.refuse(await start(provided, cookie), "importateur"))
    assert "error=access_denied" in back
    assert flash_of(await provided.get(back, headers=cookie)).title == "Rattachement abandonné"
    assert await links_of("importateur") == {}


async def test_identifiers_stay_distinct(provided: AsyncClient, visitor: Visitor) -> None:
    """PPR-07: the portal's password opens nothing at the co-owner, nor the reverse."""
    cookie = await signed_in("importateur")
    away = await start(provided, cookie)
    for login in ("importateur", "importateur@demo.passavant.fr"):
        assert await visitor.sign_in(away, login, RIGHT) == ""
    for email in ("importateur@demo.passavant.fr", "importateur"):
        form = {"email": email, "password": PASSWORDS[DGDDI]}
        answer = await provided.post("/session", data=form)
        assert answer.headers["location"] == "/connexion"
        assert "passavant_session" not in answer.headers["set-cookie"]


async def test_keys_that_were_renewed_are_asked_for_again(provided: AsyncClient, visitor: Visitor) -> None:
    """PPR-04: what we remember of the issuer may be old; asked again, not at each token."""
    cookie = await signed_in("importateur")
    with clock.fixed(clock.now() - timedelta(minutes=2)):
        await discovery.metadata_of(settings().urssaf.issuer)
        await discovery.metadata_of(settings().dgddi.issuer)
    known = discovery._known
    known[settings().dgddi.issuer].keys = known[settings().urssaf.issuer].keys
    back = path_of(await visitor.sign_in(await start(provided, cookie), "importateur"))
    assert flash_of(await provided.get(back, headers=cookie)).kind == LINK_DONE


async def test_a_co_owner_that_is_away_breaks_no_page(
    provided: AsyncClient, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PPR-04: at the start and on the way back; the sentence says to try again later."""
    cookie = await signed_in("importateur")
    back = path_of(await visitor.sign_in(await start(provided, cookie), "importateur"))
    monkeypatch.setenv("PASSAVANT_DGDDI_ISSUER", f"http://127.0.0.1:{free_port()}/dgddi")
    settings.cache_clear()
    for path in ("/rattachement/DGDDI", back):
        answer = await provided.get(path, headers=cookie)
        assert flash_of(answer).title == "Service momentanément indisponible"


async def test_an_issuer_that_speaks_for_another_is_not_believed(
    provided: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OpenID Connect Discovery 4.3"""
    monkeypatch.setenv("PASSAVANT_DGDDI_ISSUER", f"{settings().dgddi.issuer}/")
    settings.cache_clear()
    answer = await provided.get("/rattachement/DGDDI", headers=await signed_in("importateur"))
    assert flash_of(answer).kind == LINK_REFUSED


@pytest.mark.parametrize("path", ["/rattachement/DGDDI", "/rattachement/DGDDI/retour", "/rattachement/INSEE"])
async def test_without_issuer_there_is_nothing_to_link(portal: AsyncClient, path: str) -> None:
    """PPR-04: each co-owner is optional; one that is not known does not exist."""
    assert (await portal.get(path, headers=await signed_in("importateur"))).status_code == 404


async def test_an_officer_has_nothing_to_link(provided: AsyncClient) -> None:
    """PPR-04"""
    cookie = await signed_in("douane")
    answer = await provided.get("/rattachement/DGDDI", headers=cookie)
    assert flash_of(answer).title == "Rattachement impossible"
    for path in ("rompre", "creer", "mot-de-passe"):
        assert (await provided.post(f"/rattachement/DGDDI/{path}", headers=cookie)).status_code == 403


async def test_signed_out_one_signs_in_first(provided: AsyncClient) -> None:
    """PPR-04"""
    answer = await provided.get("/rattachement/DGDDI")
    assert answer.headers["location"] == "/connexion?next=%2Fprofil"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/rattachement/DGDDI"),
        ("POST", "/rattachement/DGDDI/rompre"),
        ("POST", "/rattachement/DGDDI/creer"),
        ("POST", "/rattachement/DGDDI/mot-de-passe"),
        ("GET", "/acces/DGDDI/CIEL"),
    ],
)
async def test_another_site_cannot_ask_for_it(provided: AsyncClient, method: str, path: str) -> None:
    """COM-23: a person who is signed in at both would be linked without a word of theirs."""
    headers = await signed_in("importateur") | {"sec-fetch-site": "cross-site"}
    assert (await provided.request(method, path, headers=headers)).status_code == 403
