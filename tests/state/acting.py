"""What each act sends back of what its button was shown for, found where the page finds it (models/kernel/stamps.py)."""

from collections.abc import Callable, Mapping
from typing import Any

Json = dict[str, Any]
Shown = Mapping[str, Json]
"""What a tab shows, by class."""


def _at(screen: str, *path: str) -> Callable[[Shown, Json], str]:
    def find(shown: Shown, _payload: Json) -> str:
        value: Any = shown.get(screen, {})
        for name in path:
            value = value.get(name) or {}
        return value if isinstance(value, str) else ""

    return find


def _row(screen: str, rows: str, key: str, argument: str) -> Callable[[Shown, Json], str]:
    def find(shown: Shown, payload: Json) -> str:
        lines = shown.get(screen, {}).get(rows) or []
        return next((one["stamp"] for one in lines if one[key] == payload.get(argument)), "")

    return find


STAMPS: Mapping[str, Callable[[Shown, Json], str]] = {
    "ConsignmentPage.confirm": _at("ConsignmentPage", "stamp"),
    "ConsignmentPage.undo": _at("ConsignmentPage", "stamp"),
    **{
        f"AppointmentPage.{verb}": _at("AppointmentPage", "ticket", "stamp")
        for verb in ("cancel", "accept", "decline", "wait", "wait_no_more")
    },
    "Appointments.accept": _row("Appointments", "answers", "reference", "reference"),
    "Appointments.decline": _row("Appointments", "answers", "reference", "reference"),
    "AgentHome.take": _row("AgentHome", "rows", "reference", "reference"),
    "AgentHome.release": _row("AgentHome", "rows", "reference", "reference"),
    "AgentHome.assign": _at("AgentHome", "handing", "stamp"),
    "AgentHome.acknowledge": _row("AgentHome", "alerts", "key", "alert"),
    "Alerts.acknowledge": _row("Alerts", "cards", "key", "alert"),
    "Alerts.assign": _row("Alerts", "cards", "key", "alert"),
    "Alerts.keep": _at("Alerts", "editing", "stamp"),
    "ReceivedMessages.replay": _row("ReceivedMessages", "rows", "id", "message_id"),
    "Planning.answer": _at("Planning", "asked", "stamp"),
    "Planning.act": _at("Planning", "panel", "stamp"),
    "Planning.shift": _at("Planning", "panel", "stamp"),
    "Matching.tie": _at("Matching", "chosen", "stamp"),
    "Matching.undo": _row("Matching", "tied", "reference", "reference"),
    "UnknownPosts.confirm": _at("UnknownPosts", "chosen", "stamp"),
    "UnknownPosts.undo": _row("UnknownPosts", "confirmed", "code", "code"),
    **{
        f"People.{verb}": _row("People", "persons", "id", "account_id")
        for verb in ("certify", "end_certification", "delegate", "end_delegation")
    },
    "Mandated.withdraw": _row("Mandated", "given", "id", "client_id"),
    "OfferPage.save": _at("OfferPage", "shown", "stamp"),
}
"""Every act that others feel: a new one is added here, or the build fails."""


def filled(handler: str, payload: Mapping[str, Any] | None, shown: Shown) -> Json:
    """The payload as the page sends it."""
    given = dict(payload or {})
    if handler in STAMPS and "shown" not in given:
        given["shown"] = STAMPS[handler](shown, given)
    return given
