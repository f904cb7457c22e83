"""What the calculator must know of consignments, read from the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.border.passage.keys import canonical
from models.border.passage.rules import Passage
from models.border.passage.vocabulary import StepKind
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.scheduling.appointments.queries.needs import Busy, Inspected, named
from models.scheduling.appointments.queries.places import taken
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.offers import offer_stamped
from models.scheduling.capacity.vocabulary import GOODS_OF, SERVICE_OF, Control, Goods
from models.scheduling.slots.asked import Case, Need

__all__ = ["MOST", "Wanted", "taken", "together", "wanted"]
MOST = 20
"""Consignments in one appointment."""
_GONE = Refusal("Cet envoi n’existe pas ou n’est pas de votre ressort.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be inspected: the consignments, their post's offer, and what the calculator is asked."""

    consignments: tuple[Inspected, ...]
    post_code: str
    siren: str
    offer: Offer | None
    need: Need
    busy: Busy = frozenset()
    """What was taken of the bays when it was asked: these are not tried first."""

    @property
    def ids(self) -> tuple[int, ...]:
        """Of the consignments."""
        return tuple(consignment.key for consignment in self.consignments)

    @property
    def overdue(self) -> bool:
        """Whether places are to be given back first."""
        return self.consignments[0].overdue


def wanted(
    db: DbSession,
    viewer: Viewer,
    references: Sequence[str],
    control: Control,
    *,
    cold: bool = False,
    apart_from: int | None = None,
    at: datetime | None = None,
) -> Wanted | Refusal:
    """The consignments of these references as this person sees them, and what their control needs.

    They go to one bay: one company, one post, one service. `apart_from`: an appointment that does not count as
    a booking of theirs, because it is the one that is moved. `at`: when a place is about to be taken.
    """
    asked = list(dict.fromkeys(map(canonical, references)))[: MOST + 1]
    if not asked:
        return Refusal("Choisissez au moins un envoi.")
    if len(asked) > MOST:
        return Refusal(f"Un rendez-vous porte au plus sur {MOST} envois.")
    consignments, busy = named(db, viewer, asked, at)
    if len(consignments) < len(asked):
        return _GONE
    in_order = [consignments[reference] for reference in asked]
    need = together(db, in_order, control, cold=cold, apart_from=apart_from)
    return need if isinstance(need, Refusal) else replace(need, busy=busy)


def together(
    db: DbSession,
    consignments: Sequence[Inspected],
    control: Control,
    *,
    cold: bool = False,
    apart_from: int | None = None,
    containers: int | None = None,
) -> Wanted | Refusal:
    """The same for consignments that were found already; `containers`: how many, where it is known better."""
    first = consignments[0]
    if first.siren is None:
        return Refusal(
            "Cet envoi n’est rattaché à aucune entreprise\u00a0: le poste doit d’abord l’y rattacher."
        )
    services = {SERVICE_OF[consignment.ched_type] for consignment in consignments}
    if {(consignment.siren, consignment.post_code) for consignment in consignments} != {
        (first.siren, first.post_code)
    }:
        return Refusal("Ces envois ne vont pas ensemble\u00a0: choisissez des envois du même poste.")
    if len(services) > 1:
        return Refusal(
            "Ces envois ne vont pas ensemble\u00a0: ils sont contrôlés par des services différents."
        )
    goods = {GOODS_OF[consignment.ched_type] for consignment in consignments} | (
        {Goods.COLD} if cold else set()
    )
    loaded = (
        containers
        if containers is not None
        else max(sum(consignment.containers for consignment in consignments), 1)
    )
    cases = tuple(_case(consignment, apart_from) for consignment in consignments)
    return Wanted(
        tuple(consignments),
        first.post_code,
        first.siren,
        offer_stamped(db, first.post_code, first.offer),
        Need(control, services.pop(), frozenset(goods), loaded, cases),
    )


def _case(consignment: Inspected, apart_from: int | None) -> Case:
    passage = Passage(consignment.ched_status, consignment.steps)
    notified, arrival = passage.step(StepKind.NOTIFICATION), passage.step(StepKind.ARRIVAL)
    booked = {step for step, appointment_id in consignment.booked.items() if appointment_id != apart_from}
    return Case(
        consignment.reference,
        passage,
        notified.ended_at or consignment.ched_issued_at,
        arrival.ended_at or arrival.started_at or arrival.planned_at,
        consignment.wood,
        frozenset(booked),
    )
