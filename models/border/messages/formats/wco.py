"""WCO response (data model 3.6, RES) to CustomsResponse: the customs steps of the passage (SES-02)."""

from collections.abc import Iterator, Sequence

from models.border.messages.formats.parts.elements import Element, text_of
from models.border.messages.formats.parts.findings import Findings, quote
from models.border.messages.formats.parts.identifiers import MRN, cited_cheds
from models.border.messages.formats.parts.moments import moment
from models.border.passage.code_lists import CUSTOMS_FUNCTIONS
from models.border.passage.content import CustomsError, CustomsResponse, CustomsStatement

KNOWN_FUNCTIONS = frozenset(CUSTOMS_FUNCTIONS)
_REFERENCE = "référence de la déclaration (MRN, référence locale ou CHED cité)"


def read_response(response: Element) -> tuple[CustomsResponse, tuple[str, ...]]:
    """The CustomsResponse that a Response element carries, and French warnings (SES-02).

    Times are UTC. Raises IncompleteMessage, naming every field at fault, without a function, an issue
    time, or anything that names the declaration; or when a date is impossible.
    """
    findings = Findings("La réponse de la douane")
    declarations = list(response.every("Declaration"))
    declaration = _declaration(declarations, findings)
    function = _function(response, findings)
    issued_at = moment(response.find("IssueDateTime"), "date d’émission", findings)
    if issued_at is None:
        findings.missing("date d’émission")
    mrn = _mrn(declaration, findings)
    local_reference = text_of(declaration, "FunctionalReferenceID")
    cheds = _cheds(response)
    if not (mrn or local_reference or cheds):
        findings.missing(_REFERENCE)
    accepted_at = (
        moment(declaration.find("AcceptanceDateTime"), "date d’acceptation", findings)
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
        statements=_statements(response, declaration),
        errors=tuple(_error(element) for element in response.within("Error")),
    )
    return content, findings.warnings


def _declaration(declarations: Sequence[Element], findings: Findings) -> Element | None:
    """The declaration that is answered. After it, the result of a control repeats it as corrected (DMSRES)."""
    numbers = [text_of(element, "ID").upper() for element in declarations]
    if len(set(filter(None, numbers))) > 1:
        findings.warn("La réponse porte sur plusieurs déclarations\u00a0; seule la première a été lue.")
    numbered = (element for element, number in zip(declarations, numbers, strict=True) if number)
    return next(numbered, next(iter(declarations), None))


def _function(response: Element, findings: Findings) -> str:
    code = text_of(response, "FunctionCode")
    function = code.zfill(2) if code else ""
    if not function:
        findings.missing("code de fonction")
    elif function not in KNOWN_FUNCTIONS:
        findings.warn(f"Code de fonction {quote(code)} inconnu, conservé tel quel.")
    return function


def _mrn(declaration: Element | None, findings: Findings) -> str:
    mrn = text_of(declaration, "ID").upper()
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


def _statements(response: Element, declaration: Element | None) -> tuple[CustomsStatement, ...]:
    """The comments of customs: not what the declaration itself says of its goods, where the answer repeats it."""
    customs_statements = (
        CustomsStatement(text_of(element, "StatementCode"), text_of(element, "StatementDescription"))
        for element in _remarks(response, declaration)
    )
    return tuple(statement for statement in customs_statements if statement.code or statement.text)


def _remarks(response: Element, declaration: Element | None) -> Iterator[Element]:
    for child in response.children():
        if child.name != "Declaration":
            yield from child.within("AdditionalInformation")
    if declaration is not None:
        yield from declaration.every("AdditionalInformation")


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
