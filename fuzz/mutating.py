"""Changes that leave XML well-formed, so that the readers behind the parser are reached."""

from copy import deepcopy
from random import Random

from lxml import etree

_TEXTS = (
    "", " ", "0", "-1", "1e999", "NaN", "Infinity", "9" * 400, "2026-02-30", "0000-00-00T00:00:00Z",
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "20269999", "\u0663\u0664", "YES", "\u202e", "A" * 5000,
    "CHEDP.FR.2026.0000123", "FRLEH1", "304", "102", "70", "08",
)  # fmt: skip


def mutate_xml(body: bytes, dice: Random) -> bytes | None:
    """The document with one to four changes of its elements; None when it is not well-formed."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    for _ in range(dice.randint(1, 4)):
        elements = list(root.iter(etree.Element))
        _change(dice.choice(elements), dice.choice(elements), dice)
    return etree.tostring(root)


def _change(one: etree._Element, other: etree._Element, dice: Random) -> None:
    parent = one.getparent()
    match dice.randint(0, 5):
        case 0:
            one.text = dice.choice(_TEXTS)
        case 1:
            one.text = other.text
        case 2 if parent is not None:
            parent.remove(one)
        case 3 if one.attrib:
            one.set(dice.choice(list(one.attrib)), dice.choice(_TEXTS))
        case 4 if parent is not None:
            parent.append(deepcopy(one))
        case _:
            one.tag = other.tag
