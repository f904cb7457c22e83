"""Fixtures of every test. What they do stands in tests/support."""

import gc
import os
import sys
from collections.abc import Generator

import pytest

import models.assembly  # noqa: F401 - registries are full while tests are collected
from models.kernel.settings.portal import settings
from tests.support import shifting
from tests.support.browsing import browser, desktop, open_page, page, phone
from tests.support.co_owners import co_owners
from tests.support.databases import database, sqlite_template
from tests.support.postgres import postgres_server
from tests.support.redis import redis_server, redis_url
from tests.support.served import ServedApp, served_app, tail
from tests.support.shares import SharesPlugin, arrange, processes
from tests.support.tally import TallyPlugin

__all__ = [
    "browser",
    "co_owners",
    "database",
    "desktop",
    "open_page",
    "page",
    "phone",
    "postgres_server",
    "redis_server",
    "redis_url",
    "served_app",
    "sqlite_template",
]


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees the settings, nor the data, of the person who runs it."""
    for name in [name for name in os.environ if name.startswith("PASSAVANT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PASSAVANT_DATA_DIR", str(tmp_path_factory.getbasetemp() / "data"))
    settings.cache_clear()
    counting = sys.modules.get("app.http.server.limits")
    if counting is not None:  # what one test asked for is not held against the next
        counting.clear_all()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Another clock than the machine's."""
    shifting.add_option(parser)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many `-n auto` stands for; asked before any plugin of ours is registered."""
    return processes()


def pytest_configure(config: pytest.Config) -> None:
    """What the tests count is told at the end of the run; the clock is the one asked for from its beginning."""
    shifting.begin(config)
    config.pluginmanager.register(TallyPlugin())
    config.pluginmanager.register(SharesPlugin())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by what they use, put them in order, and leave the longest out unless they are asked for."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if "browser" in used:
            item.add_marker(pytest.mark.browser)
            # One loop for all of them: the browser is started once, and lives in the loop that started it.
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
        if "postgres_server" in used:
            item.add_marker(pytest.mark.postgres)
    arrange(config, items)
    if "soak" not in config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker("soak")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the collector, which would read it again and again, leaves it alone."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the application said when a test that used it failed."""
    report = yield
    used = getattr(item, "funcargs", {}).values() if report.failed else ()
    for served in [one for one in used if isinstance(one, ServedApp)]:
        report.sections.append(("The application's log", tail(served.log)))
    return report
