"""Finding an answer from a question typed in haste: stems, rare words first, and typing errors forgiven."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from math import log

from rapidfuzz import fuzz, process
from snowballstemmer import stemmer

from models.kernel.french import plain
from models.signals.assistance.faq import ENTRIES, Entry

_WORD = re.compile(r"[a-z0-9]+")
_CLOSE = 84
"""How alike two stems must be, of 100, for one to be a typing error of the other."""
_SURE = 0.45
"""Share of a question's weight that an answer must cover to be given as the answer."""
_IN_ANSWER = 0.4
"""What a word of the answer counts for, beside one of the question itself."""
_SAYING_NOTHING = """
a ai ait au aux avec c ce ces cet cette comment dans de des du elle en est et etre faire fait il j je l la le
les leur lui m ma mais me mes mon n ne nos notre nous on ou par pas peut peux plus pour pourquoi puis qu quand
que quel quelle quels qui quoi s sa sans se ses si son sont sur t ta te tes ton tu un une veut votre vos vous y
voir vois voit bonjour merci svp dire dit cela ca est-ce faut dois doit voudrais souhaite veux avoir suis
"""
_EMPTY = frozenset(_SAYING_NOTHING.split())


def search(query: str, entries: Sequence[Entry] = ENTRIES) -> list[Entry]:
    """The entries that answer `query`, best first; none when nothing of it is known."""
    return [entry for entry, share in _ranked(query, entries) if share > 0]


def answer(question: str, entries: Sequence[Entry] = ENTRIES) -> Entry | None:
    """The answer to `question`; None when we are not sure to know it."""
    ranked = _ranked(question, entries)
    return ranked[0][0] if ranked and ranked[0][1] >= _SURE else None


def _ranked(query: str, entries: Sequence[Entry]) -> list[tuple[Entry, float]]:
    asked = dict.fromkeys(_stems(query))
    if not asked:
        return []
    weights, known = _weights(tuple(entries)), _vocabulary(tuple(entries))
    read = {word: _nearest(word, known) for word in asked}
    rarest = log(1 + len(entries))
    total = sum(weights.get(near or "", rarest) for near in read.values())
    scores = []
    for entry in entries:
        titles, all_ = _words(entry)
        questions = [near for near in read.values() if near in all_]
        score = sum(weights[near] * (1.0 if near in titles else _IN_ANSWER) for near in questions if near)
        scores.append((entry, score / total))
    return sorted(scores, key=lambda scored: -scored[1])


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(plain(text)) if word not in _EMPTY]


@cache
def _french() -> object:
    return stemmer("french")


@cache
def _stem(word: str) -> str:
    return str(_french().stemWord(word))  # type: ignore[attr-defined]


@cache
def _words(entry: Entry) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the question, and those of all that is said."""
    titles = frozenset(_stems(f"{entry.question} {entry.words}"))
    return titles, titles | frozenset(_stems(f"{entry.theme} {entry.answer}"))


@cache
def _vocabulary(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(sorted(_weights(entries)))


@cache
def _weights(entries: tuple[Entry, ...]) -> dict[str, float]:
    """What a stem is worth: the fewer entries use it, the more it tells."""
    counts = Counter(_flat(_words(entry)[1] for entry in entries))
    return {stem: log(1 + len(entries) / number) for stem, number in counts.items()}


def _flat(groups: Iterable[frozenset[str]]) -> Iterable[str]:
    return (word for group in groups for word in group)


def _nearest(stem: str, known: Sequence[str]) -> str | None:
    """The stem itself when it is known, else the one that it must be a typing error of, if any."""
    if stem in known:
        return stem
    closest = (
        process.extractOne(stem, known, scorer=fuzz.ratio, score_cutoff=_CLOSE) if len(stem) > 3 else None
    )
    return str(closest[0]) if closest else None
