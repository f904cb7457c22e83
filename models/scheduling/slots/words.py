"""The French of appointments: why one may book when one may, and where an appointment stands."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby

from models.border.passage.vocabulary import StepKind
from models.kernel import french
from models.scheduling.capacity.offer import Offer, why_closed
from models.scheduling.capacity.vocabulary import Service
from models.scheduling.capacity.words import WEEKDAYS, clocks_of
from models.scheduling.slots.asked import Answer, Cause, Obstacle
from models.scheduling.slots.vocabulary import OpeningSide, Side, Status, Why

STATUSES: Mapping[str, str] = {
    Status.HELD: "Place gardée",
    Status.REQUESTED: "À confirmer",
    Status.CONFIRMED: "Confirmé",
    Status.ARRIVED: "Arrivé",
    Status.STARTED: "En cours",
    Status.DONE: "Honoré",
    Status.NOT_PRESENTED: "Non présenté",
    Status.TURNED_AWAY: "Refusé au contrôle",
    Status.UNRECORDED: "Sans suite enregistrée",
    Status.REFUSED: "Refusé",
    Status.CANCELLED: "Annulé",
    Status.LAPSED: "Place rendue",
}
REASONS: Mapping[str, str] = {
    Why.PLANS_CHANGED: "Changement de programme",
    Why.GOODS_LATE: "Marchandise en retard",
    Why.NO_INSPECTOR: "Pas d’inspecteur disponible",
    Why.BAY_UNAVAILABLE: "Quai indisponible",
    Why.POST_CLOSED: "Fermeture du poste",
    Why.NOT_SAFE: "Contrôle impossible en sécurité",
    Why.WRONG_SELECTION: "Envoi désigné par erreur",
    Why.OUT_OF_REACH: "Marchandise inaccessible",
    Why.TECHNICAL: "Incident technique",
    Why.DOCUMENTS: "Documents manquants",
    Why.TOO_LATE: "Arrivée trop tardive",
    Why.CONTROL_VOID: "Contrôle devenu sans objet",
    Why.OTHER: "Autre motif",
}
SIDES: Mapping[str, str] = {
    Side.OPERATOR: "l’opérateur",
    Side.POST: "le poste",
    Side.SYSTEM: "le portail",
}
OPENING_SIDES: Mapping[str, str] = {
    OpeningSide.REAR: "Par l’arrière",
    OpeningSide.LEFT: "Par la gauche",
    OpeningSide.RIGHT: "Par la droite",
    OpeningSide.TOP: "Par le dessus",
}
_MOST = 3
"""Reasons for closed days that a sentence can bear."""
_CHECKS = {StepKind.IDENTITY: "le contrôle d’identité", StepKind.PHYSICAL: "le contrôle physique"}


def spoken(reference: str) -> str:
    """`LEH 7K4Q2`: the reference as it is read aloud at the gate."""
    return reference.replace("-", french.NBSP)


def clock_at(at: datetime, offer: Offer) -> str:
    """`8 h 30` on the post's clocks; on the night when an hour comes twice, which of the two."""
    there = offer.local(at)
    words = f"{there.hour}{french.NBSP}h{french.NBSP}{there.minute:02}"
    if there.replace(fold=0).utcoffset() == there.replace(fold=1).utcoffset():
        return words
    summer = bool(there.dst())
    return f"{words} (heure {'d’été' if summer else 'd’hiver'})"


def day_of(day: date) -> str:
    """`lundi 24 nov.`"""
    return f"{WEEKDAYS[day.weekday()]}{french.NBSP}{french.day(day, year=False)}"


def told_apart(words: str, offer: Offer) -> str:
    """A time on the post's clocks, with whose they are where they are not those of Paris."""
    clocks = clocks_of(offer.zone)
    return f"{words} ({clocks})" if clocks else words


def when(at: datetime, offer: Offer) -> str:
    """`lundi 24 nov. à 8 h 30`, on the post's clocks; `… à 8 h 30 (heure de La Réunion)`."""
    return told_apart(f"{day_of(offer.local(at).date())} à {clock_at(at, offer)}", offer)


def _until(at: datetime, offer: Offer) -> str:
    """The same for an end: `vendredi 20 nov. à minuit` rather than the next day at 0 h."""
    there = offer.local(at)
    if there.time() == time():
        return told_apart(f"{day_of(there.date() - timedelta(days=1))} à minuit", offer)
    return when(at, offer)


