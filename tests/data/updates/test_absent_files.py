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


def month(place: Path, **files: str) -> Path:
    """A folder with the files of December."""
    folder = place / "second"
    folder.mkdir()
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content)
    return folder


LINES = HEAD + "2,A,2025-12-31,USD,10\n"
RATES = "W,Ab,Kurs\nUSD,2025-12-01,0.8\n"


def test_the_one_file_with_the_columns_is_taken_under_a_new_name(place):
    source = month(place, december=LINES, rates=RATES, notes="Von,An,Text\nA,B,C\n")
    result = import_portfolio(source, None, place / "pf", update=True)
    assert not result.blocked
    assert len(pd.read_parquet(place / "pf" / "orders.parquet")) == 2
    [told] = [each for each in result.findings if each.rule == "file_renamed"]
    assert told.message.startswith(
        "december.csv: 'december.csv' was read in the place of november.csv"
    )


def test_a_new_name_of_the_file_and_of_a_column_are_both_understood(place):
    told = "net_amount: {from: [Netto, Nettowert]}"
    mapping = place / "pf" / "mapping.yml"
    mapping.write_text(MAPPING.replace("net_amount: Netto", told))
    renamed = LINES.replace("Netto", "Nettowert")
    source = month(place, december=renamed, rates=RATES, notes="Von,An,Text\nA,B,C\n")
    result = import_portfolio(source, None, place / "pf", update=True)
    assert not result.blocked
    orders = pd.read_parquet(place / "pf" / "orders.parquet")
    assert sorted(orders["net_amount"]) == [8.0, 90.0]


def test_which_of_two_such_files_is_asked_by_the_line_of_the_mapping(place):
    source = month(place, december=LINES, again=LINES, rates=RATES)
    with pytest.raises(UsageError, match=r"orders\.files: \[again.csv, december.csv\]"):
        import_portfolio(source, None, place / "pf", update=True)


def test_without_such_a_file_its_columns_are_named(place):
    source = month(place, rates=RATES, notes="Von,An\nA,B\n")
    with pytest.raises(UsageError, match=r"no other file there has its columns \(Kund"):
        import_portfolio(source, None, place / "pf", update=True)


def test_tables_of_the_same_file_follow_the_lines(tmp_path):
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    (tmp_path / "first" / "june.csv").write_text(HEAD + "1,A,2025-06-30,EUR,9\n")
    (tmp_path / "second" / "july.csv").write_text(HEAD + "2,B,2025-07-31,EUR,7\n")
    text = "portfolio: {currency: EUR}\ntables:\n  orders: {files: june.csv, columns: "
    text += "{order_id: Nr, account_id: Kunde, order_date: Tag, net_amount: Netto}}\n"
    text += "  accounts: {files: june.csv, one_row_per_key: true, columns: "
    (tmp_path / "mapping.yml").write_text(text + "{account_id: Kunde}}\n")
    import_portfolio(tmp_path / "first", tmp_path / "mapping.yml", tmp_path / "pf")
    import_portfolio(tmp_path / "second", None, tmp_path / "pf", update=True)
    accounts = pd.read_parquet(tmp_path / "pf" / "accounts.parquet")
    assert sorted(accounts["account_id"]) == ["A", "B"]


@pytest.fixture
def single(tmp_path: Path) -> Path:
    """A portfolio of one file, whose mapping names none; and a folder of two."""
    (tmp_path / "june.csv").write_text(HEAD + "1,A,2025-06-30,EUR,9\n")
    text = "portfolio: {currency: EUR}\ntables:\n  orders: {columns: {order_id: Nr, "
    text += "account_id: Kunde, order_date: Tag, net_amount: Netto}}\n"
    (tmp_path / "mapping.yml").write_text(text)
    import_portfolio(tmp_path / "june.csv", tmp_path / "mapping.yml", tmp_path / "pf")
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "july.csv").write_text(HEAD + "2,B,2025-07-31,EUR,7\n")
    (tmp_path / "second" / "notes.csv").write_text("Von,An\nA,B\n")
    return tmp_path


def test_a_mapping_that_names_no_file_finds_its_own_in_a_folder(single):
    result = import_portfolio(single / "second", None, single / "pf", update=True)
    [told] = [each for each in result.findings if each.rule == "file_renamed"]
    assert "in the place of the single file of before" in told.message
    assert len(pd.read_parquet(single / "pf" / "orders.parquet")) == 2


def test_a_mapping_that_names_no_file_asks_where_two_fit(single):
    (single / "second" / "more.csv").write_text(HEAD + "3,B,2025-07-31,EUR,7\n")
    with pytest.raises(UsageError, match=r"does not say what is read in .* say which"):
        import_portfolio(single / "second", None, single / "pf", update=True)


def test_documents_that_come_again_are_converted_as_they_were(place):
    """December's extract holds a line of November, and December's rate alone."""
    again = place / "again"
    again.mkdir()
    lines = "1,A,2025-11-30,USD,100\n2,A,2025-12-31,USD,10\n"
    (again / "november.csv").write_text(HEAD + lines)
    (again / "rates.csv").write_text("W,Ab,Kurs\nUSD,2025-12-01,0.7\n")
    result = import_portfolio(again, None, place / "pf", update=True)
    assert not result.blocked
    orders = pd.read_parquet(place / "pf" / "orders.parquet")
    assert sorted(orders["net_amount"]) == [7.0, 90.0]
    rates = pd.read_parquet(place / "pf" / "fx_rates.parquet")
    assert rates["rate"].tolist() == [0.9, 0.7]


def test_a_rate_that_neither_brings_is_still_missing(place):
    again = place / "again"
    again.mkdir()
    (again / "november.csv").write_text(HEAD + "3,A,2025-10-31,USD,10\n")
    (again / "rates.csv").write_text("W,Ab,Kurs\nUSD,2025-12-01,0.7\n")
    result = import_portfolio(again, None, place / "pf", update=True)
    assert "rate_missing" in {each.rule for each in result.findings}


BOOKS = "controls: [{file: books.csv, columns: {period: Month, net_amount: Net}}]\n"


@pytest.fixture
def with_books(place) -> Path:
    """The portfolio again, its November compared with finance's list."""
    (place / "first" / "books.csv").write_text("Month,Net\n2025-11,90.00\n")
    (place / "mapping.yml").write_text(MAPPING + BOOKS)
    arguments = place / "first", place / "mapping.yml", place / "pf"
    import_portfolio(*arguments, replace=True)
    return place


def test_totals_of_finance_hold_although_the_list_does_not_come_again(with_books):
    december = with_books / "december.csv"
    result = import_portfolio(december, None, with_books / "pf", update=True)
    assert not result.blocked
    assert [each.control.period for each in result.controls] == ["2025-11"]
    (stays,) = [each for each in result.findings if each.rule == "totals_stay"]
    assert "1 total of the imports before was compared" in stays.message


def test_an_update_that_breaks_a_total_of_before_blocks(with_books):
    (with_books / "december.csv").write_text(HEAD + "1,A,2025-11-30,USD,50\n")
    december = with_books / "december.csv"
    result = import_portfolio(december, None, with_books / "pf", update=True)
    assert result.blocked
    assert "control_missed" in {each.rule for each in result.findings}


def test_a_list_of_accounts_that_stays_is_not_told_as_derived(place):
    result = import_portfolio(place / "december.csv", None, place / "pf", update=True)
    derived = {each.table for each in result.findings if each.rule == "derived"}
    assert "accounts" not in derived
