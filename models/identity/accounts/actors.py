"""How the journal names people."""


def actor_of(account_id: int | None) -> str:
    """The actor that a person is: a number, never a name."""
    return f"account:{account_id}"
