"""Accounts: roles, passwords, lock-out. Data and pure functions."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from models.kernel.french import NBSP, plural
from models.kernel.legible import legible
from models.kernel.settings.hosts import ascii_host, shown_host


class Role(StrEnum):
    """What a person is to the portal; the rights follow from it, from habilitations and from postings."""

    OPERATOR = "operator"
    SIVEP = "sivep"
    CUSTOMS = "customs"
    SUPERVISOR = "supervisor"
    DGITM = "dgitm"


def home_of(role: str) -> str:
    """Where a person lands after sign-in: on what is theirs to do, for those who have something to do."""
    if role == Role.OPERATOR:
        return "/tableau-de-bord"
    return "/profil" if role == Role.DGITM else "/agent"


SESSION_LIFE = timedelta(hours=12)
"""From sign-in, whatever happens in between: a working day, and the night closes it."""

PASSWORD_LENGTH = 12
WARNED_AT = 4
LOCKED_AT = 5
LOCK_LIFE = timedelta(minutes=30)

_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)++(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])"
)
_LONGEST_EMAIL = 254
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

_KINDS_OF_CHARACTER: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("lower", "Une minuscule", str.islower),
    ("upper", "Une majuscule", str.isupper),
    ("digit", "Un chiffre", str.isdecimal),
    ("special", "Un caractère spécial", lambda c: c.isprintable() and not c.isalnum() and not c.isspace()),
)
PASSWORD_RULES = (
    ("length", f"{PASSWORD_LENGTH} caractères"),
    *((key, name) for key, name, _ in _KINDS_OF_CHARACTER),
)
"""What a form lists and ticks while one types (assets/js/passavant.js knows the keys); the server decides."""


def unmet_password_rules(password: str) -> list[str]:
    """What the password still lacks, in French; empty when it will do (COM-01)."""
    missing = PASSWORD_LENGTH - len(password)
    length = [f"{PASSWORD_LENGTH} caractères, il en manque{NBSP}{missing}"] if missing > 0 else []
    return length + [name for _, name, is_one in _KINDS_OF_CHARACTER if not any(map(is_one, password))]


def same_address(email: str) -> str:
    """The address as it is compared and kept: without outer spaces nor unseen characters, in lower case (PPR-01).

    Control characters stay, so that is_address() refuses them: they come with no paste, but from programs that err.
    A domain with accents is kept as mail servers and most browsers write it, `xn--…`: the same account, whichever of
    the two ways a browser sends it.
    """
    seen = email.strip()
    name, at, host = (seen if _CONTROL.search(seen) else legible(seen).strip()).lower().rpartition("@")
    return f"{name}{at}{ascii_host(host)}"


def shown_address(email: str) -> str:
    """The address as its holder writes it, with the accents of its domain."""
    name, at, host = email.rpartition("@")
    return f"{name}{at}{shown_host(host)}"


def is_address(email: str) -> bool:
    """Whether `email`, as same_address() returns it, looks like an address that mail can reach (COM-03)."""
    return len(email) <= _LONGEST_EMAIL and _EMAIL.fullmatch(email) is not None


@dataclass(frozen=True, slots=True)
class Attempts:
    """The failures in a row on one account, and the lock that the last one put on it (COM-02)."""

    failures: int = 0
    locked_until: datetime | None = None

    def time_left(self, now: datetime) -> timedelta | None:
        """How long the account stays locked; None when it is open."""
        if self.locked_until is None or self.locked_until <= now:
            return None
        return self.locked_until - now

    def after_failure(self, now: datetime) -> "Attempts":
        """After one more wrong password (COM-02): the 5th locks; once the lock has ended, it counts from 0.

        While the account is locked an attempt changes nothing, so that trying does not prolong the lock.
        """
        if self.time_left(now) is not None:
            return self
        failures = 1 if self.failures >= LOCKED_AT else self.failures + 1
        return Attempts(failures, now + LOCK_LIFE if failures == LOCKED_AT else self.locked_until)

    def after_success(self) -> "Attempts":
        """After the right password: nothing is held against the holder; the last lock stays told (COM-04)."""
        return Attempts(0, self.locked_until)


class RefusalKind(StrEnum):
    """Why something about an account was refused."""

    WRONG = "wrong"
    WARNED = "warned"
    LOCKED = "locked"
    CLOSED = "closed"
    FACTOR = "factor"
    STALE = "stale"
    SPENT = "spent"
    UNVERIFIED = "unverified"
    PASSWORD = "password"  # noqa: S105 (the name of a reason)
    EMAIL = "email"
    COMPANY = "company"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal, in words that say why and what to do."""

    kind: RefusalKind
    title: str
    sentence: str


def refusal_after(attempts: Attempts, now: datetime) -> Refused:
    """What to tell after a wrong password, or on a locked account (COM-02). The same, account or not."""
    left = attempts.time_left(now)
    if left is not None:
        minutes = plural(ceil(left / timedelta(minutes=1)), "minute")
        return Refused(
            RefusalKind.LOCKED,
            "Compte verrouillé",
            f"Après cinq mots de passe erronés, le compte est fermé 30{NBSP}minutes. Réessayez dans {minutes}.",
        )
    if attempts.failures == WARNED_AT:
        return Refused(
            RefusalKind.WARNED,
            "Encore un essai avant le verrouillage",
            f"Quatre mots de passe erronés. Au cinquième, le compte se ferme 30{NBSP}minutes.",
        )
    return Refused(
        RefusalKind.WRONG,
        "Adresse ou mot de passe erroné",
        "Vérifiez l’adresse électronique et le mot de passe, puis réessayez.",
    )
