"""Every table of the domain, in one import: for migrations and for tests."""

from sqlmodel import SQLModel

from models.accounts.tables import Account, EmailLink, PartnerClient, Session, SignInAttempts, TermsAcceptance
from models.alerts.tables import Alert, AlertThreshold
from models.assistance.tables import HelpRequest, Opinion
from models.companies.tables import (
    Certification,
    Company,
    CompanyIdentifier,
    Establishment,
    Invitation,
    RepresentationMandate,
)
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
from models.declarations.tables import DeclarationLine, DueDate
from models.expectations.tables import DurationCurve, LearningCursor, StepDuration
from models.habilitations.tables import CoOwnerLink, Habilitation, HabilitationEvent, LinkAttempt, Posting
from models.journal.tables import JournalEntry, JournalSeal
from models.matching.tables import CompanyTie
from models.messages.tables import AwaitedSubject, Message, MessageBody, MessageSubject
from models.notifications.tables import (
    Email,
    Notice,
    NoticeAccount,
    NoticeChoice,
    NoticeCursor,
    NoticeEntry,
    PushMessage,
    PushSubscription,
)
from models.payments.tables import Debt, FigureFeed, Payment, SepaMandate
from models.posts.tables import Post
from models.worklist.tables import WorkClaim

metadata = SQLModel.metadata

__all__ = [
    "Account",
    "Alert",
    "AlertThreshold",
    "AwaitedSubject",
    "Certification",
    "CitedDocument",
    "CoOwnerLink",
    "Company",
    "CompanyIdentifier",
    "CompanyTie",
    "Consignment",
    "ConsignmentKey",
    "ConsignmentParty",
    "ConsignmentTally",
    "Container",
    "Debt",
    "DeclarationLine",
    "DueDate",
    "DurationCurve",
    "Email",
    "EmailLink",
    "Establishment",
    "FigureFeed",
    "GoodsLine",
    "Habilitation",
    "HabilitationEvent",
    "HelpRequest",
    "Invitation",
    "JournalEntry",
    "JournalSeal",
    "LearningCursor",
    "LinkAttempt",
    "Message",
    "MessageBody",
    "MessageSubject",
    "Notice",
    "NoticeAccount",
    "NoticeChoice",
    "NoticeCursor",
    "NoticeEntry",
    "Opinion",
    "PartnerClient",
    "Payment",
    "Post",
    "Posting",
    "PushMessage",
    "PushSubscription",
    "RepresentationMandate",
    "SepaMandate",
    "Session",
    "SignInAttempts",
    "Step",
    "StepDuration",
    "StepFact",
    "TermsAcceptance",
    "TransportMeans",
    "WorkClaim",
    "metadata",
]
