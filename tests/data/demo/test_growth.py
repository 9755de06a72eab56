"""Totals a practitioner believes: revenue, growth, margin, size of lines."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.growth import kept_share, trend


def test_revenue_of_2025_is_about_62_million(book):
    assert book.yearly[2025].sum() == pytest.approx(62e6, rel=0.02)


def test_revenue_grows_about_5_percent_a_year(book):
    total = book.yearly.sum()
    assert (total[2025] / total[2022]) ** (1 / 3) - 1 == pytest.approx(0.05, abs=0.01)
    assert total.pct_change().dropna().between(0.025, 0.075).all()


def test_gross_margin_of_2025_is_about_34_percent(book):
    lines = book.orders.query("year == 2025")
    margin = 1 - lines["cogs"].sum() / lines["net_amount"].sum()
    assert margin == pytest.approx(0.34, abs=0.015)


def test_gross_profit_nearly_stands_still_while_revenue_grows(book):
    lines = book.orders.groupby("year")[["net_amount", "cogs"]].sum()
    profit = lines["net_amount"] - lines["cogs"]
    revenue_growth = lines["net_amount"][2025] / lines["net_amount"][2022] - 1
    assert profit[2025] / profit[2022] - 1 < 0.6 * revenue_growth


def test_there_are_about_50_thousand_lines_of_about_5_thousand_euro(book):
    assert len(book.orders) == pytest.approx(50_000, rel=0.08)
    others = book.sales[book.sales["account_id"] != book.number_of("wetterau")]
    assert others["net_amount"].mean() == pytest.approx(5_000, rel=0.1)


def test_a_fifth_of_the_buying_accounts_brings_about_70_percent(book):
    revenue = book.yearly[2025]
    revenue = revenue[revenue > 0].sort_values(ascending=False)
    top = revenue.head(round(len(revenue) / 5)).sum() / revenue.sum()
    assert 0.66 < top < 0.80


def test_deductions_leave_what_the_plans_count_on(book):
    gross = book.sales.groupby("year")["net_amount"].sum()
    net = book.orders.groupby("year")["net_amount"].sum()
    assert (net / gross)[2023] == pytest.approx(0.982, abs=0.004)


def test_rebates_of_the_last_year_are_not_taken_off_yet():
    kept = kept_share(np.array(["distributor"] * 2), np.array([2024, 2025]))
    assert kept[1] > kept[0]


def test_trends_are_level_1_in_the_middle_of_2025():
    roster = pd.DataFrame({"growth": [0.1, -0.2], "is_key": [True, False]})
    level = trend(roster, np.array([0, 1]), np.array([1278.375, 1278.375]))
    assert level == pytest.approx([1.0, 1.0])


def test_key_accounts_grow_faster_only_from_mid_2023_on():
    roster = pd.DataFrame({"growth": [0.0], "is_key": [True]})
    days = np.array([0, 365, 1460])
    level = trend(roster, np.array([0, 0, 0]), days)
    assert level[0] == level[1] < level[2]
