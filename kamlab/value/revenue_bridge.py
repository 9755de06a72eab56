"""The revenue bridge: from last year's net revenue to this year's, step by step.

Glossary
--------
revenue bridge (收入桥)
    Steps that lead from the revenue of one period to that of a later one, account by
    account, and leave no rest.
lost 流失, new 新客户
    Accounts that bought in the earlier period only, and are silent for longer than
    they usually are; accounts whose first purchase of all lies after that period.
price 价格
    What the later period's goods cost more or less than the same goods did before, at
    constant rates of exchange.
volume and mix 销量与结构
    All other changes, as long as they are small beside what the account bought.
shrunk, grown
    The same where they are not: the account buys markedly less, or more.
"""

from dataclasses import dataclass, replace

import pandas as pd

from kamlab.errors import UsageError
from kamlab.fiscal import Period
from kamlab.portfolio import Portfolio
from kamlab.value.activity import account_activity
from kamlab.value.revenue_bridge_lines import (
    ORIGINAL,
    PRICED,
    compared_lines,
    foreign_unconverted,
)

#: Steps between the two totals, in the order in which they are read.
STEPS = ("lost", "shrunk", "price", "volume_and_mix", "currency", "grown", "new")

#: Steps that are worked out from prices and rates; the others take what is left.
_MEASURED = ("price", "currency")
_CENTS = 2
_HALF_A_CENT = 0.005


@dataclass(frozen=True, eq=False)
class RevenueBridge:
    """The steps from one period's net revenue to the next one's, by account.

    Parameters
    ----------
    now, then : Period
        The later and the earlier period.
    by_account : DataFrame of shape (n_accounts, n_steps + 2)
        Money to the cent: ``then``, the steps, ``now``. A step that raised revenue is
        positive. Steps that cannot be told are absent.
    status : Series of str
        By account: "lost", "new", "continuing", "paused" (bought before, not now, and
        is not silent for unusually long), "returned" (bought not then, but earlier) or
        "idle" (credits and the like only).
    band : float
        Share of the earlier revenue from which a change is *shrunk* or *grown*.
    missing : tuple of str
        Columns without which a step could not be told.
    priced : float
        Share of the later period's goods whose price compares with the earlier one;
        the change of all others stands in volume and mix.

    Examples
    --------
    >>> from datetime import date
    >>> table = pd.DataFrame({"then": [90.0], "price": [-3.0], "now": [87.0]}, ["A"])
    >>> days = Period("2025", date(2025, 1, 1), date(2025, 12, 31))
    >>> RevenueBridge(days, days, table, pd.Series({"A": "continuing"})).steps.to_dict()
    {'then': 90.0, 'price': -3.0, 'now': 87.0}
    """

    now: Period
    then: Period
    by_account: pd.DataFrame
    status: pd.Series
    band: float = 0.2
    missing: tuple[str, ...] = ()
    priced: float = float("nan")

    @property
    def steps(self) -> pd.Series:
        """The two totals and every step between them, money to the cent.

        Examples
        --------
        >>> table = pd.DataFrame({"then": [9.0], "new": [0.5], "now": [9.5]})
        >>> RevenueBridge(None, None, table, None).steps.index.tolist()
        ['then', 'new', 'now']
        """
        return self.by_account.sum().round(_CENTS).add(0.0).rename("amount")

    @property
    def counts(self) -> pd.Series:
        """How many accounts a total or a step stands for.

        Examples
        --------
        >>> table = pd.DataFrame({"then": [9.0, 1.0], "lost": [-9.0, 0.0]})
        >>> RevenueBridge(None, None, table, None).counts.to_dict()
        {'then': 2, 'lost': 1}
        """
        return (self.by_account.abs() > _HALF_A_CENT).sum().rename("accounts")

    @property
    def change(self) -> float:
        """Net revenue of the later period less that of the earlier one, money.

        Examples
        --------
        >>> table = pd.DataFrame({"then": [9.0], "new": [0.5], "now": [9.5]})
        >>> RevenueBridge(None, None, table, None).change
        0.5
        """
        return round(float(self.steps["now"] - self.steps["then"]), _CENTS)

    def only(self, accounts: pd.Index) -> "RevenueBridge":
        """Return the bridge of some accounts, such as those of one account manager.

        Parameters
        ----------
        accounts : Index
            Keys of the table; those that are in neither period are passed over.

        Returns
        -------
        RevenueBridge
            `priced` stays that of all accounts.

        Examples
        --------
        >>> table = pd.DataFrame({"then": [9.0, 1.0], "now": [8.0, 3.0]}, ["A", "B"])
        >>> status = pd.Series("continuing", table.index)
        >>> RevenueBridge(None, None, table, status).only(pd.Index(["B"])).change
        2.0
        """
        chosen = self.by_account.index.isin(accounts)
        table, status = self.by_account[chosen], self.status[chosen]
        return replace(self, by_account=table, status=status)


