"""The tables of money to come: lists of open invoices, and the payments."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.story import LAST_DAY, N_DAYS, dates_of, day_number
from kamlab.data.demo.streams import stream

#: The first list that was kept: at each quarter's end, later at each month's.
LISTS_FROM = date(2022, 12, 31)
MONTHLY_FROM = date(2025, 1, 31)
#: Share of Chinese accounts that pay by bank acceptance.
_ACCEPTANCE_SHARE = 0.35


def snapshot_days() -> np.ndarray:
    """Return the days of the lists of open invoices.

    Examples
    --------
    >>> days = snapshot_days()
    >>> len(days), int(days[-1])
    (21, 1460)
    """
    quarters = pd.date_range(LISTS_FROM, MONTHLY_FROM, freq="QE")
    days = quarters.append(pd.date_range(MONTHLY_FROM, LAST_DAY, freq="ME"))
    return np.array([day_number(day.date()) for day in days])


def build_receivables(invoices: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """Return what was open on the day of each list, one row an invoice.

    Parameters
    ----------
    invoices : pandas.DataFrame
        From `draw_invoices`.
    roster : pandas.DataFrame
        The registered accounts.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> receivables = generate(seed=1, accounts=30).tables["receivables"]
    >>> str(receivables["as_of"].max().date())
    '2025-12-31'
    """
    paid = invoices["paid_day"].fillna(N_DAYS).to_numpy()
    billed = invoices["invoice_day"].to_numpy()
    days = snapshot_days()
    listed, row = np.nonzero((billed <= days[:, None]) & (paid > days[:, None]))
    items = invoices.iloc[row]
    account = items["account"].to_numpy()
    receivables = pd.DataFrame(
        {
            "as_of": dates_of(days[listed]),
            "account_id": roster["account_id"].to_numpy()[account],
            "invoice_id": items["invoice_id"].to_numpy(),
            "invoice_date": dates_of(items["invoice_day"].to_numpy()),
            "due": dates_of(items["due_day"].to_numpy()),
            "amount": items["cents"].to_numpy() / 100,
            "currency": roster["currency"].to_numpy()[account],
        }
    )
    return receivables.sort_values(["as_of", "invoice_id"], ignore_index=True)


def build_collections(
    invoices: pd.DataFrame, roster: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return the money that came, by account and day, matched to no invoice.

    Parameters
    ----------
    invoices : pandas.DataFrame
        From `draw_invoices`.
    roster : pandas.DataFrame
        The registered accounts.
    seed : int
        The portfolio's seed.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> generate(seed=1, accounts=30).tables["collections"].columns.tolist()
    ['collection_id', 'account_id', 'date', 'amount', 'method']
    """
    paid = invoices.dropna(subset="paid_day")
    cents = paid.groupby(["paid_day", "account"])["cents"].sum().reset_index()
    cents = cents[cents["cents"] != 0]  # a credit may eat up a payment
    account = cents["account"].to_numpy()
    return pd.DataFrame(
        {
            "collection_id": [f"Z{n:06d}" for n in range(1, len(cents) + 1)],
            "account_id": roster["account_id"].to_numpy()[account],
            "date": dates_of(cents["paid_day"].to_numpy()),
            "amount": cents["cents"].to_numpy() / 100,
            "method": _methods(roster, seed)[account],
        }
    )


def _methods(roster: pd.DataFrame, seed: int) -> np.ndarray:
    """Return how each account pays: some in China by bank acceptance."""
    drawn = stream(seed, "payment methods").random(len(roster))
    by_acceptance = (roster["currency"] == "CNY") & (drawn < _ACCEPTANCE_SHARE)
    return np.where(by_acceptance, "acceptance", "transfer")
