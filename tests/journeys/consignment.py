"""One consignment of the demonstration importer at Le Havre, told by messages, for the journeys."""

import itertools
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from demo.writers.contents import write_ched, write_event
from models.border.passage.content import Ched, Container, Goods, Package, Party, StepEvent
from models.border.passage.vocabulary import ChedType, StepKind, StepStatus
from models.kernel import clock
from tests.support.sending import send
from tests.support.served import ServedApp

OWNER = "912345675"
_numbers = itertools.count(9_000_001)


def new_ched(title_cn: str = "08044000", siren: str = OWNER) -> Ched:
    """A CHED-PP just notified, unlike any other of this session."""
    now = clock.now().replace(microsecond=0)
    return Ched(
        reference=f"CHEDPP.FR.2026.{next(_numbers):07}",
        ched_type=ChedType.PLANTS,
        status="1",
        issued_at=now - timedelta(hours=30),
        submitted_at=now - timedelta(hours=30),
        post_code="FRLEH1",
        origin_country="PE",
        export_country="PE",
        purpose="INTERNAL_MARKET",
        net_weight=Decimal(21600),
        packages=(Package("PX", "Pallet", 20),),
        parties=(
            Party("consignor", "Agroandina", "PE", "Lima"),
            Party("consignee", "Importateur", "FR", "Le Havre", identifier=siren),
        ),
        goods=(
            Goods(
                1,
                scientific_name="Persea americana",
                cn_code=title_cn,
                eppo_code="PEBAM",
                origin_country="PE",
                net_weight=Decimal(21600),
                packages=(Package("PX", "Pallet", 20),),
            ),
        ),
        containers=(Container("CSQU3054383", ("4471902",)),),
    )


def notify(served: ServedApp, ched: Ched) -> str:
    """Send the CHED; its reference."""
    assert send(served, write_ched(ched))["consignments"] == [ched.reference]
    return ched.reference


def tell(served: ServedApp, reference: str, step: StepKind, status: StepStatus) -> None:
    """A partner tells one step, as happening now."""
    event = StepEvent(reference, step, status, clock.now().replace(microsecond=0))
    send(served, write_event(event))


def validated(ched: Ched) -> Ched:
    """The same CHED, validated now."""
    return replace(ched, status="70", issued_at=clock.now().replace(microsecond=0))
