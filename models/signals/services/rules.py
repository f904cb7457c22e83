"""Who uses which service in which mode, as far as habilitations and mandates tell it. Pure (MET-11)."""

from collections.abc import Collection, Iterable, Mapping

from models.signals.services.vocabulary import PORTAL, Mode, Part, Service

LONGEST = 200
"""Characters of what an alert says: a sentence."""

CODES: Mapping[Service, frozenset[str]] = {
    Service.DELTA_G: frozenset({"DELTA_G"}),
    Service.DELTA_X_IMPORT: frozenset({"DELTA_X", "DELTA_X_IMPORT"}),
    Service.DELTA_X_EXPORT: frozenset({"DELTA_X", "DELTA_X_EXPORT"}),
    Service.DELTA_H7: frozenset({"DELTA_H7"}),
}
"""Under which codes customs gives habilitations for each; all but DELTA_G are guessed (docs/limits.md)."""
ALL_CODES = frozenset().union(*CODES.values())


def parts_used(held: Iterable[tuple[str, str]], connected: Collection[str]) -> frozenset[Part]:
    """What somebody uses who holds these habilitations of customs: (code of the service, SIREN).

    Whoever may work in a service may type there: DTI. EDI is that of companies that let a program act for them,
    `connected`. The portal itself is everybody's.
    """
    parts = {PORTAL}
    for code, siren in held:
        services = [service for service, codes in CODES.items() if code in codes]
        parts |= {Part(service, Mode.DTI) for service in services}
        if siren in connected:
            parts |= {Part(service, Mode.EDI) for service in services}
    return frozenset(parts)


def one_sentence(message: str) -> str:
    """What was typed, on one line."""
    return " ".join(message.split())
