"""The part of customs: the declaration, what holds the goods, their release, their exit."""

from collections.abc import Callable
from datetime import datetime

from demo.simulation import numbers
from demo.simulation.lives import Life
from models.border.passage.content import Content, CustomsError, CustomsResponse, StepEvent
from models.border.passage.vocabulary import StepKind, StepStatus

Say = Callable[[datetime], Content]

_REJECTED, _INVALIDATED = 0.07, 0.015
_HELD = (("05", 0.09), ("06", 0.07), ("13", 0.08), ("14", 0.04))
_NOT_AT_ONCE = 0.4
_TAX_PAID_DIRECTLY = 0.25
_EXIT_BY_CUSTOMS = 0.4

_FAULTS = (
    CustomsError("CDS11006", "", "42A/67A/68A[1]/23A/65A:128"),
    CustomsError("CDS40045", "Le code document N853 manque pour l’article 1.", "42A/67A/68A[1]/02A:D006"),
    CustomsError(
        "CDS12050", "Le régime demandé ne correspond pas à la décision du DSCE.", "42A/67A/68A[1]/70A:166"
    ),
    CustomsError("CDS12005", "", "42A/17C[1]:R144"),
)
_WANTED = (
    CustomsError("", "Certificat d’origine à produire."),
    CustomsError("", "Facture commerciale illisible, à renvoyer."),
    CustomsError("", "Justificatif de valeur à produire."),
)


def anticipate(life: Life) -> Say:
    """Received before the goods arrive."""
    return _answer(life, "02")


def file(life: Life) -> Say:
    """The declaration is rejected, received, or accepted at once."""
    if life.fate("rejected") < _REJECTED:
        return _answer(life, "03", errors=(life.dice("fault").choice(_FAULTS),))
    return _answer(life, "02" if life.fate("filed") < _NOT_AT_ONCE else "01")


def accept(life: Life) -> Say:
    """The declaration is accepted, and has its number."""
    return _answer(life, "01")


def hold_or_release(life: Life) -> Say:
    """Customs wants to see the goods, a paper, the money or a fuller account first; or releases the goods."""
    if life.facts[StepKind.RELEASE]:
        return release(life)
    if life.fate("invalidated") < _INVALIDATED:
        return _answer(life, "10")
    drawn = life.fate("held")
    for function, share in _HELD:
        if drawn < share:
            errors = (life.dice("wanted").choice(_WANTED),) if function == "06" else ()
            return _answer(life, function, errors=errors)
        drawn -= share
    return release(life)


def tell_result(life: Life) -> Say:
    """The customs control is over."""
    return _answer(life, "07")


def release(life: Life) -> Say:
    """BAE, or clearance when the duties are settled with it."""
    return _answer(life, "09" if life.fate("cleared") < _TAX_PAID_DIRECTLY else "08")


def leave(life: Life) -> Say:
    """The goods leave the port: customs notes it, or the haulier tells."""
    if life.fate("exit") < _EXIT_BY_CUSTOMS:
        return _answer(life, "16")
    reference, post = life.ched.reference, life.ched.post_code
    words = "Enlevé par le transporteur"
    return lambda at: StepEvent(reference, StepKind.DEPARTURE, StepStatus.DONE, at, "", post, words)


def _answer(life: Life, function: str, errors: tuple[CustomsError, ...] = ()) -> Say:
    # A declaration that is only announced, or rejected, has no number yet.
    numbered = function not in ("02", "03")
    dice = life.dice(f"answer {function}")
    number, reference = life.mrn, f"{dice.getrandbits(128):032x}"

    def say(at: datetime) -> Content:
        return CustomsResponse(
            function=function,
            issued_at=at,
            reference=reference,
            mrn=(number or numbers.mrn(at, dice)) if numbered else "",
            local_reference=life.ched.local_reference,
            cited_cheds=(life.ched.reference,),
            accepted_at=at if function == "01" else None,
            errors=errors,
        )

    return say
