"""Conclusions on the claims are written from the figures, and change with them."""

import re
from datetime import date

import pandas as pd
import pytest

from kamlab.orientation.claims_plots import plot_claims
from kamlab.orientation.claims_words import (
    claim_figures,
    claims_sentence,
    key_share_sentence,
    one_customer_sentence,
    selection_sentence,
    share_label,
    undecided_sentence,
)
from kamlab.orientation.judgement_tables import claims_table
from kamlab.orientation.judgements import judge_claims
from kamlab.orientation.key_accounts import KeyAccounts
from kamlab.report import record

NOBODY = pd.Series(False, index=range(9))


def key(flags: pd.Series, named: bool = True, phrase: str = "") -> KeyAccounts:
    return KeyAccounts(flags, date(2024, 12, 31), named, "", phrase)


@pytest.fixture(scope="module")
def judged(talbruck):
    return judge_claims(talbruck.measures, talbruck.is_key)


def test_talbruck_s_key_accounts_bring_more_revenue_than_margin(talbruck):
    told = key_share_sentence(talbruck.measures, talbruck.chosen, "EUR")
    assert told.startswith("27 of the 28 key accounts of 31 Dec 2024 bought: they are")
    revenue, margin = (float(part.split()[-1]) for part in told.split(" %")[1:3])
    assert revenue > margin
    assert told.endswith("of the gross margin.")


def test_without_costs_nothing_is_said_of_margin():
    measures = pd.DataFrame({"revenue": [50.0, 30.0, 20.0, 0.0]})
    named = key(measures["revenue"] > 25, phrase="key accounts of 31 Dec 2024")
    assert key_share_sentence(measures, named) == (
        "All 2 key accounts of 31 Dec 2024 bought: they are 66.7 % of the 3 accounts "
        "with revenue and bring 80.0 % of 100."
    )


def test_nobody_is_called_a_key_account_where_the_data_name_none():
    measures = pd.DataFrame({"revenue": [50.0, 0.0, 20.0]})
    largest = pd.Series([True, True, False])
    chosen = key(largest, named=False, phrase="2 largest of 2024")
    told = key_share_sentence(measures, chosen)
    assert told.startswith(
        "The data name no key accounts; the 2 largest of 2024 stand in, and 1 still "
        "bought: they are 50.0 %"
    )
    assert share_label("gross margin", chosen) == (
        "Gross margin share of the 2 largest of 2024"
    )


def test_verdicts_add_up_to_the_claims(judged):
    told = claims_sentence(judged)
    assert "1 is not (“They earn us a good margin”)" in told
    every, asked, shares, compared, supported, refuted, unknown, unasked = map(
        int, re.findall(r"\d+", told)
    )
    assert every == len(judged) == asked + unasked
    assert asked == shares + compared == supported + refuted + unknown


def test_sentence_tables_and_picture_count_the_same_claims(judged):
    _, asked, _, compared, *_, unasked = map(
        int, re.findall(r"\d+", claims_sentence(judged))
    )
    assert asked == len(claims_table(judged, tested=True))
    assert unasked == len(claims_table(judged, tested=False))
    ax = plot_claims(judged)
    assert ax.figure.get_suptitle().startswith(f"{compared} comparisons: ")
    assert compared == len(ax.get_yticklabels())


def test_data_that_cannot_be_asked_at_all_are_no_verdict():
    told = claims_sentence(judge_claims(pd.DataFrame(index=range(9)), NOBODY))
    assert told == "None of 19 claims on key accounts can be held against these data."


def test_open_claims_are_named_with_both_groups(judged):
    told = undecided_sentence(judged)
    assert "“They are loyal” (key accounts 9" in told
    assert "“They are loyal” (largest accounts 9" in undecided_sentence(
        judged, "largest accounts"
    )
    assert told.endswith("a difference of some size could stay hidden.")


def test_too_few_accounts_are_the_reason_given(talbruck):
    few = talbruck.is_key & (talbruck.is_key.cumsum() <= 3)
    told = undecided_sentence(judge_claims(talbruck.measures, few))
    assert "8 of each are needed" in told


def test_figures_can_be_recorded_and_have_names_of_their_own(judged):
    figures = claim_figures(judged)
    names = [figure["name"] for figure in figures]
    assert len(set(names)) == len(names)
    assert {"claim_loyal", "claim_profit_source"} <= set(names)
    assert "claim_revenue_source" not in names
    shown = [figure["name"] for figure in figures if figure.get("headline")]
    assert shown == ["claim_contribution_source"]
    for figure in figures:
        record(**figure)


COLUMNS = ["into", "out of", "others into", "others out of"]


@pytest.mark.parametrize(
    ("row", "ending"),
    [
        ([0.2, 0.1, 0.0, 0.0], "by 10.0 points more."),
        ([0.2, -0.1, 0.0, 0.0], "by 10.0 points less."),
    ],
)
def test_a_lead_can_vanish_or_turn(row, ending):
    told = selection_sentence(pd.DataFrame([row], ["2024"], COLUMNS), 28)
    assert "grew by 20.0 points more than all others" in told
    assert f"on the way out of it, {ending} By themselves they went" in told


@pytest.mark.parametrize(
    ("row", "fades"), [([0.2, -0.1, 0, 0], True), ([0.2, 0.1, 0, 0], False)]
)
def test_only_those_who_shrank_are_seen_to_fade(row, fades):
    told = selection_sentence(pd.DataFrame([row], ["2024"], COLUMNS), 28)
    assert told.endswith("sees them fade.") == fades
    assert "the others from 0.0 % to 0.0 %" in told


def test_one_loud_customer_is_named():
    orders = pd.DataFrame({"account_id": ["A"] * 3 + list("BCDEFG")})
    told = one_customer_sentence(orders, pd.Series({"A": "Adler"}))
    assert told.startswith("Adler")
    assert "promised" not in told


def test_what_is_promised_to_the_others_is_told_without_the_loud_one():
    orders = pd.DataFrame({"account_id": list("AAAB"), "promised": [2, 2, 2, 35]})
    told = one_customer_sentence(orders, pd.Series({"A": "Adler"}))
    assert told.endswith("Without it the median time promised is 35 days.")
    alone = one_customer_sentence(orders.head(3), pd.Series({"A": "Adler"}))
    assert "Without it" not in alone


def test_among_equals_nobody_is_named():
    orders = pd.DataFrame({"account_id": list("ABCDEFGH")})
    assert one_customer_sentence(orders, pd.Series(dtype="str")) == ""
    assert one_customer_sentence(orders.head(0), pd.Series(dtype="str")) == ""
