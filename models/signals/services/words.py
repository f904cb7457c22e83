"""The French of services, modes and alerts (SES-50)."""

from collections.abc import Mapping
from datetime import datetime

from models.kernel.french import day, hour, typeset
from models.signals.services.vocabulary import PARTS, Mode, Part, Service

SERVICES: Mapping[Service, str] = {
    Service.DELTA_G: "DELTA G",
    Service.DELTA_X_IMPORT: "DELTA X import",
    Service.DELTA_X_EXPORT: "DELTA X export",
    Service.DELTA_H7: "DELTA H7",
    Service.PORTAL: "Passavant",
}
MODES: Mapping[Mode, str] = {
    Mode.DTI: "mode DTI (saisie à l’écran)",
    Mode.EDI: "mode EDI (échange entre systèmes)",
}


def name(part: Part) -> str:
    """`DELTA G, mode DTI (saisie à l’écran)`; `Passavant`."""
    return ", ".join(filter(None, (SERVICES[part.service], MODES.get(part.mode))))


NAMES: Mapping[tuple[str, str], str] = {(part.service, part.mode): name(part) for part in PARTS}
"""The same by the codes of the journal."""


def since(started_at: datetime) -> str:
    """`depuis le 24 nov. 2026 à 9 h 12`, on Paris clocks: it stays true the next day."""
    return f"depuis le {day(started_at)} à {hour(started_at)}"


def told(service: str, mode: str, started_at: datetime, *, ended: bool) -> str:
    """What a notice says when an alert starts, or ends (MET-11)."""
    what = NAMES[service, mode]
    if ended:
        return typeset(f"{what} : l'alerte du {day(started_at)} à {hour(started_at)} est terminée.")
    where = "de chaque page" if service == Service.PORTAL else "de votre tableau de bord"
    return typeset(
        f"{what} : une alerte est en cours {since(started_at)}. Ce qu'il faut savoir est en haut {where}."
    )
