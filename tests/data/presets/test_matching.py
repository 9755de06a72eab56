"""A column goes where its name and its cells both fit."""

import pytest

from kamlab.data.presets import PRESETS
from kamlab.data.presets.matching import fits, match_columns, meanings_of
from kamlab.data.presets.profile import Profile


def told(name: str, kind: str = "text", *texts: str) -> Profile:
    return Profile(name, kind, texts or ("x",))


def matched(*profiles: Profile, preset: str = "generic", main: str = "orders") -> dict:
    columns = {each.name: each for each in profiles}
    found = match_columns(columns, PRESETS[preset], main)
    return {f"{table}.{column}": m.header for (table, column), m in found.items()}


def test_an_id_is_taken_before_a_name():
    found = matched(told("Kundenname"), told("Kundennummer"))
    assert found == {
        "orders.account_id": "Kundennummer",
        "accounts.account_name": "Kundenname",
    }


def test_a_name_alone_is_the_account():
    assert matched(told("客户名称")) == {"orders.account_id": "客户名称"}


def test_a_net_amount_is_taken_before_an_amount():
    found = matched(told("Amount", "number"), told("Net Amount", "number"))
    assert found["orders.net_amount"] == "Net Amount"


def test_words_are_no_amount_and_no_day():
    assert matched(told("Amount"), told("Date")) == {}


def test_a_column_of_a_system_is_matched_to_nothing():
    profile = told("(Do Not Modify) Invoice")
    assert matched(profile, preset="dynamics") == {}


def test_names_of_masters_say_nothing_in_order_lines():
    assert matched(told("Name"), told("Type")) == {"orders.document_type": "Type"}
    assert matched(told("Name"), told("ID"), main="accounts") == {
        "accounts.account_id": "ID",
        "accounts.account_name": "Name",
    }


@pytest.mark.parametrize(
    ("column", "profile", "expected"),
    [
        ("discount_pct", told("d", "number", "0.05", "0,1"), True),
        ("discount_pct", told("d", "number", "5", "10"), False),
        ("discount_pct", told("d", "number", "1.234,50"), False),
        ("rush_flag", told("r", "text", "yes", "No"), True),
        ("rush_flag", told("r", "text", "perhaps"), False),
        ("order_date", told("t", "number", "45688"), True),
        ("order_date", told("t", "number", "12"), False),
        ("order_id", told("n", "date"), False),
        ("line_type", told("a", "text", "销售", "退货"), True),
        ("line_type", told("a", "text", "F2"), False),
        ("channel", told("a", "text", "Online", "direct"), True),
        ("net_amount", told("a", "empty"), False),
        ("(gross)", told("a", "text"), False),
        ("(gross)", told("a", "number", "9"), True),
        ("(cancelled)", told("a", "text", "X"), True),
    ],
)
def test_cells_have_to_fit_as_well(column, profile, expected):
    assert fits("orders", column, profile, PRESETS["generic"]) is expected


def test_a_systems_own_words_are_added_to_the_general_ones():
    assert meanings_of("currency", PRESETS["kingdee"])["人民币"] == "CNY"
    assert meanings_of("order_id", PRESETS["kingdee"]) == {}
