"""Print the limits of every door from the table that declares them, into docs/security.md.

    python -m tools.print_limits

Nothing there is typed twice: a test fails when the page is not what this program prints.
"""

from pathlib import Path

from app.http.server import limit_doors, limit_table

PAGE = Path(__file__).parents[1] / "docs" / "security.md"
_PRINTED = {"limits": limit_table.as_markdown, "doors": limit_doors.as_markdown}


def page() -> str:
    """The whole page, with both tables as they are now."""
    text = PAGE.read_text()
    for name, lines in _PRINTED.items():
        start, end = f"<!-- {name}: printed -->", f"<!-- {name}: end -->"
        before, _, rest = text.partition(start)
        _, _, after = rest.partition(end)
        text = "\n".join([f"{before}{start}", "", *lines(), "", f"{end}{after}"])
    return text


if __name__ == "__main__":
    PAGE.write_text(page())
