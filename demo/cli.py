"""The verbs of the demonstration, added to the `passavant` command where this folder is there (tools/bootstrap.py)."""

from typing import Annotated

import typer

from app.cli import Host, Port, cli, main
from app.commands.runner import Seals, run_to_the_end


@cli.command()
def demo(
    consignments: Annotated[
        int, typer.Option(help="How many, about; 0 for the accounts and figures alone.", min=0)
    ] = 180,
) -> None:
    """Create the demonstration companies, accounts, figures and consignments (needs PASSAVANT_DEMO=1)."""
    from demo.commands.history import run

    run_to_the_end(run, consignments)


@cli.command()
def simulate(
    speed: Annotated[float, typer.Option(help="Simulated seconds per second.", min=0.01)] = 20,
) -> None:
    """Send the traffic of a border post, without end."""
    from demo.commands.simulate import run

    run_to_the_end(run, speed, seals=Seals.MEANWHILE)


@cli.command()
def demonstrate(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    parent: Annotated[int, typer.Option(help="Process with which it ends, however that ends.")] = 0,
) -> None:
    """Do what `make run` promises: database, demonstration data, front end, live traffic."""
    from app.lifeline import end_with

    if parent:
        end_with(parent)
    from demo.commands.demonstrate import run

    run(host, port)


if __name__ == "__main__":
    main()
