"""Signatures of a CHED: submission by the operator, official checks, decision (SES-02).

The officer's name that stands beside them is never read: an author is an administration.
"""

from dataclasses import dataclass
from datetime import datetime

from models.border.messages.formats.parts.elements import Element, attribute, text_of
from models.border.messages.formats.parts.findings import Findings, quote
from models.border.messages.formats.parts.moments import moment
from models.border.passage.content import Check, Decision
from models.border.passage.steps import STEP_ROWS
from models.border.passage.vocabulary import CheckResult, StepKind

PART_ONE = "4"
PART_TWO = "1"

CLAUSES = {row.kind: row.clauses for row in STEP_ROWS if row.clauses}
_YES = frozenset({"YES", "TRUE"})
_NO = frozenset({"NO", "FALSE"})
_REMARKS = ("DECISION_REMARKS", "OFFICIAL_REMARKS")


@dataclass(frozen=True, slots=True)
class Official:
    """What the signatures tell."""

    submitted_at: datetime | None
    purpose: str
    checks: tuple[Check, ...]
    decision: Decision | None


def read_authentications(certificate: Element, findings: Findings) -> Official:
    """Submission, purpose, checks and decision; where part II is signed again, the last one stands."""
    submitted_at: datetime | None = None
    purpose = ""
    checks: dict[StepKind, Check] = {}
    decision: Decision | None = None
    for element in certificate.every("SPSExchangedDocument/SignatorySPSAuthentication"):
        part = text_of(element, "TypeCode")
        at = moment(element.find("ActualDateTime"), "date de signature", findings)
        clauses = _clauses(element)
        purpose = clauses.get("PURPOSE", "") or purpose
        if part == PART_ONE:
            submitted_at = submitted_at or at
        elif part == PART_TWO:
            checks.update((check.kind, check) for check in _checks(clauses, at, findings))
            decision = _decision(certificate, clauses, at, findings) or decision
    return Official(submitted_at, purpose, tuple(checks.values()), decision)


def _clauses(authentication: Element) -> dict[str, str]:
    """Clause → code. The code is the content without language; the others are its translations."""
    clauses: dict[str, str] = {}
    for element in authentication.every("IncludedSPSClause"):
        contents = list(element.every("Content"))
        codes = [content for content in contents if not attribute(content, "languageID")] or contents
        if codes:
            clauses[text_of(element, "ID")] = text_of(codes[0])
    return clauses


def _checks(clauses: dict[str, str], at: datetime | None, findings: Findings) -> list[Check]:
    checks = (
        _check(kind, prefix, clauses, at, findings)
        for kind, prefixes in CLAUSES.items()
        for prefix in prefixes
        if prefix in clauses or f"{prefix}_RESULT" in clauses
    )
    return list(checks)


def _check(
    kind: StepKind, prefix: str, clauses: dict[str, str], at: datetime | None, findings: Findings
) -> Check:
    flag = clauses.get(prefix, "")
    result = _result(clauses.get(f"{prefix}_RESULT", ""), findings)
    if result is None and flag in _NO:
        result = CheckResult.NOT_DONE
    # Some senders put the method where the yes or no stands.
    method = clauses.get(f"{prefix}_TYPE", "") or (flag if flag not in _YES | _NO else "")
    reasons = [
        value for name, value in clauses.items() if name.startswith(prefix) and name.endswith("REASON")
    ]
    return Check(
        kind=kind,
        result=result,
        at=at if result is not None else None,
        method=method,
        not_done_reason=reasons[0] if reasons else "",
    )


def _result(code: str, findings: Findings) -> CheckResult | None:
    if not code or code == "PENDING":
        return None
    try:
        return CheckResult(code)
    except ValueError:
        findings.warn(
            f"Résultat de contrôle inconnu {quote(code)}\u00a0: le contrôle est tenu pour non rendu."
        )
        return None


def _decision(
    certificate: Element, clauses: dict[str, str], at: datetime | None, findings: Findings
) -> Decision | None:
    conclusion = clauses.get("DECISION_CONCLUSION", "")
    if not conclusion:
        return None
    if at is None:
        findings.missing("date de la décision")
        return None
    measures = _note_codes(certificate, "NOT_ACCEPTABLE_MEASURE")
    return Decision(
        conclusion=conclusion,
        at=at,
        measure=next((code for code, listed in measures if not listed.endswith("extent")), ""),
        measure_extent=next((code for code, listed in measures if listed.endswith("extent")), ""),
        refusal_reasons=tuple(code for code, _ in _note_codes(certificate, "REFUSAL_REASON")),
        remarks=next((clauses[name] for name in _REMARKS if clauses.get(name)), ""),
    )


def _note_codes(certificate: Element, subject: str) -> list[tuple[str, str]]:
    """The codes of the notes on `subject`, each with the list it is taken from."""
    return [
        (text_of(code), attribute(code, "listID"))
        for note in certificate.every("SPSExchangedDocument/IncludedSPSNote")
        if text_of(note, "SubjectCode") == subject
        for code in note.every("ContentCode")
        if text_of(code)
    ]