def revenue_bridge(
    portfolio: Portfolio,
    now: Period,
    then: Period,
    by: str = "parent",
    band: float = 0.2,
    alike: bool = True,
) -> RevenueBridge:
    """Show why net revenue is not what it was, to the cent and account by account.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    now, then : Period
        The period, and the one it is compared with, usually a year earlier.
    by : {"account", "parent"}
        Accounts, or groups under their parents as they are on the view's day.
    band : float
        A continuing account whose volume and mix moved by more than this share of what
        it brought has *shrunk* or *grown*.
    alike : bool
        Compare what was booked equally long after each period's end, so that year-end
        rebates still to come do not pass for growth; otherwise all that is known.

    Returns
    -------
    RevenueBridge
        For every account and in total ``then + steps = now``. A step that the data
        cannot tell is absent, and `missing` says why.

    Raises
    ------
    UsageError
        If the periods overlap, are not equally long or not over, `band` is negative,
        or `by` is something else.
    MissingDataError
        If the data begin later than the earlier period.

    Notes
    -----
    With revenue v, goods u at the rates of the earlier period, and quantities q of a
    product that the account bought in both periods:

    - currency = (v₁ − c₁) − (v₀ − c₀), where c is revenue at constant rates
    - price = Σ (u₁ ÷ q₁ − u₀ ÷ q₀) q₁
    - volume and mix = v₁ − v₀ − currency − price

    Returns, credits and rebates move volume and mix. An account is *lost* if it bought
    nothing in the later period and has been silent for longer than 90 % of its own
    gaps; before it has any gap, and in a book of months, every silence counts.

    References
    ----------
    Horngren, C. T., Datar, S. M. and Rajan, M. V. (2015). Cost Accounting: A Managerial
    Emphasis, 15th ed., Pearson, chapter 14 (sales-price, quantity and mix variances).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as book:
    ...     bridge = revenue_bridge(book, book.period("2025"), book.period("2024"))
    >>> rest = bridge.steps[1:-1].sum() - bridge.change
    >>> bool(abs(rest) < 0.005)
    True
    >>> bridge.missing
    ('orders.net_amount_original',)
    """
    if not band >= 0:
        raise UsageError(f"band = {band!r}: give a share from 0 on, such as 0.2")
    lines = compared_lines(portfolio, now, then, by, alike)
    totals = _totals(lines)
    status = _status(totals, _rhythm(portfolio, totals, now, by), now, then)
    price, priced = _price(lines)
    missing = _missing(portfolio)
    parts = totals[["currency"]].assign(price=price.reindex(totals.index))
    parts = parts.drop(columns=_closed(portfolio, missing))
    parts = parts.where(status == "continuing", 0.0).fillna(0.0).round(_CENTS)
    table = _table(totals, parts, status, band)
    return RevenueBridge(now, then, table, status, band, missing, priced)


def _totals(lines: pd.DataFrame) -> pd.DataFrame:
    """Return revenue and purchases of both periods, and what rates did, by account."""
    key = lines.columns[0]
    sums = lines.groupby([key, "is_now"])[["revenue", "constant", "goods"]].sum()
    accounts = pd.Index(lines[key].unique(), name=key).sort_values()
    now, then = (
        sums[sums.index.get_level_values("is_now") == side]
        .droplevel("is_now")
        .reindex(accounts, fill_value=0.0)
        for side in (True, False)
    )
    effect = (now["revenue"] - now["constant"]) - (then["revenue"] - then["constant"])
    return pd.DataFrame(
        {
            "then": then["revenue"].round(_CENTS),
            "now": now["revenue"].round(_CENTS),
            "currency": effect,
            "bought_then": then["goods"] > 0,
            "bought_now": now["goods"] > 0,
        }
    )


