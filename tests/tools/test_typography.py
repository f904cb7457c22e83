"""French typography in every literal that people read (SES-50).

Seen to fail: any sentence of models/ with a plain space before its colon.
"""

from pathlib import Path

import pytest

from tools.typography import ROOT, sources, wrong


def test_ses_50_every_sentence_has_the_typography_of_french() -> None:
    """SES-50: `python -m tools.typography --fix` mends what this finds."""
    found = [
        f"{one.path.relative_to(ROOT)}:{one.line}: {one.source}" for path in sources() for one in wrong(path)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "mended"),
    [
        ('"Motif : lequel ?"', '"Motif\\u00a0: lequel\\u00a0?"'),
        ('"« Suivi » ; fini !"', '"«\\u00a0Suivi\\u00a0»\\u00a0; fini\\u00a0!"'),
        ('"20 % de 8 h, 10 €"', '"20\\u00a0% de 8\\u00a0h, 10\\u00a0€"'),
        ("\"l'envoi d'aujourd'hui qu'on suit...\"", '"l’envoi d’aujourd’hui qu’on suit…"'),
        ('f"{what} : {count} h"', 'f"{what}\\u00a0: {count}\\u00a0h"'),
        ("f\"{a['x'] if b else ' : '} ?\"", "f\"{a['x'] if b else ' : '}\\u00a0?\""),
        ('f"{{ : }}"', 'f"{{\\u00a0: }}"'),
        ('("Bon "\n    "jour !")', '("Bon "\n    "jour\\u00a0!")'),
    ],
)
def test_what_is_wrong_is_mended(tmp_path: Path, source: str, mended: str) -> None:
    """Each mark of its own; the values of an f-string are code."""
    module = tmp_path / "words.py"
    module.write_text(f"said = {source}\n", encoding="utf-8")
    text = f"{source}"
    for one in reversed(wrong(module)):
        begin, end = one.start - len("said = "), one.end - len("said = ")
        text = text[:begin] + one.mended + text[end:]
    assert text == mended


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring : the English way."""',
        'said = typeset("Motif : lequel ?")',
        'def _say(text): return french.typeset(text)\n_say("Motif : lequel ?")',
        "said = \"Couldn't find the company's end\"",
        'said = "10:30, https://a.example/?x=1%20"',
        'said = "Motif\\u00a0: lequel\\u00a0?"',
        'said = r"(?: x)"',
        'said = b"a : b"',
        'said = "(row) => row ? 1 : 2"',
        'said = f"{name:>10} {share:.0%}"',
    ],
)
def test_what_is_right_or_no_french_is_left_alone(tmp_path: Path, source: str) -> None:
    """Docstrings, what is typeset where it stands, English, addresses, code."""
    module = tmp_path / "words.py"
    module.write_text(f"{source}\n", encoding="utf-8")
    assert wrong(module) == []
