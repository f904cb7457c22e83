"""The demonstration's people in front of the real pipeline."""

from tests.state.fixtures import pipeline, sqlite_template, world

__all__ = ["pipeline", "sqlite_template", "world"]
