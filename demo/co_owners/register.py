"""What one co-owner of the demonstration remembers, as long as it runs."""

from dataclasses import dataclass, field

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, TokenMixin
from werkzeug.security import check_password_hash, generate_password_hash

from demo.co_owners.people import Person, people_of
from models.kernel import clock
from models.kernel.co_owners import CoOwner

_CODE_LIFE = 60
"""Seconds."""


def _now() -> float:
    return clock.now().timestamp()


@dataclass
class Code(AuthorizationCodeMixin):
    """An authorization code, good once."""

    code: str
    subject: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None
    at: float = field(default_factory=_now)

    def get_redirect_uri(self) -> str:
        """For Authlib."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """For Authlib."""
        return self.scope

    def get_nonce(self) -> str | None:
        """For Authlib."""
        return self.nonce

    def get_auth_time(self) -> int:
        """For Authlib."""
        return int(self.at)

    def get_acr(self) -> None:
        """For Authlib."""

    def get_amr(self) -> None:
        """For Authlib."""

    def is_old(self) -> bool:
        """Whether it came too late."""
        return _now() - self.at > _CODE_LIFE


@dataclass
class Token(TokenMixin):
    """An access token."""

    subject: str
    scope: str
    until: float

    def get_scope(self) -> str:
        """For Authlib."""
        return self.scope

    def is_expired(self) -> bool:
        """For Authlib."""
        return _now() > self.until

    def is_revoked(self) -> bool:
        """For Authlib."""
        return False


class Register:
    """The accounts of one co-owner, its codes and tokens, and who agreed to what."""

    def __init__(self, co_owner: CoOwner) -> None:
        self.people = {person.subject: person for person in people_of(co_owner)}
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, Token] = {}
        self.agreed: set[str] = set()
        self.used: set[str] = set()
        """Assertions of the portal that came already (their `jti`)."""

    def named(self, login: str) -> Person | None:
        """The person who signs in under that name."""
        return next(
            (person for person in self.people.values() if person.login == login.strip().lower()), None
        )

    def signs_in(self, login: str, password: str) -> Person | None:
        """The person, if the password is theirs."""
        person = self.named(login)
        return person if person and check_password_hash(person.password_hash, password) else None

    def add(self, subject: str, login: str, name: str, password: str) -> None:
        """Open an account, without habilitation."""
        kept = generate_password_hash(password)
        self.people[subject] = Person(subject, login.strip().lower(), name, kept)

    def change_password(self, subject: str, password: str) -> bool:
        """Replace a password; False when there is no such account."""
        person = self.people.get(subject)
        if person is not None:
            person.password_hash = generate_password_hash(password)
        return person is not None
