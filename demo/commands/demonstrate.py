"""What `make run` serves: everything in order, then the portal with live traffic beside it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from app.commands.runner import run_to_the_end
from app.frontend.build import ROOT, build
from app.migration import migrate
from app.server import check, serve
from models.kernel.settings.portal import settings

_PASSWORD = "Passavant-2026!"  # noqa: S105 - public: it stands in the README
_ACCOUNTS = {
    "importateur": "importer, every right",
    "comptable": "its accountant: pays, joins services",
    "assistant": "its assistant: no right yet",
    "transitaire": "customs representative of two companies",
    "concurrent": "another importer",
    "sivep": "inspector DGAL/SIVEP, Le Havre",
    "douane": "customs officer DGDDI, Le Havre",
    "sivep-cdg": "inspector DGAL/SIVEP, Roissy",
    "superviseur": "supervisor",
    "dgitm": "statistics only",
    "mandataire": "signs direct debits for one establishment of the importer",
    "correspondante": "answers for the importer: invites people, certifies accounts",
}


def run(host: str, port: int) -> None:
    """Prepare everything, then serve until Ctrl-C or SIGTERM.

    Raises:
        CannotRun: when the port is taken or the front end cannot be built.
    """
    os.environ["PASSAVANT_DEMO"] = "1"
    os.environ.setdefault("PASSAVANT_PUBLIC_URL", f"http://localhost:{port}")
    settings.cache_clear()
    check(host, port)
    _name_co_owners()
    build()
    from demo.commands import history  # after the checks: it brings the whole domain with it

    asyncio.run(migrate(settings().database))
    from demo.commands.links import link_demo_accounts

    run_to_the_end(history.run)
    run_to_the_end(link_demo_accounts)
    _tell()
    with _beside("demo.cli", "simulate"), _beside("demo.co_owners"):
        serve(host, port, workers=1)


def _name_co_owners() -> None:
    """The settings of a portal whose co-owners are on this machine, on a port that is free."""
    from demo.co_owners.configuration import environment

    with socket.create_server(("127.0.0.1", 0)) as probe:
        os.environ.update(environment(probe.getsockname()[1]))
    settings.cache_clear()


@contextmanager
def _beside(*module_and_words: str) -> Iterator[None]:
    """A program of ours that runs as long as the portal does."""
    child = subprocess.Popen(
        [sys.executable, "-m", "app.lifeline", str(os.getpid()), *module_and_words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(2)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _tell() -> None:
    table = Table(title=f"Demonstration accounts, password {_PASSWORD}", title_justify="left")
    table.add_column("e-mail")
    table.add_column("who")
    for name, who in _ACCOUNTS.items():
        table.add_row(f"{name}@demo.passavant.fr", who)
    Console().print(table)
    _tell_about_co_owners()


def _tell_about_co_owners() -> None:
    from demo.co_owners.people import PASSWORDS

    table = Table(
        title="Co-owners played beside it, and the password of everybody there", title_justify="left"
    )
    table.add_column("site")
    table.add_column("password")
    for co_owner, password in PASSWORDS.items():
        table.add_row(settings().co_owner(co_owner).site_url, password)
    Console().print(table)
