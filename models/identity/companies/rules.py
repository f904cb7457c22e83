"""How a company is called. Pure."""

from models.kernel.french import grouped


def unnamed(siren: str) -> str:
    """What a company is called as long as nobody has named it."""
    return f"SIREN {grouped(siren)}"
