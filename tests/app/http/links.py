"""The portal in front of the real provider, and what people do between the two."""

from collections.abc import AsyncIterator

import httpx
import pytest
from httpx import AsyncClient, Response
from sqlmodel import select

from app.oidc import discovery
from models.identity.access.cookies import FLASH_COOKIE, Flash, read_flash_cookie
from models.identity.accounts.tables import Account
from models.identity.habilitations.tables import CoOwnerLink
from models.kernel.co_owners import CoOwner
from models.kernel.settings.portal import settings
from tests.app.http.portal import signed_in
from tests.support.co_owners import CoOwners, Visitor
from tests.support.databases import reading

DGDDI = CoOwner.DGDDI


@pytest.fixture
async def provided(
    portal: AsyncClient, co_owners: CoOwners, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsyncClient]:
    """All the routes, with the three co-owners configured."""
    for name, value in co_owners.settings.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    discovery.forget()
    yield portal
    discovery.forget()


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    """A browser at the co-owners, in which nobody is signed in."""
    async with AsyncClient() as client:
        yield Visitor(client)


async def start(portal: AsyncClient, cookie: dict[str, str], co_owner: CoOwner = DGDDI) -> str:
    """Ask to link; where the browser is sent."""
    answer = await portal.get(f"/rattachement/{co_owner}", headers=cookie)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def linked(
    portal: AsyncClient, visitor: Visitor, who: str, co_owner: CoOwner = DGDDI, there: str = ""
) -> tuple[dict[str, str], Response]:
    """Link `who`@demo.passavant.fr with the account `there` (the same name) from beginning to end."""
    cookie = await signed_in(who)
    back = await visitor.sign_in(await start(portal, cookie, co_owner), there or who)
    return cookie, await portal.get(path_of(back), headers=cookie)


def path_of(address: str) -> str:
    """An address of the portal, without its origin."""
    url = httpx.URL(address)
    return f"{url.path}?{url.query.decode()}"


def flash_of(answer: Response) -> Flash:
    """What /profil will say."""
    assert (answer.status_code, answer.headers["location"]) == (303, "/profil")
    value = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    found = read_flash_cookie(f"{FLASH_COOKIE}={value}")
    assert found is not None
    return found


async def links_of(who: str) -> dict[str, str]:
    """Co-owner and subject of the links of `who`@demo.passavant.fr."""
    asked = (
        select(CoOwnerLink.co_owner, CoOwnerLink.subject)
        .join(Account, Account.id == CoOwnerLink.account_id)  # type: ignore[arg-type]
        .where(Account.email == f"{who}@demo.passavant.fr")
    )
    async with reading() as db:
        return dict(db.exec(asked).all())
