"""Ched to TRACES SPSCertificate: what the authority would send for such a consignment."""

from lxml import etree

from demo.writers.ched_consignment import add_consignment
from demo.writers.ched_part_two import add_part_two
from demo.writers.xml import child, document, legal_time, root
from models.border.passage.content import Ched, ReferencedDocument

_UNECE = "urn:un:unece:uncefact:data:standard"
_NAMESPACES: dict[str, str] = {
    "rsm": f"{_UNECE}:SPSCertificate:17",
    "ram": f"{_UNECE}:ReusableAggregateBusinessInformationEntity:21",
    "udt": f"{_UNECE}:UnqualifiedDataType:21",
}
_SOAP: dict[str, str] = {"soap": "http://schemas.xmlsoap.org/soap/envelope/"}
_AUTHORITY = {"schemeID": "authority_activity_id"}


def write_ched(ched: Ched, *, soap: bool = False) -> bytes:
    """The CHED as TRACES XML, bare or as the answer of its SOAP service.

    Texts must be without control characters, and without blanks at their ends or in a row.
    """
    certificate = _certificate(ched)
    if not soap:
        return document(certificate)
    envelope = root("soap:Envelope", _SOAP)
    child(envelope, "soap:Header")
    child(envelope, "soap:Body").append(certificate)
    return document(envelope)


def _certificate(ched: Ched) -> etree._Element:
    certificate = root("rsm:SPSCertificate", _NAMESPACES)
    exchanged = child(certificate, "rsm:SPSExchangedDocument")
    child(exchanged, "ram:Name", "Common Health Entry Document", {"languageID": "en"})
    child(exchanged, "ram:ID", ched.reference)
    child(exchanged, "ram:TypeCode", "636")
    child(exchanged, "ram:StatusCode", ched.status)
    child(child(exchanged, "ram:IssueDateTime"), "udt:DateTime", legal_time(ched.issued_at))
    issuer = child(exchanged, "ram:IssuerSPSParty")
    child(issuer, "ram:ID", ched.post_code, _AUTHORITY)
    child(issuer, "ram:Name", ched.post_name)
    _note(exchanged, "CHED_TYPE", {"ched_type": (ched.ched_type.removeprefix("CHED"),)})
    if ched.decision:
        _refusal_notes(exchanged, ched)
    _documents(exchanged, ched)
    _part_one(exchanged, ched)
    add_part_two(exchanged, ched)
    add_consignment(certificate, ched)
    return certificate


def _note(exchanged: etree._Element, subject: str, codes: dict[str, tuple[str, ...]]) -> None:
    note = child(exchanged, "ram:IncludedSPSNote")
    for listed, values in codes.items():
        for value in values:
            child(note, "ram:ContentCode", value, {"listID": listed})
    child(note, "ram:Content")
    child(note, "ram:SubjectCode", subject, {"listID": "ched_note_subject_code"})


def _refusal_notes(exchanged: etree._Element, ched: Ched) -> None:
    decision = ched.decision
    if decision and (decision.measure or decision.measure_extent):
        measures = {
            "ched_not_acceptable_measure": (decision.measure,),
            "ched_not_acceptable_measure_extent": (decision.measure_extent,),
        }
        _note(exchanged, "NOT_ACCEPTABLE_MEASURE", {k: v for k, v in measures.items() if any(v)})
    if decision and decision.refusal_reasons:
        _note(exchanged, "REFUSAL_REASON", {"refusal_reason": decision.refusal_reasons})


def _documents(exchanged: etree._Element, ched: Ched) -> None:
    if ched.local_reference:
        local = ReferencedDocument("916", "Own reference", ched.local_reference)
        _document(exchanged, local, "AVZ", "Operator’s own reference")
    _document(exchanged, ReferencedDocument("636", "", ched.reference), "CAW", "This document")
    if ched.mrn:
        _document(exchanged, ReferencedDocument("952", "", ched.mrn), "ABT", "Customs declaration (MRN)")
    if ched.replaced_by:
        _document(exchanged, ReferencedDocument("636", "", ched.replaced_by), "ACW", "Replaced by")
    for paper in ched.documents:
        _document(exchanged, paper, "ZZZ", "Accompanying document")


def _document(exchanged: etree._Element, paper: ReferencedDocument, relation: str, label: str) -> None:
    element = child(exchanged, "ram:ReferenceSPSReferencedDocument")
    if paper.issued_on:
        child(element, "ram:IssueDateTime", paper.issued_on.isoformat())
    child(element, "ram:TypeCode", paper.type_code, {"name": paper.type_name})
    child(element, "ram:RelationshipTypeCode", relation, {"name": label})
    child(element, "ram:ID", paper.reference, {"schemeAgencyID": paper.country})


def _part_one(exchanged: etree._Element, ched: Ched) -> None:
    if ched.submitted_at is None and not ched.purpose:
        return
    signature = child(exchanged, "ram:SignatorySPSAuthentication")
    child(signature, "ram:TypeCode", "4")
    if ched.submitted_at:
        child(child(signature, "ram:ActualDateTime"), "udt:DateTime", legal_time(ched.submitted_at))
    if ched.purpose:
        clause = child(signature, "ram:IncludedSPSClause")
        child(clause, "ram:ID", "PURPOSE", {"schemeID": "ched_consignment_clause"})
        child(clause, "ram:Content", ched.purpose)
