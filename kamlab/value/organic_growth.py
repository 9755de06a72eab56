"""Organic growth: what customers bought more, without rates of exchange and mergers.

Glossary
--------
organic growth (内生增长)
    Growth of net revenue at last year's rates of exchange, without accounts that were
    merged, taken over or given another customer number in between.
structure effect 结构影响
    What those accounts added to, or took from, the growth that is reported.
"""

from dataclasses import dataclass

import pandas as pd

from kamlab.fiscal import Period
from kamlab.language import _, plural
from kamlab.portfolio import Portfolio
from kamlab.style.formats import format_points, format_share
from kamlab.value.revenue_bridge_lines import (
    ORIGINAL,
    compared_lines,
    foreign_unconverted,
)
from kamlab.value.windows import key_name, owners

_REASONS = ("merged", "renumbered", "event")


@dataclass(frozen=True, eq=False)
class OrganicGrowth:
    """How much of the growth of net revenue customers made.

    Parameters
    ----------
    growth : float
        Organic growth, a share; NaN where the earlier period had no revenue.
    reported : float
        Growth of net revenue as it stands in the books, a share.
    currency : float
        What rates of exchange added to it, a share of the earlier revenue; NaN where
        amounts in their own currency are not known.
    structure : float
        What the excluded accounts added to it.
    by_key : DataFrame of shape (n_accounts, 2)
        ``then`` and ``now`` of the accounts that count, at the earlier period's rates.
    excluded : DataFrame
        By account_id: ``why`` ("merged", "renumbered" or "event"), ``on`` (day),
        ``then`` and ``now`` (net revenue).
    missing : tuple of str
        Columns without which the effect of rates could not be told.

    Examples
    --------
    >>> table = pd.DataFrame({"then": [80.0], "now": [88.0]}, index=["A"])
    >>> none = pd.DataFrame(columns=["why", "on", "then", "now"])
    >>> OrganicGrowth(0.1, 0.08, -0.02, 0.0, table, none).growth
    0.1
    """

    growth: float
    reported: float
    currency: float
    structure: float
    by_key: pd.DataFrame
    excluded: pd.DataFrame
    missing: tuple[str, ...] = ()


def organic_growth(
    portfolio: Portfolio,
    now: Period,
    then: Period,
    by: str = "parent",
    alike: bool = True,
) -> OrganicGrowth:
    """Show how much customers bought more, at last year's rates and without mergers.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    now, then : Period
        The period, and the one it is compared with, usually a year earlier.
    by : {"parent", "account"}
        What a row of `by_key` is; accounts are excluded one by one all the same.
    alike : bool
        Compare what was booked equally long after each period's end.

    Returns
    -------
    OrganicGrowth

    Raises
    ------
    UsageError
        If the periods overlap, are not equally long or not over, or `by` is something
        else.
    MissingDataError
        If the data begin later than the earlier period.

    Notes
    -----
    With revenue c at the average rates of the earlier period and O the accounts that
    are not excluded: growth = Σ_O c₁ ÷ Σ_O c₀ − 1. For the shares,
    ``reported = growth + currency + structure``; an effect of rates that cannot be told
    stands in growth. Groups are those of the view's day in both periods, so a branch
    that joins a group is no growth of it.

    References
    ----------
    International Accounting Standards Board. IAS 21: The Effects of Changes in Foreign
    Exchange Rates, on average rates of a period.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as book:
    ...     organic = organic_growth(book, book.period("2024"), book.period("2023"))
    >>> organic.excluded["why"].to_dict()
    {'A10778': 'merged', 'A10958': 'merged'}
    >>> bool(organic.growth > 0)
    True
    """
    name = key_name(by)
    lines = compared_lines(portfolio, now, then, "account", alike)
    table = _side_by_side(lines)
    recoded = recoded_accounts(portfolio, then, now)
    recoded = recoded[recoded.index.isin(table.index)]
    organic = table[~table.index.isin(recoded.index)]
    missing = (ORIGINAL[1],) if foreign_unconverted(portfolio) else ()
    growth = _growth(organic["constant_then"], organic["constant_now"])
    reported = _growth(table["then"], table["now"])
    effect = _rates(table)
    counted = organic[["constant_then", "constant_now"]].set_axis(
        ["then", "now"], axis=1
    )
    whose = owners(portfolio, counted.index.to_series(), by)
    return OrganicGrowth(
        growth=growth,
        reported=reported,
        currency=float("nan") if missing else effect,
        structure=reported - effect - growth,
        by_key=counted.groupby(whose).sum().sort_index().rename_axis(name),
        excluded=recoded.join(table[["then", "now"]]),
        missing=missing,
    )


