"""docs/workflow.md is what the data says today, and no line of the table of situations is dead."""

from models.border.passage.rules import SITUATIONS
from tools.print_workflow import PAGE, page, smallest_cases


def test_the_page_is_what_the_data_says() -> None:
    """If this fails: `.venv/bin/python -m tools.print_workflow`, then read what changed."""
    assert PAGE.read_text() == page()


def test_every_situation_can_be_reached() -> None:
    """A line that a line above always covers would be a rule that nobody can meet (SES-02)."""
    dead = set(range(len(SITUATIONS))) - set(smallest_cases())
    assert not dead, f"lines of SITUATIONS never reached, counted from 0: {sorted(dead)}"
