"""What a customs answer says in words: its errors, where they are in the declaration, and customs' comments.

Words come first; the codes follow between parentheses, for those who correct the declaration in their own program.
"""

import re

from models.border.passage.content import CustomsError, CustomsResponse
from models.border.passage.customs_codes import ERRORS, SECTIONS, STRUCTURE, TAGS
from models.kernel.french import NBSP

_MOST = 10
"""Errors and comments told one by one; the rest is counted."""
_LONGEST = 300
"""Characters of a comment, a description or a pointer."""
_STEP = re.compile(r"([^\[\]:/]*)(?:\[([^\[\]:/]*)\])?(?::([^\[\]:/]*))?")


def customs_detail(response: CustomsResponse) -> str:
    """The comments and errors of an answer, as sentences, without the last full stop; empty when there are none."""
    sentences_said = [
        _shortened(customs_statement.text)
        for customs_statement in response.statements
        if customs_statement.text
    ]
    sentences_said += [error_words(customs_error) for customs_error in response.errors]
    sentences = [sentence for sentence in dict.fromkeys(sentences_said) if sentence]
    if len(sentences) > _MOST:
        sentences[_MOST:] = [f"Et {len(sentences) - _MOST} autres remarques de la douane"]
    return ". ".join(sentence.rstrip(". ") for sentence in sentences)


def error_words(error: CustomsError) -> str:
    """`Identifiant d’un intervenant inconnu ou non valable (déclarant, identifiant (EORI) ; code CDS12005...)`."""
    words = _shortened(error.description) or ERRORS.get(error.code, "")
    if not words and not error.code and not error.pointer:
        return ""
    words = words or "Erreur signalée par la douane"
    place, codes = place_words(error.pointer), _codes(error)
    aside = f"{NBSP}; ".join(part for part in (place, codes) if part)
    return words[:1].upper() + words[1:].rstrip(". ") + (f" ({aside})" if aside else "")


def place_words(pointer: str) -> str:
    """`article 1, masses et quantités, masse nette` for 42A/67A/68A[1]/23A/65A:128; empty when nothing is known."""
    causes: list[str] = []
    for step in pointer[:_LONGEST].split("/") if pointer else ():
        match = _STEP.fullmatch(step)
        section, rank, tag = match.groups("") if match else ("", "", "")
        named = "" if section in STRUCTURE else SECTIONS.get(section, "")
        if named:
            causes.append(f"{named}{NBSP}{rank}" if rank.isdigit() else named)
        if tag in TAGS:
            causes.append(TAGS[tag])
    return ", ".join(causes)


def _codes(error: CustomsError) -> str:
    code = f"code{NBSP}{_shortened(error.code, 40)}" if error.code else ""
    pointer = f"repère{NBSP}{_shortened(error.pointer, 120)}" if error.pointer else ""
    return ", ".join(part for part in (code, pointer) if part)


def _shortened(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[:longest].rstrip() + "…"
