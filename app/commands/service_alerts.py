"""`passavant service-alert`: alerts about services, by whoever runs the portal (MET-02, MET-11)."""

import typer

from app.errors import CannotRun
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.signals.services import actions
from models.signals.services.policy import CommandLine
from models.signals.services.queries import in_force
from models.signals.services.vocabulary import PARTS, Part, part_of

CHOICES = ", ".join(f"{choice.service} {choice.mode}".rstrip() for choice in PARTS)
"""What an alert can be about, as it is typed."""


async def start(service: str, mode: str, message: str) -> None:
    """Publish an alert: those concerned are told, and the open pages show it at once.

    Raises:
        CannotRun: with one line that says what to correct.
    """
    part = _part(service, mode)
    if await _running(part) is not None:
        raise CannotRun(f"An alert is in force for {_typed(part)} already: end it first.")
    outcome = await actions.start(CommandLine(), part.service, part.mode, message)
    if isinstance(outcome, Refusal):
        raise CannotRun(outcome.reason)
    typer.echo(f"Alert {outcome} is in force for {_typed(part)}.")


async def end(service: str, mode: str) -> None:
    """End the alert in force: those concerned are told, and it leaves the open pages at once.

    Raises:
        CannotRun: with one line, when there is none.
    """
    part = _part(service, mode)
    running = await _running(part)
    if running is None or await actions.end(CommandLine(), running) is not None:
        raise CannotRun(f"No alert is in force for {_typed(part)}.")
    typer.echo(f"Alert {running} has ended for {_typed(part)}.")


def _part(service: str, mode: str) -> Part:
    part = part_of(service.upper(), mode.upper())
    if part is None:
        raise CannotRun(
            f"No such service in that mode: {f'{service} {mode}'.strip()!r}. Choose of: {CHOICES}."
        )
    return part


async def _running(part: Part) -> int | None:
    alerts = await read(in_force)
    return next((alert.id for alert in alerts if part_of(alert.service, alert.mode) == part), None)


def _typed(part: Part) -> str:
    return f"{part.service} {part.mode}".rstrip()
