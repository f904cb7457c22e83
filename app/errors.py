"""What a command says when it cannot do its work."""


class CannotRun(Exception):
    """A command cannot go on; its text is one line that says why and what to do."""
