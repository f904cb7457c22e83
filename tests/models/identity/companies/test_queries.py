"""SES-04: a consignment belongs to the company that its CHED names, by whatever number it is known."""

import pytest

from models.border.passage.content import Party
from models.identity.companies.queries import names_of, siren_of
from models.identity.companies.tables import CompanyIdentifier
from tests.factories import A, B, C, add_basics, ched, consignment, keep, tell
from tests.support.databases import reading

_SIRET = "91234567500000"
"""Of A; its last digit is not the right one."""


def _siret() -> str:
    """A valid SIRET of A."""
    from stdnum.fr import siret

    return next(f"{A}{n:05}" for n in range(100) if siret.is_valid(f"{A}{n:05}"))


@pytest.fixture(autouse=True)
async def _companies(database: str) -> None:  # noqa: ARG001
    await add_basics()
    await keep(
        CompanyIdentifier(siren=B, scheme="traces", value="FR-OP-77"),
        CompanyIdentifier(siren=C, scheme="eori", value="FR88016420700011"),
    )


async def _siren(identifier: str) -> str | None:
    async with reading() as db:
        return siren_of(db, identifier)


async def test_ses_04_a_company_is_known_by_several_numbers() -> None:
    """SES-04: SIREN, SIRET, EORI, or what TRACES calls it; blanks and case do not count."""
    for identifier in (A, "912 345 675", _siret(), f"FR{_siret()}", f"fr {_siret()}", f"FR{A}"):
        assert (identifier, await _siren(identifier)) == (identifier, A)
    assert await _siren("fr-op-77") == B
    assert await _siren("FR88016420700011") == C


@pytest.mark.parametrize(
    "identifier", ["", "  ", "912345676", "732829320", "FR", "912345675 X", "BE0912345675", _SIRET]
)
async def test_ses_04_what_names_nobody_we_know_matches_nobody(identifier: str) -> None:
    """SES-04: a false key, an unknown company, a foreign number."""
    assert await _siren(identifier) is None


async def test_ses_04_the_importer_comes_before_the_consignee() -> None:
    """SES-04: whatever the order in the CHED; the carrier or the exporter never owns it."""
    consignee, importer = Party("consignee", "H", identifier=B), Party("importer", "K", identifier=A)
    others = [Party(role, "N", identifier=C) for role in ("consignor", "responsible")]
    await tell(
        ched(1, parties=(*others, consignee, importer)),
        ched(2, parties=(*others, consignee, Party("importer", "?", identifier="BE1"))),
        ched(3, parties=(*others, Party("delivery", "H", identifier=B))),
        ched(4, parties=tuple(others)),
    )
    assert [(await consignment(n)).siren for n in (1, 2, 3, 4)] == [A, B, B, None]


async def test_ses_04_an_owner_once_known_stays_when_a_later_ched_names_none() -> None:
    """SES-04"""
    await tell(ched(), ched(status="42", parties=()))
    assert (await consignment()).siren == A


async def test_companies_are_named_together() -> None:
    async with reading() as db:
        assert names_of(db, [A, B, A, "000000000"]) == {A: "Kerdrel", B: "Horizon"}
        assert names_of(db, []) == {}
