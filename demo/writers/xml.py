"""Building of XML documents, shared by the writers of CHEDs and of customs responses."""

from collections.abc import Mapping
from datetime import datetime

from lxml import etree

from models.border.messages.formats.parts.times import PARIS


def root(name: str, namespaces: Mapping[str, str]) -> etree._Element:
    """A root element; `name` is prefix:name."""
    prefix, _, local = name.partition(":")
    return etree.Element(f"{{{namespaces[prefix]}}}{local}", nsmap=namespaces)


def child(
    parent: etree._Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None
) -> etree._Element:
    """A child with its text; `name` is as in `root`, with the prefixes of the parent."""
    prefix, _, local = name.partition(":")
    element = etree.SubElement(parent, f"{{{parent.nsmap[prefix]}}}{local}")
    for key, value in (attributes or {}).items():
        if value:
            element.set(key, value)
    element.text = text or None
    return element


def document(element: etree._Element) -> bytes:
    """The whole document, in UTF-8 with its XML declaration."""
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def legal_time(at: datetime) -> str:
    """ISO 8601 in French legal time with its offset, as TRACES writes it."""
    return at.astimezone(PARIS).isoformat()
