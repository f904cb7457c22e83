"""The officers' list's filters in the address, both ways."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from models.border.passage.keys import normalise
from models.border.passage.steps import STEP_ROWS
from models.border.passage.vocabulary import ChedType
from models.signals.worklist.queries import Narrowed
from state.kit.fields import read_page

PATH = "/agent"
WHOSE = {"": "", "moi": "mine", "libres": "free"}
STEPS = {row.word: row.kind for row in STEP_ROWS if row.word}


@dataclass(frozen=True, slots=True)
class WorkAddress:
    """What the address says, as words that people can read in it. What makes no sense is left out."""

    whose: str = ""
    """A word of WHOSE."""
    ched_type: str = ""
    step: str = ""
    """A word of STEPS."""
    post: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "WorkAddress":
        """From the query of an address, whatever somebody typed there."""
        whose, step = query.get("qui", ""), query.get("etape", "")
        ched_type = query.get("type", "").upper()
        return cls(
            whose if whose in WHOSE else "",
            ched_type if ched_type in set(ChedType) else "",
            step if step in STEPS else "",
            normalise(query.get("poste", ""))[:12],
            read_page(query.get("page", "")),
        )

    @property
    def narrowed(self) -> Narrowed:
        """The same, as the query wants it."""
        return Narrowed(WHOSE[self.whose], self.ched_type, STEPS.get(self.step, ""), self.post)

    def link(self, **changes: str | int) -> str:
        """The address with `changes`, from its first page unless they say otherwise."""
        to = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        parameters = {"qui": to.whose, "type": to.ched_type, "etape": to.step, "poste": to.post}
        query = {name: value for name, value in parameters.items() if value}
        if to.page > 1:
            query["page"] = str(to.page)
        return f"{PATH}?{urlencode(query)}" if query else PATH
