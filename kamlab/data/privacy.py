"""Personal data: where they are, how to hide them, and whether a table still tells.

Glossary
--------
pseudonym 假名
    A code in the place of a name. Whoever holds the key can find the name again, so
    pseudonymised data are personal data still.
keyed hash
    A code computed from the name and a secret key. Without the key nobody can try out
    names; a plain hash of a name can be looked up in seconds.
k-anonymity k-匿名
    Every row of a table shares what could identify it with at least k − 1 others.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from kamlab.data.contract import TABLES
from kamlab.errors import UsageError, did_you_mean

#: Shortest key that is accepted, in bytes; the hash has 32.
SHORTEST_KEY = 16
_CODE_LENGTH = 12


def personal_columns() -> pd.DataFrame:
    """List the columns that the data contract declares to be about persons.

    Returns
    -------
    pandas.DataFrame of str
        Columns ``table``, ``column``, ``what it is``.

    Examples
    --------
    >>> personal_columns()["column"].tolist()
    ['account_name', 'contact_id', 'kam_name']
    """
    rows = [
        (declared.name, column.name, column.description)
        for declared in TABLES.values()
        for column in declared
        if column.personal
    ]
    return pd.DataFrame(rows, columns=["table", "column", "what it is"])


def pseudonymise(values: Iterable[object], key: str | bytes) -> pd.Series:
    """Put a code in the place of each name: the same name, the same code.

    Parameters
    ----------
    values : Series or iterable of str
        Names, addresses, numbers; missing ones stay missing.
    key : str or bytes
        The secret, of at least 16 bytes; keep it apart from the data. Another key gives
        other codes, so that two extracts cannot be put together.

    Returns
    -------
    pandas.Series of str
        On the index of `values`, twelve characters each.

    Raises
    ------
    UsageError
        If the key is too short.

    Notes
    -----
    HMAC-SHA-256 of the text in UTF-8, its first 48 bits in hexadecimal: among 100,000
    names, two share a code with a probability of about 2 in 100,000.

    References
    ----------
    Krawczyk, H., Bellare, M. and Canetti, R. (1997). HMAC: keyed-hashing for message
    authentication. RFC 2104.

    Examples
    --------
    >>> codes = pseudonymise(["Adler", "Brandt", "Adler"], key="keep me in a safe")
    >>> codes[0] == codes[2], codes[0] == codes[1], len(codes[0])
    (True, False, 12)
    """
    secret = key.encode("utf-8") if isinstance(key, str) else bytes(key)
    if len(secret) < SHORTEST_KEY:
        raise UsageError(
            f"key has {len(secret)} bytes: give at least {SHORTEST_KEY}, for example "
            "secrets.token_hex(32), and keep it apart from the data"
        )
    series = pd.Series(values)
    return series.map(lambda value: _code(str(value), secret), na_action="ignore")


def group_sizes(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """Count how many rows share each combination of values.

    Parameters
    ----------
    frame : DataFrame of shape (n_rows, …)
        The extract somebody wants to share.
    columns : sequence of str
        What could identify a row together: region, kind, industry. A missing value is
        a value like any other.

    Returns
    -------
    pandas.Series of int
        On the index of `frame`: the size of the row's group.

    Raises
    ------
    UsageError
        If a column is not in the frame, or none is named.

    Examples
    --------
    >>> frame = pd.DataFrame({"region": ["East", "East", "South"]})
    >>> group_sizes(frame, ["region"]).tolist()
    [2, 2, 1]
    """
    if isinstance(columns, str) or not len(columns):
        raise UsageError(f"columns = {columns!r}: give a list of column names")
    for name in columns:
        if name not in frame:
            hint = did_you_mean(str(name), map(str, frame.columns))
            raise UsageError(f"columns names {name!r}, which the frame lacks: {hint}")
    groups = frame[list(columns)].astype("str").groupby(list(columns), dropna=False)
    return groups[columns[0]].transform("size").rename("size")


def k_anonymity(frame: pd.DataFrame, columns: Sequence[str]) -> int:
    """Return the size of the smallest group: the k of k-anonymity.

    Parameters
    ----------
    frame : DataFrame of shape (n_rows, …)
        The extract.
    columns : sequence of str
        What could identify a row together.

    Returns
    -------
    int
        1 if some row stands alone; 0 for an empty frame.

    References
    ----------
    Sweeney, L. (2002). k-anonymity: a model for protecting privacy. International
    Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10, 557–570.

    Examples
    --------
    >>> k_anonymity(pd.DataFrame({"region": ["East", "East", "South"]}), ["region"])
    1
    """
    sizes = group_sizes(frame, columns)
    return int(sizes.min()) if len(sizes) else 0


def suppressed(frame: pd.DataFrame, columns: Sequence[str], k: int = 5) -> pd.DataFrame:
    """Return the extract without the rows that fewer than k share.

    Parameters
    ----------
    frame : DataFrame of shape (n_rows, …)
        The extract.
    columns : sequence of str
        What could identify a row together.
    k : int
        Smallest group that may be shown, at least 2.

    Returns
    -------
    pandas.DataFrame
        The rows that may be shared; its `k_anonymity` is k or more, or it is empty.

    Raises
    ------
    UsageError
        If `k` is no whole number from 2 on.

    Examples
    --------
    >>> frame = pd.DataFrame({"region": ["East", "East", "South"]})
    >>> suppressed(frame, ["region"], k=2)["region"].tolist()
    ['East', 'East']
    """
    if isinstance(k, bool) or not isinstance(k, int) or k < 2:
        raise UsageError(f"k = {k!r}: give a whole number from 2 on")
    return frame[group_sizes(frame, columns) >= k]


def choices_of_columns(
    frame: pd.DataFrame, columns: Sequence[str], k: int = 5
) -> pd.DataFrame:
    """Try every choice of columns, and say what share of the rows it lets one show.

    Parameters
    ----------
    frame : DataFrame of shape (n_rows, …)
        The table an extract is taken from.
    columns : sequence of str
        On offer; those that the frame lacks are left out.
    k : int
        Smallest group that may be shown.

    Returns
    -------
    pandas.DataFrame
        One row a choice, fewest columns first: ``columns`` (names with commas),
        ``smallest group`` (count), ``rows shown`` (share, 0–1, when smaller groups are
        left out).

    Examples
    --------
    >>> frame = pd.DataFrame({"region": list("EEESS"), "kind": list("aabab")})
    >>> choices_of_columns(frame, ["region", "kind"], k=2)
            columns  smallest group  rows shown
    0        region               2         1.0
    1          kind               2         1.0
    2  region, kind               1         0.4
    """
    present = [name for name in columns if name in frame]
    rows = [
        {
            "columns": ", ".join(chosen),
            "smallest group": k_anonymity(frame, chosen),
            "rows shown": len(suppressed(frame, chosen, k)) / max(len(frame), 1),
        }
        for many in range(1, len(present) + 1)
        for chosen in combinations(present, many)
    ]
    return pd.DataFrame(rows, columns=["columns", "smallest group", "rows shown"])


def leaked_names(
    notebook: Mapping[str, Any], names: Iterable[object], shortest: int = 4
) -> dict[str, list[str]]:
    """Look through the outputs of a notebook for names that must not be published.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Executed.
    names : iterable of str
        Names of persons or accounts.
    shortest : int
        Names of fewer characters are not looked for: they stand in other words.

    Returns
    -------
    dict of str to list of str
        The names found by the id of the cell that shows them; empty if none leaks.

    Examples
    --------
    >>> output = {"data": {"text/plain": "Marwitz brings 17 %."}}
    >>> leaked_names({"cells": [{"id": "c1", "outputs": [output]}]}, ["Marwitz"])
    {'c1': ['Marwitz']}
    """
    wanted = sorted({str(name) for name in names if len(str(name)) >= shortest})
    if not wanted:
        return {}
    pattern = re.compile("|".join(map(re.escape, wanted)))
    found = {
        cell["id"]: sorted(set(pattern.findall(_shown(cell))))
        for cell in notebook["cells"]
    }
    return {cell: leaks for cell, leaks in found.items() if leaks}


def _code(text: str, secret: bytes) -> str:
    digest = hmac.new(secret, text.encode("utf-8"), hashlib.sha256).hexdigest()
    return digest[:_CODE_LENGTH]


def _shown(cell: Mapping[str, Any]) -> str:
    """Return every text that a cell's outputs show."""
    texts = []
    for output in cell.get("outputs", []):
        texts.append(str(output.get("text", "")))
        texts += [
            str(content)
            for mime, content in output.get("data", {}).items()
            if not mime.startswith("image/")
        ]
        texts += [str(about.get("alt", "")) for about in _about(output)]
    return "\n".join(texts)


def _about(output: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what a figure says of itself."""
    metadata = output.get("metadata", {})
    return [about for about in metadata.values() if isinstance(about, Mapping)]
