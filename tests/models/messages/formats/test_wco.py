"""Customs responses."""

from datetime import UTC, datetime

import pytest

from models.messages.content import CustomsError, CustomsResponse, IncompleteMessage
from models.messages.formats.recognise import read
from tests.models.messages.formats.refusals import assert_french, refused

DATE = "<IssueDateTime><DateTimeString formatCode='304'>20261122101500+0100</DateTimeString></IssueDateTime>"
DECLARATION = "<Declaration><ID>26FRABCDEFGHIJKLM1</ID></Declaration>"


def message(inside: str) -> bytes:
    return f"<MetaData xmlns='urn:x'><WCOTypeName>RES</WCOTypeName><Response>{inside}</Response></MetaData>".encode()


def content(inside: str) -> CustomsResponse:
    found = read(message(inside)).content
    assert isinstance(found, CustomsResponse)
    return found


def test_everything() -> None:
    """SES-02: the customs steps, with the CHEDs that tie them to a consignment."""
    found = content(
        f"""<FunctionCode>5</FunctionCode><FunctionalReferenceID>r1</FunctionalReferenceID>{DATE}
        <AdditionalInformation><StatementCode>A2</StatementCode>
          <StatementDescription>Voir CHEDP.FR.2026.0000123.</StatementDescription></AdditionalInformation>
        <Error><Description>Masse fausse</Description><ValidationCode>C12</ValidationCode>
          <Pointer><DocumentSectionCode>42A</DocumentSectionCode></Pointer>
          <Pointer><SequenceNumeric>2</SequenceNumeric><DocumentSectionCode>68A</DocumentSectionCode>
            <TagID>131</TagID></Pointer></Error>
        <Declaration><AcceptanceDateTime><DateTimeString formatCode='102'>20261120</DateTimeString></AcceptanceDateTime>
          <FunctionalReferenceID>local</FunctionalReferenceID><ID>26FRABCDEFGHIJKLM1</ID><VersionID>3</VersionID>
          <AdditionalDocument><ID>CHEDPP.FR.2026.00001234</ID></AdditionalDocument>
          <AdditionalDocument><ID>XCHEDP.FR.2026.0000999</ID></AdditionalDocument></Declaration>"""
    )
    assert found == CustomsResponse(
        function="05",
        issued_at=datetime(2026, 11, 22, 9, 15, tzinfo=UTC),
        reference="r1",
        mrn="26FRABCDEFGHIJKLM1",
        local_reference="local",
        cited_cheds=("CHEDP.FR.2026.0000123", "CHEDPP.FR.2026.00001234"),
        version=3,
        accepted_at=datetime(2026, 11, 19, 23, tzinfo=UTC),
        statements=("A2 Voir CHEDP.FR.2026.0000123.",),
        errors=(CustomsError("C12", "Masse fausse", "42A/68A[2]:131"),),
    )


@pytest.mark.parametrize(
    ("inside", "field"),
    [
        (DATE + DECLARATION, "code de fonction"),
        ("<FunctionCode>08</FunctionCode>" + DECLARATION, "date d’émission"),
        (
            f"<FunctionCode>08</FunctionCode>{DATE}",
            "référence de la déclaration (MRN, référence locale ou CHED cité)",
        ),
        (f"<FunctionCode>08</FunctionCode>{DATE.replace('1122', '1399')}{DECLARATION}", "date d’émission"),
    ],
)
def test_incomplete(inside: str, field: str) -> None:
    assert refused(message(inside), IncompleteMessage).missing == (field,)


@pytest.mark.parametrize("declaration", ["<Declaration><ID>123</ID></Declaration>", DECLARATION * 2])
def test_oddities_are_remarked(declaration: str) -> None:
    (warning,) = read(message(f"<FunctionCode>08</FunctionCode>{DATE}{declaration}")).warnings
    assert_french(warning)


def test_unknown_function_is_kept() -> None:
    parsed = read(message(f"<FunctionCode>77</FunctionCode>{DATE}{DECLARATION}"))
    assert isinstance(parsed.content, CustomsResponse)
    assert parsed.content.function == "77"
    assert_french(*parsed.warnings)
