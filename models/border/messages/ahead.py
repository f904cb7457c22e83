"""A message that tells as done what has not happened yet: it is refused, and kept to be replayed (SES-02).

Of two facts the one that happened last holds, and of two CHEDs the newest: one dated in 2099 would hide all that is
told until then, a refusal included. The clocks of those who write may be a little ahead of ours (folding.SKEW); more
than that is a wrong date, or a wrong offset from UTC.
"""

from collections.abc import Iterator
from datetime import MAXYEAR, datetime

from models.border.messages.formats import recognition
from models.border.passage.content import (
    Ched,
    Coarri,
    Content,
    CustomsResponse,
    MessageRefused,
    Parsed,
    StepEvent,
)
from models.border.passage.fold import is_ahead
from models.border.passage.vocabulary import StepStatus
from models.kernel import clock, french

Dated = tuple[str, datetime]
"""What happened, in French, and when."""


class MessageAhead(MessageRefused):
    """A message that was read as `parsed`, and tells something of the future as done."""

    def __init__(self, title: str, detail: str, parsed: Parsed) -> None:
        super().__init__(title, french.typeset(detail))
        self.parsed = parsed


def read(body: bytes, received_at: datetime | None = None) -> Parsed:
    """What a message says, whatever its format, provided that it could be known when it came, or can be by now.

    Raises:
        MessageRefused: it cannot be read, or tells as done what is still to come.
    """
    parsed = recognition.read(body)
    now = max(clock.now(), received_at or clock.now())  # a clock may be set back
    for what, at in told_done(parsed.content):
        if is_ahead(StepStatus.DONE, at, now):
            raise MessageAhead(
                "Message daté dans l’avenir",
                f"Ce message dit fait ce qui ne peut pas encore l’être\u00a0: {what}, {_when(at)}. Corrigez la date ou le "
                "décalage horaire (UTC) et renvoyez-le\u00a0; il est gardé, et peut être rejoué à partir de cette date.",
                parsed,
            )
    for what, at in _told_planned(parsed.content):
        if is_ahead(StepStatus.PLANNED, at, now):
            raise MessageAhead(
                "Message daté trop loin dans l’avenir",
                f"Ce message annonce plus d’un an à l’avance\u00a0: {what}, {_when(at)}. Corrigez la date et renvoyez-le.",
                parsed,
            )
    return parsed


def told_done(content: Content) -> Iterator[Dated]:
    """Each date at which the message says that something happened."""
    match content:
        case Ched():
            yield "date d’émission du DSCE", content.issued_at
            yield from _signed(content)
        case CustomsResponse():
            yield "date d’émission de la réponse", content.issued_at
            if content.accepted_at:
                yield "acceptation de la déclaration", content.accepted_at
        case Coarri():
            for movement in content.movements:
                yield f"mouvement du conteneur {french.container(movement.container)}", movement.at
        case StepEvent() if content.status != StepStatus.PLANNED:
            yield "date de l’étape", content.at


def _signed(ched: Ched) -> Iterator[Dated]:
    if ched.submitted_at:
        yield "dépôt de la partie I", ched.submitted_at
    for check in ched.checks:
        if check.at:
            yield "résultat d’un contrôle", check.at
    if ched.decision:
        yield "décision", ched.decision.at


def _told_planned(content: Content) -> Iterator[Dated]:
    if isinstance(content, Ched) and content.arrival_expected_at:
        yield "arrivée prévue", content.arrival_expected_at
    if isinstance(content, StepEvent) and content.status == StepStatus.PLANNED:
        yield "date prévue", content.at


def _when(at: datetime) -> str:
    if at.year == MAXYEAR:  # its last hours have no Paris time
        return f"en {at.year}"
    return f"le {french.day(at)} à {french.hour(at)}, heure de Paris"
