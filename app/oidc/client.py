"""The portal as OpenID Connect client of a co-owner: authorization code, PKCE, state and nonce (PPR-04)."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from authlib.integrations.base_client import OAuthError

from app.oidc.discovery import TIMEOUT, Metadata, host_of, metadata_of
from app.oidc.failures import CoOwnerAway, Declined, NotProven
from app.oidc.tokens import verify
from app.outbound import Pinned
from models.identity.habilitations.attempts import Attempt
from models.identity.habilitations.rules import Named, UnreadableHabilitations, read_named
from models.kernel.settings.co_owners import CoOwnerSettings

with warnings.catch_warnings():
    # Authlib announces that it will prefer a successor of httpx, which nothing else here uses.
    warnings.simplefilter("ignore")
    from authlib.integrations.httpx_client import AsyncOAuth2Client

SCOPE = "openid habilitations"


@dataclass(frozen=True, slots=True)
class Proven:
    """Who signed in at the co-owner, and what the co-owner lets them do."""

    subject: str
    named: frozenset[Named]


async def address_to_sign_in(there: CoOwnerSettings, attempt: Attempt, redirect_uri: str) -> str:
    """Where to send the browser.

    Raises:
        CoOwnerAway: when the issuer does not answer.
    """
    metadata = await metadata_of(there.issuer)
    async with _client(there, redirect_uri) as client:
        address, _ = client.create_authorization_url(
            metadata.authorization_endpoint,
            state=attempt.state,
            nonce=attempt.nonce,
            code_verifier=attempt.code_verifier,
        )
    return str(address)


async def prove(
    there: CoOwnerSettings, attempt: Attempt, answer: Mapping[str, str], redirect_uri: str
) -> Proven:
    """Exchange what the browser brought back for who the person is there.

    Raises:
        Declined: when the co-owner or the person said no.
        NotProven: when something does not fit: the code, the ID token, the person or the habilitations.
        CoOwnerAway: when the issuer does not answer.
    """
    metadata = await metadata_of(there.issuer)
    _check_sender(metadata, answer)
    if "error" in answer:
        raise Declined(answer["error"])
    async with _client(there, redirect_uri) as client:
        token = await _exchange(client, metadata, attempt, answer.get("code", ""))
        subject = await verify(there, token, attempt.nonce)
        about = await _about(client, metadata)
    if about.get("sub") != subject:
        raise NotProven("userinfo speaks of another person")
    try:
        return Proven(subject, read_named(about.get("habilitations", [])))
    except UnreadableHabilitations as error:
        raise NotProven(f"habilitations: {error}") from None


def _client(there: CoOwnerSettings, redirect_uri: str) -> AsyncOAuth2Client:
    return AsyncOAuth2Client(
        there.client_id,
        there.client_secret.get_secret_value(),
        scope=SCOPE,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        timeout=TIMEOUT,
        transport=Pinned([host_of(there.issuer)]),
        trust_env=False,
    )


def _check_sender(metadata: Metadata, answer: Mapping[str, str]) -> None:
    """RFC 9207: an answer that names its issuer names ours; where it always does, it must."""
    named = answer.get("iss")
    if named is None and not metadata.authorization_response_iss_parameter_supported:
        return
    if named != metadata.issuer:
        raise NotProven("the answer comes from another issuer")


async def _exchange(
    client: AsyncOAuth2Client, metadata: Metadata, attempt: Attempt, code: str
) -> Mapping[str, Any]:
    if not code:
        raise NotProven("no code")
    try:
        token: Mapping[str, Any] = await client.fetch_token(
            metadata.token_endpoint, code=code, code_verifier=attempt.code_verifier
        )
    except OAuthError as error:
        raise NotProven(f"token endpoint: {error.error}") from None
    except (httpx.HTTPError, ValueError) as error:
        raise CoOwnerAway(f"token endpoint: {type(error).__name__}") from None
    return token


async def _about(client: AsyncOAuth2Client, metadata: Metadata) -> dict[str, Any]:
    try:
        answer = await client.get(metadata.userinfo_endpoint)
        answer.raise_for_status()
        about = answer.json()
    except (httpx.HTTPError, OAuthError, ValueError) as error:
        raise CoOwnerAway(f"userinfo: {type(error).__name__}") from None
    return about if isinstance(about, dict) else {}
