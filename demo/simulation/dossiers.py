"""The prior notification of one consignment, drawn at random: the first CHED of its life."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from demo.commands.companies import eori, traces_number
from demo.simulation import numbers
from demo.simulation.goods import KINDS, PRODUCT_TYPES, Kind
from demo.simulation.scenarios import EXPORTERS, FORWARDER, REPRESENTED, Importer, Place
from models.border.passage.content import (
    Ched,
    Container,
    Goods,
    Package,
    Party,
    Quantity,
    ReferencedDocument,
    Transport,
)
from models.border.passage.vocabulary import ChedType

LATE = 0.05
"""Share of notifications made 4 to 8 hours before arrival instead of one working day (regulation.md)."""
_CERTIFICATE = {
    ChedType.PLANTS: ("851", "Phytosanitary certificate", "PHY"),
    ChedType.ANIMAL_PRODUCTS: ("853", "Veterinary certificate", "VET"),
    ChedType.ANIMALS: ("853", "Veterinary certificate", "VET"),
    ChedType.FEED_AND_FOOD: ("001", "Certificate of analysis", "ANA"),
}


def kinds_of(importer: Importer, place: Place) -> list[Kind]:
    """What this company brings in there; empty when it never does."""
    families = set(importer.families) & set(place.families)
    return [kind for kind in KINDS if kind.family in families]


def lead(place: Place, dice: Random) -> timedelta:
    """How long before arrival a consignment is notified."""
    if dice.random() < LATE:
        return timedelta(minutes=dice.randrange(240, 480))
    days = dice.uniform(1.1, 2) if place.by_air else dice.uniform(1.5, 4.5)
    return timedelta(minutes=round(days * 1440))


def notification(
    importer: Importer,
    place: Place,
    at: datetime,
    arrival: datetime,
    carrier: str,
    dice: Random,
    *,
    taken: Collection[str] = (),
    kind: Kind | None = None,
    lots: int = 0,
) -> Ched:
    """A CHED as submitted at `at`, for goods expected at `arrival` by the vessel or flight `carrier`.

    The same dice draw the same goods, whatever the times. Its reference is none of those that are `taken`; `kind` and
    `lots` (containers, or lots by air) are drawn unless they are given.
    """
    kind = kind or dice.choice(kinds_of(importer, place))
    origin = dice.choice(kind.origins)
    lots = lots or _lots(kind, place, dice)
    line = _goods(kind, origin, lots, dice)
    return Ched(
        reference=numbers.ched(kind.ched_type, at, dice, taken),
        ched_type=kind.ched_type,
        status="1",
        issued_at=at,
        post_code=place.code,
        post_name=place.name,
        submitted_at=at,
        arrival_expected_at=arrival,
        local_reference=numbers.local(importer.name, at, dice),
        purpose="INTERNAL_MARKET",
        origin_country=origin,
        export_country=origin,
        net_weight=line.net_weight,
        gross_weight=line.gross_weight,
        quantity=line.quantity,
        packages=line.packages,
        parties=_parties(importer, origin),
        goods=(line,),
        containers=tuple(_container(dice) for _ in range(lots)) if not place.by_air else (),
        transports=(Transport("air" if place.by_air else "sea", carrier),),
        documents=_papers(kind, place, origin, at, dice),
    )


def _lots(kind: Kind, place: Place, dice: Random) -> int:
    if place.by_air or kind.family == "plants":
        return 1
    return dice.choices((1, 2, 3), (70, 22, 8))[0]


def _goods(kind: Kind, origin: str, lots: int, dice: Random) -> Goods:
    count = max(1, round(kind.packages * lots * dice.uniform(0.55, 1)))
    net = (Decimal(str(kind.weight)) * count).quantize(Decimal("0.1"))
    return Goods(
        sequence=1,
        description=kind.label,
        scientific_name=kind.scientific,
        cn_code=kind.cn_code,
        cn_label=kind.label,
        eppo_code=kind.eppo,
        product_type=PRODUCT_TYPES[kind.ched_type],
        origin_country=origin,
        net_weight=net,
        gross_weight=(net * Decimal("1.06")).quantize(Decimal("0.1")),
        quantity=Quantity(Decimal(kind.heads * count), "H87") if kind.heads else None,
        packages=(Package(*kind.package, count),),
    )


def _container(dice: Random) -> Container:
    return Container(numbers.container(dice), (numbers.seal(dice),))


def _parties(importer: Importer, origin: str) -> tuple[Party, ...]:
    name, city = EXPORTERS[origin]
    where = {"country": "FR", "city": importer.city, "postcode": importer.postcode}
    buyer = ("importer", eori(importer.siren), "eori")
    receiver = ("consignee", traces_number(importer.siren), "operator_activity_id")
    named = [
        Party(role, importer.name, **where, identifier=number, identifier_scheme=scheme)
        for role, number, scheme in (receiver, buyer)
    ]
    agent = FORWARDER if importer.siren in REPRESENTED else importer
    presenter = Party(
        "responsible",
        agent.name,
        "FR",
        agent.city,
        agent.postcode,
        identifier=traces_number(agent.siren),
        identifier_scheme="operator_activity_id",
    )
    return (Party("consignor", name, origin, city), *named, presenter)


def _papers(
    kind: Kind, place: Place, origin: str, at: datetime, dice: Random
) -> tuple[ReferencedDocument, ...]:
    issued = (at - timedelta(days=dice.randrange(2, 12))).date()
    code, name, prefix = _CERTIFICATE[kind.ched_type]
    carriage = ("740", "Air waybill", "057") if place.by_air else ("705", "Bill of lading", "BL")
    listed = ((code, name, f"{prefix}{origin}"), ("380", "Commercial invoice", "INV"), carriage)
    return tuple(
        ReferencedDocument(number, label, numbers.paper(start, dice), issued, origin)
        for number, label, start in listed
    )
