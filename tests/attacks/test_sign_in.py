"""Who has an account? The sign-in does not tell, by its words or by its time (COM-02, SES-53).

Time is not measured, which would fail on a busy machine: the work is counted. Both take one bcrypt of the same
cost and the same queries.

Seen to fail: `passwords.verify` that returns at once without a hash counts one bcrypt less; a `sign_in` that looks
for the stranger's attempts only without an account counts one query more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import bcrypt
import pytest
from httpx import AsyncClient
from sqlalchemy import Engine, event

from app.http.server import limits
from demo.commands.accounts import DEMO_CLIENT
from demo.writers.contents import write_ched
from models.border.messages.tables import Message
from models.identity.access.credentials import ask_password_link
from models.identity.access.sign_in import sign_in
from models.kernel import clock
from models.kernel.settings.portal import settings
from tests import factories
from tests.app.http.portal import bearer, count_of, portal
from tests.support.accounts import EMAIL, NOW, WRONG, cheap_passwords, make_account
from tests.support.databases import both_databases

__all__ = ["cheap_passwords", "portal"]


@contextmanager
def work() -> Iterator[list[str]]:
    """The statements sent to the database, and the bcrypts, in order."""
    done: list[str] = []
    checked = bcrypt.checkpw

    def counted(password: bytes, kept: bytes) -> bool:
        done.append(f"bcrypt {kept[:7].decode()}")
        return checked(password, kept)

    def executed(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        done.append(statement.split(" ", 1)[0] if statement.startswith(("UPDATE", "INSERT")) else statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bcrypt, "checkpw", counted)
        event.listen(Engine, "before_cursor_execute", executed)
        yield done
        event.remove(Engine, "before_cursor_execute", executed)


@pytest.mark.usefixtures("database")
@both_databases
async def test_com_02_the_same_work_with_and_without_an_account() -> None:
    """COM-02: six attempts in a row: the first one opens a row for a stranger, as it changes one of an account."""
    await make_account()
    seen: list[list[list[str]]] = []
    for address in (EMAIL, "nobody@kerdrel.example"):
        steps = []
        for _ in range(6):
            with clock.fixed(NOW), work() as done:
                await sign_in(address, WRONG)
            steps.append([one.replace("INSERT", "UPDATE") for one in done if "journal_entry" not in one])
        seen.append(steps)
    account, stranger = seen
    assert sum("bcrypt" in one for one in account[0]) == 1
    for mine, other in zip(account[:4], stranger[:4], strict=True):
        assert mine == other


@pytest.mark.usefixtures("database")
@both_databases
@pytest.mark.parametrize("known", [True, False])
async def test_com_05_asking_for_a_link_takes_the_same_path(*, known: bool) -> None:
    """COM-02, COM-05: one look, one transaction, one letter; with an account, one row more for its link."""
    if known:
        await make_account()
    with clock.fixed(NOW), work() as done:
        await ask_password_link(EMAIL)
    writes = [one for one in done if one in ("INSERT", "UPDATE")]
    looks = [one for one in done if one.startswith("SELECT") and "account" in one]
    assert (len(looks), len(writes)) == (1, 2 if known else 1)
    assert not any("bcrypt" in one for one in done)


async def test_ses_53_a_partner_sends_so_many_a_minute(
    portal: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-53: repeated or new, read or not; then 429, in French, with the time to wait, and nothing is kept."""
    monkeypatch.setenv("PASSAVANT_MESSAGES_PER_MINUTE", "3")
    settings.cache_clear()
    limits.messages.clear()
    body = write_ched(factories.ched())
    with clock.fixed(clock.now()):
        statuses = [
            (await portal.post("/api/v1/messages", content=one, headers=bearer())).status_code
            for one in (body, body, b"nothing")
        ]
        kept = await count_of(Message)
        refused = await portal.post("/api/v1/messages", content=body + b" ", headers=bearer())
    assert statuses[:2] == [202, 202]
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["detail"].startswith("Un partenaire dépose au plus 3 messages par minute.")
    assert await count_of(Message) == kept
    assert DEMO_CLIENT in limits.messages._tries
    limits.messages.clear()
