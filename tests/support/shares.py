"""How the tests are shared out among processes, and in which order: nobody waits for the last file of another.

A file is one share, as its tests have fixtures in common, but for those of SPREAD. The longest come first, so that
small ones fill what is left at the end.
"""

import os
from typing import Any

import pytest

SPREAD = frozenset(
    {
        "tests/attacks/test_matrix.py",
        "tests/attacks/test_routes.py",
        "tests/test_other_clocks.py",
    }
)
"""Files whose tests share nothing but what a process has anyway: each is a share of its own."""
FIRST = (
    "tests/journeys/test_newcomer.py",
    "tests/journeys/test_every_page.py",
    "tests/demo/commands/test_demo.py",
    "tests/test_commands.py",
    "tests/test_other_clocks.py",
    "tests/faults/test_kills.py",
    "tests/journeys/test_planning.py",
    "tests/journeys/test_accounts.py",
    "tests/journeys/test_several_workers.py",
    "tests/journeys/test_linking.py",
    "tests/journeys/test_notifications.py",
    "tests/journeys/test_rolling_restart.py",
)
"""The longest. The first makes an installation of its own, the second builds the front end, the third needs none."""


def arrange(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests in order: for who runs them alone, those with a browser last; among processes, the longest first."""
    shared = hasattr(config, "workerinput")
    rank = {file: number for number, file in enumerate(FIRST)}

    def place(item: pytest.Item) -> int:
        browser = item.get_closest_marker("browser") is not None
        if not shared:
            return int(browser)
        return rank.get(_file(item.nodeid), len(rank) + (not browser))

    items.sort(key=place)


def processes() -> int:
    """Half as many again as cores: each waits a third of its time, for a browser, a server, a disk."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)


class SharesPlugin:
    """Shares the tests out, where pytest-xdist does: `-n … --dist loadfile`."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        """A file is a share, but for those that are spread; in the order of the collection."""
        from xdist.scheduler import LoadFileScheduling

        class Shares(LoadFileScheduling):  # type: ignore[misc]  # comes without types
            def _split_scope(self, nodeid: str) -> str:
                return nodeid if _file(nodeid) in SPREAD else _file(nodeid)

        if config.getoption("dist") != "loadfile":
            return None
        config.option.loadscopereorder = False
        return Shares(config, log)


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]
