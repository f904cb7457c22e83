"""Lines that co-owners send: what is refused of them, and in which words (SES-50).

Seen to fail: a check taken off its field.
"""

from typing import Any

import pytest

from models.kernel.lines import sort_out
from models.money.payments.sent import DebtSent
from tests.models.money.payments.figures import debt_body


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            {"amount": 1234.5},
            "amount\u00a0: montant attendu entre guillemets, en euros, tel que «\u00a01234.50\u00a0»",
        ),
        ({"amount": "1234.505"}, "amount\u00a0: montant attendu"),
        ({"amount": "-1.00"}, "amount\u00a0: montant attendu"),
        ({"amount": "NaN"}, "amount\u00a0: montant attendu"),
        ({"currency": "USD"}, "currency\u00a0: valeur non admise (attendu\u00a0: EUR)"),
        ({"due_on": "30/11/2026"}, "due_on\u00a0: date attendue"),
        ({"due_on": "2026-02-30"}, "due_on\u00a0: date qui n’existe pas"),
        ({"due_on": 0}, "due_on\u00a0: date attendue"),
        ({"siren": "912345676"}, "siren\u00a0: ce n’est pas un SIREN"),
        ({"siret": "91234567500019"}, "siret\u00a0: ce n’est pas un SIRET"),
        ({"siret": "95012034500018"}, "le SIRET n’est pas un établissement de ce SIREN"),
        ({"status": "late"}, "status\u00a0: valeur non admise (attendu\u00a0: due, paid ou cancelled)"),
        ({"co_owner": "INSEE"}, "co_owner\u00a0: valeur non admise"),
        ({"version": "1"}, "version\u00a0: nombre entier attendu"),
        ({"version": True}, "version\u00a0: nombre entier attendu"),
        ({"version": -1}, "version\u00a0: nombre trop petit"),
        ({"version": 2**63}, "version\u00a0: nombre trop grand"),
        ({"reference": ""}, "reference\u00a0: champ vide"),
        ({"reference": "a\u0000b"}, "reference\u00a0: valeur non admise"),
        ({"nature": "TVA\nd’octobre"}, "nature\u00a0: valeur non admise"),
        ({"means": "cash"}, "means\u00a0: valeur non admise"),
    ],
)
def test_a_bad_line_is_refused_in_french_and_costs_no_other(said: dict[str, Any], reason: str) -> None:
    """SES-50: where it stands, what it is called, which field and why; never what it held."""
    bad = {**debt_body("BAD"), **said}
    good, refused = sort_out(DebtSent, [debt_body("D1"), bad, debt_body("D2")], "reference")
    assert list(good) == [0, 2]
    assert [(one.index, one.name) for one in refused] == [(1, bad["reference"])]
    assert refused[0].reason.startswith(reason)


def test_every_missing_field_of_a_line_is_named() -> None:
    """SES-50: also of what is no object at all."""
    good, refused = sort_out(DebtSent, [{"reference": "D9"}, "D10", None, {"reference": 7}], "reference")
    assert not good
    assert [one.name for one in refused] == ["D9", "", "", ""]
    for field in ("co_owner", "version", "siren", "nature", "amount", "due_on", "status"):
        assert f"{field}\u00a0: champ manquant" in refused[0].reason
    assert refused[1].reason == "objet JSON attendu"
