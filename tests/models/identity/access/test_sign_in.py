import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from models.identity.access.outcomes import Halfway, SignedIn
from models.identity.access.sign_in import sign_in
from models.identity.accounts import passwords
from models.identity.accounts.rules import SESSION_LIFE, RefusalKind, Refused
from models.identity.accounts.tables import Session, SignInAttempts
from models.kernel import clock
from tests.support.accounts import (
    EMAIL,
    NOW,
    RIGHT,
    WRONG,
    account_row,
    journal,
    make_account,
)
from tests.support.databases import both_databases, reading, transaction

pytestmark = pytest.mark.usefixtures("database")

UNKNOWN = "nobody@kerdrel.example"


async def _kinds(email: str, times: int) -> list[Refused | Halfway | SignedIn]:
    with clock.fixed(NOW):
        return [await sign_in(email, WRONG) for _ in range(times)]


@both_databases
async def test_the_right_password_opens_a_session_of_twelve_hours() -> None:
    """COM-04: the sign-in is recorded; the journal names the account and no address."""
    number = await make_account()
    with clock.fixed(NOW):
        outcome = await sign_in(f" {EMAIL.upper()} ", RIGHT)
    assert isinstance(outcome, SignedIn)
    async with reading() as db:
        row = db.get_one(Session, outcome.session_id)
    assert (row.account_id, row.expires_at - row.created_at) == (number, SESSION_LIFE)
    assert (await account_row()).last_sign_in_at == NOW
    (entry,) = await journal("session.opened")
    assert (entry.actor, entry.payload) == (f"account:{number}", {"failed_attempts": 0})
    assert outcome.session_id not in str(entry.model_dump())


@pytest.mark.parametrize("email", [EMAIL, UNKNOWN])
async def test_com_02_answers_the_same_whether_or_not_the_account_exists(email: str) -> None:
    """COM-02"""
    await make_account()
    answers = await _kinds(email, 7)
    wrong, warned, locked = answers[0], answers[3], answers[4]
    assert [answer.kind for answer in answers if isinstance(answer, Refused)] == [
        *[RefusalKind.WRONG] * 3,
        RefusalKind.WARNED,
        *[RefusalKind.LOCKED] * 3,
    ]
    assert answers == [wrong, wrong, wrong, warned, locked, locked, locked]
    with clock.fixed(NOW + timedelta(minutes=12)):
        later = await sign_in(email, WRONG)
    assert isinstance(later, Refused)
    assert "18\u00a0minutes" in later.sentence
    with clock.fixed(NOW + timedelta(minutes=30)):
        after = await sign_in(email, WRONG)
    assert isinstance(after, Refused)
    assert after.kind is RefusalKind.WRONG


async def test_com_02_a_locked_account_refuses_even_the_right_password() -> None:
    """COM-02"""
    number = await make_account()
    await _kinds(EMAIL, 5)
    with clock.fixed(NOW + timedelta(minutes=29, seconds=59)):
        refused = await sign_in(EMAIL, RIGHT)
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.LOCKED
    assert (await account_row()).locked_until == NOW + timedelta(minutes=30)
    with clock.fixed(NOW + timedelta(minutes=30)):
        assert isinstance(await sign_in(EMAIL, RIGHT), SignedIn)
    assert [entry.actor for entry in await journal("account.locked")] == [f"account:{number}"]


async def test_com_02_a_success_resets_the_count() -> None:
    """COM-02"""
    await make_account()
    await _kinds(EMAIL, 4)
    with clock.fixed(NOW):
        assert isinstance(await sign_in(EMAIL, RIGHT), SignedIn)
    (again,) = await _kinds(EMAIL, 1)
    assert isinstance(again, Refused)
    assert again.kind is RefusalKind.WRONG
    (entry,) = await journal("session.opened")
    assert entry.payload == {"failed_attempts": 4}


@both_databases
@pytest.mark.parametrize("email", [EMAIL, UNKNOWN])
async def test_com_02_ten_parallel_attempts_get_five_tries(email: str) -> None:
    """COM-02, raced for real: the right password among them comes too late."""
    await make_account()
    with clock.fixed(NOW):
        answers = await asyncio.gather(*(sign_in(email, WRONG) for _ in range(10)))
        last = await sign_in(email, RIGHT)
    kinds = sorted(answer.kind for answer in answers if isinstance(answer, Refused))
    assert kinds == sorted([*[RefusalKind.WRONG] * 3, RefusalKind.WARNED, *[RefusalKind.LOCKED] * 6])
    assert isinstance(last, Refused)
    assert last.kind is RefusalKind.LOCKED


async def test_an_unknown_address_is_not_kept_in_clear() -> None:
    await _kinds(UNKNOWN, 2)
    async with reading() as db:
        (row,) = db.exec(select(SignInAttempts)).all()
    assert row.failed_attempts == 2
    assert "nobody" not in str(row.model_dump())


async def test_com_03_an_address_not_confirmed_opens_nothing() -> None:
    """COM-03: and only the holder of the password learns it."""
    await make_account(verified=False)
    (wrong,) = await _kinds(EMAIL, 1)
    refused = await sign_in(EMAIL, RIGHT)
    assert isinstance(wrong, Refused)
    assert wrong.kind is RefusalKind.WRONG
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.UNVERIFIED
    assert await journal("session.opened") == []


async def test_a_password_changed_meanwhile_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    await make_account()
    real = passwords.verify

    async def slow(secret: str, kept: str | None) -> bool:
        right = await real(secret, kept)
        async with transaction() as session:
            row = await account_row()
            row.password_hash = await passwords.make_hash("Another-2026!")
            session.merge(row)
        return right

    monkeypatch.setattr(passwords, "verify", slow)
    assert isinstance(await sign_in(EMAIL, RIGHT), Refused)
