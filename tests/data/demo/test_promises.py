"""Promises: about a quarter of the contacts, and 85 % of them kept."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.promises import KEPT_SHARE, NEVER_SHARE, add_promises


def promises(book):
    rows = book.contacts.dropna(subset="promised_due")
    return rows[rows["promised_due"] < "2025-11-15"]


def test_85_percent_of_promises_are_kept(book):
    rows = promises(book)
    kept = (rows["promised_done"] <= rows["promised_due"]).mean()
    error = np.sqrt(KEPT_SHARE * (1 - KEPT_SHARE) / len(rows))
    assert kept == pytest.approx(KEPT_SHARE, abs=3.5 * error)


def test_promises_with_scrambled_days_would_not_be_kept(book):
    rows = promises(book)
    done = np.random.default_rng(0).permutation(rows["promised_done"])
    assert (pd.Series(done) <= rows["promised_due"].reset_index(drop=True)).mean() < 0.7


def test_some_promises_are_never_done(book):
    rows = promises(book)
    never = rows["promised_done"].isna().mean()
    assert never == pytest.approx((1 - KEPT_SHARE) * NEVER_SHARE, abs=0.02)


def test_a_promise_has_a_day_and_an_action(book):
    rows = book.contacts
    assert (rows["promised_action"].notna() == rows["promised_due"].notna()).all()
    assert rows.loc[rows["promised_due"].isna(), "promised_done"].isna().all()
    promised = rows.dropna(subset="promised_due")
    assert (promised["promised_due"] > promised["date"]).all()


def test_promises_are_done_on_working_days_within_the_data(book):
    done = book.contacts["promised_done"].dropna()
    assert (done.dt.day_of_week < 5).all()
    assert done.max() <= pd.Timestamp("2025-12-31")


def contacts(count, topic, outcome):
    nothing = {"told": None, "promised_action": None}
    days = {"day": 500, "due_day": np.nan, "done_day": np.nan}
    told = {"type": "call", "topic": topic, "outcome": outcome}
    return pd.DataFrame({**days, **told, **nothing}, index=range(count))


def test_complaints_call_for_promises():
    usual = add_promises(contacts(2000, "service", "problem solved"), seed=1)
    complaint = add_promises(contacts(2000, "complaint", "problem solved"), seed=1)
    assert usual["promised_action"].notna().mean() == pytest.approx(0.2, abs=0.03)
    assert complaint["promised_action"].notna().mean() == pytest.approx(0.7, abs=0.04)


def test_nothing_is_promised_where_nothing_is_needed():
    found = add_promises(contacts(200, "need", "nothing needed now"), seed=1)
    assert found["promised_action"].isna().all()
