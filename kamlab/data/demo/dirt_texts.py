"""How an ERP system writes numbers and days: ``1.234,56-`` and ``31.12.2025``."""

import pandas as pd

#: The ERP system's codes for the lines it books.
DOCUMENT_TYPES = {
    "sale": "F2",
    "service": "FS",
    "return": "RE",
    "price_credit": "G2",
    "cancellation": "ST",
    "debit": "L2",
    "rebate": "BO",
    "freight": "FF",
    "surcharge": "ZU",
    "sample": "FM",
}


def number_text(value: float | None, decimals: int = 2) -> str:
    """Return a number with a decimal comma and the minus at its end.

    Examples
    --------
    >>> number_text(-1234.5), number_text(7, 0), number_text(None)
    ('1.234,50-', '7', '')
    """
    if value is None or pd.isna(value):
        return ""
    digits = f"{abs(value):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{digits}-" if value < 0 else digits


def day_text(day: pd.Timestamp) -> str:
    """Return a day as DD.MM.YYYY, nothing where there is none.

    Examples
    --------
    >>> day_text(pd.Timestamp("2025-03-04"))
    '04.03.2025'
    """
    return "" if pd.isna(day) else f"{day:%d.%m.%Y}"


def billing_texts(orders: pd.DataFrame) -> pd.DataFrame:
    """Return order lines as the ERP system's billing extract writes them.

    Parameters
    ----------
    orders : pandas.DataFrame
        Lines of the table ``orders``.

    Returns
    -------
    pandas.DataFrame
        Texts in German columns; ``_month``, ``_net`` and ``_kind`` (of its fault)
        stay behind when it is written.

    Examples
    --------
    >>> day = pd.Timestamp("2025-03-04")
    >>> line = {"order_id": "7", "account_id": "A1", "order_date": day}
    >>> line |= {"net_amount": 1234.5, "line_type": "sale"}
    >>> billing_texts(pd.DataFrame([line]))[["Beleg", "Art", "Netto"]].values.tolist()
    [['7', 'F2', '1.234,50']]
    """
    blank = pd.Series(None, index=orders.index, dtype=object)
    there = orders.assign(**dict.fromkeys(_missing(orders), blank))
    kinds = there["line_type"].fillna("sale").map(DOCUMENT_TYPES)
    texts = pd.DataFrame(
        {
            "Beleg": there["order_id"],
            "Pos": there["line_id"].fillna("1"),
            "Art": kinds.fillna("F2"),
            "Kunde": there["account_id"],
            "Datum": there["order_date"].map(day_text),
            "Gebucht": pd.to_datetime(there["posted_on"]).map(day_text),
            "Artikel": there["product_id"].fillna(""),
            "Menge": there["quantity"].map(lambda n: number_text(n, 0)),
            "Preis": there["unit_net_price"].map(number_text),
            "PE": "1",
            "Netto": there["net_amount"].map(number_text),
            "Einstand": there["cogs"].map(number_text),
            "Bezug": there["ref_order_id"].fillna(""),
            "Storno": "",
        }
    )
    days = there["order_date"]
    return texts.assign(
        _month=days.dt.month.astype("int64"), _net=there["net_amount"], _kind=""
    )


def _missing(orders: pd.DataFrame) -> list[str]:
    asked = ["line_id", "line_type", "posted_on", "product_id", "quantity"]
    asked += ["unit_net_price", "cogs", "ref_order_id"]
    return [name for name in asked if name not in orders]
