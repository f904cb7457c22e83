"""/cgu: which version is read, whether it is to be accepted, and what was accepted (COM-10)."""

from dataclasses import dataclass
from urllib.parse import urlencode

import reflex as rx

from models.identity.accounts import terms
from models.identity.accounts.viewer import Viewer
from models.kernel import french
from state.kit.guard import allow, anyone
from state.kit.screen import PublicScreen

_LONGEST = 1000


@dataclass
class VersionLine:
    """A version, to choose from."""

    label: str = ""
    href: str = ""
    current: bool = False


class Terms(PublicScreen, rx.State):
    """The terms of use, for anybody; with the form that accepts them for whom they are due."""

    number: str = ""
    """The version that is shown."""
    since: str = ""
    pdf: str = ""
    versions: list[VersionLine] = []  # noqa: RUF012 - Reflex copies defaults for each state
    past: bool = False
    """Whether it is no longer in force."""
    due: bool = False
    following: str = ""
    """Where one wanted to go."""

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """Show the version that the address names, the one in force unless told."""
        await self._open_still(viewer)

    async def _fill(self, viewer: Viewer | None) -> None:
        asked = self.router.url.query_parameters
        newest = terms.in_force()
        shown = terms.version_of(str(asked.get("version", ""))) or newest
        self.number, self.past = shown.number, shown != newest
        self.since = f"En vigueur depuis le {french.day(shown.starts_on)}"
        self.pdf = f"/cgu.pdf?{urlencode({'version': shown.number})}"
        self.versions = [_line(version, newest, shown) for version in terms.started()]
        self.due = viewer is not None and viewer.owes_terms and not self.past
        self.following = str(asked.get("suite", ""))[:_LONGEST]


def _line(version: terms.Version, newest: terms.Version, shown: terms.Version) -> VersionLine:
    kept = "" if version == newest else ", remplacée depuis"
    return VersionLine(
        f"Version {version.number}, du {french.day(version.starts_on)}{kept}",
        "/cgu" if version == newest else f"/cgu?{urlencode({'version': version.number})}",
        version == shown,
    )
