"""A consignment as the partner API tells it: each code as received, beside its French words."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from pydantic import BaseModel

from models.border.consignments.tables import Consignment, GoodsLine, StepFact
from models.border.follow_up.queries.listing import Detail
from models.border.passage.code_lists import CHED_STATUSES, MEASURES, decision, reasons
from models.border.passage.fold import StepNow
from models.border.passage.step_words import reason_words
from models.border.passage.steps import USUAL_AUTHORITY
from models.border.passage.units import amount
from models.border.passage.vocabulary import StepKind, StepStatus
from models.border.passage.words import ACTIONS, AUTHORITIES, RESULTS, STATUSES, STEPS, state_words
from models.kernel.countries import country
from models.kernel.french import iso
from models.scheduling.appointments.tables import Appointment
from models.scheduling.slots.words import STATUSES as APPOINTMENT_STATUSES


class Short(BaseModel):
    """Un envoi dans une liste."""

    reference: str
    siren: str
    post: str
    state: str
    state_label: str
    step: str
    step_label: str
    action: str
    action_label: str
    ched_type: str
    title: str
    changed_at: str
    steps: list["StepTold"]


class Consignments(BaseModel):
    """Une page de la liste."""

    consignments: list[Short]
    next: str | None


class StepTold(BaseModel):
    """Une étape du passage, dans l’ordre où elles se suivent."""

    step: str
    step_label: str
    status: str
    status_label: str
    planned_at: str | None
    started_at: str | None
    ended_at: str | None
    authority: str
    authority_label: str
    result: str
    result_label: str
    reason: str
    """Code reçu : pourquoi l’étape n’est pas faite ou va mal, comment elle a été faite, ce qu’elle attend."""
    reason_label: str
    detail: str
    """Ce qui en a été dit en toutes lettres."""


class DecisionTold(BaseModel):
    """La décision du poste sur le DSCE."""

    decision: str
    decision_label: str
    measure: str
    measure_label: str
    measure_due_on: str | None
    reasons: list[str]
    reasons_label: str
    decided_at: str | None


class GoodsTold(BaseModel):
    """Une ligne de marchandise. Les poids sont des textes, en kilogrammes."""

    sequence: int
    description: str
    scientific_name: str
    cn_code: str
    origin_country: str
    origin_country_label: str
    net_weight: str | None
    gross_weight: str | None
    quantity: str | None
    quantity_unit: str
    """Recommandation 20 de la CEE-ONU."""
    quantity_label: str
    packages: str


class EventTold(BaseModel):
    """Ce qu’un partenaire ou le poste a dit d’une étape."""

    step: str
    step_label: str
    status: str
    status_label: str
    at: str
    authority: str
    authority_label: str
    result: str
    result_label: str
    reason: str
    reason_label: str
    detail: str
    undone: bool
    """Enregistré par erreur et annulé, ou ce qui l’annule : ne compte pas."""


class AppointmentTold(BaseModel):
    """Un rendez-vous de l’envoi."""

    reference: str
    status: str
    status_label: str
    control: str
    starts_at: str
    ends_at: str


class Whole(Short):
    """Un envoi, en entier."""

    ched_status: str
    ched_status_label: str
    mrn: str
    origin_country: str
    origin_country_label: str
    net_weight: str | None
    gross_weight: str | None
    quantity: str | None
    quantity_unit: str
    quantity_label: str
    packages: str
    containers: list[str]
    decisions: list[DecisionTold]
    goods: list[GoodsTold]
    events: list[EventTold]
    appointments: list[AppointmentTold]


def short(consignment: Consignment, steps: Mapping[str, StepNow]) -> Short:
    """What a list tells of it."""
    return Short(
        reference=consignment.reference,
        siren=consignment.siren or "",
        post=consignment.post_code,
        state=consignment.state,
        state_label=state_words(consignment.state, consignment.action),
        step=consignment.step,
        step_label=STEPS[StepKind(consignment.step)],
        action=consignment.action,
        action_label=ACTIONS[consignment.action].short if consignment.action in ACTIONS else "",
        ched_type=consignment.ched_type,
        title=consignment.title,
        changed_at=iso(consignment.changed_at),
        steps=steps_told(steps),
    )


def whole(detail: Detail, booked: Sequence[Appointment]) -> Whole:
    """All that is told of it."""
    consignment = detail.consignment
    undone = {fact.undoes for fact in detail.facts}
    return Whole(
        **short(consignment, detail.listed.steps).model_dump(),
        ched_status=consignment.ched_status,
        ched_status_label=CHED_STATUSES.get(consignment.ched_status, ""),
        mrn=consignment.mrn,
        origin_country=consignment.origin_country,
        origin_country_label=country(consignment.origin_country),
        net_weight=_plain(consignment.net_weight),
        gross_weight=_plain(consignment.gross_weight),
        quantity=_plain(consignment.quantity),
        quantity_unit=consignment.quantity_unit,
        quantity_label=amount(consignment.quantity, consignment.quantity_unit, consignment.ched_type),
        packages=consignment.packages,
        containers=[container.number for container in detail.containers],
        decisions=_decisions(detail),
        goods=[_goods(goods, consignment.ched_type) for goods in detail.goods],
        events=[_event(fact, undone) for fact in detail.facts],
        appointments=[_appointment(appointment) for appointment in booked],
    )


def steps_told(known: Mapping[str, StepNow]) -> list[StepTold]:
    """The steps that something was said of, in the order of the passage."""
    return [
        StepTold(
            step=kind,
            step_label=STEPS[kind],
            status=now.status,
            status_label=STATUSES[now.status],
            planned_at=iso(now.planned_at) or None,
            started_at=iso(now.started_at) or None,
            ended_at=iso(now.ended_at) or None,
            authority=now.authority or USUAL_AUTHORITY[kind],
            authority_label=AUTHORITIES[now.authority or USUAL_AUTHORITY[kind]],
            result=now.result,
            result_label=_result(kind, now.result),
            reason=now.reason,
            reason_label=reason_words(kind, now.status, now.reason),
            detail=now.detail,
        )
        for kind in StepKind
        if (now := known.get(kind)) is not None
    ]


def _decisions(detail: Detail) -> list[DecisionTold]:
    consignment, step = detail.consignment, detail.listed.steps.get(StepKind.DECISION)
    if step is None or not step.ended:
        return []
    conclusion = "ACCEPTABLE" if step.status == StepStatus.SATISFACTORY else "NOT_ACCEPTABLE"
    code = consignment.decision or step.result
    return [
        DecisionTold(
            decision=code,
            decision_label=decision(code or conclusion),
            measure=consignment.measure,
            measure_label=MEASURES.get(consignment.measure, ""),
            measure_due_on=step.due_on.isoformat() if step.due_on else None,
            reasons=consignment.refusal_reasons.split(),
            reasons_label=reasons(consignment.refusal_reasons),
            decided_at=iso(step.ended_at) or None,
        )
    ]


def _goods(line: GoodsLine, ched_type: str) -> GoodsTold:
    return GoodsTold(
        sequence=line.sequence,
        description=line.description,
        scientific_name=line.scientific_name,
        cn_code=line.cn_code,
        origin_country=line.origin_country,
        origin_country_label=country(line.origin_country),
        net_weight=_plain(line.net_weight),
        gross_weight=_plain(line.gross_weight),
        quantity=_plain(line.quantity),
        quantity_unit=line.quantity_unit,
        quantity_label=amount(line.quantity, line.quantity_unit, ched_type),
        packages=line.packages,
    )


def _event(fact: StepFact, undone: Collection[int | None]) -> EventTold:
    return EventTold(
        step=fact.step,
        step_label=STEPS[StepKind(fact.step)],
        status=fact.status,
        status_label=STATUSES[fact.status],
        at=iso(fact.at),
        authority=fact.authority,
        authority_label=AUTHORITIES.get(fact.authority, ""),
        result=fact.result,
        result_label=_result(fact.step, fact.result),
        reason=fact.reason,
        reason_label=reason_words(fact.step, fact.status, fact.reason),
        detail=fact.detail,
        undone=fact.undoes is not None or fact.id in undone,
    )


def _plain(value: Decimal | None) -> str | None:
    """`4500.5`: without exponent, nor zeros that say nothing."""
    return None if value is None else format(value.normalize(), "f")


def _result(step: str, code: str) -> str:
    if not code:
        return ""
    return decision(code) if step == StepKind.DECISION else RESULTS.get(code, "")


def _appointment(appointment: Appointment) -> AppointmentTold:
    return AppointmentTold(
        reference=appointment.reference,
        status=appointment.status,
        status_label=APPOINTMENT_STATUSES[appointment.status],
        control=appointment.control,
        starts_at=iso(appointment.starts_at),
        ends_at=iso(appointment.ends_at),
    )
