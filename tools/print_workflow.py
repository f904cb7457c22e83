"""Print the workflow of a consignment from the data that drives it, into docs/workflow.md.

    python -m tools.print_workflow          writes the page
    python -m tools.print_workflow --print  shows it

Nothing here is typed twice: the tables come from models/border/passage. A test fails when the page is not what
this program prints.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import combinations, product
from pathlib import Path

from models.border.consignments.policy import recordable
from models.border.passage.code_lists import CHED_STATUSES, CUSTOMS_FUNCTIONS
from models.border.passage.content import Check, Ched, CustomsResponse
from models.border.passage.facts import CHED_RANK, Said, said_by_ched, said_by_customs
from models.border.passage.fold import RANK, StepNow
from models.border.passage.outcomes import Outcome
from models.border.passage.recordable import OUTCOMES
from models.border.passage.rules import DRAFT, SITUATIONS, URGENCY, Passage
from models.border.passage.steps import CHECKS, USUAL_AUTHORITY, USUAL_DURATION
from models.border.passage.vocabulary import (
    CheckResult,
    ChedType,
    ConsignmentState,
    ReleaseReason,
    StepKind,
    StepStatus,
)
from models.border.passage.words import (
    ACTIONS,
    AUTHORITIES,
    RAIL,
    RELEASE_REASONS,
    RESULTS,
    STATES,
    STATUSES,
    STEPS,
)
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from tools import print_appointments

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "workflow.md"
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_DEEPEST = 3
"""How many steps the smallest case of a situation may need before it is called unreachable."""

_SERVICES = {Role.SIVEP: "DGAL/SIVEP", Role.CUSTOMS: "DGDDI"}


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join(
        [
            "# Workflow of a consignment",
            "",
            "Written by `.venv/bin/python -m tools.print_workflow` from `models/border/passage`. Do not edit it: change the",
            "data, then print it again. `tests/docs/test_workflow_page.py` fails when it is out of date.",
            "",
            *_section("Steps", _STEPS_INTRO, _table(_STEPS_HEAD, _steps())),
            *_section("Statuses of a step", _STATUSES_INTRO, _table(_STATUSES_HEAD, _statuses())),
            *_section("States of a consignment", _STATES_INTRO, _table(_STATES_HEAD, _states())),
            *_section("Situations", _SITUATIONS_INTRO, _table(_SITUATIONS_HEAD, _situations())),
            *_section("What a CHED status says", _CHED_INTRO, _table(_CHED_HEAD, _ched_statuses())),
            *_section("What a check's result says", _CHECK_INTRO, _table(_CHECK_HEAD, _check_results())),
            *_section("What customs says", _CUSTOMS_INTRO, _table(_CUSTOMS_HEAD, _customs())),
            *_section("What the other messages say", _OTHERS),
            *_section("Who may record what on screen", _RECORD_INTRO, _table(_RECORD_HEAD, _records())),
            *_section("An appointment", print_appointments.INTRO, _appointments()),
        ]
    )


def _appointments() -> Iterator[str]:
    return _table(print_appointments.HEAD, print_appointments.rows())


_STEPS_HEAD = ("code", "step", "chevron of the rail", "usually done by", "usual duration")
_STEPS_INTRO = """\
`StepKind`, in the order in which they normally happen. The durations are cautious defaults, not measurements
(`steps.USUAL_DURATION`, [limits](limits.md))."""

_STATUSES_HEAD = ("code", "on screen", "rank")
_STATUSES_INTRO = """\
`StepStatus`. A step is the fold of its facts in the order in which they happened, whatever the order in
which they were learnt. It only climbs in rank; of two ends, the one that happened last holds. Only a
cancellation lets it start anew, by a start that happened after it (`fold.fold`)."""

_STATES_HEAD = ("code", "on screen", "urgency")
_STATES_INTRO = "`ConsignmentState`. The list puts the lowest urgency first."

_SITUATIONS_HEAD = ("n", "smallest case", "state", "stands at", "next to act", "what they must do")
_SITUATIONS_INTRO = """\
`rules.SITUATIONS` is read from the top: the first line whose condition holds says where the consignment stands.
The smallest case is found by trying: the fewest things said that lead to that line."""

_CHED_HEAD = ("UNCL 1373", "on screen", "how far", "what it says by itself")
_CHED_INTRO = """\
What `facts.said_by_ched` draws from the status alone, when the CHED holds no check and no decision. An
expected arrival, each check and the decision add their own facts. A CHED that is less far than the one we have,
or as far and older, adds its facts and changes nothing else (`cheds.is_late`)."""

_CHECK_HEAD = ("code", "on screen", "status of the step")
_CHECK_INTRO = """\
`CheckResult`, for the documentary, identity and physical checks and the laboratory. A check that is ordered and
has no result yet is planned; a laboratory one is started."""

_CUSTOMS_HEAD = ("FunctionCode", "on screen", "what it says")
_CUSTOMS_INTRO = (
    "What `facts.said_by_customs` draws from a WCO response. A code that is not listed says nothing."
)

_OTHERS = """\
- EDIFACT COARRI: each container discharged ends the arrival step of the consignments that name it, if they were
  opened within 60 days of the movement. Containers loaded say nothing.