def _rhythm(
    portfolio: Portfolio, totals: pd.DataFrame, now: Period, by: str
) -> pd.DataFrame:
    """Return first and last order and usual gap of every account."""
    activity = account_activity(portfolio, end=now.end, by=by)
    return activity[["first_order", "last_order", "gap_90"]].reindex(totals.index)


def _status(
    totals: pd.DataFrame, rhythm: pd.DataFrame, now: Period, then: Period
) -> pd.Series:
    """Say of every account whether it stayed, came, went, paused or returned."""
    then_buys, now_buys = totals["bought_then"], totals["bought_now"]
    silent = (pd.Timestamp(now.end) - rhythm["last_order"]) / pd.Timedelta(days=1)
    usual = silent <= rhythm["gap_90"]
    is_new = ~(rhythm["first_order"] <= pd.Timestamp(then.end))
    status = pd.Series("idle", index=totals.index, dtype="str", name="status")
    status[then_buys & now_buys] = "continuing"
    status[then_buys & ~now_buys] = "lost"
    status[then_buys & ~now_buys & usual] = "paused"
    status[~then_buys & now_buys] = "returned"
    status[~then_buys & now_buys & is_new] = "new"
    return status


def _price(lines: pd.DataFrame) -> tuple[pd.Series, float]:
    """Return the price effect by account, and the share of goods that has one."""
    cell = list(lines.columns[:2])
    before, after = (
        lines[lines["is_now"] == side].set_index(cell)[["goods", "quantity"]]
        for side in (False, True)
    )
    both = after.add_suffix("_now").join(before.add_suffix("_then"), how="inner")
    both = both[(both["quantity_now"] > 0) & (both["quantity_then"] > 0)]
    at_old = both["goods_then"] / both["quantity_then"] * both["quantity_now"]
    effect = (both["goods_now"] - at_old).groupby(level=0).sum()
    sold = after["goods"].sum()
    return effect, float(both["goods_now"].sum() / sold) if sold else 0.0


def _missing(portfolio: Portfolio) -> tuple[str, ...]:
    """Return the columns for want of which a step cannot be told."""
    missing = [each for each in PRICED if not portfolio.has(each)]
    if foreign_unconverted(portfolio):
        missing.append(ORIGINAL[1])
    return tuple(missing)


def _closed(portfolio: Portfolio, missing: tuple[str, ...]) -> list[str]:
    """Return the steps that close up: nothing is known of them."""
    no_price = any(each in missing for each in PRICED)
    converted = all(portfolio.has(each) for each in ORIGINAL)
    return ["price"] * no_price + ["currency"] * (not converted)


def _table(
    totals: pd.DataFrame, parts: pd.DataFrame, status: pd.Series, band: float
) -> pd.DataFrame:
    """Return totals and steps in their order; what is no price or rate closes it."""
    change = (totals["now"] - totals["then"]).round(_CENTS)
    rest = (change - parts.sum(axis=1)).round(_CENTS)
    step = _step_of_rest(rest, totals["then"], status, band)
    columns = {"then": totals["then"]}
    for name in STEPS:
        if name in parts:
            columns[name] = parts[name]
        elif name not in _MEASURED:
            columns[name] = rest.where(step == name, 0.0)
    return pd.DataFrame({**columns, "now": totals["now"]}) + 0.0


def _step_of_rest(
    rest: pd.Series, then: pd.Series, status: pd.Series, band: float
) -> pd.Series:
    """Say under which step that part of a change stands which is no price or rate."""
    is_small = (rest.abs() <= band * then.clip(lower=0)) | (status == "idle")
    is_small &= ~status.isin(["paused", "returned"])
    step = pd.Series("grown", index=rest.index, dtype="str")
    step[rest < 0] = "shrunk"
    step[is_small] = "volume_and_mix"
    ends = status.isin(["lost", "new"])
    return step.where(~ends, status)
