"""What is taken away from the dashboard: payments as CSV or XLSX, due dates as a calendar (PPR-22, PPR-24).

Asked of the same policies and read by the same queries as the screen: what left it is refused here at once.
"""

from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from app.documents import calendars
from app.documents.spreadsheets import Cell, to_csv, to_xlsx
from app.http.downloads.files import Asking, attached
from app.http.server.problems import Problem
from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import DbSession, read
from models.kernel.refusal import Refusal
from models.kernel.threads import documents
from models.money.declarations import queries as declarations
from models.money.declarations.policy import calendars_seen
from models.money.payments.policy import may_export
from models.money.payments.queries import lines
from models.money.payments.queries.lines import LONGEST_SEARCH, Narrowing, Owed
from models.money.payments.tables import Payment
from models.money.payments.words import CO_OWNERS, MEANS, NATURES, STATUSES

router = APIRouter(include_in_schema=False, prefix="/tableau-de-bord")

LONGEST = 50_000
"""The most lines in one file."""
_DEBTS = ("Administration", "Référence", "Créance", "Période", "Échéance", "Montant", "Devise", "État")
_PAYMENTS = (
    "Administration",
    "Référence",
    "Créance",
    "Période",
    "Payé le",
    "Montant",
    "Devise",
    "Moyen",
    "État",
    "Référence de la créance",
)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Table = tuple[str, Sequence[str], list[Sequence[Cell]]]


def _refused(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Problem(403, "Export non disponible", refusal.reason)


async def _payer(viewer: Asking) -> Viewer:
    _refused(may_export(viewer))
    return viewer


async def _filer(viewer: Asking) -> Viewer:
    if not calendars_seen(viewer):
        _refused(
            Refusal(
                "L’échéancier réunit les dates des impôts et de l’Urssaf. Il demande une habilitation de l’un ou "
                "de l’autre pour cette entreprise."
            )
        )
    return viewer


Payer = Annotated[Viewer, Depends(_payer)]
Filer = Annotated[Viewer, Depends(_filer)]


async def _table(
    viewer: Payer,
    onglet: Annotated[str, Query(max_length=20)] = "historique",
    q: Annotated[str, Query(max_length=LONGEST_SEARCH, pattern=r"^[^\x00]*$")] = "",
    du: Annotated[str, Query(max_length=10)] = "",
    au: Annotated[str, Query(max_length=10)] = "",
) -> Table:
    """The lines that the screen shows under that tab with that search, all its pages together."""

    def query(db: DbSession) -> Table:
        if onglet == "en-cours":
            owed = lines.owed(db, viewer, limit=LONGEST)
            table: Table = "creances", _DEBTS, [_debt(owed) for owed in owed]
        else:
            paid = lines.history(db, viewer, Narrowing.read(q, du, au), limit=LONGEST)
            table = "paiements", _PAYMENTS, [_payment(payment) for payment in paid]
        if len(table[2]) > LONGEST:
            raise Problem(
                413,
                "Trop de lignes",
                f"Un fichier compte au plus {french.number(LONGEST)} lignes. Choisissez une période plus courte.",
            )
        return table

    return await read(query)


Lines = Annotated[Table, Depends(_table)]


@router.get("/paiements.csv")
async def payments_csv(table: Lines) -> Response:
    """The lines as CSV."""
    return await _file(table, "csv", "text/csv; charset=utf-8", to_csv)


@router.get("/paiements.xlsx")
async def payments_xlsx(table: Lines) -> Response:
    """The lines as a workbook."""
    name = table[0].capitalize()
    return await _file(table, "xlsx", _XLSX, lambda heads, rows: to_xlsx(name, heads, rows))


@router.get("/echeances.ics")
async def due_dates(viewer: Filer) -> Response:
    """The due dates to come, for an agenda."""
    dates = await read(lambda db: declarations.due_dates(db, viewer))
    body = calendars.of_due_dates(dates, viewer.company_name)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=attached("echeances.ics"))


async def _file(
    table: Table,
    ending: str,
    media_type: str,
    build: Callable[[Sequence[str], Sequence[Sequence[Cell]]], bytes],
) -> Response:
    name, heads, rows = table
    body = await documents.run(build, heads, rows)
    dated = f"{name}_{french.local(clock.now()):%Y-%m-%d}.{ending}"
    return Response(body, media_type=media_type, headers=attached(dated))


def _debt(owed: Owed) -> Sequence[Cell]:
    debt = owed.debt
    return (
        CO_OWNERS.get(debt.co_owner, ""),
        debt.reference,
        NATURES.get(debt.nature, "Autre créance"),
        french.of_month(debt.period),
        debt.due_on,
        debt.amount,
        debt.currency,
        "Paiement en cours" if owed.under_way else STATUSES.get(debt.status, ""),
    )


def _payment(payment: Payment) -> Sequence[Cell]:
    return (
        CO_OWNERS.get(payment.co_owner, ""),
        payment.reference,
        NATURES.get(payment.nature, "Autre créance"),
        french.of_month(payment.period),
        payment.paid_on,
        payment.amount,
        payment.currency,
        MEANS.get(payment.means, MEANS["unknown"]),
        STATUSES.get(payment.status, ""),
        payment.debt_reference or "",
    )
