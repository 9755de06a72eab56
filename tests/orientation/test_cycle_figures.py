"""Every step of the cycle has a figure, or says that nobody recorded it."""

import pandas as pd

from kamlab.estimates import Estimate
from kamlab.orientation.cycle import CYCLE
from kamlab.orientation.cycle_figures import cycle_figures
from kamlab.orientation.promises import days_of_silence, promises_kept, promises_of

MEASURES = pd.DataFrame(
    {
        "revenue": [60.0, 30.0, 10.0],
        "margin": [20.0, 12.0, 6.0],
        "kept": [1.0, 0.0, 1.0],
        "needs": [0.5, 0.0, 0.0],
    },
    index=["A", "B", "C"],
)
IS_KEY = pd.Series([True, True, False], index=MEASURES.index)


def values(table: pd.DataFrame) -> list[str]:
    return table["value"].tolist()


def test_every_step_of_the_cycle_is_there():
    steps = cycle_figures(MEASURES, IS_KEY)["step"]
    assert list(dict.fromkeys(steps)) == [step.name for step in CYCLE]


def test_by_heart():
    kept = Estimate(0.8, 0.7, 0.9, n=50, unit="share")
    silence = pd.Series({"A": 120.0, "B": 10.0, "C": 500.0})
    assert values(cycle_figures(MEASURES, IS_KEY, kept, silence)) == [
        "90.0 %",
        "1 of 2",
        "35.6 %",
        "80.0 % (95 % interval 70.0 % to 90.0 %, n = 50)",
        "1 of 2",
        "1 of 2",
    ]


def test_what_is_not_recorded_is_said():
    bare = cycle_figures(MEASURES[["revenue"]], IS_KEY)
    assert values(bare) == ["90.0 %", *["not recorded"] * 5]


def test_contribution_goes_before_the_gross_margin():
    table = cycle_figures(MEASURES.assign(contribution=[10.0, 8.0, 1.0]), IS_KEY)
    assert table.loc[2, "figure"].startswith("contribution")
    assert table.loc[2, "value"] == "20.0 %"


def test_stand_ins_are_not_called_key_accounts():
    table = cycle_figures(MEASURES, IS_KEY, called="largest accounts")
    told = " ".join(table["figure"])
    assert "key accounts" not in told
    assert told.count("largest accounts") == 5


def test_an_account_that_was_never_met_has_been_silent_for_too_long():
    silence = pd.Series({"A": 5.0})
    assert values(cycle_figures(MEASURES, IS_KEY, None, silence))[-1] == "1 of 2"


def test_talbruck_records_all_of_them(demo, talbruck):
    kept = promises_kept(promises_of(demo))
    silence = days_of_silence(demo)
    table = cycle_figures(talbruck.measures, talbruck.is_key, kept, silence)
    assert "not recorded" not in values(table)
