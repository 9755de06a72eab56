"""Tables of concentration carry names people know, in English and in Chinese."""

import pandas as pd
import pytest

from kamlab.errors import DataError, UsageError
from kamlab.report import present
from kamlab.value.concentration_tables import how_to_print, measures_table

BOOK = pd.Series([70.0, 10, 10, 5, 5, -3])


def test_books_stand_side_by_side():
    table = measures_table({"by account": BOOK, "by group": pd.Series([1, 3])})
    assert table.columns.tolist() == ["by account", "by group"]
    assert table.loc["Customers with revenue"].tolist() == ["5", "2"]
    assert table.loc["Gini coefficient", "by group"] == "0.250"
    assert table.loc["Largest customer"].tolist() == ["70.0 %", "75.0 %"]


def test_both_languages_have_the_same_figures_under_other_names():
    english, chinese = (measures_table({"x": BOOK}, each) for each in ("en", "zh"))
    assert english["x"].tolist() == chinese["x"].tolist()
    assert chinese.index[-1] == "有效客户数"
    assert not set(english.index) & set(chinese.index)


def test_another_language_is_refused():
    with pytest.raises(UsageError, match=r"language = 'de': known are: en, zh"):
        measures_table({"x": BOOK}, "de")


def test_a_book_without_revenue_is_refused():
    with pytest.raises(DataError, match="positive revenue"):
        measures_table({"x": pd.Series([0.0, -1.0])})


def test_effective_numbers_print_with_one_decimal():
    assert measures_table({"x": BOOK}).loc["Effective number", "x"] == "1.9"
    table = pd.DataFrame({"effective_number": [22.16, 1.937]})
    text = present(table, **how_to_print(table)).to_text()
    assert "22.2" in text
    assert "1.9" in text


def test_heads_follow_what_a_row_is():
    table = pd.DataFrame({"accounts": [179], "top_1_share": [0.17]})
    assert how_to_print(table, "groups")["labels"] == {
        "accounts": "Groups",
        "top_1_share": "Largest group",
    }


def test_shares_print_as_per_cent_under_heads_people_know():
    table = pd.DataFrame({"top_20_percent_share": [0.719], "revenue": [62e6]})
    text = present(table, **how_to_print(table)).to_text()
    assert "Top 20 %" in text
    assert "71.9 %" in text


def test_a_printed_table_of_groups_adds_up_in_per_cent():
    table = pd.DataFrame({"index": [9.25], "cumulative_value": [0.37]})
    printing = how_to_print(table)
    assert printing["formats"] == {"cumulative_value": "share"}
    assert printing["labels"]["index"] == "Per customer"
