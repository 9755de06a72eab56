"""Which part of the list price accounts pay, year by year, and whose part falls.

Price lists rise, and discounts give the rise back, a little at a time and account by
account. Nobody decides it, so nobody sees it, until the years stand side by side.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kamlab.errors import UsageError
from kamlab.style.formats import format_money, format_points, format_share
from kamlab.style.names import display_name
from kamlab.value.price_and_service import paid_for_goods, price_realisation
from kamlab.value.profitability import AccountProfit


@dataclass(frozen=True, eq=False)
class PricePaths:
    """What accounts pay of the list price in every window.

    Parameters
    ----------
    price : DataFrame of shape (n_accounts, n_windows)
        Net price as a share of the list price; missing where nothing was bought.
    at_list : Series of shape (n_accounts,)
        What the last window's goods are worth at list price.
    of_others : Series of shape (n_accounts,)
        By account, the change of the price that all *other* accounts pay together,
        from the first to the last window.

    Examples
    --------
    >>> price = pd.DataFrame({"2024": [0.8], "2025": [0.7]}, index=["A"])
    >>> list_value = pd.Series([1000.0], index=["A"])
    >>> PricePaths(price, list_value, list_value * 0).given.round(2).to_dict()
    {'A': 100.0}
    """

    price: pd.DataFrame
    at_list: pd.Series
    of_others: pd.Series

    @property
    def change(self) -> pd.Series:
        """Change of the price as a share of the list price, first to last window.

        Examples
        --------
        >>> price = pd.DataFrame({"2024": [0.8], "2025": [0.7]}, index=["A"])
        >>> float(PricePaths(price, None, None).change.round(3)["A"])
        -0.1
        """
        return self.price.iloc[:, -1] - self.price.iloc[:, 0]

    @property
    def given(self) -> pd.Series:
        """What the last window's goods would have brought more at the first's price.

        Examples
        --------
        >>> price = pd.DataFrame({"2024": [0.75], "2025": [0.5]}, index=["A"])
        >>> PricePaths(price, pd.Series({"A": 80.0}), None).given.to_dict()
        {'A': 20.0}
        """
        return (-self.change * self.at_list).rename("given")


def price_paths(profits: Mapping[object, AccountProfit]) -> PricePaths:
    """Show which part of the list price every account pays, window by window.

    Parameters
    ----------
    profits : mapping of object to AccountProfit
        From `kamlab.value.profitability.trailing_profits`, the earliest first.

    Returns
    -------
    PricePaths
        Columns are called by the windows' labels.

    Raises
    ------
    UsageError
        If there are fewer than two windows.
    MissingDataError
        If list prices are missing.

    Notes
    -----
    price = (net revenue − returns − charges) ÷ list revenue; given = (price then −
    price now) × list revenue now. Another mix of products changes the price as well.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import trailing_profits
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     paths = price_paths(trailing_profits(portfolio, most=2))
    >>> paths.price.columns.tolist(), bool(paths.given.sum() > 0)
    (['2024', '2025'], True)
    """
    if len(profits) < 2:
        raise UsageError(
            f"profits has {len(profits)} window: give two or more, so that prices can "
            "be compared"
        )
    windows = {each.label: each.table for each in profits.values()}
    price = pd.DataFrame({n: price_realisation(t) for n, t in windows.items()})
    first, *_, last = windows.values()
    others = _of_others(last, price.index) - _of_others(first, price.index)
    at_list = last["list_revenue"].reindex(price.index, fill_value=0.0)
    return PricePaths(price, at_list, others)


def largest_paths(
    paths: PricePaths, n: int = 8, names: Mapping[object, str] | None = None
) -> pd.DataFrame:
    """List the accounts whose changed price moved most money, ready to print.

    Parameters
    ----------
    paths : PricePaths
        From `price_paths`.
    n : int
        Number of accounts.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    DataFrame
        By account's name: the price in every window, and `given`, what the fall costs
        in the last window (negative where the price rose).

    Examples
    --------
    >>> price = pd.DataFrame({"2024": [0.8, 0.9], "2025": [0.7, 0.9]}, index=["A", "B"])
    >>> paths = PricePaths(price, pd.Series([100.0, 50.0], price.index), None)
    >>> largest_paths(paths, 1, {"A": "Adler"}).round(2).to_dict("index")
    {'Adler': {'2024': 0.8, '2025': 0.7, 'given': 10.0}}
    """
    given = paths.given.dropna()
    shown = given.abs().sort_values(ascending=False, kind="stable").index[: max(n, 1)]
    table = paths.price.loc[shown].assign(given=given[shown])
    labels = [display_name(account, names) for account in shown]
    return table.set_axis(pd.Index(labels, name="account"))


def falling_price_sentence(
    paths: PricePaths, names: Mapping[object, str] | None = None, currency: str = ""
) -> str:
    """Name the account whose falling price costs most, beside all others.

    Parameters
    ----------
    paths : PricePaths
        From `price_paths`.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty if no price has fallen.

    Examples
    --------
    >>> price = pd.DataFrame({"2024": [0.8, 0.9], "2025": [0.7, 0.9]}, index=["A", "B"])
    >>> at_list = pd.Series([1000.0, 50.0], price.index)
    >>> paths = PricePaths(price, at_list, pd.Series([0.0, -0.1], price.index))
    >>> print(falling_price_sentence(paths, {"A": "Adler"}, "EUR"))
    Adler paid 80.0 % of the list price in 2024 and pays 70.0 % in 2025: on what it buys
    now, EUR 100 a year less. The price of all others together moved by 0.0 points.
    """
    given = paths.given.dropna()
    if given.empty or not given.max() > 0:
        return ""
    account = given.idxmax()
    price = paths.price.loc[account]
    return (
        f"{display_name(account, names)} paid {format_share(price.iloc[0])} of the "
        f"list price in {price.index[0]} and pays {format_share(price.iloc[-1])} in "
        f"{price.index[-1]}: on what it buys now, "
        f"{format_money(given[account], currency)} a {_period(price)} less. The price "
        f"of all others together moved by {format_points(paths.of_others[account])}."
    )


def _period(price: pd.Series) -> str:
    """Say what a window is called: calendar years carry their number alone."""
    return "year" if str(price.index[-1]).isdigit() else "period"


def _of_others(table: pd.DataFrame, accounts: pd.Index) -> pd.Series:
    """Return the price that all accounts but one pay together, for each one."""
    sold = paid_for_goods(table).reindex(accounts, fill_value=0.0)
    at_list = table["list_revenue"].reindex(accounts, fill_value=0.0)
    rest = at_list.sum() - at_list
    return (sold.sum() - sold) / rest.where(rest > 0)
