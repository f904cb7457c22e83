"""Habilitations that co-owners give and withdraw, as they tell it: applied at once, each event once (PPR-09).

A change is a withdrawal and a grant. Events are applied in the order in which they come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from models.identity.accounts.queries import operators_at
from models.identity.accounts.rules import is_address, same_address
from models.identity.accounts.tables import Account
from models.identity.companies.actions import ensure_company
from models.identity.habilitations.grants import give, take_back
from models.identity.habilitations.queries import events_seen
from models.identity.habilitations.rules import Entitlement
from models.identity.habilitations.tables import HabilitationEvent
from models.identity.habilitations.vocabulary import may_give
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.lines import Code, Line, RefusedLine, Text, refused

_NOBODY = "aucun compte d’opérateur à cette adresse électronique"
_NOT_THEIRS = "ce service n’est pas de ce co-propriétaire"


def _address(email: str) -> str:
    address = same_address(email)
    if not is_address(address):
        raise refused("ce n’est pas une adresse électronique")
    return address


class HabilitationSent(Line):
    """One habilitation given or withdrawn."""

    id: Text
    """The event's own: sent again, it changes nothing."""
    action: Literal["granted", "withdrawn"]
    email: Annotated[str, AfterValidator(_address)] = Field(repr=False)
    service: Code
    right: Code

    @property
    def key(self) -> str:
        """Two co-owners may use the same number."""
        return f"{self.co_owner}:{self.id}"

    @property
    def entitlement(self) -> Entitlement:
        """What it is about."""
        return Entitlement(self.co_owner, self.service, self.right, self.siren, self.siret)


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of events."""

    applied: int
    ignored: int
    """Seen before."""
    refused: tuple[RefusedLine, ...]
    """Not kept as seen: sent again once the cause is mended, they are applied."""


async def apply_events(events: Mapping[int, HabilitationSent], actor: str) -> Followed:
    """Give and withdraw what the events say, by their place in the batch: the open screens follow (PPR-09)."""
    return await write(lambda db: _apply(db, events, actor))


def _apply(db: DbSession, events: Mapping[int, HabilitationSent], actor: str) -> Followed:
    seen = events_seen(db, {event.key for event in events.values()})
    holders = operators_at(db, {event.email for event in events.values()})
    ignored, left = 0, list[RefusedLine]()
    for index, event in events.items():
        holder = holders.get(event.email)
        reason = _refusal(event, holder)
        if event.key in seen:
            ignored += 1
        elif holder is None or holder.id is None or reason:
            left.append(RefusedLine(index, event.id, reason))
        else:
            _follow(db, event, holder.id, actor)
            seen.add(event.key)
            db.add(HabilitationEvent(id=event.key, received_at=clock.now()))
    return Followed(len(events) - ignored - len(left), ignored, tuple(left))


def _refusal(event: HabilitationSent, holder: Account | None) -> str:
    """Why the event cannot be applied; empty when it can."""
    # Whoever opened an account under another's address must not be given that person's rights.
    if holder is None or (event.action == "granted" and holder.email_verified_at is None):
        return _NOBODY
    return "" if may_give(event.co_owner, event.service) else _NOT_THEIRS


def _follow(db: DbSession, event: HabilitationSent, account_id: int, actor: str) -> None:
    if event.action == "withdrawn":
        take_back(db, account_id, event.entitlement, actor)
        return
    ensure_company(db, event.siren, actor)
    give(db, account_id, event.entitlement, actor)
