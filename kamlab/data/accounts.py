"""Accounts as they were on a day: dated attributes, merged numbers, groups."""

from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.data.contract import table
from kamlab.data.store import Store
from kamlab.data.view import known_at, midnight
from kamlab.errors import DataError, UsageError, did_you_mean


def accounts_at(store: Store, as_of: date) -> pd.DataFrame:
    """Return one row for each account known on a day, indexed by account_id.

    An account is known once it was set up or has ordered. Accounts that order but are
    missing from the master have a row of blanks. A number that has been merged into
    another is gone.

    Parameters
    ----------
    store : Store
        The tables.
    as_of : date
        The last day of the view.
    """
    ordered = store.first_known["account_id"]
    ordered = ordered.index[ordered <= midnight(as_of)]
    if "accounts" in store.lazy:
        also = nw.col("account_id").is_in(ordered.tolist())
        master = nw.from_native(store.small("accounts"))
        known = known_at(master, table("accounts"), as_of, also).to_native()
        known = known.set_index("account_id")
    else:
        known = pd.DataFrame(index=pd.Index([], dtype="str", name="account_id"))
    merged = merged_accounts(store, as_of)
    # The number that survives may never have ordered under itself.
    everyone = known.index.union(ordered)
    survivors = merged[merged.index.isin(everyone)].unique()
    everyone = everyone.difference(merged.index).union(survivors)
    accounts = known.reindex(everyone.rename("account_id").sort_values())
    return _with_dated_attributes(accounts, _history_at(store, as_of), _dated(store))


def _history_at(store: Store, as_of: date) -> pd.DataFrame:
    """Return the attribute values that hold on a day, one a row."""
    if "account_history" not in store.lazy:
        return pd.DataFrame(columns=["account_id", "attribute", "value", "dated"])
    declared = table("account_history")
    history = nw.from_native(store.small("account_history"))
    known = known_at(history, declared, as_of).to_native()
    if "valid_to" in known.columns:
        ended = known["valid_to"] < midnight(as_of)
        known = known.assign(value=known["value"].where(~ended))
    newest = known.sort_values(["valid_from", "attribute"], kind="stable")
    return newest.drop_duplicates(["account_id", "attribute"], keep="last")


def _dated(store: Store) -> list[str]:
    """Return the attributes that account_history keeps, on whatever day."""
    if "account_history" not in store.lazy:
        return []
    return sorted(store.small("account_history")["attribute"].unique())


def _with_dated_attributes(
    accounts: pd.DataFrame, history: pd.DataFrame, dated: list[str]
) -> pd.DataFrame:
    """Put the dated values in the place of those as of the extract.

    An attribute that the history keeps is dated for all accounts and all days: one
    without an entry has none, rather than a value from its future.
    """
    accounts = accounts.copy()
    for attribute in dated:
        rows = history[history["attribute"] == attribute].set_index("account_id")
        values = rows["value"].reindex(accounts.index)
        accounts[attribute] = _typed(attribute, values)
    in_order = [c for c in table("accounts").column_names if c in accounts.columns]
    return accounts[in_order]


def _typed(attribute: str, values: pd.Series) -> pd.Series:
    """Return the texts of account_history as the type that the contract declares."""
    dtype = table("accounts").column(attribute).dtype
    if dtype == "flag":
        return values.str.lower().map({"true": True, "false": False}).astype("boolean")
    if dtype in ("number", "integer"):
        return pd.to_numeric(values)
    return values


def merged_accounts(store: Store, as_of: date) -> pd.Series:
    """Return the surviving number of every account merged by a day.

    Only mergers dated in `account_history` or `account_aliases` count: an undated one
    would carry news of the future into every earlier view.

    Returns
    -------
    pandas.Series
        Surviving account_id, indexed by the number it replaced.

    Raises
    ------
    DataError
        If mergers go round in a circle.
    """
    history = _history_at(store, as_of)
    mergers = history[
        (history["attribute"] == "merged_into") & history["value"].notna()
    ]
    merged = mergers.set_index("account_id")["value"]
    steps = pd.concat([merged, _aliases(store, as_of)])
    return _followed(steps[~steps.index.duplicated(keep="last")], "merged_into")


