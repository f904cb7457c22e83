"""What a sign-in comes to, other than a refusal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session was opened."""

    session_id: str
    account_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Halfway:
    """The password was right, and a second factor is asked for."""

    ceremony_id: str
