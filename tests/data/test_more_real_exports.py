"""Sums by month, wide tables, files without customer numbers: totals as published."""

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.data.importing.loading import import_portfolio

MAPPINGS = Path(__file__).parent / "mappings"

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def months(shared_datasets, tmp_path_factory):
    """All stores of Iowa, month by month."""
    out = tmp_path_factory.mktemp("iowa") / "portfolio"
    source = shared_datasets / "iowa_liquor"
    return import_portfolio(source, MAPPINGS / "iowa_months.yml", out)


def test_every_month_of_every_store_is_there(months):
    assert not months.blocked
    orders = months.tables[0]
    assert (orders.rows_in, orders.rows_out, orders.accounts) == (75_120, 75_120, 2_222)
    lines = pd.read_parquet(months.out / "orders.parquet")
    assert round(lines["net_amount"].sum(), 2) == 1_508_223_851.76
    assert lines["quantity"].sum() == 113_324_180


def test_stores_that_the_master_lacks_are_counted(months):
    found = next(each for each in months.findings if each.rule == "unknown_account")
    assert not found.blocks
    accounts = next(each for each in months.tables if each.table == "accounts")
    assert accounts.added == 126


def test_the_top_fifth_of_all_stores_brings_three_quarters(months):
    with kamlab.open_portfolio(months.out) as portfolio:
        assert str(portfolio.data_through) == "2021-12-31"
    lines = pd.read_parquet(months.out / "orders.parquet")
    revenue = lines.groupby("account_id")["net_amount"].sum()
    ranked = np.sort(revenue.to_numpy())[::-1]
    shares = np.concatenate([[0.0], np.cumsum(ranked) / ranked.sum()])
    top = np.interp(0.2, np.linspace(0, 1, len(shares)), shares)
    assert round(top, 3) == 0.775


def test_a_wide_table_of_categories_keeps_every_sum(shared_datasets, tmp_path):
    source, out = shared_datasets / "uci", tmp_path / "portfolio"
    result = import_portfolio(source, MAPPINGS / "wholesale.yml", out)
    assert not result.blocked
    lines = pd.read_parquet(out / "orders.parquet")
    assert len(lines) == 440 * 6
    sums = lines.groupby("product_id")["net_amount"].sum()
    assert sums["Fresh"] == 5_280_131
    assert lines["net_amount"].sum() == 14_619_500
    assert lines["account_id"].nunique() == 6


def test_a_file_in_an_archive_is_asked_for_and_then_read_whole(
    shared_datasets, tmp_path
):
    packed = shared_datasets / "uci" / "bank-full.csv.zip"
    mapping = MAPPINGS / "bank_full.yml"
    blocked = import_portfolio(packed, mapping, tmp_path / "portfolio")
    assert blocked.blocked
    assert "unpack it" in blocked.findings[0].message
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "bank")
    result = import_portfolio(tmp_path / "bank", mapping, tmp_path / "portfolio")
    assert result.rows_in == result.rows_out == 45_211
    lines = pd.read_parquet(result.out / "orders.parquet")
    assert lines["net_amount"].sum() == 61_589_682
