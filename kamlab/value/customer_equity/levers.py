"""The lever tree: five ways to make a book of accounts worth more, and what each gives.

Glossary
--------
lever tree (价值杠杆树)
    Value = how long accounts stay × how often they order × what an order leaves, and
    the levers that move each factor.
"""

import pandas as pd

from kamlab.value.contracts.rates import checked_number
from kamlab.value.customer_equity.lifetime_values import LifetimeValues
from kamlab.value.customer_equity.sensitivity import streams_of

#: Levers by the factor of the value that they move.
TREE = {
    "volume": "how often they order",
    "price": "what an order leaves",
    "mix": "what an order leaves",
    "cost to serve": "what an order leaves",
    "retention": "how long they stay",
}


def value_levers(
    values: LifetimeValues,
    change: float = 0.01,
    accounts: pd.Index | list[object] | None = None,
) -> pd.DataFrame:
    """Say what the same improvement of each lever would be worth.

    Parameters
    ----------
    values : LifetimeValues
        From `lifetime_value` or `portfolio_lifetime_value`.
    change : float
        Improvement, as a share: 0.01 is one per cent more orders, higher prices, more
        gross profit an order, less cost to serve, one per cent more of the order value
        kept a year.
    accounts : Index or list, optional
        Whose levers; by default all with a value.

    Returns
    -------
    DataFrame
        By lever: ``factor`` of the tree, ``gain`` (money of today) and ``share`` (of
        the accounts' value, missing where that is 0); the strongest first. A lever that
        the data do not tell (cost to serve, where it is not known) gains 0.

    Raises
    ------
    UsageError
        If the change cannot be, or an account has no value.
    CannotTellError
        If the values rest on the sheet of scenarios, or the orders of these accounts
        are worth nothing.

    Notes
    -----
    Volume: orders × (1 + c), at the same margin. Price: revenue × (1 + c) at the same
    costs. Mix: what an order leaves before serving × (1 + c), by selling better goods.
    Cost to serve: direct costs and cost to serve × (1 − c). Retention: order value kept
    from year to year × (1 + c), and all of it at most. Each alone; together they give a
    little more.

    References
    ----------
    Gupta, S., Lehmann, D. R. and Stuart, J. A. (2004). Valuing customers. Journal of
    Marketing Research 41(1), 7–18.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.customer_equity import portfolio_lifetime_value
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     values = portfolio_lifetime_value(portfolio, repetitions=20)
    >>> levers = value_levers(values)
    >>> levers.index[0], f"{levers.loc['volume', 'share']:.1%}"
    ('price', '1.0%')
    """
    checked_number(change, "change", above=0.0)
    streams = streams_of(values, accounts)
    before_serving = (streams.margin + streams.service) * change
    mixed = streams.discounted_revenue @ before_serving
    gains = {
        "volume": streams.changed(volume=change).equity - streams.equity,
        "price": streams.changed(price=change).equity - streams.equity,
        "mix": float(mixed),
        "cost to serve": streams.changed(service=-change).equity - streams.equity,
        "retention": streams.changed(retention=streams.retention * change).equity
        - streams.equity,
    }
    # Of a value of 0 no gain is a share.
    equity = streams.equity or float("nan")
    gain = pd.Series(gains).sort_values(ascending=False, kind="stable")
    columns = {"factor": pd.Series(TREE), "gain": gain, "share": gain / equity}
    return pd.DataFrame(columns).loc[gain.index].rename_axis("lever")