def recoded_accounts(portfolio: Portfolio, then: Period, now: Period) -> pd.DataFrame:
    """Return the accounts that were merged or renumbered between two periods' ends.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    then, now : Period
        A change counts from the day after the first day of `then` to the last of
        `now`: before and after it, the account's revenue is not the same thing.

    Returns
    -------
    pandas.DataFrame
        Indexed by the account_id that stands now: ``why`` ("merged" by
        `account_history`, "renumbered" by `account_aliases`, "event" by an event of
        kind merger) and ``on`` (day); one row an account, the latest change.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as book:
    ...     years = book.period("2023"), book.period("2024")
    ...     recoded_accounts(book, *years)["on"].dt.year.to_dict()
    {'A10778': 2024, 'A10958': 2023}
    """
    changes = pd.concat([_merged(portfolio), _renumbered(portfolio)])
    successor = changes.dropna(subset="new").set_index("old")["new"].to_dict()
    changes = pd.concat([changes, _events(portfolio)], ignore_index=True)
    in_window = changes["on"] > pd.Timestamp(then.start)
    changes = changes[in_window & (changes["on"] <= pd.Timestamp(now.end))]
    numbers = _followed(changes["old"], successor)
    order = changes["why"].map(_REASONS.index)
    named = changes.assign(account_id=numbers, order=order).sort_values(
        ["on", "order"], ascending=[True, False], kind="stable"
    )
    latest = named.drop_duplicates("account_id", keep="last")
    return latest.set_index("account_id")[["why", "on"]].sort_index()


def growth_words(organic: OrganicGrowth) -> str:
    """Say how large organic growth is, and what the books show beside it.

    Parameters
    ----------
    organic : OrganicGrowth
        From `organic_growth`.

    Returns
    -------
    str
        In the current language.

    Examples
    --------
    >>> none = pd.DataFrame(columns=["why", "on", "then", "now"])
    >>> print(growth_words(OrganicGrowth(0.1, 0.08, -0.02, 0.0, none, none)))
    Organic growth is 10.0 %, reported growth 8.0 %. Rates of exchange account for −2.0
    points.
    """
    if organic.growth != organic.growth:
        return _("Organic growth is not known: there was no revenue to compare with.")
    text = _("Organic growth is {growth}, reported growth {reported}.")
    told = [text.format(**_shares(organic))]
    if organic.currency != organic.currency:
        told.append(_("The effect of rates of exchange is in it: it cannot be told."))
    elif organic.currency != 0:  # a book in one currency need not speak of rates
        text = _("Rates of exchange account for {points}.")
        told.append(text.format(points=format_points(organic.currency)))
    if len(organic.excluded):
        text = plural(
            "{n} merged or renumbered account is left out; it accounts for {points}.",
            "{n} merged or renumbered accounts are left out; they account for "
            "{points}.",
            len(organic.excluded),
        )
        told.append(text.format(points=format_points(organic.structure)))
    return " ".join(told)


def _shares(organic: OrganicGrowth) -> dict[str, str]:
    return {
        "growth": format_share(organic.growth),
        "reported": format_share(organic.reported),
    }


def _side_by_side(lines: pd.DataFrame) -> pd.DataFrame:
    """Return revenue of both periods by account, as reported and at constant rates."""
    sums = lines.groupby(["account_id", "is_now"])[["revenue", "constant"]].sum()
    sides = {
        side: sums[sums.index.get_level_values("is_now") == is_now].droplevel("is_now")
        for side, is_now in (("then", False), ("now", True))
    }
    columns = {side: frame["revenue"] for side, frame in sides.items()}
    columns |= {f"constant_{side}": frame["constant"] for side, frame in sides.items()}
    return pd.DataFrame(columns).fillna(0.0).sort_index()


def _growth(then: pd.Series, now: pd.Series) -> float:
    before = float(then.sum())
    return float(now.sum()) / before - 1 if before > 0 else float("nan")


def _rates(table: pd.DataFrame) -> float:
    """Return what rates of exchange added to the growth that is reported."""
    before = float(table["then"].sum())
    effect = table["now"] - table["constant_now"]
    effect = effect - (table["then"] - table["constant_then"])
    return float(effect.sum()) / before if before > 0 else float("nan")


def _merged(portfolio: Portfolio) -> pd.DataFrame:
    """Return the mergers that the dated attributes know."""
    if not portfolio.has("account_history"):
        return _changes([], [], [], "merged")
    history = portfolio.table("account_history")
    rows = history[(history["attribute"] == "merged_into") & history["value"].notna()]
    return _changes(rows["account_id"], rows["value"], rows["valid_from"], "merged")


def _renumbered(portfolio: Portfolio) -> pd.DataFrame:
    if not portfolio.has("account_aliases"):
        return _changes([], [], [], "renumbered")
    rows = portfolio.table("account_aliases")
    days = rows["valid_from"]
    return _changes(rows["old_account_id"], rows["account_id"], days, "renumbered")


def _events(portfolio: Portfolio) -> pd.DataFrame:
    """Return the mergers that the table of events knows of single accounts."""
    needs = ("events", "events.scope", "events.scope_value")
    if not all(portfolio.has(each) for each in needs):
        return _changes([], [], [], "event")
    events = portfolio.table("events")
    rows = events[(events["kind"] == "merger") & (events["scope"] == "account")]
    rows = rows.dropna(subset="scope_value")
    return _changes(rows["scope_value"], [None] * len(rows), rows["date"], "event")


def _changes(old: object, new: object, on: object, why: str) -> pd.DataFrame:
    """Return changes of one source, with the types that all sources share."""
    columns = {"old": list(old), "new": list(new)}
    frame = pd.DataFrame(columns, dtype="str")
    days = pd.to_datetime(pd.Series(list(on), dtype="datetime64[us]"))
    return frame.assign(on=days, why=pd.Series(why, index=frame.index, dtype="str"))


def _followed(numbers: pd.Series, successor: dict[str, str]) -> pd.Series:
    """Follow numbers that were replaced to the one that stands now."""
    for _step in range(len(successor)):
        numbers = numbers.map(lambda number: successor.get(number, number))
    return numbers
