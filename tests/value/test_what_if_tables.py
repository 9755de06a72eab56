"""Answers to "what if" side by side."""

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.report import present
from kamlab.value.profit_parts import summed
from kamlab.value.whale_curve_tables import how_to_print
from kamlab.value.what_if import price_differently, serve_differently, stop_serving
from kamlab.value.what_if_tables import compare_answers


def table(revenue=1000.0, goods=-650.0, direct=-50.0, served=-320.0) -> pd.DataFrame:
    """Return one account; as it stands, margin 300 and cost to serve 320."""
    columns = {"revenue": revenue, "cost_of_goods": goods, "direct_costs": direct}
    return summed(pd.DataFrame(columns | {"cost_to_serve": served}, index=["A"]))


def test_answers_stand_side_by_side_and_can_be_presented() -> None:
    answers = {
        "bundle": serve_differently(table(), "A", 0.5),
        "surcharge": price_differently(table(), "A", surcharge=70.0),
        "stop": stop_serving(table(), "A", 0.25),
    }
    found = compare_answers(answers)
    assert found["change"].tolist() == pytest.approx([160, 70, -220])
    assert found.loc["stop", "unused"] == 240
    shown = str(present(found, currency="EUR", **how_to_print(found)))
    assert "What if" in shown
    assert "−220.00" in shown


def test_no_answer_cannot_be_compared() -> None:
    with pytest.raises(UsageError, match="at least one"):
        compare_answers({})
