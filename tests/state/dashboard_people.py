"""Who sees what of the dashboard: rights and sights written down by hand, and the figures of three companies.

Nothing here is asked from the policies. Each company has one debt, one payment, one transfer, one due date for
each co-owner, and so on; their references end with the company's letter, so that a stranger's are found anywhere.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import SQLModel, col

from demo.commands.companies import A, B, C, siret
from models.border.consignments.tables import Consignment
from models.identity.accounts.acceptance import add_acceptance
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.habilitations.tables import Habilitation
from models.kernel import clock, french
from tests.state.world import HAVRE, World
from tests.support.databases import transaction
from tests.support.figures import debt, due_date, feeds, line, mandate, payment

COMPANIES = {"A": A, "B": B, "C": C}
SEAT, OTHER = siret(A, 1), siret(A, 2)
Right = tuple[str, str, str, str | None]
"""Co-owner, service, right, SIRET (None for the SIREN)."""

FOLLOW: Right = ("DGDDI", "SESAME", "suivi", None)
PAY: Right = ("DGDDI", "TELEPAIEMENT_SEPA", "telepayer", None)
JOIN: Right = ("DGDDI", "TELEPAIEMENT_SEPA", "adherer", None)
JOIN_SEAT: Right = ("DGDDI", "TELEPAIEMENT_SEPA", "adherer", SEAT)
PAY_SEAT: Right = ("DGDDI", "TELEPAIEMENT_SEPA", "telepayer", SEAT)
TAXES: Right = ("DGFIP", "COMPTE_FISCAL", "consulter", None)
SOCIAL: Right = ("URSSAF", "COMPTE_COTISANT", "consulter", None)
FILING: tuple[Right, ...] = (
    ("DGDDI", "DELTA_G", "declarer", None),
    ("DGDDI", "CIEL", "declarer", None),
    ("DGDDI", "DOMINO", "declarer", None),
    ("DGDDI", "ISOPE", "lire", None),
)

H_FOLLOW, H_CUSTOMS = "Suivi en direct des envois", "Créances et paiements de la douane"
H_TAXES = "Créances, paiements et échéances des impôts"
H_SOCIAL = "Cotisations, paiements et échéances de l’Urssaf"
H_MANDATES = "Mandats de prélèvement"
H_ALL = "Déclarations : DELTA G, CIEL, DOMINO, ISOPE, ISOPE-DOM"


@dataclass(frozen=True)
class Sight:
    """All that one person finds on the dashboard, and at the doors beside it."""

    shares: tuple[str, ...] = ()
    debts: tuple[tuple[str, str], ...] = ()
    """Reference, and the buttons of its line."""
    paid: tuple[str, ...] = ()
    services: tuple[tuple[str, str], ...] = ()
    """Name, and its button."""
    fiscal: int = 0
    mandates: tuple[tuple[str, bool], ...] = ()
    """Reference, and whether it can be closed."""
    opens_mandates: bool = False
    dates: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    """Of the consignments, debts and due dates, which kinds are to be done."""
    files: bool = False
    calendar: bool = False
    closed: bool = False
    """Whether the dashboard itself is refused."""


@dataclass(frozen=True)
class Person:
    """Somebody, the rights held, the company worked for, and what is seen."""

    sight: Sight
    rights: tuple[Right, ...] = ()
    home: str = A
    works_for: str = ""


_D = ("TP-DOMINO-A", "Carte SEPA"), ("TP-DELTA-A", "SEPA")
_F, _U = ("CA3-A", "Payer"), ("COT-A", "Payer")
_CALENDAR_F, _CALENDAR_U = ("TVA-DATE-A", "DSN-DATE-A")
_FILES = (("DELTA G", "Déclarer"), ("CIEL", "Déclarer"), ("DOMINO", "Déclarer"), ("ISOPE", "Consulter"))

PEOPLE: dict[str, Person] = {
    "importateur": Person(
        Sight(
            ("Douane", "Impôts", "Urssaf"), (*_D, _F, _U), ("PMT-D-A", "PMT-F-A", "PMT-U-A"), _FILES, 2,
            (("RUM-SEAT-A", False), ("RUM-OTHER-A", False)), False, (_CALENDAR_F, _CALENDAR_U),
            ("Déclarations : ISOPE-DOM",), ("consignment", "date", "debt"), True, True,
        ),
        (FOLLOW, PAY, JOIN, TAXES, SOCIAL, *FILING),
    ),
    "comptable": Person(
        Sight(
            ("Douane",), _D, ("PMT-D-A",), (), 0, (("RUM-SEAT-A", False), ("RUM-OTHER-A", False)), False, (),
            (H_FOLLOW, H_TAXES, H_SOCIAL, H_ALL), ("debt",), True, False,
        ),
        (PAY, JOIN),
    ),
    "assistant": Person(
        Sight(withheld=(H_FOLLOW, H_CUSTOMS, H_TAXES, H_SOCIAL, H_ALL, H_MANDATES)),
    ),
    "signataire": Person(
        Sight(
            mandates=(("RUM-SEAT-A", True), ("RUM-OTHER-A", False)), opens_mandates=True,
            withheld=(H_FOLLOW, H_CUSTOMS, H_TAXES, H_SOCIAL, H_ALL),
        ),
        (JOIN_SEAT,),
    ),
    "payeur-siret": Person(
        Sight(withheld=(H_FOLLOW, H_CUSTOMS, H_TAXES, H_SOCIAL, H_ALL, H_MANDATES)),
        (PAY_SEAT,),
    ),
    "fiscaliste": Person(
        Sight(
            ("Impôts",), (_F,), ("PMT-F-A",), (), 1, (), False, (_CALENDAR_F,),
            (H_FOLLOW, H_CUSTOMS, H_SOCIAL, H_ALL, H_MANDATES), ("date",), True, True,
        ),
        (TAXES,),
    ),
    "transitaire": Person(
        Sight(("Douane",), withheld=(H_TAXES, H_SOCIAL, H_ALL, H_MANDATES), files=True),
        (FOLLOW, PAY), home="987654324",
    ),
    "transitaire pour A": Person(
        Sight(withheld=(H_CUSTOMS, H_TAXES, H_SOCIAL, H_ALL, H_MANDATES), todo=("consignment",)), works_for=A
    ),
    "transitaire pour B": Person(
        Sight(withheld=(H_CUSTOMS, H_TAXES, H_SOCIAL, H_ALL, H_MANDATES), todo=("consignment",)), works_for=B
    ),
    "concurrent": Person(
        Sight(
            ("Douane",), (("TP-DOMINO-C", "Carte SEPA"), ("TP-DELTA-C", "SEPA")), ("PMT-D-C",),
            withheld=(H_TAXES, H_SOCIAL, H_ALL, H_MANDATES), todo=("consignment", "debt"), files=True,
        ),
        (FOLLOW, PAY), home=C,
    ),
    "sivep": Person(Sight(closed=True), home=""),
    "douane": Person(Sight(closed=True), home=""),
    "superviseur": Person(Sight(closed=True), home=""),
    "dgitm": Person(Sight(closed=True), home=""),
    "nobody": Person(Sight(closed=True), home=""),
}  # fmt: skip
"""Written by hand from PPR-20 to PPR-31. A new person, or a new block, is written here."""


def account_of(who: str) -> str:
    """The account of that line of the table: the representative has three."""
    return who.partition(" ")[0]


async def settle(world: World) -> None:
    """Everybody's rights, as the table has them, the figures of the companies, and a consignment that waits for each."""
    now = clock.now()
    async with transaction() as db:
        db.exec(delete(Habilitation))
        for who, one in PEOPLE.items():
            if who not in world.accounts and one.home and account_of(who) == who:
                account = Account(
                    email=f"{who}@demo.passavant.fr", name=who.title(), role=Role.OPERATOR, siren=one.home,
                    password_hash="", created_at=now, password_changed_at=now,
                )  # fmt: skip
                db.add(account)
                db.flush()
                add_acceptance(db, account.key)
                world.accounts[who] = account.id or 0
        db.add_all(
            _held(world.accounts[who], one.home, right) for who, one in PEOPLE.items() for right in one.rights
        )
        waits = {"actor": "operator", "action": "pay_duties", "state": "action_required", "urgency": 1}
        db.exec(update(Consignment).where(col(Consignment.post_code) == HAVRE).values(**waits))
        db.add_all([row for letter in COMPANIES for row in figures(letter)])
        for feed in feeds("DGDDI", "DGFIP", "URSSAF", at=now):
            db.merge(feed)


