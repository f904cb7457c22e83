"""What people can be told, through which channels, and what is on unless they choose otherwise (SES-30). Data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.border.passage.vocabulary import ConsignmentState


class Channel(StrEnum):
    """How somebody is told."""

    PORTAL = "portal"
    EMAIL = "email"
    PUSH = "push"


class Mode(StrEnum):
    """Whether, and when, a channel tells a kind of event."""

    ON = "on"
    OFF = "off"
    DIGEST = "digest"
    """Once a day, all together: e-mail only."""


class Side(StrEnum):
    """In which capacity somebody is told; who that is follows from the policies of the screens."""

    OPERATORS = "operators"
    """Those who follow the consignments of the company."""
    CHECKERS = "checkers"
    """The officers of the post who carry out the checks and decide."""
    OFFICERS = "officers"
    """The officers of the post."""
    HANDLERS = "handlers"
    """Those who handle messages: officers of the posts that it names, and supervisors."""
    SERVICE_USERS = "service_users"
    """Those who use a service in one mode; everybody, of the portal itself."""
    HOLDER = "holder"
    """The holder of the account that the fact is about."""


class NoticeKind(StrEnum):
    """A kind of event, from the one that matters most; of a burst, the first of them names it."""

    ENTRY_REFUSED = "entry_refused"
    DECLARATION_REFUSED = "declaration_refused"
    ACTION_REQUIRED = "action_required"
    RECORD_UNDONE = "record_undone"
    APPOINTMENT_CANCELLED = "appointment_cancelled"
    APPOINTMENT_MOVED = "appointment_moved"
    APPOINTMENT_REFUSED = "appointment_refused"
    APPOINTMENT_OFFERED = "appointment_offered"
    APPOINTMENT_MISSED = "appointment_missed"
    APPOINTMENT_REQUESTED = "appointment_requested"
    APPOINTMENT_CONFIRMED = "appointment_confirmed"
    SERVICE_ALERT = "service_alert"
    """Started or ended: one kind, so that of both the last is what stands."""
    BLOCKED = "blocked"
    """A step went badly: after a check, the goods stay until the post decides."""
    DECISION_AWAITED = "decision_awaited"
    ALERT_OPENED = "alert_opened"
    DECISION = "decision"
    RELEASED = "released"
    MESSAGE_REFUSED = "message_refused"
    EMAIL_UNDELIVERABLE = "email_undeliverable"
    STEP_ADVANCED = "step_advanced"


RANK: Mapping[str, int] = {kind: rank for rank, kind in enumerate(NoticeKind)}
"""The lower, the more it matters."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """How a kind of event is called, and told."""

    label: str
    aside: str
    """The sentence that a phone shows on its locked screen: nothing of whom or of which consignment."""
    sides: frozenset[Side]
    email: Mode = Mode.ON
    push: Mode = Mode.ON
    urgent: bool = False
    """Whether its e-mail leaves at once, quiet hours or not: an e-mail rings nowhere."""
    mandatory: bool = False
    """Whether its e-mail stays on: it cannot be wholly switched off."""
    shape: ConsignmentState = ConsignmentState.IN_PROGRESS
    """Whose glyph and tint it bears in a list."""
    sentence: str = ""
    """What is told of it, where that does not depend on the fact: else models/signals/notifications/words.py says."""
    page: str = ""
    """Where it leads; empty: to the consignment or the appointment that it is about."""

    def default(self, channel: Channel) -> Mode:
        """What holds for those who chose nothing."""
        return {Channel.PORTAL: Mode.ON, Channel.EMAIL: self.email, Channel.PUSH: self.push}[channel]


def _of(*sides: Side) -> frozenset[Side]:
    return frozenset(sides)


_K, _OPERATORS, _BOTH = NoticeKind, _of(Side.OPERATORS), _of(Side.OPERATORS, Side.CHECKERS)

KINDS: Mapping[str, KindRule] = {
    _K.ENTRY_REFUSED: KindRule(
        "Entrée refusée",
        "L’entrée d’un de vos envois est refusée.",
        _OPERATORS,
        urgent=True,
        mandatory=True,
        shape=ConsignmentState.BLOCKED,
    ),
    _K.DECLARATION_REFUSED: KindRule(
        "Déclaration refusée",
        "Une de vos déclarations est refusée.",
        _OPERATORS,
        urgent=True,
        mandatory=True,
        shape=ConsignmentState.BLOCKED,
    ),
    _K.ACTION_REQUIRED: KindRule(
        "Action requise",
        "Un envoi attend une action de votre part.",
        _OPERATORS,
        urgent=True,
        mandatory=True,
        shape=ConsignmentState.ACTION_REQUIRED,
    ),
    _K.RECORD_UNDONE: KindRule(
        "Enregistrement annulé",
        "Ce qui vous a été dit d’un de vos envois est annulé.",
        _OPERATORS,
        urgent=True,
        mandatory=True,
        shape=ConsignmentState.ACTION_REQUIRED,
    ),
    _K.APPOINTMENT_CANCELLED: KindRule(
        "Rendez-vous annulé",
        "Un rendez-vous est annulé.",
        _BOTH,
        urgent=True,
        mandatory=True,
        shape=ConsignmentState.BLOCKED,
    ),
    _K.APPOINTMENT_MOVED: KindRule(
        "Rendez-vous déplacé", "Un rendez-vous est déplacé.", _BOTH, urgent=True, mandatory=True
    ),
    _K.APPOINTMENT_REFUSED: KindRule(
        "Rendez-vous refusé",
        "Une demande de rendez-vous est refusée.",
        _BOTH,
        urgent=True,
        shape=ConsignmentState.BLOCKED,
    ),
    _K.APPOINTMENT_OFFERED: KindRule(
        "Créneau proposé",
        "Un créneau de rendez-vous vous est proposé.",
        _OPERATORS,
        urgent=True,
        shape=ConsignmentState.ACTION_REQUIRED,
    ),
    _K.APPOINTMENT_MISSED: KindRule(
        "Rendez-vous manqué",
        "Un contrôle prévu n’a pas eu lieu.",
        _OPERATORS,
        urgent=True,
        shape=ConsignmentState.BLOCKED,
    ),
    _K.APPOINTMENT_REQUESTED: KindRule(
        "Rendez-vous demandé",
        "Une demande de rendez-vous attend votre poste.",
        _of(Side.CHECKERS),
        shape=ConsignmentState.ACTION_REQUIRED,
    ),
    _K.APPOINTMENT_CONFIRMED: KindRule(
        "Rendez-vous confirmé", "Un rendez-vous est confirmé.", _BOTH, shape=ConsignmentState.RELEASED
    ),
    _K.SERVICE_ALERT: KindRule(
        "Météo des services",
        "Du nouveau sur un service que vous utilisez.",
        _of(Side.SERVICE_USERS),
        urgent=True,
        shape=ConsignmentState.ACTION_REQUIRED,
    ),
    _K.BLOCKED: KindRule(
        "Étape non conforme",
        "Une étape d’un de vos envois n’est pas conforme.",
        _OPERATORS,
        shape=ConsignmentState.BLOCKED,
    ),
    _K.DECISION_AWAITED: KindRule(
        "Décision attendue",
        "Un envoi non conforme attend la décision de votre poste.",
        _of(Side.CHECKERS),
        email=Mode.OFF,
        shape=ConsignmentState.ACTION_REQUIRED,
        sentence="Un contrôle n’est pas conforme. La marchandise attend votre décision.",
    ),
    _K.ALERT_OPENED: KindRule(
        "Alerte ouverte",
        "Une alerte est ouverte à votre poste.",
        _of(Side.OFFICERS),
        email=Mode.DIGEST,
        shape=ConsignmentState.ACTION_REQUIRED,
        sentence="Une alerte est ouverte à votre poste. Voyez ce qu’elle demande.",
        page="/agent/alertes",
    ),
    _K.DECISION: KindRule("Décision rendue", "Une décision est rendue sur un de vos envois.", _OPERATORS),
    _K.RELEASED: KindRule(
        "Envoi libéré", "Un de vos envois peut partir.", _OPERATORS, shape=ConsignmentState.RELEASED
    ),
    _K.MESSAGE_REFUSED: KindRule(
        "Message refusé",
        "Un message reçu n’a pas pu être pris en compte.",
        _of(Side.HANDLERS),
        email=Mode.OFF,
        push=Mode.OFF,
        shape=ConsignmentState.BLOCKED,
        sentence="Un message reçu n’a pas pu être pris en compte. Voyez pourquoi, et rejouez-le.",
        page="/agent/messages",
    ),
    _K.EMAIL_UNDELIVERABLE: KindRule(
        "Adresse injoignable",
        "Nos messages ne vous parviennent plus.",
        _of(Side.HOLDER),
        email=Mode.OFF,
        shape=ConsignmentState.BLOCKED,
        sentence="Le serveur de votre adresse électronique refuse nos messages. Vérifiez-la, ou donnez-en une autre.",
        page="/profil",
    ),
    _K.STEP_ADVANCED: KindRule(
        "Étape franchie", "Un de vos envois avance.", _OPERATORS, email=Mode.DIGEST, push=Mode.OFF
    ),
}
"""Every kind, in the order in which a page of preferences lists them."""


def modes_of(kind: str, channel: Channel) -> tuple[Mode, ...]:
    """What may be chosen for that kind and channel; a single one when there is no choice."""
    if kind == NoticeKind.EMAIL_UNDELIVERABLE:
        return (KINDS[kind].default(channel),) if channel is not Channel.PUSH else (Mode.ON, Mode.OFF)
    if channel is not Channel.EMAIL:
        return (Mode.ON, Mode.OFF)
    return (Mode.ON,) if KINDS[kind].mandatory else (Mode.ON, Mode.DIGEST, Mode.OFF)
