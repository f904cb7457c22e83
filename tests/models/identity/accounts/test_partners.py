import pytest

from models.identity.accounts.partners import (
    Scope,
    active_partner,
    create_client,
    revoke_client,
    verify_client,
)
from tests.support.accounts import journal
from tests.support.databases import reading

pytestmark = pytest.mark.usefixtures("database")


async def test_a_program_proves_who_it_is_by_its_secret() -> None:
    assert await create_client("port", "Port", "s3cret", [Scope.MESSAGES_WRITE, Scope.ACCOUNTS_READ])
    partner = await verify_client("port", "s3cret")
    assert partner is not None
    assert partner.scopes == {Scope.MESSAGES_WRITE, Scope.ACCOUNTS_READ}
    assert partner.actor == "partner:port"
    assert await verify_client("port", "other") is None
    assert await verify_client("unknown", "s3cret") is None


async def test_an_identifier_serves_one_program_only() -> None:
    assert await create_client("port", "Port", "s3cret", [Scope.MESSAGES_WRITE])
    assert not await create_client("port", "Other", "mine", list(Scope))
    assert await verify_client("port", "mine") is None


async def test_a_revoked_program_is_refused() -> None:
    await create_client("port", "Port", "s3cret", [Scope.MESSAGES_WRITE])
    await revoke_client("port")
    await revoke_client("port")
    assert await verify_client("port", "s3cret") is None
    async with reading() as db:
        assert active_partner("port", db) is None
    assert len(await journal("partner.revoked")) == 1
