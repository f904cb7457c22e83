"""Which pages a person may open: nothing on screen leads anywhere else."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.identity.accounts.viewer import Viewer
from state.kit.guard import Policy, anyone, refusal_by

DOORS: dict[str, Policy] = {}
"""The pages that not everybody may open, with the policy of each; those beneath one are opened by the same.

The table of pages (app/page_table.py) says which they are.
"""

MOST = ("/tableau-de-bord", "/suivi", "/profil")
"""What is offered until it is known who is there: the places of most people."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known here of a page."""

    policy: Policy
    title: str
    passing: bool = False
    """Whether one passes through it, as through a form: nothing leads back to it."""


_known: dict[str, Known] = {}


def lay(pages: Mapping[str, Known]) -> None:
    """Know these pages, by route: a door is a page for some people that can be opened without naming anything."""
    for known in (_known, DOORS):
        known.clear()
    _known.update(pages)
    for route, page in pages.items():
        if page.policy is not anyone and "[" not in route:
            DOORS[route] = page.policy


def route_of(address: str) -> str:
    """The route of a page of ours, as `/suivi/[reference]`; empty for an address of none."""
    plain = address.partition("?")[0].partition("#")[0].rstrip("/") or "/"
    above = plain.rpartition("/")[0]
    named = (route for route in _known if route.startswith(f"{above}/[") and above)
    return plain if plain in _known else next(named, "")


def title_of(route: str) -> str:
    """Its title; empty when nothing leads back to it."""
    page = _known.get(route)
    return page.title if page is not None and not page.passing else ""


def door_of(path: str) -> str:
    """The page of DOORS that leads to `path`, as `/suivi` does to a consignment; empty when anybody may open it."""
    plain = path.partition("?")[0].partition("#")[0].rstrip("/")
    while plain and plain not in DOORS:
        plain = plain.rpartition("/")[0]
    return plain


def doors_of(viewer: Viewer) -> list[str]:
    """The pages of DOORS that this person may open."""
    return [path for path, policy in DOORS.items() if refusal_by(policy, viewer) is None]


def leads(path: str, viewer: Viewer | None) -> bool:
    """Whether a link to `path` leads somewhere: for who is not signed in, to the page after the sign-in."""
    door = door_of(path)
    return not door or viewer is None or refusal_by(DOORS[door], viewer) is None
