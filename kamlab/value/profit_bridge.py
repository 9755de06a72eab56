"""The profit bridge: where profit went between two periods, step by step.

Glossary
--------
profit bridge (利润桥)
    Steps that lead from the profit of one period to that of the next and leave no rest.
volume
    What would have changed had all that is sold more or less earned the average margin
    of the period before.
mix
    What the growth of dear and the decline of cheap business adds to that: accounts and
    products with a higher or lower margin than the average.
list prices, discounts
    What a changed price list, and a changed discount on it, did to what was bought in
    both periods.
"""

from dataclasses import dataclass

import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.cost_to_serve import CostToServe
from kamlab.value.profit_periods import ProfitPeriod
from kamlab.value.profitability import AccountProfit

#: Kinds of direct costs that are paid for bringing goods to the customer.
TRANSPORT = ("freight", "rush_freight", "packaging", "customs")

_DAYS_ALIKE = 3


@dataclass(frozen=True, eq=False)
class ProfitBridge:
    """The steps from one period's profit to the next, by account.

    Parameters
    ----------
    before, after : AccountProfit
        The two periods.
    by_account : DataFrame of shape (n_accounts, n_steps)
        Money; a step that raised profit is positive.
    left_out : tuple
        Accounts whose cost of goods is not known in one of the periods; they take part
        in neither profit.
    priced : float
        Share of the later period's goods that are sold at a price which can be set
        against one of the earlier period; the change of the others stands in volume
        and mix, or with new accounts.
    growth : float
        How far the goods that accounts of both periods bought grew, at the earlier
        period's prices, as a share.

    Examples
    --------
    >>> from datetime import date
    >>> first, last = date(2024, 12, 31), date(2025, 12, 31)
    >>> def profit(amount, day):
    ...     table = pd.DataFrame({"contribution": [amount]}, index=["A"])
    ...     return AccountProfit(table, day, day, "contribution")
    >>> steps = pd.DataFrame({"volume": [9.0], "mix": [-2.0]}, index=["A"])
    >>> bridge = ProfitBridge(profit(50.0, first), profit(57.0, last), steps)
    >>> bridge.profit_before, bridge.steps.to_dict(), bridge.profit_after
    (50.0, {'volume': 9.0, 'mix': -2.0}, 57.0)
    """

    before: AccountProfit
    after: AccountProfit
    by_account: pd.DataFrame
    left_out: tuple[object, ...] = ()
    priced: float = float("nan")
    growth: float = float("nan")

    @property
    def steps(self) -> pd.Series:
        """Every step summed over the accounts, money.

        Examples
        --------
        >>> steps = pd.DataFrame({"volume": [9.0, 1.0]}, index=["A", "B"])
        >>> ProfitBridge(None, None, steps).steps.to_dict()
        {'volume': 10.0}
        """
        return self.by_account.sum().rename("amount")

    @property
    def profit_before(self) -> float:
        """Profit of the earlier period, of the accounts that take part."""
        return self._profit(self.before)

    @property
    def profit_after(self) -> float:
        """Profit of the later period, of the accounts that take part."""
        return self._profit(self.after)

    def _profit(self, profit: AccountProfit) -> float:
        return float(
            profit.contribution.drop(list(self.left_out), errors="ignore").sum()
        )


