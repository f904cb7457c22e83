"""Which pages a person may open: nothing on screen leads anywhere else."""

from collections.abc import Mapping

from models.identity.accounts.viewer import Viewer
from state.kit.guard import Policy, anyone, refusal_by

DOORS: dict[str, Policy] = {}
"""The pages that not everybody may open, with the policy of each; those beneath one are opened by the same.

The table of pages (app/page_table.py) says which they are.
"""

MOST = ("/tableau-de-bord", "/suivi", "/profil")
"""What is offered until it is known who is there: the places of most people."""


def lay(pages: Mapping[str, Policy]) -> None:
    """Know these pages, by route: a door is a page for some people that can be opened without naming anything."""
    DOORS.clear()
    DOORS.update(
        {route: policy for route, policy in pages.items() if policy is not anyone and "[" not in route}
    )


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
