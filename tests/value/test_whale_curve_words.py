"""Sentences about the whale curve follow the numbers, whatever these are."""

import numpy as np
import pandas as pd

from kamlab.value.loss_persistence import loss_persistence
from kamlab.value.whale_curve import grouped_whale_curve, whale_curve
from kamlab.value.whale_curve_words import (
    loss_makers_sentence,
    persistence_sentence,
    whale_sentence,
)


def test_the_bank_is_told_in_shares() -> None:
    bank = grouped_whale_curve([0.10, 0.30, 0.60], [0.93, 0.17, -0.10])
    assert whale_sentence(bank, of="groups") == (
        "2 of 3 groups make money, together 110.0 % of the total. 1 costs money and "
        "takes 10.0 % of it back. 100.0 % is left."
    )


def test_a_book_without_loss_makers_says_so() -> None:
    told = whale_sentence(whale_curve({"A": 60, "B": 40}), "EUR")
    assert told == (
        "2 of 2 accounts make money, EUR 100 together (100.0 % of the total). None "
        "costs money. EUR 100 is left."
    )


def test_accounts_at_zero_are_neither() -> None:
    told = whale_sentence(whale_curve({"A": 60, "B": 0, "C": -10}), "EUR")
    assert "takes EUR 10 of it back; 1 neither" in told


def test_a_book_of_losses_takes_nothing_back() -> None:
    told = whale_sentence(whale_curve([-60.0, -40.0]), "EUR", "groups")
    assert told == (
        "None of 2 groups makes money. 2 cost EUR 100. −EUR 100 is left; no share can "
        "be taken of a loss."
    )


def test_accounts_of_unknown_profit_are_mentioned() -> None:
    curve = whale_curve(pd.Series({"A": 10.0, "B": np.nan}))
    assert whale_sentence(curve).endswith("The profit of 1 account more is not known.")
    curve = whale_curve(pd.Series({"A": 10.0, "B": np.nan, "C": np.nan}))
    assert "The profit of 2 groups more is not known." in whale_sentence(
        curve, of="groups"
    )


def test_the_dearest_accounts_are_named_with_their_part_of_all_losses() -> None:
    curve = whale_curve({"A": 90, "B": -15, "C": -5, "D": -10, "E": -20})
    names = {"E": "Wetterau Tools (Giessen)", "B": "Adler"}
    assert loss_makers_sentence(curve, names, "EUR", n=2) == (
        "Wetterau Tools (Giessen) (−EUR 20) and Adler (−EUR 15) cost most: 70.0 % of "
        "what 4 loss makers lose together."
    )


def test_a_single_loss_maker_is_the_only_one() -> None:
    told = loss_makers_sentence(whale_curve({"A": 9, "B": -4}), currency="EUR")
    assert told == "The only loss maker is B (−EUR 4)."


def test_no_loss_maker_is_a_finding_too() -> None:
    told = loss_makers_sentence(whale_curve({"A": 9}), of="groups")
    assert told == "No group costs money."


def test_persistence_names_those_that_left() -> None:
    before = pd.Series({i: -5.0 if i < 12 else 20.0 for i in range(40)})
    told = persistence_sentence(loss_persistence(before, before.drop([0, 1])))
    assert "100.0 % (95 % interval" in told
    assert told.endswith("2 more have left.")


def test_few_loss_makers_leave_persistence_open() -> None:
    before = pd.Series({i: -5.0 if i < 3 else 20.0 for i in range(40)})
    assert persistence_sentence(loss_persistence(before, before)) == (
        "Whether loss makers stay loss makers: cannot tell: 3 loss makers; 10 are "
        "needed (n = 3)."
    )


def test_few_other_accounts_leave_the_yardstick_open() -> None:
    before = pd.Series({i: -5.0 if i < 12 else 20.0 for i in range(14)})
    told = persistence_sentence(loss_persistence(before, before))
    assert "for the other accounts: cannot tell: 2 other accounts" in told
