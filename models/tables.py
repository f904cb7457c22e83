"""Every table of the domain, in one import: for migrations and for tests."""

from sqlmodel import SQLModel

from models.accounts.tables import Account, PartnerClient, Session, SignInAttempts
from models.companies.tables import Company, CompanyIdentifier, Establishment, RepresentationMandate
from models.consignments.tables import (
    CitedDocument,
    Consignment,
    ConsignmentKey,
    ConsignmentParty,
    ConsignmentTally,
    Container,
    GoodsLine,
    Step,
    StepFact,
    TransportMeans,
)
from models.habilitations.tables import Habilitation, Posting
from models.journal.tables import JournalEntry, JournalSeal
from models.matching.tables import CompanyTie
from models.messages.tables import AwaitedSubject, Message, MessageBody, MessageSubject
from models.posts.tables import Post

metadata = SQLModel.metadata

__all__ = [
    "Account",
    "AwaitedSubject",
    "CitedDocument",
    "Company",
    "CompanyIdentifier",
    "CompanyTie",
    "Consignment",
    "ConsignmentKey",
    "ConsignmentParty",
    "ConsignmentTally",
    "Container",
    "Establishment",
    "GoodsLine",
    "Habilitation",
    "JournalEntry",
    "JournalSeal",
    "Message",
    "MessageBody",
    "MessageSubject",
    "PartnerClient",
    "Post",
    "Posting",
    "RepresentationMandate",
    "Session",
    "SignInAttempts",
    "Step",
    "StepFact",
    "TransportMeans",
    "metadata",
]
