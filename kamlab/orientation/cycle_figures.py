"""A figure for every step of the cycle, as far as the data hold it."""

import pandas as pd

from kamlab.estimates import Estimate
from kamlab.orientation.cycle import CYCLE
from kamlab.style.formats import format_count, format_share

#: Days after which a key account has been silent for too long.
SILENT = 90
_NOT_RECORDED = "not recorded"


def cycle_figures(
    measures: pd.DataFrame,
    is_key: pd.Series,
    promises: Estimate | None = None,
    silence: pd.Series | None = None,
    called: str = "key accounts",
) -> pd.DataFrame:
    """Say of each step of the cycle how well it is done.

    Parameters
    ----------
    measures : DataFrame of shape (n_accounts, n_measures)
        Such as `account_measures` returns.
    is_key : Series of bool of shape (n_accounts,)
        Who is a key account, on the same index.
    promises : Estimate, optional
        Share of promises kept, from `promises_kept`.
    silence : Series of shape (n_accounts,), optional
        Days since the last contact, from `days_of_silence`.
    called : str
        What the accounts are called: key accounts, or the largest that stand in.

    Returns
    -------
    pandas.DataFrame of str
        One row a figure: ``step``, ``chinese``, ``figure``, ``value`` ("not recorded"
        where the data lack it).

    Examples
    --------
    >>> measures = pd.DataFrame({"revenue": [60.0, 30.0, 10.0]})
    >>> cycle_figures(measures, measures["revenue"] > 50).loc[0, "value"]
    '60.0 %'
    """
    told = [
        (f"{called}' share of revenue", _revenue_share(measures, is_key)),
        (
            f"{called} with a contact about their needs",
            _share_above_zero(measures, "needs", is_key),
        ),
        _earned(measures, is_key, called),
        (
            "promises kept by their day",
            _NOT_RECORDED if promises is None else str(promises),
        ),
        (
            f"{called} that bought again in the year after",
            _mean(measures, "kept", is_key),
        ),
    ]
    rows = [
        (step.name, step.chinese, *each) for step, each in zip(CYCLE, told, strict=True)
    ]
    last = CYCLE[-1]
    silent = (
        f"{called} without contact for {SILENT} days",
        _silent(silence, is_key),
    )
    rows.append((last.name, last.chinese, *silent))
    return pd.DataFrame(rows, columns=["step", "chinese", "figure", "value"])


def _revenue_share(measures: pd.DataFrame, is_key: pd.Series) -> str:
    revenue = measures["revenue"]
    return format_share(float(revenue[is_key].sum() / revenue.sum()))


def _share_above_zero(measures: pd.DataFrame, column: str, is_key: pd.Series) -> str:
    if column not in measures:
        return _NOT_RECORDED
    return _of((measures[column] > 0)[is_key])


def _mean(measures: pd.DataFrame, column: str, is_key: pd.Series) -> str:
    if column not in measures:
        return _NOT_RECORDED
    return _of(measures[column][is_key].dropna() > 0)


def _earned(measures: pd.DataFrame, is_key: pd.Series, called: str) -> tuple[str, str]:
    """Return what key accounts leave of their revenue, as far down as is known."""
    for column, name in [("contribution", "contribution"), ("margin", "gross margin")]:
        if column in measures:
            ours = measures.loc[is_key, [column, "revenue"]].sum()
            rate = format_share(float(ours[column] / ours["revenue"]))
            return f"{name} of {called} as a share of their revenue", rate
    return f"contribution of {called}", _NOT_RECORDED


def _silent(silence: pd.Series | None, is_key: pd.Series) -> str:
    if silence is None:
        return _NOT_RECORDED
    # Without any contact on record, the silence has lasted for ever.
    return _of(silence.reindex(is_key.index)[is_key].fillna(float("inf")) > SILENT)


def _of(flags: pd.Series) -> str:
    if flags.empty:
        return _NOT_RECORDED
    return f"{format_count(flags.sum())} of {format_count(len(flags))}"
