"""What the log may say: texts cut to a length, then without cookies, tokens and e-mail addresses.

Whoever knocks chooses much of what is logged. A text is therefore cut before any expression reads it, and the
expressions never try twice what did not match: possessive, and only from the first character of a word.
"""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

LONGEST = 4_000
"""Characters of one text; of the trace of an exception, so many of its beginning and of its end."""
WHOLE = 12_000
"""Characters of all the texts of one line."""
DEEPEST, WIDEST = 5, 40
"""Levels of a value, and things in each of them."""

_COOKIE = re.compile(r"(passavant_(?:session|flash)=)[^;\s'\"]++|(Bearer\s++)[\w.-]++", re.IGNORECASE)
"""Our cookies and bearer tokens."""
_DOTTED = re.compile(r"(?<![\w-])[\w-]++(?:\.[\w-]*+)++")
"""Words joined by dots, among which signed tokens, as in the links of letters."""
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++(?:@|%40)[\w-]++\.[\w.-]++")
_TOKEN = "eyJ"  # noqa: S105 - how each of them begins
_CUT = "…"


def redact(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Cut, and blank cookies, tokens and e-mail addresses, wherever they hide."""
    line = _Line()
    return {key: value if key.startswith("_") else line.cleaned(value) for key, value in event.items()}


class _Line:
    """One line of the log, and how much of it is left to write."""

    def __init__(self) -> None:
        self._left = WHOLE

    def cleaned(self, value: Any, depth: int = 0) -> Any:
        """The value without what must not be told, at any depth; an object as it would be written."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return self._text(value)
        if depth >= DEEPEST:
            return _CUT
        if isinstance(value, Mapping):
            return {
                self._text(str(key)): self.cleaned(each, depth + 1)
                for key, each in list(value.items())[:WIDEST]
            }
        if isinstance(value, list | tuple | set | frozenset):
            return [self.cleaned(each, depth + 1) for each in list(value)[:WIDEST]]
        return self._text(repr(value))

    def _text(self, text: str) -> str:
        text = clean(shortened(text, min(LONGEST, self._left)))
        self._left -= min(len(text), self._left)
        return text


def clean(text: str) -> str:
    """The text with its secrets blanked."""
    return _EMAIL.sub("[e-mail]", _DOTTED.sub(_without_token, _COOKIE.sub(r"\1\2[secret]", text)))


def shortened(text: str, longest: int) -> str:
    """The beginning and the end of a text that is too long, cut between words: half a secret is one."""
    if len(text) <= longest:
        return text
    half = longest // 2
    head, tail = text[:half].rpartition(" ")[0], text[len(text) - half :].partition(" ")[2]
    return f"{head} {_CUT} {tail}" if tail else f"{head}{_CUT}"


def _without_token(match: re.Match[str]) -> str:
    before, token, _ = match[0].partition(_TOKEN)
    return f"{before}[secret]" if token else match[0]
