"""What lists have in common: filters and pages in the address, newer lines offered, changed ones where they stand."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import french
from state.kit.deltas import put
from state.kit.guard import Policy, allow
from state.kit.screen import Screen


class Address(Protocol):
    """What narrows a list, as the address of its page says it."""

    def link(self, **changes: Any) -> str:
        """The address with `changes`, from its first page unless they say otherwise."""


class ListScreen(Screen, mixin=True):
    """A list whose lines stay where they are while one reads: what is newer is offered above it."""

    newcomers: str = ""
    """What came since it was opened, as the button that takes it in says it; empty while nothing did."""

    def _from_first(self) -> None:
        """The list begins at its first page again."""

    def _offer(self, words: str) -> None:
        """Offer what came since: `3 nouveaux envois`; nothing when empty."""
        put(self, newcomers=french.typeset(f"{words} : afficher") if words else "")

    async def _show(self, viewer: Viewer) -> None:
        await super()._show(viewer)
        self._offer("")


def showing_newcomers(policy: Policy) -> Any:
    """The handler that takes into the list what came since, for whom `policy` allows."""

    @rx.event
    @allow(policy)
    async def show_newcomers(self: Any, viewer: Viewer) -> None:
        """Take the newer lines into the list, from its first page."""
        self._from_first()
        await self._show(viewer)

    return show_newcomers


def narrowed(address: Address, filters: Mapping[str, str], name: str, value: str) -> Any:
    """Go to the address with one filter changed; nowhere for a filter that is none of `filters`, by their names there."""
    return rx.redirect(address.link(**{filters[name]: value})) if name in filters else None


def in_place(shown: Sequence[Any], fresh: Sequence[Any], key: str) -> list[Any]:
    """The fresh lines in the order in which they stand on screen; the new ones follow."""
    by_key: Mapping[Any, Any] = {getattr(line, key): line for line in fresh}
    known = [getattr(line, key) for line in shown if getattr(line, key) in by_key]
    return [by_key[name] for name in known] + [line for name, line in by_key.items() if name not in known]


def still_listed(shown: Sequence[Any], fresh: Mapping[Any, Any], key: str) -> list[Any]:
    """The lines on screen that are there still, where they stand, as they are now."""
    return [fresh[getattr(line, key)] for line in shown if getattr(line, key) in fresh]


def range_of(page: int, per_page: int, shown: int, total: int) -> str:
    """`14 à 24 sur 24`: which lines a numbered page shows; empty when it shows none."""
    first = (page - 1) * per_page + 1
    return f"{first} à {first + shown - 1} sur {french.number(total)}" if shown else ""
