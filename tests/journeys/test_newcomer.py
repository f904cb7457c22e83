"""What the README promises to somebody who has just cloned the repository, in an awkward place."""

import signal
import subprocess
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.support.browsing import LIMIT, sign_in
from tests.support.newcomer import SECONDS_TO_SET_UP, Newcomer, arrive, python
from tests.support.served import free_port

_SECONDS_TO_END = 20
_SECONDS_TO_MOVE = 120


async def test_make_run_serves_a_list_that_moves_and_leaves_nothing(tmp_path: Path, browser: Browser) -> None:
    """SES-01: a space and an accent in the path, no home, no locale, the antipodes, umask 077, no terminal.

    Ended by SIGTERM; then started anew, which needs no set-up, and killed: nothing stays behind either time.
    """
    newcomer, port = arrive(tmp_path), free_port()
    words = ("run", f"PORT={port}", f"PYTHON={python()}")
    with newcomer.make(*words) as make:
        _wait_until_it_listens(newcomer, make)
        await _watch_the_list_move(browser, f"http://localhost:{port}")
        make.send_signal(signal.SIGTERM)
        newcomer.wait(lambda: not newcomer.processes(), _SECONDS_TO_END, "All processes end")
    assert "Traceback" not in newcomer.log.read_text()
    assert not _readable_by_others(newcomer.checkout / "data")
    with newcomer.make(*words) as make:
        _wait_until_it_listens(newcomer, make)
        assert "Installing" not in newcomer.log.read_text()
        make.kill()
        newcomer.wait(lambda: not newcomer.processes(), _SECONDS_TO_END, "All processes end")


def _wait_until_it_listens(newcomer: Newcomer, make: "subprocess.Popen[bytes]") -> None:
    newcomer.wait(
        lambda: b"listens" in newcomer.log.read_bytes() or make.poll() is not None,
        SECONDS_TO_SET_UP,
        "The portal listens",
    )
    assert make.poll() is None, newcomer.log.read_text(errors="replace")[-4000:]


async def _watch_the_list_move(browser: Browser, address: str) -> None:
    context = await browser.new_context(base_url=address, locale="fr-FR", timezone_id="Europe/Paris")
    try:
        page = await context.new_page()
        page.set_default_timeout(LIMIT)
        await sign_in(page, "sivep")
        await page.goto("/suivi")
        await expect(page.get_by_role("row").nth(5)).to_be_visible()
        before = await page.locator("main").inner_text()
        await page.wait_for_function(
            "before => document.querySelector('main').innerText !== before",
            arg=before,
            timeout=_SECONDS_TO_MOVE * 1000,
        )
    finally:
        await context.close()


def _readable_by_others(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.stat().st_mode & 0o077]