def _blocked(obstacle: Obstacle, offer: Offer | None, now: datetime) -> str:
    which = _CHECKS.get(obstacle.step or StepKind.IDENTITY, "ce contrôle")
    days = offer.horizon_days if offer else 0
    last = (offer.local(now) if offer else now).date() + timedelta(days=days)
    return {
        Cause.NO_OFFER: "Ce poste ne prend pas encore de rendez-vous sur le portail\u00a0: appelez-le.",
        Cause.ENDED: f"Le passage de {obstacle.reference} est terminé\u00a0: il n’y a plus rien à contrôler.",
        Cause.DRAFT: f"{obstacle.reference} est encore un brouillon dans TRACES\u00a0: soumettez-le d’abord.",
        Cause.NOT_REQUIRED: f"Le poste n’a pas demandé {which} de {obstacle.reference}.",
        Cause.DONE: f"{which[:1].upper()}{which[1:]} de {obstacle.reference} est déjà fait.",
        Cause.UNDER_WAY: f"{which[:1].upper()}{which[1:]} de {obstacle.reference} a déjà commencé.",
        Cause.BOOKED: f"{which[:1].upper()}{which[1:]} de {obstacle.reference} a déjà son rendez-vous, "
        "ou quelqu’un de votre entreprise est en train de le prendre.",
        Cause.ARRIVAL_UNKNOWN: f"L’arrivée de {obstacle.reference} n’est pas encore annoncée\u00a0: "
        "le rendez-vous se prend dès qu’elle l’est.",
        Cause.NO_BAY: "Aucun quai de ce poste ne convient à ce contrôle de cette marchandise\u00a0: appelez le poste.",
        Cause.FULL: f"Toutes les places sont prises jusqu’au {day_of(last)} inclus. Une place peut se libérer\u00a0: "
        "cette page le montre aussitôt.",
        Cause.CLOSED: "Le poste n’inspecte pas pendant toute la durée de ce contrôle.",
        Cause.TOO_FAR: f"Les rendez-vous se prennent au plus {french.plural(days, 'jour')} à l’avance.",
        Cause.NOT_A_START: "Aucun rendez-vous ne commence à cette heure à ce poste.",
    }[obstacle.cause]


_UNTIL: Mapping[Cause, Callable[[str, Offer], str]] = {
    Cause.BOOKING_NOTICE: lambda _end, offer: (
        f"le poste demande {french.duration(offer.booking_notice)} pour préparer le contrôle"
    ),
    Cause.NOTIFICATION: lambda end, _offer: f"le préavis légal d’un jour ouvré court jusqu’au {end}",
    Cause.FOUR_HOURS: lambda end, _offer: f"le préavis de 4{french.NBSP}heures court jusqu’au {end}",
    Cause.WOOD: lambda end, offer: (
        f"le préavis de {french.plural(offer.wood_days, 'jour ouvré', 'jours ouvrés')} pour le bois court jusqu’au {end}"
    ),
    Cause.ARRIVAL: lambda end, _offer: f"la marchandise arrive le {end}",
}


def because(obstacle: Obstacle, offer: Offer | None, now: datetime) -> str:
    """Why not, in a sentence: of a time that cannot be booked, or of a control that cannot."""
    words = _UNTIL.get(obstacle.cause)
    if words is None or offer is None or obstacle.until is None:
        return french.typeset(_blocked(obstacle, offer, now))
    if obstacle.cause is Cause.ARRIVAL and obstacle.until <= now:
        return french.typeset("Cette heure est passée.")
    reason = words(_until(obstacle.until, offer), offer)
    return french.typeset(f"Pas de rendez-vous avant le {when(obstacle.until, offer)} : {reason}.")


def sentence(found: Answer, offer: Offer | None, service: Service, now: datetime) -> str:
    """`Premier créneau possible : lundi 24 nov. à 8 h 30, car le préavis légal d’un jour ouvré court jusqu’au…`"""
    if found.earliest is None or offer is None or found.obstacle is None:
        return because(found.obstacle or Obstacle(Cause.FULL), offer, now)
    reasons = [*_first_reason(found.obstacle, offer, now), *_others(found, offer, service)]
    tail = f", car {_joined(reasons)}" if reasons else ""
    phrase = f"Premier créneau possible\u00a0: {when(found.earliest.starts_at, offer)}{tail}"
    return french.typeset(f"{phrase.removesuffix('.')}.")


def _first_reason(obstacle: Obstacle, offer: Offer, now: datetime) -> list[str]:
    if obstacle.until is None or obstacle.until <= now:
        return []
    words = _UNTIL.get(obstacle.cause)
    return [words(_until(obstacle.until, offer), offer)] if words else []


def _others(answer: Answer, offer: Offer, service: Service) -> list[str]:
    closed = _closed(answer.closed_days, offer, service)
    if answer.full == 1:
        closed.append("le créneau d’avant est complet")
    elif answer.full:
        closed.append(f"les {answer.full} créneaux d’avant sont complets")
    return closed


def _closed(days: Sequence[date], offer: Offer, service: Service) -> list[str]:
    """Days that follow each other and are closed for the same reason are told together; too many, as one."""
    runs = [
        (why, list(several)) for why, several in groupby(days, lambda day: why_closed(offer, service, day))
    ]
    if len(runs) > _MOST:
        return [f"le poste n’inspecte pas {_from_to(days)}"]
    return [_closed_for(why, several) for why, several in runs]


def _closed_for(why: str, days: Sequence[date]) -> str:
    if why.startswith("férié"):
        return f"{day_of(days[0])} est {why}"
    _, apart, reason = why.partition(" (")
    return f"le poste est fermé {_from_to(days)}{apart}{reason}"


def _from_to(days: Sequence[date]) -> str:
    if len(days) == 1:
        return day_of(days[0])
    return f"du {day_of(days[0])} au {day_of(days[-1])}"


def _joined(reasons: list[str]) -> str:
    return reasons[0] if len(reasons) == 1 else f"{', '.join(reasons[:-1])} et {reasons[-1]}"
