"""The sides that make a step of a border passage happen."""

from enum import StrEnum


class Authority(StrEnum):
    """Who makes a step happen. Always an organisation, never a named officer (SES-02)."""

    OPERATOR = "operator"
    SIVEP = "sivep"
    CUSTOMS = "customs"
    CARRIER = "carrier"
    LABORATORY = "laboratory"
