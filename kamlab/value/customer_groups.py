"""Accounts cut into three as the sources' table of a bank cuts them: 10, 30, 60 %."""

import pandas as pd

from kamlab.value.time_allocation import profit_deciles

#: Last tenth of each group, and what it is called.
BANK_GROUPS = {1: "best 10 %", 4: "next 30 %", 10: "last 60 %"}
#: What the bank's table says of each group, and what follows from it.
COLUMNS = (
    "share_of_customers",
    "share_of_time",
    "share_of_profit",
    "time_index",
    "profit_index",
    "profit_per_time",
    "profit_per_hour",
)


def bank_groups(contribution: pd.Series) -> pd.Series:
    """Sort accounts by profit into the best 10 %, the next 30 % and the last 60 %.

    Parameters
    ----------
    contribution : Series of shape (n_accounts,)
        Profit by account.

    Returns
    -------
    Series of str of shape (n_accounts,)
        Named `group`. With fewer than ten accounts each is a tenth of its own, and
        the last group may be empty.

    Raises
    ------
    UsageError
        If the amounts are not one finite number per account.

    Examples
    --------
    >>> profit = pd.Series(range(10, 0, -1))
    >>> bank_groups(profit).value_counts().to_dict()
    {'last 60 %': 6, 'next 30 %': 3, 'best 10 %': 1}
    """
    tenths = profit_deciles(contribution)
    last = pd.Series(tenths.to_numpy(), tenths.index)
    for end, name in sorted(BANK_GROUPS.items(), reverse=True):
        last = last.mask(tenths <= end, name)
    return last.astype(str).rename("group")
