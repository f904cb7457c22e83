"""What a message says, whatever its format: the parsers' only output, free of XML and EDIFACT.

All times are aware and in UTC. Weights are kilograms. Codes are kept as received; a code that is not
known to us stays readable rather than being dropped.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from models.border.passage.vocabulary import CheckResult, ChedType, StepKind, StepStatus


@dataclass(frozen=True, slots=True)
class Party:
    """An operator named by a CHED. `role` is consignor, consignee, delivery, responsible or importer."""

    role: str
    name: str
    country: str = ""
    city: str = ""
    postcode: str = ""
    address: str = ""
    identifier: str = ""
    """Identifier as received: TRACES operator number, EORI, SIREN or SIRET; empty where none was given."""
    identifier_scheme: str = ""
    """The `schemeID` as received, such as operator_activity_id."""


@dataclass(frozen=True, slots=True)
class Package:
    """Packages of one kind. `type_code` is UN/ECE recommendation 21 (CT carton, PX pallet...)."""

    type_code: str
    type_name: str
    count: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many animals, pieces, litres; `unit` is a code of UN/ECE recommendation 20 (H87 piece, LTR litre...)."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Goods:
    """One line of goods; `sequence` is its number as received, from 1: several lines may bear the same."""

    sequence: int
    description: str = ""
    scientific_name: str = ""
    common_name: str = ""
    cn_code: str = ""
    cn_label: str = ""
    """The most precise label given for the CN code, as received (English, usually)."""
    eppo_code: str = ""
    product_type: str = ""
    origin_country: str = ""
    net_weight: Decimal | None = None
    gross_weight: Decimal | None = None
    quantity: Quantity | None = None
    packages: tuple[Package, ...] = ()


@dataclass(frozen=True, slots=True)
class Container:
    """A container (ISO 6346 number, without spaces) and its seals."""

    number: str
    seals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transport:
    """A means of transport. `mode`: sea, rail, road, air or other; `identifier`: flight, vessel, plate."""

    mode: str
    identifier: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReferencedDocument:
    """A paper that a CHED cites. `type_code` is UNCL 1001 (851 phytosanitary certificate, 380 invoice...)."""

    type_code: str
    type_name: str
    reference: str
    issued_on: date | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One official check with its result; `kind` is documentary, identity, physical or laboratory."""

    kind: StepKind
    result: CheckResult | None
    """None: decided but not done yet."""
    at: datetime | None = None
    method: str = ""
    """For identity checks: SEAL_CHECK or FULL_CHECK, as received."""
    not_done_reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The authority's decision. `conclusion` as received: ACCEPTABLE_FOR_..., NOT_ACCEPTABLE."""

    conclusion: str
    at: datetime
    measure: str = ""
    measure_extent: str = ""
    refusal_reasons: tuple[str, ...] = ()
    remarks: str = ""

    @property
    def acceptable(self) -> bool:
        """Whether the goods may enter under the stated use."""
        return not self.conclusion.startswith("NOT_ACCEPTABLE")


@dataclass(frozen=True, slots=True)
class Ched:
    """A Common Health Entry Document as TRACES sends it, at one moment of its life."""

    reference: str
    ched_type: ChedType
    status: str
    """UNCL 1373 code: 1 new, 42 in progress, 70 validated, 41 rejected... (regulation.md)."""
    issued_at: datetime
    post_code: str
    """The code that is most likely its post's, such as FRLEH1."""
    post_name: str = ""
    post_town: str = ""
    post_others: tuple[str, ...] = ()
    """Whatever else may be the code of its post, UN/LOCODE included: among all of them the known post wins."""
    submitted_at: datetime | None = None
    """When part I was signed by the operator."""
    arrival_expected_at: datetime | None = None
    local_reference: str = ""
    mrn: str = ""
    purpose: str = ""
    origin_country: str = ""
    export_country: str = ""
    net_weight: Decimal | None = None
    gross_weight: Decimal | None = None
    quantity: Quantity | None = None
    packages: tuple[Package, ...] = ()
    parties: tuple[Party, ...] = ()
    goods: tuple[Goods, ...] = ()
    containers: tuple[Container, ...] = ()
    transports: tuple[Transport, ...] = ()
    documents: tuple[ReferencedDocument, ...] = ()
    checks: tuple[Check, ...] = ()
    decision: Decision | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class CustomsError:
    """One error or request that customs attached to a response."""

    code: str
    description: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class CustomsStatement:
    """A comment of customs: a code, words, or both."""

    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CustomsResponse:
    """An answer of customs about one declaration (WCO data model 3.6, WCOTypeName RES)."""

    function: str
    """FunctionCode, two digits: 01 accepted, 05 control, 08 release, 09 cleared..."""
    issued_at: datetime
    reference: str
    """The response's own FunctionalReferenceID."""
    mrn: str = ""
    local_reference: str = ""
    cited_cheds: tuple[str, ...] = ()
    version: int = 1
    accepted_at: datetime | None = None
    statements: tuple[CustomsStatement, ...] = ()
    errors: tuple[CustomsError, ...] = ()


@dataclass(frozen=True, slots=True)
class ContainerMovement:
    """One container put ashore (discharged) or loaded, from COARRI."""

    container: str
    movement: str
    """discharged or loaded"""
    at: datetime
    port: str = ""
    """UN/LOCODE, such as FRLEH."""
    vessel: str = ""
    voyage: str = ""
    seals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coarri:
    """A report of containers discharged or loaded (EDIFACT COARRI)."""

    interchange: str
    movements: tuple[ContainerMovement, ...]


@dataclass(frozen=True, slots=True)
class StepEvent:
    """The JSON event of the partner API: one step of one consignment."""

    consignment: str
    step: StepKind
    status: StepStatus
    at: datetime
    authority: str = ""
    post: str = ""
    detail: str = ""


Content = Ched | CustomsResponse | Coarri | StepEvent


@dataclass(frozen=True, slots=True)
class Parsed:
    """A message recognised and read. `format` is ched, wco, coarri or event."""

    format: str
    content: Content
    warnings: tuple[str, ...] = field(default=())
    """French remarks on what was odd but readable (undeclared prefixes, unknown codes...)."""


class MessageRefused(Exception):
    """A message that cannot be taken in.

    `status` is the HTTP status of the problem document, `title` and `detail` are French sentences for a
    person, `missing` names the fields that a complete message would have had.
    """

    status = 422

    def __init__(self, title: str, detail: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(detail)
        self.title = title
        self.detail = detail
        self.missing = missing


class UnreadableMessage(MessageRefused):
    """The bytes are not what they claim to be: broken XML, cut EDIFACT, wrong encoding."""

    status = 400


class OversizedMessage(MessageRefused):
    """Larger than a message of its format has any reason to be."""

    status = 413


class UnknownFormat(MessageRefused):
    """Readable, but none of the formats that we know."""


class IncompleteMessage(MessageRefused):
    """A known format, with compulsory fields missing or impossible."""
