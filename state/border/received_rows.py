"""A message that was refused or waits, as the screen shows it: every word in French, no raw code."""

from dataclasses import dataclass
from datetime import datetime

from models.border.messages.actions import Receipt
from models.border.messages.queries import Unsettled
from models.border.messages.replay import stamp_of
from models.border.messages.rules import FORMAT_NAMES, MessageStatus
from models.border.passage.keys import KeyKind
from models.kernel import french

_SHOWN = 3
_AWAITED = {
    KeyKind.CHED: "un DSCE",
    KeyKind.MRN: "une déclaration (MRN)",
    KeyKind.CONTAINER: "un conteneur",
    KeyKind.LOCAL: "une référence locale",
}


@dataclass
class MessageRow:
    """One message of the list."""

    id: str = ""
    title: str = ""
    reason: str = ""
    sender: str = ""
    size: str = ""
    at: str = ""
    at_label: str = ""
    href: str = ""
    """Where its bytes are; empty for who may not read them."""
    replayable: bool = False
    stamp: str = ""
    copy_action: str = ""
    """Where a corrected copy is sent; empty for who may not correct it."""
    withheld: str = ""
    """Why there is nothing to download."""


def message_row(unsettled: Unsettled, now: datetime) -> MessageRow:
    """The message for the screen."""
    message = unsettled.message
    refused = message.status == MessageStatus.REFUSED
    return MessageRow(
        id=message.id,
        title=message.summary or FORMAT_NAMES.get(message.format, FORMAT_NAMES["unknown"]),
        reason=message.refusal if refused else waits_for(unsettled.awaited),
        sender=sender(message.sender),
        size=size(message.size),
        at=french.iso(message.received_at),
        at_label=french.ago(message.received_at, now),
        href=f"/messages-recus/{message.id}" if unsettled.readable else "",
        replayable=unsettled.kept,
        stamp=stamp_of(message),
        copy_action=f"/messages-recus/{message.id}/copie" if unsettled.correctable else "",
        withheld=_withheld(unsettled),
    )


def _withheld(unsettled: Unsettled) -> str:
    if not unsettled.kept:
        return "Trop volumineux\u00a0: son contenu n’a pas été gardé."
    return "" if unsettled.readable else "Contenu réservé à la supervision et au poste que le message nomme."


def waits_for(awaited: tuple[tuple[str, str], ...]) -> str:
    """`Attend un conteneur inconnu : OSTU4812053, et 3 autres`: any of these will do."""
    named = [f"{_AWAITED.get(KeyKind(kind), 'une référence')} {value}".strip() for kind, value in awaited]
    others = len(named) - _SHOWN
    listed = " ou ".join(named[:_SHOWN])
    rest = ", ou une autre référence" if others == 1 else f", ou l’une de {others} autres références"
    rest = rest if others > 0 else ""
    return (
        f"Attend un envoi qui n’est pas encore connu\u00a0: {listed}{rest}." if named else "Attend son envoi."
    )


def sender(actor: str) -> str:
    """Who sent it, in words: never the account of a person."""
    kind, _, name = actor.partition(":")
    if kind == "partner":
        return f"Partenaire {name}"
    return "Copie corrigée par la supervision" if kind == "account" else "Déposé par l’exploitation"


def size(count: int) -> str:
    """`812 octets`, `12 ko`, `1,4 Mo`."""
    if count < 1000:
        return french.plural(count, "octet")
    if count < 1_000_000:
        return f"{french.number(count // 1000)}\u00a0ko"
    return f"{french.number(count // 100_000 // 10)},{count // 100_000 % 10}\u00a0Mo"


def became(receipt: Receipt) -> str:
    """What a replay did."""
    if receipt.duplicate:
        return "Ce message était déjà traité\u00a0: rien n’a changé."
    if receipt.status == MessageStatus.WAITING:
        return "Le message est lisible\u00a0; il attend l’envoi dont il parle."
    if receipt.consignments:
        return f"Message appliqué à {', '.join(receipt.consignments[:_SHOWN])}."
    return "Message lu\u00a0; il ne concerne aucun envoi."
