"""Exercises of notebook 12: who is still a customer, and what all are worth."""

from collections.abc import Callable
from weakref import WeakKeyDictionary

import pandas as pd

from kamlab.course.choices import judge_best, judge_letters
from kamlab.course.verdicts import Verdict, judge_number, wrong
from kamlab.portfolio import Portfolio
from kamlab.style import format_money, format_share
from kamlab.value.customer_equity import portfolio_lifetime_value, purchase_history
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.modified_beta_geometric import ModifiedBetaGeoNBD

#: Weeks ahead in exercise 12.3; weeks of silence that 12.2 speaks of.
HALF_YEAR = 26.0
#: Probability that counts as "probably still a customer", and as even odds.
PROBABLY, EVEN = 0.8, 0.5
#: Calls in exercise 12.5, and accounts in exercise 12.7.
CALLS, FIRST = 3, 20

_CANNOT = wrong(
    "these data cannot be asked: the exercise needs order lines with their days, and "
    "enough accounts that came back"
)


def what_follows_from_silence(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which statements follow from the probabilities to be a customer (12.2).

    Parameters
    ----------
    answer : object
        Letters of the statements that are right, such as "AD" or ["A", "D"].
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     what_follows_from_silence("C", portfolio).right
    False
    """
    if portfolio.grain == "month":
        return _CANNOT
    accounts = read_accounts(portfolio)
    alive = _alive(accounts)
    if alive is None:
        return _CANNOT
    meaning = (
        "a probability weighs silence against the account's own rhythm; it gives no "
        "reason, and it is no decision."
    )
    return judge_letters(answer, _statements(accounts, alive), meaning)


def _statements(
    accounts: pd.DataFrame, alive: pd.Series
) -> dict[str, tuple[bool, str]]:
    """Return whether each statement of exercise 12.2 holds, and where to look."""
    silent = accounts["T"] - accounts["recency"] > HALF_YEAR
    return {
        "A": (
            bool(alive[accounts["frequency"].idxmax()] >= PROBABLY),
            "look up the probability of the account with the highest frequency",
        ),
        "B": (
            bool((alive[silent] > EVEN).any()),
            "take those whose T exceeds their recency by more than 26 and look for "
            "the highest probability among them",
        ),
        "C": (
            False,
            "the model knows orders only; a finished project looks the same",
        ),
        "D": (
            bool(alive.sum() < (accounts["orders"] > 0).sum()),
            "set the sum of the probabilities beside the number of accounts with "
            "orders in the last twelve months",
        ),
        "E": (
            False,
            "the same silence is a pause for one who orders rarely, and far too long "
            "for one who orders every week",
        ),
    }


def orders_of_half_a_year(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge how many orders MBG/NBD expects of the book in 26 weeks (12.3).

    Parameters
    ----------
    answer : object
        Number of order days; right within 0.5 %.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     orders_of_half_a_year(0, portfolio).right
    False
    """
    if portfolio.grain == "month":
        return _CANNOT
    accounts = read_accounts(portfolio)
    fitted = _fitted(accounts)
    if fitted is None:
        return _CANNOT
    counts = accounts["frequency"], accounts["recency"], accounts["T"]
    truth = float(fitted.expected_orders(HALF_YEAR, *counts).sum())
    return judge_number(
        answer,
        truth,
        tolerance=0.005 * truth,
        meaning=f"about {truth:,.0f} order days in half a year, the chance that some "
        "accounts are gone included.",
        near_misses={
            "that is a year: the question is about 26 weeks":
                float(fitted.expected_orders(2 * HALF_YEAR, *counts).sum()),
            "that is 182 weeks: the unit is weeks already":
                float(fitted.expected_orders(7 * HALF_YEAR, *counts).sum()),
            "that is the mean of an account: add up all of them":
                truth / len(accounts),
            "that counts every account as new: what is known of it has to go in":
                len(accounts) * float(fitted.expected_orders_of_new(HALF_YEAR)),
            "that takes 26 for days or months: the unit is weeks":
                float(fitted.expected_orders(HALF_YEAR / 7, *counts).sum()),
            "that is half of last year's orders: ask the model":
                float(accounts["orders"].sum()) / 2,
        },
        otherwise="fit ModifiedBetaGeoNBD() to frequency, recency and T of all "
        "accounts, and add up expected_orders over 26 weeks.",
    )  # fmt: skip


def accounts_to_call(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which three calls settle most (12.5).

    Parameters
    ----------
    answer : object
        Numbers of three accounts, in a list, set, array or index, or a text with
        commas.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     accounts_to_call([], portfolio).right
    False
    """
    if portfolio.grain == "month":
        return _CANNOT
    accounts = read_accounts(portfolio)
    alive = _alive(accounts)
    if alive is None:
        return _CANNOT
    margin = accounts["contribution_margin"].fillna(0.0)
    left = accounts["own_orders"] * accounts["order_value"] * margin
    settled = left * alive * (1 - alive)
    money = portfolio.currency
    return judge_best(
        answer,
        settled,
        CALLS,
        task="calls",
        unknown=f"is no account that ever ordered: choose such as {alive.index[0]!r}",
        too_little=lambda yours: (
            f"your three add up to {format_money(yours, money)}: the largest are "
            "nearly certain customers and the silent ones are nearly certainly gone; "
            "rank by p (1 − p) times what the account left in its own year, with p "
            "from ModifiedBetaGeoNBD()"
        ),
        meaning=lambda yours: (
            f"your three add up to {format_money(yours, money)}. A call pays where "
            "much money and a real doubt meet, not where either stands alone."
        ),
    )


def share_of_the_first_twenty(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which share of customer equity twenty accounts bring (12.7).

    Parameters
    ----------
    answer : object
        A share; right within 0.0005.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     share_of_the_first_twenty(250, portfolio).right
    False
    """
    if portfolio.grain == "month":
        return _CANNOT
    accounts = _values(portfolio)
    value, year = accounts["value"].dropna(), accounts["contribution"].dropna()
    first = float(value.nlargest(FIRST).sum())
    truth = first / float(value.sum())
    five = float(value.nlargest(5).sum() / value.sum())
    return judge_number(
        answer,
        truth,
        tolerance=0.0005,
        meaning=f"{FIRST} accounts of {len(value)} bring {format_share(truth)} of what "
        f"the customers are worth: so much hangs on {FIRST} relationships.",
        near_misses={
            "that is per cent: give a share between 0 and 1": 100 * truth,
            "that is money: give the share of the whole": first,
            "that is of last year's contribution: the question is about value":
                float(year.nlargest(FIRST).sum() / year.sum()),
            "that leaves out the accounts that cost money: equity is the sum of all":
                first / float(value[value > 0].sum()),
            f"that is the first alone: add up {FIRST}":
                float(value.max() / value.sum()),
            f"that is the share of the first five: add up {FIRST}": five,
            f"that is the part of the accounts: {FIRST} of {len(value)}; give that of "
            "the value": FIRST / len(value),
        },
        otherwise=f"add up the {FIRST} largest values of portfolio_lifetime_value and "
        "divide by the sum of all.",
    )  # fmt: skip


#: What has been read of a portfolio, for as long as it is in use.
_READ: WeakKeyDictionary[Portfolio, dict[str, pd.DataFrame]] = WeakKeyDictionary()


def read_accounts(portfolio: Portfolio) -> pd.DataFrame:
    """Return what the order book tells of each account, and read it only once.

    Parameters
    ----------
    portfolio : Portfolio
        The data, by days.

    Returns
    -------
    DataFrame
        As `purchase_history` has it; not to be changed.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     read_accounts(portfolio) is read_accounts(portfolio)
    True
    """
    return _once(portfolio, "accounts", lambda book: purchase_history(book).accounts)


def _values(portfolio: Portfolio) -> pd.DataFrame:
    def value(book: Portfolio) -> pd.DataFrame:
        return portfolio_lifetime_value(book, repetitions=20).accounts

    return _once(portfolio, "values", value)


def _once(
    portfolio: Portfolio, name: str, read: Callable[[Portfolio], pd.DataFrame]
) -> pd.DataFrame:
    kept = _READ.setdefault(portfolio, {})
    if name not in kept:
        kept[name] = read(portfolio)
    return kept[name]


def _fitted(accounts: pd.DataFrame) -> ModifiedBetaGeoNBD | None:
    """Fit the model of these exercises, unless there is too little to learn from."""
    try:
        return ModifiedBetaGeoNBD().fit(
            accounts["frequency"], accounts["recency"], accounts["T"]
        )
    except CannotTellError:
        return None


def _alive(accounts: pd.DataFrame) -> pd.Series | None:
    """Return the probability of each account to be a customer, if one can tell."""
    fitted = _fitted(accounts)
    if fitted is None:
        return None
    return fitted.probability_alive(
        accounts["frequency"], accounts["recency"], accounts["T"]
    )
