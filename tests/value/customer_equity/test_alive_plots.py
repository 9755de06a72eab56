"""The curves of silence: one an account, today marked, the finding above."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.style import alternative_text, png_of
from kamlab.value.customer_equity.alive_plots import plot_alive_by_silence
from kamlab.value.lifetime import BetaGeoNBD, ModifiedBetaGeoNBD

MODEL = ModifiedBetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
COUNTS = pd.DataFrame(
    {"frequency": [50, 12, 0], "recency": [50.0, 52.0, 0.0], "T": [54.0, 200, 30.0]},
    index=["A", "B", "C"],
)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def test_the_first_and_the_last_to_be_doubted_are_the_finding():
    ax = plot_alive_by_silence(MODEL, COUNTS, ["A", "B"], {"A": "$dler", "B": "Berg"})
    told = alternative_text(ax)
    assert told.startswith("After 6.2")
    assert "$dler is more likely gone than not, Berg after" in told
    assert "Silent today, in weeks: $dler 4.0; Berg 148.0" in told
    assert len(png_of(ax)) < 80_000


def test_today_is_marked_where_the_picture_reaches_it():
    ax = plot_alive_by_silence(MODEL, COUNTS, ["A", "B"])
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert len(dots) == 1
    assert dots[0].get_xdata()[0] == 4.0


def test_curves_begin_high_and_never_rise():
    ax = plot_alive_by_silence(MODEL, COUNTS, ["A", "B", "C"])
    for line in ax.lines[:2]:
        assert (pd.Series(line.get_ydata()).diff().dropna() <= 0).all()


def test_where_nobody_is_ever_doubted_the_finding_says_so():
    model = BetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
    ax = plot_alive_by_silence(model, COUNTS, ["C"])
    assert "C is never doubted for its silence" in alternative_text(ax)


@pytest.mark.parametrize("accounts", [[], ["Z"]])
def test_strangers_and_nobody_are_refused(accounts):
    with pytest.raises(UsageError, match="such as 'A'"):
        plot_alive_by_silence(MODEL, COUNTS, accounts)
