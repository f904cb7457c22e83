"""The `passavant` command: each verb imports what does the work only when it is asked for."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.runner import Seals, run_to_the_end
from app.errors import CannotRun, explained
from models.kernel.settings.portal import WrongSetting, settings

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they print local variables, secrets among them
    help="Passavant, the portal for what a company does with the French border authorities.",
)
account = typer.Typer(no_args_is_help=True, help="The accounts of persons.")
cli.add_typer(account, name="account")
partner = typer.Typer(no_args_is_help=True, help="The programs of partners, and who mandates them.")
cli.add_typer(partner, name="partner")
service_alert = typer.Typer(no_args_is_help=True, help="Alerts about services: DELTA, and the portal itself.")
cli.add_typer(service_alert, name="service-alert")

_OURS_ALONE = 0o077
"""What the portal writes is for its own user: the database, letters, keys, backups."""
Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for every one.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]


@cli.command()
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(help="Processes; more than one needs Redis and PostgreSQL.")] = 1,
) -> None:
    """Serve the portal: the pages, the partner API and the live updates."""
    from app.commands.leftovers import refuse_leftovers
    from app.frontend.build import build
    from app.server import check, serve

    check(host, port, workers)
    run_to_the_end(refuse_leftovers)
    build()
    serve(host, port, workers)


@cli.command()
def worker() -> None:
    """Run what goes on behind the pages: mail, seals, deadlines (see PASSAVANT_TASKS_APART)."""
    from app.commands.worker import run

    run_to_the_end(run, seals=Seals.NEVER)  # it has a task for that


@cli.command()
def build(force: Annotated[bool, typer.Option(help="Even if nothing changed.")] = False) -> None:
    """Build the front end, if its sources changed."""
    from app.frontend.build import build

    built = build(force=force)
    typer.echo("The front end is built." if built else "The front end is up to date.")


@cli.command()
def migrate() -> None:
    """Bring the database to the present schema."""
    from app.migration import migrate

    before, after = asyncio.run(migrate(settings().database))
    changed = f"brought from {before} to {after}" if before != after else f"up to date ({after})"
    typer.echo(f"The database is {changed}.")


@cli.command()
def ingest(files: Annotated[list[Path], typer.Argument(help="Messages, one per file.")]) -> None:
    """Take in messages of partners from files."""
    from app.commands.ingest import run

    run_to_the_end(run, files, seals=Seals.MEANWHILE)


@cli.command()
def replay(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Numbers of messages, as told when refused.")
    ] = None,
    all_refused: Annotated[
        bool, typer.Option("--all-refused", help="Every message that is refused.")
    ] = False,
) -> None:
    """Take refused messages in again, once the cause is mended."""
    from functools import partial

    from app.commands.replay import run

    run_to_the_end(partial(run, all_refused=all_refused), ids or [], seals=Seals.MEANWHILE)


@cli.command(name="verify-journal")
def verify_journal(
    anchor: Annotated[
        list[str] | None,
        typer.Option(help="An anchor kept elsewhere: its line, or a file of lines, a letter, a time stamp."),
    ] = None,
    explained: Annotated[
        list[int] | None,
        typer.Option(help="A batch of which you know why it was sealed late, or with a new key."),
    ] = None,
) -> None:
    """Find what was changed in the journal behind its back, and say where."""
    from app.commands.verify_journal import run

    run_to_the_end(run, anchor or [], explained or [], seals=Seals.NEVER)


@cli.command()
def backup(folder: Path) -> None:
    """Back the database and the data folder up, into a new folder of FOLDER; the portal may go on meanwhile."""
    from app.commands.backup import backup

    run_to_the_end(backup, folder)


@cli.command()
def restore(folder: Path) -> None:
    """Bring a backup back, into an empty database and an empty data folder."""
    from app.commands.backup import restore

    run_to_the_end(restore, folder)


@account.command()
def create(
    email: Annotated[str, typer.Option(prompt=True)],
    name: Annotated[str, typer.Option(prompt=True)],
    role: Annotated[str, typer.Option(prompt=True)],
    siren: Annotated[str | None, typer.Option(help="The person's company; none for officers.")] = None,
) -> None:
    """Create an account."""
    from app.commands.accounts import create

    run_to_the_end(create, email, name, role, siren)


@account.command()
def correspondent(email: str) -> None:
    """Name the first correspondent of a company: somebody who has an account of it."""
    from app.commands.accounts import name

    run_to_the_end(name, email)


Client = Annotated[str, typer.Argument(help="Identifier of the program.")]
Siren = Annotated[str, typer.Argument(help="The company's number, 9 digits.")]


@partner.command()
def mandate(client: Client, siren: Siren) -> None:
    """Let a program act for a company: read its consignments, book, move and cancel."""
    from app.commands.partners import mandate

    run_to_the_end(mandate, client, siren)


@partner.command(name="end-mandate")
def end_mandate(client: Client, siren: Siren) -> None:
    """End that, from the program's next call on."""
    from app.commands.partners import end_mandate

    run_to_the_end(end_mandate, client, siren)


Service = Annotated[
    str, typer.Argument(help="DELTA_G, DELTA_X_IMPORT, DELTA_X_EXPORT, DELTA_H7, or PORTAL for the portal.")
]
Mode = Annotated[str, typer.Option(help="DTI or EDI; none for the portal.")]


@service_alert.command(name="start")
def start_alert(
    service: Service,
    message: Annotated[str, typer.Argument(help="A French sentence: what fails, and what to do meanwhile.")],
    mode: Mode = "",
) -> None:
    """Publish an alert: the users of the service are told, and a banner shows on the pages concerned."""
    from app.commands.service_alerts import start

    run_to_the_end(start, service, mode, message)


@service_alert.command(name="end")
def end_alert(service: Service, mode: Mode = "") -> None:
    """End the alert in force: the same people are told, and the banner leaves."""
    from app.commands.service_alerts import end

    run_to_the_end(end, service, mode)


def main() -> None:
    """Run the command; a failure that has a reason is one line on stderr, and a status."""
    signal.signal(signal.SIGTERM, _interrupt)
    os.umask(_OURS_ALONE)
    try:
        if "--help" not in sys.argv:
            settings()
        cli()
    except WrongSetting as wrong:
        sys.exit(_say(wrong, 2))
    except CannotRun as reason:
        sys.exit(_say(reason, 1))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        words = explained(error)
        if not words:
            raise
        sys.exit(_say(CannotRun(words), 1))


def _interrupt(_number: int, _frame: object) -> None:
    """End on SIGTERM as on Ctrl-C: the program unwinds, and ends what it started."""
    raise KeyboardInterrupt


def _say(reason: Exception, status: int) -> int:
    typer.echo(f"passavant: {reason}", err=True)
    return status


if __name__ == "__main__":
    main()
