"""Whose money a person sees: decided here, and nowhere else (PPR-20, PPR-22, PPR-23, PPR-30)."""

from sqlalchemy import ColumnElement, and_, false
from sqlmodel import col

from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.vocabulary import Right, Service
from models.kernel.co_owners import CoOwner
from models.kernel.refusal import Refusal
from models.money.payments.tables import Debt, Payment, SepaMandate

TRANSFER = "transfer"
_NO_SHARE = (
    "Aucune de vos habilitations n’ouvre les paiements de cette entreprise. "
    "Le correspondant de votre entreprise peut en demander une, ou vous-même sur le site de l’administration."
)


def may_open(viewer: Viewer | None) -> Refusal | None:
    """May this person open the dashboard? Anybody who signed in to work for a company (PPR-02)."""
    if viewer is None:
        return Refusal("Votre session est terminée. Reconnectez-vous pour retrouver votre tableau de bord.")
    if viewer.role is not Role.OPERATOR:
        return Refusal("Le tableau de bord est celui des entreprises. Le vôtre est le suivi en direct.")
    return None


def co_owners_seen(viewer: Viewer) -> tuple[CoOwner, ...]:
    """The co-owners whose debts and payments exist for this person.

    Customs' with télépayer on the SIREN, which then shows all of them; DGFiP's and URSSAF's with any
    habilitation that they gave for this company (PPR-20, PPR-22).
    """
    if may_open(viewer) is not None or viewer.siren is None:
        return ()
    customs = viewer.may_for_all(Service.TELEPAIEMENT, Right.PAY)
    return tuple(
        co_owner for co_owner in CoOwner if (customs if co_owner is CoOwner.DGDDI else viewer.knows(co_owner))
    )


def visible(viewer: Viewer, table: type[Debt] | type[Payment]) -> ColumnElement[bool]:
    """The debts, or the payments, that exist for this person: the start of every query.

    Bank transfers are not shown (PPR-22).
    """
    seen = co_owners_seen(viewer)
    if not seen:
        return false()
    condition = and_(col(table.siren) == viewer.siren, col(table.co_owner).in_(seen))
    return and_(condition, col(Payment.means) != TRANSFER) if table is Payment else condition


def may_export(viewer: Viewer) -> Refusal | None:
    """May this person take payments away in a file? Whoever sees a co-owner's share."""
    return may_open(viewer) or (None if co_owners_seen(viewer) else Refusal(_NO_SHARE))


def may_see_mandates(viewer: Viewer) -> bool:
    """With adhérer on the SIREN, or on any establishment of it (PPR-23)."""
    return may_open(viewer) is None and viewer.may(Service.TELEPAIEMENT, Right.JOIN)


def visible_mandates(viewer: Viewer) -> ColumnElement[bool]:
    """The mandates that exist for this person: those in force of the whole SIREN (PPR-23)."""
    if viewer.siren is None or not may_see_mandates(viewer):
        return false()
    return and_(
        col(SepaMandate.siren) == viewer.siren,
        col(SepaMandate.co_owner) == CoOwner.DGDDI,
        col(SepaMandate.status) == "open",
    )


def may_manage_mandate(viewer: Viewer, siret: str) -> bool:
    """May this person open or close mandates of that establishment? Only with adhérer there (PPR-23)."""
    return may_see_mandates(viewer) and viewer.may_at(Service.TELEPAIEMENT, Right.JOIN, siret)


def may_open_a_mandate(viewer: Viewer) -> bool:
    """Whether there is an establishment for which this person may open one (PPR-23)."""
    return any(may_manage_mandate(viewer, right.siret) for right in viewer.held if right.siret)
