"""Whether transport grew with the goods that were sold, or beyond them.

Bills of carriers are booked by account and month, without weights or rates. So price
and quantity of transport cannot be told apart, but what a larger quantity of goods
explains can be told from what it does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kamlab.style.formats import format_money, format_share
from kamlab.value.profit_bridge import TRANSPORT, ProfitBridge


@dataclass(frozen=True)
class TransportGrowth:
    """How much more transport cost, and how much of it the goods sold explain.

    Parameters
    ----------
    change : float
        What transport cost more, money; of accounts that bought in both periods.
    with_goods : float
        What it would have cost more, had it grown as the quantity of their goods did.
    growth : float
        Growth of that quantity, at the earlier period's prices, as a share.

    Examples
    --------
    >>> TransportGrowth(354.0, 221.0, 0.144).beyond_goods
    133.0
    """

    change: float
    with_goods: float
    growth: float

    @property
    def beyond_goods(self) -> float:
        """What transport cost more for the same goods, money."""
        return self.change - self.with_goods


def transport_growth(bridges: Sequence[ProfitBridge]) -> TransportGrowth | None:
    """Split what transport cost more into what goes with the goods, and the rest.

    Parameters
    ----------
    bridges : sequence of ProfitBridge
        From `kamlab.value.bridge_years.bridges_by_period`.

    Returns
    -------
    TransportGrowth or None
        Added up over the bridges; None if no transport is booked on accounts.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.bridge_years import bridges_by_period
    >>> from kamlab.value.profitability import trailing_profits
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     bridges = bridges_by_period(portfolio, trailing_profits(portfolio))
    >>> found = transport_growth(bridges)
    >>> found.with_goods < found.change
    True
    """
    if not all("transport" in each.by_account for each in bridges):
        return None
    with_goods = sum(_cost_before(each) * each.growth for each in bridges)
    change = -sum(float(each.steps["transport"]) for each in bridges)
    grown = 1.0
    for each in bridges:
        grown *= 1 + each.growth
    return TransportGrowth(change, float(with_goods), grown - 1)


def _cost_before(bridge: ProfitBridge) -> float:
    """Return what transport of the accounts that bought in both periods cost before."""
    direct = bridge.before.direct
    kinds = [kind for kind in TRANSPORT if kind in direct]
    lost = bridge.by_account["lost_accounts"]
    stayed = lost.index[lost == 0]
    return float(direct[kinds].reindex(stayed, fill_value=0.0).to_numpy().sum())


def transport_sentence(found: TransportGrowth | None, currency: str = "") -> str:
    """Say whether transport cost more because more goods were sold.

    Parameters
    ----------
    found : TransportGrowth or None
        From `transport_growth`.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty if transport did not cost more, or if it cannot be compared.

    Examples
    --------
    >>> print(transport_sentence(TransportGrowth(354.0, 221.0, 0.144), "EUR"))
    Transport took EUR 354 more. EUR 221 goes with a quantity of goods that grew by
    14.4 %; EUR 133 does not: dearer carriage, or more and smaller shipments. The bills
    do not say which.
    """
    if found is None or not found.change > 0 or not found.growth > -1:
        return ""
    opening = f"Transport took {format_money(found.change, currency)} more"
    if found.beyond_goods <= 0:
        return f"{opening}, no more than goes with the larger quantity of goods."
    rest = "dearer carriage, or more and smaller shipments. The bills do not say which."
    if found.with_goods <= 0:
        return f"{opening} for no larger quantity of goods: {rest}"
    return (
        f"{opening}. {format_money(found.with_goods, currency)} goes with a quantity "
        f"of goods that grew by {format_share(found.growth)}; "
        f"{format_money(found.beyond_goods, currency)} does not: {rest}"
    )
