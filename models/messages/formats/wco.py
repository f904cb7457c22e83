"""WCO response (data model 3.6, RES) to CustomsResponse: the customs steps of the passage (SES-02)."""

from datetime import datetime

from models.messages.content import CustomsError, CustomsResponse
from models.messages.formats.elements import Element, attribute, text_of
from models.messages.formats.findings import Findings, quote
from models.messages.formats.identifiers import MRN, cited_cheds
from models.messages.formats.times import from_coded, from_iso

KNOWN_FUNCTIONS = frozenset(("01", "02", "03", "05", "06", "07", "08", "09", "10", "11", "13", "16"))
_REFERENCE = "référence de la déclaration (MRN, référence locale ou CHED cité)"


def read_response(response: Element) -> tuple[CustomsResponse, tuple[str, ...]]:
    """The CustomsResponse that a Response element carries, and French warnings (SES-02).

    Times are UTC. Raises IncompleteMessage, naming every field at fault, without a function, an issue
    time, or anything that names the declaration; or when a date is impossible.
    """
    findings = Findings("La réponse de la douane")
    declarations = list(response.every("Declaration"))
    declaration = declarations[0] if declarations else None
    if len(declarations) > 1:
        findings.warn("La réponse porte sur plusieurs déclarations\u00a0; seule la première a été lue.")
    function = _function(response, findings)
    issued_at = _moment(response.find("IssueDateTime"), "date d’émission", findings)
    if issued_at is None:
        findings.missing("date d’émission")
    mrn = _mrn(declaration, findings)
    local_reference = text_of(declaration, "FunctionalReferenceID")
    cheds = _cheds(response)
    if not (mrn or local_reference or cheds):
        findings.missing(_REFERENCE)
    accepted_at = (
        _moment(declaration.find("AcceptanceDateTime"), "date d’acceptation", findings)
        if declaration is not None
        else None
    )
    if findings.at_fault or issued_at is None:
        raise findings.refusal()
    content = CustomsResponse(
        function=function,
        issued_at=issued_at,
        reference=text_of(response, "FunctionalReferenceID"),
        mrn=mrn,
        local_reference=local_reference,
        cited_cheds=cheds,
        version=_version(declaration, findings),
        accepted_at=accepted_at,
        statements=_statements(response),
        errors=tuple(_error(element) for element in response.within("Error")),
    )
    return content, findings.warnings


def _function(response: Element, findings: Findings) -> str:
    code = text_of(response, "FunctionCode")
    function = code.zfill(2) if code else ""
    if not function:
        findings.missing("code de fonction")
    elif function not in KNOWN_FUNCTIONS:
        findings.warn(f"Code de fonction {quote(code)} inconnu, conservé tel quel.")
    return function


def _moment(element: Element | None, name: str, findings: Findings) -> datetime | None:
    if element is None:
        return None
    coded = element.find("DateTimeString")
    text = text_of(coded) or text_of(element, "DateTime") or text_of(element)
    if not text:
        return None
    try:
        return from_coded(text, attribute(coded, "formatCode")) if coded is not None else from_iso(text)
    except ValueError:
        findings.impossible(name, text)
        return None


def _mrn(declaration: Element | None, findings: Findings) -> str:
    mrn = text_of(declaration, "ID")
    if mrn and not MRN.fullmatch(mrn):
        findings.warn(f"Le numéro de déclaration {quote(mrn)} n’a pas la forme d’un MRN.")
    return mrn


def _cheds(response: Element) -> tuple[str, ...]:
    """The CHEDs that the documents and remarks of the response cite, each once."""
    texts = (
        text_of(element)
        for block in response.within("AdditionalDocument", "AdditionalInformation")
        for element in block.within()
    )
    return tuple(dict.fromkeys(reference for text in texts for reference in cited_cheds(text.upper())))


def _version(declaration: Element | None, findings: Findings) -> int:
    text = text_of(declaration, "VersionID")
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        findings.warn(
            f"Le numéro de version {quote(text)} n’est pas un nombre\u00a0; la version 1 est retenue."
        )
        return 1
    return int(text)


def _statements(response: Element) -> tuple[str, ...]:
    """Each remark as one text: its code, then its words."""
    found = (
        f"{text_of(element, 'StatementCode')} {text_of(element, 'StatementDescription')}".strip()
        for element in response.within("AdditionalInformation")
    )
    return tuple(statement for statement in found if statement)


def _error(element: Element) -> CustomsError:
    return CustomsError(
        code=text_of(element, "ValidationCode"),
        description=text_of(element, "Description"),
        pointer="/".join(filter(None, (_pointer(pointer) for pointer in element.every("Pointer")))),
    )


def _pointer(element: Element) -> str:
    """One step of a path, such as 68A[2] for the second element of section 68A, or 42A:D013 for a field."""
    sequence = text_of(element, "SequenceNumeric")
    tag = text_of(element, "TagID")
    return (
        text_of(element, "DocumentSectionCode")
        + (f"[{sequence}]" if sequence else "")
        + (f":{tag}" if tag else "")
    )
