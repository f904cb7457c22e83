"""Nobody of the demonstration comes back to hundreds of notices."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from demo.commands.accounts import create_demo_accounts
from demo.commands.notices import read_elsewhere
from models.kernel.settings.portal import settings
from models.signals.notifications.tables import Notice
from tests.factories import keep
from tests.support.accounts import cheap_passwords, make_account
from tests.support.databases import reading
from tests.support.demonstration import account

__all__ = ["cheap_passwords"]

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def _notices(account_id: int, number: int) -> list[Notice]:
    return [
        Notice(
            account_id=account_id,
            kind="released",
            subject_kind="account",
            subject_id=str(account_id),
            created_at=NOW,
            last_at=NOW,
            last_seq=seq,
        )
        for seq in range(1, number + 1)
    ]


async def _unread(account_id: int) -> list[int]:
    mine = select(Notice.last_seq).where(Notice.account_id == account_id, col(Notice.read_at).is_(None))
    async with reading() as db:
        return sorted(db.exec(mine).all())


@pytest.mark.usefixtures("database")
async def test_the_newest_of_its_people_stay_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of anybody else too."""
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    await create_demo_accounts()
    many, few, other = await account("importateur"), await account("concurrent"), await make_account()
    await keep(*_notices(many, 40), *_notices(few, 3), *_notices(other, 40))
    await read_elsewhere()
    assert await _unread(many) == list(range(16, 41))
    assert await _unread(few) == [1, 2, 3]
    assert len(await _unread(other)) == 40