def profit_bridge(before: ProfitPeriod, after: ProfitPeriod) -> ProfitBridge:
    """Show where profit came from and went to between two periods, to the cent.

    Parameters
    ----------
    before, after : ProfitPeriod
        Two periods of equal length, by account or both by parent; see
        `kamlab.value.profit_periods.compared_periods`.

    Returns
    -------
    ProfitBridge
        Steps ``new_accounts`` and ``lost_accounts`` (all that accounts which bought in
        one period only left in contribution); for accounts that bought in both:
        ``volume``, ``mix``, ``list_prices`` and ``discounts`` (one step ``prices``
        without list prices), ``cost_of_goods``, ``charges``, ``returns`` (less the
        goods that came back), ``credits_and_rebates``; with direct costs
        ``transport`` and ``other_direct_costs``; with cost to serve ``time_to_serve``
        and ``cost_of_time``.

    Raises
    ------
    UsageError
        If the periods differ in length, in basis, or in what a row is.

    Notes
    -----
    For account a and product j, q is quantity, p price, l list price and c cost a
    unit, 0 and 1 are the periods; P is what a bought of j in both periods, and m the
    margin of all goods of period 0 that accounts of both periods bought, as a share
    of their value. With v₁ = p₀q₁ within P and p₁q₁ outside it, v₀ = p₀q₀, and k₁, k₀
    the same with costs:

    - volume = m Σ (v₁ − v₀),  mix = Σ [(v₁ − k₁) − (v₀ − k₀)] − volume
    - list prices = Σ_P (l₁ − l₀) q₁,  discounts = Σ_P [(p₁ − p₀) − (l₁ − l₀)] q₁
    - cost of goods = −Σ_P (c₁ − c₀) q₁
    - time to serve = −Σ (t₁ − t₀) r₀,  cost of time = −Σ (r₁ − r₀) t₁, with minutes t
      and capacity rates r of every pool.

    Quantities of unlike products cannot be added, so they are weighed with the prices
    of period 0. Price and cost effects are taken at the quantities of period 1: what
    both changes do together stands with them, not in a rest. A price here is the
    average that an account paid for a product.

    References
    ----------
    Horngren, C. T., Datar, S. M. and Rajan, M. V. (2015). Cost Accounting: A Managerial
    Emphasis, 15th ed., Pearson, chapters 7 and 14 (price, efficiency, sales-mix and
    sales-quantity variances).

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profit_periods import compared_periods
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     bridge = profit_bridge(*compared_periods(portfolio))
    >>> rest = bridge.profit_after - bridge.profit_before - bridge.steps.sum()
    >>> bool(abs(rest) < 0.005)
    True
    """
    _check_alike(before.profit, after.profit)
    one, two = before.profit, after.profit
    accounts = one.table.index.union(two.table.index)
    known = one.contribution.reindex(accounts, fill_value=0.0).notna()
    known &= two.contribution.reindex(accounts, fill_value=0.0).notna()
    takes_part = accounts[known]
    bought = [_bought(period.sales, takes_part) for period in (before, after)]
    steps, *grew = _goods_steps(before.sales, after.sales, bought[0] & bought[1])
    steps = steps.reindex(takes_part, fill_value=0.0)
    steps = pd.concat([steps, _money_steps(before, after, takes_part)], axis=1)
    change = _of(two.table, "contribution", takes_part)
    change = change - _of(one.table, "contribution", takes_part)
    came, went = bought[1] & ~bought[0], bought[0] & ~bought[1]
    steps = steps.where(~(came | went), 0.0)
    steps.insert(0, "new_accounts", change.where(came, 0.0))
    steps.insert(1, "lost_accounts", change.where(went, 0.0))
    return ProfitBridge(one, two, steps, tuple(accounts[~known]), *grew)


def _check_alike(one: AccountProfit, two: AccountProfit) -> None:
    lengths = [(each.end - each.start).days + 1 for each in (one, two)]
    if abs(lengths[0] - lengths[1]) > _DAYS_ALIKE:
        raise UsageError(
            f"before covers {lengths[0]} days ({one.label}), after {lengths[1]} "
            f"({two.label}): take periods of the same length"
        )
    if one.basis != two.basis:
        raise UsageError(
            f"before ends at the {one.basis}, after at the {two.basis}: take periods "
            "for which the same costs are known"
        )
    if one.table.index.name != two.table.index.name:
        raise UsageError(
            f"before is by {one.table.index.name!r}, after by "
            f"{two.table.index.name!r}: take both by account or both by parent"
        )


def _bought(sales: pd.DataFrame, accounts: pd.Index) -> pd.Series:
    """Say which accounts bought goods in a period."""
    buyers = sales.index.get_level_values(0).unique()
    return pd.Series(accounts.isin(buyers), index=accounts)


