"""What a CHED says, from hand-made fragments; the whole is proven by test_round_trips."""

from datetime import UTC, date, datetime

import pytest

from demo.writers.contents import write_ched
from models.border.messages.formats.recognition import read
from models.border.passage.content import Check, Ched, IncompleteMessage, UnreadableMessage
from models.border.passage.vocabulary import CheckResult, ChedType, StepKind
from tests.models.border.messages.formats.fragments import EXCHANGED, REFERENCE, ched, goods, message
from tests.models.border.messages.formats.refusals import assert_french, refused


def signature(part: int, **clauses: str) -> str:
    inside = "".join(
        f"<IncludedSPSClause><ID>{name}</ID><Content languageID='en'>Words</Content><Content>{value}</Content></IncludedSPSClause>"
        for name, value in clauses.items()
    )
    return (
        f"<SignatorySPSAuthentication><TypeCode>{part}</TypeCode><ActualDateTime><DateTime>2026-11-22T12:00:00</DateTime>"
        f"</ActualDateTime><ProviderSPSParty><SpecifiedSPSPerson><Name>Agent Secret</Name></SpecifiedSPSPerson>"
        f"</ProviderSPSParty>{inside}</SignatorySPSAuthentication>"
    )


def test_least() -> None:
    found = ched()
    assert found == Ched(
        REFERENCE,
        ChedType.ANIMAL_PRODUCTS,
        "42",
        datetime(2026, 11, 22, 9, tzinfo=UTC),
        "FRLEH1",
        post_town="Le Havre",
    )


def test_within_soap_at_any_depth() -> None:
    soap = (
        b"<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><r><t>"
        + message()
        + b"</t></r></s:Body></s:Envelope>"
    )
    assert read(soap).content == ched()


def test_history() -> None:
    """SES-02: submission, checks and decision, with their times; never the officer's name."""
    found = ched(
        signature(4, PURPOSE="INTERNAL_MARKET")
        + signature(
            1,
            DOCUMENTARY_CHECK_RESULT="SATISFACTORY",
            IDENTITY_CHECK="YES",
            IDENTITY_CHECK_TYPE="FULL_CHECK",
            PHYSICAL_CHECK="NO",
            PHYSICAL_CHECK_NOT_DONE_REASON="NO_INSPECTOR",
            LABORATORY_TESTS="YES",
            LABORATORY_TESTS_RESULT="PENDING",
            DECISION_CONCLUSION="NOT_ACCEPTABLE",
        )
    )
    noon = datetime(2026, 11, 22, 11, tzinfo=UTC)
    assert (found.submitted_at, found.purpose) == (noon, "INTERNAL_MARKET")
    assert found.checks == (
        Check(StepKind.DOCUMENTARY, CheckResult.SATISFACTORY, noon),
        Check(StepKind.IDENTITY, None, None, "FULL_CHECK"),
        Check(StepKind.PHYSICAL, CheckResult.NOT_DONE, noon, "", "NO_INSPECTOR"),
        Check(StepKind.LABORATORY, None),
    )
    assert found.decision
    assert not found.decision.acceptable
    assert "Secret" not in repr(found)


def test_documents() -> None:
    """SES-40: the papers cited, apart from the CHED itself and from mere references."""

    def paper(kind: str, relation: str, cited: str) -> str:
        return (
            "<ReferenceSPSReferencedDocument><IssueDateTime>2026-06-14T00:00:00+02:00</IssueDateTime>"
            f"<TypeCode name='Kind'>{kind}</TypeCode><RelationshipTypeCode>{relation}</RelationshipTypeCode>"
            f"<ID schemeAgencyID='KE'>{cited}</ID></ReferenceSPSReferencedDocument>"
        )

    found = ched(
        paper("916", "AVZ", "mine")
        + paper("636", "CAW", REFERENCE)
        + paper("952", "ZZZ", "26FRABCDEFGHIJKLM1")
        + paper("636", "REPLACED_BY", "CHEDP.FR.2026.0000124")
        + paper("851", "ZZZ", "P1")
    )
    assert (found.local_reference, found.mrn) == ("mine", "26FRABCDEFGHIJKLM1")
    assert found.replaced_by == "CHEDP.FR.2026.0000124"
    (only,) = found.documents
    assert (only.type_code, only.reference, only.issued_on, only.country) == (
        "851",
        "P1",
        date(2026, 6, 14),
        "KE",
    )


