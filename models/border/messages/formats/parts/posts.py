"""Which border control post a CHED names, whatever the writing (SES-05).

TRACES gives the place of unloading an identifier and names without a mark of their own, in this order: country,
town, identifier, name of the post, street, UN/LOCODE. Identifiers come with a trailing point, in lower case, with
the name of a service; a UN/LOCODE stands in their place. What is found is compared with the posts that are known
(models/border/consignments/post_recognition.py).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from models.border.messages.formats.parts.elements import Element, attribute, text_of

_CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d[A-Z0-9]{0,2}", re.ASCII)
"""FRLEH1: a UN/LOCODE, what the place is, and sometimes what it inspects."""
_APART = re.compile(r"[A-Z]{5}\d[A-Z0-9]{0,2}", re.ASCII)
"""The same, where its parts stand apart: FR LEH 1, but not BP 10111."""
_LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}", re.ASCII)
_WORD = re.compile(r"[A-Z0-9]+", re.ASCII)
_SERVICES = ("SIVEP", "PCF", "BCP", "PIF", "BIP", "PEC")
"""Names of the service, as some write them beside the code of its post."""
_LONGEST = 200
_LONGEST_CODE = 12
_MOST = 20
"""Identifiers, and names, of a place: TRACES writes six, and those of a forged message are looked up as well."""
_TOWN, _NAME = 1, 3
"""Where these stand among the names of the place of unloading."""


@dataclass(frozen=True, slots=True)
class PostNamed:
    """How a CHED names its post: all that may be its code, the most telling first; nothing when it names none."""

    codes: tuple[str, ...]
    name: str = ""
    town: str = ""


def read_post(certificate: Element) -> PostNamed:
    """The post that a CHED names.

    The place of unloading comes first: before an officer has taken the file, the issuer is an operator.
    """
    port = certificate.find("SPSConsignment/UnloadingBaseportSPSLocation")
    issuer = certificate.find("SPSExchangedDocument/IssuerSPSParty")
    issuer = issuer if _is_authority(issuer) else None
    ids = _ids(port)
    names = [text_of(element) for element in _first(port, "Name")]
    here = [code for text in (*ids, *names) for code in codes_within(text)]
    signed = codes_within(text_of(issuer, "ID")) or codes_within(text_of(issuer, "Name"))
    otherwise = [_as_code(text) for text in (*ids, text_of(issuer, "ID")) if not codes_within(text)]
    places = [word for text in names if _LOCODE.fullmatch(word := "".join(_words(text)))]
    # A name in its own place, or that of the authority that signs, where it is the same post.
    own = [text_of(issuer, "Name")] if signed[:1] == here[:1] or not here else []
    return PostNamed(
        codes=tuple(dict.fromkeys(filter(None, (*here, *signed, *otherwise, *places)))),
        name=next(filter(None, map(_name, (*own, *names[_NAME : _NAME + 1]))), ""),
        town=next(filter(None, map(_name, names[_TOWN : _TOWN + 1])), ""),
    )


def codes_within(text: str) -> list[str]:
    """The codes of posts that a text holds, in capitals: `FRCDG4` of `frcdg4.` or of `Roissy FRCDG4-SIVEP`."""
    words = [_without_service(word) for word in _words(text)]
    shaped = [word for word in words if _CODE.fullmatch(word)]
    whole = _without_service("".join(words))
    return shaped or ([whole] if _APART.fullmatch(whole) else [])


def _ids(port: Element | None) -> list[str]:
    """The identifiers of a place, that of the authority first."""
    elements = _first(port, "ID")
    elements.sort(key=lambda element: not attribute(element, "schemeID").startswith("authority"))
    return [text_of(element) for element in elements]


def _first(port: Element | None, name: str) -> list[Element]:
    return list(islice(port.every(name), _MOST)) if port is not None else []


def _as_code(text: str) -> str:
    """What stands where a code is expected and has not its shape: its letters and digits, or what tells them apart."""
    whole = "".join(_words(text))
    if len(whole) <= _LONGEST_CODE:
        return whole
    return whole[:6] + hashlib.sha256(text.encode()).hexdigest()[:6].upper()


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text[:_LONGEST]).upper()
    return _WORD.findall(plain)


def _without_service(word: str) -> str:
    for service in _SERVICES:
        word = word.removeprefix(service).removesuffix(service)
    return word


def _name(text: str) -> str:
    """A name without the code that TRACES adds to it; empty for what is but a code, or a country's."""
    codes = set(codes_within(text))
    kept: Iterable[str] = (word for word in text[:_LONGEST].split() if not codes & set(codes_within(word)))
    name = " ".join(kept).strip(" ,;-")
    return name if len(name) > 2 else ""


def _is_authority(issuer: Element | None) -> bool:
    scheme = attribute(issuer.find("ID"), "schemeID") if issuer is not None else ""
    return not scheme.startswith("operator")
