"""Accounts at the customs site opened and changed from the portal: SCIM 2.0, RFC 7644 (PPR-06)."""

import secrets
import string
from typing import Any
from urllib.parse import quote

import httpx

from app.oidc.discovery import TIMEOUT, host_of
from app.oidc.failures import CoOwnerAway, NotProven
from app.outbound import client
from models.identity.accounts.rules import unmet_password_rules
from models.kernel.settings.co_owners import CoOwnerSettings

_MEDIA_TYPE = "application/scim+json"
_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
_PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_SIGNS = "-_+=.,:!?"
_LETTERS = string.ascii_letters + string.digits + _SIGNS
_LENGTH = 20


class AlreadyThere(Exception):
    """The co-owner has an account under that address already: it is to be linked, not opened."""


def draw_password() -> str:
    """A password drawn at random, 120 bits, that COM-01 accepts."""
    while True:
        drawn = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        if not unmet_password_rules(drawn):
            return drawn


async def open_account(there: CoOwnerSettings, email: str, name: str, password: str) -> str:
    """Open an account there; its identifier, which is the `sub` of its holder.

    Raises:
        AlreadyThere: when the address has an account.
        NotProven: when the answer names none.
        CoOwnerAway: when the service does not answer.
    """
    body = {
        "schemas": [_USER],
        "userName": email,
        "displayName": name,
        "emails": [{"value": email, "primary": True}],
        "active": True,
        "password": password,
    }
    answer = await _send(there, "POST", "/Users", body)
    if answer.status_code == httpx.codes.CONFLICT:
        raise AlreadyThere
    identifier = _read(answer).get("id")
    if not isinstance(identifier, str) or not identifier:
        raise NotProven("SCIM: no id")
    return identifier


async def change_password(there: CoOwnerSettings, subject: str, password: str) -> None:
    """Give that account another password.

    Raises:
        NotProven: when the account is not there any more.
        CoOwnerAway: when the service does not answer.
    """
    change = {"op": "replace", "path": "password", "value": password}
    answer = await _send(
        there, "PATCH", f"/Users/{quote(subject, safe='')}", {"schemas": [_PATCH], "Operations": [change]}
    )
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise NotProven("SCIM: no such account")
    if not answer.is_success:
        raise CoOwnerAway(f"SCIM: {answer.status_code}")


async def _send(there: CoOwnerSettings, method: str, path: str, body: dict[str, Any]) -> httpx.Response:
    headers = {
        "Authorization": f"Bearer {there.scim_secret.get_secret_value()}",
        "Content-Type": _MEDIA_TYPE,
        "Accept": _MEDIA_TYPE,
    }
    try:
        async with client([host_of(there.scim_url)], timeout=TIMEOUT) as asking:
            return await asking.request(method, f"{there.scim_url}{path}", json=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise CoOwnerAway(f"SCIM: {type(error).__name__}") from None


def _read(answer: httpx.Response) -> dict[str, Any]:
    if not answer.is_success:
        raise CoOwnerAway(f"SCIM: {answer.status_code}")
    try:
        answer_body = answer.json()
    except ValueError:
        raise CoOwnerAway("SCIM: not JSON") from None
    return answer_body if isinstance(answer_body, dict) else {}
