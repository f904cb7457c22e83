"""A CHED into tables: the consignment itself, and what it is made of."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import delete
from sqlmodel import col

from models.border.consignments.amounts import measure, said_packages
from models.border.consignments.post_recognition import recognise
from models.border.consignments.queries import keys_written
from models.border.consignments.tables import (
    CitedDocument,
    Consignment,
    ConsignmentKey,
    ConsignmentParty,
    Container,
    GoodsLine,
    TransportMeans,
)
from models.border.consignments.terms import rewrite_terms, terms_of, write_terms
from models.border.passage.content import Ched, Party
from models.border.passage.facts import CHED_RANK
from models.border.passage.fold import is_ahead
from models.border.passage.goods_names import title
from models.border.passage.keys import KeyKind, distinct
from models.border.passage.vocabulary import StepStatus
from models.identity.companies.queries import sirens_of
from models.journal.record import record_at_once
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.rows import insert_rows

OWNERS = ("importer", "consignee", "delivery")
"""Whose consignment it is: the first of these that names a company we know (SES-04)."""

_PARTS = (GoodsLine, Container, TransportMeans, ConsignmentParty, CitedDocument)


def is_late(consignment: Consignment, ched: Ched) -> bool:
    """Whether we already have a CHED that is further on, or as far and more recent.

    One that we took when a date to come was no reason to refuse it is more recent than none.
    """
    issued_at = consignment.ched_issued_at
    if is_ahead(StepStatus.DONE, issued_at, clock.now()):
        issued_at = datetime.min.replace(tzinfo=UTC)
    version = (CHED_RANK.get(consignment.ched_status, 2), issued_at)
    return (CHED_RANK.get(ched.status, 2), ched.issued_at) < version


def open_consignment(ched: Ched) -> Consignment:
    """A new consignment, not written yet; the caller describes and settles it."""
    return Consignment(
        reference=ched.reference,
        ched_type=ched.ched_type,
        post_code=ched.post_code,
        title="",
        ched_status=ched.status,
        ched_issued_at=ched.issued_at,
        state="",
        urgency=0,
        step="",
        actor="",
        action="",
        opened_at=clock.now(),
        changed_at=clock.now(),
    )


def describe(db: DbSession, consignment: Consignment, ched: Ched) -> Mapping[str, str]:
    """Take over what the newest CHED says; what it leaves out of our own findings (MRN, owner) stays.

    Returns the companies that its parties name, by identifier.
    """
    sirens = sirens_of(db, [party.identifier for party in ched.parties])
    consignment.siren = owner_among(ched.parties, sirens) or consignment.siren
    post = recognise(db, ched)
    if post.unknown and (consignment.id is None or consignment.post_code != post.code):
        record_at_once(db, "post.unknown", post_code=post.code)
    consignment.post_code, consignment.post_named = post.code, post.named
    consignment.origin_country = ched.origin_country or _first_origin(ched)
    consignment.title = title(ched.goods, consignment.origin_country)
    consignment.purpose = ched.purpose
    measure(consignment, ched)
    consignment.mrn = ched.mrn or consignment.mrn
    consignment.local_reference = ched.local_reference or consignment.local_reference
    consignment.ched_status, consignment.ched_issued_at = ched.status, ched.issued_at
    consignment.replaced_by = ched.replaced_by
    return sirens


def replace_parts(db: DbSession, consignment: Consignment, ched: Ched, sirens: Mapping[str, str]) -> None:
    """Write again what the consignment is made of, when that changed."""
    digest = parts_digest(ched)
    if consignment.parts_digest == digest:  # most CHEDs of a life differ by their checks only
        return
    consignment.parts_digest = digest
    for table in _PARTS:
        db.exec(delete(table).where(col(table.consignment_id) == consignment.key))
    write_parts(db, consignment, ched, sirens)
    rewrite_terms(db, consignment, terms_of(consignment.title, ched))


def keys_of(ched: Ched) -> list[tuple[KeyKind, str]]:
    """Every reference by which this CHED's consignment can be found."""
    return distinct(
        [
            (KeyKind.CHED, ched.reference),
            (KeyKind.MRN, ched.mrn),
            (KeyKind.LOCAL, ched.local_reference),
            *((KeyKind.CONTAINER, container.number) for container in ched.containers),
            *((KeyKind.TRANSPORT, transport.identifier) for transport in ched.transports),
        ]
    )


