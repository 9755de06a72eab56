"""Under which number an account is known today that was written down earlier."""

from collections.abc import Iterable

import pandas as pd

from kamlab.data.unified import merged_numbers
from kamlab.portfolio import Portfolio
from kamlab.value.windows import key_name


def current_numbers(
    portfolio: Portfolio, accounts: Iterable[str], by: str = "account"
) -> pd.Series:
    """Return today's number of accounts that may have merged or been renumbered.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    accounts : iterable of str
        Numbers as somebody wrote them down earlier.
    by : {"account", "parent"}
        Whether a group's number is wanted, should the account belong to one by now.

    Returns
    -------
    Series of str
        Today's number, indexed by the earlier one; unknown numbers stay as they are.

    Raises
    ------
    UsageError
        If `by` is something else.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     current_numbers(portfolio, ["A10731", "A10063"]).to_dict()
    {'A10731': 'A10778', 'A10063': 'A10063'}
    """
    key_name(by)
    earlier = pd.Index(list(dict.fromkeys(accounts)), dtype="str")
    steps = _steps(portfolio)
    now = pd.Series(earlier, index=earlier, dtype="str")
    for _ in range(len(steps)):
        further = now.map(steps)
        if not further.notna().any():
            break
        now = further.where(further.notna(), now)
    if by == "parent":
        now = now.map(portfolio.parent_of).fillna(now)
    return now.astype("str")


def _steps(portfolio: Portfolio) -> pd.Series:
    """Return the number that replaced each old one, from both tables that know."""
    merged = merged_numbers(portfolio)
    steps = merged.set_index("old number")["now"]
    if portfolio.has("account_aliases"):
        aliases = portfolio.table("account_aliases").sort_values("valid_from")
        steps = pd.concat([steps, aliases.set_index("old_account_id")["account_id"]])
    steps = steps[steps.index != steps]
    return steps[~steps.index.duplicated(keep="last")].astype("str")
