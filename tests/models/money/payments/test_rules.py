"""How a debt may be paid, and what is told of an account (PPR-23, PPR-30, PPR-31)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money.payments.rules import CARD_LIMITS, Way, is_late, masked, ways_to_pay
from models.money.payments.words import NATURES
from tests.support.figures import NOW

AMOUNTS = st.decimals("0.01", "9999999", places=2)


@pytest.mark.parametrize(
    ("nature", "amount", "by_card"),
    [
        ("CIEL_ALCOOL", "2000.00", True),
        ("CIEL_ALCOOL", "2000.01", False),
        ("DOMINO", "1500.00", True),
        ("DOMINO", "1500.01", False),
        ("CIEL_TABAC", "10.00", False),
        ("DELTA_G", "10.00", False),
    ],
)
def test_card_limits(nature: str, amount: str, by_card: bool) -> None:
    """PPR-31: alcohol up to 2,000 €, octroi de mer up to 1,500 €; beyond, and for the rest, SEPA."""
    assert (Way.CARD in ways_to_pay("DGDDI", nature, Decimal(amount))) is by_card


@given(st.sampled_from(sorted(NATURES)), AMOUNTS)
def test_a_card_never_pays_more_than_its_limit(nature: str, amount: Decimal) -> None:
    """PPR-31, PPR-30: by card within the limit and only there; what is owed can always be paid somehow."""
    ways = ways_to_pay("DGDDI", nature, amount)
    assert Way.SEPA in ways
    assert (Way.CARD in ways) == (nature in CARD_LIMITS and amount <= CARD_LIMITS[nature])


@given(st.sampled_from(("DGFIP", "URSSAF")), st.sampled_from(sorted(NATURES)), AMOUNTS)
def test_others_are_paid_at_home(co_owner: str, nature: str, amount: Decimal) -> None:
    """PPR-30: Télépaiement is customs' own."""
    assert ways_to_pay(co_owner, nature, amount) == (Way.ELSEWHERE,)


def test_what_is_not_owed_is_not_paid() -> None:
    """PPR-30: nothing to pay, or money to get back."""
    assert ways_to_pay("DGDDI", "DOMINO", Decimal(0)) == ways_to_pay("DGFIP", "TVA", Decimal(-5)) == ()


def test_a_limit_in_euros_says_nothing_of_another_currency() -> None:
    """PPR-31: the limits are in euros."""
    assert ways_to_pay("DGDDI", "DOMINO", Decimal(10), "XPF") == (Way.SEPA,)


@given(st.text("ABCDEFGH0123456789", min_size=15, max_size=34))
def test_an_iban_shows_its_ends_only(iban: str) -> None:
    """PPR-23: eight characters, whatever its length, which is not told either."""
    shown = masked(iban)
    assert shown.replace("•", "").split() == [iban[:4], iban[-4:]]
    assert len(shown) == len(masked("FR7630001007941234567890185"))


def test_a_short_iban_shows_nothing() -> None:
    """PPR-23: of eight characters the ends would be all."""
    assert "1234" not in masked("FR761234")


def test_figures_are_late_after_a_day() -> None:
    """PPR-20: or when none ever came."""
    assert is_late(None, NOW)
    assert is_late(NOW - timedelta(hours=24, seconds=1), NOW)
    assert not is_late(NOW - timedelta(hours=24), NOW)
