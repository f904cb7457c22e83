"""Ending what is pending on an account when something happens to it, as models/identity/accounts/pending.py says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from models.identity.accounts.actors import actor_of
from models.identity.accounts.links import Purpose, end_links
from models.identity.accounts.pending import ENDS, CredentialEvent, Pending
from models.kernel.database import DbSession


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened, to whose account."""

    event: CredentialEvent
    account_id: int
    keep: str
    """The session in which it happened, which goes on."""
    since: datetime | None
    """When the link that was used was made: of those that lead back, only newer ones end."""
    siren: str
    """The company for which it happened; empty: whichever."""

    @property
    def actor(self) -> str:
        """The holder, as the journal names them."""
        return actor_of(self.account_id)


Ender = Callable[[DbSession, Happened], None]
ENDERS: dict[Pending, Ender] = {}
"""What ends each pending thing: registered by whoever keeps it."""


def ends(pending: Pending) -> Callable[[Ender], Ender]:
    """Register what ends that pending thing on an account."""

    def register(ender: Ender) -> Ender:
        ENDERS[pending] = ender
        return ender

    return register


def end_pending(
    db: DbSession,
    event: CredentialEvent,
    account_id: int,
    *,
    keep: str = "",
    since: datetime | None = None,
    siren: str = "",
) -> None:
    """End what that event ends of what is pending on the account, in the caller's transaction.

    `keep` names the session in which it happens, `since` says when the link that was used was made, and `siren` for
    which company alone it happens.
    """
    happened = Happened(event, account_id, keep, since, siren)
    for pending in sorted(ENDS[event]):
        ENDERS[pending](db, happened)


def _link(purpose: Purpose) -> Ender:
    def end(db: DbSession, happened: Happened) -> None:
        end_links(db, happened.account_id, purpose)

    return end


ENDERS |= {
    Pending.VERIFY_LINK: _link(Purpose.VERIFY),
    Pending.PASSWORD_LINK: _link(Purpose.PASSWORD),
    Pending.ADDRESS_LINK: _link(Purpose.ADDRESS),
    Pending.CANCEL_LINK: _link(Purpose.CANCEL),
}


@ends(Pending.RESTORE_LINK)
def _links_back(db: DbSession, happened: Happened) -> None:
    end_links(db, happened.account_id, Purpose.RESTORE, since=happened.since)
