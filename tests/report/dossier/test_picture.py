"""The picture says what it shows, marks what happened, and draws what is there."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.picture import marks, months, picture, picture_words
from kamlab.style import alternative_text
from tests.report.dossier.books import book, contact, dossier, monthly, sales

LISTS = pd.DataFrame(
    {
        "event_id": ["E1", "E2", "E3"],
        "date": pd.to_datetime(["2024-04-01", "2022-04-01", "2025-02-01"]),
        "scope": ["portfolio", "portfolio", "account"],
        "scope_value": [None, None, "A"],
        "kind": ["price_list", "price_list", "other"],
        "text": ["Raised by 3 %.", "Raised by 4 %.", "A secret."],
    }
)


@pytest.fixture
def drawn():
    visits = [contact("2024-02-10", "visit"), contact("2025-11-03", "qbr")]
    rows = [*visits, contact("2022-01-01", "visit"), contact("2025-03-01", "call")]
    table = pd.DataFrame(rows).assign(topic=[None, None, None, "complaint"])
    found = dossier(sales("A", monthly()), interactions=table, events=LISTS)
    ax = picture(found)
    yield found, ax
    plt.close(ax.figure)


def test_a_column_stands_for_each_of_twenty_four_months(drawn):
    found, ax = drawn
    heights = [bar.get_height() for bar in ax.patches]
    assert heights == months(found)["revenue"].tolist() == [100.0] * 24


def test_the_words_count_meetings_of_the_months_shown_and_name_events(drawn):
    found, ax = drawn
    assert alternative_text(ax) == picture_words(found)
    assert picture_words(found) == (
        "Revenue of A by month, Jan 2024 to Dec 2025: EUR 1,200 in 12 months, "
        "EUR 1,200 in the 12 before. 2 visits and meetings. Marked: 1 Apr 2024 price "
        "list; 1 Feb 2025 event."
    )


def test_marks_lie_on_their_month(drawn):
    _found, ax = drawn
    visits = next(line for line in ax.lines if line.get_marker() == "v")
    # 10 February is 9/29 into the second month, whose column spans 0.5 to 1.5.
    assert visits.get_xdata() == pytest.approx([0.5 + 9 / 29, 21.5 + 2 / 30])
    (complaint,) = [line for line in ax.lines if line.get_marker() == "X"]
    assert complaint.get_xdata() == pytest.approx([13.5])


def test_the_lines_of_events_end_below_their_words(drawn):
    _found, ax = drawn
    lines = [each for each in ax.collections if each.get_linestyles()[0][1]]
    ends = [segment[:, 1].max() for each in lines for segment in each.get_segments()]
    words = [each for each in ax.texts if each.get_text().strip() == "price list"]
    assert len(ends) == 2
    assert max(ends) < min(each.xy[1] for each in words)


@pytest.mark.parametrize(
    ("amount", "tick"),
    [
        (80_000, "EUR 80 k"),
        (120_000, "EUR 120 k"),
        (1_800_000, "EUR 1.8 M"),
        (1_000_000, "EUR 1 M"),
        (600, "EUR 600"),
        (0, "EUR 0"),
    ],
)
def test_amounts_on_the_axis_have_no_empty_decimals(amount, tick):
    found = dossier(sales("A", monthly(), amount=max(amount, 1.0)))
    ax = picture(found)
    assert ax.yaxis.get_major_formatter()(amount) == tick
    plt.close(ax.figure)


def test_what_lies_before_the_first_month_is_not_marked(drawn):
    found, _ax = drawn
    assert [str(each.day.date()) for each in marks(found)] == [
        "2024-04-01",
        "2025-02-01",
    ]


def test_the_customer_sees_price_lists_and_no_notes_of_ours():
    portfolio = book(sales("A", monthly()), events=LISTS)
    shown = Dossier(portfolio, "A", audience="customer")
    assert [each.words for each in marks(shown)] == ["price list"]


def test_a_change_of_the_manager_is_marked_and_the_first_one_is_none():
    history = pd.DataFrame(
        {
            "account_id": "A",
            "attribute": "kam_id",
            "value": ["K01", "K02"],
            "valid_from": pd.to_datetime(["2024-02-01", "2025-05-10"]),
        }
    )
    found = dossier(sales("A", monthly()), account_history=history)
    assert [(str(m.day.date()), m.words) for m in marks(found)] == [
        ("2025-05-10", "new manager")
    ]


def test_months_before_the_data_begin_are_missing_and_not_nothing():
    lines = sales("A", monthly("2024-09-01"))
    somebody = sales("Z", ["2024-09-02", "2025-12-31"])
    tables = {"orders": pd.concat([lines, somebody], ignore_index=True)}
    portfolio = kamlab.portfolio_from_tables(tables, "EUR", as_of="2025-12-31")
    before = months(Dossier(portfolio, "A"))["before"]
    assert before.index[np.isfinite(before)][0] == pd.Timestamp("2025-09-01")
