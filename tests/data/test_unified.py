"""One customer under one number: mergers, groups, shared names."""

import pandas as pd

import kamlab
from kamlab.data.unified import groups_of_several, merged_numbers, shared_names


def company(names: dict[str, str] | None = None, **tables) -> kamlab.Portfolio:
    accounts = list(names or {"A": "", "B": ""})
    orders = pd.DataFrame(
        {
            "order_id": accounts,
            "account_id": accounts,
            "order_date": pd.Timestamp("2025-12-31"),
            "net_amount": 5.0,
        }
    )
    if names:
        table = {"account_id": accounts, "account_name": list(names.values())}
        tables = {"accounts": pd.DataFrame(table), **tables}
    return kamlab.portfolio_from_tables({"orders": orders, **tables}, "EUR")


def test_eisenhain_s_two_numbers_became_one_in_july_2024(demo):
    mergers = merged_numbers(demo)
    last = mergers.iloc[-1]
    assert str(last["since"].date()) == "2024-07-01"
    assert demo.accounts.loc[last["now"], "account_name"].startswith("Eisenhain")
    assert last["old number"] not in demo.accounts.index
    assert last["old number"] in demo.at("2024-06-30").accounts.index


def test_a_merger_is_not_known_before_its_day(demo):
    assert len(merged_numbers(demo.at("2024-06-30"))) == len(merged_numbers(demo)) - 1


def test_without_a_history_no_merger_is_known():
    assert merged_numbers(company()).empty


def test_brackwell_is_the_group_with_the_most_numbers(demo):
    groups = groups_of_several(demo)
    first = groups.iloc[0]
    assert demo.accounts.loc[groups.index[0], "account_name"].startswith("Brackwell")
    assert first["accounts"] == 6
    assert 1 < first["owners"] <= 6


def test_groups_tie_to_the_roll_up(demo):
    groups = groups_of_several(demo)
    alone = demo.parent_of.value_counts().eq(1).sum()
    assert groups["accounts"].sum() + alone == len(demo.accounts)


def test_without_parents_nobody_is_a_group():
    assert groups_of_several(company()).empty


def test_capitals_blanks_and_full_stops_do_not_make_another_name():
    names = {"A": "Adler G.m.b.H.", "B": "ADLER  gmbh", "C": "Brandt AG"}
    assert shared_names(company(names)).index.tolist() == ["A", "B"]


def test_without_names_none_is_shared():
    assert shared_names(company()).empty


def test_at_talbruck_every_name_stands_once(demo):
    assert shared_names(demo).empty
