"""Who is looking: the value from which every query and every policy starts."""

from dataclasses import dataclass, field
from datetime import datetime

from models.identity.accounts.rules import Role
from models.kernel.authorities import Authority

_AUTHORITIES = {
    Role.OPERATOR: Authority.OPERATOR,
    Role.SIVEP: Authority.SIVEP,
    Role.CUSTOMS: Authority.CUSTOMS,
}


@dataclass(frozen=True, slots=True)
class CompanyChoice:
    """A company that the person may work for (PPR-03)."""

    siren: str
    name: str
    represented: bool
    """True when the right comes from a mandate given to the person's company (SES-04)."""


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """A right that holds for the company worked for (glossary: habilitation)."""

    co_owner: str
    service: str
    right: str
    siret: str = ""
    """The only establishment that it is for; empty for the whole company."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person, as of now: never kept longer than one event or one request.

    Only the hub remembers one for each open screen (state/kit/watches.py), to tell whom it must ask about, not to show.
    """

    account_id: int
    session_id: str = field(repr=False)
    name: str
    role: Role
    siren: str | None = None
    """The company worked for, one of `choices`; None for officers."""
    company_name: str = ""
    choices: tuple[CompanyChoice, ...] = ()
    rights: frozenset[tuple[str, str]] = frozenset()
    """(service, right) pairs that hold for `siren`, or for one of its establishments (PPR-05)."""
    held: frozenset[Held] = frozenset()
    """The same with who gave them and for which establishment, where a rule asks for more than the SIREN."""
    posts: tuple[str, ...] = ()
    """TRACES codes of the posts where an officer serves (SES-05)."""
    post_names: tuple[str, ...] = ()
    """In the order of `posts`."""
    owes_terms: bool = False
    """Whether the terms of use in force are still to be accepted: until then nothing else is served (COM-10)."""

    owes_factor: bool = False
    """Whether a second factor is still to be added: an officer, where the setting asks for one."""

    @property
    def is_held_back(self) -> bool:
        """Whether something comes first, before which nothing but one's own account is served."""
        return self.owes_terms or self.owes_factor

    @property
    def initials(self) -> str:
        """`LM` for Lise Marchand."""
        words = self.name.replace("-", " ").split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def is_officer(self) -> bool:
        """Whether the person serves an administration, in whatever role, rather than a company."""
        return self.role is not Role.OPERATOR

    @property
    def authority(self) -> Authority | None:
        """The side on which this person makes a step happen; None for those who only watch."""
        return _AUTHORITIES.get(self.role)

    def may(self, service: str, right: str) -> bool:
        """Whether the person holds that habilitation for the company worked for, or for a place of it."""
        return (service, right) in self.rights

    def may_for_all(self, service: str, right: str) -> bool:
        """Whether the person holds that habilitation for the whole company: on its SIREN (PPR-22)."""
        return any(
            (holding.service, holding.right, holding.siret) == (service, right, "") for holding in self.held
        )

    def may_at(self, service: str, right: str, siret: str) -> bool:
        """Whether the person holds that habilitation on that very establishment (PPR-23)."""
        return any(
            (holding.service, holding.right, holding.siret) == (service, right, siret)
            for holding in self.held
        )

    def knows(self, co_owner: str) -> bool:
        """Whether that co-owner gave the person any habilitation for the company (PPR-20)."""
        return any(right.co_owner == co_owner for right in self.held)


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What is recorded of an account, for its holder (COM-04)."""

    email: str
    created_at: datetime
    last_sign_in_at: datetime | None
    locked_until: datetime | None
    """End of the last lock, past or to come."""
    password_changed_at: datetime
    failed_attempts: int
    """In a row, since the last sign-in."""
    last_failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that runs, for its holder."""

    reference: str
    """Not its id."""
    device: str
    created_at: datetime
    current: bool
    """Whether it is the one in which it is looked at."""
