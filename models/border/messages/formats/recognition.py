"""Recognises a message by its content and reads it: the only way into this package.

To add a format, write a reader that returns (content, warnings), and name it here
(docs/recipes, "add a message format").
"""

import codecs
from itertools import islice

from models.border.messages.formats.ched.certificate import read_ched
from models.border.messages.formats.ched.other_certificates import refuse_other_certificates
from models.border.messages.formats.coarri import read_coarri
from models.border.messages.formats.event import read_event
from models.border.messages.formats.parts.elements import Element, text_of
from models.border.messages.formats.parts.findings import NBSP, quote
from models.border.messages.formats.parts.unicode import in_utf8
from models.border.messages.formats.wco import read_response
from models.border.messages.formats.xml import parse
from models.border.passage.content import OversizedMessage, Parsed, UnknownFormat, UnreadableMessage

_ACCEPTED = (
    f"Sont acceptés{NBSP}: un CHED de TRACES (SPSCertificate), une réponse de la douane (WCO, RES), "
    "un compte rendu EDIFACT COARRI et l’événement JSON."
)
LARGEST = {"JSON": 1_000_000, "EDIFACT": 1_000_000, "XML": 10_000_000}
"""Bytes. A JSON event holds a few kB. pydifact reads 0.5 MB/s, and the report of the largest vessel, some ten
thousand containers, fits in 1 MB. A CHED of a thousand goods lines has 1.5 MB."""
_FILES = {
    b"%PDF": "un document PDF",
    b"PK\x03\x04": "une archive ZIP ou un document bureautique",
    b"\x1f\x8b": "un fichier compressé",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
}


def read(body: bytes) -> Parsed:
    """Reads one message, whatever its format (SES-02).

    Raises UnreadableMessage (broken bytes), UnknownFormat (none of ours), OversizedMessage (more than LARGEST
    of its format) or IncompleteMessage (fields missing or impossible), each with a French title and detail.
    """
    body = in_utf8(body)
    start = body.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"<"):
        _check_size(body, "XML")
        return _read_xml(body)
    if start.startswith(b"{"):
        _check_size(body, "JSON")
        return _read_json(start)
    if start.startswith((b"UNA", b"UNB")):
        _check_size(body, "EDIFACT")
        report, warnings = read_coarri(start)
        return Parsed("coarri", report, warnings)
    raise _unrecognised(body, start)


def _check_size(body: bytes, syntax: str) -> None:
    if len(body) > LARGEST[syntax]:
        raise oversized(LARGEST[syntax], f"Un message {syntax} compte")


def oversized(limit: int, what: str = "Un message compte") -> OversizedMessage:
    """The refusal of a message beyond `limit` bytes; `what` begins a French sentence."""
    most = f"{limit // 1_000_000}{NBSP}Mo" if limit >= 1_000_000 else f"{limit // 1000}{NBSP}ko"
    return OversizedMessage(
        "Message trop volumineux", f"{what} au plus {most}. Envoyez son contenu en plusieurs messages."
    )


def _read_json(start: bytes) -> Parsed:
    try:
        return Parsed("event", read_event(start))
    except UnknownFormat as refusal:
        raise _unknown(refusal.detail) from refusal


def _read_xml(body: bytes) -> Parsed:
    if body.removeprefix(codecs.BOM_UTF8).lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise _unknown("Le message est une page HTML")
    root, warnings = parse(body)
    certificate = _certificate(root)
    if certificate is not None:
        refuse_other_certificates(certificate)
        ched, remarks = read_ched(certificate)
        return Parsed("ched", ched, warnings + remarks)
    response = _customs_response(root)
    if response is not None:
        answer, remarks = read_response(response)
        return Parsed("wco", answer, warnings + remarks)
    raise _unknown(_nothing_of_ours(root))


def _certificate(root: Element) -> Element | None:
    """The CHED of a document: alone, in the answer of the service that gave it, in a SOAP envelope (1.1 or 1.2)."""
    if root.name == "SPSCertificate":
        return root
    elements = list(islice(root.within("SPSCertificate"), 2))
    if len(elements) > 1:
        raise _unknown(f"Le message contient plusieurs CHED{NBSP}; envoyez-les un par un")
    return elements[0] if elements else None


def _customs_response(root: Element) -> Element | None:
    """The WCO Response of a document, bare or under MetaData; other systems too name an element "Response"."""
    headers = list(islice(root.within("MetaData"), 2))
    if len(headers) > 1:
        raise _unknown(f"Le message contient plusieurs réponses de la douane{NBSP}; envoyez-les une par une")
    for header in headers:
        kind = text_of(header, "WCOTypeName") or "RES"
        if not kind.startswith("RES"):
            raise _unknown(f"Le message WCO est de type {quote(kind)}, et non RES")
        return header.find("Response")
    elements = list(islice(filter(_is_response, root.within("Response")), 2))
    return elements[0] if len(elements) == 1 else None


def _is_response(element: Element) -> bool:
    return element.find("FunctionCode") is not None or element.find("Declaration") is not None


def _nothing_of_ours(root: Element) -> str:
    if root.name != "Envelope":
        return f"La racine XML {quote(root.name)} n’est pas celle d’un message connu"
    body = root.find("Body")
    if body is None:
        return "L’enveloppe SOAP n’a pas de corps (Body)"
    if body.find("Fault") is not None:
        return "L’enveloppe SOAP contient une erreur (Fault), non un CHED"
    return "L’enveloppe SOAP ne contient pas de CHED (SPSCertificate)"


def _unrecognised(body: bytes, start: bytes) -> UnreadableMessage | UnknownFormat:
    if not start:
        return UnreadableMessage("Message vide", f"Le message ne contient rien. {_ACCEPTED}")
    for signature, name in _FILES.items():
        if start.startswith(signature):
            return _unknown(f"Le fichier est {name}, non un message")
    if start.startswith(b"["):
        return _unknown(f"Le message est une liste JSON{NBSP}; envoyez un seul événement à la fois")
    if start.startswith(b"UNH"):
        return UnreadableMessage("EDIFACT illisible", "Le message EDIFACT n’a pas son segment d’en-tête UNB.")
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        return UnreadableMessage("Message illisible", f"Le message n’est pas du texte. {_ACCEPTED}")
    return _unknown("Le format du message n’a pas été reconnu")


def _unknown(reason: str) -> UnknownFormat:
    return UnknownFormat("Format inconnu", f"{reason}. {_ACCEPTED}")
