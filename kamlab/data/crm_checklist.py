"""How far the customer information system has come, read off the data themselves.

Glossary
--------
customer relationship management (CRM) 客户关系管理
    Running the business around its customers, so that their needs are understood and
    both sides gain for long. The program of that name is a tool for it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import narwhals as nw
import pandas as pd

from kamlab.data.store import collect
from kamlab.data.unified import shared_names
from kamlab.data.view import midnight
from kamlab.fiscal import add_months

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio

#: From this share on, the answer is "yes"; from the lower one on, "partly".
YES, PARTLY = 0.9, 0.5


def crm_checklist(portfolio: "Portfolio") -> pd.DataFrame:
    """Answer ten questions on the customer information system from its own data.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    pandas.DataFrame
        One row a question: ``question``, ``chinese``, ``answer`` ("yes", "partly",
        "no"), ``share`` (0–1, missing where the data have nothing to count).

    References
    ----------
    Payne, A. and Frow, P. (2005). A strategic framework for customer relationship
    management. Journal of Marketing 69(4), 167–176. Reinartz, W., Krafft, M. and Hoyer,
    W. D. (2004). The customer relationship management process. Journal of Marketing
    Research 41, 293–305.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     checklist = crm_checklist(portfolio)
    >>> checklist.loc[0, "answer"]
    'yes'
    """
    rows = [
        (question, chinese, share(portfolio)) for question, chinese, share in _QUESTIONS
    ]
    table = pd.DataFrame(rows, columns=["question", "chinese", "share"])
    table["share"] = table["share"].astype("float64")
    table["answer"] = table["share"].fillna(0.0).map(_answer)
    return table[["question", "chinese", "answer", "share"]]


def _answer(share: float) -> str:
    return "yes" if share >= YES else "partly" if share >= PARTLY else "no"


def _filled(column: str) -> Callable[["Portfolio"], float | None]:
    """Return a function that says how far a column of accounts is filled."""

    def share(portfolio: "Portfolio") -> float | None:
        if column not in portfolio.accounts:
            return None
        return float(portfolio.accounts[column].notna().mean())

    return share


def _contacts_filled(column: str) -> Callable[["Portfolio"], float | None]:
    """Return a function that says how far a column of contacts is filled."""

    def share(portfolio: "Portfolio") -> float | None:
        if not portfolio.has(f"interactions.{column}"):
            return None
        asked = portfolio.table("interactions").select(
            nw.col(column).count(), nw.len().alias("all")
        )
        told = collect(asked).iloc[0]
        return float(told[column]) / int(told["all"]) if told["all"] else None

    return share


def _one_number(portfolio: "Portfolio") -> float | None:
    if "account_name" not in portfolio.accounts:
        return None
    return 1 - len(shared_names(portfolio)) / len(portfolio.accounts)


def _dated(portfolio: "Portfolio") -> float | None:
    if not portfolio.has("account_history"):
        return None
    dated = portfolio.table("account_history")["account_id"]
    return float(portfolio.accounts.index.isin(dated).mean())


def _recent_contact(portfolio: "Portfolio") -> float | None:
    """Return which share of the buyers of twelve months had a contact in them."""
    if not portfolio.has("interactions"):
        return None
    since = midnight(add_months(portfolio.as_of, -12))
    buyers = _accounts_since(portfolio.orders, "order_date", since)
    met = _accounts_since(portfolio.table("interactions"), "date", since)
    return len(buyers & met) / len(buyers) if buyers else None


def _accounts_since(rows: nw.LazyFrame, day: str, since: object) -> set[str]:
    recent = rows.filter(nw.col(day) > since).select("account_id").unique()
    return set(collect(recent)["account_id"])


_QUESTIONS: tuple[tuple[str, str, Callable[["Portfolio"], float | None]], ...] = (
    ("Does every account have a name?", "每个客户都有名称", _filled("account_name")),
    ("Does a name stand once only?", "一名一号", _one_number),
    ("Is it known who owns the account?", "有客户负责人", _filled("kam_id")),
    ("Is it known since when things hold?", "变更有日期", _dated),
    ("Is the industry known?", "行业已知", _filled("industry")),
    ("Was each buyer contacted in a year?", "一年内有联系", _recent_contact),
    ("Is it noted whom we met?", "记录联系人", _contacts_filled("contact_id")),
    ("Is it noted what it was about?", "记录主题", _contacts_filled("topic")),
    ("Is it noted how long it took?", "记录耗时", _contacts_filled("duration_minutes")),
    ("Is consent to marketing on record?", "同意书有记录", _filled("consent_flag")),
)
