"""The portfolio is a time machine: what was known on a day, and what came after."""

import os
import subprocess
import sys
from datetime import date

import narwhals as nw
import pandas as pd
import pytest

import kamlab
from kamlab.data.folder import Description, write_csv, write_description
from kamlab.data.store import collect
from kamlab.errors import DataError, MissingDataError, UsageError
from kamlab.fiscal import FiscalCalendar

ORDERS = pd.DataFrame(
    [
        ("1", "A", "2024-01-10", None, 100.0, "2024-01-20"),
        ("2", "B", "2024-02-10", None, 200.0, "2024-03-05"),
        ("3", "A", "2024-02-20", "2024-03-04", 300.0, None),
        ("4", "OLD", "2024-02-25", None, 50.0, None),
        ("5", "C", "2024-04-01", None, 400.0, "2024-04-02"),
        ("6", "NEW", "2024-06-30", None, 60.0, None),
        ("7", "B", "2024-08-31", None, 70.0, None),
    ],
    columns=[
        "order_id",
        "account_id",
        "order_date",
        "posted_on",
        "net_amount",
        "delivered_date",
    ],
)
ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["A", "B", "C", "OLD", "NEW", "QUIET"],
        "account_name": ["Adler", "Brandt", "Czerny", "Olden", "Newen", "Quietus"],
        "created_on": [None, None, "2024-03-01", None, None, "2024-02-01"],
        "tier": ["general", "core", "core", "general", "general", "general"],
        "region": ["North"] * 6,
    }
)
HISTORY = pd.DataFrame(
    [
        ("A", "tier", "core", "2023-01-01", "2024-02-29"),
        ("A", "tier", "general", "2024-03-01", None),
        ("B", "parent_id", "A", "2024-02-15", None),
        ("C", "parent_id", "HOLDING", "2024-01-01", None),
        ("A", "key_account_flag", "true", "2024-01-01", "2024-06-30"),
        ("A", "strategic_fit", "4", "2024-01-01", None),
        ("OLD", "merged_into", "NEW", "2024-07-01", None),
    ],
    columns=["account_id", "attribute", "value", "valid_from", "valid_to"],
)


def dated(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in columns})


TABLES = {
    "orders": dated(ORDERS, "order_date", "posted_on", "delivered_date"),
    "accounts": dated(ACCOUNTS, "created_on"),
    "account_history": dated(HISTORY, "valid_from", "valid_to"),
}


@pytest.fixture
def folder(tmp_path):
    files = {name: write_csv(table, name, tmp_path) for name, table in TABLES.items()}
    told = Description("Brückner & <Söhne>", "EUR", date(2024, 8, 31), tables=files)
    write_description(tmp_path, told)
    return tmp_path


@pytest.fixture(params=["csv", "parquet", "frames"])
def portfolio(request, folder):
    """The same portfolio from CSV files, from Parquet files, and from frames."""
    if request.param == "frames":
        yield kamlab.portfolio_from_tables(TABLES, "EUR")
        return
    if request.param == "parquet":
        for name, table in TABLES.items():
            table.to_parquet(folder / f"{name}.parquet")
        files = {name: f"{name}.parquet" for name in TABLES}
        told = Description("Brückner", "EUR", date(2024, 8, 31), tables=files)
        write_description(folder, told)
    with kamlab.open_portfolio(folder) as opened:
        yield opened


def order_ids(view) -> list[str]:
    return sorted(collect(view.orders)["order_id"])


def test_a_view_shows_orders_up_to_its_day(portfolio):
    assert order_ids(portfolio.at("2024-02-10")) == ["1", "2"]
    assert order_ids(portfolio) == list("1234567")


def test_a_line_posted_late_is_not_known_before_it_was_posted(portfolio):
    assert "3" not in order_ids(portfolio.at("2024-03-03"))
    assert "3" in order_ids(portfolio.at("2024-03-04"))


def test_a_delivery_is_not_known_before_it_happened(portfolio):
    def delivered(day: str) -> int:
        return int(collect(portfolio.at(day).orders)["delivered_date"].notna().sum())

    assert [delivered(day) for day in ("2024-03-04", "2024-03-05")] == [1, 2]


def test_an_account_is_known_from_its_set_up_or_its_first_order(portfolio):
    known = portfolio.at("2024-03-31").accounts.index.tolist()
    assert known == ["A", "B", "C", "OLD", "QUIET"]


