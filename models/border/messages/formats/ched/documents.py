"""Papers that a CHED cites, which fill the digital import file (SES-40)."""

from dataclasses import dataclass
from datetime import date

from models.border.messages.formats.parts.elements import Element, attribute, text_of
from models.border.messages.formats.parts.findings import Findings
from models.border.messages.formats.parts.identifiers import CHED, MRN
from models.border.messages.formats.parts.times import day_from_coded, day_from_iso
from models.border.passage.content import ReferencedDocument

_LOCAL_REFERENCE = "AVZ"
_CUSTOMS_DECLARATIONS = ("952", "929")


@dataclass(slots=True)
class DocumentsOfChed:
    """The papers, and the references that are told as if they were papers."""

    documents: tuple[ReferencedDocument, ...] = ()
    local_reference: str = ""
    mrn: str = ""
    replaced_by: str = ""


def read_documents(certificate: Element, reference: str, findings: Findings) -> DocumentsOfChed:
    """The documents cited anywhere in the CHED, without itself (SES-40)."""
    result = DocumentsOfChed()
    papers: list[ReferencedDocument] = []
    for element in certificate.within("ReferenceSPSReferencedDocument"):
        cited = text_of(element, "ID")
        relation = element.find("RelationshipTypeCode")
        if not cited or cited.upper() == reference:
            continue
        if text_of(relation) == _LOCAL_REFERENCE:
            result.local_reference = result.local_reference or cited
        elif not result.replaced_by and _says_replaced_by(relation) and CHED.fullmatch(cited.upper()):
            result.replaced_by = cited.upper()
        elif not result.mrn and _is_declaration(element, cited.upper()):
            result.mrn = cited.upper()
        else:
            papers.append(_document(element, cited, findings))
    result.documents = tuple(papers)
    return result


def _says_replaced_by(relation: Element | None) -> bool:
    words = f"{text_of(relation)} {attribute(relation, 'name')}".lower().replace("_", " ")
    return "replaced by" in words


def _is_declaration(element: Element, cited: str) -> bool:
    """Whether a cited paper is the customs declaration: an MRN, and something that says so."""
    if not MRN.fullmatch(cited):
        return False
    identifier = element.find("ID")
    relation = element.find("RelationshipTypeCode")
    texts = (
        text_of(relation),
        attribute(relation, "name"),
        attribute(identifier, "schemeID"),
        attribute(identifier, "schemeName"),
        attribute(element.find("TypeCode"), "name"),
    )
    return text_of(element, "TypeCode") in _CUSTOMS_DECLARATIONS or "mrn" in " ".join(texts).lower()


def _document(element: Element, cited: str, findings: Findings) -> ReferencedDocument:
    kind = element.find("TypeCode")
    country = attribute(element.find("ID"), "schemeAgencyID")
    return ReferencedDocument(
        type_code=text_of(kind),
        type_name=attribute(kind, "name"),
        reference=cited,
        issued_on=_issued_on(element, findings),
        country=country if len(country) == 2 else "",
    )


def _issued_on(element: Element, findings: Findings) -> date | None:
    """The day that is written: a paper dated 14 June at midnight in Paris is not of the 13th."""
    issued = element.find("IssueDateTime")
    text = text_of(issued, "DateTimeString") or text_of(issued, "DateTime") or text_of(issued)
    if not text:
        return None
    try:
        return day_from_iso(text) if "-" in text else day_from_coded(text)
    except ValueError:
        findings.impossible("date d’un document cité", text)
        return None
