"""Consignments: what crosses the border, and how far it has come."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Column, Index, String, UniqueConstraint
from sqlmodel import Field, SQLModel


class Consignment(SQLModel, table=True):
    """One consignment of SPS goods, known by its CHED."""

    # What a list is made of, whoever looks: a strand for each urgency, newest first (models/border/follow_up/queries/strands.py).
    # With `closed_at`, the period is judged in the index too: PostgreSQL would else sort whole strands.
    __table_args__ = (
        Index("ix_consignment_company", "siren", "urgency", "changed_at", "id", "closed_at"),
        Index("ix_consignment_post", "post_code", "urgency", "changed_at", "id", "closed_at"),
        Index("ix_consignment_all", "urgency", "changed_at", "id", "closed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    """CHED reference, such as CHEDPP.FR.2026.0028758."""
    ched_type: str
    """One of ChedType."""
    siren: str | None = Field(default=None, foreign_key="company.siren")
    """The importer; None while no company could be matched."""
    post_code: str = Field(foreign_key="post.code")
    post_named: str | None = None
    """What its CHED calls the post, where an officer said which one that is."""
    title: str
    """`Avocats du Pérou`: what people call it."""
    origin_country: str = ""
    purpose: str = ""
    net_weight: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    """Kilograms, to the milligram."""
    gross_weight: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    quantity: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    """What is not told by weight: animals, pieces, litres."""
    quantity_unit: str = ""
    """UN/ECE recommendation 20, as received."""
    packages: str = ""
    """French: `20 palettes`."""
    mrn: str = ""
    local_reference: str = ""
    ched_status: str
    """UNCL 1373 code of the newest CHED."""
    ched_issued_at: datetime
    decision: str = ""
    """Conclusion as received; with `measure` and `refusal_reasons`, what the decision step folded into."""
    measure: str = ""
    refusal_reasons: str = ""
    """Codes, separated by spaces."""
    replaced_by: str = ""
    parts_digest: str = ""
    """Of the goods, transport, parties and papers as last written."""

    state: str
    """One of ConsignmentState; with `step`, `actor` and `action`, what rules.situation() says."""
    urgency: int
    """The lower, the sooner somebody must act."""
    step: str
    """One of StepKind: the step at which it stands."""
    actor: str
    """One of Authority, or empty when nobody has anything to do."""
    action: str
    """One of models.border.passage.rules.Action."""
    expected_at: datetime | None = None
    """When the current step should end."""

    opened_at: datetime
    changed_at: datetime
    """When something that people see last changed."""
    closed_at: datetime | None = Field(default=None, index=True)
    """Never after `changed_at`."""

    @property
    def key(self) -> int:
        """Its `id`, which it has once it was written.

        Raises:
            ValueError: before that.
        """
        if self.id is None:
            raise ValueError("this consignment was not written yet")
        return self.id


class ConsignmentTally(SQLModel, table=True):
    """How many consignments there are of each sort, so that counting costs the same however many there are.

    Triggers keep it, in the transaction that writes the consignment (migrations/versions/0003): nothing here
    writes it.
    """

    __tablename__ = "consignment_tally"

    kind: str = Field(primary_key=True)
    """company, company_post, post or all: each consignment is counted for the four."""
    value: str = Field(primary_key=True)
    """The SIREN, or the code of the post; nothing for all."""
    bucket: str = Field(primary_key=True)
    """`open`; or the day on which they were closed, 2026-03-24 in UTC; or nothing: closed on whatever day."""
    state: str = Field(primary_key=True)
    actor: str = Field(primary_key=True)
    post_code: str = Field(primary_key=True)
    """Nothing in the rows that do not tell the posts apart."""
    ched_type: str = Field(primary_key=True)
    number: int


class ConsignmentKey(SQLModel, table=True):
    """A reference by which a consignment can be found: CHED, MRN, container, air waybill..."""

    __tablename__ = "consignment_key"
    __table_args__ = (UniqueConstraint("consignment_id", "kind", "value"),)

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    kind: str
    """ched, mrn, container, transport or local"""
    value: str = Field(index=True)
    """Upper case, letters and digits only."""
    reversed: str = Field(
        sa_column=Column(
            String().with_variant(String(collation="C"), "postgresql"), index=True, nullable=False
        )
    )
    """`value` backwards: people type the last digits, and an index in byte order finds a beginning."""


class ConsignmentTerm(SQLModel, table=True):
    """A word or a reference whose beginning people type, with whose consignment it is.

    The company and the post stand here too, so that what somebody may see is one range of an index
    (models/border/follow_up/search.py); a trigger keeps them those of the consignment (migrations/versions/0011).
    """

    __tablename__ = "consignment_term"
    __table_args__ = (
        Index("ix_consignment_term_company", "siren", "term", "consignment_id"),
        Index("ix_consignment_term_post", "post_code", "term", "consignment_id"),
        Index("ix_consignment_term_all", "term", "consignment_id"),
    )

    consignment_id: int = Field(foreign_key="consignment.id", primary_key=True)
    term: str = Field(
        sa_column=Column(String().with_variant(String(collation="C"), "postgresql"), primary_key=True)
    )
    """As models/border/consignments/terms.py folds it: upper case, letters and digits only."""
    siren: str | None = None
    post_code: str


class GoodsLine(SQLModel, table=True):
    """One line of goods of a consignment."""

    __tablename__ = "goods_line"

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    sequence: int
    description: str = ""
    scientific_name: str = ""
    cn_code: str = ""
    cn_label: str = ""
    eppo_code: str = ""
    product_type: str = ""
    origin_country: str = ""
    net_weight: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    gross_weight: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    quantity: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    quantity_unit: str = ""
    packages: str = ""


class Container(SQLModel, table=True):
    """A container of a consignment, and the seals declared on it."""

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    number: str
    seals: str = ""
    """Separated by commas."""


class TransportMeans(SQLModel, table=True):
    """The flight, vessel, train or lorry that brings a consignment."""

    __tablename__ = "transport_means"

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    mode: str
    identifier: str = ""
    name: str = ""


class ConsignmentParty(SQLModel, table=True):
    """An operator as the CHED names it; `siren` when we know who it is."""

    __tablename__ = "consignment_party"

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    role: str
    name: str
    city: str = ""
    country: str = ""
    identifier: str = ""
    siren: str | None = None


class CitedDocument(SQLModel, table=True):
    """A paper that the CHED cites: certificate, invoice, bill of lading."""

    __tablename__ = "cited_document"

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    type_code: str
    """UNCL 1001."""
    type_name: str
    reference: str
    issued_on: date | None = None
    country: str = ""


class StepFact(SQLModel, table=True):
    """One thing that was said of one step. Facts are only added; a step is what they fold into."""

    __tablename__ = "step_fact"

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    step: str
    status: str
    at: datetime
    """When it happened, or will (planned); not when we learnt of it."""
    said_at: datetime | None = None
    """When a plan was made, where that is known."""
    recorded_at: datetime
    authority: str
    result: str = ""
    """One of CheckResult, where the fact is a check's result."""
    reason: str = ""
    """Code of a reason: not done, refused... Of several, separated by spaces."""
    detail: str = ""
    measure: str = ""
    """For a refusal: what must be done with the goods, as a code of the CHED's part II."""
    due_on: date | None = None
    """Until when the measure must have been carried out."""
    message_id: str | None = Field(default=None, foreign_key="message.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    """Who recorded it on screen; kept for the audit, never shown."""
    undoes: int | None = Field(default=None, foreign_key="step_fact.id")
    """The fact, recorded on screen by mistake, that this one takes back: neither counts any more."""


class Step(SQLModel, table=True):
    """Where one step stands: the fold of its facts, kept for the lists."""

    __table_args__ = (UniqueConstraint("consignment_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    kind: str
    status: str
    planned_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    authority: str
    result: str = ""
    reason: str = ""
    detail: str = ""
    measure: str = ""
    due_on: date | None = None
