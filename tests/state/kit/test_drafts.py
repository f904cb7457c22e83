"""The draft of a form: what is typed outlives the page's own opening, and what is corrected is drawn anew.

Seen to fail: with `prefilled` that always draws anew.
"""

from state.kit.form import Draft, blank, prefilled

KNOWN = {"siren": "912345675"}


def test_a_page_that_opens_leaves_alone_what_is_being_typed() -> None:
    """The server draws the form before its page has a State: fields drawn anew would lose what was typed meanwhile."""
    drawn = Draft(KNOWN, version=3)
    assert prefilled(drawn, KNOWN) is drawn
    assert prefilled(Draft()).version == 0


def test_a_page_that_knows_more_or_had_errors_is_drawn_anew() -> None:
    drawn = Draft(KNOWN, version=3)
    assert prefilled(drawn) == Draft({}, version=4)
    assert prefilled(Draft(KNOWN, errors={"siren": "Ce SIREN est fermé."}, version=3), KNOWN) == Draft(
        KNOWN, version=4
    )


def test_what_was_done_empties_the_form() -> None:
    assert blank(Draft(KNOWN, version=3)) == Draft({}, version=4)
