"""Which alerts are new, which are known already, and which are gone."""

from collections.abc import Mapping, Sequence

import pandas as pd

from kamlab.report.memory.records import Warned

STATES = ("new", "open", "closed")


def alert_states(
    watch: pd.DataFrame, before: Sequence[Warned], numbers: Mapping[str, str]
) -> pd.DataFrame:
    """Say of every alert whether it is new, still open, or closed since last time.

    Parameters
    ----------
    watch : DataFrame
        From `kamlab.churn.watch.watch_list`: an account column first, and ``rule``.
    before : sequence of Warned
        Warnings of the earlier report.
    numbers : mapping of str to str
        Today's number by the earlier one, as from
        `kamlab.report.memory.renumbering.current_numbers`.

    Returns
    -------
    DataFrame
        ``account``, ``rule``, ``state`` (one of `STATES`): the list's alerts in their
        order, then those of last time that are on it no more.

    Examples
    --------
    >>> watch = pd.DataFrame({"account_id": ["A", "B"], "rule": "silence"})
    >>> before = [Warned("B", "silence", 5.0, "2025-06-11", ""),
    ...           Warned("C", "silence", 5.0, "2025-06-11", "")]
    >>> alert_states(watch, before, {})["state"].tolist()
    ['new', 'open', 'closed']
    """
    now = list(zip(watch.iloc[:, 0], watch["rule"], strict=True))
    earlier = [(numbers.get(each.account, each.account), each.rule) for each in before]
    rows = [(*pair, "open" if pair in earlier else "new") for pair in now]
    gone = [pair for pair in dict.fromkeys(earlier) if pair not in now]
    rows += [(*pair, "closed") for pair in gone]
    return pd.DataFrame(rows, columns=["account", "rule", "state"])
