"""Accounts for tests: cheap passwords, and people made in one line."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models.identity.access.outcomes import SignedIn
from models.identity.access.registration import create_account
from models.identity.access.sign_in import sign_in
from models.identity.accounts import passwords
from models.identity.accounts.acceptance import add_acceptance
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.companies.tables import Company, RepresentationMandate
from models.identity.habilitations.tables import Habilitation
from models.journal.tables import JournalEntry
from models.kernel import clock
from tests.support.databases import reading, transaction

NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)
RIGHT = "Passavant-2026!"
WRONG = "Passavant-2027!"
EMAIL = "lise@kerdrel.example"
A, B, C, T = "912345675", "950120345", "880164207", "987654324"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """bcrypt at its least: the cost is tested apart."""
    monkeypatch.setattr(passwords, "COST", 4)


async def make_account(
    email: str = EMAIL,
    siren: str | None = A,
    role: Role = Role.OPERATOR,
    *,
    verified: bool = True,
    terms: bool = True,
) -> int:
    """An account with the password `RIGHT`, which accepted the terms of use unless told."""
    with clock.fixed(NOW):
        made = await create_account(email, "Lise Marchand", RIGHT, role, siren, email_verified=verified)
        assert isinstance(made, int)
        if terms:
            async with transaction() as db:
                add_acceptance(db, made)
    return made


async def make_session(email: str = EMAIL) -> str:
    """A running session of that account; its id."""
    outcome = await sign_in(email, RIGHT)
    assert isinstance(outcome, SignedIn)
    return outcome.session_id


async def add_company(siren: str, name: str) -> None:
    """A company, or its name if it is there already."""
    async with transaction() as session:
        session.merge(Company(siren=siren, name=name))


async def grant(account_id: int, siren: str, service: str = "SESAME", right: str = "suivi") -> int:
    """An active habilitation; its number."""
    row = Habilitation(account_id=account_id, service=service, right=right, siren=siren, granted_at=NOW)
    async with transaction() as session:
        session.add(row)
    assert row.id is not None
    return row.id


async def mandate(represented: str, representative: str, ends_at: datetime | None = None) -> None:
    """A mandate that runs since `NOW`."""
    row = RepresentationMandate(
        represented=represented, representative=representative, starts_at=NOW, ends_at=ends_at
    )
    async with transaction() as session:
        session.add(row)


async def account_row(email: str = EMAIL) -> Account:
    """The account as stored."""
    async with reading() as session:
        return session.exec(select(Account).where(Account.email == email)).one()


async def journal(kind: str) -> list[JournalEntry]:
    """The entries of that kind, oldest first."""
    async with reading() as session:
        return list(session.exec(select(JournalEntry).where(JournalEntry.kind == kind)).all())
