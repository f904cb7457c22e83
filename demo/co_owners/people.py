"""Who has an account at each co-owner of the demonstration, and what they may do there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from uuid import NAMESPACE_URL, uuid5

from werkzeug.security import generate_password_hash

from demo.commands.accounts import account_at
from models.kernel.co_owners import CoOwner

PASSWORDS: Mapping[CoOwner, str] = {
    CoOwner.DGDDI: "Douane-Demo-2026!",
    CoOwner.DGFIP: "Impots-Demo-2026!",
    CoOwner.URSSAF: "Urssaf-Demo-2026!",
}
"""Public, as those of the portal's demonstration; and not the same, since identifiers stay distinct (PPR-07)."""

WHO = ("importateur", "comptable", "transitaire", "concurrent")
"""They have an account at each; their rights there are those of the portal's own demonstration accounts."""


@dataclass
class Person:
    """An account at one co-owner."""

    subject: str
    login: str
    name: str
    password_hash: str = field(repr=False)
    habilitations: list[dict[str, str | None]] = field(default_factory=list)

    def get_user_id(self) -> str:
        """For Authlib."""
        return self.subject


def subject_of(co_owner: CoOwner, who: str) -> str:
    """The identifier of `who` at that co-owner, always the same."""
    return uuid5(NAMESPACE_URL, f"{co_owner}/{who}").hex


def people_of(co_owner: CoOwner) -> list[Person]:
    """Everybody there."""
    return [_person(co_owner, who) for who in WHO]


def rights_of(co_owner: CoOwner, who: str) -> list[dict[str, str | None]]:
    """What that co-owner lets `who` do, as its userinfo says it."""
    return [
        {
            "service": entitlement.service,
            "right": entitlement.right,
            "siren": entitlement.siren,
            "siret": entitlement.siret,
        }
        for entitlement in account_at(co_owner, who)[1]
    ]


def _person(co_owner: CoOwner, who: str) -> Person:
    name, _ = account_at(co_owner, who)
    return Person(subject_of(co_owner, who), who, name, _hash(PASSWORDS[co_owner]), rights_of(co_owner, who))


@cache
def _hash(password: str) -> str:
    return generate_password_hash(password)
