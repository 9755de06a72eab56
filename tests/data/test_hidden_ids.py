"""Numbers that are made of names are hidden, and tables go on fitting together."""

from pathlib import Path

import pandas as pd
import pytest

from kamlab.data.importing.loading import import_portfolio
from kamlab.data.pseudonymising import Privacy
from kamlab.data.redaction import without_names
from kamlab.errors import UsageError

KEY = b"keep me in a safe"
NAMES = "Adler Antriebe GmbH", "宏业"
LINES = (
    "Kunde,Nr,Tag,Netto,Bezug\n"
    "Adler Antriebe GmbH,K1,2025-01-31,100.00,\n"
    "宏业,K2,2025-02-28,50.00,\n"
    "宏业,K2,2025-03-31,-5.00,宏业 2025-02-28\n"
)
ACCOUNTS = "Nr,Firma\nK1,Adler Antriebe GmbH\nK2,宏业\n"
JOINED = """
portfolio: {name: Probe, currency: EUR}
limits: {default: 1}
tables:
  orders:
    files: lines.csv
    columns: {order_id: {join: [Kunde, Tag]}, account_id: ACCOUNT, order_date: Tag,
              net_amount: Netto, ref_order_id: Bezug}
"""
MASTER = """
  accounts:
    files: accounts.csv
    columns: {account_id: Nr, account_name: Firma}
"""


def run(place: Path, account: str, more: str = "", ids: bool = True) -> Path:
    """Import the lines with joined numbers of orders; return the portfolio."""
    (place / "lines.csv").write_text(LINES, encoding="utf-8")
    (place / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    mapping = place / "mapping.yml"
    mapping.write_text(JOINED.replace("ACCOUNT", account) + more, encoding="utf-8")
    result = import_portfolio(
        place, mapping, place / "portfolio", privacy=Privacy(KEY, ids)
    )
    assert not result.blocked
    return place / "portfolio"


def told(folder: Path) -> str:
    """Everything a portfolio says, in one text."""
    texts = [pd.read_parquet(each).to_csv() for each in folder.glob("*.parquet")]
    texts += [
        each.read_text(encoding="utf-8")
        for each in folder.iterdir()
        if each.suffix in (".json", ".yml", ".csv")
    ]
    return "\n".join(texts)


def test_orders_numbered_by_their_customer_hold_no_name(tmp_path):
    folder = run(tmp_path, "{from: Kunde, by_name: true}")
    assert not [name for name in NAMES if name in told(folder)]
    assert pd.read_parquet(folder / "orders.parquet")["order_id"].nunique() == 3


def test_a_reference_goes_on_pointing_at_its_order(tmp_path):
    folder = run(tmp_path, "{from: Kunde, by_name: true}")
    orders = pd.read_parquet(folder / "orders.parquet").sort_values("order_date")
    assert orders["ref_order_id"].iloc[2] == orders["order_id"].iloc[1]


def test_names_known_from_another_table_are_found_in_joined_numbers(tmp_path):
    folder = run(tmp_path, "Nr", MASTER, ids=False)
    assert not [name for name in NAMES if name in told(folder)]
    assert set(pd.read_parquet(folder / "orders.parquet")["account_id"]) == {"K1", "K2"}


def test_payers_that_are_names_are_not_left(tmp_path):
    master = MASTER.replace(
        "account_name: Firma", "account_name: Firma, parent_id: Firma"
    )
    with pytest.raises(UsageError, match=r"parent_id is made of names \('Firma'\)"):
        run(tmp_path, "Nr", master, ids=False)


def test_a_chinese_name_of_two_characters_is_told_from_the_words_around_it():
    assert (
        without_names("order 华为 2024.01.01", ["华为"]) == "order (hidden) 2024.01.01"
    )
    assert without_names("an order", ["an"]) == "an order"
