"""What a portfolio lacks, told in one sentence."""

from collections.abc import Collection

from kamlab.errors import MissingDataError


def lacking(
    purpose: str, missing: list[str], tables: Collection[str]
) -> MissingDataError:
    """Return the error that says what is missing, and what for.

    Parameters
    ----------
    purpose : str
        What the data are needed for; the sentence begins with it.
    missing : list of str
        Tables such as "targets", and columns such as "orders.cogs".
    tables : collection of str
        The tables that are there.

    Returns
    -------
    MissingDataError
        To be raised by who asked.

    Examples
    --------
    >>> print(lacking("Gross margin", ["orders.cogs", "targets"], ["orders"]))
    Gross margin is not available: the portfolio has no column 'cogs' in table 'orders'
    and no table 'targets'.
    """
    told = " and ".join(_told(each, tables) for each in missing)
    return MissingDataError(f"{purpose} is not available: the portfolio has {told}.")


def _told(what: str, tables: Collection[str]) -> str:
    name, _, column = what.partition(".")
    if name not in tables:
        return f"no table {name!r}"
    return f"no column {column!r} in table {name!r}"
