"""What a way out says when the anchor did not leave."""


class NotSent(Exception):
    """The anchor did not leave this way; its text says why. It is tried again."""
