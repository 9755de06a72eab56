"""Accounts whose names look alike: candidates for one customer, never merged unseen.

Glossary
--------
entity resolution 实体解析
    Finding out which records mean the same thing in the world.
"""

import duckdb
import pandas as pd

from kamlab.errors import UsageError


def look_alikes(names: pd.Series, at_least: float = 0.93) -> pd.DataFrame:
    """List pairs of accounts whose names are spelt almost alike.

    Parameters
    ----------
    names : Series of str of shape (n_accounts,)
        Name by account; missing ones are left out.
    at_least : float
        Smallest similarity that is listed, 0–1.

    Returns
    -------
    pandas.DataFrame
        Columns ``one``, ``other`` (accounts), ``name``, ``other name``, ``similarity``
        (0–1), the most alike first.

    Raises
    ------
    UsageError
        If `at_least` is no share.

    Notes
    -----
    Jaro and Winkler's similarity of the names in small letters: the share of characters
    that agree at nearly the same place, raised where the first four agree. It is made
    for slips of the pen; two branches of one group look alike as well, and must not be
    merged.

    References
    ----------
    Winkler, W. E. (1990). String comparator metrics and enhanced decision rules in the
    Fellegi–Sunter model of record linkage. Fellegi, I. P. and Sunter, A. B. (1969). A
    theory for record linkage. Journal of the American Statistical Association 64.

    Examples
    --------
    >>> names = pd.Series({"A1": "Adler GmbH", "A2": "Adlor GmbH", "B1": "Brandt AG"})
    >>> look_alikes(names)[["one", "other"]].values.tolist()
    [['A1', 'A2']]
    """
    if not 0 < at_least <= 1:
        raise UsageError(f"at_least = {at_least!r}: give a share up to 1, such as 0.93")
    known = names.dropna().astype("str")
    accounts = pd.DataFrame({"account": known.index.astype("str"), "name": known})
    with duckdb.connect() as connection:
        connection.register("accounts", accounts.reset_index(drop=True))
        return connection.execute(
            """
            SELECT a.account AS one, b.account AS other, a.name AS name,
                b.name AS "other name",
                jaro_winkler_similarity(lower(a.name), lower(b.name)) AS similarity
            FROM accounts a JOIN accounts b ON a.account < b.account
            WHERE similarity >= ?
            ORDER BY similarity DESC, one, other
            """,
            [at_least],
        ).df()
