"""Second factors: kinds, how long things last, how often one may try. Data and pure functions."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What can be added to the password."""

    PASSKEY = "passkey"
    """WebAuthn: a phone, a computer or a security key signs."""
    TOTP = "totp"
    """An application shows a code of six digits that changes every 30 seconds (RFC 6238)."""


class Purpose(StrEnum):
    """What a ceremony is for."""

    SIGN_IN = "sign_in"
    ADD_PASSKEY = "add_passkey"
    ADD_TOTP = "add_totp"


KINDS: Mapping[Kind, str] = {
    Kind.PASSKEY: "Clé d’accès",
    Kind.TOTP: "Application de codes",
}
FACTORS_IN_SENTENCES: Mapping[str, str] = {
    Kind.PASSKEY: "une clé d’accès",
    Kind.TOTP: "une application de codes",
}
CEREMONY_LIFE = timedelta(minutes=5)
"""From the password to the proof: long enough to look for a phone."""
ADDING_LIFE = timedelta(minutes=15)
TRIES = 5
"""Wrong answers of one ceremony; then the password is asked again."""
TRIES_IN_AN_HOUR = 15
"""Wrong answers of one account, whoever gives them: six digits hold out for years."""
MOST = 10
"""Factors of one account."""
LONGEST_LABEL = 60
CODES = 10
"""Recovery codes, which stand for the factor once each."""
CODE_GROUPS, CODE_GROUP = 4, 4
"""Characters of 32 kinds: 80 bits."""
RECOVERY_LIFE = timedelta(days=7)
"""To be certified, and then to sign in."""
RECOVERY_DELAY = timedelta(hours=24)
"""Between the certification and the sign-in that it allows: the holder has letters, and time to object."""
