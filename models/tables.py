"""Every table of the domain, in one import: for migrations and for tests."""

from sqlmodel import SQLModel

from models.accounts.tables import Account, EmailLink, PartnerClient, Session, SignInAttempts, TermsAcceptance
from models.alerts.tables import Alert, AlertThreshold
from models.appointments.tables import (
    Appointment,
    AppointmentConsignment,
    BayPlace,
    BookedControl,
    CalendarFeed,
    InspectorPlace,
    Instructions,
    PartnerMandate,
    WaitingPlace,
)
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
    ConsignmentTerm,
    Container,
    GoodsLine,
    Step,
    StepFact,
    TransportMeans,
)
from models.declarations.tables import DeclarationLine, DueDate
from models.expectations.tables import DurationCurve, LearningCursor, StepDuration
from models.factors.tables import Ceremony, FactorRecovery, RecoveryCode, SecondFactor
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
from models.posts.tables import Bay, ControlLength, Post, PostAlias, PostClosure, PostHours, PostTerms
from models.services.tables import ServiceAlert
from models.worklist.tables import WorkClaim

metadata = SQLModel.metadata

__all__ = [
    "Account",
    "Alert",
    "AlertThreshold",
    "Appointment",
    "AppointmentConsignment",
    "AwaitedSubject",
    "Bay",
    "BayPlace",
    "BookedControl",
    "CalendarFeed",
    "Ceremony",
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
    "ConsignmentTerm",
    "Container",
    "ControlLength",
    "Debt",
    "DeclarationLine",
    "DueDate",
    "DurationCurve",
    "Email",
    "EmailLink",
    "Establishment",
    "FactorRecovery",
    "FigureFeed",
    "GoodsLine",
    "Habilitation",
    "HabilitationEvent",
    "HelpRequest",
    "InspectorPlace",
    "Instructions",
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
    "PartnerMandate",
    "Payment",
    "Post",
    "PostAlias",
    "PostClosure",
    "PostHours",
    "PostTerms",
    "Posting",
    "PushMessage",
    "PushSubscription",
    "RecoveryCode",
    "RepresentationMandate",
    "SecondFactor",
    "SepaMandate",
    "ServiceAlert",
    "Session",
    "SignInAttempts",
    "Step",
    "StepDuration",
    "StepFact",
    "TermsAcceptance",
    "TransportMeans",
    "WaitingPlace",
    "WorkClaim",
    "metadata",
]