def _held(account: int, siren: str, right: Right) -> Habilitation:
    co_owner, service, word, place = right
    return Habilitation(
        account_id=account, service=service, right=word, siren=siren, siret=place, co_owner=co_owner,
        granted_at=clock.now(),
    )  # fmt: skip


def figures(letter: str) -> list[SQLModel]:
    """What the three co-owners tell of one company."""
    siren = COMPANIES[letter]
    today = french.local(clock.now()).date()
    mine: dict[str, Any] = {"siren": siren, "received_at": clock.now()}
    rows: list[SQLModel] = [
        debt("1500.00", reference=f"TP-DOMINO-{letter}", nature="DOMINO", due_on=today, **mine),
        debt("9318.00", reference=f"TP-DELTA-{letter}", due_on=today + timedelta(60), **mine),
        debt("8214.00", "DGFIP", reference=f"CA3-{letter}", nature="TVA", due_on=today + timedelta(61), **mine),
        debt("5903.20", "URSSAF", reference=f"COT-{letter}", nature="COTISATIONS",
             due_on=today + timedelta(62), **mine),
        mandate(siret(siren, 1), reference=f"RUM-SEAT-{letter}", **mine),
        mandate(siret(siren, 2), reference=f"RUM-OTHER-{letter}", **mine),
        line("CIEL", reference=f"LINE-{letter}", **mine),
        due_date("DGFIP", reference=f"TVA-DATE-{letter}", nature="TVA", period="2026-09", kind="payment",
                 amount=Decimal("77.00"), due_on=today + timedelta(1), **mine),
        due_date("URSSAF", reference=f"DSN-DATE-{letter}", due_on=today + timedelta(40), **mine),
        due_date("DGDDI", reference=f"CUSTOMS-DATE-{letter}", due_on=today, **mine),
    ]  # fmt: skip
    for rank, co_owner in enumerate(("DGDDI", "DGFIP", "URSSAF")):
        initial = "DFU"[rank]
        rows.append(payment("10.00", co_owner, reference=f"PMT-{initial}-{letter}", paid_on=today, **mine))
        wire = f"WIRE-{initial}-{letter}"
        rows.append(payment("5.00", co_owner, reference=wire, means="transfer", paid_on=today, **mine))
    return rows
