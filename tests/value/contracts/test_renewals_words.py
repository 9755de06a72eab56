"""Renewals in words: what is decided, what is open, and what comes up."""

from datetime import date

import pandas as pd

from kamlab.estimates import Estimate
from kamlab.value.contracts.renewals import Renewals
from kamlab.value.contracts.renewals_due import DueRenewals
from kamlab.value.contracts.renewals_words import (
    due_sentence,
    due_table,
    renewal_share,
    renewals_sentence,
)


def renewals(renewed: int, ended: int, still_open: int) -> Renewals:
    outcome = ["renewed"] * renewed + ["ended"] * ended + ["open"] * still_open
    terms = pd.DataFrame({"outcome": outcome})
    return Renewals(terms, terms.head(0), date(2025, 12, 31))


def test_open_contracts_count_neither_as_loyal_nor_as_lost():
    share = renewal_share(renewals(70, 10, 300))
    assert (share.value, share.n) == (0.875, 80)


def test_all_three_outcomes_are_said():
    told = renewals_sentence(renewals(70, 10, 30))
    assert "Of 110 contracts 80 have come to their decision: 70 were renewed" in told
    assert "10 ended, so 87.5 % renew" in told
    assert "30 still run, and say nothing" in told


def test_few_decisions_give_no_rate():
    told = renewals_sentence(renewals(3, 1, 2))
    assert "one cannot tell: 4 renewal decisions; 10 are needed" in told
    assert "%" not in told


def test_one_contract_comes_and_two_come():
    chance = pd.Series({"V1": 0.9})
    one = DueRenewals(chance, Estimate(0.9, 0, 1, 1, unit="count"))
    two = DueRenewals(chance, Estimate(1.7, 0, 2, 2, unit="count"))
    assert due_sentence(one, 6).startswith("1 contract comes up in the next 6 months;")
    assert due_sentence(two).startswith("2 contracts come up in the next 12 months;")


def test_the_table_keeps_the_order_and_names_the_accounts():
    terms = pd.DataFrame(
        {
            "account": ["B", "A"],
            "end": pd.to_datetime(["2026-02-28", "2026-04-30"]),
            "period": [3, 1],
        },
        index=["V2", "V1"],
    )
    chance = pd.Series({"V1": 0.8, "V2": 0.9})
    due = DueRenewals(chance, Estimate(1.7, 0, 2, 2))
    table = due_table(terms, due, {"A": "Adler"})
    assert table.index.tolist() == ["B", "Adler"]
    assert table["renewals_so_far"].tolist() == [2, 0]
    assert table["probability"].tolist() == [0.9, 0.8]