def _goods_steps(
    before: pd.DataFrame, after: pd.DataFrame, stayed: pd.Series
) -> tuple[pd.DataFrame, float, float]:
    """Return the steps of goods by account, the share with prices, and the growth."""
    one, two = (
        sales[sales.index.get_level_values(0).isin(stayed.index[stayed])]
        for sales in (before, after)
    )
    cells = one.index.union(two.index)
    q0, q1 = (_quantity(sales, cells) for sales in (one, two))
    one, two = (sales.reindex(cells, fill_value=0.0) for sales in (one, two))
    is_priced = (q0 > 0) & (q1 > 0)
    at_old = one.mul((q1 / q0).where(is_priced, 0.0), axis=0)
    rise = (two - at_old).where(is_priced, 0.0)
    more = at_old.where(is_priced, two) - one
    margin = (one["goods"] - one["cost"]).sum() / (one["goods"].sum() or 1.0)
    volume = margin * more["goods"]
    steps = {
        "volume": volume,
        "mix": more["goods"] - more["cost"] - volume,
        **_price_steps(rise),
        "cost_of_goods": -rise["cost"],
    }
    total = two["goods"].sum()
    priced = float(two["goods"].where(is_priced, 0.0).sum() / total) if total else 0.0
    growth = float(more["goods"].sum() / (one["goods"].sum() or float("nan")))
    return pd.DataFrame(steps).groupby(level=0).sum(), priced, growth


def _quantity(sales: pd.DataFrame, cells: pd.Index) -> pd.Series:
    """Return quantities: 0 where nothing was bought, missing where it is not known."""
    return sales["quantity"].reindex(cells, fill_value=0.0)


def _price_steps(rise: pd.DataFrame) -> dict[str, pd.Series]:
    if "list_value" not in rise:
        return {"prices": rise["goods"]}
    return {
        "list_prices": rise["list_value"],
        "discounts": rise["goods"] - rise["list_value"],
    }


def _money_steps(
    before: ProfitPeriod, after: ProfitPeriod, accounts: pd.Index
) -> pd.DataFrame:
    """Return the changes of what is booked apart from the goods' own lines."""
    one, two = (_booked(period, accounts) for period in (before, after))
    change = two.sub(one, fill_value=0.0)[two.columns.union(one.columns, sort=False)]
    if before.profit.served is None or after.profit.served is None:
        return change
    served = _time_steps(before.profit.served, after.profit.served, accounts)
    return pd.concat([change, served], axis=1)


def _booked(period: ProfitPeriod, accounts: pd.Index) -> pd.DataFrame:
    """Return charges, deductions and direct costs of a period, signed as in profit."""
    table, sales = period.profit.table, period.sales
    own_cost = sales["cost"].groupby(level=0).sum().reindex(accounts, fill_value=0.0)
    came_back = _of(table, "cost_of_goods", accounts) + own_cost
    parts = {
        "charges": _of(table, "charges", accounts),
        "returns": _of(table, "returns", accounts) + came_back,
        "credits_and_rebates": _of(table, "credits", accounts)
        + _of(table, "rebates", accounts),
    }
    if period.profit.direct is not None:
        direct = period.profit.direct
        kinds = [kind for kind in TRANSPORT if kind in direct]
        moved = direct[kinds].sum(axis=1).reindex(accounts, fill_value=0.0)
        parts["transport"] = -moved
        parts["other_direct_costs"] = _of(table, "direct_costs", accounts) + moved
    return pd.DataFrame(parts)


def _of(table: pd.DataFrame, column: str, accounts: pd.Index) -> pd.Series:
    return table[column].reindex(accounts, fill_value=0.0)


def _time_steps(
    before: CostToServe, after: CostToServe, accounts: pd.Index
) -> pd.DataFrame:
    """Split the change of cost to serve into more time and dearer time."""
    pools = before.pools.index.union(after.pools.index)
    rates = [served.pools["rate"].reindex(pools) for served in (before, after)]
    # A pool that is there in one period only has no other rate to compare with.
    old, new = rates[0].fillna(rates[1]), rates[1].fillna(rates[0])
    first, then = (
        served.by_pool.reindex(index=accounts, columns=pools, fill_value=0.0)
        for served in (before, after)
    )
    return pd.DataFrame(
        {"time_to_serve": -(then - first) @ old, "cost_of_time": -then @ (new - old)}
    )
