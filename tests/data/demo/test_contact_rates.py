"""How often accounts are met: almost equally per head, whatever they bring."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.contact_rates import KEY, MANAGED, RATES, SMALL, presence


def test_key_accounts_are_visited_more_often_than_others():
    visits = RATES["visit"]
    assert visits[KEY] > visits[MANAGED] > visits[SMALL]


def test_small_accounts_are_mostly_called_and_written_to():
    total = sum(rates[SMALL] for rates in RATES.values())
    assert RATES["call"][SMALL] + RATES["email"][SMALL] > 0.6 * total


def test_contacts_end_at_once_where_a_number_was_replaced():
    roster = pd.DataFrame(
        {
            "created_on": pd.to_datetime(["2015-01-01"] * 2),
            "end_day": [800, 800],
            "merged_into": [None, "A2"],
        }
    )
    begins, ends = presence(roster)
    assert begins.tolist() == [373, 373]
    assert ends.tolist() == [875, 800]


def visits_of_2024(book):
    contacts = book.contacts
    chosen = (contacts["type"] == "visit") & (contacts["date"].dt.year == 2024)
    return contacts[chosen].groupby("account_id").size()


def test_the_largest_tenth_gets_little_more_visits_than_its_number_says(book):
    visits = visits_of_2024(book)
    revenue = book.yearly[2024]
    active = revenue[revenue > 0].sort_values(ascending=False)
    top = active.index[: round(0.1 * len(active))]
    time_share = visits.reindex(top).sum() / visits.sum()
    assert 0.10 < time_share < 0.26
    assert active[top].sum() / active.sum() > 0.45


def test_visits_scrambled_over_accounts_lose_even_that(book):
    visits = visits_of_2024(book)
    keys = book.history.query("attribute == 'key_account_flag' and value == 'true'")
    keys = visits.index.isin(keys["account_id"])
    mixed = np.random.default_rng(0).permutation(visits.to_numpy())
    assert visits[keys].mean() > 1.25 * visits[~keys].mean()
    assert mixed[keys].mean() == pytest.approx(mixed[~keys].mean(), rel=0.25)
