"""`passavant verify-journal`: finds what was changed in the journal behind its back, and says where (SES-52)."""

from rich.console import Console
from rich.progress import Progress
from sqlalchemy.exc import SQLAlchemyError

from app.errors import CannotRun
from models.journal.verification import Report, verify

_SHOWN = 50


async def run() -> None:
    """Verify every entry, seal and anchor, and print what was found.

    Raises:
        CannotRun: when something was tampered with, or nothing could be verified.
    """
    console = Console(highlight=False, soft_wrap=True)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Entries", total=None)
        try:
            report = await verify(lambda done, total: bar.update(task, completed=done, total=total))
        except SQLAlchemyError as error:
            raise CannotRun(
                f"the database cannot be read ({type(error).__name__}): nothing was verified."
            ) from None
    for finding in report.findings[:_SHOWN]:
        console.print(f"✗ {finding}", markup=False)
    if len(report.findings) > _SHOWN:
        console.print(f"✗ and {len(report.findings) - _SHOWN} more")
    console.print(_summary(report))
    if report.findings:
        raise CannotRun(f"the journal was tampered with: {len(report.findings)} finding(s).")


def _summary(report: Report) -> str:
    said = f"{report.entries} entries under {report.seals} seals"
    if report.unsealed:
        said += f", {report.unsealed} not sealed yet"
    if report.purged:
        said += f", {report.purged} without their personal part"
    return f"{said}. " + ("NOT as they were sealed." if report.findings else "All as they were sealed.")
