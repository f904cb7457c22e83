"""Where one came from, in this tab: what the link back of a page leads to."""

from dataclasses import dataclass

import reflex as rx

from models.identity.accounts.viewer import Viewer
from state.kit.deltas import put
from state.kit.doors import DOORS, leads, route_of, title_of
from state.kit.registration import Kept

_LONGEST = 500
_MOST = 8


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that was opened on the way to this one."""

    path: str
    address: str
    """With what narrows it: a list is found again as it was left."""
    label: str
    """Its title; empty for a page that one passes through, to which nothing leads back."""


class Trail(Kept, rx.State):
    """The page before this one; none on a page of the navigation, where a way begins."""

    href: str = ""
    label: str = ""
    _visits: list[Visit] = []  # noqa: RUF012 - Reflex copies defaults for each state

    def _come(self, address: str, viewer: Viewer | None) -> None:
        """The tab is at `address` now: one step further, or back at a page of the way.

        A page that was refused to `viewer` is passed through: nothing leads back to it.
        """
        path, route = address.partition("?")[0], route_of(address)
        label = title_of(route) if leads(path, viewer) else ""
        before: list[Visit] = [
            visit for visit in self.get_value("_visits") if visit.label or visit.path == path
        ]
        known = next((at for at, visit in enumerate(before) if visit.path == path), len(before))
        before = [] if route in DOORS and label else before[:known]
        put(self, _visits=[*before, Visit(path, address[:_LONGEST], label)][-_MOST:])
        last = before[-1] if before else Visit("", "", "")
        put(self, href=last.address, label=last.label)
