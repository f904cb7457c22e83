import asyncio

import pytest

from models.identity.access.registration import create_account
from models.identity.accounts.rules import RefusalKind, Refused, Role
from models.identity.companies.tables import Company
from tests.support.accounts import EMAIL, RIGHT, A, account_row, journal, make_account
from tests.support.databases import both_databases, reading

pytestmark = pytest.mark.usefixtures("database")


async def test_ppr_03_an_operator_is_tied_to_a_company() -> None:
    """PPR-03: a company not known yet comes in under its number."""
    number = await make_account()
    async with reading() as db:
        assert db.get(Company, A) is not None
    row = await account_row()
    assert (row.id, row.siren, row.password_hash[:4]) == (number, A, "$2b$")
    refused = await create_account("x@y.fr", "X", RIGHT)
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.COMPANY


async def test_an_officer_belongs_to_no_company() -> None:
    await make_account("o@sivep.example", A, Role.SIVEP)
    assert (await account_row("o@sivep.example")).siren is None


@both_databases
async def test_ppr_01_one_address_serves_one_account_only() -> None:
    """PPR-01, raced."""
    tries = await asyncio.gather(
        *(create_account(email, "Lise", RIGHT, siren=A) for email in (EMAIL, EMAIL.upper(), f" {EMAIL}"))
    )
    assert sum(isinstance(made, int) for made in tries) == 1
    assert {made.kind for made in tries if isinstance(made, Refused)} == {RefusalKind.EMAIL}


async def test_com_01_a_weak_password_opens_no_account() -> None:
    """COM-01"""
    refused = await create_account(EMAIL, "Lise", "short", siren=A)
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.PASSWORD
    assert "Une majuscule" in refused.sentence


async def test_the_journal_holds_no_address_and_no_secret() -> None:
    number = await make_account()
    (entry,) = await journal("account.created")
    assert entry.payload == {"account_id": number, "role": "operator"}
    assert "@" not in str(entry.model_dump())


async def test_com_03_what_is_not_an_address_opens_no_account() -> None:
    """COM-03"""
    refused = await create_account("lise", "Lise", RIGHT, siren=A)
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.EMAIL
