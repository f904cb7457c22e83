"""The part of the SIVEP: documentary, identity and physical checks, laboratory, decision, measures."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from demo.simulation.lives import Life
from models.border.passage.content import Check, Ched, Content, Decision, StepEvent
from models.border.passage.vocabulary import CheckResult, ChedType, StepKind, StepStatus

Say = Callable[[datetime], Content]
K, R = StepKind, CheckResult

_SELECTED: Mapping[str, tuple[float, float, float]] = {
    ChedType.ANIMALS: (1, 1, 0.1),
    ChedType.ANIMAL_PRODUCTS: (0.9, 0.35, 0.3),
    ChedType.PLANTS: (0.5, 0.8, 0.1),
    ChedType.FEED_AND_FOOD: (0.35, 0.9, 0.6),
}
"""Share checked for identity; of those, physically; of those, sampled for a laboratory."""
_FAILS: Mapping[StepKind, float] = {
    K.DOCUMENTARY: 0.014,
    K.IDENTITY: 0.012,
    K.PHYSICAL: 0.035,
    K.LABORATORY: 0.1,
}
_AFTER_INTERVENTION = 0.05

_REASONS: Mapping[tuple[StepKind, str], str] = {
    (K.PHYSICAL, ChedType.PLANTS): "PRESENCE_OF_HARMFUL_ORGANISM",
    (K.PHYSICAL, ChedType.ANIMAL_PRODUCTS): "TEMPERATURE",
    (K.LABORATORY, ChedType.PLANTS): "PRESENCE_OF_HARMFUL_ORGANISM",
    (K.LABORATORY, ChedType.ANIMAL_PRODUCTS): "MICROBIOLOGICAL_CONTAMINATION",
    (K.LABORATORY, ChedType.FEED_AND_FOOD): "MYCOTOXINS",
}
_USUAL_REASON: Mapping[StepKind, str] = {
    K.DOCUMENTARY: "INVALID_CERTIFICATE",
    K.IDENTITY: "ID_MISMATCH",
    K.PHYSICAL: "PHYSICAL_HYGIENE_FAILURE",
    K.LABORATORY: "PESTICIDE_RESIDUES",
}
_DONE_WITH = {
    "DESTRUCTION": "Lot détruit sous contrôle officiel",
    "REDISPATCHING": "Lot réexpédié hors de l’Union",
}


def check_documents(life: Life) -> Say:
    """The SIVEP opens the file; then gives the result, and says which controls it wants."""
    if life.ched.status == "1":
        return lambda at: _version(life.ched, at)
    return lambda at: _with(
        life, at, Check(K.DOCUMENTARY, _result(life, K.DOCUMENTARY), at), *_selected(life)
    )


def _selected(life: Life) -> list[Check]:
    identity, physical, _ = _SELECTED[life.ched.ched_type]
    if life.fate("identity") >= identity:
        return []
    wanted = [K.IDENTITY, K.PHYSICAL] if life.fate("physical") < physical else [K.IDENTITY]
    return [Check(kind, None) for kind in wanted]


def start_identity(life: Life) -> Say:
    """The goods are there, and the inspector begins."""
    return _begin(life, K.IDENTITY)


def start_physical(life: Life) -> Say:
    """The doors are open, and the inspector begins."""
    return _begin(life, K.PHYSICAL)


def check_identity(life: Life) -> Say:
    """Result of the identity check: seals only, unless the goods are opened anyway."""
    pending = {check.kind for check in life.ched.checks if check.result is None}
    method = "FULL_CHECK" if K.PHYSICAL in pending else "SEAL_CHECK"
    return lambda at: _with(life, at, Check(K.IDENTITY, _result(life, K.IDENTITY), at, method))


def check_physically(life: Life) -> Say:
    """Result of the physical check, with samples sent to a laboratory for some."""
    result = _result(life, K.PHYSICAL)
    sampled = life.fate("laboratory") < _SELECTED[life.ched.ched_type][2] and result != R.NOT_SATISFACTORY
    more = [Check(K.LABORATORY, None)] if sampled else []
    return lambda at: _with(life, at, Check(K.PHYSICAL, result, at), *more)


def return_result(life: Life) -> Say:
    """The laboratory answers."""
    return lambda at: _with(life, at, Check(K.LABORATORY, _result(life, K.LABORATORY), at))


def decide(life: Life) -> Say:
    """The goods may enter."""
    return lambda at: replace(
        life.ched, status="70", issued_at=at, decision=Decision("ACCEPTABLE_FOR_INTERNAL_MARKET", at)
    )


def refuse(life: Life) -> Say:
    """The goods may not enter; the decision says why, and what must become of them."""
    failed = life.passage.failed_check() or K.DOCUMENTARY
    reason = _REASONS.get((failed, life.ched.ched_type), _USUAL_REASON[failed])
    measure = "DESTRUCTION" if life.fate("measure") < 0.4 else "REDISPATCHING"
    return lambda at: replace(
        life.ched,
        status="41",
        issued_at=at,
        decision=Decision("NOT_ACCEPTABLE", at, measure, "ALL", (reason,)),
    )


def carry_out_measure(life: Life) -> Say:
    """The refused goods are gone."""
    measure = life.ched.decision.measure if life.ched.decision else ""
    words = _DONE_WITH.get(measure, "Mesure exécutée")
    ched = life.ched
    return lambda at: StepEvent(
        ched.reference, K.DEPARTURE, StepStatus.DONE, at, "DGAL", ched.post_code, words
    )


def _begin(life: Life, kind: StepKind) -> Say:
    reference, post = life.ched.reference, life.ched.post_code
    return lambda at: StepEvent(reference, kind, StepStatus.STARTED, at, "DGAL", post)


def _result(life: Life, kind: StepKind) -> CheckResult:
    drawn = life.fate(f"result {kind}")
    if drawn < _FAILS[kind]:
        return R.NOT_SATISFACTORY
    return R.SATISFACTORY_AFTER_INTERVENTION if drawn > 1 - _AFTER_INTERVENTION else R.SATISFACTORY


def _with(life: Life, at: datetime, *checks: Check) -> Ched:
    """The CHED with these checks in the place of what it said of them."""
    kinds = {check.kind for check in checks}
    kept = [check for check in life.ched.checks if check.kind not in kinds]
    order = list(StepKind)
    listed = sorted([*kept, *checks], key=lambda check: order.index(check.kind))
    return _version(replace(life.ched, checks=tuple(listed)), at)


def _version(ched: Ched, at: datetime) -> Ched:
    return replace(ched, status="42", issued_at=at)
