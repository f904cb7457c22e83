"""What a browser is asked of a passkey, and answers that no browser gives: refused, whatever they hold (WebAuthn).

Seen to fail: without `_BROKEN`, or with the exceptions of the library alone, an answer of the wrong form ends in an
exception; without `_plain`, or with one half of it, certificates of a stranger are read.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

import cbor2
import pytest
from hypothesis import given, settings, strategies
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from models.identity.factors import codes, passkeys, webauthn_library
from models.kernel.settings.portal import settings as our_settings
from tests.support.authenticator import Authenticator

CHALLENGE = bytes_to_base64url(b"c" * 32)
OTHER = bytes_to_base64url(b"d" * 32)
RUBBISH = ["", "x", "!", "é", "AAAA", "A" * 4000, "\x00", "[]", "null"]


def asked() -> str:
    return passkeys.to_create(1, "lise@kerdrel.example", "Lise", CHALLENGE, [bytes_to_base64url(b"known")])


def test_what_a_browser_is_asked() -> None:
    """No attestation, the person verified where the device can, and nothing that says who they are to it."""
    said = json.loads(asked())
    assert (said["rp"]["id"], said["attestation"]) == ("localhost", "none")
    assert said["authenticatorSelection"]["userVerification"] == "preferred"
    assert [one["id"] for one in said["excludeCredentials"]] == [bytes_to_base64url(b"known")]
    assert "lise" not in said["user"]["id"]
    again = json.loads(passkeys.to_get(CHALLENGE, [OTHER]))
    assert (again["rpId"], again["userVerification"]) == ("localhost", "preferred")


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("https://passavant.example", True),
        ("http://localhost:8000", True),
        ("http://passavant.example", False),
        ("https://192.0.2.1", False),
        ("http://[::1]:8000", False),
    ],
)
def test_where_browsers_have_passkeys(address: str, offered: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSAVANT_PUBLIC_URL", address)
    our_settings.cache_clear()
    assert passkeys.is_offered() is offered


def test_a_key_is_made_and_signs() -> None:
    key = Authenticator()
    made = passkeys.created(key.create(asked()), CHALLENGE)
    assert made is not None
    assert (made.credential_id, made.sign_count) == (key.credential_id, 1)
    answer = key.get(passkeys.to_get(CHALLENGE, [made.credential_id]))
    assert passkeys.signed(answer, CHALLENGE, made.public_key, made.sign_count) == 2
    assert passkeys.signed(answer, OTHER, made.public_key, 1) is None
    assert passkeys.signed(answer, CHALLENGE, made.public_key, 2) is None, "a copy that counts less"


def wrong() -> Iterator[Authenticator]:
    yield replace(Authenticator(), origin="https://passavant.evil.example")
    yield replace(Authenticator(), origin="http://localhost:8001")
    yield replace(Authenticator(), rp_id="evil.example")


@pytest.mark.parametrize("liar", list(wrong()), ids=lambda one: one.origin + one.rp_id)
def test_a_key_of_another_site_is_not_taken(liar: Authenticator) -> None:
    assert passkeys.created(liar.create(asked()), CHALLENGE) is None


def test_certificates_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """None were asked for: an attestation that brings some, or is of another format, is refused unread."""

    def read(**_: object) -> None:
        raise AssertionError("the library was given it")

    monkeypatch.setattr(webauthn_library, "verify_registration_response", read)
    answer = Authenticator().create(asked())
    found = cbor2.loads(base64url_to_bytes(answer["attestationObject"]))
    for changed in (
        {"fmt": "packed", "attStmt": {"alg": -7, "sig": b"x", "x5c": [b"certificate"]}},
        {"fmt": "tpm", "attStmt": {}},
        {"fmt": "fido-u2f", "attStmt": {"x5c": [b"x"], "sig": b"x"}},
    ):
        body = bytes_to_base64url(cbor2.dumps(found | changed))
        assert passkeys.created(answer | {"attestationObject": body}, CHALLENGE) is None


@pytest.mark.parametrize(
    "name", ["id", "clientDataJSON", "attestationObject", "authenticatorData", "signature"]
)
def test_an_answer_with_one_field_of_rubbish_is_refused(name: str) -> None:
    key = Authenticator()
    made = passkeys.created(key.create(asked()), CHALLENGE)
    assert made is not None
    created, got = key.create(asked()), key.get(passkeys.to_get(CHALLENGE, []))
    for said in RUBBISH:
        if name in created:
            assert passkeys.created(created | {name: said}, CHALLENGE) is None, said
        if name in got and name != "id":  # which chooses the key
            assert passkeys.signed(got | {name: said}, CHALLENGE, made.public_key, 1) is None, said
    assert passkeys.created({}, CHALLENGE) is None
    assert passkeys.signed({}, CHALLENGE, made.public_key, 1) is None


@settings(max_examples=60, deadline=None)
@given(at=strategies.integers(min_value=0), byte=strategies.integers(0, 255))
def test_a_changed_byte_breaks_nothing(at: int, byte: int) -> None:
    """Of the attestation: refused, or the same key; never an exception."""
    answer = Authenticator().create(asked())
    body = bytearray(base64url_to_bytes(answer["attestationObject"]))
    body[at % len(body)] = byte
    changed = answer | {"attestationObject": bytes_to_base64url(bytes(body))}
    made = passkeys.created(changed, CHALLENGE)
    assert made is None or made.credential_id == answer["id"]


def test_deep_and_long_answers_are_refused() -> None:
    """What fits in a form: nested eight thousand times."""
    deep = bytes_to_base64url(b"\x81" * 6000)
    answer = Authenticator().create(asked())
    assert passkeys.created(answer | {"attestationObject": deep}, CHALLENGE) is None
    nested = bytes_to_base64url(b"[" * 6000)
    assert passkeys.created(answer | {"clientDataJSON": nested}, CHALLENGE) is None


def test_recovery_codes_are_long_and_unlike() -> None:
    made = codes.new_codes()
    assert len(set(made)) == 10
    assert all(len(one.replace("-", "")) == 16 for one in made)
    assert codes.digest_of(1, made[0]) != codes.digest_of(2, made[0])
