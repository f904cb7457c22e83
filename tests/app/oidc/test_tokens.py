"""What an ID token must be (OpenID Connect Core 3.1.3.7), each claim spoilt in turn. Keys of the test's own.

Seen to fail: with `claims.validate` taken out of app/oidc/tokens.py, every case below is let in.
"""

from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from app.oidc import discovery
from app.oidc.failures import NotProven
from app.oidc.tokens import verify
from models.kernel import clock
from models.kernel.settings.co_owners import CoOwnerSettings
from tests.support.accounts import NOW

ISSUER, CLIENT, NONCE = "https://douane.example/oidc", "passavant", "drawn"
KEY = RSAKey.generate_key(2048, parameters={"kid": "known"}, private=True)
OTHER = RSAKey.generate_key(2048, parameters={"kid": "known"}, private=True)
THERE = CoOwnerSettings.model_validate(
    {"issuer": ISSUER, "client_id": CLIENT, "client_secret": "a secret that is long enough"}
)
ACCESS = "an access token"


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch) -> None:
    """The issuer publishes KEY, and nothing else, however often it is asked."""

    async def ask(issuer: str) -> discovery._Known:
        ends = dict.fromkeys(
            ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"), f"{ISSUER}/x"
        )
        keys = KeySet.import_key_set({"keys": [KEY.as_dict(private=False)]})
        return discovery._Known(discovery.Metadata(issuer=issuer, **ends), keys, clock.now())

    monkeypatch.setattr(discovery, "_ask", ask)
    discovery.forget()


def _claims(**said: Any) -> dict[str, Any]:
    now = int(NOW.timestamp())
    usual = {"iss": ISSUER, "aud": CLIENT, "sub": "42", "nonce": NONCE, "iat": now, "exp": now + 300}
    return {name: value for name, value in (usual | said).items() if value is not None}


async def _verified(
    claims: dict[str, Any], key: Any = KEY, alg: str = "RS256", kid: str | None = "known"
) -> str:
    header = {"alg": alg} | ({"kid": kid} if kid else {})
    id_token = jwt.encode(header, claims, key, algorithms=[alg])
    with clock.fixed(NOW):
        return await verify(THERE, {"id_token": id_token, "access_token": ACCESS}, NONCE)


async def test_a_token_that_fits_names_the_person() -> None:
    """PPR-04"""
    assert await _verified(_claims()) == "42"
    assert await _verified(_claims(aud=[CLIENT])) == "42"
    assert await _verified(_claims(aud=[CLIENT, "another"], azp=CLIENT)) == "42"


LATE, LATER = int((NOW - timedelta(minutes=1)).timestamp()), int((NOW + timedelta(hours=1)).timestamp())


@pytest.mark.parametrize(
    "said",
    [
        {"iss": "https://impots.example/oidc"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": None},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        {"exp": LATE},
        {"exp": None},
        {"exp": "soon"},
        {"iat": LATER},
        {"iat": None},
        {"nbf": LATER},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 42},
        {"at_hash": "another"},
    ],
    ids=str,
)
async def test_a_claim_that_does_not_fit_is_refused(said: dict[str, Any]) -> None:
    """PPR-04: issuer, audience, party, times, nonce, subject, access token."""
    with pytest.raises(NotProven):
        await _verified(_claims(**said))


async def test_only_the_issuer_s_keys_sign() -> None:
    """PPR-04: another key under the same name, an unknown one, a shared secret, another algorithm."""
    tries = [
        (OTHER, "RS256", "known"),
        (KEY, "RS256", "renewed"),
        (OctKey.import_key(b"a secret that is long enough to be one"), "HS256", "known"),
        (ECKey.generate_key("P-256", private=True), "ES256", "known"),
    ]
    for key, alg, kid in tries:
        with pytest.raises(NotProven):
            await _verified(_claims(), key, alg, kid)


@pytest.mark.parametrize("id_token", [None, "", "x", "a.b.c", 3, "eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9."])
async def test_what_is_no_signed_token_is_refused(id_token: Any) -> None:
    """PPR-04: without signature, half, or none at all."""
    with clock.fixed(NOW), pytest.raises(NotProven):
        await verify(THERE, {"id_token": id_token, "access_token": ACCESS}, NONCE)
