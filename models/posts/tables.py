"""Border control posts."""

from sqlmodel import Field, SQLModel


class Post(SQLModel, table=True):
    """A border control post (PCF), in a port or an airport."""

    code: str = Field(primary_key=True, max_length=12)
    """TRACES code, such as FRLEH1."""
    name: str
    """`Le Havre`"""
    kind: str
    """port or airport"""
    locode: str = Field(index=True)
    """UN/LOCODE, such as FRLEH: how port messages name the place."""
    timezone: str = "Europe/Paris"
    connected: bool = True
    """False for a post that a CHED names but that does not work with Passavant."""
