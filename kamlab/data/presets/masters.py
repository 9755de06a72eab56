"""Key the list of accounts as the order lines name them: by number, or by name."""

from dataclasses import replace

from kamlab.data.presets.matching import Match
from kamlab.data.presets.recognition import ACCOUNTS, ORDERS, Recognised

_FEWEST = 0.5


def keyed_as_lines(taken: dict[str, Recognised]) -> dict[str, Recognised]:
    """Return what was recognised, with accounts keyed by what order lines hold.

    Reports of order lines often name customers, where the list of accounts has a number
    as well. Keyed by that number, no line would find its account.

    Parameters
    ----------
    taken : dict of str to Recognised
        By table of the contract.

    Returns
    -------
    dict of str to Recognised
        The same, unless more than half of the names in the lines are names of the list,
        and no more than half are its numbers.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import one_for_each_table, recognise
    >>> lines = Excerpt(("a.csv",), "text", ("Customer", "Date", "Amount"),
    ...     (("Adler", "2025-01-31", "9"),))
    >>> master = Excerpt(("b.csv",), "text", ("Customer ID", "Customer Name"),
    ...     (("7", "Adler"),))
    >>> taken = one_for_each_table(recognise([lines, master])[1])
    >>> keyed_as_lines(taken)["accounts"].header("account_id", "accounts")
    'Customer Name'
    """
    lines, master = taken.get(ORDERS), taken.get(ACCOUNTS)
    if lines is None or master is None:
        return taken
    name = master.header("account_name", ACCOUNTS)
    key = master.header("account_id", ACCOUNTS)
    named = set(lines.profiles[lines.header("account_id")].texts)
    if not name or _share(named, master, key) > _FEWEST:
        return taken
    if _share(named, master, name) <= _FEWEST:
        return taken
    by_name = Match("account_id", name, False)
    matches = {**master.matches, (ACCOUNTS, "account_id"): by_name}
    return {**taken, ACCOUNTS: replace(master, matches=matches)}


def _share(named: set[str], master: Recognised, header: str) -> float:
    """Return the share (0–1) of the accounts of order lines that a column holds."""
    there = named & set(master.profiles[header].texts)
    return len(there) / max(1, len(named))
