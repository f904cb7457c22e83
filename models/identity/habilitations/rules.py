"""What a co-owner says that a person may do, and what that changes here (PPR-05). Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from models.kernel.co_owners import CoOwner

MOST = 2000
"""How many habilitations one person may bring: more is a mistake, not a person."""


class UnreadableHabilitations(ValueError):
    """The co-owner's list cannot be trusted as a whole: nothing of it is applied."""


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A habilitation as a co-owner names it."""

    service: str
    right: str
    siren: str
    siret: str = ""
    """Empty for the whole company."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What to do so that what is held becomes what the co-owner names, in a fixed order."""

    given: tuple[Named, ...]
    withdrawn: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A right on a service, for a company or one establishment of it, and who gives it."""

    co_owner: CoOwner
    service: str
    right: str
    siren: str
    siret: str | None = None
    """None: for the whole company."""


_Service = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,39}$")]
_Right = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,39}$")]
_Number = Annotated[str, StringConstraints(pattern=r"^[0-9]*$", max_length=14)]


class _Item(BaseModel):
    model_config = ConfigDict(strict=True)

    service: _Service
    right: _Right
    siren: _Number
    siret: _Number | None = None


_LIST = TypeAdapter(list[_Item])


def read_named(claim: object) -> frozenset[Named]:
    """The habilitations of the claim `habilitations`: a list of {service, right, siren, siret or null}.

    Raises:
        UnreadableHabilitations: when one of them cannot be read: rights are not taken over by halves.
    """
    if isinstance(claim, list) and len(claim) > MOST:
        raise UnreadableHabilitations("too many")
    try:
        items = _LIST.validate_python(claim)
    except ValidationError as error:
        where = error.errors()[0]["loc"]
        raise UnreadableHabilitations(".".join(map(str, where))) from None
    named = frozenset(Named(item.service, item.right, item.siren, item.siret or "") for item in items)
    if not all(map(_numbers_hold, named)):
        raise UnreadableHabilitations("siren or siret")
    return named


def _numbers_hold(named: Named) -> bool:
    if not siren_number.is_valid(named.siren):
        return False
    return not named.siret or (named.siret.startswith(named.siren) and siret_number.is_valid(named.siret))


def difference(held: Collection[Named], named: Collection[Named]) -> Difference:
    """What `named` adds to `held`, and what it no longer holds (PPR-05)."""
    before, after = set(held), set(named)
    return Difference(tuple(sorted(after - before)), tuple(sorted(before - after)))
