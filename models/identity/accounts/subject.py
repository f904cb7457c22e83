"""Accounts, as what facts are about."""

from models.kernel.subject import Subject

ACCOUNT = "account"


def account_subject(account_id: int) -> Subject:
    """That account, as what a fact is about."""
    return Subject.of(ACCOUNT, account_id)
