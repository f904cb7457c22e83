"""`passavant partner`: which companies mandate a program, from the command line."""

import typer

from app.errors import CannotRun
from models.identity.accounts.tables import PartnerClient
from models.identity.companies.tables import Company
from models.identity.people import mandates
from models.kernel.database import read


async def mandate(client: str, siren: str) -> None:
    """Let that program act for that company (SES-04). Whoever runs the command answers for the company.

    Raises:
        CannotRun: with one line that says what is wrong.
    """
    await _check(client, siren)
    refusal = await mandates.let(siren, client)
    if refusal is not None:
        raise CannotRun(
            f"{client} is revoked, has no scope for appointments, or acts for SIREN {siren} already."
        )
    typer.echo(f"{client} now acts for SIREN {siren}.")


async def end_mandate(client: str, siren: str) -> None:
    """Let that program act for that company no longer.

    Raises:
        CannotRun: with one line that says what is wrong.
    """
    await _check(client, siren)
    refusal = await mandates.end(siren, client)
    if refusal is not None:
        raise CannotRun(f"{client} does not act for SIREN {siren}.")
    typer.echo(f"{client} no longer acts for SIREN {siren}.")


async def _check(client: str, siren: str) -> None:
    if await read(lambda db: db.get(PartnerClient, client)) is None:
        raise CannotRun(f"No program of that identifier: {client!r}.")
    if await read(lambda db: db.get(Company, siren)) is None:
        raise CannotRun(f"No company of that SIREN: {siren!r}.")
