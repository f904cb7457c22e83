"""Which companies a person may work for, and with which rights (PPR-03, PPR-05, SES-04). Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from models.identity.accounts.viewer import CompanyChoice, Held

MANDATED_SERVICES = frozenset({"SESAME"})
"""What a mandate opens at the company represented: following its consignments and acting on them.

Its money and its other declarations stay closed: those habilitations hold for the SIREN that they name (PPR-22).
"""


@dataclass(frozen=True, slots=True)
class Grant:
    """An active habilitation. One limited to a SIRET counts for its SIREN: rights are grouped so (PPR-05)."""

    service: str
    right: str
    siren: str
    company: str
    co_owner: str = ""
    siret: str = ""
    """Empty for the whole company."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """An active mandate of representation."""

    representative: str
    represented: str
    company: str
    """Name of the represented one."""


def choose(
    home: CompanyChoice | None, grants: Collection[Grant], mandates: Collection[Mandate]
) -> tuple[CompanyChoice, ...]:
    """The companies to choose from (PPR-03): the person's own first, then by name, those represented last.

    Beside its own, a person has those where it holds a habilitation, and those that mandate a company where
    it holds one of a mandated service.
    """
    held = {grant.siren: grant.company for grant in grants}
    acting = {grant.siren for grant in grants if grant.service in MANDATED_SERVICES}
    by_represented = {
        mandate.represented: mandate for mandate in mandates if mandate.representative in acting
    }
    direct = [CompanyChoice(siren, name, represented=False) for siren, name in held.items()]
    through = [
        CompanyChoice(siren, mandate.company, represented=True) for siren, mandate in by_represented.items()
    ]
    unique = {choice.siren: choice for choice in (*through, *direct, *([home] if home else []))}
    return tuple(
        sorted(unique.values(), key=lambda c: (home is None or c.siren != home.siren, c.represented, c.name))
    )


def held_at(siren: str, grants: Collection[Grant], mandates: Collection[Mandate]) -> frozenset[Held]:
    """The rights that hold for that company: held there, or through a mandate that it gave.

    What is lent holds for the whole company represented: the SIRET of another company means nothing there.
    """
    representatives = {mandate.representative for mandate in mandates if mandate.represented == siren}
    own = {
        Held(grant.co_owner, grant.service, grant.right, grant.siret)
        for grant in grants
        if grant.siren == siren
    }
    lent = {
        Held(grant.co_owner, grant.service, grant.right)
        for grant in grants
        if grant.siren in representatives and grant.service in MANDATED_SERVICES
    }
    return frozenset(own | lent)
