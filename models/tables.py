"""Every table of the domain, in one import: for migrations and for tests."""

from sqlmodel import SQLModel

from models.border.consignments.tables import (
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
from models.border.expectations.tables import DurationCurve, LearningCursor, StepDuration
from models.border.matching.tables import CompanyTie
from models.border.messages.tables import AwaitedSubject, Message, MessageBody, MessageSubject
from models.casework.attachments.tables import Attachment, AttachmentPage, AttachmentPiece
from models.casework.issued.tables import IssuedContent, IssuedDocument
from models.identity.accounts.tables import (
    Account,
    EmailLink,
    PartnerClient,
    Session,
    SignInAttempts,
    TermsAcceptance,
)
from models.identity.companies.tables import (
    Certification,
    Company,
    CompanyIdentifier,
    Establishment,
    Invitation,
    PartnerMandate,
    RepresentationMandate,
)
from models.identity.factors.tables import Ceremony, FactorRecovery, RecoveryCode, SecondFactor
from models.identity.habilitations.tables import (
    CoOwnerLink,
    Habilitation,
    HabilitationEvent,
    LinkAttempt,
    Posting,
)
from models.identity.letters.tables import Email
from models.journal.tables import JournalEntry, JournalSeal
from models.money.declarations.tables import DeclarationLine, DueDate
from models.money.payments.tables import Debt, FigureFeed, Payment, SepaMandate
from models.posts.tables import Bay, ControlLength, Post, PostAlias, PostClosure, PostHours, PostTerms
from models.scheduling.appointments.tables import (
    Appointment,
    AppointmentConsignment,
    BayPlace,
    BookedControl,
    CalendarFeed,
    InspectorPlace,
    Instructions,
    WaitingPlace,
)
from models.signals.alerts.tables import Alert, AlertThreshold
from models.signals.assistance.tables import HelpRequest, Opinion
from models.signals.notifications.tables import (
    Notice,
    NoticeAccount,
    NoticeChoice,
    NoticeCursor,
    NoticeEntry,
    PushMessage,
    PushSubscription,
)
from models.signals.services.tables import ServiceAlert
from models.signals.worklist.tables import WorkClaim

metadata = SQLModel.metadata

__all__ = [
    "Account",
    "Alert",
    "AlertThreshold",
    "Appointment",
    "AppointmentConsignment",
    "Attachment",
    "AttachmentPage",
    "AttachmentPiece",
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
    "IssuedContent",
    "IssuedDocument",
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
