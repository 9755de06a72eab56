"""Work and direct costs of every account, counted from its orders and contacts."""

import pandas as pd
import pytest

from kamlab.errors import MissingDataError, UsageError
from kamlab.value.serving import account_workload, direct_costs
from tests.value.serving_books import (
    BACK_ENDS,
    account_costs,
    book,
    contacts,
    orders,
    standards,
)

QUARTER = ("2025-01-01", "2025-03-31")


def work_of(account: str, **others: object) -> pd.DataFrame:
    work = account_workload(book(**others), *QUARTER)
    return work[work["account_id"] == account].set_index(["activity", "pool"])


def test_brandts_work_is_counted_by_hand():
    work = work_of("Brandt")
    assert work["minutes"].to_dict() == {
        ("call", "desk"): 20 + 2 * 10,
        ("call", "store"): 3 * 2,
        ("credit_note", "desk"): 15,
        ("order", "desk"): 2 * 8,
        ("order", "store"): 2 * 12,
        ("order_line", "store"): 2 * 3,
        ("return", "store"): 40,
        ("rush_order", "desk"): 2 * 30,
    }


def test_a_document_counts_once_however_many_lines_it_has():
    work = work_of("Adler")
    assert work.loc[("order", "desk"), "count"] == 2
    assert work.loc[("order_line", "store"), "count"] == 3


def test_freight_on_an_order_is_no_line_of_goods():
    assert work_of("Brandt").loc[("order_line", "store"), "count"] == 2


def test_an_order_is_in_a_rush_if_one_of_its_lines_is():
    lines = orders()
    lines.loc[1, "rush_flag"] = True
    assert work_of("Adler", orders=lines).loc[("rush_order", "desk"), "count"] == 1


def test_recorded_says_how_many_durations_were_entered():
    assert work_of("Adler").loc[("visit", "desk"), "recorded"] == 0.5
    brandt = work_of("Brandt")["recorded"]
    assert brandt[("call", "desk")] == pytest.approx(1 / 3)
    assert brandt.drop("call").isna().all()


def test_without_durations_the_standards_count():
    bare = contacts().drop(columns="duration_minutes")
    work = work_of("Adler", interactions=bare)
    assert work.loc[("visit", "desk"), ["minutes", "recorded"]].tolist() == [240, 0]


@pytest.mark.parametrize("others", [{"interactions": None}])
def test_without_contacts_the_orders_count(others: dict):
    assert "call" not in work_of("Brandt", **others).index
    assert ("order", "desk") in work_of("Brandt", **others).index


def test_without_rush_flags_no_order_is_in_a_rush():
    work = work_of("Brandt", orders=orders().drop(columns="rush_flag"))
    assert "rush_order" not in work.index.get_level_values("activity")


def test_business_within_the_own_group_takes_no_time():
    assert work_of("Adler")["count"].max() == 3


def test_the_standard_of_the_day_counts():
    halved = standards().assign(valid_from=pd.Timestamp("2025-02-01"))
    halved["minutes"] = halved["minutes"] / 2
    both = pd.concat([standards(), halved], ignore_index=True)
    work = work_of("Adler", activity_minutes=both)
    assert work.loc[("order", "desk"), "minutes"] == 8 + 4
    assert work.loc[("visit", "desk"), "minutes"] == 100 + 60


@pytest.mark.parametrize("back_end", BACK_ENDS)
@pytest.mark.parametrize("reduce", [account_workload, direct_costs])
def test_every_back_end_gives_the_same_table(back_end: str, reduce):
    expected, found = reduce(book(), *QUARTER), reduce(book(back_end), *QUARTER)
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("reduce", [account_workload, direct_costs])
def test_groups_take_what_their_branches_take(reduce):
    family = {"account_id": ["Adler", "Brandt"], "parent_id": "Holding"}
    view = book(accounts=pd.DataFrame(family))
    single, group = reduce(view, *QUARTER), reduce(view, *QUARTER, by="parent")
    figure = "minutes" if "minutes" in single else "freight"
    assert group[figure].sum() == single[figure].sum()
    names = group["parent_id"] if "minutes" in single else group.index
    assert set(names) - {"Cramer"} == {"Holding"}


def test_the_window_bounds_orders_and_contacts_alike():
    work = account_workload(book(), "2025-01-01", "2025-01-06")
    assert work["count"].tolist() == [2, 2]  # at the desk and in the store
    assert set(work["activity"]) == {"call"}


def test_direct_costs_stand_by_kind():
    table = direct_costs(book(), *QUARTER)
    assert table.columns.tolist() == ["freight", "rush_freight"]
    assert table.loc["Brandt"].tolist() == [0.0, 25.5]
    assert table.loc["Cramer"].tolist() == [7.0, 0.0]


def test_a_refund_lowers_direct_costs():
    refund = account_costs().iloc[[0]].assign(cost_id="4", amount=-15.0)
    both = pd.concat([account_costs(), refund], ignore_index=True)
    table = direct_costs(book(account_costs=both), *QUARTER)
    assert table.loc["Adler", "freight"] == 25.0


def test_what_is_missing_is_named():
    with pytest.raises(MissingDataError, match="no table 'activity_minutes'"):
        account_workload(book(activity_minutes=None))
    with pytest.raises(MissingDataError, match="no table 'account_costs'"):
        direct_costs(book(account_costs=None))
    with pytest.raises(UsageError, match="by = 'branch'"):
        direct_costs(book(), by="branch")


def test_an_empty_window_gives_empty_tables():
    nothing = ("2024-01-01", "2024-12-31")
    assert account_workload(book(), *nothing).empty
    assert direct_costs(book(), *nothing).empty


@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_a_credit_under_its_orders_number_has_the_minutes_of_its_own_day(back_end):
    """The order is of January, the credit of March, the standards changed between."""
    lines = orders()
    lines.loc[lines["order_id"] == "G6", "order_id"] = "3"
    dearer = standards().assign(
        minutes=standards()["minutes"] * 10, valid_from=pd.Timestamp("2025-03-01")
    )
    both = pd.concat([standards(), dearer], ignore_index=True)
    work = account_workload(book(back_end, orders=lines, activity_minutes=both))
    minutes = work[work["account_id"] == "Brandt"].set_index(["activity", "pool"])
    assert minutes.loc[("order", "desk"), "minutes"] == 8 + 80
    assert minutes.loc[("rush_order", "desk"), "minutes"] == 30 + 300
    assert minutes.loc[("credit_note", "desk"), "minutes"] == 150
    assert minutes.loc[("order_line", "store"), "minutes"] == 3 + 30


def test_an_order_that_spans_a_revision_counts_once_by_its_first_day():
    lines = orders()
    lines.loc[lines["order_id"] == "2", "order_id"] = "1"
    later = standards().assign(valid_from=pd.Timestamp("2025-02-01"), minutes=100.0)
    both = pd.concat([standards(), later], ignore_index=True)
    work = account_workload(book(orders=lines, activity_minutes=both))
    adler = work[work["account_id"] == "Adler"].set_index(["activity", "pool"])
    assert adler.loc[("order", "desk"), ["count", "minutes"]].tolist() == [1, 8]
    assert adler.loc[("order_line", "store"), "minutes"] == 3 + 3 + 100


def test_a_rush_mark_on_a_return_or_on_freight_makes_no_rush_order():
    lines = orders()
    lines["rush_flag"] = lines["line_type"].isin(["return", "freight"])
    work = account_workload(book(orders=lines), *QUARTER)
    assert "rush_order" not in set(work["activity"])
