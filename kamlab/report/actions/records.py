"""What a page wants to be done, left in the notebook for the list of actions."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from kamlab.errors import UsageError

#: Media type of something to be done in the output of an executed notebook.
MIME_TYPE = "application/vnd.kamlab.action+json"

#: What `kamlab.report.actions.merged` reads of an alert.
COLUMNS = ["account", "name", "rule", "what", "at_stake", "owner", "due", "closed"]


@dataclass(frozen=True)
class ToDo:
    """Something to be done about an account, and the rule that asks for it.

    `owner` and `due` (a day as text) are proposed to people. Where the matter is over,
    `closed` says why; then nothing is to be done, and a row that asked for it says so.

    Examples
    --------
    >>> print(ToDo("A1", "Adler", "contract", "Settle the next contract.", 2e6))
    Adler (contract): Settle the next contract.
    """

    account: str
    name: str
    rule: str
    what: str
    at_stake: float | None
    owner: str = ""
    due: str = ""
    closed: str = ""

    def __str__(self) -> str:
        told = self.closed or self.what
        return f"{self.name or self.account} ({self.rule}): {told}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {MIME_TYPE: asdict(self), "text/plain": str(self)}


def record_action(
    account: str,
    name: str,
    rule: str,
    what: str,
    at_stake: float | None,
    owner: str = "",
    due: date | None = None,
    closed: str = "",
) -> None:
    """Put something on the list of actions that goes out with the report.

    Parameters
    ----------
    account, name : str
        Number and name of the account.
    rule : str
        What asks for it; with the account it names the row from report to report.
        What follows a colon tells cases of one matter apart, which share a row.
    what : str
        What is to be done, or why, in words; "" leaves the words of a row as they are.
    at_stake : float or None
        Money, reporting currency; None where nobody knows.
    owner : str
        Who is proposed to do it.
    due : date, optional
        Day that is proposed.
    closed : str
        Why the matter is over, in words, if it is; a row that is there already says so,
        and none is added.

    Raises
    ------
    UsageError
        If account or rule is empty, or would not be found again in the list.

    Examples
    --------
    >>> record_action("A1", "Adler", "contract", "Settle the next contract.", 2e6)
    Adler (contract): Settle the next contract.
    """
    for argument, value in {"account": account, "rule": rule}.items():
        if not str(value).strip() or "|" in str(value):
            raise UsageError(
                f"{argument} = {value!r} of an action: give a text without '|'"
            )
    from IPython.display import display  # a third of a second, only kernels need it

    money = None if at_stake is None or at_stake != at_stake else float(at_stake)
    day = "" if due is None else due.isoformat()
    who = (str(account), str(name), str(rule), str(what))
    display(ToDo(*who, money, str(owner), day, str(closed)))


def read_to_dos(notebooks: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return what executed notebooks want to be done, each account and rule once.

    Parameters
    ----------
    notebooks : iterable of nbformat.NotebookNode
        Executed notebooks, in the order of the pages.

    Returns
    -------
    DataFrame
        Columns ``account``, ``name``, ``rule``, ``what``, ``at_stake``, ``owner``,
        ``due`` (text) and ``closed``.

    Examples
    --------
    >>> to_do = ToDo("A1", "Adler", "loss", "Serve it differently.", 1.0)
    >>> output = {"data": {MIME_TYPE: asdict(to_do)}}
    >>> len(read_to_dos([{"cells": [{"outputs": [output]}]}] * 2))
    1
    """
    rows = [
        output["data"][MIME_TYPE]
        for notebook in notebooks
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if MIME_TYPE in output.get("data", {})
    ]
    return pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(["account", "rule"])
