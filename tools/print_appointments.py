"""The workflow of an appointment as a section of docs/workflow.md (tools/print_workflow.py)."""

from collections.abc import Iterator

from models.scheduling.appointments.transitions import TRANSITIONS, Needs, Transition
from models.scheduling.slots.vocabulary import Side, Status

HEAD = ("action", "from", "to", "who", "what is needed", "what is freed", "event", "calendars")
INTRO = """\
`TRANSITIONS` of `models/scheduling/appointments/transitions.py`: one row an action. `apply` of
`models/scheduling/appointments/workflow.py` carries it out, and nothing else changes a status: the status, the sequence that
calendars go by, the entry of the journal, then the places that go back, which are offered to whoever waits."""
_NEEDS = {
    Needs.CUT_OFF: "before the post's cut-off",
    Needs.PLACE: "a free place",
    Needs.REASON: "a reason",
    Needs.REASON_OF_POST: "a reason, of the post",
    Needs.PROPOSAL: "a proposal that holds",
    Needs.DAY: "twelve hours before, at most",
    Needs.TIME_PAST: "its time has come",
    Needs.HOLDER: "to be its holder",
}


def rows() -> Iterator[tuple[str, ...]]:
    """One row an action, as cells."""
    for row in TRANSITIONS:
        yield (
            f"`{row.action}`",
            _statuses(row),
            f"`{row.after}`" if row.after else "stays",
            ", ".join(side for side in Side if side in row.by),
            ", ".join(_NEEDS[need] for need in row.needs) or "—",
            row.frees,
            f"`{row.kind}`",
            "changed" if row.raises else "",
        )


def _statuses(row: Transition) -> str:
    return ", ".join(f"`{status}`" for status in Status if status in row.before) or "begins"
