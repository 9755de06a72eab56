from collections.abc import Callable
from dataclasses import asdict

import nbformat
import pytest

from kamlab.errors import NotebookError, UsageError
from kamlab.report.memory.recall import memory_of
from kamlab.report.memory.records import (
    PREDICTION_TYPE,
    WARNING_TYPE,
    Prediction,
    Warned,
    read_predictions,
    read_warnings,
    record_prediction,
    record_predictions,
    record_warning,
)

PERIOD = ("2026-01-01", "2026-03-31")


def notebook(*records: object) -> nbformat.NotebookNode:
    """Return an executed notebook that recorded these."""
    outputs = [
        nbformat.v4.new_output("display_data", each._repr_mimebundle_())
        for each in records
    ]
    cell = nbformat.v4.new_code_cell("…", outputs=outputs)
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("A"), cell])


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict]:
    """Return a function that records something and returns what is stored."""

    def store(record, *arguments, **named) -> dict:
        stored = []
        monkeypatch.setattr("IPython.display.display", stored.append)
        record(*arguments, **named)
        return stored[0]._repr_mimebundle_()

    return store


def test_a_prediction_is_read_as_it_was_recorded(shown) -> None:
    data = shown(record_prediction, "net_revenue", "A1", 5, 4, 7, 0.9, *PERIOD)
    told = Prediction(**data[PREDICTION_TYPE])
    assert read_predictions(notebook(told)) == [told]
    assert (told.account, told.value, told.start, told.due) == ("A1", 5.0, *PERIOD)


def test_many_predictions_are_read_as_they_were_recorded(shown) -> None:
    many = [
        Prediction("net_revenue", name, 5.0, 4.0, 7.0, 0.9, *PERIOD, "money", "x")
        for name in ("A1", "A2")
    ]
    data = shown(record_predictions, iter(many))
    outputs = [nbformat.v4.new_output("display_data", data)]
    cell = nbformat.v4.new_code_cell("…", outputs=outputs)
    assert read_predictions(nbformat.v4.new_notebook(cells=[cell])) == many


def test_two_forecasts_of_one_figure_may_stand_side_by_side() -> None:
    one, other = (
        Prediction("net_revenue", "A1", 5.0, 4.0, 7.0, 0.9, *PERIOD, "money", source)
        for source in ("repeat orders", "same period last year")
    )
    assert read_predictions(notebook(one, other)) == [one, other]
    with pytest.raises(NotebookError, match="recorded twice"):
        read_predictions(notebook(one, one))


def test_a_group_and_the_account_of_its_number_are_two() -> None:
    group, account = (
        Prediction("net_revenue", "A1", 5.0, 4.0, 7.0, 0.9, *PERIOD, "money", "x", by)
        for by in ("parent", "account")
    )
    assert read_predictions(notebook(group, account)) == [group, account]
    assert [each.is_about("parent") for each in (group, account)] == [True, False]


def test_what_earlier_reports_said_of_a_number_is_about_both() -> None:
    known = Prediction("net_revenue", "A1", 5.0, 4.0, 7.0, 0.9, *PERIOD, "money", "x")
    earlier = {name: each for name, each in asdict(known).items() if name != "by"}
    assert Prediction(**earlier) == known
    assert known.is_about("account")
    assert known.is_about("parent")


def test_whose_number_it_is_is_checked() -> None:
    with pytest.raises(UsageError, match="'acount'"):
        record_prediction("net_revenue", "A1", 5, 4, 7, 0.9, *PERIOD, by="acount")


def test_one_wrong_prediction_of_many_is_named(shown) -> None:
    wrong = Prediction("net_revenue", "A1", 5.0, 9.0, 7.0, 0.9, *PERIOD, "money", "")
    with pytest.raises(UsageError, match=r"low = 9\.0 .* above high = 7\.0"):
        shown(record_predictions, [wrong])


def test_a_warning_is_read_as_it_was_recorded_without_gaps(shown) -> None:
    figures = {"usual_gap": 14, "share_before": float("nan")}
    data = shown(record_warning, "A1", "silence", 5, "2025-12-01", "Silent.", figures)
    told = Warned(**data[WARNING_TYPE])
    assert read_warnings(notebook(told)) == [told]
    assert told.figures == {"usual_gap": 14.0}


@pytest.mark.parametrize("amount", [None, float("nan")])
def test_an_amount_that_nobody_knows_is_none(shown, amount) -> None:
    data = shown(record_warning, "A1", "silence", amount, "2025-12-01", "Silent.")
    assert data[WARNING_TYPE]["at_stake"] is None


def test_the_manifest_keeps_both_as_plain_data() -> None:
    whole = Prediction("net_revenue", "", 5, 4, 7, 0.9, *PERIOD, "money", "naive")
    warned = Warned("A1", "silence", 5.0, "2025-12-01", "Silent.")
    kept = memory_of(notebook(whole, warned))
    assert kept["predictions"][0]["due"] == "2026-03-31"
    assert kept["warnings"][0]["figures"] == {}


def test_an_alert_is_recorded_once() -> None:
    warned = Warned("A1", "silence", 5.0, "2025-12-01", "Silent.")
    with pytest.raises(NotebookError, match=r"warning \('A1', 'silence'\) is recorded"):
        read_warnings(notebook(warned, warned))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((float("nan"), 4, 7), "value of 'net_revenue' is nan"),
        ((5, "four", 7), "low of 'net_revenue' is 'four'"),
        ((5, 8, 7), "low = 8 of prediction 'net_revenue' is above high = 7"),
    ],
)
def test_a_prediction_without_an_interval_is_refused(numbers, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        record_prediction("net_revenue", None, *numbers, 0.9, *PERIOD)


def test_days_and_level_are_checked() -> None:
    with pytest.raises(UsageError, match=r"start = 2026-03-31 .* is after due"):
        record_prediction("net_revenue", None, 5, 4, 7, 0.9, *PERIOD[::-1])
    with pytest.raises(UsageError, match="level = 90"):
        record_prediction("net_revenue", None, 5, 4, 7, 90, *PERIOD)
    with pytest.raises(UsageError, match="since = 'soon'"):
        record_warning("A1", "silence", 5, "soon", "Silent.")
