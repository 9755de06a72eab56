"""A month's only file is taken whatever its name; what is absent stays as it is."""

from pathlib import Path

import pandas as pd
import pytest

from kamlab.data.importing.loading import import_portfolio
from kamlab.errors import UsageError

MAPPING = """
portfolio: {name: Probe, currency: EUR}
limits: {default: 1}
tables:
  orders:
    files: november.csv
    currency: {column: W, rates: fx_rates, by: month}
    columns: {order_id: Nr, account_id: Kunde, order_date: Tag, net_amount: Netto}
  fx_rates:
    files: rates.csv
    columns: {currency: W, valid_on: Ab, rate: Kurs}
  accounts:
    files: names.csv
    columns: {account_id: Kunde, account_name: Name}
"""
HEAD = "Nr,Kunde,Tag,W,Netto\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a portfolio of November, and the file of December."""
    first = tmp_path / "first"
    first.mkdir()
    (first / "november.csv").write_text(HEAD + "1,A,2025-11-30,USD,100\n")
    (first / "rates.csv").write_text(
        "W,Ab,Kurs\nUSD,2025-11-01,0.9\nUSD,2025-12-01,0.8\n"
    )
    (first / "names.csv").write_text("Kunde,Name\nA,Adler\n")
    (tmp_path / "mapping.yml").write_text(MAPPING)
    import_portfolio(first, tmp_path / "mapping.yml", tmp_path / "pf")
    (tmp_path / "december.csv").write_text(HEAD + "2,A,2025-12-31,USD,10\n")
    return tmp_path


def test_the_monthly_file_needs_neither_the_name_nor_the_files_of_before(place):
    rates = (place / "pf" / "fx_rates.parquet").read_bytes()
    result = import_portfolio(place / "december.csv", None, place / "pf", update=True)
    assert not result.blocked
    orders = pd.read_parquet(place / "pf" / "orders.parquet")
    assert sorted(orders["net_amount"]) == [8.0, 90.0]
    assert (place / "pf" / "fx_rates.parquet").read_bytes() == rates
    accounts = pd.read_parquet(place / "pf" / "accounts.parquet")
    assert accounts["account_name"].tolist() == ["Adler"]
    told = {each.table for each in result.findings if each.rule == "table_stays"}
    assert told == {"fx_rates", "accounts"}


def test_a_first_import_needs_all_files(place):
    with pytest.raises(UsageError, match="matches nothing"):
        import_portfolio(
            place / "december.csv", place / "mapping.yml", place / "another"
        )
