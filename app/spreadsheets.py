"""Tables as files: CSV as a French Excel reads it, and XLSX with real dates and amounts. Text never computes."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

Cell = str | date | Decimal
_COMPUTES = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTHS = {date: 12, Decimal: 14}


def to_csv(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Semicolons, a comma before the cents, `24/11/2026`, and the mark that tells UTF-8 apart."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return harmless(cell)


def harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula, behind an apostrophe; any other as it is."""
    return f"'{text}" if text.startswith(_COMPUTES) else text


def to_xlsx(title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """One sheet, with its heads frozen and filters on them."""
    body = BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(body, options) as book:
        sheet = book.add_worksheet(title[:31])
        days, money = (
            book.add_format({"num_format": "dd/mm/yyyy"}),
            book.add_format({"num_format": "#,##0.00"}),
        )
        bold = book.add_format({"bold": True})
        for column, head in enumerate(heads):
            kind = type(rows[0][column]) if rows else str
            sheet.set_column(column, column, _WIDTHS.get(kind, 26))
            sheet.write_string(0, column, head, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    sheet.write_number(number, column, cell, money)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, days)
                else:
                    sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    return body.getvalue()
