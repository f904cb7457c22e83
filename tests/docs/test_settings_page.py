"""docs/operate.md tells every setting as the class declares it."""

from tools.print_settings import PAGE, names, page


def test_the_page_is_what_the_class_says() -> None:
    """If this fails: `.venv/bin/python -m tools.print_settings`.

    Seen to fail: a default that changes, a setting without its line, a line edited by hand.
    """
    assert PAGE.read_text() == page()


def test_every_setting_says_what_it_is() -> None:
    """A setting is declared with the text that operators read. Seen to fail: one without a text beneath it."""
    rows = [line.split(" | ") for line in page().splitlines() if line.startswith("| `PASSAVANT_")]
    assert sorted(name for row in rows for name in row[0].strip("| ").replace("`", "").split(", ")) == sorted(
        names()
    )
    assert [row[0] for row in rows if len(row[2].strip("| ")) < 20] == []
