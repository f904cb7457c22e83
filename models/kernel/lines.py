"""What programs send us, line by line: the types of the fields, and in French why a line is refused (SES-50)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from stdnum import exceptions
from stdnum import iban as iban_number
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.french import NBSP, local
from models.kernel.legible import is_legible

_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_NAME = 80
_REFUSED = "refused"

_REASONS = {
    "missing": "champ manquant",
    "string_type": "texte attendu, entre guillemets",
    "string_too_short": "champ vide",
    "string_too_long": "texte trop long",
    "int_type": "nombre entier attendu",
    "greater_than_equal": "nombre trop petit",
    "less_than_equal": "nombre trop grand",
    "date_from_datetime_parsing": "date qui n’existe pas",
    "date_parsing": "date qui n’existe pas",
    "model_type": "objet JSON attendu",
}
_OTHERWISE = "valeur non admise"


def refused(reason: str) -> PydanticCustomError:
    """What a check of a field raises; the sender reads `reason`, a few French words."""
    return PydanticCustomError(_REFUSED, "{reason}", {"reason": reason})


def _numbered(validate: Callable[[str], str], name: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        try:
            return validate(value)
        except exceptions.ValidationError:
            raise refused(f"ce n’est pas un {name}") from None

    return check


def _amount(value: object) -> Decimal:
    # A JSON number may have gone through fractions of two: 1234.1 is not what was meant any more.
    if not isinstance(value, str) or _AMOUNT.fullmatch(value) is None:
        raise refused(f"montant attendu entre guillemets, en euros, tel que «{NBSP}1234.50{NBSP}»")
    return Decimal(value)


def _legible(text: str) -> str:
    if not is_legible(text):
        raise refused("caractère invisible, ou qui change le sens de l’écriture")
    return text


def _day(value: object) -> object:
    if not isinstance(value, str) or _DAY.fullmatch(value) is None:
        raise refused(f"date attendue, telle que «{NBSP}2026-11-30{NBSP}»")
    return value


def not_to_come(value: date) -> date:
    """That day, unless it is to come everywhere on earth: what is told as done on it would hold before it was.

    Raises:
        PydanticCustomError: it is.
    """
    if value > local(clock.now()).date() + timedelta(days=1):
        raise refused("ce jour est encore à venir")
    return value


_OF_CO_OWNER = WithJsonSchema({"type": "string", "enum": [co_owner.value for co_owner in CoOwner]})

Of = Annotated[CoOwner, _OF_CO_OWNER]
"""The co-owner in whose name a line is sent."""
Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=_LONGEST_NAME, pattern=r"^[^\x00-\x1f\x7f]+$"),
    AfterValidator(_legible),
]
"""A few words on one line: the co-owner's own reference, or the nature of a sum."""
Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
"""A word of some list, which the journal may keep: it names nobody."""
Period = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}(-(0[1-9]|1[0-2]))?)?$")]
"""A month, `2026-10`, or a year; empty when it is of no period."""
Version = Annotated[StrictInt, Field(ge=0, le=2**63 - 1)]
Amount = Annotated[
    Decimal, BeforeValidator(_amount), WithJsonSchema({"type": "string", "examples": ["1234.50"]})
]
Day = Annotated[date, BeforeValidator(_day)]
Past = Annotated[Day, AfterValidator(not_to_come)]
"""The day on which something was done: not one to come."""
Siren = Annotated[str, AfterValidator(_numbered(siren_number.validate, "SIREN"))]
Siret = Annotated[str, AfterValidator(_numbered(siret_number.validate, "SIRET"))]
Iban = Annotated[
    str, StringConstraints(max_length=42), AfterValidator(_numbered(iban_number.validate, "IBAN"))
]


class Line(BaseModel):
    """One line of a batch. Members that we do not know are left aside."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    co_owner: Of
    siren: Siren
    siret: Siret | None = None

    @model_validator(mode="after")
    def _of_the_same_company(self) -> Self:
        if self.siret is not None and not self.siret.startswith(self.siren):
            raise refused("le SIRET n’est pas un établissement de ce SIREN")
        return self


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that is not applied."""

    index: int
    """Where it stands in the batch, from 0."""
    name: str
    """What its sender calls it; empty when that could not be read."""
    reason: str


L = TypeVar("L", bound=Line)


def sort_out(model: type[L], lines: Sequence[object], named: str) -> tuple[dict[int, L], list[RefusedLine]]:
    """The lines that can be read, by their place in the batch, and those that cannot: one never costs the others.

    `named` is the member by which the sender knows a line. What a line held is never in the reason.
    """
    good: dict[int, L] = {}
    bad: list[RefusedLine] = []
    for index, line in enumerate(lines):
        try:
            good[index] = model.model_validate(line)
        except ValidationError as error:
            bad.append(RefusedLine(index, _name(line, named), reason_of(error)))
    return good, bad


def reason_of(error: ValidationError) -> str:
    """`amount : champ manquant ; siren : ce n’est pas un SIREN`."""
    return f"{NBSP}; ".join(map(_told, error.errors(include_url=False, include_input=False)))


def _told(detail: ErrorDetails) -> str:
    field = ".".join(str(part) for part in detail["loc"])
    why = detail["msg"] if detail["type"] == _REFUSED else _REASONS.get(detail["type"], _OTHERWISE)
    allowed = detail.get("ctx", {}).get("expected") if detail["type"] in ("literal_error", "enum") else None
    words = str(allowed).replace("'", "").replace(" or ", " ou ")
    expected = f" (attendu{NBSP}: {words})" if allowed else ""
    return f"{field}{NBSP}: {why}{expected}" if field else f"{why}{expected}"


def _name(line: object, named: str) -> str:
    value: Any = line.get(named) if isinstance(line, dict) else None
    return value[:_LONGEST_NAME] if isinstance(value, str) else ""
