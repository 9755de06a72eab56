"""Exports that nobody prepared: the figures everybody knows them by come out."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.data.importing.loading import import_portfolio

MAPPINGS = Path(__file__).parent / "mappings"

pytestmark = pytest.mark.data


def imported(source: Path, mapping: str, folder: Path):
    """Import a data set with one of the mappings kept beside this test."""
    return import_portfolio(source, MAPPINGS / f"{mapping}.yml", folder / mapping)


def order_lines(folder: Path) -> pd.DataFrame:
    lines = pd.read_parquet(folder / "orders.parquet")
    return lines.assign(order_date=pd.to_datetime(lines["order_date"]))


@pytest.fixture(scope="module")
def retail(shared_datasets, tmp_path_factory):
    """Online Retail after the usual cleaning."""
    folder = tmp_path_factory.mktemp("retail")
    return imported(shared_datasets / "online_retail", "online_retail", folder)


def test_online_retail_after_the_usual_cleaning(retail):
    lines = order_lines(retail.out)
    assert len(lines) == 397_884
    assert lines["order_id"].nunique() == 18_532
    assert lines["account_id"].nunique() == 4_338
    assert round(lines["net_amount"].sum(), 2) == 8_911_407.90


def test_every_line_of_online_retail_is_accounted_for(retail):
    log = json.loads((retail.out / "import_log.json").read_text())
    orders = log["tables"][0]
    dropped = {each["rule"]: each["rows"] for each in orders["dropped"]}
    assert orders["rows_in"] == 541_909
    assert dropped["no customer"] == 135_080
    assert dropped["cancelled"] == 8_905
    assert orders["rows_in"] == orders["rows_out"] + sum(dropped.values())
    assert orders["written"] == 397_884


def test_the_top_fifth_of_online_retail_brings_three_quarters(retail):
    revenue = order_lines(retail.out).groupby("account_id")["net_amount"].sum()
    ranked = np.sort(revenue.to_numpy())[::-1]
    shares = np.concatenate([[0.0], np.cumsum(ranked) / ranked.sum()])
    top = np.interp(0.2, np.linspace(0, 1, len(shares)), shares)
    assert round(top, 3) == 0.746


def test_repeats_in_online_retail_are_told_and_kept_as_the_mapping_says(retail):
    told = next(each for each in retail.findings if each.rule == "duplicates_kept")
    assert told.rows == 397_884 - 392_692
    assert not told.blocks


def test_online_retail_opens_as_a_portfolio(retail):
    with kamlab.open_portfolio(retail.out) as portfolio:
        assert (portfolio.name, portfolio.currency) == ("Online Retail", "GBP")
        assert str(portfolio.as_of) == "2011-12-09"
        assert len(portfolio.accounts) == 4_338


def test_online_retail_net_of_cancellations(shared_datasets, tmp_path):
    source = shared_datasets / "online_retail"
    lines = order_lines(imported(source, "online_retail_net", tmp_path).out)
    assert round(lines["net_amount"].sum(), 2) == 8_300_065.81
    # In floats two or three more seem negative, by the noise of 1e-14.
    by_account = lines.groupby("account_id")["net_amount"].sum().round(2)
    assert (by_account < 0).sum() == 41
    returns = lines["line_type"] == "return"
    assert returns.sum() == 8_905


def test_online_retail_without_exact_repeats(shared_datasets, tmp_path):
    text = (MAPPINGS / "online_retail.yml").read_text()
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(text.replace("duplicates: keep", "duplicates: drop"))
    source = shared_datasets / "online_retail"
    result = import_portfolio(source, mapping, tmp_path / "portfolio")
    assert result.rows_out == 392_692
    assert result.dropped["exact duplicates"] == 5_192


def test_the_raw_files_of_december_hold_the_same_lines(
    retail, shared_datasets, tmp_path
):
    packed = shared_datasets / "online_retail" / "by_day_2010-12_raw_csv.zip"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "raw")
    result = imported(tmp_path / "raw", "online_retail_raw", tmp_path)
    december = order_lines(retail.out).query("order_date < '2011-01-01'")
    by_line = ["order_date", "order_id", "product_id", "quantity", "net_amount"]
    same = ["account_id", *by_line]
    pd.testing.assert_frame_equal(
        order_lines(result.out)[same].sort_values(by_line, ignore_index=True),
        december[same].sort_values(by_line, ignore_index=True),
    )
    assert len(result.tables[0].files) == 20


def test_iowa_invoice_and_line_are_split(shared_datasets, tmp_path):
    result = imported(shared_datasets / "iowa_liquor", "iowa_lines", tmp_path)
    lines = order_lines(result.out)
    assert result.rows_out == len(lines) == 639_853
    assert lines["account_id"].nunique() == 95
    first = lines.query("order_id == 'INV-095506' and line_id == '00001'")
    assert len(first) == 1
    assert lines["order_id"].str.len().eq(10).all()


def test_iowas_raw_format_is_read_month_first(shared_datasets, tmp_path):
    result = imported(shared_datasets / "iowa_liquor", "iowa_raw", tmp_path)
    lines = order_lines(result.out).set_index("order_id")
    assert len(lines) == 999
    day = lines.loc["INV-142109", "order_date"]
    assert day == pd.Timestamp("2018-09-04")
    accounts = pd.read_parquet(result.out / "accounts.parquet")
    assert len(accounts) == lines["account_id"].nunique() == 512
    assert accounts["account_name"].str.contains("#", regex=False).any()


def test_iowas_raw_format_without_a_declared_date_format_is_refused(
    shared_datasets, tmp_path
):
    text = (MAPPINGS / "iowa_raw.yml").read_text()
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(text.replace("    format: {dates: MM/DD/YYYY}\n", ""))
    source = shared_datasets / "iowa_liquor"
    result = import_portfolio(source, mapping, tmp_path / "portfolio")
    found = next(each for each in result.findings if each.column == "order_date")
    assert found.rule == "undeclared_date_format"
    assert found.rows == 999
    assert found.remedy.endswith("format.dates: MM/DD/YYYY")


@pytest.mark.parametrize(
    ("file", "table", "columns", "row", "broken"),
    [
        ("customers.csv", "accounts", "account_id: customerID", 8, 24),
        (
            "orders.csv",
            "orders",
            "order_id: orderID, account_id: customerID, order_date: orderDate, "
            "net_amount: freight",
            4,
            176,
        ),
    ],
)
def test_northwinds_broken_files_are_refused_at_their_first_malformed_row(
    shared_datasets, tmp_path, file, table, columns, row, broken
):
    other = (
        "  orders: {files: order-details.csv, columns: {order_id: orderID, account_id: "
        "productID, order_date: {constant: 1998-01-01}, net_amount: unitPrice}}\n"
    )
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(
        "portfolio: {currency: USD}\n"
        f"tables:\n{other if table != 'orders' else ''}"
        f"  {table}: {{files: {file}, columns: {{{columns}}}}}\n"
    )
    source = shared_datasets / "northwind"
    result = import_portfolio(source, mapping, tmp_path / "portfolio")
    found = next(each for each in result.findings if each.table == table)
    assert result.blocked
    assert found.rule == "ragged_row"
    assert (found.samples[0].file, found.samples[0].row) == (file, row)
    assert found.rows == broken
    assert not (tmp_path / "portfolio").exists()
