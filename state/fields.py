"""What forms are made of: the options of a list, and the fields to correct."""

from dataclasses import dataclass


@dataclass
class Choice:
    """An option of a select or of a radio group."""

    value: str = ""
    label: str = ""


@dataclass
class Wrong:
    """A field to correct, as the summary of errors leads to it."""

    href: str = ""
    label: str = ""
