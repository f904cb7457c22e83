"""What co-owners send about money: one line of a batch each."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from models.kernel.lines import Amount, Day, Iban, Line, Past, Period, Siret, Text, Version, not_to_come

Means = Literal["sepa", "card", "transfer"]
Currency = Literal["EUR"]


class Figure(Line):
    """What every figure bears: the co-owner's own reference, and its version."""

    reference: Text
    version: Version


class DebtSent(Figure):
    """A debt as it stands now."""

    nature: Text
    period: Period = ""
    amount: Amount
    currency: Currency = "EUR"
    due_on: Day
    status: Literal["due", "paid", "cancelled"]
    paid_on: Past | None = None
    means: Means | None = None
    notice_password: Annotated[str, StringConstraints(min_length=4, max_length=80)] | None = Field(
        default=None, repr=False
    )
    """Printed on the payment notice (PPR-31)."""


class PaymentSent(Figure):
    """A payment, and the debt that it is for."""

    debt_reference: Text | None = None
    nature: Text
    period: Period = ""
    amount: Amount
    currency: Currency = "EUR"
    paid_on: Day
    means: Means | None = None
    status: Literal["pending", "done", "rejected"] = "done"

    @model_validator(mode="after")
    def _done_by_now(self) -> Self:
        if self.status != "pending":
            not_to_come(self.paid_on)
        return self


class MandateSent(Figure):
    """A direct-debit mandate; `siret` is the establishment that made it (PPR-23)."""

    siret: Siret
    iban: Iban
    status: Literal["open", "closed"] = "open"
    signed_on: Past | None = None
