"""What a reader gathers on its way: missing fields, impossible values, remarks.

Everything wrong is named at once, so that a partner corrects a message in one go.
"""

from dataclasses import dataclass, field
from itertools import islice

from models.border.passage.content import IncompleteMessage
from models.kernel.french import plural

NBSP = "\u00a0"
_SHOWN = 60
MOST = 50
"""Beyond this many remarks or faults of one kind, the rest is counted."""


def quote(value: str) -> str:
    """The value between French quotation marks, shortened and printable, fit for a sentence."""
    printable = "".join(c if c.isprintable() else "\ufffd" for c in value[: _SHOWN + 1])
    if len(printable) > _SHOWN:
        printable = printable[:_SHOWN] + "…"
    return f"«{NBSP}{printable}{NBSP}»"


@dataclass(slots=True)
class Findings:
    """The findings about one message. `what` names the message in French: « Le CHED », « L’événement ».

    Dictionaries stand for ordered sets: a hostile message may earn a hundred thousand remarks.
    """

    what: str
    _missing: dict[str, None] = field(default_factory=dict)
    _impossible: dict[str, str] = field(default_factory=dict)
    _warnings: dict[str, None] = field(default_factory=dict)

    def missing(self, name: str) -> None:
        """Notes that the compulsory field `name` (in French) is absent, unless it is there but impossible."""
        if name not in self._impossible:
            self._missing[name] = None

    def impossible(self, name: str, value: str) -> None:
        """Notes that the field `name` (in French) has a value that cannot be."""
        self._impossible.setdefault(name, value)

    def is_impossible(self, name: str) -> bool:
        """Whether the field `name` was found impossible."""
        return name in self._impossible

    def warn(self, sentence: str) -> None:
        """Adds a French remark; the same remark is made once."""
        self._warnings[sentence] = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """The remarks, the last one counting those left out where they are many."""
        kept = tuple(islice(self._warnings, MOST))
        others = len(self._warnings) - len(kept)
        rest = plural(others, "autre remarque", "autres remarques")
        return (*kept, f"Et {rest} du même ordre.") if others else kept

    @property
    def at_fault(self) -> bool:
        """Whether the message must be refused."""
        return bool(self._missing or self._impossible)

    def refusal(self) -> IncompleteMessage:
        """The refusal that names every field at fault, up to MOST of each kind."""
        missing = list(islice(self._missing, MOST))
        impossible = list(islice(self._impossible.items(), MOST))
        sentences = [f"{self.what} ne comporte pas{NBSP}: {', '.join(missing)}."] if missing else []
        sentences += [
            f"Valeur impossible pour {quote(name)}{NBSP}: {quote(value)}." for name, value in impossible
        ]
        others = len(self._missing) + len(self._impossible) - len(missing) - len(impossible)
        if others:
            sentences.append(f"Et {plural(others, 'autre champ', 'autres champs')} en faute.")
        fields = dict.fromkeys([*missing, *(name for name, _ in impossible)])
        return IncompleteMessage("Message incomplet", " ".join(sentences), tuple(fields))
