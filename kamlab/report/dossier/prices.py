"""Whether an account pays more or less for the same goods than a year ago."""

import pandas as pd

from kamlab.report.dossier.numbers import Dossier

#: Purchases that have to compare for anybody to tell.
_FEWEST_LINES = 10


def price_change(dossier: Dossier) -> tuple[float, float]:
    """Return by how much the prices of the same goods changed against a year ago.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its lines tell products and quantities.

    Returns
    -------
    change : float
        As a share of last year's prices; NaN where too little compares.
    money : float
        What the change made within twelve months, in reporting currency; 0 with NaN.

    Notes
    -----
    Paasche's index over the products bought in both years: change = Σ q₁ (p₁ − p₀) ÷
    Σ q₁ p₀, with this year's quantities q₁ and the mean prices p of each year.

    References
    ----------
    ILO, IMF, OECD, Eurostat, UNECE and World Bank (2020). Consumer price index manual:
    concepts and methods, chapter 2. IMF, Washington.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     change, money = price_change(Dossier(portfolio, "Marwitz"))
    >>> -0.04 < change < -0.02, money < -2e5
    (True, True)
    """
    if dossier.year_before is None:
        return float("nan"), 0.0
    then, now = (
        _by_product(dossier.between(_goods(dossier), "order_date", each))
        for each in (dossier.year_before, dossier.year)
    )
    both = now.add_suffix("_now").join(then.add_suffix("_then"), how="inner")
    if both["lines_now"].sum() < _FEWEST_LINES:
        return float("nan"), 0.0
    price_then = both["net_amount_then"] / both["quantity_then"]
    at_old_prices = float((both["quantity_now"] * price_then).sum())
    money = float(both["net_amount_now"].sum()) - at_old_prices
    return money / at_old_prices, money


def _goods(dossier: Dossier) -> pd.DataFrame:
    """Return the purchases of which product, quantity and price are known."""
    lines = dossier.lines[dossier.lines["is_purchase"]].dropna(subset="product_id")
    return lines[(lines["quantity"] > 0) & (lines["net_amount"] > 0)]


def _by_product(lines: pd.DataFrame) -> pd.DataFrame:
    sums = lines.groupby("product_id")[["net_amount", "quantity"]].sum()
    return sums.assign(lines=lines.groupby("product_id").size())
