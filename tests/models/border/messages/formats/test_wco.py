"""Customs responses."""

from datetime import UTC, datetime

import pytest

from models.border.messages.formats.recognition import read
from models.border.passage.content import CustomsError, CustomsResponse, CustomsStatement, IncompleteMessage
from tests.models.border.messages.formats.refusals import assert_french, refused

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
        statements=(CustomsStatement("A2", "Voir CHEDP.FR.2026.0000123."),),
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


OTHER = "<Declaration><ID>26FRABCDEFGHIJKLM2</ID></Declaration>"


@pytest.mark.parametrize("declaration", ["<Declaration><ID>123</ID></Declaration>", DECLARATION + OTHER])
def test_oddities_are_remarked(declaration: str) -> None:
    (warning,) = read(message(f"<FunctionCode>08</FunctionCode>{DATE}{declaration}")).warnings
    assert_french(warning)


CORRECTED = """<Declaration>{}<GoodsShipment><GovernmentAgencyGoodsItem><AdditionalInformation>
    <StatementCode>00500</StatementCode><StatementDescription>IMPORTER</StatementDescription></AdditionalInformation>
    <AdditionalDocument><ID>CHEDP.FR.2026.0000123</ID></AdditionalDocument>
    </GovernmentAgencyGoodsItem></GoodsShipment></Declaration>"""


@pytest.mark.parametrize("number", ["", "<ID>26frabcdefghijklm1</ID>"])
@pytest.mark.parametrize("after", [True, False])
def test_the_declaration_as_corrected_follows_without_a_remark(number: str, after: bool) -> None:
    """A result (07) repeats the declaration: what that one says of its goods is no comment of customs."""
    twice = (DECLARATION, CORRECTED.format(number))
    parsed = read(
        message(f"<FunctionCode>07</FunctionCode>{DATE}" + "".join(twice if after else twice[::-1]))
    )
    assert parsed.warnings == ()
    found = parsed.content
    assert isinstance(found, CustomsResponse)
    assert (found.mrn, found.statements) == ("26FRABCDEFGHIJKLM1", ())
    assert found.cited_cheds == ("CHEDP.FR.2026.0000123",)


def test_comments_of_customs_are_kept_with_or_without_code() -> None:
    found = content(
        f"""<FunctionCode>10</FunctionCode>{DATE}
        <AdditionalInformation><StatementCode>A3</StatementCode></AdditionalInformation>
        <AdditionalInformation/>
        <Status><AdditionalInformation><StatementDescription>À refaire.</StatementDescription></AdditionalInformation>
        </Status>{DECLARATION}"""
    )
    assert found.statements == (CustomsStatement("A3"), CustomsStatement("", "À refaire."))


@pytest.mark.parametrize("function", ["14", "15", "5", "13"])
def test_every_function_is_known(function: str) -> None:
    assert read(message(f"<FunctionCode>{function}</FunctionCode>{DATE}{DECLARATION}")).warnings == ()


def test_unknown_function_is_kept() -> None:
    parsed = read(message(f"<FunctionCode>77</FunctionCode>{DATE}{DECLARATION}"))
    assert isinstance(parsed.content, CustomsResponse)
    assert parsed.content.function == "77"
    assert_french(*parsed.warnings)