def _aliases(store: Store, as_of: date) -> pd.Series:
    """Return the number that stands for each old one on a day."""
    if "account_aliases" not in store.lazy:
        return pd.Series(dtype="str", index=pd.Index([], dtype="str"))
    declared = table("account_aliases")
    aliases = nw.from_native(store.small("account_aliases"))
    known = known_at(aliases, declared, as_of).to_native().sort_values("valid_from")
    steps = known.drop_duplicates("old_account_id", keep="last")
    steps = steps[steps["old_account_id"] != steps["account_id"]]
    return steps.set_index("old_account_id")["account_id"]


def renumbered(lines: nw.LazyFrame, merged: pd.Series) -> nw.LazyFrame:
    """Give the lines of merged accounts the number that survived."""
    if merged.empty:
        return lines
    account = nw.col("account_id")
    return lines.with_columns(
        account.replace_strict(
            merged.index.tolist(), merged.tolist(), default=account
        ).alias("account_id")
    )


def top_of_group(accounts: pd.DataFrame) -> pd.Series:
    """Return the top of its group for every account.

    Parameters
    ----------
    accounts : pandas.DataFrame
        Indexed by account_id, with or without a column ``parent_id``.

    Raises
    ------
    DataError
        If parents go round in a circle.

    Examples
    --------
    >>> accounts = pd.DataFrame(
    ...     {"parent_id": ["H", "B1", None]}, index=["B1", "B2", "C"]
    ... )
    >>> top_of_group(accounts).to_dict()
    {'B1': 'H', 'B2': 'H', 'C': 'C'}
    """
    own = pd.Series(accounts.index, index=accounts.index, dtype="str", name="parent_id")
    if "parent_id" not in accounts:
        return own
    given = accounts["parent_id"]
    steps = given[given.notna() & (given != own)]
    return _followed(steps, "parent_id").reindex(accounts.index).fillna(own)


def rolled_up(
    by_account: pd.Series | pd.DataFrame, parent_of: pd.Series
) -> pd.Series | pd.DataFrame:
    """Sum figures by account into figures by the top of each group.

    Parameters
    ----------
    by_account : pandas.Series or pandas.DataFrame
        Indexed by account_id.
    parent_of : pandas.Series
        Top of its group for every account, as from `top_of_group`.

    Raises
    ------
    UsageError
        If an account has no entry in `parent_of`.

    Examples
    --------
    >>> parents = pd.Series({"B1": "H", "B2": "H", "C": "C"})
    >>> rolled_up(pd.Series({"B1": 2, "B2": 3, "C": 1}), parents).to_dict()
    {'C': 1, 'H': 5}
    """
    unknown = by_account.index.difference(parent_of.index)
    if len(unknown):
        hint = did_you_mean(str(unknown[0]), map(str, parent_of.index[:1000]))
        raise UsageError(f"account {unknown[0]!r} is not in the portfolio: {hint}")
    parents = parent_of.reindex(by_account.index)
    rolled = by_account.groupby(parents.to_numpy()).sum()
    rolled.index.name = "parent_id"
    return rolled


def _followed(step: pd.Series, attribute: str) -> pd.Series:
    """Follow a pointer from account to account until it ends."""
    ends = step.astype("str")
    for _ in range(len(step) + 1):
        further = ends.map(step)
        if not further.notna().any():
            return ends.rename(attribute)
        ends = further.where(further.notna(), ends)
    circle = ", ".join(map(str, step.index[ends.map(step).notna()][:3]))
    raise DataError(
        f"table 'account_history', 'account_aliases' or 'accounts': {attribute} goes "
        f"round in a circle (accounts {circle}). Correct it at the source and import "
        "again"
    )