def test_attributes_are_those_of_the_day(portfolio):
    tiers = [
        portfolio.at(d).accounts["tier"]["A"] for d in ("2024-02-29", "2024-03-01")
    ]
    assert tiers == ["core", "general"]
    assert bool(portfolio.at("2024-06-30").accounts["key_account_flag"]["A"])
    assert pd.isna(portfolio.at("2024-07-01").accounts["key_account_flag"]["A"])
    assert portfolio.accounts["strategic_fit"]["A"] == 4


def test_an_attribute_dated_for_some_is_not_taken_from_the_extract_for_others(
    portfolio,
):
    assert pd.isna(portfolio.accounts["tier"]["B"])


def test_an_undated_attribute_is_shown_but_refused_as_a_feature(portfolio):
    assert portfolio.accounts["region"]["A"] == "North"
    assert portfolio.undated("accounts") == ["account_name", "region"]
    assert portfolio.features("accounts", ["tier"])["tier"]["A"] == "general"
    with pytest.raises(UsageError, match=r"accounts.region is as of the extract"):
        portfolio.features("accounts", ["region"])
    with pytest.raises(UsageError, match="did you mean 'tier'"):
        portfolio.features("accounts", ["tierr"])


def test_two_numbers_are_one_account_from_the_day_they_merged(portfolio):
    before, after = portfolio.at("2024-06-30"), portfolio.at("2024-07-01")
    assert {"OLD", "NEW"} <= set(before.accounts.index)
    assert "OLD" not in after.accounts.index
    lines = collect(after.orders).set_index("order_id")["account_id"]
    assert (lines["4"], lines["6"]) == ("NEW", "NEW")


def test_groups_are_rolled_up_under_the_parent_of_the_day(portfolio):
    revenue = pd.Series({"A": 1.0, "B": 2.0, "C": 4.0})
    assert portfolio.at("2024-02-14").parent_of["B"] == "B"
    assert portfolio.roll_up(revenue).to_dict() == {"A": 3.0, "HOLDING": 4.0}


def test_an_unknown_account_cannot_be_rolled_up(portfolio):
    with pytest.raises(UsageError, match=r"'QUIT' is not in .* did you mean 'QUIET'"):
        portfolio.roll_up(pd.Series({"QUIT": 1.0}))


def test_groups_that_go_round_in_a_circle_are_refused():
    circle = pd.DataFrame({"account_id": ["A", "B"], "parent_id": ["B", "A"]})
    tables = {"orders": TABLES["orders"], "accounts": circle}
    with pytest.raises(DataError, match="parent_id goes round in a circle"):
        _ = kamlab.portfolio_from_tables(tables, "EUR").parent_of


def test_the_outcome_is_what_came_after_and_nothing_else(portfolio):
    outcome = portfolio.at("2024-03-31").outcome(months=3)
    assert (outcome.start, outcome.end) == (date(2024, 4, 1), date(2024, 6, 30))
    assert sorted(collect(outcome.orders)["order_id"]) == ["5", "6"]
    assert outcome.successors.empty


def test_the_day_itself_belongs_to_the_view_and_not_to_its_outcome(portfolio):
    on_the_day = portfolio.at("2024-04-01")
    assert "5" in order_ids(on_the_day)
    assert "5" not in collect(on_the_day.outcome(months=3).orders)["order_id"].tolist()


def test_a_merger_into_a_number_that_never_ordered_keeps_the_account():
    merger = ("B", "merged_into", "Z", "2024-03-01", None)
    history = pd.DataFrame([merger], columns=HISTORY.columns)
    tables = {
        "orders": TABLES["orders"],
        "account_history": dated(history, "valid_from", "valid_to"),
    }
    view = kamlab.portfolio_from_tables(tables, "EUR")
    assert "Z" in view.accounts.index
    assert view.roll_up(pd.Series({"Z": 1.0})).to_dict() == {"Z": 1.0}


def test_an_attribute_is_not_taken_from_the_extract_before_it_was_dated():
    joins = ("B", "parent_id", "A", "2024-07-01", None)
    history = pd.DataFrame([joins], columns=HISTORY.columns)
    tables = {
        "orders": TABLES["orders"],
        "accounts": TABLES["accounts"].assign(parent_id=[None, "A", *[None] * 4]),
        "account_history": dated(history, "valid_from", "valid_to"),
    }
    view = kamlab.portfolio_from_tables(tables, "EUR")
    assert view.at("2024-06-30").parent_of["B"] == "B"
    assert view.at("2024-07-01").parent_of["B"] == "A"


