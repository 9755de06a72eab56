"""What every account is worth from here on, as review and dossier show it."""

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from kamlab.errors import MissingDataError
from kamlab.estimates import Estimate
from kamlab.language import _
from kamlab.portfolio import Portfolio
from kamlab.report.shared import shared
from kamlab.value.customer_equity import portfolio_lifetime_value
from kamlab.value.lifetime.counts import CannotTellError

#: Fiscal quarters that are looked ahead to.
QUARTERS = 12

_COLUMNS = ["value", "low", "high", "basis", "alive", "orders_year", "orders_low"]
_COLUMNS += ["orders_high"]


@dataclass(frozen=True, eq=False)
class Worth:
    """Lifetime values of the accounts, and customer equity.

    Parameters
    ----------
    accounts : DataFrame
        By account: ``value``, ``low``, ``high`` (money of today), ``basis``, ``alive``,
        ``orders_year``, ``orders_low``, ``orders_high``; the value of most first.
    equity : Estimate
        Their sum, or why one cannot tell.
    contribution : str
        What is left of an order: "contribution", "margin after direct costs",
        "gross margin" or "revenue".
    sizes : dict of str to int
        Accounts by basis.

    Examples
    --------
    >>> nothing = pd.DataFrame(columns=["value"])
    >>> Worth(nothing, Estimate.unknown("no orders", 0)).equity.cannot_tell
    True
    """

    accounts: pd.DataFrame
    equity: Estimate
    contribution: str = ""
    sizes: dict[str, int] | None = None


def worth(portfolio: Portfolio, by: str = "parent") -> Worth:
    """Value every account over twelve fiscal quarters, once for a whole report.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    Worth
        Without accounts where nobody can tell, such as in a book of months.

    Raises
    ------
    UsageError
        If `by` is something else.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     found = worth(portfolio)
    >>> found.equity.n, found.contribution
    (218, 'contribution')
    """
    told = shared(portfolio, f"worth by {by}", lambda: _worked_out(portfolio, by))
    accounts = pd.DataFrame(told["accounts"], columns=["key", *_COLUMNS])
    accounts = accounts.astype(dict.fromkeys(["key", "basis"], "str"))
    return Worth(
        accounts.set_index("key"),
        Estimate(**told["equity"]),
        told["contribution"],
        told["sizes"],
    )


def basis_of_value(basis: str) -> str:
    """Return what a lifetime value rests on, in words.

    Parameters
    ----------
    basis : str
        As `kamlab.value.customer_equity` names it.

    Examples
    --------
    >>> basis_of_value("repeat orders")
    'repeat orders'
    """
    words = {
        "contract": _("contract"),
        "repeat orders": _("repeat orders"),
        "sheet": _("scenarios of retention"),
        "cannot tell": _("cannot tell"),
    }
    return words.get(basis, basis)


def _worked_out(portfolio: Portfolio, by: str) -> dict[str, Any]:
    try:
        values = portfolio_lifetime_value(portfolio, by, quarters=QUARTERS)
    except (CannotTellError, MissingDataError) as error:
        unknown = Estimate.unknown(_plain(error), 0, "money")
        return {
            "accounts": {},
            "equity": asdict(unknown),
            "contribution": "",
            "sizes": {},
        }
    accounts = values.accounts[_COLUMNS].rename_axis("key").reset_index()
    return {
        "accounts": accounts.to_dict("list"),
        "equity": asdict(values.equity),
        "contribution": values.contribution,
        "sizes": values.by_basis["accounts"].to_dict(),
    }


def _plain(error: Exception) -> str:
    """Return why nothing can be told, without saying "cannot tell" twice."""
    return error.reason if isinstance(error, CannotTellError) else str(error)
