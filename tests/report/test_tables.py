"""Tables for people: formats, escaping, alignment, errors that show the value."""

import re
from datetime import date

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.report import present

NASTY = ["<script>alert(1)</script>", "=1+1", "😀", "שלום בע״מ", '"><img src=x>']


@pytest.fixture
def accounts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "account_name": ["Marwitz", "Nordkai", None],
            "net_revenue": [10_540_000.4, -12_000.0, float("nan")],
            "share_of_revenue": [0.169, -0.0004, 0.5],
            "orders": [412, 1400, 0],
            "last_order": pd.to_datetime(["2025-12-20", None, "2025-01-02"]),
            "key_account": [True, False, False],
        }
    )


FORMATS = {"net_revenue": "money", "share_of_revenue": "share"}


def test_money_has_thousands_and_its_currency_in_the_head(accounts):
    table = present(accounts, FORMATS, currency="EUR")
    assert table.columns[1] == "Net revenue (EUR)"
    assert [row[1] for row in table.rows] == ["10,540,000", "−12,000", "–"]


def test_shares_read_as_per_cent_and_minus_zero_as_zero(accounts):
    table = present(accounts, FORMATS)
    assert [row[2] for row in table.rows] == ["16.9 %", "0.0 %", "50.0 %"]


def test_types_that_are_not_named_follow_the_column(accounts):
    table = present(accounts, FORMATS)
    assert table.formats == ("text", "money", "share", "count", "date", "flag")
    assert table.rows[1][3:] == ("1,400", "–", "no")
    assert table.rows[2][0] == "–"


def test_days_in_a_column_of_objects_are_days():
    days = [date(2025, 1, 2), None]
    table = present(pd.DataFrame({"day": days, "text": ["2025-Q1", "2025-Q2"]}))
    assert table.formats == ("date", "text")
    assert [row[0] for row in table.rows] == ["2025-01-02", "–"]


@pytest.mark.parametrize(
    ("texts", "format_"),
    [
        (["235", "17.1 %", "0.69"], "number"),
        (["1,400", "–", "−3.5"], "number"),
        (["1001", "1002"], "text"),
        (["2024-12-31", "2025-12-31"], "date"),
        (["2024-12", "–"], "date"),
        (["A7", "17 %"], "text"),
    ],
)
def test_texts_that_are_figures_or_days_stand_like_them(texts, format_):
    assert present(pd.DataFrame({"x": texts})).formats == (format_,)


def test_months_and_labels_and_one_letter_columns(accounts):
    frame = accounts.assign(n=1)
    table = present(frame, {"last_order": "month"}, labels={"orders": "Order days"})
    assert table.rows[0][4] == "2025-12"
    assert table.columns[3] == "Order days"
    assert table.columns[-1] == "n"


@pytest.mark.parametrize("name", NASTY)
def test_names_of_accounts_never_become_markup(name):
    html = present(pd.DataFrame({"account": [name]}), caption=name).to_html()
    assert "<script" not in html
    assert "<img" not in html
    assert "<caption>" in html


def test_text_takes_its_own_direction_and_numbers_stand_right(accounts):
    html = present(accounts, FORMATS).to_html()
    assert '<td dir="auto" style="text-align:left">Marwitz</td>' in html
    whole = "white-space:nowrap"
    number = f'class="number" style="text-align:right;{whole}"'
    assert f"<td {number}>10,540,000</td>" in html
    date = f'class="date" style="text-align:left;{whole}"'
    assert f"<td {date}>2025-12-20</td>" in html


def test_notebooks_that_know_no_style_sheet_align_every_cell(accounts):
    html = present(accounts, FORMATS).to_html()
    cells = re.findall(r"<t[hd][ >][^>]*>", html)
    assert len(cells) == 6 * (len(accounts) + 1)
    assert all("text-align:" in cell for cell in cells)
    heads = [cell for cell in cells if cell.startswith("<th")]
    assert not any("nowrap" in cell for cell in heads)  # heads may break


def test_an_index_that_says_something_becomes_the_first_column():
    revenue = pd.Series([5.0, 2.5], index=pd.Index(["A", "B"], name="account_id"))
    table = present(revenue)
    assert table.columns == ("Account id", "Value")
    assert table.rows == (("A", "5.00"), ("B", "2.50"))


def test_two_index_levels_become_two_columns():
    index = pd.MultiIndex.from_tuples([("A", 1), ("B", 2)], names=["account", "year"])
    table = present(pd.Series([1.0, 2.0], index=index, name="revenue"))
    assert table.columns == ("Account", "Year", "Revenue")


def test_a_long_table_says_how_many_rows_it_leaves_out():
    table = present(pd.DataFrame({"x": range(180)}), limit=10)
    assert len(table.rows) == 10
    assert table.note == "The first 10 of 180 rows."
    assert len(present(pd.DataFrame({"x": range(180)}), limit=None).rows) == 180


def test_an_empty_table_says_so():
    assert present(pd.DataFrame({"account": []})).note == "No rows."


def test_plain_text_aligns_like_the_page(accounts):
    text = present(accounts[["account_name", "orders"]], caption="Orders").to_text()
    assert text.splitlines()[:3] == [
        "Orders",
        "Account name  Orders",
        "Marwitz          412",
    ]


def test_the_same_frame_gives_the_same_bytes(accounts):
    once, again = present(accounts, FORMATS), present(accounts.copy(), FORMATS)
    assert once.to_html() == again.to_html()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"formats": {"net_revnue": "money"}}, "did you mean 'net_revenue'?"),
        ({"labels": {"ordres": "Orders"}}, "did you mean 'orders'?"),
        ({"formats": {"orders": "mony"}}, "'mony': did you mean 'money'?"),
        ({"formats": {"account_name": "money"}}, "row 0 holds 'Marwitz'"),
        ({"formats": {"account_name": "date"}}, "row 0 holds 'Marwitz'"),
    ],
)
def test_a_wrong_column_or_format_is_named(accounts, arguments, said):
    with pytest.raises(UsageError) as caught:
        present(accounts, **arguments)
    assert said in str(caught.value)


def test_only_frames_are_presented():
    with pytest.raises(UsageError, match="frame is a list"):
        present([1, 2])


def test_on_a_page_chinese_words_stay_in_one_piece() -> None:
    words = ["已流失", "关系系于一人，涉及四人", "lost", "18，涉及 4 人"]
    table = present(pd.DataFrame({"同类客户": words}))
    whole = re.findall(r"white-space:nowrap[^>]*>([^<]*)<", table.to_html(on_page=True))
    assert whole == ["同类客户", "已流失"]
    assert "nowrap" not in table.to_html()
