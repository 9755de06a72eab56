"""Targets for net revenue, set in November for the year to come."""

import pandas as pd
import pytest


def yearly(targets):
    days = (targets["period_end"] - targets["period_start"]).dt.days
    return targets[days > 300]


def test_targets_are_set_in_november_of_the_year_before(book):
    targets = book.targets
    assert (targets["set_on"].dt.strftime("%m-%d") == "11-15").all()
    assert (targets["period_start"].dt.year - targets["set_on"].dt.year == 1).all()


def test_the_portfolio_has_a_target_for_every_year_and_the_next(book):
    whole = yearly(book.targets[book.targets["account_id"].isna()])
    assert whole["period_start"].dt.year.tolist() == [2022, 2023, 2024, 2025, 2026]


def test_portfolio_targets_are_within_reach(book):
    whole = yearly(book.targets[book.targets["account_id"].isna()])
    asked = whole.set_index(whole["period_start"].dt.year)["value"]
    for year in (2022, 2023, 2024, 2025):
        assert asked[year] == pytest.approx(book.yearly[year].sum(), rel=0.08)


def test_quarters_add_up_to_the_year(book):
    targets = book.targets.assign(
        year=book.targets["period_start"].dt.year,
        account_id=book.targets["account_id"].fillna("portfolio"),
    )
    whole = yearly(targets).set_index(["account_id", "year"])["value"]
    quarters = targets.drop(yearly(targets).index)
    sums = quarters.groupby(["account_id", "year"])["value"].sum()
    assert (sums - whole).abs().max() <= 4000


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_the_key_accounts_of_that_november_have_targets(book, year):
    asked = book.targets.dropna(subset="account_id")
    asked = set(asked.loc[asked["period_start"].dt.year == year, "account_id"])
    day = max(pd.Timestamp(year - 1, 11, 15), pd.Timestamp(2022, 1, 1))
    flags = book.history[book.history["attribute"] == "key_account_flag"]
    holds = (flags["valid_from"] <= day) & ~(flags["valid_to"] < day)
    keys = set(flags.loc[holds & (flags["value"] == "true"), "account_id"])
    assert asked == keys


def test_no_target_stands_twice(book):
    keys = ["account_id", "period_start", "period_end", "metric"]
    assert not book.targets.duplicated(keys).any()
