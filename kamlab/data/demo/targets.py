"""The targets for net revenue, set each November for the year to come."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.story import YEAR_INDEX, YEARS, day_number
from kamlab.data.demo.streams import stream

#: What management asks for above the year that is ending.
AMBITION = 0.06
#: How the year is shared out over its quarters.
_QUARTER_SHARES = (0.255, 0.255, 0.24, 0.25)
#: Share of a year's revenue that is booked by the end of October.
_BY_OCTOBER = 0.855
_SET_ON = (11, 15)


def build_targets(
    lines: pd.DataFrame, roster: pd.DataFrame, keys: dict[int, pd.Series], seed: int
) -> pd.DataFrame:
    """Return targets for the portfolio and for each key account, by quarter and year.

    Parameters
    ----------
    lines : pandas.DataFrame
        All lines of the extract.
    roster : pandas.DataFrame
        The registered accounts.
    keys : dict of int to pandas.Series
        For each year of targets, which rows of the roster are key accounts when they
        are set.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        The table of targets; no account number means the whole portfolio.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> targets = generate(seed=1, accounts=30).tables["targets"]
    >>> targets["metric"].unique().tolist()
    ['net_revenue']
    """
    rng = stream(seed, "targets")
    parts = []
    for year in (*YEARS, YEARS[-1] + 1):
        expected = _expected(lines, roster, year)
        asked = 1 + AMBITION + rng.normal(0, 0.02, len(roster))
        accounts = (expected * asked)[keys[year]]
        whole = pd.Series({-1: expected.sum() * (1 + AMBITION)})
        parts.append(_by_period(pd.concat([whole, accounts]), year))
    targets = pd.concat(parts, ignore_index=True)
    ids = np.append(roster["account_id"].to_numpy(dtype=object), None)
    targets.insert(0, "account_id", ids[targets.pop("row")])
    order = ["set_on", "account_id", "period_start", "period_end"]
    return targets.sort_values(order, na_position="first", ignore_index=True)


def _expected(lines: pd.DataFrame, roster: pd.DataFrame, year: int) -> pd.Series:
    """Return each account's year before, as November extrapolates it from October.

    Before the data begin, 2021 is taken to lie as far below 2022 as growth has it.
    """
    before = year - 1
    if before < YEARS[0]:
        first = lines[lines["day"] < day_number(date(year, 11, 1))]
        return _sums(first, roster) / _BY_OCTOBER * YEAR_INDEX[YEARS[0]] ** 0.3
    begins, ends = day_number(date(before, 1, 1)), day_number(date(before, 11, 1))
    known = lines[(lines["day"] >= begins) & (lines["day"] < ends)]
    return _sums(known, roster) / _BY_OCTOBER


def _sums(lines: pd.DataFrame, roster: pd.DataFrame) -> pd.Series:
    cents = lines.groupby("account")["net_cents"].sum()
    return cents.reindex(roster.index).fillna(0) / 100


def _by_period(values: pd.Series, year: int) -> pd.DataFrame:
    """Share yearly targets out over the quarters; money in round thousands."""
    periods = [(date(year, 1, 1), date(year, 12, 31), 1.0)]
    for quarter, share in enumerate(_QUARTER_SHARES):
        begins = date(year, 3 * quarter + 1, 1)
        ends = (pd.Timestamp(begins) + pd.offsets.QuarterEnd(0)).date()
        periods.append((begins, ends, share))
    rows = [
        {
            "row": row,
            "period_start": pd.Timestamp(begins),
            "period_end": pd.Timestamp(ends),
            "metric": "net_revenue",
            "value": float(round(value * share, -3)),
            "set_on": pd.Timestamp(date(year - 1, *_SET_ON)),
        }
        for row, value in values.items()
        for begins, ends, share in periods
    ]
    return pd.DataFrame(rows)
