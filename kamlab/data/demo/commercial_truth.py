"""What was planted about contracts, quotations, the order book and payments."""

import pandas as pd

from kamlab.data.demo.invoices import INVOICE_DAYS
from kamlab.data.demo.open_orders import KEPT_FROM, SHORTEST_LEAD
from kamlab.data.demo.payment_habits import (
    KEY_ACCOUNT_TERMS,
    LIANHAN_DAYS_LATE,
    LONGEST_USUAL_DELAY,
    TERMS,
)
from kamlab.data.demo.quotations import RIVALS, WIN_RATES
from kamlab.data.demo.receivables import LISTS_FROM, MONTHLY_FROM
from kamlab.data.demo.renewals import RENEWAL_RATES
from kamlab.data.demo.truth import plain


def build_commercial_truth(
    tables: dict[str, pd.DataFrame], roster: pd.DataFrame
) -> dict[str, object]:
    """Return what was planted about agreements and money to come, ready for truth.json.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables of the data contract.
    roster : pandas.DataFrame
        The registered accounts.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> truth = generate(seed=1, accounts=30).truth
    >>> truth["contracts"]["marwitz_ends"], truth["receivables"]["lianhan_days_late"]
    ('2026-04-30', 140)
    """
    contracts = tables["contracts"]
    marwitz = roster.loc[roster["character"] == "marwitz", "account_id"].item()
    ends = contracts.loc[contracts["account_id"] == marwitz, "end"].max()
    truth = {
        "contracts": {"renewal_rates": RENEWAL_RATES, "marwitz_ends": ends.date()},
        "quotations": {"win_rate_by_rivals": WIN_RATES, "rivals": RIVALS},
        "open_orders": {"kept_from": KEPT_FROM, "shortest_lead_days": SHORTEST_LEAD},
        "receivables": {
            "terms_by_region": TERMS,
            "terms_of_key_accounts": KEY_ACCOUNT_TERMS,
            "lianhan_days_late": LIANHAN_DAYS_LATE,
            "others_days_late_at_most": LONGEST_USUAL_DELAY,
            "lists": {"each_quarter_from": LISTS_FROM, "each_month_from": MONTHLY_FROM},
            "invoices_each_month_on": INVOICE_DAYS,
        },
    }
    return plain(truth)