def learn_keys(
    db: DbSession, consignment: Consignment, pairs: Sequence[tuple[KeyKind, str]]
) -> list[tuple[KeyKind, str]]:
    """Add the keys that are new to the consignment, and return them."""
    known = set(keys_written(db, consignment.key))
    new = [pair for pair in pairs if pair not in known]
    write_keys(db, consignment, new)
    return new


def write_keys(
    db: DbSession,
    consignment: Consignment,
    pairs: Sequence[tuple[KeyKind, str]],
    words: Sequence[str] = (),
) -> None:
    """Write keys that the consignment is known not to have, and words by which people find it."""
    number = consignment.key
    rows = [{"consignment_id": number, "kind": k, "value": v, "reversed": v[::-1]} for k, v in pairs]
    insert_rows(db, ConsignmentKey, rows)
    write_terms(db, consignment, [*(value for _, value in pairs), *words])


def _first_origin(ched: Ched) -> str:
    return next((line.origin_country for line in ched.goods if line.origin_country), ched.export_country)


def owner_among(parties: Iterable[Party | ConsignmentParty], sirens: Mapping[str, str]) -> str | None:
    """The SIREN of whoever the consignment belongs to, among its parties; None when no one is known."""
    known = list(parties)
    for role in OWNERS:
        for party in known:
            if party.role == role and party.identifier in sirens:
                return sirens[party.identifier]
    return None


def parts_digest(ched: Ched) -> str:
    """What tells whether goods, transport, parties or papers changed."""
    parts = (ched.origin_country, ched.goods, ched.containers, ched.transports, ched.parties, ched.documents)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def write_parts(db: DbSession, consignment: Consignment, ched: Ched, sirens: Mapping[str, str]) -> None:
    """Write what a consignment is made of, where nothing is written of it yet."""
    number = consignment.key
    goods = [
        {
            "consignment_id": number,
            "sequence": line.sequence,
            "description": line.description,
            "scientific_name": line.scientific_name,
            "cn_code": line.cn_code,
            "cn_label": line.cn_label,
            "eppo_code": line.eppo_code,
            "product_type": line.product_type,
            "origin_country": line.origin_country,
            "net_weight": line.net_weight,
            "gross_weight": line.gross_weight,
            "quantity": line.quantity.value if line.quantity else None,
            "quantity_unit": line.quantity.unit if line.quantity else "",
            "packages": said_packages(line.packages),
        }
        for line in ched.goods
    ]
    boxes = [
        {"consignment_id": number, "number": box.number, "seals": ", ".join(box.seals)}
        for box in ched.containers
    ]
    means = [
        {
            "consignment_id": number,
            "mode": transport.mode,
            "identifier": transport.identifier,
            "name": transport.name,
        }
        for transport in ched.transports
    ]
    parties = [
        {
            "consignment_id": number,
            "role": party.role,
            "name": party.name,
            "city": party.city,
            "country": party.country,
            "identifier": party.identifier,
            "siren": sirens.get(party.identifier),
        }
        for party in ched.parties
    ]
    papers = [
        {
            "consignment_id": number,
            "type_code": paper.type_code,
            "type_name": paper.type_name,
            "reference": paper.reference,
            "issued_on": paper.issued_on,
            "country": paper.country,
        }
        for paper in ched.documents
    ]
    insert_rows(db, GoodsLine, goods)
    insert_rows(db, Container, boxes)
    insert_rows(db, TransportMeans, means)
    insert_rows(db, ConsignmentParty, parties)
    insert_rows(db, CitedDocument, papers)