def test_features_of_order_lines_have_to_be_reduced_first(portfolio):
    with pytest.raises(UsageError, match="reducing its rows first"):
        portfolio.features("orders", ["net_amount"])


def test_the_outcome_tells_which_number_replaced_which(portfolio):
    outcome = portfolio.at("2024-05-31").outcome(months=3)
    assert outcome.successors.to_dict() == {"OLD": "NEW"}


def test_an_outcome_beyond_the_data_is_refused(portfolio):
    with pytest.raises(UsageError, match=r"months = 6.*end on 2024-12-31.*2024-08-31"):
        portfolio.at("2024-06-30").outcome(months=6)
    for months in (0, True, 1.5, "3"):
        with pytest.raises(UsageError, match="months = "):
            portfolio.outcome(months=months)


@pytest.mark.parametrize("day", ["2024-01-09", "2024-09-01", date(1999, 1, 1)])
def test_a_day_outside_the_data_is_refused_with_the_data_s_own_days(portfolio, day):
    with pytest.raises(UsageError) as refusal:
        portfolio.at(day)
    told = f"as_of = {day}: the data run from 2024-01-10 to 2024-08-31"
    assert told in str(refusal.value)


def test_it_says_what_it_has(portfolio):
    assert portfolio.has("accounts")
    assert portfolio.has("orders.delivered_date")
    assert not portfolio.has("orders.cogs")
    assert not portfolio.has("targets")
    with pytest.raises(UsageError, match="did you mean 'orders'"):
        portfolio.has("order")
    with pytest.raises(UsageError, match="did you mean 'cogs'"):
        portfolio.has("orders.cog")


def test_what_is_missing_is_told_in_one_sentence(portfolio):
    portfolio.require("orders", "accounts.tier", purpose="This")
    with pytest.raises(MissingDataError) as refusal:
        portfolio.require("orders.cogs", "targets", purpose="Margin against target")
    assert str(refusal.value) == (
        "Margin against target is not available: the portfolio has no column 'cogs' "
        "in table 'orders' and no table 'targets'."
    )


def test_a_late_value_without_its_date_counts_as_missing():
    orders = TABLES["orders"].drop(columns="delivered_date").assign(quality_flag=True)
    view = kamlab.portfolio_from_tables({"orders": orders}, "EUR")
    assert not view.has("orders.quality_flag")
    assert "quality_flag" not in view.orders.collect_schema().names()


def test_whoever_changes_a_table_changes_a_copy_of_their_own(demo):
    changed = demo.table("products")
    before = changed["category"].tolist()
    changed["category"] = "mine"
    changed.index.name = "row"
    changed.loc[0, "product_id"] = "P?"
    again = demo.table("products")
    assert again["category"].tolist() == before
    assert again.index.name is None
    assert again["product_id"].iloc[0] != "P?"


def test_a_table_that_is_not_there_is_missing_data(portfolio):
    with pytest.raises(MissingDataError, match="Table 'events' is not available"):
        portfolio.table("events")


def test_without_a_master_the_accounts_are_those_that_ordered():
    view = kamlab.portfolio_from_tables({"orders": TABLES["orders"]}, "EUR")
    assert view.at("2024-02-15").accounts.index.tolist() == ["A", "B"]
    assert view.parent_of["A"] == "A"


def test_order_lines_stay_lazy(portfolio):
    assert isinstance(portfolio.orders, nw.LazyFrame)
    assert isinstance(portfolio.table("orders"), nw.LazyFrame)
    assert portfolio.table("accounts").equals(portfolio.accounts)


def test_its_html_escapes_what_comes_from_data(folder):
    with kamlab.open_portfolio(folder) as portfolio:
        html = portfolio._repr_html_()
    assert "Brückner &amp; &lt;Söhne&gt;" in html
    assert "<Söhne>" not in html
    assert "unit_list_price" in html
    assert repr(portfolio).startswith(
        "<Portfolio 'Brückner & <Söhne>' as of 2024-08-31"
    )


