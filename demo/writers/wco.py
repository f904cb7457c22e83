"""CustomsResponse to WCO XML (data model 3.6, RES)."""

import re
from datetime import UTC, datetime

from lxml import etree

from demo.writers.xml import child, document, root
from models.border.passage.content import CustomsError, CustomsResponse

_METADATA: dict[str, str] = {
    "md": "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2",
    "res": "urn:wco:datamodel:WCO:RES-DMS:2",
}
_STEP = re.compile(r"([^\[\]:/]*)(?:\[([^\[\]:/]*)\])?(?::([^\[\]:/]*))?")


def write_customs_response(response: CustomsResponse) -> bytes:
    """The response as customs sends it; times are UTC, to the second."""
    metadata = root("md:MetaData", _METADATA)
    child(metadata, "md:WCODataModelVersionCode", "3.6")
    child(metadata, "md:WCOTypeName", "RES")
    element = child(metadata, "res:Response")
    child(element, "res:FunctionCode", response.function)
    child(element, "res:FunctionalReferenceID", response.reference)
    _moment(element, "IssueDateTime", response.issued_at)
    for statement in response.statements:
        information = child(element, "res:AdditionalInformation")
        child(information, "res:StatementCode", statement.code)
        child(information, "res:StatementDescription", statement.text)
    for error in response.errors:
        _error(element, error)
    _declaration(element, response)
    return document(metadata)


def _declaration(parent: etree._Element, response: CustomsResponse) -> None:
    element = child(parent, "res:Declaration")
    if response.accepted_at:
        _moment(element, "AcceptanceDateTime", response.accepted_at)
    child(element, "res:FunctionalReferenceID", response.local_reference)
    child(element, "res:ID", response.mrn)
    child(element, "res:VersionID", str(response.version))
    for reference in response.cited_cheds:
        paper = child(element, "res:AdditionalDocument")
        child(paper, "res:ID", reference)
        child(paper, "res:CategoryCode", "N")
        child(paper, "res:TypeCode", "853")


def _error(parent: etree._Element, error: CustomsError) -> None:
    element = child(parent, "res:Error")
    child(element, "res:Description", error.description)
    child(element, "res:ValidationCode", error.code)
    for part in error.pointer.split("/") if error.pointer else ():
        match = _STEP.fullmatch(part)
        section, sequence, tag = match.groups("") if match else (part, "", "")
        pointer = child(element, "res:Pointer")
        child(pointer, "res:SequenceNumeric", sequence)
        child(pointer, "res:DocumentSectionCode", section)
        child(pointer, "res:TagID", tag)


def _moment(parent: etree._Element, name: str, at: datetime) -> None:
    text = at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
    child(child(parent, f"res:{name}"), "res:DateTimeString", text, {"formatCode": "304"})
