"""Safe and lenient reading of XML: no DTD, no entity, no network, no content dropped.

Real TRACES files carry prefixes that were never declared, or that differ between the two tags of one
element. Those, and only those, are repaired.
"""

from lxml import etree

from models.border.messages.formats.parts.elements import Element
from models.border.messages.formats.parts.findings import NBSP
from models.border.messages.formats.parts.xml_text import broken, decode, refuse_doctype, without_prefixes
from models.border.passage.content import UnreadableMessage

REPAIRED = (
    "Les préfixes d’espace de noms de ce message sont incohérents ou non déclarés"
    f"{NBSP}; il a été lu sans en tenir compte."
)
MAX_MARKUPS = 2_000_000
"""A message of 60 MB made of empty tags alone would fill the memory once it is a tree."""


def parse(body: bytes) -> tuple[Element, tuple[str, ...]]:
    """The root of a document, and French warnings.

    Raises UnreadableMessage on anything that is not well-formed XML (but for prefixes), on a DOCTYPE, on
    a wrong encoding and on unreasonable depth.
    """
    text = decode(body)
    if text.count("<") > MAX_MARKUPS:
        raise broken("Le message comporte trop de balises pour être lu.")
    refuse_doctype(text)
    root, warnings = _strict_or_repaired(text)
    return Element(root), warnings


def _strict_or_repaired(text: str) -> tuple[etree._Element, tuple[str, ...]]:
    try:
        return _strict(text), ()
    except etree.XMLSyntaxError as error:
        if not _about_prefixes(error):
            raise _refusal(error) from error
    try:
        return _strict(without_prefixes(text)), (REPAIRED,)
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error


def _strict(text: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(text.encode(), parser)


def _about_prefixes(error: etree.XMLSyntaxError) -> bool:
    """Whether taking the prefixes off may help: an undeclared one, or two tags that do not match."""
    message = str(error)
    return "Namespace" in message or "namespace" in message or "mismatch" in message


def _refusal(error: etree.XMLSyntaxError) -> UnreadableMessage:
    message = str(error)
    line = error.lineno or 1
    if "depth" in message.lower():
        return broken("Le message comporte trop de niveaux imbriqués.")
    if "Document is empty" in message or "Start tag expected" in message:
        return broken("Le message ne commence pas par une balise XML lisible.")
    if "Premature end" in message or "EndTag" in message or "Couldn't find end" in message:
        return broken(f"Le message XML est tronqué{NBSP}: il s’arrête à la ligne {line} avant la fin.")
    if "mismatch" in message:
        return broken(f"Une balise est mal fermée à la ligne {line}.")
    if "Entity" in message:
        return broken(f"Une entité non déclarée est employée à la ligne {line}.")
    return broken(f"Le XML est mal formé à la ligne {line}.")
