"""Fixtures of the account tests."""

from tests.support.accounts import cheap_passwords

__all__ = ["cheap_passwords"]
