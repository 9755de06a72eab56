"""How far each opportunity has come by the day of a view.

Glossary
--------
stage 商机阶段
    need, screening, inquiry, quotation, contract, order, acceptance, in this order.
    Each has a day; a view shows those that had come, and the last of them is the stage.
open quotation 未决报价
    An offer that was made and neither won nor lost yet.
"""

import pandas as pd

from kamlab.data.contract import OPPORTUNITY_STAGES


def stage_reached(opportunities: pd.DataFrame) -> pd.Series:
    """Return the stage that each opportunity had reached.

    Parameters
    ----------
    opportunities : DataFrame of shape (n_opportunities, …)
        The table of a view: ``portfolio.table("opportunities")``.

    Returns
    -------
    pandas.Series
        Names of stages. Where no stage has a day, what the column ``stage`` says as of
        the extract, else nothing.

    Examples
    --------
    >>> opportunities = pd.DataFrame({
    ...     "inquiry_on": pd.to_datetime(["2025-10-01", "2025-11-03"]),
    ...     "quotation_on": pd.to_datetime(["2025-10-20", None]),
    ... })
    >>> stage_reached(opportunities).tolist()
    ['quotation', 'inquiry']
    """
    nothing = pd.Series(None, index=opportunities.index, dtype="str")
    reached = opportunities.get("stage", nothing).astype("str")
    for stage in OPPORTUNITY_STAGES:
        day = opportunities.get(f"{stage}_on")
        if day is not None:
            reached = reached.mask(day.notna(), stage)
    return reached.rename("stage")


def open_quotations(opportunities: pd.DataFrame) -> pd.DataFrame:
    """Return the offers that are out: made, and neither won nor lost yet.

    Parameters
    ----------
    opportunities : DataFrame of shape (n_opportunities, …)
        The table of a view: ``portfolio.table("opportunities")``.

    Returns
    -------
    pandas.DataFrame
        Those rows of `opportunities`, the largest amount first where amounts are there.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     offers = open_quotations(portfolio.table("opportunities"))
    >>> bool(offers["won"].isna().all())
    True
    """
    is_offered = stage_reached(opportunities) == "quotation"
    for name in ("closed_on", "won"):
        if name in opportunities:
            is_offered &= opportunities[name].isna()
    offers = opportunities[is_offered]
    if "amount" not in offers:
        return offers
    return offers.sort_values("amount", ascending=False, kind="stable")
