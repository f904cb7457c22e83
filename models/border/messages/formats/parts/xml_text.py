"""XML bytes to text, and the repair of prefixes: everything that is done before libxml2 reads.

Both scans visit each character a bounded number of times, whatever the bytes are.
"""

import codecs
import re

from models.border.messages.formats.parts.findings import NBSP, quote
from models.border.passage.content import UnreadableMessage

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# An explicit list: Python knows codecs (utf-7, zip...) that have no place in a message.
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
}
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_NAME = r"[^\s<>/=\"':!?]++"
_ATTRIBUTES = r"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+"""
_TAG = re.compile(rf"<(/?)(?:{_NAME}:)?({_NAME})(?=[\s/>])({_ATTRIBUTES})>")
_ATTRIBUTE = re.compile(r"""(?<![^\s=/"'<>])([^\s=/"'<>]++)(\s*+=\s*+)("[^"]*+"|'[^']*+')""")


def broken(detail: str) -> UnreadableMessage:
    """The refusal of an XML document that cannot be read; `detail` is a French sentence."""
    return UnreadableMessage("XML illisible", detail)


def decode(body: bytes) -> str:
    """The document as text, without byte order mark or XML declaration.

    Raises UnreadableMessage when the bytes are not in the encoding that they announce.
    """
    bom, encoding = next(((b, e) for b, e in _BOMS if body.startswith(b)), (b"", ""))
    encoding = encoding or _declared(body)
    try:
        text = body[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise broken(
            f"Le message est censé être codé en {encoding.upper()}, mais l’octet {error.start + 1} ne l’est pas. "
            "Corrigez l’encodage annoncé ou celui du fichier, puis renvoyez-le."
        ) from error
    match = _FORBIDDEN.search(text)
    if match:
        raise broken(f"Le caractère de rang {match.start() + 1} est interdit en XML (caractère de contrôle).")
    return _without_declaration(text.lstrip())


def _declared(body: bytes) -> str:
    match = _DECLARED.match(body)
    name = match[1].decode("ascii").lower() if match else "utf-8"
    if name.startswith("utf-16"):
        raise broken(
            "Le message se dit codé en UTF-16, mais il n’a pas la marque d’ordre des octets attendue."
        )
    if name not in _ENCODINGS:
        raise broken(f"L’encodage annoncé {quote(name)} n’est pas accepté{NBSP}; utilisez UTF-8.")
    return _ENCODINGS[name]


def _without_declaration(text: str) -> str:
    if not text.startswith("<?xml") or text[5:6] not in {" ", "\t", "\r", "\n"}:
        return text
    end = text.find("?>")
    if end < 0:
        raise broken("La déclaration XML n’est pas fermée.")
    # Its lines are kept, so that the line numbers told to people stay right.
    return "\n" * text.count("\n", 0, end) + text[end + 2 :]


def refuse_doctype(text: str) -> None:
    """Raises UnreadableMessage when a DOCTYPE stands before the root: no message needs one, attacks do."""
    at = 0
    while True:
        at = _skip_blank(text, at)
        if text.startswith(("<!--", "<?"), at):
            at = _after(text, at)
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            raise broken(
                "Une déclaration DOCTYPE figure dans le message. Retirez-la, puis renvoyez le message."
            )
        else:
            return


def _skip_blank(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in " \t\r\n":
        at += 1
    return at


def _after(text: str, at: int) -> int:
    """Where the comment, CDATA section or instruction that opens at `at` ends."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")):
        if text.startswith(opening, at):
            end = text.find(closing, at + len(opening))
            if end < 0:
                break
            return end + len(closing)
    raise broken(f"Une balise ouverte à la ligne {text.count(chr(10), 0, at) + 1} n’est pas fermée.")


def without_prefixes(text: str) -> str:
    """The document with namespace prefixes taken off its tags; nothing else changes.

    Text, comments, CDATA and attribute values are left alone. Raises UnreadableMessage on a broken tag.
    """
    parts: list[str] = []
    copied = 0
    at = text.find("<")
    while at >= 0:
        tag = _TAG.match(text, at)
        if tag:
            parts += (text[copied:at], "<", tag[1], tag[2], _ATTRIBUTE.sub(_attribute, tag[3]), ">")
            copied = tag.end()
            at = text.find("<", copied)
        else:
            at = text.find("<", _after(text, at))
    parts.append(text[copied:])
    return "".join(parts)


def _attribute(match: re.Match[str]) -> str:
    """An attribute without namespaces; a prefix is joined by "_", so that no two names become one."""
    name = match[1]
    if name == "xmlns" or name.startswith("xmlns:"):
        return ""
    return name.replace(":", "_") + match[2] + match[3]
