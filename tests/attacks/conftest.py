"""The demonstration's people, for the attacks on what they may see."""

from tests.state.fixtures import pipeline, sqlite_template, world

__all__ = ["pipeline", "sqlite_template", "world"]
