"""The provider that plays the co-owners, in a process of its own, and a person who signs in there."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx
import pytest

from app.frontend.build import ROOT
from demo.co_owners.configuration import environment
from demo.co_owners.people import PASSWORDS
from models.kernel.co_owners import CoOwner
from tests.support.served import clean_environment, end_group, free_port, tail

_SECONDS_TO_START = 30


@dataclass
class CoOwners:
    """A running provider, and the settings that lead to it."""

    settings: dict[str, str]
    process: subprocess.Popen[bytes]

    def site(self, co_owner: CoOwner) -> str:
        """The address of that co-owner's site."""
        return self.settings[f"PASSAVANT_{co_owner}_ISSUER"]


@contextmanager
def playing(
    folder: Path, public_url: str = "http://localhost:8000", told: dict[str, str] | None = None
) -> Iterator[CoOwners]:
    """Serve the provider for the portal at `public_url`: on a free port, or as the settings `told` say."""
    told = told or environment(free_port())
    log = folder / "co-owners.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo.co_owners"],
            cwd=ROOT,
            env=clean_environment(**told, PASSAVANT_PUBLIC_URL=public_url, PASSAVANT_DATA_DIR=str(folder)),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    started = CoOwners(told, process)
    try:
        _wait_for(f"{started.site(CoOwner.DGDDI)}/jwks.json", process, log)
        yield started
    finally:
        end_group(process)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(address, timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError(f"the provider did not start:\n{tail(log)}")


@pytest.fixture(scope="session")
def co_owners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CoOwners]:
    """One provider for all the tests that only need one."""
    with playing(tmp_path_factory.mktemp("co-owners")) as started:
        yield started


class Visitor:
    """Somebody's browser at the co-owners: it keeps the cookies that they give."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def sign_in(self, address: str, who: str, password: str = "") -> str:
        """Go to the authorization address, sign in and agree as asked; where the co-owner then sends, or ``."""
        answer = await self.client.get(address)
        if "/connexion" in answer.headers.get("location", ""):
            answer = await self._give_password(answer, who, password)
            if answer.status_code != 303:
                return ""
            answer = await self.client.get(answer.url.join(answer.headers["location"]))
        if answer.status_code == 200:
            answer = await self.client.post(answer.url, data={"accord": "oui"})
        return answer.headers["location"]

    async def refuse(self, address: str, who: str) -> str:
        """The same, and say no when asked to agree."""
        await self._give_password(await self.client.get(address), who, "")
        answer = await self.client.post(address, data={"accord": "non"})
        return answer.headers["location"]

    async def _give_password(self, sent: httpx.Response, who: str, password: str) -> httpx.Response:
        page = await self.client.get(sent.url.join(sent.headers["location"]))
        following = re.search(r'name="next" value="([^"]*)"', page.text)
        assert following is not None
        co_owner = CoOwner(page.url.path.split("/")[1].upper())
        form = {"identifiant": who, "mot-de-passe": password or PASSWORDS[co_owner]}
        return await self.client.post(page.url, data=form | {"next": unescape(following[1])})