def test_fiscal_periods_follow_the_company_s_calendar():
    calendar = FiscalCalendar(10, "end")
    view = kamlab.portfolio_from_tables(
        {"orders": TABLES["orders"]}, "EUR", calendar=calendar
    )
    assert view.period("2024Q1").start == date(2023, 10, 1)


def test_data_hashes_change_with_the_data(folder):
    with kamlab.open_portfolio(folder) as portfolio:
        before = portfolio.data_hashes()
        (folder / "orders.csv").write_bytes(b"changed")
        after = portfolio.data_hashes()
    assert set(before) == {"orders.csv", "accounts.csv", "account_history.csv"}
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["orders.csv"]


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("orders.csv", b"order_id,account_id\n1,A\n", "lacks the column 'order_date'"),
        ("orders.csv", b"order_id,acount_id\n", "did you mean 'account_id'"),
        ("orders.csv", b"order_id,order_id\n", "'order_id' 2 times; keep one"),
        (
            "orders.csv",
            b"order_id,account_id,order_date,net_amount\n1,A,2024-01-01,much\n",
            "cannot be read",
        ),
        ("orders.csv", b"\xff\xfe\x00", "cannot be read"),
        ("orders.csv", None, "its file 'orders.csv' is missing"),
        ("accounts.csv", b"", "lacks the column 'account_id'"),
    ],
)
def test_a_damaged_table_file_is_named(folder, file, content, told):
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    with pytest.raises(DataError) as refusal:
        kamlab.open_portfolio(folder)
    assert told in str(refusal.value)
    assert f"table {file.removesuffix('.csv')!r}" in str(refusal.value)


def test_a_damaged_parquet_file_is_named(folder):
    (folder / "orders.parquet").write_bytes(b"PAR1 rubbish PAR1")
    told = Description(
        "T", "EUR", date(2024, 8, 31), tables={"orders": "orders.parquet"}
    )
    write_description(folder, told)
    with pytest.raises(
        DataError, match=r"'orders.parquet' cannot be read .*[Rr]estore"
    ):
        kamlab.open_portfolio(folder)


def test_a_portfolio_needs_orders(folder):
    told = Description("T", "E", date(2024, 8, 31), tables={"accounts": "accounts.csv"})
    write_description(folder, told)
    with pytest.raises(DataError, match="lists no table 'orders'"):
        kamlab.open_portfolio(folder)
    with pytest.raises(UsageError, match=r"no 'orders' \(given: accounts\)"):
        kamlab.portfolio_from_tables({"accounts": ACCOUNTS}, "EUR")


def test_what_is_no_frame_is_refused():
    with pytest.raises(UsageError, match=r"tables\['orders'\] is a list"):
        kamlab.portfolio_from_tables({"orders": [1, 2]}, "EUR")


def test_orders_without_any_line_are_refused():
    orders = TABLES["orders"].head(0)
    with pytest.raises(UsageError, match="no order line with a date"):
        kamlab.portfolio_from_tables({"orders": orders}, "EUR")


def test_a_program_that_forgets_to_close_ends_in_silence(folder):
    program = (
        "import kamlab\n"
        f"portfolio = kamlab.open_portfolio({str(folder)!r})\n"
        "orders = portfolio.orders\n"
        "print(len(orders.collect()))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ""},
        check=True,
    )
    assert (ended.stdout.strip(), ended.stderr) == ("7", "")


def test_a_book_may_end_after_its_last_order():
    orders = pd.DataFrame(
        {
            "order_id": ["1"],
            "account_id": ["A"],
            "order_date": pd.to_datetime(["2025-10-01"]),
            "net_amount": [10.0],
        }
    )
    visits = pd.DataFrame(
        {
            "interaction_id": ["1"],
            "account_id": ["A"],
            "date": pd.to_datetime(["2025-12-01"]),
            "type": ["visit"],
        }
    )
    tables = {"orders": orders, "interactions": visits}
    book = kamlab.portfolio_from_tables(tables, "EUR", data_through="2025-12-31")
    assert str(book.as_of) == "2025-12-31"
    assert len(book.table("interactions").collect()) == 1
    assert str(kamlab.portfolio_from_tables(tables, "EUR").as_of) == "2025-10-01"
    with pytest.raises(UsageError, match=r"data_through = 2025-09-30 lies before"):
        kamlab.portfolio_from_tables(tables, "EUR", data_through="2025-09-30")
