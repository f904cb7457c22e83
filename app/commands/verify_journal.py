"""`passavant verify-journal`: finds what was changed in the journal behind its back, and says where (SES-52)."""

from collections.abc import Collection, Iterator, Sequence

from rich.console import Console
from rich.progress import Progress
from sqlalchemy.exc import SQLAlchemyError

from app.errors import CannotRun
from models.journal.sealing.findings import EXPLICABLE, Finding
from models.journal.sealing.given import Given, read_given
from models.journal.sealing.verification import Report, verify

_SHOWN = 50


async def run(kept: Sequence[str] = (), explained: Collection[int] = ()) -> None:
    """Verify every entry, seal and anchor, and print what was found.

    `kept` are anchors that were kept elsewhere: lines, or files of lines, letters or time stamps. `explained` are
    the batches of which somebody knows why they were sealed late, or with a new key: told, not held against.

    Raises:
        CannotRun: when something was tampered with, or nothing could be verified.
    """
    try:
        proofs = read_given(kept)
    except ValueError as wrong:
        raise CannotRun(f"--anchor: {wrong}.") from None
    report = await _verify(proofs)
    console = Console(highlight=False, soft_wrap=True)
    known = [
        finding for finding in report.findings if finding.wrong in EXPLICABLE and finding.batch in explained
    ]
    held = [finding for finding in report.findings if finding not in known]
    for line in (
        *_lines(held, "✗"),
        *_lines(known, "·"),
        *_notes(report, proofs),
        _summary(report, held, known),
    ):
        console.print(line, markup=False)
    if held:
        raise CannotRun(f"the journal was tampered with: {len(held)} finding(s).")


async def _verify(evidence: Given) -> Report:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Entries", total=None)
        try:
            return await verify(lambda done, total: bar.update(task, completed=done, total=total), evidence)
        except SQLAlchemyError as error:
            raise CannotRun(
                f"the database cannot be read ({type(error).__name__}): nothing was verified."
            ) from None


def _lines(findings: Sequence[Finding], sign: str) -> Iterator[str]:
    yield from (f"{sign} {finding}" for finding in findings[:_SHOWN])
    if len(findings) > _SHOWN:
        yield f"{sign} and {len(findings) - _SHOWN} more"


def _notes(report: Report, evidence: Given) -> Iterator[str]:
    """What is no fault, and must be known to judge the rest."""
    if report.earlier:
        yield (
            f"Batches 1 to {report.earlier} were sealed by an earlier version: no entry of theirs was changed since, "
            "but nothing proves that each was sealed when it was written."
        )
    if report.invented:
        yield f"{report.invented} entries tell of a past that the demonstration invented: their times prove nothing."
    if report.stamps:
        first, last = report.stamps[0], report.stamps[-1]
        judged = "" if report.stamps_judged else "; signatures not judged: set PASSAVANT_ANCHOR_TSA_CA"
        yield (
            f"{len(report.stamps)} time stamps, from {first.at:%Y-%m-%d %H:%M} to {last.at:%Y-%m-%d %H:%M} UTC{judged}."
        )
    if evidence.anchors:
        newest = max((anchor for _, anchor in evidence.anchors), key=lambda one: one.batch)
        yield f"Held against {len(evidence.anchors)} anchors given, up to entry {newest.last_seq}, batch {newest.batch}."
    if evidence.stamps:
        yield f"Held against {len(evidence.stamps)} time stamps given."
    if not (evidence.anchors or evidence.stamps):
        yield "No anchor was given: whoever has the database and the data folder can write what passes this."


def _summary(report: Report, held: Sequence[Finding], known: Sequence[Finding]) -> str:
    summary = f"{report.entries} entries under {report.seals} seals"
    if report.unsealed:
        summary += f", {report.unsealed} not sealed yet"
    if report.purged:
        summary += f", {report.purged} without their personal part"
    but = ", but for what was explained" if known else ""
    return f"{summary}. " + ("NOT as they were sealed." if held else f"All as they were sealed{but}.")
