"""Part II of a CHED: official checks and decision, as signed clauses."""

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from demo.writers.xml import child, legal_time
from models.border.passage.content import Check, Ched, Decision
from models.border.passage.vocabulary import StepKind

_PREFIXES = {
    StepKind.DOCUMENTARY: "DOCUMENTARY_CHECK",
    StepKind.IDENTITY: "IDENTITY_CHECK",
    StepKind.PHYSICAL: "PHYSICAL_CHECK",
    StepKind.LABORATORY: "LABORATORY_TESTS",
}


def add_part_two(exchanged: etree._Element, ched: Ched) -> None:
    """Adds one signature for each time at which something was recorded, in the order of the checks."""
    signatures: list[tuple[datetime | None, list[tuple[str, str]]]] = []
    for check in ched.checks:
        # What is not done yet has no time of its own: it stands in the signature before it.
        at = signatures[-1][0] if check.result is None and signatures else check.at
        _clauses_at(signatures, at).extend(_check_clauses(check))
    if ched.decision:
        _clauses_at(signatures, ched.decision.at).extend(_decision_clauses(ched.decision))
    for at, clauses in signatures:
        _signature(exchanged, at, clauses)


def _clauses_at(
    signatures: list[tuple[datetime | None, list[tuple[str, str]]]], at: datetime | None
) -> list[tuple[str, str]]:
    """The clauses of the last signature when it bears that time, else those of a new one."""
    if not signatures or signatures[-1][0] != at:
        signatures.append((at, []))
    return signatures[-1][1]


def _check_clauses(check: Check) -> Iterable[tuple[str, str]]:
    prefix = _PREFIXES[check.kind]
    if check.kind is not StepKind.DOCUMENTARY or check.result is None:
        yield prefix, "YES"
    if check.method:
        yield f"{prefix}_TYPE", check.method
    if check.result is not None:
        yield f"{prefix}_RESULT", check.result.value
    if check.not_done_reason:
        yield f"{prefix}_NOT_DONE_REASON", check.not_done_reason


def _decision_clauses(decision: Decision) -> Iterable[tuple[str, str]]:
    yield "DECISION_CONCLUSION", decision.conclusion
    if decision.remarks:
        yield "DECISION_REMARKS", decision.remarks


def _signature(exchanged: etree._Element, at: datetime | None, clauses: list[tuple[str, str]]) -> None:
    signature = child(exchanged, "ram:SignatorySPSAuthentication")
    child(signature, "ram:TypeCode", "1")
    if at:
        child(child(signature, "ram:ActualDateTime"), "udt:DateTime", legal_time(at))
    for name, value in clauses:
        clause = child(signature, "ram:IncludedSPSClause")
        child(clause, "ram:ID", name, {"schemeID": "ched_decision_clause"})
        child(clause, "ram:Content", value)
