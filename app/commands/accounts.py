"""`passavant account`: opens an account, or names a correspondent, from the command line."""

import asyncio
import getpass
import secrets
import string
import sys

import typer
from sqlmodel import select
from stdnum.exceptions import ValidationError
from stdnum.fr import siren as siren_number

from app.commands.runner import sealing
from app.errors import CannotRun
from models.identity.access.registration import create_account
from models.identity.accounts.rules import Refused, Role, is_address, same_address, unmet_password_rules
from models.identity.accounts.tables import Account
from models.identity.people.actions import name_correspondent
from models.kernel.database import dispose, read

_SPECIAL = "-_.:+"
_DRAWN_LENGTH = 20


def create(email: str, name: str, role: str, siren: str | None) -> None:
    """Open an account, and print what was done (COM-01, PPR-01).

    The password is asked twice, without echo; away from a terminal it is drawn, and printed this once.
    Whoever runs the command answers for the e-mail address, which is taken as verified (COM-03).

    Raises:
        CannotRun: with one line that says what to correct.
    """
    chosen_role, number = _checked(email, name, role, siren)
    interactive = sys.stdin.isatty()
    password = _asked() if interactive else draw_password()
    outcome = asyncio.run(_create(email, name, password, chosen_role, number))
    if isinstance(outcome, Refused):
        raise CannotRun(f"{outcome.title}. {outcome.sentence}")
    typer.echo(f"Account {outcome} created for {same_address(email)} ({chosen_role}).")
    if not interactive:
        typer.echo(f"Password, shown only now: {password}")


async def name(email: str) -> None:
    """Name somebody correspondent of the company that their account belongs to (PPR-10).

    Raises:
        CannotRun: with one line, when no company's account bears that address, checked by a link.
    """
    holder = await read(
        lambda db: db.exec(select(Account).where(Account.email == same_address(email))).first()
    )
    if holder is None or holder.siren is None or holder.email_verified_at is None:
        raise CannotRun(f"No checked address of a company's account: {email!r}.")
    named = await name_correspondent(holder.key, holder.siren)
    typer.echo(f"{holder.email} {'now answers' if named else 'answered already'} for SIREN {holder.siren}.")


def draw_password() -> str:
    """A password that meets COM-01, drawn at random: 120 bits."""
    alphabet = string.ascii_letters + string.digits + _SPECIAL
    while True:
        password = "".join(secrets.choice(alphabet) for _ in range(_DRAWN_LENGTH))
        if not unmet_password_rules(password):
            return password


def _checked(email: str, name: str, role: str, siren: str | None) -> tuple[Role, str | None]:
    if not is_address(same_address(email)):
        raise CannotRun(f"Not an e-mail address: {email!r}.")
    if not name.strip():
        raise CannotRun("The name is empty.")
    try:
        chosen = Role(role)
    except ValueError:
        raise CannotRun(f"Unknown role {role!r}: expected one of {', '.join(Role)}.") from None
    if chosen is not Role.OPERATOR:
        if siren:
            raise CannotRun("An officer belongs to no company: leave the SIREN out.")
        return chosen, None
    try:
        return chosen, siren_number.validate(siren or "")
    except ValidationError:
        raise CannotRun(f"Not a valid SIREN (9 digits, with a check digit): {siren!r}.") from None


def _asked() -> str:
    password = getpass.getpass("Password: ")
    unmet = unmet_password_rules(password)
    if unmet:
        raise CannotRun(f"This password is too weak: {' ; '.join(unmet)}.")
    if getpass.getpass("Again: ") != password:
        raise CannotRun("The two passwords differ.")
    return password


async def _create(email: str, name: str, password: str, role: Role, siren: str | None) -> int | Refused:
    try:
        async with sealing():
            return await create_account(email, name, password, role, siren, email_verified=True)
    finally:
        await dispose()
