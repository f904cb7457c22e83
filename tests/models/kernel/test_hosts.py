"""Names of hosts: what machines write, what people read."""

import pytest

from models.kernel.settings.hosts import ascii_host, shown_host


@pytest.mark.parametrize(
    ("host", "machines"),
    [
        ("société.fr", "xn--socit-esab.fr"),
        ("STRASSE.example", "strasse.example"),
        ("a b.é", "a b.é"),
        ("", ""),
        ("é" * 300, "é" * 300),
    ],
)
def test_a_host_as_machines_write_it(host: str, machines: str) -> None:
    """What names no host stays as it is, to be refused as an address with its own words."""
    assert ascii_host(host) == machines


def test_a_host_as_people_write_it() -> None:
    """What cannot be read stays."""
    assert [shown_host(one) for one in ("xn--socit-esab.fr", "kerdrel.example", "xn--a.fr")] == [
        "société.fr",
        "kerdrel.example",
        "xn--a.fr",
    ]
