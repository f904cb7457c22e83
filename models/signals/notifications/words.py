"""What is told of a fact, in French, and where it leads; made when it is read or leaves, of codes (SES-50)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from models.border.passage.code_lists import UNDO_REASONS, reasons, refusal
from models.border.passage.vocabulary import StepKind, StepStatus
from models.border.passage.words import ACTIONS, STATUSES, STEPS, failure
from models.identity.access.subjects import Title, page_of
from models.kernel.authorities import Authority
from models.kernel.french import day, hour, local, lower_first, typeset
from models.kernel.subject import Subject
from models.scheduling.slots.words import REASONS, spoken
from models.signals.notifications.kinds import KINDS, NoticeKind, Side
from models.signals.services.vocabulary import Service
from models.signals.services.words import told

Details = Mapping[str, Any]

_APPOINTMENTS: Mapping[str, str] = {
    "appointment.requested": "Le rendez-vous {ref} du {at} est demandé. Répondez à l’opérateur.",
    "appointment.confirmed": "Le rendez-vous {ref} du {at} est confirmé.",
    "appointment.refused": "Le rendez-vous {ref} du {at} est refusé.",
    "appointment.declined": "L’horaire proposé pour le rendez-vous {ref}, {other}, est décliné. Il reste prévu le {at}.",
    "appointment.proposed": "Un autre horaire est proposé pour le rendez-vous {ref}\u00a0: {other}. Acceptez-le ou déclinez-le.",
    "appointment.offered": "Une place plus tôt s’est libérée\u00a0: {other}. Acceptez-la avant qu’elle soit proposée à un autre.",
    "appointment.offer_lapsed": "La place proposée, {other}, n’est plus gardée. Le rendez-vous {ref} reste prévu le {at}.",
    "appointment.moved": "Le rendez-vous {ref} est déplacé au {at}.",
    "appointment.cancelled": "Le rendez-vous {ref} du {at} est annulé.",
    "appointment.not_presented": "La marchandise n’a pas été présentée au rendez-vous {ref} du {at}. Prenez un autre rendez-vous.",
    "appointment.turned_away": "Le contrôle prévu au rendez-vous {ref} du {at} n’a pas pu se faire.",
}
_PLAIN: Mapping[str, str] = {StepStatus.DONE: "c’est fait", StepStatus.PLANNED: "c’est prévu"}
"""Words that agree with the name of any step."""
_OTHER_BAY = "Le rendez-vous {ref} change de quai. Il reste prévu le {at}."


@dataclass(frozen=True, slots=True)
class Words:
    """What is told."""

    title: str
    """`Action requise`"""
    sentence: str
    href: str
    """A page of ours, which asks its own policy again."""


def words(kind: str, side: str, details: Details, subject: Subject, title: Title | None) -> Words:
    """What is told of a fact of that kind, with these codes, about that subject, which may have a title."""
    return Words(
        KINDS[kind].label,
        typeset(_sentence(kind, details)),
        _href(kind, side, details, page_of(subject, title)),
    )


def _sentence(kind: str, details: Details) -> str:
    if KINDS[kind].sentence:
        return KINDS[kind].sentence
    entry = details.get("entry", "")
    if kind == NoticeKind.SERVICE_ALERT:
        started_at = datetime.fromisoformat(details["since"])
        ended = entry == "service_alert.ended"
        return told(details["service"], details.get("mode", ""), started_at, ended=ended)
    if entry in _APPOINTMENTS:
        return _of_appointment(entry, details)
    if entry == "consignment.tied":
        return "Cet envoi est rattaché à votre entreprise."
    return _passage(kind, details)


def _passage(kind: str, details: Details) -> str:
    """What happened, what went badly first, then what must be done by whom reads it."""
    sentences = [_undone(details)] if "undone" in details else _happened(details.get("facts", ()))
    if kind == NoticeKind.ENTRY_REFUSED:
        return " ".join([*sentences, "Proposez au poste une date pour exécuter la mesure."])
    owed = details.get("owed_by") == Authority.OPERATOR and details.get("action") in ACTIONS
    if owed or kind in (NoticeKind.RELEASED, NoticeKind.BLOCKED):
        sentences.append(f"{ACTIONS[details['action']].title}.")
    if not sentences:
        sentences.append(f"Étape en cours\u00a0: {lower_first(STEPS[details['step']])}.")
    return " ".join(sentences)


def _happened(facts: Sequence[Details]) -> list[str]:
    """Each fact in a sentence; beside bad news, what is only planned is not worth a word."""
    bad = [fact for fact in facts if fact["status"] == StepStatus.UNSATISFACTORY]
    rest = [fact for fact in facts if fact not in bad and not (bad and fact["status"] == StepStatus.PLANNED)]
    order = list(StepKind)
    worst_first = sorted(bad, key=lambda fact: -order.index(fact["step"]))
    return [_failed(fact_said) for fact_said in worst_first] + [f"{_fact(fact_said)}." for fact_said in rest]


def _fact(fact: Details) -> str:
    status = _PLAIN.get(fact["status"], lower_first(STATUSES[fact["status"]]))
    return f"{STEPS[fact['step']]}\u00a0: {status}"


def _failed(fact: Details) -> str:
    """What went badly, why and, of a refusal, what must be done with the goods by when."""
    why = fact.get("reason", "")
    if fact["step"] == StepKind.DECISION:
        due = date.fromisoformat(fact["due_on"]) if fact.get("due_on") else None
        told_ = refusal(why, fact.get("measure", ""), due)
        return f"{failure(fact['step'])}. {told_} Voies de recours sur la page de l’envoi."
    return f"{failure(fact['step'])}." + (f" Motif\u00a0: {reasons(why)}." if why else "")


def _undone(details: Details) -> str:
    undone = details["undone"]
    bad = undone["status"] == StepStatus.UNSATISFACTORY
    what = failure(undone["step"]) if bad else _fact(undone)
    why = UNDO_REASONS.get(details.get("reason", ""), UNDO_REASONS["OTHER"])
    return f"Le poste annule ce qu’il avait enregistré\u00a0: {lower_first(what)}. Motif\u00a0: {why}."


def _of_appointment(entry: str, details: Details) -> str:
    """What became of it, for when, and why: the time of a proposal is not that of the appointment."""
    stays = entry == "appointment.moved" and details.get("before") == details.get("starts_at")
    sentence = _OTHER_BAY if stays else _APPOINTMENTS[entry]
    text = sentence.format(
        ref=spoken(details.get("appointment", "")),
        at=_time(details.get("starts_at")),
        other=_time(details.get("proposed_at")),
    )
    reason = REASONS.get(details.get("reason", ""), "")
    return text + (f" Motif\u00a0: {lower_first(reason)}." if reason else "")


def _time(iso: str | None) -> str:
    at = datetime.fromisoformat(iso) if iso else None
    return f"{day(at)} à {hour(at)}" if at else "jour à voir sur la page"


def _href(kind: str, side: str, details: Details, page: str) -> str:
    if KINDS[kind].page:
        return KINDS[kind].page
    if kind == NoticeKind.SERVICE_ALERT:
        return "/" if details["service"] == Service.PORTAL else "/tableau-de-bord"
    if details.get("entry", "").startswith("appointment."):
        return _appointment_page(side, details)
    return page or "/notifications"


def _appointment_page(side: str, details: Details) -> str:
    """Its ticket for the company; for the post, the plan of its day."""
    if side == Side.OPERATORS:
        return f"/rendez-vous/{details['appointment']}" if details.get("appointment") else "/rendez-vous"
    if not details.get("post") or not details.get("starts_at"):
        return "/agent/planning"
    day_ = local(datetime.fromisoformat(details["starts_at"])).date().isoformat()
    return f"/agent/planning?{urlencode({'poste': details['post'], 'jour': day_})}"
