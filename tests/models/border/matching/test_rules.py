"""What may be typed as a SIREN, and which party decides (SES-04)."""

import pytest

from models.border.consignments.tables import ConsignmentParty
from models.border.matching.rules import decisive
from models.kernel.identifiers import read_siren
from tests.factories import A


@pytest.mark.parametrize("text", [A, "912 345 675", "912\u00a0345\u00a0675", "912.345.675", f"{A}00019"[:9]])
def test_a_siren_is_read_as_people_write_it(text: str) -> None:
    assert read_siren(text).siren == A


def test_a_siret_gives_its_siren() -> None:
    assert read_siren("732 829 320 00074").siren == "732829320"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "9\u00a0chiffres"),
        ("   ", "9\u00a0chiffres"),
        ("91234567", "vous en avez tapé 8"),
        ("912345676", "clé de contrôle"),
        ("FR912345675", "que des chiffres"),
        ("٩١٢٣٤٥٦٧٥", "que des chiffres"),
        ("73282932000075", "SIRET est faux"),
        ("1" * 40, "vous en avez tapé 40"),
    ],
)
def test_what_is_wrong_is_said(text: str, word: str) -> None:
    typed = read_siren(text)
    assert typed.siren == ""
    assert word in typed.error


def party(role: str, identifier: str) -> ConsignmentParty:
    return ConsignmentParty(consignment_id=1, role=role, name=role, identifier=identifier)


def test_ses_04_the_first_owner_with_an_identifier_decides() -> None:
    """SES-04: never the consignor, and never a second party, who may be somebody else."""
    consignor, importer = party("consignor", "X0"), party("importer", " ")
    consignee, delivery = party("consignee", "X2"), party("delivery", "X3")
    assert decisive([consignor, delivery, consignee, importer]) is consignee
    assert decisive([consignor, importer]) is None
