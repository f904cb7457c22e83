"""Tables as files: CSV as a French Excel reads it, and XLSX with real dates and amounts.

Text stays text: it never computes, and a spreadsheet makes no date or number of it.
"""

import csv
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

Cell = str | date | Decimal
_COMPUTES = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_MONTH = (
    "(?:janvier|janv|jan|f[eé]vrier|f[eé]vr|f[eé]v|feb|mars|mar|avril|avr|apr|mai|may|juin|jun|juillet|juil|jul"
    "|ao[uû]t|aug|septembre|sept|sep|octobre|oct|novembre|nov|d[eé]cembre|d[eé]c)[.]?"
)
_CHANGES = re.compile(
    r"\d++(?:[ \u00a0\u202f]*+[-/.,:][ \u00a0\u202f]*+\d++)++(?:\s*+[ap]m)?"  # 2026-10, 10/11, 1.5, 12:30
    r"|0\d+|\d{12,}|\d++[.,]?\d*+e[+-]?\d+"  # 00123, 123456789012345, 1E5
    rf"|(?=.*\d)(?:\d{{1,4}}[-/ .]?)?{_MONTH}(?:[-/ .]?\d{{1,4}}){{0,2}}"  # octobre 2026, mars-1
    r"|vrai|faux|true|false",
    re.IGNORECASE,
)
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
    """Text that a spreadsheet would compute, or turn into a date or a number, behind an apostrophe; else as it is."""
    changed = _COMPUTES.match(text) or _CHANGES.fullmatch(text.strip())
    return f"'{text}" if changed else text


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
