"""The time that an XML element holds, however its sender writes it."""

import re
from datetime import datetime

from models.border.messages.formats.parts.elements import Element, attribute, text_of
from models.border.messages.formats.parts.findings import Findings
from models.border.messages.formats.parts.times import from_coded, from_iso

_ISO = re.compile(r"\d{4}-", re.ASCII)


def moment(element: Element | None, name: str, findings: Findings) -> datetime | None:
    """The UTC time that an element holds, directly or in a child; None where there is none.

    A DateTimeString has a format of UNCL 2379, or none and a time as ISO 8601 writes it: electronic phytosanitary
    certificates do so. `name` is the French name under which an impossible date is reported.
    """
    coded = element.find("DateTimeString") if element is not None else None
    text = text_of(coded) or text_of(element, "DateTime") or text_of(element)
    if not text:
        return None
    try:
        if _ISO.match(text) or not text[:1].isdigit():
            return from_iso(text)
        return from_coded(text, attribute(coded, "format") or attribute(coded, "formatCode"))
    except ValueError:
        findings.impossible(name, text)
        return None
