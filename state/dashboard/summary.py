"""The words around the dashboard's blocks, and where its payments stand: tab, search, files."""

from dataclasses import dataclass
from urllib.parse import urlencode

from models.identity.accounts.viewer import Viewer
from models.kernel import french
from models.kernel.co_owners import CoOwner
from models.money.declarations.policy import calendars_seen
from models.money.payments.policy import co_owners_seen, may_open_a_mandate
from models.money.payments.queries.lines import Narrowing
from models.money.payments.words import CO_OWNERS
from state.dashboard.reader import DATES, Reading
from state.dashboard.rows import Button, DateRow, date_row, total
from state.dashboard.todo import count_others, todo, told
from state.identity.teleservices import access

CURRENT, HISTORY, SERVICES, FISCAL = "en-cours", "historique", "services", "sociales"
FILES = "/tableau-de-bord/paiements"


@dataclass
class Summary:
    """The words around the blocks."""

    today: str = ""
    todo: str = ""
    more: str = ""
    year: str = ""
    due: str = ""
    paid: str = ""
    debts: str = ""
    services: str = ""
    calendars: str = ""
    more_dates: bool = False
    manages: str = ""
    """Where a mandate is opened; empty when this person may open none."""


@dataclass
class Payments:
    """The payments block: which tab, which page, what it is narrowed to."""

    tab: str = CURRENT
    search: str = ""
    since: str = ""
    until: str = ""
    hint: str = ""
    found: str = ""
    """How many payments were found, to be announced; empty while nothing narrows them."""
    narrowed: bool = False
    previous: bool = False
    next: bool = False
    csv: str = ""
    xlsx: str = ""


def address(payments: Payments) -> None:
    """Where the lines shown are to be had as files, and what is wrong with what was typed."""
    words = {"q": payments.search, "du": payments.since, "au": payments.until}
    given = {name: value for name, value in words.items() if value and payments.tab == HISTORY}
    query = urlencode({"onglet": payments.tab} | given)
    payments.csv, payments.xlsx = f"{FILES}.csv?{query}", f"{FILES}.xlsx?{query}"
    payments.narrowed = bool(given)
    asked = Narrowing.read(payments.search, payments.since, payments.until)
    backwards = asked.since and asked.until and asked.since > asked.until
    payments.hint = "La fin de la période est avant son début." if backwards else ""


def counted(shown: int, *, more: bool) -> str:
    """`Aucun paiement ne correspond.`, `3 paiements trouvés.`, `Plus de 25 paiements trouvés.`"""
    if shown == 0:
        return "Aucun paiement ne correspond."
    count_words = french.plural(shown, "paiement trouvé", "paiements trouvés")
    return f"Plus de {count_words}." if more else f"{count_words}."


def dates(found: Reading) -> list[DateRow]:
    """The first due dates."""
    return [date_row(due_date, found.today) for due_date in found.dates[:DATES]]


def summary(viewer: Viewer, found: Reading) -> Summary:
    """The words around the blocks, at the moment of the reading."""
    actions, more = told(found.awaited_count + count_others(found), len(todo(found)))
    whole = total(found.figures)
    calendars = [CO_OWNERS[co_owner] for co_owner in calendars_seen(viewer)]
    return Summary(
        french.today(found.now),
        actions,
        more,
        str(found.today.year),
        french.money(whole.due),
        french.money(whole.paid),
        french.number(found.figures.debts),
        french.number(len(found.services)),
        " et ".join(calendars),
        len(found.dates) > DATES,
        access(CoOwner.DGDDI, "TELEPAIEMENT_SEPA") if may_open_a_mandate(viewer) else "",
    )


def fiscal(viewer: Viewer) -> list[Button]:
    """The links to social and tax declarations, of the co-owners that know this person (PPR-25)."""
    words = {
        CoOwner.DGFIP: "Déclarations fiscales, aux impôts",
        CoOwner.URSSAF: "Déclarations sociales, à l’Urssaf",
    }
    seen = co_owners_seen(viewer)
    return [
        Button(label, access(co_owner, "DECLARATION"), True)
        for co_owner, label in words.items()
        if co_owner in seen
    ]