def test_a_time_without_format_is_one_of_iso_8601() -> None:
    """As electronic phytosanitary certificates write it, in whatever place."""
    coded = "<IssueDateTime><DateTimeString{}>{}</DateTimeString></IssueDateTime>"
    written = EXCHANGED.partition("<IssueDateTime>")[0]
    for form, text in (
        ("", "2026-11-22T06:00:00-03:00"),
        (" format='205'", "2026-11-22T06:00:00-03:00"),
        ("", "20261122090000Z"),
        (" formatCode='304'", "20261122090000Z"),
    ):
        content = read(message(written + coded.format(form, text))).content
        assert isinstance(content, Ched)
        assert content.issued_at == datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_company_number_is_preferred() -> None:
    """SES-04: rights hang on the company, so its own number goes before that of TRACES."""
    ids = "<ID schemeID='operator_activity_id'>FR1</ID><ID schemeID='EORI'>FR12345678900012</ID>"
    address = (
        "<SpecifiedSPSAddress><LineOne>1 rue A\nBP 2</LineOne><LineTwo>Zone</LineTwo></SpecifiedSPSAddress>"
    )
    (party,) = ched(
        consignment=f"<ConsigneeSPSParty>{ids}<Name>A</Name>{address}</ConsigneeSPSParty>"
    ).parties
    assert (party.role, party.identifier, party.identifier_scheme) == (
        "consignee",
        "FR12345678900012",
        "EORI",
    )
    assert party.address == "1 rue A, BP 2, Zone"


def test_all_missing_fields_are_named_at_once() -> None:
    error = refused(message("", "", ""), IncompleteMessage)
    assert error.missing == ("référence du CHED", "statut", "date d’émission", "poste frontalier")
    assert refused(b"<SPSCertificate/>", IncompleteMessage).missing == error.missing


def test_an_operator_is_not_a_post() -> None:
    issuer = "<IssuerSPSParty><ID schemeID='operator_activity_id'>FR1</ID></IssuerSPSParty>"
    assert refused(message(EXCHANGED + issuer, "", ""), IncompleteMessage).missing == ("poste frontalier",)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (message(EXCHANGED.replace("CHEDP.", "CHEDX.")), "référence du CHED"),
        (message(EXCHANGED.replace("11-22", "02-30")), "date d’émission"),
        (
            message(consignment=goods("<NetWeightMeasure unitCode='KGM'>-1</NetWeightMeasure>")),
            "masse nette de la ligne 1",
        ),
        (
            message(consignment=goods("<GrossWeightMeasure>NaN</GrossWeightMeasure>")),
            "masse brute de la ligne 1",
        ),
        (
            message(consignment=goods("<NetWeightMeasure>1E999999999</NetWeightMeasure>")),
            "masse nette de la ligne 1",
        ),
        (
            message(
                consignment=goods("<PhysicalSPSPackage><ItemQuantity>1.5</ItemQuantity></PhysicalSPSPackage>")
            ),
            "nombre de colis de la ligne 1",
        ),
        (message(consignment=goods("", "9" * 5000)), "numéro de ligne de marchandise"),
        (message(consignment=goods("", "9" * 12)), "numéro de ligne de marchandise"),
        (
            message(consignment=goods("<NetWeightMeasure>999999999999</NetWeightMeasure>")),
            "masse nette de la ligne 1",
        ),
        (
            message(consignment=goods("<NetWeightMeasure unitCode='TNE'>1000000</NetWeightMeasure>")),
            "masse nette de la ligne 1",
        ),
        (message(consignment=goods("<NetWeightMeasure>.</NetWeightMeasure>")), "masse nette de la ligne 1"),
        (
            message(consignment=goods("<NetVolumeMeasure unitCode='H87'>-5</NetVolumeMeasure>")),
            "quantité de la ligne 1",
        ),
        (message(consignment="<AvailabilityDueDateTime>demain</AvailabilityDueDateTime>"), "arrivée prévue"),
        (
            message(EXCHANGED + signature(1, DECISION_CONCLUSION="X").replace("2026-11-22T12:00:00", "")),
            "date de la décision",
        ),
    ],
)
def test_impossible_values_are_named(body: bytes, field: str) -> None:
    error = refused(body, IncompleteMessage)
    assert error.missing == (field,)


def test_what_is_odd_is_kept_and_remarked() -> None:
    parsed = read(
        message(
            EXCHANGED.replace(">42<", ">777<") + signature(1, PHYSICAL_CHECK_RESULT="PERHAPS"),
            "<UtilizedSPSTransportEquipment><ID>Box 12</ID></UtilizedSPSTransportEquipment>"
            "<MainCarriageSPSTransportMovement><ModeCode>8</ModeCode></MainCarriageSPSTransportMovement>"
            + goods("<NetWeightMeasure unitCode='ZZZ'>5</NetWeightMeasure>"),
        )
    )
    assert isinstance(parsed.content, Ched)
    assert parsed.content.status == "777"
    assert parsed.content.containers[0].number == "BOX12"
    assert len(parsed.warnings) == 5
    for warning in parsed.warnings:
        assert_french(warning)


@pytest.mark.parametrize("cut", range(60, 2300, 97))
def test_cut_anywhere_is_refused(cut: int) -> None:
    """Half a CHED must never pass for a whole one."""
    body = write_ched(ched(signature(1, DECISION_CONCLUSION="X"), goods("<Description>é</Description>")))
    assert len(body) > 2300
    refused(body[:cut], UnreadableMessage)
