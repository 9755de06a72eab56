"""The way from list price to contribution in steps, for one account or for all.

What the steps of waterfalls and bridges are called in print stands here as well.
"""

from collections.abc import Mapping

import pandas as pd

from kamlab.errors import UsageError, did_you_mean
from kamlab.value.profitability import AccountProfit
from kamlab.value.revenue import known_account

#: What is done for accounts, in groups that a manager can act on.
ACTIVITY_GROUPS = {
    "orders": ("order", "order_line"),
    "rush_orders": ("rush_order",),
    "returns_and_credits": ("return", "credit_note"),
    "visits_and_meetings": ("visit", "meeting", "event", "qbr", "training"),
    "calls_and_messages": ("call", "email", "social"),
}

#: Names of steps, in English and Chinese.
STEP_NAMES = {
    "list_revenue": ("List revenue", "目录价收入"),
    "goods": ("Goods and services", "商品与服务"),
    "discounts": ("Discounts", "折扣"),
    "charges": ("Charges", "附加收费"),
    "gross_revenue": ("Gross revenue", "总收入"),
    "returns": ("Returns", "退货"),
    "credits": ("Credits", "折让"),
    "rebates": ("Rebates", "返利"),
    "revenue": ("Net revenue", "净收入"),
    "cost_of_goods": ("Cost of goods", "商品成本"),
    "margin": ("Gross margin", "毛利"),
    "direct_costs": ("Direct costs", "直接成本"),
    "cost_to_serve": ("Cost to serve", "服务成本"),
    "contribution": ("Contribution", "客户贡献"),
    "margin_after_direct_costs": ("Margin after direct costs", "扣除直接成本后的毛利"),
    "unused_cost": ("Unused capacity", "闲置产能"),
    "orders": ("Orders", "订单处理"),
    "rush_orders": ("Rush orders", "加急订单"),
    "returns_and_credits": ("Returns, credits", "退货与折让处理"),
    "visits_and_meetings": ("Visits, meetings", "拜访与会议"),
    "calls_and_messages": ("Calls, messages", "电话与邮件"),
    "new_accounts": ("New accounts", "新客户"),
    "lost_accounts": ("Lost accounts", "流失客户"),
    "volume": ("Volume", "销量"),
    "mix": ("Mix", "结构"),
    "list_prices": ("List prices", "目录价"),
    "prices": ("Prices", "价格"),
    "credits_and_rebates": ("Credits, rebates", "折让与返利"),
    "transport": ("Transport", "运输"),
    "other_direct_costs": ("Other direct costs", "其他直接成本"),
    "time_to_serve": ("Time to serve", "服务时间"),
    "cost_of_time": ("Cost of time", "时间单价"),
    "change": ("Change in all", "变动合计"),
}

_TOTALS = (
    "gross_revenue",
    "revenue",
    "margin",
    "margin_after_direct_costs",
    "contribution",
)
_LANGUAGES = ("en", "zh")


def step_name(step: str, language: str = "en") -> str:
    """Return what a step of a waterfall or bridge is called in print.

    Parameters
    ----------
    step : str
        A column of `account_profit` or a step of `profit_bridge`; another, such as an
        activity or a kind of cost, is written out.
    language : {"en", "zh"}
        Language of the name.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If the language is another.

    Examples
    --------
    >>> step_name("cost_of_goods"), step_name("cost_of_goods", "zh")
    ('Cost of goods', '商品成本')
    >>> step_name("rush_freight")
    'Rush freight'
    """
    if language not in _LANGUAGES:
        raise UsageError(
            f"language = {language!r}: {did_you_mean(language, _LANGUAGES)}"
        )
    written = step.replace("_", " ").capitalize()
    names = STEP_NAMES.get(step, (written, written))
    return names[_LANGUAGES.index(language)]


