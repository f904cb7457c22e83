"""What the doors of a mandated program share: who calls, how it writes times, and the 404 that tells nothing."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends
from pydantic import BeforeValidator, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.http.partner_api.partner import partner
from app.http.server import limits
from app.http.server.problems import Problem
from models.identity.accounts.partners import Partner, Scope
from models.kernel.refusal import Refusal
from models.scheduling.capacity.vocabulary import Control

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
"""Years that can be moved from one time zone to another without leaving the calendar."""
_DAY = len("2026-11-24")


def caller(scope: Scope) -> Any:
    """A dependency: the program, with that scope, and one call more on its account (SES-53)."""

    async def counted(client: Annotated[Partner, Depends(partner(scope))]) -> Partner:
        await limits.calls.enter(client.id)
        return client

    return Depends(counted)


def known(reference: str) -> str:
    """A reference, refused at once when it is what no reference can be.

    Raises:
        Problem: 404.
    """
    if not reference.isprintable() or len(reference) > 64:  # PostgreSQL refuses a zero byte
        raise not_found()
    return reference


def not_found() -> Problem:
    """One answer for what does not exist and for what is of a company that did not mandate the program (SES-04)."""
    return Problem(
        404,
        detail="Rien de ce nom pour ce logiciel. Vérifiez la référence, et que l’entreprise l’a mandaté.",
    )


def refused(refusal: Refusal) -> Problem:
    """What the rules refuse, in the words that people read (SES-10, SES-11)."""
    return Problem(422, "Demande refusée", refusal.reason)


def read_when(value: object) -> date | datetime:
    """An ISO 8601 day, or a time with its offset; a `+` that an address turned into a space is one all the same.

    Raises:
        ValueError: for anything else.
    """
    text = value if isinstance(value, str) else ""
    return _within(date.fromisoformat(text)) if len(text) == _DAY else read_instant(text)


def read_instant(value: object) -> datetime:
    """An ISO 8601 time with its offset.

    Raises:
        ValueError: for anything else.
        PydanticCustomError: for a time that does not say its offset.
    """
    text = value if isinstance(value, str) else ""
    at = datetime.fromisoformat(text.strip().replace(" ", "+"))
    if at.tzinfo is None:
        raise PydanticCustomError("timezone_aware", "offset missing")
    _within(at.date())
    return at


def _within(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError("not of these times")
    return day


def _read_control(value: object) -> object:
    return value.replace(" ", "+") if isinstance(value, str) else value


When = Annotated[
    date | datetime,
    PlainValidator(read_when),
    WithJsonSchema({"type": "string", "examples": ["2026-11-24", "2026-11-24T08:30:00+01:00"]}),
]
Instant = Annotated[
    datetime,
    PlainValidator(read_instant),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-24T08:30:00+01:00"]}),
]
Asked = Annotated[Control, BeforeValidator(_read_control)]
"""The control of an appointment."""
Code = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
"""A reference, a post, a SIREN."""
