"""How a CHED names its post, as TRACES and others write it (SES-05)."""

import pytest

from models.border.messages.formats.parts.posts import codes_within
from models.border.messages.formats.recognition import read
from models.border.passage.content import Ched

AUTHORITY = "<ID schemeID='authority_activity_id'>{}</ID>"
PLACE = "<ID schemeID='un_locode'>{}</ID>"


def ched(port: str, issuer: str = "") -> Ched:
    content = read(
        f"""<SPSCertificate><SPSExchangedDocument><ID>CHEDP.FR.2026.0000123</ID><StatusCode>1</StatusCode>
        <IssueDateTime>2026-11-22T10:00:00Z</IssueDateTime><IssuerSPSParty>{issuer}</IssuerSPSParty>
        </SPSExchangedDocument><SPSConsignment>
        <UnloadingBaseportSPSLocation>{port}</UnloadingBaseportSPSLocation></SPSConsignment></SPSCertificate>""".encode()
    ).content
    assert isinstance(content, Ched)
    return content


def names(*given: str) -> str:
    return "".join(f"<Name>{name}</Name>" for name in given)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("FRCDG4.", ["FRCDG4"]),
        ("frleh1", ["FRLEH1"]),
        (" FrLeh1 ", ["FRLEH1"]),
        ("FRMRS1-SIVEP", ["FRMRS1"]),
        ("SIVEP FRMRS1", ["FRMRS1"]),
        ("FRMRS1SIVEP", ["FRMRS1"]),
        ("FRMRS1_PCF", ["FRMRS1"]),
        ("(FRMRS1)", ["FRMRS1"]),
        ("FR LEH 1", ["FRLEH1"]),
        ("FR-LEH-1", ["FRLEH1"]),
        ("GBFXT1PP", ["GBFXT1PP"]),
        ("Roissy Charles-De-Gaulle FRCDG4", ["FRCDG4"]),
        ("FRLEH", []),
        ("Le Havre", []),
        ("BP 10111", []),
        ("", []),
        ("１", []),
    ],
)
def test_ses_05_a_code_is_found_whatever_the_writing(text: str, codes: list[str]) -> None:
    """SES-05: case, trailing point, spaces, name of a service."""
    assert codes_within(text) == codes


@pytest.mark.parametrize(
    ("port", "codes"),
    [
        (AUTHORITY.format("FRCDG4."), ("FRCDG4",)),
        (PLACE.format("FRLEH") + names("FRLEH1"), ("FRLEH1", "FRLEH")),
        (PLACE.format("FRLEH") + AUTHORITY.format("FRLEH1"), ("FRLEH1", "FRLEH")),
        (names("FR", "Le Havre", "FRLEH1.", "Le Havre FRLEH1", "Quai", "FRLEH"), ("FRLEH1", "FRLEH")),
        (PLACE.format("FRLEH"), ("FRLEH",)),
        (AUTHORITY.format("Bureau 12"), ("BUREAU12",)),
    ],
)
def test_ses_05_of_several_codes_that_of_a_post_comes_first(port: str, codes: tuple[str, ...]) -> None:
    """SES-05: all are kept, since the known post wins."""
    found = ched(port)
    assert (found.post_code, *found.post_others) == codes


@pytest.mark.parametrize(
    ("given", "name", "town"),
    [
        (
            ("FR", "Gonfreville", "FRXXX1.", "Le Havre Sud FRXXX1", "1 rue du Port"),
            "Le Havre Sud",
            "Gonfreville",
        ),
        (("FR", "Gonfreville"), "", "Gonfreville"),
        (("FR", "", "FRXXX1", "FRXXX1", "1 rue du Port"), "", ""),
        (("FR", "Gonfreville", "FRXXX1"), "", "Gonfreville"),
        (("FR",), "", ""),
        ((), "", ""),
    ],
)
def test_ses_05_a_post_is_named_by_its_fourth_name_or_its_town(
    given: tuple[str, ...], name: str, town: str
) -> None:
    """SES-05: never by its street."""
    found = ched(AUTHORITY.format("FRXXX1") + names(*given))
    assert (found.post_name, found.post_town) == (name, town)


def test_ses_05_the_authority_that_signs_names_its_own_post_only() -> None:
    """SES-05: it may be that of another place, which has taken the file over."""
    signed = AUTHORITY.format("frxxx1.") + "<Name>Le Havre Sud FRXXX1</Name>"
    other = signed.replace("frxxx1", "FRYYY1")
    port = AUTHORITY.format("FRXXX1") + names("FR", "Gonfreville")
    assert ched(port, signed).post_name == "Le Havre Sud"
    assert ched(port, other).post_name == ""
    assert ched("", signed).post_code == "FRXXX1"
    operator = signed.replace("authority", "operator")
    assert ched(PLACE.format("FRLEH"), operator).post_others == ()


def test_ses_05_a_code_fits_its_column_and_stays_its_own() -> None:
    """SES-05: two long identifiers that begin alike are two posts."""
    long = [AUTHORITY.format(f"Bureau des douanes de la Manche n° {rank}") for rank in (1, 2)]
    first, second = (ched(port).post_code for port in long)
    assert first != second
    assert max(len(first), len(second)) <= 12


def test_what_is_looked_up_of_a_place_is_bounded() -> None:
    """A forged CHED must not make a query of ten thousand codes."""
    codes = [f"FRXX{letter}{digit}" for letter in "ABCDEFGHIJ" for digit in range(10)]
    port = "".join(map(AUTHORITY.format, codes)) + names(*codes)
    assert len(ched(port).post_others) < 40
