"""What truth.json says, and that it can be read without this package."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.demo.truth import plain


def test_truth_survives_json(book):
    assert json.loads(json.dumps(book.truth)) == book.truth


def test_truth_names_every_account_it_points_to(book):
    truth = book.truth
    numbers = {each["account_id"] for each in truth["characters"].values()}
    numbers |= set(truth["losses"]) | set(truth["decoys"]) | set(truth["reordering"])
    numbers |= set(truth["programme"]["members"])
    assert numbers <= set(book.accounts.index)
    assert len(truth["reordering"]) == len(book.accounts)


def test_truth_counts_the_active_accounts_of_each_year(book):
    active = book.truth["active_accounts"]
    buying = (book.yearly > 0).sum()
    for year in (2022, 2023, 2024, 2025):
        # Who buys in a year was there on its first day, or came within it.
        assert active[str(year)] - 12 <= buying[year] <= active[str(year)] + 20


def test_truth_lists_the_events(book):
    assert list(book.truth["events"]) == book.events["event_id"].tolist()


def test_truth_tells_the_planted_figures(book):
    truth = book.truth
    assert truth["programme"]["log_effect"] == 0.08
    assert truth["prices"]["rises"][0]["stuck"] == 0.021
    assert truth["service"]["on_time_in_shortage"] == 0.81
    assert truth["characters"]["marwitz"]["price_change_a_year"] == -0.03
    assert truth["revenue_2025"] == 62e6


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float64(1 / 3), 0.3333),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (date(2025, 1, 1), "2025-01-01"),
        (pd.Timestamp(2025, 1, 1), "2025-01-01"),
        (pd.Series(["a"]), ["a"]),
        (None, None),
        ({2022: (1,)}, {"2022": [1]}),
    ],
)
def test_plain_values_are_what_json_has(value, expected):
    assert plain(value) == expected


@given(st.recursive(st.integers() | st.text(), lambda inner: st.lists(inner)))
def test_plain_values_stay_as_they_are(value):
    assert plain(value) == value
