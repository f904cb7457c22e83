"""The services whose state is told, and the ways in which they are used (MET)."""

from dataclasses import dataclass
from enum import StrEnum

from models.kernel.subject import Subject

SERVICE = "service"


class Service(StrEnum):
    """A service that an alert may be about."""

    DELTA_G = "DELTA_G"
    """Clearance, in one or two steps."""
    DELTA_X_IMPORT = "DELTA_X_IMPORT"
    """Express freight."""
    DELTA_X_EXPORT = "DELTA_X_EXPORT"
    DELTA_H7 = "DELTA_H7"
    """Low-value parcels."""
    PORTAL = "PORTAL"
    """The portal itself."""


class Mode(StrEnum):
    """How a declaration reaches its service (glossary)."""

    DTI = "DTI"
    EDI = "EDI"
    NONE = ""
    """Of the portal, where nothing is declared."""


@dataclass(frozen=True, slots=True)
class Part:
    """A service in one mode: what an alert is about, and what somebody uses."""

    service: Service
    mode: Mode = Mode.NONE

    @property
    def subject(self) -> Subject:
        """`service:DELTA_G:DTI`: what facts and notices about it have in common."""
        return Subject(SERVICE, f"{self.service}:{self.mode}")


PORTAL = Part(Service.PORTAL)
PARTS = (
    *(
        Part(service, mode)
        for service in Service
        if service is not Service.PORTAL
        for mode in (Mode.DTI, Mode.EDI)
    ),
    PORTAL,
)
"""All that an alert can be about, in the order in which they are shown."""


def part_of(service: str, mode: str) -> Part | None:
    """The part of that name; None when there is none, such as the portal by EDI or DELTA G without a mode."""
    return next((part for part in PARTS if (part.service, part.mode) == (service, mode)), None)
