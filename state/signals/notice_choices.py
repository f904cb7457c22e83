"""What a person chose to be told, as the page of preferences shows it (SES-30)."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from models.kernel import french
from models.signals.notifications.choices import Choices, Preference
from models.signals.notifications.kinds import Channel, Mode
from models.signals.notifications.tables import PushSubscription
from state.kit.fields import Choice

CHANNELS = {Channel.PORTAL: "Portail", Channel.EMAIL: "E-mail", Channel.PUSH: "Téléphone"}
MODES = {Mode.ON: "Tout de suite", Mode.DIGEST: "Résumé du jour", Mode.OFF: "Jamais"}
SWITCHED = {Mode.ON: "oui", Mode.OFF: "non"}
HOURS = [(str(hour), f"{hour}\u00a0h") for hour in range(24)]
ALWAYS = "Toujours écrit\u00a0: sans cela, la marchandise resterait au poste."
_QUIET = (22 * 60, 7 * 60)
"""What the form offers to those who have no quiet hours."""


@dataclass
class Row:
    """One kind of event, and how it is told."""

    key: str = ""
    label: str = ""
    why: str = ""
    """Why its e-mail cannot be switched off; empty when it can."""
    portal: bool = True
    portal_fixed: bool = False
    email: str = ""
    emails: list[Choice] = field(default_factory=list)
    """What may be chosen; a single one when there is no choice."""
    email_word: str = ""
    push: bool = False


@dataclass
class Device:
    """A browser that receives."""

    key: str = ""
    label: str = ""
    since: str = ""
    failed: bool = False
    print: str = ""
    """By which the browser itself knows that it is the one; its address is a secret."""


@dataclass
class Hours:
    """When nothing rings, and when the digest leaves."""

    quiet: bool = False
    quiet_from: str = ""
    quiet_until: str = ""
    digest: str = ""


def row_of(preference: Preference) -> Row:
    """One line of the table."""
    emails = preference.allowed[Channel.EMAIL]
    return Row(
        preference.kind,
        preference.label,
        french.typeset(ALWAYS) if preference.mandatory else "",
        preference.modes[Channel.PORTAL] == Mode.ON,
        len(preference.allowed[Channel.PORTAL]) == 1,
        preference.modes[Channel.EMAIL],
        [Choice(mode, MODES[mode]) for mode in emails],
        "Toujours" if preference.mandatory else MODES[emails[0]],
        preference.modes[Channel.PUSH] == Mode.ON,
    )


def device_of(one: PushSubscription, now: datetime) -> Device:
    """A browser in words that its holder recognises."""
    used = f", dernière notification le {french.moment(one.used_at, now)}" if one.used_at else ""
    return Device(
        str(one.id),
        one.label,
        f"Activé le {french.moment(one.created_at, now)}{used}",
        one.failed_at is not None,
        fingerprint(one.endpoint),
    )


def fingerprint(endpoint: str) -> str:
    """As assets/js/push.js computes it."""
    return hashlib.sha256(endpoint.encode()).hexdigest()[:16]


def hours_of(chosen: Choices) -> Hours:
    """The two forms."""
    quiet = chosen.quiet_from is not None and chosen.quiet_until is not None
    first = chosen.quiet_from if chosen.quiet_from is not None else _QUIET[0]
    last = chosen.quiet_until if chosen.quiet_until is not None else _QUIET[1]
    return Hours(quiet, clock_time(first), clock_time(last), str(chosen.digest_hour))


def clock_time(minutes: int) -> str:
    """`22:00`, as a field of a form wants it."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
