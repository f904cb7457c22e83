"""The JSON event of the partner API, for systems without one of the standard formats (SES-02)."""

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
)

from models.border.messages.formats.parts.findings import NBSP, quote
from models.border.messages.formats.parts.identifiers import CHED
from models.border.messages.formats.parts.times import from_iso, to_utc
from models.border.passage.content import (
    IncompleteMessage,
    MessageRefused,
    StepEvent,
    UnknownFormat,
    UnreadableMessage,
)
from models.border.passage.keys import canonical
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel.legible import legible

# What we deduce ourselves (awaited, not needed) and what only a CHED tells (notification) is not accepted.
_STEPS = tuple(kind for kind in StepKind if kind is not StepKind.NOTIFICATION)
_STATUSES = tuple(s for s in StepStatus if s not in (StepStatus.AWAITED, StepStatus.NOT_NEEDED))


def _printable(text: str) -> str:
    if "\0" in text:
        # PostgreSQL cannot hold it, and no sentence needs it.
        raise ValueError("caractère nul interdit")
    return legible(text)


def _reference(received: object) -> object:
    return canonical(received) if isinstance(received, str) else received


def _moment(text: str) -> str:
    from_iso(text)
    return text


def _step(kind: StepKind) -> StepKind:
    if kind not in _STEPS:
        raise ValueError("étape réservée")
    return kind


def _status(status: StepStatus) -> StepStatus:
    if status not in _STATUSES:
        raise ValueError("état réservé")
    return status


_Short = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True), AfterValidator(_printable)]
_Long = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_printable)]


class _Event(BaseModel):
    """Fields that we do not know are ignored, so that a partner may send more than we read."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["step"]
    consignment: Annotated[str, BeforeValidator(_reference), StringConstraints(pattern=rf"^{CHED.pattern}$")]
    step: Annotated[StepKind, AfterValidator(_step)]
    status: Annotated[StepStatus, AfterValidator(_status)]
    at: Annotated[str, AfterValidator(_moment)]
    authority: _Short = ""
    post: _Short = ""
    detail: _Long = ""


_OWN = ("consignment", "step", "status", "at")
"""What only an event has: JSON without any of them is something else."""
_EXPECTED = {
    "type": "doit valoir «\u00a0step\u00a0»",
    "consignment": "doit être une référence de CHED, comme CHEDP.FR.2026.0000123",
    "step": f"doit être l’une des étapes {', '.join(_STEPS)}",
    "status": f"doit être l’un des états {', '.join(_STATUSES)}",
    "at": "doit être une date et heure ISO 8601, comme 2026-11-22T09:00:00Z",
    "authority": "doit être un texte de 80 caractères au plus",
    "post": "doit être un texte de 80 caractères au plus",
    "detail": "doit être un texte de 4000 caractères au plus",
}


def read_event(body: bytes) -> StepEvent:
    """The StepEvent that a JSON object carries; its time becomes UTC.

    Raises UnreadableMessage when the bytes are not JSON, UnknownFormat when they are JSON of something else,
    IncompleteMessage naming each field at fault.
    """
    try:
        event = _Event.model_validate_json(body)
    except ValidationError as error:
        raise _refusal(error) from error
    return StepEvent(
        consignment=event.consignment,
        step=event.step,
        status=event.status,
        at=to_utc(from_iso(event.at)),
        authority=event.authority,
        post=event.post,
        detail=event.detail,
    )


def _refusal(error: ValidationError) -> MessageRefused:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    if any(problem["type"] == "json_invalid" for problem in problems):
        return UnreadableMessage(
            "JSON illisible",
            f"Le message commence comme un objet JSON, mais n’en est pas un{NBSP}: il est tronqué, mal formé, "
            "imbriqué à l’excès ou n’est pas codé en UTF-8.",
        )
    faults = {str(problem["loc"][0]): problem["type"] for problem in problems if problem["loc"]}
    if not faults:
        return IncompleteMessage("Événement incomplet", "Le message n’est pas un objet JSON.")
    if faults.get("type") and all(faults.get(name) == "missing" for name in _OWN):
        return UnknownFormat(
            "Format inconnu",
            f"Le message est du JSON, mais non un événement{NBSP}: il n’a ni {', ni '.join(map(quote, _OWN))}",
        )
    sentences = [
        f"Le champ {quote(name)} {'manque' if kind == 'missing' else _EXPECTED.get(name, 'est faux')}."
        for name, kind in faults.items()
    ]
    return IncompleteMessage("Événement incomplet", " ".join(sentences), tuple(faults))
