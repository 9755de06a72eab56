"""Every planted fault is found, nothing is found where none was planted."""

from collections import Counter
from functools import cache

import pandas as pd
import pytest

from kamlab.data.demo import generate
from kamlab.data.demo.dirt import (
    FAULTS,
    dirty_export,
    example_book,
    write_demo_export,
    write_dirty_export,
    write_mapping,
)
from kamlab.data.demo.dirt_book import order_book
from kamlab.data.demo.dirt_mapping import first_mapping, mended_mapping
from kamlab.data.importing.loading import import_portfolio
from kamlab.errors import UsageError
from tests.conftest import slow

SLOW = pytest.mark.slow
#: Faults whose rows are right in themselves: only a rule of the mapping can tell.
HALF_HIDDEN = {"cancelled_pairs": 2}
#: Faults that the import finds in a master, once for several order lines.
BY_FILE = {"two_numbers": "customers.xlsx"}
#: All of them say something that a clean export never makes an import say.
RULES = sorted({rule for fault in FAULTS.values() for rule in fault.found_by})


def a_third_daily(kinds):
    """Return all kinds; a daily run, which imports all at once, too, tries a third."""
    return [kind if not n % 3 else slow(kind) for n, kind in enumerate(kinds)]


@pytest.fixture(scope="module")
def book():
    return example_book()


@pytest.fixture(scope="module")
def with_one_kind(book, tmp_path_factory):
    """Return what the first import says of an export with one kind of dirt."""

    @cache
    def made(kind):
        return imported(tmp_path_factory.mktemp(kind), book, kinds=[kind])

    return made


def imported(folder, book, kinds=tuple(FAULTS), mapping=None, seed=7):
    """Write an export and import it; by default with the first mapping."""
    truth = write_dirty_export(folder / "export", book, seed, kinds)
    told = first_mapping(book) if mapping is None else mapping(book, truth.mends)
    path = write_mapping(told, folder / "mapping.yml")
    return truth, import_portfolio(folder / "export", path, folder / "portfolio")


def found(result) -> Counter:
    return Counter({each.rule: each.rows for each in result.findings})


def dropped(result) -> Counter:
    return Counter(
        {rule.rule: rule.rows for count in result.tables for rule in count.dropped}
    )


def table(folder, name, keys) -> pd.DataFrame:
    frame = pd.read_parquet(folder / "portfolio" / f"{name}.parquet")
    return frame.sort_values(keys).set_index(keys)


# -- recall and precision --------------------------------------------------------------


def test_a_clean_export_is_imported_without_a_word_of_dirt(book, tmp_path):
    truth, result = imported(tmp_path, book, kinds=())
    assert len(truth.faults) == 0
    assert not result.blocked
    assert [rule for rule in RULES if found(result)[rule]] == []
    assert found(result)["control_missed"] == 0
    lines = table(tmp_path, "orders", ["order_id", "line_id"])
    assert round(lines["net_amount"].sum(), 2) == truth.totals["2025"]


@pytest.mark.parametrize("kind", a_third_daily(FAULTS))
def test_every_planted_row_is_found_where_nothing_else_is_wrong(kind, with_one_kind):
    truth, result = with_one_kind(kind)
    planted = truth.faults
    assert set(planted["kind"]) == {kind}
    if kind in BY_FILE:
        planted = planted[planted["file"] == BY_FILE[kind]]
    for rule in FAULTS[kind].found_by:
        assert found(result)[rule] * HALF_HIDDEN.get(kind, 1) == len(planted), rule
    others = set(RULES) - set(FAULTS[kind].found_by)
    beside = {rule for rule in others if found(result)[rule]}
    # What stands there twice, or under a number nobody has, breaks a second rule.
    assert beside <= {"unknown_account", "exact_duplicates", "blank_id"} | (
        {"order_in_two_files"} if kind == "total_rows" else set()
    )


@pytest.mark.parametrize(
    "kind", a_third_daily([k for k in FAULTS if k != "merged_cells"])
)
def test_what_a_finding_shows_are_planted_rows(kind, with_one_kind):
    truth, result = with_one_kind(kind)
    planted = set(zip(truth.faults["file"], truth.faults["row"], strict=True))
    rules = FAULTS[kind].found_by
    shown = {
        (place.file.split(" [")[0], place.row)
        for each in result.findings
        if each.rule in rules and each.rule != "two_date_formats"
        for place in each.samples
        if place.row is not None
    }
    # An export read in any order: the first of two copies is as good as the second.
    if kind == "reexported_month":
        assert {file for file, _ in shown} == {"billing_2025_Q2.csv"}
    else:
        assert shown <= planted


@pytest.mark.parametrize(
    "kind", a_third_daily([k for k in FAULTS if FAULTS[k].dropped_by])
)
def test_rules_that_drop_take_the_planted_rows_and_no_others(kind, book, tmp_path):
    truth, result = imported(tmp_path, book, kinds=[kind], mapping=mended_mapping)
    assert not result.blocked
    took = dropped(result)
    by_rule = sum(took[rule] for rule in FAULTS[kind].dropped_by)
    assert by_rule == truth.count[kind]
    assert sum(took.values()) - took["sums"] == truth.count[kind]


