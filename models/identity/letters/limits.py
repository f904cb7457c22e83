"""How many letters somebody can have sent: by address, account, company and network (SES-53). Data and one count.

Every letter is counted where it is written (`models.identity.letters.actions.post_letter`), in the transaction of what
causes it: beyond a limit nothing is done, and the person is told when to come back. Letters of notices are caused by
facts, which nobody may refuse: beyond theirs they wait, and tell together what happened meanwhile.

Who waits has got the same letter already: a budget holds what can stand for one another, so that a flood of one kind
keeps no other from its reader; and letters that only a link caused, which its reader alone could use, have their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from sqlalchemy import ColumnElement
from sqlmodel import col

from models.identity.letters.kinds import LETTERS, Budget
from models.identity.letters.queries import written_since
from models.identity.letters.tables import Email
from models.kernel import clock
from models.kernel.database import DbSession

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTICES_IN_AN_HOUR = 12
"""Letters of notices to one person; what happens beyond waits for the next."""


class Per(StrEnum):
    """For whom one counts."""

    ADDRESS = "address"
    ACCOUNT = "account"
    COMPANY = "company"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many letters for one of `per`, over that time."""

    per: Per
    most: int
    life: timedelta


def _limits(address: int, a_day: int, account: int, company: int, network: int) -> tuple[Limit, ...]:
    return (
        Limit(Per.ADDRESS, address, HOUR),
        Limit(Per.ADDRESS, a_day, DAY),
        Limit(Per.ACCOUNT, account, HOUR),
        Limit(Per.COMPANY, company, HOUR),
        Limit(Per.NETWORK, network, HOUR),
    )


LIMITS: Mapping[Budget, Sequence[Limit]] = {
    Budget.SIGN_UP: _limits(4, 10, 30, 60, 30),
    Budget.PASSWORD_LINK: _limits(4, 10, 30, 60, 30),
    Budget.NEW_ADDRESS: _limits(4, 10, 10, 60, 30),
    Budget.INVITATION: _limits(4, 10, 60, 100, 100),
    Budget.HELP: _limits(5, 20, 10, 60, 30),
    Budget.WARNING: _limits(10, 40, 10, 200, 100),
    Budget.RECOVERY: _limits(6, 20, 20, 60, 60),
    Budget.PROVEN: _limits(20, 60, 20, 200, 100),
    Budget.NOTICES: (Limit(Per.ADDRESS, NOTICES_IN_AN_HOUR, HOUR),),
}
_STRANGERS = frozenset({Budget.SIGN_UP, Budget.PASSWORD_LINK, Budget.NEW_ADDRESS, Budget.HELP})
"""What a stranger can have sent to any address: one network counts for all of it together."""


class TooManyLetters(Exception):
    """A limit is reached: nothing was done. `wait`: how long until there is room."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"{ceil(wait.total_seconds())} s")
        self.wait = wait

    @property
    def sentence(self) -> str:
        """What to tell, in French."""
        minutes = ceil(self.wait / timedelta(minutes=1))
        return (
            "Plusieurs messages viennent d’être envoyés. Regardez aussi les courriers indésirables, ou réessayez "
            f"dans {minutes}\u00a0min."
        )


def check_room(db: DbSession, letter: Email) -> None:
    """See that one letter more may leave, in the caller's transaction, where verbs come one after the other.

    Raises:
        TooManyLetters: when a limit of its budget is reached.
    """
    budget = LETTERS[letter.kind].budget
    for limit in LIMITS[budget]:
        whose = _whose(limit.per, letter)
        if whose is None:
            continue
        counted = _STRANGERS if limit.per is Per.NETWORK and budget in _STRANGERS else frozenset({budget})
        wait = _wait(db, whose, counted, limit)
        if wait is not None:
            raise TooManyLetters(wait)


def _whose(per: Per, letter: Email) -> ColumnElement[bool] | None:
    """The letters of the same one; None where that is not known of this one."""
    column, value = {
        Per.ADDRESS: (col(Email.to), letter.to),
        Per.ACCOUNT: (col(Email.caused_by), letter.caused_by),
        Per.COMPANY: (col(Email.company), letter.company),
        Per.NETWORK: (col(Email.network), letter.network),
    }[per]
    return None if value is None else column == value


def _wait(
    db: DbSession, whose: ColumnElement[bool], counted: frozenset[Budget], limit: Limit
) -> timedelta | None:
    now = clock.now()
    kinds = [kind for kind, row in LETTERS.items() if row.budget in counted]
    rows = written_since(db, whose, kinds, now - limit.life, limit.most)
    return rows[-1] + limit.life - now if len(rows) == limit.most else None


def free_from(sent: Sequence[datetime], now: datetime) -> datetime:
    """When the next letter of notices may leave to somebody to whom those were written lately: now, or later."""
    latest = sorted(sent)[-NOTICES_IN_AN_HOUR:]
    return now if len(latest) < NOTICES_IN_AN_HOUR else max(now, latest[0] + HOUR)
