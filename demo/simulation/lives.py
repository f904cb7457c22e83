"""What the traffic knows of one consignment, from what was said of it: the rules of the domain tell the rest."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from models.border.passage.content import Ched, Coarri, Content, CustomsResponse
from models.border.passage.facts import Said, said_by_ched, said_by_customs, said_by_event
from models.border.passage.fold import Fact, StepNow, fold
from models.border.passage.rules import Passage, Situation, situation
from models.border.passage.steps import USUAL_AUTHORITY
from models.border.passage.vocabulary import StepKind, StepStatus

UNREMARKABLE = 0.5
"""The fate of what is to go as it usually goes."""


@dataclass(slots=True)
class Life:
    """One consignment, from its newest CHED and the facts told so far."""

    ched: Ched
    facts: defaultdict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    mrn: str = ""
    fates: Mapping[str, float] | None = None
    """What is decided beforehand; all that is not named is UNREMARKABLE. None: dice decide."""
    _steps: dict[str, StepNow] = field(default_factory=dict)

    def hear(self, content: Content) -> None:
        """Take a message into account, as the portal will."""
        for text in self._said(content):
            if text.fact not in self.facts[text.step]:
                self.facts[text.step].append(text.fact)
                self._steps.pop(text.step, None)

    def _said(self, content: Content) -> list[Said]:
        match content:
            case Ched():
                self.ched = content
                return list(said_by_ched(content))
            case CustomsResponse():
                self.mrn = content.mrn if content.function != "10" else ""
                return list(said_by_customs(content))
            case Coarri():
                at = content.movements[0].at
                return [Said(StepKind.ARRIVAL, Fact(StepStatus.DONE, at))]
            case _:
                return [said_by_event(content, USUAL_AUTHORITY[content.step])]

    @property
    def passage(self) -> Passage:
        """Where its steps stand."""
        for kind in self.facts.keys() - self._steps.keys():
            self._steps[kind] = fold(self.facts[kind])
        return Passage(self.ched.status, self._steps)

    @property
    def situation(self) -> Situation:
        """Where it stands, and who must do what."""
        return situation(self.passage)

    @property
    def told(self) -> datetime:
        """When the newest fact happened, plans aside."""
        happened = [
            fact.at for facts in self.facts.values() for fact in facts if fact.status != StepStatus.PLANNED
        ]
        return max(happened, default=self.ched.issued_at)

    def dice(self, about: str = "") -> Random:
        """Dice of its own, the same whenever the same is asked in the same situation, whatever the seed."""
        rank = sum(len(facts) for facts in self.facts.values())
        return Random(f"{self.ched.reference} {rank} {about}")  # noqa: S311 (traffic, not secrets)

    def fate(self, about: str) -> float:
        """Between 0 and 1: decided once for all its life."""
        if self.fates is not None:
            return self.fates.get(about, UNREMARKABLE)
        return Random(f"{self.ched.reference} {about}").random()  # noqa: S311 (same)
