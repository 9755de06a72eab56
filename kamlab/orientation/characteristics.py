"""The four characteristics of relationship marketing, each with a figure to watch.

Glossary
--------
relationship marketing 关系营销
    Marketing that builds, keeps and strengthens relations of long duration and mutual
    benefit, instead of winning single transactions.
"""

from dataclasses import dataclass

import pandas as pd

from kamlab.errors import UsageError
from kamlab.orientation.comparison import AT_LEAST
from kamlab.style.formats import format_value


@dataclass(frozen=True)
class Characteristic:
    """A characteristic of a relation, and the figure that makes it visible.

    Examples
    --------
    >>> CHARACTERISTICS[0].column
    'tenure'
    """

    name: str
    chinese: str
    figure: str
    column: str
    unit: str
    needs: str


CHARACTERISTICS = (
    Characteristic(
        "long-term", "长期性", "years with us", "tenure", "number", "order days"
    ),
    Characteristic(
        "mutual benefit",
        "互利性",
        "our part of the room between list price and cost",
        "price_kept",
        "share",
        "list prices and cost of goods",
    ),
    Characteristic(
        "interactive", "互动性", "contacts a month", "contacts", "number", "contacts"
    ),
    Characteristic(
        "interactive",
        "互动性",
        "part of the contacts that they began",
        "inbound",
        "share",
        "contacts with their direction",
    ),
    Characteristic(
        "affective",
        "情感性",
        "trust and commitment, asked in a survey",
        "",
        "number",
        "a survey of trust and commitment",
    ),
)


def characteristics_table(measures: pd.DataFrame, is_key: pd.Series) -> pd.DataFrame:
    r"""Put the four characteristics side by side for key accounts and others.

    Parameters
    ----------
    measures : DataFrame of shape (n_accounts, n_measures)
        Such as `account_measures` returns.
    is_key : Series of bool of shape (n_accounts,)
        Who is a key account, on the same index.

    Returns
    -------
    pandas.DataFrame of str
        Columns ``characteristic``, ``chinese``, ``figure``, ``key accounts`` and
        ``others`` (medians, or "cannot tell" below eight accounts) and ``n``.

    Raises
    ------
    UsageError
        If the accounts differ.

    References
    ----------
    Grönroos, C. (1994). From marketing mix to relationship marketing. Management
    Decision 32(2), 4–20. Morgan, R. M. and Hunt, S. D. (1994). The commitment–trust
    theory of relationship marketing. Journal of Marketing 58(3), 20–38.

    Examples
    --------
    >>> measures = pd.DataFrame({"tenure": [12.0] * 8 + [4.0] * 9})
    >>> table = characteristics_table(measures, measures["tenure"] > 5)
    >>> table.loc[0, ["figure", "key accounts", "others", "n"]].tolist()
    ['years with us', '12.0', '4.00', '8\xa0:\xa09']
    >>> table.loc[4, "key accounts"]
    'not recorded'
    """
    if not measures.index.equals(is_key.index):
        raise UsageError(
            f"is_key has {len(is_key)} accounts and measures {len(measures)}, or in "
            "another order: give both the same index"
        )
    rows = [_row(each, measures, is_key) for each in CHARACTERISTICS]
    heads = ["characteristic", "chinese", "figure", "key accounts", "others", "n"]
    return pd.DataFrame(rows, columns=heads)


def _row(
    each: Characteristic, measures: pd.DataFrame, is_key: pd.Series
) -> tuple[str, ...]:
    told = (each.name, each.chinese, each.figure)
    if each.column not in measures:
        return (*told, "not recorded", "not recorded", "–")
    column = measures[each.column]
    groups = [column[is_key].dropna(), column[~is_key].dropna()]
    middles = [
        format_value(float(group.median()), each.unit)
        if len(group) >= AT_LEAST
        else "cannot tell"
        for group in groups
    ]
    return (*told, *middles, f"{len(groups[0])}\u00a0:\u00a0{len(groups[1])}")
