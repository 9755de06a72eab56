"""How accounts pay: most within a month of the due day, Lianhan 140 days after it."""

import numpy as np
import pandas as pd

from kamlab.data.demo.payment_habits import (
    LONGEST_USUAL_DELAY,
    draw_days_late,
    payment_terms,
)


def roster_of(**traits: object) -> pd.DataFrame:
    return pd.DataFrame({"character": [""], "region": "DACH", "is_key": False} | traits)


def late_of(character: str, cents: int = 100_00) -> np.ndarray:
    invoices = pd.DataFrame({"account": [0] * 5000, "cents": cents})
    return draw_days_late(invoices, roster_of(character=[character]), seed=4)


def test_key_accounts_have_longer_terms_and_never_shorter_ones():
    roster = roster_of(region=["DACH", "South China"], character="", is_key=True)
    assert payment_terms(roster).tolist() == [45, 60]
    assert payment_terms(roster.assign(is_key=False)).tolist() == [30, 60]


def test_lianhan_pays_140_days_late():
    late = late_of("lianhan")
    assert abs(late.mean() - 140) < 1
    assert late.std() < 10


def test_others_pay_within_a_month_unless_they_dispute_an_invoice():
    late = late_of("")
    assert late.min() >= 0
    disputed = late > LONGEST_USUAL_DELAY
    assert 0.05 < disputed.mean() < 0.2
    assert late[disputed].min() >= 35


def test_large_invoices_are_disputed_less():
    # One account of 300 weighs little: cents are scaled to a book of full size.
    small, large = late_of("", 100), late_of("", 40_000_00)
    assert (large > LONGEST_USUAL_DELAY).mean() < (small > LONGEST_USUAL_DELAY).mean()