def profit_steps(profit: AccountProfit, account: object = None) -> pd.DataFrame:
    """Return the steps from list price to contribution of one account, or of all.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.
    account : object, optional
        The account or group; by default all that have a cost of goods are added up.

    Returns
    -------
    DataFrame
        Indexed by step: ``amount`` (signed), ``is_total`` (whether it repeats what
        stands so far) and ``share`` (of net revenue; missing if that is not positive).
        Direct costs stand by kind and cost to serve by group of activities. Steps of 0
        are left out, and so are opening rows that the total after them only repeats.

    Raises
    ------
    UsageError
        If the account is not in the table, or its cost of goods is not known.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import account_profit
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     profit = account_profit(portfolio, "2025-01-01", "2025-12-31")
    >>> profit_steps(profit).index[:3].tolist()
    ['list_revenue', 'discounts', 'gross_revenue']
    """
    accounts = _chosen(profit, account)
    sums = profit.table.loc[accounts].sum()
    first = profit.table.columns[: profit.table.columns.get_loc("margin") + 1]
    amounts = {
        **sums[first],
        **_direct(profit, accounts),
        **_serving(profit, accounts),
    }
    if profit.basis != "gross margin":
        amounts[profit.basis.replace(" ", "_")] = sums["contribution"]
    steps = pd.DataFrame({"amount": pd.Series(amounts, dtype=float)})
    steps["is_total"] = steps.index.isin(_TOTALS)
    revenue = sums["revenue"] if sums["revenue"] > 0 else float("nan")
    steps["share"] = steps["amount"] / revenue
    is_idle = (steps["amount"].round(2) == 0) & ~steps["is_total"]
    return _from_first_move(steps[~is_idle]).rename_axis("step")


def _from_first_move(steps: pd.DataFrame) -> pd.DataFrame:
    """Leave out what opens the steps and is only repeated by the totals after it."""
    is_step = ~steps["is_total"].to_numpy()
    moves = [row for row in range(1, len(steps)) if is_step[row]]
    kept = steps.iloc[moves[0] - 1 :] if moves else steps.iloc[-1:]
    opens = kept.index == kept.index[0]
    return kept.assign(is_total=kept["is_total"] & ~opens)


def served_by_group(by_activity: pd.DataFrame) -> pd.DataFrame:
    """Add money or minutes by activity up to groups of activities.

    Parameters
    ----------
    by_activity : DataFrame of shape (n_accounts, n_activities)
        From `kamlab.value.cost_to_serve.CostToServe`.

    Returns
    -------
    DataFrame of shape (n_accounts, n_groups)
        Only groups that occur, in the order of `ACTIVITY_GROUPS`; an activity outside
        of them stands by itself.

    Examples
    --------
    >>> served_by_group(pd.DataFrame({"order": [3.0], "order_line": [4.0]})).to_dict()
    {'orders': {0: 7.0}}
    """
    group_of = {a: group for group, each in ACTIVITY_GROUPS.items() for a in each}
    names = [group_of.get(activity, activity) for activity in by_activity.columns]
    order = [*ACTIVITY_GROUPS, *(n for n in names if n not in ACTIVITY_GROUPS)]
    present = list(dict.fromkeys(name for name in order if name in names))
    return by_activity.T.groupby(names).sum().T.reindex(columns=present)


def _chosen(profit: AccountProfit, account: object) -> pd.Index:
    known = profit.contribution.dropna()
    if account is None:
        return known.index
    known_account(profit.contribution, account, "profit")
    if account not in known.index:
        raise UsageError(
            f"account {account!r} has purchases without cost of goods, so nobody knows "
            "its margin: import their costs"
        )
    return pd.Index([account])


def _direct(profit: AccountProfit, accounts: pd.Index) -> Mapping[str, float]:
    if profit.direct is None:
        return {}
    return dict(-profit.direct.reindex(accounts, fill_value=0.0).sum())


def _serving(profit: AccountProfit, accounts: pd.Index) -> Mapping[str, float]:
    if profit.served is None:
        return {}
    groups = served_by_group(profit.served.by_activity)
    return dict(-groups.reindex(accounts, fill_value=0.0).sum())