- JSON event: the step and the status that it names, but neither the notification (a CHED says it) nor the
  statuses that are deduced. Of two plans, the one that came last holds.

Whatever its format, a message that tells something as done more than 15 minutes ahead of our clock
(`fold.SKEW`), or plans a step more than a year ahead (`fold.HORIZON`), is refused with its reason, kept,
and can be replayed once its date has come (`models/border/messages/ahead.py`)."""

_RECORD_HEAD = ("step", "service", "what can be recorded", "status of the step", "only when")
_RECORD_INTRO = """\
`models/border/consignments/policy.py` `recordable` and `models/border/passage/recordable.py` `OUTCOMES`: each service
records its own steps, for consignments of the posts where the officer serves. Nobody else records anything. What was recorded by mistake is taken back within
[these rules](mistakes.md)."""


def _section(title: str, intro: str, table: Iterable[str] = ()) -> list[str]:
    lines = list(table)
    return [f"## {title}", "", intro, "", *([*lines, ""] if lines else [])]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(head)
    yield _line(names)
    yield _line("---" for _ in names)
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _steps() -> Iterator[tuple[str, ...]]:
    chevrons = {kind: label for label, kinds in RAIL for kind in kinds}
    for kind in StepKind:
        usual = USUAL_DURATION.get(kind)
        by = AUTHORITIES[USUAL_AUTHORITY[kind]]
        yield f"`{kind}`", STEPS[kind], chevrons[kind], by, _lasting(usual) if usual else ""


def _lasting(length: timedelta) -> str:
    return f"{length.days} days" if length.days else f"{length.seconds // 60} min"


def _statuses() -> Iterator[tuple[str, ...]]:
    for status in StepStatus:
        yield f"`{status}`", STATUSES[status], str(RANK[status])


def _states() -> Iterator[tuple[str, ...]]:
    for state in ConsignmentState:
        yield f"`{state}`", STATES[state], str(URGENCY[state])


def _situations() -> Iterator[tuple[str, ...]]:
    cases = smallest_cases()
    for rank, (_, found) in enumerate(SITUATIONS):
        case = cases.get(rank)
        actor = AUTHORITIES[found.actor] if found.actor else "personne"
        said = _told(case) if case else "never reached"
        what = ACTIONS[found.action].short
        yield str(rank + 1), said, STATES[found.state], STEPS[found.step], actor, what


def smallest_cases() -> Mapping[int, Passage]:
    """For each line of SITUATIONS, by rank, the passage with the fewest steps that leads there."""
    found: dict[int, Passage] = {}
    for passage in _passages():
        rank = next(rank for rank, (holds, _) in enumerate(SITUATIONS) if holds(passage))
        found.setdefault(rank, passage)
        if len(found) == len(SITUATIONS):
            break
    return found


def _passages() -> Iterator[Passage]:
    """Passages of ever more steps, for a CHED that is in progress, a draft, then cancelled."""
    for depth in range(_DEEPEST + 1):
        for status in ("1", DRAFT, "64"):
            for kinds in combinations(StepKind, depth):
                for steps in product(*(_ways(kind) for kind in kinds)):
                    yield Passage(status, dict(zip(kinds, steps, strict=True)))


def _ways(kind: StepKind) -> list[StepNow]:
    """How a step may stand, the most usual first."""
    end = StepStatus.SATISFACTORY if kind in (*CHECKS, StepKind.DECISION) else StepStatus.DONE
    usual = (end, StepStatus.STARTED, StepStatus.PLANNED, StepStatus.UNSATISFACTORY)
    plain = [StepNow(status) for status in usual]
    held = [StepNow(StepStatus.STARTED, reason=reason) for reason in ReleaseReason]
    return plain + (held if kind == StepKind.RELEASE else [])


def _told(case: Passage) -> str:
    status = "" if case.ched_status == "1" else f"CHED {CHED_STATUSES[case.ched_status]}"
    steps = [_standing(kind, step) for kind, step in case.steps.items()]
    return "; ".join(part for part in (status, *steps) if part) or "nothing yet"


def _standing(kind: str, step: StepNow) -> str:
    why = f" ({RELEASE_REASONS[step.reason].lower()})" if step.reason else ""
    return f"{STEPS[kind]} : {STATUSES[step.status].lower()}{why}"


def _ched_statuses() -> Iterator[tuple[str, ...]]:
    for code, word in CHED_STATUSES.items():
        ched = _ched(code)
        yield code, word, str(CHED_RANK[code]), _facts(said_by_ched(ched))


def _ched(status: str, *checks: Check) -> Ched:
    reference = "CHEDP.FR.2026.0000001"
    return Ched(reference, ChedType.ANIMAL_PRODUCTS, status, _AT, "FRLEH1", checks=checks)


def _check_results() -> Iterator[tuple[str, ...]]:
    for result in CheckResult:
        said = said_by_ched(_ched("1", Check(StepKind.PHYSICAL, result)))
        status = next(one.fact.status for one in said if one.step == StepKind.PHYSICAL)
        yield f"`{result}`", RESULTS[result], STATUSES[status]


def _customs() -> Iterator[tuple[str, ...]]:
    for code, word in CUSTOMS_FUNCTIONS.items():
        yield code, word, _facts(said_by_customs(CustomsResponse(code, _AT, "")))


def _facts(said: Iterable[Said]) -> str:
    told = [
        _standing(one.step, StepNow(one.fact.status, reason=_release_reason(one.fact.reason))) for one in said
    ]
    return "; ".join(told) or "nothing"


def _release_reason(reason: str) -> str:
    return reason if reason in RELEASE_REASONS else ""


def _records() -> Iterator[tuple[str, ...]]:
    for kind, outcomes in OUTCOMES.items():
        roles = [role for role in Role if kind in recordable(Viewer(0, "", "", role))]
        services = ", ".join(_SERVICES[role] for role in roles) or "nobody"
        for one in outcomes:
            why = f" ({RELEASE_REASONS[one.reason].lower()})" if one.reason else ""
            yield STEPS[kind], services, one.label, STATUSES[one.status] + why, _conditions(one)


def _conditions(one: Outcome) -> str:
    after = [f"{STEPS[kind]} ended well" for kind in one.after]
    settled = [f"{STEPS[kind]} not under way" for kind in one.settled]
    no_failure = ["no check unsatisfactory"] if one.settled else []
    asked = ["a reason is given"] if one.asks_why else []
    asked += ["the measure and its deadline are given"] if one.asks_measure else []
    asked += ["it was asked once more, in a dialog that says what follows"] if one.signs else []
    return "; ".join([*after, *settled, *no_failure, *asked])


def main(argument: str = "") -> int:
    """Write the page, or show it."""
    if argument == "--print":
        print(page(), end="")
    else:
        PAGE.write_text(page())
        print(f"Wrote {PAGE.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--print"]):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
