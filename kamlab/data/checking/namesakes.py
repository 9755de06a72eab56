"""Find customers that stand in the master twice: two numbers, one name.

What is compared are the letters and digits of a name alone, whatever its case, its
blanks and points, and the width of its characters. Numbers that are merged into another
already are left out.
"""

import duckdb

from kamlab.data.checking.weighing import finding_where
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.quality import Finding

#: Width, case, accents and everything but letters and digits taken off a name.
_BARE = (
    "regexp_replace(lower(strip_accents(translate(account_name, '（）　', '() '))), "
    "'[^\\p{L}\\p{N}]', '', 'g')"
)


def check_namesakes(
    connection: duckdb.DuckDBPyConnection, accounts: CleanTable
) -> list[Finding]:
    """Return accounts whose name another account bears as well.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the master.
    accounts : CleanTable
        The typed rows of the table ``accounts``.
    """
    if not {"account_id", "account_name"} <= set(accounts.columns):
        return []
    merged = "merged_into IS NULL" if "merged_into" in accounts.columns else "true"
    later = (
        f"SELECT seq FROM {accounts.name} WHERE dropped IS NULL AND {merged} "
        f"AND {_BARE} <> '' QUALIFY account_id > min(account_id) OVER "
        f"(PARTITION BY {_BARE})"
    )
    shown = "account_name || ' (' || account_id || ')'"
    return finding_where(
        connection,
        accounts,
        "names_look_alike",
        "account_name",
        f"seq IN ({later})",
        shown,
    )
