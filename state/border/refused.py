"""A refusal as the page of its consignment tells it: why, what must be done by when, with whom, and how to contest it."""

from dataclasses import dataclass, field

from models.border.follow_up.queries.listing import Detail
from models.border.passage.appeals import APPEALS, STILL_DUE, propose
from models.border.passage.code_lists import MEASURES, reasons
from models.border.passage.fold import StepNow
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel import french

_NOT_SAID = "À préciser par le poste"


@dataclass
class Pair:
    """What something is called, and what it is."""

    label: str = ""
    text: str = ""


@dataclass
class Refused:
    """Empty `title` while nothing was refused."""

    title: str = ""
    facts: list[Pair] = field(default_factory=list)
    note: str = ""
    propose: str = ""
    phone: str = ""
    phone_href: str = ""
    appeals: list[Pair] = field(default_factory=list)
    still_due: str = ""


def refused(detail: Detail) -> Refused:
    """The refusal that holds; none when the last decision is another one, or none was taken."""
    step = detail.listed.steps.get(StepKind.DECISION, StepNow())
    if step.status != StepStatus.UNSATISFACTORY:
        return Refused()
    until = f"Au plus tard le {french.day(step.due_on)}" if step.due_on else _NOT_SAID
    phone = detail.phone.replace(" ", french.NBSP)
    post = f"{detail.listed.post_name}, PCF {detail.consignment.post_code}"
    return Refused(
        "Entrée refusée",
        [
            Pair("Motif", french.upper_first(reasons(step.reason)) or _NOT_SAID),
            Pair("Mesure", french.upper_first(MEASURES.get(step.measure, "")) or _NOT_SAID),
            Pair("Échéance", until),
            Pair(
                "Décidé le",
                f"{french.day(step.ended_at)} à {french.hour(step.ended_at)}" if step.ended_at else "",
            ),
            Pair("Poste", post),
            Pair("Adresse", detail.address or "Non communiquée au portail par le poste"),
            Pair("Téléphone", phone or "Non communiqué au portail par le poste"),
        ],
        step.detail,
        propose(detail.consignment.reference, phone=bool(detail.phone), address=bool(detail.address)),
        phone,
        "tel:" + "".join(char for char in detail.phone if char in "+0123456789") if detail.phone else "",
        [Pair(label, text) for label, text in APPEALS],
        STILL_DUE,
    )
