"""TRACES SPSCertificate to Ched: the notification step of the passage and what hangs on it (SES-02)."""

from datetime import datetime

from models.border.messages.formats.ched.decision import read_authentications
from models.border.messages.formats.ched.documents import read_documents
from models.border.messages.formats.ched.goods import read_goods
from models.border.messages.formats.ched.parties import read_parties
from models.border.messages.formats.ched.transport import read_containers, read_transports
from models.border.messages.formats.parts.elements import Element, attribute, text_of
from models.border.messages.formats.parts.findings import Findings, quote
from models.border.messages.formats.parts.identifiers import ched_type
from models.border.messages.formats.parts.moments import moment
from models.border.messages.formats.parts.posts import read_post
from models.border.passage.content import Ched

KNOWN_STATUSES = frozenset(
    ("1", "35", "41", "42", "44", "47", "55", "64", "70", "97", "99", "122", "124", "146")
)
_ARRIVALS = (
    "SPSConsignment/AvailabilityDueDateTime",
    "SPSConsignment/ArrivalSPSEvent/OccurrenceDateTime",
    "SPSConsignment/UnloadingSPSEvent/OccurrenceDateTime",
    "SPSConsignment/MainCarriageSPSTransportMovement/ArrivalSPSEvent/OccurrenceDateTime",
)


def read_ched(certificate: Element) -> tuple[Ched, tuple[str, ...]]:
    """The Ched that an SPSCertificate element carries, and French warnings (SES-02, SES-40).

    Weights are kilograms, times UTC. Raises IncompleteMessage, naming every field at fault, when the
    reference, the status, the issue time or the post is missing, or when any value is impossible.
    """
    findings = Findings("Le CHED")
    reference = _reference(certificate, findings)
    kind = ched_type(reference)
    status = _status(certificate, findings)
    issued_at = _issued_at(certificate, findings)
    post = read_post(certificate)
    if not post.codes:
        findings.missing("poste frontalier")
    goods = read_goods(certificate, findings)
    documents = read_documents(certificate, reference, findings)
    official = read_authentications(certificate, findings)
    consignment = certificate.find("SPSConsignment")
    arrival = _arrival(certificate, findings)
    parties = read_parties(certificate)
    transports = read_transports(certificate, findings)
    containers = read_containers(certificate, findings)
    if findings.at_fault or kind is None or issued_at is None:
        raise findings.refusal()
    ched = Ched(
        reference=reference,
        ched_type=kind,
        status=status,
        issued_at=issued_at,
        post_code=post.codes[0],
        post_name=post.name,
        post_town=post.town,
        post_others=post.codes[1:],
        submitted_at=official.submitted_at,
        arrival_expected_at=arrival,
        local_reference=documents.local_reference,
        mrn=documents.mrn,
        purpose=official.purpose,
        origin_country=text_of(consignment, "OriginSPSCountry/ID") or goods.common_origin,
        export_country=text_of(consignment, "ExportSPSCountry/ID"),
        net_weight=goods.net_weight,
        gross_weight=goods.gross_weight,
        quantity=goods.quantity,
        packages=goods.packages,
        parties=parties,
        goods=goods.lines,
        containers=containers,
        transports=transports,
        documents=documents.documents,
        checks=official.checks,
        decision=official.decision,
        replaced_by=documents.replaced_by,
    )
    return ched, findings.warnings


def _reference(certificate: Element, findings: Findings) -> str:
    reference = text_of(certificate, "SPSExchangedDocument/ID").upper()
    if not reference:
        findings.missing("référence du CHED")
    elif ched_type(reference) is None:
        findings.impossible("référence du CHED", reference)
    return reference


def _status(certificate: Element, findings: Findings) -> str:
    element = certificate.find("SPSExchangedDocument/StatusCode")
    status = text_of(element)
    if not status:
        findings.missing("statut")
    elif status not in KNOWN_STATUSES:
        label = attribute(element, "name")
        findings.warn(
            f"Statut de CHED inconnu, conservé tel quel\u00a0: {quote(f'{status} {label}'.strip())}."
        )
    return status


def _issued_at(certificate: Element, findings: Findings) -> datetime | None:
    element = certificate.find("SPSExchangedDocument/IssueDateTime")
    issued_at = moment(element, "date d’émission", findings)
    if issued_at is None:
        findings.missing("date d’émission")
    return issued_at


def _arrival(certificate: Element, findings: Findings) -> datetime | None:
    """The expected arrival, where one is given: TRACES does not always give it."""
    for path in _ARRIVALS:
        arrival = moment(certificate.find(path), "arrivée prévue", findings)
        if arrival is not None:
            return arrival
    return None