# -- the careless and the careful import -----------------------------------------------


def test_the_careless_import_is_blocked_and_misses_finance_s_totals(book, tmp_path):
    _, result = imported(tmp_path, book)
    assert result.blocked
    assert found(result)["control_missed"] > 0
    assert not (tmp_path / "portfolio").exists()


@pytest.mark.parametrize("seed", [3, *(pytest.param(s, marks=SLOW) for s in (11, 29))])
def test_the_careful_import_is_the_clean_company_to_the_cent(seed, tmp_path):
    tables = generate(seed=seed, accounts=30).tables
    book = order_book(tables, 2025)
    truth, result = imported(tmp_path, book, mapping=mended_mapping, seed=seed)
    assert not result.blocked
    assert found(result)["control_missed"] == found(result)["subtotal_missed"] == 0
    assert found(result)["control_met"] > 0
    keys = ["order_id", "line_id"]
    lines, right = table(tmp_path, "orders", keys), book.orders.set_index(keys)
    same = ["account_id", "product_id", "line_type", "net_amount", "quantity", "cogs"]
    same += ["order_date", "posted_on"]
    right["quantity"] = right["quantity"].astype("float64")
    for day in ("order_date", "posted_on"):
        lines[day] = pd.to_datetime(lines[day]).astype(right[day].dtype)
    pd.testing.assert_frame_equal(
        lines[same], right.sort_index()[same], check_dtype=False, atol=1e-9
    )
    costs = table(tmp_path, "account_costs", ["cost_id"])["amount"]
    assert (costs * 100).round().sum() == (book.costs["amount"] * 100).round().sum()
    contacts = table(tmp_path, "interactions", ["interaction_id"])["date"]
    days = book.contacts.set_index("interaction_id")["date"].sort_index()
    assert (pd.to_datetime(contacts) == days).all()
    assert len(truth.faults) > 100


def test_the_master_is_the_clean_one_but_for_the_orphan(book, tmp_path):
    imported(tmp_path, book, mapping=mended_mapping)
    accounts = table(tmp_path, "accounts", ["account_id"])
    right = book.accounts.set_index("account_id")
    assert accounts.index.tolist() == right.index.tolist()
    unnamed = accounts["account_name"].isna()
    assert unnamed.sum() == 1
    for column in ["region", "country", "annual_revenue"]:
        got, wanted = accounts.loc[~unnamed, column], right.loc[~unnamed, column]
        assert (got == wanted).all(), column


def test_what_only_the_source_can_mend_stays_a_finding(book, tmp_path):
    truth, result = imported(tmp_path, book, mapping=mended_mapping)
    assert (
        found(result)["amount_not_price_times_quantity"] == truth.count["unit_errors"]
    )
    assert (
        found(result)["return_without_reference"]
        == truth.count["returns_without_reference"]
    )


# -- how much, and the same again ------------------------------------------------------


def test_as_much_is_planted_as_the_contract_asks(book, tmp_path):
    truth = write_dirty_export(tmp_path / "export", book, 7)
    shares = truth.count / len(book.orders)
    assert shares["exact_duplicates"] == pytest.approx(0.01, abs=0.001)
    assert shares["unit_errors"] == pytest.approx(0.02, abs=0.001)
    assert set(truth.count.index) == set(FAULTS)


def test_one_seed_gives_the_same_bytes_and_another_gives_others(book, tmp_path):
    seeds = {"one": 7, "again": 7, "other": 8}
    files = {}
    for name, seed in seeds.items():
        write_dirty_export(tmp_path / name, book, seed)
        files[name] = {p.name: p.read_bytes() for p in (tmp_path / name).iterdir()}
    assert files["one"] == files["again"]
    assert files["one"] != files["other"]


def test_no_row_of_the_truth_lies_in_the_export_folder(tmp_path):
    truth = write_demo_export(tmp_path / "export", seed=5)
    inside = {path.name for path in (tmp_path / "export").iterdir()}
    assert inside == {
        "README.txt",
        "mapping.yml",
        "customers.xlsx",
        "costs_by_month.xlsx",
        "crm_activities.csv",
        *(f"billing_2025_{part}.csv" for part in ("Q1", "Q2", "Q3", "Q4", "06_new")),
    }
    mended = tmp_path / "export.mended.yml"
    result = import_portfolio(tmp_path / "export", mended, tmp_path / "portfolio")
    assert not result.blocked
    assert found(result)["control_missed"] == 0
    assert dropped(result)["test orders"] == truth.count["test_orders"]


def test_dirt_of_another_kind_or_company_is_refused(book, tmp_path):
    with pytest.raises(UsageError, match="'exact_duplicate' is unknown: did you mean"):
        dirty_export(book, 1, ["exact_duplicate"])
    with pytest.raises(UsageError, match="preset = 'bank' has no dirty export"):
        write_demo_export(tmp_path / "export", preset="bank")
    write_demo_export(tmp_path / "export")
    with pytest.raises(UsageError, match="is not empty; name a new folder"):
        write_demo_export(tmp_path / "export")
