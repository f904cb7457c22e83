"""The list's filters in the address, both ways: a link can be shared, and the back button works."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from models.border.follow_up.filters import Filters, Sort
from models.border.follow_up.search import LONGEST_SEARCH, is_too_short, read_search
from models.border.passage.keys import normalise
from models.border.passage.vocabulary import ChedType, ConsignmentState

PATH = "/suivi"
RECENT = timedelta(days=7)
MINE = "a-vous"

_STATES = {
    "bloque": ConsignmentState.BLOCKED,
    "action": ConsignmentState.ACTION_REQUIRED,
    "en-cours": ConsignmentState.IN_PROGRESS,
    "en-attente": ConsignmentState.WAITING,
    "libere": ConsignmentState.RELEASED,
    "clos": ConsignmentState.CANCELLED,
}
STATE_WORDS = {state: word for word, state in _STATES.items()}
_SORTS = {"urgent": Sort.URGENT, "recent": Sort.RECENT, "ancien": Sort.OLD}


@dataclass(frozen=True, slots=True)
class Address:
    """The list's address, as words that people can read in it. What makes no sense is left out."""

    post: str = ""
    ched_type: str = ""
    state: str = ""
    """A word of STATE_WORDS, or MINE."""
    search: str = ""
    sort: str = "urgent"
    all_dates: bool = False
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Address":
        """From the query of an address, whatever somebody typed there."""
        state, sort = query.get("etat", ""), query.get("tri", "urgent")
        ched_type = query.get("type", "").upper()
        return cls(
            post=normalise(query.get("poste", ""))[:12],
            ched_type=ched_type if ched_type in set(ChedType) else "",
            state=state if state in _STATES or state == MINE else "",
            search=" ".join(query.get("q", "").split())[:LONGEST_SEARCH],
            sort=sort if sort in _SORTS else "urgent",
            all_dates=query.get("periode") == "tout",
            after=query.get("apres", "")[:200],
            before=query.get("avant", "")[:200],
        )

    def link(self, **changes: str | bool) -> str:
        """The address with `changes`, from its first page unless they say otherwise."""
        to = replace(self, **{"after": "", "before": "", **changes})  # type: ignore[arg-type]
        named = {
            "q": to.search,
            "poste": to.post,
            "type": to.ched_type,
            "etat": to.state,
            "tri": "" if to.sort == "urgent" else to.sort,
            "periode": "tout" if to.all_dates else "",
            "apres": to.after,
            "avant": to.before,
        }
        query = urlencode({name: value for name, value in named.items() if value})
        return f"{PATH}?{query}" if query else PATH

    def filters(self, now: datetime) -> Filters:
        """What the list is narrowed to."""
        return Filters(
            post=self.post,
            ched_type=self.ched_type,
            state=_STATES.get(self.state, ""),
            mine=self.state == MINE,
            search=read_search(self.search) if self.searched else None,
            sort=_SORTS[self.sort],
            closed_since=None if self.all_dates else _midnight(now - RECENT),
        )

    @property
    def search_too_short(self) -> bool:
        """Whether what was typed is too short to look for."""
        return is_too_short(self.search)

    @property
    def searched(self) -> bool:
        """Whether something is looked for."""
        return bool(self.search) and not self.search_too_short

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows the list beyond its default."""
        return bool(self.post or self.ched_type or self.state or self.search)


def _midnight(at: datetime) -> datetime:
    """The beginning of that day in UTC: whole days are counted without looking at each consignment."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
