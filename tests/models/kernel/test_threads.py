"""Pools of threads: each kind of work has its own, and a queue that ends (SES-53).

Seen to fail: with `asyncio.to_thread` in models/identity/accounts/passwords.py, and without `Busy`.
"""

import asyncio
import threading

import pytest

from models.identity.accounts import passwords
from models.kernel.threads import Busy, Pool, health
from models.kernel.threads import passwords as for_passwords


async def test_ses_53_what_would_wait_too_long_is_refused() -> None:
    """SES-53: two at once and three that wait; once they are done, there is room again."""
    pool, go = Pool("test", threads=2, waiting=3), threading.Event()
    asked = [asyncio.create_task(pool.run(go.wait)) for _ in range(5)]
    asked.append(asyncio.create_task(pool.run(go.wait)))
    await asyncio.sleep(0)
    go.set()
    *answers, late = await asyncio.gather(*asked, return_exceptions=True)
    assert answers == [True] * 5
    assert isinstance(late, Busy)
    assert await pool.run(max, 1, 2) == 2
    pool.close()


async def test_passwords_keep_nobody_else_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-53: however many are checked, whoever supervises is answered; and the other way round."""
    go = threading.Event()
    monkeypatch.setattr(passwords, "_check", lambda *_: go.wait(30))
    monkeypatch.setattr(passwords, "_make", lambda *_: str(go.wait(30)))
    checked = [asyncio.create_task(passwords.verify("x", "y")) for _ in range(10)]
    made = [asyncio.create_task(passwords.make_hash("x")) for _ in range(10)]
    assert await health.run(max, 1, 2) == 2
    assert await asyncio.to_thread(max, 1, 2) == 2
    assert for_passwords._asked == 20
    go.set()
    assert await asyncio.gather(*checked) == [True] * 10
    assert await asyncio.gather(*made) == ["True"] * 10
