"""What a portfolio holds: tables, days, and how far each column is filled.

Glossary
--------
completeness
    Share of a table's rows in which a column holds a value. Values that are filled in
    later (a delivery, a kept promise) cannot be complete, and some are empty for good
    reason (an account without a group).
"""

from typing import TYPE_CHECKING

import narwhals as nw
import pandas as pd

from kamlab.data.contract import EXTRACT, FIXED, ROW, TABLES, Table
from kamlab.data.store import collect

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio

#: Columns in which an empty value says "none", besides those that are filled in later.
EMPTY_MEANS_NONE = {
    ("accounts", "parent_id"),
    ("accounts", "merged_into"),
    ("account_costs", "order_id"),
    ("events", "scope_value"),
    ("contracts", "rebate_pct"),
    ("interactions", "promised_action"),
    ("interactions", "promised_due"),
    ("orders", "ref_order_id"),
    ("targets", "account_id"),
}

_ALWAYS = (ROW, FIXED, EXTRACT)


def tables_overview(portfolio: "Portfolio") -> pd.DataFrame:
    """List the tables of the data contract with what this portfolio has of them.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``table``, in the contract's order: ``a row is`` (words), ``there``
        (flag), ``rows`` (count), ``first``, ``last`` (days on which rows became known)
        and ``columns`` (those there, of those the contract knows).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     overview = tables_overview(portfolio)
    >>> bool(overview.loc["orders", "there"])
    True
    """
    rows = [_table_row(portfolio, declared) for declared in TABLES.values()]
    return pd.DataFrame(rows).set_index("table")


def completeness(portfolio: "Portfolio") -> pd.DataFrame:
    """Return how far every column of every table is filled.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    pandas.DataFrame
        One row a column that is there: ``table``, ``column``, ``meaning`` (what it
        holds, in the contract's words), ``rows`` (count), ``filled`` (share, 0–1),
        ``required`` and ``may be empty`` (flags: the value may be empty, or none means
        something).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     filled = completeness(portfolio)
    >>> bool((filled.loc[filled["required"], "filled"] == 1).all())
    True
    """
    tables = [
        _columns_of(portfolio, declared)
        for declared in TABLES.values()
        if portfolio.has(declared.name)
    ]
    return pd.concat(tables, ignore_index=True)


def gaps(filled: pd.DataFrame, below: float = 0.99) -> pd.DataFrame:
    """Return the columns worth asking for: meant to be filled, and not.

    Parameters
    ----------
    filled : DataFrame of shape (n_columns, …)
        From `completeness`.
    below : float
        Share under which a column counts as a gap, 0–1.

    Returns
    -------
    pandas.DataFrame
        The rows of `filled` that are neither full nor may be empty, the emptiest first.

    Examples
    --------
    >>> filled = pd.DataFrame({"column": ["region", "paid"], "filled": [0.6, 0.1],
    ...                        "may be empty": [False, True]})
    >>> gaps(filled)["column"].tolist()
    ['region']
    """
    meant = filled[~filled["may be empty"] & (filled["filled"] < below)]
    return meant.sort_values("filled", kind="stable", ignore_index=True)


def overall_completeness(filled: pd.DataFrame) -> float:
    """Return which share of all cells that are meant to be filled is filled.

    Parameters
    ----------
    filled : DataFrame of shape (n_columns, …)
        From `completeness`.

    Returns
    -------
    float
        0–1; every column counts alike within its table, and every table alike, so that
        fifty thousand order lines do not hide an empty customer master.

    Examples
    --------
    >>> filled = pd.DataFrame({"table": ["orders", "accounts", "accounts"],
    ...                        "filled": [1.0, 1.0, 0.5], "may be empty": False})
    >>> overall_completeness(filled)
    0.875
    """
    meant = filled[~filled["may be empty"]]
    return float(meant.groupby("table")["filled"].mean().mean())


def _view(portfolio: "Portfolio", name: str) -> nw.LazyFrame:
    """Return any table as a lazy frame, the index of accounts as a column."""
    shown = portfolio.table(name)
    if isinstance(shown, pd.DataFrame):
        return nw.from_native(shown.reset_index(names=_index_name(shown))).lazy()
    return shown


def _index_name(shown: pd.DataFrame) -> str:
    return shown.index.name or "_row"


def _table_row(portfolio: "Portfolio", declared: Table) -> dict[str, object]:
    row = {"table": declared.name, "a row is": declared.row}
    if not portfolio.has(declared.name):
        return row | {"there": False, "rows": 0, "first": pd.NaT, "last": pd.NaT}
    view = _view(portfolio, declared.name)
    present = [c for c in view.collect_schema().names() if c in declared.column_names]
    asked = [nw.len().alias("rows")]
    if (day := declared.known_from[0]) in present:
        known = nw.col(day)
        asked += [known.min().alias("first"), known.max().alias("last")]
    told = collect(view.select(*asked)).iloc[0].to_dict()
    columns = f"{len(present)} of {len(declared.columns)}"
    return row | {"there": True} | told | {"columns": columns}


def _columns_of(portfolio: "Portfolio", declared: Table) -> pd.DataFrame:
    view = _view(portfolio, declared.name)
    present = [c for c in view.collect_schema().names() if c in declared.column_names]
    counts = collect(
        view.select(
            nw.len().alias("_rows"), *[nw.col(name).count() for name in present]
        )
    ).iloc[0]
    rows = int(counts["_rows"])
    columns = [declared.column(name) for name in present]
    return pd.DataFrame(
        {
            "table": declared.name,
            "column": present,
            "meaning": [column.description for column in columns],
            "rows": rows,
            "filled": [int(counts[c]) / rows if rows else 0.0 for c in present],
            "required": [column.required for column in columns],
            "may be empty": [
                column.known_from not in _ALWAYS
                or (declared.name, column.name) in EMPTY_MEANS_NONE
                for column in columns
            ],
        }
    )
